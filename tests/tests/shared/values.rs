//! Values of a schema and values nearly of it, by seed: the same seed gives the same values on every machine.
//!
//! A generated value has the members that the schema describes and no others, as a writer sends them; most are valid, some
//! go one step beyond a limit of length or count, and the referee says which. A mutation changes one place: members dropped, added, renamed and exchanged, numbers and texts moved
//! across the edges of rules, parts of other values put in. A spelling is one of the texts that JSON has for a value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use redis_client_xtask::codegen::automaton::Dfa;
use redis_client_xtask::codegen::pattern;
use serde_json::{Map, Value, json};

use super::resolve::{Bundle, Place};

/// `SplitMix64`: small, and the same on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// True one time in `of`.
    pub(crate) fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Texts on the edges of formats and of what schemas say of lengths, in JSON's own terms.
pub(crate) const TEXTS: [&str; 96] = [
    "",
    " ",
    "a",
    "b",
    "x",
    "ab",
    "abc",
    "aab",
    "cba",
    "abcd",
    "x-1",
    "x-a",
    "y",
    "1",
    "12",
    "123",
    "1234",
    "A",
    "AB",
    "AB12",
    "Ab",
    "é",
    "e\u{301}",
    "😀",
    "ä b",
    "日本",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "a\n",
    "\u{0}",
    "\u{7f}",
    "red",
    "green",
    "blue",
    "Red",
    "true",
    "null",
    "AAPL",
    "BTC/USD",
    "A:B",
    "A*",
    "*",
    "a\\b",
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2025-1-17",
    "0000-01-01",
    "2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00.5-05:00",
    "2024-01-01t00:00:00z",
    "2024-01-01 00:00:00Z",
    "2024-01-01T00:00:00",
    "2024-01-01T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:59:60+01:00",
    "2024-01-01T00:00:00+24:00",
    "12:30:00Z",
    "12:30:00.25+01:00",
    "12:30:00",
    "23:59:60Z",
    "24:00:00Z",
    "127.0.0.1",
    "256.0.0.1",
    "1.2.3",
    "01.2.3.4",
    "::1",
    "1::2::3",
    "::ffff:1.2.3.4",
    "12345::",
    "a@b.c",
    "a@b",
    "@b",
    "a b@c.d",
    "\"a b\"@c.d",
    "http://x/y",
    "urn:a:b",
    "/relative",
    "http://x/ y",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
    "2eb8aa08aa9811eab4aa73b441d16380",
    "1.50",
    "-2e3",
    "1e",
    ".5",
    "1E+2",
    "P1D",
    "P1DT2H",
    "P",
    "P1S",
    "PT1M",
    "P1W",
    "example.org",
    "-a.org",
];

/// Numbers around the edges.
pub(crate) const NUMBERS: [&str; 28] = [
    "0",
    "1",
    "-1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "9",
    "10",
    "11",
    "12",
    "20",
    "99",
    "100",
    "0.5",
    "1.5",
    "-0.5",
    "0.1",
    "0.25",
    "2.0",
    "0.3",
    "1e-7",
    "1e21",
    "9007199254740991",
    "-9007199254740991",
    "4.35",
];

/// Names that no schema of the tests declares.
pub(crate) const STRANGERS: [&str; 4] = ["later", "zz top", "größer", "n_x_kg"];

