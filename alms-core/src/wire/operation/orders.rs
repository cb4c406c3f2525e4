use crate::rule::{RuleId, RuleSet};
use crate::tokens::{StockUpdate, UpdateFilter, stock_updates};
use crate::wire::doc::ledger::ledger;
#[cfg(feature = "files")]
use crate::wire::doc::systems::CsvTextDoc;
use crate::wire::doc::updates::{ListRequestDoc, UpdateListDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn list(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    listed(input, fired, |updates| Ok(to_text(&UpdateListDoc::of(updates))))
}

#[cfg(feature = "files")]
pub(super) fn to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    listed(input, fired, |updates| {
        Ok(to_text(&CsvTextDoc { csv: crate::export::updates_csv(updates).into() }))
    })
}

/// The stock updates that are asked for, written.
fn listed(
    input: &str,
    fired: &mut RuleSet,
    write: impl Fn(&[StockUpdate<'_>]) -> Result<String, Error>,
) -> Result<String, Error> {
    let request: ListRequestDoc<'_> = parse::document(input)?;
    let filter = request.filter.as_ref().map_or(Ok(UpdateFilter::default()), |filter| filter.read());
    let filter = filter.at("filter")?;
    let (uid, on) = (request.account.read().at("account")?, request.on.read().at("on")?);
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    *fired = fired.with(RuleId::Ord6);
    let account = ledger.account(&uid).at("account")?;
    write(&stock_updates(&ledger, &account, on, &filter))
}
