//! The programs on whole fleets that have a target, measured in turn.
//!
//! On a machine with neighbours, what memory gives changes by half from one minute to the next. So the benchmark measures
//! these programs one after the other, round after round: each round gives a ratio, and the median of them counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::comparison::per_element;
use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

const GROUPS: &str = "columns_in_turn_";

/// How many times as long as another program one takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    /// Of the rounds.
    pub(super) median: f64,
    /// In the round in which it was least.
    pub(super) lowest: f64,
    /// In the round in which it was most.
    pub(super) highest: f64,
}

/// Reads the times of both on a fleet of so many systems, in each round.
pub(super) fn ratio(measured: &Path, systems: &str, program: &str, other: &str) -> Result<Ratio> {
    let group = format!("{GROUPS}{systems}");
    let of_round = |round: usize| {
        let time = |program: &str| per_element(measured, &group, program, &round.to_string()).ok();
        Some(time(program)? / time(other)?)
    };
    let mut ratios: Vec<f64> = (1..).map_while(of_round).collect();
    ratios.sort_by(f64::total_cmp);
    let place = |index: usize| ratios.get(index).copied();
    let of_rounds = place(ratios.len() / 2).zip(place(0)).zip(ratios.last().copied());
    let ((median, lowest), highest) =
        of_rounds.with_context(|| format!("`{program}` and `{other}` were measured in no round"))?;
    Ok(Ratio { median, lowest, highest })
}

/// Measures with AVX2 alone, on a processor that may have more. Gives the place of what was measured; nothing without AVX2.
///
/// `best` takes what the processor has. `portable` takes what the program was compiled for, which is AVX2 in this build.
pub(super) fn with_avx2(workspace: &Workspace) -> Result<Option<PathBuf>> {
    const FLAGS: &str = "-C target-feature=+avx2,+bmi1,+bmi2";
    if !has_avx2() {
        return Ok(None);
    }
    let mut bench = cargo(workspace.root());
    // With other flags everything is built anew: in a folder of its own, so that the others keep what they have.
    bench.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", workspace.target().join("avx2"));
    measure(bench, ("1000000|10000000", "floor|portable"), workspace.target().join("criterion-avx2"))
        .map(Some)
}

/// Measures in pages of 2 MB, where the kernel gives them, and gives the place of what was measured.
pub(super) fn in_huge_pages(workspace: &Workspace) -> Result<PathBuf> {
    let mut bench = cargo(workspace.root());
    // Known to the C library of Linux alone.
    bench.env("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    measure(bench, ("10000000", "floor|best|two_threads"), workspace.target().join("criterion-huge-pages"))
}

fn measure(mut bench: Command, (fleets, programs): (&str, &str), measured: PathBuf) -> Result<PathBuf> {
    // Afresh: what an earlier run measured does not count.
    if measured.exists() {
        fs::remove_dir_all(&measured)?;
    }
    bench.args(["bench", "--package", "alms-benches", "--bench", "columns", "--"]);
    bench.arg(format!("{GROUPS}({fleets})/({programs})/")).env("CRITERION_HOME", &measured);
    run_command(&mut bench)?;
    Ok(measured)
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
const fn has_avx2() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::super::comparison::write_sample;
    use super::*;

    #[test]
    fn the_median_of_the_rounds_counts() {
        let measured = std::env::temp_dir().join(format!("alms-in-turn-{}", std::process::id()));
        // Floors of 10, 20, 30 ns and plans of 20, 50, 90: 2, 2.5 and 3 times as long.
        for (round, floor, best) in [("1", 10, 20), ("2", 30, 90), ("3", 20, 50)] {
            for (program, time) in [("floor", floor), ("best", best)] {
                write_sample(&measured, &format!("{GROUPS}70"), program, round, time);
            }
        }
        let ratios = [ratio(&measured, "70", "best", "floor"), ratio(&measured, "70", "floor", "best")];
        assert!(ratio(&measured, "70", "portable", "floor").is_err());
        fs::remove_dir_all(&measured).unwrap();
        let [slower, faster] = ratios.map(Result::unwrap);
        assert_eq!(slower, Ratio { median: 2.5, lowest: 2.0, highest: 3.0 });
        assert_eq!(faster, Ratio { median: 20.0 / 50.0, lowest: 30.0 / 90.0, highest: 10.0 / 20.0 });
    }
}
