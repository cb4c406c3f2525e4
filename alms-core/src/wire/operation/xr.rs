use super::offers::rules;
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::catalogue::assortment;
use crate::wire::doc::xr::{XrCheckDoc, XrCheckRequestDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use crate::xr::{self, Verdict};
use alms_json::to_text;

pub(super) fn check(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: XrCheckRequestDoc<'_> = parse::document(input)?;
    let account =
        request.account.as_ref().map(|account| account.subscriber(fired)).transpose().at("account")?;
    let (devices, table) = (request.devices()?, request.compatibility()?);
    let on = request.on.read().at("on")?;
    let assortment = assortment(on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    let fleet = xr::check(account.as_ref(), &devices, on, &assortment, &table);
    let document = XrCheckDoc::of(&devices, &fleet, &assortment, &table);
    let any = |what: fn(&Verdict) -> bool| fleet.verdicts.iter().any(what);
    let asked = any(|verdict| verdict.applies);
    *fired = fired
        .union(RuleSet::of(&[RuleId::Xrs3, RuleId::Pay1]))
        .with_if(RuleId::Xrs1, asked)
        .with_if(RuleId::Xrs2, asked)
        // Every account that is created now is avc.
        .with_if(RuleId::Acc2, asked && account.is_none())
        .with_if(RuleId::Xrs4, any(|verdict| verdict.instance_move.is_some()))
        .with_if(RuleId::Xrs5, any(|verdict| verdict.out_of_band.is_some()));
    *fired = document.devices.iter().fold(*fired, |fired, verdict| fired.union(rules(&verdict.errors)));
    Ok(to_text(&document))
}
