//! Members that have no place of their own: what `patternProperties`, `additionalProperties`, `propertyNames` and
//! `unevaluatedProperties` say of them.
//!
//! `names` parts all names that an object may have into cells, so that the same schemas describe what stands under the
//! names of a cell. Cells with the same schemas become one map; a cell that some schema forbids has none. So a member that
//! matches several patterns satisfies all of them, and each name has exactly one place.

use super::super::automaton::TooLarge;
use super::super::ir::{Group, Item, Rest, Shape, Type};
use super::super::load::{Member, Value};
use super::super::resolve::{Place, SchemaId};
use super::names::{AllNames, Cell, Named};
use super::scalar::{FEWER_KINDS, ONE_PATTERN, TOGETHER_TOO_LARGE};
use super::{Facts, Found, Lowered, Lowering, Reported};

/// What the schemas of an object say about its members.
pub(super) struct Says<'a> {
    parts: Vec<Part<'a>>,
    /// All patterns, each once.
    patterns: Vec<(Found<'a>, Named)>,
    /// `propertyNames`: what every name matches.
    names: Option<Named>,
    unevaluated: Vec<Unevaluated<'a>>,
    /// Whether anything is said of members that have no place of their own.
    speaks: bool,
}

/// `unevaluatedProperties`: what members are that none of the parts describes which it sees.
struct Unevaluated<'a> {
    found: Found<'a>,
    id: SchemaId,
    /// By number.
    seen: Vec<usize>,
}

/// What one of the schemas says; `additionalProperties` sees nothing else.
struct Part<'a> {
    properties: Vec<(&'a str, SchemaId)>,
    /// By number among all patterns.
    patterns: Vec<(usize, SchemaId)>,
    additional: Option<(Found<'a>, SchemaId)>,
}

impl<'a> Says<'a> {
    /// Every name that `properties` gives, in order.
    pub(super) fn properties(&self) -> Vec<&'a str> {
        let properties = self.parts.iter().flat_map(|part| &part.properties);
        properties.map(|(name, _)| *name).collect()
    }

    /// Whether `propertyNames` allows the name.
    pub(super) fn allows(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|(_, dfa)| dfa.is_match(name))
    }

    /// All schemas that describe the member called `name`.
    pub(super) fn describing(&self, name: &str) -> Vec<SchemaId> {
        let matched: Vec<bool> = self
            .patterns
            .iter()
            .map(|(_, (_, dfa))| dfa.is_match(name))
            .collect();
        self.describe(Some(name), &matched)
    }

    /// All schemas that describe a member with a place of its own, or without one, whose name matches these patterns.
    fn describe(&self, name: Option<&str>, matched: &[bool]) -> Vec<SchemaId> {
        let mut ids = Vec::new();
        let mut evaluated = Vec::new();
        for part in &self.parts {
            let before = ids.len();
            let properties = part.properties.iter();
            ids.extend(
                properties
                    .filter(|(other, _)| Some(*other) == name)
                    .map(|(_, id)| *id),
            );
            let patterns = part.patterns.iter();
            ids.extend(
                patterns
                    .filter(|(number, _)| matched.get(*number) == Some(&true))
                    .map(|(_, id)| *id),
            );
            if ids.len() == before {
                ids.extend(part.additional.map(|(_, id)| id));
            }
            evaluated.push(ids.len() > before);
        }
        for rule in &self.unevaluated {
            if rule.seen.iter().all(|part| evaluated.get(*part) != Some(&true)) {
                ids.push(rule.id);
            }
        }
        ids
    }

    /// An `additionalProperties: false` or `unevaluatedProperties: false` that forbids a name which a part describes that it
    /// does not see.
    pub(super) fn closed_against(&self, name: &str) -> Option<Found<'a>> {
        let describes = |part: &Part<'a>| {
            let mut patterns = part.patterns.iter();
            part.properties.iter().any(|(other, _)| *other == name)
                || patterns.any(|(number, _)| {
                    let pattern = self.patterns.get(*number);
                    pattern.is_some_and(|(_, (_, dfa))| dfa.is_match(name))
                })
        };
        let is_false = |found: &Found<'a>| matches!(found.node.value, Value::Bool(false));
        let additional = self.parts.iter().find_map(|part| {
            let (found, _) = part.additional?;
            (is_false(&found) && !describes(part)).then_some(found)
        });
        let unseen = |rule: &&Unevaluated<'a>| {
            let mut seen = rule.seen.iter().filter_map(|number| self.parts.get(*number));
            is_false(&rule.found) && !seen.any(|part| describes(part) || part.additional.is_some())
        };
        additional.or_else(|| self.unevaluated.iter().find(unseen).map(|rule| rule.found))
    }
}

