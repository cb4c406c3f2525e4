use super::ErrorCode;
use crate::json::{ContextValue, Fault};
use crate::rule::RuleId;
pub(super) use alms_json::shown;
use alms_json::{Json, Write, to_text};
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
pub struct Error(Box<Content>);

/// What an error says. It stands elsewhere: errors are rare, and every result that may hold one stays small.
#[derive(Debug, Clone, PartialEq)]
struct Content {
    code: ErrorCode,
    rule: Option<RuleId>,
    path: String,
    message: String,
    context: Map<String, Value>,
}

impl Error {
    pub(super) fn new(code: ErrorCode, message: impl fmt::Display) -> Self {
        let (path, message, context) = (String::new(), message.to_string(), Map::new());
        Self(Box::new(Content { code, rule: None, path, message, context }))
    }

    pub(super) fn invalid_input(message: impl fmt::Display) -> Self {
        Self::new(ErrorCode::InvalidInput, message)
    }

    pub(super) fn by_rule(mut self, rule: RuleId) -> Self {
        self.0.rule = Some(rule);
        self
    }

    /// Adds a value that a program may want to read without taking the message apart.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.context.insert(name.to_owned(), value.into());
        self
    }

    /// Places the error inside the field `name` of the document that holds it.
    pub(super) fn at(mut self, name: &str) -> Self {
        let separator = if self.0.path.is_empty() || self.0.path.starts_with('[') { "" } else { "." };
        self.0.path = format!("{name}{separator}{}", self.0.path);
        self
    }

    /// Places the error where another document has what its path names.
    pub(super) fn replaced(mut self, place: impl Fn(&str) -> String) -> Self {
        self.0.path = place(&self.0.path);
        self
    }

    /// Places the error inside an element of a list.
    pub(super) fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// The parts that a document keeps which has a place of its own for the others.
    #[cfg(feature = "files")]
    pub(super) fn into_code_and_context(self) -> (ErrorCode, Map<String, Value>) {
        (self.0.code, self.0.context)
    }

    /// The code by itself.
    pub(super) const fn error_code(&self) -> ErrorCode {
        self.0.code
    }

    /// The stable code, in `snake_case`; the list of all codes is in `docs/errors.md`.
    pub const fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// The rule behind the error; `None` where the input is malformed.
    pub const fn rule(&self) -> Option<RuleId> {
        self.0.rule
    }

    /// Where in the input, such as `account.systems[3].state`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence for a person, with the offending value in backticks and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Values of the message for programs, such as the names that would have been allowed.
    pub const fn context(&self) -> &Map<String, Value> {
        &self.0.context
    }

    /// The error object as JSON.
    pub fn to_json(&self) -> String {
        to_text(self)
    }
}

impl Write for Error {
    fn write(&self, json: &mut Json<'_>) {
        json.object(self);
    }

    fn fields(&self, json: &mut Json<'_>) {
        json.field(",\"code\":", &self.code());
        json.field(",\"rule\":", &self.rule().map(RuleId::as_str));
        json.field(",\"path\":", &self.path());
        json.field(",\"message\":", &self.message());
        json.field(",\"context\":", self.context());
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.path.is_empty() {
            f.write_str(&self.0.message)
        } else {
            write!(f, "{}: {}", self.0.path, self.0.message)
        }
    }
}

impl std::error::Error for Error {}

/// What the scalars and the documents of [`json`](crate::json) refuse.
impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let code = fault.code().parse().unwrap_or(ErrorCode::InvalidInput);
        let rule = fault.rule().and_then(|rule| rule.parse().ok());
        let (path, message) = (fault.path().to_owned(), fault.message().into_owned());
        let context = fault.context().iter().map(|(name, value)| (name.to_string(), plain(value))).collect();
        Self(Box::new(Content { code, rule, path, message, context }))
    }
}

/// A value of a message as the wire form's errors hold it.
fn plain(value: &ContextValue) -> Value {
    match value {
        ContextValue::Integer(number) => (*number).into(),
        ContextValue::Text(text) => text.as_str().into(),
        ContextValue::List(list) => list.iter().map(plain).collect(),
        ContextValue::Fields(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.to_string(), plain(value))).collect())
        }
        _ => Value::Null,
    }
}

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

/// Reads each document of a list; an error says which one is wrong.
pub(super) fn each<Doc, T>(
    docs: impl IntoIterator<Item = Doc>,
    mut read: impl FnMut(Doc) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut list = Vec::new();
    for (index, doc) in docs.into_iter().enumerate() {
        list.push(read(doc).at_index(index)?);
    }
    Ok(list)
}
