use super::BillingModel;
use crate::ErrorCode;
use crate::account::{Account, AccountFacts, FactsError, Format, Instance, Kind, needed};

/// An account, as far as offers, billing and registration ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscriber {
    /// Legacy or avc.
    pub format: Format,
    /// What the account is for.
    pub kind: Kind,
    /// The server that holds it.
    pub instance: Instance,
    /// How its subscriptions are billed, all of them (PAY-4).
    pub billing: BillingModel,
    /// How many systems it has; `None` where that is not known.
    pub systems: Option<u32>,
}

impl TryFrom<&AccountFacts> for Subscriber {
    type Error = FactsError;

    /// Pre-paid where nobody says how it is billed.
    fn try_from(facts: &AccountFacts) -> Result<Self, FactsError> {
        facts.check()?;
        Ok(Self {
            format: needed(facts.format, "format")?,
            kind: needed(facts.kind, "kind")?,
            instance: needed(facts.instance, "instance")?,
            billing: facts.billing.unwrap_or(BillingModel::PrePaid),
            systems: facts.count()?,
        })
    }
}

/// More systems than the kind of account may have (ACC-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account would have `{systems}` systems, and a `{kind}` account has at most {max}; {}", way_out(*.kind))]
pub struct OverLimit {
    /// What the account is for.
    pub kind: Kind,
    /// How many systems it would have.
    pub systems: u32,
    /// How many it may have.
    pub max: u32,
}

impl OverLimit {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::TooManySystems
    }
}

/// Where there is room.
const fn way_out(kind: Kind) -> &'static str {
    match kind {
        Kind::FreeTier => "convert it to a customer account, or register in one",
        _ => "transfer systems to a customer account, or register in one",
    }
}

impl Subscriber {
    /// The account with its billing model, which an account does not know itself.
    pub fn of(account: &Account, billing: BillingModel) -> Self {
        let data = account.data();
        let systems = u32::try_from(data.systems.len()).ok();
        Self { format: data.format, kind: data.kind, instance: data.instance, billing, systems }
    }

    /// The account with so many more systems, where their number is known.
    pub(crate) fn with_more(&self, more: u32) -> Self {
        Self { systems: self.systems.map(|systems| systems.saturating_add(more)), ..*self }
    }

    /// Whether so many `more` systems are within the limit of its kind; a number that is not known is no obstacle.
    ///
    /// # Errors
    /// [`OverLimit`] (ACC-8).
    ///
    /// ```
    /// use alms_core::account::{Format, Instance, Kind};
    /// use alms_core::offers::{BillingModel, Subscriber};
    /// let reseller = Subscriber {
    ///     format: Format::Avc,
    ///     kind: Kind::Reseller,
    ///     instance: Instance::Na,
    ///     billing: BillingModel::PrePaid,
    ///     systems: Some(19),
    /// };
    /// assert!(reseller.room_for(1).is_ok());
    /// assert_eq!(reseller.room_for(2).unwrap_err().systems, 21);
    /// ```
    pub fn room_for(&self, more: u32) -> Result<(), OverLimit> {
        let Some((max, systems)) = self.kind.systems_max().zip(self.systems) else { return Ok(()) };
        match systems.saturating_add(more) {
            systems if systems > max => Err(OverLimit { kind: self.kind, systems, max }),
            _ => Ok(()),
        }
    }
}
