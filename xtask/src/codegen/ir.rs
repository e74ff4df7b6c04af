//! What the schemas mean, free of any language: events, keys, types and the rules that bind their values.
//!
//! Plain data in a fixed order. Every rule of the schemas is here or was refused, so that no target can drop one by
//! not looking; an emitter that needs a fact finds it here and never looks at JSON Schema. Names are the words of
//! the schemas; `naming` makes identifiers of them, per language.

use std::collections::HashMap;

use super::automaton::Dfa;
use super::number::Exact;

/// Everything the emitters print.
#[derive(Debug, Default)]
pub struct Ir {
    /// Types in the order of the schemas.
    pub types: Vec<TypeDef>,
    /// Events in the order of the schemas.
    pub events: Vec<Event>,
    /// Which of the events a type is, by its number among them: see [`Ir::event_of`].
    pub event_numbers: HashMap<TypeId, usize>,
    /// Keys in the order of the schemas.
    pub keys: Vec<Key>,
    /// Patterns, each distinct language once.
    pub patterns: Vec<Pattern>,
    /// The documents, for the schema that each type carries.
    pub documents: Vec<DocumentText>,
    /// For a single file: what its root is.
    pub root: Option<TypeId>,
}

impl Ir {
    /// The event that a type is, if it is one.
    #[must_use]
    pub fn event_of(&self, id: TypeId) -> Option<&Event> {
        self.events.get(*self.event_numbers.get(&id)?)
    }

    /// Whether any text is held to this format.
    #[must_use]
    pub fn uses(&self, format: Format) -> bool {
        let says = |rules: &Rules| rules.format == Some(format);
        self.types.iter().any(|def| match &def.shape {
            Shape::Object(object) => object.members.iter().any(|member| match &member.content {
                Content::Value(value) => says(&value.slot.rules),
                Content::Constant(_) => false,
            }),
            Shape::Wrapper(slot) => says(&slot.rules),
            Shape::Texts(_) | Shape::Alternatives(_) | Shape::Union(_) | Shape::Tuple(_) => false,
        })
    }

    /// The type behind `id`.
    ///
    /// # Panics
    ///
    /// When `id` comes from another [`Ir`].
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        self.types
            .get(id.0)
            .expect("an id is an index into the types it was made for")
    }
}

/// A type: an index into [`Ir::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A pattern: an index into [`Ir::patterns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternId(pub usize);

/// What a schema says to people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `examples`, each as JSON text.
    pub examples: Vec<String>,
    /// `default` as JSON text.
    pub default: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
}

/// Which part of the output a type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// Shared by events and keys: its file declares neither.
    Shared,
    /// Its file declares an event.
    Events,
    /// Its file declares keys.
    Keys,
}

/// A type with a name.
#[derive(Debug)]
pub struct TypeDef {
    /// Its name in words, not yet an identifier.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Where it belongs.
    pub home: Home,
    /// Its schema.
    pub schema: SchemaText,
    /// Whether its text is safe in a key or channel: proven from its pattern, values or format.
    pub key_part: bool,
}

/// What a type is.
#[derive(Debug)]
pub enum Shape {
    /// An object with declared members.
    Object(Object),
    /// One of several texts.
    Texts(Vec<TextValue>),
    /// One of several kinds of text: constants first, then types in order.
    Alternatives(Vec<Alternative>),
    /// One of several kinds of value.
    Union(Union),
    /// An array whose first elements have types of their own.
    Tuple(Tuple),
    /// A value with rules.
    Wrapper(Box<Slot>),
}

/// An object.
#[derive(Debug)]
pub struct Object {
    /// Its members in the order declared.
    pub members: Vec<Member>,
    /// Undeclared members by their names. No name is of two groups.
    pub groups: Vec<Group>,
    /// What becomes of the others.
    pub rest: Rest,
    /// `minProperties`, all members counted
    pub min_properties: Option<u64>,
    /// `maxProperties`, all members counted
    pub max_properties: Option<u64>,
}

impl Object {
    /// The maps of kept members: a name in words, what their names match (all that no other map takes, if nothing is
    /// said), and what they hold.
    pub fn maps(&self) -> impl Iterator<Item = (&str, Option<PatternId>, &Item)> {
        let groups = self.groups.iter();
        let groups = groups.map(|group| (group.name.as_str(), Some(group.names), &group.item));
        let rest = match &self.rest {
            Rest::Kept(item) => Some((ADDITIONAL, None, &**item)),
            Rest::Ignored | Rest::Refused => None,
        };
        groups.chain(rest)
    }

