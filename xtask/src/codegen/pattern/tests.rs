//! Patterns against texts that ECMA-262 decides, and against the `regex` crate on generated ones.

use proptest::prelude::*;

use super::*;

fn check(pattern: &str, accepted: &[&str], refused: &[&str]) {
    let dfa = compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {}", error.message));
    for text in accepted {
        assert!(dfa.is_match(text), "{pattern} should match {text:?}");
    }
    for text in refused {
        assert!(!dfa.is_match(text), "{pattern} should not match {text:?}");
    }
}

#[test]
fn meaning_is_that_of_ecma_262() {
    check("^a*$", &["", "aaa"], &["b", "aab", "a\n"]);
    check("a+", &["xxaayy"], &["", "xyz"]);
    check("^\\d+$", &["0123456789"], &["", "१", "1\n"]);
    check("\\D", &["१", "a"], &["12"]);
    check("^\\w$", &["a", "Z", "_", "7"], &["ä", "é", "-", ""]);
    check(
        "^\\s$",
        &[" ", "\t", "\u{feff}", "\u{2029}", "\u{a0}"],
        &["\u{85}", "\u{180e}", "a"],
    );
    check("^.$", &["a", "😀", "\u{85}"], &["\n", "\r", "\u{2028}", "", "ab"]);
    check("^[^a]$", &["b", "\n"], &["a", ""]);
    check("^[a-c-]$", &["a", "b", "-"], &["d"]);
    check("^[]$", &[], &["", "a"]);
    check("^[^]$", &["a", "\n"], &[""]);
    check("^(?:ab|cd){2}$", &["abab", "abcd", "cdcd"], &["ab", "ababab"]);
    check(
        "^(?<$année>\\d{4})-\\d{2,3}$",
        &["2025-01", "2025-001"],
        &["2025-1", "2025-0001"],
    );
    check("^a{2,}?$", &["aa", "aaaa"], &["a"]);
    check("^\\u{1F600}\\uD83D\\uDE00\\x41\\cJ\\0$", &["😀😀A\n\0"], &["😀"]);
    check("^\\p{Letter}+$", &["πάντα", "abc"], &["1", ""]);
    check("^\\p{Lu}\\P{Lu}$", &["Aa", "Ä1"], &["aa", "AA"]);
    check("^\\p{Script=Greek}+$", &["π"], &["p"]);
    check("^\\p{sc=SignWriting}$", &["\u{1d800}"], &["p"]);
    check("^[\\p{Cc}\\s]$", &["\u{85}", "\u{1}", " "], &["a"]);
    check("^😀{2}$", &["😀😀"], &["😀"]);
    check("^\\$\\^\\/$", &["$^/"], &[]);
    check("", &["", "anything"], &[]);
}

#[test]
fn assertions_hold_wherever_they_stand() {
    check("^^a$$", &["a"], &["aa", "ba"]);
    check("(^a|b)c", &["ac", "xbc"], &["xac"]);
    check("a$|^b", &["xa", "bx", "a", "b"], &["ax", "xb"]);
    check("a^b", &[], &["ab", "a", "b", ""]);
    check("^$", &[""], &["a", "\n"]);
    check("$^", &[""], &["a"]);
    check("x*^y", &["y", "yz"], &["xy"]);
    check("a|", &["", "zzz"], &[]);
}

