//! `redis-client`: what operators do with events, buffers and the cache from a shell.
//!
//! Promise: the same words, numbers and exit codes for every command, as `docs/command-line.md` has them. With `--json`, standard
//! output is one JSON object per line and nothing else; messages go to standard error. SIGTERM and SIGINT end a command
//! properly, a second one at once; a reader of standard output that goes away ends it quietly.
//!
//! It refuses to know anything that the library does not: each command is a few calls of public API and the words around them.
//!
//! Start at [`run`]; `args.rs` declares what can be asked for, `exit.rs` how it can end.

mod args;
mod buffer;
mod cache;
mod exit;
mod health;
mod input;
mod log;
mod output;
mod publish;
mod session;
mod signals;
mod tail;

use std::process::ExitCode;

use args::{Arguments, Command};
use exit::{Exit, Failure};
use output::Output;
use signals::Signals;

fn main() -> ExitCode {
    let arguments = match args::read() {
        Ok(arguments) => arguments,
        Err(exit) => return exit.into(),
    };
    let output = Output::new(arguments.common.json);
    log::listen(&output);
    // One thread beside this one, so that a second signal is heard while a command waits for a disk.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            output.complain(&Failure::new(Exit::FAILED, &error));
            return Exit::FAILED.into();
        }
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "a program's main function is where a runtime begins"
    )]
    let ended = runtime.block_on(run(arguments, &output));
    // A thread may still wait for standard input or a disk: nobody waits for it.
    runtime.shutdown_background();
    output.finish();
    match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.complain(&failure);
            failure.exit().into()
        }
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<Exit, Failure> {
    let Arguments { common, command } = arguments;
    let signals = Signals::listen()?;
    match command {
        Command::Publish(publish) => publish::run(publish, &common, output, signals).await,
        Command::Tail(tail) => signals.or(tail::run(tail, &common, output)).await,
        Command::Buffer { command } => buffer::run(command, &common, output, signals).await,
        Command::Cache { command } => signals.or(cache::run(command, &common, output)).await,
        Command::Health => signals.or(health::run(&common, output)).await,
    }
}
