//! Types, and the values beside them that read and write.

use std::collections::HashSet;

use super::super::super::ir::{
    AlternativeKind, BranchKind, Content, Docs, Event, Item, Object, Piece, Shape, Slot, Tuple, Type, TypeId,
};
use super::super::check::Presence;
use super::super::prose::{
    code, map_of_members, members_counted, paragraphs, quoted, rules, tuple_rules, unescaped,
};
use super::checks::constant;
use super::{Printer, brackets, comment, module, property};

impl Printer<'_> {
    /// `models.js`
    pub(super) fn models_module(&self) -> String {
        let mut out = module("Models of the schemas.");
        out.push_str(
            "import * as checks from \"./checks.js\";\nimport * as runtime from \"./runtime.js\";\n",
        );
        if !self.ir.types.is_empty() {
            out.push_str("import * as schemas from \"./schemas.js\";\n");
        }
        out.push('\n');
        out.push_str("export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from \"./runtime.js\";\n");
        for index in 0..self.ir.types.len() {
            let id = TypeId(index);
            let name = self.name(id);
            let call = match self.event_of(id) {
                Some(event) => format!(
                    "runtime.event(checks.{name}, schemas.{name}, {}, {}, {}{})",
                    quoted(&event.channel.text),
                    quoted(&unescaped(&event.event_type)),
                    self.channel_pieces(event),
                    event.max_age.map_or_else(String::new, |max_age| format!(
                        ", {{ seconds: {}, expired: {} }}",
                        max_age.seconds,
                        quoted(max_age.expired.word())
                    ))
                ),
                None => format!("runtime.type(checks.{name}, schemas.{name})"),
            };
            put!(out, "\nexport const {name} = {call};\n");
        }
        if let Some(root) = self.foreign_root() {
            put!(out, "\nexport const Root = {};\n", self.name(root));
        }
        out
    }

    /// `models.d.ts`
    pub(super) fn models_types(&self) -> String {
        let mut body = String::new();
        for index in 0..self.ir.types.len() {
            body.push_str(&self.type_definition(TypeId(index)));
        }
        if !self.ir.events.is_empty() {
            let events: Vec<&str> = self.ir.events.iter().map(|event| self.name(event.ty)).collect();
            put!(
                body,
                "\n/** Any event of the schemas. */\nexport type AnyEvent = {};\n",
                events.join(" | ")
            );
        }
        if let Some(root) = self.foreign_root() {
            let name = self.name(root);
            put!(
                body,
                "\n/** What the schema file describes. */\nexport type Root = {name};\nexport declare const Root: typeof {name};\n"
            );
        }
        let mut out = module("Models of the schemas.");
        let used = words_of(&body);
        let imports: Vec<&str> = [
            "DateText",
            "Decimal",
            "EventType",
            "Given",
            "Json",
            "Timestamp",
            "Uuid",
            "ValueType",
        ]
        .into_iter()
        .filter(|name| used.contains(name))
        .collect();
        if !imports.is_empty() {
            put!(
                out,
                "import type {{ {} }} from \"./runtime.js\";\n\n",
                imports.join(", ")
            );
        }
        out.push_str("export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from \"./runtime.js\";\n");
        out.push_str("export type {\n  DateText,\n  Decimal,\n  EventType,\n  Given,\n  Json,\n  KeyType,\n  Timestamp,\n  Uuid,\n  ValueKeyType,\n  ValueType,\n} from \"./runtime.js\";\n");
        out.push_str(&body);
        out
    }

    fn foreign_root(&self) -> Option<TypeId> {
        self.ir.root.filter(|root| self.name(*root) != "Root")
    }

    pub(super) fn event_of(&self, id: TypeId) -> Option<&Event> {
        self.ir.event_of(id)
    }

    /// The pieces of an event's channel.
    pub(super) fn channel_pieces(&self, event: &Event) -> String {
        let pieces: Vec<String> = event
            .channel
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => quoted(text),
                Piece::Placeholder(wire) => {
                    let check = self.member_check(event.ty, wire);
                    format!("{{ part: {}, check: {check} }}", quoted(wire))
                }
            })
            .collect();
        brackets(&pieces)
    }

    /// The check of a member, for a module that imports `checks`.
    fn member_check(&self, id: TypeId, wire: &str) -> String {
        let Shape::Object(object) = &self.ir.type_def(id).shape else {
            return String::new();
        };
        let member = object.members.iter().find(|member| member.wire == wire);
        match member.map(|member| &member.content) {
            Some(Content::Value(valued)) => self.qualified(&super::super::check::of_slot(&valued.slot)),
            Some(Content::Constant(_)) | None => String::new(),
        }
    }

    /// A check as an expression outside of the module of checks.
    pub(super) fn qualified(&self, check: &super::super::check::Check) -> String {
        let call = self.call(check, TypeId(usize::MAX));
        match check {
            super::super::check::Check::Named(_) => format!("checks.{call}"),
            _ => call,
        }
    }

    fn type_definition(&self, id: TypeId) -> String {
        let def = self.ir.type_def(id);
        let name = self.name(id);
        let mut facts = Vec::new();
        let ty = match &def.shape {
            Shape::Object(object) => return self.interface(id, object),
            Shape::Texts(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(&value.text)).collect();
                values.join(" | ")
            }
            Shape::Alternatives(alternatives) => {
                let kinds: Vec<String> = alternatives
                    .iter()
                    .map(|alternative| match &alternative.kind {
                        AlternativeKind::Constant(text) => quoted(text),
                        AlternativeKind::Type(ty) => self.type_text(ty),
                    })
                    .collect();
                kinds.join(" | ")
            }
            Shape::Union(union) => {
                let mut kinds: Vec<String> = Vec::new();
                for branch in &union.branches {
                    let kind = match &branch.kind {
                        BranchKind::Constant(json) => json.clone(),
                        BranchKind::Type(ty) => self.type_text(ty),
                    };
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                }
                kinds.join(" | ")
            }
            Shape::Tuple(tuple) => {
                facts = tuple_rules(tuple);
                self.tuple_text(tuple)
            }
            Shape::Wrapper(slot) => {
                facts = rules(self.ir, slot);
                or_null(self.type_text(&slot.ty), slot.nullable)
            }
        };
        format!(
            "\n{}\nexport type {name} = {ty};\nexport declare const {name}: ValueType<{name}>;\n",
            said(&def.docs, &def.name, &facts, "")
        )
    }

    fn interface(&self, id: TypeId, object: &Object) -> String {
        let def = self.ir.type_def(id);
        let name = self.name(id);
        let event = self.event_of(id);
        let published = event.map(|event| format!("Published on {}.", code(&event.channel.text)));
        let facts: Vec<String> = published.into_iter().chain(members_counted(object)).collect();
        let mut out = format!(
            "\n{}\nexport interface {name} {{\n",
            said(&def.docs, &def.name, &facts, "")
        );
        for member in &object.members {
            let (line, facts) = match &member.content {
                Content::Constant(json) => {
                    let value = constant(json);
                    let ty = if value == "NaN" {
                        "number".to_owned()
                    } else {
                        value
                    };
                    (format!("readonly {}: {ty}", property(&member.wire)), Vec::new())
                }
                Content::Value(valued) => {
                    let Slot { ty, nullable, .. } = &valued.slot;
                    let mark = match Presence::of(self.ir, valued) {
                        Presence::Required | Presence::DefaultNull => "",
                        Presence::Optional | Presence::Unset => "?",
                    };
                    let ty = or_null(self.type_text(ty), *nullable);
                    (
                        format!("{}{mark}: {ty}", property(&member.wire)),
                        rules(self.ir, &valued.slot),
                    )
                }
            };
            put!(
                out,
                "{}\n  {line};\n",
                said(&member.docs, &member.wire, &facts, "  ")
            );
        }
        for (_, names, _) in object.maps().take(1) {
            // One signature must hold for declared members too, so it says less than is checked.
            let said = map_of_members(self.ir, names.filter(|_| object.maps().count() == 1));
            put!(out, "{}\n  [name: string]: unknown;\n", comment(&[said], "  "));
        }
        let kind = if event.is_some() { "EventType" } else { "ValueType" };
        let given = self.given(id);
        let given = if given == name {
            String::new()
        } else {
            format!(", {given}")
        };
        put!(out, "}}\nexport declare const {name}: {kind}<{name}{given}>;\n");
        out
    }

    /// What a program gives for a type: its constants and defaults may be left out.
    pub(super) fn given(&self, id: TypeId) -> String {
        let name = self.name(id);
        let Shape::Object(object) = &self.ir.type_def(id).shape else {
            return name.to_owned();
        };
        let free: Vec<String> = object
            .members
            .iter()
            .filter(|member| match &member.content {
                Content::Constant(_) => true,
                Content::Value(valued) => Presence::of(self.ir, valued) == Presence::DefaultNull,
            })
            .map(|member| quoted(&member.wire))
            .collect();
        if free.is_empty() {
            name.to_owned()
        } else {
            format!("Given<{name}, {}>", free.join(" | "))
        }
    }

    fn tuple_text(&self, tuple: &Tuple) -> String {
        let item = |item: &Item| or_null(self.type_text(&item.ty), item.nullable);
        let mut elements: Vec<String> = Vec::new();
        for (index, element) in tuple.elements.iter().enumerate() {
            let text = item(&element.item);
            elements.push(match (index < tuple.required, text.contains(' ')) {
                (true, _) => text,
                (false, true) => format!("({text})?"),
                (false, false) => format!("{text}?"),
            });
        }
        if let Some(rest) = &tuple.rest {
            elements.push(format!("...({})[]", item(rest)));
        }
        format!("[{}]", elements.join(", "))
    }

    /// A type as TypeScript writes it.
    pub(super) fn type_text(&self, ty: &Type) -> String {
        match ty {
            Type::Any => "Json".to_owned(),
            Type::Null => "null".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Integer | Type::Unsigned | Type::Number => "number".to_owned(),
            Type::Text => "string".to_owned(),
            Type::Timestamp => "Timestamp".to_owned(),
            Type::Date => "DateText".to_owned(),
            Type::Uuid => "Uuid".to_owned(),
            Type::Decimal => "Decimal".to_owned(),
            Type::List(item) => {
                let Item { ty, nullable } = &**item;
                if *nullable {
                    format!("({} | null)[]", self.type_text(ty))
                } else {
                    format!("{}[]", self.type_text(ty))
                }
            }
            Type::Map(item) => {
                let Item { ty, nullable } = &**item;
                format!("{{ [name: string]: {} }}", or_null(self.type_text(ty), *nullable))
            }
            Type::Named(id) => self.name(*id).to_owned(),
        }
    }
}

/// What a schema says, as a comment.
pub(super) fn said(docs: &Docs, name: &str, facts: &[String], indent: &str) -> String {
    comment(&paragraphs(docs, &code(name), facts), indent)
}

fn or_null(ty: String, nullable: bool) -> String {
    if nullable && ty != "null" && ty != "Json" {
        format!("{ty} | null")
    } else {
        ty
    }
}

/// The words of a text. Asked for once: looking for each name in the whole text costs their product.
pub(super) fn words_of(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
        .collect()
}
