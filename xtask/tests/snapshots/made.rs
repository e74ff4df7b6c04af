//! Broken schemas that are too large to write down, and directories that cannot be checked in.

use std::path::Path;

use redis_client_xtask::codegen::diagnostics::Diagnostics;
use redis_client_xtask::codegen::{compile_directory, compile_file};

/// What is reported of the made case of this name, for people and for programs.
pub(crate) fn report(name: &str) -> (String, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let compiled = match name {
        "made_nowhere" => compile_directory(&path.join("schemas")),
        "made_nothing" => compile_directory(path),
        "made_missing" => compile_file(&path.join("missing.schema.json")),
        _ => {
            let definitions: Vec<String> = definitions(name)
                .into_iter()
                .map(|line| format!("    {line}"))
                .collect();
            let text = format!("{{\n  \"$defs\": {{\n{}\n  }}\n}}\n", definitions.join(",\n"));
            std::fs::write(path.join("broken.schema.json"), text).unwrap();
            compile_directory(path)
        }
    };
    let Err(diagnostics) = compiled else {
        panic!("{name} was accepted")
    };
    reports(&diagnostics, path)
}

/// The names of the made cases.
pub(crate) const NAMES: [&str; 8] = [
    "made_choices",
    "made_chain",
    "made_cycles",
    "made_kinds",
    "made_missing",
    "made_nothing",
    "made_nowhere",
    "made_sets",
];

/// Without what differs from machine to machine.
fn reports(diagnostics: &Diagnostics, path: &Path) -> (String, String) {
    let absent = std::io::Error::from_raw_os_error(2).to_string();
    let path = path.to_str().unwrap();
    let same = |text: String| {
        text.replace(path, "<directory>")
            .replace(&absent, "<no such file>")
    };
    (same(diagnostics.render()), same(diagnostics.json_lines()))
}

fn definitions(name: &str) -> Vec<String> {
    match name {
        // Ten alternatives, each of ten alternatives, and so on.
        "made_choices" => {
            let level = |level: usize| {
                let alternative = |n: usize| {
                    format!(
                        "{{ \"$ref\": \"#/$defs/d{}\", \"minProperties\": {n} }}",
                        level + 1
                    )
                };
                let all: Vec<String> = (0..10).map(alternative).collect();
                format!(
                    "\"d{level}\": {{ \"type\": \"object\", \"maxProperties\": {}, \"anyOf\": [{}] }}",
                    50 + level,
                    all.join(", ")
                )
            };
            let last = "\"d5\": { \"type\": \"object\", \"maxProperties\": 50 }".to_owned();
            (0..5).map(level).chain([last]).collect()
        }
        "made_chain" => {
            let link = |n: usize| {
                let next = n + 1;
                format!(
                    "\"d{n}\": {{ \"type\": \"object\", \"properties\": {{ \"next\": {{ \"$ref\": \"#/$defs/d{next}\" }} }} }}"
                )
            };
            (0..200)
                .map(link)
                .chain(["\"d200\": { \"type\": \"string\" }".to_owned()])
                .collect()
        }
        // Rings of coprime lengths: together they come round after 30,030 steps.
        "made_cycles" => {
            let rings = [2, 3, 5, 7, 11, 13];
            let link = |ring: usize, n: usize| {
                let next = (n + 1) % ring;
                format!(
                    "\"r{ring}_{n}\": {{ \"type\": \"object\", \"properties\": {{ \"next\": {{ \"$ref\": \"#/$defs/r{ring}_{next}\" }} }} }}"
                )
            };
            let all: Vec<String> = rings
                .iter()
                .map(|ring| format!("{{ \"$ref\": \"#/$defs/r{ring}_0\" }}"))
                .collect();
            let all = format!("\"all\": {{ \"allOf\": [{}] }}", all.join(", "));
            let links = rings
                .into_iter()
                .flat_map(|ring| (0..ring).map(move |n| link(ring, n)));
            links.chain([all]).collect()
        }
        // Nine classes, by whose answers each of 299 characters is known.
        "made_kinds" => {
            let class = |bit: u32| {
                let of_bit = (1..300u32).filter(|n| n >> bit & 1 == 1);
                let members: String = of_bit.filter_map(|n| char::from_u32(0x4e00 + 2 * n)).collect();
                format!("[{members}]")
            };
            let pattern: String = (0..9).map(class).collect();
            vec![
                format!("\"text\": {{ \"type\": \"string\", \"pattern\": \"^{pattern}$\" }}"),
                format!(
                    "\"names\": {{ \"type\": \"object\", \"patternProperties\": {{ \"^{pattern}$\": {{ \"type\": \"integer\" }} }} }}"
                ),
            ]
        }
        // Each of 101 members with each of 101 others.
        "made_sets" => {
            let object = |name: &str, member: &dyn Fn(usize) -> String| {
                let members: Vec<String> = (0..101).map(member).collect();
                format!(
                    "\"{name}\": {{ \"type\": \"object\", \"properties\": {{ {} }} }}",
                    members.join(", ")
                )
            };
            let longest = |n: usize| format!("{{ \"type\": \"string\", \"maxLength\": {} }}", 1000 + n);
            vec![
                "\"all\": { \"allOf\": [{ \"$ref\": \"#/$defs/a\" }, { \"$ref\": \"#/$defs/b\" }] }"
                    .to_owned(),
                object("a", &|n| format!("\"p{n}\": {{ \"$ref\": \"#/$defs/inner\" }}")),
                object("b", &|n| {
                    format!(
                        "\"p{n}\": {{ \"type\": \"object\", \"additionalProperties\": {} }}",
                        longest(n)
                    )
                }),
                object("inner", &|n| {
                    format!("\"q{n}\": {{ \"type\": \"string\", \"minLength\": {n} }}")
                }),
            ]
        }
        _ => panic!("no such case: {name}"),
    }
}
