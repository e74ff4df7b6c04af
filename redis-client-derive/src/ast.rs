//! Our view of the input: what a derive needs to know, with the tokens to point at.

use proc_macro2::{Ident, TokenStream};
use syn::{Data, DeriveInput, Fields, LitStr, Type};

use crate::attr::{self, Kind, Table, Words};
use crate::ctxt::Ctxt;
use crate::prop::{self, TypeKind, option_of, plain, type_kind};
use crate::template::Template;

/// An event or a key: a struct bound to a template.
pub(crate) struct Binding<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) private: TokenStream,
    pub(crate) words: &'a Words,
    pub(crate) template: Option<Template<'a>>,
    pub(crate) fields: Vec<BoundField<'a>>,
    /// `struct Key;` instead of `struct Key {}`.
    pub(crate) is_unit: bool,
    /// Whether words of `Model` are about, which has a way of its own to JSON.
    pub(crate) is_model: bool,
}

pub(crate) struct BoundField<'a> {
    pub(crate) ident: &'a Ident,
    /// The name in a template: that on the wire.
    pub(crate) name: String,
    pub(crate) ty: &'a Type,
}

const OF_KEYS: &str = "this word belongs to `#[derive(RedisKey)]`; an event and a key are two types";
const OF_EVENTS: &str = "this word belongs to `#[derive(RedisEvent)]`; an event and a key are two types";

pub(crate) const EVENT_WORDS: Table = &[
    ("channel", Kind::Text),
    ("event_type", Kind::Text),
    ("max_age", Kind::Integer),
    ("expired", Kind::Text),
    ("validate", Kind::Flag),
    ("crate", Kind::Text),
    ("key", Kind::Refused(OF_KEYS)),
    ("ttl", Kind::Refused(OF_KEYS)),
    ("value", Kind::Refused(OF_KEYS)),
];

pub(crate) const KEY_WORDS: Table = &[
    ("key", Kind::Text),
    ("ttl", Kind::Integer),
    ("value", Kind::Type),
    ("crate", Kind::Text),
    ("channel", Kind::Refused(OF_EVENTS)),
    ("event_type", Kind::Refused(OF_EVENTS)),
    ("max_age", Kind::Refused(OF_EVENTS)),
    ("expired", Kind::Refused(OF_EVENTS)),
    ("validate", Kind::Refused(OF_EVENTS)),
];

impl<'a> Binding<'a> {
    /// Reads a struct whose template is in the word `template` of `words`.
    pub(crate) fn of(
        cx: &Ctxt,
        input: &'a DeriveInput,
        words: &'a Words,
        derive: &'static str,
        template: &'static str,
    ) -> Option<Self> {
        refuse_generics(cx, input);
        let Data::Struct(data) = &input.data else {
            cx.error(
                &input.ident,
                format_args!("`{derive}` is for structs with named fields"),
            );
            return None;
        };
        let (fields, is_unit) = match &data.fields {
            Fields::Named(fields) => {
                let fields = fields.named.iter().filter_map(|field| {
                    Words::of(cx, &field.attrs, "redis", &[]);
                    let ident = field.ident.as_ref()?;
                    Some(BoundField {
                        ident,
                        name: wire_name(ident, &field.attrs),
                        ty: &field.ty,
                    })
                });
                (fields.collect(), false)
            }
            Fields::Unit if template == "key" => (Vec::new(), true),
            Fields::Unit | Fields::Unnamed(_) => {
                cx.error(
                    &input.ident,
                    format_args!("`{derive}` is for structs with named fields"),
                );
                return None;
            }
        };
        let literal = words.text(template);
        if literal.is_none() && !cx.has_errors() {
            let message = format!("`{derive}` needs `#[redis({template} = \"..\")]`");
            cx.error(&input.ident, message);
        }
        Some(Self {
            ident: &input.ident,
            private: attr::private_path(cx, words),
            words,
            template: literal.and_then(|literal| Template::parse(cx, literal)),
            fields,
            is_unit,
            is_model: input.attrs.iter().any(|attr| attr.path().is_ident("model")),
        })
    }

