//! What can be said on the command line.

use alms_core::account::{Instance, Kind};
use alms_core::calendar::Date;
use alms_core::import::DateOrder;
use alms_core::import::csv::SystemColumn;
use alms_core::migration::{Cleanup, CompleteRenewal, MonthRounding, Policy, Reporting, Scenario};
use alms_core::text::{AccountName, Uid};
use alms_core::tokens::Tokens;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

const EXAMPLES: &str = "\
Examples:
  migrate
      the two published examples of \"ALMS Account Migration\"
  migrate --systems systems.csv --tokens 261 --on 2023-03-25
      what happens to every system and every token
  migrate --systems systems.csv --dates day_first --tokens 261 --on 2023-03-25 --explain LA00072400100119
      why one system ends when it ends
  migrate --systems systems.csv --tokens 261 --on 2023-03-25 --compare month_rounding=up --compare on=2023-06-25
      the same account under another policy and on another date
  migrate --systems systems.csv --tokens 261 --on 2023-03-25 --format json > plan.json
      the plan as data, with the fingerprint that a consent names

Exit codes: 0 done, 1 the file or the account is refused and nothing was planned,
2 the command line is wrong, 3 reading or writing failed.";

/// Plans the migration of a legacy ALMS account (token licences) to per-device subscriptions.
///
/// Without options it runs the two published examples, so that you can hold its output against the source
/// document. With --systems, --tokens and --on it plans your own account. Nothing is changed anywhere: a plan is
/// a preview.
#[derive(Debug, Parser)]
#[command(name = "migrate", after_long_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// Systems of the account: a CSV export of the systems grid, or the AirVantage API's JSON
    #[arg(long, value_name = "FILE", requires_all = ["tokens", "on"])]
    pub(crate) systems: Option<PathBuf>,
    /// Token stock of the account on the day of the migration; may be negative
    #[arg(long, value_name = "N", value_parser = tokens, allow_hyphen_values = true, requires = "systems")]
    pub(crate) tokens: Option<Tokens>,
    /// Date of the migration
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "systems")]
    pub(crate) on: Option<Date>,
    /// What dates such as 03/04/2023 in the CSV mean; iso: what another date of the column tells, else an error
    #[arg(long, value_name = "ORDER", default_value = "iso", value_parser = named::<DateOrder>(DateOrder::NAMES))]
    pub(crate) dates: DateOrder,
    /// The title of a column of the CSV, such as serial=Kennung; may be repeated. Names: serial, model, state,
    /// last_communication, support_end, warranty_end
    #[arg(long = "column", value_name = "NAME=TITLE", value_parser = column, requires = "systems")]
    pub(crate) columns: Vec<(SystemColumn, String)>,
    /// Plan without the bad rows of the file instead of stopping; they are still reported, and a file whose rest
    /// cannot be read is refused
    #[arg(long, requires = "systems")]
    pub(crate) skip_bad_rows: bool,
    /// The settings of the migration.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// The account, as far as the file does not say it.
    #[command(flatten)]
    pub(crate) account: AccountArgs,
    /// How the plan is written
    #[arg(help_heading = "Output", long, value_enum, default_value = "table")]
    pub(crate) format: Format,
    /// List every system in the table, however many there are
    #[arg(help_heading = "Output", long)]
    pub(crate) all: bool,
    /// Write the systems that will be deleted to a CSV file from which they can be registered again; never over a
    /// file that exists
    #[arg(help_heading = "Output", long, value_name = "FILE", requires = "systems")]
    pub(crate) export: Option<PathBuf>,
    /// Explain one system instead: every rule, the exact fraction, the rounding, the sources
    #[arg(
        help_heading = "Output",
        long,
        value_name = "SERIAL",
        requires = "systems",
        conflicts_with = "compare"
    )]
    pub(crate) explain: Option<String>,
    /// Compare with another scenario: settings as NAME=VALUE, separated by commas; may be repeated.
    /// Names: month_rounding, complete_renewal, cleanup, inactive_months, on, tokens, reporting (as_is, all_deleted)
    #[arg(help_heading = "Output", long, value_name = "SETTINGS", requires = "systems")]
    pub(crate) compare: Vec<String>,
    /// With --compare: how many tokens, packs and dollars it takes until everyone reaches this date
    #[arg(help_heading = "Output", long, value_name = "YYYY-MM-DD", value_parser = date, requires = "compare")]
    pub(crate) until: Option<Date>,
}

