//! The decision (layer 2): a pure function from what was read to what will be done, by the table in the head of `recovery.rs`.
//!
//! [`decide`] goes through the files in the order of the rows; those about a segment are in `of_segment`.

mod of_segment;

use std::collections::BTreeSet;

use super::survey::{Beside, SlotFile, Survey, Surveyed, newest_header};
use super::{Finding, FindingKind, Kept, Plan, Step};
use crate::buffer::claims::{self, FENCE_FILE};
use crate::buffer::cursor::{CURSOR_FILE, Cursor, Marks, PRODUCER_FILE, Producer};
use crate::buffer::namespace::{self, NAMESPACE_FILE};
use crate::buffer::record::Pair;
use crate::buffer::requeue::{self, REQUEUE_FILE};
use crate::buffer::segment::{self, HeaderPage, RECORDS_START, Scan};

/// Above every epoch that a lost slot can have recorded: slots alternate, so at most two starts are in doubt.
const EPOCH_LEAP: u64 = 16;
/// A damaged name can make the range of numbers astronomical; more missing segments than this are not listed.
const MISSING_MAX: usize = 4096;

/// Decides by the table in the module's head. `fresh` are random ids, for what has none.
///
/// It takes the lists of records out of the survey, which may be long, into the plan.
pub(crate) fn decide(survey: &mut Survey, fresh: [[u8; 16]; 2]) -> Plan {
    let scans: Vec<Option<Scan>> = survey
        .segments
        .iter_mut()
        .map(|segment| segment.scan.take())
        .collect();
    let mut decision = Decision::new(survey);
    let producer = decision.producer(fresh);
    decision.cursor(producer.log_id);
    for (segment, scan) in survey.segments.iter().zip(scans) {
        decision.segment(segment, scan, &producer);
    }
    decision.missing();
    decision.beside(&producer);
    for file in &survey.temporary {
        decision.steps.push(Step::Remove { file: file.clone() }); // row 23
    }
    for file in &survey.strays {
        decision
            .findings
            .push(Finding::new(FindingKind::Stray, file, 0..0, 0)); // row 24
    }
    decision.plan(producer)
}

struct Decision<'a> {
    survey: &'a Survey,
    cursor: Option<Cursor>,
    cursor_generation: Option<u64>,
    producer_generation: Option<u64>,
    steps: Vec<Step>,
    kept: Vec<Kept>,
    findings: Vec<Finding>,
    last: Pair,
}

impl<'a> Decision<'a> {
    fn new(survey: &'a Survey) -> Self {
        Self {
            survey,
            cursor: None,
            cursor_generation: None,
            producer_generation: None,
            steps: Vec::new(),
            kept: Vec::new(),
            findings: Vec::new(),
            last: Pair::default(),
        }
    }

    /// Rows 1 to 4.
    fn producer(&mut self, fresh: [[u8; 16]; 2]) -> Producer {
        let [log_id, producer_id] = fresh;
        let seen = self.highest_epoch();
        match &self.survey.producer {
            SlotFile::Value {
                value,
                generation,
                damaged,
            } => {
                self.producer_generation = Some(generation + 1);
                let doubtful = *damaged || seen > value.epoch;
                if *damaged {
                    self.findings
                        .push(Finding::new(FindingKind::Producer, PRODUCER_FILE, 0..0, 0));
                }
                let leap = if doubtful { EPOCH_LEAP } else { 1 };
                Producer {
                    epoch: seen.max(value.epoch) + leap,
                    marks: self.marks(value.marks),
                    ..*value
                }
            }
            other => {
                let header = newest_header(&self.survey.segments);
                let is_new = self.survey.segments.is_empty() && self.cursor_is_new();
                if *other == SlotFile::Lost {
                    self.steps.push(Step::KeepFile {
                        file: PRODUCER_FILE.to_owned(),
                    });
                }
                if !is_new || *other == SlotFile::Lost {
                    self.findings
                        .push(Finding::new(FindingKind::Producer, PRODUCER_FILE, 0..0, 0));
                }
                Producer {
                    log_id: self.survey.log_id.unwrap_or(log_id),
                    producer_id: header.map_or(producer_id, |header| header.producer_id),
                    epoch: if is_new && *other == SlotFile::Absent {
                        seen + 1
                    } else {
                        seen + EPOCH_LEAP
                    },
                    marks: self.marks(Marks::default()),
                }
            }
        }
    }

