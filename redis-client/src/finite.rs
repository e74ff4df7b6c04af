//! A serializer around another that refuses what JSON cannot say.
//!
//! `serde_json` writes a number that is not finite as `null`: valid JSON and a wrong value. [`Finite`] forwards every call
//! and stops at such a number. The pointer to it is gathered on the way out, from the number inwards, so that a value
//! without one pays nothing.

use std::cell::RefCell;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::validate::pointer_token;

/// What is learnt when writing fails.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    pointer: RefCell<String>,
    not_finite: std::cell::Cell<bool>,
}

impl Failure {
    /// The JSON pointer of the part that could not be written.
    pub(crate) fn into_pointer(self) -> String {
        self.pointer.into_inner()
    }

    /// Whether that was a number that is not finite.
    pub(crate) fn is_not_finite(&self) -> bool {
        self.not_finite.get()
    }

    #[cold]
    fn at(&self, name: &str) {
        self.pointer.borrow_mut().insert_str(0, &pointer_token(name));
    }

    #[cold]
    fn refuse<E: serde::ser::Error>(&self) -> E {
        self.not_finite.set(true);
        E::custom("not a finite number")
    }
}

/// The serializer, and the same for a compound that is being written.
pub(crate) struct Finite<'f, S> {
    inner: S,
    failure: &'f Failure,
    index: usize,
}

impl<'f, S> Finite<'f, S> {
    pub(crate) fn new(inner: S, failure: &'f Failure) -> Self {
        Self {
            inner,
            failure,
            index: 0,
        }
    }

    fn wrap<C>(inner: Result<C, S::Error>, failure: &'f Failure) -> Result<Finite<'f, C>, S::Error>
    where
        S: Serializer,
    {
        inner.map(|inner| Finite::new(inner, failure))
    }

    fn value<'v, T: ?Sized>(&self, value: &'v T) -> Value<'v, 'f, T> {
        Value {
            value,
            failure: self.failure,
        }
    }

    /// Points at the item whose writing has failed, or goes on to the next.
    fn item<T, E>(&mut self, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.failure.at(&self.index.to_string());
        }
        self.index += 1;
        result
    }

    fn member<T, E>(&self, name: &str, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.failure.at(name);
        }
        result
    }
}

/// A value that hands its serializer on wrapped.
struct Value<'v, 'f, T: ?Sized> {
    value: &'v T,
    failure: &'f Failure,
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Serialize for Value<'_, '_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Finite::new(serializer, self.failure))
    }
}

macro_rules! forward {
    ($($method:ident $type:ty),*) => {$(
        #[inline]
        fn $method(self, value: $type) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )*};
}

impl<'f, S: Serializer> Serializer for Finite<'f, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Finite<'f, S::SerializeSeq>;
    type SerializeTuple = Finite<'f, S::SerializeTuple>;
    type SerializeTupleStruct = Finite<'f, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Finite<'f, S::SerializeTupleVariant>;
    type SerializeMap = Finite<'f, S::SerializeMap>;
    type SerializeStruct = Finite<'f, S::SerializeStruct>;
    type SerializeStructVariant = Finite<'f, S::SerializeStructVariant>;

    forward!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128, serialize_char char, serialize_str &str, serialize_bytes &[u8],
        serialize_unit_struct &'static str
    );

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            self.inner.serialize_f32(value)
        } else {
            Err(self.failure.refuse())
        }
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            self.inner.serialize_f64(value)
        } else {
            Err(self.failure.refuse())
        }
    }

    #[inline]
    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let value = self.value(value);
        self.inner.serialize_some(&value)
    }

    #[inline]
    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = self.value(value);
        self.inner.serialize_newtype_struct(name, &value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let (value, failure) = (self.value(value), self.failure);
        let result = self.inner.serialize_newtype_variant(name, index, variant, &value);
        result.inspect_err(|_| failure.at(variant))
    }

    #[inline]
    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Self::wrap(self.inner.serialize_seq(length), self.failure)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        Self::wrap(self.inner.serialize_tuple(length), self.failure)
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Self::wrap(self.inner.serialize_tuple_struct(name, length), self.failure)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Self::wrap(
            self.inner.serialize_tuple_variant(name, index, variant, length),
            self.failure,
        )
    }

    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Self::wrap(self.inner.serialize_map(length), self.failure)
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        Self::wrap(self.inner.serialize_struct(name, length), self.failure)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Self::wrap(
            self.inner.serialize_struct_variant(name, index, variant, length),
            self.failure,
        )
    }

    #[inline]
    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.collect_str(value)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! forward_items {
    ($($trait:ident $method:ident),*) => {$(
        impl<S: $trait> $trait for Finite<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                let value = self.value(value);
                let result = self.inner.$method(&value);
                self.item(result)
            }

            #[inline]
            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        }
    )*};
}

forward_items!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! forward_members {
    ($($trait:ident),*) => {$(
        impl<S: $trait> $trait for Finite<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), S::Error> {
                let value = self.value(value);
                let result = self.inner.serialize_field(name, &value);
                self.member(name, result)
            }

            #[inline]
            fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
                self.inner.skip_field(name)
            }

            #[inline]
            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        }
    )*};
}

forward_members!(SerializeStruct, SerializeStructVariant);

impl<S: SerializeMap> SerializeMap for Finite<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let value = self.value(value);
        self.inner.serialize_value(&value)
    }

    #[inline]
    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), S::Error> {
        let value = self.value(value);
        let result = self.inner.serialize_entry(key, &value);
        if result.is_err()
            && let Ok(serde_json::Value::String(name)) = serde_json::to_value(key)
        {
            self.failure.at(&name);
        }
        result
    }

    #[inline]
    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}
