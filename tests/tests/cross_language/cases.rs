//! The same comparison for the schemas of the generator's snapshots, which look nothing like ours: recursive objects,
//! maps with rules, lists that differ, values of any type, names that are no identifiers.
//!
//! A value of each type is found by asking Rust what is wrong with a first guess and repairing that member, until
//! nothing is wrong; then members are replaced, dropped and doubled as in `verdicts`, and values made from the schema by seed join.

#![expect(
    clippy::option_option,
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "a snapshot is whole, and the test uses a part of it"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use redis_client_xtask::codegen::emit::python::Python;
use redis_client_xtask::codegen::emit::typescript::TypeScript;
use redis_client_xtask::codegen::emit::{Emitter, OutputFile};
use redis_client_xtask::codegen::ir::{BranchKind, Content, Format, Ir, Shape};
use redis_client_xtask::codegen::{compile_directory, naming};
use redis_client_xtask::{Project, node, python};

use crate::referee;
use crate::verdicts::{self, Judge, Question, Schema, VALUES, Verdict, ask, compare, round_trip, schema};

#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/constants/expected/mod.rs"]
mod constants;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/cross_file/expected/mod.rs"]
mod cross_file;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/drawing_board/expected/mod.rs"]
mod drawing_board;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/library_loans/expected/mod.rs"]
mod library_loans;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/lookup_tables/expected/mod.rs"]
mod lookup_tables;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/nested_objects/expected/mod.rs"]
mod nested_objects;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/network_devices/expected/mod.rs"]
mod network_devices;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/open_objects/expected/mod.rs"]
mod open_objects;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/survey_points/expected/mod.rs"]
mod survey_points;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/telescope/expected/mod.rs"]
mod telescope;
#[rustfmt::skip]
#[path = "../../../xtask/testdata/codegen/weather_station/expected/mod.rs"]
mod weather_station;

macro_rules! judges {
    ($($case:ident { $($ty:ident),* })*) => {
        vec![$((stringify!($case), vec![
            $((stringify!($ty), round_trip::<$case::$ty> as Judge, schema::<$case::$ty> as Schema)),*
        ])),*]
    };
}

type Case = (&'static str, Vec<(&'static str, Judge, Schema)>);

fn cases() -> Vec<Case> {
    judges! {
        constants { Switch, Whatever, Loose, Holds, Differing }
        cross_file { Kilometres, Plate, ShortPlate, SlashAndTilde, Embedded, Litres, Trip, Driver, Name }
        drawing_board { ShapeCircle, ShapeSquare, Group, Shape, Fine, Coarse, DrawingGrid, DrawingLabel, DrawingNote, DrawingScale, DrawingSource, DrawingWord, DrawingCode, DrawingLoose, DrawingMade, Person, Place, Length, LengthObject, Tint, Texture, Layer, ExpressionMinus, ExpressionPlus, Expression, OutlineObject, Outline, Drawing }
        library_loans { Loan }
        lookup_tables { Table, Named, NamedValue }
        nested_objects { Recipe, RecipeYield, RecipeYieldUnit, RecipeStepsItem, RecipeStepsItemUsesItem, RecipeAmountsValue, Node, List }
        network_devices { Device, AddressedAddress, Contact, V4, V6, Open }
        open_objects { Label, Anything, Scan, ClosedScan, Tags, Coded, Without, Parts, Evaluated, Void }
        survey_points { Survey, Point, SurveyReading, SurveyLog, SurveyFlags, SurveyShort, SurveyLong, SurveyEither, Tree }
        telescope { SlewEvent, SlewEventAxis, ParkEvent, Scope }
        weather_station { Reading, ReadingGustsItem, ReadingSky, StationId }
    }
}

