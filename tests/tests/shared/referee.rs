//! A JSON Schema validator that knows nothing of the generator, with formats asserted as `docs/schema-language.md` has them; what
//! the generated types may answer otherwise, each by the name of its reason; and whether anything was lost when a value was
//! written again.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Retrieve, Uri, ValidationError, Validator};
use redis_client::Timestamp;
use serde_json::Value;

/// Files by their addresses.
struct Files(BTreeMap<String, Value>);

impl Retrieve for Files {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let found = self.0.get(uri.as_str()).cloned();
        found.ok_or_else(|| format!("no file {uri}").into())
    }
}

/// The validator of a schema, given as files by their addresses, the first of which is the root.
pub(crate) fn validator(files: &[(String, Value)]) -> Validator {
    let (address, root) = &files[0];
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_base_uri(address.clone())
        .with_retriever(Files(files.iter().cloned().collect()))
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_format("decimal", is_decimal)
        .with_format("hostname", is_hostname)
        .build(root)
        .unwrap_or_else(|error| panic!("{error}\n{root}"))
}

/// Our own format: `^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?$`.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && digits(exponent) && exponent.len() <= 9
}

/// RFC 1123, section 2.1. The validator's own refuses `ab--cd`, and knows little of IDNA.
fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether a value holds what nobody but us judges here: labels of IDNA, which the official suite has cases for.
pub(crate) fn is_beyond_the_referee(value: &Value) -> bool {
    match value {
        Value::String(text) => text.to_ascii_lowercase().contains("xn--"),
        Value::Array(items) => items.iter().any(is_beyond_the_referee),
        Value::Object(members) => members.values().any(is_beyond_the_referee),
        _ => false,
    }
}

/// 2^53 - 1: beyond it floats leave out integers.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// Whether a refusal of a valid value is documented: integers are 64 bits wide, in TypeScript 53, and a whole number that is written
/// with a fraction is taken below 2^53 only.
pub(crate) fn is_documented(language: &str, value: &Value, reason: &str) -> bool {
    if language == "TypeScript" && reason.contains("2^53") {
        return has_whole_beyond(value, EXACT);
    }
    // The greatest float below 2^63.
    has_float_beyond(value, EXACT) || has_whole_beyond(value, 9_223_372_036_854_774_784.0)
}

/// Whether an acceptance of an invalid value is documented: a `number` is a float of 64 bits, so that one beyond 2^53 can be
/// rounded away from the integer that it equals beside it in an array of unique values.
pub(crate) fn is_documented_acceptance(validator: &Validator, value: &Value) -> bool {
    let is_uniqueness = |error: ValidationError<'_>| matches!(error.kind(), ValidationErrorKind::UniqueItems);
    has_whole_beyond(value, EXACT) && validator.iter_errors(value).all(is_uniqueness)
}

fn numbers(value: &Value) -> Vec<&serde_json::Number> {
    match value {
        Value::Number(number) => vec![number],
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(members) => members.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

fn has_whole_beyond(value: &Value, limit: f64) -> bool {
    let is = |number: f64| number.fract() == 0.0 && number.abs() > limit;
    numbers(value)
        .iter()
        .any(|number| number.as_f64().is_some_and(is))
}

fn has_float_beyond(value: &Value, limit: f64) -> bool {
    let floats: Vec<f64> = numbers(value)
        .into_iter()
        .filter(|number| number.is_f64())
        .filter_map(serde_json::Number::as_f64)
        .collect();
    floats
        .iter()
        .any(|number| number.fract() == 0.0 && number.abs() > limit)
}

/// The members of a valid value that its schema describes, by the JSON pointers of their objects: what the annotations of the
/// validator name. All other members may be lost by those who read an open object.
pub(crate) fn described(validator: &Validator, value: &Value) -> BTreeSet<(String, String)> {
    let mut described = BTreeSet::new();
    for entry in validator.evaluate(value).iter_annotations() {
        for name in entry.annotations.value().as_array().into_iter().flatten() {
            let name = name.as_str().unwrap_or_default().to_owned();
            described.insert((entry.instance_location.as_str().to_owned(), name));
        }
    }
    described
}

/// What may differ between a value and what is written for it, beside the spelling of numbers and times.
pub(crate) struct Allowed<'a> {
    /// Whether a member may be missing, by the JSON pointer of its object and its name.
    pub(crate) lost: &'a dyn Fn(&str, &str) -> bool,
    /// Whether a member that was absent may be `null`, which is its `default`.
    pub(crate) added: bool,
}

/// Where a written value differs from the one that was read, as a JSON pointer.
pub(crate) fn difference(given: &Value, written: &Value, allowed: &Allowed<'_>) -> Option<String> {
    at(given, written, allowed, "")
}

fn at(given: &Value, written: &Value, allowed: &Allowed<'_>, place: &str) -> Option<String> {
    let same = match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            for (name, value) in given {
                let below = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                match written.get(name) {
                    Some(other) => {
                        let difference = at(value, other, allowed, &below);
                        if difference.is_some() {
                            return difference;
                        }
                    }
                    None if (allowed.lost)(place, name) => {}
                    None => return Some(below),
                }
            }
            let mut new = written.iter().filter(|(name, _)| !given.contains_key(*name));
            new.all(|(_, value)| allowed.added && value.is_null())
        }
        (Value::Array(given), Value::Array(written)) => {
            for (index, (value, other)) in given.iter().zip(written).enumerate() {
                let difference = at(value, other, allowed, &format!("{place}/{index}"));
                if difference.is_some() {
                    return difference;
                }
            }
            given.len() == written.len()
        }
        // `1.0` is `1`.
        (Value::Number(given), Value::Number(written)) => {
            given == written || given.as_f64() == written.as_f64()
        }
        (Value::String(given), Value::String(written)) => given == written || is_same_time(given, written),
        (given, written) => given == written,
    };
    (!same).then(|| place.to_owned())
}

/// Whether both are the same time in two spellings: a time has one on the wire.
fn is_same_time(given: &str, written: &str) -> bool {
    matches!((given.parse::<Timestamp>(), written.parse::<Timestamp>()), (Ok(a), Ok(b)) if a == b)
}
