//! Python: an installable package of pydantic models, keys and channels.
//!
//! What is printed is data and annotations: each field carries the check of its place, each check is a call of the
//! runtime, `python/runtime.py`, which goes out as it stands. Values are judged there alone, never by pydantic's own
//! idea of a type: it takes `true` for 1, and the last of two equal members.
//!
//! `checks` prints what values are held to and the schemas of models, `models` classes and type aliases, `bindings` keys and channels. This file
//! names things and arranges the package.

mod bindings;
mod checks;
mod models;

use std::collections::BTreeSet;

use super::super::ir::{AlternativeKind, Format, Ir, Item, Shape, Type, TypeId};
use super::super::naming::python as names;
use super::prose::{head, lines, wrapped};
use super::{Emitter, IDNA_TABLES, OutputFile};

/// The module that users import.
const MODULE: &str = "redis_client_schemas";
/// The name of the package, for pip.
const PACKAGE: &str = "redis-client-schemas";

/// Identifiers that types of a schema do not get: the modules import them, or they are the package's own.
const RESERVED: [&str; 22] = [
    "Annotated",
    "Any",
    "AnyEvent",
    "ClassVar",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Event",
    "False",
    "InvalidKey",
    "Key",
    "Literal",
    "Model",
    "None",
    "RedisKeys",
    "Self",
    "StrEnum",
    "Timestamp",
    "True",
    "TypeAlias",
    "Uuid",
];

/// The Python target.
#[derive(Debug, Clone, Copy)]
pub struct Python;

impl Emitter for Python {
    fn emit(&self, ir: &Ir) -> Vec<OutputFile> {
        let printer = Printer::new(ir);
        let source = |path: &str, text: String| OutputFile {
            path: format!("src/{MODULE}/{path}"),
            text,
        };
        let mut files = vec![
            OutputFile {
                path: "README.md".to_owned(),
                text: readme(ir),
            },
            OutputFile {
                path: "pyproject.toml".to_owned(),
                text: project_file(),
            },
            source("__init__.py", printer.package()),
            source("_checks.py", printer.checks_module()),
            source("_patterns.py", printer.patterns_module()),
            source("_runtime.py", runtime()),
            source("_schemas.py", printer.schemas_module()),
            source("models.py", printer.models_module()),
            source("py.typed", String::new()),
        ];
        if !ir.events.is_empty() {
            files.push(source("channels.py", printer.channels_module()));
        }
        if ir.uses(Format::Hostname) {
            files.push(source("_hostname.py", hostname()));
        }
        if !ir.keys.is_empty() {
            files.push(source("keys.py", printer.keys_module()));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

/// Names, found once.
struct Printer<'a> {
    ir: &'a Ir,
    /// Classes and aliases, by type.
    types: Vec<String>,
    /// Classes, by key.
    keys: Vec<String>,
    /// Names of the checks, by type.
    checks: Vec<String>,
    /// Names of the automata, by pattern.
    patterns: Vec<String>,
}

impl<'a> Printer<'a> {
    fn new(ir: &'a Ir) -> Self {
        let mut wanted: Vec<&str> = ir.types.iter().map(|def| def.name.as_str()).collect();
        wanted.extend(ir.keys.iter().map(|key| key.type_name.as_str()));
        let reserved = [RESERVED.as_slice(), &names::BUILT_IN].concat();
        let mut types = super::type_names(ir, &wanted, &reserved);
        let keys = types.split_off(ir.types.len());
        let of_types: Vec<&str> = types.iter().map(String::as_str).collect();
        let checks = names::constants(&of_types, &["ROOT"]);
        let patterns: Vec<&str> = ir.patterns.iter().map(|pattern| pattern.name.as_str()).collect();
        let patterns = names::constants(&patterns, &[]);
        Self {
            ir,
            types,
            keys,
            checks,
            patterns,
        }
    }

    fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    fn check_name(&self, id: TypeId) -> &str {
        self.checks.get(id.0).map_or("", String::as_str)
    }

    // ---- types in annotations --------------------------------------------------------------------------------

    /// The type of values of `ty`, as an annotation; names of the schemas are collected in `used`.
    fn annotation(&self, ty: &Type, used: &mut Uses) -> String {
        let mut scalar = |name: &'static str| {
            used.scalars.insert(name);
            name.to_owned()
        };
        match ty {
            Type::Any => {
                used.any = true;
                "Any".to_owned()
            }
            Type::Null => "None".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Integer | Type::Unsigned => "int".to_owned(),
            Type::Number => "float".to_owned(),
            Type::Text => "str".to_owned(),
            Type::Timestamp => scalar("Timestamp"),
            Type::Date => scalar("Date"),
            Type::Uuid => scalar("Uuid"),
            Type::Decimal => scalar("Decimal"),
            Type::List(item) => format!("list[{}]", self.item_annotation(item, used)),
            Type::Map(item) => format!("dict[str, {}]", self.item_annotation(item, used)),
            Type::Named(id) => {
                used.types.insert(*id);
                self.name(*id).to_owned()
            }
        }
    }

    fn item_annotation(&self, item: &Item, used: &mut Uses) -> String {
        let Item { ty, nullable } = item;
        or_none(self.annotation(ty, used), *nullable)
    }

    /// The types of the values of a type that is one of several texts.
    fn kinds_of_text(&self, ty: &Type, used: &mut Uses) -> BTreeSet<String> {
        match ty {
            Type::Named(id) => match &self.ir.type_def(*id).shape {
                Shape::Alternatives(alternatives) => alternatives
                    .iter()
                    .flat_map(|alternative| match &alternative.kind {
                        AlternativeKind::Constant(_) => BTreeSet::from(["str".to_owned()]),
                        AlternativeKind::Type(ty) => self.kinds_of_text(ty, used),
                    })
                    .collect(),
                Shape::Wrapper(slot) => self.kinds_of_text(&slot.ty, used),
                Shape::Texts(_) | Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_) => {
                    BTreeSet::from([self.annotation(ty, used)])
                }
            },
            Type::Any
            | Type::Null
            | Type::Boolean
            | Type::Integer
            | Type::Unsigned
            | Type::Number
            | Type::Text
            | Type::Timestamp
            | Type::Date
            | Type::Uuid
            | Type::Decimal
            | Type::List(_)
            | Type::Map(_) => BTreeSet::from([self.annotation(ty, used)]),
        }
    }

