//! Reading the ledger and the daily counts.

use crate::args::Args;
use crate::counts::Counts;
use alms_core::calendar::Date;
use alms_core::rule::RuleId;
use alms_core::text::Uid;
use alms_core::tokens::{Ledger, Peak};
use alms_core::wire;
use anyhow::{Context as _, Result, anyhow, bail};
use csv::StringRecord;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// How many bad rows are shown one by one.
const ERRORS_SHOWN_MAX: usize = 20;

/// A text and where it is from.
struct Source<'a> {
    name: String,
    text: Cow<'a, str>,
}

impl Source<'_> {
    fn read(path: Option<&Path>, name: &str, text: &'static str) -> Result<Self> {
        let Some(path) = path else { return Ok(Self { name: name.to_owned(), text: text.into() }) };
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| name.clone())?;
        Ok(Self { name, text: text.into() })
    }
}

/// The accounts with what is booked so far.
pub(crate) fn ledger(args: &Args) -> Result<Ledger> {
    let data = include_str!("data/ledger.json");
    let source = Source::read(args.ledger.as_deref(), "month_end/data/ledger.json", data)?;
    wire::ledger_from_json(&source.text)
        .map_err(|error| anyhow!("{error}{}", by_rule(error.rule())))
        .context(source.name)
}

/// The rule behind an error, for its end.
pub(crate) fn by_rule(rule: Option<RuleId>) -> String {
    rule.map_or_else(String::new, |rule| format!(" ({rule})"))
}

/// The daily counts; every account in them has to be in the ledger.
pub(crate) fn counts(args: &Args, ledger: &Ledger) -> Result<Counts> {
    let data = include_str!("data/usage.csv");
    let Source { name, text } = Source::read(args.usage.as_deref(), "month_end/data/usage.csv", data)?;
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let columns =
        Columns::find(rows.headers().with_context(|| name.clone())?).with_context(|| name.clone())?;
    let mut counts = Counts::default();
    let mut bad_rows: usize = 0;
    for row in rows.records() {
        let row = row.with_context(|| name.clone())?;
        match columns.read(&row, ledger) {
            Ok((account, on, active)) => counts.add(account, on, active),
            Err(error) => {
                bad_rows = bad_rows.saturating_add(1);
                let line = row.position().map_or(0, csv::Position::line);
                if bad_rows <= ERRORS_SHOWN_MAX {
                    eprintln!("bad row: {name}: line {line}: {error}");
                }
            }
        }
    }
    match bad_rows {
        0 => Ok(counts),
        1 => bail!("{name}: 1 bad row, nothing is booked; correct the file"),
        rows => bail!("{name}: {rows} bad rows, nothing is booked; correct the file"),
    }
}

/// Where the columns are.
struct Columns {
    date: usize,
    account: usize,
    active: usize,
}

impl Columns {
    fn find(header: &StringRecord) -> Result<Self> {
        let find = |name: &str| {
            let found = header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
            found.with_context(|| {
                format!("the column `{name}` is missing; the first line is date,account,active")
            })
        };
        Ok(Self { date: find("date")?, account: find("account")?, active: find("active")? })
    }

    fn read(&self, row: &StringRecord, ledger: &Ledger) -> Result<(Uid, Date, Peak)> {
        let cell = |column: usize| row.get(column).unwrap_or_default();
        let (date, account, active) = (cell(self.date), cell(self.account), cell(self.active));
        let on = date.parse().with_context(|| format!("`{date}` is no date"));
        let uid = account.parse().with_context(|| format!("`{account}` is no account"));
        let count = active.parse().ok().and_then(|count| Peak::try_new(count).ok());
        let count = count.with_context(|| format!("`{active}` is no number of systems; give 0 or more"));
        let account = uid.and_then(|uid| Ok(ledger.account(&uid)?));
        match (on, account, count) {
            (Ok(on), Ok(account), Ok(count)) => Ok((account.holder.uid.clone(), on, count)),
            (on, account, count) => {
                // All that is wrong with the row, not only the first.
                let errors = [on.err(), account.err(), count.err()];
                let errors: Vec<_> = errors.iter().flatten().map(|error| format!("{error:#}")).collect();
                bail!(errors.join("; "))
            }
        }
    }
}
