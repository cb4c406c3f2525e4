//! The wanted fields of a JSON object, as the parts of the text that they are.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Which fields are wanted, and what stands before their names in a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<const N: usize> {
    pub(super) prefix: &'static str,
    pub(super) names: [&'static str; N],
}

/// A value of the document, not yet looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// Its text, which is a part of the document's.
    pub(super) raw: &'a str,
    /// Its path within the item is these two together.
    pub(super) prefix: &'static str,
    pub(super) name: &'static str,
}

/// The wanted fields of one object.
#[derive(Debug)]
pub(super) struct Fields<'a, const N: usize> {
    /// The fields in the order of [`Wanted::names`]; `null` and absent are the same.
    pub(super) values: [Option<Value<'a>>; N],
    /// Which fields are there at all, `null` included.
    pub(super) seen: [bool; N],
    /// Fields that are there once more.
    pub(super) repeated: Vec<Value<'a>>,
    /// The names of the fields that are not wanted and say something.
    pub(super) unread: Vec<&'a str>,
}

impl<const N: usize> Wanted<N> {
    /// The fields of the JSON object `text`.
    pub(super) fn read(self, text: &str) -> serde_json::Result<Fields<'_, N>> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let fields = deserializer.deserialize_map(self)?;
        deserializer.end()?;
        Ok(fields)
    }
}

impl<'de, const N: usize> Visitor<'de> for Wanted<N> {
    type Value = Fields<'de, N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields =
            Fields { values: [None; N], seen: [false; N], repeated: Vec::new(), unread: Vec::new() };
        while let Some(key) = map.next_key_seed(KeyOf(&self.names))? {
            let at = match key {
                Key::Wanted(at) => at,
                Key::Other(name) => {
                    let raw = map.next_value::<&RawValue>()?.get();
                    fields.unread.extend(name.filter(|_| raw != "null"));
                    continue;
                }
            };
            let raw = map.next_value::<&RawValue>()?.get();
            let places = (self.names.get(at), fields.values.get_mut(at), fields.seen.get_mut(at));
            let (Some(name), Some(slot), Some(seen)) = places else { continue };
            let value = Value { raw, prefix: self.prefix, name };
            if std::mem::replace(seen, true) {
                fields.repeated.push(value);
            } else if value.raw != "null" {
                *slot = Some(value);
            }
        }
        Ok(fields)
    }
}

/// The name of a field.
enum Key<'a> {
    /// Its position among the wanted ones.
    Wanted(usize),
    /// Another one; nothing if it is written with escapes, which none of a known meaning needs.
    Other(Option<&'a str>),
}

/// Tells wanted names from others, and copies none.
struct KeyOf<'n>(&'n [&'static str]);

impl KeyOf<'_> {
    fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|wanted| *wanted == name)
    }
}

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyOf<'_> {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(self.position(name).map_or(Key::Other(Some(name)), Key::Wanted))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.position(name).map_or(Key::Other(None), Key::Wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted<2> = Wanted { prefix: "x.", names: ["a", "b"] };

    #[test]
    fn fields_are_parts_of_the_text() {
        let text = r#" {"z": [{"a": 9}], "b": { "a" : 1 } , "a" : null, "\u0062": 2, "a": 3} "#;
        let fields = WANTED.read(text).unwrap();
        let [a, b] = fields.values;
        assert!(a.is_none(), "`null` is absent, and a second one does not count");
        assert_eq!(b.unwrap().raw, r#"{ "a" : 1 }"#);
        assert_eq!(text.find(b.unwrap().raw), Some(super::super::locator::offset_of(text, b.unwrap().raw)));
        let repeated: Vec<_> =
            fields.repeated.iter().map(|value| (value.prefix, value.name, value.raw)).collect();
        assert_eq!(repeated, [("x.", "b", "2"), ("x.", "a", "3")]);
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for text in ["", "[]", "1", "{", "{}{}", r#"{"a"}"#, r#"{"\ud800": 1}"#] {
            assert!(WANTED.read(text).is_err(), "{text}");
        }
    }
}
