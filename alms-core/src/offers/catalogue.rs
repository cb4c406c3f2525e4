use super::fault::{Fault, of_each, of_names_and_defaults};
use super::{Assortment, CustomProduct, Product};
use crate::calendar::Date;
use crate::order::sort_by_key;
use crate::text::CatalogueVersion;

/// What a catalogue consists of; [`Catalogue::try_new`] makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueData {
    /// The version, which a subscription names (OFF-5).
    pub version: CatalogueVersion,
    /// The first day on which it is in effect.
    pub effective: Date,
    /// What it sells.
    pub products: Vec<Product>,
}

/// The offers that are sold from some day on, without a contradiction among them (OFF-5).
///
/// The catalogue that comes with the library is [`wire::built_in_catalogues`](crate::wire::built_in_catalogues).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue(CatalogueData);

impl Catalogue {
    /// Checks the data as a whole.
    ///
    /// # Errors
    /// Every [`Fault`], in the order of the products.
    ///
    /// ```
    /// use alms_core::offers::{Catalogue, CatalogueData};
    /// let data = CatalogueData { version: "v1".parse()?, effective: "2024-01-01".parse()?, products: vec![] };
    /// assert!(Catalogue::try_new(data).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn try_new(data: CatalogueData) -> Result<Self, Vec<Fault>> {
        let faults = faults(&data.products);
        if faults.is_empty() { Ok(Self(data)) } else { Err(faults) }
    }

    /// The catalogue's data.
    pub const fn data(&self) -> &CatalogueData {
        &self.0
    }

    /// The catalogue as every customer has it.
    pub fn assortment(&self) -> Assortment {
        Assortment::of(self)
    }

    /// The catalogue with a customer's own offers on top (OFF-5).
    ///
    /// An offer of the customer's own has a name of its own, unless it says that it replaces the catalogue's offer of
    /// this name.
    ///
    /// # Errors
    /// Every [`Fault`] of the customer's offers, in their order.
    pub fn with_custom(&self, custom: Vec<CustomProduct>) -> Result<Assortment, Vec<Fault>> {
        self.assortment().with_custom(custom)
    }
}

/// Everything that is wrong with these products, in their order.
pub fn faults(products: &[Product]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = of_each(products).chain(of_names_and_defaults(products)).collect();
    // Stable: what is wrong with one product stays together.
    sort_by_key(&mut faults, |fault| fault.product);
    faults
}
