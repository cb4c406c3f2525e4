//! Reading.

use crate::de::held;
use crate::scan::{Malformed, Numbers};
use crate::{Deserializer, Fault};
use serde::de::Error as _;
use std::borrow::Cow;

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

    /// The names of the fields that have to be there; where none are listed, those that are not optional.
    fn needed(&self) -> Option<&'static [&'static str]> {
        None
    }

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
    fn raw(&mut self) -> Result<Raw<'a>, Stop>;
}

/// A value as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// Its text.
    pub const fn get(self) -> &'a str {
        self.0
    }
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
    /// Where a whole number goes; one that is too large for it goes to its end.
    pub number: Option<&'s mut Option<i64>>,
    /// Is filled with each element in turn.
    pub list: Option<&'s mut dyn Fill<'a>>,
    /// How many elements there have to be, where that is known.
    pub length: Option<usize>,
    /// The names of the fields, and their places in the same order.
    pub object: Option<(&'static [&'static str], &'s mut [&'f mut dyn Fill<'a>])>,
    /// The fields that have to be there; where none are listed, those that are not optional.
    pub needed: Option<&'static [&'static str]>,
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

impl<'a> Fill<'a> for Raw<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        *self = source.raw()?;
        Ok(())
    }
}

impl<'a> Read<'a> for Raw<'a> {
    fn empty() -> Self {
        Self("null")
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
        source.value(Shape { expected: "a list", list: Some(&mut Elements(self)), ..Shape::default() })
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
/// [`Fault`] with the path of the value that is wrong; a text that is not JSON is refused for that first.
pub fn read<'a>(input: &'a str, place: &mut dyn Fill<'a>) -> Result<(), Fault> {
    let mut text = Text { json: Deserializer::new(input), fault: None };
    match place.fill(&mut text) {
        Ok(()) => text.json.end(),
        Err(Stop) => {
            let fault = text.fault.unwrap_or_else(|| Fault::invalid_input("nothing is read; give a value"));
            Err(text.json.first(fault))
        }
    }
}

/// A text that is read, and why it could not be.
struct Text<'a> {
    json: Deserializer<'a>,
    fault: Option<Fault>,
}

impl<'a> Text<'a> {
    /// Keeps a fault.
    fn take<T>(&mut self, result: Result<T, Fault>) -> Result<T, Stop> {
        result.map_err(|fault| {
            self.fault = Some(fault);
            Stop
        })
    }

    /// Keeps why the text is not JSON.
    fn scanned<T>(&mut self, result: Result<T, Malformed>) -> Result<T, Stop> {
        let result = self.json.json(result);
        self.take(result)
    }

    /// Fills a place inside of the value that is read, and places its fault there.
    fn part(&mut self, place: &mut dyn Fill<'a>, within: impl FnOnce(Fault) -> Fault) -> Result<(), Stop> {
        place.fill(self).inspect_err(|Stop| self.fault = self.fault.take().map(within))
    }

    fn list(&mut self, element: &mut dyn Fill<'a>, length: Option<usize>) -> Result<(), Stop> {
        let mut more = match self.json.scan.peek() {
            Some(b']') => Ok(false),
            Some(_) => Ok(true),
            None => Err(self.json.scan.failure("EOF while parsing a list")),
        };
        let mut index = 0_usize;
        while self.scanned(more)? {
            if length == Some(index) {
                // Longer than what is filled.
                return Err(Stop);
            }
            self.part(element, |fault| fault.at_index(index))?;
            index = index.saturating_add(1);
            more = self.json.scan.more(b']');
        }
        if length.is_some_and(|length| length != index) { Err(Stop) } else { Ok(()) }
    }

