//! Systems that are to be registered, from CSV (RES-4).
//!
//! Read as [systems](super) are, with these titles in English, German, French and Spanish, the vendor's own, and those
//! that the caller names:
//!
//! | title | also | without it |
//! |---|---|---|
//! | `Serial Number` | `Serial`, `S/N`, `SERIAL_NUMBER`, … | error |
//! | `Model` | `Gateway Type`, `Device Model`, … | error |
//! | `Account UID` | `Account`, `UID`, `Customer`, `Target Account`, `TARGET_COMPANY`, … | error |
//! | `Offer` | `Offer Name`, … | the default offer of each model |
//! | `SKU Region` | `Region`, `Router Region` | no region, which an XR Series router needs |
//! | `Billing` | `Billing Model`, … | as each account |
//! | `First Registered` | `First Registration`, … | the day of registration |
//!
//! A SKU region is `North America` or `NA`, `Global`, `Rest of World` or `ROW`; a billing model `pre_paid` or
//! `direct`; both whatever their case, spaces and punctuation. In the columns that may be missing, an empty cell, `-`,
//! `n/a` and `none` are nothing.

mod cells;
mod result;

pub use result::{BulkFile, RegistrationCause, RegistrationError, RegistrationResult};

use super::columns::{Column, Columns, Titles, folded};
use super::dates::{Dates, Survey};
use super::records::Records;
use crate::account::BulkColumn;
use crate::account::Model;
use crate::calendar::Date;
use crate::import::{DateOrder, ImportError, ImportFinding, LISTED_MAX, NoteCode, RowError, RowNote};
use crate::reseller::{BulkTargets, Draft, Registrar};
use crate::subscriptions::SubscriptionBilling;
use crate::text::{OfferName, Serial, Uid};
use crate::xr::SkuRegion;
use cells::Cells;
use std::collections::BTreeMap;

/// A file whose rows can be read: nothing of them is kept, so that a file of rows of a few bytes takes little more than
/// its size.
#[derive(Debug)]
pub struct RegistrationFile<'b> {
    bytes: &'b [u8],
    titles: Vec<(BulkColumn, String)>,
    order: DateOrder,
    survey: Survey,
    columns: Columns<BulkColumn>,
    notes: Vec<RowNote>,
    note_counts: BTreeMap<NoteCode, usize>,
    rest_lost: bool,
}

/// A row, as far as its cells can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// The account.
    pub account: Option<Uid>,
    /// The serial number.
    pub serial: Option<Serial>,
    /// The model.
    pub model: Option<Model>,
    /// The region of its SKU; `None` also where the cell has none.
    pub sku_region: Option<SkuRegion>,
    /// The offer; `None` also where the cell has none.
    pub offer: Option<OfferName>,
    /// How the subscription is to be billed; `None` also where the cell has nothing.
    pub billing: Option<SubscriptionBilling>,
    /// The first registration of the serial in any account; `None` also where the cell has nothing.
    pub first_registered: Option<Date>,
    /// What is wrong with cells, in the order of the file.
    pub errors: Vec<RowError>,
    /// What was done to values of the row, in the order of the file.
    pub notes: Vec<RowNote>,
    /// The columns whose cells cannot be read.
    unread: Vec<BulkColumn>,
}

