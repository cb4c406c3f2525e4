//! JSON text to values, by serde.

use crate::Fault;
use crate::scan::{DEPTH_MAX, Malformed, Numbers, Scan};
use serde::de::{
    self, Deserialize as _, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::marker::PhantomData;

/// Reads a value of a JSON text, which holds nothing else.
///
/// A text that is not JSON is refused for that, wherever else it is wrong.
///
/// ```
/// assert_eq!(alms_json::from_str::<Vec<u8>>("[1, 2]")?, [1, 2]);
/// let fault = alms_json::from_str::<Vec<bool>>(r#"[true, "no"]"#).unwrap_err();
/// assert_eq!(fault.to_string(), "[1]: `\"no\"` is not a boolean; write a boolean here");
/// # Ok::<(), alms_json::Fault>(())
/// ```
///
/// # Errors
/// [`Fault`] with the path of the value that is wrong.
pub fn from_str<'de, T: de::Deserialize<'de>>(text: &'de str) -> Result<T, Fault> {
    let mut deserializer = Deserializer::new(text);
    let value = deserializer.part(PhantomData).map_err(|fault| deserializer.first(fault))?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a field that has a default: `null` stands for it, as if the field were absent.
///
/// [`document`](macro@crate::document) gives it to every such field.
///
/// # Errors
/// Those of the value.
pub fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: de::Deserializer<'de>,
    T: de::Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A JSON text that serde reads, with faults that say where and what.
///
/// Numbers are whole: one with a fraction or an exponent is no number to any type, and one beyond 64 bits is the largest (or
/// smallest) there is, which the limits of its type refuse.
#[derive(Debug)]
pub struct Deserializer<'de> {
    pub(crate) scan: Scan<'de>,
    /// In how many lists and objects the next value lies.
    depth: u8,
}

impl<'de> Deserializer<'de> {
    /// Reads this text.
    pub const fn new(text: &'de str) -> Self {
        Self { scan: Scan::new(text), depth: 0 }
    }

    /// Checks that nothing but blanks follows.
    ///
    /// # Errors
    /// [`Fault`] when something does.
    pub fn end(&mut self) -> Result<(), Fault> {
        let end = self.scan.end();
        self.json(end)
    }

    /// The fault that is said first: that the text is not JSON, if it is not.
    pub(crate) fn first(&self, fault: Fault) -> Fault {
        if fault.is_malformed() {
            return fault;
        }
        match Scan::check(self.scan.text()) {
            Err(failure) => self.scan.fault(failure),
            Ok(()) => fault,
        }
    }

    pub(crate) fn json<T>(&self, result: Result<T, Malformed>) -> Result<T, Fault> {
        result.map_err(|failure| self.scan.fault(failure))
    }

    pub(crate) fn peek(&mut self) -> Result<u8, Fault> {
        match self.scan.peek() {
            Some(byte) => Ok(byte),
            None => Err(self.scan.fault(self.scan.failure("EOF while parsing a value"))),
        }
    }

    /// Reads a value that has a place of its own, and quotes it where it is not what is expected.
    fn part<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        self.scan.peek();
        let start = self.scan.position();
        seed.deserialize(&mut *self).map_err(|fault| self.quoted(start, fault))
    }

    /// The fault with the value from `start` on, if the fault is that value's own and does not say it yet.
    pub(crate) fn quoted(&self, start: usize, fault: Fault) -> Fault {
        if !fault.path().is_empty() {
            return fault;
        }
        let text = self.scan.text().get(start..).unwrap_or_default();
        let range = Scan::new(text).skip(usize::MAX, Numbers::Any).unwrap_or(0..text.len());
        let written = text.get(range).unwrap_or_default();
        fault.quoting(written, held(written))
    }

    /// How many levels of lists and objects the next value may have.
    pub(crate) fn levels_left(&self) -> usize {
        DEPTH_MAX.saturating_sub(self.depth).into()
    }

    /// Passes the opening bracket of a list or object.
    pub(crate) fn enter(&mut self) -> Result<(), Fault> {
        self.descend()?;
        self.scan.advance();
        Ok(())
    }

    /// Passes the closing bracket.
    pub(crate) fn leave(&mut self) {
        self.scan.advance();
        self.depth = self.depth.saturating_sub(1);
    }

    fn descend(&mut self) -> Result<(), Fault> {
        if self.depth >= DEPTH_MAX {
            return Err(self.scan.fault(self.scan.failure("recursion limit exceeded")));
        }
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    /// Reads a list, each element of it.
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        self.enter()?;
        let mut elements = Elements { json: self, index: 0, ended: false };
        let value = visitor.visit_seq(&mut elements)?;
        // A list that is longer than somebody wanted.
        if elements.more()? {
            return Err(Fault::expected("a list of this length; remove what is too much"));
        }
        self.leave();
        Ok(value)
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        self.enter()?;
        let value = visitor.visit_map(&mut Members { json: self, key: Cow::Borrowed(""), begun: false })?;
        self.leave();
        Ok(value)
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.scan.string();
        match self.json(text)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        let number = self.scan.number();
        match held(self.json(number)?) {
            Some(number) => visitor.visit_i64(number),
            None => Err(de::Error::invalid_type(de::Unexpected::Other("number"), &visitor)),
        }
    }

    fn word<V: Visitor<'de>>(
        &mut self,
        word: &'static str,
        visit: impl FnOnce(V) -> Result<V::Value, Fault>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let read = self.scan.word(word);
        self.json(read)?;
        visit(visitor)
    }
}

