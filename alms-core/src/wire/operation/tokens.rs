use crate::rule::{RuleId, RuleSet};
use crate::tokens::{self, OrderPrice, Status};
use crate::wire::doc::advice::{AdviceDoc, AdviceRequestDoc};
use crate::wire::doc::coverage::{CoverageDoc, CoverageRequestDoc};
use crate::wire::doc::forecast::{ForecastDoc, ForecastRequestDoc, outlook, packs_to_buy, peaks};
use crate::wire::doc::price::{PriceDoc, PriceRequestDoc, terms};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn forecast(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ForecastRequestDoc<'_> = parse::document(input)?;
    let (balance, on) = (request.balance.tokens().at("balance")?, request.on.read().at("on")?);
    let peaks = peaks(request.previous_peak.as_ref(), request.current_peak.as_ref())?;
    let months = request.last_months()?;
    *fired = fired.with(RuleId::Tok5);
    let outlook = outlook(balance, on, peaks, request.expected_end.as_ref(), request.status.as_ref())?;
    let forecast = tokens::forecast(&outlook)?;
    let packs = packs_to_buy(&outlook, months)?;
    *fired = fired
        .with_if(RuleId::Tok1, packs.is_some())
        .with_if(RuleId::Tok6, packs.is_some() && outlook.standing.status == Status::Suspended);
    Ok(to_text(&ForecastDoc::of(&forecast, packs)))
}

pub(super) fn coverage(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CoverageRequestDoc<'_> = parse::document(input)?;
    *fired = RuleSet::of(&[RuleId::Tok1, RuleId::Tok8]);
    let packs = request.packs.read().at("packs")?;
    let systems = request.systems.peak().at("systems")?;
    let coverage = tokens::coverage(packs, systems).at("packs")?;
    Ok(to_text(&CoverageDoc::of(&coverage, packs, systems)))
}

pub(super) fn advice(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: AdviceRequestDoc<'_> = parse::document(input)?;
    let (balance, on) = (request.balance.tokens().at("balance")?, request.on.read().at("on")?);
    let peaks = peaks(request.previous_peak.as_ref(), request.current_peak.as_ref())?;
    let (list_price, discount) = terms(request.list_price.as_ref(), request.discount.as_ref())?;
    *fired = fired.with(RuleId::Tok5);
    let outlook = outlook(balance, on, peaks, request.expected_end.as_ref(), request.status.as_ref())?;
    let advice = tokens::advice(&outlook, request.horizon()?, list_price, discount)?;
    *fired = fired
        .with(RuleId::Tok1)
        .with_if(RuleId::Tok6, outlook.standing.status == Status::Suspended)
        .with_if(RuleId::Ord8, advice.price.is_some());
    Ok(to_text(&AdviceDoc::of(&advice)))
}

pub(super) fn price(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: PriceRequestDoc<'_> = parse::document(input)?;
    *fired = RuleSet::of(&[RuleId::Tok1, RuleId::Ord8]);
    let packs = request.packs.packs(RuleId::Ord8).at("packs")?;
    let (list_price, discount) = terms(request.list_price.as_ref(), request.discount.as_ref())?;
    Ok(to_text(&PriceDoc::of(&OrderPrice::new(packs, list_price, discount)?)))
}