/// Valid texts of each format.
const OF_FORMATS: [(&str, &[&str]); 11] = [
    (
        "date-time",
        &[
            "2024-02-29T23:59:59Z",
            "2024-01-01T00:00:00.5-05:00",
            "2016-12-31T23:59:60Z",
            "2025-01-17T09:30:00.123456789+14:00",
        ],
    ),
    ("date", &["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]),
    (
        "time",
        &["12:30:00Z", "12:30:00.25+01:00", "23:59:60Z", "00:59:60+01:00"],
    ),
    ("duration", &["P1D", "P1Y2M3DT4H5M6S", "PT1M", "P1W", "PT0S"]),
    (
        "uuid",
        &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        ],
    ),
    (
        "decimal",
        &[
            "1.50",
            "-0",
            "1E+2",
            "1.5E-7",
            "00.10",
            "123456789012345678901234567890.5",
        ],
    ),
    (
        "uri",
        &["http://x/y", "urn:a:b", "http://[::1]:80/?a#b", "mailto:a@b.c"],
    ),
    ("email", &["a@b.c", "a.b+c@d-e.f", "\"a b\"@c.d", "a@[127.0.0.1]"]),
    ("ipv4", &["127.0.0.1", "0.0.0.0", "255.255.255.255"]),
    ("ipv6", &["::1", "::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"]),
    ("hostname", &["example.org", "a", "1.2.3.4", "ab--cd"]),
];

/// Makes values of one schema.
pub(crate) struct Values<'a> {
    bundle: Bundle<'a>,
    /// Texts that match all of some patterns.
    words: BTreeMap<Vec<String>, Vec<String>>,
    patterns: BTreeMap<String, Option<Dfa>>,
    /// How many more parts the value in the making may have.
    left: usize,
    /// Whether the value in the making may go beyond limits.
    strays: bool,
}

/// Beyond this depth, what may end does.
const DEEP: usize = 4;
/// Beyond this one, everything does, valid or not.
const DEEPEST: usize = 14;
/// Beyond so many parts as well: what branches at each level is soon without end.
const PARTS: usize = 400;

impl<'a> Values<'a> {
    /// Takes the files of a schema by their addresses; the first is the root.
    pub(crate) fn new(files: &'a [(String, Value)]) -> Self {
        Self {
            bundle: Bundle::new(files),
            words: BTreeMap::new(),
            patterns: BTreeMap::new(),
            left: 0,
            strays: false,
        }
    }

    /// A value as a writer might send it. Most are valid.
    pub(crate) fn generate(&mut self, random: &mut Random) -> Value {
        let root = self.bundle.root();
        self.left = PARTS;
        self.strays = random.chance(3);
        self.value(&[root], 0, random)
    }

