//! The catalogue: events, fields, channels and keys for people, as Markdown.
//!
//! Examples are those of the schemas; a test decodes each one that is printed.

use super::super::ir::{
    AlternativeKind, BranchKind, Content, Docs, Event, Ir, Item, Key, KeyValue, Member, Object, Rest, Shape,
    Slot, Type, TypeId,
};
use super::super::naming;
use super::super::visible::visible;
use super::check::Presence;
use super::prose::{code, head, max_age_words, members_counted, rules, tuple_rules, unescaped};
use super::{Emitter, OutputFile};

/// The catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue;

impl Emitter for Catalogue {
    fn emit(&self, ir: &Ir) -> Vec<OutputFile> {
        vec![OutputFile {
            path: "CATALOGUE.md".to_owned(),
            text: visible(&Printer::new(ir).document()).into_owned(),
        }]
    }
}

struct Printer<'a> {
    ir: &'a Ir,
    types: Vec<String>,
}

impl<'a> Printer<'a> {
    fn new(ir: &'a Ir) -> Self {
        let wanted: Vec<&str> = ir.types.iter().map(|def| def.name.as_str()).collect();
        Self {
            ir,
            types: naming::distinct(&wanted, &[], "", naming::pascal),
        }
    }

    fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    fn link(&self, id: TypeId) -> String {
        let name = self.name(id);
        format!("[{name}](#{})", name.to_ascii_lowercase())
    }

    fn document(&self) -> String {
        let mut out = format!("# Catalogue\n\n<!-- {} -->\n", head());
        if !self.ir.events.is_empty() {
            out.push_str("\n## Events\n\n| channel | event | what it says |\n| --- | --- | --- |\n");
            for event in &self.ir.events {
                let docs = &self.ir.type_def(event.ty).docs;
                put!(
                    out,
                    "| {} | {} | {} |\n",
                    cell(&code(&event.channel.text)),
                    self.link(event.ty),
                    first_sentence(docs)
                );
            }
            for event in &self.ir.events {
                self.event(event, &mut out);
            }
        }
        if !self.ir.keys.is_empty() {
            out.push_str("\n## Keys\n\n| key | lifetime | holds | what it is |\n| --- | --- | --- | --- |\n");
            for key in &self.ir.keys {
                let lifetime = key
                    .ttl
                    .map_or_else(|| "none".to_owned(), |ttl| format!("{ttl} s"));
                put!(
                    out,
                    "| {} | {lifetime} | {} | {} |\n",
                    cell(&code(&key.template.text)),
                    self.held(key),
                    first_sentence(&key.docs)
                );
            }
            for key in &self.ir.keys {
                self.key(key, &mut out);
            }
        }
        let others: Vec<TypeId> = (0..self.ir.types.len())
            .map(TypeId)
            .filter(|id| self.ir.event_of(*id).is_none())
            .collect();
        if !others.is_empty() {
            out.push_str("\n## Types\n");
            for id in others {
                self.definition(id, &mut out);
            }
        }
        out
    }

    fn event(&self, event: &Event, out: &mut String) {
        let def = self.ir.type_def(event.ty);
        put!(out, "\n### {}\n\n", self.name(event.ty));
        said(&def.docs, out);
        put!(
            out,
            "Channel {}, `event_type` {}.\n",
            code(&event.channel.text),
            code(&unescaped(&event.event_type))
        );
        if let Some(max_age) = event.max_age {
            put!(out, "\n{}\n", max_age_words(max_age));
        }
        if let Shape::Object(object) = &def.shape {
            self.fields(object, out);
        }
        examples(&def.docs, out);
    }

    fn key(&self, key: &Key, out: &mut String) {
        put!(out, "\n### {}\n\n", code(&key.name));
        said(&key.docs, out);
        let lifetime = key.ttl.map_or_else(
            || "Never expires by itself.".to_owned(),
            |ttl| format!("Lives {ttl} s."),
        );
        put!(out, "Template {}. {lifetime}\n", code(&key.template.text));
        if !key.parts.is_empty() {
            out.push_str("\n| part | type | meaning |\n| --- | --- | --- |\n");
            for part in &key.parts {
                put!(
                    out,
                    "| {} | {} | {} |\n",
                    cell(&code(&part.wire)),
                    self.type_words(&part.ty),
                    meaning(&part.docs, &[])
                );
            }
        }
        if !key.examples.is_empty() {
            let examples: Vec<String> = key.examples.iter().map(|example| code(&example.text)).collect();
            put!(out, "\nSuch as {}.\n", examples.join(", "));
        }
    }

