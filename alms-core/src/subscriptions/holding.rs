use super::event::{Event, EventRefusal};
use super::history::HistoryError;
use super::origin::{Origin, OriginData, OriginError};

/// A subscription as a host keeps it: how it began, and what happened since; or how things stand at the end of a day, and
/// what has not taken effect by then.
///
/// Whatever holds on a date follows from it ([`state`](super::state)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// How it began, or how things stand ([`OriginData::as_of`](super::OriginData)).
    pub origin: Origin,
    /// What happened since; the order of the list decides between events of one day.
    pub events: Vec<Event>,
}

impl TryFrom<OriginData> for Holding {
    type Error = OriginError;

    /// The subscription to which nothing has happened yet: what a registration, a migration or a transfer leaves.
    ///
    /// ```
    /// use alms_core::subscriptions::{Holding, OriginData};
    /// let registered = Some("2023-01-15".parse()?);
    /// let data = OriginData { registered, ..OriginData::new("LA1".parse()?, "AirLink Complete".parse()?) };
    /// assert_eq!(Holding::try_from(data)?.origin.end_date(), Some("2024-01-15".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn try_from(data: OriginData) -> Result<Self, OriginError> {
        Ok(Self { origin: Origin::try_new(data)?, events: Vec::new() })
    }
}

impl Holding {
    /// The subscription with these events, if none of them is included in what the origin says.
    ///
    /// # Errors
    /// [`HistoryError::Refused`]: an event that took effect by the end of the day as of which things are known.
    pub fn try_new(origin: Origin, events: Vec<Event>) -> Result<Self, HistoryError> {
        let included = events.iter().enumerate().find_map(|(index, event)| {
            let (as_of, on) = (origin.includes(event)?, event.on);
            let refusal = EventRefusal::AlreadyCounted { on, as_of, event: event.change.event_type() };
            Some(HistoryError::Refused { event: index, refusal })
        });
        included.map_or(Ok(Self { origin, events }), Err)
    }
}
