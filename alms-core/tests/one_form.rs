//! What the domain's types say by serde's traits is the wire form, in every vector of the operations that are declared on them.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::calendar::{AddMonths, AddedMonths};
use alms_core::json;
use alms_core::subscriptions::{Coterm, CotermRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The JSON files of a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The inputs of an operation's vectors.
fn inputs(operation: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let mut inputs = Vec::new();
    for file in files(&folder).iter().filter(|file| file.extension().is_some_and(|name| name == "json")) {
        let document: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let vectors = document.get("vectors").and_then(Value::as_array).into_iter().flatten();
        for vector in vectors.filter(|vector| vector.get("op").is_some_and(|op| op == operation)) {
            let text = vector.get("input_text").and_then(Value::as_str).map(str::to_owned);
            inputs.extend(text.or_else(|| vector.get("input").map(Value::to_string)));
        }
    }
    inputs
}

/// Read through alms-json and through serde_json it is the same, or refused by both; written and read again as well.
fn read<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) -> Option<T> {
    let value: Option<T> = json::from_str(text).ok();
    assert_eq!(serde_json::from_str(text).ok(), value, "{text}");
    if let Some(value) = &value {
        let written = json::to_string(value).unwrap();
        assert_eq!(serde_json::to_string(value).unwrap(), written);
        assert_eq!(json::from_str::<T>(&written).as_ref(), Ok(value), "{written}");
    }
    value
}

fn check<Request, Response>(operation: &str)
where
    Request: Serialize + DeserializeOwned + PartialEq + Debug,
    Response: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let mut is_answered = false;
    for input in inputs(operation) {
        let request: Option<Request> = read(&input);
        let Ok(output) = alms_core::wire::call(operation, &input) else { continue };
        // A form that is written in full has the same answer.
        let again = json::to_string(&request.unwrap()).unwrap();
        assert_eq!(alms_core::wire::call(operation, &again).as_ref(), Ok(&output), "{again}");
        let response: Response = read(&output).unwrap();
        assert_eq!(json::to_string(&response).as_ref(), Ok(&output));
        is_answered = true;
    }
    assert!(is_answered, "no vector of {operation} has an answer");
}

#[test]
fn calendar() {
    check::<AddMonths, AddedMonths>("calendar.add_months");
}

#[test]
fn coterm() {
    check::<CotermRequest, Coterm>("subscriptions.coterm");
}
