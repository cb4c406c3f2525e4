use super::account_view::{Accounts, Holding};
use super::booking::BookingList;
use super::replay::{BalanceDoc, Outcome, ResultList};
use crate::calendar::Month;
use crate::tokens::{
    SimulatedAccount, SimulatedMonth, Simulation, SimulationError, Status, SuspendedUse, UsageAssumption,
};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, Text, YearMonth};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.simulate`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SimulationRequest"))]
pub(in crate::wire) struct SimulationRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked.
    pub(in crate::wire) bookings: BookingList,
    /// The first day.
    pub(in crate::wire) on: Day<'a>,
    /// The last day.
    pub(in crate::wire) until: Day<'a>,
    /// The use that is assumed; an account without an assumption uses in each month as much as in the one before.
    usage: Option<Vec<Object<UsageDoc<'a>>>>,
    /// What is going to be booked.
    pub(in crate::wire) planned: Option<BookingList>,
    /// Whether suspended accounts use tokens; `counts` where absent.
    suspended_use: Option<Choice<'a, SuspendedUse>>,
}

/// A peak that is assumed for an account, from a month on.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "UsageAssumption"))]
struct UsageDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// The first month; from the beginning where absent.
    from: Option<YearMonth<'a>>,
    /// The peak of each month.
    peak: Natural<'a>,
}

impl UsageDoc<'_> {
    fn read(&self) -> Result<UsageAssumption, Error> {
        Ok(UsageAssumption {
            account: self.account.read().at("account")?,
            from: self.from.as_ref().map(YearMonth::read).transpose().at("from")?,
            peak: self.peak.peak().at("peak")?,
        })
    }
}

impl SimulationRequestDoc<'_> {
    pub(in crate::wire) fn usage(&self) -> Result<Vec<UsageAssumption>, Error> {
        let read = |doc: &Object<UsageDoc<'_>>| doc.read();
        each(self.usage.iter().flatten(), read).at("usage")
    }

    pub(in crate::wire) fn suspended_use(&self) -> Result<SuspendedUse, Error> {
        self.suspended_use.as_ref().map_or(Ok(SuspendedUse::Counts), Choice::read).at("suspended_use")
    }
}

/// Output of `tokens.simulate`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Simulation"))]
pub(in crate::wire) struct SimulationDoc<'a> {
    /// The months, the last one up to the last day.
    months: Vec<SimulatedMonthDoc<'a>>,
    /// What became of the planned bookings, in the order of the plan.
    results: ResultList<'a>,
    /// Every account at the end of the last day.
    accounts: Vec<BalanceDoc<'a>>,
}

/// A month of a simulation.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SimulatedMonth"))]
struct SimulatedMonthDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    /// Its last day, or the last day of the simulation.
    end: Day<'a>,
    /// Every account at its end.
    accounts: Vec<SimulatedAccountDoc<'a>>,
    /// Accounts that were suspended in the course of it, each once.
    suspended: Vec<Id<'a>>,
    /// Accounts that were reactivated in the course of it, each once.
    reactivated: Vec<Id<'a>>,
}

/// An account at the end of a simulated month.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SimulatedAccount"))]
struct SimulatedAccountDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// The month's peak; null if nothing is known about its use, or the month is not over.
    peak: Option<Count<'a>>,
    /// The tokens that the simulation booked for the month, as planned or as expected.
    consumed: Count<'a>,
    /// The stock.
    balance: Count<'a>,
    /// Whether it has service.
    status: Choice<'a, Status>,
}

impl<'a> SimulatedAccountDoc<'a> {
    fn of(account: &'a SimulatedAccount) -> Self {
        Self {
            account: Text::of(&account.account),
            peak: account.peak.map(Count::from),
            consumed: account.consumed.into(),
            balance: account.standing.balance.into(),
            status: account.standing.status.into(),
        }
    }
}

impl<'a> SimulatedMonthDoc<'a> {
    fn of(month: &'a SimulatedMonth) -> Self {
        let simulated: Month = month.month;
        Self {
            month: simulated.into(),
            end: month.end.into(),
            accounts: month.accounts.iter().map(SimulatedAccountDoc::of).collect(),
            suspended: month.suspended.iter().map(Text::of).collect(),
            reactivated: month.reactivated.iter().map(Text::of).collect(),
        }
    }
}

impl<'a> SimulationDoc<'a> {
    pub(in crate::wire) fn of(simulation: &'a Simulation, outcomes: &'a [Outcome]) -> Self {
        Self {
            months: simulation.months.iter().map(SimulatedMonthDoc::of).collect(),
            results: ResultList::of(&simulation.ledger, outcomes),
            accounts: simulation
                .months
                .last()
                .map(|last| last.accounts.iter().map(balance).collect())
                .unwrap_or_default(),
        }
    }
}

/// How an account stands at a month's end.
fn balance(account: &SimulatedAccount) -> BalanceDoc<'_> {
    BalanceDoc::new(&account.account, account.standing)
}

/// Why a plan cannot be simulated; `given` says where the planned bookings stood that were tried.
pub(in crate::wire) fn simulation_error(error: &SimulationError, given: &[usize]) -> Error {
    let refused = Error::new(error.code(), error);
    match error {
        SimulationError::EndsBeforeItBegins { .. } | SimulationError::TooLong { .. } => refused.at("until"),
        SimulationError::TooLarge { accounts, months, max } => refused
            .with("accounts", *accounts)
            .with("months", *months)
            .with("count", i64::try_from(*accounts).unwrap_or(i64::MAX).saturating_mul(*months))
            .with("limit", *max)
            .at("until"),
        SimulationError::UnknownAccount { index, source } => {
            Error::from(source.clone()).at("account").at_index(*index).at("usage")
        }
        SimulationError::PlannedOutside { index, .. } => {
            let index = given.get(*index).copied().unwrap_or(*index);
            refused.at("on").at_index(index).at("planned")
        }
        SimulationError::Consumption(refusal) => Error::from(refusal.clone()).at("usage"),
    }
}
