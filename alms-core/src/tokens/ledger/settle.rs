//! What a booking does, before it is done: the one computation behind preview and booking.

use super::amendment::Amendment;
use super::booking::{BookingType, Entry};
use super::books::Books;
use super::error::Refusal;
use super::moves::{Change, Moves, Route, TOUCHED_MAX};
use super::receipt::{AccountId, Effect, Receipt};
use super::record::{Content, Record};
use crate::account::{Kind, Model};
use crate::calendar::{Date, Month};
use crate::money::Discount;
use crate::rule::{RuleId, RuleSet};
use crate::text::{BookingKey, Serial, Uid};
use crate::tokens::{OrderPrice, Packs, Peak, ServicePack, Tokens};

/// What the ledger has to remember of a booking beside its movements.
#[derive(Debug)]
pub(super) enum Mark {
    Nothing,
    Month(u32, Month, Peak),
    Serial,
    /// An edit or deletion of the order or transfer at this position, and what that says from then on, or said last.
    Order {
        position: usize,
        content: Box<Content>,
    },
}

/// All that a booking does: the movements, and what they do to each account.
#[derive(Debug)]
pub(super) struct Settlement {
    pub(super) moves: Moves,
    pub(super) effects: [Option<Effect>; TOUCHED_MAX],
    pub(super) mark: Mark,
}

impl Settlement {
    /// What the booking of `entry` is answered with.
    #[inline]
    pub(super) fn receipt(&self, entry: &Entry) -> Receipt {
        let moved = self.effects.iter().flatten().any(|effect| effect.change != Tokens::ZERO);
        let rules = rules(entry, self.moves).with_if(RuleId::Tok6, moved);
        Receipt { effects: self.effects, moves: self.moves, rules }
    }
}

/// What an entry asks for, before anybody's balance is looked at.
#[derive(Debug)]
struct Proposal {
    moves: Moves,
    mark: Mark,
}

impl Proposal {
    const fn new(route: Route, tokens: i64) -> Self {
        Self { moves: Moves::new(route, tokens), mark: Mark::Nothing }
    }
}

/// Whose partner a booking goes through, and for whom.
struct Parties {
    partner: u32,
    customer: u32,
}

impl Books {
    /// What `entry` does on the day `on`, or why it is refused.
    ///
    /// This and its parts are inlined: values that are handed on right after they were made cost a booking more than
    /// what is computed.
    #[inline]
    pub(super) fn settle(&self, on: Date, entry: &Entry) -> Result<Settlement, Refusal> {
        let Proposal { moves, mark } = self.propose(on, entry)?;
        let mut effects = [None; TOUCHED_MAX];
        for (effect, change) in effects.iter_mut().zip(moves.changes()) {
            if let Some(change) = change {
                *effect = self.effect(change, moves.is_stock(change.account.0))?;
            }
        }
        Ok(Settlement { moves, effects, mark })
    }

    /// The net effect on one account; a wholesale stock never falls below zero by it (ORD-3).
    #[inline]
    fn effect(&self, change: Change, is_stock: bool) -> Result<Option<Effect>, Refusal> {
        let Some((holder, before)) = self.account_at(change.account) else { return Ok(None) };
        let out_of_range = |source| Refusal::OutOfRange { account: holder.uid.clone(), source };
        let effect = Effect::new(change, before).map_err(out_of_range)?;
        // A reseller's stock is a wholesale stock also where somebody else is its partner.
        let wholesale = is_stock || holder.kind == Kind::Reseller;
        let after = effect.after().balance;
        if wholesale && effect.change < Tokens::ZERO && after < Tokens::ZERO {
            let (account, balance) = (holder.uid.clone(), before.balance);
            return Err(Refusal::InsufficientTokens { account, balance, after });
        }
        Ok(Some(effect))
    }

