//! Names of members as languages: what `propertyNames` allows, and the cells into which patterns part all names.

use super::super::automaton::{Dfa, TooLarge};
use super::super::formats;
use super::super::ir::{ADDITIONAL, Type};
use super::super::load::Node;
use super::super::pattern;
use super::super::resolve::SchemaId;
use super::scalar::{ONE_PATTERN, TOGETHER_TOO_LARGE};
use super::{DEPTH_MAX, Facts, Found, Lowered, Lowering, Reported};

/// More cells than this are not what a person meant.
const CELLS_MAX: usize = 64;

/// A longer pattern of names than this is one of choices within choices, which multiply without end.
const SOURCE_MAX: usize = 100_000;

/// Names: a pattern in the language of schemas, and what it matches.
pub(super) type Named = (String, Dfa);

/// The names that members of an object may have.
pub(super) struct AllNames<'s, 'a> {
    /// `propertyNames`
    pub(super) allowed: Option<&'s Named>,
    /// Names of declared members.
    pub(super) placed: &'s [&'a str],
    /// Names that no member has.
    pub(super) forbidden: &'s [&'a str],
    /// Patterns that tell members apart, and where they stand.
    pub(super) patterns: &'s [(Found<'a>, Named)],
}

/// Names that the same patterns match. A cell is a regular language, since patterns are.
pub(super) struct Cell {
    pub(super) matched: Vec<bool>,
    names: Dfa,
}

impl Cell {
    /// Whether no pattern matches its names.
    pub(super) fn is_rest(&self) -> bool {
        !self.matched.contains(&true)
    }
}

impl<'a> AllNames<'_, 'a> {
    /// The cells that hold a name which no declared member has; or the pattern that makes too many of them.
    pub(super) fn cells(&self) -> Result<Vec<Cell>, &Found<'a>> {
        // Without a pattern there are always more names than declared ones.
        let told_apart = self.allowed.is_some() || !self.patterns.is_empty();
        let placed = told_apart.then(|| union_of(self.placed)).flatten();
        let is_empty = |dfa: &Dfa| match &placed {
            Some(placed) => dfa.difference(placed).is_empty(),
            None => dfa.is_empty(),
        };
        let mut cells = vec![Cell {
            matched: Vec::new(),
            names: self.all(),
        }];
        cells.retain(|cell| !is_empty(&cell.names));
        for (found, (_, pattern)) in self.patterns {
            let mut parted = Vec::new();
            for Cell { matched, names } in cells {
                let (Ok(more), Ok(less)) = (names.try_intersection(pattern), names.try_difference(pattern))
                else {
                    return Err(found);
                };
                for (inside, names) in [(true, more), (false, less)] {
                    if !is_empty(&names) {
                        let matched = matched.iter().copied().chain([inside]).collect();
                        parted.push(Cell { matched, names });
                    }
                }
            }
            if parted.len() > CELLS_MAX {
                return Err(found);
            }
            cells = parted;
        }
        Ok(cells)
    }

    fn all(&self) -> Dfa {
        let every = || Dfa::lengths(0, None).expect("an automaton of one state is not too large");
        let all = self.allowed.map_or_else(every, |(_, allowed)| allowed.clone());
        match union_of(self.forbidden) {
            Some(forbidden) => all.difference(&forbidden),
            None => all,
        }
    }

    /// The names of several cells.
    pub(super) fn of(&self, cells: &[Cell]) -> Result<Named, TooLarge> {
        let Some((first, others)) = cells.split_first() else {
            return Ok((String::new(), self.all()));
        };
        let mut dfa = first.names.clone();
        for cell in others {
            dfa = dfa.try_union(&cell.names)?;
        }
        // What somebody wrote is the best word for it.
        let written = self.patterns.iter().map(|(_, named)| named).chain(self.allowed);
        if let Some((source, _)) = written.into_iter().find(|(_, other)| *other == dfa) {
            return Ok((source.clone(), dfa));
        }
        let sources: Vec<String> = cells.iter().map(|cell| self.source(cell)).collect();
        Ok((sources.join("|"), dfa))
    }

    /// The pattern of a cell: what its names match, and what they do not.
    fn source(&self, cell: &Cell) -> String {
        let mut source = "^".to_owned();
        let mut inside = self.all();
        if let Some((allowed, _)) = self.allowed {
            source.push_str(&ahead("?=", allowed));
        }
        let patterns = || self.patterns.iter().zip(&cell.matched);
        for ((_, (pattern, dfa)), _) in patterns().filter(|(_, matched)| **matched) {
            source.push_str(&ahead("?=", pattern));
            // Names that are left in cost a few words more below.
            inside = inside.try_intersection(dfa).unwrap_or(inside);
        }
        if self.forbidden.iter().any(|name| self.is_matched(name, cell)) {
            source.push_str(&ahead("?!", &exactly(self.forbidden)));
        }
        for ((_, (pattern, dfa)), _) in patterns().filter(|(_, matched)| !**matched) {
            // What has no name in common need not be told apart.
            if !inside.try_intersection(dfa).is_ok_and(|both| both.is_empty()) {
                source.push_str(&ahead("?!", pattern));
            }
        }
        source
    }

    /// Whether the patterns of a cell match a name.
    fn is_matched(&self, name: &str, cell: &Cell) -> bool {
        let mut all = self.patterns.iter().zip(&cell.matched);
        all.all(|((_, (_, dfa)), matched)| dfa.is_match(name) == *matched)
    }

    /// What a map of these cells is called, in words: after the patterns that all its names match.
    pub(super) fn called(&self, cells: &[Cell]) -> String {
        let common = |number: usize| cells.iter().all(|cell| cell.matched.get(number) == Some(&true));
        let patterns = self.patterns.iter().enumerate();
        let words: Vec<&str> = patterns
            .filter(|(number, _)| common(*number))
            .map(|(_, (_, (source, _)))| source.as_str())
            .collect();
        if words.is_empty() {
            ADDITIONAL.to_owned()
        } else {
            format!("matching {}", words.join(" and "))
        }
    }
}

