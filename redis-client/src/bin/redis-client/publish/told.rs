//! What is told of a line: a receipt for each, and the figures of all of them, from which the exit code follows.

use std::fmt::{self, Write as _};

use redis_client::publisher::{Outcome, PublishError, ReceiptError};
use serde::Serialize;

use crate::exit::{Exit, chain};
use crate::output::{bad, good};

/// A receipt, as it is written.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    pub(crate) line: u64,
    pub(crate) outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receivers: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// Whether Redis may have a failed event all the same, or get it later.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    may_be_delivered: bool,
    /// Whether Redis was the reason.
    #[serde(skip)]
    pub(crate) outage: bool,
    /// Whether that depends on why the buffer was asked to keep the event.
    #[serde(skip)]
    pub(crate) asks_why: bool,
}

impl Told {
    pub(crate) fn new(line: u64, outcome: &'static str, error: String) -> Self {
        Self {
            line,
            outcome,
            sequence: None,
            receivers: None,
            error: Some(error),
            may_be_delivered: false,
            outage: false,
            asks_why: false,
        }
    }

    pub(crate) fn refused(line: u64, error: &PublishError) -> Self {
        let outcome = match error {
            PublishError::Encode(_) => "invalid",
            PublishError::TooLarge { .. } => "rejected",
            _ => "failed",
        };
        Self::new(line, outcome, chain(error))
    }

    pub(crate) fn answered(line: u64, answer: Result<Outcome, ReceiptError>) -> Self {
        match answer {
            Ok(outcome) => {
                let (word, receivers) = match outcome {
                    Outcome::Delivered { receivers, .. } => ("delivered", Some(receivers)),
                    Outcome::Buffered { .. } => ("buffered", None),
                    Outcome::AlreadyDelivered { .. } => ("already_delivered", None),
                    Outcome::Expired { .. } => ("expired", None),
                    // An outcome that is newer than this program.
                    _ => ("failed", None),
                };
                Self {
                    line,
                    outcome: word,
                    sequence: Some(outcome.sequence()),
                    receivers,
                    error: outcome
                        .is_expired()
                        .then(|| "it was too old to be sent".to_owned()),
                    may_be_delivered: false,
                    outage: false,
                    asks_why: false,
                }
            }
            Err(error) => {
                let outcome = match error {
                    ReceiptError::Rejected { .. } | ReceiptError::TooLarge { .. } => "rejected",
                    _ => "failed",
                };
                Self {
                    sequence: Some(error.sequence()),
                    may_be_delivered: error.may_have_been_delivered(),
                    outage: matches!(
                        error,
                        ReceiptError::Unavailable { .. } | ReceiptError::Ambiguous { .. }
                    ),
                    asks_why: matches!(
                        error,
                        ReceiptError::BufferFull { .. } | ReceiptError::BufferFailed { .. }
                    ),
                    ..Self::new(line, outcome, chain(&error))
                }
            }
        }
    }

    pub(crate) fn text(&self) -> String {
        // Writing to a string cannot fail.
        let mut text = format!("line {}: ", self.line);
        let outcome = if self.error.is_none() {
            good(self.outcome)
        } else {
            bad(self.outcome)
        };
        text.push_str(&outcome.to_string());
        if let Some(sequence) = self.sequence {
            let _ = write!(text, " as {sequence}");
        }
        if let Some(receivers) = self.receivers {
            let _ = write!(text, " to {receivers} receivers");
        }
        text
    }
}

/// What became of the lines, in figures.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    delivered: u64,
    already_delivered: u64,
    buffered: u64,
    expired: u64,
    invalid: u64,
    rejected: u64,
    failed: u64,
    /// Whether Redis was the reason for a failure.
    pub(crate) outage: bool,
    /// The input could not be read to its end.
    pub(crate) unreadable: bool,
}

impl Tally {
    pub(crate) fn count(&mut self, told: &Told) {
        let counter = match told.outcome {
            "delivered" => &mut self.delivered,
            "already_delivered" => &mut self.already_delivered,
            "buffered" => &mut self.buffered,
            "expired" => &mut self.expired,
            "invalid" => &mut self.invalid,
            "rejected" => &mut self.rejected,
            _ => &mut self.failed,
        };
        *counter += 1;
        self.outage |= told.outage;
    }

