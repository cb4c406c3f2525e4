use super::Catalogue;
use crate::ErrorCode;
use crate::calendar::Date;
use crate::text::CatalogueVersion;
use std::collections::HashMap;

/// Versions of a catalogue: each in effect from its day on until the next one is (OFF-5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogues(Vec<Catalogue>);

/// Why catalogues are no sequence of versions, or why none of them is in effect.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CataloguesError {
    /// A version for the second time.
    #[error("the catalogue `{version}` is there twice; give each version once")]
    DuplicateVersion {
        /// The position of the second one.
        index: usize,
        /// The version.
        version: CatalogueVersion,
    },
    /// Two catalogues that begin on the same day.
    #[error("two catalogues are in effect from `{effective}` on; give each a day of its own")]
    DuplicateEffective {
        /// The position of the second one.
        index: usize,
        /// The day.
        effective: Date,
    },
    /// The day lies before every catalogue.
    #[error(
        "no catalogue is in effect on `{on}`, the first one begins on {first}; give a later date or an earlier catalogue"
    )]
    NotYet {
        /// The day that was asked for.
        on: Date,
        /// The first day of the first catalogue.
        first: Date,
    },
    /// There is no catalogue.
    #[error("no catalogue is in effect on `{on}`, as the list is empty; give a catalogue")]
    Empty {
        /// The day that was asked for.
        on: Date,
    },
}

impl CataloguesError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::DuplicateVersion { .. } | Self::DuplicateEffective { .. } => ErrorCode::DuplicateCatalogue,
            Self::NotYet { .. } | Self::Empty { .. } => ErrorCode::NoCatalogue,
        }
    }
}

impl Catalogues {
    /// Checks that every version and every first day is there once.
    ///
    /// # Errors
    /// [`CataloguesError::DuplicateVersion`], [`CataloguesError::DuplicateEffective`].
    pub fn try_new(list: Vec<Catalogue>) -> Result<Self, CataloguesError> {
        let (mut versions, mut days) = (HashMap::new(), HashMap::new());
        for (index, data) in list.iter().map(Catalogue::data).enumerate() {
            let same_version = versions.get(&data.version).copied();
            let same_day = days.get(&data.effective).copied();
            // The catalogue that comes first decides; it may have both.
            match (same_version, same_day) {
                (Some(version), day) if day.is_none_or(|day: usize| version <= day) => {
                    return Err(CataloguesError::DuplicateVersion { index, version: data.version.clone() });
                }
                (None, None) => {}
                _ => return Err(CataloguesError::DuplicateEffective { index, effective: data.effective }),
            }
            versions.insert(&data.version, index);
            days.insert(data.effective, index);
        }
        Ok(Self(list))
    }

    /// The catalogue in effect on the day `on`: the latest that begins on this day or before.
    ///
    /// # Errors
    /// [`CataloguesError::NotYet`] names the first day of the first one; [`CataloguesError::Empty`].
    ///
    /// ```
    /// use alms_core::wire::built_in_catalogues;
    /// let catalogues = built_in_catalogues();
    /// assert_eq!(catalogues.in_effect("2023-03-25".parse()?)?.data().version.as_str(), "alms-2022-01");
    /// assert!(catalogues.in_effect("2021-12-31".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_effect(&self, on: Date) -> Result<&Catalogue, CataloguesError> {
        let begins = |catalogue: &&Catalogue| catalogue.data().effective;
        let begun = self.0.iter().filter(|catalogue| catalogue.data().effective <= on);
        begun.max_by_key(begins).ok_or_else(|| match self.0.iter().map(|one| one.data().effective).min() {
            Some(first) => CataloguesError::NotYet { on, first },
            None => CataloguesError::Empty { on },
        })
    }

    /// The catalogues, in the order in which they were given.
    pub fn as_slice(&self) -> &[Catalogue] {
        &self.0
    }
}
