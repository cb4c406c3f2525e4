use super::document::ItemPath;
use super::fields::Value;
use super::item::{Outcome, Problem, read};
use super::locator::{Locator, offset_of};
use super::scalar::shown;
use crate::import::Import;
use crate::import::fault::Place;
use crate::import::serials::Serials;
use crate::import::value::duplicate_serial;
use crate::order::sort_by_key;
use crate::text::Serial;

/// Collects the systems of a document, and finds the places of what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    locator: Locator<'a>,
    serials: Serials<ItemPath>,
    import: Import,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, locator: Locator::new(text), serials: Serials::new(), import: Import::default() }
    }

    /// Reads one item, which is a part of the text.
    pub(super) fn read(&mut self, item: &'a str, path: ItemPath) {
        self.import.rows = self.import.rows.saturating_add(1);
        let Outcome { serial, system, note, mut problems } = read(item);
        problems.extend(serial.and_then(|(serial, value)| self.repeated(&serial, value, path)));
        if let (Some(system), true) = (system, problems.is_empty()) {
            self.import.systems.push(system);
            if let Some((value, message)) = note {
                let place = self.place(value.raw, path, [value.prefix, value.name]);
                self.import.notes.push(place.note(shown(value.raw).as_bytes(), message));
            }
        }
        // In the order of the document, not in that of the fields.
        sort_by_key(&mut problems, |problem| offset_of(self.text, problem.at));
        for Problem { at, shown, path: field, fault } in problems {
            let place = self.place(at, path, field);
            self.import.errors.push(fault.at(place, shown.as_bytes()));
        }
    }

    pub(super) fn finish(self) -> Import {
        self.import
    }

    /// What is wrong with an item whose serial an earlier one has.
    fn repeated(&mut self, serial: &Serial, value: Value<'a>, path: ItemPath) -> Option<Problem<'a>> {
        let first = self.serials.earlier(serial, path)?;
        let fault = duplicate_serial(serial, &format!("`{first}`"));
        Some(Problem { at: value.raw, shown: shown(value.raw), path: [value.prefix, value.name], fault })
    }

    fn place(&mut self, at: &'a str, item: ItemPath, [prefix, name]: [&'static str; 2]) -> Place {
        let (line, column) = self.locator.locate_part(at);
        let dot = if name.is_empty() { "" } else { "." };
        Place { line, column: Some(column), field: format!("{item}{dot}{prefix}{name}") }
    }
}