    #[inline]
    fn propose(&self, on: Date, entry: &Entry) -> Result<Proposal, Refusal> {
        match entry {
            Entry::Order { packs, partner, customer: None, discount, .. } => {
                check_discount(*packs, *discount)?;
                let partner = self.index_of(partner, "partner")?;
                Ok(Proposal::new(Route::Wholesale(partner), packs.tokens().get()))
            }
            Entry::Order { packs, partner, customer: Some(customer), discount, .. } => {
                check_discount(*packs, *discount)?;
                let (partner, customer) = (self.index_of(partner, "partner")?, self.identify(customer)?);
                self.check_partner(partner, customer)?;
                Ok(Proposal::new(Route::Mirrored { partner, customer }, packs.tokens().get()))
            }
            Entry::Transfer { partner, customer, packs, .. } => {
                let Parties { partner, customer } = self.parties(partner, customer)?;
                Ok(Proposal::new(Route::ToCustomer { partner, customer }, packs.tokens().get()))
            }
            Entry::CreditNote { partner, customer, tokens } => {
                let Parties { partner, customer } = self.parties(partner, customer)?;
                Ok(Proposal::new(Route::ToCustomer { partner, customer }, tokens.get()))
            }
            Entry::DebitNote { partner, customer, tokens } => {
                let Parties { partner, customer } = self.parties(partner, customer)?;
                Ok(Proposal::new(Route::ToPartner { partner, customer }, tokens.get()))
            }
            Entry::Grant { account, tokens } => {
                let account = self.index_of(account, "account")?;
                Ok(Proposal::new(Route::Given(account), tokens.get()))
            }
            Entry::Withdrawal { account, tokens, .. } => {
                let account = self.index_of(account, "account")?;
                Ok(Proposal::new(Route::Returned(account), tokens.get()))
            }
            Entry::Registration { account, serial, model } => self.registration(account, serial, model),
            Entry::Consumption { account, month, peak } => self.month_end(on, account, *month, *peak),
            Entry::Edit { target, amendment } => self.edit(on, target, amendment),
            Entry::Delete { target } => self.delete(on, target),
        }
    }

    fn parties(&self, partner: &Uid, customer: &Uid) -> Result<Parties, Refusal> {
        let partner = self.index_of(partner, "partner")?;
        let customer = self.index_of(customer, "customer")?;
        self.check_partner(partner, customer)?;
        Ok(Parties { partner, customer })
    }

    /// ORD-9: only a partner of the customer.
    fn check_partner(&self, partner: u32, customer: u32) -> Result<(), Refusal> {
        if self.is_partner(partner, customer) {
            return Ok(());
        }
        match (self.holder(AccountId(partner)), self.holder(AccountId(customer))) {
            (Some(partner), Some(customer)) => {
                Err(Refusal::NotAPartner { partner: partner.uid.clone(), customer: customer.uid.clone() })
            }
            _ => Ok(()),
        }
    }

    /// TOK-7: one Service Pack, once per system.
    fn registration(&self, account: &Uid, serial: &Serial, model: &Model) -> Result<Proposal, Refusal> {
        let account = self.index_of(account, "account")?;
        if !model.brings_service_pack() {
            return Err(Refusal::SeriesNotEligible { model: model.clone() });
        }
        if self.is_registered(serial) {
            return Err(Refusal::AlreadyRegistered { serial: serial.clone() });
        }
        Ok(Proposal { mark: Mark::Serial, ..Proposal::new(Route::Given(account), ServicePack::TOKENS) })
    }

    /// TOK-2 and TOK-3: the month's peak, once, when the month is over.
    fn month_end(&self, on: Date, uid: &Uid, month: Month, peak: Peak) -> Result<Proposal, Refusal> {
        let account = self.index_of(uid, "account")?;
        if on < month.last_day() {
            return Err(Refusal::MonthNotOver { month, on });
        }
        if self.peak_at(account, month).is_some() {
            return Err(Refusal::MonthAlreadyBooked { account: uid.clone(), month });
        }
        let consumes = self.holder(AccountId(account)).is_some_and(|holder| holder.kind.consumes_tokens());
        let route = if consumes { Route::Used(account) } else { Route::Recorded(account) };
        Ok(Proposal { mark: Mark::Month(account, month, peak), ..Proposal::new(route, peak.get()) })
    }

    /// ORD-4: an order or transfer with other terms, which pass the checks of one that is entered.
    fn edit(&self, on: Date, target: &BookingKey, amendment: &Amendment) -> Result<Proposal, Refusal> {
        amendment.check()?;
        let sale = self.sale(target)?;
        let entry = amendment.applied(sale.record.sale(sale.content, self), target)?;
        let Proposal { moves, .. } = self.propose(on, &entry)?;
        sale.check_day(on, target)?;
        Ok(Proposal {
            moves: Moves::amended(sale.moves(), moves.route(), moves.anew()),
            mark: Mark::Order { position: sale.position, content: Box::new(Content::new(entry)) },
        })
    }

