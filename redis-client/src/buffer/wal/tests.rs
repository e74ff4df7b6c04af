//! The bounds of the log's calls: what an append refuses, what it drops, how much a read returns, and what is counted.

use tempfile::TempDir;

use super::*;
use crate::buffer::WhenFull;
use crate::buffer::record::{NewRecord, RECORD_BYTES_MAX, Record};

/// The records of these tests have this many bytes, if nothing else is said: four fill a segment.
const BYTES: usize = 1000;

fn config() -> Config {
    Config::new().segment_bytes(8 << 10)
}

fn log(config: &Config) -> (TempDir, Wal<FileStorage>) {
    let dir = tempfile::tempdir().unwrap();
    let wal = Wal::open_directory(dir.path(), config).unwrap();
    (dir, wal)
}

fn pair(sequence: u64) -> Pair {
    Pair { epoch: 1, sequence }
}

/// Appends records with so many bytes each, in one batch, behind what is there.
fn append(wal: &mut Wal<FileStorage>, sizes: &[usize]) -> Result<(), Error> {
    let payload = vec![b'x'; sizes.iter().copied().max().unwrap_or_default()];
    let before = wal.last().sequence;
    let records: Vec<NewRecord<'_>> = (before + 1..)
        .zip(sizes)
        .map(|(sequence, bytes)| NewRecord {
            pair: pair(sequence),
            channel: "c",
            payload: &payload[..bytes - 53],
            created_at_us: 0,
            note: "",
        })
        .collect();
    wal.append_batch(&records)
}

fn sequences(records: &[Record]) -> Vec<u64> {
    records.iter().map(|record| record.pair().sequence).collect()
}

#[test]
fn a_read_keeps_to_both_of_its_limits() {
    let (_dir, mut wal) = log(&config());
    append(&mut wal, &[BYTES; 10]).unwrap();
    let mut check = |records_max: usize, bytes_max: u64, expected: u64| {
        let mut position = Position::default();
        let records = wal.read(&mut position, records_max, bytes_max).unwrap();
        let expected: Vec<u64> = (1..=expected).collect();
        assert_eq!(sequences(&records), expected, "{records_max}, {bytes_max}");
        let rest = wal.read(&mut position, 100, u64::MAX).unwrap();
        assert_eq!(records.len() + rest.len(), 10, "it goes on where it ended");
    };
    check(100, u64::MAX, 10);
    check(3, u64::MAX, 3);
    check(0, u64::MAX, 0);
    check(100, 2999, 2);
    check(100, 3000, 3);
    check(2, 3000, 2);
    // One is returned however large; beyond that, also where the next segment begins, none that does not fit.
    check(100, 1, 1);
    check(100, 4500, 4);
    check(100, 5000, 5);
}

/// The files are read in pieces of a mebibyte, and whoever asks for more gets it all the same.
#[test]
fn a_read_is_as_long_as_it_is_asked_to_be() {
    let (_dir, mut wal) = log(&Config::new());
    let large = 2 << 20;
    append(&mut wal, &[BYTES, 600 << 10, 600 << 10, large, BYTES]).unwrap();
    assert_eq!(sequences(&wal.peek(usize::MAX).unwrap()), [1, 2, 3, 4, 5]);
    let mut position = Position::after(pair(3));
    let mut read = |bytes_max| sequences(&wal.read(&mut position, 100, bytes_max).unwrap());
    assert_eq!(read(1 << 20), [4], "larger than the limit, and the first");
    assert_eq!(read(1 << 20), [5]);
    assert_eq!(read(1 << 20), [0_u64; 0]);
    let mut position = Position::after(pair(2));
    let mut read = |bytes_max| sequences(&wal.read(&mut position, 100, bytes_max).unwrap());
    assert_eq!(read(large as u64), [3], "the large one has no room behind it");
    assert_eq!(read(4 << 20), [4, 5]);
}

