//! The rules that a user can break, beyond what reading the attributes has found. One UI test each.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::LitStr;

use crate::ast::{Alternative, Binding, Field, Member, Model, Object, Presence, Shape, Tuple, Typed};
use crate::attr::{Value, Words};
use crate::ctxt::Ctxt;
use crate::expand::constant::Json;
use crate::number::Number;
use crate::prop::{TypeKind, did_you_mean, fixed_part};
use crate::template::{Piece, Template};

/// What may become of an event that is too old.
const EXPIRED: [&str; 2] = ["publish", "dead-letter"];

pub(crate) fn event(cx: &Ctxt, event: &Binding<'_>) {
    if let Some(max_age) = event.words.integer("max_age")
        && !max_age.base10_parse::<u32>().is_ok_and(|seconds| seconds > 0)
    {
        cx.error(
            max_age,
            "a greatest age is 1 to 4294967295 seconds; leave `max_age` out for none",
        );
    }
    if let Some(expired) = event.words.text("expired") {
        if !EXPIRED.contains(&expired.value().as_str()) {
            cx.error(
                expired,
                "an event that is too old is `publish`ed, or a `dead-letter`",
            );
        } else if event.words.integer("max_age").is_none() {
            cx.error(expired, "no event is too old without `max_age`");
        }
    }
    let Some(template) = &event.template else { return };
    check_template(cx, template, event, "channel");
    if let Some(event_type) = event.words.text("event_type") {
        if event_type.value().is_empty() {
            cx.error(event_type, "an event type has a name");
        }
    } else if fixed_part(&template.literal.value()).is_empty() && !template.literal.value().is_empty() {
        cx.error(
            template.literal,
            "no piece of the channel is fixed, so say what the event is: `event_type = \"..\"`",
        );
    }
}

pub(crate) fn key(cx: &Ctxt, key: &Binding<'_>) {
    if let Some(ttl) = key.words.integer("ttl")
        && !ttl.base10_parse::<u32>().is_ok_and(|seconds| seconds > 0)
    {
        cx.error(
            ttl,
            "a lifetime is 1 to 4294967295 seconds; leave `ttl` out for none",
        );
    }
    let Some(template) = &key.template else { return };
    check_template(cx, template, key, "key");
    for field in &key.fields {
        if !template.placeholders().any(|name| name == field.name) {
            let message = format!(
                "the key does not use this field: put `{{{}}}` into the template",
                field.name
            );
            cx.error(field.ident, message);
        }
    }
}

fn check_template(cx: &Ctxt, template: &Template<'_>, binding: &Binding<'_>, what: &str) {
    let literal = template.literal;
    if template.pieces.is_empty() {
        cx.error(literal, format_args!("a {what} has a name"));
    }
    for text in template.fixed() {
        for found in text.chars() {
            let kind = match found {
                '*' | '?' | '[' | ']' | '\\' => "a glob character",
                _ if found.is_control() => "a control character",
                _ if found.is_whitespace() => "whitespace",
                _ => continue,
            };
            cx.error(
                literal,
                format_args!("the fixed text of a {what} cannot hold {kind}: {found:?}"),
            );
            break;
        }
    }
    let mut seen = BTreeSet::new();
    for name in template.placeholders() {
        if name.is_empty() {
            cx.error(literal, "an empty placeholder `{}`: name a field");
        } else if !seen.insert(name) {
            cx.error(
                literal,
                format_args!("the placeholder `{{{name}}}` stands here twice"),
            );
        } else if binding.field(name).is_none() {
            let names = binding.fields.iter().map(|field| field.name.as_str());
            let hint = did_you_mean(name, names).map(|near| format!(": did you mean `{{{near}}}`?"));
            let hint = hint.unwrap_or_default();
            cx.error(
                literal,
                format_args!("the placeholder `{{{name}}}` has no field{hint}"),
            );
        }
    }
    for pair in template.pieces.windows(2) {
        if let [Piece::Placeholder(left), Piece::Placeholder(right)] = pair {
            let message = format!(
                "nothing separates `{{{left}}}` from `{{{right}}}`, so the text cannot be taken apart"
            );
            cx.error(literal, message);
        }
    }
}

