use super::super::columns::folded;
use super::super::dates::Dates;
use super::super::records::Record;
use super::RegistrationRow;
use crate::account::BulkColumn;
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::note::Said;
use crate::import::serial::serial;
use crate::import::value::{day, identifier, is_nothing, is_sim, sim_left_out};
use crate::import::{RowError, RowErrorCode, RowNote};
use crate::order::sort_by_key;
use crate::subscriptions::SubscriptionBilling;
use crate::text::Serial;
use crate::xr::SkuRegion;

/// The names of SKU regions, by what counts in them.
const REGIONS: [(&str, SkuRegion); 5] = [
    ("northamerica", SkuRegion::NorthAmerica),
    ("na", SkuRegion::NorthAmerica),
    ("global", SkuRegion::Global),
    ("restofworld", SkuRegion::Global),
    ("row", SkuRegion::Global),
];

/// The names of billing models, by what counts in them.
const BILLINGS: [(&str, SubscriptionBilling); 3] = [
    ("prepaid", SubscriptionBilling::PrePaid),
    ("direct", SubscriptionBilling::Direct),
    ("directbilling", SubscriptionBilling::Direct),
];

/// The cells of one row while they become a registration.
pub(super) struct Cells<'a, 'r> {
    record: &'r Record<'a, BulkColumn>,
    /// What the dates of each column mean.
    dates: &'r mut Dates,
    errors: Vec<RowError>,
    notes: Vec<RowNote>,
    unread: Vec<BulkColumn>,
}

impl<'a, 'r> Cells<'a, 'r> {
    pub(super) fn new(record: &'r Record<'a, BulkColumn>, dates: &'r mut Dates) -> Self {
        Self { record, dates, errors: Vec::new(), notes: Vec::new(), unread: Vec::new() }
    }

    /// The row, or the note that it is left out.
    pub(super) fn read(mut self) -> Result<RegistrationRow, RowNote> {
        if let Some(error) = self.record.misalignment() {
            return Ok(RegistrationRow::unreadable(error));
        }
        if let Some(position) = self.sim() {
            return Err(self.record.place(position).note(b"", sim_left_out()));
        }
        let model = |text: &str| identifier(text, "model", "give every system its model");
        let account = |text: &str| {
            identifier(text, "account", "give every system the UID of the account that it is for")
        };
        let offer = |text: &str| identifier(text, "offer", "give its name, or leave the cell empty");
        let region = |text: &str| named(text, "SKU region", &REGIONS, "North America", "Global");
        let billing = |text: &str| named(text, "billing model", &BILLINGS, "pre_paid", "direct");
        self.notes.extend(self.record.long_cell());
        let mut row = RegistrationRow {
            line: self.record.line(),
            serial: self.serial(),
            model: self.required(BulkColumn::Model, model),
            account: self.required(BulkColumn::Account, account),
            offer: self.optional(BulkColumn::Offer, offer),
            sku_region: self.optional(BulkColumn::SkuRegion, region),
            billing: self.optional(BulkColumn::Billing, billing),
            first_registered: self.first_registered(),
            errors: Vec::new(),
            notes: Vec::new(),
            unread: Vec::new(),
        };
        // A reader goes through the row from left to right; the fields were read in another order.
        sort_by_key(&mut self.errors, |error| error.column);
        sort_by_key(&mut self.notes, |note| note.column);
        (row.errors, row.notes, row.unread) = (self.errors, self.notes, self.unread);
        Ok(row)
    }

    /// Where the serial stands of a SIM that is a system of its own.
    fn sim(&self) -> Option<usize> {
        let model = self.record.position(BulkColumn::Model)?;
        let is_sim = self.record.text(model).is_ok_and(is_sim);
        self.record.position(BulkColumn::Serial).filter(|_| is_sim)
    }

    /// The day of the first registration; what it means is asked for once, not for each row.
    fn first_registered(&mut self) -> Option<Date> {
        let column = BulkColumn::FirstRegistered;
        let position = self.record.position(column)?;
        let order = self.dates.order(position);
        let read = |text: &str| if is_nothing(text) { Ok(None) } else { day(text, order).map(Some) };
        match self.record.text(position).and_then(read) {
            Ok(day) => day,
            Err(fault) if fault.code == RowErrorCode::AmbiguousDate && !self.dates.ask(position) => {
                self.unread.push(column);
                None
            }
            Err(fault) => self.unreadable(column, position, fault),
        }
    }

    /// The serial number, with a note of what was done to it.
    fn serial(&mut self) -> Option<Serial> {
        let position = self.record.position(BulkColumn::Serial)?;
        let text = self.record.whole_text(position);
        let said = |said: Said| {
            self.record.place(position).note(text.as_ref().map_or("", |text| text).as_bytes(), said)
        };
        match text.clone().and_then(serial) {
            Ok((serial, done)) => {
                self.notes.extend(done.map(said));
                Some(serial)
            }
            Err(fault) => self.unreadable(BulkColumn::Serial, position, fault),
        }
    }

    fn required<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        self.cell(column, |text| read(text).map(Some))
    }

    fn optional<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        self.cell(column, |text| if is_nothing(text) { Ok(None) } else { read(text).map(Some) })
    }

    /// What a column holds, if there is one and its cell can be read.
    fn cell<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<Option<T>, Fault>) -> Option<T> {
        let position = self.record.position(column)?;
        match self.record.text(position).and_then(read) {
            Ok(value) => value,
            Err(fault) => self.unreadable(column, position, fault),
        }
    }

    fn unreadable<T>(&mut self, column: BulkColumn, position: usize, fault: Fault) -> Option<T> {
        self.errors.push(self.record.error(position, fault));
        self.unread.push(column);
        None
    }
}

/// One of some names, whatever its case, spaces and punctuation.
fn named<T: Copy>(
    text: &str,
    what: &str,
    names: &[(&str, T)],
    first: &str,
    second: &str,
) -> Result<T, Fault> {
    let found = names.iter().find(|(name, _)| folded(text).eq(name.chars()));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let rest = format!("is not a {what}; give `{first}` or `{second}`, or leave the cell empty");
        Fault::of_value(RowErrorCode::UnknownName, text.as_bytes(), &rest)
    })
}
