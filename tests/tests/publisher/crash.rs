//! A publishing process that is killed with -9, and the next one on its buffer.
//!
//! The child is this very test binary, told by its environment what to do. It says on its standard output what it was
//! answered; what it said before it died is what counts. Redis stands behind a gate, so that an outage can come and go
//! while an ear on the server goes on hearing everything that reaches it.
//!
//! Two kinds of death: before each single write, sync, rename or removal in turn, by the storage itself; and at any
//! moment whatever, by the parent, while events are published at full speed and the gate opens and shuts.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use redis_client::buffer::storage::FileStorage;
use redis_client::buffer::wal::Wal;
use redis_client::buffer::{Config, Sync};
use redis_client::publisher::simulation::{self, Log, Store};
use redis_client::publisher::{Backoff, EventPublisherBuilder};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::fault::gate::Gate;
use redis_client_tests::fault::mortal::{Death, Mortal};
use redis_client_tests::fault::storage::Random;
use redis_client_tests::{RedisServer, eventually};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::support::{Block, Ear, first_arrivals};

/// What a child is told: its task, the buffer's directory, the gate's port, a number.
const TASK: &str = "PUBLISHER_CHILD";

fn builder(port: u16) -> EventPublisherBuilder {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(port)
        .build()
        .unwrap();
    EventPublisher::builder(&client)
        .backoff(Backoff::new(Duration::from_millis(1), Duration::from_millis(5)))
        .buffer_config(Config::new().segment_bytes(8 << 10))
}

fn child(task: &str, dir: &Path, port: u16, number: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::child_of_another_test",
            "--nocapture",
            "--quiet",
        ])
        .env(TASK, format!("{task} {port} {number} {}", dir.display()))
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Does nothing unless another test starts it.
#[test]
fn child_of_another_test() {
    let Ok(task) = std::env::var(TASK) else { return };
    let mut words = task.splitn(4, ' ');
    let mut next = || words.next().unwrap();
    let (task, port, number, dir) = (next(), next(), next(), next());
    let (port, number, dir) = (port.parse().unwrap(), number.parse().unwrap(), Path::new(dir));
    match task {
        "die-before" => publish_and_die_before(dir, port, number),
        "until-killed-fenced" => publish_until_killed(&builder(port).buffer(dir).fence(), number),
        "until-killed-fenced-ahead" => {
            publish_until_killed(&builder(port).buffer(dir).fence().write_ahead(), number);
        }
        "until-killed-ahead" => publish_until_killed(&builder(port).buffer(dir).write_ahead(), number),
        _ => publish_until_killed(&builder(port).buffer(dir), number),
    }
    std::process::exit(0);
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    // One write for one line: the parent may not see half of it.
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Publishes into an outage, is told when that is over, publishes on, and dies before operation `number` of its disk.
fn publish_and_die_before(dir: &Path, port: u16, number: u64) {
    let left = Arc::new(AtomicU64::new(number));
    let path = dir.to_owned();
    let config = Config::new().segment_bytes(8 << 10);
    let store = Store::open(Sync::Always, move |log| {
        assert_eq!(log, Log::Buffer, "nothing is refused for good here");
        Wal::open(
            Mortal::new(FileStorage::open(&path)?, &left, Death::Kill),
            &config,
        )
    });
    let publisher = simulation::start(builder(port), store.unwrap()).unwrap();
    let publish = |range: std::ops::Range<u64>| {
        for n in range {
            publisher.publish(&Block::new(n)).unwrap().wait().unwrap();
            say(&n.to_string());
        }
    };
    publish(0..8);
    say("open");
    eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
    publish(8..10);
    say("shut");
    eventually("the outage is noticed", || publisher.stats().outage.is_some());
    publish(10..13);
    publisher.close(Duration::from_secs(5)).wait();
    say("end");
}

#[test]
fn killed_before_any_single_write_it_loses_nothing_it_answered_for() {
    let server = RedisServer::start();
    let mut killed = 0;
    // Bound: the first number that the child does not reach.
    for number in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let gate = Gate::to(server.port());
        gate.shut();
        let mut ear = Ear::on(&server);
        let mut child = child("die-before", dir.path(), gate.port(), number);
        let mut answered = Vec::new();
        let mut has_ended = false;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            match line.unwrap().as_str() {
                "open" => gate.open(),
                "shut" => gate.shut(),
                "end" => has_ended = true,
                line => answered.extend(line.parse::<u64>().ok()),
            }
        }
        child.wait().unwrap();

        gate.open();
        let heir = builder(gate.port()).buffer(dir.path()).build().unwrap();
        heir.publish(&Block::new(1000)).unwrap().wait().unwrap();
        let heard = first_arrivals(ear.until(1000));
        let missing: Vec<u64> = answered.into_iter().filter(|n| !heard.contains(n)).collect();
        assert!(
            missing.is_empty(),
            "killed before operation {number}: {missing:?} missing of {heard:?}"
        );
        assert!(heard.is_sorted(), "killed before operation {number}: {heard:?}");
        assert_eq!(heir.close(Duration::from_secs(5)).wait().buffered, 0);
        if has_ended {
            break;
        }
        killed += 1;
    }
    // As many as the writes of such a life; fewer would mean that the child died of something else.
    assert!(killed > 40, "{killed}");
}

/// Publishes at full speed from `first` on, and says the number of each event that was answered well, and of those that were
/// delivered that they were.
fn publish_until_killed(builder: &EventPublisherBuilder, first: u64) {
    let publisher = builder.clone().build().unwrap();
    let mut waiting = std::collections::VecDeque::new();
    for n in first.. {
        waiting.push_back((n, publisher.publish(&Block::new(n)).unwrap()));
        if waiting.len() > 200
            && let Some((n, receipt)) = waiting.pop_front()
        {
            let outcome = receipt.wait().unwrap();
            say(&format!("{n} {}", outcome.is_delivered()));
        }
    }
}