    /// What the producer file says of the files beside the log, and they say themselves.
    fn marks(&self, known: Marks) -> Marks {
        let beside = &self.survey.beside;
        let name = beside.namespace.as_deref().and_then(namespace::decode);
        Marks {
            is_fenced: known.is_fenced || beside.fence.is_some(),
            namespace: name.map(namespace::checksum).or(known.namespace),
            ..known
        }
    }

    /// Rows 25 to 27.
    fn beside(&mut self, producer: &Producer) {
        let Beside {
            fence,
            requeue,
            namespace,
        } = &self.survey.beside;
        let fence = fence.as_deref();
        if fence.map_or(producer.marks.is_fenced, claims::is_damaged) {
            let bytes = claims::mended(fence, producer);
            self.replace(FindingKind::Fence, FENCE_FILE, fence, Some(bytes));
        }
        if let Some(damaged) = requeue.as_deref().filter(|bytes| requeue::is_damaged(bytes)) {
            let bytes = requeue::mended(damaged);
            self.replace(FindingKind::Requeue, REQUEUE_FILE, Some(damaged), Some(bytes));
        }
        let namespace = namespace.as_deref();
        let is_lost = |bytes: &[u8]| namespace::decode(bytes).is_none();
        if namespace.map_or(producer.marks.namespace.is_some(), is_lost) {
            let is_empty = producer.marks.namespace == Some(namespace::checksum(""));
            let bytes = is_empty.then(|| namespace::encode("").into_bytes());
            self.replace(FindingKind::Namespace, NAMESPACE_FILE, namespace, bytes);
        }
    }

    /// A damaged or missing file beside the log, and what is put in its place, if that is known.
    fn replace(
        &mut self,
        kind: FindingKind,
        file: &'static str,
        damaged: Option<&[u8]>,
        bytes: Option<Vec<u8>>,
    ) {
        let size = damaged.map_or(0, |damaged| damaged.len() as u64);
        self.findings.push(Finding::new(kind, file, 0..size, 0));
        self.steps.extend(bytes.map(|bytes| Step::Replace {
            file,
            damaged: damaged.map(<[u8]>::to_vec),
            bytes,
        }));
    }

    /// The cursor is made before the producer's file: first starts that were interrupted leave it alone.
    fn cursor_is_new(&self) -> bool {
        match &self.survey.cursor {
            SlotFile::Absent => true,
            SlotFile::Lost => false,
            SlotFile::Value { value, .. } => {
                value.acknowledged == Pair::default() && value.newest_segment == 0
            }
        }
    }

    fn highest_epoch(&self) -> u64 {
        let cursor = match &self.survey.cursor {
            SlotFile::Value { value, .. } => value.epoch.max(value.acknowledged.epoch),
            _ => 0,
        };
        let segments = self.survey.segments.iter().map(|segment| {
            let header = match &segment.header {
                HeaderPage::Intact { header, .. } => header.epoch,
                _ => 0,
            };
            let found = segment.last.map_or(0, |last| last.epoch);
            header.max(found)
        });
        segments.fold(cursor, u64::max)
    }

    /// Rows 5 to 7.
    fn cursor(&mut self, log_id: [u8; 16]) {
        match &self.survey.cursor {
            SlotFile::Value {
                value,
                generation,
                damaged,
            } if value.log_id == log_id => {
                self.cursor = Some(*value);
                self.cursor_generation = Some(*generation);
                self.last = value.acknowledged;
                if *damaged {
                    self.findings
                        .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                }
            }
            SlotFile::Absent => {
                if !self.survey.segments.is_empty() || self.producer_generation.is_some() {
                    self.findings
                        .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                }
            }
            _ => {
                self.findings
                    .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                self.steps.push(Step::KeepFile {
                    file: CURSOR_FILE.to_owned(),
                });
            }
        }
    }

