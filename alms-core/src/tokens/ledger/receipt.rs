use super::moves::{Change, Moves, TOUCHED_MAX};
use crate::quantity::CountOutOfRange;
use crate::rule::RuleSet;
use crate::text::Uid;
use crate::tokens::Tokens;
use crate::tokens::{Standing, Status};

/// An account in a ledger, by its place there; [`Ledger::holder`](super::Ledger::holder) tells who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub(super) u32);

impl AccountId {
    /// Its place among the [accounts](super::Ledger::accounts).
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// What a booking does: the same value from [`preview`](super::Ledger::preview), from
/// [`book`](super::Ledger::book), and again for every retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub(super) effects: [Option<Effect>; TOUCHED_MAX],
    pub(super) moves: Moves,
    pub(super) rules: RuleSet,
}

/// What a booking does to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// The account.
    pub account: AccountId,
    /// The net change of its stock.
    pub change: Tokens,
    balance_before: Tokens,
    status_before: Status,
    status_after: Status,
}

impl Effect {
    /// The change of an account that stood like this.
    ///
    /// # Errors
    /// [`CountOutOfRange`] when its stock would leave ±10^15.
    pub(super) fn new(change: Change, before: Standing) -> Result<Self, CountOutOfRange> {
        Ok(Self::between(change, before, before.after(change.tokens)?))
    }

    /// The change that was booked when an account stood like this.
    pub(super) fn booked(change: Change, before: Standing) -> Self {
        Self::between(change, before, before.after_part(change.tokens))
    }

    const fn between(change: Change, before: Standing, after: Standing) -> Self {
        Self {
            account: change.account,
            change: Tokens::clamped(change.tokens),
            balance_before: before.balance,
            status_before: before.status,
            status_after: after.status,
        }
    }

    /// How the account stood before.
    pub const fn before(&self) -> Standing {
        Standing { balance: self.balance_before, status: self.status_before }
    }

    /// How it stands after.
    pub const fn after(&self) -> Standing {
        // A sum that was within the limits when the effect was made.
        let balance = Tokens::clamped(self.balance_before.get().saturating_add(self.change.get()));
        Standing { balance, status: self.status_after }
    }
}

/// One side of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party<'a> {
    /// The vendor, who makes tokens.
    Vendor,
    /// The use of systems, where tokens end.
    Consumption,
    /// An account.
    Account(&'a Uid),
}

impl Party<'_> {
    /// What it is: `vendor`, `consumption` or `account`.
    pub const fn name(self) -> &'static str {
        match self {
            Party::Vendor => "vendor",
            Party::Consumption => "consumption",
            Party::Account(_) => "account",
        }
    }
}

/// Tokens from one party to another: the double entry behind a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting<'a> {
    /// Who gives.
    pub from: Party<'a>,
    /// Who takes.
    pub to: Party<'a>,
    /// How many; never negative.
    pub tokens: Tokens,
}

impl Receipt {
    /// What it does to each account, the customer before the partner; of an edit that names others, those before it after
    /// those that it names.
    pub fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.effects.iter().flatten()
    }

    /// The accounts that it reactivates (TOK-6).
    pub fn reactivated(&self) -> impl Iterator<Item = AccountId> {
        self.turned(Status::Suspended, Status::Active)
    }

    /// The accounts that it suspends (TOK-6).
    pub fn suspended(&self) -> impl Iterator<Item = AccountId> {
        self.turned(Status::Active, Status::Suspended)
    }

    /// The rules that had a part in it.
    pub const fn rules(&self) -> RuleSet {
        self.rules
    }

    fn turned(&self, from: Status, to: Status) -> impl Iterator<Item = AccountId> {
        self.effects()
            .filter(move |effect| effect.status_before == from && effect.status_after == to)
            .map(|effect| effect.account)
    }
}