#[test]
fn what_is_refused_leaves_nothing() {
    let (_dir, mut wal) = log(&config());
    append(&mut wal, &[BYTES; 2]).unwrap();
    let long = "c".repeat(usize::from(u16::MAX) + 1);
    // Zeros that nobody touches take no memory.
    let huge = vec![0; usize::try_from(RECORD_BYTES_MAX).unwrap() - 52];
    let record = |pair, channel, payload, note| NewRecord {
        pair,
        channel,
        payload,
        created_at_us: 0,
        note,
    };
    let plain = |pair| record(pair, "c", b"", "");
    let mut refused = |records: &[NewRecord<'_>]| {
        let error = wal.append_batch(records).unwrap_err();
        assert_eq!(
            (wal.len(), wal.bytes(), wal.last()),
            (2, 2 * BYTES as u64, pair(2))
        );
        match error {
            Error::OutOfOrder { .. } => "out of order",
            Error::TooLarge { .. } => "too large",
            other => panic!("{other}"),
        }
    };
    for wrong in [
        pair(1),
        pair(2),
        pair(Pair::LIMIT),
        Pair {
            epoch: 2,
            sequence: 1,
        },
    ] {
        assert_eq!(refused(&[plain(wrong)]), "out of order", "{wrong:?}");
    }
    assert_eq!(refused(&[plain(pair(3)), plain(pair(3))]), "out of order");
    assert_eq!(refused(&[plain(pair(4)), plain(pair(3))]), "out of order");
    assert_eq!(refused(&[record(pair(3), &long, b"", "")]), "too large");
    assert_eq!(refused(&[record(pair(3), "c", b"", &long)]), "too large");
    assert_eq!(
        refused(&[plain(pair(3)), record(pair(4), "c", &huge, "")]),
        "too large"
    );

    // Each limit itself is allowed.
    let longest = record(pair(3), &long[1..], b"", &long[1..]);
    wal.append_batch(&[longest, plain(pair(Pair::LIMIT - 1))])
        .unwrap();
    assert_eq!(wal.peek(usize::MAX).unwrap().len(), 4);
}

#[test]
fn what_is_acknowledged_is_counted_once_and_for_good() {
    let (dir, mut wal) = log(&config());
    append(&mut wal, &[BYTES; 10]).unwrap();
    for (up_to, acknowledged) in [(3, 3), (3, 0), (1, 0), (6, 3), (7, 1)] {
        assert_eq!(wal.acknowledge(pair(up_to)).unwrap(), acknowledged, "{up_to}");
    }
    assert_eq!((wal.len(), wal.bytes()), (3, 3 * BYTES as u64));
    assert_eq!(wal.acknowledged(), pair(7));
    wal.close().unwrap();
    let mut wal = Wal::open_directory(dir.path(), &config()).unwrap();
    assert_eq!((wal.len(), wal.bytes()), (3, 3 * BYTES as u64));
    assert_eq!(sequences(&wal.peek(usize::MAX).unwrap()), [8, 9, 10]);
    assert_eq!(wal.acknowledge(pair(10)).unwrap(), 3);
    assert_eq!((wal.len(), wal.bytes(), wal.is_empty()), (0, 0, true));
}

#[test]
fn as_few_of_the_oldest_are_dropped_as_make_room() {
    let check = |config: &Config, stored: &[usize], new: &[usize], dropped: u64| {
        let (_dir, mut wal) = log(&config.clone().when_full(WhenFull::DropOldest));
        append(&mut wal, stored).unwrap();
        append(&mut wal, new).unwrap();
        let all = (stored.len() + new.len()) as u64;
        let left: Vec<u64> = (dropped + 1..=all).collect();
        assert_eq!(
            sequences(&wal.peek(usize::MAX).unwrap()),
            left,
            "{stored:?} {new:?}"
        );
        assert_eq!((wal.dropped(), wal.len()), (dropped, all - dropped));
    };
    let records = config().records_max(5);
    check(&records, &[BYTES; 4], &[BYTES], 0);
    check(&records, &[BYTES; 4], &[BYTES; 2], 1);
    check(&records, &[BYTES; 5], &[BYTES; 5], 5);
    let bytes = config().bytes_max(3000);
    check(&bytes, &[BYTES; 2], &[BYTES], 0);
    check(&bytes, &[BYTES, BYTES, 100, 100], &[1900], 2);
    check(&bytes, &[BYTES, 100, 100], &[1800], 0);
    check(&bytes, &[BYTES, 100, 100], &[1801], 1);
    // Whichever limit asks for more.
    check(&bytes.clone().records_max(3), &[100, 100, BYTES], &[1900], 1);
    check(&bytes.records_max(3), &[100; 3], &[100; 2], 2);
}

#[test]
fn what_has_no_room_is_refused_whole() {
    let check = |config: &Config, stored: &[usize], new: &[usize]| {
        let (_dir, mut wal) = log(config);
        append(&mut wal, stored).unwrap();
        let error = append(&mut wal, new).unwrap_err();
        assert!(error.is_full(), "{stored:?} {new:?}: {error}");
        assert_eq!((wal.len(), wal.dropped()), (stored.len() as u64, 0));
    };
    check(&config().records_max(5), &[BYTES; 4], &[BYTES; 2]);
    check(&config().bytes_max(3000), &[BYTES; 2], &[1001]);
    // What an empty log could not hold either would drop everything for nothing.
    let dropping = config().when_full(WhenFull::DropOldest);
    check(&dropping.clone().records_max(5), &[BYTES; 4], &[BYTES; 6]);
    check(&dropping.bytes_max(3000), &[100], &[BYTES, 2001]);
}
