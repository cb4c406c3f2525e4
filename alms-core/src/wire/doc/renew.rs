use super::subscription::{Years, years};
use crate::account::SystemState;
use crate::offers::BillingModel;
use crate::rule::RuleId;
use crate::subscriptions::{LateRenewal, Renewal, ServiceTerm};
use crate::text::CatalogueVersion;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.renew`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewRequest"))]
pub(in crate::wire) struct RenewRequestDoc<'a> {
    /// What is renewed.
    pub(in crate::wire) subscription: Object<HeldSubscriptionDoc<'a>>,
    /// For how many years, at least 1.
    years: Years<'a>,
    /// The day on which the purchase order arrives.
    pub(in crate::wire) on: Day<'a>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<Choice<'a, LateRenewal>>,
}

/// A subscription as a host holds it, such as one that a migration leaves.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "HeldSubscription"))]
pub(in crate::wire) struct HeldSubscriptionDoc<'a> {
    /// The system.
    serial: Option<Id<'a>>,
    /// Its model.
    model: Option<Text<'a>>,
    /// The offer.
    offer: Option<Text<'a>>,
    /// Its life cycle state.
    state: Option<Choice<'a, SystemState>>,
    /// The first day of the subscription.
    start_date: Option<Day<'a>>,
    /// The day of registration, where known.
    registered: Option<Day<'a>>,
    /// The day on which the service ends; null in inventory.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Purchase orders or invoices; `pre_paid` where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// For how many months the service goes on by itself.
    renews_every_months: Option<Count<'a>>,
    /// The version of the catalogue under which it was sold.
    catalogue: Option<Id<'a>>,
    /// The rules behind it.
    rules: Option<GroundsList<'a>>,
}

impl RenewRequestDoc<'_> {
    pub(in crate::wire) fn years(&self) -> Result<u16, Error> {
        years(&self.years)
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        self.late.as_ref().map_or(Ok(LateRenewal::FromOrder), Choice::read).at("late")
    }
}

impl HeldSubscriptionDoc<'_> {
    /// How long service and warranty last.
    pub(in crate::wire) fn term(&self) -> Result<ServiceTerm, Error> {
        self.check_the_rest()?;
        if self.billing.as_ref().map(Choice::read).transpose().at("billing")? == Some(BillingModel::Direct) {
            return Err(no_purchase_order());
        }
        let end_date = self.end_date.as_ref().map(Day::read).transpose().at("end_date")?;
        Ok(ServiceTerm {
            registered: self.registered.as_ref().map(Day::read).transpose().at("registered")?,
            end_date: end_date.ok_or_else(no_end_date)?,
            warranty_end: self.warranty_end.as_ref().map(Day::read).transpose().at("warranty_end")?,
        })
    }

    /// What a renewal does not ask for has to be right all the same.
    fn check_the_rest(&self) -> Result<(), Error> {
        self.serial.as_ref().map(Text::read::<crate::text::Serial>).transpose().at("serial")?;
        self.model.as_ref().map(Text::read::<crate::account::Model>).transpose().at("model")?;
        self.offer.as_ref().map(Text::read::<crate::text::Text>).transpose().at("offer")?;
        self.state.as_ref().map(Choice::read).transpose().at("state")?;
        self.start_date.as_ref().map(Day::read).transpose().at("start_date")?;
        self.renews_every_months.as_ref().map(Count::months).transpose().at("renews_every_months")?;
        self.catalogue.as_ref().map(Text::read::<CatalogueVersion>).transpose().at("catalogue")?;
        self.rules.as_ref().map(GroundsList::read).transpose().at("rules")?;
        Ok(())
    }
}

/// Direct billing goes on by itself; a purchase order is the other kind of billing.
fn no_purchase_order() -> Error {
    let message = "a subscription that is billed `direct` is not renewed by a purchase order; let it go on by itself, or \
                   terminate it";
    Error::new(ErrorCode::BillingMismatch, message).by_rule(RuleId::Sub8).at("billing")
}

/// A system in inventory has no term to prolong; activating it is another purchase order.
fn no_end_date() -> Error {
    let message =
        "the end date is `null`: there is no term to renew; activate the system first, or give `end_date`";
    Error::new(ErrorCode::NoEndDate, message).by_rule(RuleId::Sub2).at("end_date")
}

/// Output of `subscriptions.renew`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Renewal"))]
pub(in crate::wire) struct RenewalDoc<'a> {
    /// The new day on which the service ends.
    end_date: Day<'a>,
    /// The new day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Whether the service was suspended and is not any more.
    reactivated: bool,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

impl RenewalDoc<'_> {
    pub(in crate::wire) fn of(renewal: &Renewal) -> Self {
        Self {
            end_date: renewal.end_date.into(),
            warranty_end: renewal.warranty_end.map(Day::from),
            reactivated: renewal.reactivated,
            rules: GroundsList::Grounds(renewal.grounds),
        }
    }
}
