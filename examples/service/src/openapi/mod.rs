//! The description of the service (OpenAPI 3.1), made from the types that it reads and writes.
//!
//! No schema is written here: those of the library's documents are the library's own, which it makes from its types; those
//! of the service come from `documents` in the same way.

mod components;
mod examples;
mod paths;

use alms_core::wire::schema::{self, Schemas};
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};
use std::sync::LazyLock;

static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
static LIBRARY: LazyLock<Vec<Schemas>> = LazyLock::new(schema::all);

/// The description as JSON.
pub fn text() -> String {
    TEXT.clone()
}

/// The description.
fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "alms-service",
            "version": env!("CARGO_PKG_VERSION"),
            "description": env!("CARGO_PKG_DESCRIPTION"),
            "license": {"name": env!("CARGO_PKG_LICENSE")},
        },
        "servers": [{"url": "/"}],
        "paths": paths::all(),
        "components": {"schemas": components::all()},
    })
}

/// The schemas of an operation of the library.
fn of_operation(name: &str) -> Option<&'static Schemas> {
    LIBRARY.iter().find(|schemas| schemas.operation == name)
}

/// The schema of a field of an operation's input, or of one of the definitions beside it.
pub(crate) fn of_field(operation: &str, definition: Option<&str>, field: &str) -> Schema {
    let input = of_operation(operation).map(|schemas| schemas.input.as_value());
    let place = definition.map_or_else(String::new, |name| format!("/$defs/{name}"));
    let found = input.and_then(|input| input.pointer(&format!("{place}/properties/{field}")));
    found.and_then(|schema| Schema::try_from(schema.clone()).ok()).unwrap_or_else(|| json_schema!(true))
}

/// The schema of one of the service's types.
fn of_type<T: JsonSchema>(reads: bool) -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let settings = if reads { settings.for_deserialize() } else { settings.for_serialize() };
    let settings = settings.with(|settings| {
        settings.meta_schema = None;
        settings.inline_subschemas = true;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The texts under every `$ref` in a document.
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(reference)) = object.get("$ref") {
                    found.insert(reference.clone());
                }
                object.values().for_each(|value| references(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.len() > 20, "{found:?}");
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn fields_of_the_library_are_found() {
        for (operation, definition, field) in [
            ("migration.plan", None, "on"),
            ("migration.apply", Some("Consent"), "by"),
            ("reseller.customers", None, "on"),
            ("reseller.customers", Some("CustomerFilter"), "name"),
            ("reseller.customers", Some("SortKey"), "by"),
        ] {
            assert!(of_field(operation, definition, field).as_object().is_some(), "{operation} {field}");
        }
    }
}
