use super::{Outlook, Peak, Tokens};
use crate::ErrorCode;
use crate::calendar::{Date, Month, Months};
use crate::rule::{RuleId, RuleSet};

/// The most month ends that a forecast lists.
const MONTH_ENDS_MAX: usize = 120;

/// The peaks from which the use of the coming months is predicted (TOK-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Peaks {
    /// Of the month before, where known.
    pub previous: Option<Peak>,
    /// Of the current month so far, where known.
    pub current: Option<Peak>,
}

impl Peaks {
    /// The predicted use of a month: the previous month's peak, or the current one's once that is higher.
    ///
    /// ```
    /// use alms_core::tokens::{Peak, Peaks};
    /// let peaks = Peaks { previous: Some(Peak::try_new(8)?), current: Some(Peak::try_new(9)?) };
    /// assert_eq!(peaks.predicted_use(), Some(Peak::try_new(9)?));
    /// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
    /// ```
    pub fn predicted_use(self) -> Option<Peak> {
        self.previous.max(self.current)
    }
}

/// The stock at a coming month end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthEnd {
    /// The month's last day.
    pub date: Date,
    /// The stock after that month's use.
    pub balance: Tokens,
}

/// When a stock runs out (TOK-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The use of every coming month; `None` if it cannot be predicted.
    pub predicted_use: Option<Peak>,
    /// The first month end whose balance would fall below zero, or today if it is below zero already; `None` if
    /// it never does.
    pub buy_by: Option<Date>,
    /// The month ends that the stock still covers; `None` if it never runs out.
    pub months_left: Option<i64>,
    /// The coming month ends up to and including the one to buy by, at most 120; none if it never runs out.
    pub month_ends: Vec<MonthEnd>,
}

/// Why a stock cannot be forecast.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForecastError {
    /// It lasts past the end of the calendar.
    #[error(
        "`{balance}` tokens last beyond 9999-12-31 at a use of {predicted_use} a month; give a smaller balance"
    )]
    BeyondCalendar {
        /// The stock.
        balance: Tokens,
        /// The use of a month.
        predicted_use: Peak,
    },
    /// It would leave the limits at the month's end.
    #[error(
        "`{balance}` tokens less a use of {predicted_use} are beyond ±10^15; give a balance nearer to zero"
    )]
    OutOfRange {
        /// The stock.
        balance: Tokens,
        /// The use of a month.
        predicted_use: Peak,
    },
}

impl ForecastError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::BeyondCalendar { .. } => ErrorCode::DateOutOfRange,
            Self::OutOfRange { .. } => ErrorCode::OutOfRange,
        }
    }
}

/// Forecasts when the stock runs out: from the day of the outlook on, the use is subtracted at each month end, that of the
/// day's month included (TOK-5).
///
/// # Errors
/// [`ForecastError`] when the date to buy by would lie after 9999-12-31, or the stock beyond ±10^15.
///
/// ```
/// use alms_core::tokens::{Outlook, Peak, Peaks, Tokens, forecast};
/// let peaks = Peaks { previous: Some(Peak::try_new(8)?), current: Some(Peak::try_new(7)?) };
/// let forecast = forecast(&Outlook::new(Tokens::try_new(60)?, "2023-05-10".parse()?, peaks))?;
/// // 60 - 8 x 7 = 4 at the end of November, below zero at the end of December.
/// assert_eq!(forecast.buy_by, Some("2023-12-31".parse()?));
/// assert_eq!(forecast.months_left, Some(7));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn forecast(outlook: &Outlook) -> Result<Forecast, ForecastError> {
    let forecast = Forecast::within_calendar(outlook);
    let Some(predicted_use) = forecast.predicted_use else { return Ok(forecast) };
    let balance = outlook.standing.balance;
    if forecast.months_left.is_some() && forecast.buy_by.is_none() {
        return Err(ForecastError::BeyondCalendar { balance, predicted_use });
    }
    // Only a stock below zero is shown after a use that it does not cover in full.
    let after = Tokens::try_new(balance.get().saturating_sub(predicted_use.get()));
    if after.is_err() && outlook.expected_end.is_none() && !forecast.month_ends.is_empty() {
        return Err(ForecastError::OutOfRange { balance, predicted_use });
    }
    Ok(forecast)
}