impl<'de> de::Deserializer<'de> for &mut Deserializer<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'"' => self.text(visitor),
            b'-' | b'0'..=b'9' => self.number(visitor),
            b'[' => self.list(visitor),
            b'{' => self.object(visitor),
            b't' => self.word("true", |visitor| visitor.visit_bool(true), visitor),
            b'f' => self.word("false", |visitor| visitor.visit_bool(false), visitor),
            b'n' => self.word("null", Visitor::visit_unit, visitor),
            _ => Err(self.scan.fault(self.scan.failure("expected value"))),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b't' | b'f' => self.deserialize_any(visitor),
            _ => Err(Fault::expected("a boolean")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'n' => self.word("null", Visitor::visit_none, visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'[' => self.list(visitor),
            _ => Err(Fault::expected("a list")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'[' => self.list(visitor),
            _ => Err(Fault::expected(format!("a list of {length} values"))),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'{' => self.object(visitor),
            _ => Err(Fault::expected("an object")),
        }
    }

    /// A document is an object; derived types would take a list for one, too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.peek()? {
            b'"' | b'{' => visitor.visit_enum(Variant(self)),
            _ => Err(Fault::expected(one_of(variants))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let skipped = self.scan.skip(self.levels_left(), Numbers::Held);
        self.json(skipped)?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct identifier
    }
}

/// A whole number; the largest or smallest there is where nothing holds it.
pub(crate) fn held(written: &str) -> Option<i64> {
    let digits = written.strip_prefix('-').unwrap_or(written);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let limit = if written.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(written.parse().unwrap_or(limit))
}

/// The names of an enumeration, as what is expected.
fn one_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("one of {}", names.join(", "))
}

/// The elements of a list.
struct Elements<'j, 'de> {
    json: &'j mut Deserializer<'de>,
    index: usize,
    ended: bool,
}

impl Elements<'_, '_> {
    /// Whether another element follows, before which the scan then is.
    fn more(&mut self) -> Result<bool, Fault> {
        if !self.ended {
            let more = match self.index {
                0 => match self.json.scan.peek() {
                    Some(b']') => Ok(false),
                    Some(_) => Ok(true),
                    None => Err(self.json.scan.failure("EOF while parsing a list")),
                },
                _ => self.json.scan.more(b']'),
            };
            self.ended = !self.json.json(more)?;
        }
        Ok(!self.ended)
    }
}

impl<'de> SeqAccess<'de> for &mut Elements<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        if !self.more()? {
            return Ok(None);
        }
        let index = self.index;
        self.index = index.saturating_add(1);
        self.json.part(seed).map(Some).map_err(|fault| fault.at_index(index))
    }
}

/// The fields of an object.
struct Members<'j, 'de> {
    json: &'j mut Deserializer<'de>,
    /// The name of the field that is read, for its faults.
    key: Cow<'de, str>,
    begun: bool,
}

impl<'de> MapAccess<'de> for &mut Members<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let more = match self.begun {
            true => self.json.scan.more(b'}'),
            false => Ok(self.json.scan.peek() != Some(b'}')),
        };
        self.begun = true;
        if !self.json.json(more)? {
            return Ok(None);
        }
        let key = self.json.scan.key();
        self.key = self.json.json(key)?;
        match &self.key {
            Cow::Borrowed(key) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some),
            Cow::Owned(key) => seed.deserialize(key.as_str().into_deserializer()).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        self.json.part(seed).map_err(|fault| fault.at(&crate::shown(&self.key)))
    }
}

/// A name, or an object of one field: an enumeration as serde's derive has it.
struct Variant<'j, 'de>(&'j mut Deserializer<'de>);

impl<'j, 'de> EnumAccess<'de> for Variant<'j, 'de> {
    type Error = Fault;
    type Variant = Setting<'j, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Fault> {
        let json = self.0;
        if json.scan.peek() == Some(b'"') {
            let name = json.scan.string();
            let name = json.json(name)?;
            let variant = seed.deserialize(name.as_ref().into_deserializer())?;
            return Ok((variant, Setting { json, key: None }));
        }
        json.scan.advance();
        if json.scan.peek() == Some(b'}') {
            return Err(Fault::expected("an object with one field; name what is chosen"));
        }
        let key = json.scan.key();
        let key = json.json(key)?;
        let variant = seed.deserialize(key.as_ref().into_deserializer())?;
        Ok((variant, Setting { json, key: Some(key) }))
    }
}

/// What a chosen name has with it.
struct Setting<'j, 'de> {
    json: &'j mut Deserializer<'de>,
    /// The name of the field, where it is an object.
    key: Option<Cow<'de, str>>,
}

impl<'de> Setting<'_, 'de> {
    fn value<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        let Some(key) = self.key else {
            return Err(Fault::expected("an object; this choice needs its setting"));
        };
        self.json.descend()?;
        let value = self.json.part(seed).map_err(|fault| fault.at(&crate::shown(&key)))?;
        let more = self.json.scan.more(b'}');
        if self.json.json(more)? {
            return Err(Fault::expected("an object with one field; remove the others"));
        }
        self.json.leave();
        Ok(value)
    }
}

impl<'de> VariantAccess<'de> for Setting<'_, 'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.key {
            None => Ok(()),
            Some(_) => Err(Fault::expected("a text; this choice has no setting")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.value(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.value(Parts { length: Some(length), visitor })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.value(Parts { length: None, visitor })
    }
}

/// What a chosen name has with it: values in a list of this length, or fields.
struct Parts<V> {
    length: Option<usize>,
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Parts<V> {
    type Value = V::Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        match self.length {
            Some(length) => deserializer.deserialize_tuple(length, self.visitor),
            None => deserializer.deserialize_map(self.visitor),
        }
    }
}