    /// ORD-4: an order or transfer taken back.
    fn delete(&self, on: Date, target: &BookingKey) -> Result<Proposal, Refusal> {
        let sale = self.sale(target)?;
        sale.check_day(on, target)?;
        let (route, _) = sale.moves();
        Ok(Proposal {
            moves: Moves::amended(sale.moves(), route, 0),
            mark: Mark::Order { position: sale.position, content: Box::new(sale.content.clone()) },
        })
    }

    /// The order or transfer with this key, as it is now.
    fn sale(&self, target: &BookingKey) -> Result<Sale<'_>, Refusal> {
        let unknown = || Refusal::UnknownBooking { target: target.clone() };
        let (position, booked) = self.find(target).ok_or_else(unknown)?;
        match booked.content.booking_type() {
            BookingType::Order | BookingType::Transfer => {}
            kind => return Err(Refusal::NotEditable { target: target.clone(), kind }),
        }
        let last = self.last_correction(position, None);
        let content = match last.map(|record| &record.content) {
            None => &booked.content,
            Some(Content::Edit(edit)) => &edit.content,
            Some(_) => return Err(Refusal::AlreadyDeleted { target: target.clone() }),
        };
        Ok(Sale { position, entered: booked.on, record: last.unwrap_or(booked), content })
    }
}

/// An order or transfer that is to be edited or deleted.
struct Sale<'a> {
    position: usize,
    /// The day on which it was entered.
    entered: Date,
    /// Itself, or its last edit.
    record: &'a Record,
    /// What it says now.
    content: &'a Content,
}

impl Sale<'_> {
    /// Which way its tokens go, and how many.
    fn moves(&self) -> (Route, i64) {
        let moves = self.record.anew();
        (moves.route(), moves.anew())
    }

    /// ORD-4: not before its own day or its last edit, and in the month in which it was entered.
    fn check_day(&self, on: Date, target: &BookingKey) -> Result<(), Refusal> {
        let last = self.record.on;
        if on < last {
            return Err(Refusal::BeforeOrder { target: target.clone(), on, last });
        }
        let entered = Month::of(self.entered);
        if !entered.contains(on) {
            return Err(Refusal::MonthClosed { target: target.clone(), entered, on });
        }
        Ok(())
    }
}

/// ORD-8: the discount of an order is one, and not more than the list price.
fn check_discount(packs: Packs, discount: Option<Discount>) -> Result<(), Refusal> {
    if discount.is_some() {
        OrderPrice::new(packs, ServicePack::unit_price(), discount)?;
    }
    Ok(())
}

/// The rules that have a part in an entry and the movements that it leads to.
const fn rules(entry: &Entry, moves: Moves) -> RuleSet {
    const fn and_ord7(rules: &[RuleId]) -> RuleSet {
        RuleSet::of(rules).with(RuleId::Ord7)
    }
    match entry {
        Entry::Order { customer: Some(_), .. } => {
            const { and_ord7(&[RuleId::Tok1, RuleId::Ord1, RuleId::Ord9]) }
        }
        Entry::Order { customer: None, .. } => const { and_ord7(&[RuleId::Tok1, RuleId::Ord2]) },
        Entry::Transfer { .. } => const { and_ord7(&[RuleId::Tok1, RuleId::Ord3, RuleId::Ord9]) },
        Entry::CreditNote { .. } | Entry::DebitNote { .. } => {
            const { and_ord7(&[RuleId::Ord5, RuleId::Ord9]) }
        }
        Entry::Grant { .. } | Entry::Withdrawal { .. } => const { and_ord7(&[RuleId::Ord5]) },
        Entry::Registration { .. } => const { and_ord7(&[RuleId::Tok1, RuleId::Tok7]) },
        Entry::Consumption { .. } => match moves.route() {
            Route::Recorded(_) => const { and_ord7(&[RuleId::Tok2, RuleId::Tok3, RuleId::Acc8]) },
            _ => const { and_ord7(&[RuleId::Tok2]) },
        },
        Entry::Edit { .. } | Entry::Delete { .. } => const { and_ord7(&[RuleId::Tok1, RuleId::Ord4]) },
    }
}
