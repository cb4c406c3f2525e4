use crate::money::{Decimal, Money, MoneyError};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::Text;
use alms_json::Read;
use alms_json::Write;
use std::borrow::Cow;

/// An exact amount.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Money"))]
pub(in crate::wire) struct MoneyDoc<'a> {
    /// The amount as a decimal.
    amount: Text<'a>,
    /// The ISO 4217 code.
    currency: Text<'a>,
}

impl MoneyDoc<'_> {
    pub(in crate::wire) fn of(money: Money) -> Self {
        Self {
            amount: Text(Cow::Owned(money.amount().to_string())),
            currency: Text::of(money.currency().as_str()),
        }
    }

    pub(in crate::wire) fn read(&self) -> Result<Money, Error> {
        let currency = self.currency.0.parse().at("currency")?;
        Ok(Money::new(decimal(&self.amount).at("amount")?, currency))
    }
}

/// A decimal, as a text.
pub(in crate::wire) fn decimal(text: &Text<'_>) -> Result<Decimal, Error> {
    Ok(text.0.parse::<Decimal>()?)
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Self {
        let (code, remedy) = match error {
            MoneyError::Form(_) => (ErrorCode::InvalidInput, "write digits, and a point before the decimals"),
            MoneyError::Currency(_) => (ErrorCode::InvalidInput, "give its three capital letters"),
            MoneyError::Mixed(_, _) => (ErrorCode::InvalidInput, "give both in one currency"),
            MoneyError::Digits => (ErrorCode::OutOfRange, "give fewer"),
        };
        Self::new(code, format!("{error}; {remedy}"))
    }
}
