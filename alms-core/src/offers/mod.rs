//! What a subscription is a subscription to.

use crate::names::named_enum;

named_enum! {
    /// Who bills the subscriptions of an avc account, and how; one for all of them (PAY-4).
    pub enum BillingModel {
        /// Purchase orders through the partner, for years in advance; the default.
        PrePaid = "pre_paid",
        /// Invoices from the vendor, for a month or a year in advance.
        Direct = "direct",
    }
}

named_enum! {
    /// An offer that a migration assigns.
    pub enum Offer {
        /// Device management without customer support.
        AirlinkBasic = "AirLink Basic",
        /// Device management, customer support and warranty.
        AirlinkComplete = "AirLink Complete",
    }
}
