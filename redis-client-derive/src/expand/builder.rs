//! Builders: what must be there is an argument, what may be absent a method, and `build` checks the whole.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::ast::{Field, Member, Model, Object, Presence};
use crate::prop::{TypeKind, plain};

/// The builder and the function that starts it, if the model asks for one.
pub(crate) fn expand(model: &Model<'_>, object: &Object<'_>) -> Option<TokenStream> {
    let builder = model.words.path("builder")?.get_ident()?;
    let (p, ident, vis) = (&model.private, model.ident, model.vis);
    let fields: Vec<&Field<'_>> = object
        .members
        .iter()
        .filter_map(|member| match member {
            Member::Field(field) => Some(&**field),
            Member::Constant(_) => None,
        })
        .collect();
    let must_be_there =
        |field: &&&Field<'_>| matches!(field.presence, Presence::Required | Presence::Nullable);
    let required: Vec<&&Field<'_>> = fields.iter().filter(must_be_there).collect();
    let arguments = required.iter().map(|field| {
        let (name, ty) = (field.ident, whole_type(model, field));
        if takes_text(field) {
            quote!(#name: impl #p::Into<#p::String>)
        } else {
            quote!(#name: #ty)
        }
    });
    let given = required.iter().map(|field| {
        let name = field.ident;
        if takes_text(field) {
            quote!(#name: #p::Into::into(#name),)
        } else {
            quote!(#name,)
        }
    });
    let absent = fields
        .iter()
        .filter(|field| !must_be_there(field))
        .map(|field| field.ident);
    let maps = object.additional.iter().map(|field| field.ident);
    let setters = fields
        .iter()
        .filter(|field| !must_be_there(field))
        .map(|field| setter(model, field));
    let of_maps = object.additional.iter().map(|field| of_map(field));
    let (name, start, made) = (
        model.name(),
        format!(
            "Starts a `{ident}` from the members that must be there; the others are absent until they are given."
        ),
        format!("Makes a [`{ident}`]: see [`{ident}::builder`]."),
    );
    let errors = format!(
        "A `{name}`, if it keeps the rules of the schema.\n\n# Errors\n\nThe first rule that is broken, and where."
    );
    Some(quote! {
        impl #ident {
            #[doc = #start]
            #[must_use]
            #[allow(clippy::too_many_arguments)]
            #vis fn builder(#(#arguments),*) -> #builder {
                #builder {
                    value: Self {
                        #(#given)*
                        #(#absent: #p::Option::None,)*
                        #(#maps: #p::Default::default(),)*
                    },
                }
            }
        }

        #[doc = #made]
        #[derive(Debug, Clone)]
        #[must_use = "nothing is made before `build`"]
        #vis struct #builder {
            value: #ident,
        }

        impl #builder {
            #(#setters)*
            #(#of_maps)*

            #[doc = #errors]
            #vis fn build(self) -> #p::Result<#ident, #p::Violation> {
                #p::Validate::validate(&self.value)?;
                #p::Result::Ok(self.value)
            }
        }
    })
}

fn takes_text(field: &Field<'_>) -> bool {
    field.presence != Presence::Nullable && field.typed.kind == TypeKind::Text
}

/// The type of a field that must be there.
fn whole_type(model: &Model<'_>, field: &Field<'_>) -> TokenStream {
    let (p, ty) = (&model.private, field.typed.ty);
    if field.presence == Presence::Nullable {
        quote!(#p::Option<#ty>)
    } else {
        quote!(#ty)
    }
}

/// A member called `build` makes room for the method.
fn name_of(field: &Field<'_>) -> Ident {
    if plain(field.ident) == "build" {
        format_ident!("build_")
    } else {
        field.ident.clone()
    }
}

fn setter(model: &Model<'_>, field: &Field<'_>) -> TokenStream {
    let (p, vis) = (&model.private, model.vis);
    let (target, ty, name, docs) = (field.ident, field.typed.ty, name_of(field), field.docs());
    let (argument, value) = match field.presence {
        Presence::OptionalNullable => (
            quote!(impl #p::Into<#p::Option<#ty>>),
            quote!(#p::Into::into(value)),
        ),
        _ if takes_text(field) => (quote!(impl #p::Into<#p::String>), quote!(#p::Into::into(value))),
        _ => (quote!(#ty), quote!(value)),
    };
    quote_spanned! {ty.span()=>
        #(#docs)*
        #vis fn #name(mut self, value: #argument) -> Self {
            self.value.#target = #p::Option::Some(#value);
            self
        }
    }
}

fn of_map(field: &Field<'_>) -> TokenStream {
    let (target, ty, name, docs) = (field.ident, field.typed.ty, name_of(field), field.docs());
    let vis = field.vis;
    quote! {
        #(#docs)*
        #vis fn #name(mut self, members: #ty) -> Self {
            self.value.#target = members;
            self
        }
    }
}
