use super::late::{LateDoc, late_renewal};
use super::subscription::{MonthCount, Years, known_kind, length};
use crate::account::{Model, SystemState};
use crate::calendar::Months;
use crate::offers::ProductKind;
use crate::rule::RuleId;
use crate::subscriptions::{LateRenewal, Origin, OriginData, Renewal, SubscriptionBilling, Term};
use crate::text::{CatalogueVersion, OfferName, Serial};
use crate::wire::ErrorCode;
use crate::wire::doc::account::{missing, optional_day, optional_text};
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
    /// For how many months, at least 1.
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many `months`.
    years: Option<Years<'a>>,
    /// The day on which the purchase order arrives.
    pub(in crate::wire) on: Day<'a>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// A subscription as a host holds it, such as one that a migration leaves.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "HeldSubscription"))]
pub(in crate::wire) struct HeldSubscriptionDoc<'a> {
    /// The account that holds it.
    account: Option<Id<'a>>,
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
    /// The first registration of the serial in any account; `registered` where absent.
    first_registered: Option<Day<'a>>,
    /// The day of registration in this account, where known.
    registered: Option<Day<'a>>,
    /// The day on which the chain of terms began, from which their ends are counted; where absent the first registration or
    /// the registration, if the end is its anniversary.
    terms_from: Option<Day<'a>>,
    /// The first day after the included year.
    included_until: Option<Day<'a>>,
    /// The day on which the service ends; null in inventory, and for the end of the included year.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Purchase orders, invoices, or free; `pre_paid` where absent.
    billing: Option<Choice<'a, SubscriptionBilling>>,
    /// For how many months the service goes on by itself.
    renews_every_months: Option<Count<'a>>,
    /// The version of the catalogue under which it was sold.
    catalogue: Option<Id<'a>>,
    /// The rules behind it.
    rules: Option<GroundsList<'a>>,
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

impl HeldSubscriptionDoc<'_> {
    /// How long service and warranty last.
    pub(in crate::wire) fn term(&self) -> Result<Term, Error> {
        let origin = self.origin()?;
        match origin.data() {
            data if data.billing != SubscriptionBilling::PrePaid => Err(no_purchase_order(data.billing)),
            data if data.renews_every.is_some() => Err(goes_on_by_itself()),
            _ => origin.term().ok_or_else(no_end_date),
        }
    }

    /// What a renewal does not ask for has to be right all the same; a name that it does not have stands for nothing.
    fn origin(&self) -> Result<Origin, Error> {
        self.catalogue.as_ref().map(Text::read::<CatalogueVersion>).transpose().at("catalogue")?;
        self.rules.as_ref().map(GroundsList::read).transpose().at("rules")?;
        let serial = optional_text(self.serial.as_ref(), "serial")?.unwrap_or(Serial::UNREAD);
        let offer = self.offer.as_ref().map(Text::limited).transpose().at("offer")?;
        let offer = offer.and_then(|offer| OfferName::try_new(&offer).ok()).unwrap_or(OfferName::UNREAD);
        let state = self.state.as_ref().map(Choice::read).transpose().at("state")?;
        let billing =
            self.billing.as_ref().map_or(Ok(SubscriptionBilling::PrePaid), Choice::read).at("billing")?;
        let end_date = optional_day(self.end_date.as_ref(), "end_date")?;
        let registered = optional_day(self.registered.as_ref(), "registered")?;
        let first_registered = optional_day(self.first_registered.as_ref(), "first_registered")?;
        if end_date.or(registered).or(first_registered).is_none() {
            return Err(no_end_date());
        }
        Ok(Origin::try_new(OriginData {
            account: optional_text(self.account.as_ref(), "account")?,
            model: self.model.as_ref().map_or(Ok(Model::unknown()), Text::read).at("model")?,
            kind: known_kind(&offer).unwrap_or(ProductKind::Support),
            inventory: state == Some(SystemState::Inventory),
            start_date: optional_day(self.start_date.as_ref(), "start_date")?,
            terms_from: optional_day(self.terms_from.as_ref(), "terms_from")?,
            included_until: optional_day(self.included_until.as_ref(), "included_until")?,
            warranty_end: optional_day(self.warranty_end.as_ref(), "warranty_end")?,
            renews_every: self
                .renews_every_months
                .as_ref()
                .map(Count::months)
                .transpose()
                .at("renews_every_months")?,
            first_registered,
            registered,
            end_date,
            billing,
            ..OriginData::new(serial, offer)
        })?)
    }
}

/// A purchase order is another kind of billing than invoices, and nothing is ordered that is free.
fn no_purchase_order(billing: SubscriptionBilling) -> Error {
    let message = format!(
        "a subscription that is billed `{billing}` is not renewed by a purchase order; let it go on by itself{}",
        if billing == SubscriptionBilling::Direct { ", or terminate it" } else { "" }
    );
    Error::new(ErrorCode::BillingMismatch, message).by_rule(RuleId::Sub8).at("billing")
}

/// RES-1: what renews by itself takes no order.
fn goes_on_by_itself() -> Error {
    let message = "a subscription with `renews_every_months` goes on by itself and is not renewed by a purchase order; \
                   remove the field if it does not";
    Error::new(ErrorCode::BillingMismatch, message).by_rule(RuleId::Sub8).at("renews_every_months")
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
    /// The day on which the chain of terms began; the next renewal asks for it.
    terms_from: Day<'a>,
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
            terms_from: renewal.term.terms_from.into(),
            reactivated: renewal.reactivated,
            rules: GroundsList::Grounds(renewal.grounds),
        }
    }
}
