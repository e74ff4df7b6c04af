/**
 * What the models are checked, read and written by. It knows JSON and the rules of schemas, and no schema.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

/** The longest value Redis takes, in bytes. */
export declare const BYTES_MAX: number;

/** A value breaks its schema: where, as a JSON pointer, and why. It never quotes the value. */
export declare class SchemaError extends Error {
  constructor(reason: string, pointer?: string);
  /** Why. */
  readonly reason: string;
  /** Where, as a JSON pointer (RFC 6901); empty for the whole. */
  readonly pointer: string;
}

/** A text is not the JSON of a value of the type. */
export declare class DecodeError extends SchemaError {}

/** A value breaks a rule of its schema, or is too large to be written. */
export declare class EncodeError extends SchemaError {}

/** A text is not a key of the template, or not a part of one. */
export declare class InvalidKey extends SchemaError {}

/** No event of the schemas travels on the channel, or is of the type. */
export declare class UnknownChannel extends Error {
  constructor(message: string);
}

/** An RFC 3339 time with its zone, as text. Read as `Z` for UTC, with no, six or nine digits of a second. */
export type Timestamp = string;
/** A day from 0000-01-01 to 9999-12-31, as RFC 3339's full-date. */
export type DateText = string;
/** A UUID of 36 characters; the case of its digits is kept. */
export type Uuid = string;
/** A decimal number as text, so that no digit is lost; the scale is kept. */
export type Decimal = string;

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A `T` as a program writes it: the members `C`, which have one value or a default, may be left out. */
export type Given<T, C extends PropertyKey = never> = { [K in keyof T as K extends C ? never : K]: T[K] } & {
  [K in keyof T as K extends C ? K : never]?: T[K];
};

/** A type of the schemas as a value: how its JSON is read and written. */
export interface ValueType<T, G = T> {
  /** Reads the JSON of one value; a {@link DecodeError} says where and why not. */
  decode(payload: string | Uint8Array): T;
  /** Checks a value and writes its JSON; an {@link EncodeError} says where and why not. */
  encode(value: G): string;
  /** Whether a value keeps the rules of the schema. */
  is(value: unknown): value is G;
  /** The JSON Schema that the type was made from, with all it refers to. */
  schema(): { [name: string]: Json };
}

/** When an event is too old to be of use, and what becomes of one that is older when it is to be sent. */
export interface MaxAge {
  readonly seconds: number;
  readonly expired: "publish" | "dead-letter";
}

/** A type of event as a value. */
export interface EventType<T, G = T> extends ValueType<T, G> {
  /** The channel, with the placeholders of its template. */
  readonly channel: string;
  /** What `event_type` says. */
  readonly eventType: string;
  /** When an event is too old to be of use, and what a publisher does with it then; `null` for never. */
  readonly maxAge: MaxAge | null;
  /** The channel this very event goes to; a {@link SchemaError} when a part of it breaks a rule. */
  channelOf(event: G): string;
  /** Whether events of this type may travel on a channel. */
  matches(channel: string): boolean;
}

/** A kind of key with the parts `P`. */
export interface KeyType<P extends object> {
  /** The template, as written. */
  readonly template: string;
  /** How many seconds an entry lives; `null` when it does not expire. */
  readonly ttl: number | null;
  /** The key of these parts; {@link InvalidKey} names the one that breaks a rule. */
  build(parts: P): string;
  /** Takes a key apart, exactly; {@link InvalidKey} when it is none of this template. */
  parse(text: string): P;
  /** The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given. */
  scanPattern(parts?: Partial<P>): string;
}

/** A kind of key that says what it holds. */
export interface ValueKeyType<P extends object, V, G = V> extends KeyType<P> {
  /** Reads a value that is stored under such a key; a {@link DecodeError} says where and why not. */
  decodeValue(payload: string | Uint8Array): V;
  /** Checks a value and writes it as such a key holds it; an {@link EncodeError} says where and why not. */
  encodeValue(value: G): string;
}

// ---- for the generated modules --------------------------------------------------------------------------------

