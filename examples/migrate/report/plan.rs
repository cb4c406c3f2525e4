//! A plan: the systems, the tokens, the renewal dates, the warnings.

use super::{counted, day, number, statement, table};
use alms_core::account::{Account, System};
use alms_core::calendar::Date;
use alms_core::export::guarded;
use alms_core::migration::{Outcome, Plan, PlannedSystem};
use alms_core::rule::RuleId;
use alms_core::text::visible;
use comfy_table::Cell;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// More systems than this are shown in groups, unless all are asked for.
const SYSTEMS_SHOWN_MAX: usize = 60;

/// More renewal dates than this are not a list for a person any more.
const DATES_SHOWN_MAX: usize = 36;

/// From these widths on a terminal holds all columns, or the most telling of them, without breaking serials.
const WIDE_COLUMNS_MIN: u16 = 132;
const MEDIUM_COLUMNS_MIN: u16 = 112;

/// Prints the plan.
pub(crate) fn plan(out: &mut dyn Write, account: &Account, plan: &Plan, all: bool) -> io::Result<()> {
    let data = account.data();
    writeln!(
        out,
        "Migration of {} ({}) on {}: {}",
        visible(data.name.as_str()),
        visible(data.uid.as_str()),
        plan.on,
        counted(plan.systems.len(), "system")
    )?;
    let policy = &plan.policy;
    writeln!(
        out,
        "Policy: month_rounding {}, complete_renewal {}, cleanup {}, inactive_months {}\n",
        policy.month_rounding,
        match policy.complete_renewal.years() {
            0 => "support_date".to_owned(),
            years => format!("support_date_plus_years={years}"),
        },
        policy.cleanup,
        policy.inactive_months
    )?;
    if all || plan.systems.len() <= SYSTEMS_SHOWN_MAX {
        systems(out, account, plan)?;
    } else {
        groups(out, plan)?;
    }
    statement::print(out, plan)?;
    renewals(out, plan)?;
    warnings(out, plan)?;
    writeln!(out, "\nFingerprint, for the customer's consent: {}", plan.fingerprint)
}

/// A row per system: what becomes of it, and as much of what it was as the terminal is wide.
fn systems(out: &mut dyn Write, account: &Account, plan: &Plan) -> io::Result<()> {
    let before: &[&str] = match table(&[]).width() {
        Some(columns) if columns < MEDIUM_COLUMNS_MIN => &[],
        Some(columns) if columns < WIDE_COLUMNS_MIN => &["State", "Support end"],
        _ => &["Model", "State", "Last comm.", "Support end"],
    };
    let after = ["Outcome", "End date", "Tokens", "Rules"];
    let mut table = table(&[&["Serial"], before, &after].concat());
    for (system, planned) in account.data().systems.iter().zip(&plan.systems) {
        let System { serial, model, state, last_communication, support_end, .. } = system;
        let mut row: Vec<Cell> = vec![serial.to_string().into()];
        row.extend(before.iter().map(|heading| match *heading {
            "Model" => Cell::new(visible(model.as_str())),
            "State" => Cell::new(state),
            "Last comm." => Cell::new(day(*last_communication)),
            _ => Cell::new(day(*support_end)),
        }));
        row.push(outcome(planned.outcome).into());
        row.push(day(planned.end_date).into());
        row.push(number(planned.tokens));
        row.push(rules(planned).into());
        table.add_row(row);
    }
    writeln!(out, "{table}")
}

/// Systems of the same fate in one row.
fn groups(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    let mut groups = BTreeMap::new();
    for system in &plan.systems {
        let key = (system.outcome, system.end_date, system.tokens.get(), rules(system));
        let (count, _) = groups.entry(key).or_insert((0_usize, system.serial.as_str()));
        *count = count.saturating_add(1);
    }
    let mut table = table(&["Systems", "Outcome", "End date", "Tokens each", "Rules", "For instance"]);
    for ((fate, end, tokens, rules), (count, serial)) in groups {
        table.add_row([
            number(count),
            outcome(fate).into(),
            day(end).into(),
            number(tokens),
            rules.into(),
            serial.into(),
        ]);
    }
    writeln!(out, "{table}\n(systems of the same fate in one row; --all lists every system)")
}

/// What becomes of a system, in a few words.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Deleted => "deleted",
        Outcome::Inventory => "inventory",
        Outcome::AirlinkComplete => "AirLink Complete",
        Outcome::AirlinkBasic => "AirLink Basic",
    }
}

fn rules(system: &PlannedSystem) -> String {
    system.grounds.iter().map(RuleId::as_str).collect::<Vec<_>>().join(" ")
}

/// How many systems have to be renewed when.
fn renewals(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    let mut dates = BTreeMap::<(Date, Outcome), usize>::new();
    for system in &plan.systems {
        if let Some(end) = system.end_date {
            let count = dates.entry((end, system.outcome)).or_default();
            *count = count.saturating_add(1);
        }
    }
    if dates.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nRenewal dates")?;
    let mut table = table(&["Renew by", "Systems", "Offer"]);
    for ((date, fate), count) in dates.iter().take(DATES_SHOWN_MAX) {
        table.add_row([date.to_string().into(), number(count), outcome(*fate).into()]);
    }
    writeln!(out, "{table}")?;
    let more = dates.len().saturating_sub(DATES_SHOWN_MAX);
    if more > 0 {
        writeln!(out, "… and {more} later dates")?;
    }
    Ok(())
}

fn warnings(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    if plan.warnings.is_empty() {
        writeln!(out, "\nNo warnings.")?;
        return Ok(());
    }
    writeln!(out, "\nWarnings")?;
    for warning in &plan.warnings {
        writeln!(out, "  {} ({}): {}", warning.code, warning.code.rule(), warning.message)?;
        let named: Vec<_> = warning.systems.iter().take(5).map(|serial| serial.as_str()).collect();
        let more = warning.systems.len().saturating_sub(named.len());
        if !named.is_empty() {
            let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
            writeln!(out, "    {}: {}{rest}", counted(warning.systems.len(), "system"), named.join(", "))?;
        }
    }
    Ok(())
}

/// Writes a row per system as CSV.
pub(crate) fn plan_csv(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["serial", "outcome", "offer", "state", "end_date", "tokens", "rules"])?;
    for system in &plan.systems {
        writer.write_record([
            guarded(system.serial.as_str()).as_ref(),
            system.outcome.as_str(),
            system.outcome.offer().map_or("", |offer| offer.as_str()),
            system.outcome.state().map_or("", |state| state.as_str()),
            &system.end_date.map_or_else(String::new, |date| date.to_string()),
            &system.tokens.to_string(),
            &rules(system),
        ])?;
    }
    writer.flush()
}
