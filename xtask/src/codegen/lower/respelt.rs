//! Whether writing a value again may change what another alternative says of it: a time is written in one way, however it was
//! spelt, and a rule for texts may refuse one spelling and take the other.

use std::collections::HashSet;

use super::super::automaton::{Dfa, common_text};
use super::super::ir::{
    AlternativeKind, Branch, BranchKind, Content, Format, Object, Rest, Rules, Shape, Tuple, Type, TypeId,
    Union,
};
use super::super::pattern;
use super::Lowering;
use super::union::text_of;

/// Every RFC 3339 time, and some texts that look like one.
const TIMES: &str =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$";

/// What a value is judged by: a type and the rules beside it.
type Judge<'t> = (&'t Type, Option<&'t Rules>);

/// Pairs of types that were looked at.
type Seen = HashSet<(TypeId, TypeId)>;

impl Lowering<'_, '_> {
    /// Two alternatives that `meet`, where the second judges the text of what the first reads as a time.
    pub(super) fn respelt(
        &self,
        union: &Union,
        meet: impl Fn(&Branch, &Branch) -> bool,
    ) -> Option<(usize, usize)> {
        let times = pattern::compile(TIMES).ok()?;
        let branches = || union.branches.iter().enumerate();
        branches().find_map(|(i, a)| {
            let BranchKind::Type(written) = &a.kind else {
                return None;
            };
            let mut others = branches().filter(|(j, _)| *j != i);
            others
                .find(|(_, b)| self.branch_judges(b, written, &times, &mut HashSet::new()) && meet(a, b))
                .map(|(j, _)| (i, j))
        })
    }

    fn branch_judges(&self, branch: &Branch, written: &Type, times: &Dfa, seen: &mut Seen) -> bool {
        match &branch.kind {
            BranchKind::Constant(json) => self.holds_time(written) && has_time(json, times),
            BranchKind::Type(ty) => self.judges(written, (ty, None), times, seen),
        }
    }

    /// Whether a judge says something of a text that `written` holds as a time, at the same place.
    fn judges(&self, written: &Type, judge: Judge<'_>, times: &Dfa, seen: &mut Seen) -> bool {
        let (ty, rules) = judge;
        let listed = rules.map_or(&[][..], |rules| &rules.values);
        if !listed.is_empty() {
            return self.holds_time(written) && listed.iter().any(|json| has_time(json, times));
        }
        if let (Type::Named(a), Type::Named(b)) = (written, ty)
            && !seen.insert((*a, *b))
        {
            return false;
        }
        match self.shape_of(written) {
            Some(Shape::Wrapper(slot)) => return self.judges(&slot.ty, judge, times, seen),
            Some(Shape::Union(union)) => {
                return union.branches.iter().any(|branch| match &branch.kind {
                    BranchKind::Type(ty) => self.judges(ty, judge, times, seen),
                    BranchKind::Constant(_) => false,
                });
            }
            Some(Shape::Alternatives(all)) => {
                return all.iter().any(|one| match &one.kind {
                    AlternativeKind::Type(ty) => self.judges(ty, judge, times, seen),
                    AlternativeKind::Constant(_) => false,
                });
            }
            _ => {}
        }
        match self.shape_of(ty) {
            Some(Shape::Wrapper(slot)) => {
                return self.judges(written, (&slot.ty, Some(&slot.rules)), times, seen);
            }
            Some(Shape::Union(union)) => {
                let mut branches = union.branches.iter();
                return branches.any(|branch| self.branch_judges(branch, written, times, seen));
            }
            Some(Shape::Alternatives(all)) => {
                return all.iter().any(|one| match &one.kind {
                    AlternativeKind::Type(ty) => self.judges(written, (ty, None), times, seen),
                    AlternativeKind::Constant(text) => *written == Type::Timestamp && times.is_match(text),
                });
            }
            Some(Shape::Texts(all)) => {
                return *written == Type::Timestamp && all.iter().any(|one| times.is_match(&one.text));
            }
            _ => {}
        }
        if *written == Type::Timestamp {
            return matches!(ty, Type::Text | Type::Any)
                && rules.is_some_and(|rules| self.rules_judge(rules, times));
        }
        self.elements_judged(written, ty, times, seen) || self.members_judged(written, ty, times, seen)
    }

