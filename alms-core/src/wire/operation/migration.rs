use crate::account::Account;
use crate::calendar::Date;
use crate::migration::{self, Draft, TakenBalance};
use crate::rule::{RuleId, RuleSet};
use crate::wire::built_in::built_in_assortment;
use crate::wire::doc::account::{AccountDoc, optional_day};
use crate::wire::doc::apply::{AppliedDoc, ApplyRequestDoc};
use crate::wire::doc::catalogue::{CatalogueDoc, assortment};
use crate::wire::doc::compare::{CompareRequestDoc, ComparisonDoc, ScenarioDoc};
use crate::wire::doc::explain::{ExplainRequestDoc, ExplanationDoc};
use crate::wire::doc::ledger::ledger;
use crate::wire::doc::plan::{PlanDoc, PlanRequestDoc};
use crate::wire::doc::policy::policy;
use crate::wire::doc::product::ProductDoc;
use crate::wire::doc::replay::LedgerDoc;
use crate::wire::doc::reseller_apply::{ResellerAppliedDoc, ResellerApplyRequestDoc};
use crate::wire::doc::reseller_plan::{ResellerPlanDoc, ResellerPlanRequestDoc};
use crate::wire::error::{Error, Located, each};
use crate::wire::object::Object;
use crate::wire::{ErrorCode, parse};
use alms_json::{to_text, to_text_like};

pub(super) fn plan(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: PlanRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let (account, balance) = stocked(request.account.0.0, request.ledger, on, fired)?;
    let draft = migration::draft(&account, on, &policy(request.policy.as_ref())?)?;
    let offers = Offers { catalogues: request.catalogues.as_deref(), custom: request.custom.as_deref() };
    let plan = Draft { balance, ..offers.check(draft, &account, fired)? }.for_consent(&account);
    *fired = fired.union(plan.rules());
    Ok(to_text_like(input, &PlanDoc::of(&plan)))
}

pub(super) fn apply(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ApplyRequestDoc<'_> = parse::document(input)?;
    let plan = request.plan.read().at("plan")?;
    let consent_by = request.consent_by();
    let (account, _) = stocked(request.account.0.0, request.ledger, plan.on, fired)?;
    *fired = fired.with(RuleId::Mig1);
    let consent = request.consent.as_ref().map(|doc| doc.read(plan.fingerprint)).transpose().at("consent")?;
    let applied = migration::apply(&account, &plan, consent.as_ref(), consent_by?)?;
    *fired = fired.union(plan.rules()).union(applied.rules());
    Ok(to_text_like(input, &AppliedDoc::of(&applied)))
}

pub(super) fn explain(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ExplainRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let (account, _) = stocked(request.account.0.0, request.ledger, on, fired)?;
    let draft = migration::draft(&account, on, &policy(request.policy.as_ref())?)?;
    let offers = Offers { catalogues: request.catalogues.as_deref(), custom: request.custom.as_deref() };
    let draft = offers.check(draft, &account, fired)?;
    let explanation = migration::explain(&account, &draft, request.serial.as_str())?;
    *fired = explanation.steps.iter().map(|step| step.rule).collect::<RuleSet>().with(RuleId::Acc1);
    Ok(to_text(&ExplanationDoc::of(&explanation)))
}

pub(super) fn compare(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CompareRequestDoc<'_> = parse::document(input)?;
    let account = request.account.0.0.read(fired).at("account")?;
    let read = |doc: &Object<ScenarioDoc<'_>>| doc.read();
    let scenarios = each(request.scenarios.iter(), read).at("scenarios")?;
    let until = optional_day(request.until.as_ref(), "until")?;
    let mut comparison = migration::compare(&account, scenarios, until)?;
    let offers = Offers { catalogues: request.catalogues.as_deref(), custom: request.custom.as_deref() };
    for (index, result) in comparison.scenarios.iter_mut().enumerate() {
        let checked = offers.check(result.plan.draft.clone(), &account, fired);
        result.plan.draft = checked.map_err(|error| match error.path() {
            "on" => error.at_index(index).at("scenarios"),
            _ => error,
        })?;
    }
    *fired = fired.union(comparison.rules());
    Ok(to_text(&ComparisonDoc::of(&comparison)?))
}

pub(super) fn plan_reseller(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ResellerPlanRequestDoc<'_> = parse::document(input)?;
    let merge = request.read(fired)?;
    let plan = migration::plan_reseller(&merge)?;
    *fired = fired.union(plan.rules());
    Ok(to_text(&ResellerPlanDoc::of(&plan)))
}

pub(super) fn apply_reseller(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ResellerApplyRequestDoc<'_> = parse::document(input)?;
    let plan = request.plan.read().at("plan")?;
    *fired = fired.with(RuleId::Mig1);
    let consent = request.consent.as_ref().map(|doc| doc.read(plan.fingerprint)).transpose().at("consent")?;
    let consent_by = request.consent_by();
    let merge = request.merge(&plan, fired)?;
    let applied = migration::apply_reseller(&merge, &plan, consent.as_ref(), consent_by?)?;
    *fired = fired.union(plan.rules()).union(applied.rules());
    let applied = match built_in_assortment(plan.on) {
        Some(assortment) => applied.with_offers(assortment),
        None => applied,
    };
    Ok(to_text(&ResellerAppliedDoc::of(&applied)))
}

/// What says which offers fit which models (OFF-2).
struct Offers<'d, 'a> {
    catalogues: Option<&'d [Object<CatalogueDoc<'a>>]>,
    custom: Option<&'d [Object<ProductDoc<'a>>]>,
}

impl Offers<'_, '_> {
    /// The draft with its warning of offers that do not fit. Before the first of the built-in catalogues there is no
    /// offer to check; one that is given has to be in effect.
    fn check(&self, draft: Draft, account: &Account, fired: &mut RuleSet) -> Result<Draft, Error> {
        if self.catalogues.is_none() && self.custom.is_none_or(<[_]>::is_empty) {
            return Ok(match built_in_assortment(draft.on) {
                Some(assortment) => draft.check_offers(account, assortment),
                None => draft,
            });
        }
        let assortment = assortment(draft.on, self.catalogues, self.custom, fired)?;
        Ok(draft.check_offers(account, &assortment))
    }
}

/// The account with its stock: the number that it gives, or its balance in the ledger on the day `on`.
fn stocked(
    account: AccountDoc<'_>,
    books: Option<Object<LedgerDoc>>,
    on: Date,
    fired: &mut RuleSet,
) -> Result<(Account, Option<TakenBalance>), Error> {
    let Some(Object(books)) = books else { return Ok((account.read(fired).at("account")?, None)) };
    let ledger = ledger(books.accounts, books.bookings, fired).at("ledger")?;
    *fired = fired.with(RuleId::Ord7);
    let balance = TakenBalance::of(&account.uid().at("account")?, &ledger, on).at("uid").at("account")?;
    let given = account.tokens().at("account")?;
    if let Some(given) = given.filter(|given| *given != balance.tokens) {
        let (tokens, as_of) = (balance.tokens, balance.as_of);
        let message = format!(
            "the account has `{given}` tokens, its balance in the ledger as of {as_of} is {tokens}; correct one of them, \
             or leave `tokens` out"
        );
        let error = Error::new(ErrorCode::BalanceMismatch, message).by_rule(RuleId::Ord7);
        return Err(error.with("balance", tokens.get()).at("tokens").at("account"));
    }
    Ok((account.read_with(balance.tokens, fired).at("account")?, Some(balance)))
}
