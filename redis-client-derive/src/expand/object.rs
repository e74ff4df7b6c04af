//! Objects: a visitor that takes members in any order, and a serializer that writes them in the schema's.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::{Constant, Field, Member, Model, Object, Presence};
use crate::expand::constant::{Json, quoted};
use crate::expand::{builder, encode, rules};

pub(crate) fn expand(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    let members = &object.members;
    let fields = members.iter().filter_map(|member| match member {
        Member::Field(field) => Some(&**field),
        Member::Constant(_) => None,
    });
    let checks = fields
        .chain(&object.additional)
        .filter_map(|field| rules::function(&model.private, &check_name(field), field.typed, &field.words));
    let deserialize = deserialize(model, object);
    let serialize = serialize(model, object);
    let encode = encode(model, &write(model, object));
    let validate = validate(model, object);
    let count = count(model, object);
    let builder = builder::expand(model, object);
    quote! {
        #builder


        const _: () = {
            #(#checks)*
            #count
            #deserialize
            #serialize
            #encode
            #validate
        };
    }
}

fn check_name(field: &Field<'_>) -> Ident {
    format_ident!("check_{}", field.ident)
}

fn is_checked(model: &Model<'_>, field: &Field<'_>) -> bool {
    rules::body(&model.private, field.typed, &field.words).is_some()
}

/// One member while an object is read.
struct Slot {
    name: String,
    ident: Ident,
    /// What the slot holds once the member was seen.
    ty: TokenStream,
    /// The expression that reads the member's value.
    read: TokenStream,
    /// The field's initialiser, for a field.
    finish: TokenStream,
}

