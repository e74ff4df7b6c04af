//! Numbers and texts.

use super::super::automaton::{Dfa, TooLarge};
use super::super::diagnostics::{Diagnostic, nearest};
use super::super::formats;
use super::super::ir::{Format, Pattern, PatternId, Rules, Type};
use super::super::load::{Member, Value, pointer_to};
use super::super::number::Exact;
use super::super::pattern::{self, PatternError};
use super::super::resolve::SchemaId;
use super::{Facts, Found, Lowered, Lowering, Reported};

/// What is said of patterns that meet in an automaton beyond all measure.
pub(super) const TOGETHER_TOO_LARGE: &str =
    "this pattern and what else must match need an automaton together that is too large";

/// What to do about patterns that are too large together.
pub(super) const ONE_PATTERN: &str = "write one pattern that says it all, or smaller ones";

/// What to do about patterns that tell too many characters apart.
pub(super) const FEWER_KINDS: &str = "name ranges of characters, such as `[a-z]`, in place of single ones";

/// Formats that are more than a pattern and stay texts.
const JUDGED: [Format; 2] = [Format::Time, Format::Hostname];

/// Formats that become types of their own.
const FORMATS: [(&str, Type); 4] = [
    ("date-time", Type::Timestamp),
    ("date", Type::Date),
    ("uuid", Type::Uuid),
    ("decimal", Type::Decimal),
];

/// The keywords of limits and what they come to.
fn limits_of(rules: &Rules) -> impl Iterator<Item = (&'static str, &Exact)> {
    let all = [
        ("minimum", &rules.minimum),
        ("exclusiveMinimum", &rules.exclusive_minimum),
        ("maximum", &rules.maximum),
        ("exclusiveMaximum", &rules.exclusive_maximum),
    ];
    all.into_iter()
        .filter_map(|(keyword, limit)| Some((keyword, limit.as_ref()?)))
}

