use super::written;
use crate::reseller::{self, CustomersPage, CustomersQuery};
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::customers::{CustomerSystemsRequestDoc, CustomersRequestDoc};
use crate::wire::doc::customers_page::{CustomerSystemsDoc, CustomersDoc};
#[cfg(feature = "files")]
use crate::wire::doc::notifications::{NotificationsDoc, NotificationsRequestDoc};
#[cfg(feature = "files")]
use crate::wire::doc::systems::CsvTextDoc;
use crate::wire::error::{Error, Located};
use crate::wire::parse;

pub(super) fn customers(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    paged(input, fired, |query, page| written(&CustomersDoc::of(query, page)))
}

#[cfg(feature = "files")]
pub(super) fn customers_to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    paged(input, fired, |query, page| {
        written(&CsvTextDoc { csv: crate::export::customers_csv(&page.rows, query.windows).into() })
    })
}

/// The page that is asked for, written.
fn paged(
    input: &str,
    fired: &mut RuleSet,
    write: impl Fn(&CustomersQuery, &CustomersPage<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    let request: CustomersRequestDoc<'_> = parse::document(input)?;
    let (query, customers) = (request.query()?, request.customers()?);
    *fired = RuleSet::of(&[RuleId::Acc11, RuleId::Res2]);
    write(&query, &reseller::customers(&customers, &query))
}

pub(super) fn customer_systems(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CustomerSystemsRequestDoc<'_> = parse::document(input)?;
    let (customer, on) = (request.customer()?, request.on.read().at("on")?);
    let (windows, column) = (request.windows()?, request.column.read().at("column")?);
    *fired = fired.with(RuleId::Res2);
    let systems = reseller::customer_systems(&customer, on, windows, column);
    written(&CustomerSystemsDoc::of(&customer, on, (windows, column), &systems))
}

#[cfg(feature = "files")]
pub(super) fn notifications(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: NotificationsRequestDoc<'_> = parse::document(input)?;
    let (resellers, customers) = (request.resellers()?, request.customers()?);
    let (on, days, late) = (request.on.read().at("on")?, request.within_days()?, request.late()?);
    *fired = RuleSet::of(&[RuleId::Res3, RuleId::Sub5]);
    let in_customer = |(index, error)| Error::from(error).at_index(index).at("customers");
    let notifications =
        reseller::renewal_notifications(&resellers, &customers, on, days, late).map_err(in_customer)?;
    written(&NotificationsDoc::of(&notifications))
}
