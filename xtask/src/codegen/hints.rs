//! What somebody probably meant who wrote a keyword that is not one, or gave one a value that it cannot have: words of other languages
//! and of earlier drafts, and slips of the hand.

use std::collections::HashSet;

use super::diagnostics::nearest;
use super::keywords::{self, Holds, Verdict};
use super::load::{Node, Value};
use super::lower::write_string;
use super::number::Exact;
use super::resolve::malformed;

/// Keywords of earlier drafts and of other tools, with what says the same here.
const FOREIGN: &[(&str, &str)] = &[
    (
        "nullable",
        "add `null` to the types: `\"type\": [\"string\", \"null\"]`",
    ),
    (
        "discriminator",
        "give each alternative a required member with a `const` of its own",
    ),
    (
        "optional",
        "every member is, unless the object lists it in `required`",
    ),
    ("id", "write `$id`"),
    ("divisibleBy", "write `multipleOf`"),
    ("extends", "write `allOf`"),
    ("disallow", "say what is allowed instead"),
    (
        "enumNames",
        "give each value a `title`: `\"oneOf\": [{ \"const\": 1, \"title\": \"One\" }]`",
    ),
    ("regex", "write `pattern`"),
    ("values", "write `enum`"),
    ("symbols", "write `enum`"),
    ("fields", "write `properties`, with a schema by the name of each"),
    ("name", "write `title`"),
    ("kind", "write `type`"),
    (
        "min",
        "write `minimum` for numbers, `minLength` for texts, `minItems` for arrays",
    ),
    (
        "max",
        "write `maximum` for numbers, `maxLength` for texts, `maxItems` for arrays",
    ),
    ("length", "write `minLength` and `maxLength`"),
    ("size", "write `minItems` and `maxItems`"),
    (
        "precision",
        "write `\"format\": \"decimal\"` for a string, and bound its digits by `pattern`",
    ),
    (
        "scale",
        "write `\"format\": \"decimal\"` for a string, and bound its digits by `pattern`",
    ),
    ("channel", "write `x-redis-channel`"),
    ("x-channel", "write `x-redis-channel`"),
    ("key", "write `x-redis-key`"),
    ("x-key", "write `x-redis-key`"),
    ("ttl", "write `x-redis-ttl`, in seconds"),
    ("x-ttl", "write `x-redis-ttl`, in seconds"),
];

/// Names of types in other languages.
const TYPES: [(&str, &str); 15] = [
    ("str", "string"),
    ("text", "string"),
    ("char", "string"),
    ("int", "integer"),
    ("long", "integer"),
    ("bool", "boolean"),
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("dict", "object"),
    ("record", "object"),
    ("map", "object"),
    ("list", "array"),
    ("none", "null"),
    ("nil", "null"),
];

/// Names of types elsewhere that are formats of strings here.
const TEXTS: [(&str, &str); 8] = [
    ("date", "date"),
    ("datetime", "date-time"),
    ("date-time", "date-time"),
    ("timestamp", "date-time"),
    ("time", "time"),
    ("uuid", "uuid"),
    ("uri", "uri"),
    ("email", "email"),
];

/// The types of JSON Schema.
pub(super) const TYPE_NAMES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

/// What to write instead of a keyword that does not exist.
pub(super) fn unknown(name: &str, value: &Node) -> String {
    if let Some((_, help)) = FOREIGN.iter().find(|(foreign, _)| *foreign == name) {
        return (*help).to_owned();
    }
    let known = keywords::TABLE.iter();
    let known = known.filter(|keyword| !matches!(keyword.verdict, Verdict::Refused(_)));
    let known = known.map(|keyword| keyword.name);
    // What all of ours begin with makes none of them likely.
    let near = match name.strip_prefix("x-redis-") {
        Some(rest) => {
            let rests = known.filter_map(|name| Some((name, name.strip_prefix("x-redis-")?)));
            let rests: Vec<(&str, &str)> = rests.collect();
            let near = nearest(rest, rests.iter().map(|(_, rest)| *rest));
            near.and_then(|near| rests.iter().find(|(_, rest)| *rest == near))
                .map(|(name, _)| *name)
        }
        None => nearest(name, known),
    };
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if is_like_a_schema(value) => {
            format!(
                "put the member into `properties`: `\"properties\": {{ {}: {{ .. }} }}`",
                quoted(name)
            )
        }
        None if name.starts_with("x-") => {
            let own = keywords::TABLE.iter().map(|keyword| keyword.name);
            let own: Vec<String> = own
                .filter(|name| name.starts_with("x-"))
                .map(|name| format!("`{name}`"))
                .collect();
            format!("the keywords of this generator are {}", own.join(", "))
        }
        None => "nothing in a schema is ignored; put remarks into `$comment`".to_owned(),
    }
}

/// Whether a value is an object of keywords.
fn is_like_a_schema(node: &Node) -> bool {
    let members = node.as_object().unwrap_or(&[]);
    !members.is_empty()
        && members
            .iter()
            .all(|member| keywords::find(&member.name).is_some())
}

