//! The documentation shows the closed table of keywords as it is.

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
