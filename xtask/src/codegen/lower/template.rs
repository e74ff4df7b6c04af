//! Templates of channels and keys, and the proofs about them: a part cannot reach into its neighbour, and no two
//! templates produce the same text. Both are shown on automata of the placeholders' types, before any program runs.

use super::super::automaton::{CharSet, Dfa, common_text};
use super::super::diagnostics::nearest;
use super::super::ir::{Event, Key, PatternId, Piece, Shape, Template, Type, TypeId};
use super::text::{first_common, part_languages, unsafe_characters, unsafe_part};
use super::wire::{EVENT_TYPE, Unfit, placeholder};
use super::{Found, Lowered, Lowering, Reported, TEXT};

/// What a template looks like.
const TEMPLATE: &str =
    "a template is made of fixed words and of placeholders for what varies: `price:{symbol}`";

impl<'a> Lowering<'a, '_> {
    /// Takes a template apart.
    pub(super) fn template(&mut self, found: Found<'a>) -> Lowered<Template> {
        let text = found.node.as_str().unwrap_or("").to_owned();
        if text.is_empty() {
            return Err(self.error_at(found, "the template is empty", Some(TEMPLATE)));
        }
        let forbidden = unsafe_characters();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('{') {
                let Some((name, behind)) = inner.split_once('}') else {
                    let at = (place_of(&text, rest).0, 1);
                    return Err(self.error_within(found, at, "`{` is never closed", Some(TEMPLATE)));
                };
                if name.is_empty() || name.contains('{') {
                    return Err(self.error_within(
                        found,
                        place_of(&text, &format!("{{{name}}}")),
                        "a placeholder is the name of a member between `{` and `}`",
                        Some(TEMPLATE),
                    ));
                }
                if matches!(pieces.last(), Some(Piece::Placeholder(_))) {
                    let help = Some("put a character between them that neither can hold");
                    let at = place_of(&text, &format!("}}{{{name}}}"));
                    return Err(self.error_within(found, at, "nothing separates two placeholders", help));
                }
                let piece = Piece::Placeholder(name.to_owned());
                if pieces.contains(&piece) {
                    let at = (place_of(&text, rest).0, name.chars().count() + 2);
                    return Err(self.error_within(
                        found,
                        at,
                        format!("the placeholder `{name}` is given twice"),
                        Some("a member stands in it once"),
                    ));
                }
                pieces.push(piece);
                rest = behind;
            } else {
                let end = rest.find('{').unwrap_or(rest.len());
                let (literal, behind) = rest.split_at(end);
                let bad = literal
                    .chars()
                    .find(|c| *c == '}' || forbidden.contains(u32::from(*c)));
                if let Some(bad) = bad {
                    let message =
                        format!("the template holds {bad:?}, which is not allowed in a key or channel");
                    let before = literal.split(bad).next().unwrap_or("");
                    let at = place_of(&text, rest).0 + before.chars().count();
                    return Err(self.error_within(found, (at, 1), message, Some(TEMPLATE)));
                }
                pieces.push(Piece::Literal(literal.to_owned()));
                rest = behind;
            }
        }
        Ok(Template { text, pieces })
    }

    pub(super) fn placeholder_type(
        &mut self,
        found: Found<'a>,
        members: &[(String, Result<Type, Unfit>)],
        name: &str,
    ) -> Lowered<Type> {
        let Some((_, ty)) = members.iter().find(|(member, _)| member == name) else {
            return Err(self.no_property(found, name, members.iter().map(|(member, _)| member.as_str())));
        };
        match ty {
            Ok(ty) => Ok(ty.clone()),
            Err((why, help)) => {
                let message = format!("`{name}` cannot stand in a template: it {why}");
                Err(self.error_within(found, placeholder_in(found, name), message, Some(help)))
            }
        }
    }

    pub(super) fn no_property<'n>(
        &mut self,
        found: Found<'a>,
        name: &str,
        members: impl Iterator<Item = &'n str>,
    ) -> Reported {
        // What says what an event is, says the same in each.
        let members: Vec<&str> = members.filter(|member| *member != EVENT_TYPE).collect();
        let begins =
            |member: &&str| name.len() > 1 && (member.starts_with(name) || name.starts_with(*member));
        let near = nearest(name, members.iter().copied());
        let help = match near.or_else(|| members.iter().copied().find(begins)) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if (1..=8).contains(&members.len()) => {
                let members: Vec<String> = members.iter().map(|member| format!("`{member}`")).collect();
                format!(
                    "declare `{name}` in `properties`, or name one of {}",
                    members.join(", ")
                )
            }
            None => format!("declare `{name}` in `properties`"),
        };
        self.error_within(
            found,
            placeholder_in(found, name),
            format!("the placeholder `{{{name}}}` has no property"),
            Some(&help),
        )
    }

    /// Shows that each placeholder's texts are safe and exclude the character that follows it.
    pub(super) fn check_separators(
        &mut self,
        found: Found<'a>,
        template: &Template,
        members: &[(String, Result<Type, Unfit>)],
    ) -> Lowered<()> {
        let mut follows = template.pieces.iter().skip(1);
        for piece in &template.pieces {
            let next = follows.next();
            let Piece::Placeholder(name) = piece else { continue };
            let ty = self.placeholder_type(found, members, name)?;
            let at = placeholder_in(found, name);
            let Some(languages) = self.parts(&ty) else {
                let (why, help) = self.unfit(&ty);
                let message = format!("`{name}` cannot stand in a template: {why}");
                return Err(self.error_within(found, at, message, Some(help)));
            };
            if let Some(code) = unsafe_part(&languages) {
                let message = format!(
                    "`{name}` cannot stand in a template: it may contain {}, and globs, white space and control characters are not allowed there",
                    character(code)
                );
                let help = if self.is_anchored(&ty) {
                    "exclude it in the `pattern` of its type"
                } else {
                    "let the `pattern` of its type begin with `^` and end with `$`"
                };
                return Err(self.error_within(found, at, message, Some(help)));
            }
            if languages.iter().any(|dfa| dfa.is_match("")) {
                let message = format!("`{name}` cannot stand in a template: it may be empty");
                return Err(self.error_within(
                    found,
                    at,
                    message,
                    Some("exclude the empty text by `minLength` or `pattern`"),
                ));
            }
            let Some(Piece::Literal(literal)) = next else {
                continue;
            };
            let Some(separator) = literal.chars().next() else {
                continue;
            };
            let separator = CharSet::single(separator);
            if let Some(code) = languages
                .iter()
                .find_map(|dfa| first_common(&dfa.alphabet(), &separator))
            {
                let message = format!(
                    "`{name}` may contain {}, which separates it from what follows",
                    character(code)
                );
                return Err(self.error_within(
                    found,
                    at,
                    message,
                    Some("exclude it in the `pattern` of its type"),
                ));
            }
        }
        Ok(())
    }

    /// Why nothing is known of the texts of a type.
    fn unfit(&self, ty: &Type) -> Unfit {
        const BOUND: &str = "bound them by `pattern`, `enum` or one of the formats `date` and `uuid`";
        let inner = match self.shape_of(ty) {
            Some(Shape::Wrapper(slot)) => &slot.ty,
            _ => ty,
        };
        match inner {
            Type::Decimal | Type::Timestamp => (
                "one value has several texts",
                "use a text with a `pattern`, or the format `date` or `uuid`",
            ),
            _ if self.kind_of(inner) == TEXT => ("its texts are not known to be safe", BOUND),
            _ => (
                "it is neither a text nor an integer",
                "use an integer, or a text that a `pattern`, format or `enum` bounds",
            ),
        }
    }

    /// Whether a pattern says of a text how it begins and ends, if there is one.
    fn is_anchored(&self, ty: &Type) -> bool {
        let Some(Shape::Wrapper(slot)) = self.shape_of(ty) else {
            return true;
        };
        let pattern = slot.rules.pattern.and_then(|id| self.patterns.get(id.0));
        pattern.is_none_or(|pattern| pattern.source.starts_with('^') && pattern.source.ends_with('$'))
    }

    /// Shows that no two templates of a kind produce the same text.
    pub(super) fn check_templates(&mut self, events: &[Event], keys: &[Key]) {
        let channels: Vec<(&Template, Vec<Dfa>)> = events
            .iter()
            .filter_map(|event| {
                let Some(Shape::Object(object)) = self.shape(event.ty) else {
                    return None;
                };
                let ty = |name: &str| {
                    let member = object.members.iter().find(|member| member.wire == name)?;
                    placeholder(&member.content).ok()
                };
                Some((&event.channel, self.chain(&event.channel, &ty)?))
            })
            .collect();
        let keys: Vec<(&Template, Vec<Dfa>)> = keys
            .iter()
            .filter_map(|key| {
                let ty = |name: &str| {
                    key.parts
                        .iter()
                        .find(|part| part.wire == name)
                        .map(|part| part.ty.clone())
                };
                Some((&key.template, self.chain(&key.template, &ty)?))
            })
            .collect();
        for (keyword, chains) in [("x-redis-channel", channels), ("x-redis-key", keys)] {
            let mut clashes = Vec::new();
            // Sorted by what stands before the first placeholder, only neighbours can meet.
            let mut order: Vec<&(&Template, Vec<Dfa>)> = chains.iter().collect();
            order.sort_by_key(|(template, _)| prefix(template));
            for (index, (first, a)) in order.iter().enumerate() {
                for (second, b) in order.iter().skip(index + 1) {
                    if !prefix(second).starts_with(prefix(first)) {
                        break;
                    }
                    let (a, b): (Vec<&Dfa>, Vec<&Dfa>) = (a.iter().collect(), b.iter().collect());
                    if let Some(witness) = common_text(&a, &b) {
                        clashes.push((first.text.clone(), second.text.clone(), witness));
                    }
                }
            }
            for (first, second, witness) in clashes {
                let places = self.occurrences(keyword);
                let mut places: Vec<Found<'a>> = places
                    .into_iter()
                    .filter(|found| {
                        found
                            .node
                            .as_str()
                            .is_some_and(|text| text == first || text == second)
                    })
                    .collect();
                let Some(found) = places.pop() else { continue };
                let other = if found.node.as_str() == Some(first.as_str()) {
                    second
                } else {
                    first
                };
                let message = format!("this template and {other:?} both produce {witness:?}");
                let help = "let a fixed word differ, or exclude one's texts from the other's pattern";
                self.error_at(found, message, Some(help));
            }
        }
    }

    pub(super) fn chain(&self, template: &Template, ty: &dyn Fn(&str) -> Option<Type>) -> Option<Vec<Dfa>> {
        template
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => Some(Dfa::literal(text)),
                Piece::Placeholder(name) => self.language(&ty(name)?),
            })
            .collect()
    }

    fn parts(&self, ty: &Type) -> Option<Vec<Dfa>> {
        let shape = |id: TypeId| self.shape(id);
        let pattern = |id: PatternId| self.patterns.get(id.0).map(|pattern| &pattern.dfa);
        // A decimal has many texts for one value, so a key made of one would not name one thing.
        let readable = match ty {
            Type::Decimal => false,
            Type::Named(id) => {
                !matches!(self.shape(*id), Some(Shape::Wrapper(slot)) if slot.ty == Type::Decimal)
            }
            _ => true,
        };
        if readable {
            part_languages(ty, &shape, &pattern)
        } else {
            None
        }
    }
}

/// Where a part of a text stands: how many code points before it, and how many it has. The end of the text is a part of it.
fn place_of(text: &str, part: &str) -> (usize, usize) {
    let before = text.strip_suffix(part).or_else(|| text.split(part).next());
    (before.unwrap_or("").chars().count(), part.chars().count())
}

/// Where a placeholder stands in the template that was found.
fn placeholder_in(found: Found<'_>, name: &str) -> (usize, usize) {
    place_of(found.node.as_str().unwrap_or(""), &format!("{{{name}}}"))
}

fn prefix(template: &Template) -> &str {
    match template.pieces.first() {
        Some(Piece::Literal(text)) => text,
        _ => "",
    }
}

fn character(code: u32) -> String {
    match char::from_u32(code) {
        Some(c) if c.is_ascii_graphic() => format!("`{c}`"),
        Some(' ') => "a space".to_owned(),
        _ => format!("U+{code:04X}"),
    }
}
