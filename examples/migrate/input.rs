//! Reading a file of systems, with a progress bar when it is large.

use crate::args::Args;
use crate::failure::Failure;
use alms_core::account::{Account, AccountData, AccountDetails, Format, System, Systems};
use alms_core::import::{ImportFinding, ImportFindingCode, RowError, RowErrorCode, RowNote, airvantage, csv};
use alms_core::tokens::Tokens;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::Path;

/// Smaller files are read before a bar could be looked at.
const PROGRESS_BYTES_MIN: u64 = 4 << 20;

/// How many bad rows are shown one by one, how many notes, and how many columns that are not read.
const ERRORS_SHOWN_MAX: usize = 20;
const NOTES_SHOWN_MAX: usize = 20;
const COLUMNS_SHOWN_MAX: usize = 20;

/// What is read to see what a file is.
const START_BYTES: u64 = 64;

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
        partnerships: Vec::new(),
        offer_class: None,
        branding: None,
        configuration: None,
        systems: Systems::try_new(systems).map_err(|error| error.to_string())?,
        details: AccountDetails::default(),
    })
    .map_err(|error| error.to_string())
}

fn systems(args: &Args, path: &Path) -> Result<Vec<System>, Failure> {
    let mut findings = Findings::new(path);
    let systems =
        if is_json(path)? { from_json(path, &mut findings)? } else { from_csv(args, path, &mut findings)? };
    findings.tell_the_rest();
    if findings.rest_lost {
        // Whatever was chosen: nobody knows which systems are missing.
        return Err(Failure::RestLost { path: path.to_owned(), unreadable: findings.unreadable });
    }
    if findings.several_accounts {
        return Err(Failure::file(
            path,
            "the file has the systems of several accounts; give one account in a file",
        ));
    }
    match findings.bad_rows {
        0 => Ok(systems),
        rows if args.skip_bad_rows => {
            let lines = findings.bad_lines;
            let taken =
                if lines == rows as u64 { String::new() } else { format!(", which take {lines} lines,") };
            eprintln!("warning: {}: {rows} bad rows{taken} left out", path.display());
            Ok(systems)
        }
        rows => Err(Failure::BadRows { path: path.to_owned(), rows }),
    }
}

/// Whether the file is an answer of the API: by what it begins with, whatever its name.
fn is_json(path: &Path) -> Result<bool, Failure> {
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(START_BYTES).read_to_end(&mut start))
        .map_err(|error| Failure::io(path, error))?;
    // In UTF-16 every other byte is zero, and a mark of bytes above 0x7f comes first.
    let mut letters = start.iter().filter(|byte| byte.is_ascii_graphic());
    Ok(matches!(letters.next(), Some(b'{' | b'[')))
}

/// Rows are read one after the other: only the systems stay in memory, not the file.
fn from_csv(args: &Args, path: &Path, findings: &mut Findings<'_>) -> Result<Vec<System>, Failure> {
    let open = || File::open(path).map_err(|error| Failure::io(path, error));
    let options = csv::CsvOptions { date_order: args.dates, columns: args.columns.clone() };
    // A date that can be read in two ways waits for another one that tells, so that the file is read twice.
    let survey = csv::survey(open()?, &options).map_err(|error| Failure::import(path, error))?;
    let file = open()?;
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let progress = progress_bar(bytes);
    let rows = csv::Rows::surveyed(progress.wrap_read(file), &options, &survey);
    let mut rows = rows.map_err(|error| Failure::import(path, error))?;
    rows.file_notes().iter().for_each(|note| findings.note(note));
    let mut systems = Vec::new();
    while let Some(row) = rows.next() {
        match row {
            Ok(system) => {
                systems.push(system);
                for note in rows.take_notes() {
                    progress.suspend(|| findings.note(&note));
                }
            }
            Err(error) => progress.suspend(|| findings.error(&error)),
        }
    }
    findings.columns(&rows.findings(), rows.ignored_columns());
    findings.bad_rows = rows.bad_rows();
    findings.rest_lost = rows.rest_lost();
    progress.finish_and_clear();
    Ok(systems)
}

fn from_json(path: &Path, findings: &mut Findings<'_>) -> Result<Vec<System>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|error| Failure::io(path, error))?;
    let import = airvantage::read(&bytes).map_err(|error| Failure::import(path, error))?;
    import.notes.iter().for_each(|note| findings.note(note));
    findings.columns(&import.findings, &import.ignored_columns);
    import.errors.iter().for_each(|error| findings.error(error));
    findings.errors = import.errors_total();
    findings.notes = import.notes_total();
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
    /// How many lines the bad rows take.
    bad_lines: u64,
    /// The line of the last bad row that was counted.
    last_line: u64,
    errors: usize,
    notes: usize,
    rest_lost: bool,
    /// Whether the operating system stopped the reading.
    unreadable: bool,
    several_accounts: bool,
}

impl<'a> Findings<'a> {
    fn new(path: &'a Path) -> Self {
        Self {
            path,
            bad_rows: 0,
            bad_lines: 0,
            last_line: 0,
            errors: 0,
            notes: 0,
            rest_lost: false,
            unreadable: false,
            several_accounts: false,
        }
    }

    fn note(&mut self, note: &RowNote) {
        self.notes = self.notes.saturating_add(1);
        if self.notes <= NOTES_SHOWN_MAX {
            eprintln!("note: {}: {note}", self.path.display());
        }
    }

    fn error(&mut self, error: &RowError) {
        self.errors = self.errors.saturating_add(1);
        self.unreadable |= error.code == RowErrorCode::Unreadable;
        if error.line != self.last_line {
            (self.last_line, self.bad_lines) = (error.line, self.bad_lines.saturating_add(error.lines));
        }
        if self.errors <= ERRORS_SHOWN_MAX {
            eprintln!("bad row: {}: {error}", self.path.display());
        }
    }

    /// What there is to be said about columns.
    fn columns(&mut self, findings: &[ImportFinding], ignored: &[String]) {
        for finding in findings {
            self.several_accounts |= finding.code == ImportFindingCode::SeveralAccounts;
            eprintln!("warning: {}: {finding}", self.path.display());
        }
        if !ignored.is_empty() {
            let more = ignored.len().saturating_sub(COLUMNS_SHOWN_MAX);
            let shown: Vec<String> =
                ignored.iter().take(COLUMNS_SHOWN_MAX).map(|title| format!("`{title}`")).collect();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            eprintln!("note: {}: columns that are not read: {}{more}", self.path.display(), shown.join(", "));
        }
    }

    /// How many notes and errors were not shown.
    fn tell_the_rest(&self) {
        let rest = [
            (self.notes.saturating_sub(NOTES_SHOWN_MAX), "notes"),
            (self.errors.saturating_sub(ERRORS_SHOWN_MAX), "errors"),
        ];
        for (more, what) in rest.iter().filter(|(more, _)| *more > 0) {
            eprintln!("… and {more} more {what}");
        }
    }
}

/// Writes the systems that will be deleted, to be registered again (MIG-14); never over a file that exists, nor through
/// a link.
pub(crate) fn export(path: &Path, systems: &[&System]) -> Result<(), Failure> {
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            let reason = "the file exists already and is not written over; give another name";
            Failure::io(path, io::Error::new(ErrorKind::AlreadyExists, reason))
        }
        _ => Failure::io(path, error),
    })?;
    file.write_all(csv::write(systems.iter().copied()).as_bytes()).map_err(|error| Failure::io(path, error))
}
