//! Accounts, as they are read and written: one shape for all that speak of them.

use super::account_view::{AccountOf, Written};
use super::allocation::AllocationDoc;
use super::channel::ChannelDoc;
use super::directory::PartnershipDoc;
use super::product::ProductDoc;
use super::subscription::SubscriptionDoc;
use super::support_contact::SupportContactDoc;
use super::system::{ReadSystems, SystemList};
use crate::account::{Account, AccountFacts, Format, Instance, Kind};
use crate::calendar::Date;
use crate::offers::BillingModel;
use crate::subscriptions::{OriginData, Subscription};
use crate::text::{AtLeast, Email, TextError, Uid};
use crate::tokens::Status;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Id, SystemCount, Text};
use crate::wire::object::Object;
use alms_json::{Fill, Read, Shape, Source, Stop};
use alms_json::{Json, Write};
use std::str::FromStr;

/// An account: what is known of it. Each operation says which fields it needs, and takes the others.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccountFacts"))]
pub(in crate::wire) struct AccountDoc<'a> {
    /// The formal identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uid: Option<Id<'a>>,
    /// The company's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<Id<'a>>,
    /// The server that holds the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instance: Option<Choice<'a, Instance>>,
    /// Legacy (tokens) or avc (a subscription per system).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<Choice<'a, Format>>,
    /// What the account is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Choice<'a, Kind>>,
    /// The day the account was created.
    pub(super) created: Option<Day<'a>>,
    /// The token stock; 0 in an avc account. May be absent where a ledger says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tokens: Option<Count<'a>>,
    /// The token stock before the first booking of a ledger; another name of `tokens`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) opening: Option<Count<'a>>,
    /// The token stock after the last booking of a ledger; another name of `tokens`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) balance: Option<Count<'a>>,
    /// Whether it has service: told only at a stock of 0, as it follows from any other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Choice<'a, Status>>,
    /// E-mail addresses of the administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) administrators: Option<Vec<Id<'a>>>,
    /// The one administrator of an account that is asked for, an older form of `administrators`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("deprecated" = true)))]
    pub(super) administrator: Option<Id<'a>>,
    /// E-mail addresses of the other users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) users: Option<Vec<Id<'a>>>,
    /// UIDs of the partners' accounts, an older form of `partnerships`: of those whose profile is `read_only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("deprecated" = true)))]
    pub(super) partners: Option<Vec<Id<'a>>>,
    /// Its partners, what their users may do, and which of them is the partner of record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) partnerships: Option<Vec<Object<PartnershipDoc<'a>>>>,
    /// The UID of the partner of record, where no partnership says it; that of a link in `channel` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) partner_of_record: Option<Id<'a>>,
    /// The way in which the account came into being, where known: by a `partner_link` its partner is linked for support
    /// only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Object<ChannelDoc<'a>>>,
    /// The class of offers the account may buy.
    pub(super) offer_class: Option<Text<'a>>,
    /// The company's branding.
    pub(super) branding: Option<Text<'a>>,
    /// What the customer configured, carried along unread.
    pub(super) configuration: Option<Text<'a>>,
    /// How all its subscriptions are billed; `pre_paid` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) billing: Option<Choice<'a, BillingModel>>,
    /// E-mail addresses of the vendor's channel business managers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel_managers: Option<Vec<Id<'a>>>,
    /// An older name of `channel_managers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("deprecated" = true)))]
    pub(super) channel_business_managers: Option<Vec<Id<'a>>>,
    /// Whom the partner's customers reach for support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) support_contact: Option<Object<SupportContactDoc<'a>>>,
    /// The last day on which one of its users signed in, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_login: Option<Day<'a>>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agreement: Option<bool>,
    /// The offers of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) custom: Option<Vec<Object<ProductDoc<'a>>>>,
    /// The systems, each serial once. A number is an older form of `system_count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<SystemsField<'static>>"))]
    pub(super) systems: SystemsField<'a>,
    /// How many systems it has, where `systems` does not list all of them; null where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) system_count: Option<SystemCount<'a>>,
    /// The subscriptions that it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subscriptions: Option<Held<'a>>,
    /// The services that were bought for it and that no system uses yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) allocations: Option<Vec<Object<AllocationDoc<'a>>>>,
}

