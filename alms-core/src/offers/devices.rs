use crate::account::{Model, Series};
use std::fmt;

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

    /// Whether they name no device at all.
    pub fn is_empty(&self) -> bool {
        matches!(self, Devices::Named { series, models } if series.is_empty() && models.is_empty())
    }

    /// Whether all `others` are among them.
    pub fn cover(&self, others: &Devices) -> bool {
        match (self, others) {
            (Devices::Any, _) => true,
            (_, Devices::Any) => false,
            (Devices::Named { series: own, .. }, Devices::Named { series, models }) => {
                series.iter().all(|one| own.contains(one)) && models.iter().all(|one| self.tie(one).is_some())
            }
        }
    }
}

impl fmt::Display for Devices {
    /// `any device`, or the models in backticks and then the series: `` `XR80`, the LX, RV series ``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Devices::Named { series, models } = self else { return f.write_str("any device") };
        let mut names: Vec<String> = models.iter().map(|model| format!("`{model}`")).collect();
        if !series.is_empty() {
            let series: Vec<&str> = series.iter().map(|series| series.as_str()).collect();
            names.push(format!("the {} series", series.join(", ")));
        }
        f.write_str(if names.is_empty() { "no device" } else { "" })?;
        f.write_str(&names.join(", "))
    }
}
