/**
 * What the models are checked, read and written by. It knows JSON and the rules of schemas, and no schema.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

/** The longest value Redis takes, in bytes. */
export const BYTES_MAX = 512 * 1024 * 1024;

/** How deep arrays and objects may lie in each other. */
const DEPTH_MAX = 127;

// ---- errors ---------------------------------------------------------------------------------------------------

/** A value breaks its schema: where, as a JSON pointer, and why. It never quotes the value. */
export class SchemaError extends Error {
  /**
   * @param {string} reason
   * @param {string} [pointer]
   */
  constructor(reason, pointer = "") {
    super(pointer === "" ? reason : `at ${pointer}: ${reason}`);
    this.name = new.target.name;
    /** @type {string} */
    this.reason = reason;
    /** @type {string} */
    this.pointer = pointer;
  }
}

/** A text is not the JSON of a value of the type. */
export class DecodeError extends SchemaError {}

/** A value breaks a rule of its schema, or is too large to be written. */
export class EncodeError extends SchemaError {}

/** A text is not a key of the template, or not a part of one. */
export class InvalidKey extends SchemaError {}

/** No event of the schemas travels on the channel, or is of the type. */
export class UnknownChannel extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "UnknownChannel";
  }
}

/**
 * Runs `work`, and tells its error from the object or list around it.
 * @template T
 * @param {string | number} name
 * @param {() => T} work
 * @returns {T}
 */
function under(name, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof SchemaError) {
      const token = String(name).replaceAll("~", "~0").replaceAll("/", "~1");
      throw new SchemaError(error.reason, `/${token}${error.pointer}`);
    }
    throw error;
  }
}

/**
 * @param {string} expected
 * @returns {SchemaError}
 */
function fail(expected) {
  return new SchemaError(`expected ${expected}`);
}

// ---- JSON -----------------------------------------------------------------------------------------------------

const DIGITS = /[0-9]+/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;

/** An integer in plain digits that no number holds exactly: a float may be made of it, an integer must not. */
class Wide {
  /** @param {number} nearest */
  constructor(nearest) {
    this.nearest = nearest;
  }
}

/** What an integer must be that a number of JavaScript cannot hold. */
const NARROW = "an integer of at most 2^53 - 1";

/** What an integer is not that the schema may well mean, and that 64 bits, or a float, do not hold exactly. */
const HELD = "an integer that a number holds exactly";

/**
 * The float that a number in a text is, exactly spelt or not.
 * @param {unknown} tree
 * @returns {unknown}
 */
const asFloat = (tree) => (tree instanceof Wide ? tree.nearest : tree);

/** A reader of JSON that keeps what `JSON.parse` loses: members that come twice, and halves of surrogate pairs. */
class Parser {
  /**
   * @param {string} text
   * @param {boolean} lenient
   */
  constructor(text, lenient) {
    this.text = text;
    this.lenient = lenient;
    this.at = 0;
  }

  /**
   * @param {string} expected
   * @returns {SchemaError}
   */
  trouble(expected) {
    const before = this.text.slice(0, this.at);
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    return new SchemaError(`not JSON: expected ${expected} at line ${line} column ${column}`);
  }

