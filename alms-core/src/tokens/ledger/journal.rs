use super::booking::BookingType;
use super::ledger::Ledger;
use super::moves::{Move, Side};
use super::receipt::{AccountId, Party, Posting, Receipt};
use crate::calendar::Date;
use crate::text::BookingKey;
use crate::tokens::Tokens;

/// A line of the journal: one movement of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalLine<'a> {
    /// The booking.
    pub key: &'a BookingKey,
    /// The day it was entered.
    pub on: Date,
    /// The day from which it counts.
    pub effective: Date,
    /// What it is.
    pub booking_type: BookingType,
    /// Who gave whom how many tokens.
    pub posting: Posting<'a>,
}

impl Ledger {
    /// Every movement of tokens, in the order of the bookings.
    ///
    /// An account's opening and the sum of its movements are its balance; over all accounts, what came from the
    /// vendor less what was consumed is what is there (ORD-7).
    pub fn journal(&self) -> impl Iterator<Item = JournalLine<'_>> {
        self.bookings().flat_map(move |booking| {
            booking.moves().map(move |one| JournalLine {
                key: booking.key,
                on: booking.on,
                effective: booking.effective(),
                booking_type: booking.booking_type(),
                posting: self.posting(one),
            })
        })
    }

    /// The double entry behind a receipt of this ledger.
    pub fn postings(&self, receipt: &Receipt) -> impl Iterator<Item = Posting<'_>> {
        receipt.moves.iter().map(|one| self.posting(one))
    }

    fn posting(&self, one: Move) -> Posting<'_> {
        let (from, to) = (self.party(one.from), self.party(one.to));
        Posting { from, to, tokens: Tokens::clamped(one.tokens) }
    }

    pub(in crate::tokens) fn party(&self, side: Side) -> Party<'_> {
        match side {
            Side::Vendor => Party::Vendor,
            Side::Consumption => Party::Consumption,
            // Movements name accounts of this ledger; the vendor is the unreachable other arm, not a panic.
            Side::Account(index) => {
                self.at(AccountId(index)).map_or(Party::Vendor, |account| Party::Account(&account.holder.uid))
            }
        }
    }
}
