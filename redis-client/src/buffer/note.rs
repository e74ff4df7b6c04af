//! What a record says beside its channel and payload: lines of a name, a blank and a value.
//!
//! A reader skips lines whose name it does not know, so that a newer writer can say more to an older reader; and recovery
//! carries a note along as it is.
//!
//! | name | value | in |
//! | --- | --- | --- |
//! | `reason` | why the record is a dead letter, to the end of the line | dead letters |

/// A note has at most this many bytes.
const BYTES_MAX: usize = 1000;

/// A note that says why its record is a dead letter.
pub(crate) fn of_reason(reason: &str) -> String {
    let mut note: String = "reason "
        .chars()
        .chain(reason.chars().map(blank_for_control))
        .collect();
    let mut end = note.len().min(BYTES_MAX);
    while !note.is_char_boundary(end) {
        end -= 1;
    }
    note.truncate(end);
    note
}

/// The reason that a note gives.
pub(crate) fn reason(note: &str) -> Option<&str> {
    value(note, "reason")
}

/// The value behind a name.
fn value<'a>(note: &'a str, name: &str) -> Option<&'a str> {
    note.lines()
        .find_map(|line| line.split_once(' ').filter(|(found, _)| *found == name))
        .map(|(_, value)| value)
}

fn blank_for_control(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_comes_back_on_one_line_and_within_its_limit() {
        for (said, expected) in [
            (
                "ERR Protocol error: invalid bulk length",
                "ERR Protocol error: invalid bulk length",
            ),
            ("two\nlines\r\n", "two lines  "),
            ("", ""),
        ] {
            assert_eq!(reason(&of_reason(said)), Some(expected));
        }
        let long = of_reason(&"\u{e4}".repeat(3000));
        assert!(long.len() <= BYTES_MAX && long.len() > BYTES_MAX - 2);
    }

    #[test]
    fn unknown_lines_are_skipped() {
        let note = "reasons none\nreasonless\nfuture a b c\nreason it is\nreason another";
        assert_eq!(reason(note), Some("it is"));
        assert_eq!((reason(""), reason("max-age 3 drop")), (None, None));
    }
}
