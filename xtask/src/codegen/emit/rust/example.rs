//! Examples that run: the `examples` of the schemas as documentation tests, where readers reach the types by a known
//! path. So an example that is wrong fails the tests.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::super::ir::{Key, Piece, Shape, Template, Type, TypeId};
use super::Printer;
use super::doc::members_on_lines;

impl Printer<'_> {
    /// An example of a type, read and written again.
    pub(super) fn type_example(&self, id: TypeId) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.types.get(id.0).map_or("", String::as_str);
        let (Some(library), Some(json)) = (self.library, def.docs.examples.first()) else {
            return TokenStream::new();
        };
        let text: Option<String> = serde_json::from_str(json).ok();
        let is_text = match &def.shape {
            Shape::Texts(_) | Shape::Alternatives(_) => true,
            Shape::Wrapper(slot) => slot.ty == Type::Text && !slot.nullable,
            Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_) => false,
        };
        let mut code = Vec::new();
        if let Some(text) = text.filter(|_| is_text) {
            code.push(format!("use {library}::{name};"));
            code.push(String::new());
            code.push(format!("let value: {name} = {text:?}.parse()?;"));
            code.push(format!("assert_eq!(value.to_string(), {text:?});"));
            code.push(format!("# Ok::<(), {library}::Violation>(())"));
        } else {
            let mut hashes = String::from("#");
            // Bound: a text has finitely many hashes in a row.
            while json.contains(&format!("\"{hashes}")) {
                hashes.push('#');
            }
            let mut lines = members_on_lines(json);
            if let Some(first) = lines.first_mut() {
                *first = format!("let json = r{hashes}\"{first}");
            }
            if let Some(last) = lines.last_mut() {
                last.extend(["\"", &hashes, ";"]);
            }
            code.push(format!("use {library}::{{{name}, codec}};"));
            code.push(String::new());
            code.append(&mut lines);
            code.push(format!("let value: {name} = codec::decode(json.as_bytes())?;"));
            code.push(format!(
                "assert_eq!(codec::decode::<{name}>(&codec::encode(&value)?)?, value);"
            ));
            code.push("# Ok::<(), Box<dyn std::error::Error>>(())".to_owned());
        }
        block(&code)
    }

    /// An example of a key, made and taken apart again.
    pub(super) fn key_example(&self, key: &Key, name: &str, function: &str) -> (TokenStream, TokenStream) {
        let (Some(library), Some(example)) = (self.library, key.examples.first()) else {
            return (TokenStream::new(), TokenStream::new());
        };
        let fallible = if key.parts.is_empty() { "" } else { "?" };
        let call = format!(
            "RedisKeys::{function}({}){fallible}",
            example.arguments.join(", ")
        );
        let made = vec![
            format!("use {library}::RedisKeys;"),
            String::new(),
            format!("let key = {call};"),
            format!("assert_eq!(key.to_string(), {:?});", example.text),
            format!("# Ok::<(), {library}::KeyError>(())"),
        ];
        let parsed = vec![
            format!("use {library}::{{{name}, RedisKeys}};"),
            String::new(),
            format!("let key: {name} = {:?}.parse()?;", example.text),
            format!("assert_eq!(key, {call});"),
            format!("# Ok::<(), {library}::KeyError>(())"),
        ];
        (block(&made), block(&parsed))
    }

    /// The channel of an event's example.
    pub(super) fn channel_example(&self, ty: TypeId, template: &Template, function: &str) -> TokenStream {
        let example = self.ir.type_def(ty).docs.examples.first();
        let Some(event) = example.and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok())
        else {
            return TokenStream::new();
        };
        let mut arguments = Vec::new();
        let mut channel = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => channel.push_str(text),
                Piece::Placeholder(name) => match event.get(name) {
                    Some(serde_json::Value::String(text)) => {
                        arguments.push(format!("{text:?}"));
                        channel.push_str(text);
                    }
                    _ => return TokenStream::new(),
                },
            }
        }
        self.example(&|library| {
            vec![
                format!("use {library}::channels;"),
                String::new(),
                format!(
                    "assert_eq!(channels::{function}({})?, {channel:?});",
                    arguments.join(", ")
                ),
                format!("# Ok::<(), {library}::KeyError>(())"),
            ]
        })
    }

    /// A piece of documentation with this code, where there is a library to use it from.
    pub(super) fn example(&self, code: &dyn Fn(&str) -> Vec<String>) -> TokenStream {
        self.library
            .map(|library| block(&code(library)))
            .unwrap_or_default()
    }
}

/// Code that rustdoc runs.
fn block(code: &[String]) -> TokenStream {
    let mut out = quote!(#[doc = ""] #[doc = " # Examples"] #[doc = ""] #[doc = " ```"]);
    for line in code {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        out.extend(quote!(#[doc = #line]));
    }
    out.extend(quote!(#[doc = " ```"]));
    out
}
