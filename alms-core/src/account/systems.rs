use super::{System, SystemState};
use crate::ErrorCode;
use crate::bounds::SYSTEMS_MAX;
use crate::calendar::Date;
use crate::text::Serial;
use crate::unique::first_repetition;
use std::fmt;
use std::sync::OnceLock;

/// The systems of an account: the host's order, each serial once.
///
/// ```
/// use alms_core::account::Systems;
/// assert!(Systems::try_new(vec![])?.is_empty());
/// # Ok::<(), alms_core::account::SystemsError>(())
/// ```
#[derive(Clone, Default)]
pub struct Systems {
    list: Vec<System>,
    /// Positions in `list`, ordered by serial: for looking up, and for a fingerprint that does not
    /// depend on the order of the list. Made when they are first needed: putting a large list in order takes longer
    /// than planning it.
    by_serial: OnceLock<Vec<u32>>,
}

/// Why a list is not the systems of an account.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SystemsError {
    /// A serial for the second time.
    #[error("the serial `{serial}` stands in the account twice; remove or correct one of the two systems")]
    DuplicateSerial {
        /// The position of the second system.
        index: usize,
        /// The serial.
        serial: Serial,
    },
    /// More than 10 million systems.
    #[error("an account has at most 10000000 systems, these are `{count}`")]
    TooMany {
        /// How many there are.
        count: usize,
    },
}

impl SystemsError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::DuplicateSerial { .. } => ErrorCode::DuplicateSerial,
            Self::TooMany { .. } => ErrorCode::OutOfRange,
        }
    }
}

impl Systems {
    /// Checks that every serial is there once.
    ///
    /// # Errors
    /// [`SystemsError`]: a serial twice (the first repetition in list order), or more than 10 million systems.
    pub fn try_new(list: Vec<System>) -> Result<Self, SystemsError> {
        check_count(list.len())?;
        match first_repetition(list.iter().map(|system| &system.serial)) {
            Some((index, serial)) => Err(SystemsError::DuplicateSerial { index, serial: serial.clone() }),
            None => Ok(Self::unique(list)),
        }
    }

    /// Systems whose serials are known to be unique.
    const fn unique(list: Vec<System>) -> Self {
        Self { list, by_serial: OnceLock::new() }
    }

    /// The positions in the order of the serials.
    fn by_serial(&self) -> &[u32] {
        self.by_serial.get_or_init(|| positions_by_serial(&self.list))
    }

    /// The same systems in other states, without those whose new state is `None`.
    pub(crate) fn with_states(&self, states: impl Iterator<Item = Option<SystemState>>) -> Self {
        let changed = |(system, state): (&System, Option<SystemState>)| {
            Some(System { state: state?, ..system.clone() })
        };
        // A part of unique serials is unique.
        Self::unique(self.list.iter().zip(states).filter_map(changed).collect())
    }

    /// The same systems, those at these positions having communicated on the day `on`.
    pub(crate) fn reporting(&self, positions: &[usize], on: Date) -> Self {
        let mut systems = self.clone();
        for position in positions {
            if let Some(system) = systems.list.get_mut(*position) {
                system.last_communication = system.last_communication.max(Some(on));
            }
        }
        systems
    }

    /// The systems in the host's order.
    pub fn iter(&self) -> std::slice::Iter<'_, System> {
        self.list.iter()
    }

    /// The systems as a slice, in the host's order.
    pub fn as_slice(&self) -> &[System] {
        &self.list
    }

    /// The systems in the order of their serials.
    pub fn iter_by_serial(&self) -> impl Iterator<Item = &System> {
        self.by_serial().iter().filter_map(|position| self.list.get(*position as usize))
    }

    /// The position of the system with this serial.
    pub fn position(&self, serial: &str) -> Option<usize> {
        let by_serial = self.by_serial();
        let found = by_serial
            .binary_search_by(|position| serial_at(&self.list, *position).unwrap_or_default().cmp(serial))
            .ok()?;
        by_serial.get(found).map(|position| *position as usize)
    }

    /// How many systems there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Gives the list back.
    pub fn into_vec(self) -> Vec<System> {
        self.list
    }
}

/// The positions in the order of the serials; of equal serials the first in the list stays first.
fn positions_by_serial(list: &[System]) -> Vec<u32> {
    let mut positions: Vec<u32> = (0_u32..).take(list.len()).collect();
    // A stable sort, which takes one pass over a list that is sorted already.
    positions.sort_by(|a, b| serial_at(list, *a).cmp(&serial_at(list, *b)));
    positions
}

fn serial_at(list: &[System], position: u32) -> Option<&str> {
    list.get(position as usize).map(|system| system.serial.as_str())
}

impl fmt::Debug for Systems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.list).finish()
    }
}

impl PartialEq for Systems {
    fn eq(&self, other: &Self) -> bool {
        // `by_serial` follows from the list.
        self.list == other.list
    }
}

impl Eq for Systems {}

impl<'a> IntoIterator for &'a Systems {
    type Item = &'a System;
    type IntoIter = std::slice::Iter<'a, System>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Fails where there are more systems than an account has.
const fn check_count(count: usize) -> Result<(), SystemsError> {
    if count > SYSTEMS_MAX { Err(SystemsError::TooMany { count }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(serial: &str) -> System {
        System {
            serial: serial.parse().unwrap(),
            model: "RV55".parse().unwrap(),
            state: SystemState::Active,
            last_communication: None,
            support_end: None,
            warranty_end: None,
            sku_region: None,
        }
    }

    #[test]
    fn the_first_repetition_is_named() {
        let list = ["b", "a", "c", "a", "b"].map(system).to_vec();
        assert_eq!(
            Systems::try_new(list),
            Err(SystemsError::DuplicateSerial { index: 3, serial: "a".parse().unwrap() })
        );
    }

    /// By their number alone: the systems themselves would take a gigabyte.
    #[test]
    fn an_account_has_at_most_ten_million_systems() {
        assert_eq!(check_count(10_000_000), Ok(()));
        for count in [10_000_001, 10_000_002, usize::MAX] {
            assert_eq!(check_count(count), Err(SystemsError::TooMany { count }));
        }
    }

    #[test]
    fn every_system_is_found_by_its_serial() {
        let systems = Systems::try_new(["b", "c", "a"].map(system).to_vec()).unwrap();
        for (index, system) in systems.iter().enumerate() {
            assert_eq!(systems.position(system.serial.as_str()), Some(index));
        }
        assert_eq!(systems.position("d"), None);
        let ordered: Vec<_> = systems.iter_by_serial().map(|system| system.serial.as_str()).collect();
        assert_eq!(ordered, ["a", "b", "c"]);
    }
}
