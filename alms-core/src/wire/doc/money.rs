use crate::json::Fault;
use crate::money::{Money, MoneyError};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Amount, CurrencyCode};
use alms_json::Read;
use alms_json::Write;

/// An exact amount.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Money"))]
pub(in crate::wire) struct MoneyDoc<'a> {
    /// The amount as a decimal.
    amount: Amount<'a>,
    /// The ISO 4217 code.
    currency: CurrencyCode<'a>,
}

impl MoneyDoc<'_> {
    pub(in crate::wire) fn of(money: Money) -> Self {
        Self { amount: Amount::of(money.amount()), currency: CurrencyCode::of(money.currency()) }
    }

    pub(in crate::wire) fn read(&self) -> Result<Money, Error> {
        let currency = self.currency.read().at("currency")?;
        Ok(Money::new(self.amount.read().at("amount")?, currency))
    }
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Self {
        Fault::from(error).into()
    }
}
