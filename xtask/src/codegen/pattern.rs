//! Patterns as ECMA-262 means them (with the `u` flag, as JSON Schema asks), read into automata.
//!
//! `\d` is ASCII, `$` is the end of the text and nothing else, `.` is no line terminator, a pattern that is not
//! anchored matches anywhere, and a character is a code point. What is not regular (lookaround, references to a
//! group) is refused, as is what is not valid under `u`: a guess would accept what the author forbade.

use super::automaton::{CharSet, Dfa, Nfa, TooLarge};

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Code points of the pattern before the fault; none when the pattern as a whole is at fault.
    pub at: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead, when that is known.
    pub help: Option<&'static str>,
}

/// A character of the notation that was probably meant for itself.
const BACKSLASH: &str = "put a backslash before it, in JSON two, to mean the character";

/// The automaton of the texts in which `pattern` matches somewhere.
///
/// # Errors
///
/// When the pattern is not valid, not regular, or too large.
pub fn compile(pattern: &str) -> Result<Dfa, PatternError> {
    let mut parser = Parser {
        chars: pattern.chars().collect(),
        at: 0,
        depth: 0,
        groups: Vec::new(),
    };
    let ast = parser.alternatives()?;
    if parser.peek().is_some() {
        return Err(parser.error("`)` closes nothing", Some(BACKSLASH)));
    }
    build(&ast).map_err(|TooLarge| PatternError {
        at: None,
        message: "it needs an automaton that is too large".to_owned(),
        help: Some("bound lengths with `maxLength` instead of large counts in the pattern"),
    })
}

#[derive(Debug, Clone)]
enum Ast {
    Set(CharSet),
    Sequence(Vec<Ast>),
    Alternatives(Vec<Ast>),
    Repeat {
        of: Box<Ast>,
        min: u32,
        max: Option<u32>,
    },
    Start,
    End,
}

fn build(ast: &Ast) -> Result<Dfa, TooLarge> {
    let mut nfa = Nfa::default();
    let any = CharSet::any();
    let start = nfa.state()?;
    nfa.on(start, &any, start);
    let end = nfa.state()?;
    nfa.on(end, &any, end);
    let matched = add(&mut nfa, ast, start)?;
    nfa.free(matched, end);
    nfa.determinise(start, end)
}

/// Adds the automaton of `ast` behind `from` and returns where it ends.
fn add(nfa: &mut Nfa, ast: &Ast, from: usize) -> Result<usize, TooLarge> {
    match ast {
        Ast::Set(set) => {
            let to = nfa.state()?;
            nfa.on(from, set, to);
            Ok(to)
        }
        Ast::Sequence(parts) => parts.iter().try_fold(from, |from, part| add(nfa, part, from)),
        Ast::Alternatives(parts) => {
            let to = nfa.state()?;
            for part in parts {
                let entry = nfa.state()?;
                nfa.free(from, entry);
                let exit = add(nfa, part, entry)?;
                nfa.free(exit, to);
            }
            Ok(to)
        }
        Ast::Repeat { of, min, max } => {
            let mut at = from;
            for _ in 0..*min {
                at = add(nfa, of, at)?;
            }
            let to = nfa.state()?;
            match max {
                None => {
                    let entry = nfa.state()?;
                    nfa.free(at, entry);
                    let exit = add(nfa, of, entry)?;
                    nfa.free(exit, entry);
                    nfa.free(entry, to);
                }
                Some(max) => {
                    for _ in *min..*max {
                        nfa.free(at, to);
                        let entry = nfa.state()?;
                        nfa.free(at, entry);
                        at = add(nfa, of, entry)?;
                    }
                    nfa.free(at, to);
                }
            }
            Ok(to)
        }
        Ast::Start => {
            let to = nfa.state()?;
            nfa.at_start(from, to);
            Ok(to)
        }
        Ast::End => {
            let to = nfa.state()?;
            nfa.at_end(from, to);
            Ok(to)
        }
    }
}

/// Groups nested deeper than this are refused: the stack is finite.
const DEPTH_MAX: usize = 64;

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    /// Names of groups so far: one is given once.
    groups: Vec<String>,
}

/// What an escape in a class or outside stands for.
enum Escaped {
    One(char),
    Set(CharSet),
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn eat_all(&mut self, text: &str) -> bool {
        let found = self
            .chars
            .get(self.at..)
            .is_some_and(|rest| rest.iter().copied().take(text.len()).eq(text.chars()));
        if found {
            self.at += text.len();
        }
        found
    }

