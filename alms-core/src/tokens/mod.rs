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

mod advice;
mod amount;
mod coverage;
mod flows;
mod forecast;
mod ledger;
mod meter;
mod outlook;
mod pack;
mod price;
mod report;
mod simulate;
mod statement;
mod updates;

pub use advice::{Advice, AdviceError, Horizon, advice};
pub use amount::{Peak, PositiveTokens, Tokens};
pub use coverage::{Coverage, coverage};
pub use flows::Flows;
pub use forecast::{Forecast, ForecastError, MonthEnd, Peaks, forecast};
pub use ledger::{
    AccountId, Amendment, Booking, BookingType, ContradictoryStatus, Effect, Entry, Holder, Identification,
    IncompleteIdentification, JournalLine, Ledger, LedgerError, OptionalField, OrderState, Party, Position,
    Posting, Receipt, Recorded, Refusal, Standing, Status, UnknownAccount,
};
pub use meter::{MonthPeak, UsageMeter};
pub use outlook::Outlook;
pub(crate) use outlook::Outlooks;
pub use pack::{Packs, ServicePack};
pub use price::OrderPrice;
pub use report::{AccountReport, Report, report};
pub use simulate::{
    SimulatedAccount, SimulatedMonth, Simulation, SimulationError, SimulationPlan, SuspendedUse,
    UsageAssumption, simulate,
};
pub use statement::{Finding, FindingCode, MonthFlows, Statement, ThisMonth, statement};
pub use updates::{StockUpdate, UpdateFilter, UpdateKind, stock_updates};
