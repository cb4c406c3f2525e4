use crate::import::{Import, airvantage, csv};
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::systems::{ApiAnswerDoc, CsvFileDoc, CsvTextDoc, ImportDoc, SystemsDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;

pub(super) fn from_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: CsvFileDoc<'_> = parse::document(input)?;
    let import = csv::read(request.csv.as_str().as_bytes(), &request.options()?).at("csv")?;
    *fired = fired.union(rules(&import));
    Ok(to_text(&ImportDoc::of(&import)))
}

pub(super) fn from_api(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ApiAnswerDoc<'_> = parse::document(input)?;
    let import = airvantage::read(request.answer.get().as_bytes()).at("answer")?;
    *fired = fired.union(rules(&import));
    Ok(to_text(&ImportDoc::of(&import)))
}

pub(super) fn to_csv(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SystemsDoc<'_> = parse::document(input)?;
    let (systems, told) = request.systems.read().at("systems")?;
    *fired = fired.with(RuleId::Mig14);
    let csv = if told.accounts.is_empty() {
        csv::write(&systems)
    } else {
        csv::write_with_accounts(&systems, &told.accounts)
    };
    Ok(to_text(&CsvTextDoc { csv: csv.into() }))
}

/// The rules behind the notes and errors of a file.
fn rules(import: &Import) -> RuleSet {
    let of_notes = import.note_counts.keys().filter_map(|code| code.rule());
    of_notes.chain(import.error_counts.keys().filter_map(|code| code.rule())).collect()
}
