//! Questions that the input answers: what kind of type a field has, what a word may have been meant to be.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{GenericArgument, PathArguments, Type};

/// What the macro can tell about a type from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeKind {
    Text,
    Integer(IntegerKind),
    Number,
    Bool,
    List,
    Map,
    Timestamp,
    Decimal,
    /// `Date` or `Uuid`: a text of its own, safe in keys.
    Scalar,
    /// `Value`: any JSON; a rule binds values of its own kind.
    Any,
    /// Anything else; it knows its own rules.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IntegerKind {
    pub(crate) min: i128,
    pub(crate) max: i128,
}

/// The kind of `ty`, by the last segment of its path.
pub(crate) fn type_kind(ty: &Type) -> TypeKind {
    let Some(name) = last_segment(ty).map(|segment| segment.ident.to_string()) else {
        return TypeKind::Other;
    };
    let integer = |min: i128, max: i128| TypeKind::Integer(IntegerKind { min, max });
    match name.as_str() {
        "String" => TypeKind::Text,
        "i64" => integer(i64::MIN.into(), i64::MAX.into()),
        "u64" => integer(0, u64::MAX.into()),
        "f64" => TypeKind::Number,
        "bool" => TypeKind::Bool,
        "Vec" => TypeKind::List,
        "BTreeMap" => TypeKind::Map,
        "Timestamp" => TypeKind::Timestamp,
        "Decimal" => TypeKind::Decimal,
        "Date" | "Uuid" => TypeKind::Scalar,
        "Value" => TypeKind::Any,
        _ => TypeKind::Other,
    }
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// The `T` of `Option<T>`.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// The `T` of `Vec<T>`.
pub(crate) fn vec_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Vec")
}

fn argument_of<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

/// The name without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The known word that is nearest to `word`, if one is near enough to be meant.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many insertions, deletions and replacements lie between two words.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (b, above) in right.iter().zip(row.iter().skip(1)) {
            before = (diagonal + usize::from(a != *b)).min(above + 1).min(before + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The `event_type` of a channel: its dot-separated pieces without a placeholder.
pub(crate) fn fixed_part(channel: &str) -> String {
    let pieces: Vec<_> = channel
        .split('.')
        .filter(|piece| !piece.contains(['{', '}']))
        .collect();
    pieces.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words() {
        let known = ["channel", "event_type", "validate", "crate"];
        let check =
            |word: &str, meant: Option<&str>| assert_eq!(did_you_mean(word, known.into_iter()), meant);
        check("chanel", Some("channel"));
        check("eventtype", Some("event_type"));
        check("validated", Some("validate"));
        check("ttl", None);
        check("x", None);
    }

    #[test]
    fn fixed_parts() {
        let check = |channel: &str, expected: &str| assert_eq!(fixed_part(channel), expected);
        check("price.updated.{symbol}", "price.updated");
        check("orders.executed", "orders.executed");
        check("desk.{desk}.heartbeat", "desk.heartbeat");
        check("{symbol}", "");
    }
}
