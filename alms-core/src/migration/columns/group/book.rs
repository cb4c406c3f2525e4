//! The book in which the keys of accounts are looked up.

use super::key::is_same;
use super::{Key, KeyFault, MISSING, TooManyAccounts, UNKNOWN, checked};
use foldhash::fast::RandomState;
use std::hash::BuildHasher as _;

/// How many keys are looked up at a time: what is known of them stays in the first cache.
pub(super) const AT_A_TIME: usize = 256;

/// The keys of the accounts.
pub(super) struct Book<K> {
    keys: Vec<Option<K>>,
    /// Where each key is; made when it is first needed.
    places: Option<Places>,
    /// Where to look first: rows that are in the order of the accounts find theirs here.
    expected: usize,
    is_rising: bool,
}

impl<K: Key> Book<K> {
    pub(super) fn of(keys: Vec<Option<K>>) -> Result<Self, TooManyAccounts> {
        checked(keys.len())?;
        // Keys that rise are all different, and nobody has to look any up to know it.
        let is_rising = keys.is_sorted_by(|earlier, later| earlier.is_some() && earlier < later);
        Ok(Self { keys, places: None, expected: 0, is_rising })
    }

    pub(super) const fn len(&self) -> usize {
        self.keys.len()
    }

    /// The first account with each of at most [`AT_A_TIME`] keys.
    pub(super) fn accounts_of(&mut self, wanted: &[Option<K>]) -> [u32; AT_A_TIME] {
        let mut found = [UNKNOWN; AT_A_TIME];
        let as_expected = self.as_expected(wanted);
        // The number of accounts fits.
        let first = u32::try_from(self.expected).unwrap_or(UNKNOWN);
        (first..).zip(&mut found).take(as_expected).for_each(|(account, found)| *found = account);
        self.expected = self.expected.saturating_add(as_expected);
        let others = wanted.get(as_expected..).unwrap_or_default();
        if let (false, Some(found)) = (others.is_empty(), found.get_mut(as_expected..)) {
            let places = self.places.get_or_insert_with(|| Places::of(&self.keys));
            places.find(&self.keys, others, found);
            let last = found.get(others.len().saturating_sub(1)).filter(|last| **last < MISSING);
            self.expected = last.map_or(self.expected, |last| (*last as usize).saturating_add(1));
        }
        found
    }

    /// How many of the keys are those of the next accounts.
    fn as_expected(&self, wanted: &[Option<K>]) -> usize {
        let next = self.keys.get(self.expected..).filter(|_| self.is_rising).unwrap_or_default();
        // A row without a key is nobody's, also where the only account has none.
        let is_next =
            |(account, wanted): &(&Option<K>, &Option<K>)| wanted.is_some() && is_same(**account, **wanted);
        next.iter().zip(wanted).take_while(is_next).count()
    }

    /// What is wrong with each key; empty if nothing is with any.
    pub(super) fn faults(self) -> Vec<KeyFault> {
        let is_fine = |key: &Option<K>| key.is_some_and(Key::is_valid);
        if self.is_rising && self.keys.iter().all(is_fine) {
            return Vec::new();
        }
        let places = self.places.unwrap_or_else(|| Places::of(&self.keys));
        let fault = |(account, key): (u32, &Option<K>)| match key {
            None => KeyFault::Missing,
            Some(key) if places.first(&self.keys, *key) != account => KeyFault::Duplicate,
            Some(key) if !key.is_valid() => KeyFault::Invalid,
            Some(_) => KeyFault::None,
        };
        (0..).zip(&self.keys).map(fault).collect()
    }
}

/// So many accounts have places that stay in the second cache even if most of them are free.
const IN_CACHE: usize = 8_192;

/// For each hash, the account whose key has it, or the places behind it where it was taken already.
///
/// A place is four bytes, so that those of many accounts stay in the cache; and many keys are looked up at a time, so that
/// the memory answers many questions at once. A `HashMap` of the keys is slower by a third.
struct Places {
    /// The account + 1, or 0; there are at least twice as many as accounts, and a power of two.
    numbers: Vec<u32>,
    /// What is left of a hash when it is shifted by so much numbers the places.
    shift: u32,
    hasher: RandomState,
}