fn union_of(names: &[&str]) -> Option<Dfa> {
    let all = names.iter().map(|name| Dfa::literal(name));
    all.reduce(|all, one| all.union(&one))
}

/// A look ahead from the start of a name at what a pattern matches anywhere.
fn ahead(sign: &str, pattern: &str) -> String {
    match pattern.strip_prefix('^') {
        Some(anchored) if !anchored.contains('|') => format!("({sign}{anchored})"),
        _ => format!("({sign}[^]*(?:{pattern}))"),
    }
}

/// The pattern of exactly these texts.
fn exactly(texts: &[&str]) -> String {
    let mut pattern = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            pattern.push('|');
        }
        for c in text.chars() {
            if "^$\\.*+?()[]{}|/".contains(c) {
                pattern.push('\\');
            }
            pattern.push(c);
        }
    }
    match texts {
        [_] => format!("^{pattern}$"),
        _ => format!("^(?:{pattern})$"),
    }
}

impl Lowering<'_, '_> {
    /// What `propertyNames` allows, and whether it, or a count of members, is written.
    pub(super) fn allowed_names(&mut self, facts: &Facts) -> Lowered<(Option<Named>, bool)> {
        let mut names: Option<Named> = None;
        let found = self.take_all(facts, "propertyNames");
        let is_written = !found.is_empty();
        for found in found {
            let Some(child) = self.set.child(found.owner, &["propertyNames"]) else {
                return Err(Reported);
            };
            if self.is_impossible(&[child]) {
                let none = Dfa::literal("").difference(&Dfa::literal(""));
                names = Some(("[]".to_owned(), none));
            } else if let Some((source, dfa)) = self.name_language(child)? {
                let (source, dfa) = match names {
                    None => (source, dfa),
                    Some((other, all)) => match all.try_intersection(&dfa) {
                        Ok(both) => (format!("^{}{}", ahead("?=", &other), ahead("?=", &source)), both),
                        Err(TooLarge) => {
                            return Err(self.error_at(found, TOGETHER_TOO_LARGE, Some(ONE_PATTERN)));
                        }
                    },
                };
                if dfa.is_empty() {
                    let message = "no name matches this and what else it must match";
                    return Err(self.error_at(found, message, Some("correct one of them")));
                }
                names = Some((source, dfa));
            }
        }
        Ok((names, is_written))
    }

    /// The texts that a schema of names allows; a name is always a text. `None` when it allows all.
    fn name_language(&mut self, id: SchemaId) -> Lowered<Option<Named>> {
        if let Some(known) = self.named.get(&id) {
            return known.clone();
        }
        let mut names = self.make_names(id);
        if let Ok(Some((source, _))) = &names
            && source.len() > SOURCE_MAX
        {
            names = Err(self.error(id, TOGETHER_TOO_LARGE, Some(ONE_PATTERN)));
        }
        self.named.insert(id, names.clone());
        names
    }

