use crate::ErrorCode;
use crate::calendar::Months;
use crate::money::{Currency, Decimal, Money, MoneyError};
use crate::text::OfferName;
use crate::words::counted;
use std::collections::{BTreeMap, HashMap};

/// What a term of an offer costs for one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTerm {
    /// The offer.
    pub offer: OfferName,
    /// The length of the term: 12, 36 or 60 months pre-paid, 1 or 12 direct (OFF-1).
    pub months: Months,
    /// The price for one system and term.
    pub unit_price: Money,
}

/// The terms that can be bought, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    terms: Vec<ListedTerm>,
    currency: Currency,
    /// Where the terms of each offer are in the list.
    places: HashMap<OfferName, OfferPlaces>,
}

/// Where the terms of an offer are in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct OfferPlaces {
    all: Vec<usize>,
    by_months: BTreeMap<Months, usize>,
}

/// Why terms make no price list.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceListError {
    /// Without a term there is neither a price nor a currency.
    #[error("`[]` holds no price; give one for each offer and term")]
    Empty,
    /// A term without length.
    #[error("a term of `{months}` months is none; give 1 to 1200")]
    Months {
        /// The position in the list.
        index: usize,
        /// The length.
        months: Months,
    },
    /// A price below zero.
    #[error("a price of `{price}` is none; give 0 or more")]
    Negative {
        /// The position in the list.
        index: usize,
        /// The price.
        price: Money,
    },
    /// The same offer and term twice.
    #[error(
        "the price of `{offer}` for {} stands in the list twice; remove one of the two",
        counted(months, "month")
    )]
    Duplicate {
        /// The position of the second.
        index: usize,
        /// The offer.
        offer: OfferName,
        /// The length of the term.
        months: Months,
    },
    /// Two currencies, which cannot be added.
    #[error("the price is in `{currency}`, the first one in {first}; give all in one currency")]
    Mixed {
        /// The position in the list.
        index: usize,
        /// The currency.
        currency: Currency,
        /// The currency of the first price.
        first: Currency,
    },
}

impl PriceListError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Empty | Self::Duplicate { .. } | Self::Mixed { .. } => ErrorCode::InvalidInput,
            Self::Months { .. } | Self::Negative { .. } => ErrorCode::OutOfRange,
        }
    }
}

/// An offer and term without a price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the price list has no price of `{offer}` for {}; add it", counted(months, "month"))]
pub struct MissingPrice {
    /// The offer.
    pub offer: OfferName,
    /// The length of the term.
    pub months: Months,
}

impl MissingPrice {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::MissingPrice
    }
}

impl PriceList {
    /// The most months of a term: 100 years.
    pub const MONTHS_MAX: i64 = 1200;

    /// Checks that every offer and term has one price, all in one currency.
    ///
    /// # Errors
    /// [`PriceListError`], with the place in the list.
    pub fn try_new(terms: Vec<ListedTerm>) -> Result<Self, PriceListError> {
        let first = terms.first().map(|term| term.unit_price.currency()).ok_or(PriceListError::Empty)?;
        let mut places: HashMap<OfferName, OfferPlaces> = HashMap::new();
        for (index, term) in terms.iter().enumerate() {
            let ListedTerm { offer, months, unit_price } = term.clone();
            let currency = unit_price.currency();
            if !(1..=Self::MONTHS_MAX).contains(&months.get()) {
                return Err(PriceListError::Months { index, months });
            }
            if unit_price.amount() < Decimal::ZERO {
                return Err(PriceListError::Negative { index, price: unit_price });
            }
            if currency != first {
                return Err(PriceListError::Mixed { index, currency, first });
            }
            if places.get(&offer).is_some_and(|offered| offered.by_months.contains_key(&months)) {
                return Err(PriceListError::Duplicate { index, offer, months });
            }
            let offered = places.entry(offer).or_default();
            offered.all.push(index);
            offered.by_months.insert(months, index);
        }
        Ok(Self { terms, currency: first, places })
    }

    /// The currency of all prices.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Nothing, in that currency.
    ///
    /// # Errors
    /// [`MoneyError::Digits`], for no currency there is.
    pub(super) fn nothing(&self) -> Result<Money, MoneyError> {
        Money::new(Decimal::ZERO, self.currency).rounded()
    }

    /// The price of a term of this offer.
    ///
    /// # Errors
    /// [`MissingPrice`].
    pub fn unit_price(&self, offer: &OfferName, months: Months) -> Result<Money, MissingPrice> {
        let place = self.places.get(offer).and_then(|offered| offered.by_months.get(&months));
        let listed = place.and_then(|place| self.terms.get(*place));
        listed.map(|term| term.unit_price).ok_or_else(|| MissingPrice { offer: offer.clone(), months })
    }

    /// The terms of this offer, in the order of the list.
    pub fn terms_of(&self, offer: &OfferName) -> impl Iterator<Item = &ListedTerm> {
        let places = self.places.get(offer).into_iter().flat_map(|offered| &offered.all);
        places.filter_map(|place| self.terms.get(*place))
    }
}