impl Forecast {
    /// Like [`forecast()`], but for lists of many accounts: a stock that lasts beyond 9999-12-31 has months left and
    /// no date to buy by.
    pub fn within_calendar(outlook: &Outlook) -> Self {
        let predicted_use = outlook.predicted_use();
        let unlimited = Self { predicted_use, buy_by: None, months_left: None, month_ends: Vec::new() };
        if outlook.standing.balance < Tokens::ZERO {
            let month_ends = month_ends(outlook).take_while(|end| end.date <= outlook.on).collect();
            return Self { buy_by: Some(outlook.on), months_left: Some(0), month_ends, ..unlimited };
        }
        let Some(months_left) = predicted_use.and_then(|used| months_left(outlook, used)) else {
            return unlimited;
        };
        let last =
            Months::try_new(months_left).ok().and_then(|months| Month::of(outlook.on).plus(months).ok());
        let buy_by = last.map(Month::last_day);
        let month_ends = month_ends(outlook)
            .take_while(|end| buy_by.is_none_or(|buy_by| end.date <= buy_by))
            .take(MONTH_ENDS_MAX);
        Self { buy_by, months_left: Some(months_left), month_ends: month_ends.collect(), ..unlimited }
    }
}

/// How many month ends the stock covers, that of the day's month the first; `None` if it never runs out.
///
/// From one month that is booked to the next the use is the same, so that these stretches are divided, not counted.
fn months_left(outlook: &Outlook, predicted_use: Peak) -> Option<i64> {
    let first = Month::of(outlook.on);
    let used = predicted_use.get();
    let mut left = outlook.month_end()?;
    if left < 0 {
        return Some(0);
    }
    // The month ends that are covered so far.
    let mut covered: i64 = 1;
    let lasting = |left: i64| left.checked_div(used);
    for (month, peak) in &outlook.booked {
        let before = first.months_until(*month).get().saturating_sub(covered);
        if let Some(months) = lasting(left).filter(|months| *months < before) {
            return Some(covered.saturating_add(months));
        }
        // Covered, so that the product is no more than the stock.
        left = left.saturating_sub(used.saturating_mul(before)).saturating_sub(peak.get());
        covered = covered.saturating_add(before);
        if left < 0 {
            return Some(covered);
        }
        covered = covered.saturating_add(1);
    }
    lasting(left).map(|months| covered.saturating_add(months))
}

/// The month ends from the day of the outlook with the stock after each; none if the use is not known.
fn month_ends(outlook: &Outlook) -> impl Iterator<Item = MonthEnd> {
    let (first, used) = (Month::of(outlook.on), outlook.predicted_use());
    let mut booked = outlook.booked.iter().peekable();
    let mut before = None;
    (0_i64..).map_while(move |index| {
        let month = first.plus(Months::try_new(index).ok()?).ok()?;
        let taken = booked.next_if(|(of, _)| *of == month).map(|(_, peak)| *peak).or(used)?;
        let balance = match before {
            None => Tokens::clamped(outlook.month_end()?),
            Some(before) => less(before, taken),
        };
        before = Some(balance);
        Some(MonthEnd { date: month.last_day(), balance })
    })
}

fn less(balance: Tokens, used: Peak) -> Tokens {
    Tokens::clamped(balance.get().saturating_sub(used.get()))
}

impl Forecast {
    /// The rules that had a part in it.
    pub fn rules(&self) -> RuleSet {
        RuleSet::of(&[RuleId::Tok5]).with_if(RuleId::Tok2, self.predicted_use.is_some())
    }
}
