use super::super::columns::letters;
use super::super::records::Record;
use super::RegistrationRow;
use crate::import::fault::Fault;
use crate::import::value::{identifier, is_nothing, serial};
use crate::import::{RowError, RowErrorCode};
use crate::offers::BillingModel;
use crate::order::sort_by_key;
use crate::reseller::BulkColumn;
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
const BILLINGS: [(&str, BillingModel); 3] = [
    ("prepaid", BillingModel::PrePaid),
    ("direct", BillingModel::Direct),
    ("directbilling", BillingModel::Direct),
];

/// The cells of one row while they become a registration.
pub(super) struct Cells<'a, 'r> {
    record: &'r Record<'a, BulkColumn>,
    errors: Vec<RowError>,
    unread: Vec<BulkColumn>,
}

impl<'a, 'r> Cells<'a, 'r> {
    pub(super) fn new(record: &'r Record<'a, BulkColumn>) -> Self {
        Self { record, errors: Vec::new(), unread: Vec::new() }
    }

    pub(super) fn read(mut self) -> RegistrationRow {
        if let Some(error) = self.record.misalignment() {
            return RegistrationRow::unreadable(error);
        }
        let model = |text: &str| identifier(text, "model", "give every system its model");
        let account = |text: &str| {
            identifier(text, "account", "give every system the UID of the account that it is for")
        };
        let offer = |text: &str| identifier(text, "offer", "give its name, or leave the cell empty");
        let region = |text: &str| named(text, "SKU region", &REGIONS, "North America", "Global");
        let billing = |text: &str| named(text, "billing model", &BILLINGS, "pre_paid", "direct");
        let mut row = RegistrationRow {
            line: self.record.line(),
            serial: self.required(BulkColumn::Serial, serial),
            model: self.required(BulkColumn::Model, model),
            account: self.required(BulkColumn::Account, account),
            offer: self.optional(BulkColumn::Offer, offer),
            sku_region: self.optional(BulkColumn::SkuRegion, region),
            billing: self.optional(BulkColumn::Billing, billing),
            errors: Vec::new(),
            unread: Vec::new(),
        };
        // In the order of the file, not in that of the fields.
        sort_by_key(&mut self.errors, |error| error.column);
        (row.errors, row.unread) = (self.errors, self.unread);
        row
    }

    fn required<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        self.cell(column, |text| read(text).map(Some))
    }

    fn optional<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        self.cell(column, |text| if is_nothing(text) { Ok(None) } else { read(text).map(Some) })
    }

    /// What stands in a column, if there is one and its cell can be read.
    fn cell<T>(&mut self, column: BulkColumn, read: impl Fn(&str) -> Result<Option<T>, Fault>) -> Option<T> {
        let position = self.record.position(column)?;
        self.record.text(position).and_then(read).unwrap_or_else(|fault| {
            self.errors.push(self.record.error(position, fault));
            self.unread.push(column);
            None
        })
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
    let found = names.iter().find(|(name, _)| letters(text).eq(name.chars()));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let rest = format!("is no {what}; give `{first}` or `{second}`, or leave the cell empty");
        Fault::of_value(RowErrorCode::UnknownName, text.as_bytes(), &rest)
    })
}
