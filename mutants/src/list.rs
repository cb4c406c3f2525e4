//! The list of `cargo mutants --list --json`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// One small wrong change.
#[derive(Debug, Deserialize)]
pub(crate) struct Mutant {
    /// Which file, where, what: unique.
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) genre: Genre,
    /// What stands at the span instead; empty where something is deleted.
    pub(crate) replacement: String,
    pub(crate) span: Span,
    function: Option<Function>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// Line and column, both from 1; a column is a character.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Position {
    line: usize,
    column: usize,
}

#[derive(Debug, Deserialize)]
struct Function {
    return_type: String,
}

pub(crate) fn read(path: &Path) -> Result<Vec<Mutant>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

impl Mutant {
    /// Whether it may be a program by itself although it is none beside the others: a function that returns `impl Trait`
    /// has one type, so that it cannot return something of another type, too.
    pub(crate) fn needs_a_build_of_its_own(&self) -> bool {
        self.genre == Genre::FnValue
            && self.function.as_ref().is_some_and(|function| function.return_type.contains("impl "))
    }
}

impl Position {
    /// The byte of a source at which it is.
    pub(crate) fn offset(self, source: &str) -> Option<usize> {
        let line = source.split_inclusive('\n').take(self.line.checked_sub(1)?).map(str::len).sum::<usize>();
        let rest = source.get(line..)?;
        let column =
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(self.column.checked_sub(1)?)?;
        Some(line + column)
    }
}
