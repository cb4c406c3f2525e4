use super::devices::{NAMES_MAX, Named};
use super::{BillingModel, Connectivity, Devices, Product, ProductKind};
use crate::ErrorCode;
use crate::account::Instance;
use crate::calendar::Months;
use crate::money::{Decimal, Money};
use crate::rule::RuleId;
use crate::text::OfferName;
use std::collections::{HashMap, HashSet};

/// Something that is wrong with a catalogue, or with a customer's own offers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Fault {
    /// The position of the product.
    pub product: usize,
    /// The field, such as `terms.pre_paid[1]`.
    pub field: String,
    /// What is wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        self.kind.code()
    }
}

/// What is wrong with a product.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// An offer for the second time (OFF-5).
    #[error("the offer `{name}` is there twice; give one of them another name")]
    DuplicateOffer {
        /// The name.
        name: OfferName,
    },
    /// A custom offer with the name of one of the catalogue's (OFF-5).
    #[error(
        "the catalogue has an offer `{name}`; give the custom offer another name, or say that it `replaces` it"
    )]
    NameTaken {
        /// The name.
        name: OfferName,
    },
    /// There is nothing of this name to replace (OFF-5).
    #[error("the catalogue has no offer `{name}` to replace; correct the name, or leave `replaces` out")]
    UnknownReplaced {
        /// The name.
        name: OfferName,
    },
    /// A term that the billing model does not have (OFF-1).
    #[error("`{months}` months are no term of the billing model `{billing}`; use one of {}", terms_of(*.billing))]
    NoSuchTerm {
        /// The term.
        months: Months,
        /// The billing model.
        billing: BillingModel,
    },
    /// A term for the second time (OFF-1).
    #[error("the term of `{months}` months is there twice; give it once")]
    DuplicateTerm {
        /// The term.
        months: Months,
    },
    /// A service without a term, or without a billing model (OFF-1).
    #[error("`{name}` is a `{kind}` offer without a term; give at least one")]
    WithoutTerm {
        /// The product.
        name: OfferName,
        /// What it is.
        kind: ProductKind,
    },
    /// An article with a term (OFF-1).
    #[error("a `{kind}` is an article and has no term; write an empty list")]
    ArticleWithTerm {
        /// What it is.
        kind: ProductKind,
    },
    /// Connectivity that is sold in advance through partners (OFF-4).
    #[error("`{name}` is connectivity, which only direct billing sells; write `direct` terms only")]
    PrePaidConnectivity {
        /// The product.
        name: OfferName,
    },
    /// A price below zero.
    #[error("the list price `{0}` is below zero; give 0 or more")]
    NegativePrice(Money),
    /// Neither series nor model (OFF-1).
    #[error("`{name}` names no device; give series or models, or write `any`")]
    NoDevice {
        /// The product.
        name: OfferName,
    },
    /// No instance whose accounts can have it (OFF-1).
    #[error("`{name}` is sold on no instance; give at least one")]
    NoInstance {
        /// The product.
        name: OfferName,
    },
    /// More devices or instances than a product is compared with for each system.
    #[error("`{name}` names `{count}` {what}, which are too many; give {max} at most")]
    TooMany {
        /// The product.
        name: OfferName,
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// A service that the kind does not have, or lacks (OFF-1).
    #[error("`{name}` is of the kind `{kind}`; {remedy}")]
    WrongService {
        /// The product.
        name: OfferName,
        /// What it is.
        kind: ProductKind,
        /// What to do.
        remedy: &'static str,
    },
    /// It is the default for devices that it does not fit (OFF-3).
    #[error("`{name}` is the default for {default}, but fits {fits}; make it the default for those only")]
    DefaultOutsideFit {
        /// The product.
        name: OfferName,
        /// The devices it is the default for.
        default: Devices,
        /// The devices it fits.
        fits: Devices,
    },
    /// Two defaults for the same devices, billing model and instance (OFF-3).
    #[error(
        "`{name}` and `{other}` are both the default for one device; leave `default_for` out in one of them"
    )]
    DuplicateDefault {
        /// The product.
        name: OfferName,
        /// The one before.
        other: OfferName,
    },
}

