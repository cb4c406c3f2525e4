use super::money::MoneyDoc;
use crate::account::{Instance, Series};
use crate::calendar::Months;
use crate::offers::{
    Channels, Connectivity, Devices, Product, ProductKind, Region, SalesChannel, Services, SupportLevel,
    Terms,
};
use crate::wire::error::{Error, Located, shown};
use crate::wire::faults::Faults;
use crate::wire::leaf::{Choice, Count, Id, Text};
use crate::wire::object::Object;
use alms_json::{Fill, Read, ReadFields as _, Shape, Source, Stop};
use alms_json::{Json, Write};
use std::borrow::Cow;

/// An offer, or another thing that a catalogue sells.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Product"))]
pub(in crate::wire) struct ProductDoc<'a> {
    /// The name.
    pub(in crate::wire) name: Id<'a>,
    /// What kind of thing it is.
    kind: Choice<'a, ProductKind>,
    /// What it includes.
    services: Object<ServicesDoc<'a>>,
    /// For how long it is sold, by billing model.
    terms: Object<TermsDoc<'a>>,
    /// The devices it can be used with.
    fits: DevicesDoc<'a>,
    /// The devices that get it where nobody chooses.
    default_for: Option<DevicesDoc<'a>>,
    /// The instances whose accounts can have it.
    instances: Vec<Choice<'a, Instance>>,
    /// How it is sold, by region of residence; null where it is no standard offer.
    channels: Option<Object<ChannelsDoc<'a>>>,
    /// The article number.
    sku: Option<Text<'a>>,
    /// The list price of one.
    list_price: Option<Object<MoneyDoc<'a>>>,
    /// The tokens in it, of a Service Pack.
    tokens: Option<Count<'a>>,
    /// Of a custom offer: whether it takes the place of the catalogue's offer of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::wire) replaces: Option<bool>,
}

/// What an offer includes.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Services"))]
pub(in crate::wire) struct ServicesDoc<'a> {
    /// Whether the device may be managed in ALMS.
    device_management: bool,
    /// How far customer support goes.
    support: Choice<'a, SupportLevel>,
    /// The data in it; null without.
    connectivity: Option<Choice<'a, Connectivity>>,
}

/// Terms in months; null where a billing model does not sell it, an empty list for an article.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Terms"))]
struct TermsDoc<'a> {
    /// In advance, by purchase order: 12, 36 or 60.
    pre_paid: Option<Vec<Count<'a>>>,
    /// Billed period by period: 1 or 12.
    direct: Option<Vec<Count<'a>>>,
}

/// How something is sold, by region of residence.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Channels"))]
struct ChannelsDoc<'a> {
    /// In the United States.
    us: Option<Choice<'a, SalesChannel>>,
    /// In the European Union.
    eu: Option<Choice<'a, SalesChannel>>,
    /// In the rest of the world.
    row: Option<Choice<'a, SalesChannel>>,
}

impl ProductDoc<'_> {
    /// The product; nothing if a value is none, with a fault for each of these.
    pub(in crate::wire) fn read(&self, faults: &mut Faults) -> Option<Product> {
        let name = faults.take(self.name.read().at("name"));
        let kind = faults.take(self.kind.read().at("kind"));
        let services = self.services.read(faults);
        let terms = self.terms.read(faults);
        let fits = self.fits.read("fits", faults);
        let default_for = read_optional(self.default_for.as_ref(), |doc| doc.read("default_for", faults));
        let instances = faults.take_list("instances", self.instances.iter().map(Choice::read));
        let channels = self.channels.as_ref().map_or(Some(Channels::default()), |doc| doc.read(faults));
        let sku = faults.take(self.sku.as_ref().map(Text::read).transpose().at("sku"));
        let list_price =
            faults.take(self.list_price.as_ref().map(|doc| doc.read()).transpose().at("list_price"));
        let tokens = faults.take(self.tokens.as_ref().map(Count::tokens).transpose().at("tokens"));
        Some(Product {
            name: name?,
            kind: kind?,
            services: services?,
            terms: terms?,
            fits: fits?,
            default_for: default_for?,
            instances: instances?,
            channels: channels?,
            sku: sku?,
            list_price: list_price?,
            tokens: tokens?,
        })
    }
}

impl<'a> ProductDoc<'a> {
    pub(in crate::wire) fn of(product: &'a Product) -> Self {
        let channels = product.channels;
        Self {
            name: Text::of(&product.name),
            kind: product.kind.into(),
            services: Object(ServicesDoc::of(product.services)),
            terms: Object(TermsDoc::of(&product.terms)),
            fits: DevicesDoc::of(&product.fits),
            default_for: product.default_for.as_ref().map(DevicesDoc::of),
            instances: product.instances.iter().copied().map(Choice::from).collect(),
            channels: (channels != Channels::default()).then(|| Object(ChannelsDoc::of(channels))),
            sku: product.sku.as_ref().map(Text::of),
            list_price: product.list_price.map(|price| Object(MoneyDoc::of(price))),
            tokens: product.tokens.map(Count::from),
            replaces: None,
        }
    }
}

/// An optional value: nothing only if it is there and is none.
fn read_optional<D, T>(doc: Option<&D>, read: impl FnOnce(&D) -> Option<T>) -> Option<Option<T>> {
    match doc {
        None => Some(None),
        Some(doc) => read(doc).map(Some),
    }
}

