use super::error::ResellerPlanError;
use super::merge::{Person, Pooled, partners, people, pooled};
use super::router::{check_routers, routers};
use super::system::MergedSystem;
use super::warning::{self, Known, MergeWarning};
use crate::account::{Account, Format, Instance, InstanceMove, Kind};
use crate::calendar::{Date, Months};
use crate::migration::Fingerprint;
use crate::rule::{RULEBOOK, RuleId, RuleSet};
use crate::text::{Email, Serial, Uid};
use crate::unique::first_repetition;
use crate::xr::Compatibility;
use std::collections::HashSet;

/// After so many years the free services end, and renew by themselves (RES-1).
pub(super) const TERM_YEARS: u16 = 5;

/// A reseller's account, and what is to become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResellerMerge {
    /// The legacy reseller account.
    pub account: Account,
    /// Other accounts of the same partner, legacy or avc, to be merged in.
    pub others: Vec<Account>,
    /// The migration date.
    pub on: Date,
    /// The instance on which the account shall be; `None` for its own.
    pub instance: Option<Instance>,
    /// Systems that shall be kept before all others, where there are more than 20.
    pub keep: Vec<Serial>,
    /// Which instances take the XR Series routers of which SKU region (XRS-2).
    pub compatibility: Compatibility,
}

impl ResellerMerge {
    /// A reseller's account by itself, on its own instance.
    pub fn of(account: Account, on: Date) -> Self {
        Self {
            account,
            others: Vec::new(),
            on,
            instance: None,
            keep: Vec::new(),
            compatibility: Compatibility::default(),
        }
    }

    /// The reseller's account, then those that are merged in.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.account).chain(&self.others)
    }

    /// The instance on which the merged account is.
    pub fn target(&self) -> Instance {
        self.instance.unwrap_or(self.account.data().instance)
    }
}

/// The plan of a reseller's migration: data that can be stored, shown, agreed to by its fingerprint, and applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResellerPlan {
    /// The rulebook's version.
    pub rulebook: String,
    /// The reseller's account.
    pub account: Uid,
    /// The accounts that are merged in, and are then no more.
    pub merged: Vec<Uid>,
    /// The migration date.
    pub on: Date,
    /// The instance on which the account is from now on.
    pub instance: Instance,
    /// The systems that were to be kept before all others.
    pub keep: Vec<Serial>,
    /// The move to another instance, if there is one.
    pub instance_move: Option<InstanceMove>,
    /// Who administers the account from now on.
    pub administrators: Vec<Email>,
    /// Who else uses it.
    pub users: Vec<Email>,
    /// Its partners.
    pub partners: Vec<Uid>,
    /// The systems that stay, at most 20.
    pub systems: Vec<MergedSystem>,
    /// The systems for which there is no place: they stay out until the partner decides about them.
    pub over_limit: Vec<MergedSystem>,
    /// The day on which the free services end, and renew by themselves.
    pub end_date: Date,
    /// What to know before agreeing.
    pub warnings: Vec<MergeWarning>,
    /// What a consent names.
    pub fingerprint: Fingerprint,
}

/// Plans the migration of a reseller's account with other accounts of the same partner (MIG-2, MIG-17 to MIG-19, RES-1, XRS-4).
///
/// Users are the same person by their e-mail address; who administers one account administers the merged one. Up to 20
/// systems stay: those to be kept, then the others in the order of the accounts. The rest is listed, none is deleted.
/// Each that stays has to register on the instance after the move (XRS-2). That the accounts belong to one partner is for
/// the caller to know.
///
/// # Errors
/// [`ResellerPlanError`].
///
/// ```
/// use alms_core::migration::{ResellerMerge, plan_reseller};
/// # use alms_core::wire::account_from_json;
/// let partner = account_from_json(
///     r#"{"uid": "p1", "name": "Partner", "instance": "na", "format": "legacy", "kind": "reseller", "tokens": 0,
///         "administrators": ["rep@partner.example"],
///         "systems": [{"serial": "LA1", "model": "RV55", "state": "active"}]}"#,
/// )?;
/// let for_xr = account_from_json(
///     r#"{"uid": "p2", "name": "Partner XR", "instance": "na", "format": "avc", "kind": "customer", "tokens": 0,
///         "administrators": ["rep+xr@partner.example"],
///         "systems": [{"serial": "XR1", "model": "XR80", "state": "active"}]}"#,
/// )?;
/// let merge = ResellerMerge { others: vec![for_xr], ..ResellerMerge::of(partner, "2024-11-15".parse()?) };
/// let plan = plan_reseller(&merge)?;
/// assert_eq!((plan.systems.len(), plan.administrators.len()), (2, 2));
/// assert_eq!(plan.end_date, "2029-11-15".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan_reseller(merge: &ResellerMerge) -> Result<ResellerPlan, ResellerPlanError> {
    let accounts: Vec<&Account> = merge.accounts().collect();
    check(&accounts)?;
    let pool = pooled(&accounts);
    check_kept(&merge.keep, &pool)?;
    let end_date = merge
        .on
        .add_months(Months::years(TERM_YEARS))
        .map_err(|_| ResellerPlanError::EndOutOfRange { on: merge.on })?;
    let (systems, over_limit) = placed(&merge.keep, &pool);
    let instance = merge.target();
    let routers = routers(&accounts, &systems);
    check_routers(&routers, instance, &merge.compatibility)?;
    let people = people(&accounts);
    let (partners, within) = partners(&accounts);
    Ok(ResellerPlan {
        rulebook: RULEBOOK.to_owned(),
        account: merge.account.data().uid.clone(),
        merged: merge.others.iter().map(|account| account.data().uid.clone()).collect(),
        on: merge.on,
        instance,
        keep: merge.keep.clone(),
        instance_move: InstanceMove::between(merge.account.data().instance, instance),
        administrators: emails(&people, true),
        users: emails(&people, false),
        partners,
        warnings: warning::all(&Known {
            accounts: &accounts,
            on: merge.on,
            instance,
            people: &people,
            within: &within,
            pool: &pool,
            staying: &systems,
            over_limit: &over_limit,
            routers: &routers,
        }),
        systems,
        over_limit,
        end_date,
        fingerprint: Fingerprint::of_reseller(merge),
    })
}

