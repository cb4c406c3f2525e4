use crate::wire::leaf::{Count, Day};
use alms_json::Read;
use alms_json::Write;

/// Input of `calendar.add_months`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AddMonths"))]
pub(in crate::wire) struct AddMonthsDoc<'a> {
    /// The anchor.
    pub(in crate::wire) date: Day<'a>,
    /// How many months on; negative for back.
    pub(in crate::wire) months: Count<'a>,
}

/// Output of `calendar.add_months`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AddedMonths"))]
pub(in crate::wire) struct AddedMonthsDoc {
    /// The anchor and so many months, clamped to the month's last day.
    pub(in crate::wire) date: Day<'static>,
}