    /// Whether rules for texts take some times and refuse others.
    fn rules_judge(&self, rules: &Rules, times: &Dfa) -> bool {
        // The shortest time, as `2025-01-17T09:30:00Z`.
        const SHORTEST: u64 = 20;
        if matches!(rules.format, Some(Format::Time | Format::Hostname)) {
            return false;
        }
        let min = rules.min_length.filter(|min| *min > SHORTEST);
        let mut taken = Vec::new();
        if let Some(id) = rules.pattern {
            let Some(pattern) = self.patterns.get(id.0) else {
                return true;
            };
            taken.push(pattern.dfa.clone());
        }
        if min.is_some() || rules.max_length.is_some() {
            let Some(lengths) = Dfa::lengths(min.unwrap_or(0), rules.max_length) else {
                return true;
            };
            taken.push(lengths);
        }
        let takes_all = |dfa: &Dfa| times.try_difference(dfa).is_ok_and(|rest| rest.is_empty());
        let refuses_all = |dfa: &Dfa| common_text(&[times], &[dfa]).is_none();
        !taken.iter().any(refuses_all) && !taken.iter().all(takes_all)
    }

    /// Whether a time stands anywhere in values of a type.
    fn holds_time(&self, ty: &Type) -> bool {
        let mut seen = HashSet::new();
        let mut types = vec![ty];
        // Bound: a type is looked into once.
        while let Some(ty) = types.pop() {
            match ty {
                Type::Timestamp => return true,
                Type::List(item) | Type::Map(item) => types.push(&item.ty),
                Type::Named(id) if seen.insert(*id) => match self.shape(*id) {
                    Some(Shape::Object(object)) => types.extend(contents(object)),
                    Some(Shape::Wrapper(slot)) => types.push(&slot.ty),
                    Some(Shape::Tuple(tuple)) => types.extend(all_elements(tuple)),
                    Some(Shape::Union(union)) => {
                        types.extend(union.branches.iter().filter_map(|branch| match &branch.kind {
                            BranchKind::Type(ty) => Some(ty),
                            BranchKind::Constant(_) => None,
                        }));
                    }
                    Some(Shape::Alternatives(all)) => {
                        types.extend(all.iter().filter_map(|one| match &one.kind {
                            AlternativeKind::Type(ty) => Some(ty),
                            AlternativeKind::Constant(_) => None,
                        }));
                    }
                    Some(Shape::Texts(_)) | None => {}
                },
                _ => {}
            }
        }
        false
    }

    fn elements_judged(&self, written: &Type, judge: &Type, times: &Dfa, seen: &mut Seen) -> bool {
        let tuple = |ty| match self.shape_of(ty) {
            Some(Shape::Tuple(tuple)) => Some(tuple),
            _ => None,
        };
        let mut pairs: Vec<(&Type, &Type)> = Vec::new();
        match (written, judge, tuple(written), tuple(judge)) {
            (Type::List(a), Type::List(b), ..) => pairs.push((&a.ty, &b.ty)),
            (Type::List(a), _, _, Some(b)) => pairs.extend(all_elements(b).map(|b| (&a.ty, b))),
            (_, Type::List(b), Some(a), _) => pairs.extend(all_elements(a).map(|a| (a, &b.ty))),
            (_, _, Some(a), Some(b)) => {
                let count = a.elements.len().max(b.elements.len()) + 1;
                pairs.extend((0..count).filter_map(|at| Some((element(a, at)?, element(b, at)?))));
            }
            _ => {}
        }
        pairs
            .into_iter()
            .any(|(a, b)| self.judges(a, (b, None), times, seen))
    }

