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

/// An allocation after a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationState {
    /// What was bought.
    pub allocation: Allocation,
    /// For how many systems it still is.
    pub left: u32,
}

impl AllocationState {
    pub(super) fn new(allocation: &Allocation) -> Self {
        Self { allocation: allocation.clone(), left: allocation.quantity }
    }

    /// Whether it holds a service of this offer for the system, bought for it or for `any`.
    fn serves(&self, offer: &OfferName, serial: &Serial, any: bool) -> bool {
        let bought_for = self.allocation.serial.as_ref();
        let for_it = if any { bought_for.is_none() } else { bought_for == Some(serial) };
        self.left > 0 && for_it && self.allocation.offer == *offer
    }
}

/// The first allocation that holds a service of this offer for the system; one that was bought for it before others.
pub(super) fn serving(states: &[AllocationState], offer: &OfferName, serial: &Serial) -> Option<usize> {
    let first = |any| states.iter().position(|state| state.serves(offer, serial, any));
    first(false).or_else(|| first(true))
}
