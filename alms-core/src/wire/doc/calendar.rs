use crate::wire::leaf::{Count, Day};
use serde::{Deserialize, Serialize};

/// Input of `calendar.add_months`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AddMonths"))]
pub(in crate::wire) struct AddMonthsDoc<'a> {
    /// The anchor.
    #[serde(borrow)]
    pub(in crate::wire) date: Day<'a>,
    /// How many months on; negative for back.
    #[serde(borrow)]
    pub(in crate::wire) months: Count<'a>,
}

/// Output of `calendar.add_months`.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AddedMonths"))]
pub(in crate::wire) struct AddedMonthsDoc {
    /// The anchor and so many months, clamped to the month's last day.
    pub(in crate::wire) date: Day<'static>,
}
