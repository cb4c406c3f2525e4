use super::dates::Dates;
use super::header::{Field, Positions};
use super::records::Record;
use crate::account::{Model, System, SystemState};
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::note::Said;
use crate::import::serial::serial;
use crate::import::value::{self, DateOf};
use crate::import::{ListedSubscription, RowError, RowErrorCode, RowNote};
use crate::order::sort_by_key;
use crate::serials::Serials;
use crate::text::{OfferName, Serial};
use std::collections::VecDeque;

/// The cell is bad, and the error is among the row's, or was said of the column before.
struct Reported;

/// The cells of one row while they become a system.
pub(super) struct Cells<'a> {
    pub(super) positions: &'a Positions,
    pub(super) record: Record<'a, Field>,
    /// What the dates of each column mean.
    pub(super) dates: &'a mut Dates,
    /// The serials of the rows before.
    pub(super) serials: &'a mut Serials<u64>,
    /// Where all that is wrong with the row goes.
    pub(super) errors: &'a mut VecDeque<RowError>,
    /// Where what a person should know about the row goes.
    pub(super) notes: &'a mut Vec<RowNote>,
}

/// What a row is.
#[derive(Debug)]
pub(super) enum Row {
    /// A system, a subscription, or both.
    Read(Option<System>, Option<ListedSubscription>),
    /// Not a system of its own; a note says so.
    LeftOut,
    /// Something is wrong with it; an error says so.
    Bad,
}

impl<'a> Cells<'a> {
    /// What the row is, with all its errors.
    pub(super) fn read(mut self) -> Row {
        if let Some(error) = self.record.misalignment() {
            self.errors.push_back(error);
            return Row::Bad;
        }
        if let Some((first, later)) = self.record.conflict() {
            self.errors.push_back(self.conflicting(first, later));
            return Row::Bad;
        }
        if self.is_sim() {
            self.note(self.positions.serial, value::sim_left_out());
            return Row::LeftOut;
        }
        self.notes.extend(self.record.long_cell());
        match self.things() {
            Ok((system, subscription)) => {
                sort_by_key(self.notes, |note| note.column);
                Row::Read(system, subscription)
            }
            Err(Reported) => {
                self.notes.clear();
                // A reader goes through the row from left to right; the fields were read in another order.
                sort_by_key(self.errors.make_contiguous(), |error| error.column);
                Row::Bad
            }
        }
    }

    /// The system and the subscription of the row: every cell is looked at, whatever is wrong with those before.
    fn things(&mut self) -> Result<(Option<System>, Option<ListedSubscription>), Reported> {
        let serial = self.serial();
        let model = self.model();
        let grid = self
            .positions
            .grid
            .map(|(state, last)| (self.state(state), self.date(Some(last), DateOf::LastCommunication)));
        let support_end = self.date(self.positions.support_end, DateOf::End);
        let warranty_end = self.date(self.positions.warranty_end, DateOf::End);
        let subscription = self
            .positions
            .subscription
            .map(|(offer, end)| (self.offer(offer), self.date(Some(end), DateOf::End)));
        let (serial, model, support_end, warranty_end) = (serial?, model?, support_end?, warranty_end?);
        let subscription = match subscription {
            None => None,
            Some((offer, end)) => offer?.map(|offer| Ok((offer, end?))).transpose()?,
        };
        let subscription = subscription.map(|(offer, end_date)| ListedSubscription {
            serial: serial.clone(),
            model: model.clone(),
            offer,
            end_date,
            warranty_end,
        });
        let system = match grid {
            None => None,
            Some((state, last_communication)) => Some(System {
                serial,
                model,
                state: state?,
                last_communication: last_communication?,
                support_end,
                warranty_end,
                sku_region: None,
            }),
        };
        Ok((system, subscription))
    }

    /// Whether the row is a SIM: its type says so, or it has the number of a SIM, and neither serial nor model.
    fn is_sim(&self) -> bool {
        let cell = |position: Option<usize>| {
            position.map_or("", |position| self.record.text(position).unwrap_or("?"))
        };
        let model = cell(self.positions.model);
        let is_number = model.is_empty() && !value::is_nothing(cell(self.positions.sim));
        value::is_sim(model) || (is_number && cell(Some(self.positions.serial)).is_empty())
    }

    fn conflicting(&self, first: usize, later: usize) -> RowError {
        let place = |position: usize| self.record.place(position).field;
        let rest = format!(
            "differs from the column `{}`, which means the same as `{}`; remove one of the two columns",
            place(first),
            place(later)
        );
        let cell = self.record.text(later).unwrap_or_default();
        self.record.error(later, Fault::of_value(RowErrorCode::ConflictingColumns, cell.as_bytes(), &rest))
    }

    /// A serial counts for duplicates even if the rest of its row is bad.
    fn serial(&mut self) -> Result<Serial, Reported> {
        let position = self.positions.serial;
        let result = self.record.whole_text(position).and_then(serial);
        let (serial, said) = self.reported(position, result)?;
        if let Some(first) = self.serials.earlier(&serial, self.record.line()) {
            let fault = value::duplicate_serial(&serial, &format!("line {first}"));
            return self.reported(position, Err(fault));
        }
        if let Some(said) = said {
            self.note(position, said);
        }
        Ok(serial)
    }

    fn model(&mut self) -> Result<Model, Reported> {
        // A column that is not there and a cell with nothing in it are the same: a model nobody recorded.
        let position = self.positions.model;
        let text = position.map_or(Ok(""), |position| self.text(position))?;
        let result = value::model(text);
        self.reported(position.unwrap_or_default(), result)
    }

    /// The offer; a row without one has no subscription.
    fn offer(&mut self, position: usize) -> Result<Option<OfferName>, Reported> {
        let text = self.text(position)?;
        let result = if value::is_nothing(text) {
            Ok(None)
        } else {
            value::identifier(text, "offer", "give its name, or leave the cell empty").map(Some)
        };
        self.reported(position, result)
    }

    fn state(&mut self, position: usize) -> Result<SystemState, Reported> {
        let text = self.text(position)?;
        let taken = self.reported(position, value::state(text))?;
        if taken.noted {
            self.note(position, value::state_note(text, taken));
        }
        Ok(taken.state)
    }

    fn date(&mut self, position: Option<usize>, of: DateOf) -> Result<Option<Date>, Reported> {
        let Some(position) = position else { return Ok(None) };
        let text = self.text(position)?;
        let result = value::date(text, self.dates.order(position), of);
        match result {
            // It is asked for once, not for each row.
            Err(fault) if fault.code == RowErrorCode::AmbiguousDate && !self.dates.ask(position) => {
                Err(Reported)
            }
            result => self.reported(position, result),
        }
    }

    fn text(&mut self, position: usize) -> Result<&'a str, Reported> {
        let text = self.record.text(position);
        self.reported(position, text)
    }

    fn note(&mut self, position: usize, said: Said) {
        let cell = self.record.whole_text(position).unwrap_or_default();
        self.notes.push(self.record.place(position).note(cell.as_bytes(), said));
    }

    fn reported<T>(&mut self, position: usize, result: Result<T, Fault>) -> Result<T, Reported> {
        result.map_err(|fault| {
            self.errors.push_back(self.record.error(position, fault));
            Reported
        })
    }
}
