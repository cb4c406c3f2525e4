use super::event::Event;
use super::origin::Origin;

/// A subscription as a host keeps it: how it began, and what happened since.
///
/// Whatever holds on a date follows from it ([`state`](super::state)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// How it began.
    pub origin: Origin,
    /// What happened since; the order of the list decides between events of one day.
    pub events: Vec<Event>,
}
