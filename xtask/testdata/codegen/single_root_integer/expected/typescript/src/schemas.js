/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///day.schema.json": `{
  "$id": "schema:///day.schema.json",
  "type": "integer",
  "maximum": 7
}`,
};

export const Root = schema(documents, "schema:///day.schema.json", null, []);
