//! Where the bookings are, by the hash of their key.

/// How many bookings stand in one line of the table.
const WIDTH: usize = 8;

/// The hash of a key, which is looked up first and inserted later; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHash(u32);

/// Positions by hash, in lines as wide as the memory reads at once.
///
/// Most lookups find no booking, and a table of a million is in no cache: what costs is how many places of memory are
/// waited for. Here it is one, and it is the one that is written afterwards. Growing reads no key again.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyTable {
    lines: Vec<Line>,
    len: usize,
}

/// Bookings whose hashes lie close together; they fill it from the first place on. A hash of 0 is a free place.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    hashes: [u32; WIDTH],
    positions: [u32; WIDTH],
}

impl KeyHash {
    pub(super) fn of(hash: u64) -> Self {
        // The upper half; the lower one is as good.
        let [upper @ .., _, _, _, _] = hash.to_be_bytes();
        Self(u32::from_be_bytes(upper).max(1))
    }
}

impl Line {
    fn is_full(&self) -> bool {
        let [.., last] = self.hashes;
        last != 0
    }

    /// Takes a booking; false if the line is full.
    fn take(&mut self, hash: u32, position: u32) -> bool {
        let taken = self.hashes.iter().filter(|hash| **hash != 0).count();
        match (self.hashes.get_mut(taken), self.positions.get_mut(taken)) {
            (Some(free), Some(place)) => {
                (*free, *place) = (hash, position);
                true
            }
            _ => false,
        }
    }

    fn bookings(&self) -> impl Iterator<Item = (u32, u32)> {
        self.hashes.into_iter().zip(self.positions).filter(|(hash, _)| *hash != 0)
    }
}

impl KeyTable {
    /// The position with this hash that is the key's.
    pub(super) fn find(&self, KeyHash(hash): KeyHash, is_key: impl Fn(u32) -> bool) -> Option<u32> {
        // A line that is full continues in the next one.
        let (before, from) = self.lines.split_at_checked(self.home(hash))?;
        for line in from.iter().chain(before) {
            let mut same = line.bookings().filter(|(other, _)| *other == hash);
            if let Some((_, position)) = same.find(|(_, position)| is_key(*position)) {
                return Some(position);
            }
            if !line.is_full() {
                return None;
            }
        }
        None
    }

    pub(super) fn insert(&mut self, KeyHash(hash): KeyHash, position: u32) {
        self.reserve(1);
        self.put(hash, position);
    }

    /// Makes room for so many more bookings; at most three quarters of the places are taken.
    pub(super) fn reserve(&mut self, additional: usize) {
        let places = self.len.saturating_add(additional).div_ceil(3).saturating_mul(4);
        if places <= self.lines.len().saturating_mul(WIDTH) {
            return;
        }
        let lines = places.div_ceil(WIDTH).max(self.lines.len().saturating_mul(2));
        let old = std::mem::replace(&mut self.lines, vec![Line::default(); lines]);
        self.len = 0;
        for (hash, position) in old.iter().flat_map(Line::bookings) {
            self.put(hash, position);
        }
    }

    fn put(&mut self, hash: u32, position: u32) {
        let home = self.home(hash);
        let Some((before, from)) = self.lines.split_at_mut_checked(home) else { return };
        if from.iter_mut().chain(before).any(|line| line.take(hash, position)) {
            self.len = self.len.saturating_add(1);
        }
    }

    /// The line where the bookings with this hash begin; in the order of the hashes, so that growing goes through
    /// both tables from front to back.
    fn home(&self, hash: u32) -> usize {
        let lines = u64::try_from(self.lines.len()).unwrap_or(u64::MAX);
        let scaled = u64::from(hash).saturating_mul(lines).wrapping_shr(u32::BITS);
        usize::try_from(scaled).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(upper: u32) -> KeyHash {
        KeyHash::of(u64::from(upper) << u32::BITS)
    }

    fn spread(position: u32) -> u32 {
        position.wrapping_mul(0x9e37_79b9)
    }

    /// Evenly spread, all at the front, all at the end where the lines go on at the front, and all the same.
    #[test]
    fn every_booking_is_found_and_no_other() {
        // Where all are the same, each is compared with each: Miri would take half an hour.
        let count = if cfg!(miri) { 100 } else { 1000 };
        let spreads: [fn(u32) -> u32; 4] = [spread, |n| n, |n| u32::MAX - n, |_| 0x8000_0000];
        for spread in spreads {
            let mut table = KeyTable::default();
            assert_eq!(table.find(hash(spread(0)), |_| true), None);
            for position in 0..count {
                table.insert(hash(spread(position)), position);
            }
            for position in 0..count {
                let found = |wanted| table.find(hash(spread(position)), |other| other == wanted);
                assert_eq!(found(position), Some(position));
                assert_eq!(found(count), None);
            }
        }
    }

    #[test]
    fn a_line_is_full_when_its_last_place_is_taken() {
        let mut line = Line::default();
        for position in 0..8 {
            assert!(!line.is_full(), "{position}");
            assert!(line.take(7, position), "{position}");
        }
        assert!(line.is_full());
        assert!(!line.take(7, 8));
    }

    #[test]
    fn hashes_are_spread_over_the_lines_in_their_order() {
        let table = KeyTable { lines: vec![Line::default(); 100], len: 0 };
        let homes = [0, 1 << 30, 1 << 31, u32::MAX].map(|hash| table.home(hash));
        assert_eq!(homes, [0, 25, 50, 99]);
    }

    #[test]
    fn a_table_that_has_room_does_not_grow() {
        let mut table = KeyTable::default();
        table.reserve(1000);
        let lines = table.lines.len();
        for position in 0..1000 {
            table.insert(hash(spread(position)), position);
        }
        assert_eq!((table.lines.len(), table.len), (lines, 1000));
    }
}