impl Places {
    fn of<K: Key>(keys: &[Option<K>]) -> Self {
        // Few places taken are few keys at a place of another; but what is no longer in the cache should be small.
        let per_account = if keys.len() <= IN_CACHE { 16 } else { 2 };
        let count = keys.len().saturating_mul(per_account).max(2).next_power_of_two();
        let shift = 64_u32.saturating_sub(count.trailing_zeros());
        let mut places = Self { numbers: vec![0; count], shift, hasher: RandomState::default() };
        for (number, key) in (1..).zip(keys) {
            let Some(key) = key else { continue };
            let (place, account) = places.search(keys, *key, places.place(*key));
            if let Some(free) = places.numbers.get_mut(place).filter(|_| account == UNKNOWN) {
                *free = number;
            }
        }
        places
    }

    #[inline]
    fn place<K: Key>(&self, key: K) -> usize {
        self.hasher.hash_one(key).wrapping_shr(self.shift) as usize
    }

    /// The first account with the key, from a place on, and its place; or the free place where it would be, and
    /// [`UNKNOWN`].
    fn search<K: Key>(&self, keys: &[Option<K>], key: K, mut place: usize) -> (usize, u32) {
        loop {
            // There are always free places, and behind the last is the first.
            match self.numbers.get(place) {
                None => place = 0,
                Some(0) => return (place, UNKNOWN),
                Some(number) => {
                    let account = number.wrapping_sub(1);
                    if is_same(keys.get(account as usize).copied().flatten(), Some(key)) {
                        return (place, account);
                    }
                    place = place.wrapping_add(1);
                }
            }
        }
    }

    /// The first account with the key.
    fn first<K: Key>(&self, keys: &[Option<K>], key: K) -> u32 {
        self.search(keys, key, self.place(key)).1
    }

    /// The first account with each of `wanted`.
    fn find<K: Key>(&self, keys: &[Option<K>], wanted: &[Option<K>], found: &mut [u32]) {
        // What is at each place, before any of it is needed.
        for (found, key) in found.iter_mut().zip(wanted) {
            let number = key.and_then(|key| self.numbers.get(self.place(key)).copied());
            *found = number.unwrap_or_default().wrapping_sub(1);
        }
        for (found, wanted) in found.iter_mut().zip(wanted) {
            *found = match wanted {
                None => MISSING,
                Some(_) if is_same(keys.get(*found as usize).copied().flatten(), *wanted) => *found,
                Some(wanted) => self.first(keys, *wanted),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accounts in several blocks, of which every third key is there twice, and every seventh is missing.
    #[test]
    fn keys_are_found_at_their_first_account_however_many_they_are() {
        let many = if cfg!(miri) { 600 } else { IN_CACHE as u64 + 1 };
        for count in [0_u64, 1, 2, 255, 257, many] {
            let keys: Vec<Option<u64>> = (0..count)
                .map(|number| (number % 7 != 0).then_some(if number % 3 == 0 { number / 2 } else { number }))
                .collect();
            let wanted: Vec<Option<u64>> = (0..count.min(AT_A_TIME as u64)).map(Some).chain([None]).collect();
            let mut book = Book::of(keys.clone()).unwrap();
            for wanted in wanted.chunks(AT_A_TIME) {
                let found = book.accounts_of(wanted);
                for (key, found) in wanted.iter().zip(found) {
                    let first =
                        key.map_or(Some(MISSING as usize), |_| keys.iter().position(|other| other == key));
                    assert_eq!(found, first.map_or(UNKNOWN, |first| first as u32), "{count} {key:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_without_a_key_is_not_that_of_an_account_without_one() {
        let mut book = Book::<u32>::of(vec![None]).unwrap();
        assert_eq!(book.accounts_of(&[None, Some(1)])[..2], [MISSING, UNKNOWN]);
    }

    #[test]
    fn rows_in_the_order_of_the_accounts_need_no_places() {
        let mut book = Book::of((10_u32..300).map(Some).collect()).unwrap();
        let wanted: Vec<_> = (10..200).map(Some).collect();
        assert_eq!(book.accounts_of(&wanted)[..190], (0..190).collect::<Vec<_>>());
        assert!(book.places.is_none());
        // One account has no rows; behind it, all are as expected again.
        let wanted: Vec<_> = (201..290).map(Some).collect();
        assert_eq!(book.accounts_of(&wanted)[..89], (191..280).collect::<Vec<_>>());
        assert_eq!(book.expected, 280);
        assert!(book.places.is_some());
    }

    #[test]
    fn the_last_place_is_followed_by_the_first() {
        let keys: Vec<_> = [7_u32, 8, 9].map(Some).into();
        let mut places = Places::of(&keys);
        places.numbers = vec![2, 3, 0, 1];
        assert_eq!(places.search(&keys, 8, 3), (0, 1));
        assert_eq!(places.search(&keys, 9, 3), (1, 2));
        assert_eq!(places.search(&keys, 6, 3), (2, UNKNOWN));
    }
}
