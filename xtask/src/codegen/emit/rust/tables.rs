//! The tables behind types: patterns as automata, and the schema that each type carries.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::super::ir::{DocumentText, SchemaText, TypeId};
use super::super::super::naming;
use super::super::super::resolve::DIALECT;
use super::super::bundle::{fragment, held, whole};
use super::super::prose::quoted as string;
use super::doc::{code, lines};
use super::{Printer, ident};

impl Printer<'_> {
    /// A static for each pattern.
    pub(super) fn pattern_items(&self) -> Vec<TokenStream> {
        self.ir
            .patterns
            .iter()
            .zip(&self.patterns)
            .filter_map(|(pattern, name)| {
                let tables = pattern.dfa.tables()?;
                let (ty, struct_name) = (self.private("Pattern"), self.private("Tables"));
                let doc = lines(&[format!("{}.", code(&pattern.source))]);
                let name = ident(name);
                let source = &pattern.source;
                let ascii = tables.ascii.iter().map(|class| Literal::u8_unsuffixed(*class));
                let ranges = tables.ranges.iter().map(|(first, last, class)| {
                    let (first, last) = (hex(u128::from(*first)), hex(u128::from(*last)));
                    let class = Literal::u8_unsuffixed(*class);
                    quote!((#first, #last, #class))
                });
                let classes = Literal::u16_unsuffixed(tables.classes);
                let transitions = tables
                    .transitions
                    .iter()
                    .map(|state| Literal::u16_unsuffixed(*state));
                let accepting = bits(&tables.accepting)
                    .into_iter()
                    .map(|word| hex(u128::from(word)));
                let start = Literal::u16_unsuffixed(tables.start);
                let alphabet_ascii = hex(tables.alphabet_ascii);
                let alphabet_non_ascii = tables.alphabet_non_ascii;
                let scope = match self.layout {
                    super::Layout::Directory | super::Layout::Module => quote!(pub(super)),
                };
                Some(quote! {
                    #doc
                    #scope static #name: #ty = #ty::new(#struct_name {
                        source: #source,
                        ascii: &[#(#ascii),*],
                        ranges: &[#(#ranges),*],
                        classes: #classes,
                        transitions: &[#(#transitions),*],
                        accepting: &[#(#accepting),*],
                        start: #start,
                        alphabet_ascii: #alphabet_ascii,
                        alphabet_non_ascii: #alphabet_non_ascii,
                    });
                })
            })
            .collect()
    }

    /// A constant for each type's schema, and a macro for each document that several of them hold.
    pub(super) fn schema_items(&self) -> String {
        let held = held(self.ir);
        let wanted: Vec<&str> = self
            .ir
            .documents
            .iter()
            .map(|document| document.name.as_str())
            .collect();
        // No macro of the language ends so.
        let macros = naming::rust::fields(&wanted);
        let macros: Vec<String> = macros.iter().map(|name| format!("{name}_schema")).collect();
        let mut out = String::new();
        for index in &held {
            let (Some(document), Some(name)) = (self.ir.documents.get(*index), macros.get(*index)) else {
                continue;
            };
            let _ = write!(
                out,
                "/// {}\nmacro_rules! {name} {{\n    () => {{\n        {}\n    }};\n}}\n\n",
                code(&document.id),
                raw(&whole(document))
            );
        }
        for (index, name) in self.schemas.iter().enumerate() {
            let def = self.ir.type_def(TypeId(index));
            let mut parts = schema_parts(&self.ir.documents, &def.schema, &macros);
            let text = match parts.len() {
                1 => parts.remove(0),
                _ => format!("concat!(\n    {},\n)", parts.join(",\n    ")),
            };
            let title = self.types.get(index).map_or("", String::as_str);
            let _ = write!(
                out,
                "/// The schema of `{title}`.\npub(super) const {name}: &str = {text};\n\n"
            );
        }
        out.trim_end().to_owned()
    }
}

/// The pieces of a type's schema, as string literals and calls of macros.
fn schema_parts(documents: &[DocumentText], schema: &SchemaText, macros: &[String]) -> Vec<String> {
    let Some(document) = documents.get(schema.document) else {
        return Vec::new();
    };
    let mut head = format!("{{\n  \"$schema\": \"{DIALECT}\",");
    let mut needs = schema.needs.clone();
    let mut definitions: Vec<String> = Vec::new();
    if schema.pointer.is_empty() {
        let _ = write!(head, "\n  \"$id\": {},", string(&document.id));
        for (name, text) in &document.members {
            let _ = write!(head, "\n  {}: {text},", string(name));
        }
        definitions.extend(
            document
                .definitions
                .iter()
                .map(|(name, text)| format!("{}: {text}", string(name))),
        );
    } else {
        let pointer = fragment(&schema.pointer);
        let _ = write!(
            head,
            "\n  \"$ref\": {},",
            string(&format!("{}#{pointer}", document.id))
        );
        needs.push(schema.document);
        needs.sort_unstable();
    }
    if definitions.is_empty() && needs.is_empty() {
        let head = head.trim_end_matches(',');
        return vec![raw(&format!("{head}\n}}"))];
    }
    head.push_str("\n  \"$defs\": {");
    let mut parts = Vec::new();
    let mut text = head;
    for (index, definition) in definitions.iter().enumerate() {
        let gap = if index > 0 { "," } else { "" };
        let _ = write!(text, "{gap}\n    {definition}");
    }
    for (index, need) in needs.iter().enumerate() {
        let (Some(document), Some(name)) = (documents.get(*need), macros.get(*need)) else {
            continue;
        };
        let gap = if index + definitions.len() > 0 { "," } else { "" };
        let _ = write!(text, "{gap}\n    {}: ", string(&document.id));
        parts.push(raw(&std::mem::take(&mut text)));
        parts.push(format!("{name}!()"));
    }
    text.push_str("\n  }\n}");
    parts.push(raw(&text));
    parts
}

/// A text as a Rust string literal, raw where that reads better.
fn raw(text: &str) -> String {
    let mut hashes = String::from("#");
    // Bound: a text has finitely many hashes in a row.
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    // A raw literal cannot hold a carriage return; a JSON text escapes it, so there is none.
    format!("r{hashes}\"{text}\"{hashes}")
}

fn bits(flags: &[bool]) -> Vec<u64> {
    flags
        .chunks(64)
        .map(|chunk| {
            chunk
                .iter()
                .enumerate()
                .fold(0, |word, (bit, flag)| word | u64::from(*flag) << bit)
        })
        .collect()
}

/// In groups of four digits, as Rust reads best.
fn hex(value: u128) -> TokenStream {
    let digits = format!("{value:x}");
    let padded = if digits.len() > 4 {
        format!("{digits:0>width$}", width = digits.len().next_multiple_of(4))
    } else {
        digits
    };
    let groups: Vec<&str> = (0..padded.len())
        .step_by(4)
        .filter_map(|at| padded.get(at..(at + 4).min(padded.len())))
        .collect();
    format!("0x{}", groups.join("_")).parse().unwrap_or_default()
}
