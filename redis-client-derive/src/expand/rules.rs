//! The check of the rules written on a field or a newtype: the body of `fn(&T) -> Result<(), Rule>`.

use std::cmp::Ordering;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::Typed;
use crate::attr::{Value, Word, Words};
use crate::number::Number;
use crate::prop::TypeKind;

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
    let name = word.name.to_string();
    Some(match (name.as_str(), &word.value) {
        ("minimum", Value::Text(text)) => bound(typed, &name, text, |c| unless(c, quote!(Minimum(#text))))?,
        ("maximum", Value::Text(text)) => bound(typed, &name, text, |c| unless(c, quote!(Maximum(#text))))?,
        ("exclusive_minimum", Value::Text(text)) => {
            bound(typed, &name, text, |c| unless(c, quote!(ExclusiveMinimum(#text))))?
        }
        ("exclusive_maximum", Value::Text(text)) => {
            bound(typed, &name, text, |c| unless(c, quote!(ExclusiveMaximum(#text))))?
        }
        ("multiple_of", Value::Text(text)) => {
            let (step, exponent) = Number::parse(&text.value())?.scaled()?;
            let exponent = Literal::i32_unsuffixed(exponent);
            let condition = if typed.kind == TypeKind::Number {
                quote!(#p::is_multiple_of_number(*value, #step, #exponent))
            } else {
                quote!(#p::is_multiple_of_integer(#p::From::from(*value), #step, #exponent))
            };
            unless(condition, quote!(MultipleOf(#text)))
        }
        ("min_length", Value::Integer(n)) => {
            unless(quote!(#p::code_points(value) >= #n), quote!(MinLength(#n)))
        }
        ("max_length", Value::Integer(n)) => {
            unless(quote!(#p::code_points(value) <= #n), quote!(MaxLength(#n)))
        }
        ("pattern", Value::Path(path)) => {
            let text = if typed.kind == TypeKind::Decimal {
                quote!(value.as_str())
            } else {
                quote!(value)
            };
            let is_match = quote_spanned!(path.span()=> #p::Pattern::is_match(&#path, #text));
            unless(is_match, quote!(Pattern(#path.source())))
        }
        ("format", Value::Text(text)) => {
            let format = text.value();
            let is_valid = format_ident!("is_{format}");
            unless(quote!(#p::#is_valid(value)), quote!(Format(#format)))
        }
        ("min_items", Value::Integer(n)) => unless(quote!(value.len() >= #n), quote!(MinItems(#n))),
        ("max_items", Value::Integer(n)) => unless(quote!(value.len() <= #n), quote!(MaxItems(#n))),
        ("min_properties", Value::Integer(n)) => unless(quote!(value.len() >= #n), quote!(MinProperties(#n))),
        ("max_properties", Value::Integer(n)) => unless(quote!(value.len() <= #n), quote!(MaxProperties(#n))),
        ("names", Value::Path(path)) => {
            let all_match = quote_spanned! {path.span()=>
                value.keys().all(|name| #p::Pattern::is_match(&#path, name))
            };
            unless(all_match, quote!(Names(#path.source())))
        }
        ("unique_items", Value::Flag) => unless(quote!(#p::all_differ(value)), quote!(UniqueItems)),
        _ => return None,
    })
}

/// The condition that a number is within a bound; `None` when every value of the type is.
fn bound(
    typed: Typed<'_>,
    name: &str,
    text: &LitStr,
    check: impl FnOnce(TokenStream) -> TokenStream,
) -> Option<TokenStream> {
    let number = Number::parse(&text.value())?;
    if let TypeKind::Integer(range) = typed.kind {
        let (floor, ceil) = number.floor_and_ceil();
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
        return Some(check(quote!(*value #operator #bound)));
    }
    let (nearest, order) = number.nearest(&text.value())?;
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
    Some(check(quote!(*value #operator #nearest)))
}
