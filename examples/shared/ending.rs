//! How a program ends that gives up.

#[path = "exit.rs"]
mod exit;

use alms_core::text::visible;
use anyhow::Error;
use std::io;
use std::process::ExitCode;

/// Tells the person why, and gives the exit code for the script.
pub(crate) fn report(error: &Error) -> ExitCode {
    let of_io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).map(exit::of_io);
    let code = of_io.unwrap_or(exit::REFUSED);
    if code != 0 {
        let text = format!("{error:#}");
        let lines: Vec<String> = text.lines().map(visible).collect();
        eprintln!("error: {}", lines.join("\n"));
    }
    ExitCode::from(code)
}
