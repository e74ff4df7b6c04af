//! Model features: an ordered map of name to number.
//!
//! Plain data; the cache that stores it lives in `cache`, with a connection. A set of features is read far more often than
//! it is changed, and a fresh `String` per name in a tree costs three times the rest of a decode: so all names lie in one
//! text, and the entries beside it, sorted by name. Layer 0.

mod plain;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use self::plain::plain_entries;
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
#[derive(Clone, Default)]
pub struct Features {
    /// Every name of an entry, and maybe more.
    names: String,
    /// Sorted by name.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Where the name begins and ends in `names`.
    start: usize,
    end: usize,
    value: f64,
}

impl Features {
    /// No features.
    ///
    /// # Examples
    ///
    /// ```
    /// assert!(redis_client::Features::new().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn name(&self, entry: Entry) -> &str {
        self.names.get(entry.start..entry.end).unwrap_or_default()
    }

    /// Sorts the entries; of equal names the last one's value stays.
    fn settle(&mut self) {
        let Self { names, entries } = self;
        let name = |entry: &Entry| names.get(entry.start..entry.end).unwrap_or_default();
        entries.sort_by(|left, right| name(left).cmp(name(right)));
        entries.dedup_by(|later, earlier| {
            let same = name(later) == name(earlier);
            if same {
                earlier.value = later.value;
            }
            same
        });
    }

    /// Takes the JSON that most writers leave: an object of finite numbers under names without an escape. Everything else,
    /// right or wrong, is given back for [`codec`](crate::codec) to read or to explain.
    ///
    /// An entry of the cache is there as a whole and belongs to nobody else. So it becomes the text of the names as it is, and
    /// one pass finds names and numbers in it. No text is taken that the other way would refuse, and the values are the same.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "the cache reads so"))]
    pub(crate) fn from_plain_json(text: String) -> Result<Self, String> {
        match plain_entries(&text) {
            Some((entries, is_sorted)) => {
                let count = entries.len();
                let mut features = Self { names: text, entries };
                if !is_sorted {
                    features.settle();
                }
                // A name that stands twice has cost an entry.
                if features.len() == count {
                    Ok(features)
                } else {
                    Err(features.names)
                }
            }
            None => Err(text),
        }
    }

    /// Adds an entry at the end, wherever it belongs.
    fn push(&mut self, name: &str, value: f64) {
        let start = self.names.len();
        self.names.push_str(name);
        let end = self.names.len();
        self.entries.push(Entry { start, end, value });
    }

    /// Where `name` is, or where it would have to be.
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| self.name(*entry).cmp(name))
    }

    /// The number of the feature `name`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// let features = Features::from_iter([("beta", 1.5)]);
    /// assert_eq!((features.get("beta"), features.get("alpha")), (Some(1.5), None));
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        let entry = self.entries.get(self.find(name).ok()?)?;
        Some(entry.value)
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
    pub fn insert(&mut self, name: impl AsRef<str>, value: f64) -> Option<f64> {
        let name = name.as_ref();
        match self.find(name) {
            Ok(at) => self
                .entries
                .get_mut(at)
                .map(|entry| std::mem::replace(&mut entry.value, value)),
            Err(at) => {
                self.push(name, value);
                // The new entry comes from the end to its place.
                self.entries.get_mut(at..)?.rotate_right(1);
                None
            }
        }
    }

    /// Takes the feature `name` out and returns its number.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// let mut features = Features::from_iter([("beta", 1.5)]);
    /// assert_eq!((features.remove("beta"), features.remove("beta")), (Some(1.5), None));
    /// ```
    pub fn remove(&mut self, name: &str) -> Option<f64> {
        let removed = self.entries.remove(self.find(name).ok()?);
        // Names of entries that are gone stay until they are half of the text.
        let used: usize = self.entries.iter().map(|entry| entry.end - entry.start).sum();
        if used < self.names.len() / 2 {
            *self = self.iter().collect();
        }
        Some(removed.value)
    }

    /// Whether there is a feature `name`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// assert!(Features::from_iter([("beta", 1.5)]).contains("beta"));
    /// ```
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// How many features there are.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// assert_eq!(Features::from_iter([("beta", 1.5), ("beta", 2.0)]).len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// assert!(!Features::from_iter([("beta", 1.5)]).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and numbers in the order of the names.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Features;
    /// let features = Features::from_iter([("b", 2.0), ("a", 1.0)]);
    /// assert_eq!(features.iter().next(), Some(("a", 1.0)));
    /// ```
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter {
            features: self,
            entries: self.entries.iter(),
        }
    }
}

impl PartialEq for Features {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// Iterates over [`Features`] by name.
///
/// ```
/// use redis_client::Features;
///
/// let features = Features::from_iter([("beta", 1.25), ("alpha", 0.5)]);
/// let mut entries = features.iter();
/// assert_eq!(entries.next(), Some(("alpha", 0.5)));
/// assert_eq!(entries.len(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct Iter<'a> {
    features: &'a Features,
    entries: std::slice::Iter<'a, Entry>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, f64);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = *self.entries.next()?;
        Some((self.features.name(entry), entry.value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Features {
    type Item = (&'a str, f64);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl<N: AsRef<str>> FromIterator<(N, f64)> for Features {
    fn from_iter<I: IntoIterator<Item = (N, f64)>>(entries: I) -> Self {
        let mut features = Self::new();
        features.extend(entries);
        features
    }
}

impl<N: AsRef<str>> Extend<(N, f64)> for Features {
    fn extend<I: IntoIterator<Item = (N, f64)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.push(name.as_ref(), value);
        }
        self.settle();
    }
}

impl From<BTreeMap<String, f64>> for Features {
    fn from(map: BTreeMap<String, f64>) -> Self {
        map.into_iter().collect()
    }
}

impl From<Features> for BTreeMap<String, f64> {
    fn from(features: Features) -> Self {
        features
            .iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

#[diagnostic::do_not_recommend]
impl Validate for Features {
    fn validate(&self) -> Result<(), Violation> {
        for (name, value) in self {
            value.validate().map_err(|violation| violation.at(name))?;
        }
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl Serialize for Features {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self {
            map.serialize_entry(name, &AsEncode(&value))?;
        }
        map.end()
    }
}

#[diagnostic::do_not_recommend]
impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Features;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of feature names and numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Features, A::Error> {
        let mut features = Features::new();
        let mut is_sorted = true;
        while let Some(start) = members.next_key_seed(Name(&mut features.names))? {
            let end = features.names.len();
            let entry = Entry {
                start,
                end,
                value: members.next_value()?,
            };
            is_sorted &= features
                .entries
                .last()
                .is_none_or(|last| features.name(*last) < features.name(entry));
            features.entries.push(entry);
        }
        if !is_sorted {
            let count = features.len();
            features.settle();
            if features.len() < count {
                return Err(A::Error::duplicate_field("of a feature"));
            }
        }
        Ok(features)
    }
}

/// Appends the name of a member to the text and says where it begins.
struct Name<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a feature")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        let start = self.0.len();
        self.0.push_str(name);
        Ok(start)
    }
}

#[cfg(test)]
mod tests;
