//! Schemas in a form that can be reasoned about: every keyword in its own place, every reference followed, old and new
//! in one arena. Nothing is merged or simplified here, so that a rule can still be pointed at.
//!
//! A keyword that this module does not know makes its schema opaque: nothing is ever proven from it, except that whole
//! schemas with the same words, none of which leads elsewhere, say the same. Start at [`Builder`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::json::Json;
use crate::codegen::diagnostics::{Diagnostic, Diagnostics};
use crate::codegen::hints;
use crate::codegen::keywords::{self, Holds, Verdict};
use crate::codegen::load::{self, Sources, Value, pointer_to};
use crate::codegen::lower::{ENDLESS, ENDLESS_HELP};
use crate::codegen::number::Exact;
use crate::codegen::resolve::{Resolved, SchemaId, malformed, value_at};

/// A schema of the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(usize);

/// The schema `true`.
pub(crate) const TRUE: Id = Id(0);
/// The schema `false`.
pub(crate) const FALSE: Id = Id(1);

/// A JSON type as a bit; every integer is a number.
pub(crate) mod kind {
    pub(crate) const NULL: u8 = 1;
    pub(crate) const BOOLEAN: u8 = 2;
    pub(crate) const INTEGER: u8 = 4;
    pub(crate) const NUMBER: u8 = 8 | INTEGER;
    pub(crate) const TEXT: u8 = 16;
    pub(crate) const ARRAY: u8 = 32;
    pub(crate) const OBJECT: u8 = 64;
    pub(crate) const ALL: u8 = 127;

    /// The types one by one, the simplest first.
    pub(crate) const EACH: [u8; 6] = [NULL, BOOLEAN, NUMBER, TEXT, ARRAY, OBJECT];

    pub(crate) const NAMES: [(&str, u8); 7] = [
        ("null", NULL),
        ("boolean", BOOLEAN),
        ("integer", INTEGER),
        ("number", NUMBER),
        ("string", TEXT),
        ("array", ARRAY),
        ("object", OBJECT),
    ];
}

/// A place below a schema: its name, whether what stands there has an order (in `allOf`, `anyOf` and `oneOf` it has none), and
/// what stands there.
type Below = (String, bool, Vec<Id>);

/// What one schema says, keyword by keyword; absent ones say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Node {
    /// `false`: no value at all.
    pub(crate) never: bool,
    pub(crate) types: Option<u8>,
    /// `const`, `enum`, or what is in both.
    pub(crate) values: Option<Vec<Json>>,
    pub(crate) minimum: Option<Exact>,
    pub(crate) maximum: Option<Exact>,
    pub(crate) above: Option<Exact>,
    pub(crate) below: Option<Exact>,
    pub(crate) multiple_of: Option<Exact>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) prefix: Vec<Id>,
    pub(crate) items: Option<Id>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique: bool,
    pub(crate) properties: BTreeMap<String, Id>,
    pub(crate) required: BTreeSet<String>,
    pub(crate) pattern_properties: Vec<(String, Id)>,
    pub(crate) additional: Option<Id>,
    pub(crate) names: Option<Id>,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    /// What members are that nothing beside or below describes.
    pub(crate) unevaluated: Option<Id>,
    pub(crate) reference: Option<Id>,
    pub(crate) all: Vec<Id>,
    pub(crate) any: Vec<Id>,
    pub(crate) one: Vec<Id>,
    /// What is said by keywords that nothing is known about.
    pub(crate) opaque: Option<Rc<Opaque>>,
    /// Annotations and defaults: they change no verdict, but are shown.
    pub(crate) notes: BTreeMap<String, String>,
    /// Keywords of ours.
    pub(crate) redis: BTreeMap<String, String>,
    /// Where the schema stands, if it was written by somebody: file, empty for the one that was asked for, and pointer.
    pub(crate) place: Option<(String, String)>,
}

/// What a schema with keywords that nothing is known about says: one thing, because such keywords depend on those beside
/// them (`minContains` on `contains`, `unevaluatedItems` on `prefixItems`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Opaque {
    /// The whole schema; with its place when its words may mean something else elsewhere.
    pub(crate) text: String,
    /// The keywords, with their values as text.
    pub(crate) keywords: BTreeMap<String, String>,
}