  /** @returns {unknown} */
  whole() {
    this.space();
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) {
      throw this.trouble("nothing after the value");
    }
    return value;
  }

  space() {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        return;
      }
      this.at += 1;
    }
  }

  /**
   * @param {string} word
   * @returns {boolean}
   */
  take(word) {
    const found = this.text.startsWith(word, this.at);
    if (found) {
      this.at += word.length;
    }
    return found;
  }

  /**
   * @param {number} depth
   * @returns {unknown}
   */
  value(depth) {
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string();
      case "t":
        if (this.take("true")) return true;
        break;
      case "f":
        if (this.take("false")) return false;
        break;
      case "n":
        if (this.take("null")) return null;
        break;
      case "N":
        if (this.lenient && this.take("NaN")) return NaN;
        break;
      case "I":
        if (this.lenient && this.take("Infinity")) return Infinity;
        break;
      case undefined:
        break;
      default:
        return this.number();
    }
    throw this.trouble("a value");
  }

  /** @param {number} depth */
  enter(depth) {
    if (depth >= DEPTH_MAX) {
      throw this.trouble("fewer than 128 levels of arrays and objects");
    }
    this.at += 1;
    this.space();
  }

  /**
   * @param {number} depth
   * @returns {unknown[]}
   */
  array(depth) {
    this.enter(depth);
    /** @type {unknown[]} */
    const items = [];
    if (this.take("]")) {
      return items;
    }
    for (;;) {
      this.space();
      items.push(this.value(depth + 1));
      this.space();
      if (this.take("]")) {
        return items;
      }
      if (!this.take(",")) {
        throw this.trouble("`,` or `]`");
      }
    }
  }

  /**
   * @param {number} depth
   * @returns {Map<string, unknown>}
   */
  object(depth) {
    this.enter(depth);
    /** @type {Map<string, unknown>} */
    const members = new Map();
    if (this.take("}")) {
      return members;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') {
        throw this.trouble("the name of a member");
      }
      const name = this.string();
      if (members.has(name)) {
        throw new SchemaError(
          "each member once, this one is there twice",
          `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        );
      }
      this.space();
      if (!this.take(":")) {
        throw this.trouble("`:`");
      }
      this.space();
      members.set(name, this.value(depth + 1));
      this.space();
      if (this.take("}")) {
        return members;
      }
      if (!this.take(",")) {
        throw this.trouble("`,` or `}`");
      }
    }
  }

  digits() {
    DIGITS.lastIndex = this.at;
    if (!DIGITS.test(this.text)) {
      throw this.trouble("a digit");
    }
    this.at = DIGITS.lastIndex;
  }

  /** @returns {number | Wide} */
  number() {
    const start = this.at;
    let whole = true;
    const negative = this.take("-");
    if (negative && this.lenient && this.take("Infinity")) {
      return -Infinity;
    }
    const first = this.text.charCodeAt(this.at);
    if (!(first >= 0x30 && first <= 0x39)) {
      throw this.trouble("a value");
    }
    if (!this.take("0")) {
      this.digits();
    }
    if (this.take(".")) {
      whole = false;
      this.digits();
    }
    if (this.take("e") || this.take("E")) {
      whole = false;
      if (!this.take("-")) {
        this.take("+");
      }
      this.digits();
    }
    const number = Number(this.text.slice(start, this.at));
    if (!Number.isFinite(number)) {
      throw this.trouble("a number within the range of 64 bits");
    }
    // The other languages take 2^53 as an integer in any spelling.
    const isInteger = whole || Math.abs(number) === 2 ** 53;
    return isInteger && !Number.isSafeInteger(number) ? new Wide(number) : number;
  }

  /** @returns {string} */
  string() {
    this.at += 1;
    let out = "";
    for (;;) {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      out += this.text.slice(this.at, PLAIN.lastIndex);
      this.at = PLAIN.lastIndex;
      if (this.take('"')) {
        return out;
      }
      if (!this.take("\\")) {
        throw this.trouble("the end of a string");
      }
      out += this.escape();
    }
  }

  /** @returns {string} */
  escape() {
    const escape = this.text[this.at];
    this.at += 1;
    switch (escape) {
      case '"':
      case "\\":
      case "/":
        return escape;
      case "b":
        return "\b";
      case "f":
        return "\f";
      case "n":
        return "\n";
      case "r":
        return "\r";
      case "t":
        return "\t";
      case "u": {
        const first = this.unit();
        if (first < 0xd800 || first > 0xdfff) {
          return String.fromCharCode(first);
        }
        if (first < 0xdc00 && this.take("\\u")) {
          const second = this.unit();
          if (second >= 0xdc00 && second <= 0xdfff) {
            return String.fromCharCode(first, second);
          }
        }
        throw this.trouble("both halves of a surrogate pair");
      }
      default:
        this.at -= 1;
        throw this.trouble("an escape of JSON");
    }
  }

  /** @returns {number} */
  unit() {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) {
      throw this.trouble("four hexadecimal digits");
    }
    this.at += 4;
    return parseInt(digits, 16);
  }
}

/**
 * Whether a text has half of a surrogate pair, which no UTF-8 can say.
 * @param {string} text
 * @returns {boolean}
 */
function hasSurrogate(text) {
  return /\p{Surrogate}/u.test(text);
}

/**
 * @param {string | Uint8Array} payload
 * @returns {string}
 */
function textOf(payload) {
  if (typeof payload !== "string") {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
    } catch {
      throw new SchemaError("not JSON: no UTF-8");
    }
  }
  if (hasSurrogate(payload)) {
    throw new SchemaError("not JSON: expected both halves of a surrogate pair");
  }
  return payload;
}

/**
 * The member `name` of the JSON of an object, if it is one.
 * @param {string | Uint8Array} payload
 * @param {string} name
 * @returns {unknown}
 */
export function peek(payload, name) {
  try {
    const tree = new Parser(textOf(payload), false).whole();
    return tree instanceof Map ? tree.get(name) : undefined;
  } catch (error) {
    if (error instanceof SchemaError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The shortest decimal of a float: its digits, and where the point stands behind the first of them.
 * @param {number} number
 * @returns {[string, number]}
 */
function decimalOf(number) {
  const [mantissa = "", power = "0"] = String(Math.abs(number)).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "");
  const point = whole.length + Number(power) - (all.length - digits.length);
  return [digits.replace(/0+$/, ""), point];
}

/**
 * The shortest text that reads back as `number`, spelt as the other languages spell it.
 * @param {number} number
 * @returns {string}
 */
export function floatText(number) {
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  const [digits, point] = decimalOf(number);
  if (digits === "") {
    return `${sign}0.0`;
  }
  const exponent = point - 1;
  if (exponent < -5 || exponent > 15) {
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : "";
    return `${sign}${digits[0]}${rest}e${exponent > 0 ? "+" : ""}${exponent}`;
  }
  if (point <= 0) {
    return `${sign}0.${"0".repeat(-point)}${digits}`;
  }
  if (point >= digits.length) {
    return `${sign}${digits}${"0".repeat(point - digits.length)}.0`;
  }
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * Sets a property of its own, also one that is called `__proto__`.
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
function set(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * @param {object} object
 * @param {string} name
 * @returns {unknown}
 */
function get(object, name) {
  return Object.hasOwn(object, name) ? /** @type {Record<string, unknown>} */ (object)[name] : undefined;
}

/**
 * In the order of code points, which is that of UTF-8; `sort` alone would compare code units.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function byCodePoint(a, b) {
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const order = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

// ---- checks ---------------------------------------------------------------------------------------------------

/** A pattern as the automaton that the generator made of it; state 0 is dead. */
export class Pattern {
  /**
   * @param {string} source
   * @param {readonly number[]} ascii
   * @param {readonly (readonly [number, number, number])[]} ranges
   * @param {number} classes
   * @param {readonly number[]} transitions
   * @param {readonly number[]} accepting
   * @param {number} start
   */
  constructor(source, ascii, ranges, classes, transitions, accepting, start) {
    this.source = source;
    this.ascii = ascii;
    this.ranges = ranges;
    this.classes = classes;
    this.transitions = transitions;
    this.accepting = new Set(accepting);
    this.start = start;
  }

  /** What a text must be. An automaton that was made of a format alone is called by its name. */
  wanted() {
    const format = /^format ([^ ]+)$/.exec(this.source);
    return format === null ? `a text that matches the pattern \`${this.source}\`` : `a text of the format \`${format[1]}\``;
  }

  /**
   * Whether the whole text takes the automaton from its start to an accepting state.
   * @param {string} text
   * @returns {boolean}
   */
  matches(text) {
    let state = this.start;
    for (const c of text) {
      const code = c.codePointAt(0) ?? 0;
      const kind = (code < 128 ? this.ascii[code] : this.classOf(code)) ?? 0;
      state = this.transitions[state * this.classes + kind] ?? 0;
      if (state === 0) {
        return false;
      }
    }
    return this.accepting.has(state);
  }

  /**
   * @param {number} code
   * @returns {number}
   */
  classOf(code) {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [first, last, kind] = this.ranges[middle] ?? [0, 0, 0];
      if (code < first) {
        high = middle;
      } else if (code > last) {
        low = middle + 1;
      } else {
        return kind;
      }
    }
    return 0;
  }
}

/** What values of one place are held to. */
export class Check {
  /**
   * The value of a JSON tree, or of a caller's plain value where both are the same.
   * @param {unknown} tree
   * @returns {unknown}
   */
  read(tree) {
    throw new TypeError(`${typeof tree} is read by each check in its own way`);
  }

  /**
   * The JSON of a value, which is checked once more.
   * @param {unknown} value
   * @returns {string}
   */
  write(value) {
    throw new TypeError(`${typeof value} is written by each check in its own way`);
  }

  /**
   * The text of a value in a key or channel.
   * @param {unknown} value
   * @returns {string}
   */
  keyText(value) {
    if (typeof value === "string" && hasSurrogate(value)) {
      throw fail("a text without lone surrogates");
    }
    return String(this.read(value));
  }

