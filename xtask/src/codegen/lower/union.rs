//! Several kinds of value: `anyOf`, `oneOf` and `type` with more than one name.
//!
//! The rules beside a choice hold for each of its branches, so a branch is read together with them: `A and one of (B, C)`
//! is `one of (A and B, A and C)`. What is left is a list of types, and whether a value can be of two of them decides
//! what the choice means: `apart` asks that when all types are known.

use std::collections::HashSet;

use super::super::automaton::{Dfa, common_text};
use super::super::ir::{
    Alternative, AlternativeKind, Branch, BranchKind, Docs, Item, Rules, Shape, Slot, Type, TypeId, Union,
};
use super::super::keywords;
use super::super::load::{Node, Value};
use super::super::resolve::SchemaId;
use super::facts::{Types, is_unbinding};
use super::kinds::kind_word;
use super::text::write_string;
use super::{ARRAY, BOOLEAN, Facts, Found, INTEGER, Lowered, Lowering, NULL, NUMBER, OBJECT, Reported, TEXT};

/// A union whose branches are yet to be told apart.
pub(super) struct Pending<'a> {
    /// Its type.
    pub(super) ty: TypeId,
    /// Where it is written.
    pub(super) found: Found<'a>,
    /// Whether exactly one branch must match.
    pub(super) exclusive: bool,
    /// What the schema around says of members that a branch does not evaluate.
    pub(super) closing: Closing,
}

/// What `unevaluatedProperties` around a choice makes of its branches. A branch matches or not without it: what only the
/// closing refuses or describes does not keep another branch from matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// It sees none of them, or says nothing.
    None,
    /// It forbids what a branch does not evaluate.
    False,
    /// It describes such members, by their types.
    Typed,
    /// It describes them otherwise.
    Other,
}

/// A branch that is lowered.
struct Made {
    name: String,
    docs: Docs,
    kind: AlternativeKind,
}