    // ---- the package -----------------------------------------------------------------------------------------

    fn package(&self) -> String {
        let mut exports: BTreeSet<(&str, &str)> = BTreeSet::new();
        for name in [
            "BYTES_MAX",
            "Date",
            "Decimal",
            "DecodeError",
            "EncodeError",
            "Model",
            "SchemaError",
            "Timestamp",
            "Uuid",
        ] {
            exports.insert(("_runtime", name));
        }
        for name in &self.types {
            exports.insert(("models", name));
        }
        if !self.ir.events.is_empty() {
            exports.insert(("_runtime", "Event"));
            exports.insert(("_runtime", "UnknownChannel"));
            exports.insert(("models", "AnyEvent"));
            for name in ["decode", "decode_type", "encode"] {
                exports.insert(("channels", name));
            }
        }
        if !self.ir.keys.is_empty() {
            exports.insert(("_runtime", "InvalidKey"));
            exports.insert(("_runtime", "Key"));
            exports.insert(("keys", "RedisKeys"));
            for name in &self.keys {
                exports.insert(("keys", name));
            }
        }
        let mut modules: Vec<&str> = Vec::new();
        if !self.ir.events.is_empty() {
            modules.push("channels");
        }
        if !self.ir.keys.is_empty() {
            modules.push("keys");
        }
        let mut out = module("Events, keys and channels of the schemas, as pydantic models.");
        if !modules.is_empty() {
            put!(out, "from . import {}\n", modules.join(", "));
        }
        for from in ["_runtime", "channels", "keys", "models"] {
            let names: Vec<&str> = exports
                .iter()
                .filter(|(module, _)| *module == from)
                .map(|(_, name)| *name)
                .collect();
            out.push_str(&import(from, &names));
        }
        let mut all: Vec<&str> = exports.iter().map(|(_, name)| *name).chain(modules).collect();
        all.sort_unstable();
        out.push_str("\n__all__ = [\n");
        for name in all {
            put!(out, "    \"{name}\",\n");
        }
        out.push_str("]\n");
        out
    }
}

/// What a module uses and must import.
#[derive(Default)]
struct Uses {
    any: bool,
    scalars: BTreeSet<&'static str>,
    types: BTreeSet<TypeId>,
}

fn or_none(annotation: String, nullable: bool) -> String {
    if nullable && annotation != "None" && annotation != "Any" {
        format!("{annotation} | None")
    } else {
        annotation
    }
}

/// The beginning of a module.
fn module(what: &str) -> String {
    format!(
        "{}\n\nfrom __future__ import annotations\n\n",
        docstring(&[what.to_owned(), head()], "")
    )
}

/// An import of names, or nothing.
fn import(from: &str, names: &[&str]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let line = format!("from .{from} import {}\n", names.join(", "));
    if line.len() <= 110 {
        return line;
    }
    let names = lines(names.iter().map(|name| format!("    {name},")));
    format!("from .{from} import (\n{names})\n")
}

/// A text as it stands between three quotes on either side.
fn within_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_last = at + 1 == text.len();
        match c {
            '\\' => out.push_str("\\\\"),
            // Neither three in a row, nor one beside those at the end.
            '"' if is_last || out.ends_with("\"\"") => out.push_str("\\\""),
            _ => out.push(c),
        }
    }
    out
}

