//! Documents to one closed set of schemas: which values are schemas, what each is called, and where every `$ref`
//! leads. Nothing is fetched: a reference finds its target among the documents that were read, or is an error.
//!
//! This stage also holds every occurrence of a keyword against the closed table: unknown ones, refused ones and
//! malformed values are reported here, wherever they stand, so that `lower` only meets what it can mean.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};

use super::diagnostics::{Diagnostic, Diagnostics, nearest};
use super::hints;
use super::keywords::{self, Holds, Verdict};
use super::load::{Document, Member, Node, Sources, Value, pointer_to};
use super::number::Exact;
use super::uri;

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

    /// The schema that `reference`, written in `from`, leads to; or what is wrong with it.
    ///
    /// # Errors
    ///
    /// Text for people: the reference leads nowhere, or to something that is no schema.
    pub fn follow(&self, from: SchemaId, reference: &str) -> Result<SchemaId, (String, Option<String>)> {
        let (resource, fragment) = uri::split_fragment(reference);
        let target = uri::resolve(&self.schema(from).base, resource);
        let Some((document, root)) = self.resources.get(&target) else {
            if self.outside.contains(&target) {
                let help = "move the file below that directory: what is generated depends on the files there and on nothing else";
                return Err((
                    format!("`{reference}` leads out of the directory of the schemas"),
                    Some(help.to_owned()),
                ));
            }
            // Somebody may have meant a definition by its name alone.
            let pointer = pointer_to("/$defs", resource);
            let is_definition = self
                .places
                .contains_key(&(self.schema(from).document, pointer.clone()));
            let help = if is_definition && fragment.is_none() {
                format!("did you mean `#{pointer}`?")
            } else {
                self.nearest_resource(resource)
            };
            return Err((
                format!("`{reference}` leads nowhere: no schema that was read is called `{resource}`"),
                Some(help),
            ));
        };
        let Some(fragment) = uri::percent_decode(fragment.unwrap_or("")) else {
            let help = "write `%25` for the character `%`".to_owned();
            return Err((format!("`{reference}` has a broken `%` escape"), Some(help)));
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = format!("{root}{fragment}");
            if let Some(found) = self.places.get(&(*document, pointer.clone())) {
                return Ok(*found);
            }
            let help = self.meant_place(&fragment, (*document, root.as_str()));
            let help = help.map(|near| format!("did you mean `{resource}#{near}`?"));
            let help = help.or_else(|| self.definitions((*document, root.as_str())));
            let help = help.or_else(|| {
                let is_old = fragment.starts_with("/definitions/");
                is_old.then(|| "draft-07 spelling; definitions stand in `$defs`".to_owned())
            });
            let exists = self
                .documents
                .get(*document)
                .is_some_and(|d| value_at(&d.root, &pointer).is_some());
            if !exists {
                return Err((
                    format!("`{reference}` leads nowhere: there is nothing there"),
                    help,
                ));
            }
            let help = match fragment.strip_prefix("/definitions/") {
                Some(name) => format!("call `definitions` `$defs`, and write `{resource}#/$defs/{name}`"),
                None => "put the schema into `$defs`".to_owned(),
            };
            let message = format!("`{reference}` leads nowhere: what is there is no schema");
            return Err((message, Some(help)));
        }
        if let Some(found) = self.anchors.get(&(target.clone(), fragment.clone())) {
            return Ok(*found);
        }
        let names = self
            .anchors
            .keys()
            .filter(|(of, _)| *of == target)
            .map(|(_, name)| name.as_str());
        let help = self.meant(&fragment, names).map(str::to_owned);
        let help = help.or_else(|| {
            let place = pointer_to("/$defs", &fragment);
            self.meant_place(&place, (*document, root.as_str()))
                .map(str::to_owned)
        });
        let help = help.map(|near| format!("did you mean `{resource}#{near}`?"));
        Err((
            format!("`{reference}` leads nowhere: there is no `$anchor` called `{fragment}`"),
            help,
        ))
    }

    /// The URI a document is known by: its `$id`, or where it was retrieved from.
    #[must_use]
    pub fn identity(&self, document: usize) -> Option<String> {
        let document = self.documents.get(document)?;
        let id = document.root.get("$id").and_then(Node::as_str)?;
        Some(uri::resolve(&document.uri, uri::split_fragment(id).0))
    }

    /// What a wrong word was probably meant to be, for as long as looking for it costs no more than it is worth.
    fn meant<'w>(&self, word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
        self.may_suggest().then(|| nearest(word, known)).flatten()
    }

    fn may_suggest(&self) -> bool {
        // Ordering: none is needed, one thread at a time looks at a set.
        let left = self.suggestions.load(Ordering::Relaxed).checked_sub(1);
        self.suggestions.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some()
    }

    /// The place that a wrong pointer into a resource was probably meant to be: one of the same name, or of nearly the same pointer.
    fn meant_place(&self, fragment: &str, (document, root): (usize, &str)) -> Option<&str> {
        if !self.may_suggest() {
            return None;
        }
        let places = self.places.keys().filter(|(of, _)| *of == document);
        let places: Vec<&str> = places
            .filter_map(|(_, pointer)| pointer.strip_prefix(root))
            .collect();
        let name = fragment.rsplit('/').next().filter(|name| !name.is_empty())?;
        let alike = places
            .iter()
            .filter(|place| place.rsplit('/').next() == Some(name));
        let alike = alike.min_by_key(|place| (place.len(), **place)).copied();
        alike.or_else(|| nearest(fragment, places))
    }

    /// Which definitions a resource has, if a person can choose among them.
    fn definitions(&self, (document, root): (usize, &str)) -> Option<String> {
        let names = value_at(&self.documents.get(document)?.root, root)?
            .get("$defs")?
            .as_object()?;
        let names: Vec<String> = names.iter().map(|member| format!("`{}`", member.name)).collect();
        (1..=8)
            .contains(&names.len())
            .then(|| format!("the definitions there are {}", names.join(", ")))
    }

    fn nearest_resource(&self, resource: &str) -> String {
        let names: Vec<&str> = self
            .documents
            .iter()
            .map(|document| document.name.as_str())
            .collect();
        let tail = resource.rsplit('/').next().unwrap_or(resource);
        let near = names
            .iter()
            .copied()
            .find(|name| name.rsplit('/').next() == Some(tail));
        match near.or_else(|| self.meant(resource, names.iter().copied())) {
            Some(near) => {
                format!("did you mean the file `{near}`? the path is relative to the file that refers to it")
            }
            None if uri::is_absolute(resource) => {
                "references are never fetched: give the path of a file, relative to the one that refers to it"
                    .to_owned()
            }
            None => "there is no such file; the path is relative to the file that refers to it".to_owned(),
        }
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
        if sources.incomplete {
            // It may lead into the file that could not be read: what follows from that is no news.
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

    fn check_occurrences(&mut self, diagnostics: &mut Diagnostics) {
        for index in 0..self.schemas.len() {
            let id = SchemaId(index);
            let schema = self.schema(id);
            if !schema.reached {
                continue;
            }
            let node = schema.node;
            match &node.value {
                Value::Bool(_) => {}
                Value::Object(members) => {
                    for member in members {
                        self.check_occurrence(id, member, diagnostics);
                    }
                }
                _ => {
                    let pointer = schema.pointer.clone();
                    let keyword = (schema.place == Place::Items).then_some("items");
                    let member = match &schema.place {
                        Place::Property(name) => Some(name.as_str()),
                        _ => None,
                    };
                    let help = hints::schema(keyword, member, node);
                    let message = "a schema is an object, `true` or `false`";
                    let mut diagnostic = Diagnostic::at(self.document(id), node.span, pointer, message);
                    diagnostic.help = help;
                    diagnostics.push(diagnostic);
                    self.edit(id, |schema| schema.broken = true);
                }
            }
        }
    }

    fn check_occurrence(&mut self, id: SchemaId, member: &Member, diagnostics: &mut Diagnostics) {
        let name = member.name.as_str();
        let fault = match keywords::find(name) {
            None => Some((
                format!("unknown keyword `{name}`"),
                Some(hints::unknown(name, &member.value)),
            )),
            Some(keyword) => match keyword.verdict {
                Verdict::Refused(help) => Some((
                    format!("the keyword `{name}` is not supported"),
                    Some(help.to_owned()),
                )),
                Verdict::Enforced | Verdict::Annotation => {
                    malformed(keyword.holds, &member.value).map(|expected| {
                        let help = hints::value(name, keyword.holds, &member.value);
                        (format!("the value of `{name}` must be {expected}"), help)
                    })
                }
            },
        };
        if let Some((message, help)) = fault {
            self.edit(id, |schema| schema.broken = true);
            let pointer = pointer_to(&self.schema(id).pointer, name);
            let known = keywords::find(name).is_some_and(|k| !matches!(k.verdict, Verdict::Refused(_)));
            let span = if known {
                member.value.span
            } else {
                member.name_span
            };
            let mut diagnostic = Diagnostic::at(self.document(id), span, pointer, message);
            diagnostic.help = help;
            diagnostics.push(diagnostic);
        } else if name == "$schema" {
            self.check_dialect(id, member, diagnostics);
        }
    }

    /// `$schema` names the dialect, or a meta-schema of ours that was read: an editor follows it.
    fn check_dialect(&mut self, id: SchemaId, member: &Member, diagnostics: &mut Diagnostics) {
        let text = member.value.as_str().unwrap_or("");
        if uri::split_fragment(text) == (DIALECT, None) || text == format!("{DIALECT}#") {
            return;
        }
        let document = self.document(id);
        let target = uri::resolve(&document.uri, text);
        let by_id = uri::resolve(&self.schema(id).base, text);
        let meta_schemas = self.documents.iter().zip(&self.roots);
        let mut meta_schemas = meta_schemas.filter(|(_, root)| root.is_none());
        let vocabulary = meta_schemas.any(|(other, _)| {
            let own = other.root.get("$id").and_then(Node::as_str);
            other.uri == target || own == Some(by_id.as_str())
        });
        if !vocabulary {
            let help = Some(format!("write \"$schema\": \"{DIALECT}\""));
            let message = format!("`{text}` is not the dialect this generator reads, draft 2020-12");
            self.report(id, "$schema", &member.value, message, help, diagnostics);
        }
    }
}

/// What a value of `x-redis-value` was probably meant to be that looks like a word.
fn words_of_values(text: &str) -> Option<String> {
    if text.contains(['#', '/', '.']) {
        return None;
    }
    Some(match nearest(text, VALUE_WORDS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `features`, `lock` or `string`, or refer to a schema: `#/$defs/name`".to_owned(),
    })
}

/// Where a schema that is being registered stands.
struct Stand {
    document: usize,
    pointer: String,
    parent: Option<SchemaId>,
    place: Place,
}

/// What the value of a keyword should have been, if it is not.
pub(crate) fn malformed(holds: Holds, node: &Node) -> Option<&'static str> {
    let number = |node: &Node| {
        if let Value::Number(text) = &node.value {
            Exact::parse(text)
        } else {
            None
        }
    };
    let is_number = matches!(node.value, Value::Number(_));
    let (fine, expected) = match holds {
        Holds::Anything | Holds::Schema | Holds::Unseen => (true, ""),
        Holds::Text => (node.as_str().is_some(), "a string"),
        Holds::Flag => (matches!(node.value, Value::Bool(_)), "`true` or `false`"),
        Holds::Count => (
            number(node).is_some_and(|n| n.as_u64().is_some()),
            match number(node) {
                Some(n) if !n.is_integer() || n.is_negative() => "an integer of 0 or more",
                _ if is_number => "an integer that fits 64 bits",
                _ => "an integer of 0 or more",
            },
        ),
        Holds::Number if is_number => (number(node).is_some(), "a number of at most 400 digits"),
        Holds::Number => (false, "a number"),
        Holds::Positive if is_number && number(node).is_none() => (false, "a number of at most 400 digits"),
        Holds::Positive => (
            number(node).is_some_and(|n| !n.is_negative() && !n.is_zero()),
            "a number above 0",
        ),
        Holds::Texts => (
            node.as_array().is_some_and(distinct_texts),
            "an array of distinct strings",
        ),
        Holds::Types => (
            node.as_str().is_some_and(is_type)
                || node.as_array().is_some_and(|items| {
                    !items.is_empty()
                        && distinct_texts(items)
                        && items.iter().all(|item| item.as_str().is_some_and(is_type))
                }),
            "one of `null`, `boolean`, `integer`, `number`, `string`, `array` and `object`, or an array of distinct ones",
        ),
        Holds::Values => (
            node.as_array().is_some_and(|items| !items.is_empty()),
            "an array with at least one value",
        ),
        Holds::List => (node.as_array().is_some(), "an array"),
        Holds::Schemas => (
            node.as_array().is_some_and(|items| !items.is_empty()),
            "an array with at least one schema",
        ),
        Holds::SchemaMap => (node.as_object().is_some(), "an object whose values are schemas"),
    };
    (!fine).then_some(expected)
}

fn distinct_texts(items: &[Node]) -> bool {
    let mut seen = HashSet::new();
    items
        .iter()
        .all(|item| item.as_str().is_some_and(|text| seen.insert(text)))
}

fn is_type(name: &str) -> bool {
    hints::TYPE_NAMES.contains(&name)
}

/// The value at a JSON pointer.
pub(crate) fn value_at<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    let mut node = root;
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        node = match &node.value {
            Value::Object(_) => node.get(&name)?,
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}
