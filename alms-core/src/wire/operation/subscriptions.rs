use super::written;
use crate::rule::{RuleId, RuleSet};
use crate::subscriptions;
use crate::wire::doc::catalogue::assortment;
use crate::wire::doc::coterm::{CotermDoc, CotermRequestDoc};
use crate::wire::doc::register::{RegisterRequestDoc, RegisteredDoc, rules};
use crate::wire::doc::renew::{RenewRequestDoc, RenewalDoc};
use crate::wire::error::{Error, Located};
use crate::wire::{ErrorCode, parse};

pub(super) fn renew(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: RenewRequestDoc<'_> = parse::document(input)?;
    let term = request.subscription.term().at("subscription")?;
    let (years, on) = (request.years()?, request.on.read().at("on")?);
    let renewal = subscriptions::renew(&term, years, on, request.late()?).map_err(|error| {
        let message = format!("`{years}` years from the term's end: {error}; renew for fewer years");
        Error::new(ErrorCode::DateOutOfRange, message).by_rule(RuleId::Sub2).at("years")
    })?;
    *fired = renewal.grounds.set().with_if(RuleId::Sub6, term.warranty_end.is_some());
    written(&RenewalDoc::of(&renewal))
}

pub(super) fn register(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: RegisterRequestDoc<'_> = parse::document(input)?;
    let account = request.account.read(fired).at("account")?;
    let (system, table) = (request.registration()?, request.compatibility()?);
    let assortment = assortment(system.on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    let result = subscriptions::register(&account, &system, &assortment, &table);
    *fired = fired.union(rules(&result)).with_if(RuleId::Sub8, system.billing.is_some());
    written(&RegisteredDoc::of(&result))
}

pub(super) fn coterm(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CotermRequestDoc<'_> = parse::document(input)?;
    let (terms, policy) = (request.terms()?, request.policy()?);
    *fired = fired.with(RuleId::Sub9);
    written(&CotermDoc::of(&subscriptions::coterm(&terms, &policy, request.base.read().at("base")?)?))
}
