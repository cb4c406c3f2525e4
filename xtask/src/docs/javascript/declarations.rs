//! `operations.d.ts`: the documents, the functions and the table of operations, as TypeScript knows them.

use alms_core::rule::RuleId;
use alms_core::wire::{self, schema};
use anyhow::{Result, ensure};
use serde_json::Value;

use super::comment::comment;
use super::definitions::{Definitions, Side, reference};
use super::functions::Function;
use super::names::Names;
use super::types::{Types, documentation};
use super::{GENERATED, camel_case, capitalised, function_of, property};
use crate::bless;
use crate::workspace::Workspace;

const LEAVES: &str = r#"
/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [field: string]: Json;
}

/** One shape of a thing, of which certain fields have to be there. */
export type Needs<Thing, Fields extends keyof Thing> = Omit<Thing, Fields> & {
  readonly [Field in Fields]-?: NonNullable<Thing[Field]>;
};

/** A day as `YYYY-MM-DD`, from `1900-01-01` to `9999-12-31`. */
export type CivilDate = string;

/** A calendar month as `YYYY-MM`. */
export type YearMonth = string;

/** An exact decimal, such as `"20.00"`: a text, as a number would be a float. */
export type DecimalText = string;

/** An error in the wire form. */
export interface AlmsErrorObject<Code = ErrorCode> {
  /** Stable: what programs compare. */
  readonly code: Code;
  /** The rule of the rulebook behind it; null where the input itself is malformed. */
  readonly rule: RuleId | null;
  /** Where in the input, such as `bookings[3]`; empty for the whole document. */
  readonly path: string;
  /** One sentence for people: the offending value and what to do about it. */
  readonly message: string;
  /** The figures behind the message, by name. */
  readonly context: JsonObject;
}
"#;

/// The file.
pub(super) fn text(workspace: &Workspace) -> Result<String> {
    let types = Types { definitions: Definitions::collect()?, names: Names::all()? };
    let functions = functions(&types, workspace)?;
    let documents = documents(&types)?;
    let enumerations = types.names.declarations(|name| {
        ["ErrorCode", "RuleId"].contains(&name) || is_used(name, &functions) || is_used(name, &documents)
    });
    Ok(format!("{GENERATED}{functions}{}{LEAVES}{enumerations}{documents}", table(&types)?))
}

/// Whether a text has this word.
fn is_used(word: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|found| found == word)
}

/// A declaration for every operation.
fn functions(types: &Types, workspace: &Workspace) -> Result<String> {
    let rules = bless::rules_by_operation(workspace)?;
    let mut text = String::new();
    for (operation, schemas) in wire::operations().iter().zip(schema::all()) {
        let function = function_of(operation.name)?;
        let (input, output) = (schemas.input.as_value(), schemas.output.as_value());
        let rules = rules.get(operation.name).copied().unwrap_or_default();
        let rules: Vec<&str> = rules.iter().map(RuleId::as_str).collect();
        let mut paragraphs = vec![
            operation.summary.to_owned(),
            String::new(),
            format!("The operation `{}`. Rules: {}.", operation.name, rules.join(", ")),
            String::new(),
        ];
        let (parameters, lines) = parameters(types, function, input)?;
        paragraphs.extend(lines);
        let (result, line) = result(types, function, output)?;
        paragraphs.extend(line);
        paragraphs.push("@throws {AlmsError} What a rule refuses, and input that is malformed.".to_owned());
        let name = function.name;
        let comment = comment("", &paragraphs);
        let one_line = format!("export function {name}({}): {result};", parameters.join(", "));
        let declaration = if one_line.len() > 110 {
            format!("export function {name}(\n  {},\n): {result};", parameters.join(",\n  "))
        } else {
            one_line
        };
        text.push_str(&format!("\n{comment}{declaration}\n"));
    }
    Ok(text)
}

/// The parameters of a function, and what its comment says about them.
fn parameters(types: &Types, function: &Function, input: &Value) -> Result<(Vec<String>, Vec<String>)> {
    let (mut parameters, mut lines) = (Vec::new(), Vec::new());
    for argument in function.arguments {
        let schema = property(input, argument)?;
        ensure!(is_required(input, argument), "`{argument}` of {} can be absent", function.operation);
        let name = camel_case(argument);
        parameters.push(format!("{name}: {}", types.of(schema, Side::Input)?));
        lines.push(format!("@param {name} {}", documentation(schema).join(" ")));
    }
    let all = input.get("properties").and_then(Value::as_object);
    let others: Vec<_> =
        all.into_iter().flatten().filter(|(name, _)| !function.arguments.contains(&name.as_str())).collect();
    if others.is_empty() {
        return Ok((parameters, lines));
    }
    let request = types.name(input.get("title").and_then(Value::as_str).unwrap_or_default(), Side::Input);
    let omitted: Vec<String> = function.arguments.iter().map(|argument| format!("\"{argument}\"")).collect();
    let of = if omitted.is_empty() { request } else { format!("Omit<{request}, {}>", omitted.join(" | ")) };
    let optional = if others.iter().any(|(name, _)| is_required(input, name)) { "" } else { "?" };
    parameters.push(format!("options{optional}: {of}"));
    let each: Vec<String> = others
        .iter()
        .map(|(name, schema)| format!("`{name}`: {}", documentation(schema).join(" ")))
        .collect();
    lines.push(format!("@param options {}", each.join(" ")));
    Ok((parameters, lines))
}

