//! Names of the schemas to identifiers: valid, stable and distinct, per language.
//!
//! A name is cut into words of ASCII letters and digits; other letters become their code point (`größe` is
//! `gru00f6u00dfe`), since identifiers beyond ASCII differ by normal form and read alike when they are not. What
//! collides after that is told apart by a number: the name that is spelt exactly like its identifier keeps it, the
//! others count in the order of the schema, so that adding a member renames none.

use std::collections::HashSet;
use std::fmt::Write as _;

/// The words of a name, lower case. Never empty.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let chars: Vec<char> = name.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    for (index, c) in chars.iter().enumerate() {
        let before = at(index.checked_sub(1));
        let after = at(Some(index + 1));
        let starts = c.is_ascii_uppercase()
            && (before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                || (before.is_some_and(|b| b.is_ascii_uppercase())
                    && after.is_some_and(|a| a.is_ascii_lowercase())));
        if starts || !c.is_alphanumeric() {
            words.push(String::new());
        }
        let Some(word) = words.last_mut() else { continue };
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            let _ = write!(word, "u{:04x}", u32::from(*c));
        }
    }
    words.retain(|word| !word.is_empty());
    if words.is_empty() {
        words = name.chars().map(symbol).collect();
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// What a character is called that is in no word.
fn symbol(c: char) -> String {
    let known = match c {
        ' ' => "space",
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' | ')' => "paren",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' | ']' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' | '}' => "brace",
        '|' => "bar",
        '~' => "tilde",
        _ => return format!("u{:04x}", u32::from(c)),
    };
    known.to_owned()
}

/// `snake_case`, starting with a letter.
#[must_use]
pub fn snake(name: &str) -> String {
    letter_first(words(name).join("_"), "n_")
}

/// `SCREAMING_SNAKE_CASE`, starting with a letter.
#[must_use]
pub fn screaming(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// `PascalCase`, starting with a letter.
#[must_use]
pub fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        // Two numbers side by side would run together.
        if out.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('_');
        }
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    letter_first(out, "N")
}

fn letter_first(name: String, prefix: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{prefix}{name}")
    } else {
        name
    }
}

/// Distinct identifiers for `names`, none of them in `reserved`.
///
/// `make` gives the identifier a name wants. Names that want the same get a number behind it, and one that wants
/// a reserved identifier gets `suffix` behind it.
#[must_use]
pub fn distinct(names: &[&str], reserved: &[&str], suffix: &str, make: fn(&str) -> String) -> Vec<String> {
    let wanted: Vec<String> = names
        .iter()
        .map(|name| {
            let wanted = make(name);
            if reserved.contains(&wanted.as_str()) {
                format!("{wanted}{suffix}")
            } else {
                wanted
            }
        })
        .collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut out: Vec<Option<String>> = vec![None; names.len()];
    let exact = |index: usize| {
        wanted
            .get(index)
            .is_some_and(|wanted| names.get(index) == Some(&wanted.as_str()))
    };
    let order = (0..names.len())
        .filter(|i| exact(*i))
        .chain((0..names.len()).filter(|i| !exact(*i)));
    for index in order {
        let Some(wanted) = wanted.get(index) else { continue };
        let mut identifier = wanted.clone();
        let mut number = 2;
        // Bound: each turn tries a number that fewer names than there are can have taken.
        while !taken.insert(identifier.clone()) {
            // Rust wants no underscore in a type's name, except between digits, and never two in a row.
            let base = wanted.trim_end_matches('_');
            let snake = base.contains('_') || !base.starts_with(|c: char| c.is_ascii_uppercase());
            let gap = if snake || base.ends_with(|c: char| c.is_ascii_digit()) {
                "_"
            } else {
                ""
            };
            identifier = format!("{base}{gap}{number}");
            number += 1;
        }
        if let Some(place) = out.get_mut(index) {
            *place = Some(identifier);
        }
    }
    out.into_iter().flatten().collect()
}

/// Names in Rust.
pub mod rust {
    /// Keywords of every edition, which a raw identifier makes usable.
    const KEYWORDS: [&str; 50] = [
        "abstract",
        "as",
        "async",
        "await",
        "become",
        "box",
        "break",
        "const",
        "continue",
        "do",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "final",
        "fn",
        "for",
        "gen",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "macro",
        "match",
        "mod",
        "move",
        "mut",
        "override",
        "priv",
        "pub",
        "ref",
        "return",
        "static",
        "struct",
        "trait",
        "true",
        "try",
        "type",
        "typeof",
        "union",
        "unsafe",
        "unsized",
        "use",
        "virtual",
        "where",
        "while",
        "yield",
        "macro_rules",
    ];

