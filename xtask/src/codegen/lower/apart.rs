//! Whether a value can be of two branches of a union, which decides what the union means and whether it loses anything.
//!
//! | branches | `anyOf` | `oneOf` |
//! | --- | --- | --- |
//! | no value is of two, as proven | the only one that matches | the same |
//! | some may be | the first that matches | the one that matches, if no other does |
//!
//! A value of two branches is read as one of them, which must not drop the members that only the other declares: where
//! branches may overlap, objects within them keep what they do not declare.
//!
//! Two branches are apart when their JSON types are, their texts are (as automata), their limits are, or when both
//! require a member on whose values they differ, or one forbids a member that the other requires. A member whose
//! constants tell all objects apart is the tag: it is looked at first, which makes errors precise and reading fast.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::automaton::{Dfa, common_text};
use super::super::ir::{
    Branch, BranchKind, Content, Group, Member, Object, Rest, Rules, Shape, Type, TypeId, Union,
};
use super::super::number::Exact;
use super::reach::of_branches;
use super::report::{ENDLESS, ENDLESS_HELP};
use super::union::{Closing, Pending, text_of};
use super::{ARRAY, Lowering, NUMBER, OBJECT, Reported, TEXT};

const TELL_APART: &str =
    "give each a required member with a `const` of its own, or close them with `additionalProperties: false`";

/// More pairs than this are not compared to tell two alternatives apart.
const COMPARED_MAX: usize = 10_000;