    pub(crate) fn field(&self, name: &str) -> Option<&BoundField<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The field's name on the wire: that of `rename = ".."` of `Model` or serde, else its own.
fn wire_name(ident: &Ident, attrs: &[syn::Attribute]) -> String {
    let mut name = plain(ident);
    for attr in attrs
        .iter()
        .filter(|attr| attr.path().is_ident("model") || attr.path().is_ident("serde"))
    {
        // What else stands there is for the other derives to judge.
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename")
                && let Ok(text) = meta.value().and_then(syn::parse::ParseBuffer::parse::<LitStr>)
            {
                name = text.value();
            } else {
                meta.input.step(|cursor| {
                    let mut rest = *cursor;
                    while let Some((token, next)) = rest.token_tree() {
                        if matches!(&token, proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',') {
                            break;
                        }
                        rest = next;
                    }
                    Ok(((), rest))
                })?;
            }
            Ok(())
        });
    }
    name
}

fn refuse_generics(cx: &Ctxt, input: &DeriveInput) {
    if !input.generics.params.is_empty() {
        cx.error(&input.generics.params, "types with parameters are not supported");
    }
}

/// An enum over events.
pub(crate) struct Set<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) private: TokenStream,
    pub(crate) variants: Vec<(&'a Ident, &'a Type)>,
}

pub(crate) const SET_WORDS: Table = &[("crate", Kind::Text)];

impl<'a> Set<'a> {
    pub(crate) fn of(cx: &Ctxt, input: &'a DeriveInput) -> Option<Self> {
        refuse_generics(cx, input);
        let words = Words::of(cx, &input.attrs, "redis", SET_WORDS);
        let private = attr::private_path(cx, &words);
        let Data::Enum(data) = &input.data else {
            cx.error(
                &input.ident,
                "`EventSet` is for enums; a struct becomes an event with `RedisEvent`",
            );
            return None;
        };
        let mut variants = Vec::new();
        for variant in &data.variants {
            Words::of(cx, &variant.attrs, "redis", &[]);
            match &variant.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    variants.extend(fields.unnamed.first().map(|field| (&variant.ident, &field.ty)));
                }
                _ => cx.error(
                    &variant.ident,
                    format_args!("`{0}` must hold one event: `{0}(..)`", variant.ident),
                ),
            }
        }
        if data.variants.is_empty() {
            cx.error(&input.ident, "an `EventSet` without events receives nothing");
        }
        Some(Self {
            ident: &input.ident,
            private,
            variants,
        })
    }
}

/// A type of the schema.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a syn::Visibility,
    pub(crate) private: TokenStream,
    pub(crate) words: &'a Words,
    pub(crate) shape: Shape<'a>,
}

pub(crate) enum Shape<'a> {
    Object(Object<'a>),
    /// Its rules are among the words of the model.
    Newtype(Typed<'a>),
    /// A tuple struct with the word `tuple`.
    Tuple(Tuple<'a>),
    Texts(Vec<Alternative<'a>>),
    /// An enum over values of any kind, with the word `union`.
    Union(Vec<Alternative<'a>>),
}

pub(crate) struct Object<'a> {
    pub(crate) members: Vec<Member<'a>>,
    /// The maps of the members that are not declared: each takes the names that match its `names`, and that no map
    /// before it took.
    pub(crate) additional: Vec<Field<'a>>,
}

/// An array whose first elements have types of their own.
pub(crate) struct Tuple<'a> {
    pub(crate) elements: Vec<Element<'a>>,
    /// The list of the elements behind them, by its own type: what it holds.
    pub(crate) rest: Option<Element<'a>>,
}

pub(crate) struct Element<'a> {
    /// The field.
    pub(crate) index: usize,
    pub(crate) presence: Presence,
    /// The type without the `Option`s that `presence` accounts for; of the rest, that of one element.
    pub(crate) ty: &'a Type,
    /// What is written on the field.
    pub(crate) words: Words,
    pub(crate) at: proc_macro2::Span,
}

/// A member of an object, in the order of the wire.
pub(crate) enum Member<'a> {
    Field(Box<Field<'a>>),
    Constant(Constant<'a>),
}

pub(crate) struct Constant<'a> {
    pub(crate) at: &'a Ident,
    pub(crate) words: &'a Words,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a syn::Visibility,
    attrs: &'a [syn::Attribute],
    /// On the wire.
    pub(crate) name: String,
    pub(crate) presence: Presence,
    /// The type without the `Option`s that `presence` accounts for.
    pub(crate) typed: Typed<'a>,
    pub(crate) words: Words,
}

/// Whether a member may be absent, and whether it may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`: must be there, not null.
    Required,
    /// `Option<T>`: must be there, `None` is null.
    Nullable,
    /// `Option<T>`: `None` is absent, null is refused.
    Optional,
    /// `Option<Option<T>>`: absent, null or a value.
    OptionalNullable,
    /// `Option<T>`: `None` is absent or null when read, null when written.
    DefaultNull,
}

