//! What a document, or a rule, has against an input.

use crate::scan::{Malformed, Scan};
use crate::shown::shown;
use crate::{Json, Write};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// What is wrong with an input: a stable code, the place, the rule behind it, a sentence for a person, values for programs.
///
/// It is the error of [`Deserializer`](crate::Deserializer) and [`Serializer`](crate::Serializer). A type that checks what it
/// reads gives its fault to `serde::de::Error::custom`; where this crate reads, the fault arrives whole, and elsewhere as its
/// sentence.
///
/// ```
/// use alms_json::Fault;
///
/// let fault = Fault::new("out_of_range", "`0` is out of range; give a number from 1 to 28").at("day").at("invoice_day");
/// assert_eq!(fault.path(), "invoice_day.day");
/// assert_eq!(fault.to_string(), "invoice_day.day: `0` is out of range; give a number from 1 to 28");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(Box<Content>);

/// What a fault says. It stands elsewhere: faults are rare, and every result that may hold one stays small.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    code: Cow<'static, str>,
    rule: Option<Cow<'static, str>>,
    path: String,
    message: String,
    context: Context,
    kind: Kind,
}

/// What is still to be said of a fault on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing; its path grows.
    Said,
    /// The message is what is expected; the value that is there instead is told where it was read.
    Expected,
    /// The text is not JSON, and so has no paths.
    Malformed,
}

/// Values of a message for programs, by name.
pub type Context = BTreeMap<Cow<'static, str>, ContextValue>;

/// A value of a message, for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContextValue {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text, such as a date or a name.
    Text(String),
    /// Several values.
    List(Vec<ContextValue>),
    /// Values by name.
    Fields(Context),
}

/// The code of what is not the document that was asked for.
const INVALID_INPUT: &str = "invalid_input";

/// What a fault begins with that travels as a text: no message of another format does.
const TRAVELS: char = '\u{1}';

impl Fault {
    /// A fault with a code, a sentence, and no path.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl fmt::Display) -> Self {
        Self::of_kind(Kind::Said, code, message.to_string())
    }

    /// The input is not what is asked for.
    pub fn invalid_input(message: impl fmt::Display) -> Self {
        Self::new(INVALID_INPUT, message)
    }

    fn of_kind(kind: Kind, code: impl Into<Cow<'static, str>>, message: String) -> Self {
        let (code, rule, path, context) = (code.into(), None, String::new(), Context::new());
        Self(Box::new(Content { code, rule, path, message, context, kind }))
    }

    /// The value is not of the shape `expected`, such as "a list".
    ///
    /// A remedy may follow behind a semicolon: "a whole number; write it in digits".
    pub(crate) fn expected(expected: impl fmt::Display) -> Self {
        Self::of_kind(Kind::Expected, INVALID_INPUT, expected.to_string())
    }

    pub(crate) fn malformed(reason: &str, line: usize, column: usize) -> Self {
        let message = format!(
            "the input is not a JSON document: {reason} at line {line}, column {column}; correct it there"
        );
        Self::of_kind(Kind::Malformed, INVALID_INPUT, message).with("line", line).with("column", column)
    }

    /// Names the rule behind it, such as `MIG-9`.
    #[must_use]
    pub fn by_rule(mut self, rule: impl Into<Cow<'static, str>>) -> Self {
        self.0.rule = Some(rule.into());
        self
    }

    /// Adds a value that a program may want to read without taking the message apart.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<ContextValue>) -> Self {
        self.0.context.insert(name.into(), value.into());
        self
    }

    /// Places the fault inside the field `name` of the document that holds it.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        if self.0.kind == Kind::Malformed {
            return self;
        }
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, name);
        self
    }

    /// Places the fault inside an element of a list.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// Says the value that is written, where it is not said yet; or as it is written, where a number only stands for it.
    pub(crate) fn quoting(mut self, written: &str, held: Option<i64>) -> Self {
        match (self.0.kind, held) {
            (Kind::Expected, _) => {
                self.0.kind = Kind::Said;
                self.0.message = refused(written, &self.0.message);
            }
            (Kind::Said, Some(number @ (i64::MIN | i64::MAX))) => {
                let (said, written) = (format!("`{number}`"), format!("`{}`", shown(written)));
                self.0.message = self.0.message.replacen(&said, &written, 1);
            }
            _ => {}
        }
        self
    }

    /// Whether the text is not JSON at all.
    pub(crate) fn is_malformed(&self) -> bool {
        self.0.kind == Kind::Malformed
    }

    /// The stable code, in `snake_case`.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The rule behind it; `None` where the input is malformed.
    pub fn rule(&self) -> Option<&str> {
        self.0.rule.as_deref()
    }

    /// Where in the input, such as `account.systems[3].state`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence for a person, with the value in backticks and what to do.
    pub fn message(&self) -> Cow<'_, str> {
        match self.0.kind {
            Kind::Expected => Cow::Owned(refused_without_value(&self.0.message)),
            _ => Cow::Borrowed(&self.0.message),
        }
    }

    /// Values of the message for programs, such as the names that would have been allowed.
    pub fn context(&self) -> &Context {
        &self.0.context
    }

    /// The fault that travelled in another's message, or a fault that says this.
    fn arrived(message: String) -> Self {
        let content = message.strip_prefix(TRAVELS).and_then(|json| Content::read(&mut Scan::new(json)).ok());
        match content {
            Some(content) => Self(Box::new(content)),
            None => Self::invalid_input(message),
        }
    }
}

