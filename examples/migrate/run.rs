//! From the command line to the output.

use crate::args::{self, Args, Format};
use crate::failure::Failure;
use crate::{input, published, report};
use alms_core::account::Account;
use alms_core::calendar::Date;
use alms_core::migration::{Outcome, Plan, Reporting, Scenario, compare, explain, plan};
use alms_core::wire;
use std::io::Write;

/// Does what the command line says.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let (Some(path), Some(tokens), Some(on)) = (&args.systems, args.tokens, args.on) else {
        return published::run(args, out);
    };
    let account = input::account(args, path, tokens)?;
    if !args.compare.is_empty() {
        return compare_scenarios(args, &account, on, out);
    }
    let plan = plan(&account, on, &args.policy.policy()).map_err(Failure::refused)?;
    let plan = match wire::built_in_assortment(on) {
        Some(assortment) => plan.check_offers(&account, assortment),
        None => plan,
    };
    export_deleted(args, &account, &plan)?;
    if let Some(serial) = &args.explain {
        return explain_system(args, &account, &plan, serial, out);
    }
    match args.format {
        Format::Table => report::plan(out, &account, &plan, args.all)?,
        Format::Json => {
            // Written as it is made: the text of a million systems is larger than they are.
            wire::write_plan_json(&plan, &mut *out)?;
            writeln!(out)?;
        }
        Format::Csv => report::plan_csv(out, &plan)?,
    }
    Ok(())
}

fn export_deleted(args: &Args, account: &Account, plan: &Plan) -> Result<(), Failure> {
    let Some(path) = &args.export else {
        return Ok(());
    };
    let systems = account.data().systems.iter().zip(&plan.systems);
    let deleted: Vec<_> = systems
        .filter(|(_, planned)| planned.outcome == Outcome::Deleted)
        .map(|(system, _)| system)
        .collect();
    input::export(path, &deleted)?;
    eprintln!("{} deleted systems written to {}", deleted.len(), path.display());
    Ok(())
}

fn explain_system(
    args: &Args,
    account: &Account,
    plan: &Plan,
    serial: &str,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let explanation = explain(account, plan, serial).map_err(|error| Failure::Usage(error.to_string()))?;
    match args.format {
        Format::Table => writeln!(out, "{explanation}")?,
        Format::Json => writeln!(out, "{}", wire::explanation_to_json(&explanation))?,
        Format::Csv => {
            return Err(Failure::Usage("an explanation is written as table or json, not as csv".to_owned()));
        }
    }
    Ok(())
}

fn compare_scenarios(args: &Args, account: &Account, on: Date, out: &mut dyn Write) -> Result<(), Failure> {
    let name = "as planned".parse().map_err(Failure::refused)?;
    let base = Scenario { name, on, policy: args.policy.policy(), tokens: None, reporting: Reporting::AsIs };
    let others = args.compare.iter().map(|text| args::scenario(&base, text)).collect::<Result<Vec<_>, _>>();
    let scenarios = [vec![base], others.map_err(Failure::Usage)?].concat();
    let comparison = compare(account, scenarios, args.until).map_err(Failure::refused)?;
    match args.format {
        Format::Table => report::comparison(out, &comparison, args.all)?,
        Format::Json => {
            let json = wire::comparison_to_json(&comparison).map_err(Failure::refused)?;
            writeln!(out, "{json}")?;
        }
        Format::Csv => report::comparison_csv(out, &comparison)?,
    }
    Ok(())
}