    fn make_names(&mut self, id: SchemaId) -> Lowered<Option<Named>> {
        let facts = self.gather(&[id])?;
        if self.types(&facts)?.set & super::TEXT == 0 {
            return Err(self.error_of(
                &facts,
                &["type"],
                "a name is always a string",
                Some("leave `type` out"),
            ));
        }
        let mut language = None;
        let mut lists = self.take_all(&facts, "enum");
        lists.extend(self.take_all(&facts, "const"));
        for found in &lists {
            let values = match found.keyword {
                "const" => std::slice::from_ref(found.node),
                _ => found.node.as_array().unwrap_or(&[]),
            };
            let texts: Vec<&str> = values.iter().filter_map(Node::as_str).collect();
            let Some(listed) = union_of(&texts) else {
                return Err(self.error_at(*found, "a name is always a string", Some("list texts")));
            };
            language = Some(self.both_names(*found, language, (exactly(&texts), listed))?);
        }
        let mut choices = self.take_all(&facts, "anyOf");
        choices.extend(self.take_all(&facts, "oneOf"));
        for found in choices {
            if self.naming.contains(&(found.owner, found.keyword)) {
                return Err(self.endless_names(&facts, found.owner));
            }
            if self.naming.len() >= DEPTH_MAX {
                return Err(self.too_deep(id));
            }
            self.naming.push((found.owner, found.keyword));
            let chosen = self.choice_of_names(found);
            self.naming.pop();
            if let Some(chosen) = chosen? {
                language = Some(self.both_names(found, language, chosen)?);
            }
        }
        let rules = self.text_of_names(&facts)?;
        let Some(rules) = rules else { return Ok(language) };
        both(language, rules).map(Some).map_err(|clash| {
            let keywords = ["pattern", "format", "maxLength", "minLength"];
            self.error_of(&facts, &keywords, clash.message(), Some(clash.help()))
        })
    }

    /// Reports names that are a choice among themselves, at the reference that leads back to it.
    fn endless_names(&mut self, facts: &Facts, choice: SchemaId) -> Reported {
        // Whoever else would be this choice has nothing to add.
        self.ungathered.insert(choice);
        let mut id = choice;
        // Bound: what is gathered is added once, by what was there before.
        while let Some((by, _)) = facts.added.iter().find(|(_, added)| *added == id) {
            id = *by;
            if self.set.schema(id).target.is_some() {
                break;
            }
        }
        self.endless(id)
    }

    /// The names of a choice: under `oneOf` those of exactly one alternative. `None` when all are.
    fn choice_of_names(&mut self, found: Found<'_>) -> Lowered<Option<Named>> {
        let mut alternatives = Vec::new();
        let mut is_reported = false;
        for index in 0..found.node.as_array().map_or(0, <[Node]>::len) {
            let Some(id) = self.set.child(found.owner, &[found.keyword, &index.to_string()]) else {
                return Err(Reported);
            };
            // No name is of another type, and none is `false`.
            if self.is_impossible(&[id]) || self.kinds_allowed(id, &mut Vec::new()) & super::TEXT == 0 {
                self.take_within(&[id]);
            } else if let Ok(language) = self.name_language(id) {
                alternatives.push(language.unwrap_or_else(all_names));
            } else {
                // The others may have mistakes of their own.
                is_reported = true;
            }
        }
        if is_reported {
            return Err(Reported);
        }
        let exclusive = found.keyword == "oneOf";
        if !exclusive {
            // The same definition twice says nothing more.
            alternatives.dedup_by(|(_, dfa), (_, before)| dfa == before);
        }
        match chosen(&alternatives, exclusive) {
            Ok(dfa) if dfa.is_empty() => Err(self.error_at(
                found,
                "no name matches this and what else it must match",
                Some("correct one of them"),
            )),
            Ok(dfa) if dfa == all_names().1 => Ok(None),
            Ok(dfa) => Ok(Some((choice_source(&alternatives, exclusive), dfa))),
            Err(TooLarge) => Err(self.error_at(found, TOGETHER_TOO_LARGE, Some(ONE_PATTERN))),
        }
    }

    /// The names that are of two languages.
    fn both_names(&mut self, found: Found<'_>, before: Option<Named>, named: Named) -> Lowered<Named> {
        both(before, named).map_err(|clash| self.error_at(found, clash.message(), Some(clash.help())))
    }

