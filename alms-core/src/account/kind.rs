use crate::names::named_enum;

named_enum! {
    /// How an account is licensed (ACC-1).
    pub enum Format {
        /// By a pool of tokens.
        Legacy = "legacy",
        /// "AVC (Connectivity + Device Management)": by one subscription per system.
        Avc = "avc",
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

named_enum! {
    /// The server that holds an account.
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