impl<'a> Lowering<'a, '_> {
    /// What `anyOf` or `oneOf` is.
    pub(super) fn alternatives(&mut self, facts: &Facts, found: Found<'a>) -> Lowered<Slot> {
        let exclusive = found.keyword == "oneOf";
        let types = self.types(facts)?;
        let nullable = self.takes_null(facts);
        let combined = !facts.made.is_empty() || self.has_other_choice(facts, found);
        let (mut nulls, mut null) = (0, None);
        let mut rest: Vec<SchemaId> = Vec::new();
        for index in 0..found.node.as_array().map_or(0, <[Node]>::len) {
            let Some(id) = self.set.child(found.owner, &[found.keyword, &index.to_string()]) else {
                return Err(Reported);
            };
            if matches!(self.set.schema(id).node.value, Value::Bool(false)) {
                // It matches nothing, so it neither helps nor hinders.
                continue;
            }
            if combined && self.is_contradiction(facts, id) {
                // Of all combinations, some are of no type.
                self.take_within(&[id]);
            } else if self.is_null(id) {
                nulls += 1;
                null = Some(id);
            } else {
                rest.push(id);
            }
        }
        if let Some(id) = null.filter(|_| types.set & NULL == 0 && !combined) {
            let help = Some("add `\"null\"` to that `type`");
            return Err(self.error(id, "`null` is not of the `type` given beside it", help));
        }
        let mut slot = match rest.as_slice() {
            [] if nulls == 0 => {
                return Err(self.error_at(
                    found,
                    "no value matches this",
                    Some("let an alternative allow something"),
                ));
            }
            [] => just(Type::Null),
            [one] => self.branch(facts, found, &types, *one)?,
            many => self.branches(facts, found, &types, many, nullable)?,
        };
        if nulls > 0 && exclusive && self.null_matches(found) > 1 {
            // Nobody writes this to forbid `null`.
            let message = "`null` would match two alternatives, so `oneOf` would refuse it";
            return Err(self.error_at(found, message, Some("leave `null` to one of them")));
        }
        if slot.ty != Type::Null {
            slot.nullable = nullable && !self.surely_takes_null(&slot);
        }
        Ok(slot)
    }

    /// Whether another choice is yet to be made.
    fn has_other_choice(&self, facts: &Facts, found: Found<'a>) -> bool {
        facts.parts.iter().any(|part| {
            let node = self.set.schema(*part).node;
            ["anyOf", "oneOf"].into_iter().any(|keyword| {
                let is_this = (*part, keyword) == (found.owner, found.keyword);
                !is_this && !facts.made.contains(&(*part, keyword)) && node.get(keyword).is_some()
            })
        })
    }

    /// What a schema with several types is, each with the rules that bind it.
    pub(super) fn several_types(&mut self, facts: &Facts, kinds: u8, nullable: bool) -> Lowered<Slot> {
        let own = facts.own();
        let Some(found) = self.first_rule(facts) else {
            return Err(Reported);
        };
        let ty = self.reserve();
        let inside = self.enter(facts, ty, nullable);
        let name = self.name_of(own);
        let number = if kinds & NUMBER == NUMBER {
            NUMBER
        } else {
            kinds & INTEGER
        };
        let mut made = Vec::new();
        for kind in [BOOLEAN, number, TEXT, ARRAY, OBJECT] {
            if kind == 0 || kinds & kind != kind {
                continue;
            }
            let one = Facts {
                parts: facts.parts.clone(),
                asked: Vec::new(),
                made: facts.made.clone(),
                added: facts.added.clone(),
                only: Some(kind),
            };
            let first = self.types.len();
            let slot = self.lower_facts(&one)?;
            let word = kind_word(kind);
            let inner = self.named_item(own, slot, format!("{name} {word}"));
            for draft in self.types.iter_mut().skip(first).flatten() {
                // Its object is called what the whole is called.
                if draft.def.name == name {
                    draft.def.name = format!("{name} {word}");
                }
            }
            made.push(Made {
                name: word.to_owned(),
                docs: Docs::default(),
                kind: AlternativeKind::Type(inner.ty),
            });
        }
        self.leave(facts, inside);
        self.define_union(
            own,
            ty,
            Pending {
                ty,
                found,
                exclusive: false,
                closing: Closing::None,
            },
            made,
        );
        Ok(Slot {
            nullable,
            ..just(Type::Named(ty))
        })
    }

    /// Where a schema allows several types: its `type`, or the first rule of one that has none.
    fn first_rule(&mut self, facts: &Facts) -> Option<Found<'a>> {
        if let Some(found) = self.take_all(facts, "type").into_iter().next() {
            return Some(found);
        }
        facts.parts.iter().find_map(|owner| {
            let members = self.set.schema(*owner).node.as_object()?;
            let member = members.iter().find(|member| !is_unbinding(&member.name))?;
            Some(Found {
                owner: *owner,
                keyword: keywords::find(&member.name)?.name,
                node: &member.value,
            })
        })
    }

    /// A type where only one fits, its rules in a type of that name.
    pub(super) fn named_item(&mut self, id: SchemaId, slot: Slot, name: String) -> Item {
        if slot.rules.is_empty() {
            return Item {
                ty: slot.ty,
                nullable: slot.nullable,
            };
        }
        let ty = self.reserve();
        let nullable = slot.nullable;
        let inner = Slot {
            nullable: false,
            ..slot
        };
        self.define_as(id, ty, name, Shape::Wrapper(Box::new(inner)));
        Item {
            ty: Type::Named(ty),
            nullable,
        }
    }

    /// Two branches or more that are not `null`.
    fn branches(
        &mut self,
        facts: &Facts,
        found: Found<'a>,
        types: &Types,
        ids: &[SchemaId],
        nullable: bool,
    ) -> Lowered<Slot> {
        let own = facts.own();
        let exclusive = found.keyword == "oneOf";
        let ty = self.reserve();
        let inside = self.enter(facts, ty, nullable);
        let mut made = Vec::new();
        let mut with_null = false;
        let mut failed = false;
        for id in ids {
            match self.made(facts, found, types, *id) {
                Ok((one, null)) => {
                    with_null |= null;
                    made.push(one);
                }
                Err(Reported) => failed = true,
            }
        }
        self.leave(facts, inside);
        if failed {
            return Err(Reported);
        }
        let takes_null = |one: &Made| match &one.kind {
            AlternativeKind::Constant(_) => false,
            AlternativeKind::Type(ty) => self.kind_of(ty) & NULL != 0,
        };
        if exclusive && with_null && made.iter().any(takes_null) && self.null_matches(found) > 1 {
            let message = "`null` would match two alternatives, so `oneOf` would refuse it";
            return Err(self.error_at(found, message, Some("leave `null` to one of them")));
        }
        if !exclusive {
            let mut seen = HashSet::new();
            made.retain(|one| match &one.kind {
                AlternativeKind::Constant(json) => seen.insert(json.clone()),
                AlternativeKind::Type(_) => true,
            });
        }
        let is_text = |one: &Made| match &one.kind {
            AlternativeKind::Constant(text) => text.starts_with('"'),
            AlternativeKind::Type(ty) => self.is_text(ty),
        };
        if made.iter().all(is_text) && (!exclusive || self.texts_differ(&made)) {
            self.define(own, ty, Shape::Alternatives(texts_first(made)));
        } else {
            let closing = self.closing(facts, found);
            self.define_union(
                own,
                ty,
                Pending {
                    ty,
                    found,
                    exclusive,
                    closing,
                },
                made,
            );
        }
        Ok(just(Type::Named(ty)))
    }

    fn define_union(&mut self, own: SchemaId, ty: TypeId, pending: Pending<'a>, made: Vec<Made>) {
        let branches = made.into_iter().map(|one| Branch {
            name: one.name,
            docs: one.docs,
            kind: match one.kind {
                AlternativeKind::Constant(json) => BranchKind::Constant(json),
                AlternativeKind::Type(ty) => BranchKind::Type(ty),
            },
            tag: None,
        });
        let union = Union {
            branches: branches.collect(),
            ..Union::default()
        };
        self.define(own, ty, Shape::Union(union));
        self.unions.push(pending);
    }

    /// What is said of members that the branches of a choice do not evaluate.
    fn closing(&self, facts: &Facts, found: Found<'a>) -> Closing {
        let said = facts.parts.iter().filter_map(|part| {
            let node = self.set.schema(*part).node.get("unevaluatedProperties")?;
            facts.seen_by(*part).contains(&found.owner).then_some(&node.value)
        });
        said.fold(Closing::None, |closing, value| match (closing, value) {
            (closing, Value::Bool(true)) => closing,
            (Closing::None | Closing::False, Value::Bool(false)) => Closing::False,
            (Closing::None, Value::Object(members)) => {
                let indirect =
                    |name: &str| matches!(name, "const" | "enum" | "$ref" | "allOf" | "anyOf" | "oneOf");
                if members.iter().any(|member| indirect(&member.name)) {
                    Closing::Other
                } else {
                    Closing::Typed
                }
            }
            _ => Closing::Other,
        })
    }

    /// A branch as a type or a constant, and whether it allows `null` besides.
    fn made(
        &mut self,
        facts: &Facts,
        found: Found<'a>,
        types: &Types,
        id: SchemaId,
    ) -> Lowered<(Made, bool)> {
        let node = self.set.schema(id).node;
        let titled = node.get("title").and_then(Node::as_str).map(str::to_owned);
        let plain = facts
            .parts
            .iter()
            .all(|part| self.binds_only_types(*part, facts, found));
        if let Some(Value::String(text)) = node.get("const").map(|node| &node.value)
            && plain
        {
            let own = self.gather(&[id])?;
            let Some(own_const) = self.take_one(&own, "const")? else {
                return Err(Reported);
            };
            if self.types(&own)?.set & types.set & TEXT == 0 {
                return Err(self.not_of_type(own_const, own_const.node));
            }
            let mut json = String::new();
            write_string(text, &mut json);
            let made = Made {
                name: titled.unwrap_or_else(|| text.clone()),
                docs: self.docs(id),
                kind: AlternativeKind::Constant(json),
            };
            return Ok((made, false));
        }
        let slot = self.branch(facts, found, types, id)?;
        let name = titled.unwrap_or_else(|| self.branch_name(id, &slot.ty));
        let kinds = kind_word(self.kind_of(&slot.ty));
        let item = self.named_item(id, slot, self.inner_name(id, kinds));
        // A type that takes `null` itself needs no leave to.
        let takes_null = self.kind_of(&item.ty) & NULL != 0;
        let made = Made {
            name,
            docs: self.docs(id),
            kind: AlternativeKind::Type(item.ty),
        };
        Ok((made, item.nullable && !takes_null))
    }

    /// A branch with the rules beside the choice.
    fn branch(&mut self, facts: &Facts, found: Found<'a>, types: &Types, id: SchemaId) -> Lowered<Slot> {
        let plain = facts
            .parts
            .iter()
            .all(|part| self.binds_only_types(*part, facts, found));
        if plain && (!types.given || self.says_type(id)) {
            let slot = self.slot(id)?;
            let kinds = self.kind_of(&slot.ty) | if slot.nullable { NULL } else { 0 };
            if kinds & !types.set == 0 {
                if types.given {
                    // What is still being lowered was taken for an object.
                    self.owed.push((id, slot.ty.clone(), types.set));
                }
                return Ok(slot);
            }
        }
        if self.is_contradiction(facts, id) {
            let message = "no value of this alternative is of the `type` given beside it";
            return Err(self.error(
                id,
                message,
                Some("correct one of the types, or remove the alternative"),
            ));
        }
        self.check_distribution(facts, found)?;
        let mut both = self.gather(&[id])?;
        // A branch that is its own choice in place says nothing; read with the choice made, it would allow all.
        let holds_choice = |owner: SchemaId| both.parts.contains(&owner);
        let around = facts.made.iter().map(|(owner, _)| *owner);
        let mut around = around.filter(|owner| facts.seen_by(*owner).contains(&found.owner));
        if holds_choice(found.owner) || around.any(holds_choice) {
            return Err(self.endless(id));
        }
        both.asked.clear();
        both.made.clone_from(&facts.made);
        both.made.push((found.owner, found.keyword));
        both.added.push((found.owner, id));
        both.added.extend(&facts.added);
        for part in &facts.parts {
            if !both.parts.contains(part) {
                both.parts.push(*part);
            }
        }
        self.lower_facts(&both)
    }

    /// Whether a schema says nothing besides the choice and which types there are.
    fn binds_only_types(&self, id: SchemaId, facts: &Facts, found: Found<'_>) -> bool {
        let node = self.set.schema(id).node;
        let bound = node.as_object().unwrap_or(&[]).iter().filter(|member| {
            let made = facts
                .made
                .iter()
                .any(|(owner, keyword)| *owner == id && *keyword == member.name);
            let this = found.owner == id && found.keyword == member.name;
            !made && !this && member.name != "type" && !is_unbinding(&member.name)
        });
        bound.count() == 0
    }

    /// Whether a schema allows `null` and nothing else.
    fn is_null(&mut self, id: SchemaId) -> bool {
        let node = self.set.schema(id).node;
        let keyword = match (
            node.get("type").map(Node::as_str),
            node.get("const").map(|n| &n.value),
        ) {
            (Some(Some("null")), None) => "type",
            (None, Some(Value::Null)) => "const",
            _ => return false,
        };
        self.taken.insert((id, keyword));
        true
    }

    /// Whether it is proven that no text is of two branches.
    fn texts_differ(&self, made: &[Made]) -> bool {
        let languages: Vec<Option<Dfa>> = made
            .iter()
            .map(|one| match &one.kind {
                AlternativeKind::Constant(json) => text_of(json).map(|text| Dfa::literal(&text)),
                AlternativeKind::Type(ty) => self.language(ty),
            })
            .collect();
        languages.iter().enumerate().all(|(index, a)| {
            languages.iter().skip(index + 1).all(|b| match (a, b) {
                (Some(a), Some(b)) => common_text(&[a], &[b]).is_none(),
                _ => false,
            })
        })
    }
}

/// A type without rules.
pub(super) fn just(ty: Type) -> Slot {
    Slot {
        ty,
        nullable: false,
        rules: Rules::default(),
    }
}

/// Constants before types, as enums of texts are printed.
fn texts_first(made: Vec<Made>) -> Vec<Alternative> {
    let (constants, types): (Vec<Made>, Vec<Made>) = made
        .into_iter()
        .partition(|one| matches!(one.kind, AlternativeKind::Constant(_)));
    let all = constants.into_iter().chain(types);
    all.map(|one| Alternative {
        name: one.name,
        docs: one.docs,
        kind: match one.kind {
            AlternativeKind::Constant(json) => AlternativeKind::Constant(text_of(&json).unwrap_or(json)),
            kind @ AlternativeKind::Type(_) => kind,
        },
    })
    .collect()
}

/// The text of a JSON string.
pub(super) fn text_of(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}
