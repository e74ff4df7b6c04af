//! Types with a name, as they are reserved and defined: recursion needs the first before the second.

use super::super::ir::{Home, Shape, Slot, Type, TypeDef, TypeId};
use super::super::resolve::SchemaId;
use super::union::just;
use super::{Draft, Lowering};

impl Lowering<'_, '_> {
    /// Makes a named type of a value with rules; `null` stays outside.
    pub(super) fn wrap(&mut self, id: SchemaId, slot: Slot) -> Slot {
        let nullable = slot.nullable;
        let ty = match self.wrapped.get(&id) {
            Some(ty) => *ty,
            None => self.reserve(),
        };
        let value = Slot {
            nullable: false,
            ..slot
        };
        self.wrap_as(id, ty, value);
        Slot {
            nullable,
            ..just(Type::Named(ty))
        }
    }

    pub(super) fn wrap_as(&mut self, id: SchemaId, ty: TypeId, slot: Slot) {
        self.wrapped.insert(id, ty);
        self.define(id, ty, Shape::Wrapper(Box::new(slot)));
    }

    pub(super) fn reserve(&mut self) -> TypeId {
        self.types.push(None);
        TypeId(self.types.len() - 1)
    }

    pub(super) fn define(&mut self, origin: SchemaId, ty: TypeId, shape: Shape) {
        self.define_as(origin, ty, self.name_of(origin), shape);
    }

    pub(super) fn define_as(&mut self, origin: SchemaId, ty: TypeId, name: String, shape: Shape) {
        let def = TypeDef {
            name,
            docs: self.docs(origin),
            shape,
            home: self
                .homes
                .get(self.set.schema(origin).document)
                .copied()
                .unwrap_or(Home::Shared),
            schema: self.schema_text(origin),
            key_part: false,
        };
        if let Some(place) = self.types.get_mut(ty.0) {
            *place = Some(Draft { origin, def });
        }
    }

    /// What a type is, once that is known.
    pub(super) fn shape(&self, id: TypeId) -> Option<&Shape> {
        self.types
            .get(id.0)
            .and_then(Option::as_ref)
            .map(|draft| &draft.def.shape)
    }

    /// What is behind a type, if it has a name.
    pub(super) fn shape_of(&self, ty: &Type) -> Option<&Shape> {
        match ty {
            Type::Named(id) => self.shape(*id),
            _ => None,
        }
    }
}
