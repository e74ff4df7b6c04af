//! Text of the schemas as rustdoc: what Markdown or rustdoc would take for markup, a link or a test is escaped.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::super::ir::{Docs, Slot, Type};
use super::super::super::visible::visible;
use super::super::prose::listed;
use super::Printer;

/// The attributes of documentation, with `fallback` when the schema says nothing. Where `runs` shows an example that
/// runs, objects are not shown again.
pub(super) fn documented(docs: &Docs, fallback: &str, facts: &[String], runs: &TokenStream) -> TokenStream {
    // A title of one word is a name, and no more than the fallback says.
    let title = docs.title.as_deref().filter(|title| title.contains(' '));
    let said = docs.description.as_deref().or(title);
    let mut paragraphs = vec![said.map_or_else(|| fallback.to_owned(), escape)];
    let mut notes: Vec<String> = facts.to_vec();
    if let Some(default) = &docs.default {
        notes.push(format!("Default: {}.", code(default)));
    }
    let (blocks, inline): (Vec<&String>, Vec<&String>) =
        docs.examples.iter().partition(|example| example.starts_with('{'));
    let inline: Vec<String> = inline.into_iter().map(|example| code(example)).collect();
    match inline.as_slice() {
        [] => {}
        [one] => notes.push(format!("Example: {one}.")),
        many => notes.push(format!("Examples: {}.", many.join(", "))),
    }
    for (said, note) in [
        (docs.deprecated, "Deprecated."),
        (docs.read_only, "Read only: set by its owner."),
        (docs.write_only, "Write only: its owner does not give it back."),
    ] {
        if said {
            notes.push(note.to_owned());
        }
    }
    if !notes.is_empty() {
        paragraphs.push(notes.join(" "));
    }
    let mut out = lines(&paragraphs);
    if runs.is_empty() {
        for block in blocks {
            out.extend(json_block(block));
        }
    }
    out.extend(runs.clone());
    out
}

impl Printer<'_> {
    /// What the rules of a slot say, in words.
    pub(super) fn rules_in_words(&self, slot: &Slot) -> Vec<String> {
        let rules = &slot.rules;
        let mut facts = Vec::new();
        facts.extend(range(rules.min_length, rules.max_length, "code point"));
        facts.extend(range(rules.min_items, rules.max_items, "item"));
        facts.extend(range(rules.min_properties, rules.max_properties, "member"));
        if rules.unique_items {
            facts.push("All items differ.".to_owned());
        }
        let low = slot.rules.minimum.iter().map(|n| format!("at least {n}"));
        let low = low.chain(
            slot.rules
                .exclusive_minimum
                .iter()
                .map(|n| format!("more than {n}")),
        );
        let high = slot.rules.maximum.iter().map(|n| format!("at most {n}"));
        let high = high.chain(
            slot.rules
                .exclusive_maximum
                .iter()
                .map(|n| format!("less than {n}")),
        );
        let step = slot
            .rules
            .multiple_of
            .iter()
            .map(|n| format!("a multiple of {n}"));
        let limits: Vec<String> = low.chain(high).chain(step).collect();
        if !limits.is_empty() {
            facts.push(sentence(&limits.join(", ")));
        }
        facts.extend(listed(&rules.values));
        facts.extend(
            rules
                .format
                .map(|format| format!("Of the format {}.", code(format.name()))),
        );
        if let Some(pattern) = rules.pattern.and_then(|id| self.ir.patterns.get(id.0)) {
            facts.push(match pattern.source.strip_prefix("format ") {
                Some(format) => format!("Of the format {}.", code(format)),
                None => format!("Matches {}.", code(&pattern.source)),
            });
        }
        if let Some(names) = rules.names.and_then(|id| self.ir.patterns.get(id.0)) {
            facts.push(format!("Names match {}.", code(&names.source)));
        }
        if slot.ty == Type::Timestamp
            && let Some(utc) = &slot.rules.utc
        {
            facts.push(format!("UTC is written {}.", code(utc)));
        }
        facts
    }
}

