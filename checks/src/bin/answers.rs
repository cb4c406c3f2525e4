//! What the library answers to inputs that are nearly those of the vectors: `answers <folder of vectors>`.
//!
//! Each vector gives inputs in which one field is dropped, doubled, added, emptied or of another shape. A line each says the
//! operation, the input and the result, or the code and the path of the refusal. `cargo xtask compare` holds the lines of two
//! versions side by side: a change of the machinery below the documents changes none of them.
#![forbid(unsafe_code)]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool fails loudly"
)]

use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// One change of a document.
#[derive(Debug, Clone, Copy)]
enum Change {
    Drop,
    Double,
    Add,
    Instead(&'static str),
}

/// Each is made at every place of a small document, and at some of a large one.
const CHANGES: [Change; 10] = [
    Change::Drop,
    Change::Double,
    Change::Add,
    Change::Instead("null"),
    Change::Instead("\"\""),
    Change::Instead("\"x y\""),
    Change::Instead("-1"),
    Change::Instead("99999999999999999999"),
    Change::Instead("1.5"),
    Change::Instead("[{}]"),
];

/// How many places of a document are changed in each way.
const PLACES_MAX: usize = 24;

fn main() {
    let folder = env::args().nth(1).expect("the folder of the vectors is named");
    let mut out = io::BufWriter::new(io::stdout().lock());
    for topic in topics(Path::new(&folder)) {
        let text = fs::read_to_string(&topic).expect("a file of vectors is readable");
        let document: Value = serde_json::from_str(&text).expect("a file of vectors is JSON");
        for vector in document["vectors"].as_array().into_iter().flatten() {
            let op = vector["op"].as_str().unwrap_or_default();
            for input in inputs(&vector["input"]) {
                writeln!(out, "{op}\t{}\t{}", input.replace('\n', " "), answer(op, &input))
                    .expect("lines are written");
            }
        }
    }
}

fn topics(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> =
            entries.map(|entry| entry.expect("a folder is readable").path()).collect();
        paths.sort();
        paths
    };
    let areas = entries(folder).into_iter().filter(|area| area.is_dir() && !area.ends_with("outputs"));
    areas.flat_map(|area| entries(&area)).collect()
}

/// The document itself, and those that are nearly it.
fn inputs(document: &Value) -> Vec<String> {
    let count = places(document);
    // A text is no document, and a long one says nothing that a short one does not.
    if count == 0 || count > 2_000 {
        return Vec::new();
    }
    let step = count.div_ceil(PLACES_MAX);
    let changed = (0..count).step_by(step).flat_map(|place| CHANGES.map(|change| (place, change)));
    let mut texts = vec![document.to_string()];
    texts.extend(changed.map(|(place, change)| {
        let mut text = String::new();
        write_changed(document, &mut Some(place), change, &mut text);
        text
    }));
    texts
}

/// How many fields and elements a document has, in all.
fn places(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(|field| 1 + places(field)).sum(),
        Value::Array(list) => list.iter().map(|element| 1 + places(element)).sum(),
        _ => 0,
    }
}

/// Writes a document, and in its place-th field or element the change.
fn write_changed(value: &Value, place: &mut Option<usize>, change: Change, text: &mut String) {
    let (open, close, parts): (char, char, Vec<(String, &Value)>) = match value {
        Value::Object(fields) => {
            let name = |name: &String| format!("{}:", Value::from(name.as_str()));
            ('{', '}', fields.iter().map(|(key, field)| (name(key), field)).collect())
        }
        Value::Array(list) => ('[', ']', list.iter().map(|element| (String::new(), element)).collect()),
        other => {
            write!(text, "{other}").expect("a text takes everything");
            return;
        }
    };
    text.push(open);
    let mut first = true;
    let mut write = |name: &str, part: &str| {
        if !std::mem::take(&mut first) {
            text.push(',');
        }
        text.push_str(name);
        text.push_str(part);
    };
    for (name, part) in parts {
        let is_here = *place == Some(0);
        *place = place.and_then(|place| place.checked_sub(1));
        let mut written = String::new();
        // Below the place that is changed nothing is.
        let mut none = None;
        write_changed(part, if is_here { &mut none } else { &mut *place }, change, &mut written);
        match change {
            Change::Drop if is_here => {}
            Change::Double if is_here => {
                write(&name, &written);
                write(&name, &written);
            }
            Change::Add if is_here => {
                write(&name, &written);
                write(if name.is_empty() { "" } else { "\"another\":" }, "1");
            }
            Change::Instead(other) if is_here => write(&name, other),
            _ => write(&name, &written),
        }
    }
    text.push(close);
}

fn answer(op: &str, input: &str) -> String {
    match alms_core::wire::call(op, input) {
        Ok(output) => output,
        Err(error) => format!("{} at {}", error.code(), error.path()),
    }
}
