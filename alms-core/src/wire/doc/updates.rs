use super::account_view::{Accounts, Holding};
use super::booking::BookingList;
use super::discount::DiscountDoc;
use super::replay::PartyDoc;
use crate::tokens::{StockUpdate, UpdateFilter, UpdateKind};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `orders.list` and `orders.to_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ListRequest"))]
pub(in crate::wire) struct ListRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked.
    pub(in crate::wire) bookings: BookingList,
    /// Whose list.
    pub(in crate::wire) account: Id<'a>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// Which lines; the past twelve months where absent.
    pub(in crate::wire) filter: Option<Object<UpdateFilterDoc<'a>>>,
}

/// Which stock updates are listed; what is absent does not matter.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "UpdateFilter"))]
pub(in crate::wire) struct UpdateFilterDoc<'a> {
    /// On this day or later; later than twelve months before today where absent.
    from: Option<Day<'a>>,
    /// On this day or earlier; today where absent.
    until: Option<Day<'a>>,
    /// Of this purchase order.
    po_number: Option<Id<'a>>,
    /// With so many packs.
    packs: Option<Object<CountRangeDoc<'a>>>,
    /// Of this article.
    product: Option<Text<'a>>,
    /// Of these kinds; all but consumption where absent.
    kinds: Option<Vec<Choice<'a, UpdateKind>>>,
}

/// From and to, both included.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CountRange"))]
pub(in crate::wire) struct CountRangeDoc<'a> {
    /// The least.
    pub(in crate::wire) min: Option<Count<'a>>,
    /// The most.
    pub(in crate::wire) max: Option<Count<'a>>,
}

/// From and to, both included, of what cannot be fewer than none.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NaturalRange"))]
pub(in crate::wire) struct NaturalRangeDoc<'a> {
    /// The least.
    pub(in crate::wire) min: Option<Natural<'a>>,
    /// The most.
    pub(in crate::wire) max: Option<Natural<'a>>,
}

impl CountRangeDoc<'_> {
    /// Both ends.
    pub(in crate::wire) fn read(&self) -> Result<(Option<i64>, Option<i64>), Error> {
        let min = self.min.as_ref().map(Count::read).transpose().at("min")?;
        Ok((min, self.max.as_ref().map(Count::read).transpose().at("max")?))
    }
}

impl UpdateFilterDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<UpdateFilter, Error> {
        let (packs_min, packs_max) = match &self.packs {
            Some(packs) => packs.read().at("packs")?,
            None => (None, None),
        };
        let kind = |(index, kind): (usize, &Choice<'_, UpdateKind>)| kind.read().at_index(index);
        let kinds = self.kinds.as_ref().map(|kinds| kinds.iter().enumerate().map(kind).collect());
        Ok(UpdateFilter {
            from: self.from.as_ref().map(Day::read).transpose().at("from")?,
            until: self.until.as_ref().map(Day::read).transpose().at("until")?,
            po_number: self.po_number.as_ref().map(Text::read).transpose().at("po_number")?,
            packs_min,
            packs_max,
            product: self.product.as_ref().map(Text::limited).transpose().at("product")?,
            kinds: kinds.transpose().at("kinds")?,
        })
    }
}

/// Output of `orders.list`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "UpdateList"))]
pub(in crate::wire) struct UpdateListDoc<'a> {
    /// The stock updates by date.
    updates: Vec<UpdateDoc<'a>>,
}

/// A change of a stock as it stood on the day of the list.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "StockUpdate"))]
pub(in crate::wire) struct UpdateDoc<'a> {
    /// The booking's key.
    key: Id<'a>,
    /// The order date; for a month's use the month's last day.
    on: Day<'a>,
    /// What it is.
    kind: Choice<'a, UpdateKind>,
    /// The purchase order, if there is one.
    po_number: Option<Id<'a>>,
    /// The article, if Service Packs were ordered or claimed.
    product: Option<Text<'a>>,
    /// How many packs, 0 if the order was deleted; null where packs have no part in it.
    packs: Option<Count<'a>>,
    /// The change of the stock.
    tokens: Count<'a>,
    /// Who gave or took the tokens.
    counterparty: PartyDoc<'a>,
    /// `booked`, `edited` or `deleted`.
    state: Text<'a>,
    /// What is taken off the list price; absent if the order says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<DiscountDoc<'a>>,
    /// Why the vendor took tokens back; absent in all else.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Id<'a>>,
}

impl<'a> UpdateDoc<'a> {
    pub(in crate::wire) fn of(update: &StockUpdate<'a>) -> Self {
        Self {
            key: Text::of(update.key),
            on: update.on.into(),
            kind: update.kind.into(),
            po_number: update.po_number.map(Text::of),
            product: update.product.map(Text::of),
            packs: update.packs.map(Count::from),
            tokens: update.tokens.into(),
            counterparty: PartyDoc::of(update.counterparty),
            state: Text::of(update.state.name()),
            discount: update.discount.map(DiscountDoc::of),
            reason: update.reason.map(Text::of),
        }
    }
}

impl<'a> UpdateListDoc<'a> {
    pub(in crate::wire) fn of(updates: &[StockUpdate<'a>]) -> Self {
        Self { updates: updates.iter().map(UpdateDoc::of).collect() }
    }
}
