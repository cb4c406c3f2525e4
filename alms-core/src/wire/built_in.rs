//! The catalogue of offers that comes with the library: what the source documents name.
//!
//! Where they are silent, the data follow a decision:
//!
//! * AirLink Complete is for the series of TOK-7 and their default; AirLink Complete (XR80) for that model alone.
//! * AirLink Premium is for the XR series and those of AirLink Complete, and the default of the XR series, as the card
//!   in an XR's box leads to AirLink Premium; for the XR80 its own offer counts more.
//! * AirLink Basic is for every device, and the default where nothing else is.
//! * AirLink Management Service (ALMS) stands in the table of services without a word on its content: device management
//!   without customer support, nobody's default.
//! * Connectivity is billed month by month. SIM cards are articles without a term.
//! * It is in effect from 2022-01-01, the day from which every new account is avc (ACC-2).

use super::doc::catalogue::CatalogueDoc;
use super::{Error, parse};
use crate::calendar::Date;
use crate::offers::{Assortment, Catalogue, Catalogues};
use alms_json::to_text;
use std::sync::LazyLock;

static BUILT_IN: LazyLock<Catalogues> = LazyLock::new(|| {
    let list = [include_str!("../../data/catalogue-2022-01.json")].map(catalogue_from_json);
    // A test proves that they load.
    let list: Option<Vec<Catalogue>> = list.into_iter().map(Result::ok).collect();
    list.and_then(|list| Catalogues::try_new(list).ok()).unwrap_or_default()
});

/// The catalogue of offers that comes with the library, in all its versions (OFF-3, OFF-5).
///
/// ```
/// use alms_core::wire::built_in_catalogues;
/// let catalogue = built_in_catalogues().in_effect("2022-01-01".parse()?)?;
/// assert_eq!(catalogue.data().products[0].name.as_str(), "AirLink Basic");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn built_in_catalogues() -> &'static Catalogues {
    &BUILT_IN
}

/// The built-in assortments, each from its first day on, in the order of these days.
static ASSORTMENTS: LazyLock<Vec<Assortment>> = LazyLock::new(|| {
    let mut assortments: Vec<Assortment> = BUILT_IN.as_slice().iter().map(Catalogue::assortment).collect();
    assortments.sort_by_key(Assortment::effective);
    assortments
});

/// What everybody can choose from on the day `on`, by the catalogue that comes with the library; `None` before its first
/// day.
///
/// ```
/// use alms_core::wire::built_in_assortment;
/// let assortment = built_in_assortment("2022-01-01".parse()?);
/// assert_eq!(assortment.map(|one| one.version().as_str()), Some("alms-2022-01"));
/// assert_eq!(built_in_assortment("2021-12-31".parse()?), None);
/// # Ok::<(), alms_core::calendar::ParseDateError>(())
/// ```
pub fn built_in_assortment(on: Date) -> Option<&'static Assortment> {
    ASSORTMENTS.iter().rev().find(|assortment| assortment.effective() <= on)
}

/// The catalogue that a JSON document holds.
///
/// # Errors
/// Everything that is wrong with it, as `offers.load` gives it for its `catalogue`.
pub fn catalogue_from_json(json: &str) -> Result<Catalogue, Vec<Error>> {
    parse::document::<CatalogueDoc<'_>>(json).map_err(|error| vec![error])?.read()
}

/// A catalogue in the wire form.
pub fn catalogue_to_json(catalogue: &Catalogue) -> String {
    to_text(&CatalogueDoc::of(catalogue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_loads() {
        assert_eq!(built_in_catalogues().as_slice().len(), 1);
        assert_eq!(built_in_catalogues().as_slice()[0].data().products.len(), 18);
    }

    #[test]
    fn a_catalogue_reads_back() {
        for catalogue in built_in_catalogues().as_slice() {
            assert_eq!(catalogue_from_json(&catalogue_to_json(catalogue)).as_ref(), Ok(catalogue));
        }
    }
}
