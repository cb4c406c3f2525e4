//! From when a late renewal counts, and which day of the month invoices have: a name, or an object with settings.

use crate::subscriptions::{Backdating, DayOfMonth, InvoiceDay, LateRenewal};
use crate::wire::error::{Error, Located, shown};
use crate::wire::leaf::{Count, Natural, Text};
use alms_json::{Fill, Read, ReadFields as _, Shape, Source, Stop};

/// `"from_order"`, `"from_end"` or `{"backdated": {…}}`.
pub(in crate::wire) enum LateDoc<'a> {
    Name(Text<'a>),
    Backdated(BackdatedDoc<'a>),
}

/// A late renewal that is dated back.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BackdatedRenewal"))]
pub(in crate::wire) struct BackdatedDoc<'a> {
    /// How far.
    backdated: crate::wire::object::Object<BackdatingDoc<'a>>,
}

/// How far a late renewal is dated back (SUB-4).
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Backdating"))]
struct BackdatingDoc<'a> {
    /// An order at most so many days after the end starts its term on its own day; 10 where absent.
    grace_days: Option<DayCount<'a>>,
    /// A later one starts it on the lapsed end date, but at most so many days before the order; 180 where absent.
    max_days: Option<DayCount<'a>>,
}

/// Days of a policy: at most 100 years.
type DayCount<'a> = Natural<'a, 36_525>;

impl BackdatingDoc<'_> {
    fn read(&self) -> Result<Backdating, Error> {
        let default = Backdating::default();
        let days = |days: Option<&DayCount<'_>>, default| days.map_or(Ok(default), Count::small);
        Ok(Backdating {
            grace_days: days(self.grace_days.as_ref(), default.grace_days).at("grace_days")?,
            max_days: days(self.max_days.as_ref(), default.max_days).at("max_days")?,
        })
    }
}

/// From when a late renewal counts, where the request says it.
pub(in crate::wire) fn late_renewal(late: Option<&LateDoc<'_>>) -> Result<LateRenewal, Error> {
    match late {
        None => Ok(LateRenewal::default()),
        Some(LateDoc::Name(Text(name))) if name == LateRenewal::FromOrder.as_str() => Ok(LateRenewal::FromOrder),
        Some(LateDoc::Name(Text(name))) if name == LateRenewal::FromEnd.as_str() => Ok(LateRenewal::FromEnd),
        Some(LateDoc::Name(Text(name))) => Err(Error::invalid_input(format!(
            "`{}` is not known; use `from_order`, `from_end` or `{{\"backdated\": {{\"grace_days\": 10, \"max_days\": 180}}}}`",
            shown(name)
        ))),
        Some(LateDoc::Backdated(doc)) => doc.backdated.read().map(LateRenewal::Backdated).at("backdated"),
    }
    .at("late")
}

/// `"own"` or `{"day": n}`.
pub(in crate::wire) enum InvoiceDayDoc<'a> {
    Name(Text<'a>),
    Day(DayOfMonthDoc<'a>),
}

/// One day of the month for all systems of an account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "InvoiceDayOfMonth"))]
pub(in crate::wire) struct DayOfMonthDoc<'a> {
    /// The day, 1 to 28.
    day: Count<'a, 1, { DayOfMonth::MAX }>,
}

/// On which day systems are invoiced, where the request says it; each on its own where not.
pub(in crate::wire) fn invoice_day(day: Option<&InvoiceDayDoc<'_>>) -> Result<InvoiceDay, Error> {
    match day {
        None => Ok(InvoiceDay::Own),
        Some(InvoiceDayDoc::Name(Text(name))) if name == "own" => Ok(InvoiceDay::Own),
        Some(InvoiceDayDoc::Name(Text(name))) => Err(Error::invalid_input(format!(
            "`{}` is not known; use `own` or `{{\"day\": 1}}`",
            shown(name)
        ))),
        Some(InvoiceDayDoc::Day(DayOfMonthDoc { day })) => day
            .read()
            .and_then(|day| DayOfMonth::try_new(day).map_err(Error::invalid_input))
            .map(InvoiceDay::Day)
            .at("day"),
    }
    .at("invoice_day")
}

/// A name, or an object with settings.
macro_rules! name_or_object {
    ($type:ident: $object:ident, $variant:ident, $expected:literal) => {
        impl<'a> Fill<'a> for $type<'a> {
            fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
                let (mut name, mut doc) = (None, $object::empty());
                doc.read_fields(&mut |names, places| {
                    source.value(Shape {
                        expected: $expected,
                        text: Some(&mut name),
                        object: Some((names, places)),
                        ..Shape::default()
                    })
                })?;
                *self = name.map_or(Self::$variant(doc), |name| Self::Name(Text(name)));
                Ok(())
            }
        }

        impl<'a> Read<'a> for $type<'a> {
            fn empty() -> Self {
                Self::Name(Text::empty())
            }
        }
    };
}

name_or_object! { LateDoc: BackdatedDoc, Backdated, "`from_order`, `from_end` or an object with `backdated`" }
name_or_object! { InvoiceDayDoc: DayOfMonthDoc, Day, "`own` or an object with `day`" }
