//! The codes of texts, of which few differ.

use alms_core::migration::columns;
use arrow_array::cast::AsArray as _;
use arrow_array::{
    Array as _, ArrayRef, ArrowPrimitiveType, GenericStringArray, OffsetSizeTrait, PrimitiveArray,
    downcast_integer_array,
};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use std::collections::HashMap;

/// The code of each text.
pub(super) fn codes(texts: &ArrayRef, mut code: impl FnMut(Option<&str>) -> u8) -> Vec<u8> {
    if let Some(dictionary) = texts.as_any_dictionary_opt() {
        let none = code(None);
        let of_values = codes(dictionary.values(), code);
        let keys = dictionary.keys();
        return downcast_integer_array!(
            keys => of_keys(keys, &of_values, none),
            _ => vec![none; texts.len()],
        );
    }
    match texts.data_type() {
        DataType::Utf8 => of_texts(texts.as_string::<i32>(), code),
        DataType::LargeUtf8 => of_texts(texts.as_string::<i64>(), code),
        DataType::Utf8View => texts.as_string_view().iter().map(code).collect(),
        _ => vec![code(None); texts.len()],
    }
}

/// The code of each model, which is found once for each: there are few, whatever the number of systems.
pub(super) fn model_codes(models: &ArrayRef) -> Vec<u8> {
    let mut known: HashMap<String, u8, foldhash::fast::RandomState> = HashMap::default();
    codes(models, |model| {
        let Some(name) = model else { return columns::model_code(None) };
        if let Some(code) = known.get(name) {
            return *code;
        }
        let code = columns::model_code(model);
        known.insert(name.to_owned(), code);
        code
    })
}

/// The code of each key of a dictionary. The keys are read as they are: to make them all of one type first would cost more
/// than to look up their codes.
fn of_keys<K: ArrowPrimitiveType<Native: ArrowNativeType>>(
    keys: &PrimitiveArray<K>,
    of_values: &[u8],
    none: u8,
) -> Vec<u8> {
    let of_key = |key: K::Native| of_values.get(key.as_usize()).copied().unwrap_or(none);
    match keys.null_count() {
        0 => keys.values().iter().map(|key| of_key(*key)).collect(),
        _ => keys.iter().map(|key| key.map_or(none, of_key)).collect(),
    }
}

/// The code of each text. Reading the name of a state takes three times as long as finding that it was read before.
fn of_texts<O: OffsetSizeTrait>(
    texts: &GenericStringArray<O>,
    mut code: impl FnMut(Option<&str>) -> u8,
) -> Vec<u8> {
    if texts.null_count() > 0 {
        return texts.iter().map(code).collect();
    }
    let (bytes, ends) = (texts.value_data(), texts.value_offsets());
    let mut seen = Seen::new();
    let bounds = ends.iter().zip(ends.iter().skip(1)).enumerate();
    let codes = bounds.map(|(row, (start, end))| {
        let mut find = || code(Some(texts.value(row)));
        match Short::at(bytes, start.as_usize(), end.as_usize()) {
            Some(short) => seen.code(short, find),
            None => find(),
        }
    });
    codes.collect()
}

/// A text of at most 15 bytes as a number: equal texts are found without a look at each of their bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Short(
    /// The bytes, the first the lowest, and their count as the highest.
    u128,
);

impl Short {
    /// What is read at once.
    const BYTES: usize = 16;

    /// The forms of texts of 0 bytes, of 1, and so on. Shifting both into their places for every text would cost more.
    #[rustfmt::skip]
    const FORMS: [(u128, u128); Self::BYTES] = [
        form(0), form(1), form(2), form(3), form(4), form(5), form(6), form(7),
        form(8), form(9), form(10), form(11), form(12), form(13), form(14), form(15),
    ];

    /// The text from byte `start` up to `end`, unless it is too long, or too near to the end of all texts to read what
    /// follows it, and to take that away again.
    #[inline]
    fn at(texts: &[u8], start: usize, end: usize) -> Option<Self> {
        let (mask, count) = Self::FORMS.get(end.checked_sub(start)?)?;
        let bytes = u128::from_le_bytes(*texts.get(start..)?.first_chunk::<{ Self::BYTES }>()?);
        Some(Self((bytes & mask) | count))
    }
}

/// Of a text of `count` bytes, up to 15: the bits of its bytes, and the count where it is kept.
const fn form(count: u32) -> (u128, u128) {
    (!u128::MAX.wrapping_shl(count.wrapping_mul(8)), (count as u128).wrapping_shl(120))
}

/// Short texts and their codes; a text takes the place of another one that has the same.
struct Seen {
    texts: [Short; Self::PLACES],
    codes: [u8; Self::PLACES],
}

impl Seen {
    /// More than there are states, or common models.
    const PLACES: usize = 64;

    const fn new() -> Self {
        // No text has so many bytes.
        Self { texts: [Short(u128::MAX); Self::PLACES], codes: [0; Self::PLACES] }
    }

    #[inline]
    fn code(&mut self, text: Short, find: impl FnOnce() -> u8) -> u8 {
        // The first bytes tell most texts apart. The factor is 2^64 by the golden ratio: it spreads them.
        let place = ((text.0 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize;
        let (Some(seen), Some(code)) = (self.texts.get_mut(place), self.codes.get_mut(place)) else {
            return find();
        };
        if *seen != text {
            (*seen, *code) = (text, find());
        }
        *code
    }
}
