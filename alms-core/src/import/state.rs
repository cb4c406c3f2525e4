//! The states of the grid and of the API, and what the rules make of them.
//!
//! | in the file | taken as | why |
//! |---|---|---|
//! | `Active` | active | the same |
//! | `Suspended` | suspended | the same |
//! | `Inventory` | inventory | the same |
//! | `Maintenance` | maintenance | the same; in the API only in the deprecated `state` |
//! | `READY`, `DEPLOYED` | active | the deprecated names for activated and for in operation |
//! | `TEST_READY` | active, with a note | in service for tests: it consumes like an active system |
//! | `RETIRED` | inventory, with a note | out of service: it must not share the tokens |
//!
//! The four names of the grid are understood in German, French and Spanish, too. Upper and lower case, white space, underscores and hyphens make no difference: `Test Ready` is
//! `TEST_READY`.

use crate::account::SystemState;

/// A state's name in an export, and what it is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateName {
    /// The name, as the grid or the API writes it.
    pub name: &'static str,
    /// What the rules take it for.
    pub state: SystemState,
    /// Whether a row with it gets a [`RowNote`](super::RowNote), because the rules' state is another one.
    pub noted: bool,
}

/// Every name that is understood; the first four are those that [`csv::write`](super::csv::write) writes.
pub const STATES: &[StateName] = &[
    named("Active", SystemState::Active),
    named("Suspended", SystemState::Suspended),
    named("Inventory", SystemState::Inventory),
    named("Maintenance", SystemState::Maintenance),
    named("READY", SystemState::Active),
    named("DEPLOYED", SystemState::Active),
    StateName { name: "TEST_READY", state: SystemState::Active, noted: true },
    StateName { name: "RETIRED", state: SystemState::Inventory, noted: true },
];

/// The grid's names in other languages, in small letters.
const TRANSLATED: [(&str, SystemState); 18] = [
    ("aktiv", SystemState::Active),
    ("aktiviert", SystemState::Active),
    ("actif", SystemState::Active),
    ("activo", SystemState::Active),
    ("activado", SystemState::Active),
    ("suspendiert", SystemState::Suspended),
    ("ausgesetzt", SystemState::Suspended),
    ("gesperrt", SystemState::Suspended),
    ("suspendu", SystemState::Suspended),
    ("suspendido", SystemState::Suspended),
    ("inventar", SystemState::Inventory),
    ("bestand", SystemState::Inventory),
    ("lager", SystemState::Inventory),
    ("inventaire", SystemState::Inventory),
    ("inventario", SystemState::Inventory),
    ("wartung", SystemState::Maintenance),
    ("enmaintenance", SystemState::Maintenance),
    ("mantenimiento", SystemState::Maintenance),
];

const fn named(name: &'static str, state: SystemState) -> StateName {
    StateName { name, state, noted: false }
}

/// The entry of [`STATES`] that a text means; `None` if it means none.
///
/// ```
/// use alms_core::account::SystemState;
/// use alms_core::import::state;
///
/// assert_eq!(state::find("test ready").map(|found| (found.state, found.noted)), Some((SystemState::Active, true)));
/// assert_eq!(state::find("Activ"), None);
/// ```
pub fn find(text: &str) -> Option<StateName> {
    // An export writes nearly always the very same letters.
    let exact = STATES.iter().find(|entry| entry.name == text);
    exact
        .or_else(|| STATES.iter().find(|entry| letters(text).eq(letters(entry.name))))
        .copied()
        .or_else(|| translated(text))
}

fn translated(text: &str) -> Option<StateName> {
    let (_, state) = TRANSLATED.iter().find(|(name, _)| letters(text).eq(name.chars()))?;
    STATES.iter().find(|entry| entry.state == *state).copied()
}

/// The name of a state as the grid writes it.
pub(super) const fn title(state: SystemState) -> &'static str {
    match state {
        SystemState::Active => "Active",
        SystemState::Suspended => "Suspended",
        SystemState::Inventory => "Inventory",
        SystemState::Maintenance => "Maintenance",
    }
}

/// What counts in a name.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let counts = |character: &char| !character.is_whitespace() && !matches!(character, '_' | '-');
    text.chars().filter(counts).map(|character| character.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_however_they_are_written() {
        for text in ["TEST_READY", "Test Ready", "test-ready", "TestReady", " test\u{a0}ready "] {
            assert_eq!(find(text).unwrap().name, "TEST_READY", "{text}");
        }
        for entry in STATES {
            assert_eq!(find(entry.name), Some(*entry));
            assert_eq!(find(&entry.name.to_lowercase()), Some(*entry));
        }
        for (text, name) in [
            ("Aktiv", "Active"),
            ("ACTIF", "Active"),
            ("Suspendido", "Suspended"),
            ("Wartung", "Maintenance"),
        ] {
            assert_eq!(find(text).unwrap().name, name);
        }
    }

    #[test]
    fn what_only_resembles_a_name_is_none() {
        for text in ["", "_", "Activ", "Active?", "Actives", "In Active", "Inactive", "Äctive", "active\0"] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_understood() {
        for state in SystemState::ALL {
            let found = find(title(*state)).unwrap();
            assert_eq!((found.state, found.noted), (*state, false));
            assert_eq!(find(state.as_str()).unwrap().state, *state, "the wire name");
        }
    }

    #[test]
    fn a_note_tells_of_every_state_that_is_a_matter_of_opinion() {
        let noted: Vec<_> = STATES.iter().filter(|entry| entry.noted).map(|entry| entry.name).collect();
        assert_eq!(noted, ["TEST_READY", "RETIRED"]);
    }
}
