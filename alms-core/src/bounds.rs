//! One table of every limit that the library checks at its border.
//!
//! A value inside these limits can be added, multiplied by a number of systems and printed by every
//! runtime (integers stay safe in JavaScript) without a further check.

use crate::calendar::Date;

/// The largest amount of tokens, months or other counts, and with a minus sign the smallest: 10^15.
pub const COUNT_MAX: i64 = 1_000_000_000_000_000;

/// The longest text, in characters (Unicode scalar values).
pub const TEXT_CHARS_MAX: usize = 256;

/// The most systems in one account.
pub const SYSTEMS_MAX: usize = 10_000_000;

/// The first date: 1 January 1900.
pub const DATE_MIN: Date = Date::MIN;

/// The last date: 31 December 9999.
pub const DATE_MAX: Date = Date::MAX;

/// The most lines of an answer to a question about few things, where what is asked for multiplies.
const LINES_MIN: usize = 100_000;

/// How many lines an answer may have where what is asked for multiplies: so many for each of the things that are asked
/// about, and a hundred thousand at least.
pub(crate) fn lines_max(things: usize, each: usize) -> usize {
    things.saturating_mul(each).max(LINES_MIN)
}