#[test]
fn what_is_not_regular_or_not_valid_is_refused_at_its_place() {
    for (pattern, at, message) in [
        ("a(?=b)", 1, "lookahead"),
        ("(?!a)", 0, "lookahead"),
        ("(?<=a)b", 0, "lookbehind"),
        ("(a)\\1", 3, "reference to a group"),
        ("(?<n>a)\\k<n>", 7, "reference to a group"),
        ("a\\b", 1, "word boundaries"),
        ("a**", 2, "repeats nothing"),
        ("*a", 0, "repeats nothing"),
        ("^*", 1, "cannot be repeated"),
        ("a{2,1}", 1, "out of order"),
        ("a{99999}", 2, "too large"),
        ("a{,2}", 1, "begins a count"),
        ("a{2x}", 1, "begins a count"),
        ("a{2,3x}", 1, "begins a count"),
        ("a{b}", 1, "begins a count"),
        ("\\Aa\\z", 0, "no escape"),
        ("{", 0, "stands alone"),
        ("a]", 1, "stands alone"),
        ("[a", 0, "never closed"),
        ("(a", 0, "never closed"),
        ("a)", 1, "closes nothing"),
        ("[b-a]", 1, "out of order"),
        ("[\\d-z]", 1, "both ends"),
        ("\\a", 0, "no escape"),
        ("\\-", 0, "no escape"),
        ("\\01", 0, "no escape"),
        ("\\x4", 0, "hexadecimal"),
        ("\\u{110000}", 0, "hexadecimal"),
        ("\\u{41", 0, "hexadecimal"),
        ("\\u{}", 0, "hexadecimal"),
        ("\\p{L", 0, "no Unicode property"),
        ("\\p{sc=Signwriting}", 0, "no Unicode property"),
        ("(?<n>a)(?<n>b)", 10, "two groups are called `n`"),
        ("(?<²>a)", 3, "needs a name"),
        ("(?<n", 3, "needs a name"),
        ("(?<>a)", 3, "needs a name"),
        ("\\p{letter}", 0, "no Unicode property"),
        ("\\p{Foo}", 0, "no Unicode property"),
        ("\\pL", 0, "no Unicode property"),
        ("(?i:a)", 2, "no such group"),
        ("a\\", 1, "escapes nothing"),
    ] {
        let error = compile(pattern).expect_err(pattern);
        assert!(error.message.contains(message), "{pattern}: {}", error.message);
        assert_eq!(error.at, Some(at), "{pattern}");
    }
    for pattern in [
        "(a{100}){100}",
        "^(a{100}){100}$",
        "(?:(?:[ab]{50}){50}){50}",
        "(a|b)*a(a|b){20}",
    ] {
        assert!(
            compile(pattern).unwrap_err().message.contains("too large"),
            "{pattern}"
        );
    }
    assert!(
        compile(&"(".repeat(10_000))
            .unwrap_err()
            .message
            .contains("too deeply")
    );
}

#[test]
fn tables_are_the_automaton() {
    for pattern in [
        "^[A-Za-z0-9]{1,64}$",
        "^[^\\s\\p{Cc}:*?\\[\\]\\\\]+$",
        "^\\p{Letter}+$",
        "a|é",
    ] {
        let dfa = compile(pattern).unwrap();
        let tables = dfa.tables().unwrap();
        let run = |text: &str| {
            let state = text.chars().fold(tables.start, |state, c| {
                let code = u32::from(c);
                let class = tables.ascii.get(code as usize).copied().unwrap_or_else(|| {
                    let at = tables.ranges.partition_point(|(_, last, _)| *last < code);
                    tables
                        .ranges
                        .get(at)
                        .filter(|(first, _, _)| *first <= code)
                        .map_or(0, |(_, _, class)| *class)
                });
                tables.transitions[usize::from(state) * usize::from(tables.classes) + usize::from(class)]
            });
            tables.accepting[usize::from(state)]
        };
        for text in [
            "",
            "a",
            "é",
            "AZ09",
            "a:b",
            "a b",
            "\u{85}",
            "πάντα",
            "日本",
            "x\\",
            &"a".repeat(65),
        ] {
            assert_eq!(run(text), dfa.is_match(text), "{pattern} {text:?}");
        }
    }
    let symbol = compile("^[A-F]+$").unwrap().tables().unwrap();
    assert_eq!(symbol.alphabet_ascii, 0b11_1111 << u32::from('A'));
    assert!(!symbol.alphabet_non_ascii);
}

/// Patterns that ECMA-262 and the `regex` crate mean alike, so that the one can referee the other.
fn patterns() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        prop::sample::select(vec![
            "a", "b", "c", "é", "😀", "[ab]", "[^b]", "[a-cé]", "[^\\n]", "\\.", "(?:)", "\\p{Lu}"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec!["^", "$"]).prop_map(str::to_owned),
    ];
    atom.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (
                inner,
                prop::sample::select(vec!["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])
            )
                .prop_map(|(part, count)| format!("(?:{part}){count}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_regex_crate_agrees(pattern in patterns(), texts in prop::collection::vec("[abcéA😀.\n]{0,6}", 12)) {
        let Ok(dfa) = compile(&pattern) else { return Ok(()) };
        let referee = regex::Regex::new(&pattern).expect("the strategy writes what both read");
        for text in &texts {
            prop_assert_eq!(dfa.is_match(text), referee.is_match(text), "{} on {:?}", pattern, text);
        }
        if let Some(shortest) = dfa.shortest() {
            prop_assert!(referee.is_match(&shortest), "{} gave {:?}", pattern, shortest);
        }
        for c in "abcéA😀.\n".chars() {
            let occurs = texts.iter().any(|text| text.contains(c) && dfa.is_match(text));
            prop_assert!(!occurs || dfa.alphabet().contains(u32::from(c)));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(pattern in "\\PC{0,20}") {
        let _ = compile(&pattern);
    }
}
