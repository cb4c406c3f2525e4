use crate::account::{
    Account, AccountData, AccountError, Format, Instance, Kind, System, SystemState, Systems, SystemsError,
};
use crate::rule::{RuleId, RuleSet};
use crate::text::{AtLeast, TextError, Uid};
use crate::tokens::Tokens;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Count, Day, Id, Text};
use crate::wire::object::Object;
use crate::xr::SkuRegion;
use alms_json::{Fill, Read, Shape, Source, Stop};
use alms_json::{Json, Write};
use std::str::FromStr;

/// An account and its systems.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Account"))]
pub(in crate::wire) struct AccountDoc<'a> {
    /// The formal identifier.
    uid: Id<'a>,
    /// The company's name.
    name: Id<'a>,
    /// The server that holds the account.
    instance: Choice<'a, Instance>,
    /// Legacy (tokens) or avc (a subscription per system).
    format: Choice<'a, Format>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// The day the account was created.
    created: Option<Day<'a>>,
    /// The token stock; 0 in an avc account. May be absent where a ledger says it.
    tokens: Option<Count<'a>>,
    /// E-mail addresses of the administrators.
    administrators: Option<Vec<Id<'a>>>,
    /// E-mail addresses of the other users.
    users: Option<Vec<Id<'a>>>,
    /// UIDs of the partners' accounts.
    partners: Option<Vec<Id<'a>>>,
    /// The class of offers the account may buy.
    offer_class: Option<Text<'a>>,
    /// The company's branding.
    branding: Option<Text<'a>>,
    /// What the customer configured, carried along unread.
    configuration: Option<Text<'a>>,
    /// The systems, each serial once.
    systems: SystemList<'a>,
}

/// A router or gateway.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "System"))]
pub(in crate::wire) struct SystemDoc<'a> {
    /// The serial number.
    serial: Id<'a>,
    /// The model; any text.
    model: Text<'a>,
    /// The life cycle state.
    state: Choice<'a, SystemState>,
    /// The day of the last communication; null if there never was one.
    last_communication: Option<Day<'a>>,
    /// The last day of support; null without support.
    support_end: Option<Day<'a>>,
    /// The last day of warranty, where known.
    warranty_end: Option<Day<'a>>,
    /// The region of its SKU, of an XR Series router, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku_region: Option<Choice<'a, SkuRegion>>,
}

impl<'a> AccountDoc<'a> {
    /// The account, and the rules that were asked about it (ACC-1, ACC-2).
    pub(in crate::wire) fn read(self, fired: &mut RuleSet) -> Result<Account, Error> {
        let tokens = self.tokens()?;
        self.read_with(tokens.ok_or_else(|| missing("tokens"))?, fired)
    }

    /// The stock that the document gives, if it gives one.
    pub(in crate::wire) fn tokens(&self) -> Result<Option<Tokens>, Error> {
        self.tokens.as_ref().map(Count::tokens).transpose().at("tokens")
    }

    /// The account's UID.
    pub(in crate::wire) fn uid(&self) -> Result<Uid, Error> {
        self.uid.read().at("uid")
    }

    /// The account with this stock.
    pub(in crate::wire) fn read_with(self, tokens: Tokens, fired: &mut RuleSet) -> Result<Account, Error> {
        *fired = fired.with(RuleId::Acc1).with_if(RuleId::Acc2, self.created.is_some());
        let data = AccountData {
            uid: self.uid.read().at("uid")?,
            name: self.name.read().at("name")?,
            instance: self.instance.read().at("instance")?,
            format: self.format.read().at("format")?,
            kind: self.kind.read().at("kind")?,
            created: optional_day(self.created.as_ref(), "created")?,
            tokens,
            administrators: texts(self.administrators.as_deref(), "administrators")?,
            users: texts(self.users.as_deref(), "users")?,
            partners: texts(self.partners.as_deref(), "partners")?,
            offer_class: optional_text(self.offer_class.as_ref(), "offer_class")?,
            branding: optional_text(self.branding.as_ref(), "branding")?,
            configuration: optional_text(self.configuration.as_ref(), "configuration")?,
            systems: self.systems.read().and_then(|list| Ok(Systems::try_new(list)?)).at("systems")?,
        };
        Ok(Account::try_new(data)?)
    }

