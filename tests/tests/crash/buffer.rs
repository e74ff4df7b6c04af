//! A child appends and acknowledges and says so on its standard output; it is killed between any two of its writes, and
//! the next one goes on in the same directory. What it had said must hold: every record whose append returned is there,
//! in order and with its bytes, and none whose acknowledgement returned.
//!
//! The child is this test binary, started again with a directory in its environment.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use redis_client::buffer::{Config, FallbackBuffer, Pair, Sync, inspect};
use redis_client_tests::fault::storage::Random;

const DIRECTORY: &str = "REDIS_CLIENT_CRASH_DIRECTORY";
const SEED: &str = "REDIS_CLIENT_CRASH_SEED";
const LIVES: u64 = 120;

fn config(random: &mut Random) -> Config {
    let sync = if random.chance(300) {
        Sync::Always
    } else {
        Sync::Os
    };
    Config::new().segment_bytes(8 << 10).sync(sync)
}

/// A payload that both processes can work out from the pair.
fn payload(pair: Pair) -> Vec<u8> {
    let mut random = Random::new(pair.epoch << 32 | pair.sequence);
    let length = if random.chance(30) {
        9_000
    } else {
        random.below(500)
    };
    (0..length)
        .map(|_| u8::try_from(random.below(256)).unwrap_or_default())
        .collect()
}

fn say(word: &str, pair: Pair) {
    let mut out = std::io::stdout().lock();
    // The parent may have gone: then there is nobody to tell and nothing to prove.
    let _ = out.write_all(format!("\n{word} {} {}\n", pair.epoch, pair.sequence).as_bytes());
    let _ = out.flush();
}

/// Runs in the child alone; in the ordinary run of the tests it does nothing.
#[test]
fn child() {
    let Ok(directory) = std::env::var(DIRECTORY) else {
        return;
    };
    let seed = std::env::var(SEED)
        .ok()
        .and_then(|seed| seed.parse().ok())
        .expect("a seed");
    let mut random = Random::new(seed);
    let buffer = FallbackBuffer::open_with(directory, &config(&mut random)).expect("opened");
    // The payload of a record depends on its pair, which is known only once it is appended: count along.
    let first = buffer.append("start", b"").expect("appended");
    say("appended", first);
    let mut next = Pair {
        sequence: first.sequence + 1,
        ..first
    };
    // Bound: until the parent kills it.
    loop {
        match random.below(8) {
            0..=4 => {
                let pair = buffer.append("one", &payload(next)).expect("appended");
                assert_eq!(pair, next);
                say("appended", pair);
                next.sequence += 1;
            }
            5 => {
                let count = 1 + random.below(20) as u64;
                let pairs = (0..count).map(|more| Pair {
                    sequence: next.sequence + more,
                    ..next
                });
                let batch: Vec<(&str, Vec<u8>)> = pairs.map(|pair| ("many", payload(pair))).collect();
                buffer.append_batch(&batch).expect("appended");
                for _ in 0..count {
                    say("appended", next);
                    next.sequence += 1;
                }
            }
            _ => {
                let records = buffer.peek(1 + random.below(40)).expect("read");
                if let Some(last) = records.last() {
                    say("acknowledging", last.pair());
                    buffer.acknowledge(last.pair()).expect("acknowledged");
                    say("acknowledged", last.pair());
                }
            }
        }
    }
}

/// What is known of the directory.
#[derive(Default)]
struct Known {
    /// Records whose append returned and that are not acknowledged for certain.
    appended: VecDeque<Pair>,
    /// Up to here an acknowledgement was begun; it may have been written.
    doubtful: Pair,
    /// Up to here everything is acknowledged.
    acknowledged: Pair,
}

fn life(directory: &Path, seed: u64, known: &mut Known) {
    let mut random = Random::new(seed);
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "buffer::child", "--nocapture", "--test-threads=1"])
        .env(DIRECTORY, directory)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
    // From before the child has even opened its log to well into its work, and then some instants more.
    let lines = random.below(4) * random.below(150);
    let mut heard: Vec<String> = Vec::new();
    while heard.len() < lines {
        heard.push(said.next().expect("a child that goes on").expect("text"));
    }
    for _ in 0..random.below(20_000) {
        std::hint::spin_loop();
    }
    child.kill().expect("killed");
    heard.extend(said.map_while(Result::ok));
    child.wait().expect("ended");
    for line in heard {
        let mut words = line.split(' ');
        let word = words.next().unwrap_or_default();
        let numbers: Vec<u64> = words.filter_map(|number| number.parse().ok()).collect();
        let [epoch, sequence] = numbers[..] else { continue };
        let pair = Pair { epoch, sequence };
        match word {
            "appended" => known.appended.push_back(pair),
            "acknowledging" => known.doubtful = pair,
            "acknowledged" => known.acknowledged = pair,
            _ => {}
        }
    }
}

fn check(directory: &Path, known: &mut Known, story: &str) {
    // The file system is as the child left it; a reader without the lock must see what the next owner will.
    let seen = inspect(directory).expect("inspected");
    let damage: Vec<_> = seen
        .findings()
        .iter()
        .filter(|finding| finding.kind.is_damage())
        .collect();
    assert!(damage.is_empty(), "{story}: a kill damages nothing: {damage:?}");
    let mut found = Vec::new();
    for record in seen.records() {
        let record = record.expect("intact");
        let pair = record.pair();
        assert!(
            found.last().is_none_or(|last| *last < pair),
            "{story}: {pair} is out of order"
        );
        assert!(pair > known.acknowledged, "{story}: {pair} was acknowledged");
        if record.channel() != "start" {
            assert_eq!(record.payload(), payload(pair), "{story}: {pair} has other bytes");
        }
        found.push(pair);
    }
    let needed: Vec<Pair> = known
        .appended
        .iter()
        .copied()
        .filter(|pair| *pair > known.doubtful)
        .collect();
    for pair in &needed {
        assert!(
            found.binary_search(pair).is_ok(),
            "{story}: {pair} was appended and is lost"
        );
    }
    // What came back without having been promised stays from now on.
    known.appended = found.into();
    known.doubtful = known.acknowledged;
}

#[test]
fn a_killed_process_loses_nothing_it_had_said() {
    let temporary = tempfile::tempdir().expect("a directory");
    let directory = temporary.path().join("log");
    std::fs::create_dir(&directory).expect("made");
    let mut known = Known::default();
    let mut most = 0;
    for seed in 0..LIVES {
        life(&directory, seed, &mut known);
        check(&directory, &mut known, &format!("life {seed}"));
        most = most.max(known.appended.len());
    }
    assert!(
        most > 20,
        "the lives were too short to prove anything: at most {most} records"
    );
    let buffer = FallbackBuffer::open(&directory).expect("opened");
    assert_eq!(buffer.len().expect("counted"), known.appended.len() as u64);
}
