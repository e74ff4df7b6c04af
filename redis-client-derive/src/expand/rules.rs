//! The check of the rules written on a field or a newtype: the body of `fn(&T) -> Result<(), Rule>`.

use std::cmp::Ordering;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::Typed;
use crate::attr::{Value, Word, Words};
use crate::expand::constant::Json;
use crate::number::Number;
use crate::prop::{IntegerKind, TypeKind};

/// The statements of a check, or `None` when there is nothing to check.
pub(crate) fn body(p: &TokenStream, typed: Typed<'_>, words: &Words) -> Option<TokenStream> {
    let checks: Vec<TokenStream> = words.iter().filter_map(|word| check(p, typed, word)).collect();
    if checks.is_empty() {
        return None;
    }
    Some(quote! {
        #(#checks)*
        #p::Result::Ok(())
    })
}

/// A function item named `name` that runs the check.
pub(crate) fn function(
    p: &TokenStream,
    name: &syn::Ident,
    typed: Typed<'_>,
    words: &Words,
) -> Option<TokenStream> {
    let body = body(p, typed, words)?;
    let ty = typed.ty;
    Some(quote! {
        #[inline]
        #[allow(clippy::ptr_arg, clippy::trivially_copy_pass_by_ref)]
        fn #name(value: &#ty) -> #p::Result<(), #p::Rule> {
            #body
        }
    })
}