fn slots(model: &Model<'_>, members: &[Member<'_>]) -> Vec<Slot> {
    let p = &model.private;
    members
        .iter()
        .enumerate()
        .map(|(index, member)| {
            let ident = format_ident!("member_{index}");
            match member {
                Member::Constant(constant) => {
                    let (name, json) = constant_parts(constant);
                    let constant = json.tokens(p);
                    let finish = quote! {
                        if #ident.is_none() {
                            return #p::Result::Err(#p::serde::de::Error::missing_field(#name));
                        }
                    };
                    Slot {
                        name,
                        ident,
                        ty: quote!(()),
                        read: quote!(map.next_value_seed(#constant)?),
                        finish,
                    }
                }
                Member::Field(field) => field_slot(model, field, ident),
            }
        })
        .collect()
}

fn field_slot(model: &Model<'_>, field: &Field<'_>, ident: Ident) -> Slot {
    let p = &model.private;
    let (ty, name, target) = (field.typed.ty, &field.name, field.ident);
    let seed = if is_checked(model, field) {
        let check = check_name(field);
        quote!(#p::Checked::<#ty>(#check))
    } else {
        quote_spanned!(ty.span()=> #p::Seed::<#ty>::new())
    };
    let nullable = matches!(
        field.presence,
        Presence::Nullable | Presence::OptionalNullable | Presence::DefaultNull
    );
    let (slot, seed) = if nullable {
        (quote!(#p::Option<#ty>), quote!(#p::Nullable(#seed)))
    } else {
        (quote!(#ty), seed)
    };
    let finish = match field.presence {
        Presence::Required | Presence::Nullable => quote! {
            #target: match #ident {
                #p::Option::Some(value) => value,
                #p::Option::None => return #p::Result::Err(#p::serde::de::Error::missing_field(#name)),
            },
        },
        Presence::Optional | Presence::OptionalNullable => quote!(#target: #ident,),
        Presence::DefaultNull => quote!(#target: #p::Option::flatten(#ident),),
    };
    Slot {
        name: name.clone(),
        ident,
        ty: slot,
        read: quote_spanned!(ty.span()=> map.next_value_seed(#seed)?),
        finish,
    }
}

/// The name and the value of a constant, both known to be there.
fn constant_parts(constant: &Constant<'_>) -> (String, Json) {
    let text = |word| constant.words.text(word).map(LitStr::value).unwrap_or_default();
    (text("name"), Json::parse(&text("value")).unwrap_or(Json::Null))
}

fn deserialize(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    let members = &object.members;
    let (p, ident) = (&model.private, model.ident);
    let slots = slots(model, members);
    let is_closed = model
        .words
        .text("unknown")
        .is_some_and(|unknown| unknown.value() == "deny");
    let expecting = format!("an object of the type {}", model.name());
    let names: Vec<&String> = slots.iter().map(|slot| &slot.name).collect();
    let idents: Vec<&Ident> = slots.iter().map(|slot| &slot.ident).collect();
    let types = slots.iter().map(|slot| &slot.ty);
    let reads = slots.iter().map(|slot| &slot.read);
    let indices: Vec<usize> = (0..slots.len()).collect();
    let find = quote! {
        |name: &str| match name {
            #(#names => #indices,)*
            _ => usize::MAX,
        }
    };
    let arms = quote! {
        #(#indices => {
            if #idents.is_some() {
                return #p::Result::Err(#p::serde::de::Error::duplicate_field(#names));
            }
            #idents = #p::Option::Some(#reads);
        })*
    };
    let maps: Vec<Ident> = (0..object.additional.len())
        .map(|index| format_ident!("additional_{index}"))
        .collect();
    let (unknown, name, body) = if !object.additional.is_empty() {
        keep_unknown(p, object, &maps, &find, &arms, &names)
    } else if is_closed {
        let name = quote!(#p::KnownName { find: #find, names: &[#(#names),*] });
        (TokenStream::new(), name, quote!(match member { #arms _ => {} }))
    } else {
        let declare = quote!(let mut unknown = #p::Unknown::new(););
        let name = quote!(#p::Name { find: #find, unknown: &mut unknown });
        let body = quote!(match member { #arms _ => { map.next_value::<#p::Ignored>()?; } });
        (declare, name, body)
    };
    let additional = object.additional.iter().zip(&maps).map(|(field, map)| {
        let ident = field.ident;
        quote!(#ident: #map,)
    });
    let check_count = limits(model).map(|(min, max)| {
        quote! {
            if let #p::Result::Err(rule) = #p::check_count(count(&value), #min, #max) {
                return #p::Result::Err(#p::broken(&rule));
            }
        }
    });
    let finish_of = |is_field: bool| {
        slots.iter().zip(members).filter_map(move |(slot, member)| {
            (matches!(member, Member::Field(_)) == is_field).then_some(&slot.finish)
        })
    };
    let (constants, fields) = (finish_of(false), finish_of(true));
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<'de> #p::serde::Deserialize<'de> for #ident {
            fn deserialize<__D>(deserializer: __D) -> #p::Result<Self, __D::Error>
            where
                __D: #p::serde::Deserializer<'de>,
            {
                struct __Members;

                impl<'de> #p::serde::de::Visitor<'de> for __Members {
                    type Value = #ident;

                    fn expecting(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                        f.write_str(#expecting)
                    }

                    fn visit_map<__A>(self, mut map: __A) -> #p::Result<#ident, __A::Error>
                    where
                        __A: #p::serde::de::MapAccess<'de>,
                    {
                        #unknown
                        #(let mut #idents: #p::Option<#types> = #p::Option::None;)*
                        while let #p::Option::Some(member) = map.next_key_seed(#name)? {
                            #body
                        }
                        #(#constants)*
                        let value = #ident { #(#fields)* #(#additional)* };
                        #check_count
                        #p::Result::Ok(value)
                    }
                }

                deserializer.deserialize_map(__Members)
            }
        }
    }
}

/// What stands before the loop over members, the seed of their names, and the body of the loop, where maps keep members.
fn keep_unknown(
    p: &TokenStream,
    object: &Object<'_>,
    maps: &[Ident],
    find: &TokenStream,
    arms: &TokenStream,
    names: &[&String],
) -> (TokenStream, TokenStream, TokenStream) {
    let types = object.additional.iter().map(|field| field.typed.ty);
    let declare = quote!(#(let mut #maps: #types = #p::Default::default();)*);
    let takes = takes(p, object);
    let name = quote!(#p::AnyName { find: #find, takes: #takes, names: &[#(#names),*] });
    let take = take_additional(p, object, maps);
    let body = quote! {
        match member {
            #p::Member::Known(index) => match index { #arms _ => {} },
            #p::Member::Other(name) => #take,
        }
    };
    (declare, name, body)
}

/// The expression of whether any map takes a name.
fn takes(p: &TokenStream, object: &Object<'_>) -> TokenStream {
    let patterns: Option<Vec<_>> = object
        .additional
        .iter()
        .map(|field| field.words.path("names"))
        .collect();
    if let Some(patterns) = patterns {
        quote!(|name| #(#p::Pattern::is_match(&#patterns, name))||*)
    } else {
        quote!(|_| true)
    }
}

/// The expression that puts the member `name` into the first map that takes it: one does, so the last need not be asked.
fn take_additional(p: &TokenStream, object: &Object<'_>, maps: &[Ident]) -> Option<TokenStream> {
    let maps = object.additional.iter().zip(maps).rev();
    maps.fold(None, |otherwise, (field, map)| {
        let take = quote_spanned!(field.typed.ty.span()=> #p::Additional::take(&mut #map, name, &mut map)?);
        Some(match (otherwise, field.words.path("names")) {
            (Some(otherwise), Some(path)) => quote_spanned! {path.span()=>
                if #p::Pattern::is_match(&#path, &name) { #take } else { #otherwise }
            },
            _ => take,
        })
    })
}

fn serialize(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    if !object.additional.is_empty() {
        return serialize_map(model, object);
    }
    let members = &object.members;
    let (p, ident) = (&model.private, model.ident);
    let name = model.name();
    let always = members
        .iter()
        .filter(|member| !matches!(member, Member::Field(field) if is_skippable(field)))
        .count();
    let sometimes = members.iter().filter_map(|member| match member {
        Member::Field(field) if is_skippable(field) => Some(field.ident),
        _ => None,
    });
    let writes = members.iter().map(|member| match member {
        Member::Constant(constant) => {
            let (name, json) = constant_parts(constant);
            let constant = json.tokens(p);
            quote!(#p::serde::ser::SerializeStruct::serialize_field(&mut object, #name, &#constant)?;)
        }
        Member::Field(field) => {
            let (target, name) = (field.ident, &field.name);
            let ty = field.typed.ty;
            let own = wrapped(model, field, &quote!(&self.#target));
            let inner = wrapped(model, field, &quote!(value));
            if is_skippable(field) {
                quote! {
                    match &self.#target {
                        #p::Option::Some(value) => #p::serde::ser::SerializeStruct::serialize_field(
                            &mut object, #name, &#p::AsEncode(#inner),
                        )?,
                        #p::Option::None => {
                            #p::serde::ser::SerializeStruct::skip_field(&mut object, #name)?;
                        }
                    }
                }
            } else {
                quote_spanned! {ty.span()=>
                    #p::serde::ser::SerializeStruct::serialize_field(
                        &mut object, #name, &#p::AsEncode(#own),
                    )?;
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::serde::Serialize for #ident {
            fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
            where
                __S: #p::serde::Serializer,
            {
                let members = #always #(+ usize::from(self.#sometimes.is_some()))*;
                let mut object = #p::serde::Serializer::serialize_struct(serializer, #name, members)?;
                #(#writes)*
                #p::serde::ser::SerializeStruct::end(object)
            }
        }
    }
}

/// The same where names are data too.
fn serialize_map(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    let (p, ident, members) = (&model.private, model.ident, &object.members);
    let maps = object.additional.iter().map(|field| field.ident);
    let entry = |name: &str, value: TokenStream| quote!(#p::serde::ser::SerializeMap::serialize_entry(&mut object, #name, &#value)?;);
    let writes = members.iter().map(|member| match member {
        Member::Constant(constant) => {
            let (name, json) = constant_parts(constant);
            entry(&name, json.tokens(p))
        }
        Member::Field(field) => {
            let target = field.ident;
            if is_skippable(field) {
                let value = wrapped(model, field, &quote!(value));
                let entry = entry(&field.name, quote!(#p::AsEncode(#value)));
                quote!(if let #p::Option::Some(value) = &self.#target { #entry })
            } else {
                let value = wrapped(model, field, &quote!(&self.#target));
                entry(&field.name, quote!(#p::AsEncode(#value)))
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::serde::Serialize for #ident {
            fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
            where
                __S: #p::serde::Serializer,
            {
                let mut object = #p::serde::Serializer::serialize_map(serializer, #p::Option::None)?;
                #(#writes)*
                #(for (name, value) in &self.#maps {
                    #p::serde::ser::SerializeMap::serialize_entry(&mut object, name, &#p::AsEncode(value))?;
                })*
                #p::serde::ser::SerializeMap::end(object)
            }
        }
    }
}

/// `minProperties` and `maxProperties`, if either is there.
fn limits(model: &Model<'_>) -> Option<(TokenStream, TokenStream)> {
    let (min, max) = (
        model.words.integer("min_properties"),
        model.words.integer("max_properties"),
    );
    (min.is_some() || max.is_some()).then(|| {
        let min = min.map_or_else(|| quote!(0), |min| quote!(#min));
        let max = max.map_or_else(|| quote!(usize::MAX), |max| quote!(#max));
        (min, max)
    })
}

/// How many members a value has.
fn count(model: &Model<'_>, object: &Object<'_>) -> Option<TokenStream> {
    limits(model)?;
    let ident = model.ident;
    let is_sometimes = |member: &&Member<'_>| matches!(member, Member::Field(field) if is_skippable(field));
    let always = object
        .members
        .iter()
        .filter(|member| !is_sometimes(member))
        .count();
    let sometimes = object.members.iter().filter_map(|member| match member {
        Member::Field(field) if is_skippable(field) => Some(field.ident),
        _ => None,
    });
    let maps = object.additional.iter().map(|field| field.ident);
    Some(quote! {
        fn count(value: &#ident) -> usize {
            #always #(+ usize::from(value.#sometimes.is_some()))* #(+ value.#maps.len())*
        }
    })
}

/// Whether the member may be absent.
fn is_skippable(field: &Field<'_>) -> bool {
    matches!(field.presence, Presence::Optional | Presence::OptionalNullable)
}

/// The reference `value` to what is written for a field.
fn wrapped(model: &Model<'_>, field: &Field<'_>, value: &TokenStream) -> TokenStream {
    let p = &model.private;
    if field.words.text("utc").is_some_and(|utc| utc.value() == "+00:00") {
        quote!(&#p::NumericUtc(#value))
    } else {
        value.clone()
    }
}

/// Appends the JSON. All that is known here stands in as few texts as there can be.
///
/// Where the first member may be absent, each member brings a comma, and the first comma becomes the brace.
fn write(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    let members = &object.members;
    let p = &model.private;
    let is_late = match members.first() {
        Some(Member::Field(field)) => is_skippable(field),
        Some(Member::Constant(_)) => false,
        None => !object.additional.is_empty(),
    };
    let mut steps = TokenStream::new();
    let mut known = String::new();
    let put = |known: &mut String| {
        let text = std::mem::take(known);
        (!text.is_empty()).then(|| quote!(out.extend_from_slice(#text.as_bytes());))
    };
    if members.is_empty() && !is_late {
        known.push('{');
    }
    for (index, member) in members.iter().enumerate() {
        let before = if index == 0 && !is_late { '{' } else { ',' };
        match member {
            Member::Constant(constant) => {
                let (name, json) = constant_parts(constant);
                known.extend([before.to_string(), quoted(&name), ":".to_owned()]);
                if let Some(text) = json.text() {
                    known.push_str(&text);
                } else {
                    let (prefix, constant) = (std::mem::take(&mut known), json.tokens(p));
                    steps.extend(quote!(#p::write_member(&#constant, #prefix, #name, out)?;));
                }
            }
            Member::Field(field) => {
                let (name, target) = (&field.name, field.ident);
                let prefix = format!("{before}{}:", quoted(name));
                if is_skippable(field) {
                    steps.extend(put(&mut known));
                    let value = wrapped(model, field, &quote!(value));
                    steps.extend(quote! {
                        if let #p::Option::Some(value) = &self.#target {
                            #p::write_member(#value, #prefix, #name, out)?;
                        }
                    });
                } else {
                    let prefix = std::mem::take(&mut known) + &prefix;
                    let value = wrapped(model, field, &quote!(&self.#target));
                    steps.extend(quote!(#p::write_member(#value, #prefix, #name, out)?;));
                }
            }
        }
    }
    for field in &object.additional {
        let map = field.ident;
        steps.extend(put(&mut known));
        steps.extend(quote!(#p::write_additional(&self.#map, out)?;));
    }
    let (start, open) = if is_late {
        steps.extend(put(&mut known));
        (
            Some(quote!(let start = out.len();)),
            Some(quote!(#p::open_object(start, out);)),
        )
    } else {
        (None, None)
    };
    known.push('}');
    let end = put(&mut known);
    quote! {
        #start
        #steps
        #open
        #end
        #p::Result::Ok(())
    }
}

fn validate(model: &Model<'_>, object: &Object<'_>) -> TokenStream {
    let members = &object.members;
    let (p, ident) = (&model.private, model.ident);
    let names = members.iter().map(|member| match member {
        Member::Field(field) => field.name.clone(),
        Member::Constant(constant) => constant_parts(constant).0,
    });
    let names: Vec<String> = names.collect();
    let additional = object.additional.iter().enumerate().map(|(index, field)| {
        let map = field.ident;
        let own = is_checked(model, field).then(|| {
            let check = check_name(field);
            quote!(#check(&self.#map).map_err(#p::Violation::new)?;)
        });
        // A name that a map before this one takes would be read into that one.
        let before = object.additional.iter().take(index);
        let before = before.filter_map(|field| field.words.path("names"));
        quote! {
            #p::check_additional(&self.#map, &[#(#names),*], &[#(&#before),*])?;
            #own
            #p::Validate::validate(&self.#map)?;
        }
    });
    let check_count = limits(model).map(|(min, max)| {
        quote! {
            if let #p::Result::Err(rule) = #p::check_count(count(self), #min, #max) {
                return #p::Result::Err(#p::Violation::new(rule));
            }
        }
    });
    let checks = members.iter().filter_map(|member| match member {
        Member::Field(field) => Some(field),
        Member::Constant(_) => None,
    });
    let checks = checks.map(|field| {
        let (target, name) = (field.ident, &field.name);
        let own = is_checked(model, field).then(|| {
            let check = check_name(field);
            quote!(#p::check_member(value, #check, #name)?;)
        });
        let validate = quote_spanned!(field.typed.ty.span()=> #p::validate_member(value, #name)?;);
        let one = quote! {
            #own
            #validate
        };
        match field.presence.options() {
            0 => quote!({ let value = &self.#target; #one }),
            1 => quote!(if let #p::Option::Some(value) = &self.#target { #one }),
            _ => quote!(if let #p::Option::Some(#p::Option::Some(value)) = &self.#target { #one }),
        }
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Validate for #ident {
            fn validate(&self) -> #p::Result<(), #p::Violation> {
                #(#checks)*
                #(#additional)*
                #check_count
                #p::Result::Ok(())
            }
        }
    }
}
