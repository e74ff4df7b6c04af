//! The documentation shows the closed table of keywords as it is.

#[path = "support/page.rs"]
mod page;

use redis_client_xtask::codegen::keywords::{TABLE, Verdict};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema-language.md");
const START: &str = "<!-- keywords -->\n";
const END: &str = "<!-- /keywords -->";

#[test]
fn the_page_shows_the_table_of_the_code() {
    let mut table = String::from("| keyword | verdict | |\n| --- | --- | --- |\n");
    for keyword in TABLE {
        let (verdict, note) = match keyword.verdict {
            Verdict::Enforced => ("enforced", ""),
            Verdict::Annotation => ("annotation", ""),
            Verdict::Refused(help) => ("refused", help),
        };
        let note = note.replace('|', r"\|");
        table.extend(["| `", keyword.name, "` | ", verdict, " | ", &note, " |\n"]);
    }
    page::shows(PAGE, START, END, &table);
}
