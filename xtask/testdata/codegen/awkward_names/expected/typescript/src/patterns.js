/**
 * Patterns of the schemas as automata over code points.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

export {};