    fn value(&mut self, places: &[Place<'a>], depth: usize, random: &mut Random) -> Value {
        let mut all = Vec::new();
        for place in places {
            self.gather(*place, &mut all, depth, 0, random);
        }
        for place in &all {
            if let Some(value) = place.schema.get("const") {
                return value.clone();
            }
        }
        for place in &all {
            if let Some(values) = place.schema.get("enum").and_then(Value::as_array) {
                return random.pick(values).clone();
            }
        }
        let types = types(&all);
        if types.is_empty() || depth > DEEPEST || self.left == 0 {
            return Value::Null;
        }
        self.left -= 1;
        // What is deep ends where it may.
        let name = if depth > DEEP {
            types[0]
        } else {
            *random.pick(&types)
        };
        match name {
            "null" => Value::Null,
            "boolean" => json!(random.chance(2)),
            "integer" | "number" => number(&all, name == "integer", random),
            "string" => Value::String(self.text(&all, random)),
            "array" => self.array(&all, depth, random),
            _ => self.object(&all, depth, random),
        }
    }

    /// A schema and what holds with it: references, `allOf`, and a choice of alternatives.
    fn gather(
        &self,
        place: Place<'a>,
        all: &mut Vec<Place<'a>>,
        depth: usize,
        chain: usize,
        random: &mut Random,
    ) {
        // Bound: a reference that leads round ends here.
        if chain > 20 {
            return;
        }
        all.push(place);
        let reference = place.schema.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(|reference| self.bundle.follow(place, reference)) {
            self.gather(target, all, depth, chain + 1, random);
        }
        for part in list(place.schema, "allOf") {
            self.gather(self.bundle.below(place, part), all, depth, chain + 1, random);
        }
        for keyword in ["anyOf", "oneOf"] {
            let mut alternatives: Vec<&'a Value> = list(place.schema, keyword).iter().collect();
            alternatives.retain(|alternative| **alternative != json!(false));
            if alternatives.is_empty() {
                continue;
            }
            let one = if depth > DEEP {
                // The shortest is the one that ends.
                alternatives
                    .iter()
                    .copied()
                    .min_by_key(|one| weight(one))
                    .unwrap()
            } else {
                random.pick(&alternatives)
            };
            self.gather(self.bundle.below(place, one), all, depth, chain + 1, random);
            if keyword == "anyOf" && random.chance(3) {
                let other = random.pick(&alternatives);
                self.gather(self.bundle.below(place, other), all, depth, chain + 1, random);
            }
        }
    }

    fn text(&mut self, all: &[Place<'a>], random: &mut Random) -> String {
        let own = |keyword| {
            all.iter()
                .filter_map(move |place| place.schema.get(keyword)?.as_str())
        };
        let (shortest, longest) = (most(all, "minLength").unwrap_or(0), least(all, "maxLength"));
        let patterns: Vec<String> = own("pattern").map(str::to_owned).collect();
        let format = own("format").next();
        if !patterns.is_empty() {
            let (shortest, longest) = match self.beyond(shortest, longest, random) {
                Some(length) => (length, Some(length)),
                None => (shortest, longest),
            };
            let words = self.words(&patterns, shortest, longest);
            if !words.is_empty() {
                return random.pick(words).clone();
            }
        }
        if let Some((_, texts)) =
            format.and_then(|format| OF_FORMATS.iter().find(|(name, _)| *name == format))
        {
            return (*random.pick(texts)).to_owned();
        }
        if let Some(length) = self.beyond(shortest, longest, random) {
            return random.pick(&["a", "é", "😀"]).repeat(length);
        }
        let longest = longest.unwrap_or(shortest + 6).max(shortest);
        if random.chance(3) {
            let letters = ["a", "b", "Z", "0", "é", "😀", " ", "\"", "\\", "\n", "/"];
            let length = shortest + random.below(longest - shortest + 1).min(40);
            return (0..length).map(|_| *random.pick(&letters)).collect();
        }
        let fitting: Vec<&&str> = TEXTS
            .iter()
            .filter(|text| (shortest..=longest).contains(&text.chars().count()))
            .collect();
        match fitting.as_slice() {
            [] => "é".repeat(shortest),
            fitting => (**random.pick(fitting)).to_owned(),
        }
    }

    /// A length or count one step beyond the limits, now and then.
    fn beyond(&self, least: usize, most: Option<usize>, random: &mut Random) -> Option<usize> {
        if !self.strays || !random.chance(3) {
            return None;
        }
        let over = most.map(|most| most + 1);
        match least.checked_sub(1) {
            Some(under) if over.is_none() || random.chance(2) => Some(under),
            _ => over,
        }
    }

    /// Some texts that match all of the patterns and have a length within limits, short ones first.
    fn words(&mut self, patterns: &[String], shortest: usize, longest: Option<usize>) -> &[String] {
        const WORDS: usize = 6;
        let mut key = patterns.to_vec();
        key.push(format!("{shortest}..{longest:?}"));
        self.words.entry(key).or_insert_with(|| {
            let mut all = Dfa::lengths(shortest as u64, longest.map(|most| most as u64));
            for text in patterns {
                let own = pattern::compile(text).ok();
                all = all
                    .zip(own)
                    .and_then(|(all, own)| all.try_intersection(&own).ok());
            }
            let mut words = Vec::new();
            // Bound: a word is taken out each time.
            while let Some(word) = all.as_ref().and_then(Dfa::shortest) {
                all = all.and_then(|all| all.try_difference(&Dfa::literal(&word)).ok());
                words.push(word);
                if words.len() == WORDS {
                    break;
                }
            }
            words
        })
    }

    fn array(&mut self, all: &[Place<'a>], depth: usize, random: &mut Random) -> Value {
        let prefix = all
            .iter()
            .map(|place| list(place.schema, "prefixItems").len())
            .max()
            .unwrap_or(0);
        let shortest = most(all, "minItems").unwrap_or(0);
        let mut length = shortest;
        if depth <= DEEP {
            length += random.below(3 + prefix);
        }
        let longest = least(all, "maxItems").unwrap_or(length);
        let closed = all
            .iter()
            .any(|place| place.schema.get("items") == Some(&json!(false)));
        length = length.min(longest).min(if closed { prefix } else { 12 });
        if let Some(other) = self.beyond(shortest, least(all, "maxItems"), random) {
            length = other;
        }
        let unique = all
            .iter()
            .any(|place| place.schema.get("uniqueItems") == Some(&json!(true)));
        let mut items: Vec<Value> = Vec::new();
        for index in 0..length {
            let mut schemas: Vec<Place<'a>> = Vec::new();
            for place in all {
                let own = list(place.schema, "prefixItems").get(index);
                let own = own.or_else(|| place.schema.get("items"));
                schemas.extend(own.map(|schema| self.bundle.below(*place, schema)));
            }
            // Bound: a few tries for one that is not there yet.
            let unique = unique && !(self.strays && random.chance(4));
            for _ in 0..4 {
                let item = self.value(&schemas, depth + 1, random);
                if !unique || !items.contains(&item) {
                    items.push(item);
                    break;
                }
            }
        }
        Value::Array(items)
    }

    fn object(&mut self, all: &[Place<'a>], depth: usize, random: &mut Random) -> Value {
        let mut names: Vec<String> = Vec::new();
        let mut required: Vec<String> = Vec::new();
        for place in all {
            names.extend(members(place.schema, "properties").map(|(name, _)| name.clone()));
            let list = list(place.schema, "required").iter();
            required.extend(list.filter_map(Value::as_str).map(str::to_owned));
        }
        names.retain(|name| required.contains(name) || (depth <= DEEP && random.chance(2)));
        names.extend(required);
        let fewest = most(all, "minProperties").unwrap_or(0);
        let counted = self.beyond(fewest, least(all, "maxProperties"), random);
        let fewest = counted.unwrap_or(fewest);
        if depth <= DEEP || names.len() < fewest {
            let more =
                fewest.saturating_sub(names.len()) + if counted.is_some() { 0 } else { random.below(3) };
            let others = self.others(all);
            if !others.is_empty() {
                names.extend((0..more).map(|_| random.pick(&others).clone()));
            }
        }
        let mut object = Map::new();
        for name in names {
            if let Some(schemas) = self.described(all, &name) {
                object.insert(name, self.value(&schemas, depth + 1, random));
            }
        }
        Value::Object(object)
    }

    /// Names that undeclared members may have.
    fn others(&mut self, all: &[Place<'a>]) -> Vec<String> {
        let mut others: Vec<String> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for place in all {
            for (pattern, schema) in members(place.schema, "patternProperties") {
                if *schema != json!(false) {
                    others.extend_from_slice(self.words(std::slice::from_ref(pattern), 0, None));
                }
            }
            if speaks_of_others(place.schema) {
                names.extend(STRANGERS.map(str::to_owned));
                names.extend(["a", "ab", "x-1", "12", ""].map(str::to_owned));
            }
        }
        for place in all {
            let Some(schema) = place.schema.get("propertyNames") else {
                continue;
            };
            let mut held = Vec::new();
            self.gather(self.bundle.below(*place, schema), &mut held, 0, 0, &mut Random(0));
            let patterns: Vec<String> = held
                .iter()
                .filter_map(|place| Some(place.schema.get("pattern")?.as_str()?.to_owned()))
                .collect();
            let (shortest, longest) = (most(&held, "minLength").unwrap_or(0), least(&held, "maxLength"));
            let listed = held.iter().flat_map(|place| list(place.schema, "enum"));
            let listed: Vec<String> = listed
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect();
            names = if listed.is_empty() {
                self.words(&patterns, shortest, longest).to_vec()
            } else {
                listed
            };
        }
        others.extend(names);
        others
    }

    /// What is said of the member of a name, if anything is.
    fn described(&mut self, all: &[Place<'a>], name: &str) -> Option<Vec<Place<'a>>> {
        let mut schemas = Vec::new();
        let mut described = false;
        let mut evaluated = false;
        for place in all {
            let below = |schema| self.bundle.below(*place, schema);
            let mut own: Vec<Place<'a>> = members(place.schema, "properties")
                .filter(|(other, _)| *other == name)
                .map(|(_, schema)| below(schema))
                .collect();
            for (pattern, schema) in members(place.schema, "patternProperties") {
                let compile = || pattern::compile(pattern).ok();
                let dfa = self.patterns.entry(pattern.clone()).or_insert_with(compile);
                if dfa.as_ref().is_some_and(|dfa| dfa.is_match(name)) {
                    own.push(below(schema));
                }
            }
            if own.is_empty() {
                own.extend(place.schema.get("additionalProperties").map(below));
            }
            evaluated |= !own.is_empty();
            let required = list(place.schema, "required").iter().any(|other| *other == name);
            described |= !own.is_empty() || required || speaks_of_others(place.schema);
            schemas.extend(own);
        }
        if !evaluated {
            for place in all {
                let rest = place.schema.get("unevaluatedProperties");
                schemas.extend(rest.map(|schema| self.bundle.below(*place, schema)));
            }
        }
        (described && !schemas.iter().any(|place| *place.schema == json!(false))).then_some(schemas)
    }
}

/// A rough measure of how much a schema describes; what refers further weighs more.
fn weight(schema: &Value) -> usize {
    let text = schema.to_string();
    text.len() + 1000 * text.matches("\"$ref\"").count()
}

/// The types that a value may have by all of the schemas; those that hold nothing come first.
fn types(all: &[Place<'_>]) -> Vec<&'static str> {
    let mut types = vec![
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    types.retain(|name| {
        all.iter().all(|place| match place.schema.get("type") {
            None => *place.schema != json!(false),
            Some(Value::String(only)) => only == name || (only == "number" && *name == "integer"),
            Some(several) => several.as_array().is_some_and(|list| {
                list.iter()
                    .any(|one| one == name || (one == "number" && *name == "integer"))
            }),
        })
    });
    // Rules without a type are about one: most values should be of that.
    let about = |keywords: &[&str]| {
        let has = |place: &Place<'_>| keywords.iter().any(|keyword| place.schema.get(keyword).is_some());
        all.iter().any(has)
    };
    let untyped = !all.iter().any(|place| place.schema.get("type").is_some());
    if untyped {
        for (name, keywords) in [
            (
                "object",
                &[
                    "properties",
                    "required",
                    "patternProperties",
                    "additionalProperties",
                    "minProperties",
                ][..],
            ),
            ("array", &["items", "prefixItems", "minItems", "uniqueItems"]),
            ("string", &["minLength", "maxLength", "pattern", "format"]),
            (
                "number",
                &[
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                ],
            ),
        ] {
            if about(keywords) {
                types.extend([name; 8]);
            }
        }
    }
    types
}

fn list<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn members<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    schema
        .get(keyword)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn counts<'a>(all: &'a [Place<'_>], keyword: &'a str) -> impl Iterator<Item = usize> + 'a {
    let counts = all
        .iter()
        .filter_map(move |place| place.schema.get(keyword)?.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count of a schema"
    )]
    counts.map(|count| count as usize)
}

fn most(all: &[Place<'_>], keyword: &str) -> Option<usize> {
    counts(all, keyword).max()
}

fn least(all: &[Place<'_>], keyword: &str) -> Option<usize> {
    counts(all, keyword).min()
}

/// Whether undeclared members are sent because of this schema.
fn speaks_of_others(schema: &Value) -> bool {
    let counted = ["propertyNames", "minProperties", "maxProperties"];
    let open = |keyword| schema.get(keyword).is_some_and(|rest| *rest != json!(false));
    counted.iter().any(|keyword| schema.get(keyword).is_some())
        || open("additionalProperties")
        || open("unevaluatedProperties")
}

fn number(all: &[Place<'_>], whole: bool, random: &mut Random) -> Value {
    let own = |keyword| all.iter().filter_map(move |place| place.schema.get(keyword));
    if let Some(step) = own("multipleOf").next()
        && !random.chance(4)
    {
        let near = own("minimum")
            .chain(own("maximum"))
            .next()
            .and_then(Value::as_f64);
        return times(step, near, random);
    }
    let limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    let limits: Vec<&Value> = limits.into_iter().flat_map(own).collect();
    if !limits.is_empty() && !random.chance(6) {
        let limit = random.pick(&limits).as_f64().unwrap();
        let number = limit + *random.pick(&[0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 7.0]);
        return whole_if_it_is(if whole { number.round() } else { number });
    }
    let value: Value = serde_json::from_str(random.pick::<&str>(&NUMBERS)).unwrap();
    if whole {
        whole_if_it_is(value.as_f64().unwrap().round())
    } else {
        value
    }
}

/// A number as JSON writes it, without a fraction where it has none.
fn whole_if_it_is(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is within the range of exact integers"
    )]
    if number.fract() == 0.0 && number.abs() < 9e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

/// A multiple of a step, exactly, by its decimal text; near a limit if there is one.
fn times(step: &Value, near: Option<f64>, random: &mut Random) -> Value {
    let text = step.to_string();
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let (Ok(units), Ok(exponent)) = (format!("{before}{after}").parse::<i64>(), exponent.parse::<i64>())
    else {
        return step.clone();
    };
    let around = near.unwrap_or(0.0) / step.as_f64().unwrap();
    #[expect(clippy::cast_possible_truncation, reason = "a small multiple")]
    let factor = around.clamp(-1e6, 1e6) as i64 + i64::try_from(random.below(9)).unwrap() - 4;
    let places = i64::try_from(after.len()).unwrap() - exponent;
    let text = format!("{}e{}", units * factor, -places);
    whole_if_it_is(text.parse().unwrap())
}

/// Values that are put in the place of any other.
fn edge(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!(random.chance(2)),
        2 | 3 => serde_json::from_str(random.pick::<&str>(&NUMBERS)).unwrap(),
        4 => random
            .pick(&[
                json!([]),
                json!({}),
                json!([null]),
                json!([[]]),
                json!({"a": 1}),
                json!(["a", "a"]),
                json!([1, 1.0]),
            ])
            .clone(),
        _ => json!(random.pick(&TEXTS)),
    }
}

/// Changes one place of a value; `donors` are other values, parts of which may be put in.
pub(crate) fn mutate(value: &mut Value, donors: &[Value], random: &mut Random) {
    let deeper = !random.chance(4);
    match value {
        Value::Object(members) if !members.is_empty() && deeper => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = random.pick(&names).clone();
            mutate(members.get_mut(&name).unwrap(), donors, random);
        }
        Value::Array(items) if !items.is_empty() && deeper => {
            let index = random.below(items.len());
            mutate(&mut items[index], donors, random);
        }
        Value::Object(members) if !random.chance(6) => change_members(members, donors, random),
        Value::Array(items) if !random.chance(6) => change_items(items, donors, random),
        Value::String(text) if !random.chance(4) => change_text(text, random),
        Value::Number(number) if !random.chance(4) => *value = moved(number.as_f64().unwrap(), random),
        _ => *value = part(donors, random),
    }
}

/// A part of another value, or an edge.
fn part(donors: &[Value], random: &mut Random) -> Value {
    if donors.is_empty() || random.chance(2) {
        return edge(random);
    }
    let mut at = random.pick(donors);
    // Bound: one level deeper each time.
    while !random.chance(3) {
        let below: Vec<&Value> = match at {
            Value::Object(members) => members.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => break,
        };
        if below.is_empty() {
            break;
        }
        at = below[random.below(below.len())];
    }
    at.clone()
}

fn change_members(members: &mut Map<String, Value>, donors: &[Value], random: &mut Random) {
    let names: Vec<String> = members.keys().cloned().collect();
    let stranger = (*random.pick(&STRANGERS)).to_owned();
    if names.is_empty() {
        members.insert(stranger, part(donors, random));
        return;
    }
    let (name, other) = (random.pick(&names).clone(), random.pick(&names).clone());
    match random.below(7) {
        0 | 1 => {
            members.remove(&name);
        }
        2 => {
            members.insert(stranger, part(donors, random));
        }
        3 => {
            let value = members.remove(&name).unwrap();
            members.insert(
                if random.chance(2) {
                    stranger
                } else {
                    format!("{name}_")
                },
                value,
            );
        }
        4 => {
            members.insert(name, Value::Null);
        }
        5 => {
            let value = members[&other].clone();
            members.insert(name, value);
        }
        _ => {
            // A member that another value has, and this one perhaps not.
            let objects: Vec<&Map<String, Value>> = donors.iter().filter_map(Value::as_object).collect();
            if let Some((name, value)) = objects
                .iter()
                .flat_map(|object| object.iter())
                .nth(random.below(6))
            {
                members.insert(name.clone(), value.clone());
            }
        }
    }
}

fn change_items(items: &mut Vec<Value>, donors: &[Value], random: &mut Random) {
    match random.below(6) {
        0 => {
            items.pop();
        }
        1 if !items.is_empty() => {
            let again = random.pick(items).clone();
            items.push(again);
        }
        2 if items.len() > 1 => items.reverse(),
        3 => items.clear(),
        4 if !items.is_empty() => {
            items.remove(0);
        }
        _ => {
            let at = random.below(items.len() + 1);
            items.insert(at, part(donors, random));
        }
    }
}

fn change_text(text: &mut String, random: &mut Random) {
    match random.below(7) {
        0 => {
            text.pop();
        }
        1 => text
            .push_str(random.pick::<&str>(&["a", "0", " ", "\n", "é", "😀", ".", ":", "Z", "-", "\u{301}"])),
        2 => text.insert_str(0, random.pick::<&str>(&["a", "0", " ", "-", "é", "+"])),
        3 => *text = text.to_uppercase(),
        4 => *text = text.to_lowercase(),
        5 => *text = text.repeat(2),
        _ => *text = text.chars().rev().collect(),
    }
}

fn moved(number: f64, random: &mut Random) -> Value {
    let by = *random.pick(&[1.0, -1.0, 0.5, -0.5, 0.1, 10.0, -10.0, 1e-9]);
    match random.below(4) {
        0 => whole_if_it_is(-number),
        1 => whole_if_it_is(number * 2.0),
        _ => whole_if_it_is(number + by),
    }
}

/// One of the texts that JSON has for a value.
pub(crate) fn spelled(value: &Value, random: &mut Random) -> String {
    let mut out = String::new();
    spell(value, random, &mut out);
    out
}

fn spell(value: &Value, random: &mut Random, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                space(random, out);
                spell_text(name, random, out);
                space(random, out);
                out.push(':');
                spell(value, random, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, value) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                space(random, out);
                spell(value, random, out);
            }
            out.push(']');
        }
        Value::String(text) => spell_text(text, random, out),
        Value::Number(number) => {
            write!(out, "{number}").unwrap();
            if number.is_i64() && random.chance(8) {
                out.push_str(random.pick::<&str>(&[".0", "e0", ".00", "E+0", ".0e0"]));
            }
        }
        other => write!(out, "{other}").unwrap(),
    }
}

fn space(random: &mut Random, out: &mut String) {
    if random.chance(16) {
        out.push_str(random.pick::<&str>(&[" ", "\n", "\t", "\r\n"]));
    }
}

fn spell_text(text: &str, random: &mut Random, out: &mut String) {
    if !random.chance(8) {
        out.push_str(&Value::from(text).to_string());
        return;
    }
    out.push('"');
    for unit in text.encode_utf16() {
        write!(out, "\\u{unit:04x}").unwrap();
    }
    out.push('"');
}
