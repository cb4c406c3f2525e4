//! Judges the mutants of a list: `alms-mutants <checkout> <list> <folder to work in> [part of a name]`.
//!
//! cargo-mutants builds every mutant by itself: a day on two cores. Here all of them are in one program, each behind a
//! question that the environment answers, and a mutant costs as much as the tests that it meets.

mod build;
mod judge;
mod list;
mod rewrite;

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use build::Build;
use judge::Outcome;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [checkout, list, work, part @ ..] = arguments.as_slice() else {
        anyhow::bail!("alms-mutants <checkout> <list> <folder to work in> [part of a name]");
    };
    let work = &std::path::absolute(work)?;
    let mutants = list::read(Path::new(list))?;
    let build = Build { checkout: Path::new(checkout), copy: work.join("copy"), target: work.join("target") };
    build.copy_sources()?;
    let left_out = build.mutate(&mutants)?;
    let programs = build.programs()?;
    let is_asked = |number: &usize| {
        let name = mutants.get(*number).map_or("", |mutant| &mutant.name);
        !left_out.contains(number) && part.iter().all(|part| name.contains(part))
    };
    let numbers: Vec<usize> = (0..mutants.len()).filter(is_asked).collect();
    // Tests run where their package lies.
    let name = |number: &usize| {
        mutants.get(*number).map(|mutant| mutant.name.as_str()).context("a number of the list")
    };
    let said = |number: usize, outcome: &Outcome| {
        if let (Outcome::Missed(_), Ok(name)) = (outcome, name(&number)) {
            println!("missed: {name}");
        }
    };
    let outcomes =
        judge::judge(programs, || build.examples(), &build.copy.join("alms-core"), work, &numbers, said)?;
    let mut files = Files::default();
    for (number, outcome) in &outcomes {
        let name = name(number)?;
        match outcome {
            // Where no test comes to, the compiler may have: the value of a constant is there before a mutant is chosen.
            Outcome::Missed(0) => files.apart.push(name),
            Outcome::Missed(_) => files.missed.push(name),
            Outcome::Caught(_) | Outcome::Hung(_) => {}
        }
        if *outcome != Outcome::Missed(0) {
            files.outcomes.push(format!("{outcome:?}\t{name}"));
        }
    }
    for number in &left_out {
        let mutant = mutants.get(*number).context("a number of the list")?;
        let is_asked = part.iter().all(|part| mutant.name.contains(part));
        if is_asked && mutant.needs_a_build_of_its_own() {
            files.apart.push(&mutant.name);
        } else if is_asked {
            files.unviable.push(&mutant.name);
        }
    }
    files.write(work)
}

/// What is written into the folder to work in, a mutant to a line.
#[derive(Debug, Default)]
struct Files<'a> {
    /// Of all that met tests: caught, hung or missed, and by which program.
    outcomes: Vec<String>,
    /// Those that no test catches.
    missed: Vec<&'a str>,
    /// Those that can only be judged one by one.
    apart: Vec<&'a str>,
    /// Those that are no programs.
    unviable: Vec<&'a str>,
}

impl Files<'_> {
    fn write(&self, folder: &Path) -> Result<()> {
        let lines = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let outcomes: Vec<&str> = self.outcomes.iter().map(String::as_str).collect();
        let files: [(&str, &[&str]); 4] = [
            ("outcomes.tsv", &outcomes),
            ("missed.txt", &self.missed),
            ("apart.txt", &self.apart),
            ("unviable.txt", &self.unviable),
        ];
        for (name, of_file) in files {
            println!("{name}: {}", of_file.len());
            fs::write(folder.join(name), lines(of_file))?;
        }
        Ok(())
    }
}
