//! Characters that nobody sees, or that change how others are shown: rustc refuses some of them, and a reviewer cannot
//! tell what stands there. Texts of schemas may hold them; what is generated shows their escapes.

use std::borrow::Cow;

/// Whether a character is a control, or directs how text beside it is laid out. Joiners of words and emoji are neither.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Prose in which hidden characters are visible as `\u{..}`; line ends and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_shown = |c: char| !is_hidden(c) || matches!(c, '\n' | '\t');
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        if is_shown(c) {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for (text, shown) in [
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb", "a\nb"),
            ("a\rb\u{0}", "a\\u{d}b\\u{0}"),
            ("\u{202e}\u{2066}\u{2028}", "\\u{202e}\\u{2066}\\u{2028}"),
            ("e\u{301} 👩\u{200d}👩 ä", "e\u{301} 👩\u{200d}👩 ä"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