/// An object as a block of JSON, a member a line; rustdoc runs no block of that language.
fn json_block(text: &str) -> TokenStream {
    let Ok(serde_json::Value::Object(_)) = serde_json::from_str(text) else {
        return TokenStream::new();
    };
    let mut out = quote!(#[doc = ""] #[doc = " ```json"]);
    for line in members_on_lines(text) {
        let line = format!(" {line}");
        out.extend(quote!(#[doc = #line]));
    }
    out.extend(quote!(#[doc = " ```"]));
    out
}

/// Breaks compact JSON behind each comma of the outermost object.
pub(super) fn members_on_lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for c in text.chars() {
        if depth == 1 && c == '}' && !in_text {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        if !(c == ' ' && !in_text && line.trim().is_empty()) {
            line.push(c);
        }
        if in_text {
            in_text = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => in_text = true,
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if (depth == 1 && matches!(c, ',' | '{')) && (c == ',' || lines.len() == 1) {
            lines.push("  ".to_owned());
        }
    }
    lines
}

fn range(min: Option<u64>, max: Option<u64>, what: &str) -> Option<String> {
    let plural = |n: u64| {
        if n == 1 {
            what.to_owned()
        } else {
            format!("{what}s")
        }
    };
    Some(match (min, max) {
        (None, None) => return None,
        (Some(min), None) => format!("At least {min} {}.", plural(min)),
        (None, Some(max)) => format!("At most {max} {}.", plural(max)),
        (Some(min), Some(max)) if min == max => format!("Exactly {min} {}.", plural(min)),
        (Some(min), Some(max)) => format!("{min} to {max} {}.", plural(max)),
    })
}

/// A sentence of words: first letter large, full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// Paragraphs as `#[doc]` attributes, broken into lines.
pub(super) fn lines(paragraphs: &[String]) -> TokenStream {
    let mut out = TokenStream::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            out.extend(quote!(#[doc = ""]));
        }
        for line in visible(paragraph).lines().flat_map(wrap) {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            out.extend(quote!(#[doc = #line]));
        }
    }
    out
}

/// Breaks a line at spaces; code and words longer than a line stay whole.
fn wrap(line: &str) -> Vec<String> {
    const WIDTH: usize = 96;
    let mut out = vec![String::new()];
    let mut in_code = false;
    let mut word = String::new();
    let mut push = |word: &mut String| {
        let Some(last) = out.last_mut() else { return };
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= WIDTH {
            last.push(' ');
            last.push_str(word);
        } else {
            out.push(word.clone());
        }
        word.clear();
    };
    for c in line.trim().chars() {
        in_code ^= c == '`';
        if c == ' ' && !in_code {
            push(&mut word);
        } else {
            word.push(c);
        }
    }
    push(&mut word);
    out
}

/// A text as inline code, whatever backticks it has.
pub(super) fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return if text.trim().is_empty() {
            format!("{text:?}")
        } else {
            format!("`{text}`")
        };
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Prose of a schema, such that rustdoc shows it as it stands.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        // Four spaces or a fence would make a test of it.
        let line = line.trim();
        let ticks = line.matches('`').count();
        let paired = ticks.is_multiple_of(2) && !line.contains("```");
        let mut in_code = false;
        for word in line.split_inclusive(' ') {
            let bare_link = !in_code && (word.starts_with("http://") || word.starts_with("https://"));
            if bare_link {
                let (address, rest) = word.split_at(word.trim_end_matches([' ', '.', ',', ')']).len());
                out.extend(["<", address, ">", rest]);
                continue;
            }
            for c in word.chars() {
                match c {
                    '`' if paired => in_code = !in_code,
                    '`' => out.push('\\'),
                    '[' | ']' | '<' | '>' | '*' | '_' | '\\' | '#' if !in_code => out.push('\\'),
                    _ => {}
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_shown_as_it_stands() {
        for (text, expected) in [
            ("Shares in `[0, 1]`.", "Shares in `[0, 1]`."),
            ("See [docs] or <b>.", "See \\[docs\\] or \\<b\\>."),
            ("a ` b", "a \\` b"),
            ("```\nlet x = 1;\n```", "\\`\\`\\`\nlet x = 1;\n\\`\\`\\`"),
            ("    indented", "indented"),
            ("At https://example.com/a, yes", "At <https://example.com/a>, yes"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn an_object_has_a_member_per_line() {
        let lines = members_on_lines(r#"{"a": "x, {\"", "b": {"c": [1, 2]}, "d": {}}"#);
        assert_eq!(
            lines,
            [
                "{",
                r#"  "a": "x, {\"","#,
                r#"  "b": {"c": [1, 2]},"#,
                r#"  "d": {}"#,
                "}"
            ]
        );
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(" "), "\" \"");
    }

    #[test]
    fn long_lines_break_at_spaces_outside_of_code() {
        let line = format!("{} `{}`", "word ".repeat(18).trim(), "x y ".repeat(10).trim());
        let wrapped = wrap(&line);
        assert_eq!(wrapped.len(), 2);
        assert!(wrapped[1].starts_with('`'));
    }
}
