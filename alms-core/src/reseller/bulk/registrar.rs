use super::{
    BulkAccount, BulkCause, BulkFault, BulkRegistered, BulkResult, BulkTargets, ChangedAccount, Draft,
    PackRegistration,
};
use crate::account::{BulkColumn, Format, Model, UnknownAccount};
use crate::offers::{Exclusion, Offer, ProductKind, Subscriber};
use crate::serials::Serials;
use crate::subscriptions::{
    Candidate, HeldOffer, Registration, RegistrationFinding, Unregistrable, billing_mismatch, not_a_service,
    register, registration_findings,
};
use crate::text::{OfferName, Serial, Uid};
use crate::xr::Criterion;
use std::collections::HashMap;

/// Takes the rows one after the other, and remembers what the good ones registered.
///
/// The maps are only asked, never listed, so that their random order is never seen.
pub(crate) struct Registrar<'t, 'a> {
    targets: &'t BulkTargets<'a>,
    /// The position of every account.
    positions: HashMap<&'a Uid, usize>,
    /// What there is in each account.
    accounts: Vec<Progress<'a>>,
    /// The account of every system that is registered.
    known: HashMap<&'a Serial, &'a Uid>,
    /// The line in which each serial number stood first, in a good row or not.
    lines: Serials<u64>,
    /// What rows registered: the account and the offers of each system.
    held: HashMap<Serial, (&'a Uid, Vec<HeldOffer>)>,
    /// How many systems were registered of which no first registration is told.
    assumed: usize,
    /// How many of them need an order before there is service.
    used_up: usize,
    /// How many rows registered something.
    good: usize,
}

/// An account on the way through the rows.
struct Progress<'a> {
    account: &'a BulkAccount,
    /// How many systems it has.
    systems: u32,
    /// Which of the good rows registered something in it, from 0.
    rows: Vec<usize>,
}

impl Progress<'_> {
    /// The account as the next row finds it.
    fn subscriber(&self) -> Subscriber {
        Subscriber { systems: Some(self.systems), ..self.account.subscriber }
    }
}

