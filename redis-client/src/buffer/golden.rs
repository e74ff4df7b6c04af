//! Format 1 as files that never change: `testdata/wal/v1/whole`, `torn` and `noted`.
//!
//! Today's code must write the bytes of `whole` and `noted`, and read all three. Ids and times are fixed, so that the bytes are. When this
//! fails the format has changed: that is a new format number, a new directory of golden files and a line under **Disk**
//! in the changelog, never an update of these.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::config::Config;
use super::note;
use super::record::{NewRecord, Pair};
use super::recovery::FindingKind;
use super::storage::{Access, Entry, FileStorage, Storage};
use super::wal::Wal;

/// A real directory with ids that are not random.
#[derive(Debug)]
struct FixedIds(FileStorage);

impl Storage for FixedIds {
    type File = fs::File;

    fn path(&self) -> &Path {
        self.0.path()
    }
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.list(folder)
    }
    fn create(&self, name: &str) -> io::Result<fs::File> {
        self.0.create(name)
    }
    fn open(&self, name: &str, access: Access) -> io::Result<fs::File> {
        self.0.open(name, access)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, to)
    }
    fn remove(&self, name: &str) -> io::Result<()> {
        self.0.remove(name)
    }
    fn create_folder(&self, folder: &str) -> io::Result<()> {
        self.0.create_folder(folder)
    }
    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.0.sync_folder(folder)
    }
    fn random(&self) -> io::Result<[u8; 16]> {
        Ok(*b"0123456789abcdef")
    }
}

const EVENTS: [(&str, &[u8]); 7] = [
    (
        "orders.executed",
        br#"{"event_type":"orders.executed","num_orders":3}"#,
    ),
    (
        "price.updated.BTC/USD",
        br#"{"event_type":"price.updated","price":"97000.50"}"#,
    ),
    (
        "signals.generated",
        br#"{"event_type":"signals.generated","strategy_id":"\u00e4lpha \xf0\x9f\x90\xa2"}"#,
    ),
    ("a", b""),
    ("", &[0, 0xF5, b'R', 0xC1, 1, 0, 0]),
    ("orders.executed", &[0; 40]),
    (
        "orders.executed",
        br#"{"event_type":"orders.executed","num_orders":4}"#,
    ),
];

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/wal/v1")
        .join(name)
}

fn open(directory: &Path) -> Wal<FixedIds> {
    let config = Config::new().segment_bytes(8 << 10);
    Wal::open(
        FixedIds(FileStorage::open(directory).expect("a directory")),
        &config,
    )
    .expect("a log")
}

fn append(wal: &mut Wal<FixedIds>, events: &[(&str, &[u8])], first: u64) {
    for ((channel, payload), number) in events.iter().zip(first..) {
        let pair = Pair {
            epoch: wal.epoch(),
            sequence: number,
        };
        let created_at_us = 1_737_116_523_000_000 + i64::try_from(number).expect("small");
        wal.append_batch(&[NewRecord {
            pair,
            channel,
            payload,
            created_at_us,
            note: "",
        }])
        .expect("appended");
    }
    wal.sync().expect("synced");
}

/// Two starts: one that closed, and one that was killed with zeros ahead of its records and one acknowledged.
fn write_whole(directory: &Path) {
    let mut wal = open(directory);
    append(&mut wal, &EVENTS[..4], 1);
    wal.close().expect("closed");
    let mut wal = open(directory);
    append(&mut wal, &EVENTS[4..], 10);
    wal.acknowledge(Pair {
        epoch: 1,
        sequence: 1,
    })
    .expect("acknowledged");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("listed") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("listed");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    names
}

fn read(directory: &Path) -> (Vec<(Pair, usize)>, Vec<FindingKind>) {
    let mut wal = open(directory);
    let records = wal.peek(usize::MAX).expect("read");
    let event = |channel: &str, payload: &[u8]| {
        EVENTS
            .iter()
            .position(|event| *event == (channel, payload))
            .expect("one of ours, byte for byte")
    };
    let read = records
        .iter()
        .map(|record| (record.pair(), event(record.channel(), record.payload())));
    (
        read.collect(),
        wal.findings().iter().map(|finding| finding.kind).collect(),
    )
}

