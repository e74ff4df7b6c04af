//! The end of the run: types in the order of the schemas, numbered anew, and no pattern that nothing uses.

use std::collections::{BTreeSet, HashMap};

use super::super::ir::{
    AlternativeKind, BranchKind, Content, Ir, Item, KeyValue, PatternId, Rest, Rules, Shape, Type, TypeId,
};
use super::{Draft, Lowering, object, text};

impl Lowering<'_, '_> {
    /// Puts the types into the order of the schemas and renumbers them.
    pub(super) fn finish(&mut self, ir: &mut Ir) {
        let mut drafts: Vec<(usize, Draft)> = std::mem::take(&mut self.types)
            .into_iter()
            .enumerate()
            .filter_map(|(n, d)| Some((n, d?)))
            .collect();
        drafts.sort_by_key(|(number, draft)| (draft.def.home, draft.origin, *number));
        let numbers: HashMap<usize, usize> = drafts
            .iter()
            .enumerate()
            .map(|(new, (old, _))| (*old, new))
            .collect();
        ir.types = drafts.into_iter().map(|(_, draft)| draft.def).collect();
        ir.patterns = std::mem::take(&mut self.patterns);
        ir.drop_unused_patterns();
        ir.renumber(&|id| TypeId(numbers.get(&id.0).copied().unwrap_or(id.0)));
        let numbers = ir.events.iter().enumerate();
        ir.event_numbers = numbers.map(|(number, event)| (event.ty, number)).collect();
        text::mark_key_parts(ir);
        object::mark_boxes(ir);
    }
}

impl Ir {
    fn renumber(&mut self, number: &dyn Fn(TypeId) -> TypeId) {
        fn ty(ty: &mut Type, number: &dyn Fn(TypeId) -> TypeId) {
            match ty {
                Type::Named(id) => *id = number(*id),
                Type::List(item) | Type::Map(item) => Ir::renumber_item(item, number),
                _ => {}
            }
        }
        for def in &mut self.types {
            match &mut def.shape {
                Shape::Object(object) => {
                    for member in &mut object.members {
                        if let Content::Value(value) = &mut member.content {
                            ty(&mut value.slot.ty, number);
                        }
                    }
                    for group in &mut object.groups {
                        Ir::renumber_item(&mut group.item, number);
                    }
                    if let Rest::Kept(item) = &mut object.rest {
                        Ir::renumber_item(item, number);
                    }
                }
                Shape::Alternatives(alternatives) => {
                    for alternative in alternatives {
                        if let AlternativeKind::Type(inner) = &mut alternative.kind {
                            ty(inner, number);
                        }
                    }
                }
                Shape::Union(union) => {
                    for branch in &mut union.branches {
                        if let BranchKind::Type(inner) = &mut branch.kind {
                            ty(inner, number);
                        }
                    }
                }
                Shape::Tuple(tuple) => {
                    let elements = tuple.elements.iter_mut().map(|element| &mut element.item);
                    for item in elements.chain(&mut tuple.rest) {
                        Ir::renumber_item(item, number);
                    }
                }
                Shape::Wrapper(slot) => ty(&mut slot.ty, number),
                Shape::Texts(_) => {}
            }
        }
        for event in &mut self.events {
            event.ty = number(event.ty);
        }
        for key in &mut self.keys {
            for part in &mut key.parts {
                ty(&mut part.ty, number);
            }
            if let Some(KeyValue::Type(inner)) = &mut key.value {
                ty(inner, number);
            }
        }
        self.root = self.root.map(number);
    }

    /// Patterns that only went into others are in no table.
    fn drop_unused_patterns(&mut self) {
        let mut used: BTreeSet<PatternId> = BTreeSet::new();
        self.each_pattern(&mut |id| {
            used.insert(*id);
        });
        let numbers: HashMap<PatternId, PatternId> = used
            .iter()
            .enumerate()
            .map(|(new, old)| (*old, PatternId(new)))
            .collect();
        self.each_pattern(&mut |id| *id = numbers.get(id).copied().unwrap_or(*id));
        let mut index = 0;
        self.patterns.retain(|_| {
            index += 1;
            used.contains(&PatternId(index - 1))
        });
    }

    fn each_pattern(&mut self, visit: &mut dyn FnMut(&mut PatternId)) {
        let of_rules = |rules: &mut Rules, visit: &mut dyn FnMut(&mut PatternId)| {
            rules
                .pattern
                .iter_mut()
                .chain(&mut rules.names)
                .for_each(&mut *visit);
        };
        for def in &mut self.types {
            match &mut def.shape {
                Shape::Object(object) => {
                    for member in &mut object.members {
                        if let Content::Value(value) = &mut member.content {
                            of_rules(&mut value.slot.rules, visit);
                        }
                    }
                    object.groups.iter_mut().for_each(|group| visit(&mut group.names));
                }
                Shape::Wrapper(slot) => of_rules(&mut slot.rules, visit),
                Shape::Texts(_) | Shape::Alternatives(_) | Shape::Union(_) | Shape::Tuple(_) => {}
            }
        }
    }

    fn renumber_item(item: &mut Item, number: &dyn Fn(TypeId) -> TypeId) {
        match &mut item.ty {
            Type::Named(id) => *id = number(*id),
            Type::List(inner) | Type::Map(inner) => Self::renumber_item(inner, number),
            _ => {}
        }
    }
}
