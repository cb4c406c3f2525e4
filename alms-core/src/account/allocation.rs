use crate::calendar::Months;
use crate::text::{OfferName, Serial};

/// Services that were bought for an account before a system came into it (RES-6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The offer.
    pub offer: OfferName,
    /// For how many months each of them is.
    pub months: Months,
    /// For how many systems.
    pub quantity: u32,
    /// The one system that it was bought for; `None` for any.
    pub serial: Option<Serial>,
}
