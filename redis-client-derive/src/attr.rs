//! What was written in `#[redis(..)]` and `#[model(..)]`: words, each a flag, a value or a list of words.
//!
//! Each place has a table of the words it knows and what follows each. A word that is not in the table, a word written
//! twice and a value of the wrong kind are errors; nothing is skipped.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, Ident, LitInt, LitStr, Path, Token, Type};

use crate::ctxt::Ctxt;
use crate::prop::did_you_mean;

/// The words that one place knows.
pub(crate) type Table = &'static [(&'static str, Kind)];

/// What follows a word.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Nothing.
    Flag,
    /// `= ".."`.
    Text,
    /// `= 3`.
    Integer,
    /// `= Vec<u8>`.
    Type,
    /// `= patterns::SYMBOL`.
    Path,
    /// `(.., ..)`; may be written several times.
    Words(Table),
    /// The word belongs elsewhere: the error says so.
    Refused(&'static str),
}

pub(crate) enum Value {
    Flag,
    Text(LitStr),
    Integer(LitInt),
    Type(Box<Type>),
    Path(Path),
    Words(Words),
}

pub(crate) struct Word {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

/// The words of all attributes of one name in one place.
#[derive(Default)]
pub(crate) struct Words(Vec<Word>);

impl Words {
    /// Reads every `#[attribute(..)]` among `attrs`.
    pub(crate) fn of(cx: &Ctxt, attrs: &[Attribute], attribute: &str, table: Table) -> Self {
        let mut words = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
            let parser = |input: ParseStream<'_>| words.read(cx, input, attribute, table);
            if let Err(error) = attr.parse_args_with(parser) {
                cx.push(error);
            }
        }
        words
    }

    fn read(&mut self, cx: &Ctxt, input: ParseStream<'_>, place: &str, table: Table) -> syn::Result<()> {
        while !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            match read_value(cx, &name, input, place, table) {
                Ok(value) => self.add(cx, Word { name, value }),
                Err(error) => {
                    cx.push(error);
                    skip_to_comma(input)?;
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    fn add(&mut self, cx: &Ctxt, word: Word) {
        let repeatable = matches!(word.value, Value::Words(_));
        if !repeatable && self.0.iter().any(|other| other.name == word.name) {
            cx.error(&word.name, format_args!("`{}` is written twice", word.name));
        } else {
            self.0.push(word);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Word> {
        self.0.iter()
    }

    fn get(&self, name: &str) -> Option<&Word> {
        self.0.iter().find(|word| word.name == name)
    }

    /// The word itself, to point at.
    pub(crate) fn name(&self, name: &str) -> Option<&Ident> {
        self.get(name).map(|word| &word.name)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&LitStr> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn integer(&self, name: &str) -> Option<&LitInt> {
        match &self.get(name)?.value {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    pub(crate) fn ty(&self, name: &str) -> Option<&Type> {
        match &self.get(name)?.value {
            Value::Type(ty) => Some(ty),
            _ => None,
        }
    }

    pub(crate) fn path(&self, name: &str) -> Option<&Path> {
        match &self.get(name)?.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    pub(crate) fn lists(&self, name: &str) -> impl Iterator<Item = (&Ident, &Words)> {
        self.0
            .iter()
            .filter(move |word| word.name == name)
            .filter_map(|word| match &word.value {
                Value::Words(words) => Some((&word.name, words)),
                _ => None,
            })
    }
}

fn read_value(
    cx: &Ctxt,
    name: &Ident,
    input: ParseStream<'_>,
    place: &str,
    table: Table,
) -> syn::Result<Value> {
    let Some(&(word, kind)) = table.iter().find(|(word, _)| name == word) else {
        return Err(unknown_word(name, place, table));
    };
    let example = match kind {
        Kind::Refused(why) => return Err(syn::Error::new(name.span(), why)),
        Kind::Flag if input.is_empty() || input.peek(Token![,]) => return Ok(Value::Flag),
        Kind::Words(table) => {
            let mut words = Words::default();
            if input.peek(syn::token::Paren) {
                let inner;
                syn::parenthesized!(inner in input);
                words.read(cx, &inner, word, table)?;
                return Ok(Value::Words(words));
            }
            // As the generator writes several constants: clippy takes equal words in parentheses for a slip.
            if input.peek(syn::token::Brace) {
                let inner;
                syn::braced!(inner in input);
                words.read(cx, &inner, word, table)?;
                return Ok(Value::Words(words));
            }
            format!("`{word}` takes words in parentheses: `{word}(..)`")
        }
        Kind::Flag => format!("`{word}` takes no value"),
        Kind::Text => format!("`{word}` takes a text: `{word} = \"..\"`"),
        Kind::Integer => format!("`{word}` takes an integer: `{word} = 1`"),
        Kind::Type => format!("`{word}` takes a type: `{word} = u64`"),
        Kind::Path => format!("`{word}` takes a path: `{word} = module::NAME`"),
    };
    if !input.peek(Token![=]) || matches!(kind, Kind::Flag) {
        return Err(syn::Error::new(name.span(), example));
    }
    input.parse::<Token![=]>()?;
    let at = input
        .fork()
        .parse::<TokenTree>()
        .map_or_else(|_| name.span(), |token| token.span());
    match kind {
        Kind::Text => input.parse().map(Value::Text),
        Kind::Integer => input.parse().map(Value::Integer),
        Kind::Type => input.parse().map(|ty| Value::Type(Box::new(ty))),
        _ => match input.parse::<Expr>() {
            Ok(Expr::Path(path)) if path.qself.is_none() && path.attrs.is_empty() => {
                Ok(Value::Path(path.path))
            }
            _ => Err(syn::Error::new(at, &example)),
        },
    }
    .map_err(|_| syn::Error::new(at, example))
}

fn unknown_word(name: &Ident, place: &str, table: Table) -> syn::Error {
    let known = || {
        table
            .iter()
            .filter(|(_, kind)| !matches!(kind, Kind::Refused(_)))
            .map(|(word, _)| *word)
    };
    let message = match did_you_mean(&name.to_string(), known()) {
        _ if table.is_empty() => format!("`{place}` knows no words here"),
        Some(word) => format!("unknown word `{name}` in `{place}`: did you mean `{word}`?"),
        None => {
            let known: Vec<_> = known().map(|word| format!("`{word}`")).collect();
            format!(
                "unknown word `{name}` in `{place}`; known here: {}",
                known.join(", ")
            )
        }
    };
    syn::Error::new(name.span(), message)
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// The path of this library's hidden names: `::redis_client::__private`, or below what `#[redis(crate = "..")]` says.
pub(crate) fn private_path(cx: &Ctxt, words: &Words) -> TokenStream {
    let Some(text) = words.text("crate") else {
        return quote::quote!(::redis_client::__private);
    };
    let Ok(mut path) = Path::parse_mod_style.parse_str(&text.value()) else {
        cx.error(text, "`crate` takes a path: `crate = \"my_redis_client\"`");
        return quote::quote!(::redis_client::__private);
    };
    for segment in &mut path.segments {
        segment.ident.set_span(text.span());
    }
    quote::quote!(#path::__private)
}
