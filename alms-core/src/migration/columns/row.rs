//! Rows in numbers, as the loops over them want them.

use super::code::{NO_DAY, outcome_code};
use crate::account::SystemState;
use crate::migration::Outcome;
use crate::migration::classify::Class;

pub(super) const STATES: u8 = SystemState::ALL.len() as u8;
pub(super) const BASIC: u8 = outcome_code(Outcome::AirlinkBasic);

/// The columns of a few rows, null dates being [`NO_DAY`].
pub(super) struct Block<'a> {
    pub(super) states: &'a [u8],
    pub(super) last: &'a [i32],
    pub(super) support: &'a [i32],
}

/// All that is to be known of each class, in one number: its own, that of its outcome, and the sign for the class whose end
/// date is that of the support. So the compiler chooses once, and not for each of them.
pub(super) const CODES: [i16; 6] = [
    code_of(Class::Maintenance),
    code_of(Class::Supported),
    code_of(Class::Silent),
    code_of(Class::Stale),
    code_of(Class::Inventory),
    code_of(Class::Remaining),
];

const fn code_of(class: Class) -> i16 {
    let sign = if matches!(class, Class::Supported) { i16::MIN } else { 0 };
    sign | (outcome_code(class.outcome()) as i16) << 8 | class as i16
}

#[inline(always)]
pub(super) const fn outcome_of(code: i16) -> u8 {
    code.wrapping_shr(8) as u8 & 0x7f
}

#[inline(always)]
pub(super) const fn reason_of(code: i16) -> u8 {
    code as u8
}

/// The end date of a row: that of its support, or none.
// Not `if`: what comes with it would be computed behind a branch, and the loop not be vector code without AVX2.
#[inline(always)]
pub(super) fn end_date(supported: bool, support: i32) -> i32 {
    NO_DAY.wrapping_sub(mask(supported) & NO_DAY.wrapping_sub(support))
}

/// All ones, or none.
#[inline(always)]
pub(super) fn mask(condition: bool) -> i32 {
    i32::from(condition).wrapping_neg()
}