    fn error(&self, message: impl Into<String>, help: Option<&'static str>) -> PatternError {
        PatternError {
            at: Some(self.at),
            message: message.into(),
            help,
        }
    }

    fn alternatives(&mut self) -> Result<Ast, PatternError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.error(
                "groups are nested too deeply",
                Some("leave groups out that group nothing"),
            ));
        }
        let mut parts = vec![self.sequence()?];
        while self.eat('|') {
            parts.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Ast::Alternatives(parts),
        })
    }

    fn sequence(&mut self) -> Result<Ast, PatternError> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let start = self.at;
            let atom = self.atom(c)?;
            let assertion = matches!(atom, Ast::Start | Ast::End);
            let counted_from = self.at;
            match self.quantifier()? {
                Some(_) if assertion => {
                    self.at = counted_from;
                    let help = Some("leave out what repeats it");
                    return Err(self.error("an assertion cannot be repeated", help));
                }
                Some((min, max)) => parts.push(Ast::Repeat {
                    of: Box::new(atom),
                    min,
                    max,
                }),
                None => parts.push(atom),
            }
            debug_assert!(self.at > start, "every atom reads something");
        }
        Ok(Ast::Sequence(parts))
    }

    fn atom(&mut self, c: char) -> Result<Ast, PatternError> {
        match c {
            '^' => {
                self.at += 1;
                Ok(Ast::Start)
            }
            '$' => {
                self.at += 1;
                Ok(Ast::End)
            }
            '.' => {
                self.at += 1;
                Ok(Ast::Set(line_terminators().negate()))
            }
            '[' => self.class().map(Ast::Set),
            '(' => self.group(),
            '\\' => {
                if matches!(self.chars.get(self.at + 1), Some('b' | 'B')) {
                    return Err(self.error(
                        "word boundaries are not supported",
                        Some("write out which characters may stand there"),
                    ));
                }
                Ok(Ast::Set(match self.escape(false)? {
                    Escaped::One(c) => CharSet::single(c),
                    Escaped::Set(set) => set,
                }))
            }
            '*' | '+' | '?' => Err(self.error(format!("`{c}` repeats nothing"), Some(BACKSLASH))),
            '{' | '}' | ']' => Err(self.error(format!("`{c}` stands alone"), Some(BACKSLASH))),
            _ => {
                self.at += 1;
                Ok(Ast::Set(CharSet::single(c)))
            }
        }
    }

    fn group(&mut self) -> Result<Ast, PatternError> {
        let start = self.at;
        self.at += 1;
        if self.eat('?') {
            if self.eat_all("<=") || self.eat_all("<!") {
                self.at = start;
                let help = Some("say of the characters before it what they are");
                return Err(self.error("lookbehind is not regular and not supported", help));
            }
            if self.eat('=') || self.eat('!') {
                self.at = start;
                return Err(self.error(
                    "lookahead is not supported",
                    Some("split the rule: `pattern` for one part, `minLength` or `maxLength` for another"),
                ));
            }
            if self.eat('<') {
                self.group_name()?;
            } else if !self.eat(':') {
                return Err(self.error(
                    "no such group",
                    Some("write `(?:...)` for a group without a number, and `[aA]` in place of a flag"),
                ));
            }
        }
        let inner = self.alternatives()?;
        if self.eat(')') {
            Ok(inner)
        } else {
            self.at = start;
            Err(self.error("`(` is never closed", Some(BACKSLASH)))
        }
    }

    /// `name>`: an identifier, which no other group has.
    fn group_name(&mut self) -> Result<(), PatternError> {
        let start = self.at;
        let name = self.up_to('>').filter(|name| is_identifier(name));
        let Some(name) = name else {
            self.at = start;
            return Err(self.error(
                "a group needs a name that begins with a letter and goes on with letters and digits",
                Some("write `(?:...)` for a group without a name"),
            ));
        };
        if self.groups.contains(&name) {
            self.at = start;
            let help = Some("write `(?:...)`: nothing refers to a group by its name");
            return Err(self.error(format!("two groups are called `{name}`"), help));
        }
        self.groups.push(name);
        Ok(())
    }

    /// The text before the next `end`, which is read as well; `None` when there is no such.
    fn up_to(&mut self, end: char) -> Option<String> {
        let rest = self.chars.get(self.at..)?;
        let length = rest.iter().position(|c| *c == end)?;
        let text = rest.iter().take(length).collect();
        self.at += length + 1;
        Some(text)
    }

    /// `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`, with an optional `?`, which changes no language.
    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let start = self.at;
        let counts = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let counts = self.counts()?;
                let end = std::mem::replace(&mut self.at, start);
                let Some((min, max)) = counts else {
                    let message = "`{` begins a count, such as `{2}`, `{2,}` or `{2,3}`";
                    return Err(self.error(message, Some(BACKSLASH)));
                };
                if max.is_some_and(|max| max < min) {
                    return Err(
                        self.error("the counts are out of order", Some("write the smaller one first"))
                    );
                }
                self.at = end;
                (min, max)
            }
            _ => return Ok(None),
        };
        self.at += 1;
        self.eat('?');
        Ok(Some(counts))
    }

    /// `{n`, `{n,` or `{n,m`, up to the `}`. `None` where that is not what it is.
    fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        self.at += 1;
        let Some(min) = self.count()? else {
            return Ok(None);
        };
        let max = if self.eat(',') { self.count()? } else { Some(min) };
        Ok((self.peek() == Some('}')).then_some((min, max)))
    }

    fn count(&mut self) -> Result<Option<u32>, PatternError> {
        let rest = self.chars.iter().skip(self.at);
        let digits: String = rest.take_while(|c| c.is_ascii_digit()).collect();
        if digits.is_empty() {
            return Ok(None);
        }
        let Some(count) = digits.parse::<u32>().ok().filter(|count| *count <= 10_000) else {
            return Err(self.error("the count is too large", Some("use `minLength` and `maxLength`")));
        };
        self.at += digits.len();
        Ok(Some(count))
    }

    fn class(&mut self) -> Result<CharSet, PatternError> {
        let start = self.at;
        self.at += 1;
        let negated = self.eat('^');
        let mut set = CharSet::default();
        loop {
            match self.peek() {
                None => {
                    self.at = start;
                    return Err(self.error("`[` is never closed", Some(BACKSLASH)));
                }
                Some(']') => {
                    self.at += 1;
                    return Ok(if negated { set.negate() } else { set });
                }
                Some(_) => {
                    let from_at = self.at;
                    let from = self.class_atom()?;
                    let ranged =
                        self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
                    if !ranged {
                        set = set.union(&match from {
                            Escaped::One(c) => CharSet::single(c),
                            Escaped::Set(set) => set,
                        });
                        continue;
                    }
                    self.at += 1;
                    match (from, self.class_atom()?) {
                        (Escaped::One(from), Escaped::One(to)) if from <= to => {
                            set = set.union(&CharSet::new([(u32::from(from), u32::from(to))]));
                        }
                        (Escaped::One(_), Escaped::One(_)) => {
                            self.at = from_at;
                            return Err(
                                self.error("the range is out of order", Some("write the smaller one first"))
                            );
                        }
                        _ => {
                            self.at = from_at;
                            return Err(self.error(
                                "a range needs a character at both ends",
                                Some("put `-` last in the class to mean the character"),
                            ));
                        }
                    }
                }
            }
        }
    }

    fn class_atom(&mut self) -> Result<Escaped, PatternError> {
        match self.peek() {
            Some('\\') => self.escape(true),
            Some(c) => {
                self.at += 1;
                Ok(Escaped::One(c))
            }
            None => Err(self.error("`[` is never closed", Some(BACKSLASH))),
        }
    }

    fn escape(&mut self, in_class: bool) -> Result<Escaped, PatternError> {
        let start = self.at;
        self.at += 1;
        let Some(c) = self.peek() else {
            self.at = start;
            let help = Some("write four in JSON for the character");
            return Err(self.error("a backslash at the end escapes nothing", help));
        };
        self.at += 1;
        let fail = |parser: &mut Self, message: String, help| {
            parser.at = start;
            Err(parser.error(message, help))
        };
        Ok(match c {
            'd' => Escaped::Set(digits()),
            'D' => Escaped::Set(digits().negate()),
            'w' => Escaped::Set(words()),
            'W' => Escaped::Set(words().negate()),
            's' => Escaped::Set(spaces()),
            'S' => Escaped::Set(spaces().negate()),
            't' => Escaped::One('\t'),
            'n' => Escaped::One('\n'),
            'v' => Escaped::One('\u{b}'),
            'f' => Escaped::One('\u{c}'),
            'r' => Escaped::One('\r'),
            'b' if in_class => Escaped::One('\u{8}'),
            '-' if in_class => Escaped::One('-'),
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => Escaped::One('\0'),
            'c' => match self.peek() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    Escaped::One(char::from_u32(u32::from(letter) % 32).unwrap_or('\0'))
                }
                _ => {
                    let help = Some("such as `\\cJ`, a new line");
                    return fail(self, "`\\c` needs a letter".to_owned(), help);
                }
            },
            'x' => match self.hex(2) {
                Some(code) => Escaped::One(char::from_u32(code).unwrap_or('\0')),
                None => {
                    return fail(
                        self,
                        "`\\x` needs two hexadecimal digits".to_owned(),
                        Some("such as `\\x41`"),
                    );
                }
            },
            'u' => match self.unicode() {
                Some(code) => match char::from_u32(code) {
                    Some(c) => Escaped::One(c),
                    // A lone surrogate is in no text, so it can only match nothing.
                    None => Escaped::Set(CharSet::default()),
                },
                None => {
                    return fail(
                        self,
                        "`\\u` needs four hexadecimal digits, or `{...}`".to_owned(),
                        Some("such as `\\u0041` or `\\u{1f600}`"),
                    );
                }
            },
            'p' | 'P' => {
                let name = if self.eat('{') { self.up_to('}') } else { None };
                let Some(set) = name.as_deref().and_then(property) else {
                    let help = "use a general category such as `\\p{Letter}` or `\\p{Lu}`, or a script such as `\\p{Script=Greek}`";
                    let name = name.map_or_else(String::new, |name| format!("{{{name}}}"));
                    return fail(
                        self,
                        format!("`\\{c}{name}` is no Unicode property that is known here"),
                        Some(help),
                    );
                };
                Escaped::Set(if c == 'P' { set.negate() } else { set })
            }
            '1'..='9' | 'k' if !in_class => {
                return fail(
                    self,
                    "a reference to a group is not regular and not supported".to_owned(),
                    Some("list the texts that may stand there, such as `(?:aa|bb)`"),
                );
            }
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => {
                Escaped::One(c)
            }
            'A' | 'z' | 'Z' => {
                let help = "`^` and `$` are the ends of the text";
                return fail(self, format!("`\\{c}` is no escape"), Some(help));
            }
            _ => {
                let help = "only `^ $ \\ . * + ? ( ) [ ] { } | /` are escaped by a backslash";
                return fail(self, format!("`\\{c}` is no escape"), Some(help));
            }
        })
    }

    fn hex(&mut self, count: usize) -> Option<u32> {
        let digits: String = self.chars.iter().skip(self.at).take(count).collect();
        let valid = digits.chars().count() == count && digits.chars().all(|c| c.is_ascii_hexdigit());
        let code = valid.then(|| u32::from_str_radix(&digits, 16).ok()).flatten()?;
        self.at += count;
        Some(code)
    }

    fn unicode(&mut self) -> Option<u32> {
        if self.eat('{') {
            let digits = self.up_to('}')?;
            let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
            let code = is_hex.then(|| u32::from_str_radix(&digits, 16).ok()).flatten();
            return code.filter(|code| *code < 0x11_0000);
        }
        let first = self.hex(4)?;
        if (0xd800..0xdc00).contains(&first) {
            let back = self.at;
            if self.eat_all("\\u")
                && let Some(second) = self.hex(4)
                && (0xdc00..0xe000).contains(&second)
            {
                return Some(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
            self.at = back;
        }
        Some(first)
    }
}

fn set_of(ranges: &[(char, char)]) -> CharSet {
    CharSet::new(
        ranges
            .iter()
            .map(|(first, last)| (u32::from(*first), u32::from(*last))),
    )
}

fn digits() -> CharSet {
    set_of(&[('0', '9')])
}

fn words() -> CharSet {
    set_of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')])
}

fn line_terminators() -> CharSet {
    set_of(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')])
}

/// ECMA-262 `WhiteSpace` and `LineTerminator`.
fn spaces() -> CharSet {
    set_of(&[
        ('\t', '\r'),
        (' ', ' '),
        ('\u{a0}', '\u{a0}'),
        ('\u{1680}', '\u{1680}'),
        ('\u{2000}', '\u{200a}'),
        ('\u{2028}', '\u{2029}'),
        ('\u{202f}', '\u{202f}'),
        ('\u{205f}', '\u{205f}'),
        ('\u{3000}', '\u{3000}'),
        ('\u{feff}', '\u{feff}'),
    ])
}

/// General categories, short and long; ECMA-262 takes these spellings and no other.
const CATEGORIES: &str = "C Other Cc Control cntrl Cf Format Cn Unassigned Co Private_Use L Letter LC Cased_Letter \
    Ll Lowercase_Letter Lm Modifier_Letter Lo Other_Letter Lt Titlecase_Letter Lu Uppercase_Letter M Mark \
    Combining_Mark Mc Spacing_Mark Me Enclosing_Mark Mn Nonspacing_Mark N Number Nd Decimal_Number digit Nl \
    Letter_Number No Other_Number P Punctuation punct Pc Connector_Punctuation Pd Dash_Punctuation Pe \
    Close_Punctuation Pf Final_Punctuation Pi Initial_Punctuation Po Other_Punctuation Ps Open_Punctuation S Symbol \
    Sc Currency_Symbol Sk Modifier_Symbol Sm Math_Symbol So Other_Symbol Z Separator Zl Line_Separator Zp \
    Paragraph_Separator Zs Space_Separator";

/// Binary properties of ECMA-262 that need no table beyond those of the regex crate.
const BINARY: &str = "Alphabetic Alpha Lowercase Lower Uppercase Upper White_Space space Math Dash Hex_Digit Hex \
    Ideographic Ideo ID_Start IDS ID_Continue IDC XID_Start XIDS XID_Continue XIDC Cased Case_Ignorable CI \
    Default_Ignorable_Code_Point DI Diacritic Dia Emoji Emoji_Presentation EPres Emoji_Modifier EMod \
    Emoji_Modifier_Base EBase Emoji_Component EComp Extended_Pictographic ExtPict Extender Ext Join_Control Join_C \
    Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical \
    Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo \
    Variation_Selector VS";

/// The characters of a Unicode property, spelt as ECMA-262 wants it.
fn property(name: &str) -> Option<CharSet> {
    let listed = |list: &str, word: &str| list.split_whitespace().any(|item| item == word);
    let query = match name.split_once('=') {
        None if name == "Any" => return Some(CharSet::any()),
        None if name == "ASCII" => return Some(set_of(&[('\0', '\u{7f}')])),
        None if name == "Assigned" => return property("Unassigned").map(|set| set.negate()),
        None if name == "ASCII_Hex_Digit" || name == "AHex" => {
            return Some(set_of(&[('0', '9'), ('A', 'F'), ('a', 'f')]));
        }
        None if listed(CATEGORIES, name) => format!("\\p{{gc={name}}}"),
        None if listed(BINARY, name) => format!("\\p{{{name}}}"),
        Some(("General_Category" | "gc", value)) if listed(CATEGORIES, value) => format!("\\p{{gc={value}}}"),
        Some(("Script" | "sc", value)) if is_script(value) => format!("\\p{{sc={value}}}"),
        Some(("Script_Extensions" | "scx", value)) if is_script(value) => format!("\\p{{scx={value}}}"),
        _ => return None,
    };
    let hir = regex_syntax::Parser::new().parse(&query).ok()?;
    match hir.kind() {
        regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => Some(CharSet::new(
            class
                .iter()
                .map(|range| (u32::from(range.start()), u32::from(range.end()))),
        )),
        _ => None,
    }
}

/// Whether a group may be called so, escapes aside.
fn is_identifier(name: &str) -> bool {
    let is_one_of = |c: char, name: &str| property(name).is_some_and(|set| set.contains(u32::from(c)));
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| matches!(c, '_' | '$') || is_one_of(c, "ID_Start"))
        && chars.all(|c| matches!(c, '$' | '\u{200c}' | '\u{200d}') || is_one_of(c, "ID_Continue"))
}

/// `Greek`, `Old_Italic`: words that start with a capital, as the Unicode database writes them; it has one exception.
fn is_script(value: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
    };
    match value {
        "SignWriting" => true,
        "Signwriting" => false,
        _ => value.split('_').all(is_word),
    }
}

#[cfg(test)]
mod tests;
