//! Every value of every vector is replaced by one of a wrong type: the error names exactly its place.
#![cfg(feature = "files")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use alms_core::wire;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Values that hold another program's document, of any shape.
const FOREIGN: [&str; 1] = ["answer"];
/// Values that may be a text or something else.
const OF_TWO_KINDS: [&str; 6] =
    ["complete_renewal", "default_for", "fits", "invoice_day", "late", "reporting"];
/// The operation that reports everything that is wrong among its results.
const REPORTING_ALL: &str = "offers.load";

#[test]
fn a_wrong_type_is_found_where_it_stands() {
    let mut replaced = 0;
    for (op, input) in accepted() {
        let mut places = Vec::new();
        walk(&input, String::new(), String::new(), &mut places);
        for (pointer, path) in places {
            let mut broken = input.clone();
            let value = broken.pointer_mut(&pointer).unwrap();
            // Nothing takes an object without fields for a text or number, or a truth for an object or list.
            *value = if value.is_object() || value.is_array() { json!(true) } else { json!({}) };
            match wire::call(&op, &broken.to_string()) {
                Err(error) => {
                    assert_eq!(
                        (error.code(), error.path()),
                        ("invalid_input", path.as_str()),
                        "{op} {broken}"
                    );
                }
                Ok(output) => {
                    assert_eq!(op, REPORTING_ALL, "{path} {broken}");
                    assert!(reports(&output, &path), "{path} {output}");
                }
            }
            replaced += 1;
        }
    }
    assert!(replaced > 10_000, "{replaced}");
}

/// Whether the value at this place is among what is wrong: listed, or where more is wrong than is listed, counted.
fn reports(output: &str, path: &str) -> bool {
    let output: Value = serde_json::from_str(output).unwrap();
    let errors = output["errors"].as_array().unwrap();
    if errors.iter().any(|error| error["code"] == "invalid_input" && error["path"] == path) {
        return true;
    }
    let counts = output["error_counts"].as_array().unwrap();
    output["errors_total"].as_u64() > u64::try_from(errors.len()).ok()
        && counts.iter().any(|count| count["code"] == "invalid_input")
}

/// The inputs of the vectors that give a result.
fn accepted() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let areas = fs::read_dir(folder).unwrap().map(|area| area.unwrap().path());
    let areas = areas.filter(|area| area.is_dir() && !area.ends_with("outputs"));
    let files = areas.flat_map(|area| fs::read_dir(area).unwrap()).map(|file| file.unwrap().path());
    let documents =
        files.map(|file| serde_json::from_str::<Value>(&fs::read_to_string(file).unwrap()).unwrap());
    documents
        .flat_map(|document| document["vectors"].as_array().unwrap().clone())
        .filter(|vector| vector.get("expect").is_some() && vector.get("input").is_some())
        .map(|vector| (vector["op"].as_str().unwrap().to_owned(), vector["input"].clone()))
        .collect()
}

/// Every value below `value` that has one type: its JSON pointer, and its path as errors give it.
fn walk(value: &Value, pointer: String, path: String, places: &mut Vec<(String, String)>) {
    let children: Vec<(String, String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !FOREIGN.contains(&name.as_str()))
            .map(|(name, field)| {
                let separator = if path.is_empty() { "" } else { "." };
                (format!("{pointer}/{name}"), format!("{path}{separator}{name}"), field)
            })
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(index, element)| (format!("{pointer}/{index}"), format!("{path}[{index}]"), element))
            .collect(),
        _ => Vec::new(),
    };
    for (pointer, path, child) in children {
        let two_kinds = OF_TWO_KINDS.iter().any(|name| path.ends_with(name));
        if !child.is_null() && !two_kinds {
            places.push((pointer.clone(), path.clone()));
            walk(child, pointer, path, places);
        }
    }
}
