use super::DateOrder;
use super::header::{Field, Positions};
use super::records::Record;
use crate::account::{Model, System, SystemState};
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::serials::Serials;
use crate::import::value::{self, DateOf};
use crate::import::{RowError, RowNote};
use crate::order::sort_by_key;
use crate::text::Serial;
use std::collections::VecDeque;

/// The cell is bad, and the error is among the row's.
struct Reported;

/// The cells of one row while they become a system.
pub(super) struct Cells<'a> {
    pub(super) positions: &'a Positions,
    pub(super) record: Record<'a, Field>,
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
        if let Some(error) = self.record.misalignment() {
            self.errors.push_back(error);
            return None;
        }
        let serial = self.serial();
        let model = self.model();
        let state = self.state();
        let last_communication =
            self.date(Some(self.positions.last_communication), DateOf::LastCommunication);
        let support_end = self.date(self.positions.support_end, DateOf::End);
        let warranty_end = self.date(self.positions.warranty_end, DateOf::End);
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
            sort_by_key(self.errors.make_contiguous(), |error| error.column);
        }
        system
    }

    /// A serial counts for duplicates even if the rest of its row is bad.
    fn serial(&mut self) -> Result<Serial, Reported> {
        let position = self.positions.serial;
        let result = value::serial(self.text(position)?);
        let serial = self.reported(position, result)?;
        match self.serials.earlier(&serial, self.record.line()) {
            None => Ok(serial),
            Some(first) => {
                let fault = value::duplicate_serial(&serial, &format!("line {first}"));
                self.reported(position, Err(fault))
            }
        }
    }

    fn model(&mut self) -> Result<Model, Reported> {
        // A column that is not there and a cell with nothing in it are the same: a model nobody recorded.
        let position = self.positions.model;
        let text = position.map_or(Ok(""), |position| self.text(position))?;
        let result = value::model(text);
        self.reported(position.unwrap_or_default(), result)
    }

    fn state(&mut self) -> Result<SystemState, Reported> {
        let position = self.positions.state;
        let text = self.text(position)?;
        let taken = self.reported(position, value::state(text))?;
        if taken.noted {
            *self.note =
                Some(self.record.place(position).note(text.as_bytes(), value::state_note(text, taken)));
        }
        Ok(taken.state)
    }

    fn date(&mut self, position: Option<usize>, of: DateOf) -> Result<Option<Date>, Reported> {
        let Some(position) = position else { return Ok(None) };
        let result = value::date(self.text(position)?, self.order, of);
        self.reported(position, result)
    }

    fn text(&mut self, position: usize) -> Result<&'a str, Reported> {
        let text = self.record.text(position);
        self.reported(position, text)
    }

    fn reported<T>(&mut self, position: usize, result: Result<T, Fault>) -> Result<T, Reported> {
        result.map_err(|fault| {
            self.errors.push_back(self.record.error(position, fault));
            Reported
        })
    }
}
