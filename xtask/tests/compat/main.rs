//! `cargo xtask compat`, held against an independent validator: each "incompatible" needs a witness that the validator confirms,
//! each "compatible" must survive values that are generated from the writer's schema.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "clippy knows the tests, but not the helpers beside them; rows of a table are values"
)]

mod command;
mod evaluator;
mod generate;
mod pages;
mod random;
mod table;

use serde_json::Value;

/// The report on two schemas.
fn compare(old: &Value, new: &Value) -> Value {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str, schema: &Value| {
        let path = directory.path().join(name);
        std::fs::write(&path, schema.to_string()).unwrap();
        path
    };
    let (old, new) = (path("old.json", old), path("new.json", new));
    let report = redis_client_xtask::compat::compare(&old, &new);
    serde_json::from_str(&report.unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render()))).unwrap()
}

/// The referee.
fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("decimal", |text: &str| {
            let unsigned = text.strip_prefix('-').unwrap_or(text);
            let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(fraction) && digits(exponent) && exponent.len() <= 9
        })
        .build(schema)
        .unwrap()
}

/// Holds a report against the referee and returns the verdicts, backward and forward.
fn referee(old: &Value, new: &Value, seed: u64) -> (String, String) {
    let report = compare(old, new);
    let word = |direction: &str| report[direction].as_str().unwrap().to_owned();
    for (direction, writes, reads) in [("backward", old, new), ("forward", new, old)] {
        let context = || format!("{direction}\nwriter {writes}\nreader {reads}\nreport {report}");
        let (writer, reader) = (validator(writes), validator(reads));
        let changes = report["changes"].as_array().unwrap();
        let breaks = |change: &&Value| {
            let breaks = change["breaks"].as_str().unwrap();
            breaks == direction || breaks == "both"
        };
        match word(direction).as_str() {
            "compatible" => {
                assert!(!changes.iter().any(|change| breaks(&change)), "{}", context());
                for value in generate::values(writes, seed, 40) {
                    assert!(
                        !writer.is_valid(&value) || reader.is_valid(&value),
                        "wrongly compatible: {value}\n{}",
                        context()
                    );
                }
            }
            "incompatible" => {
                let shows = |change: &&Value| {
                    let witness = &change["witness"];
                    writer.is_valid(witness) && !reader.is_valid(witness)
                };
                let confirmed = changes.iter().filter(breaks).any(|change| shows(&change));
                assert!(confirmed, "no witness that the referee confirms\n{}", context());
            }
            _ => {
                assert!(changes.iter().any(|change| breaks(&change)), "{}", context());
            }
        }
    }
    (word("backward"), word("forward"))
}
