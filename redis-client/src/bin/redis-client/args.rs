//! The command line as one declaration, and the environment that stands in for some of it.
//!
//! Only what the library can do is offered: an option that is not here is refused, none is read and forgotten.

use std::env::{self, VarError};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use redis_client::client::ClientBuilder;
use redis_client::{Date, RedisClient, Symbol};

use crate::exit::{Exit, Failure};

/// How long Redis may take, and how long closing may take, when nothing else is asked for.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest time that can be asked for: a year.
const TIMEOUT_SECONDS_MAX: f64 = 31_536_000.0;
const RESPONSE_TIMEOUT: &str = "REDIS_CLIENT_RESPONSE_TIMEOUT";
const CLOSE_TIMEOUT: &str = "REDIS_CLIENT_CLOSE_TIMEOUT";

const URL_HELP: &str = "\
Where Redis is: redis://user:password@host:port/db or unix:///path
[default: $REDIS_URL, else redis://localhost:6379]";
const RESPONSE_TIMEOUT_HELP: &str = "\
How long Redis may take to connect or to answer
[default: $REDIS_CLIENT_RESPONSE_TIMEOUT, else 5]";
const CLOSE_TIMEOUT_HELP: &str = "\
How long closing may take once a signal has come
[default: $REDIS_CLIENT_CLOSE_TIMEOUT, else 5]";

const EXIT_CODES: &str = "\
Exit codes:
  0    all well
  1    some input or check failed
  2    wrong usage
  3    Redis unreachable
  4    the buffer cannot be opened: locked, not writable, another version
  128 + the signal's number, when stopped by one, after a proper close";

/// Publish and watch events, look after buffers, read and write cached features.
#[derive(Debug, Parser)]
#[command(
    name = "redis-client",
    version,
    after_help = EXIT_CODES,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Common {
    #[arg(long, global = true, value_name = "URL", help = URL_HELP)]
    url: Option<String>,
    /// Put keys and channels into this namespace: `prod:{key}`, `prod.{channel}`
    #[arg(long, global = true, value_name = "NAME")]
    namespace: Option<String>,
    /// Write one JSON object per line to standard output, and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds, help = RESPONSE_TIMEOUT_HELP)]
    response_timeout: Option<Duration>,
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds, help = CLOSE_TIMEOUT_HELP)]
    close_timeout: Option<Duration>,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Publish events, one JSON object per line
    Publish(Publish),
    /// Show events as they are published
    Tail(Tail),
    /// Look into a fallback buffer, repair it, send what it holds
    #[command(after_help = EXIT_CODES)]
    Buffer {
        #[command(subcommand)]
        command: Buffer,
    },
    /// Read, write or remove the cached features of a symbol on a day
    #[command(after_help = EXIT_CODES)]
    Cache {
        #[command(subcommand)]
        command: Cache,
    },
    /// Show how Redis is: latency, role, version
    #[command(after_help = "\
Examples:
  redis-client health
  redis-client health --json --url redis://db.internal:6380

Exit codes:
  0    Redis answers
  2    wrong usage
  3    Redis unreachable, or it lets nobody in")]
    Health,
}

/// `publish`
#[derive(Debug, Args)]
#[command(after_help = "\
Each line is routed by its `event_type`. Blank lines are skipped; a bad line is reported with its number and the
reason, and the others are sent. With --buffer, events are kept there while Redis is away and sent first by whoever
opens it next; without, they fail. At the end of the input what the buffer holds is sent while Redis is reachable.
With --fence, an event whose reply was lost is not published again if Redis has it; the directory is fenced from then on.
SIGTERM and SIGINT stop the reading and close properly; a second one ends at once.

Examples:
  redis-client publish events.jsonl
  producer | redis-client publish --buffer /var/lib/desk/buffer
  redis-client publish --json --receipts --buffer /var/lib/desk/buffer < events.jsonl > receipts.jsonl
  producer | redis-client publish --buffer /var/lib/desk/buffer --write-ahead
  redis-client publish --buffer /var/lib/desk/buffer --fence events.jsonl

