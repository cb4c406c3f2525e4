use super::product::ProductDoc;
use crate::calendar::Date;
use crate::offers::{
    Assortment, Catalogue, CatalogueData, Catalogues, CataloguesError, CustomProduct, Fault, FaultKind,
    faults,
};
use crate::order::sort_by_key;
use crate::rule::{RuleId, RuleSet};
use crate::wire::ErrorCode;
use crate::wire::built_in::built_in_catalogues;
use crate::wire::error::{Error, Located, each};
use crate::wire::faults::Faults;
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;
use std::collections::BTreeMap;

/// A catalogue of offers: everything that is sold from some day on.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Catalogue"))]
pub(in crate::wire) struct CatalogueDoc<'a> {
    /// The version, which a subscription names.
    version: Id<'a>,
    /// The first day on which it is in effect.
    effective: Day<'a>,
    /// What it sells, each name once.
    products: Vec<Object<ProductDoc<'a>>>,
}

impl CatalogueDoc<'_> {
    /// The catalogue, or everything that is wrong with it, in the order of the document.
    pub(in crate::wire) fn read(&self) -> Result<Catalogue, Vec<Error>> {
        let mut head = Faults::default();
        let version = head.take(self.version.read().at("version"));
        let effective = head.take(self.effective.read().at("effective"));
        let list = ProductList::read(&self.products);
        let not_custom = self.products.iter().enumerate().filter(|(_, doc)| doc.replaces.is_some());
        let not_custom = not_custom.map(|(index, _)| (index, not_a_custom_offer()));
        let wrong = list.errors(faults(&list.products), not_custom);
        head.0.extend(wrong.into_iter().map(|error| error.at("products")));
        match (version, effective) {
            (Some(version), Some(effective)) if head.0.is_empty() => {
                let data = CatalogueData { version, effective, products: list.products };
                Catalogue::try_new(data).map_err(|faults| faults.iter().map(Error::from).collect())
            }
            _ => Err(head.0),
        }
    }
}

fn not_a_custom_offer() -> Error {
    Error::invalid_input("`replaces` is for custom offers; leave it out in a catalogue").at("replaces")
}

impl<'a> CatalogueDoc<'a> {
    pub(in crate::wire) fn of(catalogue: &'a Catalogue) -> Self {
        let data = catalogue.data();
        Self {
            version: Text::of(&data.version),
            effective: data.effective.into(),
            products: data.products.iter().map(|product| Object(ProductDoc::of(product))).collect(),
        }
    }

    /// What one customer can choose from, as a catalogue.
    pub(in crate::wire) fn of_assortment(assortment: &'a Assortment) -> Self {
        let products = assortment.products();
        Self {
            version: Text::of(assortment.version()),
            effective: assortment.effective().into(),
            products: products.map(|one| Object(ProductDoc::of(&one.product))).collect(),
        }
    }
}

/// Products that could be read, and what was wrong with the others.
struct ProductList {
    products: Vec<crate::offers::Product>,
    /// Where each of the products stands in the document.
    positions: Vec<usize>,
    /// What is wrong, and with which product.
    unread: Vec<(usize, Error)>,
}