    /// Keywords that have no raw form.
    pub const PATH_KEYWORDS: [&str; 4] = ["self", "Self", "super", "crate"];

    /// Distinct field names for the members of one object.
    #[must_use]
    pub fn fields(names: &[&str]) -> Vec<String> {
        super::distinct(names, &PATH_KEYWORDS, "_", super::snake)
    }

    /// Distinct variant names for the values of one enumeration.
    #[must_use]
    pub fn variants(names: &[&str]) -> Vec<String> {
        super::distinct(names, &PATH_KEYWORDS, "_", super::pascal)
    }

    /// How an identifier is written: `r#type`.
    #[must_use]
    pub fn written(identifier: &str) -> String {
        // `union` and `macro_rules` are weak: they are fine as they are.
        let weak = matches!(identifier, "union" | "macro_rules");
        if KEYWORDS.contains(&identifier) && !weak {
            format!("r#{identifier}")
        } else {
            identifier.to_owned()
        }
    }
}

/// Names in Python.
pub mod python {
    /// Keywords and the built-in names that generated annotations use.
    const KEYWORDS: [&str; 43] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "bool", "break", "class",
        "continue", "def", "del", "dict", "elif", "else", "except", "finally", "float", "for", "from",
        "global", "if", "import", "in", "int", "is", "lambda", "list", "nonlocal", "not", "or", "pass",
        "raise", "return", "self", "str", "try", "tuple", "while", "with", "yield",
    ];

    /// Built-in names that are spelt like types. Where an annotation refers to a class further down, Python would find them instead.
    pub const BUILT_IN: [&str; 72] = [
        "ArithmeticError",
        "AssertionError",
        "AttributeError",
        "BaseException",
        "BaseExceptionGroup",
        "BlockingIOError",
        "BrokenPipeError",
        "BufferError",
        "BytesWarning",
        "ChildProcessError",
        "ConnectionAbortedError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "DeprecationWarning",
        "EOFError",
        "Ellipsis",
        "EncodingWarning",
        "EnvironmentError",
        "Exception",
        "ExceptionGroup",
        "FileExistsError",
        "FileNotFoundError",
        "FloatingPointError",
        "FutureWarning",
        "GeneratorExit",
        "IOError",
        "ImportError",
        "ImportWarning",
        "IndentationError",
        "IndexError",
        "InterruptedError",
        "IsADirectoryError",
        "KeyError",
        "KeyboardInterrupt",
        "LookupError",
        "MemoryError",
        "ModuleNotFoundError",
        "NameError",
        "NotADirectoryError",
        "NotImplemented",
        "NotImplementedError",
        "OSError",
        "OverflowError",
        "PendingDeprecationWarning",
        "PermissionError",
        "ProcessLookupError",
        "PythonFinalizationError",
        "RecursionError",
        "ReferenceError",
        "ResourceWarning",
        "RuntimeError",
        "RuntimeWarning",
        "StopAsyncIteration",
        "StopIteration",
        "SyntaxError",
        "SyntaxWarning",
        "SystemError",
        "SystemExit",
        "TabError",
        "TimeoutError",
        "TypeError",
        "UnboundLocalError",
        "UnicodeDecodeError",
        "UnicodeEncodeError",
        "UnicodeError",
        "UnicodeTranslateError",
        "UnicodeWarning",
        "UserWarning",
        "ValueError",
        "Warning",
        "ZeroDivisionError",
    ];

    /// What a pydantic model, or our own base class of it, calls its methods.
    const OF_MODELS: [&str; 32] = [
        "channel",
        "checks",
        "construct",
        "copy",
        "decode",
        "dict",
        "encode",
        "from_orm",
        "json",
        "model_computed_fields",
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "schema",
        "schema_json",
        "update_forward_refs",
        "validate",
    ];

    /// What a text, or our own class of keys, calls its methods.
    const OF_TEXTS: [&str; 51] = [
        "capitalize",
        "casefold",
        "center",
        "cls",
        "count",
        "decode_value",
        "encode",
        "encode_value",
        "endswith",
        "expandtabs",
        "find",
        "format",
        "format_map",
        "index",
        "isalnum",
        "isalpha",
        "isascii",
        "isdecimal",
        "isdigit",
        "isidentifier",
        "islower",
        "isnumeric",
        "isprintable",
        "isspace",
        "istitle",
        "isupper",
        "join",
        "ljust",
        "lower",
        "lstrip",
        "maketrans",
        "parse",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rfind",
        "rindex",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "scan_pattern",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "translate",
        "upper",
    ];

    /// Distinct field names for the members of one object.
    #[must_use]
    pub fn fields(names: &[&str]) -> Vec<String> {
        let reserved: Vec<&str> = KEYWORDS.iter().chain(&OF_MODELS).copied().collect();
        super::distinct(names, &reserved, "_", super::snake)
    }

    /// Distinct names for the parts of one key, which are also arguments.
    #[must_use]
    pub fn parts(names: &[&str]) -> Vec<String> {
        let reserved: Vec<&str> = KEYWORDS
            .iter()
            .chain(&OF_TEXTS)
            .chain(&["zfill", "channel"])
            .copied()
            .collect();
        super::distinct(names, &reserved, "_", super::snake)
    }

    /// Distinct names for functions.
    #[must_use]
    pub fn functions(names: &[&str]) -> Vec<String> {
        super::distinct(names, &KEYWORDS, "_", super::snake)
    }

    /// Distinct names for the values of one enumeration, and for constants.
    #[must_use]
    pub fn constants(names: &[&str], reserved: &[&str]) -> Vec<String> {
        super::distinct(names, reserved, "_", super::screaming)
    }
}

