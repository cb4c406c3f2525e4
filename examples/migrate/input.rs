//! Reading a file of systems, with a progress bar when it is large.

use crate::args::Args;
use crate::failure::Failure;
use alms_core::account::{Account, AccountData, Format, System, Systems};
use alms_core::import::{RowError, RowNote, airvantage, csv};
use alms_core::tokens::Tokens;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Smaller files are read before a bar could be looked at.
const PROGRESS_BYTES_MIN: u64 = 4 << 20;

/// How many bad rows are shown one by one.
const ERRORS_SHOWN_MAX: usize = 20;

/// The account on the command line.
pub(crate) fn account(args: &Args, path: &Path, tokens: Tokens) -> Result<Account, Failure> {
    let systems = systems(args, path)?;
    build(args, systems, tokens).map_err(Failure::Refused)
}

/// An account of these systems, all else as on the command line.
pub(crate) fn build(args: &Args, systems: Vec<System>, tokens: Tokens) -> Result<Account, String> {
    let account = &args.account;
    Account::try_new(AccountData {
        uid: account.uid.clone(),
        name: account.name.clone(),
        instance: account.instance,
        format: Format::Legacy,
        kind: account.kind,
        created: None,
        tokens,
        administrators: Vec::new(),
        users: Vec::new(),
        partners: Vec::new(),
        offer_class: None,
        branding: None,
        configuration: None,
        systems: Systems::try_new(systems).map_err(|error| error.to_string())?,
    })
    .map_err(|error| error.to_string())
}

fn systems(args: &Args, path: &Path) -> Result<Vec<System>, Failure> {
    let mut findings = Findings { path, bad_rows: 0, errors: 0 };
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let systems = if json { from_json(path, &mut findings)? } else { from_csv(args, path, &mut findings)? };
    let more = findings.errors.saturating_sub(ERRORS_SHOWN_MAX);
    if more > 0 {
        eprintln!("… and {more} more errors");
    }
    match findings.bad_rows {
        0 => Ok(systems),
        rows if args.skip_bad_rows => {
            eprintln!("warning: {}: {rows} bad rows left out", path.display());
            Ok(systems)
        }
        rows => Err(Failure::BadRows { path: path.to_owned(), rows }),
    }
}

/// Rows are read one after the other: only the systems stay in memory, not the file.
fn from_csv(args: &Args, path: &Path, findings: &mut Findings<'_>) -> Result<Vec<System>, Failure> {
    let file = File::open(path).map_err(|error| Failure::file(path, error))?;
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let progress = progress_bar(bytes);
    let options = csv::CsvOptions { date_order: args.dates };
    let rows = csv::Rows::new(progress.wrap_read(file), &options);
    let mut rows = rows.map_err(|error| Failure::file(path, error))?;
    let mut systems = Vec::new();
    while let Some(row) = rows.next() {
        match row {
            Ok(system) => {
                systems.push(system);
                if let Some(note) = rows.take_note() {
                    progress.suspend(|| findings.note(&note));
                }
            }
            Err(error) => progress.suspend(|| findings.error(&error)),
        }
    }
    findings.bad_rows = rows.bad_rows();
    progress.finish_and_clear();
    Ok(systems)
}

fn from_json(path: &Path, findings: &mut Findings<'_>) -> Result<Vec<System>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|error| Failure::file(path, error))?;
    let import = airvantage::read(&bytes).map_err(|error| Failure::file(path, error))?;
    import.notes.iter().for_each(|note| findings.note(note));
    import.errors.iter().for_each(|error| findings.error(error));
    findings.bad_rows = import.bad_rows();
    Ok(import.systems)
}

fn progress_bar(bytes: u64) -> ProgressBar {
    if bytes < PROGRESS_BYTES_MIN {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("reading {bar:40} {bytes} of {total_bytes}, {eta} left");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What is said about rows while they are read.
struct Findings<'a> {
    path: &'a Path,
    bad_rows: usize,
    errors: usize,
}

impl Findings<'_> {
    fn note(&self, note: &RowNote) {
        eprintln!("note: {}: {note}", self.path.display());
    }

    fn error(&mut self, error: &RowError) {
        self.errors = self.errors.saturating_add(1);
        if self.errors <= ERRORS_SHOWN_MAX {
            eprintln!("bad row: {}: {error}", self.path.display());
        }
    }
}

/// Writes the systems that will be deleted, to be registered again (MIG-14).
pub(crate) fn export(path: &Path, systems: &[&System]) -> Result<(), Failure> {
    fs::write(path, csv::write(systems.iter().copied())).map_err(|error| Failure::file(path, error))
}
