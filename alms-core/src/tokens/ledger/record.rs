//! A booking as it is kept: a million of them are in memory, so accounts are positions and amounts stand there once.

use super::booking::{Booking, BookingType, Entry, Identification};
use super::books::Books;
use super::holder::{Standing, Status};
use super::moves::{Moves, Route};
use super::receipt::Effect;
use super::settle::Settlement;
use crate::account::Model;
use crate::calendar::{Date, Month};
use crate::text::{BookingKey, PoNumber, Serial};
use crate::tokens::{Packs, Peak, PositiveTokens, Tokens};

/// A booking, and how the accounts in it stood before.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) key: BookingKey,
    pub(super) on: Date,
    pub(super) content: Content,
    route: Route,
    /// What goes that way: a correction's after the correction.
    tokens: i64,
    /// Of the customer and of the partner.
    balances: [Tokens; 2],
    statuses: [Status; 2],
}

/// What an entry says beside who gives whom how many tokens. What is rare and large is elsewhere.
#[derive(Debug, Clone)]
pub(in crate::tokens) enum Content {
    Delegation(Box<Delegation>),
    Wholesale(PoNumber),
    Transfer(PoNumber),
    CreditNote,
    DebitNote,
    Grant,
    Registration(Box<Registration>),
    Consumption(Month),
    Edit(Box<Correction>),
    Delete(Box<Correction>),
}

/// An order for a customer.
#[derive(Debug, Clone)]
pub(in crate::tokens) struct Delegation {
    pub(in crate::tokens) po_number: PoNumber,
    customer: Identification,
}

/// A system that was registered.
#[derive(Debug, Clone)]
pub(in crate::tokens) struct Registration {
    serial: Serial,
    model: Model,
}

/// An edit or deletion of another booking.
#[derive(Debug, Clone)]
pub(in crate::tokens) struct Correction {
    target: BookingKey,
    /// The tokens that it takes back.
    back: i64,
}

/// Where there is no second account.
const NOBODY: Standing = Standing::opening(Tokens::ZERO);

impl Record {
    pub(super) fn new(booking: Booking, settlement: &Settlement) -> Self {
        let Booking { key, on, entry } = booking;
        let Settlement { moves, effects, .. } = settlement;
        let before = |effect: &Option<Effect>| effect.as_ref().map_or(NOBODY, Effect::before);
        let [customer, partner] = effects;
        let (customer, partner) = (before(customer), before(partner));
        Self {
            key,
            on,
            content: Content::new(entry, moves.back()),
            route: moves.route(),
            tokens: moves.anew(),
            balances: [customer.balance, partner.balance],
            statuses: [customer.status, partner.status],
        }
    }

    pub(super) fn moves(&self) -> Moves {
        match &self.content {
            Content::Edit(correction) | Content::Delete(correction) => {
                Moves::amended(self.route, correction.back, self.tokens)
            }
            _ => Moves::new(self.route, self.tokens),
        }
    }

    /// What it did to the customer and to the partner.
    pub(super) fn effects(&self) -> [Option<Effect>; 2] {
        let [customer, partner] = self.moves().changes();
        let ([first, second], [one, two]) = (self.balances, self.statuses);
        let effect = |change, balance, status| Effect::booked(change, Standing { balance, status });
        [customer.map(|change| effect(change, first, one)), partner.map(|change| effect(change, second, two))]
    }

    /// The day from which it counts: a month's use from the month's last day, all else from the day it was
    /// entered (TOK-2).
    pub(super) fn effective(&self) -> Date {
        match self.content {
            Content::Consumption(month) => month.last_day(),
            _ => self.on,
        }
    }

    /// The packs of an order or transfer, or of its edit.
    pub(super) fn packs(&self) -> Packs {
        Packs::holding(self.tokens)
    }

    /// The entry as it was booked.
    pub(super) fn entry(&self, books: &Books) -> Entry {
        let (partner, customer) = (books.uid(self.route.partner()), books.uid(self.route.customer()));
        let tokens = PositiveTokens::clamped(self.tokens);
        match &self.content {
            Content::Delegation(order) => {
                let Delegation { po_number, customer } = order.as_ref().clone();
                Entry::Order { po_number, partner, packs: self.packs(), customer: Some(customer) }
            }
            Content::Wholesale(po_number) => {
                let po_number = po_number.clone();
                Entry::Order { po_number, partner, packs: self.packs(), customer: None }
            }
            Content::Transfer(po_number) => {
                let po_number = po_number.clone();
                Entry::Transfer { po_number, partner, customer, packs: self.packs() }
            }
            Content::CreditNote => Entry::CreditNote { partner, customer, tokens },
            Content::DebitNote => Entry::DebitNote { partner, customer, tokens },
            Content::Grant => Entry::Grant { account: customer, tokens },
            Content::Registration(system) => {
                let Registration { serial, model } = system.as_ref().clone();
                Entry::Registration { account: customer, serial, model }
            }
            Content::Consumption(month) => {
                Entry::Consumption { account: customer, month: *month, peak: Peak::clamped(self.tokens) }
            }
            Content::Edit(edit) => Entry::Edit { target: edit.target.clone(), packs: self.packs() },
            Content::Delete(deletion) => Entry::Delete { target: deletion.target.clone() },
        }
    }
}

impl Content {
    fn new(entry: Entry, back: i64) -> Self {
        match entry {
            Entry::Order { po_number, customer: Some(customer), .. } => {
                Content::Delegation(Box::new(Delegation { po_number, customer }))
            }
            Entry::Order { po_number, customer: None, .. } => Content::Wholesale(po_number),
            Entry::Transfer { po_number, .. } => Content::Transfer(po_number),
            Entry::CreditNote { .. } => Content::CreditNote,
            Entry::DebitNote { .. } => Content::DebitNote,
            Entry::Grant { .. } => Content::Grant,
            Entry::Registration { serial, model, .. } => {
                Content::Registration(Box::new(Registration { serial, model }))
            }
            Entry::Consumption { month, .. } => Content::Consumption(month),
            Entry::Edit { target, .. } => Content::Edit(Box::new(Correction { target, back })),
            Entry::Delete { target } => Content::Delete(Box::new(Correction { target, back })),
        }
    }

    pub(super) const fn booking_type(&self) -> BookingType {
        match self {
            Content::Delegation(_) | Content::Wholesale(_) => BookingType::Order,
            Content::Transfer(_) => BookingType::Transfer,
            Content::CreditNote => BookingType::CreditNote,
            Content::DebitNote => BookingType::DebitNote,
            Content::Grant => BookingType::Grant,
            Content::Registration(_) => BookingType::Registration,
            Content::Consumption(_) => BookingType::Consumption,
            Content::Edit(_) => BookingType::Edit,
            Content::Delete(_) => BookingType::Delete,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte of it is written and read once per booking.
    #[test]
    fn a_record_is_small() {
        assert!(size_of::<Record>() <= 104, "{}", size_of::<Record>());
    }
}
