//! Random schemas of our dialect: what the generator takes is judged in Rust, Python and TypeScript as an independent validator
//! judges it, value by value, and written again without loss.
//!
//! Everything follows from seeds, which a failure names. `RANDOM_SCHEMAS` asks for more of them than a usual run has time for,
//! `RANDOM_SEED` says where to begin: `RANDOM_SEED=17 RANDOM_SCHEMAS=1` is the seventeenth schema alone.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod grow;
#[path = "../shared/mod.rs"]
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use redis_client_xtask::Project;
use serde_json::Value;

use shared::judges::{self, Verdict};
use shared::referee::{self, Allowed};
use shared::values::{self, Random, Values};

/// Schemas in a usual run; most of its time goes into compiling what is made of them.
const SCHEMAS: u64 = 64;

/// Values that each of them is asked about.
const VALUES: usize = 100;

/// Of all schemas, so many in a hundred must be taken. What is refused is refused with a reason, but a generator that refuses much
/// proves little here.
const TAKEN_PERCENT: usize = 65;

const LANGUAGES: [&str; 3] = ["Rust", "Python", "TypeScript"];

/// A schema that the generator took.
struct Taken {
    name: String,
    /// The files by their addresses; the first is the root.
    files: Vec<(String, Value)>,
    module: String,
}

