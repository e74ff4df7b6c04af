//! Write-ahead: logged before it is sent, acknowledged before it is answered.

use super::*;
use crate::buffer::inspect;

fn settings() -> Settings {
    Settings {
        write_ahead: true,
        ..super::settings()
    }
}

/// How many records lie in the buffer, read beside its owner.
fn records(dir: &tempfile::TempDir) -> u64 {
    inspect(dir.path()).unwrap().status().records
}

#[test]
fn an_event_is_logged_when_it_is_sent_and_acknowledged_when_it_is_answered() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let logged = Arc::new(Mutex::new(Vec::new()));
    {
        let (logged, path) = (Arc::clone(&logged), dir.path().to_owned());
        let look = move || {
            logged
                .lock()
                .unwrap()
                .push(inspect(&path).unwrap().status().records);
        };
        script.lock().unwrap().at_send = Some(Box::new(look));
    }
    let receipts = push(&queue, 10);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    assert_eq!(
        *logged.lock().unwrap(),
        [4, 8],
        "two batches are in flight, both logged"
    );
    assert_eq!(records(&dir), 4, "the first batch is acknowledged");
    assert!(
        receipts[..4]
            .iter()
            .all(|receipt| is_delivered(receipt) == Some(true))
    );
    assert!(
        receipts[4..]
            .iter()
            .all(|receipt| is_delivered(receipt).is_none())
    );
    assert_eq!(worker.status().state, State::Online);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    all_delivered(&receipts);
    assert_eq!(records(&dir), 0);
    assert_eq!(
        (worker.status().counts.delivered, worker.status().counts.buffered),
        (10, 0)
    );
}

#[test]
fn while_the_first_connection_is_made_events_are_logged_and_their_receipts_wait() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().connects_slowly = true;
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    assert_eq!(records(&dir), 6);
    assert!(receipts.iter().all(|receipt| is_delivered(receipt).is_none()));
    assert!(!worker.is_settled());

    script.lock().unwrap().connects_slowly = false;
    for _ in 0..4 {
        turn(&mut worker, &queue, AT);
    }
    all_delivered(&receipts);
    assert_eq!((records(&dir), script.lock().unwrap().sent.len()), (0, 2));
}

#[test]
fn an_attempt_to_connect_that_takes_too_long_is_an_outage_for_what_is_logged() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    transport.0.lock().unwrap().connects_slowly = true;
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, at(9));
    all_buffered(&receipts);
    assert_eq!(records(&dir), 6);
}

#[test]
fn what_is_not_confirmed_is_called_buffered_and_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let taken = || Ok(Reply::Receivers(1));
    // The second is refused for a moment: what follows was taken, and cannot be acknowledged before it.
    script.lock().unwrap().replies = [taken(), refused(), taken(), Err(lost())].into();
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    let delivered: Vec<_> = receipts.iter().map(is_delivered).collect();
    assert_eq!(delivered, [true, false, false, false, false, false].map(Some));
    assert_eq!((records(&dir), worker.status().counts.reordered), (5, 1));
    for second in 9..14 {
        turn(&mut worker, &queue, at(second));
    }
    assert_eq!((records(&dir), worker.status().counts.replayed), (0, 5));
}

#[test]
fn what_redis_will_never_take_is_told_in_its_turn_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let never = || Ok(Reply::Refused(ServerError::new("ERR", "this one never")));
    script.lock().unwrap().replies = [never()].into();
    let mut receipts = push(&queue, 1);
    let parts = Parts {
        channel: "c".into(),
        payload: vec![b'x'; 101],
        max_age: None,
    };
    receipts.push(queue.push(Arc::new(parts), AT.unix).unwrap());
    receipts.extend(push(&queue, 1));
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    let answers: Vec<_> = receipts
        .iter()
        .map(|receipt| receipt.try_get().unwrap())
        .collect();
    assert!(matches!(
        answers[0],
        Err(ReceiptError::Rejected { sequence: 1, .. })
    ));
    assert!(matches!(
        answers[1],
        Err(ReceiptError::TooLarge {
            sequence: 2,
            limit: 100,
            ..
        })
    ));
    assert!(matches!(answers[2], Ok(Outcome::Delivered { sequence: 3, .. })));
    assert_eq!((records(&dir), worker.status().counts.rejected), (0, 2));
}

#[test]
fn behind_a_backlog_events_are_kept_as_in_any_outage() {
    let dir = tempfile::tempdir().unwrap();
    FallbackBuffer::open(dir.path())
        .unwrap()
        .append("c", b"old")
        .unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    script.lock().unwrap().replies = [Err(lost())].into();
    let receipts = push(&queue, 3);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    all_buffered(&receipts);
    assert_eq!(records(&dir), 4);
}

#[test]
fn closed_in_a_hurry_what_is_logged_is_not_logged_again() {
    let dir = tempfile::tempdir().unwrap();
    let queue = queue();
    let mut worker = Worker::new(Scripted::default(), Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    let rest = queue.take(Limits::ALL, Some(Duration::ZERO)).batch;
    worker.finish(rest, AT).give();
    all_buffered(&receipts);
    assert_eq!(FallbackBuffer::open(dir.path()).unwrap().len().unwrap(), 6);
}
