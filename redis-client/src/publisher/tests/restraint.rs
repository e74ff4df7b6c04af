//! Replays that wait for subscribers, and replays that take their time.

use super::*;

fn backlog(dir: &tempfile::TempDir, count: u64) {
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    for n in 0..count {
        let channel = if n % 2 == 0 { "even" } else { "odd" };
        buffer.append(channel, &[b'x'; 32]).unwrap();
    }
    buffer.close().unwrap();
}

fn at_millis(millis: u64) -> Now {
    Now {
        elapsed: AT.elapsed + Duration::from_millis(millis),
        ..AT
    }
}

fn holding(at_least: u64) -> Settings {
    Settings {
        replay_when: ReplayWhen::Receivers {
            at_least,
            or_after: Duration::from_secs(30),
        },
        ..settings()
    }
}

#[test]
fn a_replay_waits_until_each_channel_has_its_receivers() {
    let dir = tempfile::tempdir().unwrap();
    backlog(&dir, 3);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().receivers = Some(1);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), holding(2), AT);
    assert_eq!(turn(&mut worker, &queue, AT), Next::At(at_millis(100).elapsed));
    assert_eq!(worker.status().state, State::Holding);
    assert_eq!(script.lock().unwrap().asked_for, [["even", "odd"]]);

    // Meanwhile events are kept, as many as come, and nobody is asked before it is time.
    let receipts = push(&queue, 8);
    turn(&mut worker, &queue, at_millis(50));
    turn(&mut worker, &queue, at_millis(60));
    all_buffered(&receipts);
    assert_eq!(script.lock().unwrap().asked_for.len(), 1);
    assert!(!worker.is_settled(), "closing waits for subscribers, too");

    // A server that does not say who listens is no server where anybody does.
    script.lock().unwrap().receivers = None;
    turn(&mut worker, &queue, at_millis(100));
    assert!(script.lock().unwrap().sent.is_empty());

    script.lock().unwrap().receivers = Some(2);
    for millis in 200..210 {
        turn(&mut worker, &queue, at_millis(millis));
    }
    assert_eq!(
        (worker.status().buffer_events, worker.status().state),
        (0, State::Online)
    );
    assert_eq!(script.lock().unwrap().asked_for.len(), 3);
}

#[test]
fn a_replay_that_has_waited_long_enough_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    backlog(&dir, 3);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().receivers = Some(0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), holding(1), AT);
    for millis in (0..30_000).step_by(100) {
        turn(&mut worker, &queue, at_millis(millis));
    }
    assert!(script.lock().unwrap().sent.is_empty());
    turn(&mut worker, &queue, at_millis(30_000));
    assert_eq!(worker.status().counts.replayed, 3);
}

#[test]
fn each_outage_is_waited_for_anew_and_new_events_go_straight_where_nothing_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().receivers = Some(0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), holding(1), AT);
    turn(&mut worker, &queue, AT);
    let receipts = push(&queue, 2);
    turn(&mut worker, &queue, AT);
    script.lock().unwrap().replies = [Ok(Reply::Receivers(0)), refused()].into();
    turn(&mut worker, &queue, AT);
    let delivered: Vec<_> = receipts.iter().map(is_delivered).collect();
    assert_eq!(delivered, [Some(true), Some(false)]);
    assert!(script.lock().unwrap().asked_for.is_empty());

    turn(&mut worker, &queue, at(9));
    turn(&mut worker, &queue, at(10));
    assert_eq!(worker.status().state, State::Holding);
    script.lock().unwrap().receivers = Some(1);
    turn(&mut worker, &queue, at(11));
    assert_eq!(worker.status().counts.replayed, 1);
}

#[test]
fn a_replay_keeps_its_pace_and_says_when_it_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    // 100 bytes each, as a subscriber gets them.
    backlog(&dir, 100);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let settings = Settings {
        replay_pace: ReplayPace::bytes_per_second(1000),
        ..settings()
    };
    let mut worker = Worker::new(transport, Some(store(&dir)), settings, AT);
    let mut now = AT;
    let mut turns = 0;
    loop {
        let next = turn(&mut worker, &queue, now);
        if worker.status().buffer_events == 0 {
            break;
        }
        if let Next::At(at) = next {
            assert!(at > now.elapsed);
            now.elapsed = at;
        }
        let millis = now.elapsed.saturating_sub(AT.elapsed).as_millis();
        let sent = script.lock().unwrap().sent.concat().matches("PUBLISH").count() as u128;
        // Ten a second: a second's worth at once, and two batches beyond what is allowed.
        assert!(sent <= 11 + millis / 100 + 8, "{sent} after {millis} ms");
        turns += 1;
        assert!(turns < 1000, "it goes on");
    }
    let millis = now.elapsed.saturating_sub(AT.elapsed).as_millis();
    assert!((8000..10_000).contains(&millis), "{millis}");
}
