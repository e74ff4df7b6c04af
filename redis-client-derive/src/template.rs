//! Templates of channels and keys: fixed text and placeholders, `price.updated.{symbol}`.

use syn::LitStr;

use crate::ctxt::Ctxt;

pub(crate) struct Template<'a> {
    pub(crate) literal: &'a LitStr,
    pub(crate) pieces: Vec<Piece>,
}

pub(crate) enum Piece {
    Fixed(String),
    Placeholder(String),
}

impl<'a> Template<'a> {
    /// Takes the template apart. What cannot be taken apart is reported, and `None`.
    pub(crate) fn parse(cx: &Ctxt, literal: &'a LitStr) -> Option<Self> {
        let text = literal.value();
        let mut pieces = Vec::new();
        let mut fixed = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            let Some(inside) = brace.strip_prefix('{') else {
                cx.error(literal, "a `}` without a `{` before it");
                return None;
            };
            let Some((name, after)) = inside.split_once('}').filter(|(name, _)| !name.contains('{')) else {
                cx.error(literal, "a `{` without a `}` after it");
                return None;
            };
            fixed.push_str(before);
            if !fixed.is_empty() {
                pieces.push(Piece::Fixed(std::mem::take(&mut fixed)));
            }
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Fixed(rest.to_owned()));
        }
        Some(Self { literal, pieces })
    }

    pub(crate) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Fixed(_) => None,
        })
    }

    pub(crate) fn fixed(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fixed(text) => Some(text.as_str()),
            Piece::Placeholder(_) => None,
        })
    }

    /// Each placeholder with the character that ends it, `None` at the end of the template.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (&str, Option<char>)> {
        self.pieces
            .iter()
            .enumerate()
            .filter_map(|(index, piece)| match piece {
                Piece::Placeholder(name) => {
                    let end = match self.pieces.get(index + 1) {
                        Some(Piece::Fixed(text)) => text.chars().next(),
                        _ => None,
                    };
                    Some((name.as_str(), end))
                }
                Piece::Fixed(_) => None,
            })
    }
}
