use super::event::EventRefusal;
use crate::ErrorCode;
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

impl FleetError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        self.cause.code()
    }
}

/// What is wrong with a history.
#[non_exhaustive]
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

impl HistoryError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused { refusal, .. } => refusal.code(),
            Self::DateOutOfRange => ErrorCode::DateOutOfRange,
            Self::BeforeAsOf { .. } => ErrorCode::BeforeAsOf,
        }
    }
}

impl From<DateOutOfRange> for HistoryError {
    fn from(DateOutOfRange: DateOutOfRange) -> Self {
        HistoryError::DateOutOfRange
    }
}