/// The policy of a plan.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Policy")]
pub(crate) struct PolicyArgs {
    /// A part of a month (MIG-10)
    #[arg(long, value_name = "HOW", default_value = "down", value_parser = named::<MonthRounding>(MonthRounding::NAMES))]
    pub(crate) month_rounding: MonthRounding,
    /// End of AirLink Complete (MIG-11): support_date or support_date_plus_years=N
    #[arg(long, value_name = "HOW", default_value = "support_date", value_parser = complete_renewal)]
    pub(crate) complete_renewal: CompleteRenewal,
    /// Whether valid support protects from clean-up (MIG-12)
    #[arg(long, value_name = "HOW", default_value = "protect_paid", value_parser = named::<Cleanup>(Cleanup::NAMES))]
    pub(crate) cleanup: Cleanup,
    /// Months without communication that a system survives (MIG-8)
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub(crate) inactive_months: u32,
}

/// What a file of systems does not say about its account; part of the fingerprint.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Account")]
pub(crate) struct AccountArgs {
    /// UID of the account
    #[arg(long, default_value = "account")]
    pub(crate) uid: Uid,
    /// Name of the account
    #[arg(long, default_value = "Account")]
    pub(crate) name: AccountName,
    /// Server of the account
    #[arg(long, default_value = "na", value_parser = named::<Instance>(Instance::NAMES))]
    pub(crate) instance: Instance,
    /// Kind of the account
    #[arg(long, default_value = "customer", value_parser = named::<Kind>(Kind::NAMES))]
    pub(crate) kind: Kind,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Table,
    /// The whole plan, in the wire form.
    Json,
    /// A row per system.
    Csv,
}

impl PolicyArgs {
    /// The policy for the core.
    pub(crate) fn policy(&self) -> Policy {
        Policy {
            month_rounding: self.month_rounding,
            complete_renewal: self.complete_renewal,
            cleanup: self.cleanup,
            inactive_months: self.inactive_months,
        }
    }
}

/// A scenario like `base`, but for the settings in `text`.
pub(crate) fn scenario(base: &Scenario, text: &str) -> Result<Scenario, String> {
    let mut scenario =
        Scenario { name: text.parse().map_err(|error| format!("`{text}` {error}"))?, ..base.clone() };
    for setting in text.split(',') {
        let (name, value) =
            setting.split_once('=').ok_or_else(|| format!("`{setting}` has no value; write NAME=VALUE"))?;
        set(&mut scenario, name.trim(), value.trim()).map_err(|error| format!("`{setting}`: {error}"))?;
    }
    Ok(scenario)
}

fn set(scenario: &mut Scenario, name: &str, value: &str) -> Result<(), String> {
    fn parsed<T: FromStr<Err: ToString>>(value: &str) -> Result<T, String> {
        value.parse().map_err(|error: T::Err| error.to_string())
    }
    match name {
        "month_rounding" => scenario.policy.month_rounding = parsed(value)?,
        "complete_renewal" => scenario.policy.complete_renewal = complete_renewal(value)?,
        "cleanup" => scenario.policy.cleanup = parsed(value)?,
        "inactive_months" => scenario.policy.inactive_months = parsed(value)?,
        "on" => scenario.on = parsed(value)?,
        "tokens" => scenario.tokens = Some(tokens(value)?),
        "reporting" => {
            scenario.reporting = match value {
                "as_is" => Reporting::AsIs,
                "all_deleted" => Reporting::AllDeleted,
                _ => return Err("use `as_is` or `all_deleted`".to_owned()),
            }
        }
        _ => {
            return Err(
                "use month_rounding, complete_renewal, cleanup, inactive_months, on, tokens or reporting"
                    .to_owned(),
            );
        }
    }
    Ok(())
}

/// One of the names of an enumeration, with the names in the help text.
fn named<T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: alms_core::calendar::ParseDateError| error.to_string())
}

fn column(text: &str) -> Result<(SystemColumn, String), String> {
    let (name, title) = text.split_once('=').ok_or("write NAME=TITLE")?;
    let column = name.trim().parse().map_err(|error: alms_core::UnknownName| error.to_string())?;
    Ok((column, title.trim().to_owned()))
}

fn tokens(text: &str) -> Result<Tokens, String> {
    let count = text.parse().map_err(|_| "give a whole number".to_owned())?;
    Tokens::try_new(count).map_err(|error| error.to_string())
}

fn complete_renewal(text: &str) -> Result<CompleteRenewal, String> {
    match text.split_once('=') {
        None if text == "support_date" => Ok(CompleteRenewal::SupportDate),
        Some(("support_date_plus_years", years)) => years
            .parse()
            .map(CompleteRenewal::plus_years)
            .map_err(|_| format!("`{years}` is not a number of years")),
        _ => Err("use support_date or support_date_plus_years=N".to_owned()),
    }
}
