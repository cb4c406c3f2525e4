use super::{
    BulkAccount, BulkCause, BulkColumn, BulkFault, BulkRegistered, BulkResult, BulkTargets, Draft,
    PackRegistration,
};
use crate::account::{Format, Model};
use crate::offers::{Exclusion, Offer, Subscriber};
use crate::subscriptions::{
    Candidate, Registration, Unregistrable, billing_mismatch, not_a_service, register,
};
use crate::text::{Serial, Uid};
use crate::tokens::UnknownAccount;
use crate::xr::Criterion;
use std::collections::HashMap;

/// Takes the rows one after the other, and remembers what the good ones registered.
///
/// The maps are only asked, never listed, so that their random order is never seen.
pub(super) struct Registrar<'t, 'a, 'r> {
    targets: &'t BulkTargets<'a>,
    /// The position of every account.
    positions: HashMap<&'a Uid, usize>,
    /// What there is in each account.
    accounts: Vec<Progress<'a>>,
    /// The account of every system that is registered.
    known: HashMap<&'a Serial, &'a Uid>,
    /// The line in which each serial number stood first, in a good row or not.
    lines: HashMap<&'r Serial, u64>,
    rows: usize,
}

/// An account on the way through the rows.
struct Progress<'a> {
    account: &'a BulkAccount,
    /// How many systems it has.
    systems: u32,
    /// The rows that registered one of them.
    rows: Vec<usize>,
}

impl Progress<'_> {
    /// The account as the next row finds it.
    fn subscriber(&self) -> Subscriber {
        Subscriber { systems: Some(self.systems), ..self.account.subscriber }
    }
}