Exit codes:
  0    every line was delivered, already delivered or buffered
  1    some line was not, the input cannot be read, or the fence is a publisher's that the buffer does not know
  2    wrong usage
  3    Redis was unreachable and nothing could be accepted
  4    the buffer cannot be opened: locked, not writable, another version, fenced and opened without --fence
  128 + the signal's number, when stopped by one, after a proper close")]
pub(crate) struct Publish {
    /// The events; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: PathBuf,
    /// Keep events in this directory while Redis is away; it is made when it is absent
    #[arg(long, value_name = "DIR")]
    pub(crate) buffer: Option<PathBuf>,
    /// Write each event into the buffer, synced, before it is sent: it is kept though this process is killed
    #[arg(long, requires = "buffer")]
    pub(crate) write_ahead: bool,
    /// Keep a fence in Redis, so that no event is published twice
    #[arg(long, requires = "buffer")]
    pub(crate) fence: bool,
    /// Write to standard output what became of each line, as soon as it is known
    #[arg(long)]
    pub(crate) receipts: bool,
}

/// `tail`
#[derive(Debug, Args)]
#[command(after_help = "\
A CHANNEL is a name, or a pattern where one of `*`, `?`, `[` or `\\` occurs. Redis keeps nothing for later: only what is
published meanwhile is shown. After a lost connection it subscribes again and says so. It ends with a signal.

Examples:
  redis-client tail
  redis-client tail 'price.updated.*' orders.executed
  redis-client tail --json signals.generated | jq .event.strategy_id

Exit codes:
  2    wrong usage
  3    Redis unreachable
  128 + the signal's number, when stopped by one")]
pub(crate) struct Tail {
    /// Channels or patterns [default: those of every event known to the schemas]
    #[arg(value_name = "CHANNEL")]
    pub(crate) channels: Vec<String>,
}

