//! The files to attach to the notifications.

#[path = "../shared/write.rs"]
mod write;

use alms_core::export::{notification_csv, notification_file_name};
use alms_core::reseller::RenewalNotification;
use anyhow::{Context as _, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the files go that nobody asked for.
const DEFAULT_FOLDER: &str = "target/partner_month";

/// Writes a file for each message, and says into which folder.
pub(crate) fn write(out: Option<&Path>, messages: &[RenewalNotification<'_>]) -> Result<PathBuf> {
    let folder = out.unwrap_or_else(|| Path::new(DEFAULT_FOLDER));
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let file = |message| (folder.join(notification_file_name(message)), notification_csv(message));
    let files: Vec<(PathBuf, String)> = messages.iter().map(file).collect();
    let files: Vec<(&Path, String)> =
        files.iter().map(|(path, text)| (path.as_path(), text.clone())).collect();
    if out.is_some() {
        write::write(&files)?;
    } else {
        // The files of the run before give way; whatever has their name is taken away, never written through.
        for (path, _) in &files {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| path.display().to_string());
                }
                _ => {}
            }
        }
        write::write(&files)?;
    }
    Ok(folder.to_owned())
}
