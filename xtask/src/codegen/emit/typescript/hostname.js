const TABLES = `\
@TABLES@`;

/** @type {Map<string, string>} */
const SETS = new Map(
  TABLES.trim()
    .split("\n")
    .map((line) => /** @type {[string, string]} */ (line.split(": "))),
);

/** @type {Map<string, [number, number][]>} */
const parsed = new Map();

/**
 * @param {string} name
 * @returns {[number, number][]}
 */
function ranges(name) {
  const known = parsed.get(name);
  if (known !== undefined) {
    return known;
  }
  let at = 0;
  const found = (SETS.get(name) ?? "").split(" ").map((token) => {
    const [gap = "0", more = "0"] = token.split(".");
    const first = at + parseInt(gap, 36);
    const last = first + parseInt(more, 36);
    at = last + 1;
    return /** @type {[number, number]} */ ([first, last]);
  });
  parsed.set(name, found);
  return found;
}

const COMPOSE = new Set(
  (SETS.get("compose") ?? "").split(" ").map((pair) =>
    pair
      .split(".")
      .map((code) => parseInt(code, 36))
      .join(" "),
  ),
);

const CLASSES = [...SETS.keys()].filter((name) => name.startsWith("ccc "));

/**
 * @param {string} name
 * @param {number} code
 * @returns {boolean}
 */
function isIn(name, code) {
  const all = ranges(name);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.[1] ?? 0) < code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < all.length && (all[low]?.[0] ?? Infinity) <= code;
}

/**
 * The combining class of a code point.
 * @param {number} code
 * @returns {number}
 */
function classOf(code) {
  const name = CLASSES.find((set) => isIn(set, code));
  return name === undefined ? 0 : Number(name.slice(4));
}

/**
 * RFC 1123, section 2.1; a label that begins with `xn--` is an A-label of IDNA2008, in Unicode 14.0.
 * @param {string} text
 * @returns {boolean}
 */
function isHostname(text) {
  if (text.length < 1 || text.length > 253) {
    return false;
  }
  const labels = [];
  for (const label of text.split(".")) {
    const codes = uLabel(label);
    if (codes === undefined) {
      return false;
    }
    labels.push(codes);
  }
  const isBidi = labels.some((label) => label.some((code) => isIn("rtl", code) || isIn("an", code)));
  return !isBidi || labels.every(runsOneWay);
}

/** The format `hostname`. */
export const hostname = { name: "hostname", matches: isHostname };

const HYPHEN = 0x2d;

/**
 * @param {string} label
 * @returns {number[] | undefined}
 */
function uLabel(label) {
  if (!/^(?!-)[A-Za-z0-9-]{1,63}$/.test(label) || label.endsWith("-") || label.endsWith("\n")) {
    return undefined;
  }
  const lower = label.toLowerCase();
  if (!lower.startsWith("xn--")) {
    return codesOf(lower);
  }
  const decoded = decode(lower.slice(4));
  return decoded !== undefined && encode(decoded) === lower.slice(4) && isULabel(decoded) ? decoded : undefined;
}

/**
 * @param {string} text
 * @returns {number[]}
 */
function codesOf(text) {
  return Array.from(text, (c) => c.codePointAt(0) ?? 0);
}

/**
 * @param {number[]} label
 * @returns {boolean}
 */
function isULabel(label) {
  return (
    label.some((code) => code > 127) &&
    label[0] !== HYPHEN &&
    label.at(-1) !== HYPHEN &&
    !(label[2] === HYPHEN && label[3] === HYPHEN) &&
    !isIn("mark", label[0] ?? 0) &&
    label.every((code) => isIn("allowed", code)) &&
    label.every((_, at) => isInContext(label, at)) &&
    isComposed(label)
  );
}

/**
 * @param {number[]} label
 * @param {number} at
 * @returns {boolean}
 */
function isInContext(label, at) {
  const [before = 0, code = 0, after = 0] = [label[at - 1], label[at], label[at + 1]];
  /**
   * @param {number} first
   * @param {number} last
   */
  const has = (first, last) => label.some((other) => other >= first && other <= last);
  switch (true) {
    case code === 0x200c:
      return classOf(before) === 9 || isBetweenJoining(label, at);
    case code === 0x200d:
      return classOf(before) === 9;
    case code === 0xb7:
      return before === 0x6c && after === 0x6c;
    case code === 0x375:
      return isIn("greek", after);
    case code === 0x5f3 || code === 0x5f4:
      return isIn("hebrew", before);
    case code === 0x30fb:
      return label.some((other) => isIn("japanese", other));
    case code >= 0x660 && code <= 0x669:
      return !has(0x6f0, 0x6f9);
    case code >= 0x6f0 && code <= 0x6f9:
      return !has(0x660, 0x669);
    default:
      return true;
  }
}