impl ResellerPlan {
    /// Every rule that had a part in the plan.
    pub fn rules(&self) -> RuleSet {
        let always = RuleSet::of(&[RuleId::Acc1, RuleId::Acc11, RuleId::Mig18, RuleId::Mig19, RuleId::Res1]);
        let moved = always.with_if(RuleId::Xrs4, self.instance_move.is_some());
        self.warnings.iter().map(|warning| warning.code.rule()).fold(moved, RuleSet::with)
    }
}

fn emails(people: &[Person], administrators: bool) -> Vec<Email> {
    let of_role = people.iter().filter(|person| person.administrator == administrators);
    of_role.map(|person| person.email.clone()).collect()
}

/// MIG-2, MIG-18, ACC-1 and MIG-17, in this order.
fn check(accounts: &[&Account]) -> Result<(), ResellerPlanError> {
    if let Some(reseller) = accounts.first().map(|account| account.data()) {
        let uid = reseller.uid.clone();
        if reseller.format == Format::Avc {
            return Err(ResellerPlanError::AlreadyMigrated { uid });
        }
        if reseller.kind != Kind::Reseller {
            return Err(ResellerPlanError::NotAReseller { uid, kind: reseller.kind });
        }
    }
    if let Some((account, uid)) = first_repetition(accounts.iter().map(|account| &account.data().uid)) {
        return Err(ResellerPlanError::DuplicateAccount { account, uid: uid.clone() });
    }
    for (account, data) in accounts.iter().map(|account| account.data()).enumerate() {
        let mut routers = data.systems.iter().enumerate().filter(|(_, system)| system.model.is_xr());
        if let (Format::Legacy, Some((index, router))) = (data.format, routers.next()) {
            let (serial, model) = (router.serial.clone(), router.model.clone());
            return Err(ResellerPlanError::XrInLegacyAccount { account, index, serial, model });
        }
    }
    Ok(())
}

/// How many systems may stay (RES-1, ACC-8).
fn places() -> u32 {
    Kind::Reseller.systems_max().unwrap_or(u32::MAX)
}

/// The systems to be kept exist, are named once, and have a place each.
fn check_kept(keep: &[Serial], pool: &Pooled<'_>) -> Result<(), ResellerPlanError> {
    if let Some((index, serial)) = first_repetition(keep) {
        return Err(ResellerPlanError::KeptTwice { index, serial: serial.clone() });
    }
    let known: HashSet<&Serial> = pool.systems.iter().map(|(_, system)| &system.serial).collect();
    let is_known = |serial: &Serial| known.contains(serial);
    if let Some((index, serial)) = keep.iter().enumerate().find(|(_, serial)| !is_known(serial)) {
        return Err(ResellerPlanError::UnknownSerial { index, serial: serial.clone() });
    }
    let (count, max) = (keep.len(), places());
    if count > max as usize {
        return Err(ResellerPlanError::TooManyToKeep { count, max });
    }
    Ok(())
}

/// Who stays and who has no place, both in the order of the accounts.
fn placed(keep: &[Serial], pool: &Pooled<'_>) -> (Vec<MergedSystem>, Vec<MergedSystem>) {
    // Those to be kept have their places already.
    let mut free = (places() as usize).saturating_sub(keep.len());
    pool.systems.iter().map(|(account, system)| MergedSystem::of(account, system)).partition(|system| {
        let stays = keep.contains(&system.serial) || free > 0;
        if stays && !keep.contains(&system.serial) {
            free = free.saturating_sub(1);
        }
        stays
    })
}