impl<'a> Lowering<'a, '_> {
    /// Decides for each union how its branches are told apart, or reports why they cannot be.
    pub(super) fn settle_unions(&mut self) {
        for (id, ty, allowed) in std::mem::take(&mut self.owed) {
            if self.kind_of(&ty) & !allowed != 0 {
                let message = "this alternative holds the choice again, and has values that are not of the `type` beside it";
                let help = "leave that `type` out, and give one in each alternative";
                self.error(id, message, Some(help));
            }
        }
        let unions = std::mem::take(&mut self.unions);
        let mut bare = Vec::new();
        for pending in &unions {
            if self.check_bare(pending).is_err() {
                bare.push(pending.ty);
            }
        }
        for pending in &unions {
            let ty = Type::Named(pending.ty);
            let holds_bare = |bare: &TypeId| self.leads_to(&ty, *bare, true, &mut HashSet::new());
            if !bare.iter().any(holds_bare) {
                // What is wrong is reported, and the run fails for it.
                let _ = self.settle(pending);
            }
        }
    }

    fn settle(&mut self, pending: &Pending<'a>) -> Result<(), Reported> {
        let Some(mut union) = self.take_union(pending.ty) else {
            return Ok(());
        };
        let overlap = self.overlap(&union, pending);
        if let Some((a, b)) = overlap {
            self.check_overlap(pending, &union, a, b)?;
            union.exactly_one = pending.exclusive;
        }
        self.find_tag(&mut union, overlap.is_none() || pending.exclusive);
        self.check_recursion(pending, &union)?;
        // An integer is also a number; the other way round digits beyond 2^53 would be rounded.
        union
            .branches
            .sort_by_key(|branch| self.kinds_of_branch(branch) & NUMBER == NUMBER);
        self.put_union(pending.ty, union);
        Ok(())
    }

    /// The first two branches, by number, that are not shown to exclude each other.
    fn overlap(&self, union: &Union, pending: &Pending<'a>) -> Option<(usize, usize)> {
        let branches = union.branches.iter().enumerate();
        branches.clone().find_map(|(i, a)| {
            let mut behind = branches.clone().skip(i + 1);
            behind
                .find(|(_, b)| !self.branches_apart(a, b, pending))
                .map(|(j, _)| (i, j))
        })
    }

    /// Refuses branches that overlap where that cannot be told, or would lose something.
    fn check_overlap(
        &mut self,
        pending: &Pending<'a>,
        union: &Union,
        i: usize,
        j: usize,
    ) -> Result<(), Reported> {
        let (Some(a), Some(b)) = (union.branches.get(i), union.branches.get(j)) else {
            return Ok(());
        };
        let both = can_match_both(i, a, j, b);
        if pending.closing != Closing::None {
            let message = format!("{both}, so which members are unevaluated depends on the value");
            return Err(self.error_at(pending.found, message, Some(TELL_APART)));
        }
        self.keep_members(of_branches(union).collect());
        // Under `anyOf` what is written is still of the branch that it was read as.
        let drops = pending.exclusive
            && union.branches.iter().any(|branch| match &branch.kind {
                BranchKind::Type(ty) => !self.keeps_all(ty, &mut HashSet::new()),
                BranchKind::Constant(_) => false,
            });
        if drops {
            let message = format!(
                "{both}, and writing it again as one would add a `null` (`default: null`) that the other does not know"
            );
            return Err(self.error_at(pending.found, message, Some(TELL_APART)));
        }
        let meet = |a: &Branch, b: &Branch| !self.branches_apart(a, b, pending);
        let respelt = pending.exclusive.then(|| self.respelt(union, meet)).flatten();
        if let Some((i, j)) = respelt
            && let (Some(a), Some(b)) = (union.branches.get(i), union.branches.get(j))
        {
            let message = format!(
                "{}, and a time is written in one way, however it was spelt: the other may take as written what it refused as read",
                can_match_both(i, a, j, b)
            );
            let help = "leave out what the other says of the text, or the `format` where the text is to stay as it is";
            return Err(self.error_at(pending.found, message, Some(help)));
        }
        Ok(())
    }

    fn take_union(&mut self, ty: TypeId) -> Option<Union> {
        match self.types.get(ty.0)?.as_ref().map(|draft| &draft.def.shape)? {
            Shape::Union(union) => Some(union.clone()),
            _ => None,
        }
    }

    fn put_union(&mut self, ty: TypeId, settled: Union) {
        if let Some(Some(draft)) = self.types.get_mut(ty.0)
            && let Shape::Union(union) = &mut draft.def.shape
        {
            *union = settled;
        }
    }

    /// Refuses a union that is itself without anything around it.
    fn check_bare(&mut self, pending: &Pending<'a>) -> Result<(), Reported> {
        let Some(union) = self.take_union(pending.ty) else {
            return Ok(());
        };
        if of_branches(&union).any(|ty| self.leads_to(&ty, pending.ty, false, &mut HashSet::new())) {
            return Err(self.error_at(pending.found, ENDLESS, Some(ENDLESS_HELP)));
        }
        Ok(())
    }

    /// Refuses a union whose reading could take time that doubles with each level: two branches are tried, and each reads the
    /// same values of the union again.
    fn check_recursion(&mut self, pending: &Pending<'a>, union: &Union) -> Result<(), Reported> {
        let doors: Vec<Doors> = union
            .branches
            .iter()
            .map(|branch| self.doors(branch, pending.ty))
            .collect();
        let branches = || union.branches.iter().zip(&doors).enumerate();
        let twice = branches().any(|(number, (a, doors))| {
            branches().skip(number + 1).any(|(_, (b, others))| {
                // The tag says which of two is read.
                (a.tag.is_none() || b.tag.is_none()) && doors.meet(others)
            })
        });
        if twice {
            let message = "two alternatives of the same JSON type hold this choice again, so that reading a value could take time without bound";
            let help = "give each a required member with a `const` of its own, by which it is known at once";
            return Err(self.error_at(pending.found, message, Some(help)));
        }
        Ok(())
    }

    /// Where values of a branch hold values of the union itself.
    fn doors(&self, branch: &Branch, union: TypeId) -> Doors {
        let leads = |ty: &Type| self.leads_to(ty, union, true, &mut HashSet::new());
        let BranchKind::Type(ty) = &branch.kind else {
            return Doors::default();
        };
        if !leads(ty) {
            return Doors::default();
        }
        let kinds = self.kind_of(ty);
        let mut doors = Doors {
            elements: kinds & ARRAY != 0,
            ..Doors::default()
        };
        match self.object_of(ty) {
            Some(object) => {
                let members = object.members.iter().filter(|member| match &member.content {
                    Content::Value(value) => leads(&value.slot.ty),
                    Content::Constant(_) => false,
                });
                doors.members = members.map(|member| member.wire.clone()).collect();
                doors.others = object.maps().any(|(_, _, item)| leads(&item.ty));
            }
            None => doors.others = kinds & OBJECT != 0,
        }
        doors
    }

    /// Finds the member whose constants tell the objects among the branches apart. Those that do not have it as a constant
    /// are tried besides, whatever its value, unless a value may be of two branches and the first is to be taken.
    fn find_tag(&self, union: &mut Union, is_apart: bool) {
        let objects: Vec<(usize, &Object)> = union
            .branches
            .iter()
            .enumerate()
            .filter(|(_, branch)| self.kinds_of_branch(branch) & OBJECT != 0)
            .filter_map(|(index, branch)| match &branch.kind {
                BranchKind::Type(ty) => Some((index, self.object_of(ty)?)),
                BranchKind::Constant(_) => None,
            })
            .collect();
        let of_kind = union
            .branches
            .iter()
            .filter(|branch| self.kinds_of_branch(branch) & OBJECT != 0);
        let count = of_kind.count();
        let tagged = |wire: &str| {
            let mut seen = HashSet::new();
            let of_object = |(index, object): &(usize, &Object)| match &member_of(object, wire)?.content {
                Content::Constant(json) if is_scalar(json) => Some((*index, json.clone())),
                _ => None,
            };
            let tags: Vec<(usize, String)> = objects.iter().filter_map(of_object).collect();
            let differ = tags.iter().all(|(_, json)| seen.insert(json.clone()));
            (differ && tags.len() > 1 && (is_apart || tags.len() == count)).then_some(tags)
        };
        let names = objects.iter().flat_map(|(_, object)| &object.members);
        let all = names.filter_map(|member| Some((member.wire.clone(), tagged(&member.wire)?)));
        // The first of those that tell most apart.
        let best = all.reduce(|best, other| if other.1.len() > best.1.len() { other } else { best });
        let Some((wire, tags)) = best else { return };
        union.tag = Some(wire);
        for (index, json) in tags {
            if let Some(branch) = union.branches.get_mut(index) {
                branch.tag = Some(json);
            }
        }
    }

    fn kinds_of_branch(&self, branch: &Branch) -> u8 {
        match &branch.kind {
            BranchKind::Constant(_) => TEXT,
            BranchKind::Type(ty) => self.kind_of(ty),
        }
    }

    /// Whether it is proven that no value is of both branches.
    fn branches_apart(&self, a: &Branch, b: &Branch, of: &Pending<'a>) -> bool {
        if self.kinds_of_branch(a) & self.kinds_of_branch(b) == 0 {
            return true;
        }
        self.compared.set(0);
        match (&a.kind, &b.kind) {
            (BranchKind::Constant(a), BranchKind::Constant(b)) => a != b,
            (_, BranchKind::Type(b)) => self.branch_apart(a, b, of),
            (BranchKind::Type(a), _) => self.branch_apart(b, a, of),
        }
    }

    /// Whether it is proven that no value is of a branch and of a type.
    fn branch_apart(&self, branch: &Branch, ty: &Type, of: &Pending<'a>) -> bool {
        match &branch.kind {
            BranchKind::Type(other) => self.types_apart(other, ty, of),
            BranchKind::Constant(text) => {
                let literal = text_of(text).map(|text| Dfa::literal(&text));
                self.kind_of(ty) & TEXT == 0 || texts_apart(literal, self.language(ty))
            }
        }
    }

    fn types_apart(&self, a: &Type, b: &Type, of: &Pending<'a>) -> bool {
        // Bound: choices within choices are compared each with each; where there are too many they are taken to overlap.
        self.compared.set(self.compared.get() + 1);
        if self.compared.get() > COMPARED_MAX {
            return false;
        }
        let (kinds_a, kinds_b) = (self.kind_of(a), self.kind_of(b));
        if kinds_a & kinds_b == 0 {
            return true;
        }
        if let Some(Shape::Union(union)) = self.shape_of(a) {
            return union
                .branches
                .iter()
                .all(|branch| self.branch_apart(branch, b, of));
        }
        if let Some(Shape::Union(union)) = self.shape_of(b) {
            return union
                .branches
                .iter()
                .all(|branch| self.branch_apart(branch, a, of));
        }
        if (kinds_a | kinds_b) & !TEXT == 0 {
            return texts_apart(self.language(a), self.language(b));
        }
        if (kinds_a | kinds_b) & !NUMBER == 0 {
            return match (self.number_rules(a), self.number_rules(b)) {
                (Some(a), Some(b)) => below(a, b) || below(b, a),
                _ => false,
            };
        }
        match (self.object_of(a), self.object_of(b)) {
            (Some(a), Some(b)) => self.objects_apart(a, b, of),
            _ => false,
        }
    }

    /// Whether two objects require a member on whose values they differ, or one forbids what the other requires.
    fn objects_apart(&self, a: &Object, b: &Object, of: &Pending<'a>) -> bool {
        let forbids = |a: &Object, b: &Object| {
            let mut required = b.members.iter().filter(|member| is_required(member));
            required
                .any(|member| member_of(a, &member.wire).is_none() && self.refuses_member(a, &member.wire))
        };
        match of.closing {
            Closing::None => self.members_differ(a, b, false) || forbids(a, b) || forbids(b, a),
            // What is closed forbids does not keep the value from being of the other branch. If each forbids what the other
            // requires, a value of one is not of the other even without: enough where one alone may match.
            Closing::False => {
                self.members_differ(a, b, false) || (of.exclusive && forbids(a, b) && forbids(b, a))
            }
            // A constant is of the branch itself then.
            Closing::Typed => self.members_differ(a, b, true),
            Closing::Other => false,
        }
    }

    /// Whether two objects require a member on whose values, or constants, they differ.
    fn members_differ(&self, a: &Object, b: &Object, only_constants: bool) -> bool {
        b.members
            .iter()
            .filter(|member| is_required(member))
            .any(|other| match member_of(a, &other.wire) {
                Some(member) if is_required(member) => match (&member.content, &other.content) {
                    (Content::Constant(a), Content::Constant(b)) => is_scalar(a) && is_scalar(b) && a != b,
                    _ if only_constants => false,
                    (Content::Constant(json), Content::Value(value))
                    | (Content::Value(value), Content::Constant(json)) => {
                        !value.slot.nullable
                            && match text_of(json) {
                                Some(text) => {
                                    self.kind_of(&value.slot.ty) & TEXT == 0
                                        || texts_apart(
                                            Some(Dfa::literal(&text)),
                                            self.language(&value.slot.ty),
                                        )
                                }
                                None => false,
                            }
                    }
                    (Content::Value(a), Content::Value(b)) => {
                        !(a.slot.nullable && b.slot.nullable)
                            && (self.kind_of(&a.slot.ty) & self.kind_of(&b.slot.ty) == 0
                                || ((self.kind_of(&a.slot.ty) | self.kind_of(&b.slot.ty)) & !TEXT == 0
                                    && texts_apart(self.language(&a.slot.ty), self.language(&b.slot.ty))))
                    }
                },
                Some(_) | None => false,
            })
    }

    /// Whether an object cannot have a member of this name, which it does not declare.
    fn refuses_member(&self, object: &Object, name: &str) -> bool {
        let of_group = |group: &Group| {
            let pattern = self.patterns.get(group.names.0);
            pattern.is_none_or(|pattern| pattern.dfa.is_match(name))
        };
        matches!(object.rest, Rest::Refused) && !object.groups.iter().any(of_group)
    }

    /// The declared object behind a type.
    fn object_of(&self, ty: &Type) -> Option<&Object> {
        match self.shape_of(ty)? {
            Shape::Object(object) => Some(object),
            // A type that was promised before it was known.
            Shape::Wrapper(slot) if !slot.nullable => self.object_of(&slot.ty),
            _ => None,
        }
    }

    fn number_rules(&self, ty: &Type) -> Option<&Rules> {
        match self.shape_of(ty)? {
            Shape::Wrapper(slot) if matches!(slot.ty, Type::Integer | Type::Unsigned | Type::Number) => {
                Some(&slot.rules)
            }
            _ => None,
        }
    }
}

