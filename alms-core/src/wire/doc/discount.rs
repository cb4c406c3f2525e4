use crate::money::{Discount, PriceError};
use crate::rule::RuleId;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::DecimalText;
use alms_json::{Read, Write};

/// What is taken off the list price: either field.
#[derive(Debug, Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Discount"))]
pub(in crate::wire) struct DiscountDoc<'a> {
    /// Hundredths of the list price, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<DecimalText<'a>>,
    /// An amount in the currency of the list price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<DecimalText<'a>>,
}

impl DiscountDoc<'_> {
    pub(in crate::wire) fn of(discount: Discount) -> Self {
        match discount {
            Discount::Percent(percent) => Self { percent: Some(DecimalText::of(percent)), amount: None },
            Discount::Amount(amount) => Self { percent: None, amount: Some(DecimalText::of(amount)) },
        }
    }

    pub(in crate::wire) fn read(&self) -> Result<Discount, Error> {
        match (&self.percent, &self.amount) {
            (Some(percent), None) => percent.read().map(Discount::Percent).at("percent"),
            (None, Some(amount)) => amount.read().map(Discount::Amount).at("amount"),
            (Some(_), Some(_)) => {
                Err(Error::invalid_input("a discount is either `percent` or `amount`; give one of them"))
            }
            (None, None) => {
                Err(Error::invalid_input("a discount is `percent` or `amount`; give one of them"))
            }
        }
    }
}

impl From<PriceError> for Error {
    fn from(error: PriceError) -> Self {
        let invalid =
            |error: &PriceError, field| Self::new(error.code(), error).by_rule(RuleId::Ord8).at(field);
        match error {
            PriceError::Money(error) => error.into(),
            PriceError::Percent(_) => invalid(&error, "percent").at("discount"),
            PriceError::Amount { .. } | PriceError::NegativeAmount(_) => {
                invalid(&error, "amount").at("discount")
            }
            PriceError::ListPrice(_) => Self::new(error.code(), &error).at("amount").at("list_price"),
        }
    }
}