    fn object(
        &mut self,
        names: &'static [&'static str],
        places: &mut [&mut dyn Fill<'a>],
        needed: Option<&'static [&'static str]>,
    ) -> Result<(), Stop> {
        // No document has more fields than bits.
        let mut seen = 0_u128;
        let mut likely = 0;
        let mut more = Ok(self.json.scan.peek() != Some(b'}'));
        while self.scanned(more)? {
            let key = self.json.scan.key();
            let key = self.scanned(key)?;
            let index = self.take(index_of(&key, names, likely))?;
            let bit = bit(index);
            let (Some(place), Some(name)) = (places.get_mut(index), names.get(index)) else { continue };
            if seen & bit != 0 {
                return self.take(Err(Fault::duplicate_field(name)));
            }
            seen |= bit;
            likely = index.wrapping_add(1);
            self.part(&mut **place, |fault| fault.at(name))?;
            more = self.json.scan.more(b'}');
        }
        let is_needed = |name: &&str, place: &dyn Fill<'a>| match needed {
            Some(needed) => needed.contains(name),
            None => !place.is_optional(),
        };
        let mut fields = names.iter().zip(places.iter()).enumerate();
        match fields.find(|(index, (name, place))| seen & bit(*index) == 0 && is_needed(name, &***place)) {
            Some((_, (name, _))) => self.take(Err(Fault::missing_field(name))),
            None => Ok(()),
        }
    }

    fn number(&mut self, place: &mut Option<i64>) -> Result<(), Stop> {
        let number = self.json.scan.number();
        *place = Some(held(self.scanned(number)?).ok_or(Stop)?);
        Ok(())
    }

    /// Reads what a list or object holds, one deeper.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        let entered = self.json.enter();
        self.take(entered)?;
        read(self)?;
        self.json.leave();
        Ok(())
    }

    fn word(&mut self, word: &'static str) -> Result<(), Stop> {
        let read = self.json.scan.word(word);
        self.scanned(read)
    }
}

impl<'a> Source<'a> for Text<'a> {
    fn value(&mut self, shape: Shape<'_, '_, 'a>) -> Result<(), Stop> {
        let Shape { expected, truth, text, number, list, length, object, needed } = shape;
        let byte = self.json.peek();
        let (byte, start) = (self.take(byte)?, self.json.scan.position());
        let read = match (byte, truth, text, number, list, object) {
            (b'"', _, Some(place), ..) => {
                let text = self.json.scan.string();
                *place = Some(self.scanned(text)?);
                Ok(())
            }
            (b'-' | b'0'..=b'9', _, _, Some(place), ..) => self.number(place),
            (b'[', _, _, _, Some(element), _) => self.deeper(|json| json.list(element, length)),
            (b'{', _, _, _, _, Some((names, places))) => {
                self.deeper(|json| json.object(names, places, needed))
            }
            (b't', Some(place), ..) => {
                *place = true;
                self.word("true")
            }
            (b'f', Some(place), ..) => {
                *place = false;
                self.word("false")
            }
            _ => Err(Stop),
        };
        read.inspect_err(|Stop| {
            let fault = self.fault.take().unwrap_or_else(|| Fault::expected(expected));
            self.fault = Some(self.json.quoted(start, fault));
        })
    }

    fn option(&mut self, place: &mut dyn Fill<'a>) -> Result<bool, Stop> {
        if self.json.scan.peek() == Some(b'n') {
            return self.word("null").map(|()| false);
        }
        place.fill(self).map(|()| true)
    }

    fn raw(&mut self) -> Result<Raw<'a>, Stop> {
        let range = self.json.scan.skip(self.json.levels_left(), Numbers::Any);
        let range = self.scanned(range)?;
        Ok(Raw(self.json.scan.text().get(range).unwrap_or_default()))
    }
}

fn bit(index: usize) -> u128 {
    u32::try_from(index).map_or(0, |index| 1_u128.wrapping_shl(index))
}

/// Which of these names the key is; documents mostly have them in order.
fn index_of(key: &str, names: &'static [&'static str], likely: usize) -> Result<usize, Fault> {
    if names.get(likely).is_some_and(|name| *name == key) {
        return Ok(likely);
    }
    names.iter().position(|name| *name == key).ok_or_else(|| Fault::unknown_field(key, names))
}