#[test]
fn killed_at_any_moment_it_loses_nothing_it_answered_for() {
    kill_again_and_again("until-killed");
}

#[test]
fn killed_in_write_ahead_it_repeats_nothing_it_called_delivered() {
    kill_again_and_again("until-killed-ahead");
}

#[test]
fn killed_at_any_moment_and_fenced_it_publishes_nothing_twice() {
    for task in ["until-killed-fenced", "until-killed-fenced-ahead"] {
        let heard = kill_again_and_again(task);
        let firsts = first_arrivals(&heard);
        assert_eq!(heard.len(), firsts.len(), "{task}: some arrived twice");
    }
}

/// Stops a process (`SIGSTOP`) and lets it go on when it stands.
fn stop_and_go_on(child: &Child) {
    let pid = Pid::from_child(child);
    kill_process(pid, Signal::STOP).unwrap();
    let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    waitid(WaitId::Pid(pid), options).unwrap();
    kill_process(pid, Signal::CONT).unwrap();
}

#[test]
fn stopped_and_continued_again_and_again_it_loses_nothing_it_answered_for() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let mut ear = Ear::on(&server);
    let mut child = child("until-killed", dir.path(), server.port(), 0);
    let mut answered = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let said = line.split_once(' ').map(|(n, _)| n.parse::<u64>());
        answered.extend(said.and_then(Result::ok));
        match answered.len() {
            10_000 => child.kill().unwrap(),
            count if count % 200 == 0 && count < 10_000 => stop_and_go_on(&child),
            _ => {}
        }
    }
    child.wait().unwrap();

    let heir = builder(server.port()).buffer(dir.path()).build().unwrap();
    let last = 1_000_000_000;
    heir.publish(&Block::new(last)).unwrap().wait().unwrap();
    let heard = ear.until(last);
    let arrived: HashSet<&u64> = heard.iter().collect();
    let missing: Vec<&u64> = answered.iter().filter(|n| !arrived.contains(n)).collect();
    assert!(missing.is_empty(), "{} missing: {missing:?}", missing.len());
    assert!(answered.len() >= 10_000, "{}", answered.len());
    // A wait that the stop interrupted was taken up again: no connection was given up, and nothing was sent anew.
    assert!(heard.is_sorted_by(|one, next| one < next));
}

/// Kills one process after the other on the same buffer, in and out of outages, and holds what they said against what
/// arrived, which it returns.
fn kill_again_and_again(task: &str) -> Vec<u64> {
    let seed = std::env::var("CRASH_SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut random = Random::new(seed);
    let server = RedisServer::start();
    let gate = Gate::to(server.port());
    let dir = tempfile::tempdir().unwrap();
    let mut ear = Ear::on(&server);
    let mut answered = Vec::new();
    let mut delivered = Vec::new();
    let rounds = if task.contains("fenced") { 8 } else { 15 };
    for round in 0..rounds {
        let mut child = child(task, dir.path(), gate.port(), round * 1_000_000);
        let toggle_after = random.below(1500);
        let kill_after = 1 + random.below(3000);
        if random.chance(500) {
            gate.shut();
        } else {
            gate.open();
        }
        let mut count = 0;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let Some((n, is_delivered)) = line
                .split_once(' ')
                .and_then(|(n, is_delivered)| Some((n.parse::<u64>().ok()?, is_delivered == "true")))
            else {
                continue;
            };
            // What it said and was not read before it died counts as well.
            answered.push(n);
            if is_delivered {
                delivered.push(n);
            }
            count += 1;
            if count == toggle_after {
                gate.shut();
                gate.open();
                if random.chance(300) {
                    gate.shut();
                }
            }
            if count == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
    }
    gate.open();
    let heir = builder(gate.port()).buffer(dir.path());
    let heir = if task.contains("fenced") {
        heir.fence()
    } else {
        heir
    };
    let heir = heir.build().unwrap();
    let last = 1_000_000_000;
    heir.publish(&Block::new(last)).unwrap().wait().unwrap();
    let heard = ear.until(last).to_vec();
    let firsts = first_arrivals(&heard);
    let arrived: HashSet<u64> = firsts.iter().copied().collect();
    let missing: Vec<&u64> = answered.iter().filter(|n| !arrived.contains(n)).collect();
    assert!(
        missing.is_empty(),
        "CRASH_SEED={seed}: {} of {} missing: {missing:?}",
        missing.len(),
        answered.len()
    );
    let mut arrivals: HashMap<u64, u32> = HashMap::new();
    for n in &heard {
        *arrivals.entry(*n).or_default() += 1;
    }
    let repeated: Vec<&u64> = delivered
        .iter()
        .filter(|n| arrivals.get(n).is_some_and(|count| *count > 1))
        .collect();
    assert!(
        repeated.is_empty(),
        "CRASH_SEED={seed}: called delivered, and repeated: {repeated:?}"
    );
    assert!(delivered.len() > 500, "{}", delivered.len());
    // An event that nobody was answered for may come late, out of a dead connection; the others may not.
    let answered: HashSet<u64> = answered.into_iter().collect();
    let in_order: Vec<u64> = firsts.into_iter().filter(|n| answered.contains(n)).collect();
    assert!(in_order.is_sorted(), "CRASH_SEED={seed}: out of order");
    assert!(answered.len() > 5000, "{}", answered.len());
    assert_eq!(heir.stats().fence_losses, 0);
    heard
}
