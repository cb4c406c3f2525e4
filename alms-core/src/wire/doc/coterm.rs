use super::fraction::FractionDoc;
use crate::quantity::Fraction;
use crate::rule::RuleId;
use crate::subscriptions::{Coterm, CotermError, CotermPolicy, DayRounding, WeightedTerm};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Natural, Weight};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.coterm`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CotermRequest"))]
pub(in crate::wire) struct CotermRequestDoc<'a> {
    /// Remaining terms and purchases.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    terms: Vec<Object<TermDoc<'a>>>,
    /// By what the weighted days are divided; the sum of the weights where absent.
    divisor: Option<Weight<'a>>,
    /// What becomes of a part of a day; `down` where absent.
    rounding: Option<Choice<'a, DayRounding>>,
    /// The most days, if there is a limit.
    cap_days: Option<Natural<'a>>,
    /// The day from which the common term runs.
    pub(in crate::wire) base: Day<'a>,
}

/// A remaining term, or a purchase, and how much it weighs.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "WeightedTerm"))]
struct TermDoc<'a> {
    /// How much it counts, such as the number of devices.
    weight: Weight<'a>,
    /// Its length in days.
    days: Natural<'a>,
}

impl CotermRequestDoc<'_> {
    pub(in crate::wire) fn terms(&self) -> Result<Vec<WeightedTerm>, Error> {
        let read = |doc: &Object<TermDoc<'_>>| doc.read();
        each(self.terms.iter(), read).at("terms")
    }

    pub(in crate::wire) fn policy(&self) -> Result<CotermPolicy, Error> {
        Ok(CotermPolicy {
            divisor: self.divisor.as_ref().map(Weight::read).transpose().at("divisor")?,
            rounding: self.rounding.as_ref().map_or(Ok(DayRounding::Down), Choice::read).at("rounding")?,
            cap_days: self.cap_days.as_ref().map(Natural::read).transpose().at("cap_days")?,
        })
    }
}

impl TermDoc<'_> {
    fn read(&self) -> Result<WeightedTerm, Error> {
        let weight = self.weight.read().at("weight")?;
        Ok(WeightedTerm { weight, days: self.days.read().at("days")? })
    }
}

/// Output of `subscriptions.coterm`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Coterm"))]
pub(in crate::wire) struct CotermDoc<'a> {
    /// The exact days, not reduced.
    exact: FractionDoc<'a>,
    /// The days, rounded and capped.
    days: Count<'a>,
    /// The base date and so many days.
    end_date: Day<'a>,
}

impl CotermDoc<'_> {
    pub(in crate::wire) fn of(coterm: &Coterm) -> Self {
        let Coterm { numerator, denominator, days, end_date } = *coterm;
        Self {
            exact: FractionDoc::of(Fraction { numerator, denominator }),
            days: days.into(),
            end_date: end_date.into(),
        }
    }
}

impl From<CotermError> for Error {
    fn from(error: CotermError) -> Self {
        let out_of_range = |error: &CotermError| Self::new(ErrorCode::OutOfRange, error);
        match &error {
            CotermError::NoTerms => Self::invalid_input(&error).at("terms"),
            CotermError::Weight { index: Some(index), .. } => {
                out_of_range(&error).at("weight").at_index(*index).at("terms")
            }
            CotermError::Weight { index: None, .. } => out_of_range(&error).at("divisor"),
            CotermError::OutOfRange => out_of_range(&error).at("terms"),
            CotermError::DateOutOfRange { .. } => {
                Self::new(ErrorCode::DateOutOfRange, &error).by_rule(RuleId::Sub9).at("base")
            }
        }
    }
}
