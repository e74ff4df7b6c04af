//! What holds other values (layer 0): a box, an option, a list, a map.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, SerializeSeq as _, Serializer};

use super::write::write_members;
use super::{AsEncode, Decode, Encode, Nullable, Seed, duplicate};
use crate::validate::Violation;

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self::new)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        (**self).write(out)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        (**self).write(out)
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nullable(Seed::new()).deserialize(deserializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&AsEncode(value)),
            None => serializer.serialize_none(),
        }
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        if let Some(value) = self {
            return value.write(out);
        }
        out.extend_from_slice(b"null");
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                // Bound: a length that a format claims is not believed beyond this.
                let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0).min(1024));
                while let Some(item) = items.next_element_seed(Seed::new())? {
                    list.push(item);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for Vec<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            list.serialize_element(&AsEncode(item))?;
        }
        list.end()
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out).map_err(|violation| violation.at_index(index))?;
        }
        out.push(b']');
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for BTreeMap<String, T> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Members<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(name) = members.next_key::<String>()? {
                    if map.contains_key(&name) {
                        return Err(duplicate());
                    }
                    map.insert(name, members.next_value_seed(Seed::new())?);
                }
                Ok(map)
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self {
            map.serialize_entry(name, &AsEncode(value))?;
        }
        map.end()
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        write_members(self.iter().map(|(name, value)| (name.as_str(), value)), out)
    }
}
