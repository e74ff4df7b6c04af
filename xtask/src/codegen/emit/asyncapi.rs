//! AsyncAPI 3.0: channels, messages and their payloads for tools that draw, document or mock them.
//!
//! Payloads are described in the dialect that AsyncAPI itself has, a superset of JSON Schema draft 07, made from the
//! IR and not copied: what the schemas reach by `$anchor` or `allOf` is plain here. Keys are no part of AsyncAPI; they
//! stand in the extension `x-redis-keys`, with the types they share with the events.

use super::super::automaton::Dfa;
use super::super::ir::{
    AlternativeKind, BranchKind, Content, Docs, Event, Group, Ir, Item, Key, KeyValue, Object, PatternId,
    Piece, Rest, Rules, Shape, Slot, Template, Tuple, Type, TypeId,
};
use super::super::naming;
use super::super::pattern;
use super::prose::{head, literals, quoted, unescaped};
use super::{Emitter, OutputFile};

/// The AsyncAPI target.
#[derive(Debug, Clone, Copy)]
pub struct AsyncApi;

impl Emitter for AsyncApi {
    fn emit(&self, ir: &Ir) -> Vec<OutputFile> {
        let mut text = format!("# {}\n", head());
        Printer::new(ir).document().write(0, &mut text);
        vec![OutputFile {
            path: "asyncapi.yaml".to_owned(),
            text,
        }]
    }
}

/// A value of YAML.
enum Yaml {
    Map(Vec<(String, Yaml)>),
    List(Vec<Yaml>),
    Text(String),
    /// JSON text, which is YAML as well.
    Json(String),
}

impl Yaml {
    fn reference(kind: &str, name: &str) -> Self {
        Self::Map(vec![(
            "$ref".to_owned(),
            Self::Text(format!("#/components/{kind}/{name}")),
        )])
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Map(entries) => entries.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Text(_) | Self::Json(_) => false,
        }
    }

    /// Writes the value as lines behind `depth` steps.
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match self {
            Self::Map(entries) => {
                for (name, value) in entries {
                    put!(out, "{indent}{}:", key(name));
                    value.write_behind(depth, out);
                }
            }
            Self::List(items) => {
                for item in items {
                    // The first line of a map stands behind the dash, where its indentation would be.
                    let mut inner = String::new();
                    match item {
                        Self::Map(_) | Self::List(_) if !item.is_empty() => item.write(depth + 1, &mut inner),
                        _ => put!(inner, "{indent}  {}\n", item.scalar()),
                    }
                    put!(
                        out,
                        "{indent}- {}",
                        inner.get(indent.len() + 2..).unwrap_or_default()
                    );
                }
            }
            Self::Text(_) | Self::Json(_) => {
                put!(out, "{indent}{}\n", self.scalar());
            }
        }
    }

    /// Writes the value behind a name or a dash.
    fn write_behind(&self, depth: usize, out: &mut String) {
        match self {
            Self::Map(_) | Self::List(_) if !self.is_empty() => {
                out.push('\n');
                self.write(depth + 1, out);
            }
            _ => put!(out, " {}\n", self.scalar()),
        }
    }

    fn scalar(&self) -> String {
        match self {
            Self::Map(_) => "{}".to_owned(),
            Self::List(_) => "[]".to_owned(),
            Self::Text(text) => printable(&quoted(text)),
            Self::Json(text) => printable(text),
        }
    }
}

/// JSON text without the characters that YAML does not allow as they stand; they can only be inside of strings.
fn printable(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                put!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// The name of an entry, plain where no reader could take it for something else.
fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !matches!(
            name.to_ascii_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
        );
    if plain {
        name.to_owned()
    } else {
        printable(&quoted(name))
    }
}

