//! Numbers: limits, steps, and numbers left out.

use std::rc::Rc;

use super::{Answer, Held, Violation};
use crate::codegen::number::Exact;
use crate::compat::decimal::{common, exact, gcd, lcm};
use crate::compat::evaluate::{Truth, in_range};
use crate::compat::json::Json;
use crate::compat::schema::{Node, kind};

/// A set of numbers.
#[derive(Debug, Default)]
struct Numbers {
    /// The lowest number, and whether it is itself left out.
    low: Option<(Exact, bool)>,
    high: Option<(Exact, bool)>,
    /// Each number is a multiple of all of these.
    steps: Vec<Exact>,
    /// No number is a multiple of any of these.
    never: Vec<Exact>,
    excluded: Vec<Exact>,
}

/// Candidates tried near each end of a range.
const TRIED: i128 = 3_000;

/// A number that keeps to all that hold and breaks what is to be broken.
pub(super) fn settle(holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Answer {
    match Numbers::of(holds, broken).find() {
        Some(Some(number)) => Answer::Value(Json::Number(number)),
        Some(None) => Answer::Nothing,
        None => Answer::unknown("the numbers do not fit into exact arithmetic of 128 bits"),
    }
}

impl Numbers {
    fn of(holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Self {
        let one = Exact::parse("1").expect("one is a number");
        let mut numbers = Self::default();
        for (node, _) in holds {
            numbers.at_least(node.minimum.as_ref(), false);
            numbers.at_least(node.above.as_ref(), true);
            numbers.at_most(node.maximum.as_ref(), false);
            numbers.at_most(node.below.as_ref(), true);
            numbers.steps.extend(node.multiple_of.clone());
            if node
                .types
                .is_some_and(|types| types & kind::NUMBER == kind::INTEGER)
            {
                numbers.steps.push(one.clone());
            }
        }
        for (node, violation) in broken {
            match violation {
                Violation::Minimum => numbers.at_most(node.minimum.as_ref(), true),
                Violation::Above => numbers.at_most(node.above.as_ref(), false),
                Violation::Maximum => numbers.at_least(node.maximum.as_ref(), true),
                Violation::Below => numbers.at_least(node.below.as_ref(), false),
                Violation::MultipleOf => numbers.never.extend(node.multiple_of.clone()),
                Violation::NotInteger => numbers.never.push(one.clone()),
                Violation::Values => {
                    let list = node.values.iter().flatten();
                    numbers.excluded.extend(list.filter_map(|value| match value {
                        Json::Number(number) => Some(number.clone()),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        numbers
    }

    fn at_least(&mut self, limit: Option<&Exact>, open: bool) {
        let Some(limit) = limit else { return };
        let new = (limit.clone(), open);
        if self.low.as_ref().is_none_or(|low| new > *low) {
            self.low = Some(new);
        }
    }

    fn at_most(&mut self, limit: Option<&Exact>, open: bool) {
        let Some(limit) = limit else { return };
        // Of two equal limits the open one is the tighter.
        let tighter = |high: &(Exact, bool)| limit < &high.0 || (limit == &high.0 && open);
        if self.high.as_ref().is_none_or(tighter) {
            self.high = Some((limit.clone(), open));
        }
    }

    fn contains(&self, number: &Exact) -> Option<bool> {
        let limits = |low: Option<&(Exact, bool)>, high: Option<&(Exact, bool)>| {
            low.is_none_or(|(low, open)| number > low || (number == low && !open))
                && high.is_none_or(|(high, open)| number < high || (number == high && !open))
        };
        if !limits(self.low.as_ref(), self.high.as_ref()) || self.excluded.contains(number) {
            return Some(false);
        }
        let multiple = |step: &Exact| {
            let node = Node {
                multiple_of: Some(step.clone()),
                ..Node::default()
            };
            match in_range(&node, number) {
                Truth::Yes => Some(true),
                Truth::No => Some(false),
                Truth::Unknown => None,
            }
        };
        for step in &self.steps {
            if !multiple(step)? {
                return Some(false);
            }
        }
        for step in &self.never {
            if multiple(step)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// `None`: not known. `Some(None)`: there is none.
    #[expect(clippy::option_option, reason = "three outcomes, used in this file alone")]
    fn find(&self) -> Option<Option<Exact>> {
        if let (Some((low, low_open)), Some((high, high_open))) = (&self.low, &self.high)
            && (low > high || (low == high && (*low_open || *high_open)))
        {
            return Some(None);
        }
        // What a person would try first; also what settles limits that are beyond 128 bits.
        let near = ["0", "1", "-1", "2", "0.5", "-0.5", "1.5"];
        let near = near.into_iter().filter_map(Exact::parse);
        let ends = self.low.iter().chain(&self.high).map(|(limit, _)| limit.clone());
        for number in near.chain(ends) {
            if self.contains(&number) == Some(true) {
                return Some(Some(number));
            }
        }
        let given = self
            .low
            .iter()
            .chain(&self.high)
            .map(|(limit, _)| limit)
            .chain(&self.steps)
            .chain(&self.never)
            .chain(&self.excluded);
        let given: Vec<&Exact> = given.collect();
        let (units, scale) = common(&given)?;
        let mut units = units.into_iter();
        let low = self
            .low
            .as_ref()
            .and_then(|(_, open)| Some((units.next()?, *open)));
        let high = self
            .high
            .as_ref()
            .and_then(|(_, open)| Some((units.next()?, *open)));
        let steps: Vec<i128> = units.by_ref().take(self.steps.len()).collect();
        let never: Vec<i128> = units.by_ref().take(self.never.len()).collect();
        if steps.is_empty() {
            return self.between(low, high, scale);
        }
        let step = steps.into_iter().try_fold(1, lcm)?;
        // Of the multiples of `step`, every one is a multiple of such a number.
        if never.iter().any(|never| never / gcd(*never, step) == 1) {
            return Some(None);
        }
        self.stepping(low, high, step, scale)
    }

    /// Numbers without steps: finer ones than all that are given lie between any two.
    #[expect(clippy::option_option, reason = "as above")]
    fn between(
        &self,
        low: Option<(i128, bool)>,
        high: Option<(i128, bool)>,
        scale: u32,
    ) -> Option<Option<Exact>> {
        let start = match (low, high) {
            (Some((low, _)), Some((high, _))) if low == high => {
                let only = exact(low, scale)?;
                return Some(self.contains(&only)?.then_some(only));
            }
            (Some((low, _)), _) => low,
            (None, Some((high, _))) => high - 1,
            (None, None) => 0,
        };
        let whole = exact(start + 1, scale)?;
        if self.contains(&whole) == Some(true) {
            return Some(Some(whole));
        }
        let finer = exact(start.checked_mul(10)? + 5, scale + 1)?;
        self.contains(&finer)?.then_some(Some(finer))
    }

    /// Multiples of `step`, the nicest first.
    #[expect(clippy::option_option, reason = "as above")]
    fn stepping(
        &self,
        low: Option<(i128, bool)>,
        high: Option<(i128, bool)>,
        step: i128,
        scale: u32,
    ) -> Option<Option<Exact>> {
        let first = low.map(|(low, open)| {
            let up = low.div_euclid(step) + i128::from(low.rem_euclid(step) != 0);
            up + i128::from(open && up * step == low)
        });
        let last = high.map(|(high, open)| {
            let down = high.div_euclid(step);
            down - i128::from(open && down * step == high)
        });
        if first.zip(last).is_some_and(|(first, last)| first > last) {
            return Some(None);
        }
        let inside = |k: i128| first.is_none_or(|first| k >= first) && last.is_none_or(|last| k <= last);
        let around = (0..TRIED).flat_map(|k| [k, -k]);
        let up = first
            .into_iter()
            .flat_map(|first| (0..TRIED).map(move |k| first + k));
        let down = last
            .into_iter()
            .flat_map(|last| (0..TRIED).map(move |k| last - k));
        for k in around.chain(up).chain(down).filter(|k| inside(*k)) {
            let number = exact(k.checked_mul(step)?, scale)?;
            if self.contains(&number)? {
                return Some(Some(number));
            }
        }
        // All of a short range was tried.
        let (first, last) = first.zip(last)?;
        (last - first < TRIED).then_some(None)
    }
}