fn refused(value: &str, expected: &str) -> String {
    let (what, remedy) = parts(expected);
    format!("`{}` is not {what}; {remedy}", shown(value))
}

fn refused_without_value(expected: &str) -> String {
    let (what, remedy) = parts(expected);
    format!("the value is not {what}; {remedy}")
}

/// What is expected, and what to do.
fn parts(expected: &str) -> (&str, Cow<'_, str>) {
    match expected.split_once("; ") {
        Some((what, remedy)) => (what, Cow::Borrowed(remedy)),
        None => (expected, Cow::Owned(format!("write {expected} here"))),
    }
}

impl Content {
    /// The fields of a fault, in any order.
    fn read(scan: &mut Scan<'_>) -> Result<Self, Malformed> {
        let ContextValue::Fields(mut fields) = ContextValue::read(scan)? else {
            return Err(scan.failure("expected value"));
        };
        let mut text = |name: &str| match fields.remove(name) {
            Some(ContextValue::Text(text)) => Some(text),
            _ => None,
        };
        let (code, rule) = (text("code").unwrap_or_default().into(), text("rule").map(Cow::Owned));
        let (path, message) = (text("path").unwrap_or_default(), text("message").unwrap_or_default());
        let context = match fields.remove("context") {
            Some(ContextValue::Fields(context)) => context,
            _ => Context::new(),
        };
        Ok(Self { code, rule, path, message, context, kind: Kind::Said })
    }
}

impl ContextValue {
    /// Reads what a fault wrote: no truth, nothing but whole numbers.
    fn read(scan: &mut Scan<'_>) -> Result<Self, Malformed> {
        match scan.peek() {
            Some(b'"') => Ok(Self::Text(scan.string()?.into_owned())),
            Some(b'n') => scan.word("null").map(|()| Self::Null),
            Some(b'[') => Self::read_list(scan),
            Some(b'{') => Self::read_fields(scan),
            _ => match scan.number()?.parse() {
                Ok(number) => Ok(Self::Integer(number)),
                Err(_) => Err(scan.failure("number out of range")),
            },
        }
    }

    fn read_list(scan: &mut Scan<'_>) -> Result<Self, Malformed> {
        let mut list = Vec::new();
        scan.advance();
        if scan.peek() != Some(b']') {
            loop {
                list.push(Self::read(scan)?);
                if !scan.more(b']')? {
                    break;
                }
            }
        }
        scan.advance();
        Ok(Self::List(list))
    }

    fn read_fields(scan: &mut Scan<'_>) -> Result<Self, Malformed> {
        let mut fields = Context::new();
        scan.advance();
        if scan.peek() != Some(b'}') {
            loop {
                let name = Cow::Owned(scan.key()?.into_owned());
                fields.insert(name, Self::read(scan)?);
                if !scan.more(b'}')? {
                    break;
                }
            }
        }
        scan.advance();
        Ok(Self::Fields(fields))
    }
}

