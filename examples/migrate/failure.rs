//! What can go wrong, and the exit code that says so to a script.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why nothing was planned.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file cannot be read or written.
    File { path: PathBuf, reason: String },
    /// The command line asks for something that is not there.
    Usage(String),
    /// Rows of the file are bad; they have been reported.
    BadRows { path: PathBuf, rows: usize },
    /// The rest of the file could not be read, so that nobody knows which systems are missing.
    RestLost { path: PathBuf },
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
    pub(crate) fn file(path: &Path, reason: impl ToString) -> Self {
        Self::File { path: path.to_owned(), reason: reason.to_string() }
    }

    /// What a rule refuses, in its words.
    pub(crate) fn refused(reason: impl ToString) -> Self {
        Self::Refused(reason.to_string())
    }

    /// Tells the person, and gives the exit code for the script.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            // The reader has seen enough, as `head` has.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Self::Output(error) => {
                eprintln!("error: the output cannot be written: {error}");
                ExitCode::from(1)
            }
            Self::File { path, reason } => {
                eprintln!("error: {}: {reason}", path.display());
                ExitCode::from(1)
            }
            Self::Refused(reason) => {
                eprintln!("error: {reason}");
                ExitCode::from(1)
            }
            Self::Usage(reason) => {
                eprintln!("error: {reason}\n\nFor more information, try '--help'.");
                ExitCode::from(2)
            }
            Self::RestLost { path } => {
                eprintln!(
                    "error: {}: the rest of the file could not be read, nothing was planned; correct the last bad row",
                    path.display()
                );
                ExitCode::from(3)
            }
            Self::BadRows { path, rows } => {
                eprintln!(
                    "error: {}: {rows} bad {}, nothing was planned; correct the file, or plan without them by \
                     --skip-bad-rows",
                    path.display(),
                    if *rows == 1 { "row" } else { "rows" }
                );
                ExitCode::from(3)
            }
        }
    }
}
