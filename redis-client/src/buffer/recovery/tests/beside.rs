//! Rows 21 and 25 to 27: the files beside the log, and the dead letters, which are a log of their own.

use std::collections::BTreeMap;

use super::*;
use crate::buffer::claims::{Claim, FENCE_FILE};
use crate::buffer::namespace::{self, NAMESPACE_FILE};
use crate::buffer::requeue::REQUEUE_FILE;
use crate::buffer::{FallbackBuffer, adopt, inspect, inspect_dead_letters};

/// A directory with everything in it that a publisher's can have: fenced, with a claim, a namespace, dead letters, and one put back.
fn everything() -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path();
    bury(path, b"put back");
    let buffer = FallbackBuffer::open(path).expect("a buffer");
    buffer.append("prod.c", b"stored").expect("appended");
    assert_eq!(buffer.requeue().expect("put back"), 1);
    buffer.close().expect("closed");
    bury(path, b"dead");
    let mut wal = open(path).expect("a log");
    wal.set_namespace("prod").expect("named");
    let mut claims = wal.fence().expect("fenced");
    claims.put(CLAIM);
    wal.write_claims(&mut claims).expect("written");
    wal.write_claims(&mut claims).expect("written");
    wal.close().expect("closed");
    dir
}

const CLAIM: Claim = Claim {
    epoch: 3,
    nonce: [7; 16],
    is_held: true,
};

fn bury(path: &Path, payload: &[u8]) {
    let dead = FallbackBuffer::open(path.join(DEAD_LETTERS_FOLDER)).expect("a buffer");
    dead.append("prod.c", payload).expect("appended");
    dead.close().expect("closed");
}

/// All files with their bytes.
fn contents(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // Nothing, of a link that leads nowhere, or of a pipe.
                let bytes = path.is_file().then(|| fs::read(&path).expect("read"));
                all.insert(path, bytes.unwrap_or_default());
            }
        }
    }
    all
}

/// The same bytes in format 2: the number, and a checksum that holds.
fn newer(bytes: &[u8]) -> Vec<u8> {
    let mut newer = bytes.to_vec();
    if newer.starts_with(b"#1 ") {
        let crc = crc32c::crc32c(b"#2 prod");
        return format!("#2 {crc:08x} prod\n").into_bytes();
    }
    let length = match newer.get(..8).expect("a magic") {
        b"\xF5RCwal\r\n" => 96,
        b"\xF5RCfenc\n" => 4096,
        _ => slots::SLOT_BYTES,
    };
    newer[8] = 2;
    let crc = crc32c::crc32c_append(crc32c::crc32c(&newer[..12]), &newer[16..length]);
    newer[12..16].copy_from_slice(&crc.to_le_bytes());
    newer
}

