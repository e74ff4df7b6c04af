//! Channels and keys.

use super::super::super::ir::{Content, Event, Key, KeyValue, Piece, Rules, Shape, Type};
use super::super::super::naming::{self, typescript as names};
use super::super::check;
use super::super::prose::{code, lines, literals, quoted, such_as};
use super::models::{said, words_of};
use super::{Printer, braces, brackets, comment, module, property};

/// A channel with its names.
struct Named<'a> {
    event: &'a Event,
    constant: String,
    /// The function that names one channel of a template, and its arguments by placeholder.
    function: Option<(String, Vec<Argument<'a>>)>,
}

/// A placeholder as an argument.
struct Argument<'a> {
    wire: &'a str,
    name: String,
    ty: Type,
}

impl Printer<'_> {
    // ---- channels --------------------------------------------------------------------------------------------

    fn channels(&self) -> Vec<Named<'_>> {
        let fixed: Vec<String> = self
            .ir
            .events
            .iter()
            .map(|event| literals(&event.channel).join(" "))
            .collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        let constants = naming::distinct(&fixed, &["ALL", "NAMES", "PATTERNS"], "_", naming::screaming);
        let mut wanted = vec!["decode", "decodeType", "encode"];
        wanted.extend(&fixed);
        let functions = names::functions(&wanted).split_off(3);
        let named = self.ir.events.iter().zip(constants).zip(functions);
        named
            .map(|((event, constant), function)| {
                let arguments = self.channel_arguments(event);
                Named {
                    event,
                    constant,
                    function: (!arguments.is_empty()).then_some((function, arguments)),
                }
            })
            .collect()
    }

    fn channel_arguments<'e>(&self, event: &'e Event) -> Vec<Argument<'e>> {
        let Shape::Object(object) = &self.ir.type_def(event.ty).shape else {
            return Vec::new();
        };
        let placeholders: Vec<(&str, Type)> = event
            .channel
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(_) => None,
                Piece::Placeholder(wire) => {
                    let member = object.members.iter().find(|member| member.wire == *wire)?;
                    match &member.content {
                        Content::Value(valued) => Some((wire.as_str(), valued.slot.ty.clone())),
                        Content::Constant(_) => None,
                    }
                }
            })
            .collect();
        let wires: Vec<&str> = placeholders.iter().map(|(wire, _)| *wire).collect();
        let names = names::functions(&wires);
        placeholders
            .into_iter()
            .zip(names)
            .map(|((wire, ty), name)| Argument { wire, name, ty })
            .collect()
    }

    /// `channels.js`
    pub(super) fn channels_module(&self) -> String {
        let channels = self.channels();
        let mut body = String::new();
        for channel in &channels {
            put!(
                body,
                "\nexport const {} = {};\n",
                channel.constant,
                quoted(&channel.event.channel.text)
            );
        }
        let (all, exact, patterns) = lists(&channels);
        for (name, items) in [("ALL", all), ("NAMES", exact), ("PATTERNS", patterns)] {
            put!(
                body,
                "\n/** @type {{readonly string[]}} */\nexport const {name} = Object.freeze({});\n",
                brackets(&items)
            );
        }
        for channel in &channels {
            let Some((function, arguments)) = &channel.function else {
                continue;
            };
            let doc = lines(
                arguments
                    .iter()
                    .map(|argument| format!(" * @param {{string | number}} {}", argument.name)),
            );
            let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
            let values: Vec<String> = arguments
                .iter()
                .map(|argument| format!("[{}]: {}", quoted(argument.wire), argument.name))
                .collect();
            put!(
                body,
                "\n/**\n{doc} * @returns {{string}}\n */\nexport const {function} = ({}) =>\n  runtime.channel({}, {});\n",
                names.join(", "),
                self.channel_pieces(channel.event),
                braces(&values, ", "),
            );
        }
        let models: Vec<&str> = self.ir.events.iter().map(|event| self.name(event.ty)).collect();
        put!(body, "\nconst EVENTS = [{}];\n", models.join(", "));
        body.push_str(
            r#"
/**
 * @param {string} eventType
 * @returns {import("./runtime.js").EventType<any, any>}
 */
function ofType(eventType) {
  const found = EVENTS.find((model) => model.eventType === eventType);
  if (found === undefined) {
    throw new runtime.UnknownChannel("no event of the schemas is of this type");
  }
  return found;
}

/**
 * @param {string} channel
 * @param {string | Uint8Array} payload
 */
export function decode(channel, payload) {
  const [first, ...others] = EVENTS.filter((model) => model.matches(channel));
  if (first === undefined) {
    throw new runtime.UnknownChannel("no event of the schemas travels on this channel");
  }
  const said = others.length > 0 ? runtime.peek(payload, "event_type") : undefined;
  const chosen = others.find((model) => model.eventType === said) ?? first;
  return chosen.decode(payload);
}

/**
 * @param {string} eventType
 * @param {string | Uint8Array} payload
 */
export function decodeType(eventType, payload) {
  return ofType(eventType).decode(payload);
}

/** @param {{ readonly event_type: string }} event */
export function encode(event) {
  const model = ofType(event.event_type);
  const payload = model.encode(event);
  return { channel: model.channelOf(event), payload };
}
"#,
        );
        let mut out = module("Channels: their names, and the events that travel on them.");
        if body.contains("checks.") {
            out.push_str("import * as checks from \"./checks.js\";\n");
        }
        put!(out, "import {{ {} }} from \"./models.js\";\n", models.join(", "));
        out.push_str("import * as runtime from \"./runtime.js\";\n");
        out.push_str(&body);
        out
    }

    /// `channels.d.ts`
    pub(super) fn channels_types(&self) -> String {
        let channels = self.channels();
        let mut body = String::new();
        for channel in &channels {
            put!(
                body,
                "\n/** The channel of {{@link {}}}. */\nexport declare const {}: {};\n",
                self.name(channel.event.ty),
                channel.constant,
                quoted(&channel.event.channel.text)
            );
        }
        for (name, what) in [
            (
                "ALL",
                "Every channel, with the placeholders of those that have some.",
            ),
            (
                "NAMES",
                "What to `SUBSCRIBE` to for every event whose channel is one name.",
            ),
            (
                "PATTERNS",
                "What to `PSUBSCRIBE` to for every event whose channel has placeholders.",
            ),
        ] {
            put!(
                body,
                "\n/** {what} */\nexport declare const {name}: readonly string[];\n"
            );
        }
        for channel in &channels {
            let Some((function, arguments)) = &channel.function else {
                continue;
            };
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| format!("{}: {}", argument.name, self.type_text(&argument.ty)))
                .collect();
            let what = format!(
                "One channel of {{@link {}}}, such as to subscribe to it alone; a {{@link SchemaError}} for a wrong part.",
                self.name(channel.event.ty)
            );
            put!(
                body,
                "\n{}\nexport declare const {function}: ({}) => string;\n",
                comment(&[what], ""),
                arguments.join(", ")
            );
        }
        body.push_str(
            r"
/**
 * Reads the event of a message.
 *
 * {@link UnknownChannel} when no event travels there, a {@link DecodeError} when the payload is no such event.
 */
export declare function decode(channel: string, payload: string | Uint8Array): AnyEvent;

/** Reads an event that is on no channel, by the type it is said to have; {@link UnknownChannel} for an unknown one. */
export declare function decodeType(eventType: string, payload: string | Uint8Array): AnyEvent;

/** Checks an event and gives its channel and its JSON; an {@link EncodeError} says where and why not. */
export declare function encode(event: AnyEvent): { channel: string; payload: string };
",
        );
        let mut out = module("Channels: their names, and the events that travel on them.");
        let mut wanted: Vec<&str> = self.types.iter().map(String::as_str).collect();
        wanted.push("AnyEvent");
        let imports = [
            (wanted, "models"),
            (
                vec![
                    "DateText",
                    "Decimal",
                    "DecodeError",
                    "EncodeError",
                    "SchemaError",
                    "Timestamp",
                    "UnknownChannel",
                    "Uuid",
                ],
                "runtime",
            ),
        ];
        let used = words_of(&body);
        for (names, from) in imports {
            let mut names: Vec<&str> = names.into_iter().filter(|name| used.contains(name)).collect();
            names.sort_unstable();
            if !names.is_empty() {
                put!(
                    out,
                    "import type {{ {} }} from \"./{from}.js\";\n",
                    names.join(", ")
                );
            }
        }
        out.push_str(&body);
        out
    }

    // ---- keys ------------------------------------------------------------------------------------------------

    /// `keys.js`
    pub(super) fn keys_module(&self) -> String {
        let mut body = String::new();
        for (key, name) in self.ir.keys.iter().zip(&self.keys) {
            let mut parts = key.parts.iter();
            let pieces: Vec<String> = key
                .template
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Literal(text) => Some(quoted(text)),
                    Piece::Placeholder(_) => {
                        let part = parts.next()?;
                        let check = self.qualified(&check::of_type(&part.ty, &Rules::default()));
                        Some(format!("{{ part: {}, check: {check} }}", quoted(&part.wire)))
                    }
                })
                .collect();
            let value = match &key.value {
                Some(KeyValue::Type(ty)) => Some(self.qualified(&check::of_type(ty, &Rules::default()))),
                Some(KeyValue::Features) => Some("runtime.features()".to_owned()),
                Some(KeyValue::Text) => Some("runtime.plain()".to_owned()),
                Some(KeyValue::Lock) | None => None,
            };
            let mut arguments = vec![
                quoted(&key.template.text),
                key.ttl.map_or_else(|| "null".to_owned(), |ttl| ttl.to_string()),
                brackets(&pieces),
            ];
            arguments.extend(value);
            let arguments = lines(arguments.iter().map(|argument| format!("  {argument},")));
            put!(body, "\nexport const {name} = runtime.key(\n{arguments});\n");
        }
        body.push_str("\nexport const RedisKeys = Object.freeze({\n");
        for ((key, name), function) in self.ir.keys.iter().zip(&self.keys).zip(self.key_functions()) {
            let arguments = part_names(key);
            let doc: Vec<String> = arguments
                .iter()
                .map(|argument| format!("@param {{string | number}} {argument} "))
                .collect();
            let doc = doc.concat();
            let values: Vec<String> = key
                .parts
                .iter()
                .zip(&arguments)
                .map(|(part, argument)| format!("[{}]: {argument}", quoted(&part.wire)))
                .collect();
            let doc = if doc.is_empty() {
                String::new()
            } else {
                format!("  /** {doc}*/\n")
            };
            put!(
                body,
                "{doc}  {function}: ({}) => {name}.build({}),\n",
                arguments.join(", "),
                braces(&values, ", ")
            );
        }
        body.push_str("});\n");
        let mut out = module("Redis keys, and the values they hold.");
        if body.contains("checks.") {
            out.push_str("import * as checks from \"./checks.js\";\n");
        }
        out.push_str("import * as runtime from \"./runtime.js\";\n");
        out.push_str(&body);
        out
    }

    /// `keys.d.ts`
    pub(super) fn keys_types(&self) -> String {
        let mut body = String::new();
        for (key, name) in self.ir.keys.iter().zip(&self.keys) {
            let parts: Vec<String> = key
                .parts
                .iter()
                .map(|part| format!("{}: {}", property(&part.wire), self.type_text(&part.ty)))
                .collect();
            let parts = braces(&parts, "; ");
            let mut facts = vec![match key.ttl {
                Some(ttl) => format!("{}, lives {ttl} s.", code(&key.template.text)),
                None => format!("{}, never expires by itself.", code(&key.template.text)),
            }];
            facts.extend(such_as(&key.examples));
            let ty = match &key.value {
                Some(KeyValue::Type(ty)) => {
                    let value = self.type_text(ty);
                    let given = match ty {
                        Type::Named(id) => self.given(*id),
                        _ => value.clone(),
                    };
                    if given == value {
                        format!("ValueKeyType<{parts}, {value}>")
                    } else {
                        format!("ValueKeyType<{parts}, {value}, {given}>")
                    }
                }
                Some(KeyValue::Features) => format!("ValueKeyType<{parts}, {{ [name: string]: number }}>"),
                Some(KeyValue::Text) => format!("ValueKeyType<{parts}, string>"),
                Some(KeyValue::Lock) => {
                    facts.push("A lock: that it exists is all it says.".to_owned());
                    format!("KeyType<{parts}>")
                }
                None => format!("KeyType<{parts}>"),
            };
            put!(
                body,
                "\n{}\nexport declare const {name}: {ty};\n",
                said(&key.docs, &key.name, &facts, "")
            );
        }
        body.push_str(
            "\n/** Every Redis key of the schemas, by name. */\nexport declare const RedisKeys: {\n",
        );
        for ((key, name), function) in self.ir.keys.iter().zip(&self.keys).zip(self.key_functions()) {
            let arguments: Vec<String> = part_names(key)
                .into_iter()
                .zip(&key.parts)
                .map(|(argument, part)| format!("{argument}: {}", self.type_text(&part.ty)))
                .collect();
            let what = format!("{}: see {{@link {name}}}.", code(&key.template.text));
            put!(
                body,
                "{}\n  readonly {function}: ({}) => string;\n",
                comment(&[what], "  "),
                arguments.join(", ")
            );
        }
        body.push_str("};\n");
        let mut out = module("Redis keys, and the values they hold.");
        let imports = [
            (
                self.types.iter().map(String::as_str).collect::<Vec<&str>>(),
                "models",
            ),
            (
                vec![
                    "DateText",
                    "Decimal",
                    "Given",
                    "Json",
                    "KeyType",
                    "Timestamp",
                    "Uuid",
                    "ValueKeyType",
                ],
                "runtime",
            ),
        ];
        let used = words_of(&body);
        for (names, from) in imports {
            let mut names: Vec<&str> = names.into_iter().filter(|name| used.contains(name)).collect();
            names.sort_unstable();
            if !names.is_empty() {
                put!(
                    out,
                    "import type {{ {} }} from \"./{from}.js\";\n",
                    names.join(", ")
                );
            }
        }
        out.push_str(&body);
        out
    }

    fn key_functions(&self) -> Vec<String> {
        let wanted: Vec<&str> = self.ir.keys.iter().map(|key| key.name.as_str()).collect();
        names::functions(&wanted)
    }
}

fn part_names(key: &Key) -> Vec<String> {
    let wires: Vec<&str> = key.parts.iter().map(|part| part.wire.as_str()).collect();
    names::functions(&wires)
}

/// All channels, those that are one name, and the globs of the others, as expressions.
fn lists(channels: &[Named<'_>]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let all = channels.iter().map(|channel| channel.constant.clone()).collect();
    let (mut exact, mut patterns) = (Vec::new(), Vec::new());
    for channel in channels {
        let literals = literals(&channel.event.channel);
        if literals.len() == 1 {
            exact.push(channel.constant.clone());
        } else {
            patterns.push(quoted(&literals.join("*")));
        }
    }
    (all, exact, patterns)
}
