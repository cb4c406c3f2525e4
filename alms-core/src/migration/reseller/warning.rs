use super::merge::{Person, Pooled};
use super::router::Router;
use super::system::MergedSystem;
use crate::account::{Account, Instance, System, SystemState};
use crate::calendar::Date;
use crate::migration::Policy;
use crate::migration::classify::{Facts, Yardstick};
use crate::names::named_enum;
use crate::rule::RuleId;
use crate::text::{Serial, Text, Uid};
use crate::words::counted;
use std::collections::HashSet;

named_enum! {
    /// What a partner should know before agreeing to a merge.
    #[non_exhaustive]
    pub enum MergeWarningCode {
        /// There is no place for these systems: name those that shall stay, and give the others another account (RES-1).
        OverLimit = "over_limit",
        /// These systems stand in two accounts: what the first account says of them is kept (MIG-18).
        DuplicateSystem = "duplicate_system",
        /// These people administer one account and merely use another: they administer the merged one (MIG-18).
        RoleConflict = "role_conflict",
        /// These settings of a merged account are given up: the reseller account's own are kept (MIG-18).
        SettingDropped = "setting_dropped",
        /// These accounts were partners of each other: merged, they are one (MIG-18).
        PartnershipWithin = "partnership_within",
        /// An account has tokens or lacks some, and an avc account has none: transfer tokens to customers first (MIG-18).
        StockLeft = "stock_left",
        /// The account is on another instance than the merged one will be: its content moves by hand (XRS-4).
        OtherInstance = "other_instance",
        /// These systems were not active: in the merged account every system is (RES-1).
        SystemActivated = "system_activated",
        /// These systems have not communicated for 12 months: a customer's migration would delete them (MIG-8).
        SilentSystem = "silent_system",
        /// Nobody said for which region these XR Series routers are made: whether the instance takes them is open (XRS-2).
        UnknownSkuRegion = "unknown_sku_region",
    }
}

impl MergeWarningCode {
    /// The rule behind the warning.
    pub const fn rule(self) -> RuleId {
        match self {
            MergeWarningCode::OverLimit | MergeWarningCode::SystemActivated => RuleId::Res1,
            MergeWarningCode::OtherInstance => RuleId::Xrs4,
            MergeWarningCode::SilentSystem => RuleId::Mig8,
            MergeWarningCode::UnknownSkuRegion => RuleId::Xrs2,
            MergeWarningCode::DuplicateSystem
            | MergeWarningCode::RoleConflict
            | MergeWarningCode::SettingDropped
            | MergeWarningCode::PartnershipWithin
            | MergeWarningCode::StockLeft => RuleId::Mig18,
        }
    }
}

/// A warning of a reseller's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeWarning {
    /// What it is about.
    pub code: MergeWarningCode,
    /// The accounts that it concerns.
    pub accounts: Vec<Uid>,
    /// The serials, e-mail addresses, UIDs or settings that it concerns.
    pub subjects: Vec<String>,
    /// One sentence for a person.
    pub message: String,
}

/// What is known of a merge once everything has its place.
pub(super) struct Known<'a> {
    /// All accounts, the reseller's first.
    pub(super) accounts: &'a [&'a Account],
    pub(super) on: Date,
    /// The instance after the move.
    pub(super) instance: Instance,
    pub(super) people: &'a [Person],
    /// Partners that are accounts of the merge.
    pub(super) within: &'a [Uid],
    pub(super) pool: &'a Pooled<'a>,
    /// The systems that have a place.
    pub(super) staying: &'a [MergedSystem],
    pub(super) over_limit: &'a [MergedSystem],
    /// The XR Series routers among those that have a place.
    pub(super) routers: &'a [Router<'a>],
}

/// Everything a partner should know, in the order of [`MergeWarningCode`].
pub(super) fn all(known: &Known<'_>) -> Vec<MergeWarning> {
    let Known { accounts, on, instance, people, within, pool, staying, over_limit, routers } = *known;
    let staying: HashSet<&Serial> = staying.iter().map(|system| &system.serial).collect();
    let systems: Vec<(&Uid, &System)> =
        pool.systems.iter().copied().filter(|(_, system)| staying.contains(&system.serial)).collect();
    let mut warnings = Vec::new();
    warnings.extend(no_place(over_limit));
    let kept = pool.repeated.iter().filter(|(system, _)| staying.contains(&system.serial));
    warnings.extend(kept.map(|(system, owner)| repeated(system, owner)));
    warnings.extend(people.iter().filter_map(roles));
    warnings.extend(settings(accounts));
    warnings.extend(partners_within(within));
    warnings.extend(accounts.iter().filter_map(|account| stock(account)));
    warnings.extend(accounts.iter().skip(1).filter_map(|account| other_instance(account, instance)));
    warnings.extend(not_active(&systems));
    warnings.extend(silent(&systems, on));
    warnings.extend(of_unknown_region(routers));
    warnings
}

fn no_place(over_limit: &[MergedSystem]) -> Option<MergeWarning> {
    let count = over_limit.len();
    (count > 0).then(|| MergeWarning {
        code: MergeWarningCode::OverLimit,
        accounts: each_once(over_limit.iter().map(|system| &system.account)),
        subjects: over_limit.iter().map(|system| system.serial.to_string()).collect(),
        message: format!("{} beyond the 20 places: name those that shall stay", counted(count, "system")),
    })
}