/// A text that its schema is asked about, and what the referee says of it.
struct Question {
    taken: usize,
    text: String,
    value: Value,
    valid: bool,
    /// The members that its schema describes.
    described: BTreeSet<(String, String)>,
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn every_language_judges_random_schemas_as_the_validator_does() {
    let (first, count) = (setting("RANDOM_SEED", 0), setting("RANDOM_SCHEMAS", SCHEMAS));
    let directory = Project::of_this_repository().target().join("judges/random-cases");
    let _ = fs::remove_dir_all(&directory);
    let mut taken = Vec::new();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    for seed in first..first + count {
        let name = format!("seed_{seed}");
        let grown = grow::grow(seed);
        let place = directory.join(&name);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("schema.json"), grown.root.to_string()).unwrap();
        fs::write(place.join("other.json"), grown.other.to_string()).unwrap();
        match judges::generate(&place.join("schema.json"), &place) {
            Ok(module) => taken.push(Taken {
                files: vec![
                    (format!("file:///{name}/schema.json"), grown.root),
                    (format!("file:///{name}/other.json"), grown.other),
                ],
                name,
                module,
            }),
            Err(report) => {
                let report = report.sorted();
                assert!(!report.is_empty(), "seed {seed} is refused without a reason");
                *refused.entry(report[0].message.clone()).or_default() += 1;
            }
        }
    }
    let questions = questions(&taken);
    let faults = ask(&taken, &questions);
    let valid = questions.iter().filter(|question| question.valid).count();
    let share = format!(
        "{} of {count} schemas taken, {} texts, {valid} of them valid",
        taken.len(),
        questions.len()
    );
    eprintln!("{share}");
    let mut shown = String::new();
    for language in LANGUAGES {
        let own = faults.iter().filter(|fault| fault.starts_with(language));
        for fault in own.take(4) {
            writeln!(shown, "{fault}").unwrap();
        }
    }
    assert!(faults.is_empty(), "{} faults; {share}\n{shown}", faults.len());
    let refusals = || {
        refused
            .iter()
            .map(|(why, times)| format!("{times} x {why}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    if count >= SCHEMAS {
        assert!(
            taken.len() * 100 >= TAKEN_PERCENT * usize::try_from(count).unwrap(),
            "{share}; refused:\n{}",
            refusals()
        );
        assert!(
            valid * 4 > questions.len() && valid * 10 < questions.len() * 9,
            "{share}"
        );
    }
}

/// The texts that each schema is asked about, each once.
fn questions(taken: &[Taken]) -> Vec<Question> {
    let mut questions = Vec::new();
    for (index, schema) in taken.iter().enumerate() {
        let validator = referee::validator(&schema.files);
        let mut values = Values::new(&schema.files);
        let mut random = Random(index as u64 + 1);
        let donors: Vec<Value> = (0..12).map(|_| values.generate(&mut random)).collect();
        let mut seen = BTreeSet::new();
        for _ in 0..VALUES {
            let mut value = values.generate(&mut random);
            if random.chance(2) {
                for _ in 0..=random.below(2) {
                    values::mutate(&mut value, &donors, &mut random);
                }
            }
            let text = values::spelled(&value, &mut random);
            // Judged is what stands in the text: a number has another spelling than it was generated with.
            let value: Value = serde_json::from_str(&text).unwrap();
            if seen.insert(text.clone()) {
                let valid = validator.is_valid(&value);
                questions.push(Question {
                    taken: index,
                    described: if valid {
                        referee::described(&validator, &value)
                    } else {
                        BTreeSet::new()
                    },
                    valid,
                    text,
                    value,
                });
            }
        }
    }
    questions
}

/// Asks all three languages, and again what they wrote.
fn ask(taken: &[Taken], questions: &[Question]) -> Vec<String> {
    let directory = Project::of_this_repository().target().join("judges/random-cases");
    let modules: Vec<_> = taken
        .iter()
        .map(|taken| (taken.name.as_str(), taken.module.as_str()))
        .collect();
    let texts: Vec<(&str, &str)> = questions
        .iter()
        .map(|question| (taken[question.taken].name.as_str(), question.text.as_str()))
        .collect();
    let judge = |language: &str| match language {
        "Rust" => judges::rust("random-schemas", &modules),
        "Python" => judges::python(&directory),
        _ => judges::node(&directory),
    };
    let mut faults = Vec::new();
    let mut rust: Vec<Verdict> = Vec::new();
    for language in LANGUAGES {
        let verdicts = judges::ask(judge(language), &texts);
        let written: Vec<(&str, &str)> = texts
            .iter()
            .zip(&verdicts)
            .filter_map(|((name, _), verdict)| Some((*name, verdict.as_ref().ok()?.as_str())))
            .collect();
        let again = judges::ask(judge(language), &written);
        let mut again = written.iter().zip(again);
        for (index, (question, verdict)) in questions.iter().zip(&verdicts).enumerate() {
            let again = verdict.is_ok().then(|| again.next().unwrap());
            let fault = fault(language, &taken[question.taken], question, verdict);
            let fault = fault.or_else(|| {
                let ((_, written), again) = again?;
                (again != Ok((*written).to_owned()))
                    .then(|| format!("{written} is written again as {again:?}"))
            });
            // Python writes what Rust writes; JavaScript has one kind of number.
            let fault = fault.or_else(|| {
                let (ours, theirs) = (rust.get(index)?.as_ref().ok()?, verdict.as_ref().ok()?);
                let differ = if language == "Python" {
                    ours != theirs
                } else {
                    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
                    let exactly = Allowed {
                        lost: &|_, _| false,
                        added: false,
                    };
                    referee::difference(&read(ours), &read(theirs), &exactly).is_some()
                };
                differ.then(|| format!("written as {theirs}, in Rust as {ours}"))
            });
            if let Some(fault) = fault {
                let schema = &taken[question.taken];
                faults.push(format!(
                    "{language}, {}: {}\n  {fault}\n  {}",
                    schema.name, question.text, schema.files[0].1
                ));
            }
        }
        if language == "Rust" {
            rust = verdicts;
        }
    }
    faults
}

/// What is wrong with a verdict by the referee's.
fn fault(language: &str, schema: &Taken, question: &Question, verdict: &Verdict) -> Option<String> {
    match (verdict, question.valid) {
        (Err(_), false) => None,
        (Ok(_), false) => Some("accepted, and the validator refuses it".to_owned()),
        (Err(reason), true) => {
            let documented = referee::is_documented(language, &question.value, reason);
            (!documented).then(|| format!("refused, and the validator accepts it: {reason}"))
        }
        (Ok(written), true) => {
            let written: Value = serde_json::from_str(written).unwrap();
            let allowed = Allowed {
                lost: &|object, name| !question.described.contains(&(object.to_owned(), name.to_owned())),
                added: schema.files[0].1.to_string().contains("\"default\":null"),
            };
            let place = referee::difference(&question.value, &written, &allowed);
            place.map(|place| format!("lost at {place}: written as {written}"))
        }
    }
}
