use crate::bounds::COUNT_MAX;
use crate::calendar::{Date, Months};
use crate::rule::RuleId;
use crate::tokens::{Forecast, ForecastError, Outlook, Peaks, Standing, Status, Tokens};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Natural};
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.forecast`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ForecastRequest"))]
pub(in crate::wire) struct ForecastRequestDoc<'a> {
    /// The stock.
    pub(in crate::wire) balance: Count<'a>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// The peak of the month before, where known.
    pub(in crate::wire) previous_peak: Option<Natural<'a>>,
    /// The peak of the current month so far, where known.
    pub(in crate::wire) current_peak: Option<Natural<'a>>,
    /// The stock that is expected at the end of this month, as a statement says it; where absent, the balance less the
    /// predicted use.
    pub(in crate::wire) expected_end: Option<Count<'a>>,
    /// Whether the account has service; at a balance of 0 it can be either, and is active where this is absent.
    pub(in crate::wire) status: Option<Choice<'a, Status>>,
    /// For how many month ends the packs to buy shall last.
    last_months: Option<Natural<'a>>,
}

/// What a forecast or an advice starts from.
pub(in crate::wire) fn outlook(
    balance: Tokens,
    on: Date,
    peaks: Peaks,
    expected_end: Option<&Count<'_>>,
    status: Option<&Choice<'_, Status>>,
) -> Result<Outlook, Error> {
    let expected_end = expected_end.map(Count::tokens).transpose().at("expected_end")?;
    let standing = match status.map(Choice::read).transpose().at("status")? {
        Some(status) => Standing::try_new(balance, status).at("status")?,
        None => Standing::opening(balance),
    };
    Ok(Outlook { standing, expected_end, ..Outlook::new(balance, on, peaks) })
}

/// Both peaks, as far as they are known.
pub(in crate::wire) fn peaks(
    previous: Option<&Natural<'_>>,
    current: Option<&Natural<'_>>,
) -> Result<Peaks, Error> {
    Ok(Peaks {
        previous: previous.map(Natural::peak).transpose().at("previous_peak")?,
        current: current.map(Natural::peak).transpose().at("current_peak")?,
    })
}

/// When a stock runs out.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Forecast"))]
pub(in crate::wire) struct ForecastDoc<'a> {
    /// The use of every coming month; null if it cannot be predicted.
    predicted_use: Option<Count<'a>>,
    /// The first month end whose balance would fall below zero; today if it is below zero already; null if it never does.
    buy_by: Option<Day<'a>>,
    /// The month ends that the stock still covers; null if it never runs out.
    months_left: Option<Count<'a>>,
    /// The coming month ends up to and including the one to buy by, at most 120.
    month_ends: Vec<MonthEndDoc<'a>>,
    /// The packs with which the stock covers the months asked for; null if none were asked for or the use is unknown.
    packs_to_buy: Option<Count<'a>>,
}

/// The stock at a month end.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MonthEnd"))]
struct MonthEndDoc<'a> {
    /// The month's last day.
    date: Day<'a>,
    /// The stock after that month's use.
    balance: Count<'a>,
}

impl ForecastDoc<'_> {
    pub(in crate::wire) fn of(forecast: &Forecast, packs_to_buy: Option<i64>) -> Self {
        let month_ends = forecast.month_ends.iter();
        Self {
            predicted_use: forecast.predicted_use.map(Count::from),
            buy_by: forecast.buy_by.map(Day::from),
            months_left: forecast.months_left.map(Count::from),
            month_ends: month_ends
                .map(|end| MonthEndDoc { date: end.date.into(), balance: end.balance.into() })
                .collect(),
            packs_to_buy: packs_to_buy.map(Count::from),
        }
    }
}

impl ForecastRequestDoc<'_> {
    /// For how many month ends the packs shall last, if that is asked.
    pub(in crate::wire) fn last_months(&self) -> Result<Option<Months>, Error> {
        self.last_months.as_ref().map(Natural::months).transpose().at("last_months")
    }
}

/// The packs that make the stock last, if they are asked for and can be said.
pub(in crate::wire) fn packs_to_buy(outlook: &Outlook, months: Option<Months>) -> Result<Option<i64>, Error> {
    let Some(months) = months else { return Ok(None) };
    match outlook.packs_to_buy(months) {
        Some(packs) if packs > COUNT_MAX => {
            let message =
                format!("`{months}` months at this use take more packs than 10^15; give fewer months");
            Err(Error::new(ErrorCode::OutOfRange, message).at("last_months"))
        }
        packs => Ok(packs),
    }
}

impl From<ForecastError> for Error {
    fn from(error: ForecastError) -> Self {
        let refused = Self::new(error.code(), error).at("balance");
        match error {
            ForecastError::BeyondCalendar { .. } => refused.by_rule(RuleId::Tok5),
            ForecastError::OutOfRange { .. } => refused,
        }
    }
}
