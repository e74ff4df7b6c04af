//! Resolved schemas to the IR: every rule about what a schema means lives here and below.
//!
//! A schema is read as the conjunction of itself and what its `$ref` leads to (`Facts`); whatever decides a
//! keyword's meaning *takes* its occurrences. When all is done, the run asks which occurrences nobody took: each is
//! an error ("has no effect here"), so a keyword can be forgotten by this code but not dropped by it.
//!
//! By file: `scalar` (numbers and texts), `array` (lists, tuples), `object` (declared members), `undeclared` and `names` (the others: maps, and
//! patterns of names), `several` (schemas that describe the same value), `choice` (`const`, `enum`), `union` (`anyOf`, `oneOf`
//! and several types), `apart` (whether their branches exclude each other), `wire` (channels, keys and the proofs about
//! their templates), `text` (documentation, the schema a type carries).
//!
//! Start at [`lower`].

mod apart;
mod array;
mod choice;
mod names;
mod object;
mod scalar;
mod several;
mod text;
mod undeclared;
mod union;
mod wire;

pub(crate) use text::write_string;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::diagnostics::{Diagnostic, Diagnostics};
use super::ir::{
    AlternativeKind, BranchKind, Content, Home, Ir, Item, Pattern, PatternId, Rest, Rules, Shape, Slot, Type,
    TypeDef, TypeId,
};
use super::keywords::{self, Verdict};
use super::load::{Node, Value, pointer_to};
use super::number::Exact;
use super::resolve::{Place, Resolved, SchemaId};
use several::Progress;

/// How the schemas were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A directory: what its files define.
    Directory,
    /// One file, whose root is a type in any case.
    File,
}

/// Lowers the closed set. What is wrong is reported; the result is only good when nothing was.
#[must_use]
pub fn lower(set: &Resolved<'_>, scope: Scope, diagnostics: &mut Diagnostics) -> Ir {
    let mut lowering = Lowering {
        set,
        scope,
        diagnostics,
        taken: HashSet::new(),
        failed: HashSet::new(),
        types: Vec::new(),
        slots: HashMap::new(),
        wrapped: HashMap::new(),
        open: HashMap::new(),
        busy: HashSet::new(),
        several: HashMap::new(),
        depth: 0,
        patterns: Vec::new(),
        pattern_sources: HashMap::new(),
        conjoined: set
            .schemas
            .iter()
            .filter(|schema| schema.place == Place::Conjunct)
            .filter_map(|schema| schema.target)
            .collect(),
        homes: homes(set),
        needs: text::needs(set),
        unique: Vec::new(),
        unions: Vec::new(),
        owed: Vec::new(),
        recursed: HashSet::new(),
    };
    lowering.run()
}

/// Schemas within schemas, by reference or in place, beyond this are refused: no value is read that deep.
const DEPTH_MAX: usize = 256;

/// Something was reported; whoever gets this has nothing to add.
#[derive(Debug, Clone, Copy)]
struct Reported;

type Lowered<T> = Result<T, Reported>;

