//! Where every token went.

use super::{number, table};
use alms_core::migration::{BasicGrant, Plan};
use std::io::{self, Write};

/// Prints the token statement, and that it adds up (MIG-16).
pub(super) fn print(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    let tokens = &plan.tokens;
    writeln!(out, "\nToken statement")?;
    let mut table = table(&["", "Tokens", ""]);
    let mut row = |name: &str, count: i64, how: String| {
        table.add_row([name.into(), number(count), how.into()]);
    };
    row("Opening balance", tokens.opening.get(), String::new());
    if tokens.written_off.get() != 0 {
        row("Written off", tokens.written_off.get(), "a stock below zero counts as 0".to_owned());
    }
    let complete = match (plan.summary.airlink_complete, tokens.shortfall.get()) {
        (0, _) => String::new(),
        (systems, 0) => format!("{systems} systems, month ends until support ends"),
        (systems, missing) => format!("{systems} systems; {missing} more are missing, the dates remain"),
    };
    row("AirLink Complete", tokens.complete.get(), complete);
    row(
        "AirLink Basic",
        tokens.basic.get(),
        plan.basic.as_ref().map_or_else(String::new, |basic| granted(basic, plan)),
    );
    if let Some(basic) = plan.basic.filter(|_| tokens.pro_rata.get() != 0) {
        row("Pro rata", tokens.pro_rata.get(), format!("{} days for each", basic.granted_days));
    }
    row("Unallocated", tokens.unallocated.get(), String::new());
    if tokens.overgranted.get() != 0 {
        row("Overgranted", tokens.overgranted.get(), "granted beyond what there was".to_owned());
    }
    writeln!(out, "{table}")?;
    writeln!(
        out,
        "Nothing is lost: {} + {} = {} + {} + {} + {} - {}{}",
        tokens.opening,
        tokens.written_off,
        tokens.complete,
        tokens.basic,
        tokens.pro_rata,
        tokens.unallocated,
        tokens.overgranted,
        if tokens.is_conserved() { "" } else { "  DOES NOT ADD UP" }
    )
}

fn granted(basic: &BasicGrant, plan: &Plan) -> String {
    format!(
        "{} systems x {} months; {} months, month_rounding {}",
        basic.systems, basic.granted_months, basic.months, plan.policy.month_rounding
    )
}
