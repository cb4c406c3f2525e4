//! Running other programs, in the open.

use std::ffi::OsStr;
use std::io::{Read as _, Write as _, stdout};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::counts::{Counts, Runner};

/// A `cargo` command in the checkout.
pub(crate) fn cargo(root: &Path) -> Command {
    // Cargo tells its path to what it runs; the toolchain of the outer call then serves the inner ones too.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Says what is run, runs it, and says how it ended.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    announce(command);
    command.status().with_context(|| format!("cannot run `{}`", line_of(command)))
}

/// Says what is run, runs it, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line_of(command));
    }
    Ok(())
}

/// Runs a test runner, passes its output on while it comes, and counts the tests that it reports.
///
/// A runner that fails without reporting a failed test (it did not compile, it crashed) counts as one.
pub(crate) fn run_counted(command: &mut Command, runner: Runner) -> Result<Counts> {
    announce(command);
    let spawned = command.stdout(Stdio::piped()).spawn();
    let mut child = spawned.with_context(|| format!("cannot run `{}`", line_of(command)))?;
    let mut output = child.stdout.take().context("the output of the runner is not readable")?;
    let mut counts = Counts::default();
    let (mut chunk, mut line) = (vec![0; 4096], Vec::new());
    loop {
        let length = output.read(&mut chunk)?;
        let Some(bytes) = chunk.get(..length).filter(|bytes| !bytes.is_empty()) else { break };
        stdout().write_all(bytes)?;
        stdout().flush()?;
        for byte in bytes {
            if *byte == b'\n' {
                runner.count(&String::from_utf8_lossy(&line), &mut counts);
                line.clear();
            } else {
                line.push(*byte);
            }
        }
    }
    let status = child.wait()?;
    if !status.success() {
        counts.failed = counts.failed.max(1);
    } else if counts == Counts::default() {
        bail!("`{}` ran no test", line_of(command));
    }
    Ok(counts)
}

/// What a program prints, for programs that are asked and not run for their effect.
pub(crate) fn ask(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot run `{}`", line_of(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line_of(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs a program, passes on what it prints once it is done, and gives it.
pub(crate) fn record(command: &mut Command) -> Result<String> {
    announce(command);
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot run `{}`", line_of(command)))?;
    let text = String::from_utf8(output.stdout)?;
    print!("{text}");
    if !output.status.success() {
        bail!("`{}` failed ({})", line_of(command), output.status);
    }
    Ok(text)
}

/// Says what is run.
pub(crate) fn announce(command: &Command) {
    println!("$ {}", line_of(command));
}

/// The command as a person would type it here.
fn line_of(command: &Command) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let mut line = match command.get_program() {
        program if Path::new(program).ends_with("cargo") => "cargo".to_owned(),
        program => shown(program, &here),
    };
    for word in command.get_args() {
        line.push(' ');
        line.push_str(&shown(word, &here));
    }
    match command.get_current_dir() {
        Some(folder) if folder != here => format!("{line} (in {})", shown(folder.as_os_str(), &here)),
        _ => line,
    }
}

/// A word of a command; paths below the current folder are relative to it.
fn shown(word: &OsStr, here: &Path) -> String {
    Path::new(word)
        .strip_prefix(here)
        .map_or_else(|_| word.to_string_lossy(), Path::to_string_lossy)
        .into_owned()
}