impl ProductList {
    fn read(docs: &[Object<ProductDoc<'_>>]) -> Self {
        let mut list = Self { products: Vec::new(), positions: Vec::new(), unread: Vec::new() };
        for (index, doc) in docs.iter().enumerate() {
            let mut own = Faults::default();
            if let Some(product) = doc.read(&mut own) {
                list.products.push(product);
                list.positions.push(index);
            }
            list.unread.extend(own.0.into_iter().map(|error| (index, error)));
        }
        list
    }

    /// All errors in the order of the document: values that are none, `others`, and what contradicts a rule.
    fn errors(&self, faults: Vec<Fault>, others: impl Iterator<Item = (usize, Error)>) -> Vec<Error> {
        let placed = |fault: &Fault| self.positions.get(fault.product).copied().unwrap_or_default();
        let of_rules = faults.iter().map(|fault| (placed(fault), Error::from(fault)));
        let mut errors: Vec<(usize, Error)> =
            self.unread.iter().cloned().chain(others).chain(of_rules).collect();
        sort_by_key(&mut errors, |(index, _)| *index);
        errors.into_iter().map(|(index, error)| error.at_index(index)).collect()
    }
}

/// The catalogue with these custom offers on top, or everything that is wrong with them.
fn with_custom(common: &Assortment, docs: &[Object<ProductDoc<'_>>]) -> Result<Assortment, Vec<Error>> {
    let list = ProductList::read(docs);
    let replaces = |position: &usize| docs.get(*position).and_then(|doc| doc.replaces).unwrap_or(false);
    let custom = list.products.iter().cloned().zip(list.positions.iter().map(replaces));
    let custom = custom.map(|(product, replaces)| CustomProduct { product, replaces }).collect();
    let read = common.with_custom(custom);
    let errors = list.errors(read.as_ref().err().cloned().unwrap_or_default(), std::iter::empty());
    match read {
        Ok(assortment) if errors.is_empty() => Ok(assortment),
        _ => Err(errors.into_iter().map(|error| error.at("custom")).collect()),
    }
}

/// What one customer can choose from on the day `on`: of the catalogues that are given, else of the built-in ones.
pub(in crate::wire) fn assortment(
    on: Date,
    catalogues: Option<&[Object<CatalogueDoc<'_>>]>,
    custom: Option<&[Object<ProductDoc<'_>>]>,
    fired: &mut RuleSet,
) -> Result<Assortment, Error> {
    *fired = fired.with(RuleId::Off5);
    let given = catalogues.map(read_catalogues).transpose()?;
    let catalogues = given.as_ref().unwrap_or_else(|| built_in_catalogues());
    let common = catalogues.in_effect(on)?.assortment();
    with_custom(&common, custom.unwrap_or_default()).map_err(first_of)
}

/// What an account with offers of its own can choose from, beside what all can; nothing if it has none.
pub(in crate::wire) fn with_own(
    common: &Assortment,
    custom: Option<&[Object<ProductDoc<'_>>]>,
) -> Result<Option<Assortment>, Error> {
    custom.map(|custom| with_custom(common, custom).map_err(first_of)).transpose()
}

fn read_catalogues(docs: &[Object<CatalogueDoc<'_>>]) -> Result<Catalogues, Error> {
    let read = |doc: &Object<CatalogueDoc<'_>>| doc.read().map_err(first_of);
    let list = each(docs.iter(), read).at("catalogues")?;
    Ok(Catalogues::try_new(list)?)
}

/// The first of several errors, which says how many there are; `offers.load` gives all of them.
fn first_of(errors: Vec<Error>) -> Error {
    let count = errors.len();
    let first = errors.into_iter().next();
    first.map_or_else(
        || Error::invalid_input("`[]` has no error; report this"),
        |error| error.with("faults", count),
    )
}

/// Input of `offers.load`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LoadRequest"))]
pub(in crate::wire) struct LoadRequestDoc<'a> {
    /// The catalogue.
    catalogue: Object<CatalogueDoc<'a>>,
    /// A customer's own offers on top of it.
    custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// Output of `offers.load`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Loaded"))]
pub(in crate::wire) struct LoadedDoc<'a> {
    /// Whether nothing is wrong.
    ok: bool,
    /// The version, as it is written.
    version: Prose<'a>,
    /// The first day; null if it is no date.
    effective: Option<Day<'a>>,
    /// How many offers it has, the custom ones included.
    offers: Count<'a>,
    /// What is wrong, in the order of the document; at most the first 100.
    errors: Vec<Error>,
    /// How many errors there are, those that are not listed included.
    errors_total: Count<'a>,
    /// How many errors there are of each code, those that are not listed included.
    error_counts: Vec<FaultCountDoc<'a>>,
}

/// How many errors there are of a code.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "OfferErrorCount"))]
struct FaultCountDoc<'a> {
    /// The code.
    code: Choice<'a, ErrorCode>,
    /// How many.
    count: Count<'a>,
}

/// How many errors are listed; the rest is counted.
const LISTED_MAX: usize = 100;

impl FaultCountDoc<'_> {
    fn of((code, count): (ErrorCode, usize)) -> Self {
        Self { code: code.into(), count: size(count) }
    }
}

/// How many there are, none of which exceeds the size of a document in memory.
fn size(count: usize) -> Count<'static> {
    i64::try_from(count).unwrap_or(crate::bounds::COUNT_MAX).into()
}

impl LoadRequestDoc<'_> {
    /// Everything that is wrong with the catalogue and the custom offers, in the order of the document.
    pub(in crate::wire) fn errors(&self) -> Vec<Error> {
        let custom = self.custom.as_deref().unwrap_or_default();
        match self.catalogue.read() {
            Ok(catalogue) => with_custom(&catalogue.assortment(), custom).err().unwrap_or_default(),
            Err(errors) => {
                // Custom offers are checked by themselves; what is wrong with their names follows once there is a
                // catalogue.
                let list = ProductList::read(custom);
                let own = list.errors(faults(&list.products), std::iter::empty());
                let own = own.into_iter().map(|error| error.at("custom"));
                errors.into_iter().map(|error| error.at("catalogue")).chain(own).collect()
            }
        }
    }

    /// What `errors` say of the catalogue.
    pub(in crate::wire) fn loaded(&self, errors: &[Error]) -> LoadedDoc<'_> {
        let custom = self.custom.as_deref().unwrap_or_default();
        let count = self.catalogue.products.len().saturating_add(custom.len());
        let mut counts: BTreeMap<ErrorCode, usize> = BTreeMap::new();
        for error in errors {
            let count = counts.entry(error.error_code()).or_default();
            *count = count.saturating_add(1);
        }
        LoadedDoc {
            ok: errors.is_empty(),
            version: Prose::of(&self.catalogue.version.0),
            effective: self.catalogue.effective.read().ok().map(Day::from),
            offers: size(count),
            errors: errors.iter().take(LISTED_MAX).cloned().collect(),
            errors_total: size(errors.len()),
            error_counts: counts.into_iter().map(FaultCountDoc::of).collect(),
        }
    }
}

/// Input of `offers.catalogue`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogueRequest"))]
pub(in crate::wire) struct CatalogueRequestDoc<'a> {
    /// The day.
    pub(in crate::wire) on: Day<'a>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

impl From<&Fault> for Error {
    fn from(fault: &Fault) -> Self {
        let mut error = Error::new(fault.code(), fault).at(&fault.field);
        if let FaultKind::TooMany { count, max, .. } = &fault.kind {
            error = error.with("count", *count).with("limit", *max);
        }
        match fault.kind.rule() {
            Some(rule) => error.by_rule(rule),
            None => error,
        }
    }
}

impl From<CataloguesError> for Error {
    fn from(error: CataloguesError) -> Self {
        let new = || Self::new(error.code(), &error).by_rule(RuleId::Off5);
        match &error {
            CataloguesError::DuplicateVersion { index, .. } => {
                new().at("version").at_index(*index).at("catalogues")
            }
            CataloguesError::DuplicateEffective { index, .. } => {
                new().at("effective").at_index(*index).at("catalogues")
            }
            CataloguesError::NotYet { first, .. } => new().with("first", first.to_string()).at("on"),
            CataloguesError::Empty { .. } => new().at("catalogues"),
        }
    }
}
