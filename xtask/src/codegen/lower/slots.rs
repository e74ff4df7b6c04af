//! Schemas to slots: what a value is that one schema describes, where it stands or where it is referred to.
//!
//! Each schema is worked out once. A definition that is met again within itself is handed out before it is known, as
//! the type that it will be; so recursion ends, through objects, unions and plain lists alike.

use std::collections::HashSet;

use super::super::ir::{Item, Rules, Shape, Slot, Type};
use super::super::resolve::{Place, SchemaId};
use super::kinds::{ALL, ARRAY, BOOLEAN, INTEGER, NULL, NUMBER, OBJECT, TEXT};
use super::union::just;
use super::{DEPTH_MAX, Facts, Lowered, Lowering, Reported};

impl Lowering<'_, '_> {
    /// What a definition or root is where it is referred to: a named type when it has rules of its own.
    pub(super) fn definition(&mut self, id: SchemaId) -> Lowered<Slot> {
        if let Some(slot) = self.open.get(&id) {
            self.recursed.insert(id);
            return Ok(slot.clone());
        }
        if let Some(ty) = self.wrapped.get(&id) {
            let nullable = self
                .slots
                .get(&id)
                .is_some_and(|slot| slot.as_ref().is_ok_and(|s| s.nullable));
            return Ok(Slot {
                ty: Type::Named(*ty),
                nullable,
                rules: Rules::default(),
            });
        }
        let slot = self.slot(id)?;
        if slot.rules.is_empty() {
            return Ok(slot);
        }
        Ok(self.wrap(id, slot))
    }

    /// What the root of a file is that was asked for alone: a type with a name in any case, which holds `null` where that is valid.
    pub(super) fn root(&mut self, id: SchemaId) -> Lowered<Slot> {
        let slot = self.definition(id)?;
        if matches!(slot.ty, Type::Named(_)) && !slot.nullable {
            return Ok(slot);
        }
        let name = self.name_of(id);
        for draft in self.types.iter_mut().flatten() {
            // What the root is called, its value is not.
            if draft.origin == id && draft.def.name == name {
                draft.def.name = format!("{name} value");
            }
        }
        let ty = self.reserve();
        self.define(id, ty, Shape::Wrapper(Box::new(slot)));
        Ok(just(Type::Named(ty)))
    }

    /// A type for a schema that is met again within itself before anything is known of it: it becomes a type of its own,
    /// whatever it turns out to be.
    fn promise(&mut self, id: SchemaId) -> Lowered<Slot> {
        if self.chain_is_circular(id) {
            return Err(self.endless(id));
        }
        let slot = Slot {
            nullable: self.is_null_valid(id),
            ..just(Type::Named(self.reserve()))
        };
        self.open.insert(id, slot.clone());
        self.recursed.insert(id);
        Ok(slot)
    }

    /// Keeps the promise: `slot` is what the schema turned out to be.
    pub(super) fn keep_promise(&mut self, id: SchemaId, promised: &Slot, slot: Slot) -> Lowered<Slot> {
        let Type::Named(ty) = promised.ty else {
            return Ok(slot);
        };
        if slot.ty == promised.ty {
            return Err(self.endless(id));
        }
        let value = Slot {
            nullable: false,
            ..slot
        };
        self.define(id, ty, Shape::Wrapper(Box::new(value)));
        Ok(promised.clone())
    }

    pub(super) fn chain_is_circular(&self, id: SchemaId) -> bool {
        let mut seen = HashSet::new();
        let mut next = Some(id);
        while let Some(id) = next {
            if !seen.insert(id) {
                return true;
            }
            next = self.set.schema(id).target;
        }
        false
    }

    /// What a schema is where only a type fits: its rules, if any, become those of a named type.
    pub(super) fn item(&mut self, id: SchemaId) -> Lowered<Item> {
        let mut slot = self.slot(id)?;
        if !slot.rules.is_empty() {
            slot = self.wrap(id, slot);
        }
        Ok(Item {
            ty: slot.ty,
            nullable: slot.nullable,
        })
    }

    /// What a schema is, with its rules beside it.
    pub(super) fn slot(&mut self, id: SchemaId) -> Lowered<Slot> {
        if let Some(slot) = self.slots.get(&id) {
            return slot.clone();
        }
        if let Some(slot) = self.open.get(&id) {
            self.recursed.insert(id);
            return Ok(slot.clone());
        }
        if !self.busy.insert(id) {
            // What only refers is what it refers to, also now.
            return if self.only_refers(id) && !self.chain_is_circular(id) {
                self.lower_schema(id)
            } else {
                self.promise(id)
            };
        }
        // Bound: what is deeper is refused, so the stack of this thread is deep enough.
        self.depth += 1;
        let slot = if self.depth > DEPTH_MAX {
            Err(self.too_deep(id))
        } else {
            self.lower_schema(id)
        };
        self.depth -= 1;
        self.busy.remove(&id);
        let slot = match self.open.remove(&id) {
            Some(promised) => {
                if let Type::Named(ty) = promised.ty {
                    self.wrapped.insert(id, ty);
                }
                slot.and_then(|slot| self.keep_promise(id, &promised, slot))
            }
            None => slot,
        };
        if slot.is_err() {
            self.failed.insert(id);
        }
        self.slots.insert(id, slot.clone());
        slot
    }

    pub(super) fn lower_schema(&mut self, id: SchemaId) -> Lowered<Slot> {
        let schema = self.set.schema(id);
        if schema.broken {
            return Err(Reported);
        }
        if let Some(target) = schema.target
            && self.only_refers(id)
        {
            self.taken.insert((id, "$ref"));
            let named = matches!(self.set.schema(target).place, Place::Definition(_) | Place::Root);
            return if named {
                self.definition(target)
            } else {
                self.slot(target)
            };
        }
        if let Some(only) = self.only_conjunct(id) {
            self.taken.insert((id, "allOf"));
            return self.slot(only);
        }
        let facts = self.gather(&[id])?;
        self.lower_facts(&facts)
    }

    /// What values are that satisfy all parts of `facts`.
    pub(super) fn lower_facts(&mut self, facts: &Facts) -> Lowered<Slot> {
        if let Some(slot) = self.choice(facts)? {
            return Ok(slot);
        }
        let types = self.types(facts)?;
        if !types.given && facts.parts.iter().all(|part| self.binds_nothing(*part)) {
            return Ok(Slot {
                ty: Type::Any,
                nullable: false,
                rules: Rules::default(),
            });
        }
        let mut nullable = types.set & NULL != 0;
        let (ty, rules) = match types.set & !NULL {
            BOOLEAN => (Type::Boolean, Rules::default()),
            INTEGER => self.integer(facts)?,
            NUMBER => self.number(facts)?,
            TEXT => self.text(facts)?,
            ARRAY => self.array(facts, nullable)?,
            OBJECT => self.object(facts, nullable)?,
            0 => {
                nullable = false;
                (Type::Null, Rules::default())
            }
            _ if !types.given => {
                if let Some(rules) = self.any(facts)? {
                    return Ok(Slot {
                        ty: Type::Any,
                        nullable: false,
                        rules,
                    });
                }
                // What values hold is said: each type gets the rules that bind it.
                return self.several_types(facts, ALL & !NULL, true);
            }
            several => return self.several_types(facts, several, nullable),
        };
        Ok(Slot { ty, nullable, rules })
    }
}
