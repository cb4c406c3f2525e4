//! From the command line to the output.

use crate::args::{self, Args, Format};
use crate::failure::Failure;
use crate::{input, published, report};
use alms_core::account::Account;
use alms_core::calendar::Date;
use alms_core::migration::{Outcome, Plan, Reporting, Scenario, compare, explain, plan};
use alms_core::wire;
use std::io::{self, BufWriter, Write as _};

/// Does what the command line says.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let (Some(path), Some(tokens), Some(on)) = (&args.systems, args.tokens, args.on) else {
        return published::run(args);
    };
    let account = input::account(args, path, tokens)?;
    if !args.compare.is_empty() {
        return compare_scenarios(args, &account, on);
    }
    let plan =
        plan(&account, on, &args.policy.policy()).map_err(|error| Failure::Refused(error.to_string()))?;
    export_deleted(args, &account, &plan)?;
    if let Some(serial) = &args.explain {
        let explanation =
            explain(&account, &plan, serial).map_err(|error| Failure::Usage(error.to_string()))?;
        println!("{explanation}");
        return Ok(());
    }
    match args.format {
        Format::Table => report::plan(&account, &plan, args.all),
        Format::Json => plan_json(&plan).map_err(|error| Failure::Refused(error.to_string()))?,
        Format::Csv => report::plan_csv(&plan).map_err(|error| Failure::Refused(error.to_string()))?,
    }
    Ok(())
}

/// Written as it is made: the text of a million systems is larger than they are.
fn plan_json(plan: &Plan) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    wire::write_plan_json(plan, &mut output)?;
    writeln!(output)?;
    output.flush()
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

fn compare_scenarios(args: &Args, account: &Account, on: Date) -> Result<(), Failure> {
    let name = "as planned".parse().map_err(|_| Failure::Usage("the scenario has no name".to_owned()))?;
    let base = Scenario { name, on, policy: args.policy.policy(), tokens: None, reporting: Reporting::AsIs };
    let others = args.compare.iter().map(|text| args::scenario(&base, text)).collect::<Result<Vec<_>, _>>();
    let scenarios = [vec![base], others.map_err(Failure::Usage)?].concat();
    let comparison =
        compare(account, scenarios, args.until).map_err(|error| Failure::Refused(error.to_string()))?;
    match args.format {
        Format::Json => {
            println!(
                "{}",
                wire::comparison_to_json(&comparison).map_err(|error| Failure::Refused(error.to_string()))?
            );
        }
        Format::Table => report::comparison(&comparison, args.all),
        Format::Csv => {
            report::comparison_csv(&comparison).map_err(|error| Failure::Refused(error.to_string()))?
        }
    }
    Ok(())
}
