use super::fault::{Fault, FaultKind};
use super::{Catalogue, Product, faults};
use crate::calendar::Date;
use crate::order::sort_by_key;
use crate::text::{CatalogueVersion, OfferName};
use std::collections::HashSet;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assortment {
    version: CatalogueVersion,
    effective: Date,
    products: Vec<AssortedProduct>,
}

impl Assortment {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let data = catalogue.data();
        let products = data.products.iter().cloned();
        Self {
            version: data.version.clone(),
            effective: data.effective,
            products: products.map(|product| AssortedProduct { product, custom: false }).collect(),
        }
    }

    pub(super) fn try_new(catalogue: &Catalogue, custom: Vec<CustomProduct>) -> Result<Self, Vec<Fault>> {
        let data = catalogue.data();
        let names: HashSet<&OfferName> = data.products.iter().map(|product| &product.name).collect();
        let own: Vec<Product> = custom.iter().map(|one| one.product.clone()).collect();
        let misnamed = custom.iter().enumerate().filter_map(|(index, one)| {
            let name = one.product.name.clone();
            let (field, kind) = match (names.contains(&name), one.replaces) {
                (true, false) => ("name", FaultKind::NameTaken { name }),
                (false, true) => ("replaces", FaultKind::UnknownReplaced { name }),
                _ => return None,
            };
            Some(Fault { product: index, field: field.to_owned(), kind })
        });
        let mut faults: Vec<Fault> = faults(&own).into_iter().chain(misnamed).collect();
        sort_by_key(&mut faults, |fault| fault.product);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut assortment = Self::of(catalogue);
        let replaced: HashSet<&OfferName> = own.iter().map(|one| &one.name).collect();
        assortment.products.retain(|kept| !replaced.contains(&kept.product.name));
        let own = own.into_iter().map(|product| AssortedProduct { product, custom: true });
        assortment.products.extend(own);
        Ok(assortment)
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
    pub fn products(&self) -> &[AssortedProduct] {
        &self.products
    }

    /// The product of this name, and whether it is the customer's own.
    ///
    /// # Errors
    /// [`UnknownOffer`].
    pub fn find(&self, name: &OfferName) -> Result<&AssortedProduct, UnknownOffer> {
        self.products
            .iter()
            .find(|one| one.product.name == *name)
            .ok_or_else(|| UnknownOffer { name: name.clone(), version: self.version.clone() })
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
