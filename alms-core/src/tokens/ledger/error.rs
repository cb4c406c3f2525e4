use super::amendment::OptionalField;
use super::booking::{BookingType, IncompleteIdentification};
use crate::ErrorCode;
use crate::account::Model;
use crate::calendar::{Date, Month};
use crate::money::PriceError;
use crate::names::quoted;
use crate::quantity::CountOutOfRange;
use crate::rule::RuleId;
use crate::text::{AccountName, BookingKey, Email, Serial, Uid};
use crate::tokens::Tokens;

/// Why accounts do not make a ledger.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Two accounts with the same UID (ACC-1).
    #[error("the UID `{uid}` names two accounts; give every account once")]
    DuplicateAccount {
        /// The position of the second one.
        index: usize,
        /// The UID.
        uid: Uid,
    },
}

impl LedgerError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::DuplicateAccount { .. } => ErrorCode::DuplicateAccount,
        }
    }
}

/// Why a booking is refused. Nothing has changed then, and its key stays free.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key is that of another booking (ORD-7).
    #[error("the key `{key}` is that of another booking; send a retry unchanged, or use a key of its own")]
    KeyReused {
        /// The key.
        key: BookingKey,
    },
    /// The booking names an account that is not there (ACC-1).
    #[error("no account has the UID `{uid}`; correct it, or add the account")]
    UnknownAccount {
        /// Which field names it.
        field: &'static str,
        /// The UID.
        uid: Uid,
    },
    /// The order's identification of the customer matches no account (ORD-1).
    #[error(
        "no account is identified by `{customer}` with the administrator `{administrator}`; give the exact company \
         name or UID, and the e-mail of one of its administrators"
    )]
    UnknownCustomer {
        /// Name or UID, or both.
        customer: String,
        /// The administrator.
        administrator: Email,
    },
    /// The order's identification of the customer matches several accounts (ORD-1).
    #[error(
        "`{count}` accounts have the name `{customer}` and the administrator `{administrator}`; add `customer_uid`"
    )]
    AmbiguousCustomer {
        /// The name.
        customer: AccountName,
        /// The administrator.
        administrator: Email,
        /// How many accounts match.
        count: usize,
    },
    /// An edit leaves the order with half an identification of the customer (ORD-1).
    #[error(transparent)]
    IncompleteIdentification(#[from] IncompleteIdentification),
    /// The order's discount is none, or more than its list price (ORD-8).
    #[error(transparent)]
    Price(#[from] PriceError),
    /// Not a partner of the customer (ORD-9).
    #[error(
        "`{partner}` is not a partner of `{customer}`; only a partner orders, transfers or adjusts for it"
    )]
    NotAPartner {
        /// Who is none.
        partner: Uid,
        /// The customer.
        customer: Uid,
    },
    /// The partner's stock would fall below zero (ORD-3).
    #[error(
        "the stock of `{account}` is `{balance}` tokens and would fall to `{after}`; order Service Packs for it, or take \
         fewer"
    )]
    InsufficientTokens {
        /// Whose stock.
        account: Uid,
        /// The stock.
        balance: Tokens,
        /// What it would be.
        after: Tokens,
    },
    /// The target of an edit or deletion is not booked (ORD-4).
    #[error("no booking has the key `{target}`; give the key of an order or transfer")]
    UnknownBooking {
        /// The key.
        target: BookingKey,
    },
    /// The target of an edit or deletion is neither order nor transfer (ORD-4).
    #[error(
        "the booking `{target}` is of type `{kind}`, only orders and transfers are edited or deleted; give the key of \
         one of these, or correct the stock by a credit or debit note (ORD-5)"
    )]
    NotEditable {
        /// The key.
        target: BookingKey,
        /// What it is.
        kind: BookingType,
    },
    /// The target of an edit or deletion was deleted (ORD-4).
    #[error("the booking `{target}` was deleted; enter it again under a key of its own")]
    AlreadyDeleted {
        /// The key.
        target: BookingKey,
    },
    /// An edit gives or empties a field that its target does not have, or may not lack (ORD-4).
    #[error(
        "the field `{field}` cannot be changed in the booking `{target}` of type `{kind}`; {}",
        allowed(place, fields)
    )]
    FieldOfNone {
        /// The key of the target.
        target: BookingKey,
        /// What it is.
        kind: BookingType,
        /// The field.
        field: &'static str,
        /// Where the edit names it.
        place: &'static str,
        /// The fields that the target has.
        fields: &'static [&'static str],
    },
    /// An edit gives a field and empties it (ORD-4).
    #[error("the field `{field}` is both given and cleared; do one of these")]
    GivenAndCleared {
        /// The field.
        field: &'static str,
    },
    /// The edit or deletion is dated before its target, or before the target's last edit (ORD-4).
    #[error(
        "`{on}` is before {last}, the day of the booking `{target}` or of its last edit; date the correction on {last} or \
         later in that month"
    )]
    BeforeOrder {
        /// The key.
        target: BookingKey,
        /// The day of the edit or deletion.
        on: Date,
        /// The first day on which it can be corrected.
        last: Date,
    },
    /// The target was entered in another calendar month (ORD-4).
    #[error(
        "the booking `{target}` was entered in {entered} and cannot be changed on `{on}`; correct the stock by a credit or \
         debit note (ORD-5)"
    )]
    MonthClosed {
        /// The key.
        target: BookingKey,
        /// The month in which it was entered.
        entered: Month,
        /// The day of the edit or deletion.
        on: Date,
    },
    /// A month's use before its last day (TOK-2).
    #[error("the month `{month}` is not over on {on}; book it on {} or later", month.last_day())]
    MonthNotOver {
        /// The month.
        month: Month,
        /// The day of the booking.
        on: Date,
    },
    /// A month's use for the second time (TOK-2).
    #[error("the use of `{account}` in `{month}` is booked already; a month is booked once per account")]
    MonthAlreadyBooked {
        /// The account.
        account: Uid,
        /// The month.
        month: Month,
    },
    /// A system of a series that brings no Service Pack (TOK-7).
    #[error(
        "the model `{}` brings no Service Pack; only systems of the LX, ES, GX, RV and MP series do", model.as_str()
    )]
    SeriesNotEligible {
        /// The model.
        model: Model,
    },
    /// A system for the second time (TOK-7).
    #[error(
        "the system `{serial}` was registered already; a system brings its Service Pack once, whatever the account"
    )]
    AlreadyRegistered {
        /// The system.
        serial: Serial,
    },
    /// The stock would leave ±10^15.
    #[error("the stock of `{account}` would leave the limits: {source}; book smaller amounts")]
    OutOfRange {
        /// Whose stock.
        account: Uid,
        /// What it would be.
        source: CountOutOfRange,
    },
}

