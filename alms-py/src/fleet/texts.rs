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
    let (bytes, bounds) = (texts.value_data(), texts.value_offsets());
    let mut seen = [Seen::NOTHING; Seen::PLACES];
    let bounds = bounds.iter().zip(bounds.iter().skip(1)).enumerate();
    let codes = bounds.map(|(row, (start, end))| {
        let (start, end) = (start.as_usize(), end.as_usize());
        let found = sixteen_from(bytes, start).and_then(|bytes| {
            let seen = seen.get(Seen::place(bytes))?;
            seen.is(bytes, end.wrapping_sub(start)).then_some(seen.code)
        });
        found.unwrap_or_else(|| remembered(&mut seen, texts.value(row), &mut code))
    });
    codes.collect()
}

/// The bytes from one on, the first the lowest, of whatever texts they are; none so near to the end that there are fewer.
#[inline]
fn sixteen_from(texts: &[u8], start: usize) -> Option<u128> {
    let bytes = texts.get(start..start.wrapping_add(Seen::BYTES))?;
    bytes.first_chunk().map(|bytes| u128::from_le_bytes(*bytes))
}

/// The code of a text that was not found; it takes the place of another one that has the same.
// Rare: not inlined, it leaves the loop its registers.
#[cold]
#[inline(never)]
fn remembered(seen: &mut [Seen], text: &str, code: &mut impl FnMut(Option<&str>) -> u8) -> u8 {
    let code = code(Some(text));
    let mut bytes = [0; Seen::BYTES];
    if let Some(start) = bytes.get_mut(..text.len()) {
        start.copy_from_slice(text.as_bytes());
        let bytes = u128::from_le_bytes(bytes);
        if let Some(seen) = seen.get_mut(Seen::place(bytes)) {
            *seen = Seen { bytes, count: text.len(), code, own: Seen::own(text.len()) };
        }
    }
    code
}

/// A short text that was seen, and its code: equal texts are found without a look at each of their bytes.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Seen {
    bytes: u128,
    /// Which bits are those of its bytes.
    own: u128,
    /// How many bytes it has.
    count: usize,
    code: u8,
}

impl Seen {
    /// The longest of them, and what is read at once.
    const BYTES: usize = 16;

    /// More than there are states, or common models.
    const PLACES: usize = 64;

    /// No text has so many bytes.
    const NOTHING: Self = Self { bytes: 0, own: 0, count: usize::MAX, code: 0 };

    /// The bits of the bytes of a text.
    const fn own(count: usize) -> u128 {
        let bits = (count as u32).saturating_mul(8);
        match 1_u128.checked_shl(bits) {
            Some(next) => next.wrapping_sub(1),
            None => u128::MAX,
        }
    }

    /// The place of a text that begins with the bytes. Its first four tell most texts apart; one that has fewer is found only
    /// where the same bytes follow it.
    #[inline]
    const fn place(bytes: u128) -> usize {
        // 2^32 by the golden ratio: it spreads them.
        ((bytes as u32).wrapping_mul(0x9e37_79b9) >> 26) as usize
    }

    /// Whether a text is this one: of `count` bytes, with which `bytes` begin.
    #[inline]
    const fn is(&self, bytes: u128, count: usize) -> bool {
        self.count == count && (bytes ^ self.bytes) & self.own == 0
    }
}
