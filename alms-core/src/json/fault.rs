//! What the scalars refuse, as faults.

use super::{Fault, bounded};
use crate::billing::CountryError;
use crate::money::MoneyError;
use crate::names::{UnknownName, quoted};
use crate::quantity::{CountError, CountOutOfRange};
use alms_json::shown;

impl From<UnknownName> for Fault {
    fn from(error: UnknownName) -> Self {
        let names = quoted(error.expected);
        Self::invalid_input(format!("`{}` is not known; use one of {names}", shown(&error.value)))
            .with("expected", error.expected)
    }
}

impl From<MoneyError> for Fault {
    fn from(error: MoneyError) -> Self {
        match &error {
            MoneyError::Form(_) => {
                Self::invalid_input(format!("{error}; write digits, and a point before the decimals"))
            }
            MoneyError::Currency(_) => {
                Self::invalid_input(format!("{error}; give its three capital letters"))
            }
            MoneyError::Mixed(_, _) => Self::invalid_input(format!("{error}; give both in one currency")),
            MoneyError::Digits => bounded::out_of_range(format!("{error}; give fewer")),
        }
    }
}

impl From<CountryError> for Fault {
    fn from(error: CountryError) -> Self {
        let remedy = error.meant.map_or_else(
            || "give its two capital letters, such as `US`".to_owned(),
            |meant| format!("use `{meant}`"),
        );
        let message = CountryError { code: shown(&error.code), meant: None };
        Self::invalid_input(format!("{message}; {remedy}"))
    }
}

impl From<CountOutOfRange> for Fault {
    fn from(error: CountOutOfRange) -> Self {
        bounded::out_of_range(format!("{error}; give a smaller number"))
    }
}

impl From<CountError> for Fault {
    fn from(error: CountError) -> Self {
        match error {
            CountError::NotPositive { value } => {
                Self::new("not_positive", format!("{error}; give at least 1")).with("value", value)
            }
            CountError::OutOfRange(error) => error.into(),
        }
    }
}
