//! The queue by itself: what counts as held, who is told that there is room, what a flush waits for, what wakes the thread.

use std::task::Waker;

use super::*;

const NOW: Duration = Duration::from_secs(1);

fn limits(events: usize, bytes: usize) -> Limits {
    Limits { events, bytes }
}

/// An event of ten bytes.
fn ten() -> Arc<Parts> {
    Arc::new(Parts {
        channel: "ticks".into(),
        payload: b"12345".to_vec(),
        max_age: None,
    })
}

fn is_ready<F: Future + Unpin>(future: &mut F) -> bool {
    Pin::new(future)
        .poll(&mut Context::from_waker(Waker::noop()))
        .is_ready()
}

#[test]
fn what_is_accepted_counts_until_it_is_answered() {
    let queue = Queue::new(limits(3, 30), 1);
    let receipts = queue.push_all(vec![ten(), ten()], NOW).unwrap();
    let numbers: Vec<u64> = receipts.iter().map(Receipt::sequence).collect();
    assert_eq!((numbers, queue.depth().0), (vec![1, 2], limits(2, 20)));
    let full = queue.push_all(vec![ten(), ten()], NOW).unwrap_err();
    assert!(matches!(
        full,
        PublishError::QueueFull {
            events: 2,
            bytes: 20,
            ..
        }
    ));
    assert_eq!(queue.push(ten(), NOW).unwrap().sequence(), 3);
    assert!(queue.push(ten(), NOW).unwrap_err().is_transient());

    // To take makes no room, to answer does.
    let taken = queue.take(limits(2, 100), Some(Duration::ZERO));
    assert_eq!(
        (taken.batch.len(), taken.is_all, queue.depth().0),
        (2, false, limits(3, 30))
    );
    let rest = queue.take(limits(2, 100), Some(Duration::ZERO));
    assert_eq!((rest.batch.len(), rest.is_all), (1, true));
    drop(queue.release(limits(1, 10)));
    assert_eq!(queue.depth().0, limits(2, 20));
    assert!(queue.push(ten(), NOW).is_ok() && queue.push(ten(), NOW).is_err());

    // What never fits is told apart from what does not fit now.
    let large = queue.push_all(vec![ten(); 4], NOW).unwrap_err();
    assert!(!large.is_transient(), "{large}");
}

#[test]
fn a_batch_is_taken_within_both_limits_and_one_event_at_least() {
    let check = |limits: Limits, expected: usize| {
        let queue = Queue::new(Limits::ALL, 1);
        let _receipts = queue.push_all(vec![ten(); 4], NOW).unwrap();
        let taken = queue.take(limits, Some(Duration::ZERO)).batch.len();
        assert_eq!(taken, expected, "{limits:?}");
    };
    check(Limits::ALL, 4);
    check(Limits::NONE, 0);
    check(limits(3, 100), 3);
    check(limits(3, 20), 2);
    check(limits(3, 19), 1);
    check(limits(3, 1), 1);
}

#[test]
fn those_hear_of_room_for_whom_it_is_enough() {
    let queue = Arc::new(Queue::new(limits(3, 30), 1));
    let _receipts = queue.push_all(vec![ten(); 3], NOW).unwrap();
    let (mut small, mut large) = (queue.ready_for(limits(1, 10)), queue.ready_for(limits(2, 20)));
    assert!(!is_ready(&mut small) && !is_ready(&mut large));
    drop(queue.release(limits(1, 10)));
    assert!(is_ready(&mut small) && !is_ready(&mut large));
    drop(queue.release(limits(1, 10)));
    assert!(is_ready(&mut large));

    // Who would wait for ever is told, too, and learns by the next call.
    let mut too_large = queue.ready_for(limits(1, 30));
    assert!(!is_ready(&mut too_large));
    queue.fence();
    assert!(is_ready(&mut too_large));
    assert_eq!(queue.push(ten(), NOW).unwrap_err(), PublishError::Fenced);
}

#[test]
fn a_flush_waits_for_what_was_accepted_before_it() {
    let queue = Queue::new(Limits::ALL, 1);
    assert!(is_ready(&mut queue.flush()), "nothing is awaited");
    let _receipts = queue.push_all(vec![ten(); 2], NOW).unwrap();
    let mut first = queue.flush();
    let _receipt = queue.push(ten(), NOW).unwrap();
    let mut second = queue.flush();
    queue.settle(1);
    assert!(!is_ready(&mut first) && !is_ready(&mut second));
    queue.settle(1);
    assert!(is_ready(&mut first) && !is_ready(&mut second));
    queue.settle(1);
    assert!(is_ready(&mut second));

    let _receipt = queue.push(ten(), NOW).unwrap();
    let mut last = queue.flush();
    assert!(!is_ready(&mut last));
    let mut closing = queue.close(NOW);
    assert!(!is_ready(&mut closing));
    queue.end(CloseReport::default());
    assert!(is_ready(&mut last) && is_ready(&mut closing) && is_ready(&mut queue.flush()));
    assert_eq!(queue.push(ten(), NOW).unwrap_err(), PublishError::Closed);
}

/// Nothing else would ever wake it.
#[test]
fn the_thread_sleeps_until_there_is_something_for_it() {
    let wakes: [fn(&Queue); 4] = [
        |queue| drop(queue.push(ten(), NOW)),
        |queue| drop(queue.push_all(vec![ten()], NOW)),
        Queue::nudge,
        |queue| drop(queue.close(NOW)),
    ];
    for wake in wakes {
        let queue = Arc::new(Queue::new(Limits::ALL, 1));
        let sleeper = {
            let queue = Arc::clone(&queue);
            std::thread::spawn(move || drop(queue.take(Limits::ALL, None)))
        };
        while matches!(queue.lock().sleep, Sleep::Awake) {
            std::thread::yield_now();
        }
        wake(&queue);
        sleeper.join().unwrap();
        // What was seen is seen: the next look waits again.
        assert!(matches!(queue.lock().sleep, Sleep::Awake) && !queue.lock().nudged);
    }
    // What rang while it was busy is not forgotten, and of several ends the first counts.
    let queue = Queue::new(Limits::ALL, 1);
    queue.nudge();
    assert_eq!(queue.take(Limits::NONE, None).closing, None);
    for deadline in [5, 3, 9] {
        drop(queue.close(Duration::from_secs(deadline)));
    }
    assert_eq!(
        queue.take(Limits::NONE, None).closing,
        Some(Duration::from_secs(3))
    );
}

/// Each ring is a call of the system: there was one for every other event while the thread was on its way.
#[test]
fn the_bell_is_rung_once_for_each_sleep() {
    let queue = Queue::new(Limits::ALL, 1);
    let after = |before: Sleep, act: fn(&Queue)| {
        queue.lock().sleep = before;
        act(&queue);
        let after = queue.lock().sleep;
        matches!(after, Sleep::Awake)
    };
    let push: fn(&Queue) = |queue| drop(queue.push(ten(), NOW));
    assert!(after(Sleep::UntilRung, push));
    assert!(!after(Sleep::UntilNudged, push), "it takes no events");
    assert!(after(Sleep::UntilNudged, Queue::nudge));
}