/** @internal */
export declare function peek(payload: string | Uint8Array, name: string): unknown;
/** @internal */
export declare function floatText(number: number): string;
/** @internal */
export declare class Pattern {
  constructor(
    source: string,
    ascii: readonly number[],
    ranges: readonly (readonly [number, number, number])[],
    classes: number,
    transitions: readonly number[],
    accepting: readonly number[],
    start: number,
  );
  readonly source: string;
  matches(text: string): boolean;
}
/** @internal */
export declare class Check {
  read(tree: unknown): unknown;
  write(value: unknown): string;
  keyText(value: unknown): string;
  fromKeyText(text: string): unknown;
  decode(payload: string | Uint8Array, lenient?: boolean): unknown;
  encode(value: unknown): string;
}
/** @internal */
export type Member = readonly [string, Check, ("required" | "optional" | "unset" | "default null")?];
/** @internal */
export type Piece = string | { readonly part: string; readonly check: Check };
/** @internal */
export declare const constant: (value: string | boolean | number | null) => Check;
/** @internal */
export declare const anything: (kinds?: readonly Check[]) => Check;
/** @internal */
export declare const among: (inner: Check, json: string) => Check;
/** @internal */
export interface Format {
  readonly name: string;
  readonly matches: (text: string) => boolean;
}
/** @internal */
export declare const timeOfDay: Format;
export declare const dateTime: Format;
/** @internal */
export declare const nothing: () => Check;
/** @internal */
export declare const boolean: () => Check;
/** @internal */
export declare const integer: (low: number, high: number, step?: string) => Check;
/** @internal */
export declare const number: (limits?: {
  minimum?: number;
  above?: number;
  maximum?: number;
  below?: number;
  step?: string;
}) => Check;
/** @internal */
export declare const text: (rules?: { shortest?: number; longest?: number; pattern?: Pattern; format?: Format }) => Check;
/** @internal */
export declare const time: (utc?: string) => Check;
/** @internal */
export declare const day: () => Check;
/** @internal */
export declare const identifier: () => Check;
/** @internal */
export declare const decimal: (pattern?: Pattern) => Check;
/** @internal */
export declare const nullable: (inner: Check) => Check;
/** @internal */
export declare const list: (
  item: Check,
  rules?: { shortest?: number; longest?: number; unique?: boolean },
) => Check;
/** @internal */
export declare const map: (
  item: Check,
  rules?: { fewest?: number; most?: number; names?: Pattern },
) => Check;
/** @internal */
export declare const features: () => Check;
/** @internal */
export declare const plain: () => Check;
/** @internal */
export declare const texts: (name: string, values: readonly string[]) => Check;
/** @internal */
export declare const alternatives: (
  name: string,
  constants: readonly string[],
  kinds: readonly Check[],
) => Check;
/** @internal */
export declare const tuple: (
  name: string,
  elements: readonly Check[],
  rules: { required: number; rest?: Check; shortest?: number; longest?: number; unique?: boolean },
) => Check;
/** @internal */
export declare const union: (
  name: string,
  branches: readonly (readonly [Check, Check?])[],
  rules?: { tag?: string; exactlyOne?: boolean },
) => Check;
/** @internal */
export declare const named: (find: () => Check) => Check;
/** @internal */
export declare const object: (
  name: string,
  members: readonly Member[],
  open: boolean,
  rules?: { maps?: readonly (readonly [Check, Pattern?])[]; fewest?: number; most?: number },
) => Check;
/** @internal */
export declare function type(check: Check, schema: () => object): ValueType<any, any>;
/** @internal */
export declare const schema: (
  documents: { readonly [id: string]: string },
  document: string,
  fragment: string | null,
  needs: readonly string[],
) => () => { [name: string]: Json };
/** @internal */
export declare function event(
  check: Check,
  schema: () => object,
  channel: string,
  eventType: string,
  pieces: readonly Piece[],
  maxAge?: MaxAge,
): EventType<any, any>;
/** @internal */
export declare const channel: (pieces: readonly Piece[], values: object) => string;
/** @internal */
export declare function key(
  template: string,
  ttl: number | null,
  pieces: readonly Piece[],
  value?: Check,
): ValueKeyType<any, any, any>;
