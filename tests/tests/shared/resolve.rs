//! Where references of a schema lead, for the generator of values: a few plain rules, and none of the generator's code.

use std::collections::BTreeMap;

use serde_json::Value;

/// A schema in the file, or the part of one with an `$id`, against which its references are read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) schema: &'a Value,
    base: usize,
}

/// A schema and what it refers to.
pub(crate) struct Bundle<'a> {
    /// The address of each file and of each part with an `$id`; the first is the root.
    resources: Vec<(String, &'a Value)>,
    by_address: BTreeMap<String, usize>,
}

impl<'a> Bundle<'a> {
    /// Takes the files by their addresses; the first is the root.
    pub(crate) fn new(files: &'a [(String, Value)]) -> Self {
        let mut bundle = Self {
            resources: Vec::new(),
            by_address: BTreeMap::new(),
        };
        for (address, schema) in files {
            bundle.add(address.clone(), schema);
            bundle.find(address, schema);
        }
        bundle
    }

    pub(crate) fn root(&self) -> Place<'a> {
        Place {
            schema: self.resources[0].1,
            base: 0,
        }
    }

    fn add(&mut self, address: String, schema: &'a Value) {
        self.by_address
            .entry(address.clone())
            .or_insert(self.resources.len());
        self.resources.push((address, schema));
    }

    /// Finds each `$id` below a schema.
    fn find(&mut self, base: &str, schema: &'a Value) {
        let mut base = base.to_owned();
        if let Some(id) = schema.get("$id").and_then(Value::as_str) {
            base = join(&base, id);
            self.add(base.clone(), schema);
        }
        let below: Vec<&Value> = match schema {
            Value::Object(members) => members.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        for schema in below {
            self.find(&base, schema);
        }
    }

    /// A schema that stands below another.
    pub(crate) fn below(&self, place: Place<'a>, schema: &'a Value) -> Place<'a> {
        let id = schema.get("$id").and_then(Value::as_str);
        let own = id.and_then(|id| self.by_address.get(&join(&self.resources[place.base].0, id)));
        Place {
            schema,
            base: own.copied().unwrap_or(place.base),
        }
    }

    /// The target of a reference.
    pub(crate) fn follow(&self, place: Place<'a>, reference: &str) -> Option<Place<'a>> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let address = join(&self.resources[place.base].0, address);
        let base = *self.by_address.get(&address)?;
        let mut at = Place {
            schema: self.resources[base].1,
            base,
        };
        if fragment.is_empty() {
            return Some(at);
        }
        let Some(steps) = fragment.strip_prefix('/') else {
            return anchor(at.schema, fragment).map(|schema| self.below(at, schema));
        };
        for step in steps.split('/') {
            let step = percent_decoded(step).replace("~1", "/").replace("~0", "~");
            let next = match at.schema {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                other => other.get(&step)?,
            };
            at = self.below(at, next);
        }
        Some(at)
    }
}

fn anchor<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    match schema {
        Value::Object(members) => {
            if members.get("$anchor").and_then(Value::as_str) == Some(name) {
                return Some(schema);
            }
            members.values().find_map(|below| anchor(below, name))
        }
        Value::Array(items) => items.iter().find_map(|below| anchor(below, name)),
        _ => None,
    }
}

/// RFC 3986, section 5.2, as far as schemas use it.
fn join(base: &str, reference: &str) -> String {
    let has_scheme = reference.contains("://") || reference.starts_with("urn:");
    let reference = reference.trim_end_matches('#');
    if has_scheme || reference.is_empty() {
        return if reference.is_empty() { base } else { reference }.to_owned();
    }
    let mut folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut rest = reference;
    while let Some(outside) = rest.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        rest = outside;
    }
    format!("{folder}/{}", rest.trim_start_matches("./"))
}

fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        let code = part
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                bytes.extend(part.bytes().skip(2));
            }
            None => bytes.extend(b"%".iter().copied().chain(part.bytes())),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
