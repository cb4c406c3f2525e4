use crate::ErrorCode;
use crate::offers::Region;
use std::fmt;
use std::str::FromStr;

/// A country or territory by its ISO 3166-1 alpha-2 code.
///
/// ```
/// use alms_core::billing::Country;
/// use alms_core::offers::Region;
/// assert_eq!("US".parse::<Country>()?.region(), Region::Us);
/// assert_eq!("GR".parse::<Country>()?.region(), Region::Eu);
/// assert_eq!("CA".parse::<Country>()?.region(), Region::Row);
/// assert!("EL".parse::<Country>().is_err());
/// # Ok::<(), alms_core::billing::CountryError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(iso_country::Country);

/// A text that is no code of a country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{code}` is not the ISO 3166-1 alpha-2 code of a country")]
pub struct CountryError {
    /// The text.
    pub code: String,
    /// The code that is probably meant.
    pub meant: Option<&'static str>,
}

impl CountryError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

/// The member states of the European Union, 27 since 1 February 2020, by the code of their mainland.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

impl Country {
    /// The United States.
    pub const US: Country = Country(iso_country::Country::US);

    /// The region of residence by which services are sold (PAY-3).
    ///
    /// A territory with a code of its own, such as `PR` or `RE`, counts as rest of the world: the source names the
    /// country of residence and nothing below it.
    pub fn region(self) -> Region {
        if self == Self::US {
            Region::Us
        } else if EUROPEAN_UNION.contains(&self.to_string().as_str()) {
            Region::Eu
        } else {
            Region::Row
        }
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(code: &str) -> Result<Self, CountryError> {
        // The European Commission's own codes for two countries.
        let meant = match code {
            "UK" => Some("GB"),
            "EL" => Some("GR"),
            _ => None,
        };
        code.parse()
            .ok()
            .filter(|country| *country != iso_country::Country::Unspecified)
            .map(Self)
            .ok_or_else(|| CountryError { code: code.to_owned(), meant })
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of capital letters that is a code; in Miri those of six.
    ///
    /// A code is read from a table that is copied each time: hundreds of them would take Miri half an hour.
    fn all() -> Vec<Country> {
        let letters = ('A'..='Z').collect::<String>();
        let (first, second) = if cfg!(miri) { ("DU", "ESZ") } else { (letters.as_str(), letters.as_str()) };
        first
            .chars()
            .flat_map(|a| second.chars().map(move |b| format!("{a}{b}")))
            .flat_map(|code| code.parse())
            .collect()
    }

    #[test]
    fn every_country_has_a_region() {
        let countries = all();
        let count = |region| countries.iter().filter(|country| country.region() == region).count();
        let counts = (count(Region::Us), count(Region::Eu), count(Region::Row));
        // DE, DZ, US and UZ in Miri.
        assert_eq!(counts, if cfg!(miri) { (1, 1, 2) } else { (1, 27, 221) });
        assert_eq!(countries.len(), if cfg!(miri) { 4 } else { 249 });
    }

    #[test]
    fn only_two_capital_letters_are_a_code() {
        for code in ["", "us", "U", "USA", "XX", "U S", " US", "840", "EU", "ÄÖ"] {
            assert_eq!(code.parse::<Country>().unwrap_err().code, code);
        }
        assert_eq!("UK".parse::<Country>().unwrap_err().meant, Some("GB"));
    }

    #[test]
    fn a_code_is_printed_as_it_is_read() {
        for country in all() {
            assert_eq!(country.to_string().parse(), Ok(country));
        }
    }
}