    fn held(&self, key: &Key) -> String {
        match &key.value {
            Some(KeyValue::Type(ty)) => self.type_words(ty),
            Some(KeyValue::Features) => "object of numbers by feature name".to_owned(),
            Some(KeyValue::Text) => "text".to_owned(),
            Some(KeyValue::Lock) => "a lock".to_owned(),
            None => "not described".to_owned(),
        }
    }

    fn definition(&self, id: TypeId, out: &mut String) {
        let def = self.ir.type_def(id);
        put!(out, "\n### {}\n\n", self.name(id));
        said(&def.docs, out);
        match &def.shape {
            Shape::Object(object) => self.fields(object, out),
            Shape::Texts(values) => {
                let values: Vec<String> = values.iter().map(|value| code(&value.text)).collect();
                put!(out, "One of {}.\n", values.join(", "));
            }
            Shape::Alternatives(alternatives) => {
                let kinds: Vec<String> = alternatives
                    .iter()
                    .map(|alternative| match &alternative.kind {
                        AlternativeKind::Constant(text) => code(text),
                        AlternativeKind::Type(ty) => self.type_words(ty),
                    })
                    .collect();
                put!(out, "One of {}.\n", kinds.join(", "));
            }
            Shape::Union(union) => {
                out.push_str(if union.exactly_one {
                    "Exactly one of\n\n"
                } else {
                    "One of\n\n"
                });
                for branch in &union.branches {
                    let kind = match &branch.kind {
                        BranchKind::Constant(json) => code(json),
                        BranchKind::Type(ty) => self.type_words(ty),
                    };
                    let tag = union.tag.iter().zip(&branch.tag);
                    let tag: Vec<String> = tag
                        .map(|(name, value)| format!(" when {} is {}", code(name), code(value)))
                        .collect();
                    let said = branch
                        .docs
                        .description
                        .as_deref()
                        .map(|text| format!(": {}", escape(text.trim())));
                    put!(
                        out,
                        "- {kind}{}{}\n",
                        tag.concat(),
                        said.unwrap_or_default().replace('\n', " ")
                    );
                }
            }
            Shape::Tuple(tuple) => {
                out.push_str("A list of\n\n");
                for (index, element) in tuple.elements.iter().enumerate() {
                    let said = element
                        .docs
                        .description
                        .as_deref()
                        .map(|text| format!(": {}", escape(text.trim())));
                    let words = self.item_words(&element.item);
                    put!(
                        out,
                        "{}. {words}{}\n",
                        index + 1,
                        said.unwrap_or_default().replace('\n', " ")
                    );
                }
                match &tuple.rest {
                    Some(item) => put!(out, "\nand further elements, each {}.", self.item_words(item)),
                    None => out.push_str("\nand nothing else."),
                }
                for fact in tuple_rules(tuple) {
                    put!(out, " {fact}");
                }
                out.push('\n');
            }
            Shape::Wrapper(slot) => {
                let mut words = vec![format!("A value of the type {}.", self.slot_words(slot))];
                words.extend(rules(self.ir, slot));
                put!(out, "{}\n", words.join(" "));
            }
        }
        examples(&def.docs, out);
    }

    fn fields(&self, object: &Object, out: &mut String) {
        let Object {
            members,
            groups,
            rest,
            min_properties: _,
            max_properties: _,
        } = object;
        if !members.is_empty() {
            out.push_str("\n| field | type | meaning |\n| --- | --- | --- |\n");
        }
        for member in members {
            let Member { wire, docs, content } = member;
            let (ty, facts) = match content {
                Content::Constant(value) => (format!("always {}", code(value)), Vec::new()),
                Content::Value(valued) => {
                    let mut facts = rules(self.ir, &valued.slot);
                    facts.extend(match Presence::of(self.ir, valued) {
                        Presence::Required => None,
                        Presence::Optional | Presence::Unset => Some("May be absent.".to_owned()),
                        Presence::DefaultNull => Some("May be absent, which is `null`.".to_owned()),
                    });
                    (self.slot_words(&valued.slot), facts)
                }
            };
            put!(
                out,
                "| {} | {} | {} |\n",
                cell(&code(wire)),
                cell(&ty),
                meaning(docs, &facts)
            );
        }
        for group in groups {
            let pattern = self.ir.patterns.get(group.names.0);
            let names = pattern.map_or_else(String::new, |pattern| code(&pattern.source));
            put!(
                out,
                "\nOther members whose names match {names}: {}.\n",
                self.item_words(&group.item)
            );
        }
        match rest {
            Rest::Ignored => {}
            Rest::Refused => out.push_str("\nNo other members are allowed.\n"),
            Rest::Kept(item) => put!(out, "\nOther members: {}.\n", self.item_words(item)),
        }
        if let Some(words) = members_counted(object) {
            put!(out, "\n{words}\n");
        }
    }

