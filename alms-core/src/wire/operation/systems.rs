use crate::import::{DateOrder, airvantage, csv};
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::systems::{ApiAnswerDoc, CsvFileDoc, CsvTextDoc, ImportDoc, SystemsDoc};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::Choice;
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn from_csv(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: CsvFileDoc<'_> = parse::document(input)?;
    let date_order = request.dates.as_ref().map_or(Ok(DateOrder::default()), Choice::read).at("dates")?;
    let import = csv::read(request.csv.as_str().as_bytes(), &csv::CsvOptions { date_order }).at("csv")?;
    Ok(to_text(&ImportDoc::of(&import)))
}

pub(super) fn from_api(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: ApiAnswerDoc<'_> = parse::document(input)?;
    let import = airvantage::read(request.answer.get().as_bytes()).at("answer")?;
    Ok(to_text(&ImportDoc::of(&import)))
}

pub(super) fn to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SystemsDoc<'_> = parse::document(input)?;
    let systems = request.systems.read().at("systems")?;
    *fired = fired.with(RuleId::Mig14);
    Ok(to_text(&CsvTextDoc { csv: csv::write(&systems).into() }))
}
