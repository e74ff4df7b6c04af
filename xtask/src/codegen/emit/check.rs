//! What a slot of the IR is held to, as one tree: what the targets print that have no derive macro to do it.
//!
//! Rust gets attributes and its macros read meaning into them. Python and TypeScript get calls of a small runtime, and
//! both must mean the same: so the limits are worked out here, once, down to the integer or the float that a value is
//! compared with. Every fact of a [`Slot`] is taken or the program stops: a rule that the IR learns and this file does
//! not is a compile error, a rule where it has no meaning a panic.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::ir::{BranchKind, Format, Ir, Item, PatternId, Rules, Shape, Slot, Type, TypeId, Valued};
use super::super::number::Exact;

/// A check of the runtimes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    Any,
    /// Any value; one of the kind of a check must pass it.
    Kinds(Vec<Check>),
    /// A value that is the same JSON as one of these.
    Among {
        inner: Box<Check>,
        values: Vec<String>,
    },
    Null,
    Boolean,
    Integer {
        low: i128,
        high: i128,
        step: Option<String>,
    },
    Number {
        low: Option<Bound>,
        high: Option<Bound>,
        step: Option<String>,
    },
    Text {
        shortest: Option<u64>,
        longest: Option<u64>,
        pattern: Option<PatternId>,
        format: Option<Format>,
    },
    Timestamp {
        /// How UTC is written, if not as `Z`.
        utc: Option<String>,
    },
    Date,
    Uuid,
    Decimal {
        pattern: Option<PatternId>,
    },
    List {
        item: Box<Check>,
        shortest: Option<u64>,
        longest: Option<u64>,
        unique: bool,
    },
    Map {
        item: Box<Check>,
        fewest: Option<u64>,
        most: Option<u64>,
        names: Option<PatternId>,
    },
    Nullable(Box<Check>),
    Named(TypeId),
}

/// A limit of a float.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    /// The float nearest to the limit.
    pub(super) value: f64,
    /// Whether that float itself is outside.
    pub(super) excluded: bool,
}

/// The check of a type where it is used.
pub(super) fn of_slot(slot: &Slot) -> Check {
    let Slot { ty, nullable, rules } = slot;
    nullable_if(*nullable, of_type(ty, rules))
}

/// The check of what a list or map holds.
pub(super) fn of_item(item: &Item) -> Check {
    let Item { ty, nullable } = item;
    nullable_if(*nullable, of_type(ty, &Rules::default()))
}

fn nullable_if(nullable: bool, check: Check) -> Check {
    if nullable {
        Check::Nullable(Box::new(check))
    } else {
        check
    }
}

/// The check of a type under rules.
///
/// # Panics
///
/// On a rule that values of the type cannot be held to: the stage before this refuses such schemas.
pub(super) fn of_type(ty: &Type, rules: &Rules) -> Check {
    let mut left = rules.clone();
    let values = std::mem::take(&mut left.values);
    let check = match ty {
        Type::Any => any(&mut left),
        Type::Null => Check::Null,
        Type::Boolean => Check::Boolean,
        Type::Integer => integer(i64::MIN.into(), i64::MAX.into(), &mut left),
        Type::Unsigned => integer(0, u64::MAX.into(), &mut left),
        Type::Number => number(&mut left),
        Type::Text => text(&mut left),
        Type::Timestamp => Check::Timestamp { utc: left.utc.take() },
        Type::Date => Check::Date,
        Type::Uuid => Check::Uuid,
        Type::Decimal => Check::Decimal {
            pattern: left.pattern.take(),
        },
        Type::List(item) => list(of_item(item), &mut left),
        Type::Map(item) => map(of_item(item), &mut left),
        Type::Named(id) => Check::Named(*id),
    };
    let check = if values.is_empty() {
        check
    } else {
        Check::Among {
            inner: Box::new(check),
            values,
        }
    };
    // Whatever a type does not take must not be dropped.
    assert!(
        left.is_empty(),
        "{ty:?} is not held to all of its rules: {left:?} is left over"
    );
    check
}

