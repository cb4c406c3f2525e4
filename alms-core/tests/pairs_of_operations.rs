//! What one operation gives of a thing, every other one takes: all pairs of operations that share a thing, found from the
//! JSON Schemas, with the outputs of the conformance vectors put into their inputs as they are.
//!
//! A rule may refuse the thing there. What must not be: a field that is unknown, or one that is missing though the output
//! could say it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use alms_core::wire::{self, Operation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The things, by the names that they have in the schemas: what takes them, and what gives them.
const THINGS: &[(&str, &[&str], &[&str])] = &[
    ("Account", &["AccountFacts"], &["AccountFacts", "LedgerAccount"]),
    ("System", &["SystemFacts"], &["SystemFacts", "CustomerSystem"]),
    ("Subscription", &["Subscription"], &["Subscription"]),
    ("Event", &["SubscriptionEvent"], &["SubscriptionEvent", "RenewalEvent"]),
    ("Partnership", &["Partnership"], &["Partnership"]),
    ("Step", &["PartnershipStep"], &["PartnershipStep"]),
    ("Allocation", &["Allocation"], &["AllocationState"]),
    ("Booking", &["Booking"], &["Booking", "PackRegistration"]),
    ("Product", &["Product"], &["Product"]),
];

/// What an output does not know of its thing, as its input does not say it: the operation and the field.
const UNKNOWN: &[(&str, &str)] = &[
    // The input lists accounts as far as registration asks about them.
    ("reseller.bulk_register", "name"),
    // A directory does not list systems.
    ("accounts.link", "systems"),
    // A ledger of tokens does not know where an account is held.
    ("tokens.replay", "instance"),
    ("tokens.replay", "systems"),
    // These vectors have accounts without an administrator.
    ("accounts.convert", "administrator"),
    ("migration.apply", "administrator"),
    ("migration.apply_reseller", "administrator"),
    ("tokens.replay", "administrator"),
    // The account is around its systems, or nobody said which it is.
    ("accounts.convert", "account"),
    ("migration.apply", "account"),
    ("migration.apply_reseller", "account"),
    ("reseller.bulk_register", "account"),
    ("reseller.customer_systems", "account"),
    ("systems.from_api", "account"),
    ("systems.from_csv", "account"),
    // A term is renewed also where nobody says whose it is.
    ("subscriptions.renew", "serial"),
    // Subscriptions are beside the account.
    ("accounts.convert", "subscriptions"),
    ("accounts.create", "subscriptions"),
    ("accounts.link", "subscriptions"),
    ("migration.apply_reseller", "subscriptions"),
    ("tokens.replay", "subscriptions"),
];

/// A way from the root of a document: the names of fields, and `[]` for the elements of a list.
type Way = Vec<String>;

/// How many things of an output, and how many inputs around them, are tried per pair.
const TRIED: usize = 6;

/// The ways to a definition in a schema, none of them through the definition itself.
fn ways(schema: &Value, names: &[&str]) -> Vec<Way> {
    let mut found = Vec::new();
    look(schema, schema, names, &mut Vec::new(), &mut Vec::new(), &mut found);
    found.sort();
    found.dedup();
    found
}

fn look(
    root: &Value,
    at: &Value,
    names: &[&str],
    way: &mut Way,
    within: &mut Vec<String>,
    found: &mut Vec<Way>,
) {
    if let Some(name) = at.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/"))
    {
        if names.contains(&name) {
            found.push(way.clone());
        } else if !within.iter().any(|one| one == name) {
            within.push(name.to_owned());
            look(root, &root["$defs"][name], names, way, within, found);
            within.pop();
        }
    }
    for (field, schema) in at.get("properties").and_then(Value::as_object).into_iter().flatten() {
        way.push(field.clone());
        look(root, schema, names, way, within, found);
        way.pop();
    }
    if let Some(items) = at.get("items") {
        way.push("[]".to_owned());
        look(root, items, names, way, within, found);
        way.pop();
    }
    for choice in ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| at.get(*key)?.as_array()).flatten() {
        look(root, choice, names, way, within, found);
    }
}

/// The values at a way.
fn at<'v>(value: &'v Value, way: &[String]) -> Vec<&'v Value> {
    match way.split_first() {
        None => vec![value],
        Some((step, rest)) if step == "[]" => {
            value.as_array().into_iter().flatten().flat_map(|item| at(item, rest)).collect()
        }
        Some((step, rest)) => value.get(step).map_or_else(Vec::new, |inner| at(inner, rest)),
    }
}

/// Puts the thing at the first place of the way; whether there is one.
fn put(value: &mut Value, way: &[String], thing: &Value) -> bool {
    match way.split_first() {
        None => {
            *value = thing.clone();
            true
        }
        Some((step, rest)) if step == "[]" => {
            value.as_array_mut().into_iter().flatten().any(|item| put(item, rest, thing))
        }
        Some((step, rest)) => value.get_mut(step).is_some_and(|inner| put(inner, rest, thing)),
    }
}

