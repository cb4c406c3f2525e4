//! How many months the tokens left give every AirLink Basic system (MIG-9, MIG-10).

use super::MonthRounding;
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::quantity::Fraction;
use chrono::NaiveDate;

/// What every AirLink Basic system gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BasicGrant {
    /// How many systems share the tokens.
    pub systems: u32,
    /// The exact months per system.
    pub months: Fraction,
    /// Whole months granted.
    pub granted_months: Months,
    /// Days beyond them, under `pro_rata_days` only.
    pub granted_days: u32,
    /// The migration date and so many months and days; the same for all.
    pub end_date: Date,
}

impl BasicGrant {
    /// Divides `tokens` (not negative) over `systems` (at least one).
    pub(super) fn new(
        tokens: i64,
        systems: u32,
        on: Date,
        rounding: MonthRounding,
    ) -> Result<Self, DateOutOfRange> {
        let months = Fraction { numerator: tokens, denominator: i64::from(systems) };
        let granted_months = Months::try_new(rounded(months, rounding)).map_err(|_| DateOutOfRange)?;
        let whole_months_end = on.add_months(granted_months)?;
        let granted_days = match rounding {
            MonthRounding::ProRataDays => pro_rata_days(months, on, granted_months)?,
            _ => 0,
        };
        // Asked for each account of a fleet, of which few are granted days.
        let end_date =
            if granted_days == 0 { whole_months_end } else { whole_months_end.add_days(granted_days)? };
        Ok(Self { systems, months, granted_months, granted_days, end_date })
    }

    /// Nothing was granted: the service ends on the migration date (MIG-15).
    pub const fn is_nothing(&self) -> bool {
        self.granted_months.get() == 0 && self.granted_days == 0
    }

    /// More than five years (MIG-15).
    pub const fn is_long(&self) -> bool {
        self.granted_months.get() > 60
    }

    /// The rounding made a difference to rounding down.
    pub(super) const fn is_rounded(&self, rounding: MonthRounding) -> bool {
        !matches!(rounding, MonthRounding::Down) && self.months.divided().1 != 0
    }
}

/// Whole months by the policy.
const fn rounded(months: Fraction, rounding: MonthRounding) -> i64 {
    let (whole, remainder) = months.divided();
    let up = match rounding {
        MonthRounding::Down | MonthRounding::ProRataDays => false,
        // Halves up: the remainder is at least what is missing to the next whole month.
        MonthRounding::Nearest => remainder >= months.denominator.saturating_sub(remainder),
        MonthRounding::Up => remainder > 0,
    };
    if up { whole.saturating_add(1) } else { whole }
}

/// The remaining fraction of a month in days, floored, measured from the last whole monthly date to the next.
fn pro_rata_days(months: Fraction, on: Date, whole: Months) -> Result<u32, DateOutOfRange> {
    let (_, remainder) = months.divided();
    if remainder == 0 {
        return Ok(0);
    }
    let length = days_of_month(on, whole).ok_or(DateOutOfRange)?;
    let share = Fraction { numerator: remainder.saturating_mul(length), denominator: months.denominator };
    u32::try_from(share.divided().0).map_err(|_| DateOutOfRange)
}

/// Days from the monthly date after `whole` months to the next one, which itself may lie past the last date.
pub(super) fn days_of_month(on: Date, whole: Months) -> Option<i64> {
    let months = u32::try_from(whole.get()).ok()?;
    let monthly = |months| NaiveDate::from(on).checked_add_months(chrono::Months::new(months));
    let (from, to) = (monthly(months)?, monthly(months.checked_add(1)?)?);
    Some(to.signed_duration_since(from).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(tokens: i64, systems: u32, on: &str, rounding: MonthRounding) -> (i64, u32, String) {
        let grant = BasicGrant::new(tokens, systems, on.parse().unwrap(), rounding).unwrap();
        (grant.granted_months.get(), grant.granted_days, grant.end_date.to_string())
    }

    /// The published example 1: 261/40 = 6.525 (M, rulebook).
    #[test]
    fn example_1_under_every_rounding() {
        let on = "2023-03-25";
        assert_eq!(granted(261, 40, on, MonthRounding::Down), (6, 0, "2023-09-25".to_owned()));
        assert_eq!(granted(261, 40, on, MonthRounding::Nearest), (7, 0, "2023-10-25".to_owned()));
        assert_eq!(granted(261, 40, on, MonthRounding::Up), (7, 0, "2023-10-25".to_owned()));
        assert_eq!(granted(261, 40, on, MonthRounding::ProRataDays), (6, 15, "2023-10-10".to_owned()));
    }

    #[test]
    fn halves_go_up_and_less_goes_down() {
        let on = "2023-01-31";
        assert_eq!(granted(3, 2, on, MonthRounding::Nearest).0, 2);
        assert_eq!(granted(149, 100, on, MonthRounding::Nearest).0, 1);
        assert_eq!(granted(2, 2, on, MonthRounding::Up).0, 1);
    }

    #[test]
    fn pro_rata_measures_from_monthly_date_to_monthly_date() {
        // 31 January + 1 month is 28 February, + 2 is 31 March: 31 days, of which half is 15.
        assert_eq!(granted(3, 2, "2023-01-31", MonthRounding::ProRataDays), (1, 15, "2023-03-15".to_owned()));
    }

    #[test]
    fn the_end_of_the_calendar_is_an_error() {
        let on: Date = "9999-12-15".parse().unwrap();
        assert_eq!(BasicGrant::new(1, 1, on, MonthRounding::Down), Err(DateOutOfRange));
        assert!(BasicGrant::new(0, 1, on, MonthRounding::ProRataDays).is_ok());
        // Half of December's 31 days fits before the end, though the next monthly date does not exist.
        assert_eq!(granted(1, 2, "9999-12-15", MonthRounding::ProRataDays), (0, 15, "9999-12-30".to_owned()));
        assert_eq!(BasicGrant::new(i64::MAX, 1, on, MonthRounding::Up), Err(DateOutOfRange));
    }
}
