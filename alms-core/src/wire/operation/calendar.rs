use crate::calendar::DateOutOfRange;
use crate::rule::RuleSet;
use crate::wire::doc::calendar::{AddMonthsDoc, AddedMonthsDoc};
use crate::wire::error::{Error, Located};
use crate::wire::{ErrorCode, parse};
use alms_json::to_text;

pub(super) fn add_months(input: &str, _: &mut RuleSet) -> Result<String, Error> {
    let request: AddMonthsDoc<'_> = parse::document(input)?;
    let (date, months) = (request.date.read().at("date")?, request.months.months().at("months")?);
    let moved = date.add_months(months).map_err(|error: DateOutOfRange| {
        Error::new(
            ErrorCode::DateOutOfRange,
            format!("`{months}` months from {date}: {error}; give fewer months"),
        )
        .at("months")
    })?;
    Ok(to_text(&AddedMonthsDoc { date: moved.into() }))
}
