//! Histories of which every event has an effect.

use super::course::{Course, EventOutcome};
use super::history::{FleetError, HistoryError};
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::state::{StateOn, state};
use crate::calendar::Date;

/// What the subscription at `index` is on the day `on`, if all its events up to then have an effect.
pub(crate) fn settled_state(
    index: usize,
    holding: &Holding,
    on: Date,
    late: LateRenewal,
) -> Result<StateOn<'_>, FleetError> {
    let state = state(holding, on, late).map_err(|cause| FleetError { index, cause })?;
    check(&state.events).map_err(|cause| FleetError { index, cause })?;
    Ok(state)
}

/// The course of the subscription at `index` up to the day `on`, if all its events have an effect.
pub(super) fn settled_course(
    index: usize,
    holding: &Holding,
    on: Date,
    invoice_day: InvoiceDay,
) -> Result<Course<'_>, FleetError> {
    // Nothing is late where no purchase order is needed.
    let (course, outcomes) = Course::until(holding, on, LateRenewal::FromOrder, invoice_day);
    check(&outcomes).map_err(|cause| FleetError { index, cause })?;
    Ok(course)
}

/// Whether all events have an effect.
pub(super) fn check(outcomes: &[EventOutcome<'_>]) -> Result<(), HistoryError> {
    let refused = |outcome: &EventOutcome<'_>| {
        let refusal = outcome.result.as_ref().err()?.clone();
        Some(HistoryError::Refused { event: outcome.index, refusal })
    };
    outcomes.iter().find_map(refused).map_or(Ok(()), Err)
}
