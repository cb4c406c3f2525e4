//! Runs the conformance vectors: what is expected by the rulebook, the exact bytes, and the rules that fired.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

#[cfg(feature = "areas")]
use alms_core::rule::RULES;
use alms_core::rule::RuleId;
use alms_core::wire;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of vectors with the outputs that were recorded for it.
struct Topic {
    name: String,
    vectors: Vec<Value>,
    inputs: Vec<String>,
    outputs: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance")
}

fn topics() -> Vec<Topic> {
    let mut topics = Vec::new();
    for area in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        if !area.is_dir() || area.ends_with("outputs") {
            continue;
        }
        for file in fs::read_dir(&area).unwrap().map(|entry| entry.unwrap().path()) {
            topics.push(topic(&file));
        }
    }
    topics.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(topics.len() > 20, "the vectors are not where they are expected");
    topics
}

fn topic(file: &Path) -> Topic {
    let relative = file.strip_prefix(folder()).unwrap();
    #[derive(Deserialize)]
    struct Document {
        vectors: Vec<Box<RawValue>>,
    }
    let Document { vectors } = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let recorded = folder().join("outputs").join(relative).with_extension("jsonl");
    let recorded = fs::read_to_string(&recorded).unwrap_or_default();
    Topic {
        name: relative.display().to_string(),
        vectors: vectors.iter().map(|vector| serde_json::from_str(vector.get()).unwrap()).collect(),
        inputs: vectors.iter().map(|vector| input(vector)).collect(),
        outputs: recorded.lines().map(str::to_owned).collect(),
    }
}

/// The input as every runtime passes it: without spaces, the fields in the order of the file.
fn input(vector: &RawValue) -> String {
    #[derive(Deserialize)]
    struct Input {
        input: Option<Box<RawValue>>,
        input_text: Option<String>,
    }
    let Input { input, input_text } = serde_json::from_str(vector.get()).unwrap();
    input_text.unwrap_or_else(|| {
        let mut compact = Vec::new();
        let input = input.unwrap();
        let mut reader = serde_json::Deserializer::from_str(input.get());
        serde_transcode::transcode(&mut reader, &mut serde_json::Serializer::new(&mut compact)).unwrap();
        String::from_utf8(compact).unwrap()
    })
}

/// What `expected` says that `found` does not; nothing if it is a part of it.
fn missing(expected: &Value, found: &Value, path: &str) -> Vec<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => expected
            .iter()
            .flat_map(|(key, value)| match found.get(key) {
                Some(found) => missing(value, found, &format!("{path}.{key}")),
                None => vec![format!("{path}.{key} is not there")],
            })
            .collect(),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => expected
            .iter()
            .zip(found)
            .enumerate()
            .flat_map(|(index, (expected, found))| missing(expected, found, &format!("{path}[{index}]")))
            .collect(),
        _ if expected == found => Vec::new(),
        _ => vec![format!("{path}: expected {expected}, found {found}")],
    }
}

/// Whether there is something to be asked: with fewer areas the list of operations is shorter. With all areas every vector
/// counts, also one of an operation that does not exist.
fn is_built(vector: &Value) -> bool {
    let op = vector["op"].as_str().unwrap();
    cfg!(feature = "areas") || wire::operations().iter().any(|operation| operation.name == op)
}

fn check(topic: &Topic, mut test: impl FnMut(&Value, &str, &str) -> Vec<String>) {
    let mut failures = Vec::new();
    for (index, vector) in topic.vectors.iter().enumerate().filter(|(_, vector)| is_built(vector)) {
        let recorded = topic.outputs.get(index).map_or("", String::as_str);
        let name = vector["name"].as_str().unwrap();
        failures.extend(
            test(vector, &topic.inputs[index], recorded)
                .into_iter()
                .map(|failure| format!("{} {name}: {failure}", topic.name)),
        );
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn outputs_are_what_the_rulebook_says() {
    for topic in topics() {
        check(&topic, |vector, input, _| {
            let result = wire::call(vector["op"].as_str().unwrap(), input);
            match (vector.get("expect"), vector.get("error"), result) {
                (Some(expected), None, Ok(output)) => {
                    missing(expected, &serde_json::from_str(&output).unwrap(), "")
                }
                (None, Some(expected), Err(error)) => {
                    missing(expected, &serde_json::from_str(&error.to_json()).unwrap(), "error")
                }
                (_, _, Ok(output)) => vec![format!("expected an error, found {output}")],
                (_, _, Err(error)) => vec![format!("expected a result, found {}", error.to_json())],
            }
        });
    }
}

#[test]
fn outputs_are_the_recorded_bytes() {
    for topic in topics() {
        assert_eq!(topic.vectors.len(), topic.outputs.len(), "{}: run `cargo xtask bless`", topic.name);
        check(&topic, |vector, input, recorded| {
            let op = vector["op"].as_str().unwrap();
            let output = wire::call(op, input).unwrap_or_else(|error| error.to_json());
            if output == recorded {
                Vec::new()
            } else {
                vec![format!("found\n{output}\nrecorded\n{recorded}")]
            }
        });
    }
}

#[test]
fn every_rule_that_a_vector_names_fired() {
    for topic in topics() {
        check(&topic, |vector, input, _| {
            let (_, fired) = wire::trace(vector["op"].as_str().unwrap(), input);
            let named = vector["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap());
            let silent = named.filter(|rule| !rule.parse().is_ok_and(|rule: RuleId| fired.contains(rule)));
            silent.map(|rule| format!("{rule} did not fire, but {fired:?}")).collect()
        });
    }
}

#[cfg(feature = "areas")]
#[test]
fn every_rule_that_the_code_claims_has_a_vector() {
    let mut named = BTreeSet::new();
    for topic in topics() {
        check(&topic, |vector, _, _| {
            named.extend(
                vector["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap().to_owned()),
            );
            Vec::new()
        });
    }
    let without: Vec<_> =
        RULES.iter().map(|rule| rule.id.as_str()).filter(|rule| !named.contains(*rule)).collect();
    assert!(without.is_empty(), "no vector for {without:?}");
}

#[test]
fn every_operation_has_a_vector_with_a_result() {
    let mut answered = BTreeSet::new();
    for topic in topics() {
        let results =
            topic.vectors.iter().filter(|vector| vector.get("expect").is_some() && is_built(vector));
        answered.extend(results.map(|vector| vector["op"].as_str().unwrap().to_owned()));
    }
    let operations: BTreeSet<_> = wire::operations().iter().map(|one| one.name.to_owned()).collect();
    assert_eq!(answered, operations);
}

#[test]
fn vectors_say_what_they_are_about() {
    for topic in topics() {
        let mut names = BTreeSet::new();
        check(&topic, |vector, _, _| {
            let mut failures = Vec::new();
            if !names.insert(vector["name"].as_str().unwrap().to_owned()) {
                failures.push("the name is there twice".to_owned());
            }
            if vector["about"].as_str().is_none_or(str::is_empty) {
                failures.push("`about` is missing".to_owned());
            }
            if vector.get("expect").is_some() == vector.get("error").is_some() {
                failures.push("either `expect` or `error`".to_owned());
            }
            failures
        });
    }
}
