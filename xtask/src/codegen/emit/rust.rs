//! Rust: models, keys, channels and the tables behind them.
//!
//! What is printed is data: names, types and rules in attributes. Behaviour comes from the derive macros, so that
//! a change of behaviour needs no regeneration. Everything of the library is named through
//! `::redis_client::__private`; names that the file imports from there are not given to types of the schemas.
//!
//! `items` prints types, keys and events; `tables` patterns and schemas; `doc` documentation. This file arranges
//! them: into the files of a directory, or into one module for a single schema.

mod bindings;
mod doc;
mod example;
mod items;
mod tables;

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::super::ir::{Content, Home, Ir, PatternId, Shape, TypeDef, TypeId};
use super::super::naming::{self, rust as names};
use super::{Emitter, OutputFile};

/// Identifiers that types of a schema do not get: the files import them, or the macros read meaning into them.
const RESERVED: [&str; 30] = [
    "Any",
    "AnyEvent",
    "BTreeMap",
    "Box",
    "Channel",
    "Date",
    "Decimal",
    "Event",
    "EventSet",
    "Features",
    "From",
    "Into",
    "KeyError",
    "KeyPart",
    "Model",
    "Option",
    "Pattern",
    "RedisEvent",
    "RedisKey",
    "RedisKeys",
    "Result",
    "Root",
    "Self",
    "String",
    "Tables",
    "Timestamp",
    "TryInto",
    "Uuid",
    "Value",
    "Vec",
];

/// How the output is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `mod.rs` and its modules.
    Directory,
    /// One module that defines `Root`.
    Module,
}

/// The Rust target.
#[derive(Debug, Clone, Copy)]
pub struct Rust<'a> {
    /// How the output is arranged.
    pub layout: Layout,
    /// The path by which readers reach the items, such as `redis_client`; examples run where it is known.
    pub library: Option<&'a str>,
}

impl Emitter for Rust<'_> {
    fn emit(&self, ir: &Ir) -> Vec<OutputFile> {
        let printer = Printer::new(ir, self.layout, self.library);
        match self.layout {
            Layout::Directory => printer.directory(),
            Layout::Module => vec![OutputFile {
                path: "module.rs".to_owned(),
                text: printer.module(),
            }],
        }
    }
}

/// What a file uses and must import.
#[derive(Default)]
struct Uses {
    /// Names of `::redis_client::__private`.
    private: BTreeSet<&'static str>,
    /// Names of `std`.
    std: BTreeSet<&'static str>,
    /// Types of the schemas.
    types: BTreeSet<TypeId>,
    patterns: bool,
    schemas: bool,
}

struct Printer<'a> {
    ir: &'a Ir,
    layout: Layout,
    library: Option<&'a str>,
    /// Identifiers of the types, by number.
    types: Vec<String>,
    /// Identifiers of the key types, by number.
    keys: Vec<String>,
    /// Identifiers of the builders, by type; only objects with many members that may be absent have one.
    builders: Vec<Option<String>>,
    /// Names of the pattern tables, by number.
    patterns: Vec<String>,
    /// Names of the schema constants, by type.
    schemas: Vec<String>,
    uses: RefCell<Uses>,
}

impl<'a> Printer<'a> {
    fn new(ir: &'a Ir, layout: Layout, library: Option<&'a str>) -> Self {
        let mut wanted: Vec<&str> = ir.types.iter().map(|def| def.name.as_str()).collect();
        wanted.extend(ir.keys.iter().map(|key| key.type_name.as_str()));
        // The root of a single file may well be called so.
        let root = ir
            .root
            .is_some_and(|id| naming::pascal(&ir.type_def(id).name) == "Root");
        let reserved: Vec<&str> = RESERVED
            .iter()
            .copied()
            .filter(|name| *name != "Root" || (layout == Layout::Module && !root))
            .collect();
        let mut types = naming::distinct(&wanted, &reserved, "Type", naming::pascal);
        if let Some(id) = ir.root.filter(|_| root)
            && let Some(at) = types.iter().position(|name| name == "Root")
        {
            // Whoever else is called so makes room.
            types.swap(at, id.0);
        }
        let keys = types.split_off(ir.types.len());
        let builders = builders(ir, &types, &keys);
        let table = |name: &str| naming::screaming(name);
        let patterns: Vec<&str> = ir.patterns.iter().map(|pattern| pattern.name.as_str()).collect();
        let patterns = naming::distinct(&patterns, &[], "", table);
        let schemas: Vec<&str> = types.iter().map(String::as_str).collect();
        let schemas = naming::distinct(&schemas, &[], "", table);
        Self {
            ir,
            layout,
            library,
            types,
            keys,
            builders,
            patterns,
            schemas,
            uses: RefCell::default(),
        }
    }

    // ---- names -----------------------------------------------------------------------------------------------

    /// A name of the library, imported.
    fn private(&self, name: &'static str) -> Ident {
        self.uses.borrow_mut().private.insert(name);
        ident(name)
    }

