//! Schemas to slots: what a value is that one schema describes, where it stands or where it is referred to.
//!
//! Each schema is worked out once. A definition that is met again within itself is handed out before it is known, as
//! the type that it will be; so recursion ends, through objects, unions and plain lists alike.

use std::collections::HashSet;

use super::super::ir::{Item, Rules, Slot, Type};
use super::super::load::Node;
use super::super::resolve::{Place, SchemaId};
use super::kinds::{ALL, ARRAY, BOOLEAN, INTEGER, NULL, NUMBER, OBJECT, TEXT};
use super::{DEPTH_MAX, Facts, Lowered, Lowering, Reported, Scope};

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
        if self.busy.contains(&id) {
            // Recursion that meets no object: the definition becomes a type of its own, whatever it is.
            if self.chain_is_circular(id) {
                return Err(self.error(
                    id,
                    "the schema refers to itself without describing anything",
                    None,
                ));
            }
            let slot = Slot {
                ty: Type::Named(self.reserve()),
                nullable: self.says_null(id),
                rules: Rules::default(),
            };
            self.open.insert(id, slot.clone());
            return Ok(slot);
        }
        let slot = self.slot(id)?;
        if let Some(Slot {
            ty: Type::Named(reserved),
            nullable,
            ..
        }) = self.open.remove(&id)
        {
            if slot.ty == Type::Named(reserved) {
                return Err(self.error(
                    id,
                    "the schema refers to itself without describing anything",
                    None,
                ));
            }
            if slot.nullable != nullable {
                let help = Some("allow `null` by `type`, or as an alternative beside the others");
                let message = "whether a recursive definition allows `null` is not seen from itself";
                return Err(self.error(id, message, help));
            }
            let whole = Slot {
                nullable: false,
                ..slot
            };
            self.wrap_as(id, reserved, whole);
            return Ok(Slot {
                ty: Type::Named(reserved),
                nullable,
                rules: Rules::default(),
            });
        }
        let whole_file = self.scope == Scope::File && id == self.first_root();
        let plain = matches!(slot.ty, Type::Named(_)) && !slot.nullable;
        if slot.rules.is_empty() && (plain || !whole_file) {
            return Ok(slot);
        }
        Ok(self.wrap(id, slot, whole_file))
    }

    /// Whether a definition says by itself that it allows `null`: where something refers to it before it is known.
    pub(super) fn says_null(&self, id: SchemaId) -> bool {
        let is_null = |node: &Node| node.as_str() == Some("null");
        let has_null = |node: &Node| match node.get("type") {
            Some(ty) => is_null(ty) || ty.as_array().is_some_and(|types| types.iter().any(is_null)),
            None => false,
        };
        let node = self.set.schema(id).node;
        let of_choice = |keyword: &str| {
            let alternatives = node.get(keyword).and_then(Node::as_array);
            alternatives.is_some_and(|all| all.iter().any(has_null))
        };
        // With a `type` of its own, alternatives cannot add to it.
        match node.get("type") {
            Some(_) => has_null(node),
            None => of_choice("anyOf") || of_choice("oneOf"),
        }
    }

    pub(super) fn first_root(&self) -> SchemaId {
        self.set.roots.first().copied().flatten().unwrap_or(SchemaId(0))
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
            slot = self.wrap(id, slot, false);
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
            return Err(self.error(id, "the schema contains itself without end", None));
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
