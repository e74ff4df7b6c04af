//! Channels and keys: what `x-redis-*` keywords make of an object. What their templates promise is proven in `template`.

use std::collections::HashMap;

use super::super::automaton::{Dfa, common_text};
use super::super::diagnostics::nearest;
use super::super::ir::{
    Content, Event, Expired, Key, KeyExample, KeyValue, MaxAge, Object, Part, Piece, Shape, Template, Type,
};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::{Place, SchemaId};
use super::text::json_text;
use super::{Found, Lowered, Lowering, Reported};

/// The member whose constant says what an event is, on every channel.
pub(super) const EVENT_TYPE: &str = "event_type";

/// Redis adds the lifetime to its clock in milliseconds, in 64 bits; three decades are enough for anyone.
const SECONDS_MAX: u64 = 1_000_000_000;

/// Why a member cannot stand in a template, and what to do about it.
pub(super) type Unfit = (&'static str, &'static str);

const NULLABLE: Unfit = ("may be `null`", "leave `null` out of its type");

/// Members by name: the type that stands in a template, or why it cannot.
pub(super) type Members = Vec<(String, Result<Type, Unfit>)>;

impl<'a> Lowering<'a, '_> {
    /// Every schema with a channel.
    pub(super) fn events(&mut self) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let mut owners: HashMap<String, SchemaId> = HashMap::new();
        for found in self.occurrences("x-redis-channel") {
            let Ok(event) = self.event(found) else { continue };
            if let Some(other) = owners.get(&event.event_type) {
                let other = self.set.document(*other).name.as_str();
                let message = format!(
                    "the `{EVENT_TYPE}` {:?} is that of an event in `{other}` too",
                    event.event_type
                );
                self.error_at(
                    found,
                    message,
                    Some("events are told apart by it; give each its own"),
                );
                continue;
            }
            owners.insert(event.event_type.clone(), found.owner);
            events.push(event);
        }
        self.refuse_without("x-redis-max-age", "x-redis-channel");
        self.refuse_without("x-redis-expired", "x-redis-max-age");
        events
    }

    /// Refuses a keyword that says something of another one, where that is not.
    fn refuse_without(&mut self, keyword: &'static str, other: &'static str) {
        for found in self.occurrences(keyword) {
            if self.set.schema(found.owner).node.get(other).is_none() {
                let message = format!("`{keyword}` belongs beside `{other}`");
                let help = format!("remove it, or add `{other}`");
                self.error_at(found, message, Some(&help));
            }
        }
    }

    /// Every schema with a key.
    pub(super) fn keys(&mut self) -> Vec<Key> {
        let mut keys = Vec::new();
        for found in self.occurrences("x-redis-key") {
            keys.extend(self.key(found));
        }
        for keyword in ["x-redis-ttl", "x-redis-value"] {
            self.refuse_without(keyword, "x-redis-key");
        }
        keys
    }

    pub(super) fn occurrences(&self, keyword: &'static str) -> Vec<Found<'a>> {
        let ids = (0..self.set.schemas.len()).map(SchemaId);
        ids.filter(|id| {
            let schema = self.set.schema(*id);
            schema.reached && !schema.broken && schema.document < self.set.asked
        })
        .filter_map(|owner| {
            Some(Found {
                owner,
                keyword,
                node: self.set.schema(owner).node.get(keyword)?,
            })
        })
        .collect()
    }

    fn event(&mut self, found: Found<'a>) -> Lowered<Event> {
        self.taken.insert((found.owner, found.keyword));
        if self.set.schema(found.owner).node.get("x-redis-key").is_some() {
            // The key says so.
            return Err(Reported);
        }
        if !matches!(
            self.set.schema(found.owner).place,
            Place::Root | Place::Definition(_)
        ) {
            let help = Some("make it the root of a file, or a definition");
            return Err(self.error_at(found, "an event needs a name of its own", help));
        }
        let slot = self.definition(found.owner)?;
        let object = match slot.ty {
            Type::Named(ty) => self.shape(ty).map(|shape| (ty, shape)),
            _ => None,
        };
        let Some((ty, Shape::Object(object))) = object else {
            let help = Some("describe it by `\"type\": \"object\"` and its `properties`");
            return Err(self.error_at(found, "an event is an object", help));
        };
        let event_type = event_type(object);
        let members: Members = object
            .members
            .iter()
            .map(|member| (member.wire.clone(), placeholder(&member.content)))
            .collect();
        let event_type = event_type.map_err(|help| {
            let message = format!("an event needs a required member `{EVENT_TYPE}` with a constant text");
            self.error_at(found, message, Some(&help))
        });
        let channel = self.channel(found, &members)?;
        let event_type = event_type?;
        let max_age = self.max_age(found.owner)?;
        Ok(Event {
            ty,
            channel,
            event_type,
            max_age,
        })
    }

    fn channel(&mut self, found: Found<'a>, members: &Members) -> Lowered<Template> {
        let channel = self.template(found)?;
        for piece in &channel.pieces {
            let Piece::Placeholder(name) = piece else { continue };
            self.placeholder_type(found, members, name)?;
        }
        self.check_separators(found, &channel, members)?;
        Ok(channel)
    }

    fn key(&mut self, found: Found<'a>) -> Lowered<Key> {
        let id = found.owner;
        for keyword in [
            "x-redis-key",
            "x-redis-ttl",
            "x-redis-value",
            "type",
            "properties",
            "required",
        ] {
            self.taken.insert((id, keyword));
        }
        let schema = self.set.schema(id);
        if schema.node.get("x-redis-channel").is_some() {
            let help = Some("make two definitions of it");
            return Err(self.error_at(found, "an object is an event or a key, not both", help));
        }
        let (Place::Root | Place::Definition(_)) = &schema.place else {
            let help = Some("make it a definition, or the root of a file");
            return Err(self.error_at(found, "a key needs a name of its own", help));
        };
        if schema.node.get("type").and_then(Node::as_str) != Some("object") {
            return Err(self.error_at(
                found,
                "a key is described by an object",
                Some("add \"type\": \"object\""),
            ));
        }
        if let Some(node) = schema.node.get("additionalProperties") {
            self.taken.insert((id, "additionalProperties"));
            if !matches!(node.value, Value::Bool(false)) {
                let found = Found {
                    owner: id,
                    keyword: "additionalProperties",
                    node,
                };
                let message = "a key has no parts beyond those of its template";
                return Err(self.error_at(found, message, Some("leave it out, or write `false`")));
            }
        }
        let template = self.template(found)?;
        let members = self.key_members(id, &template)?;
        let mut parts = Vec::new();
        for piece in &template.pieces {
            let Piece::Placeholder(name) = piece else { continue };
            let ty = self.placeholder_type(found, &members, name)?;
            let docs = self
                .set
                .child(id, &["properties", name])
                .map(|child| self.docs(child))
                .unwrap_or_default();
            parts.push(Part {
                wire: name.clone(),
                docs,
                ty,
            });
        }
        self.check_separators(found, &template, &members)?;
        let ttl = self.ttl(id)?;
        let value = self.key_value(id)?;
        let titled = schema.node.get("title").and_then(Node::as_str).map(str::to_owned);
        let name = match &schema.place {
            Place::Definition(name) => name.clone(),
            _ => self.name_of(id),
        };
        let type_name = titled.unwrap_or_else(|| format!("{name} key"));
        let examples = self.key_examples(id, &template, &parts)?;
        let mut docs = self.docs(id);
        docs.examples = examples.iter().map(|example| example.text.clone()).collect();
        Ok(Key {
            name,
            type_name,
            docs,
            template,
            parts,
            ttl,
            value,
            examples,
        })
    }

    /// The `examples` of a key, each shown to be one.
    fn key_examples(
        &mut self,
        id: SchemaId,
        template: &Template,
        parts: &[Part],
    ) -> Lowered<Vec<KeyExample>> {
        let Some(node) = self.set.schema(id).node.get("examples") else {
            return Ok(Vec::new());
        };
        let ty = |name: &str| {
            parts
                .iter()
                .find(|part| part.wire == name)
                .map(|part| part.ty.clone())
        };
        let chain = self.chain(template, &ty).unwrap_or_default();
        let mut examples = Vec::new();
        for example in node.as_array().unwrap_or(&[]) {
            let mut text = String::new();
            let mut arguments = Vec::new();
            for piece in &template.pieces {
                match piece {
                    Piece::Literal(literal) => text.push_str(literal),
                    Piece::Placeholder(name) => {
                        let value = example.get(name);
                        arguments.extend(value.map(json_text));
                        match value.map(|node| &node.value) {
                            Some(Value::String(part) | Value::Number(part)) => text.push_str(part),
                            _ => text.push_str("*?"),
                        }
                    }
                }
            }
            let chain: Vec<&Dfa> = chain.iter().collect();
            if common_text(&chain, &[&Dfa::literal(&text)]).is_none() {
                let found = Found {
                    owner: id,
                    keyword: "examples",
                    node,
                };
                let message = format!("an example is no key of the template {:?}", template.text);
                return Err(self.error_at(
                    found,
                    message,
                    Some("give each part by its name, as its type wants it"),
                ));
            }
            examples.push(KeyExample { arguments, text });
        }
        Ok(examples)
    }

    /// The types of a key's properties, each of them a part of it.
    fn key_members(&mut self, id: SchemaId, template: &Template) -> Lowered<Members> {
        let schema = self.set.schema(id);
        let used = |name: &str| template.pieces.contains(&Piece::Placeholder(name.to_owned()));
        let declared = schema
            .node
            .get("properties")
            .and_then(Node::as_object)
            .unwrap_or(&[]);
        let required = schema
            .node
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or(&[]);
        let required: Vec<&str> = required.iter().filter_map(Node::as_str).collect();
        for piece in &template.pieces {
            if let Piece::Placeholder(name) = piece
                && !declared.iter().any(|member| member.name == *name)
                && let Some(node) = schema.node.get("x-redis-key")
            {
                let found = Found {
                    owner: id,
                    keyword: "x-redis-key",
                    node,
                };
                let names = declared.iter().map(|member| member.name.as_str());
                return Err(self.no_property(found, name, names));
            }
        }
        let mut failed = false;
        let mut members = Vec::new();
        for member in declared {
            let Some(child) = self.set.child(id, &["properties", &member.name]) else {
                continue;
            };
            if !used(&member.name) {
                let message = format!("`{}` is not in the template {:?}", member.name, template.text);
                self.error(
                    child,
                    message,
                    Some("a key has no parts beyond those of its template"),
                );
                failed = true;
            } else if !required.contains(&member.name.as_str()) {
                let message = format!("`{}` is a part of the key, so it must be required", member.name);
                self.error(child, message, Some("list it in `required`"));
                failed = true;
            } else {
                match self.item(child) {
                    Ok(item) if item.nullable => members.push((member.name.clone(), Err(NULLABLE))),
                    Ok(item) => members.push((member.name.clone(), Ok(item.ty))),
                    Err(Reported) => failed = true,
                }
            }
        }
        if failed { Err(Reported) } else { Ok(members) }
    }

    fn ttl(&mut self, id: SchemaId) -> Lowered<Option<u64>> {
        let help = "leave it out for a key that never expires";
        self.seconds(id, "x-redis-ttl", "a lifetime", help)
    }

    fn max_age(&mut self, id: SchemaId) -> Lowered<Option<MaxAge>> {
        self.taken.insert((id, "x-redis-max-age"));
        self.taken.insert((id, "x-redis-expired"));
        let help = "leave it out for an event that is always of use";
        let Some(seconds) = self.seconds(id, "x-redis-max-age", "a greatest age", help)? else {
            return Ok(None);
        };
        let Some(node) = self.set.schema(id).node.get("x-redis-expired") else {
            return Ok(Some(MaxAge {
                seconds,
                expired: Expired::Publish,
            }));
        };
        let known = [Expired::Publish, Expired::DeadLetter];
        if let Some(expired) = known.into_iter().find(|word| Some(word.word()) == node.as_str()) {
            return Ok(Some(MaxAge { seconds, expired }));
        }
        let found = Found {
            owner: id,
            keyword: "x-redis-expired",
            node,
        };
        let message = "an event that is too old is `publish`ed, or a `dead-letter`";
        Err(self.error_at(found, message, Some("write one of these two words")))
    }

    /// A number of seconds.
    fn seconds(
        &mut self,
        id: SchemaId,
        keyword: &'static str,
        what: &str,
        help: &str,
    ) -> Lowered<Option<u64>> {
        let Some(node) = self.set.schema(id).node.get(keyword) else {
            return Ok(None);
        };
        let seconds = match &node.value {
            Value::Number(text) => Exact::parse(text).and_then(|number| number.as_u64()),
            _ => None,
        };
        if let Some(1..=SECONDS_MAX) = seconds {
            return Ok(seconds);
        }
        let found = Found {
            owner: id,
            keyword,
            node,
        };
        let message = format!("{what} is 1 to {SECONDS_MAX} seconds");
        Err(self.error_at(found, message, Some(help)))
    }

    fn key_value(&mut self, id: SchemaId) -> Lowered<Option<KeyValue>> {
        let schema = self.set.schema(id);
        Ok(match schema.node.get("x-redis-value").and_then(Node::as_str) {
            None => None,
            Some("features") => Some(KeyValue::Features),
            Some("lock") => Some(KeyValue::Lock),
            Some("string") => Some(KeyValue::Text),
            Some(_) => {
                let (Some(target), Some(node)) = (schema.value, schema.node.get("x-redis-value")) else {
                    return Err(Reported);
                };
                let named = matches!(self.set.schema(target).place, Place::Definition(_) | Place::Root);
                let slot = if named {
                    self.definition(target)?
                } else {
                    self.slot(target)?
                };
                if slot.nullable {
                    let found = Found {
                        owner: id,
                        keyword: "x-redis-value",
                        node,
                    };
                    let help = Some("a key that is absent says the same; or make it a member of an object");
                    return Err(self.error_at(found, "what a key holds cannot be `null`", help));
                }
                Some(KeyValue::Type(slot.ty))
            }
        })
    }
}

