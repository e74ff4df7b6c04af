//! The documentation shows the rules as they are.

#[path = "../support/page.rs"]
mod page;

use redis_client_xtask::compat::rules::{Breaks, RULES};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/compatibility.md");
const START: &str = "<!-- rules -->\n";
const END: &str = "<!-- /rules -->";

#[test]
fn the_page_shows_the_rules_of_the_code() {
    let mut table = String::from("| kind | may break | what changed |\n| --- | --- | --- |\n");
    for rule in RULES {
        let breaks = match rule.breaks {
            Breaks::Backward => "backward",
            Breaks::Forward => "forward",
            Breaks::Either => "either",
            Breaks::Always => "both, always",
            Breaks::Lost => "backward, always",
            Breaks::Never => "none",
        };
        let meaning = rule.meaning.replace('|', r"\|");
        table.extend(["| `", rule.kind, "` | ", breaks, " | ", &meaning, " |\n"]);
    }
    page::shows(PAGE, START, END, &table);
}

#[test]
fn names_of_rules_are_distinct() {
    let mut kinds: Vec<&str> = RULES.iter().map(|rule| rule.kind).collect();
    kinds.sort_unstable();
    let count = kinds.len();
    kinds.dedup();
    assert_eq!(kinds.len(), count);
}