    /// The account as a document.
    pub(in crate::wire) fn of(account: &'a Account) -> Self {
        let data = account.data();
        Self {
            uid: Text::of(&data.uid),
            name: Text::of(&data.name),
            instance: data.instance.into(),
            format: data.format.into(),
            kind: data.kind.into(),
            created: data.created.map(Day::from),
            tokens: Some(data.tokens.into()),
            administrators: Some(data.administrators.iter().map(Text::of).collect()),
            users: Some(data.users.iter().map(Text::of).collect()),
            partners: Some(data.partners.iter().map(Text::of).collect()),
            offer_class: data.offer_class.as_ref().map(Text::of),
            branding: data.branding.as_ref().map(Text::of),
            configuration: data.configuration.as_ref().map(Text::of),
            systems: SystemList::Of(data.systems.as_slice()),
        }
    }
}

/// A list of systems.
///
/// Each system becomes a value of the domain as soon as it has been read, so that a large list is in memory once.
pub(in crate::wire) enum SystemList<'a> {
    Read(Result<Vec<System>, Error>),
    Of(&'a [System]),
}

impl SystemList<'_> {
    /// The systems in their order; an error says which one is wrong.
    pub(in crate::wire) fn read(self) -> Result<Vec<System>, Error> {
        match self {
            SystemList::Read(systems) => systems,
            SystemList::Of(systems) => Ok(systems.to_vec()),
        }
    }
}

impl<'a> Fill<'a> for SystemList<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut systems = ReadSystems(Ok(Vec::new()));
        source.value(Shape {
            expected: "a list of systems",
            list: Some(&mut systems),
            ..Shape::default()
        })?;
        *self = Self::Read(systems.0);
        Ok(())
    }
}

impl<'a> Read<'a> for SystemList<'a> {
    fn empty() -> Self {
        Self::Of(&[])
    }
}

/// The systems that are read so far.
struct ReadSystems(Result<Vec<System>, Error>);

impl<'a> Fill<'a> for ReadSystems {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut doc = Object::<SystemDoc<'a>>::empty();
        doc.fill(source)?;
        // After the first error the rest is only checked for its shape, as JSON that is none comes first.
        if let Ok(good) = &mut self.0 {
            match doc.read().at_index(good.len()) {
                Ok(system) => good.push(system),
                Err(error) => self.0 = Err(error),
            }
        }
        Ok(())
    }
}

impl Write for SystemList<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            SystemList::Of(systems) => json.list(systems.iter().map(SystemDoc::of)),
            // What is wrong is not written: `read` refuses it.
            SystemList::Read(systems) => json.list(systems.iter().flatten().map(SystemDoc::of)),
        }
    }
}

impl<'a> SystemDoc<'a> {
    pub(in crate::wire) fn read(&self) -> Result<System, Error> {
        Ok(System {
            serial: self.serial.read().at("serial")?,
            model: self.model.read().at("model")?,
            state: self.state.read().at("state")?,
            last_communication: optional_day(self.last_communication.as_ref(), "last_communication")?,
            support_end: optional_day(self.support_end.as_ref(), "support_end")?,
            warranty_end: optional_day(self.warranty_end.as_ref(), "warranty_end")?,
            sku_region: self.sku_region.as_ref().map(Choice::read).transpose().at("sku_region")?,
        })
    }

    pub(in crate::wire) fn of(system: &'a System) -> Self {
        Self {
            serial: Text::of(&system.serial),
            model: Text::of(system.model.as_str()),
            state: system.state.into(),
            last_communication: system.last_communication.map(Day::from),
            support_end: system.support_end.map(Day::from),
            warranty_end: system.warranty_end.map(Day::from),
            sku_region: system.sku_region.map(Choice::from),
        }
    }
}

/// A field that has to be there.
pub(in crate::wire) fn missing(name: &str) -> Error {
    Error::invalid_input(format!("the field `{name}` is missing; add it")).at(name)
}

pub(in crate::wire) fn optional_day(
    day: Option<&Day<'_>>,
    field: &str,
) -> Result<Option<crate::calendar::Date>, Error> {
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

impl From<AccountError> for Error {
    fn from(error: AccountError) -> Self {
        match &error {
            AccountError::FormatNotAvailable { created } => Error::new(ErrorCode::FormatNotAvailable, &error)
                .by_rule(RuleId::Acc2)
                .with("created", created.to_string())
                .at("format"),
        }
    }
}

impl From<SystemsError> for Error {
    fn from(error: SystemsError) -> Self {
        match &error {
            SystemsError::DuplicateSerial { index, serial } => Error::new(ErrorCode::DuplicateSerial, &error)
                .with("serial", serial.as_str())
                .at("serial")
                .at_index(*index),
            SystemsError::TooMany { count } => {
                Error::new(ErrorCode::OutOfRange, &error).with("count", *count)
            }
        }
    }
}
