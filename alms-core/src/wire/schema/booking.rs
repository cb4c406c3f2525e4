//! The schema of a booking: which fields go with which type.

use crate::tokens::{BookingType, OptionalField};
use crate::wire::doc::booking::fields;
use crate::wire::doc::discount::DiscountDoc;
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, PackCount, Text, YearMonth};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// A booking under the caller's idempotency key.
pub(super) struct BookingSchema;

impl JsonSchema for BookingSchema {
    fn schema_name() -> Cow<'static, str> {
        "Booking".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let types: Vec<Value> = BookingType::ALL.iter().map(|one| of_type(*one, generator)).collect();
        json_schema!({"description": "A booking under the caller's idempotency key.", "oneOf": types})
    }
}

/// A booking of one type, with the fields that it must and may have.
fn of_type(booking_type: BookingType, generator: &mut SchemaGenerator) -> Value {
    let (required, optional) = fields(booking_type);
    let mut properties = Map::new();
    properties.insert("type".to_owned(), json!({"const": booking_type.as_str()}));
    for name in ["key", "on"].iter().chain(required) {
        properties.insert((*name).to_owned(), described(name, leaf(name, generator)));
    }
    for name in optional {
        let schema = json!({"anyOf": [leaf(name, generator), {"type": "null"}]});
        properties.insert((*name).to_owned(), described(name, schema));
    }
    let required: Vec<&str> = ["key", "on", "type"].iter().chain(required).copied().collect();
    json!({
        "description": booking_type.meaning(),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false
    })
}

/// The schema of a field by its name.
fn leaf(name: &str, generator: &mut SchemaGenerator) -> Value {
    let schema = match name {
        "on" => Day::json_schema(generator),
        "month" => YearMonth::json_schema(generator),
        "packs" => PackCount::json_schema(generator),
        "peak" => <Natural<'_>>::json_schema(generator),
        "tokens" => <Count<'_>>::json_schema(generator),
        "discount" => <DiscountDoc<'_>>::json_schema(generator),
        "clear" => <Vec<Choice<'_, OptionalField>>>::json_schema(generator),
        "model" => <Text<'_>>::json_schema(generator),
        _ => Id::json_schema(generator),
    };
    schema.to_value()
}

fn described(name: &str, mut schema: Value) -> Value {
    let description = match name {
        "key" => "The idempotency key.",
        "on" => "The day it was entered.",
        "po_number" => "The purchase order.",
        "partner" => "The partner's UID.",
        "customer" | "customer_uid" => "The customer's UID.",
        "customer_name" => "The customer's exact name.",
        "customer_admin" => "The e-mail address of one of the customer's administrators.",
        "packs" => "How many Service Packs.",
        "product" => "The article as the order names it; the vendor's number where absent.",
        "discount" => "What is taken off the list price of the order.",
        "clear" => "The optional fields that are emptied.",
        "tokens" => "How many tokens.",
        "reason" => "Why the vendor takes them back.",
        "account" => "The account's UID.",
        "serial" => "The system.",
        "model" => "Its model.",
        "month" => "The month.",
        "peak" => "The most systems that were activated at once.",
        _ => "The key of an order or transfer of the same month.",
    };
    if let Value::Object(object) = &mut schema {
        object.insert("description".to_owned(), description.into());
    }
    schema
}
