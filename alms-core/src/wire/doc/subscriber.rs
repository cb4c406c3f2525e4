use crate::account::{Format, Instance, Kind};
use crate::offers::{BillingModel, Subscriber};
use crate::rule::{RuleId, RuleSet};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, SystemCount};
use alms_json::Read;

/// An account, as far as offers, billing and registration ask about it.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Subscriber"))]
pub(in crate::wire) struct SubscriberDoc<'a> {
    /// Legacy (tokens) or avc (a subscription per system).
    format: Choice<'a, Format>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// The server that holds the account.
    instance: Choice<'a, Instance>,
    /// How all its subscriptions are billed; `pre_paid` where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// How many systems it has; null where that is not known.
    systems: Option<SystemCount<'a>>,
}

/// The fields of an account, wherever they stand.
pub(in crate::wire) struct SubscriberFields<'d, 'a> {
    pub(in crate::wire) format: &'d Choice<'a, Format>,
    pub(in crate::wire) kind: &'d Choice<'a, Kind>,
    pub(in crate::wire) instance: &'d Choice<'a, Instance>,
    pub(in crate::wire) billing: Option<&'d Choice<'a, BillingModel>>,
    pub(in crate::wire) systems: Option<&'d SystemCount<'a>>,
}

impl SubscriberDoc<'_> {
    /// The account, and the rules that were asked about it.
    pub(in crate::wire) fn read(&self, fired: &mut RuleSet) -> Result<Subscriber, Error> {
        let SubscriberDoc { format, kind, instance, billing, systems } = self;
        let (billing, systems) = (billing.as_ref(), systems.as_ref());
        subscriber(SubscriberFields { format, kind, instance, billing, systems }, fired)
    }
}

/// The account of these fields, and the rules that were asked about it.
pub(in crate::wire) fn subscriber(
    fields: SubscriberFields<'_, '_>,
    fired: &mut RuleSet,
) -> Result<Subscriber, Error> {
    let systems = fields.systems.map(systems).transpose().at("systems")?;
    let subscriber = Subscriber {
        format: fields.format.read().at("format")?,
        kind: fields.kind.read().at("kind")?,
        instance: fields.instance.read().at("instance")?,
        billing: fields.billing.map_or(Ok(BillingModel::PrePaid), Choice::read).at("billing")?,
        systems,
    };
    let limited = systems.is_some() && subscriber.kind.systems_max().is_some();
    *fired = fired.with(RuleId::Acc1).with_if(RuleId::Acc8, limited);
    Ok(subscriber)
}

/// A number of systems, at most 10 million (the limit of an account).
fn systems(count: &SystemCount<'_>) -> Result<u32, Error> {
    count.small()
}
