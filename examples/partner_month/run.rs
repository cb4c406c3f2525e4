//! From the command line to the output.

use crate::args::Args;
use crate::book::Book;
use crate::files;
use crate::report::{self, Month};
use alms_core::import::csv::registrations;
use alms_core::reseller::{
    BulkTargets, CustomerColumn, CustomerFilter, CustomersQuery, NotificationError, SortKey, Windows,
    customers, renewal_notifications,
};
use alms_core::subscriptions::LateRenewal;
use alms_core::wire::built_in_catalogues;
use alms_core::xr::Compatibility;
use anyhow::{Context as _, Result, anyhow};
use std::fs;
use std::io::Write;

/// Does what the command line says.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    let book = Book::read(args)?;
    let on = args.on.unwrap_or(book.on);
    let (accounts, notified) = (book.customers(on)?, book.notified());
    let query = CustomersQuery {
        reseller: book.reseller.uid.clone(),
        on,
        windows: Windows::default(),
        filter: CustomerFilter::default(),
        // The most urgent first.
        sort: vec![SortKey { by: CustomerColumn::InitialRenewal, descending: false }],
    };
    let resellers = [book.reseller.clone()];
    let notifications = renewal_notifications(&resellers, &notified, on, args.within, LateRenewal::FromOrder)
        .map_err(|error| match error {
            NotificationError::Fleet { customer, source } => {
                let uid = notified.get(customer).map_or("", |customer| customer.uid.as_str());
                anyhow!("{uid}: subscriptions[{}]: {source}", source.index)
            }
            other => other.into(),
        })?;
    let data = include_str!("data/registrations.csv");
    let name = "partner_month/data/registrations.csv";
    let (name, bytes) = match args.registrations.as_deref() {
        None => (name.to_owned(), data.as_bytes().to_vec()),
        Some(path) => {
            let name = path.display().to_string();
            (name.clone(), fs::read(path).context(name)?)
        }
    };
    let file = registrations::read(&bytes, &[], args.dates).with_context(|| name.clone())?;
    report::tell(&name, &file);
    let assortment = built_in_catalogues().in_effect(on)?.assortment();
    let (targets, fleet, table) = (book.targets(), book.fleet(), Compatibility::default());
    let targets = BulkTargets {
        accounts: &targets,
        known: &fleet,
        assortment: Some(&assortment),
        table: &table,
        on,
        known_serials: true,
    };
    let bulk = file.register(&targets);
    let folder = files::write(args.out.as_deref(), &notifications.messages)?;
    let page = customers(&accounts, &query);
    let month = Month { reseller: &book.reseller, query: &query, within: args.within, notified: &notified };
    report::print(out, &month, &page, &notifications, &folder)?;
    report::registrations(out, &name, &bulk)
}
