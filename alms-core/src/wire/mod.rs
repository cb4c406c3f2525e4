//! The wire form: one JSON document in, one out.

/// An operation's description.
#[derive(Debug)]
pub struct Operation {
    /// The name, such as `migration.plan`.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// JSON Schema (draft 2020-12) of the input, as JSON text.
    pub input_schema: &'static str,
    /// JSON Schema (draft 2020-12) of the output, as JSON text.
    pub output_schema: &'static str,
}

/// All operations.
pub fn operations() -> &'static [Operation] { &[] }

/// An error in the wire form.
#[derive(Debug)]
pub struct Error {
    message: String,
}
impl Error {
    /// The error object as JSON: code, rule, path, message, context.
    pub fn to_json(&self) -> String { self.message.clone() }
}

/// Runs the operation `op` on the JSON document `input`.
pub fn call(op: &str, _input: &str) -> Result<String, Error> {
    Err(Error { message: format!("unknown operation `{op}`") })
}
