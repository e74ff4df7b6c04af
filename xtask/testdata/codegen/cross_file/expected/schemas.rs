//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `https://fleet.example/shared/units.schema.json`
macro_rules! units_schema {
    () => {
        r##"{
  "$id": "https://fleet.example/shared/units.schema.json",
  "$defs": {
    "kilometres": {"$anchor": "distance", "type": "number", "minimum": 0},
    "plate": {"type": "string", "pattern": "^[A-Z0-9-]+$", "minLength": 2},
    "short_plate": {"$ref": "#/$defs/plate", "maxLength": 5, "pattern": "^[A-Z]"},
    "slash/and~tilde": {"enum": ["a/b", "c~d"]},
    "embedded": {"$id": "fuel.schema.json", "$defs": {"litres": {"type": "number", "minimum": 0, "maximum": 2000}}, "type": "object", "properties": {"amount": {"$ref": "#/$defs/litres"}}, "required": ["amount"]}
  }
}"##
    };
}

/// `https://fleet.example/trips/driver.json`
macro_rules! driver_schema {
    () => {
        r##"{
  "$id": "https://fleet.example/trips/driver.json",
  "$comment": "Not called *.schema.json, so it is read because something refers to it.",
  "title": "Driver",
  "type": "object",
  "properties": {"name": {"$ref": "#/$defs/name"}},
  "required": ["name"],
  "$defs": {
    "name": {"type": "string", "minLength": 1},
    "unreached": {"type": "string", "pattern": "(?=never looked at)"}
  }
}"##
    };
}

/// The schema of `Kilometres`.
pub(super) const KILOMETRES: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/kilometres",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Plate`.
pub(super) const PLATE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/plate",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ShortPlate`.
pub(super) const SHORT_PLATE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/short_plate",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SlashAndTilde`.
pub(super) const SLASH_AND_TILDE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/slash~1and~0tilde",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Embedded`.
pub(super) const EMBEDDED: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/embedded",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Litres`.
pub(super) const LITRES: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/shared/units.schema.json#/$defs/embedded/$defs/litres",
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Trip`.
pub(super) const TRIP: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://fleet.example/trips/trip.schema.json",
  "title": "Trip",
  "type": "object",
  "properties": {"distance": {"$ref": "../shared/units.schema.json#distance"}, "limit": {"$ref": "../shared/units.schema.json#/$defs/kilometres", "maximum": 500}, "plate": {"$ref": "../shared/units.schema.json#/$defs/plate"}, "short": {"$ref": "https://fleet.example/shared/units.schema.json#/$defs/short_plate"}, "odd": {"$ref": "../shared/units.schema.json#/$defs/slash~1and~0tilde"}, "fuel": {"$ref": "../shared/fuel.schema.json"}, "litres": {"$ref": "../shared/fuel.schema.json#/$defs/litres"}, "driver": {"$ref": "driver.json"}},
  "required": ["distance", "plate"],
  "$defs": {
    "https://fleet.example/shared/units.schema.json": "#,
    units_schema!(),
    r#",
    "https://fleet.example/trips/driver.json": "#,
    driver_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Driver`.
pub(super) const DRIVER: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://fleet.example/trips/driver.json",
  "$comment": "Not called *.schema.json, so it is read because something refers to it.",
  "title": "Driver",
  "type": "object",
  "properties": {"name": {"$ref": "#/$defs/name"}},
  "required": ["name"],
  "$defs": {
    "name": {"type": "string", "minLength": 1},
    "unreached": {"type": "string", "pattern": "(?=never looked at)"}
  }
}"##;

/// The schema of `Name`.
pub(super) const NAME: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "https://fleet.example/trips/driver.json#/$defs/name",
  "$defs": {
    "https://fleet.example/trips/driver.json": "#,
    driver_schema!(),
    r#"
  }
}"#,
);
