/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///code.schema.json": `{
  "$id": "schema:///code.schema.json",
  "type": ["string", "null"],
  "maxLength": 2
}`,
};

export const RootValue = schema(documents, "schema:///code.schema.json", null, []);

export const Root = schema(documents, "schema:///code.schema.json", null, []);