/// What a function returns, and what its comment says about it.
fn result(types: &Types, function: &Function, output: &Value) -> Result<(String, Option<String>)> {
    let Some(field) = function.takes else {
        let title = output.get("title").and_then(Value::as_str).unwrap_or_default();
        let of = types.name(title, Side::Output);
        let description = output.get("description").and_then(Value::as_str).unwrap_or_default();
        // Where there is nothing to say but that it is the output.
        let says_more = !description.starts_with("Output of") || description.contains(": ");
        return Ok((of, says_more.then(|| format!("@returns {description}"))));
    };
    let count = output.get("properties").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    ensure!(count == 1, "the answer of {} has {count} fields; return all of it", function.operation);
    let schema = property(output, field)?;
    Ok((types.of(schema, Side::Output)?, Some(format!("@returns {}", documentation(schema).join(" ")))))
}

fn is_required(schema: &Value, field: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|names| names.iter().any(|name| name == field))
}

/// The operations by name, with their documents, for `call`.
fn table(types: &Types) -> Result<String> {
    let mut text = "\n/** The documents of every operation. */\nexport interface Operations {\n".to_owned();
    for (operation, schemas) in wire::operations().iter().zip(schema::all()) {
        let name = |schema: &schemars::Schema, side| {
            types.name(schema.get("title").and_then(Value::as_str).unwrap_or_default(), side)
        };
        let (input, output) = (name(&schemas.input, Side::Input), name(&schemas.output, Side::Output));
        text.push_str(&comment("  ", &[operation.summary.to_owned()]));
        text.push_str(&format!(
            "  readonly \"{}\": {{ readonly input: {input}; readonly output: {output} }};\n",
            operation.name
        ));
    }
    Ok(text + "}\n\n/** The name of an operation. */\nexport type OperationName = keyof Operations;\n")
}

/// The documents and their parts.
fn documents(types: &Types) -> Result<String> {
    let mut text = String::new();
    for (name, definition) in &types.definitions.0 {
        let (input, output) = (definition.input.as_ref(), definition.output.as_ref());
        match (input, output) {
            (Some(input), Some(output)) if definition.differs => {
                text.push_str(&document(types, name, output, Side::Output)?);
                text.push_str(&document(types, name, input, Side::Input)?);
            }
            // Where both are the same, either will do.
            (_, Some(output)) => text.push_str(&document(types, name, output, Side::Output)?),
            (Some(input), None) => text.push_str(&document(types, name, input, Side::Input)?),
            (None, None) => {}
        }
    }
    Ok(text)
}

fn document(types: &Types, name: &str, schema: &Value, side: Side) -> Result<String> {
    let declared = types.name(name, side);
    let mut text = format!("\n{}", comment("", &documentation(schema)));
    let Some(fields) = schema.as_object() else { return Ok(text) };
    if let Some(variants) = fields.get("oneOf").and_then(Value::as_array) {
        let mut names = Vec::new();
        let mut parts = String::new();
        for variant in variants {
            let variant_name = variant_name(name, variant);
            parts.push_str(&document(types, &variant_name, variant, side)?);
            names.push(variant_name);
        }
        text.push_str(&format!("export type {declared} =\n  | {};\n{parts}", names.join("\n  | ")));
    } else if fields.contains_key("properties") || fields.get("type") == Some(&Value::from("object")) {
        text.push_str(&format!("export interface {declared} {{\n{}}}\n", types.members(fields, side, "  ")?));
    } else {
        text.push_str(&format!("export type {declared} = {};\n", types.of(schema, side)?));
    }
    Ok(text)
}

/// `OrderBooking`: the booking whose `type` is `order`.
fn variant_name(name: &str, variant: &Value) -> String {
    if let Some(reference) = variant.get("$ref").and_then(reference) {
        return reference.to_owned();
    }
    let kind = variant.pointer("/properties/type/const").and_then(Value::as_str).unwrap_or_default();
    kind.split('_').map(capitalised).collect::<String>() + name
}