    /// Row 18.
    fn missing(&mut self) {
        let numbers: BTreeSet<u64> = self
            .survey
            .segments
            .iter()
            .map(|segment| segment.number)
            .collect();
        let newest = numbers.last().copied().unwrap_or_default();
        let (first, newest) = match self.cursor {
            Some(cursor) => (cursor.segment.max(1), newest.max(cursor.newest_segment)),
            None => (numbers.first().copied().unwrap_or(1), newest),
        };
        // Bound: segment numbers are counted up by one; a damaged name cannot make the range long, see below.
        for number in (first..=newest).take(MISSING_MAX) {
            if numbers.contains(&number) || self.survey.noted.contains(&number) {
                continue;
            }
            let next = self.survey.segments.iter().find(|next| next.number == number + 1);
            let records = match next.map(|next| &next.header) {
                Some(HeaderPage::Intact { header, .. }) => header.previous_records,
                _ => 0,
            };
            let file = segment::name(number);
            self.findings.push(Finding::new(
                FindingKind::MissingSegment,
                file,
                0..0,
                records.max(1),
            ));
            self.steps.push(Step::KeepNote { number, torn: false });
        }
    }

    /// An empty segment that is removed from between others would be missed by every later start.
    fn note_what_leaves_a_gap(&mut self) {
        let (Some(first), Some(last)) = (self.kept.first(), self.kept.last()) else {
            return;
        };
        let between = first.number..last.number;
        let mut unnoted = BTreeSet::new();
        for step in &self.steps {
            if let Step::Remove { file } = step {
                unnoted.extend(segment::number(file).filter(|number| between.contains(number)));
            }
        }
        for step in &self.steps {
            if let Step::KeepRange { number, .. } | Step::KeepNote { number, .. } = step {
                unnoted.remove(number);
            }
        }
        self.steps.extend(
            unnoted
                .into_iter()
                .map(|number| Step::KeepNote { number, torn: true }),
        );
    }

    fn plan(mut self, producer: Producer) -> Plan {
        // An empty segment that was removed leaves its number to the next: a number left out would be one missing.
        let held = |segment: &&Surveyed| segment.last.is_some();
        let newest = self
            .survey
            .segments
            .iter()
            .rfind(held)
            .map_or(0, |segment| segment.number);
        let old = self.cursor.unwrap_or_default();
        let next_segment = (newest + 1).max(old.segment).max(old.newest_segment + 1).max(1);
        let first = self.kept.first();
        let cursor = Cursor {
            log_id: producer.log_id,
            segment: first.map_or(next_segment, |first| first.number),
            offset: first.map_or(RECORDS_START, |first| first.start),
            ordinal: first.map_or(0, |first| first.ordinal),
            epoch: producer.epoch,
            ..old
        };
        self.note_what_leaves_a_gap();
        // What is removed goes last: until then everything can be found again.
        self.steps.sort_by_key(|step| match step {
            Step::Rename { .. } => 0,
            Step::KeepRange { .. } | Step::KeepNote { .. } => 1,
            Step::Rewrite { .. } => 3,
            Step::WriteHeader { .. } | Step::Cut { .. } | Step::Replace { .. } => 2,
            Step::KeepFile { .. } => 4,
            Step::Remove { .. } => 5,
        });
        // The newest first: interrupted the other way round, the older ones would be missing before the newer.
        let removals = self
            .steps
            .partition_point(|step| !matches!(step, Step::Remove { .. }));
        if let Some(removals) = self.steps.get_mut(removals..) {
            removals.reverse();
        }
        Plan {
            producer,
            producer_generation: self.producer_generation,
            cursor,
            cursor_generation: self.cursor_generation,
            steps: self.steps,
            kept: self.kept,
            findings: self.findings,
            next_segment,
            last: self.last,
            damaged: self.survey.damaged,
        }
    }
}
