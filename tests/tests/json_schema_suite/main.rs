//! The official JSON Schema test suite, draft 2020-12, against the generator: for each of its schemas, either the
//! generated types accept exactly the values that the suite calls valid, in Rust, Python and TypeScript, or the schema is
//! refused, with a file and a pointer that lead to the reason.
//!
//! `tests/vectors/json-schema-suite/` holds the cases, its README where they come from and what the tiers mean. No value
//! is sampled. What is refused and why stands in `refused.txt`; `UPDATE_EXPECT=1` rewrites it, and the diff is to be read.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "../shared/judges.rs"]
mod judges;
mod suite;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use redis_client_xtask::Project;
use serde_json::Value;

use judges::{Question, Verdict};
use suite::{Case, Test, Tier};

/// Cases of the core tier that are refused: none may be.
const CORE_REFUSED: [&str; 0] = [];

/// Integers are 64 bits wide, as the documentation says; these valid ones are not.
const WIDER_THAN_64_BITS: &str = "bignum_0_original";

/// Where the packages of the cases go.
fn directory() -> PathBuf {
    Project::of_this_repository().target().join("json-schema-suite")
}

/// What became of the schemas.
struct Outcome {
    cases: Vec<Case>,
    /// The Rust of each case that was taken.
    modules: BTreeMap<String, String>,
    /// Why the others were not.
    refusals: BTreeMap<String, Refusal>,
}

/// The report of a refused schema, as file and pointer of each mistake.
struct Refusal {
    places: Vec<(String, String)>,
    report: String,
}

/// Generates every target for every case, below `packages`.
fn generate(packages: &Path) -> Outcome {
    let cases = suite::cases(packages);
    let mut modules = BTreeMap::new();
    let mut refusals = BTreeMap::new();
    for case in &cases {
        match judges::generate(&case.schema, &packages.join(&case.name)) {
            Ok(text) => {
                modules.insert(case.name.clone(), text);
            }
            Err(report) => {
                let places = report.sorted();
                let places = places.iter().map(|d| (d.file.clone(), d.pointer.clone()));
                let refusal = Refusal {
                    places: places.collect(),
                    report: report.render(),
                };
                refusals.insert(case.name.clone(), refusal);
            }
        }
    }
    Outcome {
        cases,
        modules,
        refusals,
    }
}

#[test]
fn what_is_taken_is_judged_exactly_in_every_language() {
    let packages = directory().join("cases");
    let _ = fs::remove_dir_all(&packages);
    let outcome = generate(&packages);
    let asked: Vec<(&Case, &Test)> = outcome
        .cases
        .iter()
        .filter(|case| outcome.modules.contains_key(&case.name))
        .flat_map(|case| case.tests.iter().map(move |test| (case, test)))
        .collect();
    let questions: Vec<Question<'_>> = asked
        .iter()
        .map(|(case, test)| (case.name.as_str(), test.data.as_str()))
        .collect();
    let modules: Vec<_> = outcome
        .modules
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let rust = judges::ask(judges::rust("json-schema-suite", &modules), &questions);
    let python = judges::ask(judges::python(&packages), &questions);
    let typescript = judges::ask(judges::node(&packages), &questions);

    let mut wrong = Vec::new();
    for (language, verdicts) in [("Rust", &rust), ("Python", &python), ("TypeScript", &typescript)] {
        for ((case, test), verdict) in asked.iter().zip(verdicts) {
            if let Some(fault) = fault(language, case, test, verdict) {
                wrong.push(format!(
                    "{language}, {} ({}), {}: {}\n  {fault}",
                    case.name, case.description, test.description, test.data
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} verdicts are wrong:\n{}",
        wrong.len(),
        3 * asked.len(),
        wrong.join("\n")
    );
    assert!(asked.len() >= 400, "only {} values were judged", asked.len());
}

/// What is wrong with a verdict.
fn fault(language: &str, case: &Case, test: &Test, verdict: &Verdict) -> Option<String> {
    match (verdict, test.valid) {
        (Err(_), false) => None,
        (Ok(_), false) => Some("wrongly accepted".to_owned()),
        (Err(reason), true) => {
            let documented =
                case.name == WIDER_THAN_64_BITS || (language == "TypeScript" && reason.contains("2^53"));
            (!documented).then(|| format!("wrongly rejected: {reason}"))
        }
        (Ok(written), true) => {
            let read = |text: &str| serde_json::from_str::<Value>(text).map(normal).unwrap();
            let (written, given) = (read(written), read(&test.data));
            // Members that nothing describes are kept where the schema speaks of them.
            let schema = fs::read_to_string(&case.schema).unwrap();
            let open = !schema.contains("additionalProperties") && !schema.contains("patternProperties");
            let same =
                written == given || is_same_time(&written, &given) || (open && is_part(&written, &given));
            (!same).then(|| format!("lost on the way: written again as {written}"))
        }
    }
}

/// Whether both are the same time in two spellings: a time has one on the wire.
fn is_same_time(written: &Value, given: &Value) -> bool {
    let time = |value: &Value| value.as_str()?.parse::<redis_client::Timestamp>().ok();
    matches!((time(written), time(given)), (Some(a), Some(b)) if a == b)
}

/// Whether `written` is `given`, perhaps without some members of its objects.
fn is_part(written: &Value, given: &Value) -> bool {
    match (written, given) {
        (Value::Object(written), Value::Object(given)) => written
            .iter()
            .all(|(name, value)| given.get(name).is_some_and(|other| is_part(value, other))),
        (Value::Array(written), Value::Array(given)) => {
            written.len() == given.len() && written.iter().zip(given).all(|(a, b)| is_part(a, b))
        }
        _ => written == given,
    }
}

/// A value by which two texts of the same JSON value are equal: `1.0` is `1`.
fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => Value::String(format!("{float:.0}")),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, normal(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn what_is_refused_is_refused_where_it_is_at_fault() {
    let packages = tempfile::tempdir().unwrap();
    let outcome = generate(packages.path());
    let mut report = String::new();
    let mut core = Vec::new();
    for case in &outcome.cases {
        let Some(refusal) = outcome.refusals.get(&case.name) else {
            continue;
        };
        if case.tier == Tier::Core {
            core.push(case.name.as_str());
        }
        let tier = if case.tier == Tier::Core {
            "core"
        } else {
            "refuse-fine"
        };
        writeln!(report, "{} ({tier}): {}", case.name, case.description).unwrap();
        for line in refusal.report.lines().filter(|line| line.starts_with("error: ")) {
            writeln!(report, "  {line}").unwrap();
        }
        for (file, pointer) in &refusal.places {
            writeln!(report, "  {file}#{pointer}").unwrap();
            let path = case.schema.parent().unwrap().join(file);
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {file}: {error}", case.name));
            let schema: Value = serde_json::from_str(&text).unwrap();
            assert!(
                schema.pointer(pointer).is_some(),
                "{}: nothing stands at {pointer} of {file}",
                case.name
            );
        }
    }
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/json_schema_suite/refused.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&expected, &report).unwrap();
    }
    assert_eq!(core, CORE_REFUSED, "refused in the core tier");
    let before = fs::read_to_string(expected).unwrap_or_default();
    assert!(
        before == report,
        "not as expected; UPDATE_EXPECT=1 rewrites, then read the diff. Now:\n{report}"
    );
}
