//! Reading.

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Reading has failed; the [`Source`] keeps why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// A place that can be filled from JSON.
pub trait Fill<'a> {
    /// Reads what stands next.
    ///
    /// # Errors
    /// [`Stop`]; the source keeps why.
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop>;

    /// Whether its field may be absent.
    fn is_optional(&self) -> bool {
        false
    }
}

/// A value that can be read.
pub trait Read<'a>: Fill<'a> + Sized {
    /// What stands in its place until it is read.
    fn empty() -> Self;
}

/// Reads an object, given the names of its fields and their places.
pub type Reader<'r, 'a> =
    &'r mut dyn FnMut(&'static [&'static str], &mut [&mut dyn Fill<'a>]) -> Result<(), Stop>;

/// A document: an object with certain fields.
pub trait ReadFields<'a>: Sized {
    /// What stands in its place until it is read.
    fn empty() -> Self;

    /// Has its fields read.
    ///
    /// # Errors
    /// [`Stop`]; the source keeps why.
    fn read_fields(&mut self, read: Reader<'_, 'a>) -> Result<(), Stop>;
}

/// JSON from a place on; one value is read from it.
pub trait Source<'a> {
    /// A value of one of these shapes.
    ///
    /// # Errors
    /// [`Stop`]; the source keeps why.
    fn value(&mut self, shape: Shape<'_, '_, 'a>) -> Result<(), Stop>;

    /// Fills the place, unless there is null; says whether it did.
    ///
    /// # Errors
    /// [`Stop`]; the source keeps why.
    fn option(&mut self, place: &mut dyn Fill<'a>) -> Result<bool, Stop>;

    /// Any value, as it is written.
    ///
    /// # Errors
    /// [`Stop`]; the source keeps why.
    fn raw(&mut self) -> Result<&'a RawValue, Stop>;
}

/// The shapes that a value may have, and where it goes.
#[derive(Default)]
pub struct Shape<'s, 'f, 'a> {
    /// What the user is told to write.
    pub expected: &'static str,
    /// Where `true` or `false` goes.
    pub truth: Option<&'s mut bool>,
    /// Where a text goes.
    pub text: Option<&'s mut Option<Cow<'a, str>>>,
    /// Is filled with each element in turn.
    pub list: Option<&'s mut dyn Fill<'a>>,
    /// How many elements there have to be, where that is known.
    pub length: Option<usize>,
    /// The names of the fields, and their places in the same order.
    pub object: Option<(&'static [&'static str], &'s mut [&'f mut dyn Fill<'a>])>,
}

impl<'a> Fill<'a> for bool {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        source.value(Shape { expected: "a boolean", truth: Some(self), ..Shape::default() })
    }
}

impl<'a> Read<'a> for bool {
    fn empty() -> Self {
        false
    }
}

impl<'a, T: Read<'a>> Fill<'a> for Option<T> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut value = T::empty();
        *self = source.option(&mut value)?.then_some(value);
        Ok(())
    }

    fn is_optional(&self) -> bool {
        true
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    fn empty() -> Self {
        None
    }
}

impl<'a> Fill<'a> for &'a RawValue {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        *self = source.raw()?;
        Ok(())
    }
}

impl<'a> Read<'a> for &'a RawValue {
    fn empty() -> Self {
        RawValue::NULL
    }
}

/// A list that takes what is read.
#[derive(Debug)]
pub struct Elements<'l, T>(pub &'l mut Vec<T>);

impl<'a, T: Read<'a>> Fill<'a> for Elements<'_, T> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut element = T::empty();
        element.fill(source)?;
        self.0.push(element);
        Ok(())
    }
}

impl<'a, T: Read<'a>> Fill<'a> for Vec<T> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        source.value(Shape { expected: "a sequence", list: Some(&mut Elements(self)), ..Shape::default() })
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
}

/// A list of three.
impl<'a, T: Read<'a>> Fill<'a> for [T; 3] {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut each = Each(self.iter_mut());
        let length = Some(3);
        source.value(Shape {
            expected: "an array of length 3",
            list: Some(&mut each),
            length,
            ..Shape::default()
        })
    }
}

impl<'a, T: Read<'a>> Read<'a> for [T; 3] {
    fn empty() -> Self {
        [T::empty(), T::empty(), T::empty()]
    }
}

/// The places of a list of a certain length.
struct Each<'l, T>(std::slice::IterMut<'l, T>);

impl<'a, T: Read<'a>> Fill<'a> for Each<'_, T> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        self.0.next().ok_or(Stop)?.fill(source)
    }
}

/// Reads a text, which has to hold one value and nothing else.
///
/// # Errors
/// That of serde_json, with its line and column.
pub fn read<'a>(input: &'a str, place: &mut dyn Fill<'a>) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(input);
    fill(place, &mut json)?;
    json.end()
}

