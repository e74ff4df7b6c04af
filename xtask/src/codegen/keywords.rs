//! The closed table of keywords. A keyword that is not in it does not exist; one that is in it has exactly one
//! verdict. `docs/schema-language.md` shows the same table, and a test compares the two.
//!
//! To add a keyword: change its verdict here, and take it where `lower` decides what it means. Until something
//! takes it, each of its occurrences is reported, because the run ends by asking what nobody took.

/// What becomes of an occurrence of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The generated type holds values to it.
    Enforced,
    /// It says nothing about values; it becomes documentation, or nothing.
    Annotation,
    /// It is an error. The text says what to write instead.
    Refused(&'static str),
}

/// What the value of a keyword must look like, before anyone asks what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Any JSON value.
    Anything,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer of 0 or more; `2.0` is one.
    Count,
    /// A number.
    Number,
    /// A number above 0.
    Positive,
    /// An array of distinct strings.
    Texts,
    /// The name of a type, or an array of distinct names.
    Types,
    /// An array with at least one value.
    Values,
    /// An array.
    List,
    /// A schema.
    Schema,
    /// An array of one schema or more.
    Schemas,
    /// An object whose values are schemas.
    SchemaMap,
    /// Whatever it is, it is not looked at: the keyword is refused anyway.
    Unseen,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Keyword {
    /// Its name in a schema.
    pub name: &'static str,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it holds.
    pub holds: Holds,
}

const fn enforced(name: &'static str, holds: Holds) -> Keyword {
    Keyword {
        name,
        verdict: Verdict::Enforced,
        holds,
    }
}

const fn annotation(name: &'static str, holds: Holds) -> Keyword {
    Keyword {
        name,
        verdict: Verdict::Annotation,
        holds,
    }
}

const fn refused(name: &'static str, help: &'static str) -> Keyword {
    Keyword {
        name,
        verdict: Verdict::Refused(help),
        holds: Holds::Unseen,
    }
}

/// Every keyword, by group.
pub const TABLE: &[Keyword] = &[
    // Identity and reference.
    annotation("$schema", Holds::Text),
    enforced("$id", Holds::Text),
    enforced("$anchor", Holds::Text),
    enforced("$ref", Holds::Text),
    enforced("$defs", Holds::SchemaMap),
    annotation("$comment", Holds::Text),
    refused(
        "$dynamicRef",
        "use `$ref`: generated types are fixed, so there is nothing to extend at run time",
    ),
    refused(
        "$dynamicAnchor",
        "use `$anchor`: generated types are fixed, so there is nothing to extend at run time",
    ),
    refused("$recursiveRef", "draft 2019-09 spelling; use `$ref`"),
    refused(
        "$recursiveAnchor",
        "draft 2019-09 spelling; use `$anchor` and `$ref`",
    ),
    refused(
        "$vocabulary",
        "only a meta-schema declares vocabularies, the core vocabulary among them; it describes keywords and not data, and stands beside the schemas that name it in `$schema`",
    ),
    refused("definitions", "draft-07 spelling; use `$defs`"),
    // Types and values.
    enforced("type", Holds::Types),
    enforced("const", Holds::Anything),
    enforced("enum", Holds::Values),
    // Numbers.
    enforced("minimum", Holds::Number),
    enforced("maximum", Holds::Number),
    enforced("exclusiveMinimum", Holds::Number),
    enforced("exclusiveMaximum", Holds::Number),
    enforced("multipleOf", Holds::Positive),
    // Strings.
    enforced("minLength", Holds::Count),
    enforced("maxLength", Holds::Count),
    enforced("pattern", Holds::Text),
    enforced("format", Holds::Text),
    // Arrays.
    enforced("items", Holds::Schema),
    enforced("minItems", Holds::Count),
    enforced("maxItems", Holds::Count),
    enforced("uniqueItems", Holds::Flag),
    enforced("prefixItems", Holds::Schemas),
    refused("contains", "say what every element is with `items`"),
    refused("minContains", "it belongs to `contains`, which is refused"),
    refused("maxContains", "it belongs to `contains`, which is refused"),
    refused("additionalItems", "draft 2019-09 spelling; use `items`"),
    refused("unevaluatedItems", "use `items`"),
    // Objects.
    enforced("properties", Holds::SchemaMap),
    enforced("required", Holds::Texts),
    enforced("additionalProperties", Holds::Schema),
    enforced("unevaluatedProperties", Holds::Schema),
    enforced("propertyNames", Holds::Schema),
    enforced("minProperties", Holds::Count),
    enforced("maxProperties", Holds::Count),
    enforced("patternProperties", Holds::SchemaMap),
    refused(
        "dependentRequired",
        "make two events of it, or put the members that go together into an object of their own",
    ),
    refused(
        "dependentSchemas",
        "make two events of it, or put the members that go together into an object of their own",
    ),
    refused(
        "dependencies",
        "draft-07 spelling, and its successors are refused as well: put the members that go together into an object of their own",
    ),
    // Combinations.
    enforced("allOf", Holds::Schemas),
    enforced("anyOf", Holds::Schemas),
    enforced("oneOf", Holds::Schemas),
    refused("not", "say what is allowed instead"),
    refused("if", "use `oneOf` with alternatives that exclude each other"),
    refused("then", "it belongs to `if`, which is refused"),
    refused("else", "it belongs to `if`, which is refused"),
    // Documentation.
    annotation("title", Holds::Text),
    annotation("description", Holds::Text),
    annotation("examples", Holds::List),
    annotation("deprecated", Holds::Flag),
    annotation("readOnly", Holds::Flag),
    annotation("writeOnly", Holds::Flag),
    enforced("default", Holds::Anything),
    refused(
        "contentEncoding",
        "it checks nothing; describe the encoding in `description`",
    ),
    refused(
        "contentMediaType",
        "it checks nothing; describe the content in `description`",
    ),
    refused(
        "contentSchema",
        "it checks nothing; describe the content in `description`",
    ),
    // Ours.
    enforced("x-redis-channel", Holds::Text),
    enforced("x-redis-key", Holds::Text),
    enforced("x-redis-ttl", Holds::Count),
    enforced("x-redis-value", Holds::Text),
    enforced("x-redis-utc", Holds::Text),
    enforced("x-redis-max-age", Holds::Count),
    enforced("x-redis-expired", Holds::Text),
];

/// The row of `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Keyword> {
    TABLE.iter().find(|keyword| keyword.name == name)
}
