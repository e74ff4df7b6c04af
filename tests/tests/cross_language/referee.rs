//! The loop is closed: a generated type accepts exactly what its own schema does, as an independent validator reads it, and
//! what it writes is the value that it read.
//!
//! Python and TypeScript are asked the same texts and must answer as Rust does, so that one comparison with the validator
//! is one with all three.

use redis_client_xtask::codegen::diagnostics::Diagnostics;
use redis_client_xtask::codegen::load::Document;
use serde_json::Value;

use crate::shared::referee::{self, Allowed};
use crate::shared::values::{self, Random, Values};
use crate::verdicts::Judge;

/// Values that are made of each schema.
const VALUES: u64 = 250;

fn files(schema: &Value) -> Vec<(String, Value)> {
    vec![("schema:///of-the-type".to_owned(), schema.clone())]
}

/// Values of a schema as texts, half of them changed in a place or two.
pub(crate) fn near(schema: &Value) -> Vec<String> {
    let files = files(schema);
    let mut values = Values::new(&files);
    let mut random = Random(7);
    let donors: Vec<Value> = (0..12).map(|_| values.generate(&mut random)).collect();
    let text = |seed| {
        let mut random = Random(seed);
        let mut value = values.generate(&mut random);
        if random.chance(2) {
            for _ in 0..=random.below(2) {
                values::mutate(&mut value, &donors, &mut random);
            }
        }
        values::spelled(&value, &mut random)
    };
    (0..VALUES).map(text).collect()
}

/// Holds the verdicts of a type against the validator; at least `fewest` texts must be valid, and as many not.
pub(crate) fn check<'a>(
    name: &str,
    judge: Judge,
    schema: &Value,
    texts: impl Iterator<Item = &'a [u8]>,
    fewest: usize,
) {
    let validator = referee::validator(&files(schema));
    let has_defaults = schema.to_string().contains("\"default\":null");
    let (mut judged, mut faults) = ([0, 0], Vec::new());
    for text in texts {
        let verdict = judge(text);
        let value = readable(text);
        if value.as_ref().is_some_and(referee::is_beyond_the_referee) {
            continue;
        }
        let valid = value.as_ref().is_some_and(|value| validator.is_valid(value));
        judged[usize::from(valid)] += 1;
        let fault = match (&verdict, value) {
            (Ok(written), Some(value)) if valid => {
                let written: Value = serde_json::from_slice(written).unwrap();
                let described = referee::described(&validator, &value);
                let allowed = Allowed {
                    lost: &|object, name| !described.contains(&(object.to_owned(), name.to_owned())),
                    added: has_defaults,
                };
                referee::difference(&value, &written, &allowed)
                    .map(|place| format!("lost at {place:?}: written as {written}"))
            }
            (Ok(_), Some(value)) if referee::is_documented_acceptance(&validator, &value) => None,
            (Ok(_), _) => Some("accepted, and the validator refuses it".to_owned()),
            // The `null` of a definition belongs to whoever refers to it, whose type is nullable then.
            (Err(_), Some(Value::Null)) => None,
            (Err(reason), Some(value)) if valid && !referee::is_documented("Rust", &value, reason) => {
                Some(format!("refused, and the validator accepts it: {reason}"))
            }
            (Err(_), _) => None,
        };
        let shown: String = String::from_utf8_lossy(text).chars().take(300).collect();
        faults.extend(fault.map(|fault| format!("{shown}\n  {fault}")));
    }
    let count = faults.len();
    faults.truncate(10);
    assert!(count == 0, "{name}: {count} faults\n{}", faults.join("\n"));
    assert!(
        judged.iter().all(|count| *count >= fewest),
        "{name}: {judged:?} refused and accepted"
    );
}

/// The value of a text, unless it is no JSON or two readers could read two values: names that stand twice, for one.
fn readable(text: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    let mut faults = Diagnostics::default();
    Document::parse("value".to_owned(), String::new(), text.to_owned(), &mut faults)?;
    if !faults.is_empty() {
        return None;
    }
    serde_json::from_str(text).ok()
}
