//! Callers that come together, are refused, and wait in vain.

use std::sync::mpsc;

use super::super::record::Record;
use super::*;

/// A caller who waits at a door that nobody opens would wait for ever, and the join with it.
#[test]
fn every_caller_is_called_however_many_there_are() {
    let dir = tempfile::tempdir().unwrap();
    for callers in [2_u64, 3, 16] {
        let group = Group::open(&dir.path().join(callers.to_string()), &Config::new()).unwrap();
        thread::scope(|scope| {
            for caller in 0..callers {
                let group = &group;
                scope.spawn(move || {
                    for index in 0..60 {
                        group.append(&mut [NewRecord::unnumbered("a", b"1", 0)]).unwrap();
                        // Callers that come and go, alone and together.
                        if index % (caller + 2) == 0 {
                            group.sync().unwrap();
                        }
                    }
                });
            }
        });
        let state = group.shared.lock().unwrap();
        assert_eq!((state.taken, state.durable), (60 * callers, 60 * callers));
        assert!(state.sync <= state.taken + 1, "{} syncs", state.sync);
    }
}

/// A group in which a sync is under way that covers nobody, and what becomes of an append meanwhile.
fn waiting(end: impl FnOnce(&Group)) -> Result<Pair, Error> {
    let dir = tempfile::tempdir().unwrap();
    let group = Group::open(&dir.path().join("log"), &Config::new()).unwrap();
    {
        let mut state = group.shared.lock().unwrap();
        state.is_syncing = true;
        state.sync = 1;
    }
    thread::scope(|scope| {
        let (ended, end_of_wait) = mpsc::channel();
        let group = &group;
        scope.spawn(move || ended.send(group.append(&mut [NewRecord::unnumbered("a", b"1", 0)])));
        // It holds the lock from its write to its wait: once the former shows, only a call from its door ends the latter.
        while group.shared.lock().unwrap().taken == 0 {
            thread::yield_now();
        }
        end(group);
        end_of_wait
            .recv_timeout(Duration::from_secs(20))
            .unwrap_or_else(|_| {
                group.shared.call_all();
                panic!("nobody called")
            })
    })
}

/// Appends that are handed over during one sync are written together; one of them may still be refused alone.
#[test]
fn who_is_refused_of_those_written_together_is_told_so_and_the_others_are_stored() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::new().records_max(3);
    let group = Group::open(&dir.path().join("log"), &config).unwrap();
    {
        let mut state = group.shared.lock().unwrap();
        state.is_syncing = true;
        state.sync = 1;
    }
    thread::scope(|scope| {
        let group = &group;
        let hand_over = |count: usize, after: u64| {
            let append =
                scope.spawn(move || group.append(&mut vec![NewRecord::unnumbered("a", b"1", 0); count]));
            while group.shared.lock().unwrap().taken == after {
                thread::yield_now();
            }
            append
        };
        let appends = [hand_over(2, 0), hand_over(2, 1), hand_over(1, 2)];
        assert_eq!(group.with(|wal| Ok(wal.len())).unwrap(), 0);
        group.shared.succeeded(group.shared.lock().unwrap());
        let [two, two_more, one] = appends.map(|append| append.join().unwrap());
        assert_eq!(two.unwrap().sequence, 1);
        assert!(
            matches!(two_more, Err(Error::Full { records: 2, .. })),
            "{two_more:?}"
        );
        assert_eq!(one.unwrap().sequence, 5);
    });
    let stored = group.with(|wal| wal.peek(9)).unwrap();
    let sequences: Vec<u64> = stored.iter().map(|record| record.pair().sequence).collect();
    assert_eq!(sequences, [1, 2, 5]);
    assert!(group.shared.lock().unwrap().refused.is_empty());
}

/// Handed over is not stored: nothing may come between that has a higher number.
#[test]
fn what_was_handed_over_is_written_before_anybody_has_the_log_alone() {
    let dir = tempfile::tempdir().unwrap();
    let group = Group::open(&dir.path().join("log"), &Config::new()).unwrap();
    let mut handed_over = [NewRecord::unnumbered("a", b"1", 0)];
    {
        let mut state = group.shared.lock().unwrap();
        handed_over[0].pair = Pair {
            epoch: 1,
            sequence: 1,
        };
        state.pending.add(1, &handed_over);
        (state.next_sequence, state.taken) = (2, 1);
    }
    let next = group.alone(|wal| {
        let pair = Pair {
            epoch: 1,
            sequence: wal.last().sequence + 1,
        };
        wal.append(pair, "a", b"2", 0)?;
        Ok(pair.sequence)
    });
    assert_eq!(next.unwrap(), 2);
    assert_eq!(
        group
            .append(&mut [NewRecord::unnumbered("a", b"3", 0)])
            .unwrap()
            .sequence,
        3
    );
    let payloads: Vec<_> = group
        .with(|wal| wal.peek(9))
        .unwrap()
        .into_iter()
        .map(Record::into_payload)
        .collect();
    assert_eq!(payloads, [b"1", b"2", b"3"]);
}

/// The log fails while it writes for several: the first learns what happened, the others that it is latched.
#[test]
fn a_write_that_fails_for_several_is_told_to_each() {
    let dir = tempfile::tempdir().unwrap();
    let group = Group::open(&dir.path().join("log"), &Config::new()).unwrap();
    {
        let mut state = group.shared.lock().unwrap();
        state.is_syncing = true;
        state.sync = 1;
    }
    let answers: Vec<Result<Pair, Error>> = thread::scope(|scope| {
        let group = &group;
        let appends: Vec<_> = (0..3)
            .map(|after| {
                let append = scope.spawn(move || group.append(&mut [NewRecord::unnumbered("a", b"1", 0)]));
                while group.shared.lock().unwrap().taken == after {
                    thread::yield_now();
                }
                append
            })
            .collect();
        // The first segment cannot be made.
        std::fs::create_dir(dir.path().join("log/00000000000000000001.wal")).unwrap();
        group.shared.succeeded(group.shared.lock().unwrap());
        appends.into_iter().map(|append| append.join().unwrap()).collect()
    });
    let [
        Err(Error::Failed { .. }),
        Err(Error::Latched { .. }),
        Err(Error::Latched { .. }),
    ] = &answers[..]
    else {
        panic!("{answers:?}");
    };
}

#[test]
fn one_of_those_who_came_too_late_is_called_to_begin_the_next_sync() {
    let appended = waiting(|group| {
        group.shared.succeeded(group.shared.lock().unwrap());
    });
    assert_eq!(appended.unwrap().sequence, 1);
}

#[test]
fn who_waits_learns_that_the_log_was_closed() {
    let appended = waiting(|group| {
        let wal = group.shared.lock().unwrap().wal.take();
        group.shared.call_all();
        wal.unwrap().close().unwrap();
    });
    assert!(matches!(appended, Err(Error::Closed)), "{appended:?}");
}
