//! The columns that go in: slices of the host's own memory.

use super::code::NO_DAY;
use super::engine::Engine;
use super::marks;
use super::validity::Validity;

/// A column of dates: days since 1970-01-01.
///
/// ```
/// use alms_core::migration::columns::{Days, NO_DAY, Validity};
/// let marked = Days::new(&[19_441, NO_DAY]);
/// let with_bits = Days::with_validity(&[19_441, 0], Validity::new(&[0b01], 0));
/// assert_eq!([marked.get(0), marked.get(1)], [Some(19_441), None]);
/// assert_eq!([with_bits.get(0), with_bits.get(1)], [Some(19_441), None]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    days: &'a [i32],
    validity: Option<Validity<'a>>,
}

impl<'a> Days<'a> {
    /// Days in which [`NO_DAY`] stands for null: the form that is read fastest.
    pub const fn new(days: &'a [i32]) -> Self {
        Self { days, validity: None }
    }

    /// Days of which `validity` says which are null; every other number is taken as a day, [`NO_DAY`] too.
    pub const fn with_validity(days: &'a [i32], validity: Validity<'a>) -> Self {
        Self { days, validity: Some(validity) }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.validity.map_or(self.days.len(), |validity| self.days.len().min(validity.len()))
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The day of a row; `None` if it is null, or if there is no such row.
    pub fn get(&self, row: usize) -> Option<i32> {
        let day = self.days.get(row).copied()?;
        let valid = self.validity.map_or(day != NO_DAY, |validity| validity.is_valid(row));
        valid.then_some(day)
    }

    /// Whether [`NO_DAY`] marks null.
    pub(super) const fn is_marked(&self) -> bool {
        self.validity.is_none()
    }

    /// Rows `start` to `end` in the form with [`NO_DAY`], written to `scratch` unless they are in it already.
    pub(super) fn marked<'b>(
        &self,
        engine: Engine,
        (start, end): (usize, usize),
        scratch: &'b mut [i32],
    ) -> &'b [i32]
    where
        'a: 'b,
    {
        let days = self.days.get(start..end).unwrap_or_default();
        let Some(validity) = self.validity else { return days };
        let scratch = scratch.get_mut(..days.len()).unwrap_or_default();
        marks::mark(engine, days, (validity, start), scratch);
        scratch
    }
}

/// A column of integers of which some may be null.
#[derive(Debug, Clone, Copy)]
pub struct Integers<'a> {
    values: &'a [i64],
    validity: Option<Validity<'a>>,
}

impl<'a> Integers<'a> {
    /// Integers, none of them null.
    pub const fn new(values: &'a [i64]) -> Self {
        Self { values, validity: None }
    }

    /// Integers of which `validity` says which are null.
    pub const fn with_validity(values: &'a [i64], validity: Validity<'a>) -> Self {
        Self { values, validity: Some(validity) }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.validity.map_or(self.values.len(), |validity| self.values.len().min(validity.len()))
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row; `None` if it is null, or if there is no such row.
    pub fn get(&self, row: usize) -> Option<i64> {
        let valid = self.validity.is_none_or(|validity| validity.is_valid(row));
        self.values.get(row).copied().filter(|_| valid)
    }
}

/// The systems of a fleet, a row each, in any order.
#[derive(Debug, Clone, Copy)]
pub struct Systems<'a> {
    /// The state, as [`state_code`](super::state_code) has it.
    pub states: &'a [u8],
    /// The day of the last communication; null if it never communicated.
    pub last_communication: Days<'a>,
    /// The last day of support; null if it has none.
    pub support_end: Days<'a>,
    /// The model, as [`model_code`](super::model_code) has it, where models are known: an XR Series router keeps its
    /// account from being planned (MIG-17).
    pub models: Option<&'a [u8]>,
    /// Whether an earlier row of the account has the same serial, as [`Grouping::repeats`](super::Grouping::repeats) has
    /// it, where serials are known: without them nobody sees that a system is there twice.
    pub repeats: Option<&'a [bool]>,
}

/// The accounts of a fleet, a row each.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a> {
    /// The stock.
    pub tokens: Integers<'a>,
    /// The migration date, where accounts have their own; null takes the scenario's.
    pub on: Option<Days<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGINES: [Engine; 2] = [Engine::Best, Engine::Portable];

    #[test]
    fn bits_are_counted_from_the_lowest_at_any_offset() {
        let days: Vec<i32> = (0..21).collect();
        let bits = [0b1010_0110, 0b0101_1100, 0b1111_0001, 0b0000_0001];
        for offset in 0..=8 {
            let column = Days::with_validity(&days, Validity::new(&bits, offset));
            let mut scratch = [7; 32];
            for (start, engine) in
                [0, 3, 8].into_iter().flat_map(|start| ENGINES.map(|engine| (start, engine)))
            {
                let marked = column.marked(engine, (start, 21), &mut scratch);
                assert_eq!(marked.len(), 21 - start);
                for (row, marked) in (start..).zip(marked) {
                    let bit = row + offset;
                    let valid = bits[bit / 8] >> (bit % 8) & 1 == 1;
                    assert_eq!(*marked, if valid { days[row] } else { NO_DAY }, "{row} at {offset}");
                    assert_eq!(column.get(row), valid.then_some(days[row]));
                }
            }
        }
    }

    #[test]
    fn the_last_number_is_a_day_where_bits_say_so_and_null_where_nothing_does() {
        let days = [NO_DAY];
        assert_eq!(Days::new(&days).get(0), None);
        let column = Days::with_validity(&days, Validity::new(&[1], 0));
        assert_eq!(column.get(0), Some(NO_DAY));
        for engine in ENGINES {
            assert_eq!(column.marked(engine, (0, 1), &mut [0]), [i32::MAX]);
        }
    }

    #[test]
    fn columns_without_rows_are_empty() {
        let none = Validity::new(&[255], 8);
        assert!(Days::new(&[]).is_empty() && Days::with_validity(&[1], none).is_empty());
        assert!(Integers::new(&[]).is_empty() && Integers::with_validity(&[1], none).is_empty());
        assert!(!Days::new(&[1]).is_empty() && !Integers::new(&[1]).is_empty());
    }

    #[test]
    fn too_few_bits_are_too_few_rows() {
        let column = Days::with_validity(&[1; 20], Validity::new(&[255, 255], 1));
        assert_eq!((column.len(), column.is_empty()), (15, false));
        assert_eq!(Integers::with_validity(&[1; 20], Validity::new(&[255], 0)).len(), 8);
    }
}