  /**
   * The value that `keyText` wrote.
   * @param {string} text
   * @returns {unknown}
   */
  fromKeyText(text) {
    return this.read(text);
  }

  /**
   * The value of a JSON text.
   * @param {string | Uint8Array} payload
   * @param {boolean} [lenient]
   * @returns {unknown}
   */
  decode(payload, lenient = false) {
    try {
      return this.read(new Parser(textOf(payload), lenient).whole());
    } catch (error) {
      if (error instanceof SchemaError) {
        throw new DecodeError(error.reason, error.pointer);
      }
      throw error;
    }
  }

  /**
   * The compact JSON of a value, checked once more.
   * @param {unknown} value
   * @returns {string}
   */
  encode(value) {
    let text;
    try {
      text = this.write(value);
    } catch (error) {
      if (error instanceof SchemaError) {
        throw new EncodeError(error.reason, error.pointer);
      }
      throw error;
    }
    // A code unit takes three bytes at most.
    if (text.length > BYTES_MAX / 3 && new TextEncoder().encode(text).length > BYTES_MAX) {
      throw new EncodeError(`the value takes more than the ${BYTES_MAX} bytes that Redis takes`);
    }
    return text;
  }
}

/** Always this value; NaN for an integer beyond 2^53 - 1, which no number can be. */
class Constant extends Check {
  /** @param {string | boolean | number | null} value */
  constructor(value) {
    super();
    this.value = value;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (tree !== this.value) {
      const beyond = Number.isNaN(this.value);
      throw fail(beyond ? "a constant beyond 2^53 - 1, which no number is here" : `the constant ${JSON.stringify(this.value)}`);
    }
    return this.value;
  }

  /** @override @param {unknown} value */
  write(value) {
    return JSON.stringify(value === undefined ? this.read(this.value) : this.read(value));
  }
}

class Nothing extends Check {
  /** @override @param {unknown} tree */
  read(tree) {
    if (tree !== null) {
      throw fail("null");
    }
    return null;
  }

  /** @override @param {unknown} value */
  write(value) {
    return String(this.read(value));
  }
}

/** Any JSON value, in plain arrays and objects; these are written in the order of their names' code points. */
/** Any JSON value. A value of the kind of one of the checks must pass that one. */
class Anything extends Check {
  /** @param {readonly Check[]} kinds */
  constructor(kinds) {
    super();
    this.kinds = kinds;
  }

  /** @override @param {unknown} tree @returns {unknown} */
  read(tree) {
    const value = this.plain(tree);
    for (const kind of this.kinds) {
      if (concerns(kind, tree)) {
        kind.read(tree);
      }
    }
    return value;
  }

  /**
   * @param {unknown} tree
   * @returns {unknown}
   */
  plain(tree) {
    if (tree instanceof Wide) {
      throw fail(NARROW);
    }
    if (Array.isArray(tree)) {
      return tree.map((item, index) => under(index, () => this.plain(item)));
    }
    if (tree instanceof Map) {
      const out = {};
      for (const [name, value] of tree) {
        set(out, name, under(name, () => this.plain(value)));
      }
      return out;
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    const text = this.text(value, 0);
    if (this.kinds.length > 0) {
      this.read(new Parser(text, false).whole());
    }
    return text;
  }

  /**
   * @param {unknown} value
   * @param {number} depth
   * @returns {string}
   */
  text(value, depth) {
    if (depth > DEPTH_MAX) {
      throw fail("fewer than 128 levels of arrays and objects");
    }
    switch (typeof value) {
      case "string":
        return written(value);
      case "boolean":
        return String(value);
      case "number":
        if (!Number.isFinite(value)) {
          throw fail("a finite number");
        }
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : floatText(value);
      case "object": {
        if (value === null) {
          return "null";
        }
        if (Array.isArray(value)) {
          return `[${Array.from(value, (item, index) => under(index, () => this.text(item, depth + 1))).join(",")}]`;
        }
        const members = Object.keys(value)
          .sort(byCodePoint)
          .map((name) => `${written(name)}:${under(name, () => this.text(get(value, name), depth + 1))}`);
        return `{${members.join(",")}}`;
      }
      default:
        throw fail("a value that JSON can say");
    }
  }
}

class Boolean_ extends Check {
  /** @override @param {unknown} tree */
  read(tree) {
    if (typeof tree !== "boolean") {
      throw fail("a boolean");
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return String(this.read(value));
  }
}

/** A `multipleOf`, exactly. */
class Step {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    const [whole = "", fraction = ""] = text.split(".");
    this.digits = BigInt(whole + fraction);
    this.exponent = -fraction.length;
  }

  /**
   * Whether the shortest text of `number` writes a multiple.
   * @param {number} number
   * @returns {boolean}
   */
  divides(number) {
    const [digits, point] = decimalOf(number);
    if (digits === "") {
      return true;
    }
    const exponent = point - digits.length;
    const scale = Math.min(exponent, this.exponent);
    const left = BigInt(digits) * 10n ** BigInt(exponent - scale);
    return left % (this.digits * 10n ** BigInt(this.exponent - scale)) === 0n;
  }
}

/**
 * @param {Check} kind
 * @param {unknown} tree
 * @returns {boolean}
 */
function concerns(kind, tree) {
  return (
    (kind instanceof Number_ && typeof tree === "number") ||
    (kind instanceof Text && typeof tree === "string") ||
    (kind instanceof List && Array.isArray(tree)) ||
    (kind instanceof Map_ && tree instanceof Map)
  );
}

/** A value that is the same JSON as one of a list. */
class Among extends Check {
  /**
   * @param {Check} inner
   * @param {string} json
   */
  constructor(inner, json) {
    super();
    this.inner = inner;
    this.json = json;
    const values = /** @type {unknown[]} */ (new Parser(json, false).whole());
    this.texts = new Set(values.map(canonical));
  }

  /** @param {unknown} tree */
  hold(tree) {
    if (!this.texts.has(canonical(tree))) {
      throw fail(`one of the values ${this.json}`);
    }
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (doubt === undefined) {
      const value = this.inner.read(tree);
      this.hold(tree);
      return value;
    }
    const [value, isSure] = tried(() => this.inner.read(tree));
    if (isSure) {
      this.hold(tree);
    } else {
      doubt = true;
    }
    return value;
  }

  /** @override @param {unknown} value */
  write(value) {
    const text = this.inner.write(value);
    if (!compares) {
      this.hold(new Parser(text, false).whole());
    }
    return text;
  }
}

class Integer extends Check {
  /**
   * @param {number} low
   * @param {number} high
   * @param {string} [step]
   */
  constructor(low, high, step) {
    super();
    this.low = low;
    this.high = high;
    this.step = step === undefined ? undefined : new Step(step);
  }

