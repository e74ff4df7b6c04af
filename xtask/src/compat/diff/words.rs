//! What was and what is, in words.

use std::collections::BTreeSet;

use crate::codegen::number::Exact;
use crate::compat::flat::{Counts, Flat};
use crate::compat::schema::{Node, kind};

pub(super) fn mentions(node: &Node, keyword: &str) -> bool {
    match keyword {
        "type" => node.types.is_some(),
        "const" | "enum" => node.values.is_some(),
        "minimum" => node.minimum.is_some(),
        "maximum" => node.maximum.is_some(),
        "multipleOf" => node.multiple_of.is_some(),
        "minLength" => node.min_length.is_some(),
        "maxLength" => node.max_length.is_some(),
        "pattern" => node.pattern.is_some(),
        "format" => node.format.is_some(),
        "minItems" => node.min_items.is_some(),
        "maxItems" => node.max_items.is_some(),
        "uniqueItems" => node.unique,
        "items" => node.items.is_some(),
        "prefixItems" => !node.prefix.is_empty(),
        "properties" => !node.properties.is_empty(),
        "required" => !node.required.is_empty(),
        "additionalProperties" => node.additional.is_some(),
        "patternProperties" => !node.pattern_properties.is_empty(),
        "propertyNames" => node.names.is_some(),
        "minProperties" => node.min_properties.is_some(),
        "maxProperties" => node.max_properties.is_some(),
        "anyOf" => !node.any.is_empty(),
        "oneOf" => !node.one.is_empty(),
        other => {
            node.notes.contains_key(other)
                || node.redis.contains_key(other)
                || node
                    .opaque
                    .as_ref()
                    .is_some_and(|opaque| opaque.keywords.contains_key(other))
        }
    }
}

pub(super) fn narrowed(new_within_old: bool, old_within_new: bool, names: [&'static str; 3]) -> &'static str {
    let [narrowed, widened, changed] = names;
    match (new_within_old, old_within_new) {
        (true, _) => narrowed,
        (false, true) => widened,
        (false, false) => changed,
    }
}

pub(super) fn types(bits: u8) -> String {
    let names = kind::NAMES
        .iter()
        .filter(|(_, bit)| bits & bit == *bit)
        .map(|(name, _)| *name);
    let names: Vec<&str> = names
        .filter(|name| *name != "integer" || bits & kind::NUMBER != kind::NUMBER)
        .collect();
    match names.len() {
        0 => "no type".to_owned(),
        6 => "any type".to_owned(),
        _ => names.join(" or "),
    }
}

pub(super) fn range(flat: &Flat) -> String {
    let side = |limit: &Option<(Exact, bool)>, closed: &str, open: &str| {
        limit
            .as_ref()
            .map(|(limit, is_open)| format!("{} {limit}", if *is_open { open } else { closed }))
    };
    let sides: Vec<String> = [side(&flat.low, ">=", ">"), side(&flat.high, "<=", "<")]
        .into_iter()
        .flatten()
        .collect();
    if sides.is_empty() {
        "no limit".to_owned()
    } else {
        sides.join(" and ")
    }
}

pub(super) fn counts(counts: Counts) -> String {
    match counts.max {
        Some(max) => format!("{} to {max}", counts.min),
        None => format!("{} or more", counts.min),
    }
}

pub(super) fn words(set: &BTreeSet<String>) -> String {
    if set.is_empty() {
        return "nothing".to_owned();
    }
    set.iter()
        .map(|text| format!("`{text}`"))
        .collect::<Vec<_>>()
        .join(" and ")
}

pub(super) fn shown(text: Option<&String>) -> String {
    text.map_or_else(|| "nothing".to_owned(), |text| format!("`{text}`"))
}
