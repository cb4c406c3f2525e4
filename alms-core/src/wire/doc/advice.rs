use super::discount::DiscountDoc;
use super::money::MoneyDoc;
use super::price::PriceDoc;
use crate::rule::RuleId;
use crate::tokens::{Advice, AdviceError, Horizon, Status};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Natural};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.advice`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AdviceRequest"))]
pub(in crate::wire) struct AdviceRequestDoc<'a> {
    /// The stock.
    pub(in crate::wire) balance: Count<'a>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// The peak of the month before, where known.
    pub(in crate::wire) previous_peak: Option<Natural<'a>>,
    /// The peak of the current month so far, where known.
    pub(in crate::wire) current_peak: Option<Natural<'a>>,
    /// The stock that is expected at the end of this month, as a statement says it; where absent, the balance less the
    /// predicted use.
    pub(in crate::wire) expected_end: Option<Count<'a>>,
    /// Whether the account has service; at a balance of 0 it can be either, and is active where this is absent.
    pub(in crate::wire) status: Option<Choice<'a, Status>>,
    /// The month ends to cover, the current month's included; this or `until`.
    months: Option<Natural<'a>>,
    /// The date up to which every month end shall be covered; this or `months`.
    until: Option<Day<'a>>,
    /// The price of a pack; 20.00 USD where absent.
    pub(in crate::wire) list_price: Option<Object<MoneyDoc<'a>>>,
    /// What is taken off.
    pub(in crate::wire) discount: Option<Object<DiscountDoc<'a>>>,
}

impl AdviceRequestDoc<'_> {
    pub(in crate::wire) fn horizon(&self) -> Result<Horizon, Error> {
        match (&self.months, &self.until) {
            (Some(months), None) => months.months().map(Horizon::Months).at("months"),
            (None, Some(until)) => until.read().map(Horizon::Until).at("until"),
            _ => Err(Error::invalid_input("the time to cover is `months` or `until`; give one of them")),
        }
    }
}

/// Output of `tokens.advice`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Advice"))]
pub(in crate::wire) struct AdviceDoc<'a> {
    /// The use of every coming month.
    predicted_use: Count<'a>,
    /// The month ends to be covered.
    months: Count<'a>,
    /// The last of them; null without any.
    until: Option<Day<'a>>,
    /// The tokens that are missing.
    tokens_needed: Count<'a>,
    /// The packs to order.
    packs: Count<'a>,
    /// The stock after the last month end, with these packs.
    balance_at_end: Count<'a>,
    /// Whether the account is suspended now and the order brings it back.
    reactivates: bool,
    /// What the packs cost; null if there is nothing to order.
    price: Option<PriceDoc<'a>>,
}

impl AdviceDoc<'_> {
    pub(in crate::wire) fn of(advice: &Advice) -> Self {
        Self {
            predicted_use: advice.predicted_use.into(),
            months: advice.months.get().into(),
            until: advice.until.map(Day::from),
            tokens_needed: advice.tokens_needed.into(),
            packs: advice.packs.into(),
            balance_at_end: advice.balance_at_end.into(),
            reactivates: advice.reactivates,
            price: advice.price.as_ref().map(PriceDoc::of),
        }
    }
}

impl From<AdviceError> for Error {
    fn from(error: AdviceError) -> Self {
        match error {
            AdviceError::Price(error) => error.into(),
            AdviceError::UnknownUse => Self::new(error.code(), &error).by_rule(RuleId::Tok5),
            AdviceError::NegativeMonths(_) => Self::new(error.code(), &error).at("months"),
            AdviceError::Past { .. } => Self::new(error.code(), &error).at("until"),
            AdviceError::TooMany(_) => Self::new(error.code(), &error),
            AdviceError::DateOutOfRange(_) => {
                Self::new(error.code(), &error).by_rule(RuleId::Tok5).at("months")
            }
        }
    }
}
