//! The token stock of legacy accounts: tokens, Service Packs, and all that happens to them.
//!
//! | question | answer |
//! |---|---|
//! | what does an order, a month end, a correction do to whom? | [`Ledger`] |
//! | how many systems count for a month? | [`UsageMeter`] |
//! | when does the stock run out? | [`forecast()`] of an [`Outlook`] |
//! | how long do packs last, how many to buy? | [`coverage()`], [`advice()`] |
//! | what do they cost? | [`OrderPrice`] |
//! | what does an account's page show? | [`statement()`], [`report()`], [`stock_updates()`] |
//! | what happens if …? | [`simulate()`] |

#[cfg(feature = "tokens")]
mod advice;
#[cfg(feature = "tokens")]
mod coverage;
#[cfg(feature = "tokens")]
mod finding;
#[cfg(feature = "ledger")]
mod flows;
#[cfg(feature = "tokens")]
mod forecast;
#[cfg(feature = "ledger")]
mod ledger;
#[cfg(feature = "ledger")]
mod meter;
#[cfg(feature = "tokens")]
mod outlook;
#[cfg(feature = "ledger")]
mod outlooks;
mod pack;
#[cfg(feature = "tokens")]
mod price;
#[cfg(feature = "ledger")]
mod report;
#[cfg(feature = "ledger")]
mod simulate;
#[cfg(feature = "ledger")]
mod statement;
#[cfg(feature = "ledger")]
mod updates;

#[cfg(feature = "ledger")]
pub use crate::account::UnknownAccount;
pub use crate::account::{ContradictoryStatus, Standing, Status};
pub use crate::quantity::{Peak, PositiveTokens, Tokens};
#[cfg(feature = "tokens")]
pub use advice::{Advice, AdviceError, Horizon, advice};
#[cfg(feature = "tokens")]
pub use coverage::{Coverage, coverage};
#[cfg(feature = "tokens")]
pub use finding::{Finding, FindingCode};
#[cfg(feature = "ledger")]
pub use flows::Flows;
#[cfg(feature = "tokens")]
pub use forecast::{Forecast, ForecastError, MonthEnd, Peaks, forecast};
#[cfg(feature = "ledger")]
pub use ledger::{
    AccountId, Amendment, Booking, BookingType, Effect, Entry, Holder, Identification,
    IncompleteIdentification, JournalLine, Ledger, LedgerError, OptionalField, OrderState, Party, Position,
    Posting, Receipt, Recorded, Refusal,
};
#[cfg(feature = "ledger")]
pub use meter::{MonthPeak, UsageMeter};
#[cfg(feature = "tokens")]
pub use outlook::Outlook;
#[cfg(feature = "reseller")]
pub(crate) use outlooks::Outlooks;
pub use pack::{Packs, ServicePack};
#[cfg(feature = "tokens")]
pub use price::OrderPrice;
#[cfg(feature = "ledger")]
pub use report::{AccountReport, Report, report};
#[cfg(feature = "ledger")]
pub use simulate::{
    SimulatedAccount, SimulatedMonth, Simulation, SimulationError, SimulationPlan, SuspendedUse,
    UsageAssumption, simulate,
};
#[cfg(feature = "ledger")]
pub use statement::{MonthFlows, Statement, ThisMonth, statement};
#[cfg(feature = "ledger")]
pub use updates::{StockUpdate, UpdateFilter, UpdateKind, stock_updates};
