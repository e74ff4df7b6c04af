//! What two sets of schemas promise, item by item: events, keys, roots and shared definitions, and which item of the old
//! set is which of the new.
//!
//! An item is found again by its file and pointer; an event or key that moved, by its channel or template. A
//! definition in a file whose root describes data is a part of that and judged with it; in a file of definitions alone each is
//! a type that others build on, and judged by itself.

use std::collections::BTreeMap;

use super::schema::{Arena, Builder, Id, resolve};
use crate::codegen::diagnostics::Diagnostics;
use crate::codegen::keywords::{self, Verdict};
use crate::codegen::load::{Node, Sources};
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
    builder.check_loops();
    let item = |(id, built, what, value, main)| {
        let (file, pointer) = (&set.document(id).name, &set.schema(id).pointer);
        Item {
            what,
            file: if main { String::new() } else { file.clone() },
            pointer: pointer.clone(),
            schema: built,
            redis: arena.node(built).redis.clone(),
            value,
        }
    };
    items.into_iter().map(item).collect()
}

/// Whether a definition is a promise of its own: its file has no root that describes data.
fn stands_alone(set: &Resolved<'_>, id: SchemaId) -> bool {
    !is_data(&set.document(id).root)
}

/// Whether the root of a file is about data: it says what they are, or holds no definitions, and data are anything.
fn is_data(root: &Node) -> bool {
    let definitions = root.get("$defs").and_then(Node::as_object);
    describes_data(root) || definitions.is_none_or(<[_]>::is_empty)
}

fn describes_data(root: &Node) -> bool {
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
        |a, b| same_place(a, b) && a.what == b.what,
    ] {
        for item in std::mem::take(&mut rest) {
            match take(&mut old, &|other| same(other, &item)) {
                Some(other) => pairs.push((Some(other), Some(item))),
                None => rest.push(item),
            }
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
