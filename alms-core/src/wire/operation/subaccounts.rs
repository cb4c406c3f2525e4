//! The Subaccounts grid.

use crate::reseller::{self, Subaccounts};
use crate::rule::{RuleId, RuleSet};
use crate::tokens::Ledger;
use crate::wire::doc::ledger::ledger;
use crate::wire::doc::subaccounts::{SubaccountsDoc, SubaccountsRequestDoc};
#[cfg(feature = "files")]
use crate::wire::doc::systems::CsvTextDoc;
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn subaccounts(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SubaccountsRequestDoc<'_> = parse::document(input)?;
    let (uid, on) = (request.reseller.read().at("reseller")?, request.on.read().at("on")?);
    gridded(request, fired, |grid| Ok(to_text(&SubaccountsDoc::of(&uid, on, grid))))
}

#[cfg(feature = "files")]
pub(super) fn subaccounts_to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SubaccountsRequestDoc<'_> = parse::document(input)?;
    gridded(request, fired, |grid| {
        Ok(to_text(&CsvTextDoc { csv: crate::export::subaccounts_csv(&grid.rows).into() }))
    })
}

/// The grid that is asked for, written.
fn gridded(
    request: SubaccountsRequestDoc<'_>,
    fired: &mut RuleSet,
    write: impl Fn(&Subaccounts<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    let (uid, on) = (request.reseller.read().at("reseller")?, request.on.read().at("on")?);
    let (usage, filter, sort) = (request.usage()?, request.filter()?, request.sort()?);
    let ledger: Ledger = ledger(request.accounts, request.bookings, fired)?;
    *fired = fired.union(RuleSet::of(&[RuleId::Tok5, RuleId::Res7]));
    ledger.account(&uid).at("reseller")?;
    for (index, one) in usage.iter().enumerate() {
        ledger.account(&one.account).at("account").at_index(index).at("usage")?;
    }
    let grid = reseller::subaccounts(&ledger, &uid, on, &usage, &filter, &sort)?;
    let suspended_use = grid.rows.iter().any(|row| !row.holder.kind.consumes_tokens());
    *fired = fired.with_if(RuleId::Tok3, suspended_use).with_if(RuleId::Acc8, suspended_use);
    write(&grid)
}
