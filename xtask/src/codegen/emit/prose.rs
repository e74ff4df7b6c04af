//! What the schemas say to people, as paragraphs of Markdown: for the targets whose documentation is plain text.

use super::super::ir::{
    Docs, Expired, Ir, KeyExample, MaxAge, Object, PatternId, Piece, Rules, Slot, Template, Tuple, Type,
};
use super::super::visible::visible;
use super::rust::COMMAND;

/// The line that generated files begin with, so that a leftover of an earlier run is known.
pub(in crate::codegen) fn head() -> String {
    format!("Written by `{COMMAND}` from the schemas. Do not edit: change a schema and run it again.")
}

/// How long an event is of use.
pub(super) fn max_age_words(max_age: MaxAge) -> String {
    let seconds = max_age.seconds;
    let then = match max_age.expired {
        Expired::Publish => "is published all the same",
        Expired::DeadLetter => "becomes a dead letter",
    };
    format!("Of use for {seconds} s: one that is older when it is to be sent {then}.")
}

/// What a schema says: its description or `fallback`, then facts, default and examples.
pub(super) fn paragraphs(docs: &Docs, fallback: &str, facts: &[String]) -> Vec<String> {
    let Docs {
        title,
        description,
        examples,
        default,
        deprecated,
        read_only,
        write_only,
    } = docs;
    // A title of one word is a name, and no more than the fallback says.
    let title = title.as_deref().filter(|title| title.contains(' '));
    let said = description.as_deref().or(title);
    let mut out: Vec<String> = vec![said.unwrap_or(fallback).trim().to_owned()];
    let mut notes: Vec<String> = facts.to_vec();
    if let Some(default) = default {
        notes.push(format!("Default: {}.", code(default)));
    }
    let inline: Vec<String> = examples
        .iter()
        .filter(|example| !example.starts_with('{'))
        .map(|example| code(example))
        .collect();
    match inline.as_slice() {
        [] => {}
        [one] => notes.push(format!("Example: {one}.")),
        many => notes.push(format!("Examples: {}.", many.join(", "))),
    }
    for (said, note) in [
        (*deprecated, "Deprecated."),
        (*read_only, "Read only: set by its owner."),
        (*write_only, "Write only: its owner does not give it back."),
    ] {
        if said {
            notes.push(note.to_owned());
        }
    }
    if !notes.is_empty() {
        out.push(notes.join(" "));
    }
    out
}

/// Examples of a key, in words.
pub(super) fn such_as(examples: &[KeyExample]) -> Option<String> {
    let texts: Vec<String> = examples.iter().map(|example| code(&example.text)).collect();
    (!texts.is_empty()).then(|| format!("Such as {}.", texts.join(", ")))
}

/// What the rules of a slot say, in words.
pub(super) fn rules(ir: &Ir, slot: &Slot) -> Vec<String> {
    let Rules {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        min_items,
        max_items,
        unique_items,
        min_properties,
        max_properties,
        names,
        utc,
        format,
        values,
    } = &slot.rules;
    let mut facts = Vec::new();
    facts.extend(listed(values));
    facts.extend(format.map(|format| format!("Of the format {}.", code(format.name()))));
    facts.extend(range(*min_length, *max_length, "code point"));
    facts.extend(range(*min_items, *max_items, "item"));
    facts.extend(range(*min_properties, *max_properties, "member"));
    if *unique_items {
        facts.push("All items differ.".to_owned());
    }
    let limits: Vec<String> = [
        ("at least", minimum),
        ("more than", exclusive_minimum),
        ("at most", maximum),
        ("less than", exclusive_maximum),
        ("a multiple of", multiple_of),
    ]
    .into_iter()
    .filter_map(|(words, limit)| limit.as_ref().map(|limit| format!("{words} {limit}")))
    .collect();
    if !limits.is_empty() {
        facts.push(sentence(&limits.join(", ")));
    }
    if let Some(pattern) = pattern.and_then(|id| ir.patterns.get(id.0)) {
        facts.push(match pattern.source.strip_prefix("format ") {
            Some(format) => format!("Of the format {}.", code(format)),
            None => format!("Matches {}.", code(&pattern.source)),
        });
    }
    if let Some(names) = names.and_then(|id| ir.patterns.get(id.0)) {
        facts.push(format!("Names match {}.", code(&names.source)));
    }
    if let Some(utc) = utc
        && slot.ty == Type::Timestamp
    {
        facts.push(format!("UTC is written {}.", code(utc)));
    }
    facts
}

/// What is said of values that are listed.
pub(super) fn listed(values: &[String]) -> Option<String> {
    let all: Vec<String> = values.iter().map(|value| code(value)).collect();
    match all.as_slice() {
        [] => None,
        [one] => Some(format!("Always {one}.")),
        many => Some(format!("One of {}.", many.join(", "))),
    }
}