/// `buffer ...`
#[derive(Debug, Subcommand)]
pub(crate) enum Buffer {
    /// Show how much is stored; takes no lock
    #[command(after_help = "\
Examples:
  redis-client buffer status /var/lib/desk/buffer
  redis-client buffer status --json /var/lib/desk/buffer

Exit codes:
  0    all well
  2    wrong usage
  4    the directory holds no buffer, or it cannot be read, or it is of another version")]
    Status(Directory),
    /// Show the stored events in order; takes no lock
    #[command(after_help = "\
Examples:
  redis-client buffer list /var/lib/desk/buffer
  redis-client buffer list --json /var/lib/desk/buffer | jq -r .payload

Exit codes:
  0    all well
  1    a record was damaged while it was read
  2    wrong usage
  4    the directory holds no buffer, or it cannot be read, or it is of another version")]
    List(Directory),
    /// Show the events that Redis refused for good, and why; takes no lock
    #[command(after_help = "\
`buffer requeue` puts them back.

Examples:
  redis-client buffer dead-letters --json /var/lib/desk/buffer

Exit codes:
  0    all well
  1    a record was damaged while it was read
  2    wrong usage
  4    the directory holds no buffer, or it cannot be read, or it is of another version")]
    DeadLetters(Directory),
    /// Look for damage, without changing anything; takes no lock
    #[command(after_help = "\
A torn tail is what an interrupted write leaves: it is shown, and is no damage.

Examples:
  redis-client buffer verify /var/lib/desk/buffer

Exit codes:
  0    no damage
  1    damage, shown with its place and kind
  2    wrong usage
  4    the directory holds no buffer, or it cannot be read, or it is of another version")]
    Verify(Directory),
    /// Do what opening the buffer does: cut torn tails, set damage aside in the folder `damaged`
    #[command(after_help = "\
Examples:
  redis-client buffer repair /var/lib/desk/buffer

Exit codes:
  0    the buffer is in order now
  1    whose namespace it is cannot be told: the next publisher of that namespace sets it right
  2    wrong usage
  4    the directory holds no buffer, is in use, cannot be written, or is of another version")]
    Repair(Directory),
    /// Put the dead letters back into the buffer, behind what is stored
    #[command(after_help = "\
They keep their times and get new sequences, and are sent by the next `buffer replay` or `publish`. Mend first what made
them dead letters.

Examples:
  redis-client buffer requeue /var/lib/desk/buffer
  redis-client buffer replay /var/lib/desk/buffer

Exit codes:
  0    all well, whether or not there were any
  2    wrong usage
  4    the directory holds no buffer, is in use, cannot be written, or is of another version")]
    Requeue(Directory),
    /// Send everything stored to Redis, in order
    #[command(after_help = "\
Examples:
  redis-client buffer replay --url redis://db.internal /var/lib/desk/buffer
  redis-client buffer replay --fence /var/lib/desk/buffer
  redis-client buffer replay --bytes-per-second 1000000 /var/lib/desk/buffer

Exit codes:
  0    everything was sent
  1    some events were refused for good or too old (see dead-letters), or could not be acknowledged, or the fence is a
       publisher's that the buffer does not know
  2    wrong usage
  3    Redis unreachable, now or before everything was sent
  4    the directory holds no buffer, is in use, cannot be written, is of another version, or is fenced and
       --fence is missing
  128 + the signal's number, when stopped by one, after a proper close")]
    Replay(Replay),
    /// Give a restored or copied buffer a producer id of its own
    #[command(after_help = "\
The stored events stay, with their numbers. Under its new id, a fence knows none of them to be published.

Examples:
  redis-client buffer adopt /var/lib/desk/restored

Exit codes:
  0    all well
  2    wrong usage
  4    the directory holds no buffer, is in use, cannot be written, or is of another version")]
    Adopt(Directory),
    /// Take over the buffer file of the Python service
    #[command(after_help = "\
FILE is a JSON array of {channel, payload, created_at}. What makes no sense is named and left out. The file stays as it
is: to import it twice is to deliver it twice.

Examples:
  redis-client buffer import /var/lib/desk/buffer /var/lib/desk/fallback.json

Exit codes:
  0    everything was imported
  1    some entries were left out, or the file is no such file and nothing was imported
  2    wrong usage
  4    the buffer is in use, cannot be written, or is of another version")]
    Import {
        #[command(flatten)]
        at: Directory,
        /// The file to import
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `buffer replay`
#[derive(Debug, Args)]
pub(crate) struct Replay {
    #[command(flatten)]
    pub(crate) at: Directory,
    /// Keep a fence in Redis, so that no event is published twice
    #[arg(long)]
    pub(crate) fence: bool,
    /// Send that many bytes a second at most [default: 4194304, which spares slow subscribers]
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) bytes_per_second: Option<u64>,
    /// Send as fast as Redis takes it; subscribers beyond its output buffer limits are cut off
    #[arg(long, conflicts_with = "bytes_per_second")]
    pub(crate) unpaced: bool,
}

/// The directory of a buffer.
#[derive(Debug, Args)]
pub(crate) struct Directory {
    /// The buffer's directory
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,
}

/// `cache ...`
#[derive(Debug, Subcommand)]
pub(crate) enum Cache {
    /// Show the features
    #[command(after_help = "\
Examples:
  redis-client cache get AAPL 2025-01-17
  redis-client cache get --json BTC/USD 2025-01-17 | jq .momentum_5d

Exit codes:
  0    all well
  1    there are none, or what is stored is no object of names and numbers
  2    wrong usage, or no symbol, or no date
  3    Redis unreachable")]
    Get(Entry),
    /// Store features, and show them
    #[command(after_help = "\
Examples:
  echo '{\"momentum_5d\": 0.25, \"beta\": 1.5}' | redis-client cache set AAPL 2025-01-17
  redis-client cache set --ttl 600 AAPL 2025-01-17 features.json

Exit codes:
  0    all well
  1    the features are no object of names and finite numbers
  2    wrong usage, or no symbol, or no date
  3    Redis unreachable")]
    Set {
        #[command(flatten)]
        entry: Entry,
        /// A JSON object of names and numbers; `-` is standard input
        #[arg(value_name = "FILE", default_value = "-")]
        file: PathBuf,
        /// How long the entry lives
        #[arg(long, value_name = "SECONDS", default_value = "3600", value_parser = clap::value_parser!(u64).range(1..))]
        ttl: u64,
    },
    /// Remove the features
    #[command(after_help = "\
Examples:
  redis-client cache invalidate AAPL 2025-01-17

Exit codes:
  0    all well, whether or not there were any
  2    wrong usage, or no symbol, or no date
  3    Redis unreachable")]
    Invalidate(Entry),
}

/// Which entry of the cache.
#[derive(Debug, Args)]
pub(crate) struct Entry {
    /// The symbol, as `AAPL` or `BTC/USD`
    #[arg(value_name = "SYMBOL")]
    pub(crate) symbol: Symbol,
    /// The day, as `2025-01-17`
    #[arg(value_name = "DATE")]
    pub(crate) date: Date,
}

/// Reads the command line; help, version and mistakes are printed here.
pub(crate) fn read() -> Result<Arguments, Exit> {
    let command = Arguments::command();
    let parsed = command
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| {
        // Nobody to tell that standard error is closed.
        let _ = error.print();
        if error.use_stderr() {
            Exit::USAGE
        } else {
            Exit::WELL
        }
    })
}

