use super::booking::{BookingType, Entry};
use super::books::Books;
use super::holder::Holder;
use super::moves::{Move, Moves};
use super::receipt::{AccountId, Effect};
use super::record::{Content, Record};
use crate::calendar::Date;
use crate::text::BookingKey;
use crate::tokens::Standing;

/// What has become of an order or transfer (ORD-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// As it was entered; also every booking of another type.
    Booked,
    /// With other terms.
    Edited,
    /// Taken back.
    Deleted,
}

impl OrderState {
    /// Its name: `booked`, `edited` or `deleted`.
    pub const fn name(self) -> &'static str {
        match self {
            OrderState::Booked => "booked",
            OrderState::Edited => "edited",
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
    pub(super) position: usize,
    pub(super) record: &'a Record,
    pub(super) books: &'a Books,
}

/// An order or transfer as it stood on some day; any other booking as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::tokens) struct Version<'a> {
    pub(in crate::tokens) content: &'a Content,
    pub(in crate::tokens) state: OrderState,
    /// The packs; 0 once it was deleted.
    pub(in crate::tokens) packs: i64,
    moves: Moves,
}

impl Version<'_> {
    /// Who gives whom how many tokens; of what was deleted, who gave whom.
    pub(in crate::tokens) fn moves(&self) -> impl Iterator<Item = Move> + use<> {
        self.moves.iter()
    }
}

impl Books {
    /// The last edit or deletion of the order or transfer at this position, of those up to a day; all without one.
    pub(super) fn last_correction(&self, position: usize, until: Option<Date>) -> Option<&Record> {
        self.corrections(position).rfind(|record| until.is_none_or(|until| record.on <= until))
    }
}

impl<'a> Recorded<'a> {
    /// What it does.
    pub fn entry(&self) -> Entry {
        self.record.entry(self.books)
    }

    /// What it says on the day `on`, with the edits of an order up to then; `None` if it was deleted by then.
    pub fn entry_as_of(&self, on: Date) -> Option<Entry> {
        match self.books.last_correction(self.position, Some(on)) {
            None => Some(self.entry()),
            Some(correction) => match &correction.content {
                Content::Edit(edit) => Some(correction.sale(&edit.content, self.books)),
                _ => None,
            },
        }
    }

    /// The same, as lists need it.
    pub(in crate::tokens) fn version(&self, on: Date) -> Version<'a> {
        let whole = |record: &'a Record, content, state| {
            let packs = if state == OrderState::Deleted { 0 } else { record.packs().get() };
            Version { content, state, packs, moves: record.anew() }
        };
        match self.books.last_correction(self.position, Some(on)) {
            None => whole(self.record, &self.record.content, OrderState::Booked),
            Some(correction) => match &correction.content {
                Content::Edit(edit) => whole(correction, &edit.content, OrderState::Edited),
                Content::Delete(deletion) => {
                    // The packs that were taken back say who gave whom.
                    let taken_back = correction.moves().back();
                    let moves =
                        taken_back.map_or_else(|| correction.anew(), |(way, tokens)| Moves::new(way, tokens));
                    Version { moves, ..whole(correction, &deletion.content, OrderState::Deleted) }
                }
                content => whole(correction, content, OrderState::Booked),
            },
        }
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

    pub(in crate::tokens) fn moves(&self) -> impl Iterator<Item = Move> + use<> {
        self.record.moves().iter()
    }

    /// What it did to each account, the customer before the partner; of an edit that names others, those before it
    /// after those that it names.
    pub fn effects(&self) -> impl Iterator<Item = Effect> + use<> {
        self.record.effects().into_iter().flatten()
    }
}
