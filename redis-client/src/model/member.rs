//! The members of an object (layer 0): their names, found by index, and where those go that the schema does not declare.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::{Decode, Seed, duplicate};
use crate::pattern::Pattern;
use crate::validate::{Rule, Violation};

/// The names of members that the schema does not know, to find one that comes twice.
#[derive(Debug, Default)]
pub struct Unknown(BTreeSet<Box<str>>);

impl Unknown {
    /// None so far.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self(BTreeSet::new())
    }
}

/// Reads the name of a member and finds its index; `usize::MAX` for a name that the schema does not know.
pub struct Name<'a, F> {
    /// The index of a name.
    pub find: F,
    /// Where unknown names go.
    pub unknown: &'a mut Unknown,
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for Name<'_, F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for Name<'_, F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        let index = (self.find)(name);
        if index == usize::MAX && !self.unknown.0.insert(name.into()) {
            return Err(duplicate());
        }
        Ok(index)
    }
}

/// Reads the name of a member of a closed object: unknown names are refused.
pub struct KnownName<F> {
    /// The index of a name.
    pub find: F,
    /// The names there are.
    pub names: &'static [&'static str],
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for KnownName<F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for KnownName<F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        match (self.find)(name) {
            usize::MAX => Err(E::unknown_field(name, self.names)),
            index => Ok(index),
        }
    }
}

/// The name of a member: the index of one that the schema declares, or the name itself.
#[derive(Debug)]
pub enum Member {
    /// Declared.
    Known(usize),
    /// Additional.
    Other(String),
}

/// Reads the name of a member of an object that keeps the others.
pub struct AnyName<F> {
    /// The index of a name.
    pub find: F,
    /// Whether a name that has no index may stand here.
    pub takes: fn(&str) -> bool,
    /// The names that have one.
    pub names: &'static [&'static str],
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for AnyName<F> {
    type Value = Member;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for AnyName<F> {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Member, E> {
        match (self.find)(name) {
            usize::MAX if (self.takes)(name) => Ok(Member::Other(name.to_owned())),
            usize::MAX => Err(E::unknown_field(name, self.names)),
            index => Ok(Member::Known(index)),
        }
    }
}

/// The map that additional members go into.
pub trait Additional<'de> {
    /// Takes up one member.
    ///
    /// # Errors
    ///
    /// A value that is not of the type of additional members, or a name that is there already.
    fn take<A: MapAccess<'de>>(&mut self, name: String, members: &mut A) -> Result<(), A::Error>;
}

impl<'de, T: Decode<'de>> Additional<'de> for BTreeMap<String, T> {
    fn take<A: MapAccess<'de>>(&mut self, name: String, members: &mut A) -> Result<(), A::Error> {
        if self.contains_key(&name) {
            return Err(duplicate());
        }
        let value = members.next_value_seed(Seed::new())?;
        self.insert(name, value);
        Ok(())
    }
}

/// Checks that no additional member has the name of a declared one, or a name that belongs into a map before.
///
/// # Errors
///
/// The first that has.
pub fn check_additional<T>(
    members: &BTreeMap<String, T>,
    declared: &[&str],
    before: &[&Pattern],
) -> Result<(), Violation> {
    if let Some(name) = declared.iter().find(|name| members.contains_key(**name)) {
        return Err(Violation::new(Rule::Other("a name that the type does not declare itself")).at(name));
    }
    let mut names = members.keys();
    match names.find(|name| before.iter().any(|pattern| pattern.is_match(name))) {
        Some(name) => Err(Violation::new(Rule::Other("a name that belongs into another map")).at(name)),
        None => Ok(()),
    }
}

/// Checks `minProperties` and `maxProperties`.
///
/// # Errors
///
/// The rule that is broken.
pub fn check_count(count: usize, min: usize, max: usize) -> Result<(), Rule> {
    if count < min {
        Err(Rule::MinProperties(min))
    } else if count > max {
        Err(Rule::MaxProperties(max))
    } else {
        Ok(())
    }
}