  /**
   * Whether the limits let an integer beyond 2^53 - 1 pass.
   * @param {number} nearest
   * @returns {boolean}
   */
  mayHold(nearest) {
    return nearest > 0 ? this.high === Number.MAX_SAFE_INTEGER : this.low === Number.MIN_SAFE_INTEGER;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (tree instanceof Wide && this.mayHold(tree.nearest)) {
      throw fail(NARROW);
    }
    if (typeof tree === "number" && Number.isInteger(tree) && !Number.isSafeInteger(tree) && this.mayHold(tree)) {
      if (doubt === undefined) {
        throw fail(HELD);
      }
      doubt = true;
      return STAND_IN;
    }
    if (typeof tree !== "number" || !Number.isSafeInteger(tree)) {
      throw fail("an integer, of at most 2^53 - 1");
    }
    if (tree < this.low || tree > this.high) {
      throw fail(`an integer from ${this.low} to ${this.high}`);
    }
    if (this.step !== undefined && !this.step.divides(tree)) {
      throw fail(`a multiple of ${this.step.text}`);
    }
    return tree === 0 ? 0 : tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return String(compares && Number.isSafeInteger(value) ? value : this.read(value));
  }

  /** @override @param {string} text */
  fromKeyText(text) {
    if (!/^(?:0|-?[1-9][0-9]{0,19})$/.test(text) || text.endsWith("\n")) {
      throw fail("an integer in plain digits");
    }
    return this.read(Number(text));
  }
}

/** @typedef {{ minimum?: number, above?: number, maximum?: number, below?: number, step?: string }} Limits */

class Number_ extends Check {
  /** @param {Limits} limits */
  constructor(limits) {
    super();
    this.limits = limits;
    this.step = limits.step === undefined ? undefined : new Step(limits.step);
  }