/// What to write instead of a value that the keyword cannot have, when that is plain.
pub(crate) fn value(keyword: &str, holds: Holds, node: &Node) -> Option<String> {
    let given = |text: &str| Some(text.to_owned());
    match (holds, &node.value) {
        (Holds::Types, _) => types(node),
        (Holds::Flag, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Some(format!("write `{text}` without quotes"))
        }
        (Holds::Text, Value::Object(_)) if matches!(keyword, "$ref" | "x-redis-value") => {
            given("put the schema into `$defs`, and refer to it: `\"#/$defs/name\"`")
        }
        (Holds::Count | Holds::Number | Holds::Positive, Value::String(text))
            if text.parse::<f64>().is_ok_and(f64::is_finite) =>
        {
            Some(format!("write `{text}` without quotes"))
        }
        (Holds::Count, Value::Number(text))
            if keyword.starts_with("max")
                && Exact::parse(text).is_none_or(|n| n.is_integer() && !n.is_negative()) =>
        {
            given("leave it out: nothing is so long")
        }
        (Holds::Number, Value::Bool(_)) if keyword.starts_with("exclusive") => {
            given("draft-04 spelling; give the limit itself, in place of `minimum` or `maximum`")
        }
        (Holds::Texts, Value::Bool(_)) if keyword == "required" => {
            given("draft-03 spelling; the object around it lists the names of its required members")
        }
        (Holds::Count, Value::String(_)) if matches!(keyword, "x-redis-ttl" | "x-redis-max-age") => {
            given("write the number of seconds")
        }
        (Holds::Texts, Value::Object(members)) => {
            let names: Vec<String> = members.iter().map(|member| quoted(&member.name)).collect();
            Some(format!("list the names: `[{}]`", names.join(", ")))
        }
        (Holds::Count, Value::Number(_)) if keyword.starts_with("max") => {
            given("leave it out where there is no limit")
        }
        (Holds::Texts, Value::Array(items)) => repeated(items),
        (Holds::Texts, Value::String(text)) => Some(format!("write `[{}]`", quoted(text))),
        (Holds::Values | Holds::Schemas, Value::Array(_)) => given("leave it out, or fill it"),
        (Holds::Values | Holds::List, Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
            given("put it into an array")
        }
        (Holds::Schemas, Value::Object(_)) => given("put the schema into an array"),
        (Holds::SchemaMap, Value::Array(_)) => given("give each schema its name: `{ \"name\": { .. } }`"),
        _ => None,
    }
}

/// What is wrong with a list that is none of distinct texts.
fn repeated(items: &[Node]) -> Option<String> {
    let texts: Option<Vec<&str>> = items.iter().map(Node::as_str).collect();
    let Some(texts) = texts else {
        return Some("names are texts, in double quotes".to_owned());
    };
    let mut seen = HashSet::new();
    let twice = texts.into_iter().find(|text| !seen.insert(*text))?;
    Some(format!("list {} once", quoted(twice)))
}

fn types(node: &Node) -> Option<String> {
    match &node.value {
        Value::Object(_) => return Some("put what is in it beside `type`, or in place of it".to_owned()),
        Value::Array(items) if items.iter().any(|item| item.as_object().is_some()) => {
            return Some("a list of schemas is an `anyOf`".to_owned());
        }
        _ => {}
    }
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    let wrong = names
        .iter()
        .filter_map(Node::as_str)
        .find(|name| !TYPE_NAMES.contains(name))?;
    if wrong == "any" {
        return Some("leave `type` out to allow any value".to_owned());
    }
    let small = wrong.to_lowercase();
    let of_text = TEXTS.iter().find(|(foreign, _)| *foreign == small);
    if let Some((_, format)) = of_text {
        return Some(format!("write `\"type\": \"string\", \"format\": \"{format}\"`"));
    }
    if small == "enum" {
        return Some("leave `type` out: `enum` alone lists the values".to_owned());
    }
    let foreign = TYPES.iter().find(|(foreign, _)| *foreign == small);
    let meant = foreign
        .map(|(_, name)| *name)
        .or_else(|| nearest(wrong, TYPE_NAMES))?;
    Some(format!("did you mean `{meant}`?"))
}

/// What to write instead of a value that is no schema; `keyword` is what it is the value of, if it is that alone.
pub(crate) fn schema(keyword: Option<&str>, member: Option<&str>, node: &Node) -> Option<String> {
    if let Some(member) = member
        && keywords::find(member).is_some_and(|keyword| is_no_schema(keyword.holds, node))
    {
        return Some(format!(
            "a member called `{member}` is described here; the keyword stands beside `properties`"
        ));
    }
    match &node.value {
        Value::String(text) if matches!(text.as_str(), "true" | "false") => {
            Some(format!("write `{text}` without quotes"))
        }
        Value::String(text) if TYPE_NAMES.contains(&text.as_str()) => {
            Some(format!("write `{{ \"type\": {} }}`", quoted(text)))
        }
        Value::Array(_) if keyword == Some("items") => {
            Some("`prefixItems` lists what the first elements are".to_owned())
        }
        Value::Array(_) => Some("a list of schemas is an `anyOf`, or an `allOf`".to_owned()),
        Value::Null => {
            Some("write `{ \"type\": \"null\" }` for what is `null`, or `{}` for any value".to_owned())
        }
        _ => None,
    }
}

/// Whether a value that is no schema is one that the keyword can have.
fn is_no_schema(holds: Holds, node: &Node) -> bool {
    !matches!(holds, Holds::Anything | Holds::Unseen) && malformed(holds, node).is_none()
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_string(text, &mut out);
    out
}