pub(crate) fn model(cx: &Ctxt, model: &Model<'_>) {
    match &model.shape {
        Shape::Object(object) => self::object(cx, model, object),
        Shape::Newtype(typed) => {
            rules(cx, *typed, model.words);
            if let Some(word) = model.words.name("key_part")
                && typed.kind == TypeKind::Text
                && model.words.path("pattern").is_none()
            {
                cx.error(word, "a text in a key needs a `pattern` that keeps it safe");
            }
            if let Some(word) = model.words.name("key_part")
                && matches!(
                    typed.kind,
                    TypeKind::Number
                        | TypeKind::Bool
                        | TypeKind::List
                        | TypeKind::Map
                        | TypeKind::Timestamp
                        | TypeKind::Decimal
                )
            {
                cx.error(word, "values of this type have no text that is safe in a key");
            }
        }
        Shape::Union(alternatives) => union(cx, model, alternatives),
        Shape::Tuple(tuple) => self::tuple(cx, model, tuple),
        Shape::Texts(alternatives) => {
            if let Some(word) = model.words.name("tag") {
                cx.error(word, "`tag` is for a `union = \"tag\"`");
            }
            let mut seen = BTreeSet::new();
            for alternative in alternatives {
                if let Some(value) = &alternative.value
                    && !seen.insert(value)
                {
                    cx.error(
                        alternative.ident,
                        format_args!("the text {value:?} belongs to another variant too"),
                    );
                }
            }
            let mut typed_before = false;
            for alternative in alternatives {
                if alternative.ty.is_none() && typed_before {
                    cx.error(
                        alternative.ident,
                        "variants with a fixed text come before those with a type",
                    );
                }
                typed_before |= alternative.ty.is_some();
            }
        }
    }
}

fn tuple(cx: &Ctxt, model: &Model<'_>, tuple: &Tuple<'_>) {
    for word in model.words.iter() {
        let known = [
            "name",
            "schema",
            "tuple",
            "min_items",
            "max_items",
            "unique_items",
        ];
        if !known.contains(&word.name.to_string().as_str()) {
            cx.error(&word.name, format_args!("`{}` is not for a tuple", word.name));
        }
        if let Value::Integer(integer) = &word.value
            && integer.base10_parse::<usize>().is_err()
        {
            cx.error(integer, format_args!("`{}` counts, from 0", word.name));
        }
    }
    let mut absent = false;
    for element in &tuple.elements {
        if let Some(word) = element.words.name("rest") {
            cx.error(word, "further elements stand at the end");
        }
        let optional = matches!(element.presence, Presence::Optional | Presence::OptionalNullable);
        if absent && !optional {
            cx.push(syn::Error::new(
                element.at,
                "an element behind one that may be absent may be absent too: `optional`",
            ));
        }
        absent |= optional;
    }
    if let Some(rest) = &tuple.rest
        && rest.presence != Presence::Required
    {
        cx.error(
            rest.words.name("rest"),
            "further elements stand in a list, without other words",
        );
    }
}

