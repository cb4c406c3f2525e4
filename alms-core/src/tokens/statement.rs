use super::flows::{Flows, Period, flow_lines};
use super::ledger::{Ledger, Position};
use super::outlook::Outlook;
use super::outlooks::Outlooks;
use super::updates::{StockUpdate, UpdateFilter, stock_updates};
use super::{Finding, FindingCode, Forecast, Peak, Peaks, Standing, Tokens};
use crate::account::Kind;
use crate::calendar::{Date, Month, Months};

/// How many months a statement looks back.
const HISTORY_MONTHS: i64 = 12;

/// An account's page: its stock, the current month, the past twelve (TOK-4, TOK-5, TOK-9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The day it is for.
    pub on: Date,
    /// How the account stands on that day.
    pub standing: Standing,
    /// The current month so far, and what it is expected to come to.
    pub month: ThisMonth,
    /// What the forecast is made from; it says what to buy, too.
    pub outlook: Outlook,
    /// When the stock runs out.
    pub forecast: Forecast,
    /// The past twelve months, the oldest first: a series for a chart.
    pub history: Vec<MonthFlows>,
    /// The stock updates of the past twelve months.
    pub updates: Vec<StockUpdate<'a>>,
    /// What to look at.
    pub findings: Vec<Finding>,
}

/// A month's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthFlows {
    /// The month.
    pub month: Month,
    /// What went in and out.
    pub flows: Flows,
    /// The peak that is booked for it, if it is.
    pub peak: Option<Peak>,
}

/// The current month (TOK-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThisMonth {
    /// Its figures from its first day to the day of the statement.
    pub so_far: MonthFlows,
    /// The peaks that the use is predicted from.
    pub peaks: Peaks,
    /// The predicted use; 0 for accounts that consume nothing (TOK-3).
    pub predicted_use: Option<Peak>,
    /// The stock at the month's end with all that is booked for the month, less the predicted use if the month's
    /// use is not booked yet; `None` if the use cannot be predicted.
    pub expected_end: Option<Tokens>,
}

/// The statement of an account as of `on` (TOK-4, TOK-5, TOK-9).
///
/// `peaks` are those that the host's [meter](super::UsageMeter) knows; without a previous one, the peak that is
/// booked for the month before is taken.
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Booking, Entry, Holder, Ledger, Peak, Peaks, Tokens, statement};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::try_new(68)?, status: None };
/// let mut ledger = Ledger::open(vec![holder])?;
/// let april = Entry::Consumption { account: "c1".parse()?, month: "2023-04".parse()?, peak: Peak::try_new(8)? };
/// ledger.book(Booking { key: "april".parse()?, on: "2023-04-30".parse()?, entry: april })?;
/// let account = ledger.account(&"c1".parse()?)?;
/// let statement = statement(&ledger, &account, "2023-05-10".parse()?, Peaks::default());
/// assert_eq!(statement.month.expected_end.unwrap().get(), 52);
/// assert_eq!(statement.forecast.buy_by, Some("2023-12-31".parse()?));
/// assert_eq!(statement.history[11].flows.consumed.get(), 8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn statement<'l>(ledger: &'l Ledger, account: &Position<'l>, on: Date, peaks: Peaks) -> Statement<'l> {
    let month = Month::of(on);
    let mut periods = vec![(month, Period::new(account.holder.opening, month.first_day(), on))];
    for past in past_months(month) {
        periods.push((past, Period::of_month(account.holder.opening, past)));
    }
    for line in flow_lines(ledger).filter(|line| line.account == account.index) {
        periods.iter_mut().for_each(|(_, period)| period.add(&line));
    }
    let figures = |(month, period): &(Month, Period)| MonthFlows {
        month: *month,
        flows: period.flows(),
        peak: ledger.peak(account, *month),
    };
    let (so_far, history) = match periods.split_first() {
        Some((current, past)) => (figures(current), past.iter().map(figures).collect()),
        // The current month is always there.
        None => (MonthFlows { month, flows: Flows::default(), peak: None }, Vec::new()),
    };
    let outlooks = Outlooks::new(ledger, on);
    let peaks = outlooks.peaks(account, peaks);
    let outlook = outlooks.of(account, peaks);
    Statement {
        on,
        standing: outlook.standing,
        month: ThisMonth {
            so_far,
            peaks,
            predicted_use: outlook.predicted_use(),
            expected_end: outlook.expected_end,
        },
        forecast: Forecast::within_calendar(&outlook),
        outlook,
        findings: findings(account.holder.kind, peaks, &history),
        history,
        updates: stock_updates(ledger, account, on, &UpdateFilter::default()),
    }
}

/// The twelve months before `month`, the oldest first; fewer at the beginning of the calendar.
fn past_months(month: Month) -> impl Iterator<Item = Month> {
    (1..=HISTORY_MONTHS).rev().filter_map(move |back| month.plus(Months::try_new(back).ok()?.negated()).ok())
}

/// ACC-8: the limits of the kinds.
fn findings(kind: Kind, peaks: Peaks, history: &[MonthFlows]) -> Vec<Finding> {
    let booked = history.iter().filter_map(|month| month.peak);
    let highest = booked.chain(peaks.previous).chain(peaks.current).max();
    let over = |max: u32| highest.filter(|highest| highest.get() > i64::from(max));
    kind.systems_max()
        .and_then(|max| Some((max, over(max)?)))
        .map(|(max, highest)| Finding {
            code: FindingCode::OverLimit,
            message: format!(
                "`{highest}` systems were active, a `{kind}` account has at most {max}; remove systems"
            ),
        })
        .into_iter()
        .collect()
}
