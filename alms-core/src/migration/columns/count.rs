//! The loops that count classified rows. As those of [`lanes`](super::lanes), they are vector code.

use super::code::NO_DAY;
use super::engine::Engine;
use super::output::SystemSlices;
use crate::migration::Outcome;
use multiversion::multiversion;

const OUTCOMES: usize = Outcome::ALL.len();

/// What classified rows come to.
pub(super) struct Count {
    /// Rows by the code of their outcome.
    pub(super) outcomes: [u32; OUTCOMES],
    /// Rows without an outcome.
    pub(super) bad: u32,
    /// The months of all of them.
    pub(super) months: i64,
    /// The last end date; not looked for in usual rows, of which none is late.
    pub(super) last_end: i32,
}

impl Count {
    const NOTHING: Self = Self { outcomes: [0; OUTCOMES], bad: 0, months: 0, last_end: NO_DAY };

    #[inline(always)]
    fn add(&mut self, outcomes: [u32; OUTCOMES], months: i32) {
        for (count, more) in self.outcomes.iter_mut().zip(outcomes) {
            *count = count.saturating_add(more);
        }
        self.months = self.months.saturating_add(i64::from(months));
    }
}

/// Counts classified rows; of usual ones it is known that none has an error.
pub(super) fn count(engine: Engine, rows: &SystemSlices<'_>, usual: bool) -> Count {
    match engine {
        Engine::Portable => count_portable(rows.outcome, rows.tokens, rows.end_date, usual),
        _ => count_dispatched(rows.outcome, rows.tokens, rows.end_date, usual),
    }
}

#[inline(never)]
fn count_portable(outcomes: &[u8], tokens: &[i32], ends: &[i32], usual: bool) -> Count {
    if usual { count_usual(outcomes, tokens) } else { count_any(outcomes, tokens, ends) }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn count_dispatched(outcomes: &[u8], tokens: &[i32], ends: &[i32], usual: bool) -> Count {
    if usual { count_usual(outcomes, tokens) } else { count_any(outcomes, tokens, ends) }
}

#[inline(always)]
fn count_usual(outcomes: &[u8], tokens: &[i32]) -> Count {
    /// So few that ten bits can count them, and more than most accounts have: where the vector code of a part ends, it
    /// takes as long as for many rows.
    const FEW: usize = 512;
    let mut count = Count::NOTHING;
    for (outcomes, tokens) in outcomes.chunks(FEW).zip(tokens.chunks(FEW)) {
        let (mut packed, mut months) = (0_u32, 0_i32);
        for (outcome, tokens) in outcomes.iter().zip(tokens) {
            packed = packed.wrapping_add(ten_bits(*outcome));
            months = months.wrapping_add(*tokens);
        }
        count.add(unpacked(packed, outcomes.len() as u32), months);
    }
    count
}

/// A one in the ten bits of an outcome, all of which are in one number: so a row is looked at once. For the last outcome
/// there are only two bits left, which say nothing.
#[inline(always)]
const fn ten_bits(outcome: u8) -> u32 {
    1_u32.wrapping_shl((outcome as u32).wrapping_mul(10))
}

/// How many of the rows have which outcome; those of the last one are the others.
#[inline(always)]
const fn unpacked(packed: u32, rows: u32) -> [u32; OUTCOMES] {
    let [first, second, third] = [packed & 0x3ff, packed >> 10 & 0x3ff, packed >> 20 & 0x3ff];
    [first, second, third, rows.wrapping_sub(first.wrapping_add(second).wrapping_add(third))]
}

#[inline(always)]
fn count_any(outcomes: &[u8], tokens: &[i32], ends: &[i32]) -> Count {
    /// So few that a byte can count them, and a 32-bit number sum up their months.
    const FEW: usize = 240;
    let mut count = Count::NOTHING;
    for (outcomes, (tokens, ends)) in outcomes.chunks(FEW).zip(tokens.chunks(FEW).zip(ends.chunks(FEW))) {
        let (mut packed, mut months) = (0_u32, 0_i32);
        for (outcome, (tokens, end)) in outcomes.iter().zip(tokens.iter().zip(ends)) {
            packed = packed.wrapping_add(byte(*outcome));
            months = months.wrapping_add(*tokens);
            count.last_end = count.last_end.max(*end);
        }
        count.add(packed.to_le_bytes().map(u32::from), months);
    }
    let known = count.outcomes.iter().fold(0_u32, |known, count| known.saturating_add(*count));
    count.bad = (outcomes.len() as u32).saturating_sub(known);
    count
}

/// A one in the byte of an outcome; nothing for a row without one.
#[inline(always)]
const fn byte(outcome: u8) -> u32 {
    let bits = (outcome as u32).wrapping_mul(8);
    if bits < u32::BITS { 1_u32.wrapping_shl(bits) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::NO_OUTCOME;
    use super::*;

    /// Counts rows of which every third is of the second outcome, every fifth of the third, and so on.
    fn counted(rows: usize, bad: bool) -> [u32; OUTCOMES + 1] {
        let code = |row: usize| match row {
            _ if bad && row.is_multiple_of(7) => NO_OUTCOME,
            _ if row.is_multiple_of(3) => 1,
            _ if row.is_multiple_of(5) => 2,
            _ if row.is_multiple_of(2) => 3,
            _ => 0,
        };
        let mut outcome: Vec<u8> = (0..rows).map(code).collect();
        let (mut tokens, mut end_date) = (vec![2; rows], vec![NO_DAY; rows]);
        let wanted: Vec<u32> = [0, 1, 2, 3, NO_OUTCOME]
            .map(|code| outcome.iter().filter(|outcome| **outcome == code).count() as u32)
            .to_vec();
        for engine in [Engine::Portable, Engine::Best] {
            let rows = SystemSlices {
                outcome: &mut outcome,
                reason: &mut [],
                end_date: &mut end_date,
                tokens: &mut tokens,
            };
            let Count { outcomes: [a, b, c, d], bad: without, months, .. } = count(engine, &rows, !bad);
            assert_eq!(vec![a, b, c, d, without], wanted, "{engine:?}");
            assert_eq!(months, rows.tokens.iter().copied().map(i64::from).sum::<i64>());
        }
        wanted.try_into().unwrap()
    }

    #[test]
    fn rows_are_counted_by_their_outcome_however_many() {
        for rows in [0, 1, 31, 240, 241, 511, 512, 513, 1_024, 1_200] {
            counted(rows, false);
            counted(rows, true);
        }
        assert_eq!(counted(30, false), [8, 10, 4, 8, 0]);
        assert_eq!(counted(30, true), [7, 8, 4, 6, 5]);
    }

    #[test]
    fn more_rows_of_one_outcome_are_counted_than_its_bits_hold() {
        const ROWS: usize = 5_000;
        for (code, wanted) in
            [[5_000, 0, 0, 0], [0, 5_000, 0, 0], [0, 0, 5_000, 0], [0, 0, 0, 5_000]].into_iter().enumerate()
        {
            let outcomes = [code as u8; ROWS];
            let counts =
                [count_usual(&outcomes, &[1; ROWS]), count_any(&outcomes, &[1; ROWS], &[NO_DAY; ROWS])];
            assert!(counts.iter().all(|count| (count.outcomes, count.bad) == (wanted, 0)), "{code}");
        }
    }
}
