//! `health`: how Redis is.

use serde::Serialize;

use crate::args::Common;
use crate::exit::{Exit, Failure};
use crate::output::{Output, columns};

#[derive(Serialize)]
struct Health {
    endpoint: String,
    latency_ms: f64,
    role: String,
    version: Option<String>,
    connection: String,
    reconnects: u64,
}

/// See the head of the file.
pub(crate) async fn run(common: &Common, output: &Output) -> Result<Exit, Failure> {
    let client = common.client()?;
    // Connects first, so that the state shown is that of a connection.
    client.ping().await?;
    let found = client.health().await?;
    let health = Health {
        endpoint: client.endpoint(),
        latency_ms: (found.latency.as_secs_f64() * 1e6).round() / 1e3,
        role: found.role.to_string(),
        version: found.version,
        connection: found.connection.to_string(),
        reconnects: found.reconnects,
    };
    output.result(&health, || {
        columns(&[
            ("endpoint", health.endpoint.clone()),
            ("latency", format!("{} ms", health.latency_ms)),
            ("role", health.role.clone()),
            (
                "version",
                health.version.clone().unwrap_or_else(|| "unknown".to_owned()),
            ),
            ("connection", health.connection.clone()),
        ])
    })?;
    Ok(Exit::WELL)
}