impl Node {
    /// What this schema says by itself, without words for people.
    pub(super) fn without_below(&self) -> Self {
        Self {
            prefix: Vec::new(),
            items: None,
            properties: BTreeMap::new(),
            pattern_properties: Vec::new(),
            additional: None,
            names: None,
            unevaluated: None,
            reference: None,
            all: Vec::new(),
            any: Vec::new(),
            one: Vec::new(),
            notes: BTreeMap::new(),
            place: None,
            ..self.clone()
        }
    }

    /// Whether names of members stand in `properties` and `required` and nowhere else.
    pub(crate) fn speaks_of_names_in_properties_alone(&self) -> bool {
        let applied = self.all.len() + self.any.len() + self.one.len() + self.pattern_properties.len();
        let elsewhere = self.reference.or(self.names);
        let named = self
            .required
            .iter()
            .all(|name| self.properties.contains_key(name));
        applied == 0 && elsewhere.is_none() && self.values.is_none() && self.opaque.is_none() && named
    }

    /// What stands below this schema, place by place.
    fn below(&self) -> Vec<Below> {
        let ordered = |name: &str, ids: &[Id]| (name.to_owned(), true, ids.to_vec());
        let unordered = |name: &str, ids: &[Id]| (name.to_owned(), false, ids.to_vec());
        let mut below = vec![
            ordered("prefix", &self.prefix),
            ordered("items", self.items.as_slice()),
            ordered("additional", self.additional.as_slice()),
            ordered("names", self.names.as_slice()),
            ordered("unevaluated", self.unevaluated.as_slice()),
            ordered("reference", self.reference.as_slice()),
            unordered("all", &self.all),
            unordered("any", &self.any),
            unordered("one", &self.one),
        ];
        for (name, id) in &self.properties {
            below.push((format!("property {name}"), true, vec![*id]));
        }
        for (pattern, id) in &self.pattern_properties {
            below.push((format!("pattern {pattern}"), true, vec![*id]));
        }
        below.retain(|(_, _, ids)| !ids.is_empty());
        below
    }

    /// Schemas that hold for the same value.
    pub(crate) fn conjuncts(&self) -> impl Iterator<Item = Id> + '_ {
        self.reference.into_iter().chain(self.all.iter().copied())
    }

    /// Schemas that are asked about the same value.
    fn in_place(&self) -> impl Iterator<Item = Id> + '_ {
        self.conjuncts()
            .chain(self.any.iter().copied())
            .chain(self.one.iter().copied())
    }

    /// Whether this schema says itself which members there are.
    pub(crate) fn describes_members(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.pattern_properties.is_empty()
            || self.describes_the_rest()
    }

    /// Whether this schema speaks of members that it does not name: generated types keep and send them then, as
    /// `docs/schema-language.md` says. What a keyword that nothing is known about speaks of, nobody knows.
    pub(crate) fn describes_the_rest(&self) -> bool {
        let counted = self.min_properties.is_some() || self.max_properties.is_some();
        let rest = [self.additional, self.unevaluated].into_iter().flatten();
        let said = counted || self.names.is_some() || self.opaque.is_some();
        said || rest.into_iter().any(|id| id != FALSE)
    }
}

/// Numbers equal keys alike, in the order of their first appearance.
fn numbered<K: Eq + std::hash::Hash>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut numbers: HashMap<K, usize> = HashMap::new();
    keys.map(|key| {
        let next = numbers.len();
        *numbers.entry(key).or_insert(next)
    })
    .collect()
}

/// The schemas of both sides.
#[derive(Debug)]
pub(crate) struct Arena {
    nodes: Vec<Rc<Node>>,
    /// Schemas made on the way, so that the same question is the same schema.
    made: HashMap<String, Id>,
    /// For each schema that was read, the first that says the same.
    alike: Vec<Id>,
}

impl Default for Arena {
    fn default() -> Self {
        let never = Node {
            never: true,
            ..Node::default()
        };
        Self {
            nodes: vec![Rc::default(), Rc::new(never)],
            made: HashMap::new(),
            alike: Vec::new(),
        }
    }
}

impl Arena {
    /// The schema behind `id`.
    pub(crate) fn node(&self, id: Id) -> &Rc<Node> {
        self.nodes.get(id.0).expect("an id is an index into its arena")
    }

    /// The first schema that says the same as this one, whatever its words and the order of its alternatives.
    pub(crate) fn alike(&self, id: Id) -> Id {
        self.alike.get(id.0).copied().unwrap_or(id)
    }

