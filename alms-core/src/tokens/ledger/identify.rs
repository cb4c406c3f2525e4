use super::booking::Identification;
use super::books::Books;
use super::error::Refusal;
use super::holder::Holder;
use super::view::Position;
use crate::text::{AccountName, Uid};

impl Books {
    /// The one account that an order's identification matches in every part (ORD-1).
    pub(super) fn identify(&self, identification: &Identification) -> Result<u32, Refusal> {
        let found: Vec<Position<'_>> = match (identification.uid(), identification.name()) {
            (Some(uid), _) => self.account(uid).into_iter().collect(),
            (None, Some(name)) => self.named(name).collect(),
            (None, None) => Vec::new(),
        };
        let found: Vec<_> =
            found.into_iter().filter(|account| matches(account.holder, identification)).collect();
        match (found.as_slice(), identification.name()) {
            ([account], _) => Ok(account.index),
            ([_, _, ..], Some(name)) => Err(Refusal::AmbiguousCustomer {
                customer: name.clone(),
                administrator: identification.administrator().clone(),
                count: found.len(),
            }),
            _ => Err(Refusal::UnknownCustomer {
                customer: described(identification),
                administrator: identification.administrator().clone(),
            }),
        }
    }
}

fn matches(holder: &Holder, identification: &Identification) -> bool {
    identification.name().is_none_or(|name| *name == holder.name)
        && identification.uid().is_none_or(|uid| *uid == holder.uid)
        && holder.administrators.contains(identification.administrator())
}

/// Name and UID, as far as they were given.
fn described(identification: &Identification) -> String {
    let parts = [identification.name().map(AccountName::as_str), identification.uid().map(Uid::as_str)];
    parts.iter().flatten().copied().collect::<Vec<_>>().join("`, `")
}
