use super::renewal::RenewalError;
use crate::ErrorCode;
use crate::calendar::{Date, Months};
use crate::names::named_enum;
use crate::rule::RuleId;
use crate::text::OfferName;

/// Something that happens to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub on: Date,
    /// What happens.
    pub change: Change,
}

/// What happens to a subscription.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A purchase order prolongs the term, or brings the service back (SUB-2, SUB-4).
    Renewal {
        /// For how many months.
        months: Months,
        /// The offer of the new term; `None` for the same.
        offer: Option<OfferName>,
    },
    /// A purchase order takes a system out of inventory (MIG-3).
    Activation {
        /// For how many months.
        months: Months,
        /// The offer; `None` for the same.
        offer: Option<OfferName>,
    },
    /// Another offer from the next invoice on (SUB-7).
    OfferChange {
        /// The offer.
        offer: OfferName,
        /// The day from which it is wanted, if notice is given ahead.
        effective: Option<Date>,
    },
    /// Another length of the periods from the next invoice on (SUB-7).
    PeriodChange {
        /// A month or a year.
        months: Months,
        /// The day from which it is wanted, if notice is given ahead.
        effective: Option<Date>,
    },
    /// No further invoice (SUB-7).
    Termination {
        /// The day from which it is wanted, if notice is given ahead.
        effective: Option<Date>,
    },
    /// A termination that has not taken effect is taken back (SUB-7).
    Withdrawal,
}

named_enum! {
    /// The type of an event.
    #[non_exhaustive]
    pub enum EventType {
        /// A purchase order prolongs the term or brings the service back (SUB-2, SUB-4).
        Renewal = "renewal",
        /// A purchase order takes a system out of inventory (MIG-3).
        Activation = "activation",
        /// Another offer from the next invoice on (SUB-7).
        OfferChange = "offer_change",
        /// Another length of the periods from the next invoice on (SUB-7).
        PeriodChange = "period_change",
        /// No further invoice, or the withdrawal of such a notice (SUB-7).
        Termination = "termination",
    }
}

impl Change {
    /// Its type.
    pub const fn event_type(&self) -> EventType {
        match self {
            Change::Renewal { .. } => EventType::Renewal,
            Change::Activation { .. } => EventType::Activation,
            Change::OfferChange { .. } => EventType::OfferChange,
            Change::PeriodChange { .. } => EventType::PeriodChange,
            Change::Termination { .. } | Change::Withdrawal => EventType::Termination,
        }
    }

    /// The day from which it is wanted, if notice is given ahead.
    pub const fn effective(&self) -> Option<Date> {
        match self {
            Change::OfferChange { effective, .. }
            | Change::PeriodChange { effective, .. }
            | Change::Termination { effective } => *effective,
            Change::Renewal { .. } | Change::Activation { .. } | Change::Withdrawal => None,
        }
    }
}

/// Why an event has no effect.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventRefusal {
    /// The subscription is known as of a day by which the event has taken effect.
    #[error(
        "the event of `{on}` took effect by the end of `{as_of}`, and the subscription is as it is after it; remove the event, \
         or give an `effective` after that day"
    )]
    AlreadyCounted {
        /// The day of the event.
        on: Date,
        /// The day of the facts.
        as_of: Date,
        /// What happened.
        event: EventType,
    },
    /// Before the subscription began.
    #[error("`{on}` lies before the subscription's first day, {started}; correct `on`")]
    BeforeStart {
        /// The day of the event.
        on: Date,
        /// The first day.
        started: Date,
    },
    /// After it was terminated.
    #[error("the service is terminated as of `{terminated}`; register the system anew")]
    Terminated {
        /// The day on which it ends.
        terminated: Date,
    },
    /// A system in inventory has no term.
    #[error(
        "the end date is `null`: the event `{event}` needs a service that runs; activate the system first"
    )]
    NoEndDate {
        /// What was asked for.
        event: EventType,
    },
    /// Only a system in inventory is activated.
    #[error("the service has the end date `{end_date}` and is not in inventory; renew it instead")]
    NotInInventory {
        /// The end of its term.
        end_date: Date,
    },
    /// A purchase order for a service that goes on by itself (SUB-7, SUB-8, RES-1).
    #[error(
        "the event `{event}` is a purchase order, and this service goes on by itself; leave it to its invoices"
    )]
    RenewsByItself {
        /// What was asked for.
        event: EventType,
    },
    /// A free service has no periods that are paid for (RES-1).
    #[error("the service is free and has no invoices, so it has no period to change; remove the event")]
    FreePeriods,
    /// Periods that direct billing does not have (SUB-7).
    #[error("`{months}` is not a period of direct billing; use 1 or 12 months")]
    NoSuchPeriod {
        /// The months.
        months: Months,
    },
    /// There is no termination that could be taken back (SUB-7).
    #[error("no termination is pending on `{on}`, so there is nothing to withdraw; remove the event")]
    NothingToWithdraw {
        /// The day of the event.
        on: Date,
    },
    /// A pre-paid term runs to its end with its offer.
    #[error(
        "the event `{event}` does not fit a pre-paid term, which runs to its end; name the offer in the next `renewal`, or do \
         not renew"
    )]
    PrePaidTerm {
        /// What was asked for.
        event: EventType,
    },
    /// The order renews nothing (SUB-2, SUB-4).
    #[error(transparent)]
    Order(#[from] RenewalError),
    /// The next period would begin after the calendar.
    #[error("the period after `{on}` begins after 9999-12-31; give an earlier date")]
    PeriodOutOfRange {
        /// The day of the event.
        on: Date,
    },
}

impl EventRefusal {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::AlreadyCounted { .. } => ErrorCode::EventAlreadyCounted,
            Self::BeforeStart { .. } => ErrorCode::BeforeStart,
            Self::Terminated { .. } => ErrorCode::Terminated,
            Self::NoEndDate { .. } => ErrorCode::NoEndDate,
            Self::NotInInventory { .. } => ErrorCode::NotInInventory,
            Self::RenewsByItself { .. } | Self::FreePeriods => ErrorCode::BillingMismatch,
            Self::NoSuchPeriod { .. } => ErrorCode::InvalidTerm,
            Self::NothingToWithdraw { .. } => ErrorCode::NothingToWithdraw,
            Self::PrePaidTerm { .. } => ErrorCode::PrePaidTerm,
            Self::Order(error) => error.code(),
            Self::PeriodOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

impl EventRefusal {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            EventRefusal::AlreadyCounted { event: EventType::Renewal, .. } => RuleId::Sub2,
            EventRefusal::AlreadyCounted { event: EventType::Activation, .. } => RuleId::Mig3,
            EventRefusal::AlreadyCounted { .. } => RuleId::Sub7,
            EventRefusal::BeforeStart { .. } => RuleId::Sub1,
            EventRefusal::Terminated { .. }
            | EventRefusal::NoSuchPeriod { .. }
            | EventRefusal::NothingToWithdraw { .. }
            | EventRefusal::PeriodOutOfRange { .. } => RuleId::Sub7,
            EventRefusal::NoEndDate { .. } | EventRefusal::NotInInventory { .. } => RuleId::Mig3,
            EventRefusal::RenewsByItself { .. } | EventRefusal::FreePeriods => RuleId::Sub8,
            EventRefusal::PrePaidTerm { .. } => RuleId::Sub2,
            EventRefusal::Order(error) => error.rule(),
        }
    }
}
