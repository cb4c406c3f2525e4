use super::ErrorCode;
use crate::rule::RuleId;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// An error in the wire form: what went wrong, where, by which rule, and what to do.
///
/// ```
/// let error = alms_core::wire::call("calendar.add_months", r#"{"date": "2023-02-30", "months": 1}"#).unwrap_err();
/// assert_eq!(error.code(), "invalid_input");
/// assert_eq!(error.path(), "date");
/// assert!(error.message().contains("`2023-02-30`"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    code: ErrorCode,
    rule: Option<RuleId>,
    path: String,
    message: String,
    context: Map<String, Value>,
}

impl Error {
    pub(super) fn new(code: ErrorCode, message: impl fmt::Display) -> Self {
        Self { code, rule: None, path: String::new(), message: message.to_string(), context: Map::new() }
    }

    pub(super) fn invalid_input(message: impl fmt::Display) -> Self {
        Self::new(ErrorCode::InvalidInput, message)
    }

    pub(super) fn by_rule(self, rule: RuleId) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Adds a value that a program may want to read without taking the message apart.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.context.insert(name.to_owned(), value.into());
        self
    }

    /// Places the error inside the field `name` of the document that holds it.
    pub(super) fn at(mut self, name: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{separator}{}", self.path);
        self
    }

    /// Places the error where another document has what its path names.
    pub(super) fn replaced(mut self, place: impl Fn(&str) -> String) -> Self {
        self.path = place(&self.path);
        self
    }

    /// Places the error inside an element of a list.
    pub(super) fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// The parts that a document keeps which has a place of its own for the others.
    #[cfg(feature = "files")]
    pub(super) fn into_code_and_context(self) -> (ErrorCode, Map<String, Value>) {
        (self.code, self.context)
    }

    /// The stable code, in `snake_case`; the list of all codes is in `docs/errors.md`.
    pub const fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// The rule behind the error; `None` where the input is malformed.
    pub const fn rule(&self) -> Option<RuleId> {
        self.rule
    }

    /// Where in the input, such as `account.systems[3].state`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// One sentence for a person, with the offending value in backticks and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Values of the message for programs, such as the names that would have been allowed.
    pub const fn context(&self) -> &Map<String, Value> {
        &self.context
    }

    /// The error object as JSON.
    pub fn to_json(&self) -> String {
        // Strings and maps of strings always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Error", 5)?;
        object.serialize_field("code", self.code())?;
        object.serialize_field("rule", &self.rule.map(RuleId::as_str))?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("context", &self.context)?;
        object.end()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for Error {}

/// Puts the errors of a part into their place in the whole.
pub(super) trait Located<T> {
    /// Inside the field `name`.
    fn at(self, name: &str) -> Result<T, Error>;
    /// Inside the element `index`.
    fn at_index(self, index: usize) -> Result<T, Error>;
}

impl<T, E: Into<Error>> Located<T> for Result<T, E> {
    fn at(self, name: &str) -> Result<T, Error> {
        self.map_err(|error| error.into().at(name))
    }

    fn at_index(self, index: usize) -> Result<T, Error> {
        self.map_err(|error| error.into().at_index(index))
    }
}

/// The user's value for a message: shortened to what a person can still take in.
pub(super) fn shown(value: &str) -> String {
    const CHARS_MAX: usize = 60;
    match value.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}
