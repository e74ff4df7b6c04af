//! Lists what a publisher's buffer holds, also while the publisher is at work, and changes nothing.
//!
//! ```sh
//! cargo run --example inspect_buffer -- /var/lib/desk/events
//! ```
//!
//! The tests run it on the buffer that `publish_order` leaves.

use redis_client::buffer::{Error, inspect, inspect_dead_letters};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Error> {
    let directory = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("events"), PathBuf::from);
    for line in run(&directory)? {
        #[expect(clippy::print_stdout, reason = "an example shows what it does")]
        {
            println!("{line}");
        }
    }
    Ok(())
}

/// What there is to tell, line by line.
pub(crate) fn run(directory: &Path) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    let buffer = inspect(directory)?;
    let status = buffer.status();
    told.push(format!("{} records, {} bytes", status.records, status.bytes));
    for record in buffer.records() {
        let record = record?;
        let bytes = record.payload().len();
        told.push(format!("{} {}: {bytes} bytes", record.pair(), record.channel()));
    }
    for finding in buffer.findings() {
        told.push(format!("{} in {}", finding.kind.as_str(), finding.file));
    }
    let dead = inspect_dead_letters(directory)?.map_or(0, |dead| dead.status().records);
    told.push(format!("{dead} dead letters"));
    Ok(told)
}
