//! Dead letters for which there is no room.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::buffer::wal::Wal;
use crate::buffer::{DEAD_LETTERS_FOLDER, Sync, inspect_dead_letters};
use crate::publisher::store::Log;

/// A buffer whose dead letters may be one at most, until `has_room`.
fn cramped(dir: &tempfile::TempDir, has_room: &Arc<AtomicBool>) -> Store<FileStorage> {
    let (path, has_room) = (dir.path().to_owned(), Arc::clone(has_room));
    let open = move |log| match log {
        Log::Buffer => Wal::open_directory(&path, &Config::new()),
        Log::DeadLetters => {
            // Ordering: one thread.
            let records = if has_room.load(Ordering::Relaxed) { 9 } else { 1 };
            Wal::open_directory(
                &path.join(DEAD_LETTERS_FOLDER),
                &Config::new().records_max(records),
            )
        }
    };
    Store::open(Sync::Always, open).unwrap()
}

fn dead(dir: &tempfile::TempDir) -> usize {
    inspect_dead_letters(dir.path())
        .unwrap()
        .map_or(0, |found| found.records().count())
}

#[test]
fn without_room_for_a_dead_letter_nothing_overtakes_what_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    for payload in ["bad", "fine", "bad", "last"] {
        buffer.append("c", payload.as_bytes()).unwrap();
    }
    buffer.close().unwrap();
    let has_room = Arc::new(AtomicBool::new(false));
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().refuses_for_good = Some("bad");
    let store = cramped(&dir, &has_room);
    let mut worker = Worker::new(transport, Some(store), settings(), AT);
    let queue = queue();
    for minute in 0..5 {
        turn(&mut worker, &queue, at(60 * minute));
        turn(&mut worker, &queue, at(60 * minute));
    }
    let fresh = push(&queue, 1);
    for minute in 5..9 {
        turn(&mut worker, &queue, at(60 * minute));
        turn(&mut worker, &queue, at(60 * minute));
    }
    let status = worker.status();
    assert!(
        matches!(status.outage, Some(Outage::Buffer(_))),
        "{:?}",
        status.outage
    );
    assert_eq!((dead(&dir), status.counts.dead_letters), (1, 1));
    assert!(status.buffer_events >= 2, "{}", status.buffer_events);
    // The new event is behind them.
    assert_eq!(is_delivered(&fresh[0]), Some(false));
    let sent = script.lock().unwrap().sent.concat();
    assert!(!sent.contains("\r\n0\r\n"), "{sent}");

    // Ordering: one thread.
    has_room.store(true, Ordering::Relaxed);
    for minute in 9..16 {
        turn(&mut worker, &queue, at(60 * minute));
        turn(&mut worker, &queue, at(60 * minute));
    }
    assert_eq!((dead(&dir), worker.status().buffer_events), (2, 0));
    let sent = script.lock().unwrap().sent.concat();
    assert!(sent.contains("\r\n0\r\n"), "{sent}");
}
