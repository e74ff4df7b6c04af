/**
 * Events, keys and channels of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

export * from "./models.js";
