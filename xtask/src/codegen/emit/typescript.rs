//! TypeScript: an npm package of types, validators, keys and channels, as JavaScript with declarations beside it.
//!
//! JavaScript and `.d.ts` are both printed, so that Node runs the package as it lies there and nobody needs a build
//! step; `tsc --strict` checks the two against each other and against programs. Values are plain objects under the
//! names of the wire. They are judged by the runtime, `typescript/runtime.js`, which goes out as it stands.
//!
//! Numbers are JavaScript's: an integer beyond 2^53 - 1 is refused, never rounded. That is the one documented
//! difference from the other languages in what is accepted. (Where a schema allows any value, a whole number is written
//! without a fraction: JavaScript does not know that it had one.)
//!
//! `checks` prints what values are held to, `models` types, `bindings` keys and channels.

mod bindings;
mod checks;
mod models;

use super::super::ir::{Format, Ir, TypeId};
use super::super::naming::typescript as names;
use super::prose::{head, quoted, wrapped};
use super::{Emitter, IDNA_TABLES, OutputFile};

/// The name of the package, for npm.
const PACKAGE: &str = "redis-client-schemas";

/// Identifiers that types of a schema do not get: the modules use them, or they are the package's own.
const RESERVED: [&str; 43] = [
    "AnyEvent",
    "Array",
    "BigInt",
    "Boolean",
    "Check",
    "Date",
    "DateText",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Error",
    "EventType",
    "Function",
    "Given",
    "Infinity",
    "InvalidKey",
    "Iterable",
    "Json",
    "KeyType",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Omit",
    "Partial",
    "Pattern",
    "Pick",
    "Promise",
    "Proxy",
    "Record",
    "RedisKeys",
    "Reflect",
    "SchemaError",
    "Set",
    "String",
    "Symbol",
    "Timestamp",
    "Uint8Array",
    "UnknownChannel",
    "Uuid",
    "ValueKeyType",
    "ValueType",
];

/// The largest integer that a number of JavaScript holds without its neighbours.
const SAFE: i128 = 9_007_199_254_740_991;

/// The TypeScript target.
#[derive(Debug, Clone, Copy)]
pub struct TypeScript;

