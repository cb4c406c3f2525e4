use super::document::ItemPath;
use super::fields::Value;
use super::item::{Outcome, Problem, read};
use super::locator::{Locator, offset_of};
use super::scalar::shown;
use crate::import::ends::speaks_of_an_end;
use crate::import::excerpt::excerpt;
use crate::import::fault::Place;
use crate::import::value::duplicate_serial;
use crate::import::{Import, ImportError, ImportFinding, ImportFindingCode, LISTED_MAX};
use crate::order::sort_by_key;
use crate::serials::Serials;
use crate::text::Serial;
use std::collections::HashSet;

/// Collects the systems of a document, and finds the places of what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    locator: Locator<'a>,
    serials: Serials<ItemPath>,
    import: Import,
    /// Whether any item says when the system communicated last.
    has_last: bool,
    /// Names of fields that were looked at: most items have the same.
    judged: HashSet<(&'static str, &'a str)>,
}

/// How many names of fields are remembered; further ones are looked at each time.
const JUDGED_MAX: usize = 1000;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (serials, import) = (Serials::new(), Import::default());
        Self { text, locator: Locator::new(text), serials, import, has_last: false, judged: HashSet::new() }
    }

    /// Reads one item, which is a part of the text.
    pub(super) fn read(&mut self, item: &'a str, path: ItemPath) {
        self.import.rows = self.import.rows.saturating_add(1);
        let Outcome { serial, system, notes, is_left_out, has_last, unread, mut problems } = read(item);
        unread.into_iter().for_each(|field| self.judge(field, path));
        self.has_last |= has_last;
        problems.extend(serial.and_then(|(serial, value)| self.repeated(&serial, value, path)));
        if problems.is_empty() {
            self.import.systems.extend(system);
            self.import.left_out = self.import.left_out.saturating_add(usize::from(is_left_out));
            for (value, said) in notes {
                let place = self.place(value.raw, path, [value.prefix, value.name]);
                let shown = if is_left_out { "" } else { shown(value.raw) };
                self.import.note(place.note(shown.as_bytes(), said));
            }
            return;
        }
        self.import.bad_rows = self.import.bad_rows.saturating_add(1);
        // In the order of the document, not in that of the fields.
        sort_by_key(&mut problems, |problem| offset_of(self.text, problem.at));
        for Problem { at, shown, path: field, fault } in problems {
            let place = self.place(at, path, field);
            self.import.error(fault.at(place, shown.as_bytes()));
        }
    }

    /// What the document gave.
    ///
    /// # Errors
    /// No item says when its system communicated last: every system would be deleted.
    pub(super) fn finish(self) -> Result<Import, ImportError> {
        if !self.has_last && !self.import.systems.is_empty() {
            return Err(ImportError::MissingField { field: "lastCommDate" });
        }
        Ok(self.import)
    }

    /// Reports a field that is not read though its name speaks of the end of a service, once for each name.
    fn judge(&mut self, field: (&'static str, &'a str), path: ItemPath) {
        if self.judged.contains(&field) {
            return;
        }
        if self.judged.len() < JUDGED_MAX {
            self.judged.insert(field);
        }
        let (prefix, name) = field;
        if speaks_of_an_end(name) && self.import.findings.len() < LISTED_MAX {
            let field = format!("{path}.{prefix}{}", excerpt(name.as_bytes()));
            let message = format!(
                "the field `{field}` is not read, though it seems to hold the end of a support, service or warranty; \
                 rename it to `supportExpiryDate` or `warrantyExpiryDate`, or remove it"
            );
            let code = ImportFindingCode::UnreadEndDate;
            self.import.findings.push(ImportFinding { code, column: None, field, message });
        }
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
        Place { line, column: Some(column), field: format!("{item}{dot}{prefix}{name}"), lines: 1 }
    }
}
