use crate::import::RowErrorCode;
use crate::import::fault::Fault;
use crate::import::serial::bare;
use std::borrow::Cow;

/// What kind of value a raw JSON value is, by its first character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Object,
    Array,
    Boolean,
    Null,
}

impl Kind {
    pub(super) fn of(raw: &str) -> Self {
        match raw.as_bytes().first() {
            Some(b'"') => Self::Text,
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'-' | b'0'..=b'9') => Self::Number,
            _ => Self::Null,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Boolean => "a boolean",
            Self::Null => "null",
        }
    }
}

/// What is wrong with a value of another kind than `wanted`.
pub(super) fn wrong_type(raw: &str, wanted: &str) -> Fault {
    let rest = format!("is {}; give {wanted}", Kind::of(raw).name());
    Fault::of_value(RowErrorCode::WrongType, shown(raw).as_bytes(), &rest)
}

/// The characters of a JSON text, without what nobody sees around them.
pub(super) fn text(raw: &str) -> Result<Cow<'_, str>, Fault> {
    Ok(match whole_text(raw)? {
        Cow::Borrowed(text) => Cow::Borrowed(bare(text)),
        Cow::Owned(text) => Cow::Owned(bare(&text).to_owned()),
    })
}

/// The characters of a JSON text.
pub(super) fn whole_text(raw: &str) -> Result<Cow<'_, str>, Fault> {
    if Kind::of(raw) != Kind::Text {
        return Err(wrong_type(raw, "a text"));
    }
    let inner = shown(raw);
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    let decoded: Result<String, _> = serde_json::from_str(raw);
    decoded.map(Cow::Owned).map_err(|_| {
        let rest = "has an escape that is not a character; correct it";
        Fault::of_value(RowErrorCode::InvalidText, inner.as_bytes(), rest)
    })
}

/// A value as an error shows it: a text without its quotes.
pub(super) fn shown(raw: &str) -> &str {
    raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded() {
        for (raw, expected) in [
            (r#""LA1""#, "LA1"),
            (r#""  LA1 ""#, "LA1"),
            (r#""""#, ""),
            (r#""a\"b\\""#, "a\"b\\"),
            (r#""\tL\u00c41\n""#, "LÄ1"),
            (r#""\ud83e\udd80""#, "🦀"),
        ] {
            assert_eq!(text(raw).unwrap(), expected, "{raw}");
        }
        assert_eq!(text(r#""a\ud800""#).unwrap_err().code, RowErrorCode::InvalidText);
    }

    #[test]
    fn every_other_kind_is_named() {
        for (raw, name) in [
            ("12", "a number"),
            ("-1", "a number"),
            ("{}", "an object"),
            ("[1]", "an array"),
            ("true", "a boolean"),
        ] {
            let fault = text(raw).unwrap_err();
            assert_eq!(fault.code, RowErrorCode::WrongType);
            assert_eq!(fault.message, format!("`{raw}` is {name}; give a text"));
        }
    }
}
