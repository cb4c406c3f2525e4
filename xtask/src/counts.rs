//! How many tests passed, read from what the runners print.

use std::fmt;
use std::str::FromStr;

use anstream::adapter::strip_str;
use anyhow::{Context as _, Result};

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Passed.
    pub(crate) passed: u64,
    /// Failed.
    pub(crate) failed: u64,
}

impl Counts {
    /// One failure: a step that is no test runner.
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl FromStr for Counts {
    type Err = anyhow::Error;

    fn from_str(line: &str) -> Result<Self> {
        let (passed, rest) = line.split_once(" passed, ").context("no number of tests")?;
        let failed = rest.strip_suffix(" failed").context("no number of tests")?;
        Ok(Self { passed: passed.parse()?, failed: failed.parse()? })
    }
}

/// A test runner, by the way it reports.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Runner {
    /// `cargo test`: a line `test result: ok. 3 passed; 0 failed; …` for each test program.
    Cargo,
    /// `pytest`: one last line `==== 1 failed, 3 passed in 0.05s ====`.
    Pytest,
    /// `node --test`: lines `ℹ pass 3` and `ℹ fail 0`, with `#` instead of `ℹ` in the TAP format.
    Node,
}

impl Runner {
    /// Adds what one line of output reports.
    pub(crate) fn count(self, line: &str, counts: &mut Counts) {
        let line = strip_str(line).to_string();
        match self {
            Self::Cargo => {
                if let Some(result) = line.strip_prefix("test result: ") {
                    *counts = counts.plus(numbers_before(result, &["passed;"], &["failed;"]));
                }
            }
            Self::Pytest => {
                if line.starts_with('=') {
                    let failed = ["failed", "failed,", "error", "error,", "errors", "errors,"];
                    *counts = counts.plus(numbers_before(&line, &["passed", "passed,"], &failed));
                }
            }
            Self::Node => match line.split_whitespace().collect::<Vec<_>>().as_slice() {
                ["ℹ" | "#", "pass", number] => counts.passed = number.parse().unwrap_or(0),
                ["ℹ" | "#", "fail", number] => counts.failed = number.parse().unwrap_or(0),
                _ => {}
            },
        }
    }
}

/// The numbers that stand before the words for passed and for failed.
fn numbers_before(text: &str, passed: &[&str], failed: &[&str]) -> Counts {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut counts = Counts::default();
    for pair in words.windows(2) {
        let [number, word] = pair else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        if passed.contains(word) {
            counts.passed = counts.passed.saturating_add(number);
        } else if failed.contains(word) {
            counts.failed = counts.failed.saturating_add(number);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{Counts, Runner};

    fn check(runner: Runner, output: &str, passed: u64, failed: u64) {
        let mut counts = Counts::default();
        output.lines().for_each(|line| runner.count(line, &mut counts));
        assert_eq!(counts, Counts { passed, failed });
    }

    #[test]
    fn cargo_reports_each_program() {
        let output = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                      test x ... ok\n\
                      test result: \u{1b}[31mFAILED\u{1b}[0m. 4 passed; 2 failed; 0 ignored";
        check(Runner::Cargo, output, 7, 2);
    }

    #[test]
    fn pytest_reports_once() {
        check(Runner::Pytest, "===== 12 passed in 0.05s =====", 12, 0);
        check(Runner::Pytest, "==== \u{1b}[31m1 failed\u{1b}[0m, 3 passed, 2 errors in 0.05s ====", 3, 3);
        check(Runner::Pytest, "===== 5 passed, 2 warnings in 1.00s =====", 5, 0);
        check(Runner::Pytest, "E  assert '3 passed in' == ''\n=== short test summary info ===", 0, 0);
    }

    #[test]
    fn node_reports_in_two_formats() {
        check(Runner::Node, "ℹ tests 9\nℹ pass 8\nℹ fail 1", 8, 1);
        check(Runner::Node, "\u{1b}[34mℹ pass 8\u{1b}[39m\n\u{1b}[34mℹ fail 0\u{1b}[39m", 8, 0);
        check(Runner::Node, "# pass 8\n# fail 0", 8, 0);
    }
}
