//! Several schemas that describe the same value: a member that `properties` names in two parts of an `allOf`, or whose
//! name also matches a pattern. The value must satisfy all of them.
//!
//! What several schemas are together is worked out once for each set of them, and a set that is met again within itself
//! is the type that is being made: so recursion ends here as it does for single schemas.

use super::super::ir::{Rules, Slot, Type, TypeId};
use super::super::load::Value;
use super::super::resolve::{Place, SchemaId};
use super::kinds::type_bits;
use super::union::just;
use super::{DEPTH_MAX, Facts, Lowered, Lowering, Reported};

/// More sets than this come of schemas that multiply without end.
const SETS_MAX: usize = 10_000;

/// What is known of a set of schemas.
#[derive(Debug, Clone)]
pub(super) enum Progress {
    /// It is being worked out.
    Busy,
    /// It is being worked out, and will be this type.
    Announced(Slot),
    /// It was worked out.
    Known(Lowered<Slot>),
}

impl Lowering<'_, '_> {
    /// What a value is that all of these schemas describe.
    pub(super) fn described(&mut self, ids: &[SchemaId]) -> Lowered<Slot> {
        if let [one] = ids {
            return self.slot(*one);
        }
        let Some(essential) = self.essential(ids)? else {
            // One of them is `false`, which is said where it stands.
            let facts = self.gather(ids)?;
            return self.lower_facts(&facts);
        };
        match essential.as_slice() {
            [] => Ok(Slot {
                ty: Type::Any,
                nullable: false,
                rules: Rules::default(),
            }),
            [one] if matches!(self.set.schema(*one).place, Place::Definition(_) | Place::Root) => {
                self.definition(*one)
            }
            [one] => self.slot(*one),
            many => self.combined(many),
        }
    }

    /// The schemas that say something, each once and found by following what only refers to it; `None` when one of them
    /// accepts nothing.
    pub(super) fn essential(&mut self, ids: &[SchemaId]) -> Lowered<Option<Vec<SchemaId>>> {
        let mut essential = Vec::new();
        for id in ids {
            let mut seen = vec![*id];
            let mut at = Some(*id);
            // Bound: a schema is followed once.
            while let Some(id) = at {
                let schema = self.set.schema(id);
                if schema.broken {
                    return Err(Reported);
                }
                if matches!(schema.node.value, Value::Bool(false)) {
                    return Ok(None);
                }
                let next = if self.only_refers(id) {
                    self.taken.insert((id, "$ref"));
                    schema.target
                } else if let Some(only) = self.only_conjunct(id) {
                    self.taken.insert((id, "allOf"));
                    Some(only)
                } else {
                    if !essential.contains(&id) {
                        essential.push(id);
                    }
                    None
                };
                at = next;
                if let Some(next) = next {
                    if seen.contains(&next) {
                        return Err(self.endless(id));
                    }
                    seen.push(next);
                }
            }
        }
        Ok(Some(essential))
    }

    /// Whether no value satisfies all of these schemas, because one of them is `false`. Of those that are wrong themselves nobody
    /// knows, and what stands beside them is looked at all the same.
    pub(super) fn is_impossible(&mut self, ids: &[SchemaId]) -> bool {
        matches!(self.essential(ids), Ok(None))
    }

    /// Whether any type of values is allowed by all of these schemas. Where patterns overlap, nobody need have thought of a
    /// name that matches both: such a name is then forbidden, not a mistake.
    pub(super) fn share_a_type(&mut self, ids: &[SchemaId]) -> Lowered<bool> {
        if ids.len() < 2 {
            return Ok(true);
        }
        let facts = self.gather(ids)?;
        let types = self
            .take_all(&facts, "type")
            .into_iter()
            .map(|found| type_bits(found.node));
        Ok(types.fold(super::ALL, |all, one| all & one) != 0)
    }

    fn combined(&mut self, ids: &[SchemaId]) -> Lowered<Slot> {
        let key = sorted(ids);
        let first = ids.first().copied().unwrap_or(SchemaId(0));
        match self.several.get(&key) {
            Some(Progress::Known(slot)) => return slot.clone(),
            Some(Progress::Announced(slot)) => return Ok(slot.clone()),
            Some(Progress::Busy) => {
                // Met again before anything is known: it becomes a type of its own, whatever it turns out to be.
                let mut nullable = true;
                for id in ids {
                    nullable &= self.is_null_valid(*id);
                }
                let slot = Slot {
                    nullable,
                    ..just(Type::Named(self.reserve()))
                };
                self.several.insert(key, Progress::Announced(slot.clone()));
                return Ok(slot);
            }
            None if self.several.len() >= SETS_MAX => {
                return Err(self.exhausted(|lowering| {
                    let message = "too many schemas describe the same values in different combinations";
                    lowering.error(first, message, Some("describe each member in one place"))
                }));
            }
            None => {}
        }
        self.several.insert(key.clone(), Progress::Busy);
        // Bound: what is deeper is refused, as it is for single schemas.
        self.depth += 1;
        let mut slot = if self.depth > DEPTH_MAX {
            Err(self.too_deep(first))
        } else {
            self.gather(ids).and_then(|facts| self.lower_facts(&facts))
        };
        self.depth -= 1;
        if let Some(Progress::Announced(promised)) = self.several.get(&key).cloned() {
            slot = slot.and_then(|slot| self.keep_promise(first, &promised, slot));
        }
        self.several.insert(key, Progress::Known(slot.clone()));
        slot
    }

    /// Lets references find the type of an object, tuple or union while what is in it is looked at. Whether that was not so
    /// before: then it is to be left again.
    pub(super) fn enter(&mut self, facts: &Facts, ty: TypeId, nullable: bool) -> bool {
        let known = match facts.asked.as_slice() {
            [] => true,
            [one] => self.open.contains_key(one),
            many => matches!(self.several.get(&sorted(many)), Some(Progress::Announced(_))),
        };
        if !known {
            self.announce(facts, ty, nullable);
        }
        !known
    }

    pub(super) fn leave(&mut self, facts: &Facts, entered: bool) {
        if entered {
            self.withdraw(facts);
        }
    }

    /// Says of what type the values will be, before their members are looked at: a recursive reference finds it here.
    fn announce(&mut self, facts: &Facts, ty: TypeId, nullable: bool) {
        let slot = Slot {
            ty: Type::Named(ty),
            nullable,
            rules: Rules::default(),
        };
        match facts.asked.as_slice() {
            [] => {}
            [one] => {
                self.open.insert(*one, slot);
            }
            many => {
                self.several.insert(sorted(many), Progress::Announced(slot));
            }
        }
    }

    /// Takes the announcement back.
    fn withdraw(&mut self, facts: &Facts) {
        match facts.asked.as_slice() {
            [] => {}
            [one] => {
                self.open.remove(one);
            }
            many => {
                self.several.insert(sorted(many), Progress::Busy);
            }
        }
    }
}

fn sorted(ids: &[SchemaId]) -> Vec<SchemaId> {
    let mut key = ids.to_vec();
    key.sort_unstable();
    key
}
