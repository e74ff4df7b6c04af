//! The fuzz targets by seed: the corpus, then mutations of it. `cargo xtask fuzz` searches for longer, guided by
//! coverage; this asks the same questions on every push. A failure names target and seed; `SEED=7` replays it, `SEEDS=100000` tries
//! more.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use std::path::Path;

/// The targets themselves.
#[path = "../../../redis-client/fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "public to the fuzz binaries")]
mod targets;

type Target = fn(&[u8]);

/// Mutations per target; those that open logs or compile schemas cost more.
const SEEDS: [(&str, Target, u64); 11] = [
    ("record", targets::record, 150),
    ("recovery", targets::recovery, 300),
    ("log_files", targets::log_files, 300),
    ("import", targets::import, 500),
    ("key", targets::key, 5_000),
    ("scalar", targets::scalar, 5_000),
    ("features", targets::features, 5_000),
    ("replies", targets::replies, 5_000),
    ("url", targets::url, 2_000),
    ("schema_load", targets::schema_load, 250),
    ("decoders", targets::decoders, 3_000),
];

/// `SplitMix64`: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

/// The corpus of a target, in the order of its names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../redis-client/fuzz/corpus")
        .join(target);
    let mut paths: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 2, "{target} has a corpus");
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A few edits: bytes flipped, inserted and removed, pieces of other inputs spliced in, words of JSON and of keys.
fn mutate(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    const WORDS: [&[u8]; 12] = [
        b"null",
        b"{}",
        b"[]",
        b"\"$ref\":\"#\"",
        b"-0.0",
        b"1e9",
        b"\\u0000",
        b"*",
        b":",
        b"\xff",
        b"{\"not\":{}}",
        b"9007199254740993",
    ];
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        match random.below(6) {
            0 | 1 if at < input.len() => input[at] ^= 1 << random.below(8),
            2 => input.truncate(at),
            3 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let to = from + random.below(other.len() - from + 1);
                input.splice(at..at, other[from..to].iter().copied());
            }
            4 => {
                let end = (at + random.below(8)).min(input.len());
                input.drain(at..end);
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                input.splice(at..at, word.iter().copied());
            }
        }
    }
    input
}

fn run(name: &str) {
    let (_, target, seeds) = SEEDS.into_iter().find(|(known, ..)| *known == name).unwrap();
    let corpus = corpus(name);
    for input in &corpus {
        target(input);
    }
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let (first, last) = match number("SEED") {
        Some(seed) => (seed, seed + 1),
        None => (0, number("SEEDS").unwrap_or(seeds)),
    };
    for seed in first..last {
        let input = mutate(&mut Random(seed), &corpus);
        let held = std::panic::catch_unwind(|| target(&input));
        assert!(
            held.is_ok(),
            "{name} with SEED={seed}: {:?}",
            String::from_utf8_lossy(&input)
        );
    }
}

#[test]
fn record() {
    run("record");
}

#[test]
fn recovery() {
    run("recovery");
}

#[test]
fn log_files() {
    run("log_files");
}

#[test]
fn import() {
    run("import");
}

#[test]
fn key() {
    run("key");
}

#[test]
fn scalar() {
    run("scalar");
}

#[test]
fn features() {
    run("features");
}

#[test]
fn replies() {
    run("replies");
}

#[test]
fn url() {
    run("url");
}

#[test]
fn schema_load() {
    run("schema_load");
}

#[test]
fn decoders() {
    run("decoders");
}
