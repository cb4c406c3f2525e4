use crate::calendar::Date;
use crate::names::named_enum;

named_enum! {
    /// What a subscription is on a date.
    pub enum LifeState {
        /// Not begun yet.
        NotStarted = "not_started",
        /// Registered, not in service; a purchase order activates it.
        Inventory = "inventory",
        /// In service.
        Active = "active",
        /// The term is over and was not renewed (SUB-3).
        Suspended = "suspended",
        /// Ended on the customer's wish (SUB-7).
        Terminated = "terminated",
    }
}

named_enum! {
    /// The state that a document gives for a subscription.
    pub enum StatedState {
        /// Not begun yet.
        NotStarted = "not_started",
        /// Registered, not in service; a purchase order activates it.
        Inventory = "inventory",
        /// In service.
        Active = "active",
        /// The term is over and was not renewed (SUB-3).
        Suspended = "suspended",
        /// Ended on the customer's wish (SUB-7).
        Terminated = "terminated",
        /// Of the system; it says nothing about the subscription.
        Maintenance = "maintenance",
    }
}

impl StatedState {
    /// What it says about the subscription.
    pub const fn life(self) -> Option<LifeState> {
        match self {
            Self::NotStarted => Some(LifeState::NotStarted),
            Self::Inventory => Some(LifeState::Inventory),
            Self::Active => Some(LifeState::Active),
            Self::Suspended => Some(LifeState::Suspended),
            Self::Terminated => Some(LifeState::Terminated),
            Self::Maintenance => None,
        }
    }
}

impl From<LifeState> for StatedState {
    fn from(life: LifeState) -> Self {
        match life {
            LifeState::NotStarted => Self::NotStarted,
            LifeState::Inventory => Self::Inventory,
            LifeState::Active => Self::Active,
            LifeState::Suspended => Self::Suspended,
            LifeState::Terminated => Self::Terminated,
        }
    }
}

/// What a subscription is on the day `on` that begins, ends and is terminated on these days; without an end it is in inventory.
pub(super) fn life_on(
    started: Option<Date>,
    end_date: Option<Date>,
    terminated: Option<Date>,
    on: Date,
) -> LifeState {
    if started.is_some_and(|started| on < started) {
        return LifeState::NotStarted;
    }
    match (end_date, terminated) {
        (_, Some(terminated)) if terminated <= on => LifeState::Terminated,
        (None, _) => LifeState::Inventory,
        (Some(end_date), _) if end_date <= on => LifeState::Suspended,
        _ => LifeState::Active,
    }
}
