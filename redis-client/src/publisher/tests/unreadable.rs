//! Batches under a fence that Redis cannot read, for an event beyond a limit that it does not tell.

use super::*;
use crate::buffer::inspect_dead_letters;

const PROTOCOL_ERROR: &str = "Protocol error: invalid bulk length";

#[expect(clippy::unnecessary_wraps, reason = "a line of a script is a result")]
fn says(message: &str) -> Result<Reply, Outage> {
    Ok(Reply::Refused(ServerError::new("ERR", message)))
}

#[expect(clippy::unnecessary_wraps, reason = "a line of a script is a result")]
fn claimed(last: &str) -> Result<Reply, Outage> {
    let words = ["CLAIMED", "", last];
    Ok(Reply::List(
        words.map(|word| Reply::Text(word.to_owned())).to_vec(),
    ))
}

/// One event was published, and none skipped.
#[expect(clippy::unnecessary_wraps, reason = "a line of a script is a result")]
fn done() -> Result<Reply, Outage> {
    let (word, error) = (Reply::Text("DONE".to_owned()), Reply::Text(String::new()));
    Ok(Reply::List(vec![
        word,
        Reply::Receivers(0),
        error,
        Reply::Receivers(1),
    ]))
}

fn worker(
    dir: &tempfile::TempDir,
    replies: impl IntoIterator<Item = Result<Reply, Outage>>,
) -> (Worker<Scripted, FileStorage>, Arc<Mutex<Script>>) {
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().replies = replies.into_iter().collect();
    let store = Store::open_directory(dir.path(), &Config::new(), None, true).unwrap();
    let settings = Settings {
        fence_key: Some("fence:it".to_owned()),
        ..settings()
    };
    (Worker::new(transport, Some(store), settings, AT), script)
}

fn dead_letters(dir: &tempfile::TempDir) -> Vec<(Vec<u8>, String)> {
    let dead = inspect_dead_letters(dir.path()).unwrap();
    dead.iter()
        .flat_map(crate::buffer::Inspection::records)
        .map(|record| record.unwrap())
        .map(|record| (record.payload().to_vec(), record.reason().unwrap().to_owned()))
        .collect()
}

#[test]
fn an_event_that_was_sent_alone_is_rejected() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, _) = worker(&dir, [claimed(""), says(PROTOCOL_ERROR), done()]);
    let queue = queue();
    turn(&mut worker, &queue, AT);
    let unreadable = push(&queue, 1);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    let answer = unreadable[0].try_get().unwrap();
    assert!(
        matches!(&answer, Err(ReceiptError::Rejected { server, .. }) if server.message() == PROTOCOL_ERROR),
        "{answer:?}"
    );
    let next = push(&queue, 1);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    assert_eq!(is_delivered(&next[0]), Some(true));
}

/// Which of them it was, the buffer finds out.
#[test]
fn events_that_were_sent_together_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, _) = worker(&dir, [claimed(""), says(PROTOCOL_ERROR)]);
    let queue = queue();
    turn(&mut worker, &queue, AT);
    let receipts = push(&queue, 2);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    all_buffered(&receipts);
    assert_eq!(worker.status().buffer_events, 2);
}

/// What happened: the answer to a script was taken for an outage whatever it was, so the record was sent for ever.
#[test]
fn a_record_is_found_and_buried_and_the_others_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    for payload in ["a", "b", "c"] {
        buffer.append("channel", payload.as_bytes()).unwrap();
    }
    buffer.close().unwrap();
    let story = [
        claimed(""),
        // All three; then one, and two.
        says(PROTOCOL_ERROR),
        claimed(""),
        done(),
        says(PROTOCOL_ERROR),
        claimed("1 1"),
        // The second alone, and the third on the next connection.
        says(PROTOCOL_ERROR),
        Err(lost()),
        claimed("1 1"),
        done(),
    ];
    let (mut worker, script) = worker(&dir, story);
    let queue = queue();
    for seconds in 0..40 {
        turn(&mut worker, &queue, at(10 * seconds));
    }
    let status = worker.status();
    assert_eq!(
        (status.buffer_events, status.counts.replayed),
        (0, 2),
        "{status:?}"
    );
    assert!(script.lock().unwrap().replies.is_empty());
    let expected = (b"b".to_vec(), format!("ERR {PROTOCOL_ERROR}"));
    assert_eq!(dead_letters(&dir), [expected]);
}

/// A refusal of the login looks alike.
#[test]
fn who_is_logged_out_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let unauthenticated = "Protocol error: unauthenticated bulk length";
    let (mut worker, _) = worker(&dir, [claimed(""), says(unauthenticated)]);
    let queue = queue();
    turn(&mut worker, &queue, AT);
    let receipts = push(&queue, 1);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    assert_eq!(is_delivered(&receipts[0]), Some(false));
    assert_eq!(worker.status().buffer_events, 1);
}
