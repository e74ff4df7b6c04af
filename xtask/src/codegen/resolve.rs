//! Documents to one closed set of schemas: which values are schemas, what each is called, and where every `$ref`
//! leads. Nothing is fetched: a reference finds its target among the documents that were read, or is an error.
//!
//! This stage also holds every occurrence of a keyword against the closed table: unknown ones, refused ones and
//! malformed values are reported here, wherever they stand, so that `lower` only meets what it can mean.

mod follow;
mod occurrences;

pub(crate) use follow::value_at;
pub(crate) use occurrences::malformed;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicU32;

use super::diagnostics::{Diagnostic, Diagnostics};
use super::keywords::{self, Holds};
use super::load::{Document, Member, Node, Sources, pointer_to};
use super::uri;
use follow::words_of_values;

/// A schema of the set: an index into [`Resolved::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub usize);

/// What a schema is to the one around it; names of types are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The root of a document.
    Root,
    /// A definition and its name.
    Definition(String),
    /// A member of an object and its name.
    Property(String),
    /// What the elements of an array are.
    Items,
    /// One of the first elements of an array, from 0.
    Element(usize),
    /// What the undeclared members of an object are.
    Values,
    /// What the members of an object are whose names match a pattern.
    Matching(String),
    /// What the names of an object's members are.
    Names,
    /// One of several alternatives, from 0.
    Alternative(usize),
    /// One of the schemas that all hold at once: it is called what the whole is called.
    Conjunct,
}

/// A schema and where it stands.
#[derive(Debug)]
pub struct Schema<'a> {
    /// The document, an index into [`Resolved::documents`].
    pub document: usize,
    /// JSON pointer within the document.
    pub pointer: String,
    /// The value: an object, `true` or `false`.
    pub node: &'a Node,
    /// What `$ref` leads to.
    pub target: Option<SchemaId>,
    /// Whether lowering must account for it: all of what was asked for, and what that reaches elsewhere.
    pub reached: bool,
    /// Whether it was reported already, so that no second error is made of the same mistake.
    pub broken: bool,
    /// The schema around it.
    pub parent: Option<SchemaId>,
    /// What it is to that.
    pub place: Place,
    /// What `x-redis-value` refers to.
    pub value: Option<SchemaId>,
    /// Base of its references.
    base: String,
    /// Its subschemas.
    children: Vec<SchemaId>,
}

/// The closed set.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// URIs of files that references must not lead to.
    outside: &'a BTreeSet<String>,
    /// The schemas in the order of documents and places.
    pub schemas: Vec<Schema<'a>>,
    /// The root schema of each document; none for a meta-schema, which describes keywords and not data.
    pub roots: Vec<Option<SchemaId>>,
    /// How many documents were asked for; the rest was reached by reference.
    pub asked: usize,
    /// Schema by document and pointer.
    places: HashMap<(usize, String), SchemaId>,
    /// Resources by URI: the document and the pointer of their root.
    resources: HashMap<String, (usize, String)>,
    /// Anchors by resource and name.
    anchors: HashMap<(String, String), SchemaId>,
    /// How many more times somebody is told what a reference was probably meant to be.
    suggestions: AtomicU32,
}

/// To find what a wrong reference was meant to be, it is compared with every place there is: so only these many are.
const SUGGESTIONS_MAX: u32 = 50;

/// Words of `x-redis-value` that are no references.
pub const VALUE_WORDS: [&str; 3] = ["features", "lock", "string"];

/// The only `$schema` there is.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

impl<'a> Resolved<'a> {
    /// The schema behind `id`.
    ///
    /// # Panics
    ///
    /// When `id` comes from another set.
    #[must_use]
    pub fn schema(&self, id: SchemaId) -> &Schema<'a> {
        self.schemas
            .get(id.0)
            .expect("an id is an index into the set it was made for")
    }

    /// The document of a schema.
    ///
    /// # Panics
    ///
    /// When `id` comes from another set.
    #[must_use]
    pub fn document(&self, id: SchemaId) -> &'a Document {
        self.documents
            .get(self.schema(id).document)
            .expect("a schema stands in a document of its set")
    }

    /// The schema at a pointer, or the innermost one around it.
    #[must_use]
    pub fn around(&self, document: usize, pointer: &str) -> Option<SchemaId> {
        let mut pointer = pointer.to_owned();
        loop {
            let place = (document, pointer);
            if let Some(found) = self.places.get(&place) {
                return Some(*found);
            }
            pointer = place.1;
            pointer.truncate(pointer.rfind('/')?);
        }
    }

    /// The subschema of `id` at `path`, such as `["properties", "symbol"]`.
    #[must_use]
    pub fn child(&self, id: SchemaId, path: &[&str]) -> Option<SchemaId> {
        let schema = self.schema(id);
        let pointer = path
            .iter()
            .fold(schema.pointer.clone(), |pointer, part| pointer_to(&pointer, part));
        self.places.get(&(schema.document, pointer)).copied()
    }

    /// The subschemas of `id`, in order.
    #[must_use]
    pub fn children(&self, id: SchemaId) -> &[SchemaId] {
        &self.schema(id).children
    }

    /// The URI a document is known by: its `$id`, or where it was retrieved from.
    #[must_use]
    pub fn identity(&self, document: usize) -> Option<String> {
        let document = self.documents.get(document)?;
        let id = document.root.get("$id").and_then(Node::as_str)?;
        Some(uri::resolve(&document.uri, uri::split_fragment(id).0))
    }
}

