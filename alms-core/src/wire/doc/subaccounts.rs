use super::account_view::{Accounts, Holding};
use super::booking::BookingList;
use super::forecast::peaks;
use super::grid::{DayRangeDoc, SortKeyDoc, sort_keys};
use super::updates::{CountRangeDoc, NaturalRangeDoc};
use crate::account::Kind;
use crate::calendar::Date;
use crate::reseller::{
    Range, SortKey, Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, Subaccounts,
};
use crate::tokens::{Peak, Status, Tokens};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, Small, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `reseller.subaccounts` and `reseller.subaccounts_to_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubaccountsRequest"))]
pub(in crate::wire) struct SubaccountsRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked.
    pub(in crate::wire) bookings: BookingList,
    /// Whose customers.
    pub(in crate::wire) reseller: Id<'a>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// What is known of the customers' systems.
    usage: Option<Vec<Object<SubaccountUsageDoc<'a>>>>,
    /// Which customers are shown; all where absent.
    filter: Option<Object<SubaccountFilterDoc<'a>>>,
    /// By what they are sorted, the most telling column first.
    sort: Option<Vec<Object<SortKeyDoc<'a, SubaccountColumn>>>>,
}

/// What is known of a customer's systems.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubaccountUsage"))]
struct SubaccountUsageDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// How many systems are active now.
    active_systems: Option<Natural<'a>>,
    /// The peak of the month before; where absent, the one that is booked.
    previous_peak: Option<Natural<'a>>,
    /// The peak of the current month so far.
    current_peak: Option<Natural<'a>>,
}

/// Which customers are shown; what is absent does not matter.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubaccountFilter"))]
struct SubaccountFilterDoc<'a> {
    /// The name contains this text, in capitals or not.
    name: Option<Text<'a>>,
    /// Active or suspended.
    status: Option<Choice<'a, Status>>,
    /// The stock.
    balance: Option<Object<CountRangeDoc<'a>>>,
    /// The active systems.
    active_systems: Option<Object<NaturalRangeDoc<'a>>>,
    /// The date to buy by.
    buy_by: Option<Object<DayRangeDoc<'a>>>,
    /// Needs tokens within so many days.
    within_days: Option<Small<'a>>,
}

impl SubaccountUsageDoc<'_> {
    fn read(&self) -> Result<SubaccountUsage, Error> {
        Ok(SubaccountUsage {
            account: self.account.read().at("account")?,
            active_systems: self
                .active_systems
                .as_ref()
                .map(Natural::peak)
                .transpose()
                .at("active_systems")?,
            peaks: peaks(self.previous_peak.as_ref(), self.current_peak.as_ref())?,
        })
    }
}

impl NaturalRangeDoc<'_> {
    fn systems(&self) -> Result<Range<Peak>, Error> {
        Ok(Range {
            min: self.min.as_ref().map(Natural::peak).transpose().at("min")?,
            max: self.max.as_ref().map(Natural::peak).transpose().at("max")?,
        })
    }
}

impl CountRangeDoc<'_> {
    fn tokens(&self) -> Result<Range<Tokens>, Error> {
        Ok(Range {
            min: self.min.as_ref().map(Count::tokens).transpose().at("min")?,
            max: self.max.as_ref().map(Count::tokens).transpose().at("max")?,
        })
    }
}

impl SubaccountFilterDoc<'_> {
    fn read(&self) -> Result<SubaccountFilter, Error> {
        Ok(SubaccountFilter {
            name: self.name.as_ref().map(Text::limited).transpose().at("name")?,
            status: self.status.as_ref().map(Choice::read).transpose().at("status")?,
            balance: self
                .balance
                .as_ref()
                .map_or(Ok(Range::default()), |range| range.tokens())
                .at("balance")?,
            active_systems: self
                .active_systems
                .as_ref()
                .map_or(Ok(Range::default()), |range| range.systems())
                .at("active_systems")?,
            buy_by: DayRangeDoc::read(self.buy_by.as_ref()).at("buy_by")?,
            within_days: self.within_days.as_ref().map(Small::small).transpose().at("within_days")?,
        })
    }
}

impl SubaccountsRequestDoc<'_> {
    pub(in crate::wire) fn usage(&self) -> Result<Vec<SubaccountUsage>, Error> {
        let read = |doc: &Object<SubaccountUsageDoc<'_>>| doc.read();
        each(self.usage.iter().flatten(), read).at("usage")
    }

    pub(in crate::wire) fn filter(&self) -> Result<SubaccountFilter, Error> {
        self.filter.as_ref().map_or(Ok(SubaccountFilter::default()), |filter| filter.read()).at("filter")
    }

    pub(in crate::wire) fn sort(&self) -> Result<Vec<SortKey<SubaccountColumn>>, Error> {
        sort_keys(self.sort.as_deref())
    }
}

/// Output of `reseller.subaccounts`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Subaccounts"))]
pub(in crate::wire) struct SubaccountsDoc<'a> {
    /// The reseller's UID.
    reseller: Id<'a>,
    /// The day of the grid.
    on: Day<'a>,
    /// How many customers there are without a filter.
    total: Count<'a>,
    /// The customers that pass the filter, sorted.
    rows: Vec<SubaccountDoc<'a>>,
}

/// A customer.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Subaccount"))]
struct SubaccountDoc<'a> {
    /// The account.
    uid: Id<'a>,
    /// Its name.
    name: Id<'a>,
    /// What it is for.
    kind: Choice<'a, Kind>,
    /// Whom to write to.
    administrators: Vec<Id<'a>>,
    /// The stock.
    balance: Count<'a>,
    /// Whether it has service.
    status: Choice<'a, Status>,
    /// How many systems are active, where known.
    active_systems: Option<Natural<'a>>,
    /// The peak of the month before, where known.
    previous_peak: Option<Natural<'a>>,
    /// The peak of the current month so far, where known.
    current_peak: Option<Natural<'a>>,
    /// The use of the coming months; null if it cannot be predicted.
    predicted_use: Option<Count<'a>>,
    /// The month ends that the stock still covers; null if it never runs out.
    months_left: Option<Count<'a>>,
    /// The date to buy by; null if the stock never runs out, or not before the end of the calendar.
    buy_by: Option<Day<'a>>,
}

impl<'a> SubaccountDoc<'a> {
    fn of(row: &Subaccount<'a>) -> Self {
        Self {
            uid: Text::of(&row.holder.uid),
            name: Text::of(&row.holder.name),
            kind: row.holder.kind.into(),
            administrators: row.holder.administrators.iter().map(Text::of).collect(),
            balance: row.standing.balance.into(),
            status: row.standing.status.into(),
            active_systems: row.active_systems.map(Count::from),
            previous_peak: row.peaks.previous.map(Count::from),
            current_peak: row.peaks.current.map(Count::from),
            predicted_use: row.forecast.predicted_use.map(Count::from),
            months_left: row.forecast.months_left.map(Count::from),
            buy_by: row.forecast.buy_by.map(Day::from),
        }
    }
}

impl<'a> SubaccountsDoc<'a> {
    pub(in crate::wire) fn of(reseller: &'a crate::text::Uid, on: Date, grid: &Subaccounts<'a>) -> Self {
        Self {
            reseller: Text::of(reseller),
            on: on.into(),
            total: i64::try_from(grid.total).unwrap_or(crate::bounds::COUNT_MAX).into(),
            rows: grid.rows.iter().map(SubaccountDoc::of).collect(),
        }
    }
}