fn check(p: &TokenStream, typed: Typed<'_>, word: &Word) -> Option<TokenStream> {
    let unless = |condition: TokenStream, rule: TokenStream| quote!(if !(#condition) { return #p::Result::Err(#p::Rule::#rule); });
    let of_text = |condition| asked(p, typed, "if_text", condition);
    let of_list = |condition| asked(p, typed, "if_list", condition);
    let of_map = |condition| asked(p, typed, "if_map", condition);
    let name = word.name.to_string();
    Some(match (name.as_str(), &word.value) {
        ("minimum", Value::Text(text)) => unless(bound(p, typed, &name, text)?, quote!(Minimum(#text))),
        ("maximum", Value::Text(text)) => unless(bound(p, typed, &name, text)?, quote!(Maximum(#text))),
        ("exclusive_minimum", Value::Text(text)) => {
            unless(bound(p, typed, &name, text)?, quote!(ExclusiveMinimum(#text)))
        }
        ("exclusive_maximum", Value::Text(text)) => {
            unless(bound(p, typed, &name, text)?, quote!(ExclusiveMaximum(#text)))
        }
        ("multiple_of", Value::Text(text)) => {
            let (step, exponent) = Number::parse(&text.value())?.scaled()?;
            let exponent = Literal::i32_unsuffixed(exponent);
            let float = quote!(#p::is_multiple_of_number(*value, #step, #exponent));
            let integer = quote!(#p::is_multiple_of_integer(#p::From::from(*value), #step, #exponent));
            let condition = match typed.kind {
                TypeKind::Any => quote!(#p::if_number(value, |value| #integer, |value| #float)),
                TypeKind::Number => float,
                _ => integer,
            };
            unless(condition, quote!(MultipleOf(#text)))
        }
        ("min_length", Value::Integer(n)) => unless(
            of_text(quote!(#p::code_points(value) >= #n)),
            quote!(MinLength(#n)),
        ),
        ("max_length", Value::Integer(n)) => unless(
            of_text(quote!(#p::code_points(value) <= #n)),
            quote!(MaxLength(#n)),
        ),
        ("pattern", Value::Path(path)) => {
            let text = if typed.kind == TypeKind::Decimal {
                quote!(value.as_str())
            } else {
                quote!(value)
            };
            let is_match = quote_spanned!(path.span()=> #p::Pattern::is_match(&#path, #text));
            unless(of_text(is_match), quote!(Pattern(#path.source())))
        }
        ("format", Value::Text(text)) => {
            let format = text.value();
            let is_valid = format_ident!("is_{}", format.replace('-', "_"));
            unless(of_text(quote!(#p::#is_valid(value))), quote!(Format(#format)))
        }
        ("min_items", Value::Integer(n)) => unless(of_list(quote!(value.len() >= #n)), quote!(MinItems(#n))),
        ("max_items", Value::Integer(n)) => unless(of_list(quote!(value.len() <= #n)), quote!(MaxItems(#n))),
        ("min_properties", Value::Integer(n)) => {
            unless(of_map(quote!(value.len() >= #n)), quote!(MinProperties(#n)))
        }
        ("max_properties", Value::Integer(n)) => {
            unless(of_map(quote!(value.len() <= #n)), quote!(MaxProperties(#n)))
        }
        ("names", Value::Path(path)) => {
            let all_match = quote_spanned! {path.span()=>
                value.keys().all(|name| #p::Pattern::is_match(&#path, name))
            };
            unless(of_map(all_match), quote!(Names(#path.source())))
        }
        ("unique_items", Value::Flag) => unless(of_list(quote!(#p::all_differ(value))), quote!(UniqueItems)),
        ("values", Value::Text(text)) => values(p, &text.value())?,
        _ => return None,
    })
}

/// The condition as it stands, or where any value may stand, behind the question of what kind it is.
fn asked(p: &TokenStream, typed: Typed<'_>, question: &str, condition: TokenStream) -> TokenStream {
    if typed.kind != TypeKind::Any {
        return condition;
    }
    let question = format_ident!("{question}");
    quote!(#p::#question(value, |value| #condition))
}

/// The check that a value is one of a list.
fn values(p: &TokenStream, json: &str) -> Option<TokenStream> {
    let Json::List(values) = Json::parse(json)? else {
        return None;
    };
    let constants = values.iter().map(|value| value.tokens(p));
    let rule = if values.len() == 1 {
        let one = json.strip_prefix('[').and_then(|json| json.strip_suffix(']'))?;
        quote!(Constant(#one))
    } else {
        quote!(Values(#json))
    };
    Some(quote! {
        if !#p::is_one_of(value, &[#(#constants),*]) {
            return #p::Result::Err(#p::Rule::#rule);
        }
    })
}

/// The condition that a number is within a bound; `None` when every value of the type is.
fn bound(p: &TokenStream, typed: Typed<'_>, name: &str, text: &LitStr) -> Option<TokenStream> {
    match typed.kind {
        TypeKind::Integer(range) => integer_bound(name, text, range),
        TypeKind::Any => any_bound(p, name, text),
        _ => float_bound(name, text),
    }
}

/// The condition that a value is no number, or one within a bound.
fn any_bound(p: &TokenStream, name: &str, text: &LitStr) -> Option<TokenStream> {
    let every = IntegerKind {
        min: i128::MIN,
        max: i128::MAX,
    };
    let (integer, float) = (integer_bound(name, text, every)?, float_bound(name, text)?);
    Some(quote!(#p::if_number(value, |value| #integer, |value| #float)))
}

fn integer_bound(name: &str, text: &LitStr, range: IntegerKind) -> Option<TokenStream> {
    let (floor, ceil) = Number::parse(&text.value())?.floor_and_ceil();
    let condition = match name {
        "minimum" | "exclusive_minimum" => {
            let least = if name == "minimum" { ceil } else { floor + 1 };
            (least > range.min).then(|| (quote!(>=), least))
        }
        _ => {
            let most = if name == "maximum" { floor } else { ceil - 1 };
            (most < range.max).then(|| (quote!(<=), most))
        }
    };
    let (operator, bound) = condition?;
    let bound = Literal::i128_unsuffixed(bound);
    Some(quote!(*value #operator #bound))
}

fn float_bound(name: &str, text: &LitStr) -> Option<TokenStream> {
    let (nearest, order) = Number::parse(&text.value())?.nearest(&text.value())?;
    // The text of a value is what the bound is about. Away from the bound's nearest `f64` both agree; on it, the bound's
    // text decides.
    let operator = match (name, order) {
        ("minimum", Ordering::Less) | ("exclusive_minimum", Ordering::Less | Ordering::Equal) => quote!(>),
        ("minimum" | "exclusive_minimum", _) => quote!(>=),
        ("maximum", Ordering::Greater) | ("exclusive_maximum", Ordering::Greater | Ordering::Equal) => {
            quote!(<)
        }
        _ => quote!(<=),
    };
    let nearest = Literal::f64_suffixed(nearest);
    Some(quote!(*value #operator #nearest))
}