impl FaultKind {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::DuplicateOffer { .. } | Self::NameTaken { .. } => ErrorCode::DuplicateOffer,
            Self::UnknownReplaced { .. } => ErrorCode::UnknownOffer,
            Self::NoSuchTerm { .. }
            | Self::DuplicateTerm { .. }
            | Self::WithoutTerm { .. }
            | Self::ArticleWithTerm { .. } => ErrorCode::InvalidTerm,
            Self::PrePaidConnectivity { .. } => ErrorCode::BillingMismatch,
            Self::NegativePrice(_) => ErrorCode::OutOfRange,
            Self::TooMany { .. } => ErrorCode::TooLarge,
            Self::NoDevice { .. } | Self::NoInstance { .. } | Self::WrongService { .. } => {
                ErrorCode::InvalidOffer
            }
            Self::DefaultOutsideFit { .. } => ErrorCode::DefaultOutsideFit,
            Self::DuplicateDefault { .. } => ErrorCode::DuplicateDefault,
        }
    }
}

impl FaultKind {
    /// The rule behind it; `None` where a value is out of range.
    pub const fn rule(&self) -> Option<RuleId> {
        match self {
            FaultKind::DuplicateOffer { .. }
            | FaultKind::NameTaken { .. }
            | FaultKind::UnknownReplaced { .. } => Some(RuleId::Off5),
            FaultKind::PrePaidConnectivity { .. } => Some(RuleId::Off4),
            FaultKind::DefaultOutsideFit { .. } | FaultKind::DuplicateDefault { .. } => Some(RuleId::Off3),
            FaultKind::NegativePrice(_) | FaultKind::TooMany { .. } => None,
            _ => Some(RuleId::Off1),
        }
    }
}

/// The terms of a billing model in months (OFF-1): years in advance, or a month or a year at a time.
const fn months_of(billing: BillingModel) -> &'static [i64] {
    match billing {
        BillingModel::PrePaid => &[12, 36, 60],
        BillingModel::Direct => &[1, 12],
    }
}

fn terms_of(billing: BillingModel) -> String {
    let terms: Vec<String> = months_of(billing).iter().map(|months| format!("`{months}`")).collect();
    terms.join(", ")
}

/// What is wrong with each product by itself.
pub(super) fn of_each(products: &[Product]) -> impl Iterator<Item = Fault> {
    products.iter().enumerate().flat_map(|(index, product)| {
        let parts = [of_terms(product), of_services(product), of_devices(product)];
        let place = move |(field, kind): (String, FaultKind)| Fault { product: index, field, kind };
        parts.into_iter().flatten().map(place)
    })
}

type InField = (String, FaultKind);

fn of_terms(product: &Product) -> Vec<InField> {
    let name = || product.name.clone();
    let mut faults = Vec::new();
    if product.is_connectivity() && product.terms.pre_paid.is_some() {
        faults.push(("terms.pre_paid".to_owned(), FaultKind::PrePaidConnectivity { name: name() }));
    }
    let without_term = || FaultKind::WithoutTerm { name: name(), kind: product.kind };
    if BillingModel::ALL.iter().all(|billing| product.terms.of(*billing).is_none()) {
        faults.push(("terms".to_owned(), without_term()));
    }
    for billing in BillingModel::ALL {
        let Some(terms) = product.terms.of(*billing) else { continue };
        let field = format!("terms.{billing}");
        match (product.has_term(), terms.is_empty()) {
            (true, true) => faults.push((field, without_term())),
            (false, false) => faults.push((field, FaultKind::ArticleWithTerm { kind: product.kind })),
            (true, false) => faults.extend(of_months(*billing, terms, &field)),
            (false, true) => {}
        }
    }
    faults
}

fn of_months(billing: BillingModel, terms: &[Months], field: &str) -> Vec<InField> {
    let fault = |(index, months): (usize, &Months)| {
        let kind = if !months_of(billing).contains(&months.get()) {
            FaultKind::NoSuchTerm { months: *months, billing }
        } else if terms.iter().take(index).any(|earlier| earlier == months) {
            FaultKind::DuplicateTerm { months: *months }
        } else {
            return None;
        };
        Some((format!("{field}[{index}]"), kind))
    };
    terms.iter().enumerate().filter_map(fault).collect()
}

