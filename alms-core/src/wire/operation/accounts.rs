use crate::account::{
    self, AccountFacts, ActivationError, CreationFault, Directory, Kind, LinkFault, PartnershipCase,
};
use crate::rule::{RuleId, RuleSet};
use crate::text::Uid;
use crate::wire::doc::account::{AccountDoc, optional_text};
use crate::wire::doc::activation::{ActivationDoc, ActivationRequestDoc};
use crate::wire::doc::check::{CheckRequestDoc, VerdictDoc};
use crate::wire::doc::commission::{CommissionDoc, CommissionRequestDoc};
use crate::wire::doc::convert::{ConvertRequestDoc, ConvertedDoc};
use crate::wire::doc::creation::{CreateRequestDoc, CreationDoc};
use crate::wire::doc::directory::{directory, listed};
use crate::wire::doc::link::{LinkRequestDoc, LinkVerdictDoc};
use crate::wire::doc::lookup::{LookupDoc, LookupRequestDoc};
use crate::wire::doc::partnership::{PartnershipCaseDoc, PartnershipRequestDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn activate(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ActivationRequestDoc<'_> = parse::document(input)?;
    let (activation, on) = request.read()?;
    *fired = fired.with(RuleId::Acc4);
    let activated = activation.activate(on).map_err(|error| {
        let field = match error {
            ActivationError::AlreadyActivated { .. } => "activated",
            ActivationError::Expired { .. } | ActivationError::BeforeCreation { .. } => "on",
        };
        Error::from(error).at(field)
    })?;
    Ok(to_text(&ActivationDoc::of(activated, on)))
}

pub(super) fn activation(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ActivationRequestDoc<'_> = parse::document(input)?;
    let (activation, on) = request.read()?;
    *fired = fired.with(RuleId::Acc4);
    Ok(to_text(&ActivationDoc::of(activation, on)))
}

pub(super) fn check(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CheckRequestDoc<'_> = parse::document(input)?;
    let (on, circumstances) = (request.on.read().at("on")?, request.circumstances()?);
    let account = request.account.0.0.read(fired).at("account")?;
    let verdict = account::check(&account, on, &circumstances);
    *fired = fired.union(verdict.rules);
    Ok(to_text(&VerdictDoc::of(&account, on, &verdict)))
}

pub(super) fn commission(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CommissionRequestDoc<'_> = parse::document(input)?;
    let (partner, account) = (request.partner.read().at("partner")?, request.account()?);
    let commission = account::commission(&partner, request.agreement, &account);
    *fired = commission.rules;
    Ok(to_text(&CommissionDoc::of(&commission)))
}

pub(super) fn convert(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ConvertRequestDoc<'_> = parse::document(input)?;
    let conversion = request.conversion()?;
    let account = request.account.0.0.read(fired).at("account")?;
    *fired = fired.with(RuleId::Acc10).with_if(RuleId::Acc8, conversion.to != Kind::Customer);
    let account = account.convert(&conversion)?;
    Ok(to_text(&ConvertedDoc { account: AccountDoc::of(&account) }))
}

pub(super) fn create(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CreateRequestDoc<'_> = parse::document(input)?;
    let (account, channel, on, directory) = request.read(fired)?;
    let result = account::create(&account, &channel, on, &directory);
    *fired = match &result {
        Ok(creation) => fired.union(creation.rules),
        Err(faults) => faults.iter().map(CreationFault::rule).fold(*fired, RuleSet::with),
    };
    Ok(to_text(&CreationDoc::of(&result)))
}

pub(super) fn link(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: LinkRequestDoc<'_> = parse::document(input)?;
    let (request, avc) = (request.read()?, request.avc()?);
    let result = account::link(&request);
    let linked = result.as_ref().map_or_else(|_| AccountFacts::default(), |linked| linked.account(avc));
    let faults = result.as_ref().err().into_iter().flatten();
    *fired = faults.map(LinkFault::rule).fold(fired.with(RuleId::Acc7), RuleSet::with);
    Ok(to_text(&LinkVerdictDoc::of(&request, &result, &linked)))
}

pub(super) fn lookup(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: LookupRequestDoc<'_> = parse::document(input)?;
    let (key, viewer) = (request.key()?, optional_text::<Uid, 1>(request.viewer.as_ref(), "viewer")?);
    let directory = directory(request.directory, fired)?;
    *fired = fired.with_if(RuleId::Acc11, viewer.is_some());
    Ok(to_text(&LookupDoc::of(&account::lookup(&key, viewer.as_ref(), &directory))))
}

pub(super) fn partnership(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: PartnershipRequestDoc<'_> = parse::document(input)?;
    let (customer, partner) =
        (request.customer.read().at("customer")?, request.partner.read().at("partner")?);
    let (steps, step) = (request.steps()?, request.step()?);
    let directory = directory(request.directory, fired)?;
    let customer = listed(directory.account_with_uid(&customer), &customer).at("customer")?;
    let partner = listed(directory.account_with_uid(&partner), &partner).at("partner")?;
    let case = PartnershipCase::open(customer, partner, steps)
        .map_err(|(index, error)| Error::from(error).at_index(index).at("steps"))?;
    let case = case.take(step).at("step")?;
    *fired = fired.union(case.rules());
    Ok(to_text(&PartnershipCaseDoc::of(&case)))
}