    fn members_judged(&self, written: &Type, judge: &Type, times: &Dfa, seen: &mut Seen) -> bool {
        let object = |ty| match self.shape_of(ty) {
            Some(Shape::Object(object)) => Some(object),
            _ => None,
        };
        match (written, judge, object(written), object(judge)) {
            (Type::Map(a), Type::Map(b), ..) => self.judges(&a.ty, (&b.ty, None), times, seen),
            (Type::Map(a), _, _, Some(b)) => self.any_judges(&a.ty, b, times, seen),
            (_, Type::Map(b), Some(a), _) => {
                contents(a).any(|ty| self.judges(ty, (&b.ty, None), times, seen))
            }
            (_, _, Some(a), Some(b)) => {
                let declared = a.members.iter().any(|member| match &member.content {
                    Content::Value(value) => self.member_judges(&value.slot.ty, b, &member.wire, times, seen),
                    Content::Constant(_) => false,
                });
                declared
                    || a.maps()
                        .any(|(_, _, item)| self.any_judges(&item.ty, b, times, seen))
            }
            _ => false,
        }
    }

    /// Whether an object judges what stands in its member of this name.
    fn member_judges(
        &self,
        written: &Type,
        object: &Object,
        name: &str,
        times: &Dfa,
        seen: &mut Seen,
    ) -> bool {
        if let Some(member) = object.members.iter().find(|member| member.wire == name) {
            return self.content_judges(written, &member.content, times, seen);
        }
        let pattern_of = |names: super::super::ir::PatternId| self.patterns.get(names.0);
        let mut groups = object.groups.iter();
        match groups.find(|group| pattern_of(group.names).is_none_or(|names| names.dfa.is_match(name))) {
            Some(group) => self.judges(written, (&group.item.ty, None), times, seen),
            None => match &object.rest {
                Rest::Kept(item) => self.judges(written, (&item.ty, None), times, seen),
                Rest::Ignored | Rest::Refused => false,
            },
        }
    }

    /// Whether an object judges what stands in any of its members.
    fn any_judges(&self, written: &Type, object: &Object, times: &Dfa, seen: &mut Seen) -> bool {
        let mut members = object.members.iter();
        members.any(|member| self.content_judges(written, &member.content, times, seen))
            || object
                .maps()
                .any(|(_, _, item)| self.judges(written, (&item.ty, None), times, seen))
    }

    fn content_judges(&self, written: &Type, content: &Content, times: &Dfa, seen: &mut Seen) -> bool {
        match content {
            Content::Value(value) => {
                self.judges(written, (&value.slot.ty, Some(&value.slot.rules)), times, seen)
            }
            Content::Constant(json) => self.holds_time(written) && has_time(json, times),
        }
    }
}

/// The types of an object's members.
fn contents(object: &Object) -> impl Iterator<Item = &Type> {
    let declared = object.members.iter().filter_map(|member| match &member.content {
        Content::Value(value) => Some(&value.slot.ty),
        Content::Constant(_) => None,
    });
    declared.chain(object.maps().map(|(_, _, item)| &item.ty))
}

fn all_elements(tuple: &Tuple) -> impl Iterator<Item = &Type> {
    let elements = tuple.elements.iter().map(|element| &element.item);
    elements.chain(&tuple.rest).map(|item| &item.ty)
}

fn element(tuple: &Tuple, at: usize) -> Option<&Type> {
    let declared = tuple.elements.get(at).map(|element| &element.item);
    declared.or(tuple.rest.as_ref()).map(|item| &item.ty)
}

/// Whether a time stands anywhere in a JSON text.
fn has_time(json: &str, times: &Dfa) -> bool {
    if let Some(text) = text_of(json) {
        return times.is_match(&text);
    }
    let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else {
        return false;
    };
    let mut values = vec![&value];
    // Bound: each value stands in one other.
    while let Some(value) = values.pop() {
        match value {
            serde_json::Value::String(text) if times.is_match(text) => return true,
            serde_json::Value::Array(items) => values.extend(items),
            serde_json::Value::Object(members) => values.extend(members.values()),
            _ => {}
        }
    }
    false
}
