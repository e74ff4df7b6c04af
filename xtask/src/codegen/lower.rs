//! Resolved schemas to the IR: every rule about what a schema means lives here and below.
//!
//! A schema is read as the conjunction of itself and what its `$ref` leads to (`Facts`); whatever decides a
//! keyword's meaning *takes* its occurrences. When all is done, the run asks which occurrences nobody took: each is
//! an error ("has no effect here"), so a keyword can be forgotten by this code but not dropped by it.
//!
//! By file: `facts` (what is said about one value) and `report` (what nobody took); `slots` and `define` (schemas to types with a name);
//! `scalar` (numbers and texts), `array` (lists, tuples), `object` (declared members), `undeclared` and `names` (the others: maps, and
//! patterns of names), `several` (schemas that describe the same value), `choice` (`const`, `enum`), `union` (`anyOf`, `oneOf`
//! and several types), `apart` (whether their branches exclude each other), `reach` (what values hold) and `respelt` (times that are written otherwise than read), `kinds` (the JSON types of values),
//! `wire` (channels, keys) and `template` (the proofs about them), `text` (documentation, the schema a type carries), `called` (names in
//! words), `besides` (what else is wrong where something is), `finish` (order).
//!
//! Start at [`lower`].

mod apart;
mod array;
mod besides;
mod called;
mod choice;
mod define;
mod facts;
mod finish;
mod kinds;
mod names;
mod null;
mod object;
mod reach;
mod report;
mod respelt;
mod scalar;
mod several;
mod slots;
mod template;
mod text;
mod undeclared;
mod union;
mod wire;

pub(crate) use report::{ENDLESS, ENDLESS_HELP};
pub(crate) use text::write_string;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::diagnostics::Diagnostics;
use super::ir::{Home, Ir, Pattern, Slot, Type, TypeDef, TypeId};
use super::keywords::{self, Verdict};
use super::resolve::{Place, Resolved, SchemaId};
use facts::{Facts, Found};
use kinds::{ALL, ARRAY, BOOLEAN, INTEGER, NULL, NUMBER, OBJECT, TEXT};
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
    Lowering::new(set, scope, diagnostics).run()
}

/// Schemas within schemas, by reference or in place, beyond this are refused: no value is read that deep.
const DEPTH_MAX: usize = 256;

/// Something was reported; whoever gets this has nothing to add.
#[derive(Debug, Clone, Copy)]
struct Reported;

type Lowered<T> = Result<T, Reported>;

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
    /// The names that a schema of names allows, once that was asked.
    named: HashMap<SchemaId, Lowered<Option<names::Named>>>,
    /// Choices of names that are being made, each for the one before.
    naming: Vec<(SchemaId, &'static str)>,
    /// Alternatives whose types must be of these kinds, which is seen when all are known.
    owed: Vec<(SchemaId, Type, u8)>,
    /// Schemas whose references lead too deep or nowhere.
    ungathered: HashSet<SchemaId>,
    /// How many schemas were gathered, each time.
    #[cfg(test)]
    gathered: usize,
    /// Schemas that something referred to while they were being lowered.
    recursed: HashSet<SchemaId>,
    /// Whether `null` is valid under a schema, once that was asked.
    nulls: HashMap<SchemaId, bool>,
    /// The JSON types that a schema allows at most, once that was asked.
    kinds: HashMap<SchemaId, u8>,
    /// How many pairs of types were compared for one pair of alternatives.
    compared: Cell<usize>,
    /// How many alternatives were read in combination with others.
    combinations: usize,
    /// Whether a bound of the whole run was reached and reported.
    is_exhausted: bool,
}

impl<'a, 'd> Lowering<'a, 'd> {
    fn new(set: &'a Resolved<'a>, scope: Scope, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
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
            naming: Vec::new(),
            named: HashMap::new(),
            owed: Vec::new(),
            ungathered: HashSet::new(),
            #[cfg(test)]
            gathered: 0,
            recursed: HashSet::new(),
            nulls: HashMap::new(),
            kinds: HashMap::new(),
            combinations: 0,
            is_exhausted: false,
            compared: Cell::new(0),
        }
    }
}

impl Lowering<'_, '_> {
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
            let alone = self.scope == Scope::File && schema.place == Place::Root && schema.document == 0;
            let slot = if alone { self.root(id) } else { self.definition(id) };
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
        if !self.diagnostics.is_empty() {
            self.look_besides();
        }
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
