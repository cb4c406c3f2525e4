//! `cargo xtask bench`: the benchmarks, and what they say on one page.

#![expect(clippy::float_arithmetic, reason = "measured times are no money")]

mod bounded;
mod comparison;
mod in_turn;
mod machine;
mod target;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, record, run as run_command};
use crate::workspace::Workspace;
use crate::{package, python, setup};
use comparison::COMPARISONS;

/// Where the page is.
const PAGE: &str = "docs/performance.md";

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask bench` from what it measured; do not edit. -->
# Performance

What alms costs, beside what one would write instead. Everything on this page was measured in one run of

    cargo xtask bench

on the machine below, with nothing else running on it; the worst inputs at its end may be of a later run of their own. What
carries over to another machine are the ratios, not the times.
";

const METHOD: &str = "\
## Method

Rust is measured by criterion: the best of its samples, each the mean of some runs, on one thread unless the name says
otherwise. *Floor* is a blocked read of all inputs and write of all outputs which decides nothing. `best` takes the best
vector instructions that the processor has, `portable` those that every processor of its kind has; what AVX2 alone does is
`portable` in a build of its own. Fleets have accounts of 1 to 500 systems and every kind of system.

The targets of whole fleets are ratios of programs that are measured in turn, in fifteen rounds: the median, the lowest, the
highest. For what memory gives a machine with neighbours changes by half from one minute to the next. A fleet of 10^6 takes
19 MB: where the third-level cache holds that, the floor waits for no memory, and a plan is measured by what it computes.

Programs in Rust have their memory in pages of 4 KB, which is what they get unasked. With pages of 2 MB, which NumPy asks for
for large arrays (here `GLIBC_TUNABLES=glibc.malloc.hugetlb=1`), a processor has to look up fewer addresses. Then one thread is
nearer to what memory can give, which leaves less for a second one. The tables have the best sample of each program by itself,
whenever that was; their ratios are not those of the rounds. The quieter the memory, the more times the floor a plan takes.

The programs in Python and JavaScript get the same rows and have to give the same answers, which the benchmark compares before
it measures. Theirs is CPU time, the best of several runs; they leave out what alms does besides: the figures of the accounts,
the rule of each row, bad rows. *Polars, whole* has the rules and the figures, too, and is the whole job that alms is measured
by. The sources are in `benches/`.
";

/// Runs the benchmarks. All of them are written to the page; with `arguments`, which are passed on, only some in Rust are
/// run, and printed. `bounded` alone measures the worst inputs, and writes their section.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if arguments == ["bounded"] {
        return bounded::run(workspace);
    }
    if !arguments.is_empty() {
        in_rust(workspace, arguments)?;
        print!("{}", tables(workspace));
        return Ok(());
    }
    setup::all(workspace)?;
    package::run(workspace)?;
    // Afresh: what an earlier run measured does not belong on the page.
    let measured = workspace.target().join("criterion");
    if measured.exists() {
        fs::remove_dir_all(measured)?;
    }
    in_rust(workspace, &[])?;
    let elsewhere = target::Elsewhere {
        avx2: in_turn::with_avx2(workspace)?,
        huge_pages: in_turn::in_huge_pages(workspace)?,
    };
    let others = others(workspace)?;
    let machine = machine::describe(workspace)?;
    let targets = target::table(&workspace.target().join("criterion"), &elsewhere)?;
    let bounded = bounded::section(workspace)?;
    let page = format!(
        "{INTRODUCTION}\n## Machine\n\n{machine}\n{METHOD}\n## Targets\n\n{targets}\n## Rust\n{}{others}{bounded}",
        tables(workspace)
    );
    fs::write(workspace.root().join(PAGE), &page)?;
    println!("{page}\nwritten  {PAGE}");
    Ok(())
}

/// Whether the columns of 10^8 systems fit: 2.5 GB, and their plan another 1.3.
fn sizes_max() -> &'static str {
    const NEEDED: u64 = 8_000_000_000;
    if machine::memory().is_some_and(|memory| memory >= NEEDED) { "100000000" } else { "10000000" }
}

fn in_rust(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut bench = cargo(workspace.root());
    bench.args(["bench", "--package", "alms-benches"]).args(arguments);
    run_command(bench.env("ALMS_SYSTEMS_MAX", sizes_max()))
}

/// A table for each comparison that was measured.
fn tables(workspace: &Workspace) -> String {
    let measured = workspace.target().join("criterion");
    COMPARISONS.iter().filter_map(|comparison| comparison.table(&measured).ok()).collect()
}

/// What the programs in Python and JavaScript print.
fn others(workspace: &Workspace) -> Result<String> {
    let root = workspace.root();
    let venv = python::tools(workspace);
    python::install_wheel(&venv, &package::wheel(workspace)?)?;
    let python = |script: &str, arguments: &[&str]| {
        let mut command = Command::new(python::interpreter(&venv));
        command.arg(script).args(arguments).current_dir(root);
        command
    };
    let node = |script: &str, arguments: &[&str]| {
        let mut command = Command::new("node");
        command.arg(script).args(arguments).current_dir(root);
        command
    };
    let programs = [
        ("Python: whole fleets", python("benches/python/fleet.py", &["1000000", "10000000"])),
        ("Python: single plans", python("benches/python/plan.py", &["100", "1000", "10000", "100000"])),
        (
            "JavaScript: whole fleets",
            node("benches/js/fleet.mjs", &["10000", "100000", "1000000", "10000000"]),
        ),
        ("JavaScript: single plans", node("benches/js/call.mjs", &[])),
    ];
    let mut text = String::new();
    for (title, mut command) in programs {
        let output = record(&mut command)?;
        write!(text, "\n## {title}\n\n```text\n{}\n```\n", output.trim())?;
    }
    Ok(text)
}