/// Reads a whole file that is in memory; `columns` are titles where they are others than those that are known, `order` is
/// what dates such as `03/04/2023` mean.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read: it is empty, of another kind, or its header lacks a required
/// column or has two that contradict each other. What is wrong with single rows is in their
/// [`errors`](RegistrationRow::errors).
///
/// ```
/// use alms_core::import::{DateOrder, csv::registrations};
/// let file = b"S/N;Device Type;Account;Region\nLA1;RV55;c1;\nXR1;XR80;c2;global\nLA2;;c1;Mars\n";
/// let file = registrations::read(file, &[], DateOrder::Iso)?;
/// let rows: Vec<_> = file.rows().collect();
/// assert_eq!(rows[0].serial, Some("LA1".parse()?));
/// // The model is missing, and `Mars` is not a region.
/// assert_eq!(rows[2].errors.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read<'b>(
    bytes: &'b [u8],
    columns: &[(BulkColumn, String)],
    order: DateOrder,
) -> Result<RegistrationFile<'b>, ImportError> {
    let mut records = Records::<_, BulkColumn>::new(bytes, &Titles(columns))?;
    let (mut noted, mut rest_lost) = (Noted::default(), false);
    std::mem::take(&mut records.notes).into_iter().for_each(|note| noted.take(note));
    let (mut of_rows, mut dates) = (Noted::default(), Dates::new(order, &Survey::default()));
    let mut survey = Survey::of(records.columns.position(BulkColumn::FirstRegistered).into_iter());
    while let Some(record) = records.next() {
        match record {
            Ok(record) => {
                rest_lost |= record.takes_the_rest();
                if let Some((first, later)) = record.conflict() {
                    return Err(record.ambiguous(first, later));
                }
                survey.see(&record);
                let row = Cells::new(&record, &mut dates).read();
                row.map_or_else(|note| vec![note], |row| row.notes)
                    .into_iter()
                    .for_each(|note| of_rows.take(note));
            }
            Err(_) => rest_lost = true,
        }
    }
    let tells = survey.notes().filter(|_| order == DateOrder::Iso);
    tells.chain(records.agreed()).for_each(|note| noted.take(note));
    noted.extend(of_rows);
    let (titles, Noted { notes, counts: note_counts }) = (columns.to_vec(), noted);
    Ok(RegistrationFile {
        bytes,
        titles,
        order,
        survey,
        columns: records.columns,
        notes,
        note_counts,
        rest_lost,
    })
}

/// Notes: the first hundred of each code, and how many there are.
#[derive(Debug, Default)]
struct Noted {
    notes: Vec<RowNote>,
    counts: BTreeMap<NoteCode, usize>,
}

impl Noted {
    fn take(&mut self, note: RowNote) {
        let count = self.counts.entry(note.code).or_default();
        *count = count.saturating_add(1);
        if *count <= LISTED_MAX {
            self.notes.push(note);
        }
    }

    /// Notes of rows, whose codes are others than those of the file.
    fn extend(&mut self, of_rows: Self) {
        self.notes.extend(of_rows.notes);
        for (code, more) in of_rows.counts {
            let count = self.counts.entry(code).or_default();
            *count = count.saturating_add(more);
        }
    }
}

