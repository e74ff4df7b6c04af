//! What values are held to, as calls of the runtime.

use super::super::super::ir::{
    AlternativeKind, BranchKind, Content, Format, Object, PatternId, Rules, Shape, Tuple, TypeId, Union,
};
use super::super::bundle::{self, Schema};
use super::super::check::{self, Bound, Check, Presence};
use super::super::prose::{filled, quoted};
use super::{Printer, SAFE, braces, brackets, module};

impl Printer<'_> {
    /// The automata.
    pub(super) fn patterns_module(&self) -> String {
        let mut out = module("Patterns of the schemas as automata over code points.");
        if self.ir.patterns.is_empty() {
            out.push_str("export {};\n");
            return out;
        }
        out.push_str("import { Pattern } from \"./runtime.js\";\n");
        for (pattern, name) in self.ir.patterns.iter().zip(&self.patterns) {
            let Some(tables) = pattern.dfa.tables() else {
                continue;
            };
            let numbers = |values: Vec<String>| {
                if values.is_empty() {
                    "[]".to_owned()
                } else {
                    format!("[\n{}  ]", filled(&values, "    ", 110))
                }
            };
            let ranges: Vec<String> = tables
                .ranges
                .iter()
                .map(|(first, last, class)| format!("[{first:#x}, {last:#x}, {class}]"))
                .collect();
            let accepting: Vec<String> = (0_usize..)
                .zip(&tables.accepting)
                .filter(|(_, accepting)| **accepting)
                .map(|(state, _)| state.to_string())
                .collect();
            put!(
                out,
                "\nexport const {name} = new Pattern(\n  {},\n  {},\n  {},\n  {},\n  {},\n  {},\n  {},\n);\n",
                quoted(&pattern.source),
                numbers(tables.ascii.iter().map(u8::to_string).collect()),
                numbers(ranges),
                tables.classes,
                numbers(tables.transitions.iter().map(u16::to_string).collect()),
                numbers(accepting),
                tables.start,
            );
        }
        out
    }

    /// The check of each type.
    pub(super) fn checks_module(&self) -> String {
        let mut body = String::new();
        for (index, name) in self.types.iter().enumerate() {
            // A type spelt out, since one that is used above its place has none to infer there.
            put!(
                body,
                "\n/** @type {{runtime.Check}} */\nexport const {name} = {};\n",
                self.shape_call(TypeId(index))
            );
        }
        if let Some(root) = self.ir.root
            && self.name(root) != "Root"
        {
            put!(body, "\nexport const Root = {};\n", self.name(root));
        }
        let mut out = module("What values of the schemas are held to.");
        if self.ir.uses(Format::Hostname) {
            out.push_str("import { hostname } from \"./hostname.js\";\n");
        }
        if body.contains("patterns.") {
            out.push_str("import * as patterns from \"./patterns.js\";\n");
        }
        out.push_str("import * as runtime from \"./runtime.js\";\n");
        out.push_str(&body);
        out
    }

    /// The schema of each type, with all it refers to.
    pub(super) fn schemas_module(&self) -> String {
        let mut out = module("The schemas of the types, with all they refer to.");
        out.push_str("import { schema } from \"./runtime.js\";\n\n/** @type {{ readonly [id: string]: string }} */\nconst documents = {\n");
        for document in bundle::documents(self.ir) {
            let text = bundle::whole(document)
                .replace('\\', "\\\\")
                .replace('`', "\\`")
                .replace("${", "\\${");
            put!(out, "  {}: `{text}`,\n", quoted(&document.id));
        }
        out.push_str("};\n");
        for (name, def) in self.types.iter().zip(&self.ir.types) {
            let Schema {
                document,
                fragment,
                needs,
            } = Schema::of(self.ir, &def.schema);
            let needs: Vec<String> = needs.into_iter().map(quoted).collect();
            put!(
                out,
                "\nexport const {name} = schema(documents, {}, {}, {});\n",
                quoted(document),
                fragment.map_or_else(|| "null".to_owned(), |fragment| quoted(&fragment)),
                brackets(&needs)
            );
        }
        out
    }

    fn shape_call(&self, id: TypeId) -> String {
        let name = quoted(self.name(id));
        match &self.ir.type_def(id).shape {
            Shape::Object(object) => self.object_call(id, object),
            Shape::Texts(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(&value.text)).collect();
                format!("runtime.texts({name}, [\n{}])", filled(&values, "  ", 110))
            }
            Shape::Alternatives(alternatives) => {
                let mut constants = Vec::new();
                let mut kinds = Vec::new();
                for alternative in alternatives {
                    match &alternative.kind {
                        AlternativeKind::Constant(text) => constants.push(quoted(text)),
                        AlternativeKind::Type(ty) => {
                            kinds.push(self.call(&check::of_type(ty, &Rules::default()), id));
                        }
                    }
                }
                format!(
                    "runtime.alternatives({name}, {}, {})",
                    brackets(&constants),
                    brackets(&kinds)
                )
            }
            Shape::Union(union) => self.union_call(id, union),
            Shape::Tuple(tuple) => self.tuple_call(id, tuple),
            Shape::Wrapper(slot) => self.call(&check::of_slot(slot), id),
        }
    }

    fn tuple_call(&self, id: TypeId, tuple: &Tuple) -> String {
        let Tuple {
            elements,
            required,
            rest,
            min_items,
            max_items,
            unique_items,
        } = tuple;
        let mut out = format!("runtime.tuple(\n  {},\n  [\n", quoted(self.name(id)));
        for element in elements {
            put!(out, "    {},\n", self.call(&check::of_item(&element.item), id));
        }
        let rules: Vec<String> = [
            ("required", Some(required.to_string())),
            (
                "rest",
                rest.as_ref().map(|item| self.call(&check::of_item(item), id)),
            ),
            ("shortest", min_items.map(|n| n.to_string())),
            ("longest", max_items.map(|n| n.to_string())),
            ("unique", unique_items.then(|| "true".to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}")))
        .collect();
        put!(out, "  ],\n  {},\n)", braces(&rules, ", "));
        out
    }

    fn union_call(&self, id: TypeId, union: &Union) -> String {
        let mut out = format!("runtime.union(\n  {},\n  [\n", quoted(self.name(id)));
        for branch in &union.branches {
            let call = match &branch.kind {
                BranchKind::Constant(json) => format!("runtime.constant({})", constant(json)),
                BranchKind::Type(ty) => self.call(&check::of_type(ty, &Rules::default()), id),
            };
            let tag = branch
                .tag
                .as_ref()
                .map(|json| format!(", runtime.constant({})", constant(json)));
            put!(out, "    [{call}{}],\n", tag.unwrap_or_default());
        }
        out.push_str("  ],\n");
        let rules = vec![
            ("tag", union.tag.as_deref().map(quoted)),
            ("exactlyOne", union.exactly_one.then(|| "true".to_owned())),
        ];
        let rules: Vec<String> = rules
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}")))
            .collect();
        if !rules.is_empty() {
            put!(out, "  {},\n", braces(&rules, ", "));
        }
        out.push(')');
        out
    }

    fn object_call(&self, id: TypeId, object: &Object) -> String {
        let mut out = format!("runtime.object(\n  {},\n  [\n", quoted(self.name(id)));
        for member in &object.members {
            let (call, presence) = match &member.content {
                Content::Constant(json) => (format!("runtime.constant({})", constant(json)), ""),
                Content::Value(valued) => {
                    let presence = match Presence::of(self.ir, valued) {
                        Presence::Required => "",
                        Presence::Optional => ", \"optional\"",
                        Presence::Unset => ", \"unset\"",
                        Presence::DefaultNull => ", \"default null\"",
                    };
                    (self.call(&check::of_slot(&valued.slot), id), presence)
                }
            };
            put!(out, "    [{}, {call}{presence}],\n", quoted(&member.wire));
        }
        put!(out, "  ],\n  {},\n", object.is_open());
        let mut rules = Vec::new();
        let maps: Vec<String> = object
            .maps()
            .map(|(_, names, item)| {
                let mut kept = vec![self.call(&check::of_item(item), id)];
                kept.extend(names.map(|id| self.pattern_path(id)));
                brackets(&kept)
            })
            .collect();
        if !maps.is_empty() {
            rules.push(format!("maps: {}", brackets(&maps)));
        }
        for (name, count) in [("fewest", object.min_properties), ("most", object.max_properties)] {
            rules.extend(count.map(|count| format!("{name}: {count}")));
        }
        if !rules.is_empty() {
            put!(out, "  {},\n", braces(&rules, ", "));
        }
        out.push(')');
        out
    }

    /// A check inside the definition of `within`.
    pub(super) fn call(&self, check: &Check, within: TypeId) -> String {
        match check {
            Check::Any => "runtime.anything()".to_owned(),
            Check::Kinds(kinds) => {
                // All numbers are floats here, whose limits are those of integers too.
                let kinds = kinds.iter().filter(|kind| !matches!(kind, Check::Integer { .. }));
                let kinds: Vec<String> = kinds.map(|kind| self.call(kind, within)).collect();
                format!("runtime.anything({})", brackets(&kinds))
            }
            Check::Among { inner, values } => {
                let json = format!("[{}]", values.join(","));
                format!("runtime.among({}, {})", self.call(inner, within), quoted(&json))
            }
            Check::Null => "runtime.nothing()".to_owned(),
            Check::Boolean => "runtime.boolean()".to_owned(),
            Check::Integer { low, high, step } => {
                let mut arguments = vec![(*low).max(-SAFE).to_string(), (*high).min(SAFE).to_string()];
                arguments.extend(step.as_deref().map(quoted));
                format!("runtime.integer({})", arguments.join(", "))
            }
            Check::Number { low, high, step } => {
                let mut limits = Vec::new();
                for (limit, inclusive, exclusive) in [(low, "minimum", "above"), (high, "maximum", "below")] {
                    if let Some(Bound { value, excluded }) = limit {
                        let name = if *excluded { exclusive } else { inclusive };
                        limits.push((name, Some(float(*value))));
                    }
                }
                limits.push(("step", step.as_deref().map(quoted)));
                with_rules("number", None, limits)
            }
            Check::Text {
                shortest,
                longest,
                pattern,
                format,
            } => with_rules(
                "text",
                None,
                vec![
                    ("shortest", shortest.map(|n| n.to_string())),
                    ("longest", longest.map(|n| n.to_string())),
                    ("pattern", pattern.map(|id| self.pattern_path(id))),
                    ("format", format.map(|format| judge(format).to_owned())),
                ],
            ),
            Check::Timestamp { utc } => {
                format!("runtime.time({})", utc.as_deref().map(quoted).unwrap_or_default())
            }
            Check::Date => "runtime.day()".to_owned(),
            Check::Uuid => "runtime.identifier()".to_owned(),
            Check::Decimal { pattern } => format!(
                "runtime.decimal({})",
                pattern.map(|id| self.pattern_path(id)).unwrap_or_default()
            ),
            Check::List {
                item,
                shortest,
                longest,
                unique,
            } => with_rules(
                "list",
                Some(self.call(item, within)),
                vec![
                    ("shortest", shortest.map(|n| n.to_string())),
                    ("longest", longest.map(|n| n.to_string())),
                    ("unique", unique.then(|| "true".to_owned())),
                ],
            ),
            Check::Map {
                item,
                fewest,
                most,
                names,
            } => with_rules(
                "map",
                Some(self.call(item, within)),
                vec![
                    ("fewest", fewest.map(|n| n.to_string())),
                    ("most", most.map(|n| n.to_string())),
                    ("names", names.map(|id| self.pattern_path(id))),
                ],
            ),
            Check::Nullable(inner) => format!("runtime.nullable({})", self.call(inner, within)),
            // What is defined further up is there already.
            Check::Named(id) if *id < within => self.name(*id).to_owned(),
            Check::Named(id) => format!("runtime.named(() => {})", self.name(*id)),
        }
    }

    fn pattern_path(&self, id: PatternId) -> String {
        format!("patterns.{}", self.patterns.get(id.0).map_or("", String::as_str))
    }
}

/// What judges the texts of a format.
fn judge(format: Format) -> &'static str {
    match format {
        Format::DateTime => "runtime.dateTime",
        Format::Time => "runtime.timeOfDay",
        Format::Hostname => "hostname",
    }
}

/// A call of the runtime with the rules that are given.
fn with_rules(function: &str, first: Option<String>, rules: Vec<(&str, Option<String>)>) -> String {
    let rules: Vec<String> = rules
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}")))
        .collect();
    let rules = (!rules.is_empty()).then(|| braces(&rules, ", "));
    let all: Vec<String> = first.into_iter().chain(rules).collect();
    format!("runtime.{function}({})", all.join(", "))
}

/// A constant as a literal. An integer that no number holds exactly is one that no value equals.
pub(super) fn constant(json: &str) -> String {
    match json.parse::<i128>() {
        Ok(number) if number.abs() > SAFE => "NaN".to_owned(),
        _ => json.to_owned(),
    }
}

fn float(value: f64) -> String {
    if value.is_finite() {
        format!("{value:?}")
    } else {
        "Infinity".to_owned()
    }
}