impl fmt::Display for Fault {
    /// The path and the sentence; in the alternate form everything, for the way through another error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            write!(f, "{TRAVELS}{}", crate::to_text(self))
        } else if self.path().is_empty() {
            f.write_str(&self.message())
        } else {
            write!(f, "{}: {}", self.path(), self.message())
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::arrived(format!("{message:#}"))
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn serde::de::Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("`{}` is not known; use one of {}", shown(variant), quoted(expected));
        Self::invalid_input(message).with("expected", expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let field = shown(field);
        let message = match expected {
            [] => format!("the field `{field}` is unknown here; remove it"),
            [one] => format!("the field `{field}` is unknown here; use `{one}`"),
            [one, other] => format!("the field `{field}` is unknown here; use `{one}` or `{other}`"),
            _ => format!("the field `{field}` is unknown here; use one of {}", quoted(expected)),
        };
        Self::invalid_input(message).at(&field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::invalid_input(format!("the field `{field}` is missing; add it")).at(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::invalid_input(format!("the field `{field}` is there twice; give it once")).at(field)
    }
}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::arrived(format!("{message:#}"))
    }
}

/// The names as a sentence has them: `a`, `b`, `c`.
fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl Write for Fault {
    fn write(&self, json: &mut Json<'_>) {
        json.object(self);
    }

    fn fields(&self, json: &mut Json<'_>) {
        json.field(",\"code\":", &self.code());
        json.field(",\"rule\":", &self.rule());
        json.field(",\"path\":", &self.path());
        json.field(",\"message\":", &&*self.message());
        json.field(",\"context\":", self.context());
    }
}

impl Write for Context {
    fn write(&self, json: &mut Json<'_>) {
        json.object(self);
    }

    fn fields(&self, json: &mut Json<'_>) {
        for (name, value) in self {
            json.field(&format!(",{}:", crate::to_text(&&**name)), value);
        }
    }
}

impl Write for ContextValue {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Self::Null => json.raw("null"),
            Self::Integer(number) => number.write(json),
            Self::Text(text) => json.string(text),
            Self::List(list) => list.write(json),
            Self::Fields(fields) => fields.write(json),
        }
    }
}

macro_rules! from_integers {
    ($($type:ty),+) => {$(
        impl From<$type> for ContextValue {
            fn from(number: $type) -> Self {
                i64::try_from(number).map_or(Self::Integer(i64::MAX), Self::Integer)
            }
        }
    )+};
}

from_integers! { i64, u16, u32, u64, usize }

impl From<&str> for ContextValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ContextValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<ContextValue>> From<Option<T>> for ContextValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<ContextValue>> From<Vec<T>> for ContextValue {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<ContextValue> + Copy> From<&[T]> for ContextValue {
    fn from(list: &[T]) -> Self {
        Self::List(list.iter().copied().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::Error as _;

    fn everything() -> Fault {
        Fault::new("out_of_range", "`\u{1}` \"is\" out of range; give a number from 1 to 28")
            .by_rule("SUB-7")
            .with("min", 1_u32)
            .with("names", &["a", "b"][..])
            .with("since", None::<&str>)
            .with("inner", ContextValue::Fields(Context::from([("line".into(), 3_i64.into())])))
            .at("day")
            .at_index(3)
            .at("invoices")
    }

    #[test]
    fn a_fault_comes_whole_out_of_another_error() {
        let fault = everything();
        assert_eq!(Fault::custom(&fault), fault);
        assert_eq!(<Fault as serde::ser::Error>::custom(&fault), fault);
        assert_eq!(fault.path(), "invoices[3].day");
    }

    #[test]
    fn other_formats_see_the_sentence() {
        let error = serde_json::Error::custom(everything()).to_string();
        assert_eq!(error, "invoices[3].day: `\u{1}` \"is\" out of range; give a number from 1 to 28");
    }

    #[test]
    fn a_foreign_sentence_stays_one_whatever_it_begins_with() {
        for message in ["no luck", "\u{1}", "\u{1}{\"code\":", "\u{1}[1]"] {
            let fault = Fault::custom(message);
            assert_eq!((fault.code(), &*fault.message()), ("invalid_input", message));
        }
    }

    #[test]
    fn an_expectation_may_bring_its_remedy() {
        let refused = |expected: &str| Fault::expected(expected).quoting("1.5", None).to_string();
        assert_eq!(refused("a list"), "`1.5` is not a list; write a list here");
        assert_eq!(
            refused("a whole number; write it in digits"),
            "`1.5` is not a whole number; write it in digits"
        );
        assert_eq!(
            Fault::expected("a list").to_string(),
            "the value is not a list; write a list here",
            "where nobody read a value"
        );
    }
}
