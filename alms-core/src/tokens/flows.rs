//! What went in and out of a stock, by kind and month: the figures of statements and reports.

use super::Tokens;
use super::ledger::{BookingType, Ledger, Move, Side};
use crate::calendar::{Date, Month};

/// What a stock was at the beginning of a period, what went in and out, and what it was at the end.
///
/// closing = opening + purchased − sold + adjusted + granted + registered − consumed, in every period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flows {
    /// The stock before the period.
    pub opening: Tokens,
    /// Bought from the vendor or, as a customer, from a partner (ORD-1, ORD-2, ORD-3).
    pub purchased: Tokens,
    /// Sold on to customers (ORD-1, ORD-3).
    pub sold: Tokens,
    /// Credit and debit notes, and what the vendor took back, with their sign (ORD-5).
    pub adjusted: Tokens,
    /// Complimentary tokens (ORD-5).
    pub granted: Tokens,
    /// First-year registrations (TOK-7).
    pub registered: Tokens,
    /// Used (TOK-2).
    pub consumed: Tokens,
    /// The stock after the period.
    pub closing: Tokens,
}

/// Where a movement stands in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FlowKind {
    Purchased,
    Sold,
    Adjusted,
    Granted,
    Registered,
    Consumed,
}

/// A movement as one account sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlowLine {
    pub(super) account: u32,
    on: Date,
    kind: FlowKind,
    /// With the account's sign.
    tokens: i64,
}

/// Every movement of the ledger, from the view of each account that has a part in it.
pub(super) fn flow_lines(ledger: &Ledger) -> impl Iterator<Item = FlowLine> {
    ledger.bookings().flat_map(|booking| {
        let (on, booking_type) = (booking.effective(), booking.booking_type());
        booking.moves().flat_map(move |one| {
            sides(one, booking_type).map(move |(account, kind, tokens)| FlowLine {
                account,
                on,
                kind,
                tokens,
            })
        })
    })
}

/// A movement from the view of the account that gives and of the one that takes.
fn sides(one: Move, booking_type: BookingType) -> impl Iterator<Item = (u32, FlowKind, i64)> {
    let kind = |gives: bool| match booking_type {
        BookingType::Order | BookingType::Transfer | BookingType::Edit | BookingType::Delete => {
            // Who gets tokens bought them, and who gives them back after an edit bought fewer.
            if gives == one.reversal { FlowKind::Purchased } else { FlowKind::Sold }
        }
        BookingType::CreditNote | BookingType::DebitNote | BookingType::Withdrawal => FlowKind::Adjusted,
        BookingType::Grant => FlowKind::Granted,
        BookingType::Registration => FlowKind::Registered,
        BookingType::Consumption => FlowKind::Consumed,
    };
    let account = |side| match side {
        Side::Account(account) => Some(account),
        Side::Vendor | Side::Consumption => None,
    };
    let given = account(one.from).map(|account| (account, kind(true), one.tokens.saturating_neg()));
    let taken = account(one.to).map(|account| (account, kind(false), one.tokens));
    given.into_iter().chain(taken)
}

/// Adds the movements of a period up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    from: Date,
    until: Date,
    flows: Flows,
}

impl Period {
    pub(super) fn new(opening: Tokens, from: Date, until: Date) -> Self {
        Self { from, until, flows: Flows { opening, ..Flows::default() } }
    }

    pub(super) fn of_month(opening: Tokens, month: Month) -> Self {
        Self::new(opening, month.first_day(), month.last_day())
    }

    pub(super) fn add(&mut self, line: &FlowLine) {
        if line.on > self.until {
            return;
        }
        let flows = &mut self.flows;
        let (sum, tokens) = match line.kind {
            _ if line.on < self.from => (&mut flows.opening, line.tokens),
            FlowKind::Purchased => (&mut flows.purchased, line.tokens),
            FlowKind::Sold => (&mut flows.sold, line.tokens.saturating_neg()),
            FlowKind::Adjusted => (&mut flows.adjusted, line.tokens),
            FlowKind::Granted => (&mut flows.granted, line.tokens),
            FlowKind::Registered => (&mut flows.registered, line.tokens),
            FlowKind::Consumed => (&mut flows.consumed, line.tokens.saturating_neg()),
        };
        *sum = Tokens::clamped(sum.get().saturating_add(tokens));
    }

    pub(super) fn flows(&self) -> Flows {
        let Flows { opening, purchased, sold, adjusted, granted, registered, consumed, .. } = self.flows;
        let given = [opening, purchased, adjusted, granted, registered].map(Tokens::get);
        let taken = [sold, consumed].map(Tokens::get);
        let sum = |parts: &[i64]| parts.iter().copied().fold(0, i64::saturating_add);
        Flows { closing: Tokens::clamped(sum(&given).saturating_sub(sum(&taken))), ..self.flows }
    }
}

impl Flows {
    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let sum = |a: Tokens, b: Tokens| Tokens::clamped(a.get().saturating_add(b.get()));
        Self {
            opening: sum(self.opening, other.opening),
            purchased: sum(self.purchased, other.purchased),
            sold: sum(self.sold, other.sold),
            adjusted: sum(self.adjusted, other.adjusted),
            granted: sum(self.granted, other.granted),
            registered: sum(self.registered, other.registered),
            consumed: sum(self.consumed, other.consumed),
            closing: sum(self.closing, other.closing),
        }
    }
}
