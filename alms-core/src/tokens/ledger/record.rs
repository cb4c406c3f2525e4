//! A booking as it is kept: a million of them are in memory, so accounts are positions and amounts stand there once.

use super::amendment::Amendment;
use super::booking::{Booking, BookingType, Entry, Identification};
use super::books::Books;
use super::moves::{Moves, Route, TOUCHED_MAX};
use super::receipt::Effect;
use super::settle::{Mark, Settlement};
use super::view::OrderState;
use crate::account::Model;
use crate::calendar::{Date, Month};
use crate::money::Discount;
use crate::text::{BookingKey, PoNumber, ProductReference, Reason, Serial};
use crate::tokens::{Packs, Peak, PositiveTokens, Tokens};
use crate::tokens::{Standing, Status};

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
    Order(Box<Order>),
    Transfer(PoNumber),
    CreditNote,
    DebitNote,
    Grant,
    Withdrawal(Reason),
    Registration(Box<Registration>),
    Consumption(Month),
    Edit(Box<Correction>),
    Delete(Box<Correction>),
}

/// A purchase order to the vendor.
#[derive(Debug, Clone)]
pub(in crate::tokens) struct Order {
    pub(in crate::tokens) po_number: PoNumber,
    pub(in crate::tokens) customer: Option<Identification>,
    pub(in crate::tokens) product: Option<ProductReference>,
    pub(in crate::tokens) discount: Option<Discount>,
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
    /// What it changes; nothing in a deletion.
    amendment: Amendment,
    /// The order or transfer as it is from then on, or was before it was deleted.
    pub(super) content: Content,
    /// What it takes back, and which way that went.
    back: (Route, i64),
    /// How the accounts stood that had a part only in what it takes back.
    others: [Standing; 2],
}

/// Where there is no other account.
const NOBODY: Standing = Standing::opening(Tokens::ZERO);

impl Record {
    pub(super) fn new(booking: Booking, settlement: Settlement) -> Self {
        let Booking { key, on, entry } = booking;
        let Settlement { moves, effects, mark } = settlement;
        let [customer, partner, third, fourth] =
            effects.map(|effect| effect.as_ref().map_or(NOBODY, Effect::before));
        let back = moves.back().unwrap_or((moves.route(), 0));
        let corrected = |target, amendment| {
            let content = match mark {
                Mark::Order { content, .. } => *content,
                // Every correction has a target.
                _ => Content::Grant,
            };
            Box::new(Correction { target, amendment, content, back, others: [third, fourth] })
        };
        let content = match entry {
            Entry::Edit { target, amendment } => Content::Edit(corrected(target, *amendment)),
            Entry::Delete { target } => Content::Delete(corrected(target, Amendment::default())),
            entry => Content::new(entry),
        };
        Self {
            key,
            on,
            content,
            route: moves.route(),
            tokens: moves.anew(),
            balances: [customer.balance, partner.balance],
            statuses: [customer.status, partner.status],
        }
    }

    pub(super) fn moves(&self) -> Moves {
        match &self.content {
            Content::Edit(correction) | Content::Delete(correction) => {
                Moves::amended(correction.back, self.route, self.tokens)
            }
            _ => self.anew(),
        }
    }

    /// Its movements without what it takes back: those of the order that an edit leaves.
    pub(super) const fn anew(&self) -> Moves {
        Moves::new(self.route, self.tokens)
    }

    /// What it did to each account, the customer before the partner.
    pub(super) fn effects(&self) -> [Option<Effect>; TOUCHED_MAX] {
        let others = match &self.content {
            Content::Edit(correction) | Content::Delete(correction) => correction.others,
            _ => [NOBODY; 2],
        };
        let [first, second] = self.balances;
        let [one, two] = self.statuses;
        let [third, fourth] = others;
        let own = [Standing { balance: first, status: one }, Standing { balance: second, status: two }];
        let [first, second] = own;
        let mut before = [first, second, third, fourth].into_iter();
        self.moves().changes().map(|change| {
            let before = before.next().unwrap_or(NOBODY);
            change.map(|change| Effect::booked(change, before))
        })
    }

