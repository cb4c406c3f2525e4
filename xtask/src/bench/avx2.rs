//! Whole fleets with AVX2 alone, on a processor that has more.
//!
//! `best` takes what the processor has. `portable` takes what the program was compiled for, which is AVX2 in this build.

use std::fs;

use anyhow::Result;

use super::comparison::per_element;
use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

const FLAGS: &str = "-C target-feature=+avx2,+bmi1,+bmi2";
const SIZE: &str = "10000000";

/// How many times the floor a fleet of 10^7 takes; nothing on a processor without AVX2.
pub(super) fn times_the_floor(workspace: &Workspace) -> Result<Option<f64>> {
    if !is_there() {
        return Ok(None);
    }
    // With other flags everything is built anew: in a folder of its own, so that the others keep what they have.
    let folder = workspace.target().join("avx2");
    let measured = folder.join("criterion");
    if measured.exists() {
        fs::remove_dir_all(&measured)?;
    }
    let mut bench = cargo(workspace.root());
    bench.args(["bench", "--package", "alms-benches", "--bench", "columns", "--"]);
    bench.arg(format!("columns/(floor|portable)/{SIZE}"));
    run_command(bench.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", &folder))?;
    let time = |program: &str| per_element(&measured, "columns", program, SIZE);
    Ok(Some(time("portable")? / time("floor")?))
}

#[cfg(target_arch = "x86_64")]
fn is_there() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
const fn is_there() -> bool {
    false
}
