//! What the library reports through `tracing`, as lines on standard error.
//!
//! Only what an operator can act on: warnings, and the good news after them. Failed attempts to connect are left to the errors
//! that the commands report.

use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::output::Output;

/// Shows the library's reports from now on.
pub(crate) fn listen(output: &Output) {
    let log = Log {
        output: output.clone(),
    };
    // Called once, so that nothing else can have been set.
    let _ = tracing::subscriber::set_global_default(log);
}

struct Log {
    output: Output,
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        *metadata.level() <= Level::INFO
            && target.starts_with("redis_client::")
            && !target.starts_with("redis_client::client::connection")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        self.output.say(&line.text());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// `message (name: value, name: value)`
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Line {
    fn text(self) -> String {
        let Self { mut message, fields } = self;
        if !fields.is_empty() {
            let _ = write!(message, " ({fields})");
        }
        message
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        // Without the quotation marks that `Debug` puts around a text.
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a string cannot fail.
        if field.name() == "message" {
            let _ = write!(self.message, "{value:?}");
        } else {
            let separator = if self.fields.is_empty() { "" } else { ", " };
            let _ = write!(self.fields, "{separator}{}: {value:?}", field.name());
        }
    }
}
