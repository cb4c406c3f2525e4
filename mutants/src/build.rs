//! A checkout with all mutants in it, built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use crate::list::{Genre, Mutant};
use crate::rewrite::{Rewritten, rewrite};

/// The module that answers which mutant is there.
const MUTANT: &str = include_str!("mutant.rs.in");
const LIBRARY: &str = "alms-core/src/lib.rs";
/// The core's, with the features of `.cargo/mutants.toml`.
const PACKAGE: [&str; 6] = ["--package", "alms-core", "--features", "rayon", "--profile", "mutants"];

/// A copy of the sources, and what is built of it.
#[derive(Debug)]
pub(crate) struct Build<'a> {
    pub(crate) checkout: &'a Path,
    pub(crate) copy: PathBuf,
    pub(crate) target: PathBuf,
}

/// A test program and its name.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl Build<'_> {
    /// Copies the files that the version control knows.
    pub(crate) fn copy_sources(&self) -> Result<()> {
        if self.copy.exists() {
            fs::remove_dir_all(&self.copy)?;
        }
        let list = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(self.checkout)
            .output()?;
        ensure!(list.status.success(), "cannot list the files of {}", self.checkout.display());
        for file in String::from_utf8(list.stdout)?.split_terminator('\0') {
            let (from, to) = (self.checkout.join(file), self.copy.join(file));
            if from.is_file() {
                fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
                fs::copy(&from, &to)?;
            }
        }
        Ok(())
    }

    /// Puts the mutants into the copy. Those that are no program are left out; their numbers come back.
    pub(crate) fn mutate(&self, mutants: &[Mutant]) -> Result<BTreeSet<usize>> {
        let is_apart = |number: &usize| mutants.get(*number).is_some_and(Mutant::needs_a_build_of_its_own);
        let mut left_out: BTreeSet<usize> = (0..mutants.len()).filter(is_apart).collect();
        loop {
            let written = self.write(mutants, &left_out)?;
            let faulty = self.faulty(&written, mutants)?;
            if faulty.is_empty() {
                return Ok(left_out);
            }
            println!("{} more are no programs", faulty.len());
            left_out.extend(faulty);
        }
    }

    fn write(&self, mutants: &[Mutant], left_out: &BTreeSet<usize>) -> Result<BTreeMap<String, Rewritten>> {
        let mut by_file: BTreeMap<&str, Vec<(usize, &Mutant)>> = BTreeMap::from([(LIBRARY, Vec::new())]);
        for (number, mutant) in mutants.iter().enumerate() {
            let of_file = by_file.entry(&mutant.file).or_default();
            of_file.extend((!left_out.contains(&number)).then_some((number, mutant)));
        }
        let mut written = BTreeMap::new();
        for (file, mutants) in by_file {
            let mut source = fs::read_to_string(self.checkout.join(file))?;
            if file == LIBRARY {
                // Before everything else: the switch is a function of the compiler's own.
                source = format!("#![feature(core_intrinsics, const_eval_select)]{source}\nmod mutant;\n");
            }
            let rewritten = rewrite(&source, &mutants).with_context(|| file.to_owned())?;
            fs::write(self.copy.join(file), &rewritten.text)?;
            written.insert(file.to_owned(), rewritten);
        }
        let module = MUTANT.replace("MUTANTS]", &format!("{}]", mutants.len()));
        fs::write(self.copy.join("alms-core/src/mutant.rs"), module)?;
        Ok(written)
    }

    /// The mutants that the compiler complains about.
    fn faulty(&self, written: &BTreeMap<String, Rewritten>, mutants: &[Mutant]) -> Result<BTreeSet<usize>> {
        let messages = self.cargo(&["check", "--lib"])?;
        let errors = messages
            .iter()
            .filter_map(|message| message.message.as_ref())
            .filter(|found| found.level == "error");
        let mut faulty = BTreeSet::new();
        let mut unexplained = None;
        for error in errors.filter(|error| !error.spans.is_empty()) {
            let culprits = culprits(error, written, mutants);
            if culprits.is_empty() {
                unexplained = unexplained.or_else(|| error.rendered.clone());
            }
            faulty.extend(culprits);
        }
        match unexplained {
            Some(error) if faulty.is_empty() => bail!("an error that is no mutant's: {error}"),
            _ => Ok(faulty),
        }
    }

    /// Builds the tests.
    pub(crate) fn programs(&self) -> Result<Vec<Program>> {
        let messages = self.cargo(&["test", "--no-run", "--lib", "--tests"])?;
        let programs = messages
            .into_iter()
            .filter_map(|message| Some(Program { name: message.target?.name, path: message.executable? }));
        Ok(programs.collect())
    }

    /// Compiles and runs the examples of the documentation.
    pub(crate) fn examples(&self) -> Command {
        let mut cargo = self.command(&["test", "--doc"]);
        cargo.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        cargo
    }

    fn command(&self, command: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.args(command).args(PACKAGE).current_dir(&self.copy).env("CARGO_TARGET_DIR", &self.target);
        // The switch needs a feature of the compiler's that is not stable; warnings about mutants help nobody.
        cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "--cap-lints=allow");
        cargo
    }

    fn cargo(&self, command: &[&str]) -> Result<Vec<Message>> {
        let mut cargo = self.command(command);
        cargo.arg("--message-format=json");
        let output = cargo.stderr(Stdio::inherit()).output()?;
        let lines = String::from_utf8(output.stdout)?;
        let messages: Vec<Message> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let is_explained = messages
            .iter()
            .any(|message| message.message.as_ref().is_some_and(|found| found.level == "error"));
        ensure!(output.status.success() || is_explained, "{cargo:?} failed");
        Ok(messages)
    }
}