impl<'t, 'a> Registrar<'t, 'a> {
    pub(crate) fn new(targets: &'t BulkTargets<'a>) -> Self {
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
            lines: Serials::new(),
            held: HashMap::new(),
            assumed: 0,
            used_up: 0,
            good: 0,
        }
    }

    /// The accounts in which something was registered, with their systems and the numbers of the good rows.
    pub(crate) fn finish(self) -> Vec<ChangedAccount<'a>> {
        let changed = self.accounts.into_iter().filter(|progress| !progress.rows.is_empty());
        changed.map(|progress| (progress.account, progress.systems, progress.rows)).collect()
    }

    /// What to look at.
    pub(crate) fn findings(&self) -> Vec<RegistrationFinding> {
        // Of the others it is known that they were not registered before (SER-1).
        let assumed = if self.targets.known_serials { 0 } else { self.assumed };
        registration_findings(assumed, self.used_up)
    }

    /// What becomes of the next row.
    pub(crate) fn take(&mut self, row: &Draft<'_>) -> BulkResult {
        let position = row.account.and_then(|uid| self.positions.get(uid)).copied();
        let faults = self.faults(row, position);
        let registered = match (position, faults.is_empty() && row.unread.is_empty()) {
            (Some(position), true) => self.registered(row, position),
            _ => Err(faults),
        };
        if let (Ok(registered), Some(position)) = (&registered, position) {
            self.remember(row, registered, position);
            self.good = self.good.saturating_add(1);
        }
        registered
    }

    /// What a good row changed for those after it.
    fn remember(&mut self, row: &Draft<'_>, registered: &BulkRegistered, position: usize) {
        let added = self.is_added(row, position);
        let Some((progress, serial)) = self.accounts.get_mut(position).zip(row.serial) else { return };
        progress.rows.push(self.good);
        let (_, held) =
            self.held.entry(serial.clone()).or_insert_with(|| (&progress.account.uid, Vec::new()));
        if let BulkRegistered::Subscription(subscription) = registered {
            let kind = if added { ProductKind::Connectivity } else { ProductKind::Support };
            self.used_up = self.used_up.saturating_add(usize::from(subscription.needs_order()));
            held.push(HeldOffer { offer: subscription.offer.clone(), kind });
        }
        if !added {
            progress.systems = progress.systems.saturating_add(1);
            self.assumed = self.assumed.saturating_add(usize::from(row.first_registered.is_none()));
        }
    }

    /// What stands in the way of a row before its account is asked to register it, and without an account all else that
    /// is wrong with it.
    fn faults(&mut self, row: &Draft<'_>, position: Option<usize>) -> Vec<BulkFault> {
        let added = position.is_some_and(|position| self.is_added(row, position));
        let mut faults: Vec<BulkFault> =
            if added { Vec::new() } else { self.of_serial(row).into_iter().collect() };
        match position.and_then(|position| self.accounts.get(position)) {
            Some(progress) => faults.extend(self.of_account(row, progress, added)),
            None => {
                let unknown = row.account.map(|uid| UnknownAccount { uid: uid.clone() });
                faults.extend(unknown.map(BulkFault::from));
                faults.extend(self.of_device(row));
            }
        }
        faults
    }

    /// Whether the row adds connectivity to a system that the account holds (SUB-11).
    fn is_added(&self, row: &Draft<'_>, position: usize) -> bool {
        let Some((progress, offer)) = self.accounts.get(position).zip(row.offer) else { return false };
        let product = self.targets.assortment_of(progress.account).and_then(|all| all.find(offer).ok());
        product.is_some_and(|found| found.product.kind == ProductKind::Connectivity)
            && !self.held_by(row, progress).is_empty()
    }

    /// What the system of the row has in the account already; of one that was there before, a support offer is known.
    fn held_by(&self, row: &Draft<'_>, progress: &Progress<'a>) -> Vec<HeldOffer> {
        let Some(serial) = row.serial else { return Vec::new() };
        let uid = &progress.account.uid;
        let before = self.known.get(serial).filter(|account| **account == uid);
        let before = before.map(|_| HeldOffer { offer: OfferName::UNREAD, kind: ProductKind::Support });
        let here = self.held.get(serial).filter(|(account, _)| *account == uid);
        before.into_iter().chain(here.into_iter().flat_map(|(_, held)| held.iter().cloned())).collect()
    }

    /// A system is registered once.
    fn of_serial(&mut self, row: &Draft<'_>) -> Option<BulkFault> {
        let serial = row.serial?;
        if let Some(line) = self.lines.earlier(serial, row.line) {
            return Some(BulkCause::DuplicateSerial { serial: serial.clone(), line }.into());
        }
        let account = *self.known.get(serial)?;
        let same = row.account == Some(account);
        Some(BulkCause::AlreadyRegistered { serial: serial.clone(), account: account.clone(), same }.into())
    }

    /// What the account has against the row, as far as its cells can be read.
    fn of_account(&self, row: &Draft<'_>, progress: &Progress<'a>, is_added: bool) -> Vec<BulkFault> {
        let account = progress.subscriber();
        if account.format == Format::Legacy && !row.model.is_some_and(Model::is_xr) {
            return of_legacy_account(row, &account);
        }
        let Some(assortment) = self.targets.assortment_of(progress.account) else {
            let limit = account.room_for(1).err().map(Unregistrable::from);
            let others =
                limit.into_iter().chain(billing_mismatch(&account, row.billing)).map(BulkFault::from);
            return std::iter::once(BulkCause::NoCatalogue(self.targets.on).into()).chain(others).collect();
        };
        // What else is registered twice is said of the serial.
        let held = if is_added { self.held_by(row, progress) } else { Vec::new() };
        let entitlement = self.candidate(row, &held).entitlement(&account, assortment, self.targets.table);
        let errors = entitlement.err().into_iter().flatten();
        errors.filter(|error| !follows_from_unread(row, error)).map(BulkFault::from).collect()
    }

    /// What is wrong with device and offer, whatever the account.
    fn of_device(&self, row: &Draft<'_>) -> Vec<BulkFault> {
        let Some(model) = row.model else { return Vec::new() };
        let region_lacks = model.is_xr() && row.sku_region.is_none() && !row.is_unread(BulkColumn::SkuRegion);
        let region = region_lacks.then(|| BulkFault::from(Criterion::UnknownSkuRegion));
        // An offer that is not found may be the account's own.
        let found = row.offer.zip(self.targets.assortment).and_then(|(offer, all)| all.find(offer).ok());
        let offer = found.into_iter().flat_map(|found| {
            let mismatch = found.product.mismatch(model).map(BulkFault::from);
            not_a_service(&found.product).map(BulkFault::from).into_iter().chain(mismatch)
        });
        region.into_iter().chain(offer).collect()
    }

    fn candidate<'m>(&self, row: &Draft<'m>, held: &'m [HeldOffer]) -> Candidate<'m> {
        let Draft { serial, model, sku_region, offer, billing, first_registered, period, .. } = *row;
        let on = self.targets.on;
        Candidate { serial, model, sku_region, on, offer, billing, first_registered, period, held }
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
        let assortment = self.targets.assortment_of(progress.account).ok_or_else(Vec::new)?;
        let Draft { sku_region, offer, billing, first_registered, period, .. } = *row;
        let (offer, held) = (offer.cloned(), self.held_by(row, progress));
        let system =
            Registration { serial, model, sku_region, on, offer, billing, first_registered, period, held };
        register(&account, &system, assortment, self.targets.table)
            .map(BulkRegistered::Subscription)
            .map_err(|errors| errors.into_iter().map(BulkFault::from).collect())
    }
}

/// A legacy account registers by tokens, for AirLink Complete (TOK-7).
fn of_legacy_account(row: &Draft<'_>, account: &Subscriber) -> Vec<BulkFault> {
    let series = row.model.filter(|model| !model.brings_service_pack());
    let series = series.map(|model| BulkCause::SeriesNotEligible(model.clone()).into());
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
