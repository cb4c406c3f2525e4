//! The two examples that the source document publishes, kept as exports of the systems grid.

use crate::args::Args;
use crate::failure::Failure;
use crate::input::build;
use crate::report;
use alms_core::import::csv;
use alms_core::migration::plan;
use alms_core::tokens::Tokens;
use std::io::Write;

/// A published example and what the document says about it.
struct Published {
    title: &'static str,
    says: &'static str,
    csv: &'static [u8],
    tokens: i64,
    on: &'static str,
}

const EXAMPLES: [Published; 2] = [
    Published {
        title: "Example 1: customer without AirLink Complete (ALMS Account Migration)",
        says: "41 systems without support date, 261 tokens, 25 March 2023, one system silent for over a year.\n\
               The document: 1 deleted, 40 on AirLink Basic.",
        csv: include_bytes!("data/example-1.csv"),
        tokens: 261,
        on: "2023-03-25",
    },
    Published {
        title: "Example 2: customer with AirLink Complete (ALMS Account Migration)",
        says: "13 systems, 60 tokens, May 2023 (here the 15th).\n\
               The document: 1 in maintenance mode to inventory; 1 that never communicated and 1 silent for over 12\n\
               months deleted; 2 with support until August 2023 on AirLink Complete, 2 systems x 3 months = 6 tokens;\n\
               1 whose support expired in January 2023 and 7 without support on AirLink Basic.\n\
               The document prints \"August 2024\" as their renewal date, which contradicts its own \"the dates will\n\
               remain\": --complete-renewal support_date_plus_years=1 gives that date (MIG-11).",
        csv: include_bytes!("data/example-2.csv"),
        tokens: 60,
        on: "2023-05-15",
    },
];

/// Plans and prints both.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let policy = args.policy.policy();
    for (index, example) in EXAMPLES.iter().enumerate() {
        let import = csv::read(example.csv, &csv::CsvOptions::default()).map_err(Failure::refused)?;
        let tokens = Tokens::try_new(example.tokens).map_err(Failure::refused)?;
        let account = build(args, import.systems, tokens).map_err(Failure::Refused)?;
        let on = example.on.parse().map_err(Failure::refused)?;
        let plan = plan(&account, on, &policy).map_err(Failure::refused)?;
        if index > 0 {
            writeln!(out, "\n")?;
        }
        writeln!(out, "{}\n{}\n{}\n", example.title, "=".repeat(example.title.len()), example.says)?;
        report::plan(out, &account, &plan, true)?;
    }
    Ok(())
}