/// A record of kind 2 with checksums that hold.
fn unknown_kind(segment: &[u8]) -> Vec<u8> {
    let mut newer = segment.to_vec();
    let log_id: [u8; 16] = newer[16..32].try_into().expect("an id");
    let seed = crc32c::crc32c_append(crc32c::crc32c(&log_id), &newer[48..56]);
    let (record, body) = newer[4096..].split_at_mut(HEADER_BYTES);
    let length = |at: usize, bytes: usize| {
        record[at..at + bytes]
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let length = length(4, 4) + length(16, 2) + length(18, 2);
    record[3] = 2;
    let header = crc32c::crc32c_append(seed, &record[..44]);
    record[44..48].copy_from_slice(&header.to_le_bytes());
    record[48..52].copy_from_slice(&crc32c::crc32c_append(header, &body[..length]).to_le_bytes());
    newer
}

/// What happened: `fence` of a newer format was refused only after the epoch was raised, and `repair` opened the log and said that
/// all was well.
#[test]
fn row_21_whatever_is_of_a_newer_format_is_refused_by_everybody_and_nothing_changes() {
    let dir = everything();
    let path = dir.path();
    let before = contents(path);
    let mut files = 0;
    for (file, intact) in &before {
        let name = file.file_name().expect("a name").to_str().expect("text");
        if name == LOCK_FILE {
            continue;
        }
        files += 1;
        let mut forms = vec![newer(intact)];
        let is_letter = file.starts_with(path.join(DEAD_LETTERS_FOLDER));
        if !is_letter && intact.len() > 4096 + HEADER_BYTES && name.strip_suffix(".wal").is_some() {
            forms.push(unknown_kind(intact));
        }
        for form in forms {
            fs::write(file, &form).expect("written");
            let changed = contents(path);
            let check = |what: &str, error: Error| {
                let Error::Version {
                    path: said, found, ..
                } = &error
                else {
                    panic!("{what} {}: {error}", file.display());
                };
                assert_eq!((said, *found), (file, 2), "{what}");
                assert_eq!(contents(path), changed, "{what} {}", file.display());
            };
            check("open", FallbackBuffer::open(path).expect_err("refused"));
            check("adopt", adopt(path).expect_err("refused"));
            check("inspect", inspect(path).expect_err("refused"));
            fs::remove_file(path.join(LOCK_FILE)).expect("removed");
            let error = FallbackBuffer::open(path).expect_err("refused");
            assert!(error.is_version() && !path.join(LOCK_FILE).exists());
            fs::write(path.join(LOCK_FILE), &before[&path.join(LOCK_FILE)]).expect("written");
        }
        fs::write(file, intact).expect("written");
    }
    // Two logs with a producer, a cursor and a segment or two each, and three files beside.
    assert!(files >= 9, "{before:?}");
    FallbackBuffer::open(path).expect("as it was");
}

/// The records of the dead letters are read when these are opened, and judged then.
#[test]
fn row_21_a_dead_letter_of_an_unknown_kind_is_refused_when_these_are_opened() {
    let dir = everything();
    let (path, letters) = (dir.path(), dir.path().join(DEAD_LETTERS_FOLDER));
    let segments = contents(&letters);
    let (file, intact) = segments
        .iter()
        .rfind(|(file, bytes)| {
            file.extension().is_some_and(|is| is == "wal") && bytes.len() > 4096 + HEADER_BYTES
        })
        .expect("a segment");
    fs::write(file, unknown_kind(intact)).expect("written");
    let changed = contents(&letters);
    let buffer = FallbackBuffer::open(path).expect("its own log is of this format");
    assert_eq!(buffer.findings().expect("known"), []);
    for error in [
        buffer.requeue().expect_err("refused"),
        FallbackBuffer::open(&letters).expect_err("refused"),
        inspect_dead_letters(path).expect_err("refused"),
    ] {
        assert!(error.is_version(), "{error}");
        assert_eq!(contents(&letters), changed);
    }
    assert_eq!(buffer.len().expect("open"), 2, "nothing was put back");
}

/// What happened: with a directory for `lock`, looking said that all was well, and opening was refused; with a pipe for one of the
/// others, looking and opening never ended.
#[test]
fn row_22_a_directory_or_a_pipe_in_the_place_of_a_file_is_refused_by_everybody_and_nothing_changes() {
    let directory: fn(&Path) = |file| fs::create_dir(file).expect("made");
    let pipe: fn(&Path) = |file| {
        let made = std::process::Command::new("mkfifo").arg(file).status();
        assert!(made.expect("mkfifo").success());
    };
    let files = [
        LOCK_FILE,
        PRODUCER_FILE,
        CURSOR_FILE,
        FENCE_FILE,
        REQUEUE_FILE,
        NAMESPACE_FILE,
    ];
    for (name, put) in files
        .into_iter()
        .flat_map(|name| [(name, directory), (name, pipe)])
    {
        let dir = everything();
        let (path, file) = (dir.path(), dir.path().join(name));
        fs::remove_file(&file).expect("removed");
        put(&file);
        let before = contents(path);
        let check = |error: Error| {
            assert!(
                matches!(&error, Error::Io { path, .. } if *path == file),
                "{error}"
            );
            assert_eq!(contents(path), before, "{name}");
        };
        check(inspect(path).expect_err("refused"));
        check(FallbackBuffer::open(path).expect_err("refused"));
        check(adopt(path).expect_err("refused"));
    }
}

/// What happened: a segment that lay elsewhere, behind a link, was no file of the log, and its records were missing; a link that led
/// nowhere, in the place of `requeue`, kept the log shut.
#[test]
fn a_link_is_what_it_leads_to() {
    let log = Log::new();
    for name in [segment::name(2), CURSOR_FILE.to_owned()] {
        fs::rename(log.file(&name), log.path.with_extension(&name)).expect("moved");
        std::os::unix::fs::symlink(log.path.with_extension(&name), log.file(&name)).expect("linked");
    }
    assert_eq!(log.recover(), (vec![], all()));

    for (name, kind) in [
        (REQUEUE_FILE, None),
        (FENCE_FILE, Some(FindingKind::Fence)),
        (NAMESPACE_FILE, Some(FindingKind::Namespace)),
    ] {
        let dir = everything();
        let (path, file) = (dir.path(), dir.path().join(name));
        fs::remove_file(&file).expect("removed");
        std::os::unix::fs::symlink("nowhere", &file).expect("linked");
        let kinds: Vec<_> = recover(path).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(
            kinds,
            kind.into_iter().chain([FindingKind::Stray]).collect::<Vec<_>>()
        );
        let buffer = FallbackBuffer::open(path).expect("a buffer");
        assert_eq!(
            (buffer.requeue().expect("put back"), buffer.len().expect("open")),
            (1, 3)
        );
    }
}

/// The kinds of what opening finds, after a look that must find the same and change nothing.
fn recover(path: &Path) -> Vec<(FindingKind, String)> {
    let before = contents(path);
    let kinds = |findings: &[Finding]| -> Vec<_> {
        let kinds = findings.iter().map(|found| (found.kind, found.file.clone()));
        kinds.collect()
    };
    let seen = kinds(inspect(path).expect("looked at").findings());
    assert_eq!(contents(path), before);
    let found = kinds(open(path).expect("a log").findings());
    assert_eq!(found, seen);
    found
}

#[test]
fn row_25_a_damaged_fence_or_requeue_is_kept_beside_and_made_anew() {
    for (name, kind) in [
        (FENCE_FILE, FindingKind::Fence),
        (REQUEUE_FILE, FindingKind::Requeue),
    ] {
        let check = |damage: &dyn Fn(&mut Vec<u8>), is_known: bool, story: &str| {
            let dir = everything();
            let (path, file) = (dir.path(), dir.path().join(name));
            change(&file, |bytes| damage(bytes));
            let damaged = fs::read(&file).expect("read");
            assert_eq!(recover(path), [(kind, name.to_owned())], "{name} {story}");
            let kept = path.join(DAMAGED_FOLDER).join(format!("{name}.damaged"));
            assert_eq!(fs::read(kept).expect("kept"), damaged, "{name} {story}");
            assert_eq!(recover(path), [], "{name} {story}: set right");
            let status = inspect(path).expect("looked at").status().clone();
            assert_eq!((status.records, status.damaged), (2, 1), "{name} {story}");
            let mut wal = open(path).expect("a log");
            assert!(wal.is_fenced().expect("listed"));
            let known = wal.fence().expect("fenced");
            let expected: &[Claim] = if is_known { &[CLAIM] } else { &[] };
            assert_eq!(known.as_slice(), expected, "{name} {story}");
        };
        let is_fence = name == FENCE_FILE;
        check(&|bytes| bytes.fill(0), !is_fence, "zeros");
        check(&|bytes| bytes.truncate(4100), true, "cut");
        check(&|bytes| bytes[0] ^= 1, true, "a bit of one slot");
        check(&|bytes| bytes[4096 + 70] ^= 1, true, "a bit of the other");
        check(&|bytes| bytes[..4096].fill(0x5A), true, "rubbish in one slot");
        if is_fence {
            check(&Vec::clear, false, "emptied");
        }
    }
}

/// What happened: the slot that was left said that a batch was on its way, the opening finished that, and forgot what it had found.
#[test]
fn row_25_what_was_found_before_a_requeue_is_finished_is_told() {
    let dir = everything();
    let (path, file) = (dir.path(), dir.path().join(REQUEUE_FILE));
    let slots = fs::read(&file).expect("read");
    // The newest value is that nothing is on its way: the slot without it says the other thing.
    let newest = if slots[16..24] > slots[4096 + 16..4096 + 24] {
        0
    } else {
        4096
    };
    change(&file, |bytes| bytes[newest] ^= 1);
    let buffer = FallbackBuffer::open(path).expect("a buffer");
    let found = buffer.findings().expect("known");
    assert_eq!(
        found.iter().map(|found| found.kind).collect::<Vec<_>>(),
        [FindingKind::Requeue]
    );
    assert_eq!(buffer.len().expect("open"), 2);
    buffer.close().expect("closed");
    assert_eq!(recover(path), []);
}

/// What happened: Redis named an owner that the directory had forgotten, and it was fenced off by itself.
#[test]
fn row_25_the_producer_file_knows_the_starts_that_a_lost_fence_does_not() {
    let dir = everything();
    let path = dir.path();
    let lose = || fs::write(path.join(FENCE_FILE), [0; 8192]).expect("written");
    let mut wal = open(path).expect("a log");
    let claims = wal.fence().expect("fenced");
    wal.note_start([9; 16], &claims).expect("noted");
    let last = Claim {
        epoch: wal.epoch(),
        nonce: [9; 16],
        is_held: false,
    };
    drop(wal);
    lose();
    assert_eq!(
        open(path).expect("a log").fence().expect("fenced").as_slice(),
        [CLAIM, last]
    );
    // Of another producer id they say nothing.
    adopt(path).expect("adopted");
    lose();
    assert_eq!(open(path).expect("a log").fence().expect("fenced").as_slice(), []);
}

/// What could happen: the file was removed, and the directory was opened unfenced, past the fence.
#[test]
fn row_26_a_fence_that_is_gone_leaves_the_directory_fenced() {
    let dir = everything();
    let path = dir.path();
    fs::remove_file(path.join(FENCE_FILE)).expect("removed");
    assert_eq!(recover(path), [(FindingKind::Fence, FENCE_FILE.to_owned())]);
    assert_eq!(recover(path), []);
    let mut wal = open(path).expect("a log");
    assert!(wal.is_fenced().expect("listed"));
    assert_eq!(
        wal.fence().expect("fenced").as_slice(),
        [],
        "nobody is remembered"
    );
    drop(wal);

    // Also after the very start that fenced it.
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path();
    open(path).expect("a log").fence().expect("fenced");
    fs::remove_file(path.join(FENCE_FILE)).expect("removed");
    let buffer = FallbackBuffer::open(path).expect("a buffer");
    assert!(buffer.is_fenced());
    assert_eq!(buffer.findings().expect("known").len(), 1);
}

/// An earlier build knows no marks and leaves zeros in their place.
#[test]
fn row_26_without_the_mark_of_an_earlier_build_nothing_is_missed() {
    let dir = everything();
    let path = dir.path();
    change(&path.join(PRODUCER_FILE), |bytes| {
        for at in [0, 4096] {
            let slot = &mut bytes[at..at + slots::SLOT_BYTES];
            slot[24 + 40..24 + 48].fill(0);
            let crc = crc32c::crc32c_append(crc32c::crc32c(&slot[..12]), &slot[16..]);
            slot[12..16].copy_from_slice(&crc.to_le_bytes());
        }
    });
    let unmarked = fs::read(path.join(PRODUCER_FILE)).expect("read");
    assert_eq!(recover(path), []);
    // From then on it is marked again.
    fs::rename(path.join(FENCE_FILE), path.join("away")).expect("moved");
    assert_eq!(recover(path)[0].0, FindingKind::Fence);
    fs::rename(path.join("away"), path.join(FENCE_FILE)).expect("moved");

    fs::write(path.join(PRODUCER_FILE), unmarked).expect("written");
    fs::remove_file(path.join(FENCE_FILE)).expect("removed");
    fs::remove_file(path.join(NAMESPACE_FILE)).expect("removed");
    assert_eq!(recover(path), []);
    assert!(!open(path).expect("a log").is_fenced().expect("listed"));
}

#[test]
fn row_27_a_lost_namespace_is_reported_until_somebody_knows_it() {
    let check = |damage: &dyn Fn(&Path), story: &str| {
        for name in ["prod", ""] {
            let dir = everything();
            let (path, file) = (dir.path(), dir.path().join(NAMESPACE_FILE));
            open(path).expect("a log").set_namespace(name).expect("named");
            damage(&file);
            let found = [(FindingKind::Namespace, NAMESPACE_FILE.to_owned())];
            assert_eq!(recover(path), found, "{story} {name}");
            if name.is_empty() {
                assert_eq!(fs::read_to_string(&file).expect("read"), namespace::encode(""));
                assert_eq!(recover(path), [], "{story}");
                continue;
            }
            assert_eq!(recover(path), found, "{story}: left to who knows the name");
            open(path).expect("a log").set_namespace(name).expect("named");
            assert_eq!(recover(path), [], "{story}");
        }
    };
    check(&|file| change(file, |bytes| bytes[4] ^= 1), "a bit");
    check(&|file| change(file, Vec::clear), "emptied");
    check(&|file| fs::remove_file(file).expect("removed"), "gone");
}
