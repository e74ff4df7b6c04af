//! The documentation shows the rules as they are.

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
    let page = std::fs::read_to_string(PAGE).expect("the page is in the repository");
    let (head, rest) = page
        .split_once(START)
        .expect("the page marks where the table starts");
    let (shown, tail) = rest.split_once(END).expect("the page marks where the table ends");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(PAGE, format!("{head}{START}{table}{END}{tail}")).expect("the page can be written");
        return;
    }
    assert_eq!(shown, table, "UPDATE_EXPECT=1 rewrites the table");
}

#[test]
fn names_of_rules_are_distinct() {
    let mut kinds: Vec<&str> = RULES.iter().map(|rule| rule.kind).collect();
    kinds.sort_unstable();
    let count = kinds.len();
    kinds.dedup();
    assert_eq!(kinds.len(), count);
}