/// Whether what is there for a mutant, and a place that an error names, belong together.
type Fits = dyn Fn(&Rewritten, &Range<usize>, &Range<usize>) -> bool;

/// The mutants at the places that an error names; if there are none, those of the same lines, or else the arms below: a
/// `match` that lacks one is reproached at its head.
fn culprits(
    error: &Diagnostic,
    written: &BTreeMap<String, Rewritten>,
    mutants: &[Mutant],
) -> BTreeSet<usize> {
    let places: Vec<(Range<usize>, &Rewritten)> = error
        .spans
        .iter()
        .filter(|span| span.is_primary)
        .filter_map(|span| Some((span.byte_start..span.byte_end, written.get(&span.file_name)?)))
        .collect();
    let owners = |fits: &Fits| -> BTreeSet<usize> {
        let of_place = |(place, file): &(Range<usize>, &Rewritten)| -> Vec<usize> {
            file.owners
                .iter()
                .filter(|(range, _)| fits(file, range, place))
                .map(|(_, owner)| *owner)
                .collect()
        };
        places.iter().flat_map(of_place).collect()
    };
    let is_around = |_: &Rewritten, owned: &Range<usize>, place: &Range<usize>| {
        owned.start <= place.start && place.end <= owned.end
    };
    let is_beside = |file: &Rewritten, owned: &Range<usize>, place: &Range<usize>| {
        let line = lines(&file.text, place);
        owned.start < line.end && line.start < owned.end
    };
    let is_below = |file: &Rewritten, owned: &Range<usize>, place: &Range<usize>| {
        block(&file.text, place).contains(&owned.start)
    };
    let is_arm = |number: &usize| mutants.get(*number).is_some_and(|mutant| mutant.genre == Genre::MatchArm);
    let mut found = owners(&is_around);
    if found.is_empty() {
        found = owners(&is_beside);
    }
    if found.is_empty() {
        found = owners(&is_below).into_iter().filter(is_arm).collect();
    }
    found
}

/// The lines that a place is on.
fn lines(text: &str, place: &Range<usize>) -> Range<usize> {
    let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[place.end..].find('\n').map_or(text.len(), |at| place.end + at);
    start..end
}

/// From the line of a place to the next that is not further to the right: the sources are formatted.
fn block(text: &str, place: &Range<usize>) -> Range<usize> {
    let first = lines(text, place);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let margin = indentation(&text[first.clone()]);
    let below = text[first.end..].split_inclusive('\n').skip(1);
    let length: usize =
        below.take_while(|line| line.trim().is_empty() || indentation(line) > margin).map(str::len).sum();
    first.start..first.end + 1 + length
}

/// A message of cargo's.
#[derive(Debug, Deserialize)]
struct Message {
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<CodeSpan>,
}

#[derive(Debug, Deserialize)]
struct CodeSpan {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
}
