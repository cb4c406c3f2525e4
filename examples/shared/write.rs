//! Writing files: all of them or none, and never over one that exists.

use anyhow::{Context as _, Result};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes each text to its file.
pub(crate) fn write(files: &[(&Path, String)]) -> Result<()> {
    let mut created = Vec::with_capacity(files.len());
    let written = files.iter().try_for_each(|(path, text)| {
        let mut file =
            File::create_new(path).map_err(explained).with_context(|| path.display().to_string())?;
        created.push(path);
        file.write_all(text.as_bytes()).with_context(|| path.display().to_string())
    });
    if written.is_err() {
        // What failed is the error to report, not that what was begun cannot be taken back.
        created.iter().for_each(|path| drop(fs::remove_file(path)));
    }
    written
}

fn explained(error: io::Error) -> io::Error {
    let kind = error.kind();
    match kind {
        io::ErrorKind::AlreadyExists => {
            io::Error::new(kind, "the file exists already and is not written over; give another name")
        }
        _ => error,
    }
}