/// Entries in the order given, those without a value left out.
fn map(entries: Vec<(&str, Option<Yaml>)>) -> Yaml {
    Yaml::Map(
        entries
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
            .collect(),
    )
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of a map has a value or none")]
fn text(text: impl Into<String>) -> Option<Yaml> {
    Some(Yaml::Text(text.into()))
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of a map has a value or none")]
fn json(text: impl Into<String>) -> Option<Yaml> {
    Some(Yaml::Json(text.into()))
}

fn list(items: Vec<Yaml>) -> Option<Yaml> {
    (!items.is_empty()).then_some(Yaml::List(items))
}

/// Adds entries to a map.
fn with(yaml: Yaml, more: Vec<(&str, Option<Yaml>)>) -> Yaml {
    let (Yaml::Map(mut entries), Yaml::Map(more)) = (yaml, map(more)) else {
        return Yaml::Map(Vec::new());
    };
    entries.extend(more);
    Yaml::Map(entries)
}

struct Printer<'a> {
    ir: &'a Ir,
    types: Vec<String>,
    /// Names of the channels, by event.
    channels: Vec<String>,
}

impl<'a> Printer<'a> {
    fn new(ir: &'a Ir) -> Self {
        let wanted: Vec<&str> = ir.types.iter().map(|def| def.name.as_str()).collect();
        let fixed: Vec<String> = ir
            .events
            .iter()
            .map(|event| literals(&event.channel).join(" "))
            .collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        Self {
            ir,
            types: naming::distinct(&wanted, &[], "", naming::pascal),
            channels: naming::typescript::functions(&fixed),
        }
    }

    fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    fn document(&self) -> Yaml {
        let events = || self.ir.events.iter().zip(&self.channels);
        let named = |entries: Vec<(String, Yaml)>| (!entries.is_empty()).then_some(Yaml::Map(entries));
        let channels = events()
            .map(|(event, name)| (name.clone(), self.channel(event)))
            .collect();
        let operations = events()
            .flat_map(|(event, name)| {
                ["send", "receive"].map(|action| {
                    let operation = format!("{action}{}", self.name(event.ty));
                    (operation, self.operation(event, name, action))
                })
            })
            .collect();
        let messages = events()
            .map(|(event, _)| (self.name(event.ty).to_owned(), self.message(event)))
            .collect();
        let schemas = (0..self.ir.types.len())
            .map(|index| {
                (
                    self.name(TypeId(index)).to_owned(),
                    self.definition(TypeId(index)),
                )
            })
            .collect();
        let keys = self
            .ir
            .keys
            .iter()
            .map(|key| (naming::snake(&key.name), self.key(key)))
            .collect();
        map(vec![
            ("asyncapi", text("3.0.0")),
            (
                "info",
                Some(map(vec![
                    ("title", text("Events in Redis")),
                    ("version", text(env!("CARGO_PKG_VERSION"))),
                    (
                        "description",
                        text(
                            "Events on Redis channels, as the schemas describe them. A message is the compact JSON of \
                             one event; readers ignore members they do not know.",
                        ),
                    ),
                ])),
            ),
            ("defaultContentType", text("application/json")),
            ("channels", named(channels)),
            ("operations", named(operations)),
            (
                "components",
                Some(map(vec![
                    ("messages", named(messages)),
                    ("schemas", named(schemas)),
                ])),
            ),
            ("x-redis-keys", named(keys)),
        ])
    }

    // ---- channels and messages -------------------------------------------------------------------------------

    fn channel(&self, event: &Event) -> Yaml {
        let name = self.name(event.ty);
        let (address, names) = address(&event.channel);
        let parameters: Vec<(String, Yaml)> = names
            .into_iter()
            .map(|(wire, parameter)| (parameter, self.parameter(event.ty, &wire)))
            .collect();
        map(vec![
            ("address", text(address)),
            (
                "messages",
                Some(Yaml::Map(vec![(
                    name.to_owned(),
                    Yaml::reference("messages", name),
                )])),
            ),
            (
                "parameters",
                (!parameters.is_empty()).then_some(Yaml::Map(parameters)),
            ),
        ])
    }

    fn parameter(&self, id: TypeId, wire: &str) -> Yaml {
        let Shape::Object(object) = &self.ir.type_def(id).shape else {
            return map(Vec::new());
        };
        let member = object.members.iter().find(|member| member.wire == wire);
        map(vec![
            (
                "description",
                member
                    .and_then(|member| member.docs.description.clone())
                    .map(Yaml::Text),
            ),
            ("location", text(format!("$message.payload#/{}", escaped(wire)))),
        ])
    }

    fn operation(&self, event: &Event, channel: &str, action: &str) -> Yaml {
        let reference = |path: String| Yaml::Map(vec![("$ref".to_owned(), Yaml::Text(path))]);
        let message = format!("#/channels/{channel}/messages/{}", self.name(event.ty));
        map(vec![
            ("action", text(action)),
            ("channel", Some(reference(format!("#/channels/{channel}")))),
            ("messages", list(vec![reference(message)])),
        ])
    }

    fn message(&self, event: &Event) -> Yaml {
        let name = self.name(event.ty);
        let docs = &self.ir.type_def(event.ty).docs;
        let examples = docs
            .examples
            .iter()
            .map(|example| map(vec![("payload", json(example.clone()))]))
            .collect();
        map(vec![
            ("name", text(unescaped(&event.event_type))),
            ("title", text(name)),
            ("summary", docs.description.clone().map(Yaml::Text)),
            ("contentType", text("application/json")),
            ("payload", Some(Yaml::reference("schemas", name))),
            ("examples", list(examples)),
            (
                "x-redis-max-age",
                event
                    .max_age
                    .and_then(|max_age| json(max_age.seconds.to_string())),
            ),
            (
                "x-redis-expired",
                event.max_age.and_then(|max_age| text(max_age.expired.word())),
            ),
        ])
    }

    // ---- keys ------------------------------------------------------------------------------------------------

    fn key(&self, key: &Key) -> Yaml {
        let parts: Vec<(String, Yaml)> = key
            .parts
            .iter()
            .map(|part| {
                let slot = Slot {
                    ty: part.ty.clone(),
                    nullable: false,
                    rules: Rules::default(),
                };
                (part.wire.clone(), documented(self.slot(&slot), &part.docs))
            })
            .collect();
        let value = match &key.value {
            Some(KeyValue::Type(ty)) => Some(self.of_type(ty, &Rules::default())),
            Some(KeyValue::Features) => Some(map(vec![
                ("type", text("object")),
                ("description", text("Numbers by feature name.")),
                ("additionalProperties", Some(map(vec![("type", text("number"))]))),
            ])),
            Some(KeyValue::Text) => Some(map(vec![("type", text("string"))])),
            Some(KeyValue::Lock) => text("lock"),
            None => None,
        };
        let examples = key
            .examples
            .iter()
            .map(|example| Yaml::Text(example.text.clone()))
            .collect();
        map(vec![
            ("template", text(key.template.text.clone())),
            ("description", key.docs.description.clone().map(Yaml::Text)),
            ("ttl", key.ttl.and_then(|ttl| json(ttl.to_string()))),
            ("parts", (!parts.is_empty()).then_some(Yaml::Map(parts))),
            ("value", value),
            ("examples", list(examples)),
        ])
    }

    // ---- schemas ---------------------------------------------------------------------------------------------

    fn definition(&self, id: TypeId) -> Yaml {
        let def = self.ir.type_def(id);
        let schema = match &def.shape {
            Shape::Object(object) => self.object(object),
            Shape::Texts(values) => map(vec![
                ("type", text("string")),
                (
                    "enum",
                    list(
                        values
                            .iter()
                            .map(|value| Yaml::Text(value.text.clone()))
                            .collect(),
                    ),
                ),
            ]),
            Shape::Alternatives(alternatives) => {
                let all = alternatives
                    .iter()
                    .map(|alternative| {
                        let schema = match &alternative.kind {
                            AlternativeKind::Constant(constant) => {
                                map(vec![("type", text("string")), ("const", text(constant.clone()))])
                            }
                            AlternativeKind::Type(ty) => self.of_type(ty, &Rules::default()),
                        };
                        documented(schema, &alternative.docs)
                    })
                    .collect();
                map(vec![("anyOf", list(all))])
            }
            Shape::Union(union) => {
                let all = union
                    .branches
                    .iter()
                    .map(|branch| {
                        let schema = match &branch.kind {
                            BranchKind::Constant(constant) => map(vec![("const", json(constant.clone()))]),
                            BranchKind::Type(ty) => self.of_type(ty, &Rules::default()),
                        };
                        documented(schema, &branch.docs)
                    })
                    .collect();
                let word = if union.exactly_one { "oneOf" } else { "anyOf" };
                map(vec![(word, list(all))])
            }
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Wrapper(slot) => self.slot(slot),
        };
        documented(schema, &def.docs)
    }

    fn object(&self, object: &Object) -> Yaml {
        let Object {
            members,
            groups,
            rest,
            min_properties,
            max_properties,
        } = object;
        let mut properties = Vec::new();
        let mut required = Vec::new();
        for member in members {
            let (schema, must) = match &member.content {
                Content::Constant(value) => (map(vec![("const", json(value.clone()))]), true),
                Content::Value(valued) => (self.slot(&valued.slot), valued.required),
            };
            properties.push((member.wire.clone(), documented(schema, &member.docs)));
            if must {
                required.push(Yaml::Text(member.wire.clone()));
            }
        }
        map(vec![
            ("type", text("object")),
            (
                "properties",
                (!properties.is_empty()).then_some(Yaml::Map(properties)),
            ),
            ("required", list(required)),
            (
                "patternProperties",
                (!groups.is_empty())
                    .then(|| Yaml::Map(groups.iter().map(|group| self.group(group)).collect())),
            ),
            (
                "additionalProperties",
                match rest {
                    Rest::Ignored => None,
                    Rest::Refused => Some(Yaml::Json("false".to_owned())),
                    Rest::Kept(item) => Some(self.item(item)),
                },
            ),
            ("minProperties", min_properties.and_then(|n| json(n.to_string()))),
            ("maxProperties", max_properties.and_then(|n| json(n.to_string()))),
        ])
    }

    fn group(&self, group: &Group) -> (String, Yaml) {
        let pattern = self.ir.patterns.get(group.names.0);
        let source = pattern.map_or_else(String::new, |pattern| pattern.source.clone());
        (source, self.item(&group.item))
    }

    fn tuple(&self, tuple: &Tuple) -> Yaml {
        let Tuple {
            elements,
            required,
            rest,
            min_items,
            max_items,
            unique_items,
        } = tuple;
        let least = min_items.or_else(|| u64::try_from(*required).ok().filter(|least| *least > 0));
        let prefix = elements
            .iter()
            .map(|element| documented(self.item(&element.item), &element.docs))
            .collect();
        map(vec![
            ("type", text("array")),
            ("prefixItems", list(prefix)),
            (
                "items",
                Some(match rest {
                    Some(item) => self.item(item),
                    None => Yaml::Json("false".to_owned()),
                }),
            ),
            ("minItems", least.and_then(|n| json(n.to_string()))),
            ("maxItems", max_items.and_then(|n| json(n.to_string()))),
            ("uniqueItems", unique_items.then(|| Yaml::Json("true".to_owned()))),
        ])
    }

    fn slot(&self, slot: &Slot) -> Yaml {
        let Slot { ty, nullable, rules } = slot;
        or_null(self.of_type(ty, rules), *nullable)
    }

    fn item(&self, item: &Item) -> Yaml {
        let Item { ty, nullable } = item;
        or_null(self.of_type(ty, &Rules::default()), *nullable)
    }

    fn of_type(&self, ty: &Type, rules: &Rules) -> Yaml {
        let Rules {
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of,
            min_length,
            max_length,
            pattern,
            min_items,
            max_items,
            unique_items,
            min_properties,
            max_properties,
            names,
            utc,
            format,
            values,
        } = rules;
        let base = match ty {
            Type::Any => map(Vec::new()),
            Type::Null => map(vec![("type", text("null"))]),
            Type::Boolean => map(vec![("type", text("boolean"))]),
            Type::Integer => map(vec![("type", text("integer")), ("format", text("int64"))]),
            Type::Unsigned => map(vec![
                ("type", text("integer")),
                ("minimum", minimum.is_none().then(|| Yaml::Json("0".to_owned()))),
            ]),
            Type::Number => map(vec![("type", text("number"))]),
            Type::Text => map(vec![("type", text("string"))]),
            Type::Timestamp => map(vec![("type", text("string")), ("format", text("date-time"))]),
            Type::Date => map(vec![("type", text("string")), ("format", text("date"))]),
            Type::Uuid => map(vec![("type", text("string")), ("format", text("uuid"))]),
            Type::Decimal => map(vec![("type", text("string")), ("format", text("decimal"))]),
            Type::List(item) => map(vec![("type", text("array")), ("items", Some(self.item(item)))]),
            Type::Map(item) => map(vec![
                ("type", text("object")),
                ("additionalProperties", Some(self.item(item))),
            ]),
            Type::Named(id) => Yaml::reference("schemas", self.name(*id)),
        };
        let number =
            |limit: &Option<super::super::number::Exact>| limit.as_ref().and_then(|n| json(n.to_string()));
        let count = |count: &Option<u64>| count.and_then(|n| json(n.to_string()));
        let base = with(
            base,
            vec![
                ("minimum", number(minimum)),
                ("exclusiveMinimum", number(exclusive_minimum)),
                ("maximum", number(maximum)),
                ("exclusiveMaximum", number(exclusive_maximum)),
                ("multipleOf", number(multiple_of)),
                ("minLength", count(min_length)),
                ("maxLength", count(max_length)),
                ("minItems", count(min_items)),
                ("maxItems", count(max_items)),
                ("minProperties", count(min_properties)),
                ("maxProperties", count(max_properties)),
                (
                    "propertyNames",
                    names.map(|id| self.matching(map(vec![("type", text("string"))]), id)),
                ),
                ("uniqueItems", unique_items.then(|| Yaml::Json("true".to_owned()))),
                ("x-redis-utc", utc.clone().map(Yaml::Text)),
                (
                    "format",
                    format.map(|format| Yaml::Text(format.name().to_owned())),
                ),
                ("enum", list(values.iter().cloned().map(Yaml::Json).collect())),
            ],
        );
        match pattern {
            Some(id) => self.matching(base, *id),
            None => base,
        }
    }

    /// A schema whose texts match a pattern too. What was joined of several is taken apart again, as far as it can be
    /// said in a schema.
    fn matching(&self, schema: Yaml, id: PatternId) -> Yaml {
        let Some(found) = self.ir.patterns.get(id.0) else {
            return schema;
        };
        let said = |source: &str, dfa: &Dfa| pattern::compile(source).is_ok_and(|own| own == *dfa);
        if let Some(format) = found
            .source
            .strip_prefix("format ")
            .filter(|name| !name.contains(' '))
        {
            return with(schema, vec![("format", text(format))]);
        }
        if said(&found.source, &found.dfa) {
            return with(schema, vec![("pattern", text(found.source.clone()))]);
        }
        let parts: Vec<Yaml> = found
            .source
            .split(" and ")
            .map(|part| match part.strip_prefix("format ") {
                Some(format) => map(vec![("format", text(format))]),
                None => map(vec![("pattern", text(part))]),
            })
            .collect();
        with(schema, vec![("allOf", list(parts))])
    }
}

/// A schema with what is said about it. Beside `$ref` nothing counts, so that moves inside.
fn documented(schema: Yaml, docs: &Docs) -> Yaml {
    let Docs {
        title,
        description,
        examples,
        default,
        deprecated,
        read_only,
        write_only,
    } = docs;
    let flag = |set: bool| set.then(|| Yaml::Json("true".to_owned()));
    let said = vec![
        ("title", title.clone().map(Yaml::Text)),
        ("description", description.clone().map(Yaml::Text)),
        ("default", default.clone().map(Yaml::Json)),
        ("deprecated", flag(*deprecated)),
        ("readOnly", flag(*read_only)),
        ("writeOnly", flag(*write_only)),
        (
            "examples",
            list(
                examples
                    .iter()
                    .map(|example| Yaml::Json(example.clone()))
                    .collect(),
            ),
        ),
    ];
    if said.iter().all(|(_, value)| value.is_none()) {
        return schema;
    }
    let refers = matches!(&schema, Yaml::Map(entries) if entries.iter().any(|(name, _)| name == "$ref"));
    let schema = if refers {
        map(vec![("allOf", list(vec![schema]))])
    } else {
        schema
    };
    with(schema, said)
}

fn or_null(schema: Yaml, nullable: bool) -> Yaml {
    if nullable {
        let null = map(vec![("type", text("null"))]);
        map(vec![("anyOf", list(vec![schema, null]))])
    } else {
        schema
    }
}

/// The address of a channel, with names for its parameters that AsyncAPI allows; and these by placeholder.
fn address(template: &Template) -> (String, Vec<(String, String)>) {
    let wires: Vec<&str> = template
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Placeholder(wire) => Some(wire.as_str()),
        })
        .collect();
    let names = naming::distinct(&wires, &[], "", naming::snake);
    let mut rest = names.iter();
    let mut out = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Placeholder(_) => put!(out, "{{{}}}", rest.next().map_or("", String::as_str)),
        }
    }
    let wires = wires.into_iter().map(str::to_owned);
    (out, wires.zip(names.iter().cloned()).collect())
}

/// A name as a token of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_quoted_where_it_could_be_misread() {
        let yaml = map(vec![
            ("plain", text("no")),
            ("no", json("1")),
            (
                "a b",
                Some(Yaml::List(vec![
                    Yaml::Text("x: y".to_owned()),
                    map(vec![("k", text("v"))]),
                ])),
            ),
            ("empty", Some(Yaml::Map(Vec::new()))),
        ]);
        let mut out = String::new();
        yaml.write(0, &mut out);
        let expected = "plain: \"no\"\n\"no\": 1\n\"a b\":\n  - \"x: y\"\n  - k: \"v\"\nempty: {}\n";
        assert_eq!(out, expected);
        assert_eq!(printable("\"\u{7f}\""), "\"\\u007f\"");
    }
}
