use super::course::{Course, EventOutcome};
use super::event::EventRefusal;
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::state::{StateOn, state};
use crate::calendar::{Date, DateOutOfRange};

/// A subscription of a fleet whose history the rules do not allow: nothing is worked out from half of a history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct FleetError {
    /// Its place in the fleet.
    pub index: usize,
    /// What is wrong with it.
    pub cause: HistoryError,
}

/// What is wrong with a history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// An event that the rules refuse.
    #[error("{refusal}")]
    Refused {
        /// Its place among the events.
        event: usize,
        /// Why it is refused.
        refusal: EventRefusal,
    },
    /// The date lies in a period that ends after the calendar.
    #[error("the period in which the date lies ends after 9999-12-31; give an earlier date")]
    DateOutOfRange,
    /// The subscription is known only as of a later day.
    #[error("the subscription is known as of `{as_of}`, and not on {on}; ask for that day or a later one")]
    BeforeAsOf {
        /// The day that is asked for.
        on: Date,
        /// The day of the facts.
        as_of: Date,
    },
}

impl From<DateOutOfRange> for HistoryError {
    fn from(DateOutOfRange: DateOutOfRange) -> Self {
        HistoryError::DateOutOfRange
    }
}

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