    pub(crate) fn exit(&self) -> Exit {
        let accepted = self.delivered + self.already_delivered + self.buffered;
        let refused = self.expired + self.invalid + self.rejected + self.failed;
        match (self.outage, accepted) {
            (true, 0) => Exit::UNREACHABLE,
            _ if refused > 0 || self.unreadable => Exit::FAILED,
            _ => Exit::WELL,
        }
    }

    pub(crate) fn summary(&self, left: u64) -> String {
        match left {
            0 => self.to_string(),
            left => format!("{self}; {left} in the buffer"),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} delivered", self.delivered)?;
        for (count, word) in [
            (self.already_delivered, "already delivered"),
            (self.buffered, "buffered"),
            (self.expired, "expired"),
            (self.invalid, "invalid"),
            (self.rejected, "rejected"),
            (self.failed, "failed"),
        ] {
            if count > 0 {
                write!(f, ", {count} {word}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use redis_client::buffer;
    use redis_client::publisher::Outage;

    use super::*;

    #[test]
    fn the_exit_code_follows_from_what_became_of_the_lines() {
        let check = |tally: Tally, exit: Exit| assert_eq!(tally.exit(), exit, "{tally:?}");
        let none = Tally::default;
        check(none(), Exit::WELL);
        check(
            Tally {
                delivered: 2,
                buffered: 1,
                ..none()
            },
            Exit::WELL,
        );
        check(
            Tally {
                delivered: 2,
                invalid: 1,
                ..none()
            },
            Exit::FAILED,
        );
        check(
            Tally {
                rejected: 1,
                ..none()
            },
            Exit::FAILED,
        );
        check(
            Tally {
                delivered: 1,
                expired: 1,
                ..none()
            },
            Exit::FAILED,
        );
        check(
            Tally {
                unreadable: true,
                ..none()
            },
            Exit::FAILED,
        );
        check(
            Tally {
                failed: 1,
                outage: true,
                ..none()
            },
            Exit::UNREACHABLE,
        );
        check(
            Tally {
                failed: 1,
                outage: true,
                delivered: 1,
                ..none()
            },
            Exit::FAILED,
        );
        check(
            Tally {
                failed: 1,
                outage: true,
                invalid: 1,
                ..none()
            },
            Exit::UNREACHABLE,
        );
        check(Tally { failed: 1, ..none() }, Exit::FAILED);
    }

    #[test]
    fn a_receipt_leaves_out_what_is_absent() {
        let invalid = Told::new(3, "invalid", "no".to_owned());
        assert_eq!(
            serde_json::to_string(&invalid).unwrap(),
            r#"{"line":3,"outcome":"invalid","error":"no"}"#
        );
        let stopped = Told::answered(
            4,
            Err(ReceiptError::Stopped {
                sequence: 2,
                sent: false,
            }),
        );
        assert_eq!(
            (stopped.outcome, stopped.sequence, stopped.outage),
            ("failed", Some(2), false)
        );
    }

    /// Whether the exit is "unreachable" after this answer alone, with Redis away or not.
    fn is_unreachable(error: ReceiptError, is_away: bool) -> bool {
        let mut told = Told::answered(1, Err(error));
        told.outage |= told.asks_why && is_away;
        let mut tally = Tally::default();
        tally.count(&told);
        assert_eq!(tally.failed, 1);
        tally.exit() == Exit::UNREACHABLE
    }

    #[test]
    fn a_buffer_at_fault_is_no_unreachable_redis() {
        let full = || ReceiptError::BufferFull {
            sequence: 1,
            sent: false,
            source: buffer::Error::Closed.into(),
        };
        let failed = || ReceiptError::BufferFailed {
            sequence: 1,
            sent: false,
            source: buffer::Error::Closed.into(),
        };
        let unavailable = ReceiptError::Unavailable {
            sequence: 1,
            outage: Outage::Connecting,
        };
        assert!(is_unreachable(unavailable, false));
        assert!(!is_unreachable(full(), false) && !is_unreachable(failed(), false));
        assert!(is_unreachable(full(), true) && is_unreachable(failed(), true));
    }
}