impl<'t, 'a, 'r> Registrar<'t, 'a, 'r> {
    pub(super) fn new(targets: &'t BulkTargets<'a>) -> Self {
        let mut counts: HashMap<&Uid, u32> = HashMap::new();
        for (_, account) in targets.known {
            let count = counts.entry(account).or_default();
            *count = count.saturating_add(1);
        }
        let progress = |account: &'a BulkAccount| {
            // A list of systems may be shorter than the account; longer it cannot be.
            let known = counts.get(&account.uid).copied().unwrap_or_default();
            let systems = account.subscriber.systems.unwrap_or_default().max(known);
            Progress { account, systems, rows: Vec::new() }
        };
        let mut positions = HashMap::with_capacity(targets.accounts.len());
        for (position, account) in targets.accounts.iter().enumerate() {
            positions.entry(&account.uid).or_insert(position);
        }
        Self {
            targets,
            positions,
            accounts: targets.accounts.iter().map(progress).collect(),
            known: targets.known.iter().map(|(serial, account)| (serial, account)).collect(),
            lines: HashMap::new(),
            rows: 0,
        }
    }

    /// The accounts in which something was registered, with their systems and the positions of the rows.
    pub(super) fn finish(self) -> Vec<(&'a BulkAccount, u32, Vec<usize>)> {
        let changed = self.accounts.into_iter().filter(|progress| !progress.rows.is_empty());
        changed.map(|progress| (progress.account, progress.systems, progress.rows)).collect()
    }

    /// What becomes of the next row.
    pub(super) fn take(&mut self, row: &Draft<'r>) -> BulkResult {
        let position = row.account.and_then(|uid| self.positions.get(uid)).copied();
        let faults = self.faults(row, position);
        let registered = match (position, faults.is_empty() && row.unread.is_empty()) {
            (Some(position), true) => self.registered(row, position),
            _ => Err(faults),
        };
        if let (Ok(_), Some(progress)) = (&registered, position.and_then(|at| self.accounts.get_mut(at))) {
            progress.systems = progress.systems.saturating_add(1);
            progress.rows.push(self.rows);
        }
        self.rows = self.rows.saturating_add(1);
        registered
    }

    /// What stands in the way of a row before its account is asked to register it, and without an account all else that
    /// is wrong with it.
    fn faults(&mut self, row: &Draft<'r>, position: Option<usize>) -> Vec<BulkFault> {
        let mut faults: Vec<BulkFault> = self.of_serial(row).into_iter().collect();
        match position.and_then(|position| self.accounts.get(position)) {
            Some(progress) => faults.extend(self.of_account(row, progress)),
            None => {
                let unknown = row.account.map(|uid| UnknownAccount { uid: uid.clone() });
                faults.extend(unknown.map(BulkFault::from));
                faults.extend(self.of_device(row));
            }
        }
        faults
    }

    /// A system is registered once.
    fn of_serial(&mut self, row: &Draft<'r>) -> Option<BulkFault> {
        let serial = row.serial?;
        if let Some(line) = self.lines.get(serial) {
            return Some(BulkCause::DuplicateSerial { serial: serial.clone(), line: *line }.into());
        }
        self.lines.insert(serial, row.line);
        let account = *self.known.get(serial)?;
        let same = row.account == Some(account);
        Some(BulkCause::AlreadyRegistered { serial: serial.clone(), account: account.clone(), same }.into())
    }

    /// What the account has against the row, as far as its cells can be read.
    fn of_account(&self, row: &Draft<'_>, progress: &Progress<'a>) -> Vec<BulkFault> {
        let (account, assortment) = (progress.subscriber(), self.targets.assortment_of(progress.account));
        let Some(model) = row.model else {
            let limit = account.room_for(1).err().map(Unregistrable::from);
            let billing = billing_mismatch(&account, row.billing);
            return limit.into_iter().chain(billing).map(BulkFault::from).collect();
        };
        if account.format == Format::Legacy && !model.is_xr() {
            return of_legacy_account(row, model, &account);
        }
        let entitlement = self.candidate(row, model).entitlement(&account, assortment, self.targets.table);
        let errors = entitlement.err().into_iter().flatten();
        errors.filter(|error| !follows_from_unread(row, error)).map(BulkFault::from).collect()
    }

    /// What is wrong with device and offer, whatever the account.
    fn of_device(&self, row: &Draft<'_>) -> Vec<BulkFault> {
        let Some(model) = row.model else { return Vec::new() };
        let region_lacks = model.is_xr() && row.sku_region.is_none() && !row.is_unread(BulkColumn::SkuRegion);
        let region = region_lacks.then(|| BulkFault::from(Criterion::UnknownSkuRegion));
        // An offer that is not found may be the account's own.
        let found = row.offer.and_then(|offer| self.targets.assortment.find(offer).ok());
        let offer = found.into_iter().flat_map(|found| {
            let mismatch = found.product.mismatch(model).map(BulkFault::from);
            not_a_service(&found.product).map(BulkFault::from).into_iter().chain(mismatch)
        });
        region.into_iter().chain(offer).collect()
    }

    fn candidate<'m>(&self, row: &Draft<'m>, model: &'m Model) -> Candidate<'m> {
        let Draft { sku_region, offer, billing, .. } = *row;
        Candidate { model, sku_region, on: self.targets.on, offer, billing }
    }

    /// What a row registers against which there is nothing.
    fn registered(&self, row: &Draft<'_>, position: usize) -> BulkResult {
        // A row without faults has an account and all that it needs.
        let progress = self.accounts.get(position).ok_or_else(Vec::new)?;
        let (serial, model) = row.serial.zip(row.model).ok_or_else(Vec::new)?;
        let (serial, model, on) = (serial.clone(), model.clone(), self.targets.on);
        let account = progress.subscriber();
        if account.format == Format::Legacy {
            let account = progress.account.uid.clone();
            return Ok(BulkRegistered::Booking(PackRegistration { on, account, serial, model }));
        }
        let Draft { sku_region, offer, billing, .. } = *row;
        let system = Registration { serial, model, sku_region, on, offer: offer.cloned(), billing };
        let assortment = self.targets.assortment_of(progress.account);
        register(&account, &system, assortment, self.targets.table)
            .map(BulkRegistered::Subscription)
            .map_err(|errors| errors.into_iter().map(BulkFault::from).collect())
    }
}

/// A legacy account registers by tokens, for AirLink Complete (TOK-7).
fn of_legacy_account(row: &Draft<'_>, model: &Model, account: &Subscriber) -> Vec<BulkFault> {
    let series = (!model.brings_service_pack()).then(|| BulkCause::SeriesNotEligible(model.clone()).into());
    let limit = account.room_for(1).err().map(Unregistrable::from).map(BulkFault::from);
    let other_offer = row.offer.filter(|offer| offer.as_str() != Offer::AirlinkComplete.as_str());
    let offer = other_offer.map(|_| BulkFault::from(Exclusion::LegacyAccount));
    let billing = billing_mismatch(account, row.billing).map(BulkFault::from);
    series.into_iter().chain(limit).chain(offer).chain(billing).collect()
}

/// Whether an error follows from a cell that was read as nothing because it cannot be read.
fn follows_from_unread(row: &Draft<'_>, error: &Unregistrable) -> bool {
    match error {
        Unregistrable::Xr(Criterion::UnknownSkuRegion) => row.is_unread(BulkColumn::SkuRegion),
        Unregistrable::NoDefaultOffer { .. } => row.is_unread(BulkColumn::Offer),
        _ => false,
    }
}
