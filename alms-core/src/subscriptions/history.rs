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
}

/// What the subscription at `index` is on the day `on`, if all its events up to then have an effect.
pub(crate) fn settled_state(
    index: usize,
    holding: &Holding,
    on: Date,
    late: LateRenewal,
) -> Result<StateOn<'_>, FleetError> {
    let state = state(holding, on, late)
        .map_err(|DateOutOfRange| FleetError { index, cause: HistoryError::DateOutOfRange })?;
    check(index, &state.events)?;
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
    check(index, &outcomes)?;
    Ok(course)
}

fn check(index: usize, outcomes: &[EventOutcome<'_>]) -> Result<(), FleetError> {
    let refused = |outcome: &EventOutcome<'_>| {
        let refusal = outcome.result.as_ref().err()?.clone();
        Some(HistoryError::Refused { event: outcome.index, refusal })
    };
    match outcomes.iter().find_map(refused) {
        Some(cause) => Err(FleetError { index, cause }),
        None => Ok(()),
    }
}
