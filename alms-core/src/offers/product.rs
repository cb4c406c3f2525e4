use super::{BillingModel, Devices};
use crate::account::{Instance, Model};
use crate::calendar::Months;
use crate::money::Money;
use crate::names::named_enum;
use crate::quantity::Tokens;
use crate::text::{OfferName, Text};

named_enum! {
    /// What kind of thing is sold.
    #[non_exhaustive]
    pub enum ProductKind {
        /// Device management with its services; what a system is registered under.
        Support = "support",
        /// Data for a device, besides its device management (OFF-4).
        Connectivity = "connectivity",
        /// A SIM card (OFF-4).
        Sim = "sim",
        /// Tokens for a legacy account (TOK-1).
        ServicePack = "service_pack",
    }
}

named_enum! {
    /// How far customer support goes.
    #[non_exhaustive]
    pub enum SupportLevel {
        /// No customer support, as with AirLink Basic (OFF-3).
        None = "none",
        /// The customer support of AirLink Complete.
        Standard = "standard",
        /// The customer support of AirLink Premium.
        Premium = "premium",
    }
}

named_enum! {
    /// Data that an offer includes.
    #[non_exhaustive]
    pub enum Connectivity {
        /// That of the out-of-band radio of an XR Series router (XRS-5).
        OutOfBand = "out_of_band",
        /// That of the device's own traffic.
        Data = "data",
    }
}

named_enum! {
    /// A region of residence, by which services are sold (PAY-3).
    #[non_exhaustive]
    pub enum Region {
        /// The United States.
        Us = "us",
        /// The European Union.
        Eu = "eu",
        /// The rest of the world, Canada included.
        Row = "row",
    }
}

named_enum! {
    /// How something is sold in a region (PAY-3).
    #[non_exhaustive]
    pub enum SalesChannel {
        /// By the customer, while signing up in the browser.
        WebSignUp = "web_sign_up",
        /// By the vendor's sales.
        Sales = "sales",
        /// Not as a standard offer: the vendor's sales set it up by hand.
        ManualAssistance = "manual_assistance",
    }
}

/// What an offer includes (OFF-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Services {
    /// Whether the device may be managed in ALMS.
    pub device_management: bool,
    /// How far customer support goes.
    pub support: SupportLevel,
    /// The data in it.
    pub connectivity: Option<Connectivity>,
}

/// For how many months it is sold, by billing model (OFF-1); `None` where a billing model does not sell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// In advance, by purchase order: 12, 36 or 60. Empty for an article, which has no term.
    pub pre_paid: Option<Vec<Months>>,
    /// Billed period by period: 1 or 12. Empty for an article.
    pub direct: Option<Vec<Months>>,
}

impl Terms {
    /// The terms under this billing model; `None` if it is not sold so.
    pub fn of(&self, billing: BillingModel) -> Option<&[Months]> {
        match billing {
            BillingModel::PrePaid => self.pre_paid.as_deref(),
            BillingModel::Direct => self.direct.as_deref(),
        }
    }
}

/// How it is sold, by region of residence (PAY-3); `None` where it is no standard offer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Channels {
    /// In the United States.
    pub us: Option<SalesChannel>,
    /// In the European Union.
    pub eu: Option<SalesChannel>,
    /// In the rest of the world.
    pub row: Option<SalesChannel>,
}

impl Channels {
    /// How it is sold in this region.
    pub const fn of(self, region: Region) -> Option<SalesChannel> {
        match region {
            Region::Us => self.us,
            Region::Eu => self.eu,
            Region::Row => self.row,
        }
    }
}

/// An offer of a catalogue, or another thing it sells (OFF-1); [`Catalogue::try_new`](super::Catalogue::try_new) checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The name, once in a catalogue.
    pub name: OfferName,
    /// What kind of thing it is.
    pub kind: ProductKind,
    /// What it includes.
    pub services: Services,
    /// For how long, and under which billing model.
    pub terms: Terms,
    /// The devices it can be used with (OFF-2).
    pub fits: Devices,
    /// The devices that get it where nobody chose an offer; the closest tie counts (OFF-3).
    pub default_for: Option<Devices>,
    /// The instances whose accounts can have it.
    pub instances: Vec<Instance>,
    /// How it is sold, by region of residence.
    pub channels: Channels,
    /// The article number.
    pub sku: Option<Text>,
    /// The list price, of one.
    pub list_price: Option<Money>,
    /// The tokens in it, of a Service Pack.
    pub tokens: Option<Tokens>,
}

impl Product {
    /// Whether it is connectivity or brings some, other than an XR's out-of-band data: what reseller accounts do not
    /// get (OFF-4).
    pub fn brings_connectivity(&self) -> bool {
        self.is_connectivity() || self.services.connectivity == Some(Connectivity::Data)
    }

    /// Whether it is connectivity or a SIM card by itself: what only direct billing sells (OFF-4).
    pub const fn is_connectivity(&self) -> bool {
        matches!(self.kind, ProductKind::Connectivity | ProductKind::Sim)
    }

    /// What it includes for a device of this model: the data of the out-of-band radio only for an XR Series router, which
    /// alone has one (OFF-3, XRS-5).
    ///
    /// ```
    /// use alms_core::offers::Connectivity;
    /// use alms_core::wire::built_in_catalogues;
    /// let catalogue = built_in_catalogues().in_effect("2024-01-10".parse()?)?;
    /// let mut products = catalogue.data().products.iter();
    /// let premium = products.find(|product| product.name.as_str() == "AirLink Premium").unwrap();
    /// assert_eq!(premium.services_for(&"XR90".parse()?).connectivity, Some(Connectivity::OutOfBand));
    /// assert_eq!(premium.services_for(&"RV55".parse()?).connectivity, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn services_for(&self, model: &Model) -> Services {
        let of_model =
            |connectivity: &Connectivity| *connectivity != Connectivity::OutOfBand || model.is_xr();
        Services { connectivity: self.services.connectivity.filter(of_model), ..self.services }
    }

    /// Whether it has a term; an article, such as a SIM card, has none.
    pub(super) const fn has_term(&self) -> bool {
        matches!(self.kind, ProductKind::Support | ProductKind::Connectivity)
    }
}