fn union(cx: &Ctxt, model: &Model<'_>, alternatives: &[Alternative<'_>]) {
    let mode = model.words.text("union");
    let is_tagged = mode.is_some_and(|mode| mode.value() == "tag");
    if let Some(mode) = mode
        && !["one", "any", "tag"].contains(&mode.value().as_str())
    {
        cx.error(
            mode,
            "`union` is \"one\" (exactly one alternative matches), \"any\" (the first) or \"tag\"",
        );
    }
    if is_tagged && model.words.text("tag").is_none() {
        cx.error(
            mode,
            "a tagged union needs the name of the member: `tag = \"..\"`",
        );
    }
    let has_tag = model.words.text("tag").is_some();
    if let Some(word) = model
        .words
        .name("tag")
        .filter(|_| mode.is_some_and(|mode| mode.value() == "any"))
    {
        cx.error(word, "`tag` is for a `union = \"tag\"` or \"one\"");
    }
    if let Some(word) = model.words.name("key_part") {
        cx.error(word, "values of a union have no text that is safe in a key");
    }
    for alternative in alternatives {
        match (&alternative.value, alternative.ty) {
            (Some(value), _) if Json::scalar(value).is_none() => {
                cx.error(
                    alternative.ident,
                    "`value` is the JSON of a text, a number, true, false or null",
                );
            }
            (Some(_), Some(_)) if !has_tag => {
                cx.error(
                    alternative.ident,
                    "`value` of an alternative with a type is that of the `tag`",
                );
            }
            _ => {}
        }
    }
}

fn object(cx: &Ctxt, model: &Model<'_>, object: &Object<'_>) {
    for (index, field) in object.additional.iter().enumerate() {
        additional(cx, model, field);
        if field.words.path("names").is_none() && index + 1 < object.additional.len() {
            cx.error(
                field.words.name("additional"),
                "this map takes every name, so it comes last; or say which it takes with `names = ..`",
            );
        }
    }
    for word in ["min_properties", "max_properties"] {
        if let Some(integer) = model.words.integer(word)
            && integer.base10_parse::<usize>().is_err()
        {
            cx.error(integer, format_args!("`{word}` counts, from 0"));
        }
        let is_closed = model
            .words
            .text("unknown")
            .is_some_and(|unknown| unknown.value() == "deny");
        if let Some(name) = model
            .words
            .name(word)
            .filter(|_| !is_closed && object.additional.is_empty())
        {
            cx.error(name, format_args!("`{word}` needs `unknown = \"deny\"` or a map with `additional`: ignored members are not counted"));
        }
    }
    if let Some(path) = model.words.path("builder")
        && path.get_ident().is_none()
    {
        cx.error(path, "`builder` is the name of a type to make beside this one");
    }
    if let Some(unknown) = model.words.text("unknown")
        && !["ignore", "deny"].contains(&unknown.value().as_str())
    {
        cx.error(unknown, "`unknown` is \"ignore\" or \"deny\"");
    }
    let mut seen = BTreeSet::new();
    for member in &object.members {
        match member {
            Member::Field(field) => {
                if !seen.insert(field.name.clone()) {
                    cx.error(
                        field.ident,
                        format_args!("another member is named {:?} too", field.name),
                    );
                }
                rules(cx, field.typed, &field.words);
                if let Some(utc) = field.words.text("utc") {
                    if field.typed.kind != TypeKind::Timestamp {
                        cx.error(field.words.name("utc"), "`utc` is for a `Timestamp`");
                    } else if !["Z", "+00:00"].contains(&utc.value().as_str()) {
                        cx.error(utc, "`utc` is \"Z\" or \"+00:00\"");
                    }
                }
            }
            Member::Constant(constant) => {
                if let Some(name) = constant.words.text("name")
                    && !seen.insert(name.value())
                {
                    cx.error(
                        name,
                        format_args!("another member is named {:?} too", name.value()),
                    );
                }
                if let Some(value) = constant.words.text("value")
                    && Json::scalar(&value.value()).is_none()
                {
                    cx.error(
                        value,
                        "a constant is the JSON of a text, a number, true, false or null",
                    );
                }
            }
        }
    }
}

fn additional(cx: &Ctxt, model: &Model<'_>, field: &Field<'_>) {
    let Some(word) = field.words.name("additional") else {
        return;
    };
    let is_plain = |name: &Ident| name == "additional" || name == "names";
    if field.presence != Presence::Required || !field.words.iter().all(|word| is_plain(&word.name)) {
        cx.error(
            word,
            "additional members stand in a map of their own, with no other word than `names`",
        );
    }
    rules(cx, field.typed, &field.words);
    if let Some(unknown) = model.words.name("unknown") {
        cx.error(
            unknown,
            "members that the type does not declare go into the map with `additional`",
        );
    }
}

