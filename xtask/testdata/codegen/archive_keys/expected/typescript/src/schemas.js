/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///keys.schema.json": `{
  "$id": "schema:///keys.schema.json",
  "$defs": {
    "scan": {"title": "Scan", "description": "A page as it was scanned.", "type": "object", "x-redis-key": "scan:{box-id}:{page}:{taken}:{kind}", "x-redis-ttl": 60, "x-redis-value": "#/$defs/page", "properties": {"box-id": {"type": "string", "format": "uuid"}, "page": {"type": "integer", "minimum": 1}, "taken": {"type": "string", "format": "date"}, "kind": {"enum": ["front", "back"]}}, "required": ["box-id", "page", "taken", "kind"]},
    "shelf": {"type": "object", "x-redis-key": "shelf:{who}/{depth}", "x-redis-value": "string", "properties": {"who": {"$ref": "#/$defs/reader_or_all"}, "depth": {"type": "integer"}}, "required": ["who", "depth"]},
    "type": {"type": "object", "x-redis-key": "everything", "x-redis-value": "features"},
    "move": {"type": "object", "x-redis-key": "move_{self}", "x-redis-value": "lock", "properties": {"self": {"type": "string", "pattern": "^[a-c]{1,3}$"}}, "required": ["self"]},
    "page": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"], "additionalProperties": false},
    "reader": {"type": "string", "pattern": "^[^:/*?\\\\[\\\\]\\\\\\\\\\\\s\\\\p{Cc}]+$"},
    "reader_or_all": {"oneOf": [{"$ref": "#/$defs/reader"}, {"const": "*", "title": "All", "description": "Everyone."}]}
  }
}`,
};

export const ScanPage = schema(documents, "schema:///keys.schema.json", "/$defs/scan/properties/page", []);

export const ScanKind = schema(documents, "schema:///keys.schema.json", "/$defs/scan/properties/kind", []);

export const MoveSelf = schema(documents, "schema:///keys.schema.json", "/$defs/move/properties/self", []);

export const Page = schema(documents, "schema:///keys.schema.json", "/$defs/page", []);

export const Reader = schema(documents, "schema:///keys.schema.json", "/$defs/reader", []);

export const ReaderOrAll = schema(documents, "schema:///keys.schema.json", "/$defs/reader_or_all", []);
