use super::money::MoneyDoc;
use crate::money::{Discount, Money, PriceError};
use crate::rule::RuleId;
use crate::tokens::{OrderPrice, ServicePack};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Count, DecimalText, PackCount, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `orders.price`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PriceRequest"))]
pub(in crate::wire) struct PriceRequestDoc<'a> {
    /// How many Service Packs.
    pub(in crate::wire) packs: PackCount<'a>,
    /// The price of a pack; 20.00 USD where absent.
    pub(in crate::wire) list_price: Option<Object<MoneyDoc<'a>>>,
    /// What is taken off.
    pub(in crate::wire) discount: Option<Object<DiscountDoc<'a>>>,
}

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

/// The list price and discount of a request.
pub(in crate::wire) fn terms(
    list_price: Option<&Object<MoneyDoc<'_>>>,
    discount: Option<&Object<DiscountDoc<'_>>>,
) -> Result<(Money, Option<Discount>), Error> {
    let list_price = list_price.map(|doc| doc.read()).transpose().at("list_price")?;
    let discount = discount.map(|doc| doc.read()).transpose().at("discount")?;
    Ok((list_price.unwrap_or_else(ServicePack::unit_price), discount))
}

/// What an order costs.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "OrderPrice"))]
pub(in crate::wire) struct PriceDoc<'a> {
    /// How many Service Packs.
    packs: Count<'a>,
    /// The tokens in them.
    tokens: Count<'a>,
    /// Their article number.
    sku: Text<'a>,
    /// Packs × list price.
    list: MoneyDoc<'a>,
    /// What is taken off: `list` − `total`.
    discount: MoneyDoc<'a>,
    /// What is to be paid.
    total: MoneyDoc<'a>,
}

impl PriceDoc<'_> {
    pub(in crate::wire) fn of(price: &OrderPrice) -> Self {
        Self {
            packs: price.packs.get().into(),
            tokens: price.packs.tokens().into(),
            sku: Text::of(price.sku()),
            list: MoneyDoc::of(price.price.list),
            discount: MoneyDoc::of(price.price.discount),
            total: MoneyDoc::of(price.price.total),
        }
    }
}

impl From<PriceError> for Error {
    fn from(error: PriceError) -> Self {
        let invalid = |error: &PriceError, field| {
            Self::new(ErrorCode::InvalidDiscount, error).by_rule(RuleId::Ord8).at(field)
        };
        match error {
            PriceError::Money(error) => error.into(),
            PriceError::Percent(_) => invalid(&error, "percent").at("discount"),
            PriceError::Amount { .. } | PriceError::NegativeAmount(_) => {
                invalid(&error, "amount").at("discount")
            }
            PriceError::ListPrice(_) => {
                Self::new(ErrorCode::OutOfRange, &error).at("amount").at("list_price")
            }
        }
    }
}
