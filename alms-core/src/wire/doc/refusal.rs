//! Refused bookings as errors.

use crate::tokens::Refusal;
use crate::wire::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let refusal = match refusal {
            // These are said as they are where no booking is in play.
            Refusal::IncompleteIdentification(error) => return error.into(),
            Refusal::Price(error) => return error.into(),
            refusal => refusal,
        };
        let error = Error::new(refusal.code(), &refusal);
        let error = match refusal.rule() {
            Some(rule) => error.by_rule(rule),
            None => error,
        };
        let error = with_context(error, &refusal);
        match refusal.field() {
            Some(field) => error.at(field),
            None => error,
        }
    }
}

/// The values of the message, for programs.
fn with_context(error: Error, refusal: &Refusal) -> Error {
    match refusal {
        Refusal::InsufficientTokens { account, balance, after } => error
            .with("account", account.as_str())
            .with("balance", balance.get())
            .with("missing", after.get().saturating_neg()),
        Refusal::NotAPartner { partner, customer } => {
            error.with("partner", partner.as_str()).with("customer", customer.as_str())
        }
        Refusal::AmbiguousCustomer { count, .. } => error.with("count", *count),
        Refusal::MonthClosed { target, entered, .. } => {
            error.with("target", target.as_str()).with("entered", entered.to_string())
        }
        Refusal::BeforeOrder { target, last, .. } => {
            error.with("target", target.as_str()).with("from", last.to_string())
        }
        Refusal::FieldOfNone { target, kind, .. } => {
            error.with("target", target.as_str()).with("type", kind.as_str())
        }
        Refusal::NotEditable { target, kind } => {
            error.with("target", target.as_str()).with("type", kind.as_str())
        }
        Refusal::MonthNotOver { month, .. } => error.with("from", month.last_day().to_string()),
        Refusal::OutOfRange { account, .. } => error.with("account", account.as_str()),
        _ => error,
    }
}
