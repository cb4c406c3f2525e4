use crate::account::System;
use crate::text::{Serial, Uid};

/// A system, and the account that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedSystem {
    /// The system.
    pub serial: Serial,
    /// The account.
    pub account: Uid,
}

impl MergedSystem {
    pub(super) fn of(account: &Uid, system: &System) -> Self {
        Self { serial: system.serial.clone(), account: account.clone() }
    }
}
