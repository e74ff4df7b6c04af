//! Runs a command with a private server: `with-redis COMMAND [ARGUMENT]...`.
//!
//! The command finds the server in `REDIS_URL`, as every user of `RedisClient::from_env` does, and the server ends with
//! it. `cargo xtask test` runs the examples of the documentation so: they read as a user would write them, and what
//! they leave behind is gone.

#![expect(
    clippy::print_stderr,
    reason = "why nothing was run is for the person who called"
)]

use std::env;
use std::process::{Command, ExitCode};

use redis_client_tests::RedisServer;

fn main() -> ExitCode {
    let mut words = env::args_os().skip(1);
    let Some(program) = words.next() else {
        eprintln!("usage: with-redis COMMAND [ARGUMENT]...");
        return ExitCode::from(2);
    };
    let server = match RedisServer::builder().try_start() {
        Ok(server) => server,
        Err(error) => {
            eprintln!("with-redis: {error}");
            return ExitCode::FAILURE;
        }
    };
    match Command::new(&program)
        .args(words)
        .env("REDIS_URL", server.url())
        .status()
    {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            eprintln!("with-redis: {}: {status}", program.display());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("with-redis: {}: {error}", program.display());
            ExitCode::FAILURE
        }
    }
}