  /** @override @param {unknown} given */
  read(given) {
    const tree = asFloat(given);
    if (typeof tree !== "number" || !Number.isFinite(tree)) {
      throw fail("a finite number");
    }
    const { minimum, above, maximum, below } = this.limits;
    if (
      (minimum !== undefined && tree < minimum) ||
      (above !== undefined && tree <= above) ||
      (maximum !== undefined && tree > maximum) ||
      (below !== undefined && tree >= below)
    ) {
      throw fail("a number within its limits");
    }
    if (this.step !== undefined && !this.step.divides(tree)) {
      throw fail(`a multiple of ${this.step.text}`);
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return floatText(/** @type {number} */ (this.read(value)));
  }
}

/** A rule of texts that no pattern can say. */
/** @typedef {{ readonly name: string, readonly matches: (text: string) => boolean }} Format */
/** @typedef {{ shortest?: number, longest?: number, pattern?: Pattern, format?: Format }} TextRules */

class Text extends Check {
  /** @param {TextRules} rules */
  constructor(rules) {
    super();
    this.rules = rules;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (typeof tree !== "string") {
      throw fail("a text");
    }
    const { shortest, longest, pattern, format } = this.rules;
    if (shortest !== undefined || longest !== undefined) {
      let length = 0;
      for (const _ of tree) {
        length += 1;
      }
      if (shortest !== undefined && length < shortest) {
        throw fail(`a text of at least ${shortest} code points`);
      }
      if (longest !== undefined && length > longest) {
        throw fail(`a text of at most ${longest} code points`);
      }
    }
    if (pattern !== undefined && !pattern.matches(tree)) {
      throw fail(pattern.wanted());
    }
    if (format !== undefined && !format.matches(tree)) {
      throw fail(`a text of the format \`${format.name}\``);
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return written(/** @type {string} */ (this.read(value)));
  }
}

/**
 * @param {string} text
 * @returns {string}
 */
function written(text) {
  if (hasSurrogate(text)) {
    throw fail("a text without lone surrogates");
  }
  return JSON.stringify(text);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * @param {string} text
 * @returns {boolean}
 */
function isDate(text) {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (match === null || text.length !== 10) {
    return false;
  }
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) {
    return false;
  }
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

const TIME =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;
const TIME_EXPECTED = "an RFC 3339 date and time that exists, such as 2025-01-17T09:30:00Z";

class Time extends Check {
  /** @param {string} utc */
  constructor(utc) {
    super();
    this.utc = utc;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    const match = typeof tree === "string" ? TIME.exec(tree) : null;
    if (match === null || match[0] !== tree) {
      throw fail(TIME_EXPECTED);
    }
    const [, date = "", hour, minute, second, fraction = "", sign, offsetHour = "00", offsetMinute = "00"] = match;
    const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
    const minutes = Number(hour) * 60 + Number(minute);
    if (
      !isDate(date) ||
      Number(hour) > 23 ||
      Number(minute) > 59 ||
      Number(second) > 60 ||
      Number(offsetHour) > 23 ||
      Number(offsetMinute) > 59 ||
      // A leap second is the last of a UTC day.
      (Number(second) === 60 && (((minutes - offset) % 1440) + 1440) % 1440 !== 1439)
    ) {
      throw fail(TIME_EXPECTED);
    }
    const nanos = fraction.slice(0, 9).padEnd(9, "0");
    let shown = "";
    if (nanos !== "000000000") {
      shown = nanos.endsWith("000") ? `.${nanos.slice(0, 6)}` : `.${nanos}`;
    }
    const zone = offset === 0 ? "Z" : `${sign}${offsetHour}:${offsetMinute}`;
    return `${date}T${hour}:${minute}:${second}${shown}${zone}`;
  }

  /** @override @param {unknown} value */
  write(value) {
    const text = String(this.read(value));
    return `"${text.endsWith("Z") ? text.slice(0, -1) + this.utc : text}"`;
  }
}

class Day extends Check {
  /** @override @param {unknown} tree */
  read(tree) {
    if (typeof tree !== "string" || !isDate(tree)) {
      throw fail("a full date that exists, such as 2025-01-17");
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return `"${this.read(value)}"`;
  }
}

class Identifier extends Check {
  /** @override @param {unknown} tree */
  read(tree) {
    const form = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;
    if (typeof tree !== "string" || tree.length !== 36 || !form.test(tree)) {
      throw fail("a UUID of 36 characters");
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return `"${this.read(value)}"`;
  }
}

class DecimalText extends Check {
  /** @param {Pattern} [pattern] */
  constructor(pattern) {
    super();
    this.pattern = pattern;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    const match = typeof tree === "string" ? /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?$/.exec(tree) : null;
    if (match === null || match[0] !== tree) {
      throw fail('a decimal number as text, such as "150.25"');
    }
    if (this.pattern !== undefined && !this.pattern.matches(tree)) {
      throw fail(this.pattern.wanted());
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return `"${this.read(value)}"`;
  }
}

class Nullable extends Check {
  /** @param {Check} inner */
  constructor(inner) {
    super();
    this.inner = inner;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    return tree === null ? null : this.inner.read(tree);
  }

  /** @override @param {unknown} value */
  write(value) {
    return value === null ? "null" : this.inner.write(value);
  }
}

/** @typedef {{ shortest?: number, longest?: number, unique?: boolean }} ListRules */

class List extends Check {
  /**
   * @param {Check} item
   * @param {ListRules} rules
   */
  constructor(item, rules) {
    super();
    this.item = item;
    this.rules = rules;
  }

  /** @param {unknown[]} items */
  count(items) {
    const { shortest, longest } = this.rules;
    if (shortest !== undefined && items.length < shortest) {
      throw fail(`at least ${shortest} items`);
    }
    if (longest !== undefined && items.length > longest) {
      throw fail(`at most ${longest} items`);
    }
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (!Array.isArray(tree)) {
      throw fail("an array");
    }
    const items = tree.map((item, index) => under(index, () => this.item.read(item)));
    this.count(items);
    if (this.rules.unique === true) {
      differ(again(() => items.map((item) => this.item.write(item))));
    }
    return items;
  }

  /** @override @param {unknown} value */
  write(value) {
    if (!Array.isArray(value)) {
      throw fail("an array");
    }
    // A hole is written as what it reads as.
    const texts = Array.from(value, (item, index) => under(index, () => this.item.write(item)));
    this.count(texts);
    if (this.rules.unique === true && !compares) {
      differ(texts);
    }
    return `[${texts.join(",")}]`;
  }
}

/**
 * Holds JSON texts to `uniqueItems`: numbers are compared by value, members in any order.
 * @param {string[]} texts
 */
function differ(texts) {
  // Nothing is known of what an integer is equal to that another stands for.
  const known = texts.filter((text) => doubt !== true || !text.includes(String(STAND_IN)));
  const seen = new Set(known.map((text) => canonical(new Parser(text, false).whole())));
  if (seen.size !== known.length) {
    throw fail("items that all differ");
  }
}

/**
 * While an alternative is tried, whether an integer was met in it that no number holds exactly.
 * @type {boolean | undefined}
 */
let doubt;

/** What is read in place of such an integer, so that whatever else is wrong with the alternative is found, in whichever order. */
const STAND_IN = 978091665;

/**
 * What `work` gives, and whether it is sure: in doubt nothing is wrong with it but integers that are not held.
 * @template T
 * @param {() => T} work
 * @returns {[T, boolean]}
 */
function tried(work) {
  const around = doubt;
  doubt = false;
  try {
    const value = work();
    return [value, !doubt];
  } finally {
    doubt = around;
  }
}

/** Whether what was just read is being written to be compared: it was judged, and what is nested in it is not judged on each level. */
let compares = false;

/**
 * @template T
 * @param {() => T} write
 * @returns {T}
 */
function again(write) {
  const before = compares;
  compares = true;
  try {
    return write();
  } finally {
    compares = before;
  }
}

/**
 * A text that two JSON values share exactly when they are the same: `1.0` is `1`, and members have no order.
 * @param {unknown} tree
 * @returns {string}
 */
function canonical(tree) {
  if (Array.isArray(tree)) {
    return `[${tree.map(canonical).join(",")}]`;
  }
  if (tree instanceof Map) {
    const names = [...tree.keys()].sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(tree.get(name))}`).join(",")}}`;
  }
  return JSON.stringify(asFloat(tree));
}

/** @typedef {{ required: number, rest?: Check, shortest?: number, longest?: number, unique?: boolean }} TupleRules */

/** An array whose first elements have checks of their own; those behind `required` may be absent. */
class Tuple extends Check {
  /**
   * @param {string} name
   * @param {readonly Check[]} elements
   * @param {TupleRules} rules
   */
  constructor(name, elements, rules) {
    super();
    this.name = name;
    this.elements = elements;
    this.rules = rules;
  }

  /**
   * @template T
   * @param {unknown} value
   * @param {(check: Check, item: unknown) => T} use
   * @returns {T[]}
   */
  each(value, use) {
    if (!Array.isArray(value)) {
      throw fail(`an array of the type ${this.name}`);
    }
    const { required, rest, shortest = required, longest } = this.rules;
    const most = longest ?? (rest === undefined ? this.elements.length : Infinity);
    if (value.length < shortest) {
      throw fail(`at least ${shortest} items`);
    }
    if (value.length > most) {
      throw fail(`at most ${most} items`);
    }
    return Array.from(value, (item, index) => {
      const check = this.elements[index] ?? rest;
      if (check === undefined) {
        throw fail(`at most ${this.elements.length} items`);
      }
      return under(index, () => use(check, item));
    });
  }

  /** @override @param {unknown} tree */
  read(tree) {
    const items = this.each(tree, (check, item) => check.read(item));
    if (this.rules.unique === true) {
      differ(again(() => this.each(items, (check, item) => check.write(item))));
    }
    return items;
  }

  /** @override @param {unknown} value */
  write(value) {
    const texts = this.each(value, (check, item) => check.write(item));
    if (this.rules.unique === true && !compares) {
      differ(texts);
    }
    return `[${texts.join(",")}]`;
  }
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @typedef {{ fewest?: number, most?: number, names?: Pattern }} MapRules */

/** Values by name; written in the order of the names' code points. */
class Map_ extends Check {
  /**
   * @param {Check} item
   * @param {MapRules} rules
   */
  constructor(item, rules) {
    super();
    this.item = item;
    this.rules = rules;
  }

  /** @param {string[]} all */
  hold(all) {
    const { fewest, most, names } = this.rules;
    if (fewest !== undefined && all.length < fewest) {
      throw fail(`at least ${fewest} properties`);
    }
    if (most !== undefined && all.length > most) {
      throw fail(`at most ${most} properties`);
    }
    if (names !== undefined) {
      for (const name of all) {
        if (!names.matches(name)) {
          under(name, () => {
            throw fail(`a name that matches the pattern \`${names.source}\``);
          });
        }
      }
    }
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (!(tree instanceof Map)) {
      throw fail("an object");
    }
    this.hold([...tree.keys()]);
    const out = {};
    for (const [name, value] of tree) {
      set(out, name, under(name, () => this.item.read(value)));
    }
    return out;
  }

  /** @override @param {unknown} value */
  write(value) {
    if (!isObject(value)) {
      throw fail("an object");
    }
    this.hold(Object.keys(value));
    const members = Object.keys(value)
      .sort(byCodePoint)
      .map((name) => `${written(name)}:${under(name, () => this.item.write(get(value, name)))}`);
    return `{${members.join(",")}}`;
  }
}

/** Numbers by feature name. Those that are not finite are read, since Python writers leave them, not written. */
class Features extends Map_ {
  constructor() {
    super(new Number_({}), {});
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (!(tree instanceof Map)) {
      throw fail("an object");
    }
    const out = {};
    for (const [name, member] of tree) {
      const value = asFloat(member);
      if (typeof value !== "number") {
        throw under(name, () => fail("a number"));
      }
      set(out, name, value);
    }
    return out;
  }

  /** @override @param {string | Uint8Array} payload */
  decode(payload) {
    return super.decode(payload, true);
  }
}

/** One of several texts. */
class Texts extends Check {
  /**
   * @param {string} name
   * @param {readonly string[]} values
   */
  constructor(name, values) {
    super();
    this.name = name;
    this.values = values;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (typeof tree !== "string" || !this.values.includes(tree)) {
      throw fail(`one of the values of ${this.name}`);
    }
    return tree;
  }

  /** @override @param {unknown} value */
  write(value) {
    return JSON.stringify(this.read(value));
  }
}

/** The first of several kinds of text that fits. */
class Alternatives extends Check {
  /**
   * @param {string} name
   * @param {readonly string[]} constants
   * @param {readonly Check[]} kinds
   */
  constructor(name, constants, kinds) {
    super();
    this.name = name;
    this.constants = constants;
    this.kinds = kinds;
  }

  /**
   * @template T
   * @param {unknown} value
   * @param {(text: string) => T} constant
   * @param {(kind: Check) => T} other
   * @returns {T}
   */
  first(value, constant, other) {
    if (typeof value === "string") {
      if (this.constants.includes(value)) {
        return constant(value);
      }
      for (const kind of this.kinds) {
        try {
          return other(kind);
        } catch (error) {
          if (!(error instanceof SchemaError)) {
            throw error;
          }
        }
      }
    }
    throw fail(`one of the values of ${this.name}`);
  }

  /** @override @param {unknown} tree @returns {unknown} */
  read(tree) {
    return this.first(
      tree,
      (text) => /** @type {unknown} */ (text),
      (kind) => kind.read(tree),
    );
  }

  /** @override @param {unknown} value */
  write(value) {
    return this.first(value, written, (kind) => kind.write(value));
  }
}

/** A kind of value, and the constant of the union's tag by which its objects are known. */
/** @typedef {readonly [Check, Check?]} Branch */
/** @typedef {{ tag?: string, exactlyOne?: boolean }} UnionRules */

/** How many unions are being written: within one, a constant that is left out would make a value of another kind. */
let unionsAround = 0;

/**
 * Values of several kinds: the first that fits, or exactly one where they may overlap. Where another might fit if it could
 * be read, nothing is known to be the only one. An object with the tag of one may be of another that has no tag; if it is of
 * none, what is wrong with it as the one of its tag is told.
 */
class Union extends Check {
  /**
   * @param {string} name
   * @param {readonly Branch[]} branches
   * @param {UnionRules} rules
   */
  constructor(name, branches, rules) {
    super();
    this.name = name;
    this.branches = branches;
    this.rules = rules;
  }

  /**
   * What `use` makes of the branch that fits; `tagged` is the value of the tag. An integer that is too wide for the
   * branch of integers is not for a branch of numbers to round.
   * @template T
   * @param {unknown} tagged
   * @param {(check: Check) => T} use
   * @returns {T}
   */
  choose(tagged, use) {
    /** @type {T[]} */
    const found = [];
    /** @type {T[]} */
    const doubted = [];
    /** @type {SchemaError | undefined} */
    let told;
    for (const [check, tag] of this.branches) {
      if (tag !== undefined) {
        if (tagged === undefined || !fits(() => tag.read(tagged))) {
          continue;
        }
      }
      const tells = tag !== undefined && this.rules.exactlyOne !== true;
      const error = trouble(() => {
        const [value, isSure] = tried(() => use(check));
        (isSure ? found : doubted).push(value);
        if (!isSure && tells && doubt === undefined) {
          // Read as if alone, it says where the integer is.
          use(check);
        }
      });
      if (tells) {
        told = error ?? told;
      }
      if (found.length > 0 && this.rules.exactlyOne !== true) {
        break;
      }
    }
    const [first] = found;
    if (found.length > 1) {
      throw fail("a value of exactly one alternative");
    }
    const [perhaps] = doubted;
    if (perhaps !== undefined && (first === undefined || this.rules.exactlyOne === true)) {
      // Within an alternative of another choice only: what stands for an integer goes no further.
      if (doubt !== undefined) {
        doubt = true;
        return perhaps;
      }
      throw told ?? fail(HELD);
    }
    if (first === undefined) {
      throw told ?? fail(`one of the values of ${this.name}`);
    }
    return first;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    const { tag } = this.rules;
    const tagged = tag !== undefined && tree instanceof Map ? tree.get(tag) : undefined;
    // In a list, since a value can be null.
    const [value] = this.choose(tagged, (check) => [check.read(tree)]);
    return value;
  }

  /** @override @param {unknown} value */
  write(value) {
    const { tag } = this.rules;
    const tagged = tag !== undefined && isObject(value) ? get(value, tag) : undefined;
    unionsAround += 1;
    let text;
    try {
      text = this.choose(tagged, (check) => check.write(value));
    } finally {
      unionsAround -= 1;
    }
    if (this.rules.exactlyOne === true && !compares) {
      this.read(new Parser(text, false).whole());
    }
    return text;
  }
}

/**
 * What `work` finds wrong, if anything.
 * @param {() => unknown} work
 * @returns {SchemaError | undefined}
 */
function trouble(work) {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof SchemaError && error.reason !== `expected ${NARROW}`) {
      return error;
    }
    throw error;
  }
}

/**
 * Whether `work` finds nothing wrong.
 * @param {() => unknown} work
 * @returns {boolean}
 */
function fits(work) {
  return trouble(work) === undefined;
}

/** A check that is defined elsewhere, perhaps further down. */
class Named extends Check {
  /** @param {() => Check} find */
  constructor(find) {
    super();
    this.find = find;
  }

  /** @override @param {unknown} tree */
  read(tree) {
    return this.find().read(tree);
  }

  /** @override @param {unknown} value */
  write(value) {
    return this.find().write(value);
  }

  /** @override @param {unknown} value */
  keyText(value) {
    return this.find().keyText(value);
  }

  /** @override @param {string} text */
  fromKeyText(text) {
    return this.find().fromKeyText(text);
  }
}

/** How a member may be missing: not at all; absent, not null; absent or null; absent, and then null. */
/** @typedef {"required" | "optional" | "unset" | "default null"} Presence */
/** @typedef {readonly [string, Check, Presence?]} Member */

/** Members that are not declared: what they are, and which names they have; all, if nothing is said. */
/** @typedef {readonly [Check, Pattern?]} Kept */
/** @typedef {{ maps?: readonly Kept[], fewest?: number, most?: number }} ObjectRules */

/** An object with declared members. Others belong to the first of the maps that takes their names. */
class Object_ extends Check {
  /**
   * @param {string} name
   * @param {readonly Member[]} members
   * @param {boolean} open
   * @param {ObjectRules} rules
   */
  constructor(name, members, open, rules) {
    super();
    this.name = name;
    this.members = members;
    this.open = open;
    this.maps = rules.maps ?? [];
    this.rules = rules;
    this.names = new Set(members.map(([wire]) => wire));
  }

  /**
   * The names that are not declared, each with the check of its map; where there are no maps, they are ignored or refused.
   * @param {Iterable<string>} names
   * @returns {Map<Check, string[]>}
   */
  others(names) {
    /** @type {Map<Check, string[]>} */
    const kept = new Map(this.maps.map(([check]) => [check, []]));
    if (this.open && kept.size === 0) {
      return kept;
    }
    for (const name of names) {
      if (this.names.has(name)) {
        continue;
      }
      const map = this.maps.find(([, pattern]) => pattern === undefined || pattern.matches(name));
      if (map === undefined) {
        return under(name, () => {
          throw new SchemaError("a member that the type does not have");
        });
      }
      kept.get(map[0])?.push(name);
    }
    return kept;
  }

  /** @param {number} count */
  count(count) {
    const { fewest, most } = this.rules;
    if (fewest !== undefined && count < fewest) {
      throw fail(`at least ${fewest} properties`);
    }
    if (most !== undefined && count > most) {
      throw fail(`at most ${most} properties`);
    }
  }

  /** @override @param {unknown} tree */
  read(tree) {
    if (!(tree instanceof Map)) {
      throw fail(`an object of the type ${this.name}`);
    }
    const others = this.others(tree.keys());
    this.count(tree.size);
    const out = {};
    for (const [wire, check, presence = "required"] of this.members) {
      if (tree.has(wire)) {
        set(out, wire, under(wire, () => check.read(tree.get(wire))));
      } else if (presence === "required") {
        throw new SchemaError(`the member \`${wire}\` is missing`);
      } else if (presence === "default null") {
        set(out, wire, null);
      }
    }
    for (const [check, names] of others) {
      for (const name of names) {
        set(out, name, under(name, () => check.read(tree.get(name))));
      }
    }
    return out;
  }

  /** @override @param {unknown} value */
  write(value) {
    if (!isObject(value)) {
      throw fail(`an object of the type ${this.name}`);
    }
    const others = this.others(Object.keys(value));
    const members = [];
    for (const [wire, check, presence = "required"] of this.members) {
      let held = get(value, wire);
      if (held === undefined) {
        if (presence === "optional" || presence === "unset") {
          continue;
        }
        if (presence === "default null") {
          held = null;
        } else if (!(check instanceof Constant) || unionsAround > 0) {
          throw new SchemaError(`the member \`${wire}\` is missing`);
        }
      }
      members.push(`${written(wire)}:${under(wire, () => check.write(held))}`);
    }
    for (const [check, names] of others) {
      for (const name of names.sort(byCodePoint)) {
        members.push(`${written(name)}:${under(name, () => check.write(get(value, name)))}`);
      }
    }
    this.count(members.length);
    return `{${members.join(",")}}`;
  }
}

/** A value that is a text as it stands, without JSON around it. */
class Plain extends Check {
  /** @override @param {string | Uint8Array} payload */
  decode(payload) {
    if (typeof payload === "string") {
      return payload;
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
    } catch {
      throw new DecodeError("no UTF-8");
    }
  }

  /** @override @param {unknown} value */
  encode(value) {
    if (typeof value !== "string" || hasSurrogate(value)) {
      throw new EncodeError("expected a text");
    }
    return value;
  }
}

/** @param {string | boolean | number | null} value */
export const constant = (value) => new Constant(value);
/** @param {readonly Check[]} [kinds] */
export const anything = (kinds = []) => new Anything(kinds);
/** @param {Check} inner @param {string} json */
export const among = (inner, json) => new Among(inner, json);
/** RFC 3339: a time of day with its offset. */
export const timeOfDay = {
  name: "time",
  /** @param {string} text */
  matches: (text) => dateTime.matches(`2000-01-01T${text}`),
};
/** RFC 3339: an instant with its offset. */
export const dateTime = {
  name: "date-time",
  /** @param {string} text */
  matches: (text) => {
    try {
      new Time("Z").read(text);
      return true;
    } catch (error) {
      if (error instanceof SchemaError) {
        return false;
      }
      throw error;
    }
  },
};
export const nothing = () => new Nothing();
export const boolean = () => new Boolean_();
/** @param {number} low @param {number} high @param {string} [step] */
export const integer = (low, high, step) => new Integer(low, high, step);
/** @param {Limits} [limits] */
export const number = (limits = {}) => new Number_(limits);
/** @param {TextRules} [rules] */
export const text = (rules = {}) => new Text(rules);
/** @param {string} [utc] */
export const time = (utc = "Z") => new Time(utc);
export const day = () => new Day();
export const identifier = () => new Identifier();
/** @param {Pattern} [pattern] */
export const decimal = (pattern) => new DecimalText(pattern);
/** @param {Check} inner */
export const nullable = (inner) => new Nullable(inner);
/** @param {Check} item @param {ListRules} [rules] */
export const list = (item, rules = {}) => new List(item, rules);
/** @param {Check} item @param {MapRules} [rules] */
export const map = (item, rules = {}) => new Map_(item, rules);
export const features = () => new Features();
export const plain = () => new Plain();
/** @param {string} name @param {readonly string[]} values */
export const texts = (name, values) => new Texts(name, values);
/** @param {string} name @param {readonly string[]} constants @param {readonly Check[]} kinds */
export const alternatives = (name, constants, kinds) => new Alternatives(name, constants, kinds);
/** @param {string} name @param {readonly Check[]} elements @param {TupleRules} rules */
export const tuple = (name, elements, rules) => new Tuple(name, elements, rules);
/** @param {string} name @param {readonly Branch[]} branches @param {UnionRules} [rules] */
export const union = (name, branches, rules = {}) => new Union(name, branches, rules);
/** @param {() => Check} find */
export const named = (find) => new Named(find);
/** @param {string} name @param {readonly Member[]} members @param {boolean} open @param {ObjectRules} [rules] */
export const object = (name, members, open, rules = {}) => new Object_(name, members, open, rules);

// ---- what a program uses --------------------------------------------------------------------------------------

/**
 * The schema of a type: a place in one of several documents, and those that it refers to.
 * @param {{ readonly [id: string]: string }} documents
 * @param {string} document
 * @param {string | null} fragment
 * @param {readonly string[]} needs
 */
export const schema = (documents, document, fragment, needs) => () => {
  const load = (/** @type {string} */ id) => /** @type {Record<string, unknown>} */ (JSON.parse(documents[id] ?? "{}"));
  let own = load(document);
  if (fragment !== null) {
    own = { $ref: `${document}#${fragment}`, $defs: { [document]: own } };
  }
  if (needs.length > 0) {
    const held = Object.fromEntries(needs.map((id) => [id, load(id)]));
    own["$defs"] = { .../** @type {object} */ (own["$defs"] ?? {}), ...held };
  }
  return { $schema: "https://json-schema.org/draft/2020-12/schema", ...own };
};

/**
 * A type of the schemas as a value: how its JSON is read and written.
 * @param {Check} check
 * @param {() => object} schema
 */
export function type(check, schema) {
  return Object.freeze({
    schema,
    /** @param {string | Uint8Array} payload */
    decode: (payload) => check.decode(payload),
    /** @param {unknown} value */
    encode: (value) => check.encode(value),
    /** @param {unknown} value */
    is: (value) => {
      try {
        check.write(value);
        return true;
      } catch (error) {
        if (error instanceof SchemaError) {
          return false;
        }
        throw error;
      }
    },
  });
}

/** @typedef {string | { readonly part: string, readonly check: Check }} Piece */

/**
 * @param {readonly Piece[]} pieces
 * @param {object} values
 * @returns {string}
 */
function build(pieces, values) {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : under(piece.part, () => piece.check.keyText(get(values, piece.part)))))
    .join("");
}

/**
 * A type of event as a value.
 * @param {Check} check
 * @param {() => object} schema
 * @param {string} channel
 * @param {string} eventType
 * @param {readonly Piece[]} pieces
 * @param {{ seconds: number, expired: "publish" | "dead-letter" } | null} [maxAge]
 */
export function event(check, schema, channel, eventType, pieces, maxAge = null) {
  const literals = [""];
  for (const piece of pieces) {
    if (typeof piece === "string") {
      literals[literals.length - 1] += piece;
    } else {
      literals.push("");
    }
  }
  return Object.freeze({
    ...type(check, schema),
    channel,
    eventType,
    maxAge,
    /** @param {object} value */
    channelOf: (value) => build(pieces, value),
    /** @param {string} name */
    matches: (name) => channelMatches(literals, name),
  });
}

/**
 * One channel of a template.
 * @param {readonly Piece[]} pieces
 * @param {object} values
 * @returns {string}
 */
export const channel = (pieces, values) => build(pieces, values);

/**
 * Whether `name` may be of the template with these texts around its placeholders.
 * @param {readonly string[]} literals
 * @param {string} name
 * @returns {boolean}
 */
function channelMatches(literals, name) {
  const [first = "", ...others] = literals;
  if (others.length === 0) {
    return name === first;
  }
  if (!name.startsWith(first)) {
    return false;
  }
  let rest = name.slice(first.length);
  for (const [index, literal] of others.entries()) {
    // A part has at least one character, so the literal after it starts behind that.
    const [head] = rest;
    if (head === undefined) {
      return false;
    }
    const behind = rest.slice(head.length);
    if (index + 1 === others.length) {
      return behind.endsWith(literal);
    }
    const at = behind.indexOf(literal);
    if (at < 0) {
      return false;
    }
    rest = behind.slice(at + literal.length);
  }
  return rest === "";
}

/**
 * A kind of key as a value.
 * @param {string} template
 * @param {number | null} ttl
 * @param {readonly Piece[]} pieces
 * @param {Check} [value]
 */
export function key(template, ttl, pieces, value) {
  const other = () => new InvalidKey(`not a key of the template \`${template}\``);
  /**
   * @template T
   * @param {() => T} work
   * @returns {T}
   */
  const named = (work) => {
    try {
      return work();
    } catch (error) {
      if (error instanceof SchemaError && !(error instanceof InvalidKey)) {
        throw new InvalidKey(`${error.reason} in a part of \`${template}\``, error.pointer);
      }
      throw error;
    }
  };
  const own = {
    template,
    ttl,
    /** @param {object} parts */
    build: (parts) => named(() => build(pieces, parts)),
    /** @param {string} text */
    parse: (text) =>
      named(() => {
        const out = {};
        let rest = text;
        const [head] = pieces;
        if (typeof head === "string") {
          if (!rest.startsWith(head)) {
            throw other();
          }
          rest = rest.slice(head.length);
        }
        for (const [index, piece] of pieces.entries()) {
          // What follows a part is taken with it.
          if (typeof piece === "string") {
            continue;
          }
          const separator = pieces[index + 1];
          let part = rest;
          if (typeof separator === "string") {
            const at = rest.indexOf(separator);
            if (at < 0) {
              throw other();
            }
            part = rest.slice(0, at);
            rest = rest.slice(at + separator.length);
          } else {
            rest = "";
          }
          if (hasSurrogate(part)) {
            throw other();
          }
          set(out, piece.part, under(piece.part, () => piece.check.fromKeyText(part)));
        }
        if (rest !== "") {
          throw other();
        }
        return out;
      }),
    /** @param {object} [parts] */
    scanPattern: (parts = {}) =>
      named(() =>
        pieces
          .map((piece) => {
            if (typeof piece === "string") {
              return piece;
            }
            const given = get(parts, piece.part);
            if (given === undefined) {
              return "*";
            }
            return under(piece.part, () => piece.check.keyText(given)).replace(/[*?[\]\\]/g, "\\$&");
          })
          .join(""),
      ),
  };
  if (value === undefined) {
    return Object.freeze(own);
  }
  return Object.freeze({
    ...own,
    /** @param {string | Uint8Array} payload */
    decodeValue: (payload) => value.decode(payload),
    /** @param {unknown} held */
    encodeValue: (held) => value.encode(held),
  });
}