/// The systems of an account: all of them, or how many there are.
#[derive(Debug, Clone)]
pub(in crate::wire) enum SystemsField<'a> {
    Absent,
    Listed(SystemList<'a>),
    Counted(i64),
}

impl<'a> Fill<'a> for SystemsField<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut given = GivenSystems { listed: ReadSystems::new(), counted: None };
        *self = match (source.option(&mut given)?, given.counted) {
            (false, _) => Self::Absent,
            (true, None) => Self::Listed(given.listed.list()),
            (true, Some(count)) => Self::Counted(count),
        };
        Ok(())
    }

    fn is_optional(&self) -> bool {
        true
    }
}

impl<'a> Read<'a> for SystemsField<'a> {
    fn empty() -> Self {
        Self::Absent
    }
}

/// Systems that are given.
struct GivenSystems {
    listed: ReadSystems,
    counted: Option<i64>,
}

impl<'a> Fill<'a> for GivenSystems {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        source.value(Shape {
            expected: "a list of systems",
            list: Some(&mut self.listed),
            number: Some(&mut self.counted),
            ..Shape::default()
        })
    }
}

impl Write for SystemsField<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            SystemsField::Absent => json.raw("null"),
            SystemsField::Listed(systems) => systems.write(json),
            SystemsField::Counted(count) => count.write(json),
        }
    }

    fn is_null(&self) -> bool {
        matches!(self, SystemsField::Absent)
    }
}

/// The subscriptions of an account.
pub(in crate::wire) enum Held<'a> {
    Read(Vec<Object<SubscriptionDoc<'a>>>),
    Of(&'a [Subscription], &'a Uid),
}

crate::wire::leaf::read_as! { ['a] Held<'a>: Vec<Object<SubscriptionDoc<'a>>>, Held::Read; }

impl Held<'_> {
    /// The subscriptions as they were read; what is written is not read again.
    pub(super) fn docs(&self) -> &[Object<SubscriptionDoc<'_>>] {
        match self {
            Held::Read(docs) => docs,
            Held::Of(..) => &[],
        }
    }
}

impl Write for Held<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Held::Of(subscriptions, uid) => json.list(subscriptions.iter().map(|one| {
                SubscriptionDoc::of_facts(&OriginData {
                    account: Some((*uid).clone()),
                    ..OriginData::from(one)
                })
            })),
            Held::Read(_) => json.list(std::iter::empty::<&str>()),
        }
    }
}

impl<'a> AccountDoc<'a> {
    /// An account of which nothing is known.
    fn unknown() -> Self {
        <Self as alms_json::ReadFields<'a>>::empty()
    }

    /// The whole account as a document.
    pub(in crate::wire) fn of(account: &'a Account) -> AccountOf<'a, Written> {
        let data = account.data();
        let details = &data.details;
        let managers = &details.channel_managers;
        let doc = Self {
            uid: Some(Text::of(&data.uid)),
            name: Some(Text::of(&data.name)),
            instance: Some(data.instance.into()),
            format: Some(data.format.into()),
            kind: Some(data.kind.into()),
            created: data.created.map(Day::from),
            tokens: Some(data.tokens.into()),
            administrators: Some(data.administrators.iter().map(Text::of).collect()),
            users: Some(data.users.iter().map(Text::of).collect()),
            partners: Some(account.partners().map(Text::of).collect()),
            partnerships: Some(data.partnerships.iter().map(|one| Object(PartnershipDoc::of(one))).collect()),
            offer_class: data.offer_class.as_ref().map(Text::of),
            branding: data.branding.as_ref().map(Text::of),
            configuration: data.configuration.as_ref().map(Text::of),
            billing: details.billing.map(Choice::from),
            channel_managers: (!managers.is_empty()).then(|| managers.iter().map(Text::of).collect()),
            support_contact: details.support_contact.as_ref().map(|one| Object(SupportContactDoc::of(one))),
            last_login: details.last_login.map(Day::from),
            agreement: details.agreement,
            systems: SystemsField::Listed(SystemList::Of(data.systems.as_slice(), &[])),
            ..Self::unknown()
        };
        Object(doc.into())
    }

    /// The whole account with the subscriptions that it holds.
    pub(in crate::wire) fn holding(
        account: &'a Account,
        subscriptions: &'a [Subscription],
    ) -> AccountOf<'a, Written> {
        let mut doc = Self::of(account);
        doc.subscriptions = Some(Held::Of(subscriptions, &account.data().uid));
        doc
    }