/// What is said of a map of members that have no place of their own.
pub(super) fn map_of_members(ir: &Ir, names: Option<PatternId>) -> String {
    match names.and_then(|id| ir.patterns.get(id.0)) {
        Some(pattern) => format!("Other members, their names matching {}.", code(&pattern.source)),
        None => "Other members by name.".to_owned(),
    }
}

/// How many members an object has, in words.
pub(super) fn members_counted(object: &Object) -> Option<String> {
    range(object.min_properties, object.max_properties, "member")
}

fn range(min: Option<u64>, max: Option<u64>, what: &str) -> Option<String> {
    let plural = |n: u64| if n == 1 { "" } else { "s" };
    Some(match (min, max) {
        (None, None) => return None,
        (Some(min), None) => format!("At least {min} {what}{}.", plural(min)),
        (None, Some(max)) => format!("At most {max} {what}{}.", plural(max)),
        (Some(min), Some(max)) if min == max => format!("Exactly {min} {what}{}.", plural(min)),
        (Some(min), Some(max)) => format!("{min} to {max} {what}{}.", plural(max)),
    })
}

/// What a tuple says about all of its elements, in words.
pub(super) fn tuple_rules(tuple: &Tuple) -> Vec<String> {
    let Tuple {
        elements,
        required,
        rest: _,
        min_items,
        max_items,
        unique_items,
    } = tuple;
    let mut facts: Vec<String> = range(*min_items, *max_items, "item").into_iter().collect();
    if *required < elements.len() {
        facts.push(match required {
            0 => "All of them may be absent, from some place on.".to_owned(),
            1 => "Those behind the first may be absent, from some place on.".to_owned(),
            many => format!("Those behind the first {many} may be absent, from some place on."),
        });
    }
    if *unique_items {
        facts.push("All items differ.".to_owned());
    }
    facts
}

/// A sentence of words: first letter large, full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}

/// A text as inline code of Markdown, whatever backticks it has.
pub(super) fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if text.trim().is_empty() {
        format!("`{text:?}`")
    } else if longest == 0 {
        format!("`{text}`")
    } else {
        let fence = "`".repeat(longest + 1);
        format!("{fence} {text} {fence}")
    }
}

/// Breaks paragraphs into lines of at most `width`, a blank line between two; hidden characters become visible.
pub(super) fn wrapped(paragraphs: &[String], width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        if !out.is_empty() {
            out.push(String::new());
        }
        for line in visible(paragraph).lines() {
            let mut current = String::new();
            for word in line.split(char::is_whitespace) {
                if word.is_empty() {
                    continue;
                }
                if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > width {
                    out.push(std::mem::take(&mut current));
                }
                if !current.is_empty() {
                    current.push(' ');
                }
                current.push_str(word);
            }
            out.push(current);
        }
    }
    out
}

/// The texts of a template around its placeholders: one more than there are placeholders.
pub(super) fn literals(template: &Template) -> Vec<String> {
    let mut out = vec![String::new()];
    for piece in &template.pieces {
        match piece {
            Piece::Literal(text) => {
                if let Some(last) = out.last_mut() {
                    last.push_str(text);
                }
            }
            Piece::Placeholder(_) => out.push(String::new()),
        }
    }
    out
}

/// A text as a JSON string, which is a string literal of Python and JavaScript as well.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    super::super::lower::write_string(text, &mut out);
    out
}

/// The text inside a JSON string's quotes as the text it means.
pub(super) fn unescaped(inside: &str) -> String {
    serde_json::from_str(&format!("\"{inside}\"")).unwrap_or_else(|_| inside.to_owned())
}

/// Each text as a line.
pub(super) fn lines(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().fold(String::new(), |mut all, line| {
        all.push_str(&line);
        all.push('\n');
        all
    })
}

/// Items as the lines of a literal list, filled up to `width`, each line behind `indent`.
pub(super) fn filled(items: &[String], indent: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for item in items {
        if !line.is_empty() && indent.len() + line.len() + item.len() + 2 > width {
            put!(out, "{indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(item);
        line.push(',');
    }
    if !line.is_empty() {
        put!(out, "{indent}{line}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        let lines = wrapped(&["one two three\nfour".to_owned(), "five\tsix".to_owned()], 9);
        assert_eq!(lines, ["one two", "three", "four", "", "five six"]);
    }

    #[test]
    fn literals_stand_around_placeholders() {
        let template = Template {
            text: "a:{b}".to_owned(),
            pieces: vec![
                Piece::Literal("a:".to_owned()),
                Piece::Placeholder("b".to_owned()),
            ],
        };
        assert_eq!(literals(&template), ["a:", ""]);
    }
}
