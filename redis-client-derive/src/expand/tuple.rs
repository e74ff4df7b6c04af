//! Tuples: arrays whose first elements have types of their own. Elements at the end may be absent, others may follow.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Index;
use syn::spanned::Spanned as _;

use crate::ast::{Element, Model, Presence, Tuple};
use crate::expand::encode;

pub(crate) fn expand(model: &Model<'_>, tuple: &Tuple<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let deserialize = deserialize(model, tuple);
    let shape = shape(model, tuple);
    let steps = write(model, tuple);
    let elements = each(
        p,
        tuple,
        |value| quote!(#p::serde::ser::SerializeSeq::serialize_element(&mut list, &#p::AsEncode(#value))?;),
    );
    let encode = encode(model, &steps);
    let validate = validate(model, tuple);
    quote! {
        const _: () = {
            #shape
            #deserialize

            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #p::serde::Serialize for #ident {
                fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
                where
                    __S: #p::serde::Serializer,
                {
                    if let #p::Result::Err(rule) = shape(self) {
                        return #p::Result::Err(#p::serde::ser::Error::custom(rule));
                    }
                    let mut list = #p::serde::Serializer::serialize_seq(serializer, #p::Option::Some(length(self)))?;
                    #elements
                    #p::serde::ser::SerializeSeq::end(list)
                }
            }

            #encode
            #validate
        };
    }
}

fn place(element: &Element<'_>) -> Index {
    Index::from(element.index)
}

