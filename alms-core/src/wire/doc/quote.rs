use super::discount::DiscountDoc;
use super::invoices::serial;
use super::late::{LateDoc, late_renewal};
use super::money::MoneyDoc;
use super::price_list::ListedTermDoc;
use super::subscription::{MonthCount, SubscriptionDoc, Years, length};
use crate::calendar::{Date, Months};
use crate::money::{Discount, Price, PriceError};
use crate::rule::RuleId;
use crate::subscriptions::{
    DueAmount, EventType, Holding, LateRenewal, Quote, QuoteError, QuoteLine, QuotedSystem, SkipReason,
    SkippedSystem, Wish,
};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text, YearMonth};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.quote`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "QuoteRequest"))]
pub(in crate::wire) struct QuoteRequestDoc<'a> {
    /// The subscriptions with their histories.
    pub(in crate::wire) subscriptions: Vec<Object<SubscriptionDoc<'a>>>,
    /// The day of the order.
    pub(in crate::wire) on: Day<'a>,
    /// Which are renewed: those that have ended, or end up to and including this day; at most ten years ahead.
    pub(in crate::wire) due_until: Day<'a>,
    /// For how long.
    renew: Object<WishDoc<'a>>,
    /// The terms that can be bought, in one currency.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub(in crate::wire) prices: Vec<Object<ListedTermDoc<'a>>>,
    /// What is taken off: a percentage of every line, or an amount that the lines share.
    discount: Option<Object<DiscountDoc<'a>>>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// For how long a fleet is renewed: either field.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewFor"))]
struct WishDoc<'a> {
    /// Each system by one term of so many months.
    months: Option<MonthCount<'a>>,
    /// Each system by one term of so many years, an older form of 12 times as many `months`.
    years: Option<Years<'a>>,
    /// Each system by the cheapest terms that last at least until this day.
    until: Option<Day<'a>>,
}

impl QuoteRequestDoc<'_> {
    pub(in crate::wire) fn wish(&self) -> Result<Wish, Error> {
        let length = length(self.renew.months.as_ref(), self.renew.years.as_ref());
        match (length, &self.renew.until) {
            (Err(error), _) => Err(error),
            (Ok(Some((months, _))), None) => Ok(Wish::Months(months)),
            (Ok(None), Some(until)) => until.read().map(Wish::Until).at("until"),
            _ => Err(Error::invalid_input("a renewal is for `months` or `until` a day; give one of them")),
        }
        .at("renew")
    }

    pub(in crate::wire) fn discount(&self) -> Result<Option<Discount>, Error> {
        self.discount.as_ref().map(|discount| discount.read()).transpose().at("discount")
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// Output of `subscriptions.quote`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Quote"))]
pub(in crate::wire) struct QuoteDoc<'a> {
    /// The lines of the purchase order, by offer and term.
    lines: Vec<QuoteLineDoc<'a>>,
    /// The sum of the lines.
    total: PriceSumDoc<'a>,
    /// What falls due in each month.
    months: Vec<DueMonthDoc<'a>>,
    /// What had ended before the day of the order.
    lapsed: DueAmountDoc<'a>,
    /// The systems that are renewed.
    systems: Vec<QuotedSystemDoc<'a>>,
    /// The systems that are not, and why.
    skipped: Vec<SkippedDoc<'a>>,
}

/// A list price, what is taken off, and what is to be paid.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PriceSum"))]
struct PriceSumDoc<'a> {
    /// Quantity × unit price.
    list: MoneyDoc<'a>,
    /// What is taken off.
    discount: MoneyDoc<'a>,
    /// What is to be paid.
    total: MoneyDoc<'a>,
}

/// A line of a purchase order: one offer, one term.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "QuoteLine"))]
struct QuoteLineDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// The length of the term.
    months: Count<'a>,
    /// How many terms are bought.
    quantity: Count<'a>,
    /// The price of one.
    unit_price: MoneyDoc<'a>,
    #[serde(flatten)]
    price: PriceSumDoc<'a>,
}

/// What falls due in a month.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DueMonth"))]
struct DueMonthDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    #[serde(flatten)]
    due: DueAmountDoc<'a>,
}

/// What falls due, before any discount.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DueAmount"))]
struct DueAmountDoc<'a> {
    /// How many systems.
    systems: Count<'a>,
    /// Their terms at list prices, exactly.
    list: MoneyDoc<'a>,
}

/// A system that is renewed.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "QuotedSystem"))]
struct QuotedSystemDoc<'a> {
    /// The system.
    serial: Option<Id<'a>>,
    /// The offer.
    offer: Id<'a>,
    /// The day on which its service ends, or ended.
    end_date: Day<'a>,
    /// The terms that are bought for it, the longest first.
    terms: Vec<TermCountDoc<'a>>,
    /// The renewal by these terms, as it goes into the subscription's `events` once it is ordered.
    event: RenewalEventDoc<'a>,
    /// The day on which its service ends then.
    new_end_date: Day<'a>,
    /// The day on which its warranty ends then.
    warranty_end: Option<Day<'a>>,
    /// Whether it was suspended and is not any more.
    reactivated: bool,
    /// The rules behind the dates, the deciding one first.
    rules: GroundsList<'a>,
}

/// A renewal, as an event of a subscription.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewalEvent"))]
struct RenewalEventDoc<'a> {
    /// The day of the order.
    on: Day<'a>,
    /// Always `renewal`.
    #[serde(rename = "type")]
    event_type: Choice<'a, EventType>,
    /// For how many months, of all terms together.
    months: Count<'a>,
}

/// How many of a term.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TermCount"))]
struct TermCountDoc<'a> {
    /// The length of the term.
    months: Count<'a>,
    /// How many.
    quantity: Count<'a>,
}

/// A system that has no part in a purchase.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SkippedSystem"))]
pub(in crate::wire) struct SkippedDoc<'a> {
    /// The system.
    serial: Option<Id<'a>>,
    /// Why.
    reason: Choice<'a, SkipReason>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// The fewest months whose term is not over before its order; absent if that is not why.
    #[serde(skip_serializing_if = "Option::is_none")]
    months_needed: Option<Count<'a>>,
}

impl<'a> QuoteDoc<'a> {
    pub(in crate::wire) fn of(quote: &Quote<'a>, on: Date, fleet: &'a [Holding]) -> Self {
        let month = |month: &crate::subscriptions::DueMonth| DueMonthDoc {
            month: month.month.into(),
            due: DueAmountDoc::of(month.due),
        };
        Self {
            lines: quote.lines.iter().map(QuoteLineDoc::of).collect(),
            total: PriceSumDoc::of(&quote.total),
            months: quote.months.iter().map(month).collect(),
            lapsed: DueAmountDoc::of(quote.lapsed),
            systems: quote.systems.iter().map(|system| QuotedSystemDoc::of(on, system, fleet)).collect(),
            skipped: quote.skipped.iter().map(|skipped| SkippedDoc::of(skipped, fleet)).collect(),
        }
    }
}

impl PriceSumDoc<'_> {
    fn of(price: &Price) -> Self {
        let Price { list, discount, total } = *price;
        Self { list: MoneyDoc::of(list), discount: MoneyDoc::of(discount), total: MoneyDoc::of(total) }
    }
}

impl<'a> QuoteLineDoc<'a> {
    fn of(line: &QuoteLine<'a>) -> Self {
        Self {
            offer: Text::of(line.offer),
            months: line.months.get().into(),
            quantity: line.quantity.into(),
            unit_price: MoneyDoc::of(line.unit_price),
            price: PriceSumDoc::of(&line.price),
        }
    }
}

impl DueAmountDoc<'_> {
    fn of(due: DueAmount) -> Self {
        Self { systems: due.systems.into(), list: MoneyDoc::of(due.list) }
    }
}

impl<'a> QuotedSystemDoc<'a> {
    fn of(on: Date, system: &QuotedSystem<'a>, fleet: &'a [Holding]) -> Self {
        let term = |(months, count): &(Months, u64)| TermCountDoc {
            months: months.get().into(),
            quantity: i64::try_from(*count).unwrap_or(i64::MAX).into(),
        };
        Self {
            serial: serial(fleet, system.index),
            offer: Text::of(system.offer),
            end_date: system.end_date.into(),
            terms: system.terms.iter().map(term).collect(),
            event: RenewalEventDoc {
                on: on.into(),
                event_type: EventType::Renewal.into(),
                months: system.months().into(),
            },
            new_end_date: system.new_end_date.into(),
            warranty_end: system.warranty_end.map(Day::from),
            reactivated: system.reactivated,
            rules: GroundsList::Grounds(system.grounds),
        }
    }
}

impl<'a> SkippedDoc<'a> {
    pub(in crate::wire) fn of(skipped: &SkippedSystem, fleet: &'a [Holding]) -> Self {
        Self {
            serial: serial(fleet, skipped.index),
            reason: skipped.reason.into(),
            rule: skipped.reason.rule().into(),
            months_needed: skipped.months_needed.map(|months| months.get().into()),
        }
    }
}

impl From<QuoteError> for Error {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Span { .. } => Self::new(error.code(), &error).at("due_until"),
            QuoteError::Fleet(fleet) => fleet.into(),
            QuoteError::MissingPrice(missing) => missing.into(),
            QuoteError::NoTerm { ref offer } => Self::new(error.code(), &error)
                .by_rule(RuleId::Sub10)
                .with("offer", offer.as_str())
                .at("prices"),
            // The sums of the prices; what is left is wrong with the discount.
            QuoteError::Price(PriceError::Money(error)) => Self::from(error).at("prices"),
            QuoteError::Price(discount) => discount.into(),
            QuoteError::DateOutOfRange { .. } => {
                Self::new(error.code(), &error).by_rule(RuleId::Sub2).at("renew")
            }
        }
    }
}