impl Presence {
    pub(crate) fn options(self) -> usize {
        match self {
            Self::Required => 0,
            Self::Nullable | Self::Optional | Self::DefaultNull => 1,
            Self::OptionalNullable => 2,
        }
    }
}

/// A type and what its name tells.
#[derive(Clone, Copy)]
pub(crate) struct Typed<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) kind: TypeKind,
}

pub(crate) struct Alternative<'a> {
    pub(crate) ident: &'a Ident,
    /// The text of a unit variant; in a union, the JSON of its value or of the tag.
    pub(crate) value: Option<String>,
    /// The type of another.
    pub(crate) ty: Option<&'a Type>,
}

pub(crate) const OBJECT_WORDS: Table = &[
    ("name", Kind::Text),
    ("schema", Kind::Path),
    ("unknown", Kind::Text),
    ("min_properties", Kind::Integer),
    ("max_properties", Kind::Integer),
    ("builder", Kind::Path),
    ("constant", Kind::Words(CONSTANT_WORDS)),
];
pub(crate) const CONSTANT_WORDS: Table = &[
    ("name", Kind::Text),
    ("value", Kind::Text),
    ("before", Kind::Text),
];
pub(crate) const TEXTS_WORDS: Table = &[
    ("name", Kind::Text),
    ("schema", Kind::Path),
    ("key_part", Kind::Flag),
    ("union", Kind::Text),
    ("tag", Kind::Text),
];
const VARIANT_WORDS: Table = &[("value", Kind::Text)];

macro_rules! with_rules {
    ($(($word:literal, $kind:expr)),* $(,)?) => {
        &[
            $(($word, $kind),)*
            ("minimum", Kind::Text),
            ("maximum", Kind::Text),
            ("exclusive_minimum", Kind::Text),
            ("exclusive_maximum", Kind::Text),
            ("multiple_of", Kind::Text),
            ("min_length", Kind::Integer),
            ("max_length", Kind::Integer),
            ("pattern", Kind::Path),
            ("format", Kind::Text),
            ("min_items", Kind::Integer),
            ("max_items", Kind::Integer),
            ("unique_items", Kind::Flag),
            ("min_properties", Kind::Integer),
            ("max_properties", Kind::Integer),
            ("names", Kind::Path),
            ("values", Kind::Text),
        ]
    };
}

const NEWTYPE_WORDS: Table = with_rules![
    ("name", Kind::Text),
    ("schema", Kind::Path),
    ("key_part", Kind::Flag),
    ("tuple", Kind::Flag),
];
const ELEMENT_WORDS: Table = &[
    ("optional", Kind::Flag),
    ("nullable", Kind::Flag),
    ("rest", Kind::Flag),
];
const FIELD_WORDS: Table = with_rules![
    ("rename", Kind::Text),
    ("optional", Kind::Flag),
    ("nullable", Kind::Flag),
    ("default_null", Kind::Flag),
    ("additional", Kind::Flag),
    ("utc", Kind::Text),
];

/// The words of the type itself, by what kind of item it is.
pub(crate) fn model_words(cx: &Ctxt, input: &DeriveInput) -> Words {
    let table = match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Unnamed(_)) => NEWTYPE_WORDS,
        Data::Struct(_) | Data::Union(_) => OBJECT_WORDS,
        Data::Enum(_) => TEXTS_WORDS,
    };
    Words::of(cx, &input.attrs, "model", table)
}

