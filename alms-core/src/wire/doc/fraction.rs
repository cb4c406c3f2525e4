use crate::quantity::Fraction;
use crate::wire::leaf::Count;
use alms_json::{Read, Write};

/// An exact quotient.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Fraction"))]
pub(in crate::wire) struct FractionDoc<'a> {
    /// What is divided.
    pub(super) numerator: Count<'a>,
    /// By what.
    pub(super) denominator: Count<'a>,
}

impl FractionDoc<'_> {
    pub(in crate::wire) fn of(fraction: Fraction) -> Self {
        Self { numerator: fraction.numerator.into(), denominator: fraction.denominator.into() }
    }
}
