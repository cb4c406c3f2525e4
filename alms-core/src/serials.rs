use crate::text::Serial;
use std::hash::{BuildHasher as _, RandomState};

/// The serials of a file or list, each with the place of its first row.
///
/// A row that is bad for another reason counts too: once it is corrected, its serial would be there twice. A row may be
/// of a few bytes, so that a serial takes not much more than its letters: they stand in one text, and a table of hashes
/// holds the numbers of the serials. The table is only asked, never listed, so that its random order is never seen.
#[derive(Debug)]
pub(crate) struct Serials<P> {
    hasher: RandomState,
    /// The letters of all serials.
    letters: String,
    /// Where in `letters` each serial begins, and its place.
    entries: Vec<(usize, P)>,
    /// The numbers of entries, each near the place that its hash names; a power of two, a quarter of them free.
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;
const SLOTS_MIN: usize = 16;

impl<P: Copy> Serials<P> {
    pub(crate) fn new() -> Self {
        Self { hasher: RandomState::new(), letters: String::new(), entries: Vec::new(), slots: Vec::new() }
    }

    /// Remembers the serial, or gives the place where it stood before.
    pub(crate) fn earlier(&mut self, serial: &Serial, place: P) -> Option<P> {
        if self.entries.len().saturating_mul(4) >= self.slots.len().saturating_mul(3) {
            self.grow();
        }
        let at = self.slot(serial.as_str());
        let slot = self.slots.get_mut(at)?;
        if *slot != FREE {
            return self.entries.get(*slot as usize).map(|(_, first)| *first);
        }
        *slot = u32::try_from(self.entries.len()).unwrap_or(FREE);
        self.entries.push((self.letters.len(), place));
        self.letters.push_str(serial.as_str());
        None
    }

    /// The slot that has a serial, or the free one for it.
    fn slot(&self, serial: &str) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = self.hasher.hash_one(serial) as usize & mask;
        while let Some(entry) = self.slots.get(at)
            && *entry != FREE
            && self.serial(*entry) != serial
        {
            at = at.wrapping_add(1) & mask;
        }
        at
    }

    fn serial(&self, entry: u32) -> &str {
        let number = entry as usize;
        let start = self.entries.get(number).map_or(0, |(start, _)| *start);
        let end = self.entries.get(number.saturating_add(1)).map_or(self.letters.len(), |(start, _)| *start);
        self.letters.get(start..end).unwrap_or_default()
    }

    fn grow(&mut self) {
        let count = self.slots.len().saturating_mul(2).max(SLOTS_MIN);
        self.slots.clear();
        self.slots.resize(count, FREE);
        for entry in (0..FREE).take(self.entries.len()) {
            let at = self.slot(self.serial(entry));
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = entry;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_serial_has_the_place_of_its_first_row() {
        let mut serials = Serials::new();
        let serial = |number: u32| -> Serial { format!("{number}").parse().unwrap() };
        for number in 0..1_000 {
            assert_eq!(serials.earlier(&serial(number), number), None);
        }
        for number in 0..1_000 {
            assert_eq!(serials.earlier(&serial(number), 5_000), Some(number));
        }
        // `1` and `11` make the same letters as `11` and `1`.
        let mut serials = Serials::new();
        assert_eq!(serials.earlier(&serial(1), 1), None);
        assert_eq!(serials.earlier(&serial(11), 2), None);
        assert_eq!(serials.earlier(&serial(111), 3), None);
        assert_eq!(serials.earlier(&serial(11), 4), Some(2));
    }
}