impl<'b> RegistrationFile<'b> {
    /// The rows in the order of the file; they are read while they are asked for.
    pub fn rows(&self) -> impl Iterator<Item = RegistrationRow> + use<'b> {
        // The header was read before.
        let records = Records::<_, BulkColumn>::new(self.bytes, &Titles(&self.titles)).ok();
        let mut dates = Dates::new(self.order, &self.survey);
        records.into_iter().flat_map(move |mut records| {
            let mut dates = std::mem::take(&mut dates);
            std::iter::from_fn(move || {
                loop {
                    match records.next()? {
                        Ok(record) => match Cells::new(&record, &mut dates).read() {
                            Ok(row) => return Some(row),
                            // A note was taken before.
                            Err(_left_out) => {}
                        },
                        Err(error) => return Some(RegistrationRow::unreadable(error)),
                    }
                }
            })
        })
    }

    /// The titles of the columns that are not read, shortened.
    pub fn ignored_columns(&self) -> Vec<String> {
        self.columns.ignored()
    }

    /// What a person should know about the file, then about its rows, in the order of the file; the first hundred of
    /// each code.
    pub fn notes(&self) -> &[RowNote] {
        &self.notes
    }

    /// How many notes there are of each code, those that are not listed included.
    pub const fn note_counts(&self) -> &BTreeMap<NoteCode, usize> {
        &self.note_counts
    }

    /// What to look at in the file as a whole.
    pub fn findings(&self) -> Vec<ImportFinding> {
        self.columns.findings()
    }

    /// Whether the rest of the file could not be read: the last row has a quote that is never closed, or is too long.
    pub const fn rest_lost(&self) -> bool {
        self.rest_lost
    }

    /// Registers the systems of the file (RES-4): what becomes of every row, with each error beside its cell. Of the rows
    /// that are refused the first hundred are listed; the others are counted.
    ///
    /// ```
    /// use alms_core::account::{Format, Instance, Kind};
    /// use alms_core::import::{DateOrder, csv::registrations};
    /// use alms_core::offers::{BillingModel, Subscriber};
    /// use alms_core::reseller::{BulkAccount, BulkTargets};
    /// use alms_core::wire::built_in_catalogues;
    /// use alms_core::xr::Compatibility;
    /// let subscriber = Subscriber {
    ///     format: Format::Avc,
    ///     kind: Kind::Customer,
    ///     instance: Instance::Na,
    ///     billing: BillingModel::PrePaid,
    ///     systems: None,
    /// };
    /// let on = "2024-05-01".parse()?;
    /// let targets = BulkTargets {
    ///     accounts: &[BulkAccount { uid: "c1".parse()?, subscriber, own: None }],
    ///     known: &[],
    ///     assortment: Some(&built_in_catalogues().in_effect(on)?.assortment()),
    ///     table: &Compatibility::default(),
    ///     on,
    ///     known_serials: true,
    /// };
    /// let file = registrations::read(b"Serial,Model,Account,Region\nXR1,XR80,c1,global\nLA1,RV55,c1,\n", &[], DateOrder::Iso)?;
    /// let bulk = file.register(&targets);
    /// let results: Vec<_> = bulk.results().collect();
    /// let error = &results[0].result.unwrap_err()[0];
    /// assert_eq!((error.column, error.field.as_str(), error.value.as_str()), (Some(3), "Account", "c1"));
    /// assert!(results[1].result.is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register<'a>(&self, targets: &BulkTargets<'a>) -> BulkFile<'a> {
        self.register_seeing(targets, &mut |_| {})
    }

    /// The same; `see` is told of every row, those included that are refused and not listed.
    pub(crate) fn register_seeing<'a>(
        &self,
        targets: &BulkTargets<'a>,
        see: &mut dyn FnMut(RegistrationResult<'_>),
    ) -> BulkFile<'a> {
        // Of an export of systems, such as the deleted ones of a migration, nobody knows when they were first registered.
        let known_serials = targets.known_serials && !self.is_export();
        let targets = BulkTargets { known_serials, ..*targets };
        let mut registrar = Registrar::new(&targets);
        let mut file = BulkFile::default();
        for row in self.rows() {
            let result = registrar.take(&row.draft());
            let result = result.map_err(|faults| result::errors(&self.columns, &row, &faults));
            see(RegistrationResult { row: &row, result: result.as_ref().map_err(Vec::as_slice) });
            file.take(row, result);
        }
        file.finish(registrar)
    }
}

impl RegistrationFile<'_> {
    /// Whether the file is an export of the systems grid: it has columns that only that has, and tells no first
    /// registration.
    fn is_export(&self) -> bool {
        let is_of_export = |title: &String| {
            let title: String = folded(title).collect();
            title == "lastcommunication" || title == "lifecyclestate"
        };
        self.columns.position(BulkColumn::FirstRegistered).is_none()
            && self.columns.ignored().iter().any(is_of_export)
    }
}

impl RegistrationRow {
    /// A row of which no cell can be trusted.
    fn unreadable(error: RowError) -> Self {
        Self {
            line: error.line,
            account: None,
            serial: None,
            model: None,
            sku_region: None,
            offer: None,
            billing: None,
            first_registered: None,
            errors: vec![error],
            notes: Vec::new(),
            unread: <BulkColumn as Column>::ALL.to_vec(),
        }
    }

    fn draft(&self) -> Draft<'_> {
        Draft {
            line: self.line,
            account: self.account.as_ref(),
            serial: self.serial.as_ref(),
            model: self.model.as_ref(),
            sku_region: self.sku_region,
            offer: self.offer.as_ref(),
            billing: self.billing,
            first_registered: self.first_registered,
            period: None,
            unread: &self.unread,
        }
    }

    /// What a column holds, for a message.
    fn value(&self, column: BulkColumn) -> String {
        let text = match column {
            BulkColumn::Serial => self.serial.as_ref().map(Serial::as_str),
            BulkColumn::Model => self.model.as_ref().map(Model::as_str),
            BulkColumn::Account => self.account.as_ref().map(Uid::as_str),
            BulkColumn::Offer => self.offer.as_ref().map(OfferName::as_str),
            BulkColumn::SkuRegion => self.sku_region.map(SkuRegion::as_str),
            BulkColumn::Billing => self.billing.map(SubscriptionBilling::as_str),
            BulkColumn::FirstRegistered => {
                return self.first_registered.map_or_else(String::new, |day| day.to_string());
            }
        };
        text.unwrap_or_default().to_owned()
    }
}