/// Finds every schema, resolves every reference and checks every occurrence of a keyword against the table.
#[must_use]
pub fn resolve<'a>(sources: &'a Sources, diagnostics: &mut Diagnostics) -> Resolved<'a> {
    let mut set = Resolved {
        documents: &sources.documents,
        outside: &sources.outside,
        schemas: Vec::new(),
        roots: Vec::new(),
        asked: sources.asked,
        places: HashMap::new(),
        resources: HashMap::new(),
        anchors: HashMap::new(),
        suggestions: AtomicU32::new(SUGGESTIONS_MAX),
    };
    for (index, document) in sources.documents.iter().enumerate() {
        if sources.is_meta_schema(index) {
            set.roots.push(None);
            continue;
        }
        set.resources.insert(document.uri.clone(), (index, String::new()));
        let stand = Stand {
            document: index,
            pointer: String::new(),
            parent: None,
            place: Place::Root,
        };
        let root = set.collect(stand, &document.root, &document.uri, diagnostics);
        set.roots.push(Some(root));
    }
    let mut lost = Vec::new();
    for index in 0..set.schemas.len() {
        let id = SchemaId(index);
        for keyword in ["$ref", "x-redis-value"] {
            let Some(reference) = set.schema(id).node.get(keyword) else {
                continue;
            };
            let Some(text) = reference.as_str() else { continue };
            if keyword == "x-redis-value" && VALUE_WORDS.contains(&text) {
                continue;
            }
            match set.follow(id, text) {
                Ok(found) if keyword == "$ref" => set.edit(id, |schema| schema.target = Some(found)),
                Ok(found) => set.edit(id, |schema| schema.value = Some(found)),
                Err((message, help)) => {
                    let word = words_of_values(text).filter(|_| keyword == "x-redis-value");
                    lost.push((id, keyword, reference, (message, word.or(help))));
                }
            }
        }
    }
    set.reach();
    for (id, keyword, reference, (message, help)) in lost {
        let text = reference.as_str().unwrap_or("");
        if sources.incomplete || set.leads_to_old_definition(id, text) {
            // It may lead into the file that could not be read: what follows from what was reported is no news.
            set.edit(id, |schema| schema.broken = true);
        } else if set.schema(id).reached {
            set.report(id, keyword, reference, message, help, diagnostics);
        }
    }
    set.check_occurrences(diagnostics);
    set
}

