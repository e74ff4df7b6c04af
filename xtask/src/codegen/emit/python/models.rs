//! Classes and aliases: what a program names.

use super::super::super::ir::{
    BranchKind, Content, Event, Object, Piece, Rest, Shape, Slot, TextValue, Tuple, TypeId, Union,
};
use super::super::super::naming::python as names;
use super::super::check::Presence;
use super::super::prose::{
    code, map_of_members, members_counted, paragraphs, quoted, rules, tuple_rules, unescaped,
};
use super::checks::fields_of;
use super::{Printer, Uses, docstring, import, literal, module, or_none};

impl Printer<'_> {
    /// The classes of all types, and the union of the events.
    pub(super) fn models_module(&self) -> String {
        let mut used = Uses::default();
        let mut body = String::new();
        let mut bases: Vec<&str> = Vec::new();
        let mut typing: Vec<&str> = vec!["Annotated"];
        let mut models: Vec<&str> = Vec::new();
        let mut enums = false;
        for index in 0..self.ir.types.len() {
            let id = TypeId(index);
            match &self.ir.type_def(id).shape {
                Shape::Object(object) => {
                    let event = self.ir.event_of(id);
                    bases.push(if event.is_some() { "Event" } else { "Model" });
                    if event.is_some() {
                        typing.push("ClassVar");
                    }
                    if object
                        .members
                        .iter()
                        .any(|member| matches!(member.content, Content::Constant(_)))
                    {
                        typing.push("Literal");
                    }
                    models.push(self.name(id));
                    body.push_str(&self.object_class(id, object, event, &mut used));
                }
                Shape::Texts(values) => {
                    enums = true;
                    body.push_str(&self.texts_class(id, values));
                }
                Shape::Alternatives(_) => {
                    typing.push("TypeAlias");
                    let kinds = self.kinds_of_text(&super::Type::Named(id), &mut used);
                    let kinds: Vec<String> = kinds.into_iter().collect();
                    body.push_str(&self.alias(id, &kinds.join(" | "), &[]));
                }
                Shape::Union(union) => {
                    typing.push("TypeAlias");
                    body.push_str(&self.alias(id, &self.union_annotation(union, &mut used), &[]));
                    if union
                        .branches
                        .iter()
                        .any(|branch| matches!(branch.kind, BranchKind::Constant(_)))
                    {
                        typing.push("Literal");
                    }
                }
                Shape::Tuple(tuple) => {
                    typing.push("TypeAlias");
                    let annotation = self.tuple_annotation(tuple, &mut used);
                    body.push_str(&self.alias(id, &annotation, &tuple_rules(tuple)));
                }
                Shape::Wrapper(slot) => {
                    typing.push("TypeAlias");
                    let annotation = or_none(self.annotation(&slot.ty, &mut used), slot.nullable);
                    body.push_str(&self.alias(id, &annotation, &rules(self.ir, slot)));
                }
            }
        }
        if !self.ir.events.is_empty() {
            typing.push("TypeAlias");
        }
        body.push_str(&self.whole_aliases());
        if !models.is_empty() {
            body.push_str("\n\n# A field may be of a class that is defined further down.\n");
            for model in &models {
                put!(body, "{model}.model_rebuild()\n");
            }
        }
        if used.any {
            typing.push("Any");
        }
        let mut from_runtime: Vec<&str> = bases;
        from_runtime.extend(used.scalars);
        if enums || !models.is_empty() {
            from_runtime.push("bind");
        }
        for names in [&mut from_runtime, &mut typing] {
            names.sort_unstable();
            names.dedup();
        }
        let mut out = module("Models of the schemas.");
        if enums {
            out.push_str("from enum import StrEnum\n");
        }
        if !body.contains("Annotated[") {
            typing.retain(|name| *name != "Annotated");
        }
        if !typing.is_empty() {
            put!(out, "from typing import {}\n", typing.join(", "));
        }
        if enums || !typing.is_empty() {
            out.push('\n');
        }
        out.push_str("from . import _checks as checks\n");
        if !models.is_empty() {
            out.push_str("from . import _schemas as schemas\n");
        }
        out.push_str(&import("_runtime", &from_runtime));
        out.push_str(&body);
        out
    }

    /// The union of the events, and the root of a single file.
    fn whole_aliases(&self) -> String {
        let mut out = String::new();
        if !self.ir.events.is_empty() {
            let events: Vec<&str> = self.ir.events.iter().map(|event| self.name(event.ty)).collect();
            put!(
                out,
                "\n\nAnyEvent: TypeAlias = \"{}\"\n\"\"\"Any event of the schemas.\"\"\"\n",
                events.join(" | ")
            );
        }
        if let Some(root) = self.ir.root
            && self.name(root) != "Root"
        {
            put!(
                out,
                "\n\nRoot = {}\n\"\"\"What the schema file describes.\"\"\"\n",
                self.name(root)
            );
        }
        out
    }

    /// One tuple for each number of elements that there may be.
    fn tuple_annotation(&self, tuple: &Tuple, used: &mut Uses) -> String {
        let elements: Vec<String> = tuple
            .elements
            .iter()
            .map(|element| self.item_annotation(&element.item, used))
            .collect();
        let mut lengths: Vec<String> = (tuple.required..=elements.len())
            .map(|length| match elements.get(..length) {
                None | Some([]) => "tuple[()]".to_owned(),
                Some(some) => format!("tuple[{}]", some.join(", ")),
            })
            .collect();
        if let Some(item) = &tuple.rest {
            let item = self.item_annotation(item, used);
            lengths.pop();
            let mut all = elements;
            all.push(format!("*tuple[{item}, ...]"));
            lengths.push(format!("tuple[{}]", all.join(", ")));
        }
        lengths.join(" | ")
    }

    fn union_annotation(&self, union: &Union, used: &mut Uses) -> String {
        let mut kinds: Vec<String> = Vec::new();
        for branch in &union.branches {
            let kind = match &branch.kind {
                BranchKind::Constant(json) => format!("Literal[{}]", literal(json)),
                BranchKind::Type(ty) => self.annotation(ty, used),
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds.join(" | ")
    }

    fn object_class(&self, id: TypeId, object: &Object, event: Option<&Event>, used: &mut Uses) -> String {
        let def = self.ir.type_def(id);
        let (name, check) = (self.name(id), self.check_name(id));
        let mut facts = Vec::new();
        if let Some(event) = event {
            facts.push(format!("Published on {}.", code(&event.channel.text)));
        }
        facts.extend(members_counted(object));
        let base = if event.is_some() { "Event" } else { "Model" };
        // What is kept goes into a map: an unknown word is a mistake where nothing is ignored.
        let closed = match object.rest {
            Rest::Ignored => "",
            Rest::Refused | Rest::Kept(_) => ", extra=\"forbid\"",
        };
        let mut out = format!(
            "\n\n@bind(checks.{check}, schemas.{check})\nclass {name}({base}{closed}):\n{}\n",
            docstring(&paragraphs(&def.docs, &code(&def.name), &facts), "    ")
        );
        let wires = fields_of(object);
        let fields = names::fields(&wires);
        if let Some(event) = event {
            let pieces: Vec<String> = event
                .channel
                .pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => quoted(text),
                    Piece::Placeholder(wire) => {
                        let at = wires.iter().position(|name| name == wire);
                        let field = at.and_then(|at| fields.get(at)).map_or("", String::as_str);
                        format!("({},)", quoted(field))
                    }
                })
                .collect();
            put!(
                out,
                "\n    CHANNEL: ClassVar[str] = {}\n    EVENT_TYPE: ClassVar[str] = {}\n    CHANNEL_PIECES = {}\n",
                quoted(&event.channel.text),
                quoted(&unescaped(&event.event_type)),
                super::tuple(&pieces),
            );
            if let Some(max_age) = event.max_age {
                put!(
                    out,
                    "    MAX_AGE: ClassVar[int | None] = {}\n    EXPIRED: ClassVar[str] = {}\n",
                    max_age.seconds,
                    quoted(max_age.expired.word()),
                );
            }
        }
        for (member, field) in object.members.iter().zip(&fields) {
            let at = format!("checks.{check}[{}]", quoted(field));
            let (annotation, default, facts) = match &member.content {
                Content::Constant(json) => {
                    let value = literal(json);
                    // A literal type is no float.
                    let ty = if json.parse::<i128>().is_err() && json.parse::<f64>().is_ok() {
                        "float".to_owned()
                    } else {
                        format!("Literal[{value}]")
                    };
                    (ty, format!(" = {value}"), Vec::new())
                }
                Content::Value(valued) => {
                    let Slot { ty, nullable, .. } = &valued.slot;
                    let presence = Presence::of(self.ir, valued);
                    let none = *nullable || presence != Presence::Required;
                    let default = if presence == Presence::Required {
                        ""
                    } else {
                        " = None"
                    };
                    let mut facts = rules(self.ir, &valued.slot);
                    facts.extend(match presence {
                        Presence::Required | Presence::DefaultNull => None,
                        Presence::Optional => Some("May be absent, not null.".to_owned()),
                        Presence::Unset => Some("May be absent, which is not null.".to_owned()),
                    });
                    (
                        or_none(self.annotation(ty, used), none),
                        default.to_owned(),
                        facts,
                    )
                }
            };
            put!(out, "\n    {field}: Annotated[{annotation}, {at}]{default}\n");
            let said = paragraphs(&member.docs, &code(&member.wire), &facts);
            put!(out, "{}\n", docstring(&said, "    "));
        }
        for ((_, names, item), field) in object.maps().zip(fields.iter().skip(object.members.len())) {
            let item = self.item_annotation(item, used);
            let at = format!("checks.{check}[{}]", quoted(field));
            put!(out, "\n    {field}: Annotated[dict[str, {item}], {at}] = {{}}\n");
            put!(out, "{}\n", docstring(&[map_of_members(self.ir, names)], "    "));
        }
        out
    }

    fn texts_class(&self, id: TypeId, values: &[TextValue]) -> String {
        let def = self.ir.type_def(id);
        let mut out = format!(
            "\n\n@bind(checks.{})\nclass {}(StrEnum):\n{}\n\n",
            self.check_name(id),
            self.name(id),
            docstring(&paragraphs(&def.docs, &code(&def.name), &[]), "    ")
        );
        let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
        for (text, name) in texts.iter().zip(names::constants(&texts, &[])) {
            put!(out, "    {name} = {}\n", quoted(text));
        }
        out
    }

    fn alias(&self, id: TypeId, annotation: &str, facts: &[String]) -> String {
        let def = self.ir.type_def(id);
        // The inside is a text, so that it may name what is defined further down.
        format!(
            "\n\n{}: TypeAlias = Annotated[{}, checks.{}]\n{}\n",
            self.name(id),
            quoted(annotation),
            self.check_name(id),
            docstring(&paragraphs(&def.docs, &code(&def.name), facts), "")
        )
    }
}
