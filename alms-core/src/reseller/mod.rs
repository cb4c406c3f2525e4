//! The reseller's view of its customers.
//!
//! [`customers()`] is the Customers page of avc accounts (RES-2): whose services end when, and behind every number
//! [the systems](customer_systems). [`renewal_notifications`] says who is told about which systems in a month (RES-3).
//! [`subaccounts()`] is the Subaccounts grid of legacy accounts (RES-7): who needs tokens by when.

mod customer;
mod customers;
mod grid;
mod notifications;
mod renewals;
mod subaccounts;
mod windows;

pub use customer::{Customer, CustomerData, CustomerSystem, DuplicateSystem};
pub use customers::{
    CustomerColumn, CustomerFilter, CustomerRow, CustomersPage, CustomersQuery, customer_systems, customers,
};
pub use grid::{Range, SortKey};
pub use notifications::{
    NotificationFinding, NotificationFindingCode, NotifiedCustomer, NotifiedReseller, RenewalNotification,
    RenewalNotifications, renewal_notifications,
};
pub use renewals::{Renewals, SystemColumn};
pub use subaccounts::{
    Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, Subaccounts, subaccounts,
};
pub use windows::{WINDOWS, Windows, WindowsError};