/// Where values of a branch hold values of the union that the branch is of.
#[derive(Default)]
struct Doors {
    /// Elements of a list.
    elements: bool,
    /// Declared members of an object, by name.
    members: Vec<String>,
    /// Members of any name.
    others: bool,
}

impl Doors {
    /// Whether two branches may both read such a value at one place.
    fn meet(&self, other: &Self) -> bool {
        let holds = |doors: &Self| doors.others || !doors.members.is_empty();
        (self.elements && other.elements)
            || (self.others && holds(other))
            || (other.others && holds(self))
            || self.members.iter().any(|name| other.members.contains(name))
    }
}

/// What is said of two alternatives that may have a value in common.
fn can_match_both(i: usize, a: &Branch, j: usize, b: &Branch) -> String {
    if a.name == b.name {
        format!("alternatives {} and {} can match the same value", i + 1, j + 1)
    } else {
        format!("`{}` and `{}` can match the same value", a.name, b.name)
    }
}

fn member_of<'o>(object: &'o Object, wire: &str) -> Option<&'o Member> {
    object.members.iter().find(|member| member.wire == wire)
}

fn is_required(member: &Member) -> bool {
    match &member.content {
        Content::Constant(_) => true,
        Content::Value(value) => value.required,
    }
}

/// Whether a JSON text is a scalar, whose text is the same for the same value.
fn is_scalar(json: &str) -> bool {
    !json.starts_with(['[', '{'])
}

fn texts_apart(a: Option<Dfa>, b: Option<Dfa>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => common_text(&[&a], &[&b]).is_none(),
        _ => false,
    }
}

/// Whether all numbers within `a` are below those within `b`.
fn below(a: &Rules, b: &Rules) -> bool {
    let pairs: [(&Option<Exact>, &Option<Exact>, bool); 4] = [
        (&a.maximum, &b.minimum, false),
        (&a.exclusive_maximum, &b.minimum, true),
        (&a.maximum, &b.exclusive_minimum, true),
        (&a.exclusive_maximum, &b.exclusive_minimum, true),
    ];
    pairs
        .into_iter()
        .any(|(most, least, touching)| match (most, least) {
            (Some(most), Some(least)) => match most.cmp(least) {
                Ordering::Less => true,
                Ordering::Equal => touching,
                Ordering::Greater => false,
            },
            _ => false,
        })
}
