//! How a command ends: an exit code that scripts can rely on, and a message for people when it is not 0.
//!
//! Every error of the library becomes a [`Failure`] here and nowhere else, so that one situation has one code.

use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use redis_client::publisher::BuildError;
use redis_client::{buffer, client};

/// What a command leaves behind for the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exit(u8);

impl Exit {
    /// All well.
    pub(crate) const WELL: Self = Self(0);
    /// Some input or check failed.
    pub(crate) const FAILED: Self = Self(1);
    /// The command line or the environment cannot be understood.
    pub(crate) const USAGE: Self = Self(2);
    /// Redis cannot be reached, or lets nobody in.
    pub(crate) const UNREACHABLE: Self = Self(3);
    /// The buffer cannot be opened.
    pub(crate) const BUFFER: Self = Self(4);
    /// Nobody reads standard output any more: what SIGPIPE would have said.
    pub(crate) const NO_READER: Self = Self(128 + 13);

    /// Stopped by the signal of this number.
    pub(crate) fn signal(number: u8) -> Self {
        Self(number.saturating_add(128))
    }

    /// The number itself.
    pub(crate) fn code(self) -> i32 {
        i32::from(self.0)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// Why a command ended early, in words.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    /// Empty when there is nothing to say.
    message: String,
}

impl Failure {
    /// An error with all its causes.
    pub(crate) fn new(exit: Exit, error: &dyn Error) -> Self {
        Self::of(exit, chain(error))
    }

    /// What this program itself has to say.
    pub(crate) fn of(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
        }
    }

    /// The exit code.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// The words, without a full stop; empty to end quietly.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

/// An error and its causes in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    // Bound: a chain of causes ends.
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

impl From<client::Error> for Failure {
    fn from(error: client::Error) -> Self {
        use client::Error as E;
        let exit = match &error {
            E::Config(_) | E::Key(_) => Exit::USAGE,
            E::Connection(_) | E::Interrupted { .. } | E::Timeout { .. } => Exit::UNREACHABLE,
            // The server is there and lets nobody in: loading, demoted, in need of a password.
            E::Rejected { server, .. } if server.is_transient() || server.code() == "NOAUTH" => {
                Exit::UNREACHABLE
            }
            _ => Exit::FAILED,
        };
        Self::new(exit, &error)
    }
}

impl From<buffer::Error> for Failure {
    fn from(error: buffer::Error) -> Self {
        let exit = match error {
            buffer::Error::Import { .. } => Exit::FAILED,
            _ => Exit::BUFFER,
        };
        Self::new(exit, &error)
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let exit = match error {
            BuildError::Buffer(_) | BuildError::Namespace { .. } | BuildError::Fenced { .. } => Exit::BUFFER,
            _ => Exit::FAILED,
        };
        Self::new(exit, &error)
    }
}

/// Standard output cannot be written.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::of(Exit::NO_READER, "")
        } else {
            Self::of(Exit::FAILED, format!("cannot write to standard output: {error}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redis_client::RedisClient;
    use redis_client::client::ServerError;

    #[test]
    fn one_situation_has_one_code() {
        let check = |failure: Failure, exit: Exit| {
            assert_eq!(failure.exit(), exit, "{}", failure.message());
        };
        check(RedisClient::from_url("http://h").unwrap_err().into(), Exit::USAGE);
        let rejected = |code: &str| client::Error::Rejected {
            command: "GET".to_owned(),
            server: ServerError::new(code, ""),
        };
        check(rejected("LOADING").into(), Exit::UNREACHABLE);
        check(rejected("NOAUTH").into(), Exit::UNREACHABLE);
        check(rejected("NOPERM").into(), Exit::FAILED);
        let locked = buffer::Error::Locked {
            path: "b".into(),
            pid: Some(7),
        };
        check(locked.into(), Exit::BUFFER);
        let newer = buffer::Error::Version {
            path: "b".into(),
            found: 2,
            supported: 1,
        };
        check(newer.into(), Exit::BUFFER);
        check(io::Error::from(io::ErrorKind::BrokenPipe).into(), Exit::NO_READER);
        check(io::Error::from(io::ErrorKind::StorageFull).into(), Exit::FAILED);
        assert_eq!(Exit::signal(15).code(), 143);
    }

    #[test]
    fn a_message_names_every_cause() {
        let error = buffer::Error::Io {
            action: "open",
            path: "b".into(),
            source: io::Error::other("no"),
        };
        assert_eq!(Failure::from(error).message(), "cannot open b: no");
    }
}
