//! What values of a type can hold: whether a choice holds itself, and whether anything within is lost when it is written again.

use std::collections::HashSet;

use super::super::ir::{BranchKind, Content, Item, Rest, Shape, Type, TypeId, Union};
use super::Lowering;

impl Lowering<'_, '_> {
    /// Whether values of `ty` can hold values of `target`: anywhere within, or (`within` not set) by being them.
    pub(super) fn leads_to(
        &self,
        ty: &Type,
        target: TypeId,
        within: bool,
        seen: &mut HashSet<TypeId>,
    ) -> bool {
        match ty {
            Type::List(item) | Type::Map(item) => within && self.leads_to(&item.ty, target, within, seen),
            Type::Named(id) if *id == target => true,
            Type::Named(id) => {
                if !seen.insert(*id) {
                    return false;
                }
                match self.shape(*id) {
                    Some(Shape::Object(object)) => {
                        let mut maps = object.maps();
                        within
                            && (maps.any(|(_, _, item)| self.leads_to(&item.ty, target, within, seen))
                                || object.members.iter().any(|member| match &member.content {
                                    Content::Value(value) => {
                                        self.leads_to(&value.slot.ty, target, within, seen)
                                    }
                                    Content::Constant(_) => false,
                                }))
                    }
                    Some(Shape::Wrapper(slot)) => self.leads_to(&slot.ty, target, within, seen),
                    Some(Shape::Union(union)) => union.branches.iter().any(|branch| match &branch.kind {
                        BranchKind::Type(ty) => self.leads_to(ty, target, within, seen),
                        BranchKind::Constant(_) => false,
                    }),
                    Some(Shape::Tuple(tuple)) => {
                        let elements = tuple.elements.iter().map(|element| &element.item);
                        within
                            && elements
                                .chain(&tuple.rest)
                                .any(|item| self.leads_to(&item.ty, target, within, seen))
                    }
                    Some(Shape::Texts(_) | Shape::Alternatives(_)) | None => false,
                }
            }
            _ => false,
        }
    }

    /// Lets all objects within these types keep the members that they do not declare.
    pub(super) fn keep_members(&mut self, mut types: Vec<Type>) {
        let mut seen = HashSet::new();
        // Bound: a type is looked into once.
        while let Some(ty) = types.pop() {
            let id = match ty {
                Type::List(item) | Type::Map(item) => {
                    types.push(item.ty);
                    continue;
                }
                Type::Named(id) if seen.insert(id) => id,
                _ => continue,
            };
            let Some(Some(draft)) = self.types.get_mut(id.0) else {
                continue;
            };
            match &mut draft.def.shape {
                Shape::Object(object) => {
                    if matches!(object.rest, Rest::Ignored) {
                        let item = Item {
                            ty: Type::Any,
                            nullable: false,
                        };
                        object.rest = Rest::Kept(Box::new(item));
                    }
                    types.extend(object.maps().map(|(_, _, item)| item.ty.clone()));
                    types.extend(object.members.iter().filter_map(|member| match &member.content {
                        Content::Value(value) => Some(value.slot.ty.clone()),
                        Content::Constant(_) => None,
                    }));
                }
                Shape::Union(union) => types.extend(of_branches(union)),
                Shape::Tuple(tuple) => {
                    let elements = tuple.elements.iter().map(|element| &element.item);
                    types.extend(elements.chain(&tuple.rest).map(|item| item.ty.clone()));
                }
                Shape::Wrapper(slot) => types.push(slot.ty.clone()),
                Shape::Texts(_) | Shape::Alternatives(_) => {}
            }
        }
    }

    /// Whether reading a value of the type and writing it again keeps every member, also those it does not declare.
    pub(super) fn keeps_all(&self, ty: &Type, seen: &mut HashSet<TypeId>) -> bool {
        match ty {
            Type::List(item) | Type::Map(item) => self.keeps_all(&item.ty, seen),
            Type::Named(id) => {
                if !seen.insert(*id) {
                    return true;
                }
                match self.shape_of(ty) {
                    Some(Shape::Object(object)) => {
                        !matches!(object.rest, Rest::Ignored)
                            && object.maps().all(|(_, _, item)| self.keeps_all(&item.ty, seen))
                            && object.members.iter().all(|member| match &member.content {
                                Content::Value(value) => {
                                    !value.default_null && self.keeps_all(&value.slot.ty, seen)
                                }
                                Content::Constant(_) => true,
                            })
                    }
                    Some(Shape::Wrapper(slot)) => self.keeps_all(&slot.ty, seen),
                    Some(Shape::Union(union)) => union.branches.iter().all(|branch| match &branch.kind {
                        BranchKind::Type(ty) => self.keeps_all(ty, seen),
                        BranchKind::Constant(_) => true,
                    }),
                    Some(Shape::Tuple(tuple)) => {
                        let elements = tuple.elements.iter().map(|element| &element.item);
                        elements
                            .chain(&tuple.rest)
                            .all(|item| self.keeps_all(&item.ty, seen))
                    }
                    Some(Shape::Texts(_) | Shape::Alternatives(_)) => true,
                    None => false,
                }
            }
            _ => true,
        }
    }
}

/// The types of a union's branches.
pub(super) fn of_branches(union: &Union) -> impl Iterator<Item = Type> {
    union.branches.iter().filter_map(|branch| match &branch.kind {
        BranchKind::Type(ty) => Some(ty.clone()),
        BranchKind::Constant(_) => None,
    })
}
