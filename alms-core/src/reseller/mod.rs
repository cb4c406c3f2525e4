//! The reseller's view of its customers.
//!
//! Renewal notifications (RES-3): who is told about which systems. The Subaccounts grid of legacy accounts (RES-7): who
//! stands where, and who needs tokens by when.

mod notifications;
mod subaccounts;

pub use notifications::{
    NotificationFinding, NotificationFindingCode, NotifiedCustomer, NotifiedReseller, RenewalNotification,
    RenewalNotifications, renewal_notifications,
};
pub use subaccounts::{
    Range, SortKey, Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, Subaccounts, subaccounts,
};
