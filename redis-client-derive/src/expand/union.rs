//! Unions: enums over values of any kind. The value is read into a tree first, then held against the alternatives.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::ast::{Alternative, Model};
use crate::expand::constant::Json;
use crate::expand::encode;

pub(crate) fn expand(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let deserialize = deserialize(model, alternatives);
    let serialize = each(
        model,
        alternatives,
        |value| quote!(#p::Encode::encode(#value, serializer)),
    );
    let write = each(
        model,
        alternatives,
        |value| quote!(#p::Encode::write(#value, out)),
    );
    let encode = encode(model, &write);
    let alone = alone(model, alternatives);
    let typed = alternatives.iter().filter(|alternative| alternative.ty.is_some());
    let typed = typed.map(|alternative| alternative.ident);
    let skip = alternatives.iter().any(|alternative| alternative.ty.is_none());
    let skip = skip.then(|| quote!(_ => #p::Result::Ok(()),));
    quote! {
        const _: () = {
            #deserialize

            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #p::serde::Serialize for #ident {
                fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
                where
                    __S: #p::serde::Serializer,
                {
                    #serialize
                }
            }

            #encode

            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #p::Validate for #ident {
                fn validate(&self) -> #p::Result<(), #p::Violation> {
                    match self {
                        #(Self::#typed(value) => #p::Validate::validate(value),)*
                        #skip
                    }?;
                    #alone
                    #p::Result::Ok(())
                }
            }
        };
    }
}

/// Does the same with whichever value the enum holds.
fn each(
    model: &Model<'_>,
    alternatives: &[Alternative<'_>],
    act: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let arms = alternatives.iter().map(|alternative| {
        let ident = alternative.ident;
        if alternative.ty.is_some() {
            let act = act(quote!(value));
            quote!(Self::#ident(value) => #act,)
        } else {
            let constant = constant(model, alternative);
            let act = act(quote!(&#constant));
            quote!(Self::#ident => #act,)
        }
    });
    quote!(match self { #(#arms)* })
}

fn constant(model: &Model<'_>, alternative: &Alternative<'_>) -> TokenStream {
    let json = alternative
        .value
        .as_deref()
        .and_then(Json::parse)
        .unwrap_or(Json::Null);
    json.tokens(&model.private)
}

fn deserialize(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let body = match model.words.text("union").map(LitStr::value).as_deref() {
        Some("tag") => by_tag(model, alternatives),
        Some("one") => exactly_one(model, alternatives),
        _ => first(model, alternatives),
    };
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<'de> #p::serde::Deserialize<'de> for #ident {
            fn deserialize<__D>(deserializer: __D) -> #p::Result<Self, __D::Error>
            where
                __D: #p::serde::Deserializer<'de>,
            {
                let tree = <#p::Tree as #p::serde::Deserialize>::deserialize(deserializer)?;
                #body
            }
        }
    }
}

/// A member of the value names the alternative, whose own errors are told; those without the tag are tried, before and after.
fn by_tag(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, name, tag) = (&model.private, model.name(), model.words.text("tag"));
    let attempts = alternatives.iter().map(|alternative| {
        let (Some(ty), true) = (alternative.ty, alternative.value.is_some()) else {
            return attempt(
                model,
                alternative,
                &|value| quote!(return #p::Result::Ok(#value);),
            );
        };
        let (variant, constant) = (alternative.ident, constant(model, alternative));
        quote! {
            if #p::has_constant(&tree, #tag, #constant) {
                match #p::matched::<#ty>(&tree) {
                    #p::Match::Sure(value) => return #p::Result::Ok(Self::#variant(value)),
                    #p::Match::Doubt(value) => {
                        doubt = #p::Option::Some(Self::#variant(value));
                        told = #p::doubted::<#ty>(&tree);
                    }
                    #p::Match::No(trouble) => told = #p::Option::Some(trouble),
                }
            }
        }
    });
    quote! {
        let mut doubt = #p::Option::None;
        let mut told = #p::Option::None;
        #(#attempts)*
        match (doubt, told) {
            (#p::Option::Some(value), told) => #p::undecided(#name, value, told),
            (_, #p::Option::Some(trouble)) => #p::Result::Err(#p::refused(trouble)),
            _ => #p::Result::Err(#p::no_alternative(#name)),
        }
    }
}

/// A value made in Rust is held against all alternatives as well: another may match the same JSON.
fn alone(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> Option<TokenStream> {
    if model.words.text("union").map(LitStr::value).as_deref() != Some("one") {
        return None;
    }
    let p = &model.private;
    let attempts = attempts(model, alternatives, |value| {
        quote! {
            let _ = #value;
            matching += 1;
        }
    });
    Some(quote! {
        #p::check_alone(self, |tree| {
            let mut matching = 0_usize;
            let mut doubt = #p::Option::None::<Self>;
            #(#attempts)*
            if doubt.is_some() { 0 } else { matching }
        })?;
    })
}

/// The first alternative that matches.
fn first(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, name) = (&model.private, model.name());
    let attempts = attempts(
        model,
        alternatives,
        |value| quote!(return #p::Result::Ok(#value);),
    );
    quote! {
        let mut doubt = #p::Option::None;
        #(#attempts)*
        match doubt {
            #p::Option::Some(value) => #p::undecided(#name, value, #p::Option::None),
            #p::Option::None => #p::Result::Err(#p::no_alternative(#name)),
        }
    }
}

/// The only alternative that matches. Where another may and cannot be read, nothing is known to be the only one.
fn exactly_one(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, name) = (&model.private, model.name());
    let attempts = attempts(model, alternatives, |value| {
        quote! {
            if found.is_some() {
                return #p::Result::Err(#p::broken(&#p::Rule::Other("a value of exactly one alternative")));
            }
            found = #p::Option::Some(#value);
        }
    });
    quote! {
        let mut found = #p::Option::None;
        let mut doubt = #p::Option::None;
        #(#attempts)*
        match (doubt, found) {
            (#p::Option::Some(value), _) => #p::undecided(#name, value, #p::Option::None),
            (_, #p::Option::Some(value)) => #p::Result::Ok(value),
            _ => #p::Result::Err(#p::no_alternative(#name)),
        }
    }
}

fn attempts(
    model: &Model<'_>,
    alternatives: &[Alternative<'_>],
    found: impl Fn(TokenStream) -> TokenStream,
) -> Vec<TokenStream> {
    let attempt = |alternative| attempt(model, alternative, &found);
    alternatives.iter().map(attempt).collect()
}

/// Does `found` with the value if it is of this alternative.
fn attempt(
    model: &Model<'_>,
    alternative: &Alternative<'_>,
    found: &dyn Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let (p, variant) = (&model.private, alternative.ident);
    let Some(ty) = alternative.ty else {
        let (constant, found) = (constant(model, alternative), found(quote!(Self::#variant)));
        return quote!(if #p::is_constant(&tree, #constant) { #found });
    };
    let found = found(quote!(Self::#variant(value)));
    let attempt = quote! {
        match #p::matched::<#ty>(&tree) {
            #p::Match::Sure(value) => { #found }
            #p::Match::Doubt(value) => doubt = #p::Option::Some(Self::#variant(value)),
            #p::Match::No(_) => {}
        }
    };
    match model.words.text("tag").filter(|_| alternative.value.is_some()) {
        Some(tag) => {
            let constant = constant(model, alternative);
            quote!(if #p::has_constant(&tree, #tag, #constant) { #attempt })
        }
        None => attempt,
    }
}
