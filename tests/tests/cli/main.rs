//! The command line `redis-client`, as a process, against real servers: what operators and scripts rely on.

mod buffer;
mod cache;
mod publish;
mod support;
mod tail;
mod usage;
