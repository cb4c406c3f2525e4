use crate::account::Allocation;
use crate::text::{OfferName, Serial};
use std::collections::HashMap;

/// An allocation after a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationState {
    /// What was bought.
    pub allocation: Allocation,
    /// For how many systems it still is.
    pub left: u32,
}

impl AllocationState {
    /// What the next transfer has of it; `None` if nothing is left.
    pub fn remaining(&self) -> Option<Allocation> {
        (self.left > 0).then(|| Allocation { quantity: self.left, ..self.allocation.clone() })
    }

    pub(super) fn new(allocation: &Allocation) -> Self {
        Self { allocation: allocation.clone(), left: allocation.quantity }
    }
}

/// Allocations by the systems that they serve.
#[derive(Debug)]
pub(super) struct Allocations {
    states: Vec<AllocationState>,
    /// Of each offer and system, or of no system, the allocations of which some is left, the first one last.
    open: HashMap<OfferName, HashMap<Option<Serial>, Vec<usize>>>,
}

impl Allocations {
    pub(super) fn new(allocations: &[Allocation]) -> Self {
        let states: Vec<AllocationState> = allocations.iter().map(AllocationState::new).collect();
        let mut open: HashMap<OfferName, HashMap<Option<Serial>, Vec<usize>>> = HashMap::new();
        for (index, state) in states.iter().enumerate().rev().filter(|(_, state)| state.left > 0) {
            let Allocation { offer, serial, .. } = &state.allocation;
            open.entry(offer.clone()).or_default().entry(serial.clone()).or_default().push(index);
        }
        Self { states, open }
    }

    pub(super) fn get(&self, index: usize) -> Option<&AllocationState> {
        self.states.get(index)
    }

    /// The first allocation that holds a service of this offer for the system; one that was bought for it before others.
    pub(super) fn serving(&self, offer: &OfferName, serial: &Serial) -> Option<usize> {
        let of_offer = self.open.get(offer)?;
        let first = |serial: Option<Serial>| of_offer.get(&serial)?.last().copied();
        first(Some(serial.clone())).or_else(|| first(None))
    }

    /// Takes a service from the allocation at this place, which was the one to serve.
    pub(super) fn take(&mut self, index: usize) {
        let Some(state) = self.states.get_mut(index) else { return };
        state.left = state.left.saturating_sub(1);
        let Allocation { offer, serial, .. } = &state.allocation;
        if let (0, Some(of_offer)) = (state.left, self.open.get_mut(offer)) {
            of_offer.get_mut(serial).map(Vec::pop);
        }
    }

    pub(super) fn finish(self) -> Vec<AllocationState> {
        self.states
    }
}
