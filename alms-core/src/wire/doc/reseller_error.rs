//! Why a reseller's accounts cannot be planned, as errors.

use crate::migration::ResellerPlanError;
use crate::text::Serial;
use crate::wire::error::Error;

impl From<ResellerPlanError> for Error {
    fn from(error: ResellerPlanError) -> Self {
        let placed = at_its_place(&error);
        match error.rule() {
            Some(rule) => placed.by_rule(rule),
            None => placed,
        }
    }
}

fn at_its_place(error: &ResellerPlanError) -> Error {
    let with = || Error::new(error.code(), error);
    match error {
        ResellerPlanError::AlreadyMigrated { .. } => with().at("account.format"),
        ResellerPlanError::NotAReseller { kind, .. } => with().with("kind", kind.as_str()).at("account.kind"),
        ResellerPlanError::DuplicateAccount { account, uid } => {
            in_account(with().with("uid", uid.as_str()).at("uid"), *account)
        }
        ResellerPlanError::XrInLegacyAccount { account, index, .. } => {
            in_account(with().at("model").at_index(*index).at("systems"), *account)
        }
        ResellerPlanError::WrongInstance { account, index, serials, .. } => {
            let serials: Vec<&str> = serials.iter().map(Serial::as_str).collect();
            let error = with().with("systems", serials).at("sku_region").at_index(*index).at("systems");
            in_account(error, *account)
        }
        ResellerPlanError::TooManyToKeep { count, max } => {
            with().with("count", *count).with("max", *max).at("keep")
        }
        ResellerPlanError::KeptTwice { index, .. } => with().at_index(*index).at("keep"),
        ResellerPlanError::UnknownSerial { index, .. } => with().at_index(*index).at("keep"),
        ResellerPlanError::EndOutOfRange { .. } => with().at("on"),
    }
}

/// The reseller's account is `account`, the others are in `merge`.
fn in_account(error: Error, account: usize) -> Error {
    match account.checked_sub(1) {
        None => error.at("account"),
        Some(position) => error.at_index(position).at("merge"),
    }
}
