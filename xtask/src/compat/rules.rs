//! Every kind of change by name: what it is, and which readers it can break. `docs/compatibility.md` shows the same
//! table, and a test compares the two. A name is for good: allow-lists refer to it.

/// Which side a change may break. Whether it does is decided case by case, by a value that one side writes and the
/// other refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// New readers of what old writers sent.
    Backward,
    /// Old readers of what new writers send.
    Forward,
    /// Either, by what exactly changed.
    Either,
    /// Both, always: there is no value to judge by.
    Always,
    /// New readers, always: nobody reads what old writers send.
    Lost,
    /// Neither.
    Never,
}

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in reports and allow-lists.
    pub kind: &'static str,
    /// What it may break.
    pub breaks: Breaks,
    /// What changed.
    pub meaning: &'static str,
}

const fn rule(kind: &'static str, breaks: Breaks, meaning: &'static str) -> Rule {
    Rule {
        kind,
        breaks,
        meaning,
    }
}

use Breaks::{Always, Backward, Either, Forward, Lost, Never};

/// Every rule, by what it is about.
pub const RULES: &[Rule] = &[
    // The contract around the values.
    rule(
        "event-added",
        Never,
        "an event on a channel of its own: who does not know it is not subscribed to it",
    ),
    rule(
        "event-removed",
        Lost,
        "what old writers publish, nobody reads any more",
    ),
    rule(
        "channel-changed",
        Always,
        "one side publishes where the other does not listen",
    ),
    rule("key-added", Never, "a key of its own"),
    rule(
        "key-removed",
        Lost,
        "what old writers stored, nobody reads any more",
    ),
    rule(
        "key-template-changed",
        Always,
        "one side stores where the other does not look",
    ),
    rule(
        "key-part-renamed",
        Never,
        "a placeholder of a template has another name: what is stored is the same text",
    ),
    rule(
        "key-value-changed",
        Always,
        "what a key holds is another word, or is said on one side only",
    ),
    rule(
        "lifetime-changed",
        Always,
        "`x-redis-ttl`: one side relies on data the other lets expire, or reads what it should not find any more",
    ),
    rule(
        "max-age-changed",
        Always,
        "`x-redis-max-age`: one side drops what the other expects to be replayed",
    ),
    rule(
        "redis-keyword-changed",
        Always,
        "another keyword of ours, whose meaning is part of the contract",
    ),
    rule(
        "utc-spelling-changed",
        Never,
        "`x-redis-utc`: readers take either spelling",
    ),
    rule("schema-added", Never, "a file whose root describes data"),
    rule(
        "schema-removed",
        Lost,
        "what old writers send of it, nobody reads any more",
    ),
    rule("definition-added", Never, "a definition that was not there"),
    rule(
        "definition-removed",
        Lost,
        "a definition of a file of definitions: others built on it under this name",
    ),
    // Types and values.
    rule("type-narrowed", Backward, "fewer types"),
    rule("type-widened", Forward, "more types"),
    rule("type-changed", Either, "other types"),
    rule("null-refused", Backward, "`null` is not allowed any more"),
    rule("null-allowed", Forward, "`null` is allowed too"),
    rule("const-changed", Either, "another constant"),
    rule("enum-value-removed", Backward, "a value left the list"),
    rule("enum-value-added", Forward, "a value joined the list"),
    rule(
        "values-restricted",
        Backward,
        "a list of values where there was none",
    ),
    rule("values-freed", Forward, "no list of values where there was one"),
    rule("range-narrowed", Backward, "a tighter limit"),
    rule("range-widened", Forward, "a wider limit"),
    rule("range-changed", Either, "limits that moved"),
    rule("step-changed", Either, "`multipleOf`"),
    rule("length-narrowed", Backward, "a tighter length"),
    rule("length-widened", Forward, "a wider length"),
    rule("length-changed", Either, "lengths that moved"),
    rule("pattern-changed", Either, "`pattern`"),
    rule("format-changed", Either, "`format`"),
    // Arrays.
    rule("item-count-narrowed", Backward, "fewer lengths of an array"),
    rule("item-count-widened", Forward, "more lengths of an array"),
    rule("item-count-changed", Either, "lengths of an array that moved"),
    rule(
        "unique-items-required",
        Backward,
        "equal elements are not allowed any more",
    ),
    rule("unique-items-dropped", Forward, "equal elements are allowed"),
    rule(
        "tuple-changed",
        Either,
        "an element of `prefixItems` was added or removed",
    ),
    rule("items-changed", Either, "`items` was added or removed"),
    // Objects.
    rule(
        "member-added",
        Either,
        "an optional member; harmless unless the other side closes its objects or types undeclared members",
    ),
    rule("required-member-added", Either, "a member that must be there"),
    rule(
        "member-removed",
        Either,
        "a member; old readers may require it, new ones may refuse it",
    ),
    rule("member-required", Backward, "an optional member must be there"),
    rule("member-made-optional", Forward, "a required member may be absent"),
    rule("members-closed", Backward, "undeclared members are refused"),
    rule(
        "members-opened",
        Forward,
        "undeclared members are not refused any more",
    ),
    rule(
        "undeclared-members-changed",
        Either,
        "what undeclared members hold",
    ),
    rule("pattern-members-changed", Either, "`patternProperties`"),
    rule("member-names-changed", Either, "`propertyNames`"),
    rule("member-count-narrowed", Backward, "fewer counts of members"),
    rule("member-count-widened", Forward, "more counts of members"),
    rule("member-count-changed", Either, "counts of members that moved"),
    // Combinations.
    rule(
        "alternative-added",
        Either,
        "an alternative of `anyOf` or `oneOf`; `oneOf` may refuse what now matches twice",
    ),
    rule(
        "alternative-removed",
        Either,
        "an alternative of `anyOf` or `oneOf`",
    ),
    rule(
        "alternatives-changed",
        Either,
        "`anyOf` became `oneOf`, or the other way round, or one of them came or went",
    ),
    // What is left.
    rule(
        "unknown-keyword-changed",
        Either,
        "a keyword outside of the schema language: nothing is known about it, so it counts as breaking",
    ),
    rule(
        "values-refused",
        Either,
        "no single change explains it, but one side writes what the other refuses",
    ),
    rule(
        "not-decided",
        Either,
        "no proof and no witness was found: it counts as breaking",
    ),
    rule(
        "default-changed",
        Never,
        "`default`: a missing member stays missing",
    ),
    rule("documentation-changed", Never, "words for people"),
];

/// The rule called `kind`.
#[must_use]
pub fn find(kind: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.kind == kind)
}