    /// What lengths, patterns and formats say of names.
    fn text_of_names(&mut self, facts: &Facts) -> Lowered<Option<Named>> {
        let (ty, rules) = self.text(facts)?;
        let typed = match ty {
            Type::Text if rules.format.is_none() => None,
            Type::Date => formats::typed_pattern("date"),
            Type::Uuid => formats::typed_pattern("uuid"),
            Type::Decimal => formats::typed_pattern("decimal"),
            _ => {
                let message = "this format is not supported for names";
                return Err(self.error_of(facts, &["format"], message, Some("use `pattern`")));
            }
        };
        let mut language = rules.pattern.and_then(|id| {
            let pattern = self.patterns.get(id.0)?;
            let format = pattern.source.strip_prefix("format ").and_then(formats::pattern);
            Some((
                format.unwrap_or_else(|| pattern.source.clone()),
                pattern.dfa.clone(),
            ))
        });
        if let Some((source, dfa)) = typed.and_then(|source| Some((source, pattern::compile(source).ok()?))) {
            // What a length stands beside holds the format already.
            let is_within = |(_, other): &Named| other.difference(&dfa).is_empty();
            if !language.as_ref().is_some_and(is_within) {
                let found = self.take_all(facts, "format").into_iter().next();
                let found = found.ok_or(Reported)?;
                language = Some(self.both_names(found, language, (source.to_owned(), dfa))?);
            }
        }
        if rules.min_length.is_some() || rules.max_length.is_some() {
            let (min, max) = (rules.min_length.unwrap_or(0), rules.max_length);
            let Some(lengths) = Dfa::lengths(min, max) else {
                let message = "the lengths of names are too large";
                let help = Some("names of a few hundred characters are long");
                return Err(self.error_of(facts, &["maxLength", "minLength"], message, help));
            };
            let max = max.map_or(String::new(), |max| max.to_string());
            let source = format!("^[^]{{{min},{max}}}$");
            language = Some(match language {
                None => (source, lengths),
                Some((pattern, dfa)) => match dfa.try_intersection(&lengths) {
                    Ok(both) => (
                        format!("^{}{}", ahead("?=", &pattern), ahead("?=", &source)),
                        both,
                    ),
                    Err(TooLarge) => {
                        return Err(self.error(facts.own(), TOGETHER_TOO_LARGE, Some(ONE_PATTERN)));
                    }
                },
            });
        }
        Ok(language)
    }
}

/// Why there is no language of the names that are of two.
enum Clash {
    TooLarge,
    Nothing,
}

impl Clash {
    fn message(&self) -> &'static str {
        match self {
            Self::TooLarge => TOGETHER_TOO_LARGE,
            Self::Nothing => "no name matches this and what else it must match",
        }
    }

    fn help(&self) -> &'static str {
        match self {
            Self::TooLarge => ONE_PATTERN,
            Self::Nothing => "correct one of them",
        }
    }
}

/// The names that are of two languages.
fn both(before: Option<Named>, (source, dfa): Named) -> Result<Named, Clash> {
    let Some((other, all)) = before else {
        return Ok((source, dfa));
    };
    let both = all.try_intersection(&dfa).map_err(|TooLarge| Clash::TooLarge)?;
    if both.is_empty() {
        return Err(Clash::Nothing);
    }
    Ok((format!("^{}{}", ahead("?=", &other), ahead("?=", &source)), both))
}

/// Every name.
fn all_names() -> Named {
    let all = Dfa::lengths(0, None).expect("an automaton of one state is not too large");
    ("^".to_owned(), all)
}

/// The names of one alternative or more, or of exactly one.
fn chosen(alternatives: &[Named], exclusive: bool) -> Result<Dfa, TooLarge> {
    let none = || Dfa::literal("").difference(&Dfa::literal(""));
    let (mut once, mut any) = (none(), none());
    for (_, names) in alternatives {
        once = once
            .try_difference(names)?
            .try_union(&names.try_difference(&any)?)?;
        any = any.try_union(names)?;
    }
    Ok(if exclusive { once } else { any })
}

/// The pattern of a choice.
fn choice_source(alternatives: &[Named], exclusive: bool) -> String {
    let one = |index: usize| {
        let all = alternatives.iter().enumerate();
        let words = all.filter_map(|(other, (source, _))| {
            if other == index {
                Some(ahead("?=", source))
            } else {
                exclusive.then(|| ahead("?!", source))
            }
        });
        words.collect::<String>()
    };
    let all: Vec<String> = (0..alternatives.len()).map(one).collect();
    format!("^(?:{})", all.join("|"))
}
