//! Scenarios side by side.

use super::plan::outcome;
use super::{day, number, table};
use alms_core::export::guarded;
use alms_core::migration::{Comparison, Difference, Reach, ScenarioResult, Standing};
use alms_core::tokens::ServicePack;
use std::io::{self, Write};

/// Differing systems shown for each scenario, unless all are asked for.
const DIFFERENCES_SHOWN_MAX: usize = 20;

/// Prints the totals of all scenarios, then what changes for which system.
pub(crate) fn comparison(out: &mut dyn Write, comparison: &Comparison, all: bool) -> io::Result<()> {
    totals(out, comparison)?;
    reach(out, comparison)?;
    for result in comparison.scenarios.iter().skip(1) {
        differences(out, result, all)?;
    }
    Ok(())
}

/// A column per scenario.
fn totals(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let headings = comparison.scenarios.iter().map(|result| result.scenario.name.as_str());
    let mut table = table(&std::iter::once("").chain(headings).collect::<Vec<_>>());
    let mut row = |name: &str, value: &dyn Fn(&ScenarioResult) -> String| {
        let values = comparison.scenarios.iter().map(|result| number(value(result)));
        table.add_row(std::iter::once(name.into()).chain(values).collect::<Vec<_>>());
    };
    row("Migration date", &|result| result.scenario.on.to_string());
    row("Deleted", &|result| result.plan.summary.deleted.to_string());
    row("Inventory", &|result| result.plan.summary.inventory.to_string());
    row("AirLink Complete", &|result| result.plan.summary.airlink_complete.to_string());
    row("AirLink Basic", &|result| result.plan.summary.airlink_basic.to_string());
    row("Basic until", &|result| day(result.plan.basic.map(|basic| basic.end_date)));
    row("Basic months", &|result| {
        result.plan.basic.map_or_else(|| "–".to_owned(), |basic| basic.months.to_string())
    });
    row("Tokens for Complete", &|result| result.plan.tokens.complete.to_string());
    row("Tokens for Basic", &|result| result.plan.tokens.basic.to_string());
    row("Pro rata", &|result| result.plan.tokens.pro_rata.to_string());
    row("Unallocated", &|result| result.plan.tokens.unallocated.to_string());
    row("Overgranted", &|result| result.plan.tokens.overgranted.to_string());
    row("Warnings", &|result| result.plan.warnings.len().to_string());
    row("Systems that differ", &|result| result.change.systems.to_string());
    writeln!(out, "{table}")
}

/// What it takes until everyone reaches the wanted date.
fn reach(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let wanted = comparison
        .scenarios
        .iter()
        .filter_map(|result| Some((&result.scenario.name, result.reach.as_ref()?)));
    let mut wanted = wanted.peekable();
    let Some((_, Reach { until, .. })) = wanted.peek() else { return Ok(()) };
    writeln!(out, "\nUntil everyone on AirLink Basic reaches {until}")?;
    let mut table =
        table(&["", "Tokens", "Missing", "Service Packs", "List price", "Complete ending before"]);
    for (name, reach) in wanted {
        let price =
            ServicePack::list_price(reach.packs).map_or_else(|_| "–".to_owned(), |price| price.to_string());
        table.add_row([
            name.to_string().into(),
            number(reach.tokens_needed),
            number(reach.tokens_missing),
            number(reach.packs),
            number(price),
            number(reach.ending_before.len()),
        ]);
    }
    writeln!(out, "{table}")
}

fn differences(out: &mut dyn Write, result: &ScenarioResult, all: bool) -> io::Result<()> {
    let name = &result.scenario.name;
    if result.differences.is_empty() {
        writeln!(out, "\n{name}: no system differs")?;
        return Ok(());
    }
    writeln!(out, "\n{name}: what changes")?;
    let mut table = table(&["Serial", "As planned", "Then", "Days"]);
    let shown = if all { result.differences.len() } else { DIFFERENCES_SHOWN_MAX };
    for Difference { serial, before, after, days } in result.differences.iter().take(shown) {
        let days = days.map_or_else(
            || "–".to_owned(),
            |days| if days == 0 { "0".to_owned() } else { format!("{days:+}") },
        );
        table.add_row([
            serial.to_string().into(),
            standing(before).into(),
            standing(after).into(),
            number(days),
        ]);
    }
    writeln!(out, "{table}")?;
    let more = result.differences.len().saturating_sub(shown);
    if more > 0 {
        writeln!(out, "… and {more} more; --all lists every system")?;
    }
    Ok(())
}

fn standing(standing: &Standing) -> String {
    let offer = outcome(standing.outcome);
    match standing.end_date {
        Some(end) => format!("{offer} until {end}, {} tokens", standing.tokens),
        None => offer.to_owned(),
    }
}

/// Writes a row per scenario and differing system as CSV.
pub(crate) fn comparison_csv(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "scenario",
        "serial",
        "outcome_before",
        "end_date_before",
        "outcome_after",
        "end_date_after",
        "days",
    ])?;
    for result in &comparison.scenarios {
        for Difference { serial, before, after, days } in &result.differences {
            let text = |date: Option<alms_core::calendar::Date>| {
                date.map_or_else(String::new, |date| date.to_string())
            };
            writer.write_record([
                guarded(result.scenario.name.as_str()).as_ref(),
                guarded(serial.as_str()).as_ref(),
                before.outcome.as_str(),
                &text(before.end_date),
                after.outcome.as_str(),
                &text(after.end_date),
                &days.map_or_else(String::new, |days| days.to_string()),
            ])?;
        }
    }
    writer.flush()
}