    /// Finds out which schemas say the same: those that no path into them tells apart. What did not change between two
    /// sides is then one schema, and needs no search. `false` when the schemas are too many, or lead too far into each other.
    #[must_use]
    pub(crate) fn find_alike(&mut self) -> bool {
        /// Schemas looked at.
        const LOOKS_MAX: usize = 4_000_000;
        let below: Vec<Vec<Below>> = self.nodes.iter().map(|node| node.below()).collect();
        let own = self.nodes.iter().zip(&below).map(|(node, below)| {
            let places: Vec<(&str, usize)> = below
                .iter()
                .map(|(name, _, ids)| (name.as_str(), ids.len()))
                .collect();
            format!("{:?} {places:?}", node.without_below())
        });
        let mut classes = numbered(own);
        let mut count = 0;
        // Bound: each turn parts a class, of which there are no more than schemas.
        for turn in 1.. {
            let found = classes.iter().copied().max().map_or(0, |last| last + 1);
            if found == count {
                break;
            }
            if turn * self.nodes.len() > LOOKS_MAX {
                return false;
            }
            count = found;
            let class = |id: &Id| classes.get(id.0).copied().unwrap_or(usize::MAX);
            let signature = |(places, own): (&Vec<Below>, &usize)| {
                let mut signature = vec![*own];
                for (_, is_ordered, ids) in places {
                    let start = signature.len();
                    signature.extend(ids.iter().map(class));
                    if !is_ordered && let Some(part) = signature.get_mut(start..) {
                        part.sort_unstable();
                    }
                }
                signature
            };
            classes = numbered(below.iter().zip(&classes).map(signature));
        }
        let mut first: HashMap<usize, Id> = HashMap::new();
        self.alike = classes
            .iter()
            .enumerate()
            .map(|(index, class)| *first.entry(*class).or_insert(Id(index)))
            .collect();
        true
    }

    pub(crate) fn add(&mut self, node: Node) -> Id {
        self.nodes.push(Rc::new(node));
        Id(self.nodes.len() - 1)
    }

    /// A schema that was made before under the same name, or is now.
    pub(crate) fn make(&mut self, name: String, node: impl FnOnce() -> Node) -> Id {
        if let Some(id) = self.made.get(&name) {
            return *id;
        }
        let id = self.add(node());
        self.made.insert(name, id);
        id
    }

    /// Exactly these values.
    pub(crate) fn exactly(&mut self, values: Vec<Json>) -> Id {
        let name = format!("values {}", Json::Array(values.clone()).text());
        self.make(name, || Node {
            values: Some(values),
            ..Node::default()
        })
    }

    /// Exactly this array or object, said by rules about its parts.
    pub(crate) fn shaped(&mut self, value: &Json) -> Id {
        let node = match value {
            Json::Array(items) => Node {
                types: Some(kind::ARRAY),
                min_items: Some(items.len() as u64),
                prefix: items
                    .iter()
                    .map(|item| self.exactly(vec![item.clone()]))
                    .collect(),
                items: Some(FALSE),
                ..Node::default()
            },
            Json::Object(members) => Node {
                types: Some(kind::OBJECT),
                required: members.keys().cloned().collect(),
                properties: members
                    .iter()
                    .map(|(name, value)| (name.clone(), self.exactly(vec![value.clone()])))
                    .collect(),
                additional: Some(FALSE),
                ..Node::default()
            },
            _ => return self.exactly(vec![value.clone()]),
        };
        self.make(format!("shape {}", value.text()), || node)
    }

    /// Texts that match, and all other values.
    pub(crate) fn matching(&mut self, pattern: &str) -> Id {
        self.make(format!("pattern {pattern}"), || Node {
            pattern: Some(pattern.to_owned()),
            ..Node::default()
        })
    }

    /// Every text.
    pub(crate) fn texts(&mut self) -> Id {
        self.make("texts".to_owned(), || Node {
            types: Some(kind::TEXT),
            ..Node::default()
        })
    }
}

/// Reads the schemas of one side into an arena.
pub(crate) struct Builder<'a, 'b> {
    set: &'a Resolved<'a>,
    arena: &'b mut Arena,
    diagnostics: &'b mut Diagnostics,
    /// The one document that was asked for, which needs no name.
    main: Option<usize>,
    known: HashMap<(usize, String), Id>,
}

