use crate::account::Kind;
#[cfg(feature = "files")]
use crate::import::csv::registrations::{self, RegistrationError};
use crate::reseller::{self, CustomersPage, CustomersQuery, TransferFault, TransferRequest};
#[cfg(feature = "files")]
use crate::reseller::{BulkRegistered, BulkTargets};
use crate::rule::{RuleId, RuleSet};
use crate::subscriptions::FleetError;
#[cfg(feature = "files")]
use crate::wire::doc::bulk::BulkRequestDoc;
#[cfg(feature = "files")]
use crate::wire::doc::bulk_rows::{BulkDoc, BulkErrors};
use crate::wire::doc::customers::{CustomerSystemsRequestDoc, CustomersRequestDoc};
use crate::wire::doc::customers_page::{CustomerSystemsDoc, CustomersDoc};
#[cfg(feature = "files")]
use crate::wire::doc::notifications::{NotificationsDoc, NotificationsRequestDoc, each_once};
#[cfg(feature = "files")]
use crate::wire::doc::systems::CsvTextDoc;
use crate::wire::doc::transfer::TransferRequestDoc;
use crate::wire::doc::transferred::TransferDoc;
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;
#[cfg(feature = "files")]
use alms_json::to_text_like;

pub(super) fn customers(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    paged(input, fired, |query, page| Ok(to_text(&CustomersDoc::of(query, page))))
}

#[cfg(feature = "files")]
pub(super) fn customers_to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    paged(input, fired, |query, page| {
        Ok(to_text(&CsvTextDoc { csv: crate::export::customers_csv(&page.rows, query.windows).into() }))
    })
}

/// The page that is asked for, written.
fn paged(
    input: &str,
    fired: &mut RuleSet,
    write: impl Fn(&CustomersQuery, &CustomersPage<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    let request: CustomersRequestDoc<'_> = parse::document(input)?;
    let query = request.query()?;
    let customers = request.customers(query.on)?;
    *fired = RuleSet::of(&[RuleId::Acc11, RuleId::Res2]);
    write(&query, &reseller::customers(&customers, &query))
}

pub(super) fn customer_systems(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CustomerSystemsRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let customer = request.customer(on)?;
    let (windows, column) = (request.windows()?, request.column.read().at("column")?);
    *fired = fired.with(RuleId::Res2);
    let systems = reseller::customer_systems(&customer, on, windows, column);
    Ok(to_text(&CustomerSystemsDoc::of(&customer, on, (windows, column), &systems)))
}

#[cfg(feature = "files")]
pub(super) fn notifications(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: NotificationsRequestDoc<'_> = parse::document(input)?;
    let (on, days, late) = (request.on.read().at("on")?, request.within_days()?, request.late()?);
    let resellers = each_once(request.resellers, "resellers", |reseller| &reseller.uid)?;
    let customers = each_once(request.customers, "customers", |customer| &customer.uid)?;
    *fired = RuleSet::of(&[RuleId::Res3, RuleId::Sub5]);
    let notifications = reseller::renewal_notifications(&resellers, &customers, on, days, late)?;
    Ok(to_text(&NotificationsDoc::of(&notifications)))
}

pub(super) fn transfer(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: TransferRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let (from, to) = request.accounts(on, fired)?;
    let (systems, allocations) = (request.systems()?, request.allocations()?);
    let transfer = reseller::transfer(&TransferRequest {
        from: &from,
        to: &to,
        systems: &systems,
        allocations: &allocations,
        table: &request.compatibility()?,
        late: request.late()?,
        on,
    });
    let transfer = transfer.map_err(|FleetError { index, cause }| {
        Error::from(cause).at("subscription").at_index(index).at("systems")
    })?;
    let rules = transfer.results.iter().map(|result| match result {
        Ok(transferred) => transferred.subscription.grounds.set(),
        Err(faults) => faults.iter().map(TransferFault::rule).collect(),
    });
    let asked = fired.with(RuleId::Res5).with_if(RuleId::Res6, to.subscriber.kind != Kind::Reseller);
    *fired = rules.fold(asked, RuleSet::union);
    Ok(to_text(&TransferDoc::of(on, &systems, &transfer)))
}

#[cfg(feature = "files")]
pub(super) fn bulk_register(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: BulkRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let assortment = request.assortment(on, fired)?;
    let (accounts, known) = (request.accounts(assortment.as_ref(), fired)?, request.fleet()?);
    let file = registrations::read(request.csv.as_str().as_bytes(), &request.titles(), request.dates()?)
        .at("csv")?;
    let targets = BulkTargets {
        accounts: &accounts,
        known: &known,
        assortment: assortment.as_ref(),
        table: &request.compatibility()?,
        on,
        known_serials: request.known_serials.unwrap_or(true),
    };
    let mut errors = BulkErrors::default();
    *fired = fired.with(RuleId::Res4);
    let bulk = file.register_seeing(&targets, &mut |row| {
        *fired = fired.union(rules_of(row.result));
        errors.take(row.result.err().unwrap_or_default());
    });
    *fired = fired.union(file.note_counts().keys().filter_map(|code| code.rule()).collect());
    let registered = bulk.registered();
    let accounts = request.accounts_after(&registered)?;
    Ok(to_text_like(input, &BulkDoc::of(&file, &bulk, &registered, &accounts, &errors)))
}

/// The rules that had a part in the result of a row.
#[cfg(feature = "files")]
fn rules_of(result: Result<&BulkRegistered, &[RegistrationError]>) -> RuleSet {
    match result {
        Ok(BulkRegistered::Subscription(subscription)) => subscription.grounds.set(),
        Ok(BulkRegistered::Booking(_)) => RuleSet::of(&[RuleId::Tok7]),
        Err(errors) => errors.iter().filter_map(RegistrationError::rule).collect(),
    }
}