/// Reads one value from a deserializer.
fn fill<'a, D: Deserializer<'a>>(place: &mut dyn Fill<'a>, deserializer: D) -> Result<(), D::Error> {
    let mut json = Json { deserializer: Some(deserializer), error: None };
    place.fill(&mut json).map_err(|Stop| json.error.unwrap_or_else(|| D::Error::custom("nothing is read")))
}

/// A value that is not read yet, and why it could not be read.
struct Json<D, E> {
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'a, D: Deserializer<'a>> Json<D, D::Error> {
    /// Takes the deserializer, which reads once.
    fn read<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, Stop> {
        let deserializer = self.deserializer.take().ok_or(Stop)?;
        read(deserializer).map_err(|error| {
            self.error = Some(error);
            Stop
        })
    }
}

impl<'a, D: Deserializer<'a>> Source<'a> for Json<D, D::Error> {
    fn value(&mut self, shape: Shape<'_, '_, 'a>) -> Result<(), Stop> {
        self.read(|deserializer| match shape {
            Shape { text: Some(_), list: None, object: None, .. } => deserializer.deserialize_str(shape),
            Shape { text: None, list: Some(_), .. } => deserializer.deserialize_seq(shape),
            Shape { text: None, object: Some(_), .. } => deserializer.deserialize_map(shape),
            Shape { truth: Some(_), .. } => deserializer.deserialize_bool(shape),
            _ => deserializer.deserialize_any(shape),
        })
    }

    fn option(&mut self, place: &mut dyn Fill<'a>) -> Result<bool, Stop> {
        self.read(|deserializer| deserializer.deserialize_option(UnlessNull(place)))
    }

    fn raw(&mut self) -> Result<&'a RawValue, Stop> {
        self.read(<&'a RawValue>::deserialize)
    }
}

/// A place as serde fills it.
struct Place<'p, 'a>(&'p mut dyn Fill<'a>);

impl<'a> DeserializeSeed<'a> for Place<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        fill(self.0, deserializer)
    }
}

struct UnlessNull<'p, 'a>(&'p mut dyn Fill<'a>);

impl<'a> Visitor<'a> for UnlessNull<'_, 'a> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'a>>(self, deserializer: D) -> Result<bool, D::Error> {
        fill(self.0, deserializer).map(|()| true)
    }
}

impl<'a> Visitor<'a> for Shape<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        match self.truth {
            Some(place) => *place = value,
            None => return Err(E::invalid_type(Unexpected::Bool(value), &self)),
        }
        Ok(())
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'a str) -> Result<(), E> {
        match self.text {
            Some(place) => *place = Some(Cow::Borrowed(text)),
            None => return Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match self.text {
            Some(place) => *place = Some(Cow::Owned(text.to_owned())),
            None => return Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        let Some(element) = self.list else { return Err(A::Error::invalid_type(Unexpected::Seq, &self)) };
        for index in 0..self.length.unwrap_or(usize::MAX) {
            if list.next_element_seed(Place(&mut *element))?.is_none() {
                return match self.length {
                    Some(_) => Err(A::Error::invalid_length(index, &self.expected)),
                    None => Ok(()),
                };
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((names, places)) = self.object else {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        };
        // No document has more fields than bits.
        let mut seen = 0_u128;
        let mut likely = 0;
        while let Some(index) = map.next_key_seed(FieldOf { names, likely })? {
            let bit = bit(index);
            let (Some(place), Some(name)) = (places.get_mut(index), names.get(index)) else { continue };
            if seen & bit != 0 {
                return Err(A::Error::duplicate_field(name));
            }
            seen |= bit;
            likely = index.wrapping_add(1);
            map.next_value_seed(Place(&mut **place))?;
        }
        let mut fields = names.iter().zip(places.iter()).enumerate();
        match fields.find(|(index, (_, place))| seen & bit(*index) == 0 && !place.is_optional()) {
            Some((_, (name, _))) => Err(A::Error::missing_field(name)),
            None => Ok(()),
        }
    }
}

fn bit(index: usize) -> u128 {
    u32::try_from(index).map_or(0, |index| 1_u128.wrapping_shl(index))
}

/// Which of these names the next key is; documents mostly have them in order.
struct FieldOf {
    names: &'static [&'static str],
    likely: usize,
}

impl<'a> DeserializeSeed<'a> for FieldOf {
    type Value = usize;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldOf {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<usize, E> {
        if self.names.get(self.likely).is_some_and(|name| *name == key) {
            return Ok(self.likely);
        }
        let found = self.names.iter().position(|name| *name == key);
        found.ok_or_else(|| E::unknown_field(key, self.names))
    }
}
