//! Channels and keys.

use super::super::super::ir::{Content, Event, Key, KeyValue, Piece, Rules, Shape, TypeId, Valued};
use super::super::super::naming::{self, python as names};
use super::super::check::{self, Check};
use super::super::prose::{code, lines, literals, paragraphs, quoted, such_as};
use super::{Printer, Uses, docstring, import, module, tuple};

/// Names that the module of channels has besides the constants.
const OF_CHANNELS: [&str; 2] = ["ALL", "PATTERNS"];

impl Printer<'_> {
    // ---- channels --------------------------------------------------------------------------------------------

    pub(super) fn channels_module(&self) -> String {
        let fixed: Vec<String> = self
            .ir
            .events
            .iter()
            .map(|event| literals(&event.channel).join(" "))
            .collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        let constants = names::constants(&fixed, &OF_CHANNELS);
        let functions = naming::distinct(
            &fixed,
            &[
                "decode",
                "decode_type",
                "encode",
                "import",
                "class",
                "def",
                "return",
                "models",
                "checks",
            ],
            "_",
            naming::snake,
        );
        let mut used = Uses::default();
        let mut body = String::new();
        for (event, constant) in self.ir.events.iter().zip(&constants) {
            put!(
                body,
                "\n{constant} = {}\n\"\"\"The channel of `{}`.\"\"\"\n",
                quoted(&event.channel.text),
                self.name(event.ty)
            );
        }
        put!(
            body,
            "\nALL: tuple[str, ...] = {}\n\"\"\"Every channel, with the placeholders of those that have some.\"\"\"\n",
            tuple(&constants)
        );
        let patterns: Vec<String> = self
            .ir
            .events
            .iter()
            .map(|event| literals(&event.channel))
            .filter(|literals| literals.len() > 1)
            .map(|literals| quoted(&literals.join("*")))
            .collect();
        let exact: Vec<String> = self
            .ir
            .events
            .iter()
            .zip(&constants)
            .filter(|(event, _)| literals(&event.channel).len() == 1)
            .map(|(_, constant)| constant.clone())
            .collect();
        put!(
            body,
            "\nNAMES: tuple[str, ...] = {}\n\"\"\"What to `SUBSCRIBE` to for every event whose channel is one name.\"\"\"\n\
             \nPATTERNS: tuple[str, ...] = {}\n\"\"\"What to `PSUBSCRIBE` to for every event whose channel has placeholders.\"\"\"\n",
            tuple(&exact),
            tuple(&patterns),
        );
        for (event, function) in self.ir.events.iter().zip(&functions) {
            body.push_str(&self.channel_function(event, function, &mut used));
        }
        body.push_str(&self.event_functions());
        let mut types: Vec<&str> = used.types.iter().map(|id| self.name(*id)).collect();
        types.extend(self.ir.events.iter().map(|event| self.name(event.ty)));
        types.push("AnyEvent");
        types.sort_unstable();
        types.dedup();
        let mut runtime: Vec<&str> = used.scalars.into_iter().collect();
        runtime.extend([
            "UnknownChannel",
            "channel_matches",
            "parse",
            "SchemaError",
            "Event",
        ]);
        runtime.sort_unstable();
        let mut out = module("Channels: their names, and the events that travel on them.");
        if body.contains("checks.") {
            out.push_str("from . import _checks as checks\n");
        }
        out.push_str(&import("_runtime", &runtime));
        out.push_str(&import("models", &types));
        out.push_str(&body);
        out
    }

    fn channel_function(&self, event: &Event, function: &str, used: &mut Uses) -> String {
        let Shape::Object(object) = &self.ir.type_def(event.ty).shape else {
            return String::new();
        };
        let placeholders: Vec<(&str, &Valued)> = event
            .channel
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(_) => None,
                Piece::Placeholder(wire) => {
                    let member = object.members.iter().find(|member| member.wire == *wire)?;
                    match &member.content {
                        Content::Value(valued) => Some((wire.as_str(), &**valued)),
                        Content::Constant(_) => None,
                    }
                }
            })
            .collect();
        if placeholders.is_empty() {
            return String::new();
        }
        let wires: Vec<&str> = placeholders.iter().map(|(wire, _)| *wire).collect();
        let arguments = names::parts(&wires);
        // The checks know the members by the names of the fields.
        let all: Vec<&str> = object.members.iter().map(|member| member.wire.as_str()).collect();
        let fields = names::fields(&all);
        let signature: Vec<String> = arguments
            .iter()
            .zip(&placeholders)
            .map(|(argument, (_, valued))| format!("{argument}: {}", self.annotation(&valued.slot.ty, used)))
            .collect();
        let mut parts = arguments.iter().zip(&wires);
        let pieces: Vec<String> = event
            .channel
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(text) => Some(quoted(text)),
                Piece::Placeholder(_) => {
                    let (argument, wire) = parts.next()?;
                    let at = all.iter().position(|name| name == wire)?;
                    let field = fields.get(at)?;
                    Some(format!(
                        "checks.{}[{}].key_text({argument})",
                        self.check_name(event.ty),
                        quoted(field)
                    ))
                }
            })
            .collect();
        format!(
            "\n\ndef {function}({}) -> str:\n    \"\"\"One channel of `{}`, such as to subscribe to it alone; a `SchemaError` for a wrong part.\"\"\"\n    return {}\n",
            signature.join(", "),
            self.name(event.ty),
            pieces.join(" + ")
        )
    }

    /// `decode`, `decode_type` and `encode`.
    fn event_functions(&self) -> String {
        let rows = lines(self.ir.events.iter().map(|event| {
            let literals: Vec<String> = literals(&event.channel).iter().map(|text| quoted(text)).collect();
            format!("    ({}, {}),", tuple(&literals), self.name(event.ty))
        }));
        format!(
            "\n\n_EVENTS: tuple[tuple[tuple[str, ...], type[AnyEvent]], ...] = (\n{rows})\n\n\n\
def decode(channel: str | bytes, payload: str | bytes | bytearray | memoryview) -> AnyEvent:\n    \
    \"\"\"Reads the event of a message.\n\n    \
    `UnknownChannel` when no event travels there, a `DecodeError` when the payload is no such event.\n    \
    \"\"\"\n    \
    name = channel if isinstance(channel, str) else bytes(channel).decode(\"utf-8\", \"replace\")\n    \
    models = [model for literals, model in _EVENTS if channel_matches(literals, name)]\n    \
    if not models:\n        \
        raise UnknownChannel(\"no event of the schemas travels on this channel\")\n    \
    chosen = models[0]\n    \
    if len(models) > 1:\n        \
        try:\n            \
            tree = parse(payload)\n        \
        except SchemaError:\n            \
            tree = None\n        \
        said = tree.get(\"event_type\") if isinstance(tree, dict) else None\n        \
        chosen = next((model for model in models[1:] if said == model.EVENT_TYPE), chosen)\n    \
    return chosen.decode(payload)\n\n\n\
def decode_type(event_type: str, payload: str | bytes | bytearray | memoryview) -> AnyEvent:\n    \
    \"\"\"Reads an event that is on no channel, by the type it is said to have; a `LookupError` for an unknown one.\"\"\"\n    \
    for _, model in _EVENTS:\n        \
        if model.EVENT_TYPE == event_type:\n            \
            return model.decode(payload)\n    \
    raise LookupError(\"no event of the schemas is of this type\")\n\n\n\
def encode(event: Event) -> tuple[str, bytes]:\n    \
    \"\"\"Checks an event and gives its channel and its JSON; an `EncodeError` says where and why not.\"\"\"\n    \
    payload = event.encode()\n    \
    return event.channel(), payload\n"
        )
    }

    // ---- keys ------------------------------------------------------------------------------------------------

    pub(super) fn keys_module(&self) -> String {
        let mut used = Uses::default();
        let mut body = String::new();
        let (mut plain, mut valued) = (false, false);
        for (key, name) in self.ir.keys.iter().zip(&self.keys) {
            body.push_str(&self.key_class(key, name, &mut used));
            match key.value {
                Some(KeyValue::Type(_) | KeyValue::Features | KeyValue::Text) => valued = true,
                Some(KeyValue::Lock) | None => plain = true,
            }
        }
        let wanted: Vec<&str> = self.ir.keys.iter().map(|key| key.name.as_str()).collect();
        body.push_str("\n\nclass RedisKeys:\n    \"\"\"Every Redis key of the schemas, by name.\"\"\"\n\n");
        for (name, key) in names::functions(&wanted).iter().zip(&self.keys) {
            put!(body, "    {name} = {key}\n");
        }
        let mut runtime: Vec<&str> = used.scalars.into_iter().collect();
        runtime.push("Part");
        if plain {
            runtime.push("Key");
        }
        if valued {
            runtime.push("ValueKey");
        }
        runtime.sort_unstable();
        let mut types: Vec<&str> = used.types.iter().map(|id| self.name(*id)).collect();
        types.sort_unstable();
        let mut out = module("Redis keys, and the values they hold.");
        let any = if used.any { "Any, " } else { "" };
        put!(
            out,
            "from typing import {any}ClassVar\n\nfrom typing_extensions import Self\n\n"
        );
        if body.contains("checks.") {
            out.push_str("from . import _checks as checks\n");
        }
        if body.contains("runtime.") {
            out.push_str("from . import _runtime as runtime\n");
        }
        out.push_str(&import("_runtime", &runtime));
        out.push_str(&import("models", &types));
        out.push_str(&body);
        out
    }

    fn key_class(&self, key: &Key, name: &str, used: &mut Uses) -> String {
        let Key {
            name: key_name,
            type_name: _,
            docs,
            template,
            parts,
            ttl,
            value,
            examples,
        } = key;
        // A call in this module refers to checks that are all defined.
        let behind = TypeId(usize::MAX);
        let qualified = |check: &Check| match check {
            Check::Named(_) => format!("checks.{}", self.call(check, behind)),
            _ => self.call(check, behind),
        };
        let mut facts = vec![match ttl {
            Some(ttl) => format!("{}, lives {ttl} s.", code(&template.text)),
            None => format!("{}, never expires by itself.", code(&template.text)),
        }];
        facts.extend(such_as(examples));
        let (base, held) = match value {
            Some(KeyValue::Type(ty)) => {
                let check = qualified(&check::of_type(ty, &Rules::default()));
                // Evaluated at once, and the name of a class or an alias that the module imports.
                (format!("ValueKey[{}]", self.annotation(ty, used)), Some(check))
            }
            Some(KeyValue::Features) => (
                "ValueKey[dict[str, float]]".to_owned(),
                Some("runtime.Features()".to_owned()),
            ),
            Some(KeyValue::Text) => ("ValueKey[str]".to_owned(), Some("runtime.Plain()".to_owned())),
            Some(KeyValue::Lock) => {
                facts.push("A lock: that it exists is all it says.".to_owned());
                ("Key".to_owned(), None)
            }
            None => ("Key".to_owned(), None),
        };
        let mut out = format!(
            "\n\nclass {name}({base}):\n{}\n\n",
            docstring(&paragraphs(docs, &code(key_name), &facts), "    ")
        );
        let ttl = ttl.map_or_else(|| "None".to_owned(), |ttl| ttl.to_string());
        put!(
            out,
            "    TEMPLATE: ClassVar[str] = {}\n    TTL: ClassVar[int | None] = {ttl}\n",
            quoted(&template.text)
        );
        let wires: Vec<&str> = parts.iter().map(|part| part.wire.as_str()).collect();
        let fields = names::parts(&wires);
        let mut rest = parts.iter().zip(&fields);
        out.push_str("    PIECES = (\n");
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => put!(out, "        {},\n", quoted(text)),
                Piece::Placeholder(_) => {
                    if let Some((part, field)) = rest.next() {
                        put!(
                            out,
                            "        Part({}, {}, {}),\n",
                            quoted(&part.wire),
                            quoted(field),
                            qualified(&check::of_type(&part.ty, &Rules::default()))
                        );
                    }
                }
            }
        }
        out.push_str("    )\n");
        if let Some(held) = held {
            put!(out, "    VALUE = {held}\n");
        }
        let annotations: Vec<String> = parts.iter().map(|part| self.annotation(&part.ty, used)).collect();
        for ((part, field), annotation) in parts.iter().zip(&fields).zip(&annotations) {
            let said = paragraphs(&part.docs, &code(&part.wire), &[]);
            put!(out, "\n    {field}: {annotation}\n{}\n", docstring(&said, "    "));
        }
        let list = |format: &dyn Fn(&str, &str) -> String| -> String {
            let items: Vec<String> = fields
                .iter()
                .zip(&annotations)
                .map(|(field, annotation)| format(field, annotation))
                .collect();
            items.join(", ")
        };
        let given = list(&|field, _| format!("{}: {field}", quoted(field)));
        let comma = if fields.is_empty() { "" } else { ", " };
        put!(
            out,
            "\n    def __new__(cls{comma}{}) -> Self:\n        \"\"\"The key of these parts; `InvalidKey` names the one that breaks a rule.\"\"\"\n        return cls._of({{{given}}})\n",
            list(&|field, annotation| format!("{field}: {annotation}")),
        );
        let star = if fields.is_empty() { "" } else { ", *, " };
        put!(
            out,
            "\n    @classmethod\n    def scan_pattern(cls{star}{}) -> str:\n        \"\"\"The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given.\"\"\"\n        return cls._scan({{{given}}})\n",
            list(&|field, annotation| format!("{field}: {annotation} | None = None")),
        );
        out
    }
}