/// Where a value that is a schema stands.
struct Stand {
    document: usize,
    pointer: String,
    /// The nearest schema around it that the resolved set knows: its base is ours.
    around: SchemaId,
}

impl<'a, 'b> Builder<'a, 'b> {
    pub(crate) fn new(
        set: &'a Resolved<'a>,
        arena: &'b mut Arena,
        diagnostics: &'b mut Diagnostics,
        main: Option<usize>,
    ) -> Self {
        Self {
            set,
            arena,
            diagnostics,
            main,
            known: HashMap::new(),
        }
    }

    /// The arena's schema for one of the set.
    pub(crate) fn schema(&mut self, id: SchemaId) -> Id {
        let schema = self.set.schema(id);
        let stand = Stand {
            document: schema.document,
            pointer: schema.pointer.clone(),
            around: id,
        };
        self.build(&stand, schema.node)
    }

    /// What a keyword of `from` refers to by `reference`.
    pub(crate) fn follow(&mut self, from: SchemaId, keyword: &str, reference: &load::Node) -> Id {
        let stand = Stand {
            document: self.set.schema(from).document,
            pointer: self.set.schema(from).pointer.clone(),
            around: from,
        };
        self.target(&stand, keyword, reference)
    }

    fn target(&mut self, stand: &Stand, keyword: &str, reference: &load::Node) -> Id {
        let text = reference.as_str().unwrap_or("");
        match self.set.follow(stand.around, text) {
            Ok(target) => self.schema(target),
            Err((message, help)) => {
                self.report(stand, keyword, reference, message, help);
                TRUE
            }
        }
    }