/**
 * @param {number[]} label
 * @param {number} at
 * @returns {boolean}
 */
function isBetweenJoining(label, at) {
  /** @param {number} code */
  const solid = (code) => !isIn("transparent", code);
  const before = label.slice(0, at).reverse().find(solid) ?? 0;
  const after = label.slice(at + 1).find(solid) ?? 0;
  return isIn("joins_left", before) && isIn("joins_right", after);
}

/**
 * @param {number[]} label
 * @returns {boolean}
 */
function isComposed(label) {
  let starter = -1;
  let last = 0;
  for (const code of label) {
    const kind = classOf(code);
    const isOpen = kind === 0 ? last === 0 : last < kind;
    if ((kind !== 0 && last > kind) || (isOpen && COMPOSE.has(`${starter} ${code}`))) {
      return false;
    }
    if (kind === 0) {
      starter = code;
    }
    last = kind;
  }
  return true;
}

/**
 * @param {number} code
 * @returns {boolean}
 */
const isLeft = (code) => !["rtl", "an", "en", "nsm", "neutral"].some((name) => isIn(name, code));

/**
 * @param {number[]} label
 * @returns {boolean}
 */
function runsOneWay(label) {
  const last = [...label].reverse().find((code) => !isIn("nsm", code));
  if (last === undefined) {
    return false;
  }
  /** @param {string} name */
  const any = (name) => label.some((code) => isIn(name, code));
  if (isIn("rtl", label[0] ?? 0)) {
    const ends = ["rtl", "en", "an"].some((name) => isIn(name, last));
    return ends && !label.some(isLeft) && !(any("en") && any("an"));
  }
  return isLeft(label[0] ?? 0) && !any("rtl") && !any("an") && (isLeft(last) || isIn("en", last));
}

// Punycode, RFC 3492.

/**
 * @param {number} k
 * @param {number} bias
 * @returns {number}
 */
const threshold = (k, bias) => Math.min(Math.max(k - bias, 1), 26);

/**
 * @param {number} delta
 * @param {number} count
 * @param {boolean} isFirst
 * @returns {number}
 */
function adapt(delta, count, isFirst) {
  let rest = Math.floor(isFirst ? delta / 700 : delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  while (rest > 455) {
    rest = Math.floor(rest / 35);
    k += 36;
  }
  return k + Math.floor((36 * rest) / (rest + 38));
}

/**
 * @param {string} text
 * @returns {number[] | undefined}
 */
function decode(text) {
  const split = text.lastIndexOf("-");
  const out = split < 0 ? [] : codesOf(text.slice(0, split));
  const digits = codesOf(text.slice(split + 1)).map((code) => (code <= 0x39 ? code - 22 : code - 97));
  let [code, at, bias, index] = [128, 0, 72, 0];
  while (index < digits.length) {
    const before = at;
    let [weight, k] = [1, 36];
    for (;;) {
      const digit = digits[index];
      if (digit === undefined) {
        return undefined;
      }
      index += 1;
      at += digit * weight;
      if (at > 0xffffffff) {
        return undefined;
      }
      const limit = threshold(k, bias);
      if (digit < limit) {
        break;
      }
      weight *= 36 - limit;
      k += 36;
    }
    bias = adapt(at - before, out.length + 1, before === 0);
    code += Math.floor(at / (out.length + 1));
    at %= out.length + 1;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      return undefined;
    }
    out.splice(at, 0, code);
    at += 1;
  }
  return out;
}

/**
 * @param {number[]} label
 * @returns {string}
 */
function encode(label) {
  let out = String.fromCodePoint(...label.filter((code) => code < 128));
  const basic = out.length;
  let handled = basic;
  if (basic > 0) {
    out += "-";
  }
  let [code, delta, bias] = [128, 0, 72];
  while (handled < label.length) {
    const from = code;
    code = Math.min(...label.filter((other) => other >= from));
    delta += (code - from) * (handled + 1);
    for (const other of label) {
      if (other < code) {
        delta += 1;
      }
      if (other === code) {
        let [rest, k] = [delta, 36];
        for (let limit = threshold(k, bias); rest >= limit; limit = threshold(k, bias)) {
          out += digitOf(limit + ((rest - limit) % (36 - limit)));
          rest = Math.floor((rest - limit) / (36 - limit));
          k += 36;
        }
        out += digitOf(rest);
        bias = adapt(delta, handled + 1, handled === basic);
        delta = 0;
        handled += 1;
      }
    }
    delta += 1;
    code += 1;
  }
  return out;
}

/**
 * @param {number} value
 * @returns {string}
 */
const digitOf = (value) => String.fromCharCode(value < 26 ? value + 97 : value + 22);