    /// Whether a member that the type does not describe is no mistake.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.rest, Rest::Refused)
    }
}

/// What the map is called that takes whatever no other does.
pub const ADDITIONAL: &str = "additional";

/// Undeclared members whose names match a pattern: they are kept in a map.
#[derive(Debug)]
pub struct Group {
    /// What the map is called, in words.
    pub name: String,
    /// What the names match.
    pub names: PatternId,
    /// What the members hold.
    pub item: Item,
}

/// What becomes of members that are neither declared nor of a group.
#[derive(Debug)]
pub enum Rest {
    /// They are ignored on reading and not written.
    Ignored,
    /// They are refused.
    Refused,
    /// They are kept.
    Kept(Box<Item>),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub wire: String,
    /// What it is for.
    pub docs: Docs,
    /// What it holds.
    pub content: Content,
}

/// What a member holds.
#[derive(Debug)]
pub enum Content {
    /// Always present and always this JSON text.
    Constant(String),
    /// A value.
    Value(Box<Valued>),
}

/// A member that holds a value.
#[derive(Debug)]
pub struct Valued {
    /// Its type and rules.
    pub slot: Slot,
    /// Whether it must be present.
    pub required: bool,
    /// Whether a missing value is written as `null` (`default: null`).
    pub default_null: bool,
    /// Whether it must be boxed, since its type contains this object.
    pub boxed: bool,
}

/// A type where it is used, with the rules of that place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The type.
    pub ty: Type,
    /// Whether `null` is allowed too.
    pub nullable: bool,
    /// Rules beyond those of the type.
    pub rules: Rules,
}

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// `null` and nothing else.
    Null,
    /// `true` or `false`
    Boolean,
    /// A 64-bit integer.
    Integer,
    /// An unsigned 64-bit integer.
    Unsigned,
    /// A 64-bit float.
    Number,
    /// A text.
    Text,
    /// An RFC 3339 time.
    Timestamp,
    /// An ISO date.
    Date,
    /// A UUID.
    Uuid,
    /// A decimal number as text.
    Decimal,
    /// A list.
    List(Box<Item>),
    /// Values by name.
    Map(Box<Item>),
    /// A type of its own.
    Named(TypeId),
}

/// What a list or map holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The type.
    pub ty: Type,
    /// Whether `null` is allowed too.
    pub nullable: bool,
}

/// Rules that values are held to. On [`Type::Any`] each binds the values of its own kind and lets all others pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// `minimum`
    pub minimum: Option<Exact>,
    /// `maximum`
    pub maximum: Option<Exact>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Exact>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Exact>,
    /// `multipleOf`
    pub multiple_of: Option<Exact>,
    /// `minLength`, in code points
    pub min_length: Option<u64>,
    /// `maxLength`, in code points
    pub max_length: Option<u64>,
    /// `pattern`
    pub pattern: Option<PatternId>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// `propertyNames`: what every name matches
    pub names: Option<PatternId>,
    /// How UTC is written, if not as `Z`.
    pub utc: Option<String>,
    /// A format that no pattern can say.
    pub format: Option<Format>,
    /// `const` or `enum`: the JSON of each value, if they are listed.
    pub values: Vec<String>,
}

/// A format of texts whose rule is more than a regular language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339: an instant with its offset, as a text that other rules bind too.
    DateTime,
    /// RFC 3339: a time of day with its offset.
    Time,
    /// RFC 1123: the name of a host, its A-labels judged by IDNA2008.
    Hostname,
}

impl Format {
    /// Its name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Time => "time",
            Self::Hostname => "hostname",
        }
    }
}

