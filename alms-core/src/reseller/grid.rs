//! What the grids of a reseller have in common: ranges to filter by, columns to sort by.

use crate::order::sort_by;
use std::cmp::Ordering;

/// From and to, both included; `None` does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    /// The least.
    pub min: Option<T>,
    /// The most.
    pub max: Option<T>,
}

impl<T> Default for Range<T> {
    fn default() -> Self {
        Self { min: None, max: None }
    }
}

impl<T: PartialOrd> Range<T> {
    /// Whether `value` lies in it; a value that is not known lies only in a range without ends.
    pub(super) fn takes(&self, value: Option<T>) -> bool {
        let at_least = self.min.as_ref().is_none_or(|min| value.as_ref().is_some_and(|value| value >= min));
        at_least && self.max.as_ref().is_none_or(|max| value.as_ref().is_some_and(|value| value <= max))
    }
}

/// Whether a name contains what is looked for, in capitals or not.
pub(super) fn takes_name(part: Option<&str>, name: &str) -> bool {
    part.is_none_or(|part| name.to_lowercase().contains(&part.to_lowercase()))
}

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey<Column> {
    /// The column.
    pub by: Column,
    /// The greatest first; what is not known comes last either way.
    pub descending: bool,
}

impl<Column> SortKey<Column> {
    /// What is not known comes last, in either direction.
    pub(super) fn known<T: Ord>(&self, a: Option<T>, b: Option<T>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
}

/// Sorts by the first key, equal rows by the next one, and what is equal in all stays in its order.
pub(super) fn sort_rows<Row, Column: Copy>(
    rows: &mut [Row],
    keys: &[SortKey<Column>],
    order: impl Fn(SortKey<Column>, &Row, &Row) -> Ordering,
) {
    sort_by(rows, |a, b| {
        keys.iter().fold(Ordering::Equal, |found, key| found.then_with(|| order(*key, a, b)))
    });
}