impl Emitter for TypeScript {
    fn emit(&self, ir: &Ir) -> Vec<OutputFile> {
        let printer = Printer::new(ir);
        let file = |path: &str, text: String| OutputFile {
            path: path.to_owned(),
            text,
        };
        let mut files = vec![
            file("README.md", readme(ir)),
            file("package.json", package_file(ir)),
            file("src/checks.js", printer.checks_module()),
            file("src/index.d.ts", printer.index()),
            file("src/index.js", printer.index()),
            file("src/models.d.ts", printer.models_types()),
            file("src/models.js", printer.models_module()),
            file("src/patterns.js", printer.patterns_module()),
            file(
                "src/runtime.d.ts",
                runtime(include_str!("typescript/runtime.d.ts")),
            ),
            file("src/runtime.js", runtime(include_str!("typescript/runtime.js"))),
            file("src/schemas.js", printer.schemas_module()),
        ];
        if ir.uses(Format::Hostname) {
            files.push(file("src/hostname.js", hostname()));
        }
        if !ir.events.is_empty() {
            files.push(file("src/channels.d.ts", printer.channels_types()));
            files.push(file("src/channels.js", printer.channels_module()));
        }
        if !ir.keys.is_empty() {
            files.push(file("src/keys.d.ts", printer.keys_types()));
            files.push(file("src/keys.js", printer.keys_module()));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

/// Names, found once.
struct Printer<'a> {
    ir: &'a Ir,
    /// Types and the values beside them, by type.
    types: Vec<String>,
    /// Values, by key.
    keys: Vec<String>,
    /// Names of the automata, by pattern.
    patterns: Vec<String>,
}

impl<'a> Printer<'a> {
    fn new(ir: &'a Ir) -> Self {
        let mut wanted: Vec<&str> = ir.types.iter().map(|def| def.name.as_str()).collect();
        wanted.extend(ir.keys.iter().map(|key| key.type_name.as_str()));
        let mut types = super::type_names(ir, &wanted, &RESERVED);
        let keys = types.split_off(ir.types.len());
        let patterns: Vec<&str> = ir.patterns.iter().map(|pattern| pattern.name.as_str()).collect();
        let patterns = names::functions(&patterns);
        Self {
            ir,
            types,
            keys,
            patterns,
        }
    }

    fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    /// The entry of the package; the same words in both languages.
    fn index(&self) -> String {
        let mut out = module("Events, keys and channels of the schemas.");
        if !self.ir.events.is_empty() {
            out.push_str("export * as channels from \"./channels.js\";\n");
            out.push_str("export { decode, decodeType, encode } from \"./channels.js\";\n");
        }
        if !self.ir.keys.is_empty() {
            out.push_str("export * from \"./keys.js\";\n");
        }
        out.push_str("export * from \"./models.js\";\n");
        out
    }
}

/// The beginning of a module.
fn module(what: &str) -> String {
    format!("{}\n\n", comment(&[what.to_owned(), head()], ""))
}

/// Paragraphs as a comment of documentation, each line behind `indent`.
fn comment(paragraphs: &[String], indent: &str) -> String {
    let lines = wrapped(paragraphs, 108_usize.saturating_sub(indent.len()));
    let lines: Vec<String> = lines.iter().map(|line| line.replace("*/", "*\\/")).collect();
    if let [one] = lines.as_slice() {
        return format!("{indent}/** {one} */");
    }
    let body: String = lines
        .iter()
        .map(|line| {
            if line.is_empty() {
                format!("{indent} *\n")
            } else {
                format!("{indent} * {line}\n")
            }
        })
        .collect();
    format!("{indent}/**\n{body}{indent} */")
}

/// The name of a property, quoted where it must be.
fn property(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '$');
    if first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$') {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// An object literal or type of these entries, on one line.
fn braces(entries: &[String], separator: &str) -> String {
    if entries.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", entries.join(separator))
    }
}

/// A list literal of these expressions, on one line.
fn brackets(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

fn runtime(source: &str) -> String {
    let what = "What the models are checked, read and written by. It knows JSON and the rules of schemas, and no schema.";
    format!("{}{source}", module(what))
}

fn hostname() -> String {
    let what = "The format `hostname`: names of hosts, their A-labels judged by IDNA2008.";
    let source = include_str!("typescript/hostname.js").replace("@TABLES@", IDNA_TABLES);
    format!("{}{source}", module(what))
}

fn package_file(ir: &Ir) -> String {
    let mut modules = vec!["models"];
    if !ir.events.is_empty() {
        modules.push("channels");
    }
    if !ir.keys.is_empty() {
        modules.push("keys");
    }
    modules.sort_unstable();
    let entry = |path: &str, file: &str| {
        format!("    \"{path}\": {{ \"types\": \"./src/{file}.d.ts\", \"default\": \"./src/{file}.js\" }}")
    };
    let mut exports = vec![entry(".", "index")];
    exports.extend(modules.iter().map(|module| entry(&format!("./{module}"), module)));
    format!(
        "{{\n  \"//\": {},\n  \"name\": \"{PACKAGE}\",\n  \"version\": \"{}\",\n  \
         \"description\": \"Events, keys and channels of the schemas: types and validators\",\n  \
         \"license\": \"MIT OR Apache-2.0\",\n  \"type\": \"module\",\n  \"sideEffects\": false,\n  \
         \"engines\": {{ \"node\": \">=20\" }},\n  \"files\": [\"src\"],\n  \
         \"types\": \"./src/index.d.ts\",\n  \"exports\": {{\n{}\n  }}\n}}\n",
        quoted(&head()),
        env!("CARGO_PKG_VERSION"),
        exports.join(",\n"),
    )
}

/// How a service reads and publishes; a test checks its types.
const EXAMPLE: &str = r#"```typescript
import { DecodeError, UnknownChannel, decode, encode } from "redis-client-schemas";

export function handle(channel: string, payload: Uint8Array): void {
  try {
    const event = decode(channel, payload);
    const message = encode(event);
    console.log(message.channel, message.payload); // what `publish` of node-redis takes
  } catch (error) {
    if (error instanceof DecodeError) {
      console.log(error.pointer, error.reason); // where and why, and nothing of the payload
    } else if (error instanceof UnknownChannel) {
      console.log("no event of ours");
    } else {
      throw error;
    }
  }
}
```

"#;

fn readme(ir: &Ir) -> String {
    format!(
        "# {PACKAGE}\n\n\
         {}\n\n\
         Events, keys and channels of the schemas for Node 20 and later, and for TypeScript: types, and validators that judge\n\
         every JSON text as the Rust and Python packages do and write the same bytes. ES modules, no dependencies, no build step.\n\n\
         ```console\n\
         $ npm install ./schemas/bindings/typescript\n\
         ```\n\n\
         {}\
         - `decode(channel, payload)` reads an event; `encode(event)` checks it and gives its channel and its JSON. Each type is\n\
         \x20 also a value with `decode`, `encode` and `is`; there, members that have one value may be left out.\n\
         - `schema()` of each is the JSON Schema that it was made from, with all it refers to.\n\
         - `RedisKeys` makes keys; the value beside each kind of key takes one apart with `parse`, finds all with `scanPattern()`\n\
         \x20 and says in `ttl` how many seconds an entry lives.\n\
         - Times, dates, decimals and UUIDs are texts: nothing of them is lost.\n\
         - A member that may be absent is `undefined` then, which is not `null`.\n\
         - Integers are numbers: one beyond 2^53 - 1 is refused instead of rounded. The other languages take 64 bits.\n\
         \x20 Where a schema allows any value, `1.0` is written again as `1`.\n",
        head(),
        if ir.events.is_empty() { "" } else { EXAMPLE },
    )
}
