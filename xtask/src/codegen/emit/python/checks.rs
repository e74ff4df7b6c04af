//! What values are held to, as calls of the runtime.

use super::super::super::ir::{
    AlternativeKind, BranchKind, Content, Format, Object, PatternId, Rules, Shape, Tuple, TypeId, Union,
};
use super::super::super::naming::python as names;
use super::super::bundle::{self, Schema};
use super::super::check::{self, Bound, Check, Presence};
use super::super::prose::{filled, quoted};
use super::{Printer, literal, module};

impl Printer<'_> {
    /// The automata.
    pub(super) fn patterns_module(&self) -> String {
        let mut out = module("Patterns of the schemas as automata over code points.");
        out.push_str("from ._runtime import Pattern\n");
        for (pattern, name) in self.ir.patterns.iter().zip(&self.patterns) {
            let Some(tables) = pattern.dfa.tables() else {
                continue;
            };
            let numbers = |values: Vec<String>| filled(&values, "        ", 110);
            let ranges: Vec<String> = tables
                .ranges
                .iter()
                .map(|(first, last, class)| format!("({first:#x}, {last:#x}, {class})"))
                .collect();
            let accepting: Vec<String> = (0..)
                .zip(&tables.accepting)
                .filter(|(_, accepting)| **accepting)
                .map(|(state, _): (usize, _)| state.to_string())
                .collect();
            put!(
                out,
                "\n{name} = Pattern(\n    {},\n    bytes((\n{}    )),\n    (\n{}    ),\n    {},\n    (\n{}    ),\n    frozenset((\n{}    )),\n    {},\n)\n",
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
        let mut out = module("What values of the schemas are held to.");
        if self.ir.uses(Format::Hostname) {
            out.push_str("from . import _hostname as hostname\n");
        }
        out.push_str("from . import _patterns as patterns\nfrom . import _runtime as runtime\n");
        for (index, check) in self.checks.iter().enumerate() {
            let id = TypeId(index);
            // Spelt out, since one that is used above its place has no type to infer there.
            let class = match self.ir.type_def(id).shape {
                Shape::Object(_) => "Object",
                Shape::Texts(_) => "Texts",
                Shape::Alternatives(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Wrapper(_) => "Check",
            };
            put!(out, "\n{check}: runtime.{class} = {}\n", self.shape_call(id));
        }
        if let Some(root) = self.ir.root {
            put!(out, "\nROOT = {}\n", self.check_name(root));
        }
        out
    }

    /// The schema of each model, with all it refers to.
    pub(super) fn schemas_module(&self) -> String {
        let mut out = module("The schemas of the models, with all they refer to.");
        out.push_str("from ._runtime import Schema\n\n_DOCUMENTS = {\n");
        for document in bundle::documents(self.ir) {
            // No JSON text has three quotes in a row, or ends with a backslash.
            put!(
                out,
                "    {}: r\"\"\"{}\"\"\",\n",
                quoted(&document.id),
                bundle::whole(document)
            );
        }
        out.push_str("}\n");
        for (index, def) in self.ir.types.iter().enumerate() {
            if !matches!(def.shape, Shape::Object(_)) {
                continue;
            }
            let Schema {
                document,
                fragment,
                needs,
            } = Schema::of(self.ir, &def.schema);
            let needs: Vec<String> = needs.into_iter().map(quoted).collect();
            put!(
                out,
                "\n{} = Schema(_DOCUMENTS, {}, {}, {})\n",
                self.check_name(TypeId(index)),
                quoted(document),
                fragment.map_or_else(|| "None".to_owned(), |fragment| quoted(&fragment)),
                super::tuple(&needs)
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
                format!(
                    "runtime.Texts(\n    {name},\n    (\n{}    ),\n)",
                    filled(&values, "        ", 110)
                )
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
                    "runtime.Alternatives(\n    {name},\n    frozenset((\n{}    )),\n    (\n{}    ),\n)",
                    filled(&constants, "        ", 110),
                    filled(&kinds, "        ", 110)
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
        let mut out = format!("runtime.Tuple(\n    {},\n    (\n", quoted(self.name(id)));
        for element in elements {
            put!(
                out,
                "        {},\n",
                self.call(&check::of_item(&element.item), id)
            );
        }
        put!(out, "    ),\n    required={required},\n");
        let rest = rest.as_ref().map(|item| self.call(&check::of_item(item), id));
        for (name, value) in [
            ("rest", rest),
            ("shortest", min_items.map(|n| n.to_string())),
            ("longest", max_items.map(|n| n.to_string())),
            ("unique", unique_items.then(|| "True".to_owned())),
        ] {
            if let Some(value) = value {
                put!(out, "    {name}={value},\n");
            }
        }
        out.push(')');
        out
    }

    fn union_call(&self, id: TypeId, union: &Union) -> String {
        let mut out = format!("runtime.Union(\n    {},\n    (\n", quoted(self.name(id)));
        for branch in &union.branches {
            let call = match &branch.kind {
                BranchKind::Constant(json) => format!("runtime.Constant({})", literal(json)),
                BranchKind::Type(ty) => self.call(&check::of_type(ty, &Rules::default()), id),
            };
            let tag = branch
                .tag
                .as_ref()
                .map(|json| format!("runtime.Constant({})", literal(json)));
            put!(
                out,
                "        {},\n",
                arguments("Branch", vec![call], vec![("tag", tag)])
            );
        }
        out.push_str("    ),\n");
        if let Some(tag) = &union.tag {
            put!(out, "    tag={},\n", quoted(tag));
        }
        if union.exactly_one {
            out.push_str("    exactly_one=True,\n");
        }
        out.push(')');
        out
    }

    fn object_call(&self, id: TypeId, object: &Object) -> String {
        let mut out = format!("runtime.Object(\n    {},\n    (\n", quoted(self.name(id)));
        let fields = names::fields(&fields_of(object));
        let mut fields = fields.iter();
        for (member, name) in object.members.iter().zip(&mut fields) {
            let (call, presence) = match &member.content {
                Content::Constant(json) => {
                    (format!("runtime.Constant({})", literal(json)), Presence::Required)
                }
                Content::Value(valued) => (
                    self.call(&check::of_slot(&valued.slot), id),
                    Presence::of(self.ir, valued),
                ),
            };
            let presence = match presence {
                Presence::Required => "",
                Presence::Optional => ", runtime.OPTIONAL",
                Presence::Unset => ", runtime.UNSET",
                Presence::DefaultNull => ", runtime.DEFAULT_NULL",
            };
            put!(
                out,
                "        runtime.Member({}, {}, {call}{presence}),\n",
                quoted(&member.wire),
                quoted(name)
            );
        }
        put!(
            out,
            "    ),\n    is_open={},\n",
            if object.is_open() { "True" } else { "False" }
        );
        let mut maps = String::new();
        for ((_, names, item), name) in object.maps().zip(&mut fields) {
            let kept = vec![quoted(name), self.call(&check::of_item(item), id)];
            let names = vec![("names", names.map(|id| self.pattern_path(id)))];
            put!(maps, "        {},\n", arguments("Kept", kept, names));
        }
        if !maps.is_empty() {
            put!(out, "    maps=(\n{maps}    ),\n");
        }
        for (name, count) in [("fewest", object.min_properties), ("most", object.max_properties)] {
            if let Some(count) = count {
                put!(out, "    {name}={count},\n");
            }
        }
        out.push(')');
        out
    }

    /// A check inside the definition of `within`.
    pub(super) fn call(&self, check: &Check, within: TypeId) -> String {
        match check {
            Check::Any => "runtime.Anything()".to_owned(),
            Check::Kinds(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.call(kind, within)).collect();
                format!("runtime.Anything({})", super::tuple(&kinds))
            }
            Check::Among { inner, values } => {
                let json = format!("[{}]", values.join(","));
                arguments("Among", vec![self.call(inner, within), quoted(&json)], Vec::new())
            }
            Check::Null => "runtime.Null()".to_owned(),
            Check::Boolean => "runtime.Boolean()".to_owned(),
            Check::Integer { low, high, step } => arguments(
                "Integer",
                vec![low.to_string(), high.to_string()],
                vec![("step", quoted_if(step.as_ref()))],
            ),
            Check::Number { low, high, step } => {
                let mut named = Vec::new();
                for (limit, inclusive, exclusive) in [(low, "minimum", "above"), (high, "maximum", "below")] {
                    if let Some(Bound { value, excluded }) = limit {
                        named.push((if *excluded { exclusive } else { inclusive }, Some(float(*value))));
                    }
                }
                named.push(("step", quoted_if(step.as_ref())));
                arguments("Number", Vec::new(), named)
            }
            Check::Text {
                shortest,
                longest,
                pattern,
                format,
            } => arguments(
                "Text",
                Vec::new(),
                vec![
                    ("shortest", shortest.map(|n| n.to_string())),
                    ("longest", longest.map(|n| n.to_string())),
                    ("pattern", pattern.map(|id| self.pattern_path(id))),
                    ("format", format.map(|format| judge(format).to_owned())),
                ],
            ),
            Check::Timestamp { utc } => arguments("Time", Vec::new(), vec![("utc", quoted_if(utc.as_ref()))]),
            Check::Date => "runtime.Day()".to_owned(),
            Check::Uuid => "runtime.Identifier()".to_owned(),
            Check::Decimal { pattern } => arguments(
                "DecimalText",
                Vec::new(),
                vec![("pattern", pattern.map(|id| self.pattern_path(id)))],
            ),
            Check::List {
                item,
                shortest,
                longest,
                unique,
            } => arguments(
                "List",
                vec![self.call(item, within)],
                vec![
                    ("shortest", shortest.map(|n| n.to_string())),
                    ("longest", longest.map(|n| n.to_string())),
                    ("unique", unique.then(|| "True".to_owned())),
                ],
            ),
            Check::Map {
                item,
                fewest,
                most,
                names,
            } => arguments(
                "Map",
                vec![self.call(item, within)],
                vec![
                    ("fewest", fewest.map(|n| n.to_string())),
                    ("most", most.map(|n| n.to_string())),
                    ("names", names.map(|id| self.pattern_path(id))),
                ],
            ),
            Check::Nullable(inner) => arguments("Nullable", vec![self.call(inner, within)], Vec::new()),
            // What is defined further up is there already.
            Check::Named(id) if *id < within => self.check_name(*id).to_owned(),
            Check::Named(id) => format!("runtime.Named(lambda: {})", self.check_name(*id)),
        }
    }

    fn pattern_path(&self, id: PatternId) -> String {
        format!("patterns.{}", self.patterns.get(id.0).map_or("", String::as_str))
    }
}

/// What judges the texts of a format.
fn judge(format: Format) -> &'static str {
    match format {
        Format::DateTime => "runtime.DATE_TIME",
        Format::Time => "runtime.TIME",
        Format::Hostname => "hostname.HOSTNAME",
    }
}

/// The names of an object's fields, in order: its members, then its maps.
pub(super) fn fields_of(object: &Object) -> Vec<&str> {
    let members = object.members.iter().map(|member| member.wire.as_str());
    members.chain(object.maps().map(|(name, ..)| name)).collect()
}

/// A call of the runtime, without the arguments that are not given.
fn arguments(function: &str, positional: Vec<String>, named: Vec<(&str, Option<String>)>) -> String {
    let named = named
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={value}")));
    let all: Vec<String> = positional.into_iter().chain(named).collect();
    format!("runtime.{function}({})", all.join(", "))
}

fn quoted_if(text: Option<&String>) -> Option<String> {
    text.map(|text| quoted(text))
}

fn float(value: f64) -> String {
    if value.is_finite() {
        format!("{value:?}")
    } else {
        "float(\"inf\")".to_owned()
    }
}