/// What an object says of its kind as an event, or what it should say.
fn event_type(object: &Object) -> Result<String, String> {
    let said = object.members.iter().find(|member| member.wire == EVENT_TYPE);
    match said.map(|member| &member.content) {
        Some(Content::Constant(text)) => {
            let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            inside
                .map(str::to_owned)
                .ok_or_else(|| "let it be a text".to_owned())
        }
        Some(Content::Value(value)) if !value.required => Err("list it in `required`".to_owned()),
        Some(Content::Value(_)) => Err("give it a `const`".to_owned()),
        None => {
            let names = object.members.iter().map(|member| member.wire.as_str());
            Err(match nearest(EVENT_TYPE, names) {
                Some(near) => format!("call `{near}` `{EVENT_TYPE}`"),
                None => format!("\"properties\": {{ \"{EVENT_TYPE}\": {{ \"const\": \"...\" }}, ... }}"),
            })
        }
    }
}

/// The type of a member that stands in a template, or why it cannot.
pub(super) fn placeholder(content: &Content) -> Result<Type, Unfit> {
    match content {
        Content::Constant(_) => Err(("is a constant", "write its text into the template")),
        Content::Value(value) if !value.required => Err(("may be absent", "list it in `required`")),
        Content::Value(value) if value.slot.nullable => Err(NULLABLE),
        Content::Value(value) if !value.slot.rules.is_empty() => Err((
            "has rules of its own",
            "make a definition of its type, and refer to that by `$ref`",
        )),
        Content::Value(value) => Ok(value.slot.ty.clone()),
    }
}