impl<'a> Model<'a> {
    /// Reads the input, whose own words are `words`.
    pub(crate) fn of(cx: &Ctxt, input: &'a DeriveInput, words: &'a Words) -> Option<Self> {
        refuse_generics(cx, input);
        let private = attr::private_path(cx, &redis_words(cx, input));
        let shape = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(_) | Fields::Unit => {
                    let fields = data.fields.iter().filter_map(|field| Field::of(cx, field));
                    let (additional, fields): (Vec<_>, Vec<_>) =
                        fields.partition(|field| field.words.flag("additional"));
                    Shape::Object(Object {
                        members: in_order(cx, fields, words),
                        additional,
                    })
                }
                Fields::Unnamed(fields) if words.flag("tuple") => Shape::Tuple(Tuple::of(cx, fields)?),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    let field = fields.unnamed.first()?;
                    Words::of(cx, &field.attrs, "model", &[]);
                    Shape::Newtype(Typed::of(&field.ty))
                }
                Fields::Unnamed(_) => {
                    cx.error(
                        &input.ident,
                        "a tuple struct of a `Model` has one field, or is an array with `#[model(tuple)]`",
                    );
                    return None;
                }
            },
            Data::Enum(data) => {
                if data.variants.is_empty() {
                    cx.error(&input.ident, "an enum without variants has no values");
                }
                let in_union = words.flag("union");
                let variants = data.variants.iter();
                let variants = variants
                    .filter_map(|variant| Alternative::of(cx, variant, in_union))
                    .collect();
                if in_union {
                    Shape::Union(variants)
                } else {
                    Shape::Texts(variants)
                }
            }
            Data::Union(_) => {
                cx.error(&input.ident, "`Model` is for structs and enums");
                return None;
            }
        };
        Some(Self {
            ident: &input.ident,
            vis: &input.vis,
            private,
            words,
            shape,
        })
    }

    /// The name in the schema.
    pub(crate) fn name(&self) -> String {
        self.words
            .text("name")
            .map_or_else(|| plain(self.ident), LitStr::value)
    }
}

/// The words of `redis` that concern every derive; the others are judged by the derives they belong to.
fn redis_words(cx: &Ctxt, input: &DeriveInput) -> Words {
    const ALL: Table = &[
        ("crate", Kind::Text),
        ("channel", Kind::Text),
        ("event_type", Kind::Text),
        ("max_age", Kind::Integer),
        ("expired", Kind::Text),
        ("validate", Kind::Flag),
        ("key", Kind::Text),
        ("ttl", Kind::Integer),
        ("value", Kind::Type),
    ];
    let muted = Ctxt::muted();
    let words = Words::of(&muted, &input.attrs, "redis", ALL);
    if words.flag("channel") || words.flag("key") {
        words
    } else {
        Words::of(cx, &input.attrs, "redis", SET_WORDS)
    }
}

impl<'a> Tuple<'a> {
    fn of(cx: &Ctxt, fields: &'a syn::FieldsUnnamed) -> Option<Self> {
        let elements = fields.unnamed.iter().enumerate();
        let mut elements: Vec<Element<'a>> = elements
            .map(|(index, field)| Element::of(cx, index, field))
            .collect::<Option<_>>()?;
        let rest = elements.pop_if(|last| last.words.flag("rest"));
        Some(Self { elements, rest })
    }
}

impl<'a> Element<'a> {
    fn of(cx: &Ctxt, index: usize, field: &'a syn::Field) -> Option<Self> {
        let words = Words::of(cx, &field.attrs, "model", ELEMENT_WORDS);
        let presence = match (words.flag("optional"), words.flag("nullable")) {
            (false, false) => Presence::Required,
            (false, true) => Presence::Nullable,
            (true, false) => Presence::Optional,
            (true, true) => Presence::OptionalNullable,
        };
        let mut ty = &field.ty;
        for _ in 0..presence.options() {
            let Some(inner) = option_of(ty) else {
                cx.error(
                    &field.ty,
                    "an element that may be absent or null is an `Option<..>`, and one for each",
                );
                return None;
            };
            ty = inner;
        }
        if words.flag("rest") {
            let Some(inner) = prop::vec_of(ty) else {
                cx.error(&field.ty, "further elements stand in a `Vec<..>`");
                return None;
            };
            ty = inner;
        }
        Some(Self {
            index,
            presence,
            ty,
            words,
            at: syn::spanned::Spanned::span(field),
        })
    }
}

