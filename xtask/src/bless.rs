//! `cargo xtask bless`: the outputs of the conformance vectors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use alms_core::rule::RuleSet;
use alms_core::wire;
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::workspace::Workspace;

/// The folder of the outputs, in that of the vectors.
const OUTPUTS: &str = "outputs";

/// The largest integer that JavaScript holds exactly.
const SAFE_INTEGER_MAX: u64 = (1 << 53) - 1;

/// A file of vectors, as far as its outputs depend on it.
#[derive(Debug, Deserialize)]
struct Topic {
    vectors: Vec<Vector>,
}

/// One input.
#[derive(Debug, Deserialize)]
struct Vector {
    name: String,
    op: String,
    input: Option<Box<RawValue>>,
    input_text: Option<String>,
}

/// Writes the outputs of all vectors, removes those without vectors, and prints what changed.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let vectors = workspace.conformance();
    let outputs = vectors.join(OUTPUTS);
    let mut current = BTreeSet::new();
    let mut changed = 0_usize;
    for topic in vector_files(workspace)? {
        let relative = topic.strip_prefix(&vectors)?;
        let output = outputs.join(relative).with_extension("jsonl");
        let text = outputs_of(&topic).with_context(|| format!("in {}", relative.display()))?;
        if fs::read_to_string(&output).ok().as_deref() != Some(&text) {
            fs::create_dir_all(output.parent().unwrap_or(&outputs))?;
            fs::write(&output, text)?;
            println!("changed  {}", relative.with_extension("jsonl").display());
            changed = changed.saturating_add(1);
        }
        current.insert(output);
    }
    for stale in files(&outputs, "jsonl")?.difference(&current) {
        fs::remove_file(stale)?;
        println!("removed  {}", stale.strip_prefix(&outputs)?.display());
        changed = changed.saturating_add(1);
    }
    println!("{changed} of {} files changed", current.len());
    Ok(())
}

/// All files of vectors.
pub(crate) fn vector_files(workspace: &Workspace) -> Result<BTreeSet<PathBuf>> {
    files(&workspace.conformance(), "json")
}

/// The rules that have a part in the answers to the vectors of each operation.
pub(crate) fn rules_by_operation(workspace: &Workspace) -> Result<BTreeMap<String, RuleSet>> {
    let mut fired: BTreeMap<String, RuleSet> = BTreeMap::new();
    for topic in vector_files(workspace)? {
        let topic: Topic = serde_json::from_str(&fs::read_to_string(topic)?)?;
        for vector in topic.vectors {
            let (_, rules) = wire::trace(&vector.op, &text_of(&vector)?);
            let all = fired.entry(vector.op).or_default();
            *all = all.union(rules);
        }
    }
    Ok(fired)
}

/// One line per vector: the output, or the error.
fn outputs_of(topic: &Path) -> Result<String> {
    let topic: Topic = serde_json::from_str(&fs::read_to_string(topic)?)?;
    let mut lines = String::new();
    for vector in &topic.vectors {
        let input = text_of(vector).with_context(|| format!("in the vector {:?}", vector.name))?;
        let output = wire::call(&vector.op, &input).unwrap_or_else(|error| error.to_json());
        lines.push_str(&output);
        lines.push('\n');
    }
    Ok(lines)
}

/// The input document, as every runtime passes it.
fn text_of(vector: &Vector) -> Result<String> {
    match (&vector.input, &vector.input_text) {
        (Some(input), None) => compact(input.get()),
        (None, Some(text)) => Ok(text.clone()),
        _ => bail!("a vector has either `input` or `input_text`"),
    }
}

/// The same document without spaces, its fields in the same order: what Python and JavaScript make of it.
fn compact(text: &str) -> Result<String> {
    require_same_everywhere(&serde_json::from_str(text)?)?;
    let mut compact = Vec::new();
    let mut parser = serde_json::Deserializer::from_str(text);
    serde_transcode::transcode(&mut parser, &mut serde_json::Serializer::new(&mut compact))?;
    Ok(String::from_utf8(compact)?)
}

/// Refuses numbers that JavaScript writes otherwise than Python does, such as `1.0` and those above 2^53.
fn require_same_everywhere(value: &Value) -> Result<()> {
    match value {
        Value::Number(number) => {
            if number.as_i64().is_none_or(|number| number.unsigned_abs() > SAFE_INTEGER_MAX) {
                bail!("`{number}` is not written the same in all runtimes; use `input_text`");
            }
            Ok(())
        }
        Value::Array(items) => items.iter().try_for_each(require_same_everywhere),
        Value::Object(fields) => fields.values().try_for_each(require_same_everywhere),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// All files below a folder that have this extension; none if there is no such folder.
fn files(folder: &Path, extension: &str) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut files(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.insert(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn a_document_keeps_the_order_of_its_fields() {
        let text = "{ \"b\": [1, -2],\n \"a\": {\"d\": null, \"c\": \"\\u00e9 \\u0001\"} }";
        let expected = "{\"b\":[1,-2],\"a\":{\"d\":null,\"c\":\"é \\u0001\"}}";
        assert_eq!(compact(text).unwrap(), expected);
    }

    #[test]
    fn numbers_that_runtimes_write_differently_are_refused() {
        for number in ["1.0", "1.5", "1e3", "9007199254740992", "99999999999999999999"] {
            assert!(compact(&format!("{{\"a\": [{number}]}}")).is_err(), "{number}");
        }
        assert_eq!(compact("[-9007199254740991]").unwrap(), "[-9007199254740991]");
    }
}