/// Undeclared members that go into one map.
pub(super) struct Kept {
    /// What the map is called, in words.
    name: String,
    /// What their names match; all that no other map takes, if nothing is said.
    pub(super) names: Option<Named>,
    /// The schemas that describe them.
    ids: Vec<SchemaId>,
}

/// What becomes of undeclared members.
pub(super) enum Undeclared {
    /// Nothing is said of them.
    Ignored,
    /// These are kept, in disjoint maps; others are refused.
    Kept(Vec<Kept>),
}

impl Undeclared {
    /// The one map there is, if nothing else is.
    pub(super) fn only_map(&self) -> Option<&Kept> {
        match self {
            Self::Kept(maps) => match maps.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            Self::Ignored => None,
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// Takes all that is said about the members of an object.
    pub(super) fn says(&mut self, facts: &Facts) -> Lowered<Says<'a>> {
        let (names, is_written) = self.allowed_names(facts)?;
        let unevaluated = self.unevaluated(facts)?;
        let has_unevaluated = !unevaluated.is_empty();
        let mut says = Says {
            parts: Vec::new(),
            patterns: Vec::new(),
            names,
            unevaluated,
            speaks: is_written || has_unevaluated,
        };
        let mut failed = false;
        for owner in &facts.parts {
            match self.part(*owner, &mut says) {
                Ok(part) => says.parts.push(part),
                Err(Reported) => failed = true,
            }
        }
        if failed { Err(Reported) } else { Ok(says) }
    }

    fn part(&mut self, owner: SchemaId, says: &mut Says<'a>) -> Lowered<Part<'a>> {
        let mut part = Part {
            properties: Vec::new(),
            patterns: Vec::new(),
            additional: None,
        };
        let mut failed = false;
        for keyword in ["properties", "patternProperties", "additionalProperties"] {
            let Some(node) = self.set.schema(owner).node.get(keyword) else {
                continue;
            };
            self.taken.insert((owner, keyword));
            let found = Found { owner, keyword, node };
            says.speaks |= keyword != "properties";
            for member in node
                .as_object()
                .filter(|_| keyword != "additionalProperties")
                .unwrap_or(&[])
            {
                let Some(id) = self.set.child(owner, &[keyword, &member.name]) else {
                    return Err(Reported);
                };
                if keyword == "properties" {
                    part.properties.push((&member.name, id));
                } else if let Ok(number) = self.number_of(found, member, says) {
                    part.patterns.push((number, id));
                } else {
                    failed = true;
                }
            }
            if keyword == "additionalProperties" {
                let child = self.set.child(owner, &[keyword]).ok_or(Reported)?;
                part.additional = Some((found, child));
            }
        }
        if failed { Err(Reported) } else { Ok(part) }
    }

    /// The number of a pattern among those met so far.
    fn number_of(&mut self, found: Found<'a>, member: &Member, says: &mut Says<'a>) -> Lowered<usize> {
        let source = member.name.as_str();
        let known = says.patterns.iter().position(|(_, (known, _))| known == source);
        if let Some(number) = known {
            return Ok(number);
        }
        let dfa = self.pattern_of_names(found, member)?;
        says.patterns.push((found, (source.to_owned(), dfa)));
        Ok(says.patterns.len() - 1)
    }

    /// Each `unevaluatedProperties`: it sees what its own schema says and adds in place, and nothing beside that. One that sees
    /// another, or `additionalProperties`, has nothing left to say, since that evaluates whatever the rest does not.
    fn unevaluated(&mut self, facts: &Facts) -> Lowered<Vec<Unevaluated<'a>>> {
        let all = self.take_all(facts, "unevaluatedProperties");
        let mut unevaluated = Vec::new();
        for found in &all {
            let seen = facts.seen_by(found.owner);
            let is_inner = |other: &Found<'a>| other.owner != found.owner && seen.contains(&other.owner);
            let evaluates_all =
                |part: &SchemaId| self.set.schema(*part).node.get("additionalProperties").is_some();
            if all.iter().any(is_inner) || seen.iter().any(evaluates_all) {
                if let Some(child) = self.set.child(found.owner, &["unevaluatedProperties"]) {
                    self.take_within(&[child]);
                }
                continue;
            }
            let parts = facts.parts.iter().enumerate();
            let parts = parts
                .filter(|(_, part)| seen.contains(part))
                .map(|(number, _)| number);
            let child = self.set.child(found.owner, &["unevaluatedProperties"]);
            unevaluated.push(Unevaluated {
                found: *found,
                id: child.ok_or(Reported)?,
                seen: parts.collect(),
            });
        }
        Ok(unevaluated)
    }

    /// Parts the names of undeclared members into maps.
    pub(super) fn undeclared(
        &mut self,
        facts: &Facts,
        says: &Says<'a>,
        declared: &[(&'a str, Vec<SchemaId>)],
        forbidden: &[&'a str],
        counted: bool,
    ) -> Lowered<Undeclared> {
        // Members that are counted must be known to the value, and names that are forbidden to its check.
        if !says.speaks && forbidden.is_empty() && !counted {
            return Ok(Undeclared::Ignored);
        }
        let placed: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
        let names = AllNames {
            allowed: says.names.as_ref(),
            placed: &placed,
            forbidden,
            patterns: &says.patterns,
        };
        let cells = match names.cells() {
            Ok(cells) => cells,
            Err(found) => {
                let message = "the patterns of names overlap in too many ways";
                return Err(self.error_at(*found, message, Some("let fewer patterns match the same name")));
            }
        };
        let mut maps: Vec<(Vec<SchemaId>, Vec<Cell>)> = Vec::new();
        let mut complete = says.names.is_none() && forbidden.is_empty();
        for cell in cells {
            let described = says.describe(None, &cell.matched);
            match self.essential(&described)? {
                Some(ids) if self.share_a_type(&ids)? => {
                    match maps.iter_mut().find(|(known, _)| *known == ids) {
                        Some((_, cells)) => cells.push(cell),
                        None => maps.push((ids, vec![cell])),
                    }
                }
                _ => complete = false,
            }
        }
        // The rest comes last: where every name has a map, it takes what the others leave.
        maps.sort_by_key(|(_, cells)| cells.iter().any(Cell::is_rest));
        let kept = maps.into_iter().map(|(ids, cells)| {
            let is_rest = cells.iter().any(Cell::is_rest);
            let of_cells = (!(is_rest && complete)).then(|| names.of(&cells));
            Ok(Kept {
                name: names.called(&cells),
                names: of_cells.transpose()?,
                ids,
            })
        });
        let kept: Result<Vec<Kept>, TooLarge> = kept.collect();
        let Ok(kept) = kept else {
            return Err(self.error(facts.own(), TOGETHER_TOO_LARGE, Some(ONE_PATTERN)));
        };
        if kept
            .iter()
            .filter_map(|map| map.names.as_ref())
            .any(|(_, dfa)| dfa.tables().is_none())
        {
            let message = "the patterns of names tell more than 256 kinds of characters apart";
            let keywords = ["patternProperties", "propertyNames"];
            return Err(self.error_of(facts, &keywords, message, Some(FEWER_KINDS)));
        }
        Ok(Undeclared::Kept(kept))
    }

    /// The maps as the IR has them.
    pub(super) fn kept(&mut self, facts: &Facts, undeclared: &mut Undeclared) -> Lowered<(Vec<Group>, Rest)> {
        let Undeclared::Kept(maps) = undeclared else {
            return Ok((Vec::new(), Rest::Ignored));
        };
        let mut groups = Vec::new();
        let mut rest = Rest::Refused;
        let mut failed = false;
        for map in maps {
            let Ok(item) = self.kept_item(facts, map) else {
                failed = true;
                continue;
            };
            let Some((source, dfa)) = &map.names else {
                rest = Rest::Kept(Box::new(item));
                continue;
            };
            let name = format!("{} {}", self.name_of(facts.own()), map.name);
            groups.push(Group {
                name: map.name.clone(),
                names: self.pattern_called(name, source.clone(), dfa.clone()),
                item,
            });
        }
        if failed { Err(Reported) } else { Ok((groups, rest)) }
    }

    /// What the members of a map are.
    pub(super) fn kept_item(&mut self, facts: &Facts, map: &Kept) -> Lowered<Item> {
        if let [one] = map.ids.as_slice() {
            // References were followed to get here: a map may hold the definition that it stands in.
            if !matches!(self.set.schema(*one).place, Place::Definition(_) | Place::Root) {
                return self.item(*one);
            }
            let slot = self.definition(*one)?;
            return Ok(Item {
                ty: slot.ty,
                nullable: slot.nullable,
            });
        }
        let mut slot = self.described(&map.ids)?;
        if !slot.rules.is_empty() {
            let ty = self.reserve();
            let name = format!("{} {} value", self.name_of(facts.own()), map.name);
            let nullable = std::mem::take(&mut slot.nullable);
            let origin = map.ids.first().copied().unwrap_or_else(|| facts.own());
            self.define_as(origin, ty, name, Shape::Wrapper(Box::new(slot)));
            return Ok(Item {
                ty: Type::Named(ty),
                nullable,
            });
        }
        Ok(Item {
            ty: slot.ty,
            nullable: slot.nullable,
        })
    }
}