/// The inputs of the vectors that are answered, by operation, with the answers.
fn answered() -> BTreeMap<String, Vec<(Value, Value)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let mut answered: BTreeMap<String, Vec<(Value, Value)>> = BTreeMap::new();
    let areas = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for area in areas.filter(|area| area.is_dir() && !area.ends_with("outputs")) {
        let mut files: Vec<_> = fs::read_dir(area).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let topic: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            for vector in topic["vectors"].as_array().unwrap() {
                let (operation, Some(input)) = (vector["op"].as_str().unwrap(), vector.get("input")) else {
                    continue;
                };
                if let Ok(answer) = wire::call(operation, &input.to_string()) {
                    let pair = (input.clone(), serde_json::from_str(&answer).unwrap());
                    answered.entry(operation.to_owned()).or_default().push(pair);
                }
            }
        }
    }
    answered
}

/// Up to so many of a list, spread over it.
fn some<T>(list: Vec<T>) -> Vec<T> {
    let step = list.len().div_ceil(TRIED).max(1);
    list.into_iter().step_by(step).collect()
}

/// A place where an operation gives a thing, and examples of it.
struct Given<'a> {
    operation: &'a str,
    things: Vec<Value>,
}

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What an operation gives of a thing, by the ways to it.
fn given<'a>(operation: &'a Operation, names: &[&str], answered: &[(Value, Value)]) -> Vec<Given<'a>> {
    let mut list = Vec::new();
    for way in ways(&schema(operation.output_schema), names) {
        let things: Vec<Value> = answered.iter().flat_map(|(_, answer)| at(answer, &way)).cloned().collect();
        let things = some(things.into_iter().filter(Value::is_object).collect());
        if !things.is_empty() {
            list.push(Given { operation: operation.name, things });
        }
    }
    list
}

/// The complaint about a thing that is no rule's: a field that is unknown, or missing and not among those that its output
/// cannot know.
fn complaint(
    error: &wire::Error,
    thing: &Value,
    operation: &str,
    unused: &mut BTreeSet<(&str, &str)>,
) -> Option<String> {
    let message = error.message();
    if message.contains("is unknown here") {
        return Some(format!("{}: {message}", error.path()));
    }
    let field = message.strip_prefix("the field `")?.strip_suffix("` is missing; add it")?;
    let is_absent = thing.get(field).is_none_or(Value::is_null);
    match UNKNOWN.iter().find(|known| **known == (operation, field)) {
        Some(known) if is_absent => {
            unused.remove(known);
            None
        }
        _ => Some(format!("{}: {message}", error.path())),
    }
}

#[test]
fn what_one_operation_gives_the_others_take() {
    let answered = answered();
    let none = Vec::new();
    let (mut failures, mut pairs) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<(&str, &str)>>::new());
    let mut unused: BTreeSet<(&str, &str)> = UNKNOWN.iter().copied().collect();
    for (thing_name, taken_as, given_as) in THINGS {
        let of = |operation: &'static Operation| {
            given(operation, given_as, answered.get(operation.name).unwrap_or(&none))
        };
        let all_given: Vec<Given<'_>> = wire::operations().iter().flat_map(of).collect();
        for operation in wire::operations() {
            for way in ways(&schema(operation.input_schema), taken_as) {
                let inputs = answered.get(operation.name).unwrap_or(&none).iter().map(|(input, _)| input);
                let inputs = some(inputs.filter(|input| !at(input, &way).is_empty()).collect());
                for given in &all_given {
                    for (input, thing) in
                        inputs.iter().flat_map(|input| given.things.iter().map(move |thing| (*input, thing)))
                    {
                        let mut input = input.clone();
                        assert!(put(&mut input, &way, thing));
                        pairs.entry(thing_name).or_default().insert((given.operation, operation.name));
                        let Err(error) = wire::call(operation.name, &input.to_string()) else { continue };
                        if let Some(complaint) = complaint(&error, thing, given.operation, &mut unused) {
                            failures.insert(format!(
                                "{thing_name}: {} into {}: {complaint}",
                                given.operation, operation.name
                            ));
                        }
                    }
                }
            }
        }
    }
    let list: Vec<&String> = failures.iter().collect();
    assert!(failures.is_empty(), "{} failures\n{list:#?}", failures.len());
    assert_eq!(unused, BTreeSet::new(), "these are known by now: remove them from the table");
    // The accounts that seven operations give go into the thirty or so that take one.
    let counts: BTreeMap<&str, usize> = pairs.iter().map(|(thing, pairs)| (*thing, pairs.len())).collect();
    assert!(counts["Account"] > 150 && counts["Subscription"] > 30, "{counts:?}");
    assert_eq!(counts.len(), THINGS.len(), "a thing that no pair shares: {counts:?}");
}
