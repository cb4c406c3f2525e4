//! The enumerations of the core as members of the Python enumerations of the same names.

use alms_core::account::{Format, Instance, Kind, SystemState};
use alms_core::migration::Outcome;
use alms_core::offers::Offer;
use alms_core::xr::SkuRegion;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// An enumeration that Python knows too.
pub(crate) trait Name: Copy + PartialEq + 'static {
    /// Its name, and the module that defines it.
    const CLASS: (&'static str, &'static str);
    /// Every value.
    fn all() -> &'static [Self];
    /// The stable name of a value.
    fn as_str(self) -> &'static str;
    /// The members, once they were needed.
    fn members() -> &'static PyOnceLock<Vec<Py<PyAny>>>;

    /// The Python member.
    fn member(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let members = Self::members().get_or_try_init(py, || {
            let (module, name) = Self::CLASS;
            let class = py.import(module)?.getattr(name)?;
            let member = |value: &Self| Ok(class.call1((value.as_str(),))?.unbind());
            Self::all().iter().map(member).collect::<PyResult<Vec<_>>>()
        })?;
        let position = Self::all().iter().position(|value| *value == self).unwrap_or_default();
        Ok(members.get(position).map_or_else(|| py.None(), |member| member.clone_ref(py)))
    }
}

macro_rules! names {
    ($($type:ty: $module:literal $class:literal;)+) => {$(
        impl Name for $type {
            const CLASS: (&'static str, &'static str) = ($module, $class);

            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn as_str(self) -> &'static str {
                Self::as_str(self)
            }

            fn members() -> &'static PyOnceLock<Vec<Py<PyAny>>> {
                static MEMBERS: PyOnceLock<Vec<Py<PyAny>>> = PyOnceLock::new();
                &MEMBERS
            }
        }
    )+};
}

names! {
    Format: "alms.values" "Format";
    Instance: "alms.values" "Instance";
    Kind: "alms.values" "Kind";
    SystemState: "alms.values" "SystemState";
    SkuRegion: "alms.values" "SkuRegion";
    Outcome: "alms.migration" "Outcome";
    Offer: "alms.migration" "Offer";
}
