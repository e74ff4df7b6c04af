/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///words.schema.json": `{
  "$id": "schema:///words.schema.json",
  "type": "array",
  "items": {"type": "string", "pattern": "^a"},
  "minItems": 1
}`,
};

export const Root = schema(documents, "schema:///words.schema.json", null, []);

export const RootItem = schema(documents, "schema:///words.schema.json", "/items", []);
