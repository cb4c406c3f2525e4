use crate::account::{AccountFacts, FactsError, Kind, needed};
use crate::names::named_enum;
use crate::quantity::CountOutOfRange;
use crate::text::{AccountName, Email, Uid};
use crate::tokens::Tokens;

/// An account that holds tokens, with what the rules of orders ask about it (ACC-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The formal identifier, unique in a ledger.
    pub uid: Uid,
    /// The company's name, by which an order may name the customer (ORD-1).
    pub name: AccountName,
    /// What the account is for; only customers consume tokens (ACC-8, TOK-3).
    pub kind: Kind,
    /// E-mail addresses of the administrators, of which an order names one (ORD-1).
    pub administrators: Vec<Email>,
    /// UIDs of the accounts that may order for this one (ORD-9).
    pub partners: Vec<Uid>,
    /// The stock before the first booking.
    pub opening: Tokens,
    /// Whether it had service before the first booking: told only at a stock of 0, as it follows from any other (TOK-6).
    pub status: Option<Status>,
}

impl Holder {
    /// How it stands before the first booking: active at a stock of 0 of which nobody says otherwise.
    pub fn standing(&self) -> Standing {
        let opening = Standing::opening(self.opening);
        let told = self.status.and_then(|status| Standing::try_new(self.opening, status).ok());
        told.unwrap_or(opening)
    }
}

impl TryFrom<&AccountFacts> for Holder {
    type Error = FactsError;

    fn try_from(facts: &AccountFacts) -> Result<Self, FactsError> {
        facts.check()?;
        Ok(Self {
            uid: needed(facts.uid.clone(), "uid")?,
            name: needed(facts.name.clone(), "name")?,
            kind: needed(facts.kind, "kind")?,
            administrators: facts.administrators(),
            partners: facts.partnerships()?.into_iter().map(|partnership| partnership.partner).collect(),
            opening: facts.stock()?.unwrap_or_default(),
            status: facts.status,
        })
    }
}

named_enum! {
    /// Whether an account's systems have service (TOK-6).
    pub enum Status {
        /// In service.
        Active = "active",
        /// Without service, because the stock fell below zero and has not been above it since.
        Suspended = "suspended",
    }
}

/// How an account stands: its stock, and whether it has service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing {
    /// The stock.
    pub balance: Tokens,
    /// Active or suspended.
    pub status: Status,
}

/// A status that no account with this stock has (TOK-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{status}` contradicts a stock of {balance} tokens; give `suspended` below zero, `active` above, and either at zero"
)]
pub struct ContradictoryStatus {
    /// The status.
    pub status: Status,
    /// The stock.
    pub balance: Tokens,
}

impl Standing {
    /// How an account stands that has this stock and status.
    ///
    /// # Errors
    /// [`ContradictoryStatus`]: an active account below zero, or a suspended one above.
    pub const fn try_new(balance: Tokens, status: Status) -> Result<Self, ContradictoryStatus> {
        let contradicts = match status {
            Status::Active => balance.get() < 0,
            Status::Suspended => balance.get() > 0,
        };
        if contradicts { Err(ContradictoryStatus { status, balance }) } else { Ok(Self { balance, status }) }
    }

    /// Before the first booking: suspended if the stock is below zero.
    pub const fn opening(balance: Tokens) -> Self {
        let status = if balance.get() < 0 { Status::Suspended } else { Status::Active };
        Self { balance, status }
    }

    /// After a change of the stock: below zero suspends, more than zero reactivates, zero leaves it (TOK-6).
    ///
    /// # Errors
    /// [`CountOutOfRange`] when the stock would leave ±10^15.
    ///
    /// ```
    /// use alms_core::tokens::{Standing, Status, Tokens};
    /// let suspended = Standing::opening(Tokens::try_new(-12)?);
    /// let at_zero = suspended.after(12)?;
    /// assert_eq!((at_zero.balance, at_zero.status), (Tokens::ZERO, Status::Suspended));
    /// assert_eq!(at_zero.after(1)?.status, Status::Active);
    /// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
    /// ```
    pub const fn after(self, change: i64) -> Result<Self, CountOutOfRange> {
        match Tokens::try_new(self.balance.get().saturating_add(change)) {
            Ok(balance) => Ok(self.at(balance)),
            Err(error) => Err(error),
        }
    }

    /// After a change that is a part of others: in another order of the same bookings a stock may pass the limits
    /// for a while, and is shown at the limit then.
    pub(in crate::tokens) const fn after_part(self, change: i64) -> Self {
        self.at(Tokens::clamped(self.balance.get().saturating_add(change)))
    }

    const fn at(self, balance: Tokens) -> Self {
        let status = match balance.get() {
            ..0 => Status::Suspended,
            0 => self.status,
            1.. => Status::Active,
        };
        Self { balance, status }
    }
}
