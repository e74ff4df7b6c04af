//! `publish`: lines in, events out, a receipt for each.
//!
//! Every line that has left the input gets exactly one receipt, whether the input ends, a signal stops it or nobody reads the
//! receipts any more. Lines are published in their order, and read no faster than the publisher has room for them.

mod told;

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use indicatif::ProgressBar;
use redis_client::publisher::{EventPublisherBuilder, Outage, PublishError, Receipt};
use redis_client::{AnyEvent, Encoded, EventSet, codec};
use tokio::time::{Instant, sleep_until};

use self::told::{Tally, Told};
use crate::args::{Common, Publish};
use crate::exit::{Exit, Failure};
use crate::input::{self, LINE_BYTES_MAX, Line, Lines, Piece, Pieces};
use crate::output::Output;
use crate::session::Session;
use crate::signals::Signals;

/// How long the reading thread may take, once all must be over, to hand over what it has read.
const READER_GRACE: Duration = Duration::from_millis(500);
/// How many characters of an unknown event type are repeated.
const EVENT_TYPE_CHARS_MAX: usize = 64;

/// See the head of the file.
pub(crate) async fn run(
    options: Publish,
    common: &Common,
    output: &Output,
    mut signals: Signals,
) -> Result<Exit, Failure> {
    let unreadable = |error: io::Error| {
        let path = options.file.display();
        Failure::of(Exit::FAILED, format!("cannot read {path}: {error}"))
    };
    let (input, bytes) = input::open(&options.file).map_err(unreadable)?;
    let session = Session::start(common, |builder| options.configure(builder))?;
    signals.bound(session.patience(common)?);
    let mut pieces = Pieces::of(input).map_err(unreadable)?;
    let mut reading = true;
    let mut has_ended = false;
    let mut closing = None;
    let mut publishing = Publishing::new(&session, output, options.receipts, bytes);
    // Bound: ends when the input has, or was stopped, and every line is answered.
    loop {
        publishing.accept_lines();
        if let Err(error) = publishing.report() {
            // What was read is brought to its end, quietly; no read begins any more.
            let failure = Failure::from(error);
            output.complain(&failure);
            publishing.receipts = false;
            publishing.stop.get_or_insert(Stop::now(failure.exit(), &session));
            pieces.stop();
        }
        let is_submitted = !reading && publishing.held.is_none();
        if is_submitted && publishing.pending.is_empty() {
            break;
        }
        if let Some(stop) = publishing
            .stop
            .as_ref()
            .filter(|_| is_submitted && closing.is_none())
        {
            closing = Some(session.close_by(stop.deadline));
        }
        let Publishing {
            pending, held, stop, ..
        } = &mut publishing;
        let deadline = stop.as_ref().map(|stop| stop.deadline);
        let abandons_at = deadline.map(|deadline| deadline + READER_GRACE);
        let is_full = held.is_some();
        tokio::select! {
            biased;
            exit = signals.first(), if stop.is_none() => {
                // What the reading thread has taken from the input is published.
                pieces.stop();
                publishing.stop = Some(Stop::now(exit, &session));
            }
            piece = pieces.next(), if reading && !is_full => match piece {
                Some(Piece::Bytes(bytes)) => publishing.add(&bytes),
                Some(Piece::End) => has_ended = true,
                Some(Piece::Failed(error)) => {
                    output.complain(&unreadable(error));
                    publishing.tally.unreadable = true;
                }
                None => {
                    reading = false;
                    publishing.end_of_input(has_ended);
                }
            },
            () = until(deadline), if is_full => publishing.give_up(),
            // Somebody else has taken what it was told there was to read.
            () = until(abandons_at), if reading && !is_full => {
                reading = false;
                publishing.end_of_input(has_ended);
            }
            () = answered(pending), if !pending.is_empty() => {}
            () = session.publisher.ready(), if is_full => {}
        }
    }
    let stopped = publishing.stop.as_ref();
    let (report, signal) = match (closing, stopped) {
        (Some(closing), _) => (closing.await, None),
        (None, Some(stop)) => (session.close_by(stop.deadline).await, None),
        (None, None) => session.end(&mut signals).await,
    };
    let stopped = stopped.map(|stop| stop.exit).or(signal);
    output.finish();
    if !output.is_json() {
        output.say(&publishing.tally.summary(report.buffered));
    }
    match (stopped, session.fenced()) {
        (Some(exit), _) => Ok(exit),
        (None, Some(fenced)) => Err(fenced),
        (None, None) => Ok(publishing.tally.exit()),
    }
}

impl Publish {
    fn configure(&self, mut builder: EventPublisherBuilder) -> EventPublisherBuilder {
        if let Some(directory) = &self.buffer {
            builder = builder.buffer(directory);
        }
        if self.write_ahead {
            builder = builder.write_ahead();
        }
        if self.fence {
            builder = builder.fence();
        }
        builder
    }
}

/// Waits for a moment, if there is one.
async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// Waits until the oldest receipt has its answer, which stays there.
async fn answered(pending: &mut VecDeque<(u64, Receipt)>) {
    if let Some((_, receipt)) = pending.front_mut() {
        // Read again by whoever takes the receipt.
        let _ = receipt.await;
    }
}

/// Why the reading was stopped, and by when all must be over.
struct Stop {
    exit: Exit,
    deadline: Instant,
}

impl Stop {
    fn now(exit: Exit, session: &Session) -> Self {
        Self {
            exit,
            deadline: session.deadline(),
        }
    }
}

