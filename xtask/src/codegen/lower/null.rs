//! Whether `null` is valid, exactly: asked of schemas before their type is known, so that recursion knows it too.
//!
//! `null` is a single value, and only `type`, `const`, `enum` and what applies in place (`$ref`, `allOf`, `anyOf`, `oneOf`) say
//! anything of it. So it is judged here as a validator would, and what is made of it later agrees.

use super::super::load::{Node, Value};
use super::super::resolve::SchemaId;
use super::kinds::{NULL, type_bits};
use super::{DEPTH_MAX, Facts, Found, Lowering};

impl Lowering<'_, '_> {
    /// Whether `null` satisfies all that is said, save the choices that are made already.
    pub(super) fn takes_null(&mut self, facts: &Facts) -> bool {
        facts.only.is_none()
            && facts.parts.iter().all(|part| {
                let is_made = |keyword: &str| {
                    let mut made = facts.made.iter();
                    made.any(|(owner, made)| owner == part && *made == keyword)
                };
                self.rules_take_null(*part, &is_made, &mut Vec::new())
            })
    }

    /// How many alternatives of a choice `null` matches.
    pub(super) fn null_matches(&mut self, choice: Found<'_>) -> usize {
        let count = choice.node.as_array().map_or(0, <[Node]>::len);
        let matching =
            |index: &usize| self.null_in_child(choice.owner, choice.keyword, *index, &mut Vec::new());
        (0..count).filter(matching).count()
    }

    /// Whether `null` is valid under a schema.
    pub(super) fn is_null_valid(&mut self, id: SchemaId) -> bool {
        self.null_within(id, &mut Vec::new())
    }

    fn null_within(&mut self, id: SchemaId, path: &mut Vec<SchemaId>) -> bool {
        if let Some(known) = self.nulls.get(&id) {
            return *known;
        }
        let schema = self.set.schema(id);
        // Bound: none of these describes anything that will be taken, and each is reported.
        if path.contains(&id) || path.len() >= DEPTH_MAX || schema.broken {
            return false;
        }
        path.push(id);
        let all = schema.node.get("allOf").and_then(Node::as_array);
        let is_valid = !matches!(schema.node.value, Value::Bool(false))
            && schema.target.is_none_or(|target| self.null_within(target, path))
            && (0..all.map_or(0, <[Node]>::len)).all(|index| self.null_in_child(id, "allOf", index, path))
            && self.rules_take_null(id, &|_| false, path);
        path.pop();
        self.nulls.insert(id, is_valid);
        is_valid
    }

    /// What a schema says by itself, `$ref` and `allOf` left out.
    fn rules_take_null(
        &mut self,
        id: SchemaId,
        is_made: &dyn Fn(&str) -> bool,
        path: &mut Vec<SchemaId>,
    ) -> bool {
        let node = self.set.schema(id).node;
        let is_null = |value: &Node| matches!(value.value, Value::Null);
        let mut matching = |keyword: &str| {
            let branches = node.get(keyword).filter(|_| !is_made(keyword))?.as_array()?;
            let matching = (0..branches.len()).filter(|index| self.null_in_child(id, keyword, *index, path));
            Some(matching.count())
        };
        matching("anyOf").is_none_or(|count| count > 0)
            && matching("oneOf").is_none_or(|count| count == 1)
            && node.get("type").is_none_or(|ty| type_bits(ty) & NULL != 0)
            && node.get("const").is_none_or(is_null)
            && node
                .get("enum")
                .and_then(Node::as_array)
                .is_none_or(|values| values.iter().any(is_null))
    }

    fn null_in_child(&mut self, id: SchemaId, keyword: &str, index: usize, path: &mut Vec<SchemaId>) -> bool {
        let child = self.set.child(id, &[keyword, &index.to_string()]);
        child.is_some_and(|child| self.null_within(child, path))
    }
}
