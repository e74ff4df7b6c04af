/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///parcel.schema.json": `{
  "$id": "schema:///parcel.schema.json",
  "title": "Parcel",
  "type": "object",
  "properties": {"id": {"$ref": "#/$defs/id"}, "root": {"$ref": "#/$defs/root"}},
  "required": ["id"],
  "$defs": {
    "id": {"type": "string", "pattern": "^[0-9]+$"},
    "root": {"type": "integer", "maximum": 9}
  }
}`,
};

export const Parcel = schema(documents, "schema:///parcel.schema.json", null, []);

export const Id = schema(documents, "schema:///parcel.schema.json", "/$defs/id", []);

export const RootType = schema(documents, "schema:///parcel.schema.json", "/$defs/root", []);
