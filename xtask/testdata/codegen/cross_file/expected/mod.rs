//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::redis_client::__private::Model;

/// `kilometres`.
///
/// At least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "Kilometres", schema = schemas::KILOMETRES, minimum = "0")]
pub struct Kilometres(f64);

/// `plate`.
///
/// At least 2 code points. Matches `^[A-Z0-9-]+$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "Plate",
    schema = schemas::PLATE,
    min_length = 2,
    pattern = patterns::PLATE,
    key_part
)]
pub struct Plate(String);

/// `short_plate`.
///
/// 2 to 5 code points. Matches `^[A-Z] and ^[A-Z0-9-]+$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "ShortPlate",
    schema = schemas::SHORT_PLATE,
    min_length = 2,
    max_length = 5,
    pattern = patterns::SHORT_PLATE,
    key_part
)]
pub struct ShortPlate(String);

/// `slash/and~tilde`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "SlashAndTilde", schema = schemas::SLASH_AND_TILDE, key_part)]
pub enum SlashAndTilde {
    /// `a/b`.
    #[model(value = "a/b")]
    AB,
    /// `c~d`.
    #[model(value = "c~d")]
    CD,
}

/// `embedded`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Embedded", schema = schemas::EMBEDDED, unknown = "ignore")]
pub struct Embedded {
    /// `amount`.
    pub amount: Litres,
}

/// `litres`.
///
/// At least 0, at most 2000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "Litres", schema = schemas::LITRES, minimum = "0", maximum = "2000")]
pub struct Litres(f64);

/// `Trip`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Trip",
    schema = schemas::TRIP,
    unknown = "ignore",
    builder = TripBuilder
)]
pub struct Trip {
    /// `distance`.
    pub distance: Kilometres,
    /// `limit`.
    ///
    /// At least 0, at most 500.
    #[model(optional, minimum = "0", maximum = "500")]
    pub limit: Option<f64>,
    /// `plate`.
    pub plate: Plate,
    /// `short`.
    #[model(optional)]
    pub short: Option<ShortPlate>,
    /// `odd`.
    #[model(optional)]
    pub odd: Option<SlashAndTilde>,
    /// `fuel`.
    #[model(optional)]
    pub fuel: Option<Embedded>,
    /// `litres`.
    #[model(optional)]
    pub litres: Option<Litres>,
    /// `driver`.
    #[model(optional)]
    pub driver: Option<Driver>,
}

/// `Driver`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Driver", schema = schemas::DRIVER, unknown = "ignore")]
pub struct Driver {
    /// `name`.
    pub name: Name,
}

/// `name`.
///
/// At least 1 code point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Name", schema = schemas::NAME, min_length = 1)]
pub struct Name(String);
