//! What two sets of schemas promise, item by item: events, keys, roots and shared definitions, and which item of the old
//! set is which of the new.
//!
//! An item is found again by its file and pointer; an event or key that moved, by its channel or template; a key whose parts have other
//! names, by what its template says without them; the root of a file that moved, by the key that holds it. A
//! definition in a file whose root describes data is a part of that and judged with it; in a file of definitions alone each is
//! a type that others build on, and judged by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::{Arena, Builder, Id, Node, resolve};
use crate::codegen::diagnostics::Diagnostics;
use crate::codegen::keywords::{self, Verdict};
use crate::codegen::load::{self, Sources};
use crate::codegen::resolve::{Place, Resolved, SchemaId, VALUE_WORDS};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Event,
    Key,
    /// The root of a file, which describes data.
    Root,
    Definition,
}

/// An item of the contract.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) what: What,
    /// The file, empty for the one file that was asked for.
    pub(crate) file: String,
    pub(crate) pointer: String,
    pub(crate) schema: Id,
    /// The keywords of ours, with their values as text.
    pub(crate) redis: BTreeMap<String, String>,
    /// What `x-redis-value` refers to.
    pub(crate) value: Option<Id>,
    /// Whether `schema` has the parts of a key by the names of the other side: see [`align`].
    pub(crate) is_renamed: bool,
}

/// Items of both sides that belong together; one is absent when an item came or went.
pub(crate) type Pair = (Option<Item>, Option<Item>);

/// Reads the items of one side. What is wrong with the schemas is reported.
pub(crate) fn read(
    sources: &Sources,
    one_file: bool,
    arena: &mut Arena,
    diagnostics: &mut Diagnostics,
) -> Vec<Item> {
    let set = resolve(sources);
    let mut builder = Builder::new(&set, arena, diagnostics, one_file.then_some(0));
    let mut items = Vec::new();
    for index in 0..set.schemas.len() {
        let id = SchemaId(index);
        let schema = set.schema(id);
        if schema.document >= set.asked {
            continue;
        }
        let built = builder.schema(id);
        let has = |keyword: &str| schema.node.get(keyword).is_some();
        let named = matches!(schema.place, Place::Root | Place::Definition(_));
        let what = match &schema.place {
            _ if named && has("x-redis-channel") => What::Event,
            _ if named && has("x-redis-key") => What::Key,
            Place::Root if one_file || is_data(schema.node) => What::Root,
            Place::Definition(_) if stands_alone(&set, id) => What::Definition,
            _ => continue,
        };
        let value = schema.node.get("x-redis-value");
        let value = value.filter(|node| !node.as_str().is_some_and(|word| VALUE_WORDS.contains(&word)));
        let value = value.map(|node| builder.follow(id, "x-redis-value", node));
        let main = one_file && schema.document == 0;
        items.push((id, built, what, value, main));
    }
    let _ = builder.check_loops();
    let item = |(id, built, what, value, main)| {
        let (file, pointer) = (&set.document(id).name, &set.schema(id).pointer);
        Item {
            what,
            file: if main { String::new() } else { file.clone() },
            pointer: pointer.clone(),
            schema: built,
            redis: arena.node(built).redis.clone(),
            value,
            is_renamed: false,
        }
    };
    items.into_iter().map(item).collect()
}

/// Whether a definition is a promise of its own: its file has no root that describes data.
fn stands_alone(set: &Resolved<'_>, id: SchemaId) -> bool {
    !is_data(&set.document(id).root)
}

/// Whether the root of a file is about data: it says what they are, or holds no definitions, and data are anything.
fn is_data(root: &load::Node) -> bool {
    let definitions = root.get("$defs").and_then(load::Node::as_object);
    describes_data(root) || definitions.is_none_or(<[_]>::is_empty)
}

fn describes_data(root: &load::Node) -> bool {
    root.as_object().is_none_or(|members| {
        members.iter().any(|member| {
            let structural = matches!(
                member.name.as_str(),
                "$id" | "$anchor" | "$defs" | "default" | "$schema"
            );
            let verdict = keywords::find(&member.name).map(|keyword| keyword.verdict);
            !structural && verdict != Some(Verdict::Annotation)
        })
    })
}

