//! The loop that brings days with bits into the form with marks. As those of [`lanes`](super::lanes), it is vector code.

use super::code::NO_DAY;
use super::engine::Engine;
use super::validity::Validity;
use multiversion::multiversion;

/// Writes days of which bits say which are null, those of rows from `start` on, in the form with [`NO_DAY`].
pub(super) fn mark(engine: Engine, days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    match engine {
        Engine::Portable => mark_portable(days, given, marked),
        _ => mark_dispatched(days, given, marked),
    }
}

#[inline(never)]
fn mark_portable(days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    mark_rows(days, given, marked);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2"))]
fn mark_dispatched(days: &[i32], given: (Validity<'_>, usize), marked: &mut [i32]) {
    mark_rows(days, given, marked);
}

#[inline(always)]
fn mark_rows(days: &[i32], (validity, start): (Validity<'_>, usize), marked: &mut [i32]) {
    let (whole_days, days) = days.as_chunks::<8>();
    let (whole, marked) = marked.as_chunks_mut::<8>();
    let mut row = start;
    for (marked, days) in whole.iter_mut().zip(whole_days) {
        mark_up_to_eight(days, validity.eight_from(row), marked);
        row = row.saturating_add(8);
    }
    mark_up_to_eight(days, validity.eight_from(row), marked);
}

#[inline(always)]
fn mark_up_to_eight(days: &[i32], valid: u32, marked: &mut [i32]) {
    /// Bits in their places: to shift each row's bit into one place would cost more.
    const ROWS: [u32; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
    for (marked, (day, row)) in marked.iter_mut().zip(days.iter().zip(ROWS)) {
        // A day that says NO_DAY and is none of the null ones is as wrong as the last of all numbers.
        let day = if *day == NO_DAY { i32::MAX } else { *day };
        *marked = if valid & row != 0 { day } else { NO_DAY };
    }
}