/// The words that restrict a type must fit it.
fn rules(cx: &Ctxt, typed: Typed<'_>, words: &Words) {
    // Any value may be of the kind that a rule binds.
    let is = |fits: &dyn Fn(TypeKind) -> bool| typed.kind == TypeKind::Any || fits(typed.kind);
    for word in words.iter() {
        let name = word.name.to_string();
        let needed = match name.as_str() {
            "minimum" | "maximum" | "exclusive_minimum" | "exclusive_maximum" | "multiple_of" => {
                if let Value::Text(text) = &word.value {
                    number(cx, typed, &name, text);
                }
                (
                    "an `i64`, `u64` or `f64`",
                    is(&|kind| matches!(kind, TypeKind::Integer(_) | TypeKind::Number)),
                )
            }
            "pattern" => (
                "a `String` or `Decimal`",
                is(&|kind| matches!(kind, TypeKind::Text | TypeKind::Decimal)),
            ),
            "min_length" | "max_length" | "format" => ("a `String`", is(&|kind| kind == TypeKind::Text)),
            "min_items" | "max_items" | "unique_items" => ("a `Vec`", is(&|kind| kind == TypeKind::List)),
            "min_properties" | "max_properties" | "names" => {
                ("a `BTreeMap`", is(&|kind| kind == TypeKind::Map))
            }
            "values" => (
                "a `bool`, a number or any `Value`",
                is(&|kind| matches!(kind, TypeKind::Bool | TypeKind::Integer(_) | TypeKind::Number)),
            ),
            _ => continue,
        };
        if let (kind, false) = needed {
            cx.error(&word.name, format_args!("`{name}` is for {kind}"));
        }
        if let Value::Integer(integer) = &word.value
            && integer.base10_parse::<usize>().is_err()
        {
            cx.error(integer, format_args!("`{name}` counts, from 0"));
        }
        match (name.as_str(), &word.value) {
            ("format", Value::Text(text)) => format(cx, &word.name, text),
            ("values", Value::Text(text)) if !matches!(Json::parse(&text.value()), Some(Json::List(_))) => {
                cx.error(text, "`values` is the JSON of an array");
            }
            _ => {}
        }
    }
}

fn format(cx: &Ctxt, word: &Ident, text: &LitStr) {
    match text.value().as_str() {
        "date" | "uuid" | "decimal" => {
            cx.error(
                word,
                "this format is a type of its own: `Date`, `Uuid` or `Decimal`",
            );
        }
        "date-time" | "time" | "hostname" | "duration" | "ipv4" | "ipv6" | "email" | "uri" => {}
        other => cx.error(text, format_args!("the format `{other}` is not known")),
    }
}

fn number(cx: &Ctxt, typed: Typed<'_>, name: &str, text: &LitStr) {
    let Some(number) = Number::parse(&text.value()) else {
        cx.error(text, "a bound is the text of a JSON number");
        return;
    };
    if name == "multiple_of" && (!number.is_positive() || number.scaled().is_none()) {
        cx.error(text, "`multiple_of` is above 0 and has at most 19 digits");
    }
    if matches!(typed.kind, TypeKind::Number | TypeKind::Any) && number.nearest(&text.value()).is_none() {
        cx.error(text, "no `f64` is that large");
    }
    if let TypeKind::Integer(range) = typed.kind {
        let (floor, ceil) = number.floor_and_ceil();
        let empty = match name {
            "minimum" => ceil > range.max,
            "maximum" => floor < range.min,
            "exclusive_minimum" => floor >= range.max,
            "exclusive_maximum" => ceil <= range.min,
            _ => false,
        };
        if empty {
            cx.error(text, "no value of the field's type is within this bound");
        }
    }
}
