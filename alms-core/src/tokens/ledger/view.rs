use super::booking::{BookingType, Entry};
use super::books::Books;
use super::holder::{Holder, Standing};
use super::moves::Move;
use super::receipt::{AccountId, Effect};
use super::record::{Content, Record};
use crate::calendar::Date;
use crate::text::BookingKey;
use crate::tokens::Packs;

/// What has become of an order or transfer (ORD-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// As it was entered; also every booking of another type.
    Booked,
    /// With other packs.
    Edited(Packs),
    /// Taken back.
    Deleted,
}

impl OrderState {
    /// Its name: `booked`, `edited` or `deleted`.
    pub const fn name(self) -> &'static str {
        match self {
            OrderState::Booked => "booked",
            OrderState::Edited(_) => "edited",
            OrderState::Deleted => "deleted",
        }
    }
}

/// An account in the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Position<'a> {
    pub(in crate::tokens) index: u32,
    /// The account.
    pub holder: &'a Holder,
    /// How it stands after the last booking.
    pub standing: Standing,
}

impl Position<'_> {
    /// Its place in the ledger.
    pub const fn id(&self) -> AccountId {
        AccountId(self.index)
    }
}

/// A booking in the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// Its key.
    pub key: &'a BookingKey,
    /// The day it was entered.
    pub on: Date,
    /// Whether it was edited or deleted since.
    pub state: OrderState,
    pub(super) record: &'a Record,
    pub(super) books: &'a Books,
}

impl<'a> Recorded<'a> {
    /// What it does.
    pub fn entry(&self) -> Entry {
        self.record.entry(self.books)
    }

    /// Its type.
    pub const fn booking_type(&self) -> BookingType {
        self.record.content.booking_type()
    }

    /// The day from which it counts: a month's use from the month's last day, all else from the day it was
    /// entered (TOK-2).
    pub fn effective(&self) -> Date {
        self.record.effective()
    }

    /// What its entry says beside who gives whom how many tokens.
    pub(in crate::tokens) const fn content(&self) -> &'a Content {
        &self.record.content
    }

    /// The packs of an order or transfer as it was entered.
    pub(in crate::tokens) fn packs(&self) -> Packs {
        self.record.packs()
    }

    pub(in crate::tokens) fn moves(&self) -> impl Iterator<Item = Move> + use<> {
        self.record.moves().iter()
    }

    /// What it did to each account, the customer before the partner.
    pub fn effects(&self) -> impl Iterator<Item = Effect> + use<> {
        self.record.effects().into_iter().flatten()
    }
}
