//! Values to JSON text, by serde.

use crate::{Fault, Json, Write};
use serde::ser::{self, Serialize};
use std::fmt;
use std::io;

/// The JSON of a value, compact, its fields in the order of their declaration.
///
/// ```
/// use std::collections::BTreeMap;
/// assert_eq!(alms_json::to_string(&BTreeMap::from([("a", [Some(1), None])]))?, r#"{"a":[1,null]}"#);
/// # Ok::<(), alms_json::Fault>(())
/// ```
///
/// # Errors
/// [`Fault`] when the value holds what JSON does not have here: a number with a fraction, or a name that is not a text.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    let mut json = Json::default();
    value.serialize(Serializer(&mut json))?;
    Ok(json.into_text())
}

/// Writes the JSON of a value without holding it.
///
/// # Errors
/// Those of the writer; one of the kind `InvalidData` where [`to_string`] has an error.
pub fn to_io<T: Serialize + ?Sized>(writer: &mut dyn io::Write, value: &T) -> io::Result<()> {
    let mut json = Json::to(writer);
    value
        .serialize(Serializer(&mut json))
        .map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?;
    json.finish()
}

/// Writes what serde gives as JSON.
#[derive(Debug)]
pub struct Serializer<'j, 'w>(pub &'j mut Json<'w>);

/// A list or object that is written.
#[derive(Debug)]
pub struct Compound<'j, 'w> {
    json: &'j mut Json<'w>,
    empty: bool,
    /// What closes it.
    closing: &'static str,
}

impl<'w> Compound<'_, 'w> {
    fn separate(&mut self) {
        if !self.empty {
            self.json.raw(",");
        }
        self.empty = false;
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.separate();
        value.serialize(Serializer(&mut *self.json))?;
        self.json.drain();
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        self.separate();
        self.json.string(name);
        self.json.raw(":");
        value.serialize(Serializer(&mut *self.json))
    }

    fn close(self) -> Result<(), Fault> {
        self.json.raw(self.closing);
        Ok(())
    }
}

impl<'j, 'w> Serializer<'j, 'w> {
    fn open(self, opening: &str, closing: &'static str) -> Compound<'j, 'w> {
        self.0.raw(opening);
        Compound { json: self.0, empty: true, closing }
    }

    fn variant(self, variant: &str, opening: &str, closing: &'static str) -> Compound<'j, 'w> {
        self.0.raw("{");
        self.0.string(variant);
        self.0.raw(":");
        self.open(opening, closing)
    }
}

/// A number that is not whole has no place in a document.
fn no_fraction() -> Fault {
    Fault::invalid_input("a number with a fraction cannot be written; give it as a text, such as `\"1.5\"`")
}

macro_rules! integers {
    ($($method:ident: $type:ty),+) => {$(
        fn $method(self, number: $type) -> Result<(), Fault> {
            i64::from(number).write(self.0);
            Ok(())
        }
    )+};
}

impl<'j, 'w> ser::Serializer for Serializer<'j, 'w> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Compound<'j, 'w>;
    type SerializeTuple = Compound<'j, 'w>;
    type SerializeTupleStruct = Compound<'j, 'w>;
    type SerializeTupleVariant = Compound<'j, 'w>;
    type SerializeMap = Compound<'j, 'w>;
    type SerializeStruct = Compound<'j, 'w>;
    type SerializeStructVariant = Compound<'j, 'w>;

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        value.write(self.0);
        Ok(())
    }

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32
    }

    fn serialize_u64(self, number: u64) -> Result<(), Fault> {
        self.0.raw(&number.to_string());
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Fault> {
        Err(no_fraction())
    }

    fn serialize_f64(self, _: f64) -> Result<(), Fault> {
        Err(no_fraction())
    }

    fn serialize_char(self, character: char) -> Result<(), Fault> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        self.0.string(text);
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Fault> {
        use fmt::Write as _;
        self.0.raw("\"");
        // A text of which the display fails is as long as it came.
        write!(Escaped(&mut *self.0), "{value}").map_err(ser::Error::custom)?;
        self.0.raw("\"");
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Fault> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.0.raw("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let mut object = self.open("{", "}");
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.variant(variant, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'j, 'w>, Fault> {
        Ok(self.variant(variant, "{", "}}"))
    }
}

/// What is displayed, escaped as it comes.
struct Escaped<'j, 'w>(&'j mut Json<'w>);

impl fmt::Write for Escaped<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escaped(text);
        Ok(())
    }
}

macro_rules! elements {
    ($($trait:ident $method:ident),+) => {$(
        impl ser::$trait for Compound<'_, '_> {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.element(value)
            }

            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )+};
}

elements! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}

macro_rules! fields {
    ($($trait:ident),+) => {$(
        impl ser::$trait for Compound<'_, '_> {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Fault> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )+};
}

fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.separate();
        let written = self.json.written();
        key.serialize(Serializer(&mut *self.json))?;
        if !self.json.is_text_from(written) {
            return Err(Fault::invalid_input("the name of a field is not a text; use names that are texts"));
        }
        self.json.raw(":");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(Serializer(&mut *self.json))?;
        self.json.drain();
        Ok(())
    }

    fn end(self) -> Result<(), Fault> {
        self.close()
    }
}
