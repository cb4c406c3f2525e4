use super::late::{LateDoc, late_renewal};
use super::subscription::SubscriptionDoc;
use crate::calendar::Date;
use crate::offers::SupportLevel;
use crate::subscriptions::{Effect, EventOutcome, EventType, Holding, LateRenewal, LifeState, StateOn};
use crate::text::{OfferName, Serial};
use crate::wire::built_in_catalogues;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.state`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "StateRequest"))]
pub(in crate::wire) struct StateRequestDoc<'a> {
    /// The subscription with its history.
    pub(in crate::wire) subscription: Object<SubscriptionDoc<'a>>,
    /// The day that is asked for; events of later days do not count.
    pub(in crate::wire) on: Day<'a>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

impl StateRequestDoc<'_> {
    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// Output of `subscriptions.state`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SubscriptionState"))]
pub(in crate::wire) struct StateDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// The day.
    on: Day<'a>,
    /// What the subscription is.
    state: Choice<'a, LifeState>,
    /// The offer.
    offer: Id<'a>,
    /// Another offer that is booked already.
    next_offer: Option<NextOfferDoc<'a>>,
    /// Whether the day lies in the included first year.
    included_year: bool,
    /// The day on which the service ends, or the paid period if it goes on by itself; null in inventory.
    end_date: Option<Day<'a>>,
    /// Whether the service goes on by itself at that day.
    renews_by_itself: bool,
    /// The day on which it ends for good, if that is booked.
    terminates_on: Option<Day<'a>>,
    /// The day on which the warranty ends; null without warranty.
    warranty_end: Option<Day<'a>>,
    /// Whether the system has service.
    service: bool,
    /// Whether it has customer support: what AirLink Basic has not; an offer of the customer's own counts as having it.
    support: bool,
    /// Whether it is under warranty.
    warranty: bool,
    /// Whether the customer can reach the account: always.
    account_access: bool,
    /// The notification of the renewal; null where no purchase order is needed, or the term is over.
    notification: Option<NotificationDoc<'a>>,
    /// What came of every event up to the day, in the order of their days.
    events: Vec<EventResultDoc<'a>>,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
    /// The subscription as it is at the end of the day, with the events that have not taken effect: it stands for its history.
    subscription: SubscriptionDoc<'a>,
}

/// An offer that is booked already.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NextOffer"))]
struct NextOfferDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// The day from which it counts.
    from: Day<'a>,
}

/// The notification of a renewal.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Notification"))]
struct NotificationDoc<'a> {
    /// The day from which it is due: 90 days before the end.
    from: Day<'a>,
    /// Whether it is due.
    due: bool,
}

/// What came of an event: its effect, or the error for which it has none.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "EventResult"))]
struct EventResultDoc<'a> {
    /// The day of the event.
    on: Day<'a>,
    /// Its type.
    #[serde(rename = "type")]
    event_type: Choice<'a, EventType>,
    /// Whether it has an effect.
    ok: bool,
    /// The effect; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<EffectDoc<'a>>,
    /// Why there is none; absent if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

/// What an event did.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "EventEffect"))]
struct EffectDoc<'a> {
    /// The day from which it counts.
    from: Day<'a>,
    /// The day on which the service ends after it; null if it goes on by itself.
    end_date: Option<Day<'a>>,
    /// The day on which the warranty ends after it.
    warranty_end: Option<Day<'a>>,
    /// Whether the service was suspended and is not any more.
    reactivated: bool,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

impl<'a> StateDoc<'a> {
    pub(in crate::wire) fn of(
        serial: &'a Serial,
        state: &StateOn<'a>,
        subscription: &Holding,
        on: Date,
    ) -> Self {
        let service = state.state == LifeState::Active;
        let next_offer =
            state.next_offer.map(|(from, offer)| NextOfferDoc { offer: Text::of(offer), from: from.into() });
        let notification =
            |from: Date| NotificationDoc { from: from.into(), due: state.notification_due(on) };
        Self {
            serial: Text::of(serial),
            on: on.into(),
            state: state.state.into(),
            offer: Text::of(state.offer),
            next_offer,
            included_year: state.included_year,
            end_date: state.end_date.map(Day::from),
            renews_by_itself: state.renews_by_itself,
            terminates_on: state.terminates_on.map(Day::from),
            warranty_end: state.warranty_end.map(Day::from),
            service,
            support: service && has_support(state.offer),
            warranty: state.under_warranty,
            account_access: true,
            notification: state.notify_from.map(notification),
            events: state.events.iter().map(EventResultDoc::of).collect(),
            rules: GroundsList::Grounds(state.grounds),
            subscription: SubscriptionDoc::of(subscription),
        }
    }
}

/// OFF-3: whether an offer has customer support, by the newest catalogue that knows it.
fn has_support(offer: &OfferName) -> bool {
    let products =
        built_in_catalogues().as_slice().iter().rev().flat_map(|catalogue| &catalogue.data().products);
    let known = products.into_iter().find(|product| product.name == *offer);
    known.is_none_or(|product| product.services.support != SupportLevel::None)
}

impl EventResultDoc<'_> {
    fn of(outcome: &EventOutcome<'_>) -> Self {
        let EventOutcome { index, event, result } = outcome;
        let place = |error: Error| error.at_index(*index).at("events").at("subscription");
        Self {
            on: event.on.into(),
            event_type: event.change.event_type().into(),
            ok: result.is_ok(),
            effect: result.as_ref().ok().map(EffectDoc::of),
            error: result.as_ref().err().map(|refusal| place(refusal.clone().into())),
        }
    }
}

impl EffectDoc<'_> {
    fn of(effect: &Effect) -> Self {
        Self {
            from: effect.from.into(),
            end_date: effect.end_date.map(Day::from),
            warranty_end: effect.warranty_end.map(Day::from),
            reactivated: effect.reactivated,
            rules: GroundsList::Grounds(effect.grounds),
        }
    }
}