/// Paragraphs as a docstring, each line behind `indent`.
fn docstring(paragraphs: &[String], indent: &str) -> String {
    let broken = wrapped(paragraphs, 108_usize.saturating_sub(indent.len()));
    let text = within_quotes(&broken.join("\n"));
    let many = broken.len() > 1;
    let body: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(index, line)| {
            if index == 0 || line.is_empty() {
                line.to_owned()
            } else {
                format!("{indent}{line}")
            }
        })
        .collect();
    let end = if many {
        format!("\n{indent}")
    } else {
        String::new()
    };
    format!("{indent}\"\"\"{}{end}\"\"\"", body.join("\n"))
}

/// A literal of Python for a JSON text that is a string, an integer or a boolean.
fn literal(json: &str) -> String {
    match json {
        "true" => "True".to_owned(),
        "false" => "False".to_owned(),
        "null" => "None".to_owned(),
        other => other.to_owned(),
    }
}

fn runtime() -> String {
    let what = "What the models are checked, read and written by. It knows JSON and the rules of schemas, and no schema.";
    let source = include_str!("python/runtime.py");
    format!("{}\n\n{source}", docstring(&[what.to_owned(), head()], ""))
}

fn hostname() -> String {
    let what = "The format `hostname`: names of hosts, their A-labels judged by IDNA2008.";
    let source = include_str!("python/hostname.py").replace("@TABLES@", IDNA_TABLES);
    format!("{}\n\n{source}", docstring(&[what.to_owned(), head()], ""))
}

fn project_file() -> String {
    format!(
        "# {}\n\
         [build-system]\n\
         requires = [\"hatchling\"]\n\
         build-backend = \"hatchling.build\"\n\
         \n\
         [project]\n\
         name = \"{PACKAGE}\"\n\
         version = \"{}\"\n\
         description = \"Events, keys and channels of the schemas, as pydantic models\"\n\
         readme = \"README.md\"\n\
         license = \"MIT OR Apache-2.0\"\n\
         requires-python = \">=3.11\"\n\
         dependencies = [\"pydantic>=2.12,<3\", \"typing-extensions>=4.12\"]\n\
         classifiers = [\"Typing :: Typed\"]\n\
         \n\
         [tool.hatch.build.targets.wheel]\n\
         packages = [\"src/{MODULE}\"]\n",
        head(),
        env!("CARGO_PKG_VERSION"),
    )
}

/// How a service reads and publishes; a test checks its types.
const EXAMPLE: &str = r#"```python
from redis_client_schemas import DecodeError, UnknownChannel, decode


def handle(channel: str, payload: bytes) -> None:
    try:
        event = decode(channel, payload)
    except DecodeError as error:
        print(error.pointer, error.reason)  # where and why, and nothing of the payload
    except UnknownChannel:
        print("no event of ours")
    else:
        print(event.channel(), event.encode())  # what `publish` of redis-py takes
```

"#;

fn readme(ir: &Ir) -> String {
    format!(
        "# {PACKAGE}\n\n\
         {}\n\n\
         Events, keys and channels of the schemas for Python 3.11 and later: pydantic models that judge every JSON text as the\n\
         Rust and TypeScript packages do, and write the same bytes.\n\n\
         ```console\n\
         $ pip install ./schemas/bindings/python\n\
         ```\n\n\
         {}\
         - `channels.decode(channel, payload)` reads an event; `event.encode()` checks it once more and writes its JSON, and\n\
         \x20 `event.channel()` says where it goes. JSON is read and written by these alone; pydantic's own reader is laxer.\n\
         - `RedisKeys` makes keys. A key is a `str`, so redis-py takes it as it is; `.parse(text)` takes it apart,\n\
         \x20 `.scan_pattern()` finds all of its kind and `.TTL` says how many seconds an entry lives.\n\
         - `Timestamp`, `Date`, `Decimal` and `Uuid` keep the text they came in: offset, scale, leap second, case. They take and\n\
         \x20 give `datetime`, `decimal` and `uuid` values.\n\
         - `model_json_schema()` is the schema that a model was made from, with all it refers to.\n\
         - A member that may be absent and may be null is `None` in both cases; `model_fields_set` has it unless it is absent.\n",
        head(),
        if ir.events.is_empty() { "" } else { EXAMPLE },
    )
}

/// A tuple of these expressions.
fn tuple(items: &[String]) -> String {
    match items {
        [] => "()".to_owned(),
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_docstring() {
        for (text, written) in [
            ("a", r#""""a""""#),
            (r#"""#, r#""""\"""""#),
            (r#"""""#, r#""""""\"""""#),
            (r#"a \""#, r#""""a \\\"""""#),
            ("a\\", r#""""a\\""""#),
        ] {
            assert_eq!(docstring(&[text.to_owned()], ""), written);
        }
    }
}
