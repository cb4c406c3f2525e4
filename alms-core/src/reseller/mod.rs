//! The reseller's view of its customers.
//!
//! Today the Subaccounts grid of legacy accounts (RES-7): who stands where, and who needs tokens by when.

mod subaccounts;

pub use subaccounts::{
    Range, SortKey, Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, Subaccounts, subaccounts,
};
