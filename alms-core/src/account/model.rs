use crate::names::named_enum;
use crate::text::{Text, TextError};
use std::fmt;
use std::str::FromStr;

named_enum! {
    /// A series of AirLink devices that rules speak of.
    pub enum Series {
        /// XR Series: XR80, XR90; only in avc accounts (MIG-17).
        Xr = "XR",
        /// LX Series.
        Lx = "LX",
        /// ES Series.
        Es = "ES",
        /// GX Series.
        Gx = "GX",
        /// RV Series.
        Rv = "RV",
        /// MP Series.
        Mp = "MP",
    }
}

/// The model of a device, an open list: a model the library does not know is data, not an error.
///
/// ```
/// use alms_core::account::{Model, Series};
/// assert_eq!("AirLink XR80".parse::<Model>()?.series(), Some(Series::Xr));
/// assert_eq!("RV55".parse::<Model>()?.series(), Some(Series::Rv));
/// assert_eq!("Raven XE".parse::<Model>()?.series(), None);
/// # Ok::<(), alms_core::text::TextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Model(Text);

impl Model {
    /// A model by its name; the empty text is a model nobody recorded.
    ///
    /// # Errors
    /// [`TextError`] beyond 256 characters.
    pub fn try_new(text: &str) -> Result<Self, TextError> {
        Text::try_new(text).map(Self)
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The series: a word of the name that consists of the series' letters and a number.
    pub fn series(&self) -> Option<Series> {
        self.as_str().split(|c: char| !c.is_ascii_alphanumeric()).find_map(series_of_word)
    }

    /// Whether it is an XR Series router, which needs an avc account.
    pub fn is_xr(&self) -> bool {
        // Nearly every name starts with another letter than X and holds none further on.
        self.as_str().bytes().any(|byte| byte.eq_ignore_ascii_case(&b'x'))
            && self.series() == Some(Series::Xr)
    }
}

/// The series of a word such as `RV55` or `xr80`; the bare letters (`XR`) count too.
fn series_of_word(word: &str) -> Option<Series> {
    let (letters, number) = word.split_at_checked(2)?;
    let is_model = number.is_empty() || number.starts_with(|c: char| c.is_ascii_digit());
    Series::ALL.iter().copied().find(|series| is_model && letters.eq_ignore_ascii_case(series.as_str()))
}

impl FromStr for Model {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::try_new(text)
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xr_is_recognised_however_it_is_written() {
        for name in ["XR80", "xr90", "AirLink XR80", "airlink-xr80 5G", "XR", "AirLink_XR60"] {
            assert!(Model::try_new(name).unwrap().is_xr(), "{name}");
        }
        for name in ["", "RV55", "FX30", "Raven XE", "MXR80", "XRAY", "GX450", "XT", "é"] {
            assert!(!Model::try_new(name).unwrap().is_xr(), "{name}");
        }
    }
}
