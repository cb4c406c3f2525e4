use super::money::MoneyDoc;
use crate::calendar::Months;
use crate::rule::RuleId;
use crate::subscriptions::{ListedTerm, MissingPrice, PriceList, PriceListError};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Count, Id};
use crate::wire::object::Object;
use alms_json::Read;

/// What a term of an offer costs for one system.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ListedTerm"))]
pub(in crate::wire) struct ListedTermDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// The months of the term: 12, 36 or 60 pre-paid, 1 or 12 direct.
    months: Count<'a, 1, { PriceList::MONTHS_MAX }>,
    /// The price for one system and term.
    price: Object<MoneyDoc<'a>>,
}

impl ListedTermDoc<'_> {
    fn read(&self) -> Result<ListedTerm, Error> {
        let months = self.months.read().at("months")?;
        Ok(ListedTerm {
            offer: self.offer.read().at("offer")?,
            months: Months::try_new(months)?,
            unit_price: self.price.read().at("price")?,
        })
    }
}

/// The price list of a request.
pub(in crate::wire) fn price_list(docs: &[Object<ListedTermDoc<'_>>]) -> Result<PriceList, Error> {
    let read = |doc: &Object<ListedTermDoc<'_>>| doc.read();
    let terms = each(docs.iter(), read);
    terms.and_then(|terms| Ok(PriceList::try_new(terms)?)).at("prices")
}

impl From<PriceListError> for Error {
    fn from(error: PriceListError) -> Self {
        let refused = Self::new(error.code(), &error);
        match error {
            PriceListError::Empty => refused,
            PriceListError::Months { index, .. } => refused.at("months").at_index(index),
            PriceListError::Negative { index, .. } => refused.at("amount").at("price").at_index(index),
            PriceListError::Duplicate { index, .. } => refused.at_index(index),
            PriceListError::Mixed { index, .. } => refused.at("currency").at("price").at_index(index),
        }
    }
}

impl From<MissingPrice> for Error {
    fn from(error: MissingPrice) -> Self {
        Self::new(error.code(), &error)
            .by_rule(RuleId::Sub10)
            .with("offer", error.offer.as_str())
            .with("months", error.months.get())
            .at("prices")
    }
}
