//! Systems, as they are read and written: one shape for all that speak of them.

use super::account::{missing, optional_day, optional_text};
use crate::account::{Model, System, SystemState, SystemsError};
use crate::calendar::Date;
use crate::text::{OfferName, Serial, Uid};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Day, Id, Text};
use crate::wire::object::Object;
use crate::wire::view::{Viewed, views};
use crate::xr::SkuRegion;
use alms_json::{Fill, Read, Shape, Source, Stop};
use alms_json::{Json, Write};

/// A router or gateway.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SystemFacts"))]
pub(in crate::wire) struct SystemDoc<'a> {
    /// The serial number.
    serial: Option<Id<'a>>,
    /// The model; any text.
    model: Option<Text<'a>>,
    /// The life cycle state.
    state: Option<Choice<'a, SystemState>>,
    /// The day of the last communication; null if there never was one.
    last_communication: Option<Day<'a>>,
    /// The last day of support; null without support.
    support_end: Option<Day<'a>>,
    /// The last day of warranty, where known.
    warranty_end: Option<Day<'a>>,
    /// The region of its SKU, of an XR Series router, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku_region: Option<Choice<'a, SkuRegion>>,
    /// The UID of the account that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Id<'a>>,
    /// The first registration of the serial in any account, if it was registered before.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_registered: Option<Day<'a>>,
    /// The offer that it has or is to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<Id<'a>>,
    /// The day on which its service ends; null without one, as in inventory, and where a subscription says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Day<'a>>,
}

views! {
    /// A system of an account.
    InAccount "System": ["serial", "model", "state"];
    /// A system that is to be registered.
    ToRegister "NewSystem": ["serial", "model"];
    /// A device of which little is known yet.
    Device "Device": ["model"];
    /// A system that is registered somewhere.
    Registered "KnownSystem": ["serial", "account"];
}

/// A system of an account, as it is read.
pub(in crate::wire) type InAccountDoc<'a> = Viewed<SystemDoc<'a>, InAccount>;

/// What is known of a system, each part of it checked.
#[derive(Debug, Clone)]
pub(in crate::wire) struct SystemFacts {
    pub(in crate::wire) serial: Option<Serial>,
    pub(in crate::wire) model: Option<Model>,
    pub(in crate::wire) state: Option<SystemState>,
    last_communication: Option<Date>,
    support_end: Option<Date>,
    warranty_end: Option<Date>,
    pub(in crate::wire) sku_region: Option<SkuRegion>,
    pub(in crate::wire) account: Option<Uid>,
    pub(in crate::wire) first_registered: Option<Date>,
    pub(in crate::wire) offer: Option<OfferName>,
    end_date: Option<Date>,
}

impl<'a> SystemDoc<'a> {
    /// What it says.
    pub(in crate::wire) fn facts(&self) -> Result<SystemFacts, Error> {
        Ok(SystemFacts {
            serial: optional_text(self.serial.as_ref(), "serial")?,
            model: self.model.as_ref().map(Text::read).transpose().at("model")?,
            state: self.state.as_ref().map(Choice::read).transpose().at("state")?,
            last_communication: optional_day(self.last_communication.as_ref(), "last_communication")?,
            support_end: optional_day(self.support_end.as_ref(), "support_end")?,
            warranty_end: optional_day(self.warranty_end.as_ref(), "warranty_end")?,
            sku_region: self.sku_region.as_ref().map(Choice::read).transpose().at("sku_region")?,
            account: optional_text(self.account.as_ref(), "account")?,
            first_registered: optional_day(self.first_registered.as_ref(), "first_registered")?,
            offer: optional_text(self.offer.as_ref(), "offer")?,
            end_date: optional_day(self.end_date.as_ref(), "end_date")?,
        })
    }

    /// The system of an account.
    pub(in crate::wire) fn read(&self) -> Result<System, Error> {
        Ok(self.facts()?.system()?.0)
    }

    pub(in crate::wire) fn of(system: &'a System) -> InAccountDoc<'a> {
        Object(Self::told(system, None, None).into())
    }

    /// A system that has left its account.
    pub(in crate::wire) fn of_account(system: &'a System, account: &'a Uid) -> InAccountDoc<'a> {
        Object(Self::told(system, None, Some(account)).into())
    }