/// Does something with each element that is there.
fn each(p: &TokenStream, tuple: &Tuple<'_>, act: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    for element in &tuple.elements {
        let at = place(element);
        if is_optional(element) {
            let act = act(quote!(value));
            out.extend(quote!(if let #p::Option::Some(value) = &self.#at { #act }));
        } else {
            out.extend(act(quote!(&self.#at)));
        }
    }
    if let Some(rest) = &tuple.rest {
        let (at, act) = (place(rest), act(quote!(value)));
        out.extend(quote!(for value in &self.#at { #act }));
    }
    out
}

fn is_optional(element: &Element<'_>) -> bool {
    matches!(element.presence, Presence::Optional | Presence::OptionalNullable)
}

/// `length`, how many elements there are, and `shape`, the rules on their number and on all of them at once.
fn shape(model: &Model<'_>, tuple: &Tuple<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let always = tuple
        .elements
        .iter()
        .filter(|element| !is_optional(element))
        .count();
    let sometimes: Vec<Index> = tuple
        .elements
        .iter()
        .filter(|element| is_optional(element))
        .map(place)
        .collect();
    let rest = tuple.rest.as_ref().map(place);
    let count = rest.as_ref().map(|at| quote!(+ value.#at.len()));
    // What may be absent is absent from some place on.
    let mut present: Vec<TokenStream> = sometimes.iter().map(|at| quote!(value.#at.is_some())).collect();
    present.extend(rest.map(|at| quote!(!value.#at.is_empty())));
    let holes = present.windows(2).filter_map(|pair| match pair {
        [before, behind] => Some(quote! {
            if #behind && !#before {
                return #p::Result::Err(#p::Rule::Other("no element behind an absent one"));
            }
        }),
        _ => None,
    });
    let min = model
        .words
        .integer("min_items")
        .map(|min| quote!(if length(value) < #min { return #p::Result::Err(#p::Rule::MinItems(#min)); }));
    let max = model
        .words
        .integer("max_items")
        .map(|max| quote!(if length(value) > #max { return #p::Result::Err(#p::Rule::MaxItems(#max)); }));
    quote! {
        fn length(value: &#ident) -> usize {
            #always #(+ usize::from(value.#sometimes.is_some()))* #count
        }

        fn shape(value: &#ident) -> #p::Result<(), #p::Rule> {
            #(#holes)*
            #min
            #max
            #p::Result::Ok(())
        }
    }
}

fn deserialize(model: &Model<'_>, tuple: &Tuple<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let expecting = format!("an array of the type {}", model.name());
    let required = tuple
        .elements
        .iter()
        .filter(|element| !is_optional(element))
        .count();
    let names: Vec<Ident> = (0..tuple.elements.len())
        .map(|index| format_ident!("element_{index}"))
        .collect();
    let reads = tuple.elements.iter().zip(&names).map(|(element, name)| {
        let ty = element.ty;
        let seed = quote_spanned!(ty.span()=> #p::Seed::<#ty>::new());
        let seed = match element.presence {
            Presence::Nullable | Presence::OptionalNullable => quote!(#p::Nullable(#seed)),
            _ => seed,
        };
        let read = quote_spanned!(ty.span()=> #p::serde::de::SeqAccess::next_element_seed(&mut list, #seed)?);
        if is_optional(element) {
            return quote!(let #name = #read;);
        }
        quote! {
            let #p::Option::Some(#name) = #read else {
                return #p::Result::Err(#p::broken(&#p::Rule::MinItems(#required)));
            };
        }
    });
    let (rest, last) = if let Some(rest) = &tuple.rest {
        let ty = rest.ty;
        let read = quote_spanned! {ty.span()=>
            let rest = #p::rest::<#ty, __A>(&mut list)?;
        };
        (read, Some(quote!(rest)))
    } else {
        let most = Literal::usize_unsuffixed(tuple.elements.len());
        let read = quote! {
            if #p::serde::de::SeqAccess::next_element::<#p::Ignored>(&mut list)?.is_some() {
                return #p::Result::Err(#p::broken(&#p::Rule::MaxItems(#most)));
            }
        };
        (read, None)
    };
    let differ = differ(
        model,
        &quote!(&value),
        |rule| quote!(return #p::Result::Err(#p::broken(&#rule));),
    );
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<'de> #p::serde::Deserialize<'de> for #ident {
            fn deserialize<__D>(deserializer: __D) -> #p::Result<Self, __D::Error>
            where
                __D: #p::serde::Deserializer<'de>,
            {
                struct __Elements;

                impl<'de> #p::serde::de::Visitor<'de> for __Elements {
                    type Value = #ident;

                    fn expecting(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                        f.write_str(#expecting)
                    }

                    fn visit_seq<__A>(self, mut list: __A) -> #p::Result<#ident, __A::Error>
                    where
                        __A: #p::serde::de::SeqAccess<'de>,
                    {
                        #(#reads)*
                        #rest
                        let value = #ident(#(#names,)* #last);
                        if let #p::Result::Err(rule) = shape(&value) {
                            return #p::Result::Err(#p::broken(&rule));
                        }
                        #differ
                        #p::Result::Ok(value)
                    }
                }

                deserializer.deserialize_seq(__Elements)
            }
        }
    }
}

/// `uniqueItems`: over all elements, whatever their types.
fn differ(
    model: &Model<'_>,
    value: &TokenStream,
    refuse: impl Fn(TokenStream) -> TokenStream,
) -> Option<TokenStream> {
    let p = &model.private;
    model.words.flag("unique_items").then(|| {
        let refuse = refuse(quote!(#p::Rule::UniqueItems));
        quote!(if !#p::elements_differ(#value) { #refuse })
    })
}

fn write(model: &Model<'_>, tuple: &Tuple<'_>) -> TokenStream {
    let p = &model.private;
    let elements = each(
        p,
        tuple,
        |value| quote!(#p::write_element(#value, &mut index, out)?;),
    );
    quote! {
        if let #p::Result::Err(rule) = shape(self) {
            return #p::Result::Err(#p::Violation::new(rule));
        }
        let mut index = 0_usize;
        out.push(b'[');
        #elements
        out.push(b']');
        #p::Result::Ok(())
    }
}

fn validate(model: &Model<'_>, tuple: &Tuple<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let checks = tuple.elements.iter().map(|element| {
        let (at, index) = (place(element), element.index);
        let check = quote_spanned!(element.ty.span()=> #p::validate_element(value, #index)?;);
        match element.presence.options() {
            0 => quote!({ let value = &self.#at; #check }),
            1 => quote!(if let #p::Option::Some(value) = &self.#at { #check }),
            _ => quote!(if let #p::Option::Some(#p::Option::Some(value)) = &self.#at { #check }),
        }
    });
    let rest = tuple.rest.as_ref().map(|rest| {
        let (at, index) = (place(rest), rest.index);
        quote! {
            for (index, value) in self.#at.iter().enumerate() {
                #p::validate_element(value, #index + index)?;
            }
        }
    });
    let differ = differ(
        model,
        &quote!(self),
        |rule| quote!(return #p::Result::Err(#p::Violation::new(#rule));),
    );
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Validate for #ident {
            fn validate(&self) -> #p::Result<(), #p::Violation> {
                if let #p::Result::Err(rule) = shape(self) {
                    return #p::Result::Err(#p::Violation::new(rule));
                }
                #(#checks)*
                #rest
                #differ
                #p::Result::Ok(())
            }
        }
    }
}
