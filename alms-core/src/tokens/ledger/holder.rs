use crate::account::{AccountFacts, FactsError, Kind, needed};
use crate::text::{AccountName, Email, Uid};
use crate::tokens::{Standing, Status, Tokens};

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
