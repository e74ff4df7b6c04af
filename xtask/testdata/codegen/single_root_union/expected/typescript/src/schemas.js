/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///root.schema.json": `{
  "$id": "schema:///root.schema.json",
  "anyOf": [{"type": "null"}, {"type": "integer"}, {"$ref": "#/$defs/Root"}],
  "$defs": {
    "Root": {"type": "object", "properties": {"inner": {"$ref": "#"}}}
  }
}`,
};

export const RootValue = schema(documents, "schema:///root.schema.json", null, []);

export const Root = schema(documents, "schema:///root.schema.json", null, []);

export const Root2 = schema(documents, "schema:///root.schema.json", "/$defs/Root", []);