/// A schema and all it refers to by `$ref` beside other rules: a value must satisfy each.
struct Facts {
    /// The schema itself first.
    parts: Vec<SchemaId>,
    /// What was asked for: one schema, several that describe the same value, or none where these are a branch of them.
    asked: Vec<SchemaId>,
    /// The choice that has been made already where the rules beside it are read with each of its branches.
    made: Vec<(SchemaId, &'static str)>,
    /// The schema that the choice stands in.
    around: Option<SchemaId>,
    /// Where several types are allowed, the one that is looked at.
    only: Option<u8>,
}

impl Facts {
    /// The schema that says all of this by itself, if one does.
    fn whole(&self) -> Option<SchemaId> {
        match self.asked.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn own(&self) -> SchemaId {
        self.parts.first().copied().unwrap_or(SchemaId(0))
    }
}

/// An occurrence of a keyword.
#[derive(Clone, Copy)]
struct Found<'a> {
    owner: SchemaId,
    keyword: &'static str,
    node: &'a Node,
}

struct Draft {
    origin: SchemaId,
    def: TypeDef,
}

struct Lowering<'a, 'd> {
    set: &'a Resolved<'a>,
    scope: Scope,
    diagnostics: &'d mut Diagnostics,
    /// Occurrences whose meaning someone decided.
    taken: HashSet<(SchemaId, &'static str)>,
    /// Schemas that something was reported about: what nobody took of them is no news.
    failed: HashSet<SchemaId>,
    /// Types under construction; a type is reserved before its members are looked at.
    types: Vec<Option<Draft>>,
    /// What each schema is, once known.
    slots: HashMap<SchemaId, Lowered<Slot>>,
    /// Named types around constrained values.
    wrapped: HashMap<SchemaId, TypeId>,
    /// Types of objects and definitions that are being lowered: a recursive reference finds them here.
    open: HashMap<SchemaId, Slot>,
    /// Schemas that are being lowered.
    busy: HashSet<SchemaId>,
    /// How many schemas are being lowered, each for the one before.
    depth: usize,
    /// What several schemas are together, by all of them in order.
    several: HashMap<Vec<SchemaId>, Progress>,
    patterns: Vec<Pattern>,
    /// Where the patterns of a source are among them: looking through all of them for each costs the square of their count.
    pattern_sources: HashMap<String, Vec<usize>>,
    /// What `allOf` refers to somewhere.
    conjoined: HashSet<SchemaId>,
    /// Where the types of each document belong.
    homes: Vec<Home>,
    /// The documents that each document needs besides.
    needs: Vec<Vec<usize>>,
    /// Lists whose items must differ: judged when all types are known.
    unique: Vec<(SchemaId, Type)>,
    /// Unions, told apart when all types are known.
    unions: Vec<union::Pending<'a>>,
    /// Types that must be of these kinds, which is seen when all are known.
    owed: Vec<(Found<'a>, Type, u8)>,
    /// Schemas that something referred to while they were being lowered.
    recursed: HashSet<SchemaId>,
}

impl<'a> Lowering<'a, '_> {
    fn run(&mut self) -> Ir {
        let mut roots = Vec::new();
        for index in 0..self.set.schemas.len() {
            let id = SchemaId(index);
            let schema = self.set.schema(id);
            let asked = schema.document < self.set.asked && schema.reached;
            match schema.place {
                Place::Root if asked && (self.scope == Scope::File || self.describes_data(id)) => {}
                Place::Definition(_) if asked && !self.only_a_part(id) => {}
                _ => continue,
            }
            if schema.node.get("x-redis-key").is_some() {
                continue;
            }
            let slot = self.definition(id);
            let nullable = slot
                .as_ref()
                .is_ok_and(|slot| slot.nullable && slot.ty != Type::Null);
            if schema.place == Place::Root && self.scope != Scope::File && nullable {
                let help = Some("allow `null` where it is referred to instead");
                self.error(
                    id,
                    "what a file describes is a type of its own, which cannot be `null`",
                    help,
                );
            }
            if schema.place == Place::Root && schema.document == 0 {
                roots.push(slot);
            }
        }
        let keys = self.keys();
        let events = self.events();
        self.settle_unions();
        self.check_unique_items();
        self.check_templates(&events, &keys);
        self.check_taken();
        let root = match (self.scope, roots.into_iter().next()) {
            (
                Scope::File,
                Some(Ok(Slot {
                    ty: Type::Named(id), ..
                })),
            ) => Some(id),
            _ => None,
        };
        let mut ir = Ir {
            keys,
            events,
            root,
            documents: self.documents(),
            ..Ir::default()
        };
        self.finish(&mut ir);
        ir
    }

    /// Puts the types into the order of the schemas and renumbers them.
    fn finish(&mut self, ir: &mut Ir) {
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

    /// Whether a definition says nothing about types and only serves in `allOf`: it is no type then, but a part of some.
    fn only_a_part(&self, id: SchemaId) -> bool {
        !self.says_type(id) && self.conjoined.contains(&id)
    }

    /// Whether a schema says by itself which values it is about.
    fn says_type(&self, id: SchemaId) -> bool {
        let node = self.set.schema(id).node;
        let typed = ["type", "const", "enum", "anyOf", "oneOf", "$ref", "allOf"];
        typed.iter().any(|keyword| node.get(keyword).is_some())
    }

    /// Whether a root says anything about values, or only holds definitions.
    fn describes_data(&self, id: SchemaId) -> bool {
        self.set.schema(id).node.as_object().is_none_or(|members| {
            members.iter().any(|member| {
                let structural = matches!(member.name.as_str(), "$id" | "$anchor" | "$defs" | "default");
                let verdict = keywords::find(&member.name).map(|keyword| keyword.verdict);
                !structural && verdict == Some(Verdict::Enforced)
            })
        })
    }

    // ---- reporting -------------------------------------------------------------------------------------------

    /// Reports a mistake in the value of a keyword.
    fn error_at(&mut self, found: Found<'_>, message: impl Into<String>, help: Option<&str>) -> Reported {
        let pointer = pointer_to(&self.set.schema(found.owner).pointer, found.keyword);
        self.failed.insert(found.owner);
        let mut diagnostic =
            Diagnostic::at(self.set.document(found.owner), found.node.span, pointer, message);
        diagnostic.help = help.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        Reported
    }

    fn too_deep(&mut self, id: SchemaId) -> Reported {
        let message = format!("schemas refer to each other over more than {DEPTH_MAX} levels to get here");
        self.error(id, message, None)
    }

    /// Reports a mistake of a whole schema.
    fn error(&mut self, id: SchemaId, message: impl Into<String>, help: Option<&str>) -> Reported {
        let schema = self.set.schema(id);
        self.failed.insert(id);
        let mut diagnostic = Diagnostic::at(
            self.set.document(id),
            schema.node.span,
            schema.pointer.clone(),
            message,
        );
        diagnostic.help = help.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// The assertion of the promise: whatever nobody took is an error.
    fn check_taken(&mut self) {
        for index in 0..self.set.schemas.len() {
            let id = SchemaId(index);
            let schema = self.set.schema(id);
            if !schema.reached || schema.broken || self.failed.contains(&id) || self.inside_failed(id) {
                continue;
            }
            for member in schema.node.as_object().unwrap_or(&[]) {
                let Some(keyword) = keywords::find(&member.name) else {
                    continue;
                };
                // These are settled by `resolve`, and a default outside of a member is documentation.
                let settled = matches!(keyword.name, "$id" | "$anchor" | "$defs" | "default");
                if keyword.verdict != Verdict::Enforced || settled || self.taken.contains(&(id, keyword.name))
                {
                    continue;
                }
                let pointer = pointer_to(&schema.pointer, keyword.name);
                let message = format!("`{}` has no effect here", keyword.name);
                self.diagnostics.push(
                    Diagnostic::at(self.set.document(id), member.name_span, pointer, message)
                        .help("remove it, or give the schema the `type` that it is meant for"),
                );
            }
        }
    }

    /// Whether a schema around this one failed, so that this one was perhaps never looked at.
    fn inside_failed(&self, id: SchemaId) -> bool {
        let mut at = self.set.schema(id).parent;
        while let Some(id) = at {
            if self.failed.contains(&id) || self.set.schema(id).broken {
                return true;
            }
            at = self.set.schema(id).parent;
        }
        false
    }

    // ---- facts -----------------------------------------------------------------------------------------------

    /// The schemas and all that their `$ref` and `allOf` add.
    fn gather(&mut self, ids: &[SchemaId]) -> Lowered<Facts> {
        let mut facts = Facts {
            parts: Vec::new(),
            asked: ids.to_vec(),
            made: Vec::new(),
            around: None,
            only: None,
        };
        for id in ids {
            self.gather_into(*id, &mut facts, &mut Vec::new())?;
        }
        Ok(facts)
    }

    fn gather_into(&mut self, id: SchemaId, facts: &mut Facts, path: &mut Vec<SchemaId>) -> Lowered<()> {
        if path.len() >= DEPTH_MAX {
            return Err(self.too_deep(id));
        }
        if path.contains(&id) {
            return Err(self.error(
                id,
                "the schema refers to itself without describing anything",
                None,
            ));
        }
        if facts.parts.contains(&id) {
            return Ok(());
        }
        let schema = self.set.schema(id);
        if schema.broken {
            return Err(Reported);
        }
        if let Value::Bool(false) = schema.node.value {
            let help = Some("remove what it describes");
            return Err(self.error(id, "`false` accepts no value at all", help));
        }
        facts.parts.push(id);
        path.push(id);
        self.taken.insert((id, "$ref"));
        if let Some(target) = schema.target {
            self.gather_into(target, facts, path)?;
        }
        if let Some(all) = schema.node.get("allOf").and_then(Node::as_array) {
            self.taken.insert((id, "allOf"));
            for index in 0..all.len() {
                if let Some(child) = self.set.child(id, &["allOf", &index.to_string()]) {
                    self.gather_into(child, facts, path)?;
                }
            }
        }
        path.pop();
        Ok(())
    }

    /// Takes every occurrence of `keyword`.
    fn take_all(&mut self, facts: &Facts, keyword: &'static str) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        for owner in &facts.parts {
            if facts.made.contains(&(*owner, keyword)) {
                continue;
            }
            if let Some(node) = self.set.schema(*owner).node.get(keyword) {
                self.taken.insert((*owner, keyword));
                found.push(Found {
                    owner: *owner,
                    keyword,
                    node,
                });
            }
        }
        found
    }

    /// Takes the occurrence of a keyword that cannot be combined with another of its kind.
    fn take_one(&mut self, facts: &Facts, keyword: &'static str) -> Lowered<Option<Found<'a>>> {
        let found = self.take_all(facts, keyword);
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            [_, second, ..] => {
                let message = format!("`{keyword}` is given twice for the same value, by `$ref` or `allOf`");
                Err(self.error_at(*second, message, Some("give it in one place")))
            }
        }
    }

    fn take_number(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        tighter: fn(&Exact, &Exact) -> bool,
    ) -> Option<(Found<'a>, Exact)> {
        let mut best: Option<(Found<'a>, Exact)> = None;
        for found in self.take_all(facts, keyword) {
            let Value::Number(text) = &found.node.value else {
                continue;
            };
            let Some(number) = Exact::parse(text) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, before)| tighter(&number, before)) {
                best = Some((found, number));
            }
        }
        best
    }

    fn take_count(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        tighter: fn(&Exact, &Exact) -> bool,
    ) -> Option<u64> {
        self.take_number(facts, keyword, tighter)
            .and_then(|(_, number)| number.as_u64())
    }

    /// The types that all parts allow, and where they say so.
    fn types(&mut self, facts: &Facts) -> Lowered<Types> {
        let mut types = Types {
            set: facts.only.unwrap_or(ALL),
            given: facts.only.is_some(),
        };
        for found in self.take_all(facts, "type") {
            types.given = true;
            types.set &= type_bits(found.node);
            if types.set == 0 {
                return Err(self.error_at(
                    found,
                    "no value has this type and the other types it must have",
                    None,
                ));
            }
        }
        Ok(types)
    }

    // ---- schemas to slots ------------------------------------------------------------------------------------

    /// What a definition or root is where it is referred to: a named type when it has rules of its own.
    fn definition(&mut self, id: SchemaId) -> Lowered<Slot> {
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
    fn says_null(&self, id: SchemaId) -> bool {
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

    fn first_root(&self) -> SchemaId {
        self.set.roots.first().copied().flatten().unwrap_or(SchemaId(0))
    }

    fn chain_is_circular(&self, id: SchemaId) -> bool {
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
    fn item(&mut self, id: SchemaId) -> Lowered<Item> {
        let mut slot = self.slot(id)?;
        if !slot.rules.is_empty() {
            slot = self.wrap(id, slot, false);
        }
        Ok(Item {
            ty: slot.ty,
            nullable: slot.nullable,
        })
    }

    /// Makes a named type of a value with rules; `null` stays outside unless all of it is wanted inside.
    fn wrap(&mut self, id: SchemaId, slot: Slot, whole: bool) -> Slot {
        let nullable = slot.nullable && !whole;
        let ty = match self.wrapped.get(&id) {
            Some(ty) => *ty,
            None => self.reserve(),
        };
        let mut inner = Slot {
            nullable: slot.nullable && whole,
            ..slot
        };
        if inner.nullable && !inner.rules.is_empty() {
            // Rules bind a value that is there, so it gets a type of its own within.
            let value = self.reserve();
            let name = format!("{} value", self.name_of(id));
            let slot = Slot {
                nullable: false,
                ..inner
            };
            self.define_as(id, value, name, Shape::Wrapper(Box::new(slot)));
            inner = Slot {
                ty: Type::Named(value),
                nullable: true,
                rules: Rules::default(),
            };
        }
        self.wrap_as(id, ty, inner);
        Slot {
            ty: Type::Named(ty),
            nullable,
            rules: Rules::default(),
        }
    }

    fn wrap_as(&mut self, id: SchemaId, ty: TypeId, slot: Slot) {
        self.wrapped.insert(id, ty);
        self.define(id, ty, Shape::Wrapper(Box::new(slot)));
    }

    fn reserve(&mut self) -> TypeId {
        self.types.push(None);
        TypeId(self.types.len() - 1)
    }

    fn define(&mut self, origin: SchemaId, ty: TypeId, shape: Shape) {
        self.define_as(origin, ty, self.name_of(origin), shape);
    }

    fn define_as(&mut self, origin: SchemaId, ty: TypeId, name: String, shape: Shape) {
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

    /// What a schema is, with its rules beside it.
    fn slot(&mut self, id: SchemaId) -> Lowered<Slot> {
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

    fn lower_schema(&mut self, id: SchemaId) -> Lowered<Slot> {
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
    fn lower_facts(&mut self, facts: &Facts) -> Lowered<Slot> {
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

    /// Whether a schema says nothing about values by itself.
    fn binds_nothing(&self, id: SchemaId) -> bool {
        self.set
            .schema(id)
            .node
            .as_object()
            .unwrap_or(&[])
            .iter()
            .all(|member| is_unbinding(&member.name))
    }

    /// The schema that a schema is, if all it says is `allOf` of that one.
    fn only_conjunct(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.set.schema(id);
        let one = schema
            .node
            .get("allOf")
            .and_then(Node::as_array)
            .is_some_and(|all| all.len() == 1);
        (one && schema.target.is_none() && self.binds_nothing(id))
            .then(|| self.set.child(id, &["allOf", "0"]))
            .flatten()
    }

    /// Whether a schema is a `$ref` and at most documentation.
    fn only_refers(&self, id: SchemaId) -> bool {
        self.binds_nothing(id) && self.set.schema(id).node.get("allOf").is_none()
    }

    /// The pattern of a name, shared by all that accept the same texts.
    fn pattern(&mut self, owner: SchemaId, source: String, dfa: super::automaton::Dfa) -> PatternId {
        self.pattern_called(self.name_of(owner), source, dfa)
    }

    fn pattern_called(&mut self, name: String, source: String, dfa: super::automaton::Dfa) -> PatternId {
        let alike = self.pattern_sources.entry(source.clone()).or_default();
        let same = |at: &&usize| self.patterns.get(**at).is_some_and(|pattern| pattern.dfa == dfa);
        if let Some(at) = alike.iter().find(same) {
            return PatternId(*at);
        }
        alike.push(self.patterns.len());
        self.patterns.push(Pattern { name, source, dfa });
        PatternId(self.patterns.len() - 1)
    }

    /// A name in words: the title, or what the schema is called where it stands.
    fn name_of(&self, id: SchemaId) -> String {
        let schema = self.set.schema(id);
        if let Some(title) = schema.node.get("title").and_then(Node::as_str)
            && title.chars().any(char::is_alphanumeric)
        {
            return title.to_owned();
        }
        let around = || {
            schema
                .parent
                .map_or_else(String::new, |parent| self.name_of(parent))
        };
        match &schema.place {
            Place::Root if self.scope == Scope::File => "Root".to_owned(),
            Place::Root => {
                let name = &self.set.document(id).name;
                name.rsplit('/')
                    .next()
                    .unwrap_or(name)
                    .trim_end_matches(".schema.json")
                    .to_owned()
            }
            Place::Definition(name) => name.clone(),
            Place::Property(name) => format!("{} {name}", around()),
            Place::Items => format!("{} item", around()),
            Place::Element(index) => format!("{} item {}", around(), index + 1),
            Place::Values => format!("{} value", around()),
            Place::Matching(pattern) => format!("{} {pattern} value", around()),
            Place::Names => format!("{} name", around()),
            Place::Alternative(index) => format!("{} {}", around(), self.alternative_word(id, *index)),
            Place::Conjunct => around(),
        }
    }
}

/// Whether a keyword says nothing about values by itself.
fn is_unbinding(name: &str) -> bool {
    let verdict = keywords::find(name).map(|keyword| keyword.verdict);
    verdict == Some(Verdict::Annotation)
        || matches!(name, "$ref" | "$defs" | "$id" | "$anchor" | "default" | "allOf")
}

/// The types of a document belong to what it declares.
fn homes(set: &Resolved<'_>) -> Vec<Home> {
    let mut homes = vec![Home::Shared; set.documents.len()];
    for schema in set.schemas.iter().filter(|schema| schema.reached) {
        let Some(home) = homes.get_mut(schema.document) else {
            continue;
        };
        if schema.node.get("x-redis-channel").is_some() {
            *home = Home::Events;
        } else if schema.node.get("x-redis-key").is_some() && *home == Home::Shared {
            *home = Home::Keys;
        }
    }
    homes
}

/// The types a schema allows.
struct Types {
    set: u8,
    /// Whether it says so, or allows all for want of a word.
    given: bool,
}

const NULL: u8 = 1;
const BOOLEAN: u8 = 2;
const INTEGER: u8 = 4;
/// Every integer is a number.
const NUMBER: u8 = 8 | INTEGER;
const TEXT: u8 = 16;
const ARRAY: u8 = 32;
const OBJECT: u8 = 64;
const ALL: u8 = 127;

/// The types that a value of `type` allows.
fn type_bits(node: &Node) -> u8 {
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    let names = names.iter().filter_map(Node::as_str);
    names.fold(0, |set, name| set | type_bit(name))
}

fn type_bit(name: &str) -> u8 {
    match name {
        "null" => NULL,
        "boolean" => BOOLEAN,
        "integer" => INTEGER,
        "number" => NUMBER,
        "string" => TEXT,
        "array" => ARRAY,
        "object" => OBJECT,
        _ => 0,
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
            if let Some(super::ir::KeyValue::Type(inner)) = &mut key.value {
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