impl ServicesDoc<'_> {
    fn read(&self, faults: &mut Faults) -> Option<Services> {
        let support = faults.take(self.support.read().at("support").at("services"));
        let connectivity = self.connectivity.as_ref().map(Choice::read).transpose();
        let connectivity = faults.take(connectivity.at("connectivity").at("services"));
        Some(Services {
            device_management: self.device_management,
            support: support?,
            connectivity: connectivity?,
        })
    }

    pub(in crate::wire) fn of(services: Services) -> Self {
        Self {
            device_management: services.device_management,
            support: services.support.into(),
            connectivity: services.connectivity.map(Choice::from),
        }
    }
}

impl TermsDoc<'_> {
    fn read(&self, faults: &mut Faults) -> Option<Terms> {
        let mut read = |months: &Option<Vec<Count<'_>>>, field: &str| {
            read_optional(months.as_ref(), |list| faults.take_list(field, list.iter().map(Count::months)))
        };
        let (pre_paid, direct) = (read(&self.pre_paid, "terms.pre_paid"), read(&self.direct, "terms.direct"));
        Some(Terms { pre_paid: pre_paid?, direct: direct? })
    }

    fn of(terms: &Terms) -> Self {
        let of = |list: &Option<Vec<Months>>| list.as_deref().map(months_docs);
        Self { pre_paid: of(&terms.pre_paid), direct: of(&terms.direct) }
    }
}

/// Terms as numbers of months.
pub(in crate::wire) fn months_docs(terms: &[Months]) -> Vec<Count<'static>> {
    terms.iter().map(|months| months.get().into()).collect()
}

impl ChannelsDoc<'_> {
    fn read(&self, faults: &mut Faults) -> Option<Channels> {
        let mut read = |channel: &Option<Choice<'_, SalesChannel>>, region: Region| {
            let channel = channel.as_ref().map(Choice::read).transpose();
            faults.take(channel.at(region.as_str()).at("channels"))
        };
        let (us, eu) = (read(&self.us, Region::Us), read(&self.eu, Region::Eu));
        Some(Channels { row: read(&self.row, Region::Row)?, us: us?, eu: eu? })
    }

    fn of(channels: Channels) -> Self {
        let of = |region| channels.of(region).map(Choice::from);
        Self { us: of(Region::Us), eu: of(Region::Eu), row: of(Region::Row) }
    }
}

const ANY: &str = "any";

/// `"any"` or `{"series": […], "models": […]}`.
pub(in crate::wire) enum DevicesDoc<'a> {
    Name(Text<'a>),
    Named(NamedDevicesDoc<'a>),
}

/// Devices by series and model.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NamedDevices"))]
pub(in crate::wire) struct NamedDevicesDoc<'a> {
    /// The series.
    series: Option<Vec<Choice<'a, Series>>>,
    /// The models, such as `XR80`.
    models: Option<Vec<Text<'a>>>,
}

impl DevicesDoc<'_> {
    fn read(&self, field: &str, faults: &mut Faults) -> Option<Devices> {
        let NamedDevicesDoc { series, models } = match self {
            DevicesDoc::Name(Text(name)) if name == ANY => return Some(Devices::Any),
            DevicesDoc::Name(Text(name)) => {
                let message = format!(
                    "`{}` is not known; write `any`, or an object with `series` and `models`",
                    shown(name)
                );
                return faults.take(Err(Error::invalid_input(message).at(field)));
            }
            DevicesDoc::Named(named) => named,
        };
        let series = series.as_deref().unwrap_or_default().iter().map(Choice::read);
        let series = faults.take_list(&format!("{field}.series"), series);
        let models = models.as_deref().unwrap_or_default().iter().map(Text::read);
        let models = faults.take_list(&format!("{field}.models"), models);
        Some(Devices::Named { series: series?, models: models? })
    }
}

impl<'a> DevicesDoc<'a> {
    fn of(devices: &'a Devices) -> Self {
        match devices {
            Devices::Any => DevicesDoc::Name(Text(Cow::Borrowed(ANY))),
            Devices::Named { series, models } => DevicesDoc::Named(NamedDevicesDoc {
                series: Some(series.iter().copied().map(Choice::from).collect()),
                models: Some(models.iter().map(|model| Text::of(model.as_str())).collect()),
            }),
        }
    }
}

impl<'a> Fill<'a> for DevicesDoc<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let (mut name, mut doc) = (None, NamedDevicesDoc::empty());
        doc.read_fields(&mut |names, places| {
            source.value(Shape {
                expected: "`any` or an object with `series` and `models`",
                text: Some(&mut name),
                object: Some((names, places)),
                ..Shape::default()
            })
        })?;
        *self = name.map_or(Self::Named(doc), |name| Self::Name(Text(name)));
        Ok(())
    }
}

impl<'a> Read<'a> for DevicesDoc<'a> {
    fn empty() -> Self {
        Self::Name(Text::empty())
    }
}

impl Write for DevicesDoc<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            DevicesDoc::Name(name) => name.write(json),
            DevicesDoc::Named(named) => named.write(json),
        }
    }
}
