use crate::account::Model;
use crate::offers::{self, Excluded, Listed};
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::catalogue::{CatalogueDoc, CatalogueRequestDoc, LoadRequestDoc, assortment};
use crate::wire::doc::listing::{ForModelRequestDoc, ListingDoc, exclusion};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn load(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: LoadRequestDoc<'_> = parse::document(input)?;
    let errors = request.errors();
    *fired = RuleSet::of(&[RuleId::Off1, RuleId::Off5]).union(rules(&errors));
    Ok(to_text(&request.loaded(&errors)))
}

pub(super) fn catalogue(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CatalogueRequestDoc<'_> = parse::document(input)?;
    let on = request.on.read().at("on")?;
    let assortment = assortment(on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    Ok(to_text(&CatalogueDoc::of_assortment(&assortment)))
}

pub(super) fn for_model(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ForModelRequestDoc<'_> = parse::document(input)?;
    let account = request.account.subscriber(fired).at("account")?;
    let model: Model = request.model.read().at("model")?;
    let on = request.on.read().at("on")?;
    let assortment = assortment(on, request.catalogues.as_deref(), request.custom.as_deref(), fired)?;
    let listing =
        offers::for_model(&assortment, &account, &model).map_err(|reason| exclusion(&reason, "model"))?;
    let of_listed = listing.offers.iter().map(|listed: &Listed<'_>| listed.grounds.set());
    let of_excluded = listing.excluded.iter().flat_map(|excluded: &Excluded<'_>| &excluded.reasons);
    *fired = of_listed.fold(*fired, RuleSet::union);
    *fired = of_excluded.fold(*fired, |fired, reason| fired.with(reason.rule()));
    Ok(to_text(&ListingDoc::of(&model, account.billing, &assortment, &listing)))
}

/// The rules behind these errors.
pub(super) fn rules(errors: &[Error]) -> RuleSet {
    errors.iter().filter_map(Error::rule).collect()
}
