//! Model features: an ordered map of name to number.
//!
//! Plain data; the cache that stores it lives in `cache`, with a connection. A set of features is read far more often than
//! it is changed, and a fresh `String` per name in a tree costs three times the rest of a decode: so all names lie in one
//! text, and the entries beside it, sorted by name.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

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

/// The members of an object that is all of `text`, and whether they are sorted by name; `None` for what is not plain.
fn plain_entries(text: &str) -> Option<(Vec<Entry>, bool)> {
    // No member is shorter than `"":0,`, and few are shorter than this.
    let mut entries: Vec<Entry> = Vec::with_capacity(text.len() / 16);
    let mut scan = Scan {
        rest: text.as_bytes(),
    };
    let mut is_sorted = true;
    let mut last: &[u8] = b"";
    scan.expect(b'{')?;
    if scan.peek()? == b'}' {
        scan.expect(b'}')?;
    } else {
        // Bound: the text.
        loop {
            scan.expect(b'"')?;
            let start = text.len() - scan.rest.len();
            let name = scan.name()?;
            scan.expect(b':')?;
            scan.peek()?;
            let value = scan.number()?;
            is_sorted &= entries.is_empty() || last < name;
            last = name;
            let end = start + name.len();
            entries.push(Entry { start, end, value });
            let (next, rest) = scan.peeked()?;
            scan.rest = rest;
            match next {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
    }
    scan.peek().is_none().then_some((entries, is_sorted))
}

/// What is left of a JSON text.
struct Scan<'t> {
    rest: &'t [u8],
}

impl<'t> Scan<'t> {
    /// The next byte that is no white space, and what follows it.
    #[inline]
    fn peeked(&mut self) -> Option<(u8, &'t [u8])> {
        // Bound: the text.
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some((byte, rest));
            }
            self.rest = rest;
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.peeked().map(|(byte, _)| byte)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        let (byte, rest) = self.peeked()?;
        self.rest = rest;
        (byte == wanted).then_some(())
    }

    /// The rest of a text without an escape.
    fn name(&mut self) -> Option<&'t [u8]> {
        let rest = self.rest;
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        let (name, rest) = rest.split_at_checked(end)?;
        let (&quote, rest) = rest.split_first()?;
        self.rest = rest;
        (quote == b'"').then_some(name)
    }

    /// A number by the grammar of JSON, rounded to the nearest that 64 bits hold; `None` beyond their range.
    fn number(&mut self) -> Option<f64> {
        let text = self.rest;
        let is_negative = text.first() == Some(&b'-');
        if is_negative {
            self.skip();
        }
        let has_leading_zero = self.rest.first() == Some(&b'0');
        let (mut mantissa, whole) = self.digits(0);
        if whole == 0 || (whole > 1 && has_leading_zero) {
            return None;
        }
        let mut fraction = 0;
        if self.rest.first() == Some(&b'.') {
            self.skip();
            (mantissa, fraction) = self.digits(mantissa);
            if fraction == 0 {
                return None;
            }
        }
        let has_exponent = matches!(self.rest.first(), Some(b'e' | b'E'));
        if has_exponent {
            self.skip();
            if matches!(self.rest.first(), Some(b'+' | b'-')) {
                self.skip();
            }
            if self.digits(0).1 == 0 {
                return None;
            }
        }
        // Both are exact below these limits, so their quotient is the nearest number there is; 19 digits fit the mantissa.
        if let Some(&power) = POWERS_OF_TEN.get(fraction)
            && whole + fraction <= 19
            && mantissa <= MANTISSA_MAX
            && !has_exponent
        {
            #[expect(clippy::cast_precision_loss, reason = "no more than 53 bits")]
            let value = mantissa as f64 / power;
            return Some(if is_negative { -value } else { value });
        }
        let number = text.get(..text.len() - self.rest.len())?;
        let value: f64 = std::str::from_utf8(number).ok()?.parse().ok()?;
        value.is_finite().then_some(value)
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// Reads digits on to `mantissa`, which is right as long as there are no more than 19, and says how many there are.
    #[inline]
    fn digits(&mut self, mut mantissa: u64) -> (u64, usize) {
        let before = self.rest.len();
        // Bound: the text.
        while let Some((eight, rest)) = self.rest.split_first_chunk::<8>()
            && let Some(number) = eight_digits(*eight)
        {
            mantissa = mantissa.wrapping_mul(100_000_000).wrapping_add(number);
            self.rest = rest;
        }
        while let Some((byte, rest)) = self.rest.split_first()
            && byte.is_ascii_digit()
        {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.rest = rest;
        }
        (mantissa, before - self.rest.len())
    }
}

