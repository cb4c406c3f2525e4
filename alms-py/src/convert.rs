//! Python arguments as values of the core: strict, and with the argument's name in every error.

use alms_core::calendar::Date;
use pyo3::conversion::FromPyObjectOwned;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateAccess as _, PyDateTime, PyInt, PyString};
use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

/// An argument that is refused.
pub(crate) enum Refusal {
    /// Of a type that it must not have, or a failure of Python itself.
    Python(PyErr),
    /// Of the right type, with a value that the core refuses.
    Value {
        /// The stable code.
        code: &'static str,
        /// The rule behind it, if there is one.
        rule: Option<&'static str>,
        /// Which argument.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
}

impl From<PyErr> for Refusal {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl Refusal {
    /// A value that the core refuses.
    pub(crate) fn value(code: &'static str, path: &str, message: String) -> Self {
        Self::Value { code, rule: None, path: path.to_owned(), message }
    }

    /// Refused by this rule.
    pub(crate) fn by_rule(self, rule: Option<&'static str>) -> Self {
        match self {
            Self::Value { code, path, message, .. } => Self::Value { code, rule, path, message },
            Self::Python(error) => Self::Python(error),
        }
    }

    /// The same inside `place`.
    pub(crate) fn inside(self, place: &str) -> Self {
        match self {
            Self::Value { code, rule, path, message } => {
                Self::Value { code, rule, path: format!("{place}.{path}"), message }
            }
            Self::Python(error) => Self::Python(error),
        }
    }

    /// The exception, as the class `class` of `alms`.
    pub(crate) fn raise(self, py: Python<'_>, class: &str) -> PyErr {
        match self {
            Self::Python(error) => error,
            Self::Value { code, rule, path, message } => {
                let made = py.import("alms._errors").and_then(|errors| errors.getattr(class));
                let made = made.and_then(|class| class.call1((code, message, rule, path)));
                made.map_or_else(|failure| failure, PyErr::from_value)
            }
        }
    }
}

/// The error for an argument of the wrong type.
fn wrong(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> Refusal {
    let kind = if value.is_none() {
        Ok("None".to_owned())
    } else {
        value.get_type().fully_qualified_name().map(|name| name.to_string())
    };
    let kind = kind.unwrap_or_else(|_| "that".to_owned());
    Refusal::Python(PyTypeError::new_err(format!("{name} must be {expected}, not {kind}")))
}

/// A text, which must be valid Unicode.
fn text<'a>(value: &'a Bound<'_, PyAny>, name: &str) -> Result<Cow<'a, str>, Refusal> {
    let text = value.cast::<PyString>().map_err(|_| wrong(name, "a str", value))?;
    text.to_cow().map_err(|_| {
        let message = "the text holds one half of a character; pass valid Unicode".to_owned();
        Refusal::value("invalid_input", name, message)
    })
}

/// A JSON document, as text; what is wrong with it is an error of the class `class`.
pub(crate) fn read_json<'a>(value: &'a Bound<'_, PyAny>, class: &str) -> PyResult<Cow<'a, str>> {
    text(value, "text").map_err(|refusal| refusal.raise(value.py(), class))
}

/// A text type of the core.
pub(crate) fn read_text<T>(value: &Bound<'_, PyAny>, name: &str) -> Result<T, Refusal>
where
    T: FromStr<Err: Display>,
{
    let text = text(value, name)?;
    text.parse().map_err(|error: T::Err| {
        let code = if text.is_empty() { "invalid_input" } else { "out_of_range" };
        Refusal::value(code, name, format!("`{}` {error}", shown(&text)))
    })
}

/// An enumeration of the core: a member of the Python enumeration, or its name.
pub(crate) fn read_name<T>(value: &Bound<'_, PyAny>, name: &str) -> Result<T, Refusal>
where
    T: FromStr<Err = alms_core::UnknownName>,
{
    let text = text(value, name)?;
    text.parse().map_err(|error: T::Err| {
        Refusal::value("invalid_input", name, error.to_string().replacen(&*text, shown(&text), 1))
    })
}

/// A date; a datetime is none.
pub(crate) fn read_date(value: &Bound<'_, PyAny>, name: &str) -> Result<Date, Refusal> {
    if value.is_instance_of::<PyDateTime>() {
        return Err(wrong(name, "a datetime.date", value));
    }
    let date = value.cast::<PyDate>().map_err(|_| wrong(name, "a datetime.date", value))?;
    let text = format!("{:04}-{:02}-{:02}", date.get_year(), date.get_month(), date.get_day());
    text.parse().map_err(|_| {
        let message = format!("`{text}` is outside 1900-01-01 to 9999-12-31; give a date within");
        Refusal::value("out_of_range", name, message)
    })
}

/// A whole number from 0 to `max`, the largest of its type; a bool is none.
pub(crate) fn read_number<'py, T>(value: &Bound<'py, PyAny>, name: &str, max: T) -> Result<T, Refusal>
where
    T: FromPyObjectOwned<'py> + Display,
{
    if value.is_instance_of::<PyBool>() || !value.is_instance_of::<PyInt>() {
        return Err(wrong(name, "an int", value));
    }
    value.extract().map_err(|_| {
        // Python does not write numbers of thousands of digits.
        let given = value.str().map_or_else(|_| "the number".to_owned(), |text| format!("`{text}`"));
        let message = format!("{given} is out of range; give a number from 0 to {max}");
        Refusal::value("out_of_range", name, message)
    })
}

/// A whole number within ±10^15; a bool is none.
pub(crate) fn read_count(value: &Bound<'_, PyAny>, name: &str) -> Result<i64, Refusal> {
    if value.is_instance_of::<PyBool>() || !value.is_instance_of::<PyInt>() {
        return Err(wrong(name, "an int", value));
    }
    value.extract().map_err(|_| {
        let message = "the number is outside -1000000000000000 to 1000000000000000; give one within";
        Refusal::value("out_of_range", name, message.to_owned())
    })
}

/// What `read` reads, unless there is nothing.
pub(crate) fn optional<T>(
    value: Option<&Bound<'_, PyAny>>,
    name: &str,
    read: fn(&Bound<'_, PyAny>, &str) -> Result<T, Refusal>,
) -> Result<Option<T>, Refusal> {
    value.map(|value| read(value, name)).transpose()
}

/// A list of texts.
pub(crate) fn read_texts<T>(value: Option<&Bound<'_, PyAny>>, name: &str) -> Result<Vec<T>, Refusal>
where
    T: FromStr<Err: Display>,
{
    let Some(value) = value else { return Ok(Vec::new()) };
    if value.is_instance_of::<PyString>() {
        return Err(wrong(name, "a list of texts", value));
    }
    let items = value.try_iter().map_err(|_| wrong(name, "a list of texts", value))?;
    items.enumerate().map(|(index, item)| read_text(&item?, &format!("{name}[{index}]"))).collect()
}

/// A Python date.
pub(crate) fn write_date(py: Python<'_>, date: Date) -> PyResult<Bound<'_, PyDate>> {
    // Both lie between 1 and 31.
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    PyDate::new(py, date.year(), small(date.month()), small(date.day()))
}

/// The user's text as a message quotes it.
fn shown(text: &str) -> &str {
    text.char_indices().nth(60).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
