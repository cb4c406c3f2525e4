use crate::text::{Profile, TicketNumber, Uid};

/// A partner of a customer's account, and what its users may do there (ACC-4, ACC-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partnership {
    /// The partner's account.
    pub partner: Uid,
    /// The profile that the partner's users have on the customer's account.
    pub profile: Profile,
}

impl Partnership {
    /// A new partnership, whose profile is read-only until the customer assigns another.
    ///
    /// ```
    /// use alms_core::account::Partnership;
    /// assert_eq!(Partnership::new("p1".parse()?).profile.as_str(), "read_only");
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub const fn new(partner: Uid) -> Self {
        Self { partner, profile: Profile::READ_ONLY }
    }
}

/// A ticket at Customer Support that asks to link accounts (ACC-5, ACC-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportTicket {
    /// Its number.
    pub number: TicketNumber,
    /// The accounts that it names.
    pub accounts: Vec<Uid>,
}

impl SupportTicket {
    /// Those of the accounts that the ticket would have to name and does not.
    pub fn missing<'a>(&self, accounts: &[&'a Uid]) -> Vec<&'a Uid> {
        accounts.iter().copied().filter(|account| !self.accounts.contains(account)).collect()
    }
}
