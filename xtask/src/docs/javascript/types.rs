//! A type for a schema.

use alms_core::wire::schema;
use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::comment::comment;
use super::definitions::{Definitions, Side, reference};
use super::names::Names;

/// Counts without limits of their own have these.
const COUNT_MAX: i64 = 1_000_000_000_000_000;

/// What is needed to say the type of a schema.
#[derive(Debug)]
pub(super) struct Types {
    pub(super) definitions: Definitions,
    pub(super) names: Names,
}

impl Types {
    /// The name of a definition on one side.
    pub(super) fn name(&self, name: &str, side: Side) -> String {
        let differs = self.definitions.0.get(name).is_some_and(|one| one.differs);
        if differs && side == Side::Input { format!("{name}Input") } else { name.to_owned() }
    }

    /// The type of a schema.
    pub(super) fn of(&self, schema: &Value, side: Side) -> Result<String> {
        let Some(fields) = schema.as_object() else { bail!("`{schema}` is no schema") };
        if let Some(name) = fields.get("$ref").and_then(reference) {
            if let Some(view) = fields.get("title").and_then(Value::as_str) {
                return Ok(self.name(view, side));
            }
            let (name, needed) = (self.name(name, side), strings(fields.get("required")));
            let needed: Vec<String> = needed.map(|field| format!("\"{field}\"")).collect();
            return Ok(if needed.is_empty() {
                name
            } else {
                format!("Needs<{name}, {}>", needed.join(" | "))
            });
        }
        if let Some(value) = fields.get("const") {
            return Ok(value.to_string());
        }
        if let Some(values) = fields.get("enum").and_then(Value::as_array) {
            return Ok(self.one_of(values));
        }
        if let Some(variants) = fields.get("anyOf").or_else(|| fields.get("oneOf")).and_then(Value::as_array)
        {
            let variants: Result<Vec<_>> = variants.iter().map(|variant| self.of(variant, side)).collect();
            return Ok(variants?.join(" | "));
        }
        match fields.get("type") {
            Some(Value::String(name)) => self.of_type(name, fields, side),
            Some(Value::Array(names)) => {
                let one = |name: &Value| self.of_type(name.as_str().unwrap_or_default(), fields, side);
                Ok(names.iter().map(one).collect::<Result<Vec<_>>>()?.join(" | "))
            }
            None if fields.keys().all(|key| key == "description") => Ok("Json".to_owned()),
            _ => bail!("no type is known for `{schema}`"),
        }
    }

    fn of_type(&self, name: &str, fields: &Map<String, Value>, side: Side) -> Result<String> {
        Ok(match name {
            "null" | "boolean" => name.to_owned(),
            "integer" => "number".to_owned(),
            "string" => text(fields).to_owned(),
            "array" => self.list(fields, side)?,
            "object" => self.object(fields, side)?,
            _ => bail!("no type is known for `{name}`"),
        })
    }

    fn one_of(&self, values: &[Value]) -> String {
        let texts: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let named = self.names.find(&texts).map(str::to_owned);
        let literals = || texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
        let null = if texts.len() < values.len() { " | null" } else { "" };
        named.unwrap_or_else(literals) + null
    }

    fn list(&self, fields: &Map<String, Value>, side: Side) -> Result<String> {
        let item = self.of(fields.get("items").context("a list has items")?, side)?;
        let length = |keyword: &str| fields.get(keyword).and_then(Value::as_u64);
        Ok(match (length("minItems"), length("maxItems")) {
            (Some(min), Some(max)) if min == max => {
                let items = vec![item.as_str(); usize::try_from(max)?];
                format!("readonly [{}]", items.join(", "))
            }
            _ if item.contains(" | ") => format!("readonly ({item})[]"),
            _ => format!("readonly {item}[]"),
        })
    }

    fn object(&self, fields: &Map<String, Value>, side: Side) -> Result<String> {
        if let Some(items) = fields.get("additionalProperties").filter(|value| value.is_object()) {
            return Ok(format!("{{ readonly [name: string]: {} }}", self.of(items, side)?));
        }
        let Some(properties) = fields.get("properties").and_then(Value::as_object) else {
            return Ok("JsonObject".to_owned());
        };
        if properties.keys().eq(["code", "context", "message", "path", "rule"]) {
            // The codes of bulk registration say more than those of errors.
            let code = self.of(property(properties, "code")?, side)?;
            return Ok(if code == "ErrorCode" {
                "AlmsErrorObject".to_owned()
            } else {
                format!("AlmsErrorObject<{code}>")
            });
        }
        let inline = self.members(fields, side, "")?;
        Ok(format!("{{ {} }}", inline.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The members of an object type, a line each, with their comments.
    pub(super) fn members(&self, fields: &Map<String, Value>, side: Side, indent: &str) -> Result<String> {
        let required: Vec<&str> = strings(fields.get("required")).collect();
        let mut members = String::new();
        for (name, schema) in fields.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let of = self.of(schema, side)?;
            members.push_str(&comment(indent, &documentation(schema)));
            // What is undefined is absent, in a request.
            let (mark, undefined) = match (required.contains(&name.as_str()), side) {
                (true, _) => ("", ""),
                (false, Side::Input) => ("?", " | undefined"),
                (false, Side::Output) => ("?", ""),
            };
            members.push_str(&format!("{indent}readonly {name}{mark}: {of}{undefined};\n"));
        }
        Ok(members)
    }
}

/// What the description and the limits of a schema say.
pub(super) fn documentation(schema: &Value) -> Vec<String> {
    let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let text = format!("{} {}", description.replace("\n\n", " "), limits(schema)).trim().to_owned();
    let deprecated = schema.get("deprecated").and_then(Value::as_bool) == Some(true);
    let mut paragraphs = if text.is_empty() { Vec::new() } else { vec![text] };
    paragraphs.extend(deprecated.then(|| "@deprecated".to_owned()));
    paragraphs
}

/// Limits that are not those of every number, text or list.
fn limits(schema: &Value) -> String {
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
    match (number("minimum"), number("maximum")) {
        (Some(min), Some(max)) if min == -COUNT_MAX && max == COUNT_MAX => String::new(),
        (Some(min), Some(max)) if max == COUNT_MAX => format!("At least {min}."),
        (Some(min), Some(max)) if min == -COUNT_MAX => format!("At most {max}."),
        (Some(min), Some(max)) => format!("From {min} to {max}."),
        _ if number("minItems") == Some(1) => "At least one.".to_owned(),
        _ => String::new(),
    }
}

/// What a text holds.
fn text(fields: &Map<String, Value>) -> &'static str {
    let keyword = |name: &str| fields.get(name).and_then(Value::as_str);
    match (keyword("format"), keyword("pattern")) {
        (Some("date"), _) => "CivilDate",
        (_, Some(schema::MONTH)) => "YearMonth",
        (_, Some(pattern)) if pattern.contains("[.]") || pattern.contains("\\.") => "DecimalText",
        _ => "string",
    }
}

fn property<'a>(properties: &'a Map<String, Value>, name: &str) -> Result<&'a Value> {
    properties.get(name).with_context(|| format!("there is no field `{name}`"))
}

fn strings(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