fn of_services(product: &Product) -> Vec<InField> {
    let services = product.services;
    let checks = [
        (
            product.kind == ProductKind::Support && !services.device_management,
            "services.device_management",
            "write `true`, or give it another kind",
        ),
        (
            product.kind == ProductKind::Connectivity && services.connectivity != Some(Connectivity::Data),
            "services.connectivity",
            "write `data`, or give it another kind",
        ),
        (
            product.kind == ProductKind::ServicePack && product.tokens.is_none(),
            "tokens",
            "give the tokens in it",
        ),
        (
            product.kind != ProductKind::ServicePack && product.tokens.is_some(),
            "tokens",
            "leave the tokens out, as only a `service_pack` has some",
        ),
    ];
    let wrong = |remedy| FaultKind::WrongService { name: product.name.clone(), kind: product.kind, remedy };
    let faults = checks.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    let faults = faults.map(|(_, field, remedy)| (field.to_owned(), wrong(remedy)));
    let price = product.list_price.filter(|price| price.amount() < Decimal::new(0, 0));
    let price = price.map(|price| ("list_price.amount".to_owned(), FaultKind::NegativePrice(price)));
    faults.chain(price).collect()
}

/// Lists that would be compared with each system again and again.
fn too_many(product: &Product) -> Vec<InField> {
    let lists = [
        ("fits", "devices", product.fits.len()),
        ("default_for", "devices", product.default_for.as_ref().map_or(0, Devices::len)),
        ("instances", "instances", product.instances.len()),
    ];
    let fault = |(field, what, count): (&str, &'static str, usize)| {
        let kind = FaultKind::TooMany { name: product.name.clone(), what, count, max: NAMES_MAX };
        (count > NAMES_MAX).then(|| (field.to_owned(), kind))
    };
    lists.into_iter().filter_map(fault).collect()
}

fn of_devices(product: &Product) -> Vec<InField> {
    let name = || product.name.clone();
    let too_many = too_many(product);
    if !too_many.is_empty() {
        return too_many;
    }
    let mut faults = Vec::new();
    if product.fits.is_empty() {
        faults.push(("fits".to_owned(), FaultKind::NoDevice { name: name() }));
    }
    if product.instances.is_empty() {
        faults.push(("instances".to_owned(), FaultKind::NoInstance { name: name() }));
    }
    if let Some(default) = &product.default_for {
        let field = "default_for".to_owned();
        if default.is_empty() {
            faults.push((field, FaultKind::NoDevice { name: name() }));
        } else if product.kind != ProductKind::Support {
            let remedy = "leave `default_for` out, as only a `support` offer is a default";
            faults.push((field, FaultKind::WrongService { name: name(), kind: product.kind, remedy }));
        } else if !product.fits.cover(default) {
            let (default, fits) = (default.clone(), product.fits.clone());
            faults.push((field, FaultKind::DefaultOutsideFit { name: name(), default, fits }));
        }
    }
    faults
}

/// What is wrong between products: a name twice, or two defaults.
pub(super) fn of_names_and_defaults(products: &[Product]) -> impl Iterator<Item = Fault> {
    let mut names = HashSet::new();
    let mut defaults = HashMap::new();
    products.iter().enumerate().flat_map(move |(index, product)| {
        let name = (!names.insert(&product.name)).then(|| Fault {
            product: index,
            field: "name".to_owned(),
            kind: FaultKind::DuplicateOffer { name: product.name.clone() },
        });
        let other = claimed(index, product, &mut defaults).and_then(|other| products.get(other));
        let default = other.map(|other| Fault {
            product: index,
            field: "default_for".to_owned(),
            kind: FaultKind::DuplicateDefault { name: product.name.clone(), other: other.name.clone() },
        });
        name.into_iter().chain(default)
    })
}

/// Who is the default for devices in the accounts of an instance with one kind of billing: the first product that is.
type Defaults = HashMap<(Instance, BillingModel, Named), usize>;

/// Notes for what the product is the default; gives the first product that is the default for one of these, too.
fn claimed(index: usize, product: &Product, defaults: &mut Defaults) -> Option<usize> {
    let names: Vec<Named> = product.default_for.as_ref().map(Named::all).unwrap_or_default();
    let instances: HashSet<Instance> = product.instances.iter().copied().collect();
    let sold = |billing: &BillingModel| product.terms.of(*billing).is_some();
    let mut first = None;
    for instance in instances {
        for billing in BillingModel::ALL.iter().copied().filter(sold) {
            for named in &names {
                let claimed = *defaults.entry((instance, billing, named.clone())).or_insert(index);
                if claimed != index {
                    first = Some(first.map_or(claimed, |first: usize| first.min(claimed)));
                }
            }
        }
    }
    first
}
