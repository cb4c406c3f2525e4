//! What the dates of a file mean: for each column as chosen, or as one of its values tells.

use super::columns::Column;
use super::records::Record;
use crate::import::date::{Evidence, evidence};
use crate::import::note::Said;
use crate::import::{DateOrder, NoteCode, RowNote};

/// The orders of the columns of a file, as far as their values tell: what [`survey`](super::survey) finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    columns: Vec<Seen>,
}

/// What the values of one column told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    position: usize,
    day_first: Option<RowNote>,
    month_first: Option<RowNote>,
}

/// What dates mean while a file is read.
#[derive(Debug, Default)]
pub(super) struct Dates {
    chosen: DateOrder,
    found: Vec<(usize, DateOrder)>,
    /// The columns for which the order was asked for.
    asked: Vec<usize>,
}

impl Survey {
    /// A survey of the columns at these positions.
    pub(super) fn of(positions: impl Iterator<Item = usize>) -> Self {
        let seen = |position| Seen { position, day_first: None, month_first: None };
        Self { columns: positions.map(seen).collect() }
    }

    /// Takes what the dates of a row tell.
    pub(super) fn see<C: Column>(&mut self, record: &Record<'_, C>) {
        for column in &mut self.columns {
            let Ok(text) = record.text(column.position) else { continue };
            // A date that may have two readings has a mark behind one digit or two.
            if !text.as_bytes().iter().take(3).any(|byte| matches!(byte, b'/' | b'-')) {
                continue;
            }
            let note = |order: &str| {
                let message = format!("the dates of the column are {order}, as `{text}` tells");
                record
                    .place(column.position)
                    .note(text.as_bytes(), Said { code: NoteCode::DateOrderFound, message })
            };
            match evidence(text) {
                Some(Evidence::DayFirst) if column.day_first.is_none() => {
                    column.day_first = Some(note("day/month/year"))
                }
                Some(Evidence::MonthFirst) if column.month_first.is_none() => {
                    column.month_first = Some(note("month/day/year"));
                }
                _ => {}
            }
        }
    }

    /// Whether the values of any column tell.
    pub fn tells(&self) -> bool {
        self.found().next().is_some()
    }

    /// The columns whose values all tell the same, with the first that does.
    fn found(&self) -> impl Iterator<Item = (usize, DateOrder, &RowNote)> {
        self.columns.iter().filter_map(|column| match (&column.day_first, &column.month_first) {
            (Some(note), None) => Some((column.position, DateOrder::DayFirst, note)),
            (None, Some(note)) => Some((column.position, DateOrder::MonthFirst, note)),
            _ => None,
        })
    }

    /// What a person should know about it.
    pub(super) fn notes(&self) -> impl Iterator<Item = RowNote> {
        self.found().map(|(_, _, note)| note.clone())
    }
}

impl Dates {
    pub(super) fn new(chosen: DateOrder, survey: &Survey) -> Self {
        let found = survey.found().map(|(position, order, _)| (position, order)).collect();
        Self { chosen, found, asked: Vec::new() }
    }

    /// What the dates of a column mean.
    pub(super) fn order(&self, position: usize) -> DateOrder {
        let found =
            self.found.iter().find(|(column, _)| *column == position && self.chosen == DateOrder::Iso);
        found.map_or(self.chosen, |(_, order)| *order)
    }

    /// Whether the order of a column has not been asked for before.
    pub(super) fn ask(&mut self, position: usize) -> bool {
        let is_new = !self.asked.contains(&position);
        if is_new {
            self.asked.push(position);
        }
        is_new
    }
}