/// The number that eight digits make, if they are all digits: eight bytes in one word, first each, then pairs, fours and all.
#[inline]
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    let word = u64::from_le_bytes(bytes);
    // A digit's high half is 3, and stays so when 6 is added to it.
    if word & HIGH != 0x3030_3030_3030_3030
        || word.wrapping_add(0x0606_0606_0606_0606) & HIGH != 0x3030_3030_3030_3030
    {
        return None;
    }
    let digits = word & 0x0F0F_0F0F_0F0F_0F0F;
    let pairs = (digits * 10 + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF)
}

/// The largest whole number up to which all are exact in 64 bits of floating point.
const MANTISSA_MAX: u64 = 1 << 53;
/// Powers of ten that are exact in 64 bits of floating point.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codec;

    #[test]
    fn duplicates_and_other_values_are_refused() {
        let check = |text: &str| assert!(codec::decode::<Features>(text.as_bytes()).is_err(), "{text}");
        check(r#"{"a":1,"a":1}"#);
        check(r#"{"b":1,"a":2,"b":3}"#);
        check(r#"{"a":"1"}"#);
        check(r#"{"a":null}"#);
        check(r#"{"a":{}}"#);
        check("[]");
        check(r#"[["a",1]]"#);
    }

    #[test]
    fn removed_names_do_not_pile_up() {
        let mut features = Features::new();
        for round in 0..100 {
            features.insert(format!("feature_{round}"), f64::from(round));
            assert_eq!(
                features.remove(&format!("feature_{round}")),
                Some(f64::from(round))
            );
            assert_eq!(features.remove("absent"), None);
        }
        assert!(
            features.is_empty() && features.names.len() < 40,
            "{}",
            features.names
        );
    }

    /// What `from_plain_json` takes, `serde_json` takes with the same values; what it leaves is no loss.
    fn check_plain(text: &str) -> Option<Features> {
        let plain = Features::from_plain_json(text.to_owned()).ok();
        if let Some(plain) = &plain {
            let other: Features =
                codec::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
            let bits = |features: &Features| -> Vec<(String, u64)> {
                features
                    .iter()
                    .map(|(name, value)| (name.to_owned(), value.to_bits()))
                    .collect()
            };
            assert_eq!(bits(plain), bits(&other), "{text}");
        }
        plain
    }

    #[test]
    fn plain_json_is_read_as_the_other_way_reads_it() {
        for text in [
            "{}",
            " { } ",
            "{\"a\":1}",
            "\t{ \"b\" : -0.5e-3 ,\r\n\"a\":1E+2 } ",
            "{\"\":0,\"é\":-0,\"~\":0.1,\"z\":12345678901234567890,\"y\":9007199254740993}",
            "{\"a\":2.2250738585072011e-308,\"b\":5e-324,\"c\":1e-400,\"d\":1.7976931348623157e308,\"e\":0.3333333333333333}",
        ] {
            assert!(check_plain(text).is_some(), "{text}");
        }
        for text in [
            "",
            "{",
            "}",
            "[]",
            "{}x",
            "{} {}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1,\"a\":1}",
            "{\"b\":1,\"a\":1,\"b\":1}",
            "{\"a\":null}",
            "{\"a\":\"1\"}",
            "{\"a\":{}}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":inf}",
            "{\"a\":01}",
            "{\"a\":.5}",
            "{\"a\":5.}",
            "{\"a\":+1}",
            "{\"a\":-}",
            "{\"a\":1e}",
            "{\"a\":1e+}",
            "{\"a\":1e400}",
            "{\"a\":- 1}",
            "{\"a\":1_0}",
            "{\"a\n\":1}",
            "{\"\\u0061\":1}",
            "{\"a:1}",
        ] {
            assert_eq!(
                Features::from_plain_json(text.to_owned()).err().as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn eight_digits_at_once() {
        for (text, expected) in [
            (b"00000000", Some(0)),
            (b"12345678", Some(12_345_678)),
            (b"99999999", Some(99_999_999)),
            (b"10000001", Some(10_000_001)),
            (b"1234567a", None),
            (b".2345678", None),
            (b"123/5678", None),
            (b"1234:678", None),
            (b"\xff2345678", None),
        ] {
            assert_eq!(eight_digits(*text), expected, "{text:?}");
        }
    }

    #[derive(Debug, Clone)]
    enum Change {
        Insert(String, f64),
        Remove(String),
    }

    fn change() -> impl Strategy<Value = Change> {
        let name = "[a-c]{0,2}|é\"";
        prop_oneof![
            (name, -10.0..10.0).prop_map(|(name, value)| Change::Insert(name, value)),
            name.prop_map(Change::Remove),
        ]
    }

    proptest! {
        #[test]
        fn it_is_a_map(changes in proptest::collection::vec(change(), 0..40)) {
            let (mut features, mut model) = (Features::new(), BTreeMap::new());
            for change in changes {
                match change {
                    Change::Insert(name, value) => prop_assert_eq!(features.insert(&name, value), model.insert(name, value)),
                    Change::Remove(name) => prop_assert_eq!(features.remove(&name), model.remove(&name)),
                }
                prop_assert_eq!(features.len(), model.len());
            }
            prop_assert!(features.iter().eq(model.iter().map(|(name, value)| (name.as_str(), *value))));
            let text = codec::encode(&features).unwrap();
            prop_assert_eq!(&text, &codec::encode(&model).unwrap());
            prop_assert_eq!(&codec::decode::<Features>(&text).unwrap(), &features);
            prop_assert_eq!(BTreeMap::from(features), model);
        }

        #[test]
        fn the_last_of_equal_names_wins(entries in proptest::collection::vec(("[a-c]{0,2}", -10.0..10.0), 0..20)) {
            let map: BTreeMap<String, f64> = entries.iter().cloned().collect();
            let features: Features = entries.into_iter().collect();
            prop_assert_eq!(features, Features::from(map));
        }

        #[test]
        fn plain_json_of_any_features_is_taken(entries in proptest::collection::btree_map("\\PC{0,8}", proptest::num::f64::NORMAL | proptest::num::f64::ZERO, 0..20)) {
            let features = Features::from(entries);
            let text = String::from_utf8(codec::encode(&features).unwrap()).unwrap();
            // A name with an escape is for the other way.
            prop_assert!(text.contains('\\') || check_plain(&text).is_some_and(|plain| plain == features));
        }

        #[test]
        fn what_is_almost_json_is_not_taken_for_it(text in r#"(\{|")?("[ab\\]{0,2}":?[-+0-9.eE]{0,5},? ?){0,3}\}?"#) {
            check_plain(&text);
        }

        #[test]
        fn any_order_reads_the_same(names in proptest::collection::hash_set("\\PC{0,5}", 0..20)) {
            let members: Vec<_> = names.iter().map(|name| format!("{}:1.5", serde_json::to_string(name).unwrap())).collect();
            let text = format!("{{{}}}", members.join(","));
            let features: Features = codec::decode(text.as_bytes()).unwrap();
            prop_assert_eq!(features, names.iter().map(|name| (name, 1.5)).collect());
        }
    }
}
