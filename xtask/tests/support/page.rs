//! A page of the documentation that shows a table of the code, between two marks.

/// Compares what stands between the marks with `table`; `UPDATE_EXPECT=1` writes it there.
#[track_caller]
pub(crate) fn shows(page: &str, start: &str, end: &str, table: &str) {
    let text = std::fs::read_to_string(page).expect("the page is in the repository");
    let (head, rest) = text
        .split_once(start)
        .expect("the page marks where the table starts");
    let (shown, tail) = rest.split_once(end).expect("the page marks where the table ends");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(page, format!("{head}{start}{table}{end}{tail}")).expect("the page can be written");
        return;
    }
    assert_eq!(shown, table, "UPDATE_EXPECT=1 rewrites the table");
}