/// Any value under rules for some kinds of it. Integers are compared as such, whatever floats the limits are near.
fn any(rules: &mut Rules) -> Check {
    const HUGE: i128 = 10_i128.pow(30);
    let mut kinds = Vec::new();
    if rules.minimum.is_some()
        || rules.maximum.is_some()
        || rules.exclusive_minimum.is_some()
        || rules.exclusive_maximum.is_some()
        || rules.multiple_of.is_some()
    {
        kinds.push(integer(-HUGE, HUGE, &mut rules.clone()));
        kinds.push(number(rules));
    }
    if rules.min_length.is_some()
        || rules.max_length.is_some()
        || rules.pattern.is_some()
        || rules.format.is_some()
    {
        kinds.push(text(rules));
    }
    if rules.min_items.is_some() || rules.max_items.is_some() || rules.unique_items {
        kinds.push(list(Check::Any, rules));
    }
    if rules.min_properties.is_some() || rules.max_properties.is_some() || rules.names.is_some() {
        kinds.push(map(Check::Any, rules));
    }
    if kinds.is_empty() {
        Check::Any
    } else {
        Check::Kinds(kinds)
    }
}

fn number(rules: &mut Rules) -> Check {
    let low = |limit: Option<Exact>, exclusive| limit.map(|limit| bound(&limit, exclusive, Ordering::Less));
    let high =
        |limit: Option<Exact>, exclusive| limit.map(|limit| bound(&limit, exclusive, Ordering::Greater));
    Check::Number {
        low: tighter(
            low(rules.minimum.take(), false),
            low(rules.exclusive_minimum.take(), true),
            Ordering::Greater,
        ),
        high: tighter(
            high(rules.maximum.take(), false),
            high(rules.exclusive_maximum.take(), true),
            Ordering::Less,
        ),
        step: rules.multiple_of.take().map(|step| step.to_string()),
    }
}

fn text(rules: &mut Rules) -> Check {
    Check::Text {
        shortest: rules.min_length.take(),
        longest: rules.max_length.take(),
        pattern: rules.pattern.take(),
        format: rules.format.take(),
    }
}

fn list(item: Check, rules: &mut Rules) -> Check {
    Check::List {
        item: Box::new(item),
        shortest: rules.min_items.take(),
        longest: rules.max_items.take(),
        unique: std::mem::take(&mut rules.unique_items),
    }
}

fn map(item: Check, rules: &mut Rules) -> Check {
    Check::Map {
        item: Box::new(item),
        fewest: rules.min_properties.take(),
        most: rules.max_properties.take(),
        names: rules.names.take(),
    }
}

fn integer(lowest: i128, highest: i128, rules: &mut Rules) -> Check {
    let low = [
        rules.minimum.take().map(|limit| floor_and_ceil(&limit).1),
        rules
            .exclusive_minimum
            .take()
            .map(|limit| floor_and_ceil(&limit).0 + 1),
    ];
    let high = [
        rules.maximum.take().map(|limit| floor_and_ceil(&limit).0),
        rules
            .exclusive_maximum
            .take()
            .map(|limit| floor_and_ceil(&limit).1 - 1),
    ];
    Check::Integer {
        low: low.into_iter().flatten().fold(lowest, i128::max),
        high: high.into_iter().flatten().fold(highest, i128::min),
        step: rules.multiple_of.take().map(|step| step.to_string()),
    }
}

/// The largest integer that is not above and the smallest that is not below, both cut to ±10^30.
fn floor_and_ceil(limit: &Exact) -> (i128, i128) {
    const HUGE: i128 = 10_i128.pow(30);
    let text = limit.to_string();
    let (negative, size) = text
        .strip_prefix('-')
        .map_or((false, text.as_str()), |size| (true, size));
    let whole = size.split_once('.').map_or(size, |(whole, _)| whole);
    let whole = whole.parse::<i128>().unwrap_or(HUGE).min(HUGE);
    let next = whole + i128::from(!limit.is_integer());
    if negative { (-next, -whole) } else { (whole, next) }
}

/// What a float is compared with. The shortest text of a value is what the limit is about: away from the float nearest
/// to the limit both agree; on it, its text decides. `outside` is the side of the limit where values are refused.
fn bound(limit: &Exact, exclusive: bool, outside: Ordering) -> Bound {
    // Without a digit too much, so that this is the float of the text and no other.
    let value: f64 = limit.to_string().parse().unwrap_or(f64::INFINITY);
    let nearest = value
        .is_finite()
        .then(|| Exact::parse(&format!("{value:e}")))
        .flatten();
    let order = nearest.map_or(Ordering::Equal, |nearest| nearest.cmp(limit));
    Bound {
        value,
        excluded: order == outside || (order == Ordering::Equal && exclusive),
    }
}