impl<'a> Resolved<'a> {
    fn edit(&mut self, id: SchemaId, change: impl FnOnce(&mut Schema<'a>)) {
        if let Some(schema) = self.schemas.get_mut(id.0) {
            change(schema);
        }
    }

    fn report(
        &mut self,
        id: SchemaId,
        keyword: &str,
        node: &Node,
        message: String,
        help: Option<String>,
        diagnostics: &mut Diagnostics,
    ) {
        self.edit(id, |schema| schema.broken = true);
        let pointer = pointer_to(&self.schema(id).pointer, keyword);
        let mut diagnostic = Diagnostic::at(self.document(id), node.span, pointer, message);
        diagnostic.help = help;
        diagnostics.push(diagnostic);
    }

    /// Registers the schema at `pointer` and everything below it.
    fn collect(
        &mut self,
        stand: Stand,
        node: &'a Node,
        base: &str,
        diagnostics: &mut Diagnostics,
    ) -> SchemaId {
        let id = SchemaId(self.schemas.len());
        let Stand {
            document,
            pointer,
            parent,
            place,
        } = stand;
        self.schemas.push(Schema {
            document,
            pointer: pointer.clone(),
            node,
            target: None,
            reached: false,
            broken: false,
            parent,
            place,
            value: None,
            base: base.to_owned(),
            children: Vec::new(),
        });
        self.places.insert((document, pointer.clone()), id);
        let base = self.identify(id, base, diagnostics);
        let mut children = Vec::new();
        for member in node.as_object().unwrap_or(&[]) {
            let keyword = member.name.as_str();
            let inner = pointer_to(&pointer, keyword);
            let stand = |pointer: String, place: Place| Stand {
                document,
                pointer,
                parent: Some(id),
                place,
            };
            match keywords::find(keyword).map_or(Holds::Unseen, |keyword| keyword.holds) {
                Holds::Schema => {
                    let place = match keyword {
                        "items" => Place::Items,
                        "propertyNames" => Place::Names,
                        _ => Place::Values,
                    };
                    children.push(self.collect(stand(inner, place), &member.value, &base, diagnostics));
                }
                Holds::Schemas => {
                    for (index, item) in member.value.as_array().unwrap_or(&[]).iter().enumerate() {
                        let place = match keyword {
                            "allOf" => Place::Conjunct,
                            "prefixItems" => Place::Element(index),
                            _ => Place::Alternative(index),
                        };
                        let stand = stand(pointer_to(&inner, &index.to_string()), place);
                        children.push(self.collect(stand, item, &base, diagnostics));
                    }
                }
                Holds::SchemaMap => {
                    for Member { name, value, .. } in member.value.as_object().unwrap_or(&[]) {
                        let place = match keyword {
                            "$defs" => Place::Definition,
                            "patternProperties" => Place::Matching,
                            _ => Place::Property,
                        };
                        let stand = stand(pointer_to(&inner, name), place(name.clone()));
                        children.push(self.collect(stand, value, &base, diagnostics));
                    }
                }
                _ => {}
            }
        }
        self.edit(id, |schema| schema.children = children);
        id
    }

    /// Registers the `$id` and `$anchor` of a schema and returns the base of what is below it.
    fn identify(&mut self, id: SchemaId, base: &str, diagnostics: &mut Diagnostics) -> String {
        let Schema {
            node,
            document,
            ref pointer,
            ..
        } = *self.schema(id);
        let pointer = pointer.clone();
        let mut base = base.to_owned();
        if let Some((value, text)) = node.get("$id").and_then(|value| Some((value, value.as_str()?))) {
            let (resource, fragment) = uri::split_fragment(text);
            if fragment.is_some_and(|fragment| !fragment.is_empty()) || resource.is_empty() {
                let help = Some("name a part of a schema with `$anchor`".to_owned());
                let message = format!("`{text}` is no identifier of a whole schema");
                self.report(id, "$id", value, message, help, diagnostics);
            } else {
                base = uri::resolve(&base, resource);
                let resources = &mut self.resources;
                let before = resources.insert(base.clone(), (document, pointer.clone()));
                if before.is_some_and(|before| before != (document, pointer.clone())) {
                    let message = format!("`{text}` is the `$id` of another schema too");
                    let help = Some("give each an `$id` of its own".to_owned());
                    self.report(id, "$id", value, message, help, diagnostics);
                }
                self.edit(id, |schema| schema.base.clone_from(&base));
            }
        }
        if let Some((value, name)) = node
            .get("$anchor")
            .and_then(|value| Some((value, value.as_str()?)))
        {
            let valid = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
            if !valid {
                let help =
                    Some("an anchor is a letter or `_`, then letters, digits, `-`, `_` and `.`".to_owned());
                self.report(
                    id,
                    "$anchor",
                    value,
                    format!("`{name}` is no anchor"),
                    help,
                    diagnostics,
                );
            } else if self.anchors.insert((base.clone(), name.to_owned()), id).is_some() {
                let message = format!("the anchor `{name}` is given twice");
                let help = Some("give each a name of its own".to_owned());
                self.report(id, "$anchor", value, message, help, diagnostics);
            }
        }
        base
    }

    /// Marks what lowering must account for.
    fn reach(&mut self) {
        let mut queue: Vec<SchemaId> = Vec::new();
        for index in 0..self.schemas.len() {
            if self.schema(SchemaId(index)).document < self.asked {
                queue.push(SchemaId(index));
            }
        }
        // Bound: a schema is marked once.
        while let Some(id) = queue.pop() {
            let schema = self.schema(id);
            if schema.reached {
                continue;
            }
            // A definition is reached by reference only.
            let below = schema.children.iter().copied();
            let below = below.filter(|child| !matches!(self.schema(*child).place, Place::Definition(_)));
            queue.extend(below.chain(schema.target).chain(schema.value));
            self.edit(id, |schema| schema.reached = true);
        }
    }
}

/// Where a schema that is being registered stands.
struct Stand {
    document: usize,
    pointer: String,
    parent: Option<SchemaId>,
    place: Place,
}
