//! Small changes of a JSON document: most leave it a document of its operation, some do not.

use std::mem;

use alms_core::calendar::Date;
use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

use crate::vectors::Vectors;

/// Changes one place of `document`.
pub(crate) fn apply(document: &mut Value, vectors: &Vectors, choices: &mut Unstructured<'_>) -> Result<()> {
    let (place, name) = place(document, choices)?;
    let known = name.and_then(|name| vectors.values.get(&name));
    match choices.int_in_range(0..=9)? {
        // What stands under this name elsewhere: the document stays one, mostly.
        0..=3 => {
            if let Some(known) = known {
                *place = choices.choose(known)?.clone();
            }
        }
        4..=6 => *place = near(place, choices)?,
        7 => reshape(place, vectors, choices)?,
        _ => *place = strange(choices)?,
    }
    Ok(())
}

/// A place below `value`, and the name of the field that it is.
fn place<'a>(
    value: &'a mut Value,
    choices: &mut Unstructured<'_>,
) -> Result<(&'a mut Value, Option<String>)> {
    let (mut at, mut name) = (value, None);
    loop {
        let count = match &*at {
            Value::Object(fields) => fields.len(),
            Value::Array(list) => list.len(),
            _ => 0,
        };
        if count == 0 || choices.ratio(1, 8)? {
            return Ok((at, name));
        }
        let index = choices.choose_index(count)?;
        at = match at {
            Value::Object(fields) => {
                let (key, field) = fields.iter_mut().nth(index).expect("the index is below the length");
                name = Some(key.clone());
                field
            }
            Value::Array(list) => &mut list[index],
            _ => unreachable_leaf(),
        };
    }
}

fn unreachable_leaf() -> ! {
    panic!("a value without children was returned")
}

/// A value close to this one: the next number, the next day, a text a character longer.
fn near(value: &Value, choices: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match value {
        Value::Number(number) => {
            let step = choices.int_in_range(-2_i64..=2)?;
            json!(number.as_i64().unwrap_or_default().saturating_add(step))
        }
        Value::String(text) => json!(near_text(text, choices)?),
        Value::Bool(truth) => json!(!truth),
        other => other.clone(),
    })
}

fn near_text(text: &str, choices: &mut Unstructured<'_>) -> Result<String> {
    if let Ok(date) = text.parse::<Date>() {
        let days = *choices.choose(&[-366, -365, -31, -30, -1, 1, 28, 31, 365, 366, 1_461])?;
        return Ok(Date::from_day_number(date.day_number() + days).unwrap_or(date).to_string());
    }
    Ok(match choices.int_in_range(0..=5)? {
        0 => text.chars().skip(1).collect(),
        1 => text.chars().rev().skip(1).collect(),
        2 => {
            format!("{text}{}", choices.choose(&["0", ".5", " ", "x", "\u{0}", "ü", "🚍", "\"", "\n", ","])?)
        }
        3 => text.to_uppercase(),
        4 => format!("-{text}"),
        _ => text.repeat(2),
    })
}

/// Adds, removes, repeats or swaps what is in a list or object.
fn reshape(value: &mut Value, vectors: &Vectors, choices: &mut Unstructured<'_>) -> Result<()> {
    match value {
        Value::Array(list) if !list.is_empty() => {
            let (first, second) = (choices.choose_index(list.len())?, choices.choose_index(list.len())?);
            match choices.int_in_range(0..=3)? {
                0 => drop(list.remove(first)),
                1 => list.push(list[first].clone()),
                2 => list.swap(first, second),
                _ => list[first] = mem::take(&mut list[second]),
            }
        }
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            if choices.ratio(1, 2)? && !names.is_empty() {
                fields.remove(choices.choose(&names)?);
            } else {
                let index = choices.choose_index(vectors.values.len())?;
                let (name, known) = vectors.values.iter().nth(index).expect("the index is below the length");
                fields.insert(name.clone(), choices.choose(known)?.clone());
            }
        }
        other => *other = strange(choices)?,
    }
    Ok(())
}

/// The values that break programs: ends of ranges, one beyond them, wrong types, texts that look like something.
fn strange(choices: &mut Unstructured<'_>) -> Result<Value> {
    const LIMIT: i64 = 1_000_000_000_000_000;
    const TEXTS: [&str; 24] = [
        "",
        " ",
        "0",
        "-0",
        "0.00",
        "1e5",
        "NaN",
        "+1",
        "٣",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "79228162514264337593543950336",
        "1900-01-01",
        "9999-12-31",
        "10000-01-01",
        "2023-02-29",
        "2023-02-29T00:00:00",
        "9999-12",
        "0000-00",
        "null",
        "sha256:",
        "a@b",
        "🚍",
        "\u{0}",
    ];
    Ok(match choices.int_in_range(0..=6)? {
        0 => Value::Null,
        1 => json!(choices.arbitrary::<bool>()?),
        2 => json!(choices.choose(&[
            0,
            1,
            -1,
            12,
            LIMIT,
            LIMIT + 1,
            -LIMIT,
            -LIMIT - 1,
            i64::MAX,
            i64::MIN,
            65_536
        ])?),
        3 => json!(*choices.choose(&[1.5, -0.0, 1e300, 5e-324])?),
        4 => json!(choices.choose(&TEXTS)?),
        5 => json!("m".repeat(choices.int_in_range(255..=258)?)),
        _ => choices
            .choose(&[json!([]), json!({}), json!([null]), json!([[[[[]]]]]), json!({"": {}})])?
            .clone(),
    })
}
