use super::grid::{Range, SortKey, sort_rows, takes_name};
use crate::calendar::Date;
use crate::names::named_enum;
use crate::text::Uid;
use crate::tokens::{
    Forecast, Holder, Ledger, Outlook, Outlooks, Peak, Peaks, Position, Standing, Status, Tokens,
    UnknownAccount,
};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The Subaccounts grid (RES-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subaccounts<'a> {
    /// The customers that pass the filter, sorted.
    pub rows: Vec<Subaccount<'a>>,
    /// How many customers there are without a filter.
    pub total: usize,
}

/// A customer in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subaccount<'a> {
    /// The account.
    pub holder: &'a Holder,
    /// Its stock, and whether it is suspended.
    pub standing: Standing,
    /// How many systems are active, where the host says so.
    pub active_systems: Option<Peak>,
    /// The peaks that the use is predicted from.
    pub peaks: Peaks,
    /// The use of the coming months, the month ends that are left and the date to buy by (TOK-5).
    pub forecast: Forecast,
    /// What the forecast is made from; [`advice()`](crate::tokens::advice()) says from it what to buy.
    pub outlook: Outlook,
}

/// What the host knows of a customer's systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubaccountUsage {
    /// The account.
    pub account: Uid,
    /// How many systems are active now.
    pub active_systems: Option<Peak>,
    /// The peaks; the previous month's is taken from the ledger where it is `None`.
    pub peaks: Peaks,
}

/// Which customers are shown; what is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubaccountFilter {
    /// The name contains this text, in capitals or not.
    pub name: Option<String>,
    /// Active or suspended.
    pub status: Option<Status>,
    /// The stock.
    pub balance: Range<Tokens>,
    /// The active systems.
    pub active_systems: Range<Peak>,
    /// The date to buy by.
    pub buy_by: Range<Date>,
    /// Needs tokens within so many days.
    pub within_days: Option<u32>,
}

named_enum! {
    /// A column of the grid, to sort by.
    pub enum SubaccountColumn {
        /// The UID.
        Uid = "uid",
        /// The name.
        Name = "name",
        /// The kind of account.
        Kind = "kind",
        /// The stock.
        Balance = "balance",
        /// Active before suspended.
        Status = "status",
        /// The active systems.
        ActiveSystems = "active_systems",
        /// The peak of the month before.
        PreviousPeak = "previous_peak",
        /// The peak of the current month so far.
        CurrentPeak = "current_peak",
        /// The predicted use.
        PredictedUse = "predicted_use",
        /// The month ends that the stock still covers.
        MonthsLeft = "months_left",
        /// The date to buy by.
        BuyBy = "buy_by",
    }
}

/// The Subaccounts grid of a reseller on the day `on`: every account that has it as a partner (RES-7).
///
/// # Errors
/// [`UnknownAccount`]: the reseller, or an account in `usage`.
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::reseller::{SubaccountFilter, SubaccountUsage, subaccounts};
/// use alms_core::tokens::{Holder, Ledger, Peak, Peaks, Tokens};
/// # let holder = |uid: &str, kind, partners| -> Result<Holder, Box<dyn std::error::Error>> {
/// #     Ok(Holder { uid: uid.parse()?, name: uid.parse()?, kind, administrators: vec![], partners, opening: Tokens::try_new(20)?, status: None }) };
/// # let partner = holder("p1", Kind::Reseller, vec![])?;
/// # let customer = holder("c1", Kind::Customer, vec!["p1".parse()?])?;
/// let ledger = Ledger::open(vec![partner, customer])?;
/// let peaks = Peaks { previous: Some(Peak::try_new(8)?), current: None };
/// let usage = [SubaccountUsage { account: "c1".parse()?, active_systems: Some(Peak::try_new(7)?), peaks }];
/// let soon = SubaccountFilter { within_days: Some(90), ..SubaccountFilter::default() };
/// let grid = subaccounts(&ledger, &"p1".parse()?, "2023-05-10".parse()?, &usage, &soon, &[])?;
/// assert_eq!(grid.rows[0].forecast.buy_by, Some("2023-07-31".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn subaccounts<'l>(
    ledger: &'l Ledger,
    reseller: &Uid,
    on: Date,
    usage: &[SubaccountUsage],
    filter: &SubaccountFilter,
    sort: &[SortKey<SubaccountColumn>],
) -> Result<Subaccounts<'l>, UnknownAccount> {
    ledger.account(reseller)?;
    let mut known: HashMap<&Uid, &SubaccountUsage> = HashMap::with_capacity(usage.len());
    for one in usage {
        ledger.account(&one.account)?;
        known.insert(&one.account, one);
    }
    let outlooks = Outlooks::new(ledger, on);
    let row = |account: Position<'l>| row(&outlooks, account, known.get(&account.holder.uid).copied());
    let mut rows: Vec<Subaccount<'l>> = ledger.customers_of(reseller).map(row).collect();
    let total = rows.len();
    rows.retain(|row| filter.takes(row, on));
    sort_rows(&mut rows, sort, order);
    Ok(Subaccounts { rows, total })
}

fn row<'l>(
    outlooks: &Outlooks<'_>,
    account: Position<'l>,
    usage: Option<&SubaccountUsage>,
) -> Subaccount<'l> {
    let peaks = outlooks.peaks(&account, usage.map_or(Peaks::default(), |usage| usage.peaks));
    let outlook = outlooks.of(&account, peaks);
    Subaccount {
        holder: account.holder,
        standing: outlook.standing,
        active_systems: usage.and_then(|usage| usage.active_systems),
        peaks,
        forecast: Forecast::within_calendar(&outlook),
        outlook,
    }
}

impl SubaccountFilter {
    fn takes(&self, row: &Subaccount<'_>, on: Date) -> bool {
        let soon = |days: u32| {
            let limit = on.add_days(days).unwrap_or(Date::MAX);
            row.forecast.buy_by.is_some_and(|buy_by| buy_by <= limit)
        };
        takes_name(self.name.as_deref(), row.holder.name.as_str())
            && self.status.is_none_or(|status| status == row.standing.status)
            && self.balance.takes(Some(row.standing.balance))
            && self.active_systems.takes(row.active_systems)
            && self.buy_by.takes(row.forecast.buy_by)
            && self.within_days.is_none_or(soon)
    }
}

/// The order of two customers by one column.
fn order(key: SortKey<SubaccountColumn>, a: &Subaccount<'_>, b: &Subaccount<'_>) -> Ordering {
    match key.by {
        SubaccountColumn::Uid => key.known(Some(&a.holder.uid), Some(&b.holder.uid)),
        SubaccountColumn::Name => key.known(Some(&a.holder.name), Some(&b.holder.name)),
        SubaccountColumn::Kind => key.known(Some(a.holder.kind), Some(b.holder.kind)),
        SubaccountColumn::Balance => key.known(Some(a.standing.balance), Some(b.standing.balance)),
        SubaccountColumn::Status => key.known(Some(a.standing.status), Some(b.standing.status)),
        SubaccountColumn::ActiveSystems => key.known(a.active_systems, b.active_systems),
        SubaccountColumn::PreviousPeak => key.known(a.peaks.previous, b.peaks.previous),
        SubaccountColumn::CurrentPeak => key.known(a.peaks.current, b.peaks.current),
        SubaccountColumn::PredictedUse => key.known(a.forecast.predicted_use, b.forecast.predicted_use),
        SubaccountColumn::MonthsLeft => key.known(a.forecast.months_left, b.forecast.months_left),
        SubaccountColumn::BuyBy => key.known(a.forecast.buy_by, b.forecast.buy_by),
    }
}
