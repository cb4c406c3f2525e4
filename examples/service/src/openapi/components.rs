//! The schemas of all documents, by name.
//!
//! What the library reads and what it writes are different schemas under one name, since in an answer every field is
//! there: what is read is called `…Input`.

use super::{of_operation, of_type};
use crate::documents::{
    AccountState, ConsentRequest, Health, PlanRequest, PlanState, StoredBooking, SystemsChange,
};
use crate::problem::Content;
use serde_json::{Map, Value, json};

/// The operations whose inputs hold what the service reads.
const INPUTS: [&str; 3] = ["migration.apply", "migration.plan", "tokens.preview"];

/// The operations whose outputs hold what the service writes.
const OUTPUTS: [&str; 4] = ["migration.apply", "migration.plan", "reseller.customers", "tokens.preview"];

/// A text without U+0000.
pub(super) const STORED: &str = "^[^\\u0000]*$";

/// Every component.
pub(super) fn all() -> Value {
    let mut components = Map::new();
    for schemas in INPUTS.iter().filter_map(|name| of_operation(name)) {
        add_definitions(&mut components, &storable(schemas.input.as_value().clone()), "Input");
    }
    if let Some(plan) = of_operation("migration.plan").map(|schemas| schemas.input.as_value()) {
        for (title, name) in [("Account", "AccountInput"), ("System", "SystemInput")] {
            let Some(mut view) = view(plan, title).cloned() else { continue };
            if title == "Account" {
                require_tokens(&mut view);
            }
            components.insert(name.to_owned(), relocated(storable(view), "Input"));
        }
    }
    let applied = of_operation("migration.apply").map(|schemas| schemas.output.as_value());
    if let Some(account) = applied.and_then(|applied| view(applied, "Account")) {
        components.insert("Account".to_owned(), relocated(account.clone(), ""));
    }
    for schemas in OUTPUTS.iter().filter_map(|name| of_operation(name)) {
        let root = schemas.output.as_value();
        add_definitions(&mut components, root, "");
        let title = root.get("title").and_then(Value::as_str).unwrap_or(schemas.operation);
        let mut root = root.clone();
        if let Value::Object(fields) = &mut root {
            for name in ["$defs", "$schema", "title"] {
                fields.remove(name);
            }
        }
        components.insert(title.to_owned(), relocated(root, ""));
    }
    for (name, schema) in [
        ("AccountState", of_type::<AccountState<'_>>(false)),
        ("Consent", storable(of_type::<ConsentRequest<'_>>(true))),
        ("Error", of_type::<Content>(false)),
        ("Health", of_type::<Health>(false)),
        ("PlanRequest", storable(of_type::<PlanRequest<'_>>(true))),
        ("PlanState", of_type::<PlanState<'_>>(false)),
        ("StoredBooking", of_type::<StoredBooking<'_>>(false)),
        ("SystemsChange", storable(of_type::<SystemsChange<'_>>(true))),
    ] {
        components.insert(name.to_owned(), schema);
    }
    Value::Object(components)
}

/// The definitions beside a document, each under its name and the suffix.
fn add_definitions(components: &mut Map<String, Value>, root: &Value, suffix: &str) {
    let definitions = root.get("$defs").and_then(Value::as_object);
    for (name, schema) in definitions.into_iter().flatten() {
        components.insert(format!("{name}{suffix}"), relocated(schema.clone(), suffix));
    }
}

/// What a document asks of a thing, which has one shape everywhere: the view with this title.
fn view<'s>(schema: &'s Value, title: &str) -> Option<&'s Value> {
    match schema {
        Value::Object(fields) if fields.get("title").is_some_and(|name| name == title) => Some(schema),
        Value::Object(fields) => fields.values().find_map(|value| view(value, title)),
        Value::Array(list) => list.iter().find_map(|value| view(value, title)),
        _ => None,
    }
}

/// The library takes an account without its tokens where a ledger comes with it; here an account comes alone.
fn require_tokens(account: &mut Value) {
    if let Some(Value::Array(required)) = account.get_mut("required") {
        required.push("tokens".into());
    }
    if let Some(Value::Object(fields)) = account.get_mut("properties") {
        fields.insert("tokens".to_owned(), json!({"type": "integer"}));
    }
}

/// A schema whose texts do without the character that the database does not store; the library takes any.
fn storable(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => {
            // What has a pattern already allows a few characters only.
            let is_text = match fields.get("type") {
                Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
                kind => kind.is_some_and(|kind| kind == "string"),
            };
            let is_free = is_text && !fields.contains_key("pattern");
            let stored = fields.into_iter().map(|(name, value)| (name, storable(value)));
            let pattern = is_free.then(|| ("pattern".to_owned(), STORED.into()));
            Value::Object(stored.chain(pattern).collect())
        }
        Value::Array(list) => list.into_iter().map(storable).collect(),
        other => other,
    }
}

/// A schema whose references lead to the components.
fn relocated(schema: Value, suffix: &str) -> Value {
    match schema {
        Value::Object(fields) => {
            let moved = fields.into_iter().map(|(name, value)| match (name.as_str(), &value) {
                ("$ref", Value::String(reference)) => {
                    let target = reference.trim_start_matches("#/$defs/");
                    (name, Value::String(format!("#/components/schemas/{target}{suffix}")))
                }
                _ => (name, relocated(value, suffix)),
            });
            Value::Object(moved.collect())
        }
        Value::Array(list) => list.into_iter().map(|value| relocated(value, suffix)).collect(),
        other => other,
    }
}