    fn std(&self, path: &'static str) -> Ident {
        self.uses.borrow_mut().std.insert(path);
        ident(path.rsplit("::").next().unwrap_or(path))
    }

    /// A type of the schemas, imported where it lives elsewhere.
    fn type_name(&self, id: TypeId) -> Ident {
        self.uses.borrow_mut().types.insert(id);
        ident(self.types.get(id.0).map_or("", String::as_str))
    }

    fn pattern_path(&self, id: PatternId) -> TokenStream {
        self.uses.borrow_mut().patterns = true;
        let name = ident(self.patterns.get(id.0).map_or("", String::as_str));
        quote!(patterns::#name)
    }

    fn schema_path(&self, id: TypeId) -> TokenStream {
        self.uses.borrow_mut().schemas = true;
        let name = ident(self.schemas.get(id.0).map_or("", String::as_str));
        quote!(schemas::#name)
    }

    // ---- arrangement -----------------------------------------------------------------------------------------

    fn types_of(&self, home: Home) -> Vec<TypeId> {
        let of_home = self
            .ir
            .types
            .iter()
            .enumerate()
            .filter(|(_, def)| def.home == home);
        of_home.map(|(index, _)| TypeId(index)).collect()
    }

    fn directory(&self) -> Vec<OutputFile> {
        let mut files = Vec::new();
        let file = |path: &str, head: &str, body: &[String]| OutputFile {
            path: path.to_owned(),
            text: assemble(head, body),
        };
        let events = !self.ir.events.is_empty() || !self.types_of(Home::Events).is_empty();
        let keys = !self.ir.keys.is_empty() || !self.types_of(Home::Keys).is_empty();

        let mut exports = Vec::new();
        if events {
            let mut items: Vec<TokenStream> = self
                .types_of(Home::Events)
                .into_iter()
                .map(|id| self.type_item(id))
                .collect();
            items.extend(self.any_event());
            let mut names = self.names_of(Home::Events);
            if !self.ir.events.is_empty() {
                names.push(ident("AnyEvent"));
            }
            let body = self.with_imports(Some(Home::Events), &items);
            files.push(file(
                "events.rs",
                "Events, and the types that only their schemas describe.",
                &body,
            ));
            exports.push(("events", names));
        }
        if !self.ir.events.is_empty() {
            let body = self.with_imports(None, &self.channel_items());
            files.push(file(
                "channels.rs",
                "Channels: their names, and the names of those with placeholders.",
                &body,
            ));
        }
        if keys {
            let mut items = self.key_items();
            items.extend(self.types_of(Home::Keys).into_iter().map(|id| self.type_item(id)));
            let mut names: Vec<Ident> = self.keys.iter().map(|name| ident(name)).collect();
            names.extend(self.names_of(Home::Keys));
            if !self.ir.keys.is_empty() {
                names.push(ident("RedisKeys"));
            }
            let body = self.with_imports(Some(Home::Keys), &items);
            files.push(file("keys.rs", "Redis keys, and the values they hold.", &body));
            exports.push(("keys", names));
        }
        let tables = self.pattern_items();
        if !tables.is_empty() {
            let body = self.with_imports(None, &tables);
            files.push(file(
                "patterns.rs",
                "Patterns of the schemas as automata over code points.",
                &body,
            ));
        }
        if !self.ir.types.is_empty() {
            let body = vec![self.schema_items()];
            files.push(file(
                "schemas.rs",
                "The schema of each type, with all it refers to.",
                &body,
            ));
        }
        let shared: Vec<TokenStream> = self
            .types_of(Home::Shared)
            .into_iter()
            .map(|id| self.type_item(id))
            .collect();
        let mut body = Vec::new();
        let mut modules = String::new();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for file in &files {
            let name = file.path.trim_end_matches(".rs");
            let doc = match name {
                "channels" => "/// Channels by name.\npub ",
                "events" => "/// Events.\npub ",
                "keys" => "/// Redis keys.\npub ",
                _ => "",
            };
            modules.extend([doc, "mod ", name, ";\n"]);
        }
        body.push(modules.trim_end().to_owned());
        let mut exported = String::new();
        for (module, mut names) in exports {
            names.sort();
            let module = ident(module);
            exported.push_str(&print(&quote!(pub use #module::{#(#names),*};)));
        }
        if !exported.is_empty() {
            body.push(exported.trim_end().to_owned());
        }
        let imports = self.imports(Some(Home::Shared));
        if !imports.is_empty() {
            body.insert(1, imports);
        }
        body.extend(shared.iter().map(print_item));
        files.push(file("mod.rs", "Models, keys and channels of the schemas.", &body));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn names_of(&self, home: Home) -> Vec<Ident> {
        let ids = self.types_of(home);
        let builders = ids
            .iter()
            .filter_map(|id| self.builders.get(id.0)?.as_deref().map(ident));
        ids.iter()
            .map(|id| ident(self.types.get(id.0).map_or("", String::as_str)))
            .chain(builders)
            .collect()
    }

    fn module(&self) -> String {
        let mut items: Vec<TokenStream> = (0..self.ir.types.len())
            .map(|index| self.type_item(TypeId(index)))
            .collect();
        items.extend(self.any_event());
        items.extend(self.key_items());
        if let Some(id) = self.ir.root {
            let name = ident(self.types.get(id.0).map_or("", String::as_str));
            if name != "Root" {
                items.push(quote! {
                    #[doc = " What the schema file describes."]
                    pub type Root = #name;
                });
            }
        }
        let mut body = self.with_imports(Some(Home::Shared), &items);
        let tables = self.pattern_items();
        if !tables.is_empty() {
            let inner = self.with_imports(None, &tables).join("\n\n");
            body.push(format!("mod patterns {{\n{}\n}}", indented(&inner)));
        }
        if !self.ir.types.is_empty() {
            body.push(format!("mod schemas {{\n{}\n}}", indented(&self.schema_items())));
        }
        assemble("Models of one schema file.", &body)
    }

    /// Imports of what printing the items before this has used, then the items.
    fn with_imports(&self, home: Option<Home>, items: &[TokenStream]) -> Vec<String> {
        let imports = self.imports(home);
        let mut body = Vec::new();
        if !imports.is_empty() {
            body.push(imports);
        }
        body.extend(items.iter().map(print_item));
        body
    }

    /// The imports of a file whose own types are those of `home`.
    fn imports(&self, home: Option<Home>) -> String {
        let Uses {
            private,
            std,
            types,
            patterns,
            schemas,
        } = self.uses.take();
        let mut out = String::new();
        for path in std {
            let path: TokenStream = path.parse().unwrap_or_default();
            out.push_str(&print(&quote!(use ::#path;)));
        }
        if !private.is_empty() {
            let names = private.iter().map(|name| ident(name));
            out.push_str(&print(&quote!(use ::redis_client::__private::{#(#names),*};)));
        }
        if self.layout == Layout::Module || home == Some(Home::Shared) {
            return out.trim_end().to_owned();
        }
        let foreign = |id: &TypeId| {
            self.ir
                .types
                .get(id.0)
                .is_some_and(|def| home.is_none_or(|home| def.home != home))
        };
        let mut names: Vec<Ident> = types
            .iter()
            .filter(|id| foreign(id))
            .map(|id| ident(self.types.get(id.0).map_or("", String::as_str)))
            .collect();
        names.sort();
        let tables = [("patterns", patterns), ("schemas", schemas)];
        let mut all: Vec<Ident> = tables
            .iter()
            .filter(|(_, used)| *used)
            .map(|(name, _)| ident(name))
            .collect();
        all.extend(names);
        if !all.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&print(&quote!(use super::{#(#all),*};)));
        }
        out.trim_end().to_owned()
    }
}

/// From how many members that may be absent on an object gets a builder: a literal would be a column of `None`.
const BUILDER_FROM: usize = 5;

/// The names of the builders, by type.
fn builders(ir: &Ir, types: &[String], keys: &[String]) -> Vec<Option<String>> {
    let many = |def: &TypeDef| match &def.shape {
        Shape::Object(object) => {
            let absent = object.members.iter().filter(|member| match &member.content {
                Content::Value(value) => !value.required,
                Content::Constant(_) => false,
            });
            absent.count() >= BUILDER_FROM
        }
        _ => false,
    };
    let wanted: Vec<String> = ir
        .types
        .iter()
        .zip(types)
        .filter(|(def, _)| many(def))
        .map(|(_, name)| format!("{name}Builder"))
        .collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let taken: Vec<&str> = RESERVED
        .iter()
        .copied()
        .chain(types.iter().chain(keys).map(String::as_str))
        .collect();
    let mut names = naming::distinct(&wanted, &taken, "Type", naming::pascal).into_iter();
    let of_type = |def| if many(def) { names.next() } else { None };
    ir.types.iter().map(of_type).collect()
}

/// The command that writes these files, for their heads.
pub const COMMAND: &str = "cargo xtask codegen";

fn assemble(head: &str, body: &[String]) -> String {
    format!(
        "//! {head}\n//!\n//! Written by `{COMMAND}` from the schemas. Do not edit: change a schema and run it again.\n\n{}\n",
        body.join("\n\n")
    )
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("    {line}")
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// An identifier, raw where it must be.
fn ident(name: &str) -> Ident {
    let written = names::written(name);
    match written.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(&written, Span::call_site()),
    }
}

/// Rust items as text.
fn print(tokens: &TokenStream) -> String {
    let file = syn::parse2::<syn::File>(tokens.clone());
    let file = file.unwrap_or_else(|error| panic!("the generator wrote what is no Rust: {error}\n{tokens}"));
    prettyplease::unparse(&file)
}

/// One item, its functions set apart as people write them.
fn print_item(tokens: &TokenStream) -> String {
    let text = print(tokens);
    let mut out = String::with_capacity(text.len());
    let mut before = "";
    for line in text.lines() {
        if before == "    }" && !line.trim_start().starts_with('}') {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out.trim_end().to_owned()
}