impl Refusal {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::KeyReused { .. } => ErrorCode::KeyReused,
            Self::UnknownAccount { .. } => ErrorCode::UnknownAccount,
            Self::UnknownCustomer { .. } => ErrorCode::UnknownCustomer,
            Self::AmbiguousCustomer { .. } => ErrorCode::AmbiguousCustomer,
            Self::IncompleteIdentification(error) => error.code(),
            Self::Price(error) => error.code(),
            Self::NotAPartner { .. } => ErrorCode::NotAPartner,
            Self::InsufficientTokens { .. } => ErrorCode::InsufficientTokens,
            Self::UnknownBooking { .. } => ErrorCode::UnknownBooking,
            Self::NotEditable { .. } => ErrorCode::NotEditable,
            Self::AlreadyDeleted { .. } => ErrorCode::AlreadyDeleted,
            Self::FieldOfNone { .. } | Self::GivenAndCleared { .. } => ErrorCode::InvalidInput,
            Self::BeforeOrder { .. } => ErrorCode::BeforeOrder,
            Self::MonthClosed { .. } => ErrorCode::MonthClosed,
            Self::MonthNotOver { .. } => ErrorCode::MonthNotOver,
            Self::MonthAlreadyBooked { .. } => ErrorCode::MonthAlreadyBooked,
            Self::SeriesNotEligible { .. } => ErrorCode::SeriesNotEligible,
            Self::AlreadyRegistered { .. } => ErrorCode::AlreadyRegistered,
            Self::OutOfRange { .. } => ErrorCode::OutOfRange,
        }
    }
}

impl Refusal {
    /// The rule behind it; none for a limit of numbers.
    pub const fn rule(&self) -> Option<RuleId> {
        Some(match self {
            Refusal::KeyReused { .. } => RuleId::Ord7,
            Refusal::UnknownAccount { .. } => RuleId::Acc1,
            Refusal::UnknownCustomer { .. }
            | Refusal::AmbiguousCustomer { .. }
            | Refusal::IncompleteIdentification(_) => RuleId::Ord1,
            Refusal::Price(_) => RuleId::Ord8,
            Refusal::NotAPartner { .. } => RuleId::Ord9,
            Refusal::InsufficientTokens { .. } => RuleId::Ord3,
            Refusal::UnknownBooking { .. }
            | Refusal::NotEditable { .. }
            | Refusal::AlreadyDeleted { .. }
            | Refusal::FieldOfNone { .. }
            | Refusal::GivenAndCleared { .. }
            | Refusal::BeforeOrder { .. }
            | Refusal::MonthClosed { .. } => RuleId::Ord4,
            Refusal::MonthNotOver { .. } | Refusal::MonthAlreadyBooked { .. } => RuleId::Tok2,
            Refusal::SeriesNotEligible { .. } | Refusal::AlreadyRegistered { .. } => RuleId::Tok7,
            Refusal::OutOfRange { .. } => return None,
        })
    }

    /// The field of the booking that is at fault, if it is one alone.
    pub const fn field(&self) -> Option<&'static str> {
        Some(match self {
            Refusal::KeyReused { .. } => "key",
            Refusal::UnknownAccount { field, .. } => field,
            Refusal::NotAPartner { .. } => "partner",
            Refusal::UnknownBooking { .. } | Refusal::NotEditable { .. } | Refusal::AlreadyDeleted { .. } => {
                "target"
            }
            Refusal::BeforeOrder { .. } | Refusal::MonthClosed { .. } => "on",
            Refusal::FieldOfNone { place, .. } => place,
            Refusal::GivenAndCleared { .. } => "clear",
            Refusal::MonthNotOver { .. } | Refusal::MonthAlreadyBooked { .. } => "month",
            Refusal::SeriesNotEligible { .. } => "model",
            Refusal::AlreadyRegistered { .. } => "serial",
            Refusal::UnknownCustomer { .. }
            | Refusal::AmbiguousCustomer { .. }
            | Refusal::IncompleteIdentification(_)
            | Refusal::Price(_)
            | Refusal::InsufficientTokens { .. }
            | Refusal::OutOfRange { .. } => return None,
        })
    }
}

/// What an edit may name instead.
fn allowed(place: &str, fields: &[&str]) -> String {
    let optional: Vec<&str> =
        OptionalField::NAMES.iter().filter(|name| fields.contains(name)).copied().collect();
    match (place, optional.as_slice()) {
        ("clear", []) => "it has no field that may be empty".to_owned(),
        ("clear", optional) => format!("clear {}", quoted(optional)),
        _ => format!("use {}", quoted(fields)),
    }
}
