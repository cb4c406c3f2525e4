use crate::names::named_enum;
use crate::text::{AtLeast, Text, TextError};
use std::fmt;
use std::str::FromStr;

named_enum! {
    /// A series of AirLink devices that rules speak of.
    #[non_exhaustive]
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

    /// A model that nobody recorded.
    pub const fn unknown() -> Self {
        Self(Text::EMPTY)
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The series: a word of the name that consists of the series' letters and a number.
    pub fn series(&self) -> Option<Series> {
        words(self.as_str()).find_map(series_of_word)
    }

    /// The designation: the word that names series and number, such as `XR80` in `AirLink XR80 5G`; the whole name
    /// where no word does.
    ///
    /// ```
    /// use alms_core::account::Model;
    /// assert_eq!("AirLink XR80 5G".parse::<Model>()?.designation(), "XR80");
    /// assert_eq!("Raven XE".parse::<Model>()?.designation(), "Raven XE");
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub fn designation(&self) -> &str {
        let names_model = |word: &&str| word.len() > 2 && series_of_word(word).is_some();
        words(self.as_str()).find(names_model).unwrap_or_else(|| self.as_str())
    }

    /// The designation in small letters: the same for all names of a model.
    pub(crate) fn folded(&self) -> String {
        self.designation().to_ascii_lowercase()
    }

    /// Whether both names stand for the same model: the designations are the same, in capitals or not.
    ///
    /// ```
    /// use alms_core::account::Model;
    /// let xr80: Model = "XR80".parse()?;
    /// assert!(xr80.is_same(&"AirLink xr80 5G".parse()?));
    /// assert!(!xr80.is_same(&"XR90".parse()?));
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub fn is_same(&self, other: &Model) -> bool {
        self.designation().eq_ignore_ascii_case(other.designation())
    }

    /// Whether it is an XR Series router, which needs an avc account.
    pub fn is_xr(&self) -> bool {
        // Nearly every name starts with another letter than X and holds none further on.
        self.as_str().bytes().any(|byte| byte.eq_ignore_ascii_case(&b'x'))
            && self.series() == Some(Series::Xr)
    }

    /// Whether its registration brings a Service Pack: a device of the LX, ES, GX, RV and MP series (TOK-7).
    ///
    /// ```
    /// use alms_core::account::Model;
    /// assert!("RV55".parse::<Model>()?.brings_service_pack());
    /// assert!(!"XR80".parse::<Model>()?.brings_service_pack());
    /// assert!(!"Raven XE".parse::<Model>()?.brings_service_pack());
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub fn brings_service_pack(&self) -> bool {
        // An XR Series router is in no legacy account; an unknown model is no gateway of the series named.
        self.series().is_some_and(|series| series != Series::Xr)
    }
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
}

/// The series of a word such as `RV55` or `xr80`; the bare letters (`XR`) count too.
fn series_of_word(word: &str) -> Option<Series> {
    let (letters, number) = word.split_at_checked(2)?;
    let is_model = number.is_empty() || number.starts_with(|c: char| c.is_ascii_digit());
    Series::ALL.iter().copied().find(|series| is_model && letters.eq_ignore_ascii_case(series.as_str()))
}

impl AtLeast<0> for Model {}

impl FromStr for Model {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::try_new(text)
    }
}

impl TryFrom<&str> for Model {
    type Error = TextError;

    fn try_from(text: &str) -> Result<Self, TextError> {
        Self::try_new(text)
    }
}

impl TryFrom<String> for Model {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        Text::try_from(text).map(Self)
    }
}

impl From<Model> for String {
    fn from(model: Model) -> Self {
        model.0.into()
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

    #[test]
    fn a_model_is_the_same_however_it_is_written() {
        let model = |name| Model::try_new(name).unwrap();
        for name in ["XR80", "xr80", "AirLink XR80", "AirLink XR80 5G", "airlink-xr80", "AirLink XR XR80"] {
            assert!(model(name).is_same(&model("XR80")), "{name}");
        }
        for name in ["", "XR", "XR8", "XR800", "XR80X", "XR90", "RV80", "MXR80", "80"] {
            assert!(!model(name).is_same(&model("XR80")), "{name}");
        }
        // Without a designation the whole name counts.
        assert!(model("raven xe").is_same(&model("Raven XE")));
        assert!(!model("Raven XE").is_same(&model("Raven XT")));
    }
}