impl Lowering<'_, '_> {
    /// The limits of a number, each the tightest of those given.
    pub(super) fn limits(&mut self, facts: &Facts) -> Lowered<Rules> {
        let above = |new: &Exact, old: &Exact| new > old;
        let below = |new: &Exact, old: &Exact| new < old;
        let number = |found: Option<(Found<'_>, Exact)>| found.map(|(_, number)| number);
        let rules = Rules {
            minimum: number(self.take_number(facts, "minimum", above)),
            exclusive_minimum: number(self.take_number(facts, "exclusiveMinimum", above)),
            maximum: number(self.take_number(facts, "maximum", below)),
            exclusive_maximum: number(self.take_number(facts, "exclusiveMaximum", below)),
            multiple_of: self.step(facts)?,
            ..Rules::default()
        };
        // Both sides of such a step would have to be scaled beyond 128 bits.
        if let Some(step) = rules.multiple_of.as_ref().filter(|step| step.digits() > 18) {
            let message = "`multipleOf` of more than 18 digits is not supported";
            return Err(self.error_of_number(facts, "multipleOf", step, message, Some("use fewer digits")));
        }
        let (lower, upper): (Vec<_>, Vec<_>) =
            limits_of(&rules).partition(|(keyword, _)| keyword.ends_with("inimum"));
        let is_exclusive = |keyword: &str| keyword.starts_with("exclusive");
        let crossed = upper.iter().find(|(above, high)| {
            lower.iter().any(|(below, low)| {
                low > high || (low == high && (is_exclusive(below) || is_exclusive(above)))
            })
        });
        if let Some((keyword, limit)) = crossed {
            let message = "no number is within these limits";
            let help = Some("correct one of the limits");
            return Err(self.error_of_number(facts, keyword, limit, message, help));
        }
        Ok(rules)
    }

    /// The least number that is a multiple of all steps that are given: values are multiples of it.
    fn step(&mut self, facts: &Facts) -> Lowered<Option<Exact>> {
        let mut all: Option<Exact> = None;
        for found in self.take_all(facts, "multipleOf") {
            let Value::Number(text) = &found.node.value else {
                continue;
            };
            let step = Exact::parse(text);
            let both = match (&all, &step) {
                (Some(all), Some(step)) => all.common_multiple(step),
                _ => step,
            };
            if both.is_none() {
                let message = "the least common multiple of the `multipleOf` is too large";
                return Err(self.error_at(found, message, Some("give it in one place")));
            }
            all = both;
        }
        Ok(all)
    }

    pub(super) fn number(&mut self, facts: &Facts) -> Lowered<(Type, Rules)> {
        let rules = self.limits(facts)?;
        let nearest = |limit: &Exact| limit.to_string().parse::<f64>().unwrap_or(f64::INFINITY);
        // Up to here every integer is a number of its own; beyond, an integer is read as the number that is nearest.
        let is_rounded = |limit: &Exact| {
            let number = nearest(limit);
            number.abs() >= 9_007_199_254_740_992.0
                && Exact::parse(&format!("{number:e}")).as_ref() != Some(limit)
        };
        if let Some((keyword, limit)) = limits_of(&rules).find(|(_, limit)| nearest(limit).is_infinite()) {
            let message = "a limit is beyond what a number of 64 bits can hold";
            let help = "leave it out, or use a string for such numbers";
            return Err(self.error_of_number(facts, keyword, limit, message, Some(help)));
        }
        if let Some((keyword, limit)) = limits_of(&rules).find(|(_, limit)| is_rounded(limit)) {
            let message = "a limit beyond 2^53 lies between two numbers of 64 bits";
            let help = "use a limit that a number of 64 bits holds, or `\"type\": \"integer\"`";
            return Err(self.error_of_number(facts, keyword, limit, message, Some(help)));
        }
        Ok((Type::Number, rules))
    }

    /// An integer is 64 bits wide, unsigned when it cannot be negative.
    pub(super) fn integer(&mut self, facts: &Facts) -> Lowered<(Type, Rules)> {
        let mut rules = self.limits(facts)?;
        let not_negative = |limit: &Option<Exact>| limit.as_ref().is_some_and(|limit| !limit.is_negative());
        let unsigned = not_negative(&rules.minimum) || not_negative(&rules.exclusive_minimum);
        let (ty, lowest, highest) = if unsigned {
            (Type::Unsigned, "0", "18446744073709551615")
        } else {
            (Type::Integer, "-9223372036854775808", "9223372036854775807")
        };
        let (Some(lowest), Some(highest)) = (Exact::parse(lowest), Exact::parse(highest)) else {
            return Ok((ty, rules));
        };
        let outside = limits_of(&rules).find(|(keyword, limit)| match *keyword {
            "minimum" | "exclusiveMinimum" => **limit > highest,
            _ => **limit < lowest,
        });
        if let Some((keyword, limit)) = outside {
            let message = "the limits leave no integer that fits 64 bits";
            let help = Some("use a string for larger numbers");
            return Err(self.error_of_number(facts, keyword, limit, message, help));
        }
        // What the type itself implies needs no rule.
        rules.minimum = rules.minimum.filter(|limit| *limit > lowest);
        rules.exclusive_minimum = rules.exclusive_minimum.filter(|limit| *limit >= lowest);
        rules.maximum = rules.maximum.filter(|limit| *limit < highest);
        rules.exclusive_maximum = rules.exclusive_maximum.filter(|limit| *limit <= highest);
        Ok((ty, rules))
    }

    pub(super) fn text(&mut self, facts: &Facts) -> Lowered<(Type, Rules)> {
        let mut rules = self.lengths(facts)?;
        let mut pattern = self.patterns_of(facts)?;
        let (mut ty, mut format) = self.formats_of(facts, &mut pattern)?;
        self.bind_typed(facts, &mut ty, &mut format, &mut pattern, &mut rules)?;
        rules.format = format;
        if let Some((source, dfa)) = pattern {
            rules.pattern = Some(self.pattern(facts.own(), source, dfa));
        }
        if let Some(found) = self.take_one(facts, "x-redis-utc")? {
            if ty != Type::Timestamp {
                let message = "`x-redis-utc` says how a time is written, and this is none";
                return Err(self.error_at(found, message, Some("put it beside `\"format\": \"date-time\"`")));
            }
            match found.node.as_str() {
                Some("Z") => {}
                Some("+00:00") => rules.utc = Some("+00:00".to_owned()),
                _ => return Err(self.error_at(found, "UTC is written as `Z` or as `+00:00`", None)),
            }
        }
        Ok((ty, rules))
    }

    pub(super) fn lengths(&mut self, facts: &Facts) -> Lowered<Rules> {
        let rules = Rules {
            min_length: self
                .take_count(facts, "minLength", |new, old| new > old)
                .filter(|count| *count > 0),
            max_length: self.take_count(facts, "maxLength", |new, old| new < old),
            ..Rules::default()
        };
        if let (Some(min), Some(max)) = (rules.min_length, rules.max_length)
            && min > max
        {
            let message = "no text has `minLength` and `maxLength` code points at once";
            return Err(self.error_of_counts(facts, "maxLength", max, message));
        }
        Ok(rules)
    }

    /// What rules beside a format with a type of its own make of it: a length that all its texts have says nothing, and what
    /// has a pattern besides is a text that keeps its spelling. The texts of a decimal keep it anyway.
    fn bind_typed(
        &mut self,
        facts: &Facts,
        ty: &mut Type,
        format: &mut Option<Format>,
        pattern: &mut Option<(String, Dfa)>,
        rules: &mut Rules,
    ) -> Lowered<()> {
        let length = match ty {
            Type::Date => Some(10),
            Type::Uuid => Some(36),
            _ => None,
        };
        if let Some(length) = length {
            let (min, max) = (rules.min_length.take(), rules.max_length.take());
            let short = min.filter(|min| *min > length).map(|min| ("minLength", min));
            let long = max.filter(|max| *max < length).map(|max| ("maxLength", max));
            if let Some((keyword, count)) = short.or(long) {
                let message = format!("every text of this format has {length} characters");
                return Err(self.error_of_counts(facts, keyword, count, &message));
            }
        }
        let is_bound = pattern.is_some() || rules.min_length.is_some() || rules.max_length.is_some();
        match ty {
            Type::Timestamp if is_bound => {
                *ty = Type::Text;
                *format = Some(Format::DateTime);
            }
            Type::Date | Type::Uuid if is_bound => {
                let name = if *ty == Type::Date { "date" } else { "uuid" };
                *pattern = Some(self.with_typed(facts, "pattern", name, pattern.take())?);
                *ty = Type::Text;
            }
            Type::Decimal if rules.min_length.is_some() || rules.max_length.is_some() => {
                let (min, max) = (rules.min_length.take().unwrap_or(0), rules.max_length.take());
                let lengths = ["maxLength", "minLength"];
                let Some(dfa) = Dfa::lengths(min, max) else {
                    let message = "a length beside this format is too large";
                    return Err(self.error_of(facts, &lengths, message, None));
                };
                let max = max.map_or(String::new(), |max| max.to_string());
                let source = format!("^[^]{{{min},{max}}}$");
                let keyword = if max.is_empty() { "minLength" } else { "maxLength" };
                let both = match pattern.take() {
                    None => (source, dfa),
                    before => {
                        let Some(found) = self.take_all(facts, keyword).into_iter().next() else {
                            return Err(Reported);
                        };
                        self.both(found, before, source, dfa)?
                    }
                };
                *pattern = Some(self.with_typed(facts, keyword, "decimal", Some(both))?);
            }
            _ => {}
        }
        Ok(())
    }

    /// The texts of a pattern that are also of a format which is a regular language.
    fn with_typed(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        format: &str,
        pattern: Option<(String, Dfa)>,
    ) -> Lowered<(String, Dfa)> {
        let found = self.take_all(facts, keyword).into_iter().next();
        let dfa = formats::typed_pattern(format).and_then(|source| pattern::compile(source).ok());
        let (Some(found), Some(dfa)) = (found, dfa) else {
            return Err(Reported);
        };
        self.both(found, pattern, format!("format {format}"), dfa)
    }

    /// All patterns at once, as one automaton.
    pub(super) fn patterns_of(&mut self, facts: &Facts) -> Lowered<Option<(String, Dfa)>> {
        let mut all: Option<(String, Dfa)> = None;
        for found in self.take_all(facts, "pattern") {
            let source = found.node.as_str().unwrap_or("");
            let dfa = match pattern::compile(source) {
                Ok(dfa) => dfa,
                Err(error) => {
                    return Err(self.refuse_pattern(found, source, &error));
                }
            };
            let (source, dfa) = self.both(found, all, source.to_owned(), dfa)?;
            if dfa.tables().is_none() {
                return Err(self.error_at(
                    found,
                    "the pattern tells more than 256 kinds of characters apart",
                    Some(FEWER_KINDS),
                ));
            }
            all = Some((source, dfa));
        }
        Ok(all)
    }

    fn refuse_pattern(&mut self, found: Found<'_>, source: &str, error: &PatternError) -> Reported {
        let message = refused(source, error);
        match error.at {
            Some(at) => self.error_within(found, (at, 1), message, error.help),
            None => self.error_at(found, message, error.help),
        }
    }

    /// What a pattern of `patternProperties` matches.
    pub(super) fn pattern_of_names(&mut self, found: Found<'_>, member: &Member) -> Lowered<Dfa> {
        let source = member.name.as_str();
        pattern::compile(source).map_err(|error| {
            let pointer = pointer_to(
                &pointer_to(&self.set.schema(found.owner).pointer, found.keyword),
                source,
            );
            self.failed.insert(found.owner);
            let message = refused(source, &error);
            let document = self.set.document(found.owner);
            let whole = member.name_span;
            let span = error.at.map_or(whole, |at| document.within(whole, at, 1));
            let mut diagnostic = Diagnostic::at(document, span, pointer, message);
            diagnostic.help = error.help.map(str::to_owned);
            self.diagnostics.push(diagnostic);
            Reported
        })
    }

    /// The texts that two patterns both match.
    pub(super) fn both(
        &mut self,
        found: Found<'_>,
        before: Option<(String, Dfa)>,
        source: String,
        dfa: Dfa,
    ) -> Lowered<(String, Dfa)> {
        let (source, dfa) = match before {
            None => (source, dfa),
            Some((other, both)) => match both.try_intersection(&dfa) {
                Ok(both) => (format!("{other} and {source}"), both),
                Err(TooLarge) => return Err(self.error_at(found, TOGETHER_TOO_LARGE, Some(ONE_PATTERN))),
            },
        };
        if dfa.is_empty() {
            return Err(self.error_at(
                found,
                "no text matches this and what else it must match",
                Some("correct one of them"),
            ));
        }
        Ok((source, dfa))
    }

    /// The type that the formats make of a text; those that are regular languages become a pattern instead.
    pub(super) fn formats_of(
        &mut self,
        facts: &Facts,
        pattern: &mut Option<(String, Dfa)>,
    ) -> Lowered<(Type, Option<Format>)> {
        let mut known: Option<&str> = None;
        let mut ty = Type::Text;
        let mut judged = None;
        for found in self.take_all(facts, "format") {
            let name = found.node.as_str().unwrap_or("");
            if known.is_some_and(|before| before != name) {
                return Err(self.error_at(found, "no text has two formats", Some("leave one of them out")));
            }
            if known == Some(name) {
                continue;
            }
            known = Some(name);
            if let Some((_, own)) = FORMATS.iter().find(|(known, _)| *known == name) {
                ty = own.clone();
                continue;
            }
            if let Some(format) = JUDGED.iter().find(|format| format.name() == name) {
                judged = Some(*format);
                continue;
            }
            let Some(dfa) = formats::pattern(name).and_then(|source| pattern::compile(&source).ok()) else {
                let all = FORMATS.iter().map(|(name, _)| *name).chain(formats::NAMES);
                let all = all.chain(JUDGED.iter().map(|format| format.name()));
                let help = if let Some(near) = nearest(name, all.clone()) {
                    format!("did you mean `{near}`?")
                } else {
                    let all: Vec<String> = all.map(|name| format!("`{name}`")).collect();
                    format!("the formats are {}; use `pattern` for others", all.join(", "))
                };
                let message = format!("the format `{name}` is not supported");
                return Err(self.error_at(found, message, Some(&help)));
            };
            *pattern = Some(self.both(found, pattern.take(), format!("format {name}"), dfa)?);
        }
        Ok((ty, judged))
    }

    /// A value of any kind under rules that bind the values of their own kind only. `None` when there is a rule among them that
    /// says what values hold: that needs a type.
    pub(super) fn any(&mut self, facts: &Facts) -> Lowered<Option<Rules>> {
        const FLAT: [&str; 15] = [
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "propertyNames",
        ];
        let is_flat = |part: &SchemaId| {
            let members = self.set.schema(*part).node.as_object().unwrap_or(&[]);
            let mut names = members.iter().map(|member| member.name.as_str());
            let is_made = |name: &str| {
                let mut made = facts.made.iter();
                made.any(|(owner, keyword)| owner == part && *keyword == name)
            };
            names.all(|name| FLAT.contains(&name) || is_made(name) || super::facts::is_unbinding(name))
        };
        if !facts.parts.iter().all(is_flat) {
            return Ok(None);
        }
        let (_, numbers) = self.number(facts)?;
        let (ty, texts) = self.text(facts)?;
        if ty != Type::Text {
            // A format that is a type of its own.
            return Ok(None);
        }
        let (_, lists) = self.array(facts, false)?;
        let (min_properties, max_properties) = self.counts(facts)?;
        let (names, _) = self.allowed_names(facts)?;
        let names = names.map(|(source, dfa)| self.pattern(facts.own(), source, dfa));
        Ok(Some(Rules {
            min_length: texts.min_length,
            max_length: texts.max_length,
            pattern: texts.pattern,
            format: texts.format,
            min_items: lists.min_items,
            max_items: lists.max_items,
            unique_items: lists.unique_items,
            min_properties: min_properties.filter(|min| *min > 0),
            max_properties,
            names,
            ..numbers
        }))
    }

    /// The pattern of a name, shared by all that accept the same texts.
    pub(super) fn pattern(&mut self, owner: SchemaId, source: String, dfa: Dfa) -> PatternId {
        self.pattern_called(self.name_of(owner), source, dfa)
    }

    pub(super) fn pattern_called(&mut self, name: String, source: String, dfa: Dfa) -> PatternId {
        let alike = self.pattern_sources.entry(source.clone()).or_default();
        let same = |at: &&usize| self.patterns.get(**at).is_some_and(|pattern| pattern.dfa == dfa);
        if let Some(at) = alike.iter().find(same) {
            return PatternId(*at);
        }
        alike.push(self.patterns.len());
        self.patterns.push(Pattern { name, source, dfa });
        PatternId(self.patterns.len() - 1)
    }
}

fn refused(source: &str, error: &PatternError) -> String {
    let message = &error.message;
    match error.at {
        Some(at) => format!(
            "the pattern `{source}` is refused at character {}: {message}",
            at + 1
        ),
        None => format!("the pattern `{source}` is refused: {message}"),
    }
}
