//! What the scalars refuse, as faults.

use super::Fault;
use crate::billing::CountryError;
use crate::money::MoneyError;
use crate::names::{UnknownName, quoted};
use crate::quantity::{CountError, CountOutOfRange};
use crate::subscriptions::DayOfMonthError;
use alms_json::shown;

impl From<UnknownName> for Fault {
    fn from(error: UnknownName) -> Self {
        let names = quoted(error.expected);
        Self::new(error.code(), format!("`{}` is not known; use one of {names}", shown(&error.value)))
            .with("expected", error.expected)
    }
}

impl From<MoneyError> for Fault {
    fn from(error: MoneyError) -> Self {
        let remedy = match &error {
            MoneyError::Form(_) => "write digits, and a point before the decimals",
            MoneyError::Currency(_) => "give its three capital letters",
            MoneyError::Mixed(_, _) => "give both in one currency",
            MoneyError::Digits => "give fewer",
        };
        Self::new(error.code(), format!("{error}; {remedy}"))
    }
}

impl From<CountryError> for Fault {
    fn from(error: CountryError) -> Self {
        let remedy = error.meant.map_or_else(
            || "give its two capital letters, such as `US`".to_owned(),
            |meant| format!("use `{meant}`"),
        );
        let message = CountryError { code: shown(&error.code), meant: None };
        Self::new(error.code(), format!("{message}; {remedy}"))
    }
}

impl From<CountOutOfRange> for Fault {
    fn from(error: CountOutOfRange) -> Self {
        Self::new(error.code(), format!("{error}; give a smaller number"))
    }
}

impl From<CountError> for Fault {
    fn from(error: CountError) -> Self {
        match error {
            CountError::NotPositive { value } => {
                Self::new(error.code(), format!("{error}; give at least 1")).with("value", value)
            }
            CountError::OutOfRange(error) => error.into(),
        }
    }
}

impl From<DayOfMonthError> for Fault {
    fn from(error: DayOfMonthError) -> Self {
        Self::new(error.code(), error)
    }
}
