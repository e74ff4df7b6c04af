//! Sets of characters.

use super::END;

/// A set of Unicode scalar values: sorted, disjoint, inclusive ranges.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CharSet {
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// The set of these inclusive ranges; surrogates are no characters and left out.
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ranges {
            for (low, high) in [(0, 0xd7ff), (0xe000, END - 1)] {
                if first.max(low) <= last.min(high) {
                    sorted.push((first.max(low), last.min(high)));
                }
            }
        }
        sorted.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Self { ranges: merged }
    }

    /// Every character.
    #[must_use]
    pub fn any() -> Self {
        Self::new([(0, END - 1)])
    }

    /// One character.
    #[must_use]
    pub fn single(c: char) -> Self {
        Self::new([(u32::from(c), u32::from(c))])
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges.iter().chain(&other.ranges).copied())
    }

    /// What is not in it.
    #[must_use]
    pub fn negate(&self) -> Self {
        let mut next = 0;
        let mut out = Vec::new();
        for (first, last) in &self.ranges {
            if next < *first {
                out.push((next, first - 1));
            }
            next = last + 1;
        }
        if next < END {
            out.push((next, END - 1));
        }
        Self::new(out)
    }

    /// Whether the character is in it.
    #[must_use]
    pub fn contains(&self, code: u32) -> bool {
        let at = self.ranges.partition_point(|(_, last)| *last < code);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= code)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Its inclusive ranges, sorted.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }
}
