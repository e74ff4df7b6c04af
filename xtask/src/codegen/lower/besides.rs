//! What else is wrong: the mistakes that another one kept from being met, so that a run tells all of them.
//!
//! A schema that fails takes those around it along, and nobody looks at what else these hold. So it is looked at here, each schema
//! by itself: alone it allows at least what it allows among others, and what is wrong with it alone is wrong there as well.
//! Nothing is made of the result, since the run fails.

use super::super::keywords::Holds;
use super::super::resolve::{Place, SchemaId, malformed};
use super::kinds::{ALL, ARRAY, NUMBER, OBJECT, TEXT, type_bits};
use super::{Facts, Lowering};

impl Lowering<'_, '_> {
    /// Looks at all that stands within schemas that failed, and at their own rules, one by one.
    pub(super) fn look_besides(&mut self) {
        let (count, places) = (self.diagnostics.len(), self.diagnostics.places());
        // Whatever stands within a schema comes behind it, so what fails here is looked into as well.
        for id in (0..self.set.schemas.len()).map(SchemaId) {
            let schema = self.set.schema(id);
            if !schema.reached || schema.node.as_object().is_none() {
                continue;
            }
            let is_met = self.slots.contains_key(&id);
            let is_apart = matches!(schema.place, Place::Root | Place::Definition(_) | Place::Names);
            if !schema.broken && !is_met && !is_apart && self.inside_failed(id) {
                // What is wrong was reported.
                let _ = self.slot(id);
            }
            if schema.broken || self.failed.contains(&id) {
                self.look_at_rules(id);
            }
        }
        // Alone, the same mistake may have another name.
        self.diagnostics.drop_repeated(count, &places);
    }

    /// The rules of a schema that mean the same whatever stands beside them.
    fn look_at_rules(&mut self, id: SchemaId) {
        let facts = Facts {
            parts: vec![id],
            asked: Vec::new(),
            made: Vec::new(),
            added: Vec::new(),
            only: None,
        };
        let kinds = self.set.schema(id).node.get("type").map_or(ALL, type_bits);
        let _ = self.limits(&facts);
        let _ = self.item_counts(&facts);
        let _ = self.counts(&facts);
        // Elsewhere a format has no effect, and no one knows the formats of numbers.
        if kinds == 0 || kinds & TEXT != 0 {
            let _ = self.lengths(&facts);
            let _ = self.patterns_of(&facts);
            let _ = self.formats_of(&facts, &mut None);
        }
    }

    /// Whether a keyword binds values that the `type` beside it excludes.
    pub(super) fn is_of_another_type(&self, id: SchemaId, keyword: &str) -> bool {
        let kinds = match keyword {
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => NUMBER,
            "minLength" | "maxLength" | "pattern" | "format" | "x-redis-utc" => TEXT,
            "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" => ARRAY,
            "properties"
            | "required"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames"
            | "minProperties"
            | "maxProperties"
            | "patternProperties" => OBJECT,
            _ => return false,
        };
        let given = self.set.schema(id).node.get("type");
        given.is_some_and(|node| malformed(Holds::Types, node).is_none() && type_bits(node) & kinds == 0)
    }

    /// Whether all that a schema says was looked at, though one around it failed.
    pub(super) fn is_settled(&self, id: SchemaId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            let schema = self.set.schema(id);
            match self.slots.get(&id) {
                Some(slot) => return slot.is_ok(),
                None if schema.broken || self.failed.contains(&id) => return false,
                None => {}
            }
            // These are looked at together with what they are a part of.
            let is_part = matches!(
                schema.place,
                Place::Conjunct | Place::Alternative(_) | Place::Names
            );
            at = schema.parent.filter(|_| is_part);
        }
        false
    }
}
