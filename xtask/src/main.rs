//! `cargo xtask`: the commands of this repository. Everything is in the library, see `redis_client_xtask`.

use std::process::ExitCode;

use redis_client_xtask::{Project, run};

fn main() -> ExitCode {
    run(std::env::args_os(), &Project::of_this_repository())
}
