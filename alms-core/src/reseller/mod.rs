//! The reseller's view of its customers.
//!
//! [`customers()`] is the Customers page of avc accounts (RES-2): whose services end when, and behind every number
//! [the systems](customer_systems). [`renewal_notifications`] says who is told about which systems in a month (RES-3).
//! [`bulk_register`] registers many systems in many accounts (RES-4), and [`transfer()`] moves systems
//! between a reseller's own and a partnered account (RES-5, RES-6).
//! [`subaccounts()`] is the Subaccounts grid of legacy accounts (RES-7): who needs tokens by when.

mod bulk;
mod customer;
mod customers;
mod grid;
mod notifications;
mod renewals;
mod subaccounts;
mod transfer;
mod windows;

pub use crate::account::{Allocation, BulkColumn};
pub use bulk::{
    AccountRegistrations, BulkAccount, BulkCause, BulkFault, BulkRegistered, BulkRegistration, BulkResult,
    BulkRow, BulkTargets, PackRegistration, bulk_register,
};
#[cfg(feature = "files")]
pub(crate) use bulk::{ChangedAccount, Draft, Registrar, registered};
pub use customer::{Customer, CustomerData, CustomerError, CustomerSystem, DuplicateSystem};
pub use customers::{
    CustomerColumn, CustomerFilter, CustomerRow, CustomersPage, CustomersQuery, customer_systems, customers,
};
pub use grid::{Range, SortKey};
pub use notifications::{
    NotificationError, NotificationFinding, NotificationFindingCode, NotifiedCustomer, NotifiedReseller,
    RenewalNotice, RenewalNotification, RenewalNotifications, renewal_notifications,
};
pub use renewals::{Renewals, SystemColumn};
pub use subaccounts::{
    Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, Subaccounts, subaccounts,
};
pub use transfer::{
    AllocationState, Transfer, TransferAccount, TransferFault, TransferFinding, TransferFindingCode,
    TransferRequest, TransferSystem, Transferred, TransferredSubscription, transfer,
};
pub use windows::{WINDOWS, Windows, WindowsError};
