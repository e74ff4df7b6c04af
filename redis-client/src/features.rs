//! Model features: an ordered map of name to number.
//!
//! Plain data; the cache that stores it lives in `cache`, with a connection.

use std::collections::BTreeMap;
use std::collections::btree_map;

use serde::de::Deserialize;
use serde::ser::{Serialize, SerializeMap};

use crate::model::AsEncode;
use crate::validate::{Validate, Violation};

/// The features of one symbol on one day: names in order, each with a number.
///
/// A non-finite number can be held, since Python writers leave such in the cache; writing one is an error.
///
/// # Examples
///
/// ```
/// use redis_client::Features;
///
/// let features = Features::from_iter([("momentum_5d", 0.25), ("beta", 1.5)]);
/// assert_eq!(features.get("beta"), Some(1.5));
/// assert_eq!(features.iter().collect::<Vec<_>>(), [("beta", 1.5), ("momentum_5d", 0.25)]);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features(BTreeMap<String, f64>);

impl Features {
    /// No features.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the feature `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    /// Sets the feature `name` and returns what it was before.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Features;
    ///
    /// let mut features = Features::new();
    /// assert_eq!(features.insert("beta", 1.5), None);
    /// assert_eq!(features.insert("beta", 2.0), Some(1.5));
    /// ```
    pub fn insert(&mut self, name: impl Into<String>, value: f64) -> Option<f64> {
        self.0.insert(name.into(), value)
    }

    /// Takes the feature `name` out and returns its number.
    pub fn remove(&mut self, name: &str) -> Option<f64> {
        self.0.remove(name)
    }

    /// Whether there is a feature `name`.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// How many features there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and numbers in the order of the names.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.iter())
    }
}

/// Iterates over [`Features`] by name.
#[derive(Debug, Clone)]
pub struct Iter<'a>(btree_map::Iter<'a, String, f64>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, f64);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, &value)| (name.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

/// Takes [`Features`] apart by name.
#[derive(Debug)]
pub struct IntoIter(btree_map::IntoIter<String, f64>);

impl Iterator for IntoIter {
    type Item = (String, f64);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for IntoIter {}

impl<'a> IntoIterator for &'a Features {
    type Item = (&'a str, f64);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Features {
    type Item = (String, f64);
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        IntoIter(self.0.into_iter())
    }
}

impl<N: Into<String>> FromIterator<(N, f64)> for Features {
    fn from_iter<I: IntoIterator<Item = (N, f64)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }
}

impl<N: Into<String>> Extend<(N, f64)> for Features {
    fn extend<I: IntoIterator<Item = (N, f64)>>(&mut self, entries: I) {
        self.0
            .extend(entries.into_iter().map(|(name, value)| (name.into(), value)));
    }
}

impl From<BTreeMap<String, f64>> for Features {
    fn from(map: BTreeMap<String, f64>) -> Self {
        Self(map)
    }
}

impl From<Features> for BTreeMap<String, f64> {
    fn from(features: Features) -> Self {
        features.0
    }
}

#[diagnostic::do_not_recommend]
impl Validate for Features {
    fn validate(&self) -> Result<(), Violation> {
        self.0.validate()
    }
}

#[diagnostic::do_not_recommend]
impl Serialize for Features {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, &AsEncode(value))?;
        }
        map.end()
    }
}

#[diagnostic::do_not_recommend]
impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> serde::de::Visitor<'de> for Entries {
            type Value = Features;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of feature names and numbers")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut entries: A) -> Result<Features, A::Error> {
                let mut features = BTreeMap::new();
                while let Some(name) = entries.next_key::<String>()? {
                    let value = entries.next_value()?;
                    if features.insert(name, value).is_some() {
                        return Err(serde::de::Error::duplicate_field("of a feature's name"));
                    }
                }
                Ok(Features(features))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
