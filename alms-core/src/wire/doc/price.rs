use super::discount::DiscountDoc;
use super::money::MoneyDoc;
use crate::money::{Discount, Money};
use crate::tokens::{OrderPrice, ServicePack};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Count, PackCount, Text};
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
