//! Systems that are to be registered, from CSV (RES-4).
//!
//! Read as [systems](super) are: UTF-8 with or without byte order mark; `,`, `;` or tab between cells; titles whatever
//! their case, spaces and punctuation, in any order:
//!
//! | title | also | without it |
//! |---|---|---|
//! | `Serial Number` | `Serial`, `S/N`, … | error |
//! | `Model` | `Gateway Type`, `Device Model`, … | error |
//! | `Account UID` | `Account`, `UID`, `Customer`, `Customer UID`, `Target Account`, … | error |
//! | `Offer` | `Offer Name` | the default offer of each model |
//! | `SKU Region` | `Region`, `Router Region` | no region, which an XR Series router needs |
//! | `Billing` | `Billing Model` | as each account |
//!
//! A SKU region is `North America` or `NA`, `Global`, `Rest of World` or `ROW`; a billing model `pre_paid` or
//! `direct`; both whatever their case, spaces and punctuation. In the columns that may be missing, an empty cell, `-`,
//! `n/a` and `none` are nothing.

mod cells;
mod column;
mod result;

pub use result::{BulkFile, RegistrationCause, RegistrationError, RegistrationResult};

use super::columns::{Column, Columns};
use super::records::Records;
use crate::account::Model;
use crate::import::{ImportError, RowError};
use crate::offers::BillingModel;
use crate::reseller::{BulkColumn, BulkTargets, Draft, bulk_register_drafts};
use crate::text::{OfferName, Serial, Uid};
use crate::xr::SkuRegion;
use cells::Cells;

/// A file whose cells are read.
#[derive(Debug)]
pub struct RegistrationFile {
    columns: Columns<BulkColumn>,
    rows: Vec<RegistrationRow>,
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
    pub billing: Option<BillingModel>,
    /// What is wrong with cells, in the order of the file.
    pub errors: Vec<RowError>,
    /// The columns whose cells cannot be read.
    unread: Vec<BulkColumn>,
}

/// Reads a whole file that is in memory.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read: it is empty, UTF-16, or its header lacks a required column
/// or has one twice. What is wrong with single rows is in their [`errors`](RegistrationRow::errors).
///
/// ```
/// use alms_core::import::csv::registrations;
/// let file = registrations::read(b"S/N;Device Type;Account;Region\nLA1;RV55;c1;\nXR1;XR80;c2;global\nLA2;;c1;Mars\n")?;
/// assert_eq!(file.rows()[0].serial, Some("LA1".parse()?));
/// // The model is missing, and the region is none.
/// assert_eq!(file.rows()[2].errors.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<RegistrationFile, ImportError> {
    let mut records = Records::<_, BulkColumn>::new(bytes)?;
    let mut rows = Vec::new();
    while let Some(record) = records.next() {
        rows.push(match record {
            Ok(record) => Cells::new(&record).read(),
            Err(error) => RegistrationRow::unreadable(error),
        });
    }
    Ok(RegistrationFile { columns: records.columns, rows })
}

impl RegistrationFile {
    /// The rows in the order of the file.
    pub fn rows(&self) -> &[RegistrationRow] {
        &self.rows
    }

    /// The titles of the columns that are not read.
    pub fn ignored_columns(&self) -> Vec<String> {
        self.columns.ignored()
    }

    /// Registers the systems of the file (RES-4): what becomes of every row, with each error beside its cell.
    ///
    /// ```
    /// use alms_core::account::{Format, Instance, Kind};
    /// use alms_core::import::csv::registrations;
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
    ///     assortment: &built_in_catalogues().in_effect(on)?.assortment(),
    ///     table: &Compatibility::default(),
    ///     on,
    /// };
    /// let file = registrations::read(b"Serial,Model,Account,Region\nXR1,XR80,c1,global\nLA1,RV55,c1,\n")?;
    /// let bulk = file.register(&targets);
    /// let results: Vec<_> = bulk.results().collect();
    /// let error = &results[0].result.unwrap_err()[0];
    /// assert_eq!((error.column, error.field.as_str(), error.value.as_str()), (Some(3), "Account", "c1"));
    /// assert!(results[1].result.is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register<'a>(&'a self, targets: &BulkTargets<'a>) -> BulkFile<'a> {
        let registration = bulk_register_drafts(self.rows.iter().map(RegistrationRow::draft), targets);
        BulkFile::new(&self.columns, &self.rows, registration)
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
            errors: vec![error],
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
            unread: &self.unread,
        }
    }

    /// What stands in a column, for a message.
    fn value(&self, column: BulkColumn) -> &str {
        let text = match column {
            BulkColumn::Serial => self.serial.as_ref().map(Serial::as_str),
            BulkColumn::Model => self.model.as_ref().map(Model::as_str),
            BulkColumn::Account => self.account.as_ref().map(Uid::as_str),
            BulkColumn::Offer => self.offer.as_ref().map(OfferName::as_str),
            BulkColumn::SkuRegion => self.sku_region.map(SkuRegion::as_str),
            BulkColumn::Billing => self.billing.map(BillingModel::as_str),
        };
        text.unwrap_or_default()
    }
}
