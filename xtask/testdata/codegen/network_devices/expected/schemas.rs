//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///device.schema.json`
macro_rules! device_schema {
    () => {
        r##"{
  "$id": "schema:///device.schema.json",
  "title": "Device",
  "description": "Built from parts: everything in `allOf` holds at once.",
  "type": "object",
  "allOf": [{"$ref": "#/$defs/addressed"}, {"$ref": "#/$defs/owned"}],
  "properties": {"speed": {"enum": [10, 20, 30], "description": "A range in steps."}, "ports": {"enum": [1, 2, 3, null]}, "generation": {"const": 2}, "slots": {"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 8}]}, "contact": {"$ref": "#/$defs/contact"}, "uptime": {"type": "string", "format": "duration"}, "extra": {"description": "Anything at all."}, "list": {"type": "array", "maxItems": 2}, "reserved": {"type": "null"}},
  "required": ["speed", "generation", "rack"],
  "unevaluatedProperties": false,
  "$defs": {
    "addressed": {"properties": {"address": {"anyOf": [{"$ref": "#/$defs/v4"}, {"$ref": "#/$defs/v6"}]}, "rack": {"type": "string", "minLength": 2}}, "required": ["address"]},
    "owned": {"properties": {"owner": {"type": "string"}, "rack": {"maxLength": 4}}},
    "contact": {"type": "string", "format": "email", "maxLength": 20},
    "v4": {"type": "string", "format": "ipv4"},
    "v6": {"type": "string", "format": "ipv6"},
    "same": {"allOf": [{"$ref": "#/$defs/v4"}], "description": "Another word for it."},
    "open": {"type": "object", "required": ["any"]}
  }
}"##
    };
}

/// The schema of `Device`.
pub(super) const DEVICE: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///device.schema.json",
  "title": "Device",
  "description": "Built from parts: everything in `allOf` holds at once.",
  "type": "object",
  "allOf": [{"$ref": "#/$defs/addressed"}, {"$ref": "#/$defs/owned"}],
  "properties": {"speed": {"enum": [10, 20, 30], "description": "A range in steps."}, "ports": {"enum": [1, 2, 3, null]}, "generation": {"const": 2}, "slots": {"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 8}]}, "contact": {"$ref": "#/$defs/contact"}, "uptime": {"type": "string", "format": "duration"}, "extra": {"description": "Anything at all."}, "list": {"type": "array", "maxItems": 2}, "reserved": {"type": "null"}},
  "required": ["speed", "generation", "rack"],
  "unevaluatedProperties": false,
  "$defs": {
    "addressed": {"properties": {"address": {"anyOf": [{"$ref": "#/$defs/v4"}, {"$ref": "#/$defs/v6"}]}, "rack": {"type": "string", "minLength": 2}}, "required": ["address"]},
    "owned": {"properties": {"owner": {"type": "string"}, "rack": {"maxLength": 4}}},
    "contact": {"type": "string", "format": "email", "maxLength": 20},
    "v4": {"type": "string", "format": "ipv4"},
    "v6": {"type": "string", "format": "ipv6"},
    "same": {"allOf": [{"$ref": "#/$defs/v4"}], "description": "Another word for it."},
    "open": {"type": "object", "required": ["any"]}
  }
}"##;

/// The schema of `AddressedAddress`.
pub(super) const ADDRESSED_ADDRESS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///device.schema.json#/$defs/addressed/properties/address",
  "$defs": {
    "schema:///device.schema.json": "#,
    device_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Contact`.
pub(super) const CONTACT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///device.schema.json#/$defs/contact",
  "$defs": {
    "schema:///device.schema.json": "#,
    device_schema!(),
    r#"
  }
}"#,
);

/// The schema of `V4`.
pub(super) const V4: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///device.schema.json#/$defs/v4",
  "$defs": {
    "schema:///device.schema.json": "#,
    device_schema!(),
    r#"
  }
}"#,
);

/// The schema of `V6`.
pub(super) const V6: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///device.schema.json#/$defs/v6",
  "$defs": {
    "schema:///device.schema.json": "#,
    device_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Open`.
pub(super) const OPEN: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///device.schema.json#/$defs/open",
  "$defs": {
    "schema:///device.schema.json": "#,
    device_schema!(),
    r#"
  }
}"#,
);