    /// The day from which it counts: a month's use from the month's last day, all else from the day it was
    /// entered (TOK-2).
    pub(super) fn effective(&self) -> Date {
        match self.content {
            Content::Consumption(month) => month.last_day(),
            _ => self.on,
        }
    }

    /// What an edit or deletion makes of its target; any other booking makes nothing of one.
    pub(super) const fn state(&self) -> OrderState {
        match self.content {
            Content::Edit(_) => OrderState::Edited,
            Content::Delete(_) => OrderState::Deleted,
            _ => OrderState::Booked,
        }
    }

    /// The packs of an order or transfer, or of its edit.
    pub(super) fn packs(&self) -> Packs {
        Packs::holding(self.tokens)
    }

    /// The entry as it was booked.
    pub(super) fn entry(&self, books: &Books) -> Entry {
        let customer = || books.uid(self.route.customer());
        let partner = || books.uid(self.route.partner());
        let tokens = PositiveTokens::clamped(self.tokens);
        match &self.content {
            Content::CreditNote => Entry::CreditNote { partner: partner(), customer: customer(), tokens },
            Content::DebitNote => Entry::DebitNote { partner: partner(), customer: customer(), tokens },
            Content::Grant => Entry::Grant { account: customer(), tokens },
            Content::Withdrawal(reason) => {
                Entry::Withdrawal { account: customer(), tokens, reason: reason.clone() }
            }
            Content::Registration(system) => {
                let Registration { serial, model } = system.as_ref().clone();
                Entry::Registration { account: customer(), serial, model }
            }
            Content::Consumption(month) => {
                Entry::Consumption { account: customer(), month: *month, peak: Peak::clamped(self.tokens) }
            }
            Content::Edit(edit) => {
                let amendment = Box::new(edit.amendment.clone());
                Entry::Edit { target: edit.target.clone(), amendment }
            }
            Content::Delete(deletion) => Entry::Delete { target: deletion.target.clone() },
            content => self.sale(content, books),
        }
    }

    /// The order or transfer that this content is, with the packs and the parties of this booking: of the order itself
    /// or of its last edit.
    pub(super) fn sale(&self, content: &Content, books: &Books) -> Entry {
        let (partner, packs) = (books.uid(self.route.partner()), self.packs());
        match content {
            Content::Order(order) => {
                let Order { po_number, customer, product, discount } = order.as_ref().clone();
                Entry::Order { po_number, partner, packs, customer, product, discount }
            }
            Content::Transfer(po_number) => {
                let customer = books.uid(self.route.customer());
                Entry::Transfer { po_number: po_number.clone(), partner, customer, packs }
            }
            // Nothing else is edited.
            _ => self.entry(books),
        }
    }
}

impl Content {
    /// What a booking says that corrects no other.
    pub(super) fn new(entry: Entry) -> Self {
        match entry {
            Entry::Order { po_number, customer, product, discount, .. } => {
                Content::Order(Box::new(Order { po_number, customer, product, discount }))
            }
            Entry::Transfer { po_number, .. } => Content::Transfer(po_number),
            Entry::CreditNote { .. } => Content::CreditNote,
            Entry::DebitNote { .. } => Content::DebitNote,
            Entry::Withdrawal { reason, .. } => Content::Withdrawal(reason),
            Entry::Registration { serial, model, .. } => {
                Content::Registration(Box::new(Registration { serial, model }))
            }
            Entry::Consumption { month, .. } => Content::Consumption(month),
            Entry::Grant { .. } | Entry::Edit { .. } | Entry::Delete { .. } => Content::Grant,
        }
    }

    pub(super) const fn booking_type(&self) -> BookingType {
        match self {
            Content::Order(_) => BookingType::Order,
            Content::Transfer(_) => BookingType::Transfer,
            Content::CreditNote => BookingType::CreditNote,
            Content::DebitNote => BookingType::DebitNote,
            Content::Grant => BookingType::Grant,
            Content::Withdrawal(_) => BookingType::Withdrawal,
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
