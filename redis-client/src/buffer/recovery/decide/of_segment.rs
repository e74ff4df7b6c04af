//! The rows about one segment (layer 2): 8 to 17, 19 and 20 of the table.

use super::Decision;
use crate::buffer::cursor::Producer;
use crate::buffer::record::Pair;
use crate::buffer::recovery::survey::{Surveyed, start_of};
use crate::buffer::recovery::{Finding, FindingKind, Kept, Step};
use crate::buffer::segment::{self, Found, HeaderPage, RECORDS_START, Scan, SegmentHeader, Tail};

impl Decision<'_> {
    /// Rows 8 to 17, 19 and 20.
    pub(super) fn segment(&mut self, segment: &Surveyed, scan: Option<Scan>, producer: &Producer) {
        if self.cursor.is_some_and(|cursor| segment.number < cursor.segment)
            && segment.is_ours(producer.log_id)
        {
            self.steps.push(Step::Remove {
                file: segment.file.clone(),
            });
            return;
        }
        let Some(scan) = scan else {
            self.findings.push(Finding::new(
                FindingKind::Foreign,
                &segment.file,
                0..segment.size,
                0,
            ));
            self.steps.push(Step::KeepFile {
                file: segment.file.clone(),
            });
            return;
        };
        let file = segment::name(segment.number);
        if segment.file != file {
            self.steps.push(Step::Rename {
                from: segment.file.clone(),
                to: file.clone(),
            });
        }
        let (base, first_ordinal) = start_of(segment.number, self.cursor.as_ref());
        let lost = self.lost_from_the_end(segment, &scan, first_ordinal);
        if scan.found.is_empty() {
            self.without_records(segment, &scan, &file, base, lost);
            return;
        }
        let header = self.header(segment, &scan, producer, &file);
        for gap in &scan.gaps {
            self.findings.push(Finding::new(
                FindingKind::Corrupt,
                &file,
                gap.start..gap.end,
                gap.records,
            ));
            self.keep(&file, segment.number, gap.start, gap.end, false);
        }
        self.tail(segment, &scan, &file, lost);
        let is_whole = scan.gaps.is_empty();
        let (records, size) = self.settle(scan, &file, base, first_ordinal, header);
        if is_whole && segment.size > size {
            self.steps.push(Step::Cut {
                file: file.clone(),
                size,
            });
        }
        self.last = self
            .last
            .max(records.last().map_or(Pair::default(), |last| last.pair));
        let acknowledged = self.cursor.map_or(Pair::default(), |cursor| cursor.acknowledged);
        let pending: Vec<Found> = records
            .into_iter()
            .filter(|record| record.pair > acknowledged)
            .collect();
        match pending.first().copied() {
            Some(first) => self.kept.push(Kept {
                number: segment.number,
                file,
                start: first.start,
                ordinal: first.ordinal,
                records: pending,
            }),
            None => self.steps.push(Step::Remove { file }),
        }
    }

    /// How many records the next segment says were here that are not; `None` when it does not say.
    fn lost_from_the_end(&self, segment: &Surveyed, scan: &Scan, first_ordinal: u32) -> Option<u64> {
        let next = self
            .survey
            .segments
            .iter()
            .find(|next| next.number == segment.number + 1)?;
        let HeaderPage::Intact { header, .. } = &next.header else {
            return None;
        };
        if header.previous_records == 0 || self.survey.noted.contains(&segment.number) {
            return None;
        }
        let last = scan.found.last();
        let have = last.map_or(u64::from(first_ordinal), |last| u64::from(last.ordinal) + 1);
        Some(header.previous_records.saturating_sub(have))
    }

    /// Rows 16 and 17.
    fn without_records(&mut self, segment: &Surveyed, scan: &Scan, file: &str, base: u64, lost: Option<u64>) {
        let durable = self
            .cursor
            .is_some_and(|cursor| cursor.newest_segment >= segment.number);
        let held_some = durable || lost.is_some_and(|lost| lost > 0);
        if base > RECORDS_START || !held_some || self.survey.noted.contains(&segment.number) {
            self.tail(segment, scan, file, lost);
        } else {
            let records = lost.unwrap_or(1).max(1);
            self.findings
                .push(Finding::new(FindingKind::Corrupt, file, 0..segment.size, records));
            let end = match scan.tail {
                Tail::Clean => segment.size.min(RECORDS_START),
                Tail::Torn { end } | Tail::Corrupt { end, .. } => end,
            };
            self.keep(file, segment.number, 0, end, false);
        }
        self.steps.push(Step::Remove {
            file: file.to_owned(),
        });
    }

    /// Rows 11 and 12.
    fn tail(&mut self, segment: &Surveyed, scan: &Scan, file: &str, lost: Option<u64>) {
        let is_short = lost.is_some_and(|lost| lost > 0);
        let (kind, end, records) = match scan.tail {
            Tail::Clean if is_short => (FindingKind::Corrupt, scan.end, 0),
            Tail::Clean => return,
            Tail::Torn { end } if !is_short => (FindingKind::TornTail, end, 1),
            Tail::Torn { end } => (FindingKind::Corrupt, end, 1),
            Tail::Corrupt { end, records } => (FindingKind::Corrupt, end, records),
        };
        // The next segment knows exactly how many there were; without one it is the least that can be told.
        let records = lost.unwrap_or(records);
        self.findings
            .push(Finding::new(kind, file, scan.end..end, records));
        if end > scan.end {
            self.keep(file, segment.number, scan.end, end, kind == FindingKind::TornTail);
        } else {
            self.steps.push(Step::KeepNote {
                number: segment.number,
                torn: false,
            });
        }
    }

    /// Row 15; says what the header is afterwards.
    fn header(&mut self, segment: &Surveyed, scan: &Scan, producer: &Producer, file: &str) -> SegmentHeader {
        let (header, is_damaged) = if let HeaderPage::Intact { header, damaged } = segment.header {
            (header, damaged > 0)
        } else {
            let first = scan.found.first();
            let header = SegmentHeader {
                log_id: producer.log_id,
                producer_id: producer.producer_id,
                number: segment.number,
                epoch: first.map_or(0, |first| first.pair.epoch),
                previous: self.last,
                previous_records: 0,
                created_at_us: first.map_or(0, |first| first.created_at_us),
            };
            (header, true)
        };
        if is_damaged {
            self.findings
                .push(Finding::new(FindingKind::Header, file, 0..RECORDS_START, 0));
            self.keep(file, segment.number, 0, RECORDS_START, false);
            self.steps.push(Step::WriteHeader {
                file: file.to_owned(),
                header,
            });
        }
        header
    }

    /// Rows 9, 13 and 14: where the records are afterwards, and where they end.
    fn settle(
        &mut self,
        scan: Scan,
        file: &str,
        base: u64,
        first_ordinal: u32,
        header: SegmentHeader,
    ) -> (Vec<Found>, u64) {
        let Some(first_gap) = scan.gaps.first() else {
            return (scan.found, scan.end);
        };
        let stays = scan
            .found
            .partition_point(|record| record.in_place && record.end <= first_gap.start);
        let mut records = scan.found;
        let moves = records.split_off(stays.min(records.len()));
        let keep = records.last().map_or(base, |last| last.end);
        let mut ordinal = records
            .last()
            .map_or(first_ordinal, |last| last.ordinal.saturating_add(1));
        self.steps.push(Step::Rewrite {
            file: file.to_owned(),
            header,
            keep,
            moves: moves.clone(),
            ordinal,
        });
        let mut at = keep;
        for moved in moves {
            let end = at + (moved.end - moved.start);
            records.push(Found {
                start: at,
                end,
                ordinal,
                in_place: true,
                ..moved
            });
            at = end;
            ordinal = ordinal.saturating_add(1);
        }
        (records, at)
    }

    fn keep(&mut self, file: &str, number: u64, start: u64, end: u64, torn: bool) {
        self.steps.push(Step::KeepRange {
            file: file.to_owned(),
            number,
            start,
            end,
            torn,
        });
    }
}