/// The wire names of an object's members.
fn members(ir: &Ir, name: &str) -> Vec<String> {
    let def = ir.types.iter().find(|def| naming::pascal(&def.name) == name);
    match def.map(|def| &def.shape) {
        Some(Shape::Object(object)) => object.members.iter().map(|member| member.wire.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Whether an object keeps members that it does not declare.
fn keeps_others(ir: &Ir, name: &str) -> bool {
    let def = ir.types.iter().find(|def| naming::pascal(&def.name) == name);
    match def.map(|def| &def.shape) {
        Some(Shape::Object(object)) => object.maps().next().is_some(),
        _ => false,
    }
}

/// The members of an example that the schema gives for a type.
fn example(ir: &Ir, name: &str) -> Option<BTreeMap<String, String>> {
    let def = ir.types.iter().find(|def| naming::pascal(&def.name) == name)?;
    let example: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(def.docs.examples.first()?).ok()?;
    Some(
        example
            .into_iter()
            .map(|(name, value)| (name, value.to_string()))
            .collect(),
    )
}

/// Names that members may have which nobody declared.
const OTHERS: [&str; 14] = [
    "", "later", "w_a", "a_kg", "w_a_kg", "x_a", "x_a_kg", "old_a", "n_a", "t_a", "n_a_x", "ABC10", "CC", "b",
];

fn object(members: &BTreeMap<String, String>) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", serde_json::to_string(name).unwrap()))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Values that the schemas name themselves: constants, enumerations, examples, and a shortest text of each pattern.
fn of_schemas(ir: &Ir) -> Vec<String> {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut out: Vec<String> = ir
        .patterns
        .iter()
        .filter_map(|pattern| pattern.dfa.shortest())
        .map(|text| quoted(&text))
        .collect();
    for def in &ir.types {
        out.extend(def.docs.examples.iter().cloned());
        match &def.shape {
            Shape::Object(object) => {
                for member in &object.members {
                    out.extend(member.docs.examples.iter().cloned());
                    if let Content::Constant(value) = &member.content {
                        out.push(value.clone());
                    }
                }
            }
            Shape::Texts(values) => out.extend(values.iter().map(|value| quoted(&value.text))),
            Shape::Union(union) => {
                out.extend(union.branches.iter().filter_map(|branch| match &branch.kind {
                    BranchKind::Constant(json) => Some(json.clone()),
                    BranchKind::Type(_) => None,
                }));
            }
            Shape::Alternatives(_) | Shape::Tuple(_) | Shape::Wrapper(_) => {}
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The member that an error is about: the first step of its pointer, or the one that it says is missing.
fn blamed(reason: &str, wires: &[String]) -> Option<String> {
    let said = match reason.strip_prefix("at /") {
        Some(rest) => rest
            .split([':', '/'])
            .next()?
            .replace("~1", "/")
            .replace("~0", "~"),
        None => reason.split('`').nth(1)?.to_owned(),
    };
    wires.contains(&said).then_some(said)
}

/// A valid object with as many members as can be found, and what each may hold.
fn valid(judge: Judge, wires: &[String], pool: &[String]) -> Option<BTreeMap<String, String>> {
    // What is no JSON would be an error of the whole, not of its member.
    let is_json = |text: &&String| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let pool: Vec<&String> = pool.iter().filter(is_json).collect();
    let mut held: BTreeMap<String, String> = BTreeMap::new();
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    // Bound: each turn moves one member on to another value of the pool.
    for _ in 0..=(wires.len() * pool.len()) {
        let Err(reason) = judge(object(&held).as_bytes()) else {
            break;
        };
        let name = blamed(&reason, wires)?;
        let at = next.entry(name.clone()).or_insert(0);
        held.insert(name, (*pool.get(*at)?).clone());
        *at += 1;
    }
    judge(object(&held).as_bytes()).ok()?;
    for name in wires {
        if held.contains_key(name) {
            continue;
        }
        for value in &pool {
            let mut more = held.clone();
            more.insert(name.clone(), (*value).clone());
            if *value != "null" && judge(object(&more).as_bytes()).is_ok() {
                held = more;
                break;
            }
        }
    }
    Some(held)
}

/// What members of these schemas like to hold.
const PLAUSIBLE: [&str; 21] = [
    "2",
    "7",
    "10",
    "12",
    "20",
    "0.5",
    "\"AB\"",
    "\"AB12\"",
    "\"ab\"",
    "\"10.1.2.3\"",
    "\"::1\"",
    "\"a@b.example\"",
    "\"P1DT2H\"",
    "[1,2]",
    "[true,false]",
    "[true,false,1,1.0]",
    "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1.0}]",
    "[\"2025-01-17T09:30:00Z\",null]",
    "[\"2025-01-17T09:30:00Z\",1,\"good\",\"x\",\"y\"]",
    "[\"a\",[\"b\"],null]",
    "[1,2,3,4]",
];

/// Names of hosts, or nearly.
const HOSTS: [&str; 40] = [
    "\"www.example.com\"",
    "\"a\"",
    "\"1.2.3.4\"",
    "\"ab--cd\"",
    "\"a.\"",
    "\".a\"",
    "\"a..b\"",
    "\"-a\"",
    "\"a-\"",
    "\"a_b\"",
    "\"a.b\\n\"",
    "\"ä.de\"",
    "\"xn--\"",
    "\"xn--a\"",
    "\"xn--X\"",
    "\"xn--abc-\"",
    "\"xn--99999999999999999999\"",
    "\"xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\"",
    "\"xn---9uc\"",
    "\"xn--7a\"",
    "\"xn--0ca24w\"",
    "\"xn--aa---o47jg78q\"",
    "\"xn--hello-txk\"",
    "\"xn--al-0ea\"",
    "\"xn--ll-0ea\"",
    "\"xn--S-jib3p\"",
    "\"xn--wva3je\"",
    "\"xn--A-2hc5h\"",
    "\"xn--4dbc8h\"",
    "\"xn--defabc-k64e\"",
    "\"xn--vek778f\"",
    "\"xn--ngb6iyr\"",
    "\"xn--ngba1o\"",
    "\"xn--11b2er09f\"",
    "\"xn--11b2ezcs70k\"",
    "\"0a.xn--4db\"",
    "\"a.xn--4db\"",
    "\"xn--e-xbb\"",
    "\"XN--9N2BP8Q.XN--9T4B11YI5A\"",
    "\"xn--zca29lwxobi7a\"",
];

/// Alternatives with rules beside their choice: the type keeps those as well, and the schema that it carries is the alternative's
/// alone. They are held against the validator as parts of the whole.
const READ_WITH_WHAT_IS_BESIDE: [&str; 5] = ["ShapeCircle", "ShapeSquare", "Group", "Fine", "Coarse"];

/// Every text that the types of a case are asked about.
fn questions(ir: &Ir, judges: &[(&'static str, Judge, Schema)]) -> Vec<Question> {
    let mut pool: Vec<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
    pool.extend(of_schemas(ir));
    let mut found: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    if ir.uses(Format::Hostname) {
        pool.extend(HOSTS.map(str::to_owned));
    }
    pool.extend(PLAUSIBLE.iter().map(|value| (*value).to_owned()));
    // Objects in objects: each turn can use what the one before found.
    for _ in 0..3 {
        for (name, judge, _) in judges {
            let wires = members(ir, name);
            if wires.is_empty() || found.contains_key(name) {
                continue;
            }
            let held = example(ir, name).or_else(|| valid(*judge, &wires, &pool));
            if let Some(held) = held {
                let text = object(&held);
                pool.extend([format!("[{text}]"), format!("{{\"key\":{text}}}"), text]);
                found.insert(name, held);
            }
        }
    }
    let mut all: BTreeSet<Question> = BTreeSet::new();
    for (name, _, schema) in judges {
        let mut put = |text: String| {
            all.insert((name, text.into_bytes()));
        };
        for value in &pool {
            put(value.clone());
            put(format!("[{value},{value}]"));
            put(format!("{{\"key\":{value}}}"));
        }
        referee::near(&schema()).into_iter().for_each(&mut put);
        let mut wires = members(ir, name);
        let none = BTreeMap::new();
        let held = found.get(name).or((wires.is_empty()).then_some(&none));
        if keeps_others(ir, name) {
            wires.extend(OTHERS.map(str::to_owned));
        }
        if wires.is_empty() {
            continue;
        }
        let held = held.unwrap_or_else(|| panic!("no value of {name} was found"));
        let text = object(held);
        for wire in &wires {
            for value in &pool {
                let mut other = held.clone();
                other.insert(wire.clone(), value.clone());
                put(object(&other));
            }
        }
        let mut others = Vec::new();
        verdicts::near(&text, &mut others);
        others.into_iter().for_each(&mut put);
    }
    all.into_iter().collect()
}

fn write(files: Vec<OutputFile>, directory: &Path) {
    for file in files {
        let path = directory.join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
}

#[test]
fn other_schemas_are_judged_alike_in_every_language_and_by_the_validator() {
    let (python, node) = (
        python::find(&Project::of_this_repository(), &mut |_| ()).expect("Python with its packages"),
        node::find(&Project::of_this_repository(), &mut |_| ()).expect("Node with its packages"),
    );
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (case, judges) in cases() {
        let schemas = tests.join("../xtask/testdata/codegen").join(case).join("schemas");
        let ir = compile_directory(&schemas).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render()));
        let packages = tempfile::tempdir().unwrap();
        write(Python.emit(&ir), &packages.path().join("python"));
        write(TypeScript.emit(&ir), &packages.path().join("typescript"));
        let questions = questions(&ir, &judges);
        for (name, judge, schema) in &judges {
            if READ_WITH_WHAT_IS_BESIDE.contains(name) {
                continue;
            }
            let asked = questions
                .iter()
                .filter(|(of, _)| of == name)
                .map(|(_, text)| text.as_slice());
            referee::check(&format!("{name}, {case}"), *judge, &schema(), asked, 1);
        }
        let judges: BTreeMap<&str, Judge> =
            judges.into_iter().map(|(name, judge, _)| (name, judge)).collect();
        let rust = |name: &str, payload: &[u8]| judges[name](payload);

        let mut command = python.script(tests.join("python/judge.py"));
        command.arg(packages.path().join("python/src"));
        let answers = ask(command, &questions);
        compare(
            &format!("Python, {case}"),
            &questions,
            &answers,
            rust,
            |_, _, _| false,
            20,
        );

        let mut command = node.script(tests.join("node/judge.mjs"));
        command.arg(packages.path().join("typescript"));
        let answers = ask(command, &questions);
        compare(
            &format!("TypeScript, {case}"),
            &questions,
            &answers,
            rust,
            verdicts::of_numbers,
            20,
        );
    }
}