fn repeated(system: &MergedSystem, owner: &Uid) -> MergeWarning {
    let MergedSystem { serial, account } = system;
    MergeWarning {
        code: MergeWarningCode::DuplicateSystem,
        accounts: vec![owner.clone(), account.clone()],
        subjects: vec![serial.to_string()],
        message: format!(
            "the system `{serial}` stands in `{owner}` and in `{account}`: kept as in `{owner}`"
        ),
    }
}

fn roles(person: &Person) -> Option<MergeWarning> {
    let [administering, using] = &person.roles;
    let administered: HashSet<&Uid> = administering.iter().collect();
    let conflict = !administered.is_empty() && using.iter().any(|account| !administered.contains(account));
    conflict.then(|| MergeWarning {
        code: MergeWarningCode::RoleConflict,
        accounts: each_once(administering.iter().chain(using)),
        subjects: vec![person.email.to_string()],
        message: format!(
            "`{}` administers one account and uses another: administrator of the merged one",
            person.email
        ),
    })
}

fn settings(accounts: &[&Account]) -> Vec<MergeWarning> {
    let Some((reseller, others)) = accounts.split_first() else { return Vec::new() };
    let kept = reseller.data();
    let dropped = |account: &&Account| {
        let data = account.data();
        let differs = |own: &Option<Text>, other: &Option<Text>| other.is_some() && own != other;
        let settings = [
            ("offer_class", differs(&kept.offer_class, &data.offer_class)),
            ("branding", differs(&kept.branding, &data.branding)),
            ("configuration", differs(&kept.configuration, &data.configuration)),
        ];
        let names: Vec<String> =
            settings.iter().filter(|(_, differs)| *differs).map(|(name, _)| (*name).to_owned()).collect();
        (!names.is_empty()).then(|| MergeWarning {
            code: MergeWarningCode::SettingDropped,
            accounts: vec![data.uid.clone()],
            message: format!(
                "`{}` of `{}` given up: the reseller account's own is kept",
                names.join("`, `"),
                data.uid
            ),
            subjects: names,
        })
    };
    others.iter().filter_map(dropped).collect()
}

fn partners_within(within: &[Uid]) -> Option<MergeWarning> {
    (!within.is_empty()).then(|| MergeWarning {
        code: MergeWarningCode::PartnershipWithin,
        accounts: within.to_vec(),
        subjects: within.iter().map(Uid::to_string).collect(),
        message: "partners of each other: merged, they are one account".to_owned(),
    })
}

fn stock(account: &Account) -> Option<MergeWarning> {
    let (uid, tokens) = (&account.data().uid, account.data().tokens.get());
    let remedy = if tokens > 0 { "transfer them to customers first" } else { "it is written off" };
    (tokens != 0).then(|| MergeWarning {
        code: MergeWarningCode::StockLeft,
        accounts: vec![uid.clone()],
        subjects: vec![tokens.to_string()],
        message: format!("`{uid}` has `{tokens}` tokens, and an avc account has none: {remedy}"),
    })
}

fn other_instance(account: &Account, instance: Instance) -> Option<MergeWarning> {
    let data = account.data();
    (data.instance != instance).then(|| MergeWarning {
        code: MergeWarningCode::OtherInstance,
        accounts: vec![data.uid.clone()],
        subjects: vec![data.instance.to_string()],
        message: format!(
            "`{}` is on `{}`, the merged account on `{instance}`: Customer Support moves it by hand",
            data.uid, data.instance
        ),
    })
}

fn not_active(systems: &[(&Uid, &System)]) -> Option<MergeWarning> {
    let systems = systems.iter().filter(|(_, system)| system.state != SystemState::Active);
    let (accounts, subjects): (Vec<&Uid>, Vec<String>) =
        systems.map(|(account, system)| (*account, system.serial.to_string())).unzip();
    (!subjects.is_empty()).then(|| MergeWarning {
        code: MergeWarningCode::SystemActivated,
        accounts: each_once(accounts.into_iter()),
        subjects,
        message: "not active before: in the merged account every system is, at no cost".to_owned(),
    })
}

fn silent(systems: &[(&Uid, &System)], on: Date) -> Option<MergeWarning> {
    let yardstick = Yardstick::new(on, &Policy::default());
    let systems = systems.iter().filter(|(_, system)| Facts::of(system, &yardstick).cleaned_up());
    let (accounts, subjects): (Vec<&Uid>, Vec<String>) =
        systems.map(|(account, system)| (*account, system.serial.to_string())).unzip();
    (!subjects.is_empty()).then(|| MergeWarning {
        code: MergeWarningCode::SilentSystem,
        accounts: each_once(accounts.into_iter()),
        subjects,
        message: format!(
            "no communication since {}: not deleted here, check whether they are needed",
            yardstick.cutoff
        ),
    })
}

fn of_unknown_region(routers: &[Router<'_>]) -> Option<MergeWarning> {
    let unknown = routers.iter().filter(|router| router.system.sku_region.is_none());
    let (accounts, subjects): (Vec<&Uid>, Vec<String>) =
        unknown.map(|router| (router.uid, router.system.serial.to_string())).unzip();
    (!subjects.is_empty()).then(|| MergeWarning {
        code: MergeWarningCode::UnknownSkuRegion,
        accounts: each_once(accounts.into_iter()),
        subjects,
        message: "the SKU region is not known: give `sku_region`, as the instance must match it".to_owned(),
    })
}

/// Accounts in their order, each once.
fn each_once<'a>(accounts: impl Iterator<Item = &'a Uid>) -> Vec<Uid> {
    let mut known = HashSet::new();
    accounts.filter(|account| known.insert(*account)).cloned().collect()
}