    /// A system, the day on which its service ends, and its account.
    fn told(system: &'a System, end_date: Option<Date>, account: Option<&'a Uid>) -> Self {
        Self {
            serial: Some(Text::of(&system.serial)),
            model: Some(Text::of(system.model.as_str())),
            state: Some(system.state.into()),
            last_communication: system.last_communication.map(Day::from),
            support_end: system.support_end.map(Day::from),
            warranty_end: system.warranty_end.map(Day::from),
            sku_region: system.sku_region.map(Choice::from),
            account: account.map(Text::of),
            first_registered: None,
            offer: None,
            end_date: end_date.map(Day::from),
        }
    }
}

impl SystemFacts {
    /// The system of an account, the day on which its service ends, and the account.
    fn system(self) -> Result<(System, Option<Date>, Option<Uid>), Error> {
        let system = System {
            serial: self.serial.ok_or_else(|| missing("serial"))?,
            model: self.model.ok_or_else(|| missing("model"))?,
            state: self.state.ok_or_else(|| missing("state"))?,
            last_communication: self.last_communication,
            support_end: self.support_end,
            warranty_end: self.warranty_end,
            sku_region: self.sku_region,
        };
        Ok((system, self.end_date, self.account))
    }
}

/// What is said of some systems of a list beyond the systems themselves, by their positions.
#[derive(Debug, Clone, Default)]
pub(in crate::wire) struct Told {
    /// The days on which their service ends.
    pub(super) ends: Vec<(usize, Date)>,
    /// The accounts that have them.
    pub(in crate::wire) accounts: Vec<(usize, Uid)>,
}

/// A list of systems.
///
/// Each system becomes a value of the domain as soon as it has been read, so that a large list is in memory once.
#[derive(Debug, Clone)]
pub(in crate::wire) enum SystemList<'a> {
    Read(Result<Vec<System>, Error>, Told),
    Of(&'a [System], &'a [(usize, Date)]),
}

impl SystemList<'_> {
    /// The systems in their order, and what else is said of them; an error says which one is wrong.
    pub(in crate::wire) fn read(self) -> Result<(Vec<System>, Told), Error> {
        match self {
            SystemList::Read(systems, told) => Ok((systems?, told)),
            SystemList::Of(systems, ends) => {
                Ok((systems.to_vec(), Told { ends: ends.to_vec(), accounts: Vec::new() }))
            }
        }
    }
}

impl<'a> Fill<'a> for SystemList<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut systems = ReadSystems::new();
        source.value(Shape {
            expected: "a list of systems",
            list: Some(&mut systems),
            ..Shape::default()
        })?;
        *self = systems.list();
        Ok(())
    }
}

impl<'a> Read<'a> for SystemList<'a> {
    fn empty() -> Self {
        Self::Of(&[], &[])
    }
}

/// The systems that are read so far.
pub(super) struct ReadSystems(Result<Vec<System>, Error>, Told);

impl ReadSystems {
    pub(super) fn new() -> Self {
        Self(Ok(Vec::new()), Told::default())
    }

    pub(super) fn list<'a>(self) -> SystemList<'a> {
        SystemList::Read(self.0, self.1)
    }
}

impl<'a> Fill<'a> for ReadSystems {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut doc = InAccountDoc::<'a>::empty();
        doc.fill(source)?;
        // After the first error the rest is only checked for its shape, as JSON that is none comes first.
        if let Ok(good) = &mut self.0 {
            match doc.facts().and_then(SystemFacts::system).at_index(good.len()) {
                Ok((system, end, account)) => {
                    self.1.ends.extend(end.map(|end| (good.len(), end)));
                    self.1.accounts.extend(account.map(|account| (good.len(), account)));
                    good.push(system);
                }
                Err(error) => self.0 = Err(error),
            }
        }
        Ok(())
    }
}

impl Write for SystemList<'_> {
    fn write(&self, json: &mut Json<'_>) {
        let (systems, ends) = match self {
            SystemList::Of(systems, ends) => (*systems, *ends),
            // What is wrong is not written: `read` refuses it.
            SystemList::Read(systems, told) => (systems.as_deref().unwrap_or_default(), told.ends.as_slice()),
        };
        let mut ends = ends.iter().peekable();
        json.list(systems.iter().enumerate().map(|(index, system)| {
            let end = ends.next_if(|(position, _)| *position == index);
            SystemDoc::told(system, end.map(|(_, end)| *end), None)
        }));
    }
}

impl From<SystemsError> for Error {
    fn from(error: SystemsError) -> Self {
        match &error {
            SystemsError::DuplicateSerial { index, serial } => {
                Error::new(error.code(), &error).with("serial", serial.as_str()).at("serial").at_index(*index)
            }
            SystemsError::TooMany { count } => Error::new(error.code(), &error).with("count", *count),
        }
    }
}
