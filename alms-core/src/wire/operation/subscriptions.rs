use crate::rule::{RuleId, RuleSet};
use crate::subscriptions::{self, HistoryError, NotRenewable, QuoteRequest};
use crate::wire::doc::align::{AlignRequestDoc, AlignmentDoc};
use crate::wire::doc::catalogue::assortment;
use crate::wire::doc::due::{DueDoc, DueRequestDoc};
use crate::wire::doc::invoices::{InvoicesDoc, InvoicesRequestDoc};
use crate::wire::doc::late::invoice_day;
use crate::wire::doc::price_list::price_list;
use crate::wire::doc::quote::{QuoteDoc, QuoteRequestDoc};
use crate::wire::doc::register::{RegisterRequestDoc, RegisteredDoc, rules};
use crate::wire::doc::renew::{RenewRequestDoc, RenewalDoc};
use crate::wire::doc::state::{StateDoc, StateRequestDoc};
use crate::wire::doc::subscription::{fleet, period_out_of_range, renewal_error};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn renew(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: RenewRequestDoc<'_> = parse::document(input)?;
    let holding = request.subscription.read_renewed().at("subscription")?;
    subscriptions::check_renewable(&holding).map_err(Error::from).at("subscription")?;
    let ((months, field), on) = (request.length()?, request.on.read().at("on")?);
    let renewed = match subscriptions::renew_subscription(&holding, months, on, request.late()?) {
        Err(NotRenewable::Order(error)) => return Err(renewal_error(&error, field)),
        result => result.map_err(Error::from).at("subscription")?,
    };
    *fired = renewed.renewal.grounds.set().with_if(RuleId::Sub6, renewed.before.warranty_end.is_some());
    Ok(to_text(&RenewalDoc::of(&renewed, &request.subscription)))
}

pub(super) fn register(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: RegisterRequestDoc<'_> = parse::document(input)?;
    let account = request.account.subscriber(fired).at("account")?;
    let (system, table) = (request.registration()?, request.compatibility()?);
    let assortment = assortment(system.on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    let result = subscriptions::register(&account, &system, &assortment, &table);
    *fired = fired.union(rules(&result)).with_if(RuleId::Sub8, system.billing.is_some());
    let is_assumed =
        request.known_serials == Some(false) && system.first_registered.is_none() && system.held.is_empty();
    Ok(to_text(&RegisteredDoc::of(&result, is_assumed)))
}

pub(super) fn state(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: StateRequestDoc<'_> = parse::document(input)?;
    let holding = request.subscription.read().at("subscription")?;
    let (on, late) = (request.on.read().at("on")?, request.late()?);
    let state = subscriptions::state(&holding, on, late).map_err(not_known)?;
    let subscription = subscriptions::snapshot(&holding, on, late).map_err(not_known)?;
    *fired = state.grounds.set();
    for outcome in &state.events {
        let rules = outcome.result.as_ref().map(|effect| effect.grounds.set());
        *fired = fired.union(rules.unwrap_or_else(|refusal| RuleSet::EMPTY.with(refusal.rule())));
    }
    Ok(to_text(&StateDoc::of(holding.origin.serial(), &state, &subscription, on)))
}

/// A day of which nothing is known, or whose period ends after the calendar.
fn not_known(error: HistoryError) -> Error {
    match error {
        HistoryError::DateOutOfRange => period_out_of_range().at("on"),
        error => Error::from(error).at("subscription"),
    }
}

pub(super) fn due(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: DueRequestDoc<'_> = parse::document(input)?;
    let fleet = fleet(&request.subscriptions)?;
    let (on, days) = (request.on.read().at("on")?, request.within_days()?);
    let due = subscriptions::due(&fleet, on, days, request.late()?)?;
    *fired = RuleSet::EMPTY.with(RuleId::Sub5).with_if(RuleId::Sub3, !due.lapsed.is_empty());
    Ok(to_text(&DueDoc::of(&due, on, days)))
}

#[cfg(feature = "files")]
pub(super) fn to_ics(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    use crate::wire::doc::ics::{IcsRequestDoc, IcsTextDoc};
    use crate::wire::doc::late::late_renewal;
    use crate::wire::leaf::{Prose, Text};

    let request: IcsRequestDoc<'_> = parse::document(input)?;
    let fleet = fleet(&request.subscriptions)?;
    let on = request.on.read().at("on")?;
    let name = request.name.as_ref().unwrap_or(&Text::of("Renewals")).read().at("name")?;
    // All that will ever end.
    let due = subscriptions::due(&fleet, on, u32::MAX, late_renewal(request.late.as_ref())?)?;
    *fired = RuleSet::of(&[RuleId::Sub5, RuleId::Sub10]);
    let calendar = crate::export::renewals_ics(&due.due, on, &name);
    let events = calendar.as_ref().map_or(0, |calendar| i64::try_from(calendar.events).unwrap_or(i64::MAX));
    Ok(to_text(&IcsTextDoc {
        ics: calendar.map(|calendar| Prose::from(calendar.ics)),
        events: events.into(),
    }))
}

pub(super) fn invoices(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: InvoicesRequestDoc<'_> = parse::document(input)?;
    let (fleet, prices) = (fleet(&request.subscriptions)?, price_list(&request.prices)?);
    let (from, until) = (request.from.read().at("from")?, request.until.read().at("until")?);
    *fired = fired.with(RuleId::Sub7);
    let invoices =
        subscriptions::invoices(&fleet, from, until, invoice_day(request.invoice_day.as_ref())?, &prices)?;
    Ok(to_text(&InvoicesDoc::of(&invoices, &fleet)))
}

pub(super) fn quote(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: QuoteRequestDoc<'_> = parse::document(input)?;
    let (fleet, prices) = (fleet(&request.subscriptions)?, price_list(&request.prices)?);
    let on = request.on.read().at("on")?;
    let quote = subscriptions::quote(&QuoteRequest {
        fleet: &fleet,
        on,
        due_until: request.due_until.read().at("due_until")?,
        wish: request.wish()?,
        late: request.late()?,
        prices: &prices,
        discount: request.discount()?,
    })?;
    let rules = quote.systems.iter().map(|system| system.grounds.set());
    let skipped = quote.skipped.iter().map(|skipped| skipped.reason.rule());
    *fired = rules.fold(RuleSet::EMPTY.with(RuleId::Sub10), RuleSet::union).union(skipped.collect());
    Ok(to_text(&QuoteDoc::of(&quote, on, &fleet)))
}

pub(super) fn align(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: AlignRequestDoc<'_> = parse::document(input)?;
    let (fleet, purchase) = (fleet(&request.subscriptions)?, request.purchase()?);
    let (on, date) = (request.on.read().at("on")?, request.date.read().at("date")?);
    *fired = fired.with(RuleId::Sub9);
    let alignment = subscriptions::align(&fleet, on, date, &purchase, request.late()?)?;
    Ok(to_text(&AlignmentDoc::of(&alignment, &purchase, &fleet)))
}
