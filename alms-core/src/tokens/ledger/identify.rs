use super::booking::Identification;
use super::books::Books;
use super::error::Refusal;
use crate::text::{AccountName, Uid};

impl Books {
    /// The one account that an order's identification matches in every part (ORD-1).
    pub(super) fn identify(&self, identification: &Identification) -> Result<u32, Refusal> {
        let administrator = identification.administrator();
        let unknown = || Refusal::UnknownCustomer {
            customer: described(identification),
            administrator: administrator.clone(),
        };
        if let Some(uid) = identification.uid() {
            let account = self.account(uid).map_err(|_| unknown())?;
            let name = identification.name().unwrap_or(&account.holder.name);
            let found = self.named(name, administrator).binary_search(&account.index);
            return if found.is_ok() { Ok(account.index) } else { Err(unknown()) };
        }
        let name = identification.name().ok_or_else(unknown)?;
        match self.named(name, administrator) {
            [] => Err(unknown()),
            [account] => Ok(*account),
            accounts => Err(Refusal::AmbiguousCustomer {
                customer: name.clone(),
                administrator: administrator.clone(),
                count: accounts.len(),
            }),
        }
    }
}

/// Name and UID, as far as they were given.
fn described(identification: &Identification) -> String {
    let parts = [identification.name().map(AccountName::as_str), identification.uid().map(Uid::as_str)];
    parts.iter().flatten().copied().collect::<Vec<_>>().join("`, `")
}