    fn slot_words(&self, slot: &Slot) -> String {
        let words = self.type_words(&slot.ty);
        if slot.nullable {
            format!("{words} or `null`")
        } else {
            words
        }
    }

    fn item_words(&self, item: &Item) -> String {
        let words = self.type_words(&item.ty);
        if item.nullable {
            format!("{words} or `null`")
        } else {
            words
        }
    }

    fn type_words(&self, ty: &Type) -> String {
        let of = |item: &Item| self.item_words(item);
        match ty {
            Type::Any => "any value".to_owned(),
            Type::Null => "`null`".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Integer => "integer".to_owned(),
            Type::Unsigned => "integer, 0 or more".to_owned(),
            Type::Number => "number".to_owned(),
            Type::Text => "text".to_owned(),
            Type::Timestamp => "time (RFC 3339)".to_owned(),
            Type::Date => "date".to_owned(),
            Type::Uuid => "UUID".to_owned(),
            Type::Decimal => "decimal as text".to_owned(),
            Type::List(item) => format!("list of {}", of(item)),
            Type::Map(item) => format!("object of {} by name", of(item)),
            Type::Named(id) => self.link(*id),
        }
    }
}

/// What a schema says about itself, as a paragraph.
fn said(docs: &Docs, out: &mut String) {
    if let Some(description) = &docs.description {
        put!(out, "{}\n\n", escape(description.trim()));
    }
    if docs.deprecated {
        out.push_str("Deprecated.\n\n");
    }
}

/// Examples as blocks of JSON, one each.
fn examples(docs: &Docs, out: &mut String) {
    for example in &docs.examples {
        put!(out, "\n```json\n{example}\n```\n");
    }
}

/// What a field is for, in one cell.
fn meaning(docs: &Docs, facts: &[String]) -> String {
    let Docs {
        title,
        description,
        examples,
        default,
        deprecated,
        read_only,
        write_only,
    } = docs;
    let mut words: Vec<String> = description
        .as_deref()
        .or(title.as_deref().filter(|title| title.contains(' ')))
        .map(|text| escape(text.trim()))
        .into_iter()
        .collect();
    words.extend(facts.iter().cloned());
    words.extend(
        default
            .as_ref()
            .map(|default| format!("Default: {}.", code(default))),
    );
    let shown: Vec<String> = examples.iter().map(|example| code(example)).collect();
    if !shown.is_empty() {
        words.push(format!("Such as {}.", shown.join(", ")));
    }
    for (said, note) in [
        (*deprecated, "Deprecated."),
        (*read_only, "Set by its owner."),
        (*write_only, "Its owner does not give it back."),
    ] {
        if said {
            words.push(note.to_owned());
        }
    }
    cell(&words.join(" "))
}

fn first_sentence(docs: &Docs) -> String {
    let text = docs.description.as_deref().unwrap_or_default().trim();
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    cell(&escape(text.get(..end).unwrap_or(text)))
}

/// A text in a cell of a table: on one line, its bars escaped.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|")
}

/// Prose of a schema, such that Markdown shows it as it stands.
fn escape(text: &str) -> String {
    let paired = text.matches('`').count().is_multiple_of(2);
    let mut in_code = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '`' if paired => in_code = !in_code,
            '`' | '[' | ']' | '<' | '>' | '*' | '_' | '\\' | '#' if !in_code => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_cells_are_shown_as_they_stand() {
        assert_eq!(escape("a `*` and *b*"), "a `*` and \\*b\\*");
        assert_eq!(cell("a|b\nc"), "a\\|b c");
    }
}
