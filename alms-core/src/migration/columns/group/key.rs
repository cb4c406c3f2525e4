//! What can be the key of an account.

use crate::text::{AccountName, Uid};
use std::hash::Hash;

/// What can be the key of an account: an integer, or a text that can be its UID.
pub trait Key: Copy + Ord + Hash {
    /// Whether two keys are the same: `==`, or what is faster and says the same.
    fn is_same(self, other: Self) -> bool {
        self == other
    }

    /// Whether an account can have the key (ACC-1).
    fn is_valid(self) -> bool {
        true
    }
}

impl Key for i32 {}
impl Key for i64 {}
impl Key for u32 {}
impl Key for u64 {}

impl Key for &str {
    /// Identifiers mostly have 8 to 16 bytes: they are the same if their first 8 and their last 8 are, which takes two
    /// comparisons of numbers, and no call of a function for texts of any length.
    #[inline]
    fn is_same(self, other: Self) -> bool {
        let (one, other) = (self.as_bytes(), other.as_bytes());
        if one.len() != other.len() || one.len() > 16 {
            return one == other;
        }
        match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
            (Some(first), Some(others)) => first == others && one.last_chunk::<8>() == other.last_chunk(),
            _ => one == other,
        }
    }

    fn is_valid(self) -> bool {
        Uid::try_new(self).is_ok() && AccountName::try_new(self).is_ok()
    }
}

/// Whether two rows have the same key, or none both.
#[inline]
pub(super) fn is_same<K: Key>(one: Option<K>, other: Option<K>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_where_all_their_bytes_are() {
        let long = "0123456789abcdefghij";
        for length in 0..=long.len() {
            let text = &long[..length];
            let copy = String::from(text);
            assert!(text.is_same(&copy), "{text}");
            assert!(!text.is_same(&long[..length.saturating_sub(1)]) || length == 0, "{text}");
            for place in 0..length {
                let mut other = text.to_owned();
                other.replace_range(place..=place, "x");
                assert!(!text.is_same(&other), "{text} {other}");
            }
        }
    }
}
