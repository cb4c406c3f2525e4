use super::fault::{Fault, FaultKind};
use super::shelf::Shelf;
use super::{Catalogue, Product, Tie, faults};
use crate::ErrorCode;
use crate::account::Model;
use crate::calendar::Date;
use crate::order::sort_by_key;
use crate::text::{CatalogueVersion, OfferName};
use std::sync::Arc;

/// An offer of a customer's own (OFF-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomProduct {
    /// The offer.
    pub product: Product,
    /// Whether it takes the place of the catalogue's offer of this name.
    pub replaces: bool,
}

/// A product, and whether it is the customer's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssortedProduct {
    /// The product.
    pub product: Product,
    /// Whether it is a custom offer.
    pub custom: bool,
}

/// What one customer can choose from: a catalogue with the customer's own offers on top (OFF-5).
///
/// Those of many customers share the catalogue's offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assortment {
    version: CatalogueVersion,
    effective: Date,
    common: Arc<Shelf>,
    own: Arc<Shelf>,
}

impl Assortment {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let data = catalogue.data();
        let common = data.products.iter().cloned();
        let common = common.map(|product| AssortedProduct { product, custom: false }).collect();
        Self {
            version: data.version.clone(),
            effective: data.effective,
            common: Arc::new(Shelf::new(common)),
            own: Arc::default(),
        }
    }

    /// The same catalogue with these offers of a customer's own on top; those it had are given up.
    ///
    /// # Errors
    /// Every [`Fault`] of the customer's offers, in their order.
    pub fn with_custom(&self, custom: Vec<CustomProduct>) -> Result<Self, Vec<Fault>> {
        let misnamed = custom.iter().enumerate().filter_map(|(index, one)| {
            let name = one.product.name.clone();
            let (field, kind) = match (self.common.find(&name).is_some(), one.replaces) {
                (true, false) => ("name", FaultKind::NameTaken { name }),
                (false, true) => ("replaces", FaultKind::UnknownReplaced { name }),
                _ => return None,
            };
            Some(Fault { product: index, field: field.to_owned(), kind })
        });
        let misnamed: Vec<Fault> = misnamed.collect();
        let own: Vec<Product> = custom.into_iter().map(|one| one.product).collect();
        let mut faults: Vec<Fault> = faults(&own).into_iter().chain(misnamed).collect();
        sort_by_key(&mut faults, |fault| fault.product);
        if !faults.is_empty() {
            return Err(faults);
        }
        let own = own.into_iter().map(|product| AssortedProduct { product, custom: true }).collect();
        Ok(Self { own: Arc::new(Shelf::new(own)), ..self.clone() })
    }

    /// The version of the catalogue, which a subscription names.
    pub const fn version(&self) -> &CatalogueVersion {
        &self.version
    }

    /// The first day on which the catalogue is in effect.
    pub const fn effective(&self) -> Date {
        self.effective
    }

    /// The catalogue's products without the replaced ones, then the customer's own.
    pub fn products(&self) -> impl Iterator<Item = &AssortedProduct> {
        self.common.products().iter().filter(|one| !self.is_replaced(one)).chain(self.own.products())
    }

    /// The product of this name, and whether it is the customer's own.
    ///
    /// # Errors
    /// [`UnknownOffer`].
    pub fn find(&self, name: &OfferName) -> Result<&AssortedProduct, UnknownOffer> {
        self.own
            .find(name)
            .or_else(|| self.common.find(name))
            .ok_or_else(|| UnknownOffer { name: name.clone(), version: self.version.clone() })
    }

    /// What is the default for devices that name the model as closely as this: the customer's own products before the
    /// catalogue's, of each the last first.
    pub(super) fn defaults(&self, model: &Model, tie: Tie) -> impl Iterator<Item = &AssortedProduct> {
        let common = self.common.defaults(model, tie).filter(|one| !self.is_replaced(one));
        self.own.defaults(model, tie).rev().chain(common.rev())
    }

    /// Whether a product of the catalogue has one of the customer's own in its place.
    fn is_replaced(&self, one: &AssortedProduct) -> bool {
        self.own.find(&one.product.name).is_some()
    }
}

/// An offer that neither the catalogue nor the customer has (OFF-5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the catalogue `{version}` has no offer `{name}`; choose one of its offers, or give it as a custom offer"
)]
pub struct UnknownOffer {
    /// The name.
    pub name: OfferName,
    /// The version of the catalogue.
    pub version: CatalogueVersion,
}

impl UnknownOffer {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::UnknownOffer
    }
}
