//! Texts: patterns and formats as automata, and lengths.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::{Answer, Held, Solver, Violation};
use crate::codegen::automaton::Dfa;
use crate::codegen::automaton::search::Question;
use crate::compat::json::Json;
use crate::compat::schema::Node;

/// Longer texts are not built.
const LENGTH_MAX: usize = 300_000;

/// What is asked of a text.
#[derive(Default)]
struct Wanted {
    patterns: BTreeSet<String>,
    formats: BTreeSet<String>,
    not_patterns: BTreeSet<String>,
    not_formats: BTreeSet<String>,
    not_texts: BTreeSet<String>,
    min: u64,
    max: Option<u64>,
}

/// Which of a format's bounds stands for it.
#[derive(Clone, Copy)]
enum Bound {
    Upper,
    Lower,
    Plain,
}

impl Solver {
    pub(super) fn text(&mut self, holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Answer {
        let Some(wanted) = Wanted::of(holds, broken) else {
            return Answer::Nothing;
        };
        // The same rule holds and is broken, whatever it means.
        if !wanted.patterns.is_disjoint(&wanted.not_patterns)
            || !wanted.formats.is_disjoint(&wanted.not_formats)
        {
            return Answer::Nothing;
        }
        // Too much of what holds and too little of what is broken: if that gives no text, nothing does.
        let answer = self.search(&wanted, Bound::Upper, Bound::Lower);
        if !matches!(answer, Answer::Value(_)) || (wanted.formats.is_empty() && wanted.not_formats.is_empty())
        {
            return answer;
        }
        for bound in [Bound::Plain, Bound::Lower] {
            let answer = self.search(&wanted, bound, Bound::Upper);
            if matches!(answer, Answer::Value(_)) {
                return answer;
            }
        }
        Answer::unknown("the difference lies where leap seconds or Punycode decide about a format")
    }

    fn search(&mut self, wanted: &Wanted, holds: Bound, broken: Bound) -> Answer {
        let mut accept = Vec::new();
        let mut refuse = Vec::new();
        for (texts, automata) in [
            (&wanted.patterns, &mut accept),
            (&wanted.not_patterns, &mut refuse),
        ] {
            for text in texts {
                match self.texts.pattern(text) {
                    Some(dfa) => automata.push(dfa),
                    None => {
                        return Answer::Unknown(format!("the pattern {text:?} is not regular, or too large"));
                    }
                }
            }
        }
        for (names, automata, bound) in [
            (&wanted.formats, &mut accept, holds),
            (&wanted.not_formats, &mut refuse, broken),
        ] {
            for name in names {
                let Some(format) = self.texts.format(name) else {
                    return Answer::Unknown(format!("nothing is known about the format {name:?}"));
                };
                automata.push(match bound {
                    Bound::Upper => format.upper,
                    Bound::Lower => format.lower,
                    Bound::Plain => format.plain,
                });
            }
        }
        refuse.extend(wanted.not_texts.iter().map(|text| Arc::new(Dfa::literal(text))));
        if accept.is_empty() && refuse.is_empty() {
            return match usize::try_from(wanted.min) {
                Ok(min) if min <= LENGTH_MAX => Answer::Value(Json::Text("a".repeat(min))),
                _ => Answer::unknown("a witness would be a text of more than 300000 characters"),
            };
        }
        let question = Question {
            accept: accept.iter().map(Arc::as_ref).collect(),
            refuse: refuse.iter().map(Arc::as_ref).collect(),
            min: wanted.min,
            max: wanted.max,
        };
        match question.answer() {
            Ok(Some(text)) => Answer::Value(Json::Text(text)),
            Ok(None) => Answer::Nothing,
            Err(_) => Answer::unknown("the patterns together need an automaton that is too large"),
        }
    }
}

impl Wanted {
    /// `None` when the lengths leave nothing.
    fn of(holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Option<Self> {
        let mut wanted = Self::default();
        for (node, _) in holds {
            wanted.patterns.extend(node.pattern.clone());
            wanted.formats.extend(node.format.clone());
            if node.format.as_deref() == Some("hostname") {
                // RFC 1123: no automaton counts that far and tells labels apart.
                wanted.at_most(Some(253));
            }
            wanted.min = wanted.min.max(node.min_length.unwrap_or(0));
            wanted.at_most(node.max_length);
        }
        for (node, violation) in broken {
            match violation {
                Violation::Pattern => wanted.not_patterns.extend(node.pattern.clone()),
                Violation::Format => wanted.not_formats.extend(node.format.clone()),
                Violation::MinLength => wanted.at_most(Some(node.min_length?.checked_sub(1)?)),
                Violation::MaxLength => wanted.min = wanted.min.max(node.max_length?.checked_add(1)?),
                Violation::Values => {
                    let list = node.values.iter().flatten();
                    wanted.not_texts.extend(list.filter_map(|value| match value {
                        Json::Text(text) => Some(text.clone()),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        wanted.max.is_none_or(|max| wanted.min <= max).then_some(wanted)
    }

    fn at_most(&mut self, max: Option<u64>) {
        if let Some(max) = max {
            self.max = Some(self.max.map_or(max, |before| before.min(max)));
        }
    }
}
