//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::redis_client::__private::{Model, Value};

/// Built from parts: everything in `allOf` holds at once.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Device",
    schema = schemas::DEVICE,
    unknown = "deny",
    builder = DeviceBuilder
)]
#[model(constant(name = "generation", value = "2", before = "slots"))]
pub struct Device {
    /// A range in steps.
    ///
    /// At least 10, at most 30, a multiple of 10.
    #[model(minimum = "10", maximum = "30", multiple_of = "10")]
    pub speed: u64,
    /// `ports`.
    ///
    /// At least 1, at most 3.
    #[model(optional, nullable, minimum = "1", maximum = "3")]
    pub ports: Option<Option<u64>>,
    /// `slots`.
    ///
    /// At least 1, at most 8.
    #[model(optional, minimum = "1", maximum = "8")]
    pub slots: Option<u64>,
    /// `contact`.
    #[model(optional)]
    pub contact: Option<Contact>,
    /// `uptime`.
    ///
    /// Of the format `duration`.
    #[model(optional, pattern = patterns::DEVICE_UPTIME)]
    pub uptime: Option<String>,
    /// Anything at all.
    #[model(optional)]
    pub extra: Option<Value>,
    /// `list`.
    ///
    /// At most 2 items.
    #[model(optional, max_items = 2)]
    pub list: Option<Vec<Value>>,
    /// `reserved`.
    #[model(optional)]
    pub reserved: Option<()>,
    /// `address`.
    pub address: AddressedAddress,
    /// `rack`.
    ///
    /// 2 to 4 code points.
    #[model(min_length = 2, max_length = 4)]
    pub rack: String,
    /// `owner`.
    #[model(optional)]
    pub owner: Option<String>,
}

/// `addressed address`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "AddressedAddress", schema = schemas::ADDRESSED_ADDRESS, key_part)]
pub enum AddressedAddress {
    /// `v4`.
    V4(V4),
    /// `v6`.
    V6(V6),
}

/// `contact`.
///
/// At most 20 code points. Of the format `email`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "Contact",
    schema = schemas::CONTACT,
    max_length = 20,
    pattern = patterns::CONTACT
)]
pub struct Contact(String);

/// `v4`.
///
/// Of the format `ipv4`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "V4", schema = schemas::V4, pattern = patterns::V4, key_part)]
pub struct V4(String);

/// `v6`.
///
/// Of the format `ipv6`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "V6", schema = schemas::V6, pattern = patterns::V6, key_part)]
pub struct V6(String);

/// `open`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Open", schema = schemas::OPEN, unknown = "ignore")]
pub struct Open {
    /// `any`.
    pub any: Value,
}
