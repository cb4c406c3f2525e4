//! What a subscription is a subscription to.

use crate::names::named_enum;

named_enum! {
    /// An offer that a migration assigns.
    pub enum Offer {
        /// Device management without customer support.
        AirlinkBasic = "AirLink Basic",
        /// Device management, customer support and warranty.
        AirlinkComplete = "AirLink Complete",
    }
}
