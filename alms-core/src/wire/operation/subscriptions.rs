use super::written;
use crate::rule::{RuleId, RuleSet};
use crate::subscriptions;
use crate::wire::doc::coterm::{CotermDoc, CotermRequestDoc};
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

pub(super) fn coterm(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CotermRequestDoc<'_> = parse::document(input)?;
    let (terms, policy) = (request.terms()?, request.policy()?);
    *fired = fired.with(RuleId::Sub9);
    written(&CotermDoc::of(&subscriptions::coterm(&terms, &policy, request.base.read().at("base")?)?))
}