/// The lines between the input and their receipts.
struct Publishing<'a> {
    session: &'a Session,
    output: &'a Output,
    bar: Option<ProgressBar>,
    /// Whether receipts are written.
    receipts: bool,
    lines: Lines,
    /// An event for which the publisher had no room; the lines behind it wait.
    held: Option<(u64, Encoded<AnyEvent>)>,
    /// Accepted and not yet answered, oldest first.
    // Bound: the publisher's queue.
    pending: VecDeque<(u64, Receipt)>,
    /// Receipts that are not yet written.
    written: String,
    stop: Option<Stop>,
    tally: Tally,
}

impl<'a> Publishing<'a> {
    fn new(session: &'a Session, output: &'a Output, receipts: bool, bytes: Option<u64>) -> Self {
        let template = match bytes {
            Some(_) => "{elapsed_precise} {bar:40} {bytes}/{total_bytes} {msg}",
            None => "{elapsed_precise} {spinner} {bytes} {msg}",
        };
        Self {
            session,
            output,
            bar: output.progress(bytes, template),
            receipts,
            lines: Lines::new(LINE_BYTES_MAX),
            held: None,
            pending: VecDeque::new(),
            written: String::new(),
            stop: None,
            tally: Tally::default(),
        }
    }

    /// Adds what was read.
    fn add(&mut self, chunk: &[u8]) {
        self.lines.add(chunk);
        if let Some(bar) = &self.bar {
            bar.inc(chunk.len() as u64);
        }
    }

    /// Nothing more is read. If the input has ended, so has its last line.
    fn end_of_input(&mut self, has_ended: bool) {
        if !has_ended {
            if self.lines.is_within_a_line() {
                let number = self.lines.number();
                self.output
                    .say(&format!("line {number}: not read to its end, and not published"));
            }
        } else if let Some(line) = self.lines.last()
            && let Some(event) = self.event(line)
        {
            self.held = Some(event);
        }
    }

    /// Publishes the lines in hand, as far as there is room.
    fn accept_lines(&mut self) {
        while let Some((number, event)) = self.held.take().or_else(|| self.next_event()) {
            match self.session.publisher.publish_encoded(event.clone()) {
                Ok(receipt) => self.pending.push_back((number, receipt)),
                Err(PublishError::QueueFull { .. }) => {
                    self.held = Some((number, event));
                    return;
                }
                Err(error) => self.tell(&Told::refused(number, &error)),
            }
        }
    }

    /// The next line that is an event; those before it that are none are reported.
    fn next_event(&mut self) -> Option<(u64, Encoded<AnyEvent>)> {
        while let Some(line) = self.lines.next() {
            if let Some(event) = self.event(line) {
                return Some(event);
            }
        }
        None
    }

    fn event(&mut self, line: Line) -> Option<(u64, Encoded<AnyEvent>)> {
        let told = match line.text {
            Some(text) => match event_of(&text) {
                Ok(event) => return Some((line.number, event)),
                Err(reason) => Told::new(line.number, "invalid", reason),
            },
            None => Told::new(
                line.number,
                "rejected",
                format!("longer than {LINE_BYTES_MAX} bytes"),
            ),
        };
        self.tell(&told);
        None
    }

    /// The time is over, and there is no room: the lines in hand are not published.
    fn give_up(&mut self) {
        while let Some((number, _)) = self.held.take().or_else(|| self.next_event()) {
            let reason = "stopped before there was room for it".to_owned();
            self.tell(&Told::new(number, "failed", reason));
        }
    }

    /// Writes what has become known.
    fn report(&mut self) -> io::Result<()> {
        while let Some((number, answer)) = self
            .pending
            .front()
            .and_then(|(number, receipt)| Some((*number, receipt.try_get()?)))
        {
            self.pending.pop_front();
            let mut told = Told::answered(number, answer);
            // The buffer is at fault, and it was asked because Redis was away.
            if told.asks_why {
                let outage = self.session.publisher.stats().outage;
                told.outage = matches!(outage, Some(Outage::Connecting | Outage::Connection(_)));
            }
            self.tell(&told);
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.tally.to_string());
        }
        if self.written.is_empty() {
            return Ok(());
        }
        self.output.write(&std::mem::take(&mut self.written))
    }

    fn tell(&mut self, told: &Told) {
        self.tally.count(told);
        if let Some(error) = &told.error {
            let line = told.line;
            self.output
                .say(&format!("line {line}: {}: {error}", told.outcome));
        }
        if self.receipts {
            let text = if self.output.is_json() {
                // Numbers and texts: there is always JSON for them.
                serde_json::to_string(told).unwrap_or_default()
            } else {
                told.text()
            };
            self.written.push_str(&text);
            self.written.push('\n');
        }
    }
}

/// The event that a line is, checked against its schema; or why it is none.
fn event_of(text: &[u8]) -> Result<Encoded<AnyEvent>, String> {
    // `Model` takes an object alone and says so; serde's derive takes an array too, and names this type in its messages.
    #[derive(redis_client::Model)]
    #[model(name = "Event", unknown = "ignore")]
    struct Typed {
        event_type: String,
    }

    let Typed { event_type } = codec::decode(text).map_err(|error| error.to_string())?;
    let Some(decoded) = AnyEvent::decode_type(&event_type, text) else {
        let name: String = event_type.chars().take(EVENT_TYPE_CHARS_MAX).collect();
        let known = AnyEvent::event_types().join(", ");
        return Err(format!("unknown event_type {name:?}, known are {known}"));
    };
    let event = decoded.map_err(|error| error.to_string())?;
    event.encode().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_event_is_told_apart() {
        let check = |text: &str, expected: &str| {
            let error = event_of(text.as_bytes()).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        };
        check("nonsense", "not JSON");
        check("{}", "event_type");
        check("[\"orders.executed\"]", "object");
        check(
            r#"{"event_type":"orders.lost"}"#,
            "unknown event_type \"orders.lost\"",
        );
        check(r#"{"event_type":"orders.executed"}"#, "timestamp");
    }
}
