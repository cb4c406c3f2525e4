use crate::calendar::Date;
use crate::names::named_enum;

/// From this year on every new account is avc (ACC-2).
const AVC_ONLY_SINCE_YEAR: i32 = 2022;

named_enum! {
    /// How an account is licensed (ACC-1).
    pub enum Format {
        /// By a pool of tokens.
        Legacy = "legacy",
        /// "AVC (Connectivity + Device Management)": by one subscription per system.
        Avc = "avc",
    }
}

impl Format {
    /// The format of the accounts that are created on the day `on` (ACC-2).
    ///
    /// ```
    /// use alms_core::account::Format;
    /// assert_eq!(Format::of_new_accounts("2021-12-31".parse()?), Format::Legacy);
    /// assert_eq!(Format::of_new_accounts("2022-01-01".parse()?), Format::Avc);
    /// # Ok::<(), alms_core::calendar::ParseDateError>(())
    /// ```
    pub fn of_new_accounts(on: Date) -> Self {
        if on.year() < AVC_ONLY_SINCE_YEAR { Format::Legacy } else { Format::Avc }
    }
}

named_enum! {
    /// What an account is for (ACC-1, ACC-8).
    pub enum Kind {
        /// A customer's account.
        Customer = "customer",
        /// A partner's own account.
        Reseller = "reseller",
        /// A trial: up to 15 systems, consumes no tokens.
        FreeTier = "free_tier",
        /// For moving devices to another management server; consumes no tokens.
        Transition = "transition",
    }
}

impl Kind {
    /// Whether the account's use is taken from its tokens; resellers, trials and transitions only record it (ACC-8, TOK-3).
    pub const fn consumes_tokens(self) -> bool {
        matches!(self, Kind::Customer)
    }

    /// The most systems such an account may have, where there is a limit (ACC-8).
    ///
    /// ```
    /// use alms_core::account::Kind;
    /// assert_eq!(Kind::Reseller.systems_max(), Some(20));
    /// assert_eq!(Kind::Customer.systems_max(), None);
    /// ```
    pub const fn systems_max(self) -> Option<u32> {
        match self {
            Kind::Reseller => Some(20),
            Kind::FreeTier => Some(15),
            Kind::Customer | Kind::Transition => None,
        }
    }
}

named_enum! {
    /// The server that holds an account.
    #[non_exhaustive]
    pub enum Instance {
        /// North America.
        Na = "na",
        /// Europe.
        Eu = "eu",
        /// Canada.
        Ca = "ca",
        /// Australia.
        Au = "au",
    }
}

named_enum! {
    /// The life cycle state of a system.
    pub enum SystemState {
        /// In service.
        Active = "active",
        /// Service stopped, for instance for want of tokens.
        Suspended = "suspended",
        /// Registered, not in service.
        Inventory = "inventory",
        /// In maintenance mode (MIG-3).
        Maintenance = "maintenance",
    }
}