/// The tighter of an inclusive and an exclusive limit; `tight` is how a tighter value compares with the other.
fn tighter(a: Option<Bound>, b: Option<Bound>, tight: Ordering) -> Option<Bound> {
    match (a, b) {
        (Some(a), Some(b)) => {
            let order = a.value.total_cmp(&b.value);
            let a_wins = order == tight || (order == Ordering::Equal && a.excluded);
            Some(if a_wins { a } else { b })
        }
        (a, b) => a.or(b),
    }
}

/// Whether and how a member may be missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    Unset,
    DefaultNull,
}

impl Presence {
    pub(super) fn of(ir: &Ir, valued: &Valued) -> Self {
        let null = valued.slot.nullable || holds_null(ir, &valued.slot.ty);
        match (valued.required, null, valued.default_null) {
            (true, _, _) => Self::Required,
            (false, false, _) => Self::Optional,
            (false, true, false) => Self::Unset,
            (false, true, true) => Self::DefaultNull,
        }
    }
}

/// Whether `null` is a value of the type itself.
fn holds_null(ir: &Ir, ty: &Type) -> bool {
    null_within(ir, ty, &mut HashSet::new())
}

fn null_within(ir: &Ir, ty: &Type, seen: &mut HashSet<TypeId>) -> bool {
    match ty {
        Type::Any | Type::Null => true,
        Type::Named(id) if !seen.insert(*id) => false,
        Type::Named(id) => match &ir.type_def(*id).shape {
            Shape::Wrapper(slot) => slot.nullable || null_within(ir, &slot.ty, seen),
            Shape::Union(union) => union.branches.iter().any(|branch| match &branch.kind {
                BranchKind::Type(ty) => null_within(ir, ty, seen),
                BranchKind::Constant(_) => false,
            }),
            Shape::Object(_) | Shape::Texts(_) | Shape::Alternatives(_) | Shape::Tuple(_) => false,
        },
        Type::Boolean
        | Type::Integer
        | Type::Unsigned
        | Type::Number
        | Type::Text
        | Type::Timestamp
        | Type::Date
        | Type::Uuid
        | Type::Decimal
        | Type::List(_)
        | Type::Map(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).expect("a number of a sane size")
    }

    #[test]
    fn integers_have_whole_limits_within_64_bits() {
        let check = |rules: Rules, expected: (i128, i128)| {
            let Check::Integer { low, high, .. } = of_type(&Type::Integer, &rules) else {
                panic!("an integer");
            };
            assert_eq!((low, high), expected);
        };
        let max = i128::from(i64::MAX);
        check(Rules::default(), (i64::MIN.into(), max));
        let rules = |minimum: &str, above: bool| Rules {
            minimum: (!above).then(|| exact(minimum)),
            exclusive_minimum: above.then(|| exact(minimum)),
            ..Rules::default()
        };
        check(rules("-1.5", false), (-1, max));
        check(rules("-1.5", true), (-1, max));
        check(rules("3", true), (4, max));
        check(rules("2.5", false), (3, max));
        check(rules("-1e300", false), (i64::MIN.into(), max));
        let high = Rules {
            exclusive_maximum: Some(exact("3")),
            maximum: Some(exact("2.5")),
            ..Rules::default()
        };
        check(high, (i64::MIN.into(), 2));
    }

    #[test]
    fn floats_are_compared_by_their_shortest_text() {
        let low = |limit: &str, exclusive| bound(&exact(limit), exclusive, Ordering::Less);
        assert!(!low("0.1", false).excluded && low("0.1", true).excluded);
        // The nearest float is written 0.1, which is below this limit.
        assert!(low("0.10000000000000000555", false).excluded);
        assert!(!low("0.09999999999999999999", true).excluded);
        assert!(low("1e399", false).value.is_infinite());
    }

    #[test]
    fn a_rule_without_meaning_is_not_dropped() {
        let rules = Rules {
            unique_items: true,
            ..Rules::default()
        };
        assert!(std::panic::catch_unwind(|| of_type(&Type::Text, &rules)).is_err());
    }
}
