//! Products by what they are looked up by: many systems may ask one long catalogue.

use super::devices::Named;
use super::{AssortedProduct, Subscriber, SupportLevel, Tie};
use crate::account::Model;
use crate::offers::ProductKind;
use crate::text::OfferName;
use std::collections::HashMap;

/// Products that contradict one another in nothing, with indexes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    products: Vec<AssortedProduct>,
    names: HashMap<OfferName, usize>,
    /// By a name of devices, what is the default for them: one product for each instance and billing model at most.
    defaults: HashMap<Named, Vec<usize>>,
}

impl Shelf {
    pub(super) fn new(products: Vec<AssortedProduct>) -> Self {
        let (mut names, mut defaults) = (HashMap::new(), HashMap::<Named, Vec<usize>>::new());
        for (index, AssortedProduct { product, .. }) in products.iter().enumerate() {
            names.entry(product.name.clone()).or_insert(index);
            for named in product.default_for.iter().flat_map(Named::all) {
                let places = defaults.entry(named).or_default();
                if places.last() != Some(&index) {
                    places.push(index);
                }
            }
        }
        Self { products, names, defaults }
    }

    pub(super) fn products(&self) -> &[AssortedProduct] {
        &self.products
    }

    pub(super) fn find(&self, name: &OfferName) -> Option<&AssortedProduct> {
        self.names.get(name).and_then(|index| self.products.get(*index))
    }

    /// The products that are the default for devices which name the model as closely as this.
    ///
    /// What is the default for a device fits it (OFF-3).
    pub(super) fn defaults(
        &self,
        model: &Model,
        tie: Tie,
    ) -> impl DoubleEndedIterator<Item = &AssortedProduct> {
        let places = Named::of(model, tie).and_then(|named| self.defaults.get(&named));
        places.into_iter().flatten().filter_map(|index| self.products.get(*index))
    }
}

/// The support offers that an account can have, whatever the device: the first one for each name of devices.
#[derive(Debug)]
pub(crate) struct Available<'a> {
    offers: Vec<&'a AssortedProduct>,
    first: HashMap<(SupportLevel, Named), usize>,
}

impl<'a> Available<'a> {
    pub(crate) fn new(products: impl Iterator<Item = &'a AssortedProduct>, account: &Subscriber) -> Self {
        let can_have = |one: &&AssortedProduct| {
            one.product.kind == ProductKind::Support && one.product.exclusions(account).is_empty()
        };
        let offers: Vec<&AssortedProduct> = products.filter(can_have).collect();
        let mut first = HashMap::new();
        for (index, AssortedProduct { product, .. }) in offers.iter().copied().enumerate() {
            for named in Named::all(&product.fits) {
                first.entry((product.services.support, named)).or_insert(index);
            }
        }
        Self { offers, first }
    }

    /// The first offer of this level for a device of this model.
    pub(crate) fn first(&self, level: SupportLevel, model: &Model) -> Option<&'a AssortedProduct> {
        let named = [Tie::Model, Tie::Series, Tie::Any].into_iter().filter_map(|tie| Named::of(model, tie));
        let place = named.filter_map(|named| self.first.get(&(level, named))).min()?;
        self.offers.get(*place).copied()
    }
}