impl Rules {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A text of an enumeration.
#[derive(Debug)]
pub struct TextValue {
    /// The text on the wire.
    pub text: String,
}

/// One kind of text among several.
#[derive(Debug)]
pub struct Alternative {
    /// Its name in words.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// What it is.
    pub kind: AlternativeKind,
}

/// What an alternative is.
#[derive(Debug)]
pub enum AlternativeKind {
    /// Exactly this text.
    Constant(String),
    /// A type whose values are texts.
    Type(Type),
}

/// An array whose first elements have types of their own.
#[derive(Debug)]
pub struct Tuple {
    /// The first elements, in order.
    pub elements: Vec<Element>,
    /// How many of them must be there. The others may be absent from some place on.
    pub required: usize,
    /// What further elements are; `None` when there are none.
    pub rest: Option<Item>,
    /// `minItems`, where it asks for more than the first elements.
    pub min_items: Option<u64>,
    /// `maxItems`, where there are further elements.
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
}

/// An element of a tuple.
#[derive(Debug)]
pub struct Element {
    /// What it is for.
    pub docs: Docs,
    /// Its type.
    pub item: Item,
    /// Whether it must be boxed, since its type contains this tuple.
    pub boxed: bool,
}

/// Values of several kinds, told apart by trying the branches in order.
///
/// Either no two branches accept the same value, or the first that does loses nothing of it: the stage before this
/// shows one or the other.
#[derive(Debug, Clone, Default)]
pub struct Union {
    /// The member whose constant says which branch an object is of.
    pub tag: Option<String>,
    /// Whether a value of two branches is refused, as `oneOf` has it where branches may overlap.
    pub exactly_one: bool,
    /// In the order in which they are tried.
    pub branches: Vec<Branch>,
}

/// One kind of value among several.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Its name in words.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// What it is.
    pub kind: BranchKind,
    /// The constant of the union's tag, as JSON text: an object with it is of this branch, of one without a tag, or of none.
    pub tag: Option<String>,
}

/// What a branch is.
#[derive(Debug, Clone)]
pub enum BranchKind {
    /// Exactly this value, a scalar, as JSON text.
    Constant(String),
    /// A type.
    Type(Type),
}

/// A pattern and its automaton.
#[derive(Debug)]
pub struct Pattern {
    /// A name in words: that of the type or member that has it first.
    pub name: String,
    /// The pattern as written.
    pub source: String,
    /// What it means.
    pub dfa: Dfa,
}

/// An event.
#[derive(Debug)]
pub struct Event {
    /// Its type, an object.
    pub ty: TypeId,
    /// Its channel.
    pub channel: Template,
    /// What its constant member `event_type` says.
    pub event_type: String,
    /// When it is too old to be of use.
    pub max_age: Option<MaxAge>,
}

/// When an event is too old to be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxAge {
    /// The greatest age in seconds.
    pub seconds: u64,
    /// What becomes of one that is older.
    pub expired: Expired,
}

/// What becomes of an event that is too old when it is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expired {
    /// It is published all the same.
    Publish,
    /// It becomes a dead letter.
    DeadLetter,
}

impl Expired {
    /// The word of `x-redis-expired`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::DeadLetter => "dead-letter",
        }
    }
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// Its name in words.
    pub name: String,
    /// The name of its type in words.
    pub type_name: String,
    /// What it is for.
    pub docs: Docs,
    /// Its template.
    pub template: Template,
    /// Its parts in the order of the template.
    pub parts: Vec<Part>,
    /// Its lifetime in seconds.
    pub ttl: Option<u64>,
    /// What it holds.
    pub value: Option<KeyValue>,
    /// Examples.
    pub examples: Vec<KeyExample>,
}

/// An example of a key.
#[derive(Debug)]
pub struct KeyExample {
    /// The parts in order, as JSON text.
    pub arguments: Vec<String>,
    /// The key.
    pub text: String,
}

/// A part of a key.
#[derive(Debug)]
pub struct Part {
    /// The placeholder.
    pub wire: String,
    /// What it is for.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
}

/// What a key holds.
#[derive(Debug)]
pub enum KeyValue {
    /// A value of a type.
    Type(Type),
    /// Numbers by feature name, in the library's own type, which also reads what Python writes for NaN.
    Features,
    /// Any text.
    Text,
    /// A lock: that it exists is all it says.
    Lock,
}

/// The text of a channel or key, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// As written.
    pub text: String,
    /// Taken apart.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// This text.
    Literal(String),
    /// The value of this member.
    Placeholder(String),
}

/// A document's text for the schemas that types carry: what of it is data, without `$schema`.
#[derive(Debug)]
pub struct DocumentText {
    /// A name in words.
    pub name: String,
    /// Its `$id`, absolute; made from its path when it has none.
    pub id: String,
    /// Its members other than `$schema`, `$id` and `$defs`, as name and JSON text.
    pub members: Vec<(String, String)>,
    /// Its definitions, as name and JSON text.
    pub definitions: Vec<(String, String)>,
}

/// The schema of a type: a place in a document and the documents it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaText {
    /// Index into [`Ir::documents`].
    pub document: usize,
    /// JSON pointer in it.
    pub pointer: String,
    /// All documents that the schema needs besides, in order.
    pub needs: Vec<usize>,
}
