//! Records that end connections, and connections that end by themselves.

use super::*;
use crate::buffer::inspect_dead_letters;

fn worker(dir: &tempfile::TempDir) -> (Worker<Scripted, FileStorage>, Arc<Mutex<Script>>) {
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    for payload in ["a", "b", "c"] {
        buffer.append("channel", payload.as_bytes()).unwrap();
    }
    buffer.close().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().ends_on = Some("b");
    (Worker::new(transport, Some(store(dir)), settings(), AT), script)
}

fn reasons(dir: &tempfile::TempDir) -> Vec<String> {
    let dead = inspect_dead_letters(dir.path()).unwrap();
    dead.iter()
        .flat_map(crate::buffer::Inspection::records)
        .map(|record| record.unwrap().reason().unwrap().to_owned())
        .collect()
}

#[test]
fn a_record_that_ends_each_connection_is_buried_when_there_is_no_doubt_left() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, _) = worker(&dir);
    let queue = queue();
    let mut seconds = 0;
    while worker.status().buffer_events > 0 {
        assert!(seconds < 60, "{:?}", worker.status());
        // The first two tries end with others in flight, or are the first; the eighth alone comes at 3 s.
        assert!(seconds < 30 || worker.status().counts.dead_letters <= 1);
        let dead = worker.status().counts.dead_letters;
        assert!(dead == 0 || seconds >= 30, "buried after {seconds} s");
        turn(&mut worker, &queue, at(seconds));
        seconds += 3;
    }
    assert_eq!(worker.status().counts.replayed, 2);
    let [reason] = <[String; 1]>::try_from(reasons(&dir)).unwrap();
    assert!(
        reason.starts_with("closed: the connection ended on it "),
        "{reason}"
    );
}

#[test]
fn many_ends_in_a_short_time_prove_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, script) = worker(&dir);
    let queue = queue();
    for tenth in 0..290 {
        let now = Now {
            elapsed: AT.elapsed + Duration::from_millis(100 * tenth),
            ..AT
        };
        turn(&mut worker, &queue, now);
    }
    assert_eq!((worker.status().buffer_events, reasons(&dir).len()), (2, 0));
    script.lock().unwrap().ends_on = None;
    for second in 31..40 {
        turn(&mut worker, &queue, at(second));
    }
    assert_eq!(
        (worker.status().buffer_events, worker.status().counts.replayed),
        (0, 3)
    );
}

#[test]
fn an_outage_in_between_clears_the_record_of_suspicion() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, script) = worker(&dir);
    let queue = queue();
    for minute in 0..30 {
        for second in (0..27).step_by(3) {
            turn(&mut worker, &queue, at(60 * minute + second));
        }
        // The server is restarted, say.
        script.lock().unwrap().is_down = true;
        for second in (27..60).step_by(3) {
            turn(&mut worker, &queue, at(60 * minute + second));
        }
        script.lock().unwrap().is_down = false;
    }
    assert_eq!((worker.status().buffer_events, reasons(&dir).len()), (2, 0));
}

#[test]
fn what_the_server_says_before_it_closes_leaves_no_doubt() {
    let dir = tempfile::tempdir().unwrap();
    let (mut worker, script) = worker(&dir);
    let queue = queue();
    let words = |code, message| Some(ServerError::new(code, message));
    turn(&mut worker, &queue, at(1));
    // Words about the server are none about the record.
    script.lock().unwrap().last_words = words("ERR", "max number of clients reached");
    turn(&mut worker, &queue, at(10));
    turn(&mut worker, &queue, at(20));
    assert!(reasons(&dir).is_empty());
    script.lock().unwrap().last_words = words("ERR", "Protocol error: invalid bulk length");
    for second in 3..9 {
        turn(&mut worker, &queue, at(10 * second));
    }
    assert_eq!(reasons(&dir), ["ERR Protocol error: invalid bulk length"]);
    assert_eq!(
        (worker.status().buffer_events, worker.status().counts.replayed),
        (0, 2)
    );
}
