//! The JSON reader and writer, beside serde_json.

use alms_json::Fault;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Whatever a text holds, but for numbers that are not whole.
#[derive(Debug, PartialEq)]
enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    List(Vec<Tree>),
    Fields(BTreeMap<String, Tree>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Tree::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            fields.insert(name, value);
        }
        Ok(Tree::Fields(fields))
    }
}

impl Tree {
    /// The same as serde_json has it; `None` where a number is not one of ours.
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            // Nothing, below zero or not, is a whole number here.
            Value::Number(number) if number.to_string() == "-0.0" => Self::Integer(0),
            Value::Number(number) => Self::Integer(number.as_i64()?),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(list) => Self::List(list.iter().map(Self::of).collect::<Option<_>>()?),
            Value::Object(fields) => {
                let field = |(name, value): (&String, &Value)| Some((name.clone(), Self::of(value)?));
                Self::Fields(fields.iter().map(field).collect::<Option<_>>()?)
            }
        })
    }
}

const OUT_OF_RANGE: &str = "number out of range";

/// Any bytes as a JSON text: what the reader accepts and says is what serde_json accepts and says, but for numbers.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let theirs = serde_json::from_str::<Value>(text);
    match (alms_json::from_str::<IgnoredAny>(text), &theirs) {
        (Ok(_), Ok(value)) => {
            check_values(text, value);
            assert_eq!(alms_json::to_string(value).ok(), written(value), "{text:?}");
        }
        // Which numbers are held, and so whether one is the first fault of several, is each reader's own.
        (Err(fault), Err(error)) if is_out_of_range(&fault) || said(error).starts_with(OUT_OF_RANGE) => {}
        (Err(fault), Err(error)) => assert_eq!(sentence(&fault), said(error), "{text:?}"),
        // A double holds what is beyond 64 bits, but not exactly.
        (Err(fault), Ok(_)) => assert!(is_out_of_range(&fault), "{fault} {text:?}"),
        (Ok(_), Err(error)) => assert!(said(error).starts_with(OUT_OF_RANGE), "{error} {text:?}"),
    }
    let fault = alms_json::from_str::<u8>(text).err();
    assert!(fault.is_none_or(|fault| fault.path().is_empty()), "no byte has parts: {text:?}");
}

/// What is read is what serde_json reads, and what is written from it is read again.
fn check_values(text: &str, value: &Value) {
    match (alms_json::from_str::<Tree>(text), Tree::of(value)) {
        (Ok(ours), Some(theirs)) => assert_eq!(ours, theirs, "{text:?}"),
        // Between the largest that is read and the largest that fits 64 bits without a sign.
        (Ok(_), None) => assert!(holds_large(value), "{text:?}"),
        (Err(fault), theirs) => {
            assert!(
                theirs.is_none() && fault.message().contains("is not a whole number"),
                "{fault} {text:?}"
            );
        }
    }
}

/// Whether a number is beyond an `i64`, which the reader gives as the largest one.
fn holds_large(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_u64() && !number.is_i64(),
        Value::Array(list) => list.iter().any(holds_large),
        Value::Object(fields) => fields.values().any(holds_large),
        _ => false,
    }
}

/// What serde_json writes, unless a number has a fraction.
fn written(value: &Value) -> Option<String> {
    fn has_fraction(value: &Value) -> bool {
        match value {
            Value::Number(number) => number.is_f64(),
            Value::Array(list) => list.iter().any(has_fraction),
            Value::Object(fields) => fields.values().any(has_fraction),
            _ => false,
        }
    }
    (!has_fraction(value)).then(|| value.to_string())
}

fn sentence(fault: &Fault) -> String {
    let message = fault.message();
    let reason = message.strip_prefix("the input is not a JSON document: ");
    let reason = reason.and_then(|reason| reason.strip_suffix("; correct it there"));
    reason.map_or_else(|| format!("not said as JSON: {fault}"), str::to_owned)
}

fn said(error: &serde_json::Error) -> String {
    error.to_string().replace(" column ", ", column ")
}

fn is_out_of_range(fault: &Fault) -> bool {
    sentence(fault).starts_with(OUT_OF_RANGE)
}