    /// What is known of an account, as a document; not the subscriptions and allocations that it holds.
    pub(in crate::wire) fn of_facts<V>(facts: &'a AccountFacts) -> AccountOf<'a, V> {
        let ids =
            |texts: &'a Option<Vec<Email>>| texts.as_ref().map(|texts| texts.iter().map(Text::of).collect());
        let partnerships = facts.partnerships.as_ref();
        let doc = Self {
            uid: facts.uid.as_ref().map(Text::of),
            name: facts.name.as_ref().map(Text::of),
            instance: facts.instance.map(Choice::from),
            format: facts.format.map(Choice::from),
            kind: facts.kind.map(Choice::from),
            created: facts.created.map(Day::from),
            tokens: facts.tokens.or(facts.opening).or(facts.balance).map(Count::from),
            status: facts.status.map(Choice::from),
            administrators: ids(&facts.administrators),
            users: ids(&facts.users),
            partners: facts.partners.as_ref().map(|partners| partners.iter().map(Text::of).collect()),
            partnerships: partnerships
                .map(|list| list.iter().map(|one| Object(PartnershipDoc::of(one))).collect()),
            partner_of_record: facts.partner_of_record.as_ref().map(Text::of),
            channel: facts.channel.as_ref().map(|channel| Object(ChannelDoc::of(channel))),
            offer_class: facts.offer_class.as_ref().map(Text::of),
            branding: facts.branding.as_ref().map(Text::of),
            configuration: facts.configuration.as_ref().map(Text::of),
            billing: facts.billing.map(Choice::from),
            channel_managers: ids(&facts.channel_managers),
            support_contact: facts.support_contact.as_ref().map(|one| Object(SupportContactDoc::of(one))),
            last_login: facts.last_login.map(Day::from),
            agreement: facts.agreement,
            systems: facts.systems.as_ref().map_or(SystemsField::Absent, |systems| {
                SystemsField::Listed(SystemList::Of(systems.as_slice(), &facts.service_ends))
            }),
            system_count: facts.system_count.map(Count::from),
            ..Self::unknown()
        };
        Object(doc.into())
    }
}

/// A field that has to be there.
pub(in crate::wire) fn missing(name: &str) -> Error {
    Error::invalid_input(format!("the field `{name}` is missing; add it")).at(name)
}

pub(in crate::wire) fn optional_day(day: Option<&Day<'_>>, field: &str) -> Result<Option<Date>, Error> {
    day.map(Day::read).transpose().at(field)
}

pub(in crate::wire) fn optional_text<T, const CHARS_MIN: usize>(
    text: Option<&Text<'_, CHARS_MIN>>,
    field: &str,
) -> Result<Option<T>, Error>
where
    T: AtLeast<CHARS_MIN> + FromStr<Err = TextError>,
{
    text.map(Text::read).transpose().at(field)
}

pub(in crate::wire) fn texts<T, const CHARS_MIN: usize>(
    texts: Option<&[Text<'_, CHARS_MIN>]>,
    field: &str,
) -> Result<Vec<T>, Error>
where
    T: AtLeast<CHARS_MIN> + FromStr<Err = TextError>,
{
    let read = |text: &Text<'_, CHARS_MIN>| text.read();
    each(texts.unwrap_or_default().iter(), read).at(field)
}
