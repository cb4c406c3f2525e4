use crate::text::Serial;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The serials of a file, each with the place of its first row.
///
/// A row that is bad for another reason counts too: once it is corrected, its serial would be there twice.
/// The map is only asked, never listed, so that its random order is never seen.
#[derive(Debug)]
pub(super) struct Serials<P>(HashMap<Serial, P>);

impl<P: Copy> Serials<P> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// Remembers the serial, or gives the place where it stood before.
    pub(super) fn earlier(&mut self, serial: &Serial, place: P) -> Option<P> {
        match self.0.entry(serial.clone()) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(free) => {
                free.insert(place);
                None
            }
        }
    }
}
