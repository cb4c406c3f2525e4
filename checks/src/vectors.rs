//! The inputs of the conformance vectors: what random calls start from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

/// What the vectors hold.
pub(crate) struct Vectors {
    /// Each operation with its inputs, by name: one with few vectors is asked as often as the others.
    pub(crate) calls: Vec<(String, Vec<Value>)>,
    /// By the name of a field, the values that it has anywhere, each once.
    pub(crate) values: BTreeMap<String, Vec<Value>>,
}

/// The vectors, read once.
pub(crate) fn all() -> &'static Vectors {
    static ALL: OnceLock<Vectors> = OnceLock::new();
    ALL.get_or_init(|| {
        let (mut calls, mut values) = (BTreeMap::<String, Vec<Value>>::new(), BTreeMap::new());
        for (op, input) in topics().iter().flat_map(|topic| inputs(topic)) {
            collect(&input, &mut values);
            calls.entry(op).or_default().push(input);
        }
        Vectors { calls: calls.into_iter().collect(), values }
    })
}

/// Every file of vectors, sorted.
fn topics() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let mut topics: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the vectors are there")
        .map(|entry| entry.expect("a folder is readable").path())
        .filter(|area| area.is_dir() && !area.ends_with("outputs"))
        .flat_map(|area| fs::read_dir(area).expect("a folder is readable"))
        .map(|entry| entry.expect("a folder is readable").path())
        .collect();
    topics.sort();
    topics
}

fn inputs(topic: &Path) -> Vec<(String, Value)> {
    let text = fs::read_to_string(topic).expect("a file of vectors is readable");
    let document: Value = serde_json::from_str(&text).expect("a file of vectors is JSON");
    let vectors = document["vectors"].as_array().cloned().unwrap_or_default();
    // An input that is only a text is no JSON, or a very long one.
    let is_small = |input: &Value| !input.is_null() && input.to_string().len() < 20_000;
    vectors
        .into_iter()
        .map(|vector| (vector["op"].as_str().unwrap_or_default().to_owned(), vector["input"].clone()))
        .filter(|(_, input)| is_small(input))
        .collect()
}

fn collect(value: &Value, values: &mut BTreeMap<String, Vec<Value>>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let known = values.entry(name.clone()).or_default();
                if known.len() < 64 && !known.contains(field) {
                    known.push(field.clone());
                }
                collect(field, values);
            }
        }
        Value::Array(list) => list.iter().for_each(|element| collect(element, values)),
        _ => {}
    }
}
