//! The definitions in the schemas of all operations: each one once, and once more where what is read differs from what
//! is written.

use std::collections::{BTreeMap, BTreeSet};

use alms_core::wire::schema;
use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

/// Definitions that share a name in the schemas, by the document in which they have another.
const RENAMED: &[(&str, &str, &str)] = &[("CustomersRequest", "SortKey", "CustomerSortKey")];

/// What goes in, or what comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Input,
    Output,
}

/// The two forms of a definition.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) input: Option<Value>,
    pub(super) output: Option<Value>,
    /// Whether the two differ, in themselves or in what they refer to.
    pub(super) differs: bool,
}

/// All definitions by name.
#[derive(Debug, Default)]
pub(super) struct Definitions(pub(super) BTreeMap<String, Definition>);

impl Definitions {
    /// From the schemas of all operations.
    pub(super) fn collect() -> Result<Self> {
        let mut definitions = Self::default();
        for schemas in schema::all() {
            definitions.add_document(schemas.input.as_value(), Side::Input)?;
            definitions.add_document(schemas.output.as_value(), Side::Output)?;
        }
        definitions.compare();
        Ok(definitions)
    }

    fn add_document(&mut self, schema: &Value, side: Side) -> Result<()> {
        let (title, root) = root(schema);
        self.add(&title, renamed(&title, root), side)?;
        self.add_views(schema, side)?;
        for (name, definition) in parts(schema) {
            self.add(&new_name(&title, name), renamed(&title, definition.clone()), side)?;
        }
        Ok(())
    }

    /// The views of things that have one shape: a reference to it with a title, and the fields that have to be there.
    fn add_views(&mut self, schema: &Value, side: Side) -> Result<()> {
        match schema {
            Value::Object(fields) => {
                if let (Some(shape), Some(Value::String(title))) = (fields.get("$ref"), fields.get("title")) {
                    let required = fields.get("required").cloned().unwrap_or_else(|| json!([]));
                    self.add(title, json!({"$ref": shape, "required": required}), side)?;
                }
                fields.values().try_for_each(|value| self.add_views(value, side))
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.add_views(item, side)),
            _ => Ok(()),
        }
    }

    fn add(&mut self, name: &str, schema: Value, side: Side) -> Result<()> {
        let definition = self.0.entry(name.to_owned()).or_default();
        let form = match side {
            Side::Input => &mut definition.input,
            Side::Output => &mut definition.output,
        };
        if form.as_ref().is_some_and(|known| *known != schema) {
            bail!("two documents are called {name}; rename one of them");
        }
        *form = Some(schema);
        Ok(())
    }

    /// Marks those whose two forms differ, until what they refer to is taken into account.
    fn compare(&mut self) {
        loop {
            let differing: BTreeSet<String> =
                self.0.iter().filter(|(_, one)| one.differs).map(|(name, _)| name.clone()).collect();
            let before = differing.len();
            for definition in self.0.values_mut() {
                let (Some(input), Some(output)) = (&definition.input, &definition.output) else { continue };
                definition.differs = input != output || !references(input).is_disjoint(&differing);
            }
            if self.0.values().filter(|one| one.differs).count() == before {
                return;
            }
        }
    }

    /// A schema without its definitions, and the keys under which [`Self::all`] has them.
    pub(super) fn split(&self, schema: &Value, side: Side) -> Result<Value> {
        let title = root(schema).0;
        let mut document = schema.clone();
        let Some(fields) = document.as_object_mut() else { bail!("the schema {title} is no object") };
        fields.remove("$defs");
        let definitions: Map<String, Value> = parts(schema)
            .map(|(name, _)| (name.clone(), Value::from(self.key(&new_name(&title, name), side))))
            .collect();
        Ok(json!({"schema": document, "definitions": definitions}))
    }

    /// Every definition as it stands in the schemas.
    pub(super) fn all(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for schemas in schema::all() {
            for (schema, side) in [(&schemas.input, Side::Input), (&schemas.output, Side::Output)] {
                let title = root(schema.as_value()).0;
                for (name, definition) in parts(schema.as_value()) {
                    all.insert(self.key(&new_name(&title, name), side), definition.clone());
                }
            }
        }
        all
    }

    fn key(&self, name: &str, side: Side) -> String {
        let differs = self.0.get(name).is_some_and(|definition| definition.input != definition.output);
        if differs && side == Side::Input { format!("{name}<") } else { name.to_owned() }
    }
}

/// The title of a document, and its schema as one definition among others.
fn root(schema: &Value) -> (String, Value) {
    let title = schema.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut root = schema.clone();
    if let Some(fields) = root.as_object_mut() {
        for keyword in ["$schema", "title", "$defs"] {
            fields.remove(keyword);
        }
    }
    (title, root)
}

fn parts(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("$defs").and_then(Value::as_object).into_iter().flatten()
}

/// The name of a definition that the document `title` calls `name`.
fn new_name(title: &str, name: &str) -> String {
    let found = RENAMED.iter().find(|(document, old, _)| *document == title && *old == name);
    found.map_or(name, |(_, _, new)| new).to_owned()
}

/// The schema with references to the new names.
fn renamed(title: &str, mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                let reference = if key == "$ref" { reference(value) } else { None };
                *value = match reference {
                    Some(name) => format!("{REFERENCE}{}", new_name(title, name)).into(),
                    None => renamed(title, value.take()),
                };
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = renamed(title, item.take())),
        _ => {}
    }
    schema
}

const REFERENCE: &str = "#/$defs/";

/// The name that a `$ref` refers to.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix(REFERENCE)
}

/// The names that a schema refers to.
fn references(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(reference).map(str::to_owned);
            fields.values().flat_map(references).chain(own).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}
