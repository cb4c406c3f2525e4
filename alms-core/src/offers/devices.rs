use crate::account::{Model, Series};
use crate::words::counted;
use std::collections::HashSet;
use std::fmt;

/// The most series, models or instances that an offer names: each of them is compared with each system.
pub(super) const NAMES_MAX: usize = 1_000;

/// How many models a message names; the rest is counted.
const SHOWN_MAX: usize = 10;

/// Devices that an offer is for: any, or those of some series and models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Devices {
    /// Every device, also one of a model nobody recorded.
    Any,
    /// The devices of these series, and of these models.
    Named {
        /// The series.
        series: Vec<Series>,
        /// The models, compared by their [designation](Model::designation).
        models: Vec<Model>,
    },
}

/// How closely devices are named; the closer one counts more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Any device.
    Any,
    /// By the series.
    Series,
    /// By the model.
    Model,
}

impl Devices {
    /// How closely they name this model; `None` if it is not among them (OFF-2).
    ///
    /// ```
    /// use alms_core::account::Series;
    /// use alms_core::offers::{Devices, Tie};
    /// let xr80 = Devices::Named { series: vec![Series::Rv], models: vec!["XR80".parse()?] };
    /// assert_eq!(xr80.tie(&"AirLink XR80 5G".parse()?), Some(Tie::Model));
    /// assert_eq!(xr80.tie(&"RV55".parse()?), Some(Tie::Series));
    /// assert_eq!(xr80.tie(&"XR90".parse()?), None);
    /// # Ok::<(), alms_core::text::TextError>(())
    /// ```
    pub fn tie(&self, model: &Model) -> Option<Tie> {
        match self {
            Devices::Any => Some(Tie::Any),
            Devices::Named { models, .. } if models.iter().any(|named| named.is_same(model)) => {
                Some(Tie::Model)
            }
            Devices::Named { series, .. } => {
                model.series().filter(|found| series.contains(found)).map(|_| Tie::Series)
            }
        }
    }

    /// How many series and models they name.
    pub(super) const fn len(&self) -> usize {
        match self {
            Devices::Any => 0,
            Devices::Named { series, models } => series.len().saturating_add(models.len()),
        }
    }

    /// Whether they name no device at all.
    pub fn is_empty(&self) -> bool {
        matches!(self, Devices::Named { series, models } if series.is_empty() && models.is_empty())
    }

    /// Whether all `others` are among them.
    pub fn cover(&self, others: &Devices) -> bool {
        match (self, others) {
            (Devices::Any, _) => true,
            (_, Devices::Any) => false,
            (Devices::Named { series: own, models: named }, Devices::Named { series, models }) => {
                let named: HashSet<String> = named.iter().map(Model::folded).collect();
                let is_named = |model: &Model| {
                    model.series().is_some_and(|found| own.contains(&found))
                        || named.contains(&model.folded())
                };
                series.iter().all(|one| own.contains(one)) && models.iter().all(is_named)
            }
        }
    }
}

impl fmt::Display for Devices {
    /// `any device`, or the models in backticks and then the series: `` `XR80`, the LX, RV series ``. Of many models the
    /// first ten: `` `XR80`, …, 3 more models ``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Devices::Named { series, models } = self else { return f.write_str("any device") };
        let mut names: Vec<String> =
            models.iter().take(SHOWN_MAX).map(|model| format!("`{model}`")).collect();
        match models.len().saturating_sub(SHOWN_MAX) {
            0 => {}
            more => names.push(counted(i64::try_from(more).unwrap_or(i64::MAX), "more model")),
        }
        if !series.is_empty() {
            // Each once, however often it is named.
            let seen =
                |(index, one): &(usize, &Series)| !series.iter().take(*index).any(|other| other == *one);
            let series = series.iter().enumerate().filter(seen).map(|(_, one)| one.as_str());
            let series: Vec<&str> = series.collect();
            names.push(format!("the {} series", series.join(", ")));
        }
        f.write_str(if names.is_empty() { "no device" } else { "" })?;
        f.write_str(&names.join(", "))
    }
}

/// Devices by one of their names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Named {
    Any,
    Series(Series),
    /// A designation in small letters.
    Model(String),
}

impl Named {
    /// The names of devices, as far as two offers can meet in them.
    pub(super) fn all(devices: &Devices) -> Vec<Self> {
        match devices {
            Devices::Any => vec![Named::Any],
            Devices::Named { series, models } => {
                let models = models.iter().map(|model| Named::Model(model.folded()));
                series.iter().copied().map(Named::Series).chain(models).collect()
            }
        }
    }

    /// The name by which devices are tied to a model as closely as this; `None` for a model of no series.
    pub(super) fn of(model: &Model, tie: Tie) -> Option<Self> {
        match tie {
            Tie::Any => Some(Named::Any),
            Tie::Series => model.series().map(Named::Series),
            Tie::Model => Some(Named::Model(model.folded())),
        }
    }
}