/// Finds for each item the one it was, or became.
pub(crate) fn pair(old: Vec<Item>, new: Vec<Item>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut old: Vec<Option<Item>> = old.into_iter().map(Some).collect();
    let mut rest: Vec<Item> = Vec::new();
    let take = |old: &mut Vec<Option<Item>>, is: &dyn Fn(&Item) -> bool| {
        let slot = old.iter_mut().find(|item| item.as_ref().is_some_and(is));
        slot.and_then(Option::take)
    };
    // The same place, and the same address.
    for item in new {
        let found = take(&mut old, &|other| {
            same_place(other, &item) && address(other) == address(&item)
        });
        match found {
            Some(other) => pairs.push((Some(other), Some(item))),
            None => rest.push(item),
        }
    }
    // What moved keeps its address; what kept its place has another address, or became something else.
    for same in [
        (|a: &Item, b: &Item| address(a).is_some() && address(a) == address(b)) as fn(&Item, &Item) -> bool,
        |a, b| renamed_parts(a, b).is_some(),
        |a, b| same_place(a, b) && a.what == b.what,
    ] {
        for item in std::mem::take(&mut rest) {
            match take(&mut old, &|other| same(other, &item)) {
                Some(other) => pairs.push((Some(other), Some(item))),
                None => rest.push(item),
            }
        }
    }
    // What a key held, it holds: a file that moved with the reference is the same.
    let held: Vec<(Id, Id)> = pairs
        .iter()
        .filter_map(|(old, new)| Some((old.as_ref()?.value?, new.as_ref()?.value?)))
        .collect();
    for item in std::mem::take(&mut rest) {
        let is_it = |other: &Item| {
            let both = other.what == What::Root && item.what == What::Root;
            both && held.contains(&(other.schema, item.schema))
        };
        match take(&mut old, &is_it) {
            Some(other) => pairs.push((Some(other), Some(item))),
            None => rest.push(item),
        }
    }
    pairs.extend(rest.into_iter().map(|item| (None, Some(item))));
    pairs.extend(old.into_iter().flatten().map(|item| (Some(item), None)));
    pairs
}

fn same_place(a: &Item, b: &Item) -> bool {
    a.file == b.file && a.pointer == b.pointer
}

/// The channel of an event, the template of a key.
fn address(item: &Item) -> Option<&String> {
    match item.what {
        What::Event => item.redis.get("x-redis-channel"),
        What::Key => item.redis.get("x-redis-key"),
        What::Root | What::Definition => None,
    }
}

/// Gives the parts of a new key the names that the old one has for them, where the templates differ in nothing but these names: what is
/// stored is the text of a key, and its parts are told apart by their places.
pub(crate) fn align(pair: &mut Pair, arena: &mut Arena) {
    let (Some(old), Some(new)) = pair else { return };
    let Some(names) = renamed_parts(old, new) else {
        return;
    };
    let node = arena.node(new.schema);
    let is_plain = |item: &Item, names: &mut dyn Iterator<Item = &String>| {
        let node = arena.node(item.schema);
        let names: BTreeSet<&String> = names.collect();
        node.speaks_of_names_in_properties_alone() && node.properties.keys().collect::<BTreeSet<_>>() == names
    };
    if !is_plain(old, &mut names.values()) || !is_plain(new, &mut names.keys()) {
        return;
    }
    let other = |name: &String| names.get(name).unwrap_or(name).clone();
    let renamed = Node {
        properties: node
            .properties
            .iter()
            .map(|(name, id)| (other(name), *id))
            .collect(),
        required: node.required.iter().map(other).collect(),
        ..Node::clone(node)
    };
    new.schema = arena.add(renamed);
    new.is_renamed = true;
}

/// The names of a new key's parts, each with what the old one calls the part in its place; `None` unless the templates are the same but
/// for these names.
fn renamed_parts(old: &Item, new: &Item) -> Option<BTreeMap<String, String>> {
    if old.what != What::Key || new.what != What::Key {
        return None;
    }
    let (old, new) = (pieces(address(old)?)?, pieces(address(new)?)?);
    let distinct = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let same = old.0 == new.0 && old.1 != new.1 && distinct(&old.1) && distinct(&new.1);
    same.then(|| new.1.into_iter().zip(old.1).collect())
}

/// What a template says around its placeholders, and their names.
fn pieces(template: &str) -> Option<(Vec<String>, Vec<String>)> {
    let mut parts = template.split('{');
    let mut around = vec![parts.next()?.to_owned()];
    let mut names = Vec::new();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        names.push(name.to_owned());
        around.push(rest.to_owned());
    }
    Some((around, names))
}
