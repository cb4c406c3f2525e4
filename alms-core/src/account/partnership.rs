use crate::text::{Profile, TicketNumber, Uid};

/// A partner of a customer's account, what its users may do there, and whether it is the partner of record (ACC-4,
/// ACC-5, ACC-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partnership {
    /// The partner's account.
    pub partner: Uid,
    /// The profile that the partner's users have on the customer's account.
    pub profile: Profile,
    /// Whether it is the account's partner of record: the one whose sign-up link made the account.
    pub of_record: bool,
}

impl Partnership {
    /// A new partnership, whose profile is read-only until the customer assigns another; not of record.
    ///
    /// ```
    /// use alms_core::account::Partnership;
    /// let partnership = Partnership::new("p1".parse()?);
    /// assert_eq!((partnership.profile.as_str(), partnership.of_record), ("read_only", false));
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub const fn new(partner: Uid) -> Self {
        Self { partner, profile: Profile::READ_ONLY, of_record: false }
    }
}

/// A ticket at Customer Support that asks to link accounts (ACC-5, ACC-7) or to convert one (ACC-10).
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
