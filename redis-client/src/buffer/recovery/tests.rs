//! One test for each row of the decision table, by its number.

#[cfg(feature = "publisher")]
mod beside;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::buffer::config::Config;
use crate::buffer::cursor::{CURSOR_FILE, PRODUCER_FILE};
use crate::buffer::error::Error;
use crate::buffer::record::{self, HEADER_BYTES, NewRecord, Pair, Seed};
use crate::buffer::segment;
use crate::buffer::slots::{self, Slots};
use crate::buffer::storage::FileStorage;
use crate::buffer::wal::Wal;

/// A log of one start with three segments of 10 records each; the process was killed.
struct Log {
    _temporary: TempDir,
    path: PathBuf,
}

const PAYLOAD_BYTES: usize = 330;
const RECORD_BYTES: usize = HEADER_BYTES + 1 + PAYLOAD_BYTES;
const RECORDS: u64 = 30;

fn config() -> Config {
    Config::new().segment_bytes(8 << 10)
}

fn open(path: &Path) -> Result<Wal<FileStorage>, Error> {
    Wal::open(FileStorage::open(path)?, &config())
}

impl Log {
    fn new() -> Self {
        let temporary = tempfile::tempdir().expect("a directory");
        let path = temporary.path().join("log");
        let mut wal = open(&path).expect("a new log");
        for sequence in 1..=RECORDS {
            let payload = [u8::try_from(sequence).expect("small"); PAYLOAD_BYTES];
            wal.append(Pair { epoch: 1, sequence }, "c", &payload, 0)
                .expect("appended");
        }
        wal.sync().expect("synced");
        Self {
            _temporary: temporary,
            path,
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn segment(&self, number: u64) -> PathBuf {
        self.file(&segment::name(number))
    }

    fn acknowledge(&self, sequence: u64) {
        open(&self.path)
            .expect("a log")
            .acknowledge(Pair { epoch: 1, sequence })
            .expect("acknowledged");
    }

    /// What opening finds: the kinds of findings with the records they cost, and which sequences of epoch 1 are left.
    fn recover(&self) -> (Vec<(FindingKind, u64)>, Vec<u64>) {
        let mut wal = open(&self.path).expect("a log");
        let findings = wal
            .findings()
            .iter()
            .map(|finding| (finding.kind, finding.records))
            .collect();
        let records = wal.peek(usize::MAX).expect("read");
        for record in records.iter().filter(|record| record.pair().epoch == 1) {
            assert_eq!(
                record.payload(),
                [u8::try_from(record.pair().sequence).expect("small"); PAYLOAD_BYTES]
            );
        }
        let left = records.iter().map(|record| record.pair().sequence).collect();
        let damaged = wal.damaged();
        drop(wal);
        // Setting right is done once: the next start finds nothing, and as many pieces beside.
        let again = open(&self.path).expect("a log");
        assert_eq!((again.findings(), again.damaged()), ([].as_slice(), damaged));
        (findings, left)
    }

    fn kept(&self) -> Vec<String> {
        let Ok(listing) = fs::read_dir(self.path.join(DAMAGED_FOLDER)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = listing
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    }
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("read");
    change(&mut bytes);
    fs::write(path, bytes).expect("written");
}

fn all() -> Vec<u64> {
    (1..=RECORDS).collect()
}

fn without(lost: &[u64]) -> Vec<u64> {
    all()
        .into_iter()
        .filter(|sequence| !lost.contains(sequence))
        .collect()
}

/// Where the record with this index starts in its segment.
fn start(index: usize) -> usize {
    4096 + index * RECORD_BYTES
}

#[test]
fn row_01_a_new_directory_draws_ids_and_starts_at_epoch_1() {
    let temporary = tempfile::tempdir().expect("a directory");
    let (first, second) = (temporary.path().join("a"), temporary.path().join("b"));
    let (first, second) = (open(&first).expect("a log"), open(&second).expect("a log"));
    assert_eq!((first.epoch(), first.findings()), (1, [].as_slice()));
    assert_ne!(first.producer_id(), second.producer_id());

    // A first start that was interrupted before it had made the producer's file.
    let third = temporary.path().join("c");
    drop(open(&third).expect("a log"));
    fs::remove_file(third.join(PRODUCER_FILE)).expect("removed");
    assert_eq!(open(&third).expect("a log").findings(), []);
}

#[test]
fn row_02_each_start_raises_the_epoch_by_one() {
    let log = Log::new();
    let id = open(&log.path).expect("a log").producer_id();
    let again = open(&log.path).expect("a log");
    assert_eq!((again.epoch(), again.producer_id()), (3, id));
}

#[test]
fn an_adopted_log_keeps_its_records_and_its_id() {
    let log = Log::new();
    let mut wal = open(&log.path).expect("a log");
    let (old, adopted) = (wal.producer_id(), wal.adopt().expect("adopted"));
    assert_ne!(old, adopted);
    drop(wal);
    assert_eq!(log.recover(), (vec![], all()));
    assert_eq!(open(&log.path).expect("a log").producer_id(), adopted);
}

#[test]
fn row_03_a_damaged_producer_slot_leaps_above_what_it_said() {
    for slot in [0, 4096] {
        let log = Log::new();
        let epochs: Vec<u64> = (0..3).map(|_| open(&log.path).expect("a log").epoch()).collect();
        change(&log.file(PRODUCER_FILE), |bytes| bytes[slot + 60] ^= 1);
        assert!(open(&log.path).expect("a log").epoch() > epochs[2] + 1);
        change(&log.file(PRODUCER_FILE), |bytes| bytes[slot + 60] ^= 1);
        change(&log.file(PRODUCER_FILE), |bytes| bytes[slot..slot + 120].fill(0));
        assert_eq!(log.recover(), (vec![(FindingKind::Producer, 0)], all()));
    }
}

#[test]
fn row_04_a_lost_producer_file_is_made_from_the_segments() {
    for lost in [true, false] {
        let log = Log::new();
        let before = open(&log.path).expect("a log");
        let (id, epoch) = (before.producer_id(), before.epoch());
        drop(before);
        if lost {
            fs::remove_file(log.file(PRODUCER_FILE)).expect("removed");
        } else {
            change(&log.file(PRODUCER_FILE), |bytes| bytes.fill(b'?'));
        }
        let after = open(&log.path).expect("a log");
        assert_eq!(after.producer_id(), id);
        assert!(after.epoch() > epoch);
        assert_eq!(
            after
                .findings()
                .iter()
                .map(|finding| finding.kind)
                .collect::<Vec<_>>(),
            [FindingKind::Producer]
        );
        assert_eq!(log.kept(), if lost { vec![] } else { vec!["producer.damaged"] });
        drop(after);
        assert_eq!(log.recover(), (vec![], all()));
    }
}

#[test]
fn row_05_what_is_acknowledged_is_not_read() {
    let log = Log::new();
    log.acknowledge(13);
    // Damage before the position is nobody's business any more: the record there is acknowledged.
    change(&log.segment(2), |bytes| bytes[start(1) + 70] ^= 1);
    assert_eq!(log.recover(), (vec![], (14..=RECORDS).collect()));
}

#[test]
fn row_06_a_damaged_cursor_slot_costs_repeated_records_at_most() {
    for slot in [0, 4096] {
        let log = Log::new();
        log.acknowledge(3);
        log.acknowledge(5);
        change(&log.file(CURSOR_FILE), |bytes| bytes[slot + 50] ^= 1);
        let (findings, left) = log.recover();
        assert_eq!(findings, [(FindingKind::Cursor, 0)]);
        assert!(
            [4, 6].contains(&left[0]) && left.last() == Some(&RECORDS),
            "{left:?}"
        );
    }
}

#[test]
fn row_07_a_lost_cursor_repeats_what_the_segments_hold() {
    for damage in ["absent", "garbage", "of another log"] {
        let log = Log::new();
        log.acknowledge(13);
        match damage {
            "absent" => fs::remove_file(log.file(CURSOR_FILE)).expect("removed"),
            "garbage" => change(&log.file(CURSOR_FILE), |bytes| bytes.fill(b'?')),
            _ => drop(fs::copy(Log::new().file(CURSOR_FILE), log.file(CURSOR_FILE)).expect("copied")),
        }
        assert_eq!(
            log.recover(),
            (vec![(FindingKind::Cursor, 0)], (11..=RECORDS).collect()),
            "{damage}"
        );
        assert_eq!(log.kept().len(), usize::from(damage != "absent"), "{damage}");
    }
}

#[test]
fn row_08_a_segment_below_the_cursor_is_removed_unread() {
    let log = Log::new();
    let old = fs::read(log.segment(1)).expect("read");
    log.acknowledge(10);
    assert!(!log.segment(1).exists());
    // As a power cut may leave it: the cursor on disk, the removal not.
    fs::write(log.segment(1), &old[..5000]).expect("written");
    assert_eq!(log.recover(), (vec![], (11..=RECORDS).collect()));
    assert!(!log.segment(1).exists());
}

#[test]
fn row_09_an_intact_segment_stays_as_it_is() {
    let log = Log::new();
    open(&log.path).expect("a log").close().expect("closed");
    let before = fs::read(log.segment(2)).expect("read");
    assert_eq!(log.recover(), (vec![], all()));
    assert_eq!(fs::read(log.segment(2)).expect("read"), before);
}

#[test]
fn row_10_zeros_ahead_are_cut() {
    let log = Log::new();
    let before = fs::metadata(log.segment(3)).expect("there").len();
    assert_eq!(log.recover(), (vec![], all()));
    let after = fs::metadata(log.segment(3)).expect("there").len();
    assert_eq!((before, after), (8192, start(10) as u64));
    assert_eq!(log.kept(), [""; 0]);
}

#[test]
fn row_11_a_torn_tail_is_cut_and_kept() {
    type Tear = fn(&mut Vec<u8>);
    let tears: [(&str, Tear); 3] = [
        ("the file ends", |bytes| bytes.truncate(start(9) + 100)),
        ("zeros to the end", |bytes| bytes[start(9) + 40..].fill(0)),
        ("a lost sector", |bytes| bytes[7168..7680].fill(0)),
    ];
    for (story, tear) in tears {
        let log = Log::new();
        change(&log.segment(3), tear);
        let (findings, left) = log.recover();
        let lost = RECORDS - left.len() as u64;
        assert_eq!(
            findings.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [FindingKind::TornTail],
            "{story}"
        );
        assert!(
            (1..=2).contains(&lost) && left == all()[..left.len()],
            "{story}: {left:?}"
        );
        assert_eq!(
            fs::metadata(log.segment(3)).expect("there").len(),
            start(10 - usize::try_from(lost).expect("small")) as u64
        );
        assert!(log.kept()[0].ends_with(TORN), "{story}");
    }
}

#[test]
fn row_12_a_damaged_tail_is_cut_kept_and_called_corrupt() {
    let log = Log::new();
    change(&log.segment(3), |bytes| bytes[start(9) + 200] ^= 1);
    assert_eq!(log.recover(), (vec![(FindingKind::Corrupt, 1)], without(&[30])));
    assert_eq!(log.kept(), [format!("{:020}-{}.damaged", 3, start(9))]);

    // Bytes that follow the last record of a segment whose successor says that nothing is lost.
    let log = Log::new();
    change(&log.segment(2), |bytes| bytes.resize(9000, b'?'));
    assert_eq!(log.recover(), (vec![(FindingKind::Corrupt, 0)], all()));

    // The next segment says how many there were.
    let log = Log::new();
    change(&log.segment(2), |bytes| bytes.truncate(start(7)));
    assert_eq!(
        log.recover(),
        (vec![(FindingKind::Corrupt, 3)], without(&[18, 19, 20]))
    );
    let log = Log::new();
    change(&log.segment(2), |bytes| bytes.truncate(start(7) + 10));
    assert_eq!(
        log.recover(),
        (vec![(FindingKind::Corrupt, 3)], without(&[18, 19, 20]))
    );
}

/// What could happen: a start kept a piece beside and was killed before it cut the file; the next one found the piece there, and
/// `status().damaged` counted it twice.
#[test]
fn what_was_kept_before_an_interruption_is_counted_once() {
    let log = Log::new();
    change(&log.segment(3), |bytes| bytes[start(9) + 200] ^= 1);
    let before = fs::read(log.segment(3)).expect("read");
    assert_eq!(open(&log.path).expect("a log").damaged(), 1);
    fs::write(log.segment(3), before).expect("written");
    let kept = log.kept();
    log.recover();
    assert_eq!((log.kept(), open(&log.path).expect("a log").damaged()), (kept, 1));
}

#[test]
fn row_13_damage_in_the_middle_costs_the_damaged_alone() {
    for at in [0, 3, 5, 9, 20, 40, 50, 60, RECORD_BYTES - 1] {
        let log = Log::new();
        change(&log.segment(2), |bytes| bytes[start(4) + at] ^= 0x40);
        assert_eq!(
            log.recover(),
            (vec![(FindingKind::Corrupt, 1)], without(&[15])),
            "byte {at}"
        );
        assert_eq!(log.kept(), [format!("{:020}-{}.damaged", 2, start(4))]);
        let kept = fs::read(log.file(DAMAGED_FOLDER).join(&log.kept()[0])).expect("read");
        assert_eq!(kept.len(), RECORD_BYTES);
    }
}

#[test]
fn row_14_displaced_records_are_delivered() {
    let log = Log::new();
    change(&log.segment(2), |bytes| {
        drop(bytes.drain(start(2) + 5..start(2) + 25));
    });
    assert_eq!(log.recover(), (vec![(FindingKind::Corrupt, 1)], without(&[13])));
    let log = Log::new();
    change(&log.segment(2), |bytes| {
        drop(bytes.splice(start(2)..start(2), *b"put in here"));
    });
    assert_eq!(log.recover(), (vec![(FindingKind::Corrupt, 0)], all()));
}

#[test]
fn row_15_a_damaged_header_costs_no_record() {
    let damages: [fn(&mut Vec<u8>); 3] = [
        |bytes| bytes[20] ^= 1,
        |bytes| bytes[2048 + 20] ^= 1,
        |bytes| bytes[..4096].fill(0),
    ];
    for damage in damages {
        let log = Log::new();
        change(&log.segment(2), damage);
        assert_eq!(log.recover(), (vec![(FindingKind::Header, 0)], all()));
        assert_eq!(log.kept(), [format!("{:020}-0.damaged", 2)]);
    }
}

#[test]
fn row_16_an_empty_segment_that_held_nothing_goes() {
    for bytes in [Vec::new(), vec![0; 5000]] {
        let log = Log::new();
        fs::write(log.segment(4), bytes).expect("written");
        assert_eq!(log.recover(), (vec![], all()));
        assert!(!log.segment(4).exists());
        assert_eq!(log.kept(), [""; 0]);
        // Its number is used again: were it left out, the start after that would miss it.
        fs::write(log.segment(4), b"").expect("written");
        let mut wal = open(&log.path).expect("a log");
        wal.append(
            Pair {
                epoch: wal.epoch(),
                sequence: 1,
            },
            "c",
            &[31; PAYLOAD_BYTES],
            0,
        )
        .expect("appended");
        drop(wal);
        assert!(log.segment(4).exists());
        assert_eq!(log.recover().0, []);
    }
}

#[test]
fn row_16_an_empty_segment_between_others_is_not_missed_later() {
    let log = Log::new();
    // As a power cut may leave segments that were never synced: one without a byte, the next without its header.
    fs::remove_file(log.file(CURSOR_FILE)).expect("removed");
    fs::write(log.segment(2), b"").expect("written");
    change(&log.segment(3), |bytes| bytes[..4096].fill(0));
    let (findings, left) = log.recover();
    assert_eq!(findings, [(FindingKind::Cursor, 0), (FindingKind::Header, 0)]);
    assert_eq!(left, (1..=10).chain(21..=30).collect::<Vec<_>>());
}

#[test]
fn row_17_an_empty_segment_that_held_something_is_reported() {
    for size in [0, 100, 4096] {
        let log = Log::new();
        change(&log.segment(2), |bytes| bytes.truncate(size));
        assert_eq!(
            log.recover(),
            (
                vec![(FindingKind::Corrupt, 10)],
                without(&(11..=20).collect::<Vec<_>>())
            ),
            "{size}"
        );
        assert_eq!(log.kept().len(), 1, "{size}: {:?}", log.kept());
        let log = Log::new();
        change(&log.segment(3), |bytes| bytes.truncate(size));
        assert_eq!(
            log.recover(),
            (vec![(FindingKind::Corrupt, 1)], (1..=20).collect()),
            "{size}"
        );
    }
}

#[test]
fn row_18_a_missing_segment_is_reported_once() {
    for (number, records, left) in [(1, 10, 11..=30), (3, 1, 1..=20)] {
        let log = Log::new();
        fs::remove_file(log.segment(number)).expect("removed");
        assert_eq!(
            log.recover(),
            (vec![(FindingKind::MissingSegment, records)], left.collect()),
            "{number}"
        );
        assert_eq!(log.kept(), [format!("{number:020}-missing.damaged")]);
    }
}

#[test]
fn row_19_a_segment_of_another_log_is_kept_beside() {
    let (log, other) = (Log::new(), Log::new());
    fs::copy(other.segment(1), log.segment(4)).expect("copied");
    assert_eq!(log.recover(), (vec![(FindingKind::Foreign, 0)], all()));
    assert_eq!(log.kept(), [format!("{}.damaged", segment::name(4))]);
}

#[test]
fn row_20_a_renamed_segment_gets_its_name_back_if_that_is_free() {
    let log = Log::new();
    fs::rename(log.segment(2), log.segment(9)).expect("renamed");
    assert_eq!(log.recover(), (vec![], all()));
    let log = Log::new();
    fs::copy(log.segment(2), log.segment(4)).expect("copied");
    assert_eq!(log.recover(), (vec![(FindingKind::Foreign, 0)], all()));
}

#[test]
fn row_21_an_unknown_kind_of_record_is_refused() {
    let log = Log::new();
    let producer = fs::read(log.file(PRODUCER_FILE)).expect("read");
    let log_id: [u8; 16] = producer[24..40].try_into().expect("16 bytes");
    let before = fs::read(log.segment(2)).expect("read");
    let mut changed = before.clone();
    let record = &mut changed[start(4)..start(5)];
    record[3] = 7;
    let seed = Seed::new(log_id, 2).value();
    let header = crc32c::crc32c_append(seed, &record[..44]);
    record[44..48].copy_from_slice(&header.to_le_bytes());
    let body = crc32c::crc32c_append(header, &record[52..]);
    record[48..52].copy_from_slice(&body.to_le_bytes());
    fs::write(log.segment(2), &changed).expect("written");
    let error = open(&log.path).expect_err("refused");
    assert!(error.is_version(), "{error}");
    assert_eq!(fs::read(log.segment(2)).expect("read"), changed);
    assert_eq!(fs::read(log.file(PRODUCER_FILE)).expect("read"), producer);
}

#[test]
fn row_22_a_file_that_cannot_be_read_is_named() {
    let log = Log::new();
    let producer = fs::read(log.file(PRODUCER_FILE)).expect("read");
    fs::remove_file(log.file(CURSOR_FILE)).expect("removed");
    // A link to itself cannot be opened by anybody, the superuser included.
    std::os::unix::fs::symlink(log.file(CURSOR_FILE), log.file(CURSOR_FILE)).expect("linked");
    let error = open(&log.path).expect_err("refused");
    assert!(
        matches!(&error, Error::Io { path, .. } if *path == log.file(CURSOR_FILE)),
        "{error}"
    );
    assert_eq!(fs::read(log.file(PRODUCER_FILE)).expect("read"), producer);
}

#[test]
fn row_23_a_temporary_file_goes() {
    let log = Log::new();
    fs::write(log.file("cursor.tmp"), b"half").expect("written");
    assert_eq!(log.recover(), (vec![], all()));
    assert!(!log.file("cursor.tmp").exists());
}

#[test]
fn row_24_a_stray_file_is_left_alone() {
    // The last two are numbers, and not as the log writes them.
    for name in ["README", "4.wal", "+0000000000000000004.wal"] {
        let log = Log::new();
        fs::write(log.file(name), b"mine").expect("written");
        let wal = open(&log.path).expect("a log");
        let found: Vec<_> = wal
            .findings()
            .iter()
            .map(|found| (found.kind, &*found.file))
            .collect();
        assert_eq!(found, [(FindingKind::Stray, name)]);
        assert_eq!(fs::read(log.file(name)).expect("read"), b"mine");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the bytes, scanning ends, and what it calls intact is.
    #[test]
    fn any_bytes_can_be_scanned(bytes in scannable(), base in prop_oneof![Just(4096_u64), 0..20_000_u64]) {
        let seed = Seed::new([7; 16], 1);
        let scan = segment::scan(&bytes, base, 0, seed);
        for pair in scan.found.windows(2) {
            prop_assert!(pair[0].pair < pair[1].pair);
        }
        for found in &scan.found {
            let start = usize::try_from(found.start - base).expect("small");
            let header = record::parse(&bytes[start..], seed).expect("a header");
            prop_assert!(header.body(&bytes[start..]).is_some());
        }
        for gap in &scan.gaps {
            prop_assert!(gap.start < gap.end && gap.end <= base + bytes.len() as u64);
        }
    }

    /// A record comes back as it was, and from no other place.
    #[test]
    fn a_record_round_trips(channel in ".{0,40}", note in ".{0,40}", payload in prop::collection::vec(any::<u8>(), 0..300),
                            epoch in 1..Pair::LIMIT, sequence in 1..Pair::LIMIT, created_at_us in any::<i64>()) {
        let pair = Pair { epoch, sequence };
        let new = NewRecord { pair, channel: &channel, payload: &payload, created_at_us, note: &note };
        let seed = Seed::new([7; 16], 1);
        let mut bytes = Vec::new();
        record::encode(&mut bytes, seed, 4096, 3, &new);
        prop_assert_eq!(bytes.len() as u64, new.bytes());
        let header = record::parse(&bytes, seed).expect("intact");
        let back = header.to_record(&header.body(&bytes).expect("intact"), None);
        prop_assert_eq!((back.pair(), back.channel(), back.payload()), (new.pair, &*channel, &*payload));
        prop_assert_eq!(header.body(&bytes).expect("intact").note, &*note);
        prop_assert_eq!((back.created_at_us(), header.position, header.ordinal), (created_at_us, 4096, 3));
        prop_assert!(record::parse(&bytes, Seed::new([7; 16], 2)).is_none());
        prop_assert!(record::parse(&bytes, Seed::new([8; 16], 1)).is_none());
    }

    #[test]
    fn slots_survive_any_damage_to_one_of_them(body in any::<[u8; 32]>(), slot in 0..2_usize,
                                               damage in prop::collection::vec((0..120_usize, 1..=255_u8), 1..20)) {
        let mut value = [0; slots::BODY_BYTES];
        value[..32].copy_from_slice(&body);
        let mut file = vec![0; 4096 + slots::SLOT_BYTES];
        for generation in [6, 7] {
            let at = usize::try_from(slots::offset_of(generation)).expect("small");
            file[at..at + slots::SLOT_BYTES].copy_from_slice(&slots::encode(*b"12345678", generation, &value));
        }
        let whole = slots::read(*b"12345678", &file);
        prop_assert_eq!(whole, Slots::Value { generation: 7, body: value, damaged: 0 });
        let before = file.clone();
        for (at, flip) in damage {
            file[slot * 4096 + at] ^= flip;
        }
        prop_assume!(file != before);
        let generation = 6 + u64::from(slot == 0);
        prop_assert_eq!(slots::read(*b"12345678", &file), Slots::Value { generation, body: value, damaged: 1 });
    }
}

/// Bytes that are hard on the scanner: records, pieces of records, markers, zeros, noise.
fn scannable() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        (1..40_u64, 0..60_usize, 0..9_000_u32).prop_map(|(sequence, length, position)| {
            let payload = vec![0xF5; length];
            let pair = Pair { epoch: 1, sequence };
            let new = NewRecord {
                pair,
                channel: "c",
                payload: &payload,
                created_at_us: 0,
                note: "",
            };
            let mut bytes = Vec::new();
            record::encode(&mut bytes, Seed::new([7; 16], 1), position, 0, &new);
            bytes
        }),
        prop::collection::vec(any::<u8>(), 0..80),
        (0..700_usize).prop_map(|length| vec![0; length]),
        Just(record::MARKER.to_vec()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}
