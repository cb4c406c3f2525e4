use super::offers::rules;
use crate::billing;
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::billing::{BillingOptionsDoc, BillingRequestDoc, billing_mismatch};
use crate::wire::doc::catalogue::assortment;
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn options(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: BillingRequestDoc<'_> = parse::document(input)?;
    let (country, address) = (request.country()?, request.billing_address()?);
    let account =
        request.account.as_ref().map(|account| account.subscriber(fired)).transpose().at("account")?;
    let wanted = request.wanted_billing()?;
    let on = request.on.read().at("on")?;
    let assortment = assortment(on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    let options = billing::options(country, address.unwrap_or(country), account.as_ref(), &assortment);
    let mismatch = wanted.zip(account.map(|account| account.billing)).filter(|(wanted, own)| wanted != own);
    let mismatch = mismatch.map(|(wanted, own)| billing_mismatch(wanted, own, "wanted_billing"));
    let document = BillingOptionsDoc::of(country, address, &assortment, &options, mismatch);
    let of_payments = document.payments.iter().map(|payment| &payment.errors);
    let of_services = document.services.iter().map(|service| &service.errors);
    let errors = of_payments.chain(of_services).chain([&document.errors]);
    *fired = fired
        .union(RuleSet::of(&[RuleId::Pay1, RuleId::Pay2, RuleId::Pay3, RuleId::Pay4]))
        .with_if(RuleId::Sub8, wanted.is_some() && account.is_some());
    *fired = errors.fold(*fired, |fired, errors| fired.union(rules(errors)));
    Ok(to_text(&document))
}
