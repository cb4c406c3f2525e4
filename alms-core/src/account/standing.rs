use crate::ErrorCode;
use crate::names::named_enum;
use crate::quantity::{CountOutOfRange, Tokens};

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

impl ContradictoryStatus {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
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
    pub(crate) const fn after_part(self, change: i64) -> Self {
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
