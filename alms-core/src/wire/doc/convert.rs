use super::account::AccountDoc;
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.convert`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ConvertRequest"))]
pub(in crate::wire) struct ConvertRequestDoc<'a> {
    /// A free tier account.
    pub(in crate::wire) account: Object<AccountDoc<'a>>,
}

/// Output of `accounts.convert`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Converted"))]
pub(in crate::wire) struct ConvertedDoc<'a> {
    /// The customer account.
    pub(in crate::wire) account: AccountDoc<'a>,
}