    fn report(
        &mut self,
        stand: &Stand,
        keyword: &str,
        node: &load::Node,
        message: String,
        help: Option<String>,
    ) {
        let document = self.set.document(stand.around);
        let pointer = pointer_to(&stand.pointer, keyword);
        let mut diagnostic = Diagnostic::at(document, node.span, pointer, message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    fn build(&mut self, stand: &Stand, value: &load::Node) -> Id {
        match &value.value {
            Value::Bool(true) => return TRUE,
            Value::Bool(false) => return FALSE,
            _ => {}
        }
        let key = (stand.document, stand.pointer.clone());
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let document = self.set.document(stand.around);
        let file = if self.main == Some(stand.document) {
            ""
        } else {
            document.name.as_str()
        };
        let place = Some((file.to_owned(), stand.pointer.clone()));
        // Reserved first: a schema may refer to itself.
        let id = self.arena.add(Node {
            place,
            ..Node::default()
        });
        self.known.insert(key, id);
        let Some(members) = value.as_object() else {
            let message = "a schema is an object, `true` or `false`";
            let mut diagnostic = Diagnostic::at(document, value.span, stand.pointer.clone(), message);
            diagnostic.help = hints::schema(None, None, value);
            self.diagnostics.push(diagnostic);
            return id;
        };
        let mut node = Node::clone(self.arena.node(id));
        let mut unknown = BTreeMap::new();
        for member in members {
            if !self.keyword(stand, &mut node, &member.name, &member.value) {
                let text = written(&member.value);
                unknown.insert(member.name.clone(), text);
            }
        }
        if !unknown.is_empty() {
            node.opaque = Some(Rc::new(Opaque {
                text: whole(stand, value),
                keywords: unknown,
            }));
        }
        if let Some(slot) = self.arena.nodes.get_mut(id.0) {
            *slot = Rc::new(node);
        }
        id
    }

    /// The schema below `stand` at `path`.
    fn below(&mut self, stand: &Stand, path: &[&str], value: &load::Node) -> Id {
        let pointer = path
            .iter()
            .fold(stand.pointer.clone(), |pointer, part| pointer_to(&pointer, part));
        let around = self.set.child(stand.around, path);
        // What the set does not know as a schema has the base of what it knows.
        let own = self.set.schema(stand.around).pointer == stand.pointer;
        let around = around.filter(|_| own).unwrap_or(stand.around);
        self.build(
            &Stand {
                document: stand.document,
                pointer,
                around,
            },
            value,
        )
    }

    fn list(&mut self, stand: &Stand, keyword: &str, value: &load::Node) -> Vec<Id> {
        let items = value.as_array().unwrap_or(&[]);
        let below =
            |(index, item): (usize, &load::Node)| self.below(stand, &[keyword, &index.to_string()], item);
        items.iter().enumerate().map(below).collect()
    }

    fn map(&mut self, stand: &Stand, keyword: &str, value: &load::Node) -> Vec<(String, Id)> {
        let members = value.as_object().unwrap_or(&[]);
        let below = |member: &load::Member| {
            let id = self.below(stand, &[keyword, &member.name], &member.value);
            (member.name.clone(), id)
        };
        members.iter().map(below).collect()
    }

    /// Whether the value of a keyword is of the form that it must have; reported when it is not.
    fn well_formed(&mut self, stand: &Stand, name: &str, value: &load::Node) -> bool {
        let holds = match name {
            "prefixItems" => Holds::Schemas,
            "patternProperties" => Holds::SchemaMap,
            _ => keywords::find(name).map_or(Holds::Unseen, |keyword| keyword.holds),
        };
        match malformed(holds, value) {
            None => true,
            Some(expected) => {
                let message = format!("the value of `{name}` must be {expected}");
                self.report(stand, name, value, message, hints::value(name, holds, value));
                false
            }
        }
    }

    /// Takes a keyword; `false` when nothing is known about it.
    fn keyword(&mut self, stand: &Stand, node: &mut Node, name: &str, value: &load::Node) -> bool {
        if !self.well_formed(stand, name, value) {
            return true;
        }
        match name {
            "$id" | "$anchor" | "$defs" | "$schema" => {}
            "type" => node.types = Some(types(value)),
            "const" => return Self::values(node, std::slice::from_ref(value)),
            "enum" => return Self::values(node, value.as_array().unwrap_or(&[])),
            "minimum" => node.minimum = number(value),
            "maximum" => node.maximum = number(value),
            "exclusiveMinimum" => node.above = number(value),
            "exclusiveMaximum" => node.below = number(value),
            "multipleOf" => node.multiple_of = number(value),
            "minLength" => node.min_length = count(value),
            "maxLength" => node.max_length = count(value),
            "pattern" => node.pattern = value.as_str().map(str::to_owned),
            "format" => node.format = value.as_str().map(str::to_owned),
            "minItems" => node.min_items = count(value),
            "maxItems" => node.max_items = count(value),
            "uniqueItems" => node.unique = matches!(value.value, Value::Bool(true)),
            "minProperties" => node.min_properties = count(value),
            "maxProperties" => node.max_properties = count(value),
            "required" => {
                let names = value.as_array().unwrap_or(&[]).iter();
                node.required = names.filter_map(load::Node::as_str).map(str::to_owned).collect();
            }
            _ if self.applicator(stand, node, name, value) => {}
            _ if name.starts_with("x-redis-") => {
                node.redis.insert(name.to_owned(), written(value));
            }
            "default" => {
                node.notes.insert(name.to_owned(), written(value));
            }
            _ => match keywords::find(name).map(|keyword| keyword.verdict) {
                Some(Verdict::Annotation) => {
                    node.notes.insert(name.to_owned(), written(value));
                }
                _ => return false,
            },
        }
        true
    }

    /// Keywords that hold schemas.
    fn applicator(&mut self, stand: &Stand, node: &mut Node, name: &str, value: &load::Node) -> bool {
        match name {
            "$ref" => node.reference = Some(self.target(stand, name, value)),
            "allOf" => node.all = self.list(stand, name, value),
            "anyOf" => node.any = self.list(stand, name, value),
            "oneOf" => node.one = self.list(stand, name, value),
            "prefixItems" => node.prefix = self.list(stand, name, value),
            "items" => node.items = Some(self.below(stand, &[name], value)),
            "additionalProperties" => node.additional = Some(self.below(stand, &[name], value)),
            "propertyNames" => node.names = Some(self.below(stand, &[name], value)),
            "properties" => node.properties = self.map(stand, name, value).into_iter().collect(),
            "patternProperties" => node.pattern_properties = self.map(stand, name, value),
            "unevaluatedProperties" => node.unevaluated = Some(self.below(stand, &[name], value)),
            _ => return false,
        }
        true
    }

    /// Takes listed values; `false` when a number among them is beyond any use.
    fn values(node: &mut Node, values: &[load::Node]) -> bool {
        let Some(read) = values.iter().map(Json::of).collect::<Option<Vec<Json>>>() else {
            return false;
        };
        match &mut node.values {
            Some(before) => before.retain(|value| read.contains(value)),
            None => node.values = Some(read),
        }
        true
    }

    /// Schemas that lead back to themselves without going into the value describe nothing: the first is reported. Whether there
    /// is one.
    pub(crate) fn check_loops(&mut self) -> bool {
        let mut ids: Vec<Id> = self.known.values().copied().collect();
        ids.sort_unstable();
        let mut settled = BTreeSet::new();
        let mut loops = ids
            .into_iter()
            .filter_map(|id| looped(self.arena, id, &mut settled, &mut Vec::new()));
        let Some(at) = loops.next() else { return false };
        let places = self.known.iter().filter(|(_, known)| **known == at);
        let place = places.map(|(place, _)| place).min();
        if let Some((index, pointer)) = place
            && let Some(document) = self.set.documents.get(*index)
        {
            let span = value_at(&document.root, pointer).map(|node| node.span);
            let diagnostic = Diagnostic::at(document, span.unwrap_or_default(), pointer, ENDLESS);
            self.diagnostics.push(diagnostic.help(ENDLESS_HELP));
        }
        true
    }
}

fn looped(arena: &Arena, id: Id, settled: &mut BTreeSet<Id>, path: &mut Vec<Id>) -> Option<Id> {
    if path.contains(&id) {
        return Some(id);
    }
    if !settled.insert(id) {
        return None;
    }
    path.push(id);
    let found = arena
        .node(id)
        .in_place()
        .find_map(|child| looped(arena, child, settled, path));
    path.pop();
    found
}

/// What the resolved set of a directory or file is read from.
pub(crate) fn resolve(sources: &Sources) -> Resolved<'_> {
    // What this stage would report is either reported again by the builder, or allowed here: keywords that the generator refuses.
    crate::codegen::resolve::resolve(sources, &mut Diagnostics::default())
}

/// Keywords that lead elsewhere: the same words may mean something else there.
const LEADING: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// What a whole schema says, words for people aside: equal for two schemas only if they mean the same.
fn whole(stand: &Stand, schema: &load::Node) -> String {
    let said = |member: &&load::Member| {
        let verdict = keywords::find(&member.name).map(|keyword| keyword.verdict);
        member.name == "$schema" || (verdict != Some(Verdict::Annotation) && member.name != "default")
    };
    let members = schema.as_object().unwrap_or(&[]).iter().filter(said);
    let read = |member: &load::Member| Some((member.name.clone(), Json::of(&member.value)?));
    let text = members
        .map(read)
        .collect::<Option<_>>()
        .map(|read| Json::Object(read).text());
    let leads = |text: &String| LEADING.iter().any(|word| text.contains(&format!("\"{word}\"")));
    match text {
        Some(text) if !leads(&text) => text,
        // The address makes it differ from one at the same place of the other side.
        _ => format!(
            "{} {} {:?}",
            stand.document,
            stand.pointer,
            std::ptr::from_ref(schema)
        ),
    }
}

/// Whether a schema is extended by those that refer to it: then even the same schema means different things.
pub(crate) fn is_dynamic(node: &load::Node) -> bool {
    match &node.value {
        Value::Array(items) => items.iter().any(is_dynamic),
        Value::Object(members) => members.iter().any(|member| {
            matches!(member.name.as_str(), "$dynamicRef" | "$recursiveRef") || is_dynamic(&member.value)
        }),
        _ => false,
    }
}

fn written(node: &load::Node) -> String {
    Json::of(node).map_or_else(|| "a number beyond any use".to_owned(), |json| json.text())
}

fn types(node: &load::Node) -> u8 {
    let names: Vec<&str> = match node.as_array() {
        Some(items) => items.iter().filter_map(load::Node::as_str).collect(),
        None => node.as_str().into_iter().collect(),
    };
    let bit = |name: &&str| {
        kind::NAMES
            .iter()
            .find(|(other, _)| other == name)
            .map_or(0, |(_, bit)| *bit)
    };
    names.iter().fold(0, |set, name| set | bit(name))
}

fn number(node: &load::Node) -> Option<Exact> {
    match &node.value {
        Value::Number(text) => Exact::parse(text),
        _ => None,
    }
}

fn count(node: &load::Node) -> Option<u64> {
    number(node).and_then(|number| number.as_u64())
}
