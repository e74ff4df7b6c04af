//! What is traced: each outage and each replay as a span of its own, and no payload anywhere.

use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;

/// Writes down spans as they begin and end, and events, with all their fields.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    text: String,
    names: Vec<&'static str>,
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Trace {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("redis_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut lines = self.0.lock().unwrap();
        lines.names.push(span.metadata().name());
        write!(lines.text, "begin {}", span.metadata().name()).unwrap();
        span.record(&mut Fields(&mut lines.text));
        lines.text.push('\n');
        Id::from_u64(lines.names.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut lines = self.0.lock().unwrap();
        event.record(&mut Fields(&mut lines.text));
        lines.text.push('\n');
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn try_close(&self, id: Id) -> bool {
        let mut lines = self.0.lock().unwrap();
        let place = usize::try_from(id.into_u64()).unwrap() - 1;
        let name = lines.names[place];
        writeln!(lines.text, "end {name}").unwrap();
        true
    }
}

#[test]
fn outages_and_replays_are_spans_without_payloads() {
    // With a single subscriber alive, `tracing` asks the thread that first passes a place whether anybody listens there, and
    // remembers that: a test on another thread would mute this one.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let trace = Trace::default();
    // While there is one subscriber only, an event that another test's thread is the first to come upon is judged by that
    // thread's default, which is none, and then never told to ours.
    let _second = tracing::Dispatch::new(Trace::default());
    let _guard = tracing::subscriber::set_default(trace.clone());
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    transport.0.lock().unwrap().replies = [refused()].into();
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    for payload in ["secret-1", "secret-2", "secret-3"] {
        let parts = Parts {
            channel: "c".into(),
            payload: payload.as_bytes().to_vec(),
            max_age: None,
        };
        drop(queue.push(Arc::new(parts), AT.unix).unwrap());
    }
    for second in 1..9 {
        turn(&mut worker, &queue, at(second));
    }
    assert_eq!(worker.status().state, State::Online);
    let text = trace.0.lock().unwrap().text.clone();
    let expected = [
        " message=connected to redis\n",
        "begin outage\n",
        "redis cannot be published to; events are kept in the buffer",
        "connected to redis again",
        "end outage\n",
        "begin replay records=1\n",
        "the buffer is empty",
        "end replay\n",
    ];
    let mut rest = text.as_str();
    for line in expected {
        let Some((_, after)) = rest.split_once(line) else {
            panic!("{line} is not in its place in\n{text}");
        };
        rest = after;
    }
    assert!(!text.contains("secret"), "{text}");
}
