use super::DateOrder;
use super::header::Header;
use super::scanner::{QuoteFault, ScannedRow};
use crate::account::{Model, System, SystemState};
use crate::calendar::Date;
use crate::import::excerpt::excerpt;
use crate::import::fault::{Fault, Place};
use crate::import::serials::Serials;
use crate::import::value::{self, DateOf};
use crate::import::{RowError, RowErrorCode, RowNote};
use crate::text::Serial;
use csv::ByteRecord;
use std::collections::VecDeque;

/// The cell is bad, and the error is among the row's.
struct Reported;

/// The cells of one row while they become a system.
pub(super) struct Cells<'a> {
    pub(super) header: &'a Header,
    pub(super) record: &'a ByteRecord,
    pub(super) row: ScannedRow,
    pub(super) order: DateOrder,
    /// The serials of the rows before.
    pub(super) serials: &'a mut Serials<u64>,
    /// Where all that is wrong with the row goes.
    pub(super) errors: &'a mut VecDeque<RowError>,
    /// Where what there is to be said about the system goes.
    pub(super) note: &'a mut Option<RowNote>,
}

impl<'a> Cells<'a> {
    /// The system of the row, or all its errors.
    pub(super) fn read(mut self) -> Option<System> {
        if self.is_misaligned() {
            return None;
        }
        let serial = self.serial();
        let model = self.model();
        let state = self.state();
        let last_communication = self.date(Some(self.header.last_communication), DateOf::LastCommunication);
        let support_end = self.date(self.header.support_end, DateOf::End);
        let warranty_end = self.date(self.header.warranty_end, DateOf::End);
        let system = || -> Result<System, Reported> {
            Ok(System {
                serial: serial?,
                model: model?,
                state: state?,
                last_communication: last_communication?,
                support_end: support_end?,
                warranty_end: warranty_end?,
            })
        };
        let system = system().ok();
        if system.is_none() {
            *self.note = None;
            // In the order of the file, not in that of the fields.
            self.errors.make_contiguous().sort_by_key(|error| error.column);
        }
        system
    }

    /// Whether cells may stand under wrong titles; then no cell of the row can be trusted.
    fn is_misaligned(&mut self) -> bool {
        if let Some((fault, position)) = self.row.fault {
            let cell = self.record.get(position).unwrap_or_default();
            let rest = match fault {
                QuoteFault::Unclosed => "opens with a quote that is never closed; close it",
                QuoteFault::TextBehind => {
                    "goes on behind its closing quote; double the quotes that are part of the text"
                }
            };
            self.report(position, Fault::of_value(RowErrorCode::InvalidQuoting, cell, rest));
            return true;
        }
        let (found, expected) = (self.record.len(), self.header.len());
        if found == expected {
            return false;
        }
        let message = format!(
            "the row has `{found}` cells, the header has `{expected}`; quote a cell that holds the delimiter"
        );
        let place = Place { line: self.row.line, column: None, field: String::new() };
        let error =
            Fault::new(RowErrorCode::WrongFieldCount, message).at(place, found.to_string().as_bytes());
        self.errors.push_back(error);
        true
    }

    /// A serial counts for duplicates even if the rest of its row is bad.
    fn serial(&mut self) -> Result<Serial, Reported> {
        let position = self.header.serial;
        let result = value::serial(self.text(position)?);
        let serial = self.reported(position, result)?;
        match self.serials.earlier(&serial, self.row.line) {
            None => Ok(serial),
            Some(first) => {
                let fault = value::duplicate_serial(&serial, &format!("line {first}"));
                self.reported(position, Err(fault))
            }
        }
    }

    fn model(&mut self) -> Result<Model, Reported> {
        // A column that is not there and a cell with nothing in it are the same: a model nobody recorded.
        let position = self.header.model;
        let text = position.map_or(Ok(""), |position| self.text(position))?;
        let result = value::model(text);
        self.reported(position.unwrap_or_default(), result)
    }

    fn state(&mut self) -> Result<SystemState, Reported> {
        let position = self.header.state;
        let text = self.text(position)?;
        let taken = self.reported(position, value::state(text))?;
        if taken.noted {
            *self.note = Some(self.place(position).note(text.as_bytes(), value::state_note(text, taken)));
        }
        Ok(taken.state)
    }

    fn date(&mut self, position: Option<usize>, of: DateOf) -> Result<Option<Date>, Reported> {
        let Some(position) = position else { return Ok(None) };
        let result = value::date(self.text(position)?, self.order, of);
        self.reported(position, result)
    }

    /// A cell as text, without the white space around it.
    fn text(&mut self, position: usize) -> Result<&'a str, Reported> {
        let cell = self.record.get(position).unwrap_or_default();
        let text = std::str::from_utf8(cell).map(str::trim).map_err(|_| {
            let rest = "is not valid UTF-8; save the file as UTF-8 (in Excel: `CSV UTF-8`)";
            Fault::of_value(RowErrorCode::InvalidUtf8, cell, rest)
        });
        self.reported(position, text)
    }

    fn reported<T>(&mut self, position: usize, result: Result<T, Fault>) -> Result<T, Reported> {
        result.map_err(|fault| {
            self.report(position, fault);
            Reported
        })
    }

    fn report(&mut self, position: usize, fault: Fault) {
        let cell = self.record.get(position).unwrap_or_default();
        let error = fault.at(self.place(position), cell.trim_ascii());
        self.errors.push_back(error);
    }

    fn place(&self, position: usize) -> Place {
        let column = u64::try_from(position).unwrap_or(u64::MAX).saturating_add(1);
        let field = excerpt(self.header.title(position).as_bytes());
        Place { line: self.row.line, column: Some(column), field }
    }
}
