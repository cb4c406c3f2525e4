//! Which lines of the core its tests run.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::tools::{self, LLVM_COV};
use super::{Found, per_mille};
use crate::process::{ask, run as run_command};
use crate::workspace::Workspace;

/// So many of a thousand lines are to be run.
const COVERED_PER_MILLE_MIN: u64 = 970;

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    let toolchain = ask(std::process::Command::new("rustc").args(["--print", "sysroot"]))?;
    let toolchain = Path::new(&toolchain).file_name().unwrap_or_default().to_string_lossy().into_owned();
    tools::require_toolchain(&toolchain, &["llvm-tools"])?;
    let report = workspace.target().join("coverage.lcov");
    let mut coverage = LLVM_COV.command(workspace)?;
    // Without the feature that makes the committed schemas: no program has it, and a test of xtask runs it.
    coverage.args(["test", "--package", "alms-core", "--features", "rayon", "--lib", "--tests", "--lcov"]);
    run_command(coverage.arg("--output-path").arg(&report))?;
    let core = workspace.root().join("alms-core/src");
    let files = read(&fs::read_to_string(&report)?, &core)?;
    let lines: u64 = files.iter().map(|file| file.lines).sum();
    let missed: u64 = files.iter().map(|file| file.missed.len() as u64).sum();
    for file in files.iter().filter(|file| !file.missed.is_empty()) {
        println!("{}: {}", file.name, ranges(&file.missed));
    }
    let covered = lines.saturating_sub(missed);
    let rate = per_mille(covered, lines);
    let figure = format!("{covered} of {lines} lines ({}.{} %)", rate / 10, rate % 10);
    Ok(Found::checked(rate >= COVERED_PER_MILLE_MIN, figure))
}

/// The lines of a file that could be run, and those that were not.
#[derive(Debug)]
struct File {
    name: String,
    lines: u64,
    missed: Vec<u64>,
}

/// Reads a report in the format of lcov: `SF:` begins a file, `DA:line,times` is a line of it.
fn read(report: &str, core: &Path) -> Result<Vec<File>> {
    let mut files: Vec<File> = Vec::new();
    let mut end = 0;
    for line in report.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            let path = Path::new(path);
            let name = path.strip_prefix(core).map(|name| name.display().to_string()).unwrap_or_default();
            end = if name.is_empty() { 0 } else { end_of_code(path)? };
            files.push(File { name, lines: 0, missed: Vec::new() });
        } else if let Some((number, times)) = line.strip_prefix("DA:").and_then(|line| line.split_once(',')) {
            let file = files.last_mut().context("a line of no file")?;
            let number: u64 = number.parse()?;
            if number < end {
                file.lines = file.lines.saturating_add(1);
                if times == "0" {
                    file.missed.push(number);
                }
            }
        }
    }
    files.retain(|file| file.lines > 0);
    Ok(files)
}

/// The line from which on a file holds tests: they run themselves, and would only embellish the figure.
fn end_of_code(path: &Path) -> Result<u64> {
    if path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests") {
        return Ok(0);
    }
    let source = fs::read_to_string(path)?;
    let lines: Vec<&str> = source.lines().collect();
    let is_start = |pair: &[&str]| matches!(pair, ["#[cfg(test)]", module] if module.starts_with("mod ") && module.ends_with('{'));
    let end = lines.windows(2).position(is_start).unwrap_or(lines.len());
    Ok(u64::try_from(end)?.saturating_add(1))
}

/// `3-5, 9`.
fn ranges(numbers: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let shown = |(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    ranges.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn lines_in_a_row_are_a_range() {
        assert_eq!(ranges(&[3, 4, 5, 9, 11, 12]), "3-5, 9, 11-12");
    }
}