fn pair(epoch: u64, sequence: u64) -> Pair {
    Pair { epoch, sequence }
}

/// Dead letters: one with its reason, one with lines of a later version as well, and one from before there were any.
fn write_noted(directory: &Path) {
    let notes = [
        note::with_reason("", "ERR this one never"),
        "later 1\nreason ERR another\nlast".to_owned(),
        String::new(),
    ];
    let mut wal = open(directory);
    for ((channel, payload), (sequence, note)) in EVENTS.iter().zip((1..).zip(&notes)) {
        let pair = Pair {
            epoch: wal.epoch(),
            sequence,
        };
        wal.append_batch(&[NewRecord {
            pair,
            channel,
            payload,
            created_at_us: 1_737_116_523_000_000,
            note,
        }])
        .expect("appended");
    }
    wal.close().expect("closed");
}

#[test]
fn today_writes_the_bytes_of_format_1() {
    for (name, write) in [("whole", write_whole as fn(&Path)), ("noted", write_noted)] {
        let temporary = tempfile::tempdir().expect("a directory");
        write(temporary.path());
        let old = golden(name);
        assert_eq!(names(temporary.path()), names(&old));
        for name in names(&old) {
            let (new, old) = (fs::read(temporary.path().join(&name)), fs::read(old.join(&name)));
            assert!(new.expect("read") == old.expect("read"), "{name} differs");
        }
    }
}

#[test]
fn today_reads_the_notes_of_format_1_also_behind_damage() {
    let reasons = |directory: &Path| -> Vec<Option<String>> {
        let records = open(directory).peek(usize::MAX).expect("read");
        records
            .iter()
            .map(|record| record.reason().map(str::to_owned))
            .collect()
    };
    let temporary = tempfile::tempdir().expect("a directory");
    copy(&golden("noted"), temporary.path());
    let [first, second, none] =
        ["ERR this one never", "ERR another", ""].map(|reason| Some(reason.to_owned()));
    assert_eq!(
        reasons(temporary.path()),
        [first, second.clone(), none.filter(|reason| !reason.is_empty())]
    );

    // A flipped bit in the first record: the others are written anew, notes and all.
    let temporary = tempfile::tempdir().expect("a directory");
    copy(&golden("noted"), temporary.path());
    let segment = temporary.path().join("00000000000000000001.wal");
    let mut bytes = fs::read(&segment).expect("read");
    bytes[4096 + 60] ^= 1;
    fs::write(&segment, bytes).expect("written");
    assert_eq!(reasons(temporary.path()), [second, None]);
}

#[test]
fn today_reads_the_whole_log_of_format_1() {
    let temporary = tempfile::tempdir().expect("a directory");
    copy(&golden("whole"), temporary.path());
    let (records, findings) = read(temporary.path());
    let expected = [
        (pair(1, 2), 1),
        (pair(1, 3), 2),
        (pair(1, 4), 3),
        (pair(2, 10), 4),
        (pair(2, 11), 5),
        (pair(2, 12), 6),
    ];
    assert_eq!(records, expected);
    assert_eq!(findings, []);
}

/// In `torn` the second record has a flipped bit, the first segment's header page is zeros up to its second copy, a
/// cursor slot is zeros, and the last record stops after 70 bytes.
#[test]
fn today_reads_the_torn_log_of_format_1() {
    let temporary = tempfile::tempdir().expect("a directory");
    copy(&golden("torn"), temporary.path());
    let (records, findings) = read(temporary.path());
    assert_eq!(
        records,
        [
            (pair(1, 3), 2),
            (pair(1, 4), 3),
            (pair(2, 10), 4),
            (pair(2, 11), 5)
        ]
    );
    assert_eq!(
        findings,
        [
            FindingKind::Cursor,
            FindingKind::Header,
            FindingKind::Corrupt,
            FindingKind::TornTail
        ]
    );
}