impl<'a> Field<'a> {
    /// Its documentation.
    pub(crate) fn docs(&self) -> impl Iterator<Item = &'a syn::Attribute> {
        self.attrs.iter().filter(|attr| attr.path().is_ident("doc"))
    }

    fn of(cx: &Ctxt, field: &'a syn::Field) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let words = Words::of(cx, &field.attrs, "model", FIELD_WORDS);
        let flags = (
            words.flag("optional"),
            words.flag("nullable"),
            words.flag("default_null"),
        );
        let presence = match flags {
            (false, false, false) => Presence::Required,
            (false, true, false) => Presence::Nullable,
            (true, false, false) => Presence::Optional,
            (true, true, false) => Presence::OptionalNullable,
            (true, true, true) => Presence::DefaultNull,
            (_, _, true) => {
                cx.error(
                    words.name("default_null"),
                    "`default_null` needs `optional` and `nullable` beside it",
                );
                return None;
            }
        };
        let mut ty = &field.ty;
        for _ in 0..presence.options() {
            let Some(inner) = option_of(ty) else {
                let wanted = if presence.options() == 2 {
                    "Option<Option<..>>"
                } else {
                    "Option<..>"
                };
                cx.error(
                    &field.ty,
                    format_args!("a member that may be absent or null is an `{wanted}`"),
                );
                return None;
            };
            ty = inner;
        }
        if option_of(ty).is_some() {
            cx.error(
                &field.ty,
                "say what `None` means: `optional` (absent), `nullable` (null), or both",
            );
            return None;
        }
        let name = words.text("rename").map_or_else(|| plain(ident), LitStr::value);
        Some(Self {
            ident,
            vis: &field.vis,
            attrs: &field.attrs,
            name,
            presence,
            typed: Typed::of(ty),
            words,
        })
    }
}

impl<'a> Typed<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        Self {
            ty,
            kind: type_kind(ty),
        }
    }
}

/// Fields and constants in the order of the wire.
fn in_order<'a>(cx: &Ctxt, fields: Vec<Field<'a>>, words: &'a Words) -> Vec<Member<'a>> {
    let mut constants: Vec<Constant<'a>> = words
        .lists("constant")
        .map(|(at, words)| Constant { at, words })
        .collect();
    for constant in &constants {
        for needed in ["name", "value"] {
            if constant.words.text(needed).is_none() {
                cx.error(constant.at, format_args!("a constant needs `{needed} = \"..\"`"));
            }
        }
        if let Some(before) = constant.words.text("before")
            && !fields.iter().any(|field| field.name == before.value())
        {
            let names = fields.iter().map(|field| field.name.as_str());
            let hint = prop::did_you_mean(&before.value(), names);
            let hint = hint
                .map(|name| format!(": did you mean `{name}`?"))
                .unwrap_or_default();
            cx.error(
                before,
                format_args!("no member `{}` to stand before{hint}", before.value()),
            );
        }
    }
    let mut members = Vec::new();
    for field in fields {
        let name = field.name.clone();
        let is_before = |constant: &mut Constant<'a>| {
            constant
                .words
                .text("before")
                .is_some_and(|text| text.value() == name)
        };
        members.extend(constants.extract_if(.., is_before).map(Member::Constant));
        members.push(Member::Field(Box::new(field)));
    }
    members.extend(constants.into_iter().map(Member::Constant));
    members
}

impl<'a> Alternative<'a> {
    fn of(cx: &Ctxt, variant: &'a syn::Variant, in_union: bool) -> Option<Self> {
        let words = Words::of(cx, &variant.attrs, "model", VARIANT_WORDS);
        let ident = &variant.ident;
        let value = words.text("value").map(LitStr::value);
        match &variant.fields {
            Fields::Unit => {
                if value.is_none() {
                    cx.error(
                        ident,
                        "a variant without a field needs `#[model(value = \"..\")]`",
                    );
                }
                Some(Self {
                    ident,
                    value,
                    ty: None,
                })
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                if let Some(word) = words.name("value")
                    && !in_union
                {
                    cx.error(word, "a variant with a field takes its text from there");
                }
                Some(Self {
                    ident,
                    value,
                    ty: fields.unnamed.first().map(|field| &field.ty),
                })
            }
            _ => {
                cx.error(
                    ident,
                    "a variant holds nothing or one type with a text of its own",
                );
                None
            }
        }
    }
}
