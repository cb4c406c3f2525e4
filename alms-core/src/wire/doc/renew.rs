use super::late::{LateDoc, late_renewal};
use super::subscription::{MonthCount, SubscriptionDoc, Years, length};
use crate::calendar::Months;
use crate::subscriptions::{LateRenewal, Renewed};
use crate::wire::doc::account::missing;
use crate::wire::error::Error;
use crate::wire::leaf::{Day, GroundsList};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.renew`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewRequest"))]
pub(in crate::wire) struct RenewRequestDoc<'a> {
    /// What is renewed.
    pub(in crate::wire) subscription: Object<SubscriptionDoc<'a>>,
    /// For how many months, at least 1.
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many `months`.
    years: Option<Years<'a>>,
    /// The day on which the purchase order arrives.
    pub(in crate::wire) on: Day<'a>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

impl RenewRequestDoc<'_> {
    /// The length of the new term, and the field that gives it.
    pub(in crate::wire) fn length(&self) -> Result<(Months, &'static str), Error> {
        length(self.months.as_ref(), self.years.as_ref())?.ok_or_else(|| missing("months"))
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// Output of `subscriptions.renew`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Renewal"))]
pub(in crate::wire) struct RenewalDoc<'a> {
    /// The new day on which the service ends.
    end_date: Day<'a>,
    /// The new day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// The day on which the chain of terms began; the next renewal asks for it.
    terms_from: Day<'a>,
    /// Whether the service was suspended and is not any more.
    reactivated: bool,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
    /// The subscription after the order, for the next operation.
    subscription: SubscriptionDoc<'a>,
}

impl RenewalDoc<'static> {
    pub(in crate::wire) fn of(
        Renewed { renewal, subscription, .. }: &Renewed,
        given: &SubscriptionDoc<'_>,
    ) -> Self {
        Self {
            end_date: renewal.end_date.into(),
            warranty_end: renewal.warranty_end.map(Day::from),
            terms_from: renewal.term.terms_from.into(),
            reactivated: renewal.reactivated,
            rules: GroundsList::Grounds(renewal.grounds),
            subscription: SubscriptionDoc::renewed(subscription, given),
        }
    }
}
