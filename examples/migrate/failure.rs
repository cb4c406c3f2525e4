//! What can go wrong, and the exit code that says so to a script.

#[path = "../shared/exit.rs"]
mod exit;

use alms_core::import::ImportError;
use alms_core::text::visible;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The command line is wrong, as clap says it.
const USAGE: u8 = 2;

/// Why nothing was planned.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file is refused as a whole.
    File { path: PathBuf, reason: String },
    /// A file cannot be read or written.
    Io { path: PathBuf, error: io::Error },
    /// The command line asks for something that is not there.
    Usage(String),
    /// Rows of the file are bad; they have been reported.
    BadRows { path: PathBuf, rows: usize },
    /// The rest of the file could not be read, so that nobody knows which systems are missing.
    RestLost { path: PathBuf, unreadable: bool },
    /// A rule refuses the account.
    Refused(String),
    /// The output cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// A file that cannot be read or written.
    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        Self::Io { path: path.to_owned(), error }
    }

    /// What the reader of a file says.
    pub(crate) fn import(path: &Path, error: ImportError) -> Self {
        match error {
            ImportError::Unreadable { kind, message } => Self::io(path, io::Error::new(kind, message)),
            error => Self::file(path, error),
        }
    }

    /// A file that is refused as a whole.
    pub(crate) fn file(path: &Path, reason: impl ToString) -> Self {
        Self::File { path: path.to_owned(), reason: reason.to_string() }
    }

    /// What a rule refuses, in its words.
    pub(crate) fn refused(reason: impl ToString) -> Self {
        Self::Refused(reason.to_string())
    }

    /// Tells the person, and gives the exit code for the script.
    pub(crate) fn report(&self) -> ExitCode {
        let (code, reason) = match self {
            Self::Output(error) => (exit::of_io(error), format!("the output cannot be written: {error}")),
            Self::Io { path, error } => (exit::of_io(error), format!("{}: {error}", path.display())),
            Self::File { path, reason } => (exit::REFUSED, format!("{}: {reason}", path.display())),
            Self::Refused(reason) => (exit::REFUSED, reason.clone()),
            Self::Usage(reason) => {
                eprintln!("error: {}\n\nFor more information, try '--help'.", visible(reason));
                return ExitCode::from(USAGE);
            }
            Self::RestLost { path, unreadable } => (
                if *unreadable { exit::FAILED } else { exit::REFUSED },
                format!(
                    "{}: the rest of the file could not be read, nothing was planned; correct the last bad row",
                    path.display()
                ),
            ),
            Self::BadRows { path, rows } => (
                exit::REFUSED,
                format!(
                    "{}: {rows} bad {}, nothing was planned; correct the file, or plan without them by \
                     --skip-bad-rows",
                    path.display(),
                    if *rows == 1 { "row" } else { "rows" }
                ),
            ),
        };
        if code != 0 {
            eprintln!("error: {}", visible(&reason));
        }
        ExitCode::from(code)
    }
}
