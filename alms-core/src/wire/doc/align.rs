use super::fraction::FractionDoc;
use super::invoices::serial;
use super::late::{LateDoc, late_renewal};
use super::money::MoneyDoc;
use super::quote::SkippedDoc;
use super::subscription::SubscriptionDoc;
use crate::money::{MoneyError, PriceError};
use crate::rule::RuleId;
use crate::subscriptions::{
    AlignError, AlignedSystem, Alignment, Holding, LateRenewal, Purchase, PurchaseLine, PurchaseMethod,
    PurchaseUnit,
};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.align`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AlignRequest"))]
pub(in crate::wire) struct AlignRequestDoc<'a> {
    /// The subscriptions with their histories.
    pub(in crate::wire) subscriptions: Vec<Object<SubscriptionDoc<'a>>>,
    /// The day of the order.
    pub(in crate::wire) on: Day<'a>,
    /// The wanted common end date.
    pub(in crate::wire) date: Day<'a>,
    /// What is bought; `terms` where absent.
    method: Option<Choice<'a, PurchaseMethod>>,
    /// What can be bought, in one currency; at most 100 units.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    units: Vec<Object<UnitDoc<'a>>>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// A unit that can be bought.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseUnit"))]
struct UnitDoc<'a> {
    /// What it is called.
    name: Text<'a>,
    /// Its length: months, or days with the method `pooled_days`; 1 to 1830.
    length: Count<'a, 1, { Purchase::LENGTH_MAX as i64 }>,
    /// The price of one.
    price: Object<MoneyDoc<'a>>,
}

impl AlignRequestDoc<'_> {
    pub(in crate::wire) fn purchase(&self) -> Result<Purchase, Error> {
        let method = self.method.as_ref().map_or(Ok(PurchaseMethod::Terms), Choice::read).at("method")?;
        let read = |unit: &Object<UnitDoc<'_>>| unit.read();
        let units = each(self.units.iter(), read).at("units")?;
        Ok(Purchase { method, units })
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

impl UnitDoc<'_> {
    fn read(&self) -> Result<PurchaseUnit, Error> {
        Ok(PurchaseUnit {
            name: self.name.read().at("name")?,
            length: self.length.small().at("length")?,
            unit_price: self.price.read().at("price")?,
        })
    }
}

/// Output of `subscriptions.align`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Alignment"))]
pub(in crate::wire) struct AlignmentDoc<'a> {
    /// What is bought.
    lines: Vec<PurchaseLineDoc<'a>>,
    /// What it costs.
    total: MoneyDoc<'a>,
    /// The months (or days) that are missing.
    needed: Count<'a>,
    /// The months (or days) that are bought beyond what is missing.
    left_over: Count<'a>,
    /// With the method `pooled_days`: all days ÷ the systems that share them, not reduced.
    days_each: Option<FractionDoc<'a>>,
    /// The systems that are brought to the wanted day.
    systems: Vec<AlignedSystemDoc<'a>>,
    /// The systems that have no part in it, and why.
    skipped: Vec<SkippedDoc<'a>>,
}

/// A line of the purchase.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseLine"))]
struct PurchaseLineDoc<'a> {
    /// What is bought.
    name: Text<'a>,
    /// How many.
    quantity: Count<'a>,
    /// The price of one.
    unit_price: MoneyDoc<'a>,
    /// Quantity × unit price.
    amount: MoneyDoc<'a>,
}

/// A system that is brought to the wanted day.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AlignedSystem"))]
struct AlignedSystemDoc<'a> {
    /// The system.
    serial: Option<Id<'a>>,
    /// The day on which its service ends, or ended.
    end_date: Day<'a>,
    /// The months it gets, or with the method `pooled_days` the days: negative if it gives days to the others.
    gets: Count<'a>,
    /// The day on which its service ends then.
    new_end_date: Day<'a>,
    /// The days from the wanted day to that one.
    surplus_days: Count<'a>,
    /// The units that are bought for it; empty where the fleet shares them.
    units: Vec<UnitCountDoc<'a>>,
}

/// How many of a unit.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "UnitCount"))]
struct UnitCountDoc<'a> {
    /// The unit.
    name: Text<'a>,
    /// How many.
    quantity: Count<'a>,
}

impl<'a> AlignmentDoc<'a> {
    pub(in crate::wire) fn of(
        alignment: &Alignment<'a>,
        purchase: &'a Purchase,
        fleet: &'a [Holding],
    ) -> Self {
        let system = |system: &AlignedSystem| AlignedSystemDoc::of(system, purchase, fleet);
        Self {
            lines: alignment.lines.iter().map(PurchaseLineDoc::of).collect(),
            total: MoneyDoc::of(alignment.total),
            needed: count(alignment.needed),
            left_over: count(alignment.left_over),
            days_each: alignment.days_each.map(FractionDoc::of),
            systems: alignment.systems.iter().map(system).collect(),
            skipped: alignment.skipped.iter().map(|skipped| SkippedDoc::of(skipped, fleet)).collect(),
        }
    }
}

impl<'a> PurchaseLineDoc<'a> {
    fn of(line: &PurchaseLine<'a>) -> Self {
        Self {
            name: Text::of(&line.unit.name),
            quantity: count(line.quantity),
            unit_price: MoneyDoc::of(line.unit.unit_price),
            amount: MoneyDoc::of(line.amount),
        }
    }
}

impl<'a> AlignedSystemDoc<'a> {
    fn of(system: &AlignedSystem, purchase: &'a Purchase, fleet: &'a [Holding]) -> Self {
        let taken = system.units.iter().filter_map(|(index, quantity)| {
            Some(UnitCountDoc {
                name: Text::of(&purchase.units.get(*index)?.name),
                quantity: count(*quantity),
            })
        });
        Self {
            serial: serial(fleet, system.index),
            end_date: system.end_date.into(),
            gets: system.gets.into(),
            new_end_date: system.new_end_date.into(),
            surplus_days: system.surplus_days.into(),
            units: taken.collect(),
        }
    }
}

/// A sum of lengths; beyond the limits there would be no price.
fn count(count: u64) -> Count<'static> {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

impl From<AlignError> for Error {
    fn from(error: AlignError) -> Self {
        let new = || Self::new(error.code(), &error);
        match &error {
            AlignError::Fleet(fleet) => fleet.clone().into(),
            AlignError::Past { .. } => new().at("date"),
            AlignError::NoUnits => new().at("units"),
            AlignError::TooManyUnits { count, max } => {
                new().with("count", *count).with("limit", *max).at("units")
            }
            AlignError::Length { index, .. } => new().at("length").at_index(*index).at("units"),
            AlignError::Price { index, source } => {
                let field = match source {
                    PriceError::Money(MoneyError::Mixed(..)) => "currency",
                    _ => "amount",
                };
                Self::new(error.code(), source).at(field).at("price").at_index(*index).at("units")
            }
            AlignError::TooLarge => new().by_rule(RuleId::Sub9).at("units"),
            AlignError::DateOutOfRange { .. } => new().by_rule(RuleId::Sub9).at("date"),
        }
    }
}