impl Common {
    /// A client of the Redis in question, which gives up at the first attempt to connect that fails.
    pub(crate) fn client(&self) -> Result<RedisClient, Failure> {
        let builder = match &self.url {
            Some(url) => ClientBuilder::from_url(url)?,
            None => ClientBuilder::from_env()?,
        };
        let timeout = self.response_timeout()?;
        let builder = builder.connect_timeout(timeout).response_timeout(timeout);
        let client: RedisClient = builder.fail_fast(true).build()?;
        match &self.namespace {
            Some(namespace) => Ok(client.namespace(namespace)?),
            None => Ok(client),
        }
    }

    /// How long Redis may take to connect or to answer.
    pub(crate) fn response_timeout(&self) -> Result<Duration, Failure> {
        timeout(self.response_timeout, RESPONSE_TIMEOUT)
    }

    /// How long closing may take.
    pub(crate) fn close_timeout(&self) -> Result<Duration, Failure> {
        timeout(self.close_timeout, CLOSE_TIMEOUT)
    }
}

/// The option, else the environment's, else the default. An empty variable counts as unset.
fn timeout(option: Option<Duration>, variable: &str) -> Result<Duration, Failure> {
    if let Some(timeout) = option {
        return Ok(timeout);
    }
    match env::var(variable) {
        Ok(text) if !text.is_empty() => {
            seconds(&text).map_err(|reason| Failure::of(Exit::USAGE, format!("{variable}: {reason}")))
        }
        Ok(_) | Err(VarError::NotPresent) => Ok(DEFAULT_TIMEOUT),
        Err(VarError::NotUnicode(_)) => Err(Failure::of(Exit::USAGE, format!("{variable}: is not UTF-8"))),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "expected a number of seconds, as 5 or 0.5".to_owned())?;
    let duration = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    if duration.is_zero() || seconds > TIMEOUT_SECONDS_MAX {
        return Err("expected more than 0 seconds and at most a year".to_owned());
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_documents_examples_and_exit_codes() {
        fn check(command: &clap::Command, name: &str) {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(help.contains("Exit codes:"), "{name}");
            if command.get_subcommands().next().is_none() {
                assert!(help.contains("Examples:\n  "), "{name}");
            }
            for command in command.get_subcommands() {
                check(command, &format!("{name} {}", command.get_name()));
            }
        }
        check(&Arguments::command(), "redis-client");
    }

    #[test]
    fn seconds_are_positive_and_finite() {
        let check = |text: &str, expected: Option<Duration>| {
            assert_eq!(seconds(text).ok(), expected, "{text}");
        };
        check("5", Some(Duration::from_secs(5)));
        check("0.25", Some(Duration::from_millis(250)));
        for refused in ["", "0", "-1", "NaN", "inf", "1e300", "5s", "0x5"] {
            check(refused, None);
        }
    }
}