/// Names in TypeScript and JavaScript. Members keep the names they have on the wire: any text is a property.
pub mod typescript {
    /// Reserved words, and names that a function or argument must not take.
    const KEYWORDS: [&str; 52] = [
        "arguments",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "of",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "name",
    ];

    /// `camelCase`, starting with a letter.
    fn camel(name: &str) -> String {
        let pascal = super::pascal(name);
        let mut chars = pascal.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
        format!("{first}{}", chars.as_str())
    }

    /// Distinct names for functions, arguments and constants.
    #[must_use]
    pub fn functions(names: &[&str]) -> Vec<String> {
        super::distinct(names, &KEYWORDS, "_", camel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_people_see_them() {
        for (name, expected) in [
            ("order_id", "order id"),
            ("orderId", "order id"),
            ("HTTPServerURL", "http server url"),
            ("price.updated", "price updated"),
            ("sha256Sum", "sha256 sum"),
            ("52w-high", "52w high"),
            ("größe", "gru00f6u00dfe"),
            ("$ref", "ref"),
            ("*", "star"),
            ("<=", "less equal"),
            ("", "empty"),
            ("日本", "u65e5u672c"),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn identifiers_are_valid_in_each_style() {
        assert_eq!(snake("52w-high"), "n_52w_high");
        assert_eq!(pascal("52w-high"), "N52wHigh");
        assert_eq!(pascal("v 1 2"), "V1_2");
        assert_eq!(screaming("orders.executed"), "ORDERS_EXECUTED");
        assert_eq!(pascal("partial_fill"), "PartialFill");
    }

    #[test]
    fn names_that_collide_are_told_apart_and_the_exact_one_keeps_its_name() {
        assert_eq!(
            rust::fields(&["foo bar", "foo-bar", "foo_bar"]),
            ["foo_bar_2", "foo_bar_3", "foo_bar"]
        );
        assert_eq!(
            rust::fields(&["self", "self_", "type"]),
            ["self_2", "self_", "type"]
        );
        assert_eq!(rust::variants(&["a", "A", "+1", "-1"]), ["A2", "A", "N1", "N1_2"]);
        assert_eq!(
            rust::variants(&["ab", "AB", "Self", "self"]),
            ["Ab", "Ab2", "Self_", "Self2"]
        );
        assert_eq!(
            distinct(&["vec", "Vec"], &["Vec"], "Type", pascal),
            ["VecType", "VecType2"]
        );
    }

    #[test]
    fn keywords_are_written_raw() {
        assert_eq!(rust::written("type"), "r#type");
        assert_eq!(rust::written("gen"), "r#gen");
        assert_eq!(rust::written("union"), "union");
        assert_eq!(rust::written("symbol"), "symbol");
    }
}
