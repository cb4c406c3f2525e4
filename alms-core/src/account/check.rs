//! Everything that the rules say about one account at once (ACC-8, ACC-9).

use super::{Account, AccountData, ChannelKind, Kind, SupportContact};
use crate::ErrorCode;
use crate::calendar::Date;
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::{Email, Serial, Uid};

/// How long a trial is meant to last (ACC-8): three weeks.
const TRIAL_DAYS: i64 = 21;

/// What a host knows besides the account itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountCircumstances {
    /// The day on which a free tier account was made one.
    pub free_tier_since: Option<Date>,
    /// When systems were registered, as far as known.
    pub registrations: Vec<Registration>,
    /// Whom the partner's customers reach for support.
    pub support_contact: Option<SupportContact>,
    /// Who wants to manage the account.
    pub actor: Option<Email>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement (ACC-6); `None` where nobody knows.
    pub agreement: Option<bool>,
}

/// The day on which a system was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The system.
    pub serial: Serial,
    /// When.
    pub registered: Date,
}

/// What an account must not be.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    /// More systems than the kind of account may have (ACC-8).
    #[error("`{count}` systems are in the account, and a `{kind}` account has at most {max}; {}", way_out(*.kind, *.count, *.max))]
    TooManySystems {
        /// How many there are.
        count: usize,
        /// What the account is for.
        kind: Kind,
        /// How many there may be.
        max: u32,
    },
    /// A system was registered before the account was made a free tier account (ACC-8).
    #[error(
        "the system `{serial}` was registered on `{registered}`, before the account became a free tier account on \
         {since}; correct the date, or convert the account to a customer account"
    )]
    RegisteredBeforeConversion {
        /// The position among the registrations.
        index: usize,
        /// The system.
        serial: Serial,
        /// When it was registered.
        registered: Date,
        /// When the account was converted.
        since: Date,
    },
    /// A registration of a system that is not in the account.
    #[error("no system of the account has the serial `{serial}`; correct it, or leave the registration out")]
    UnknownSerial {
        /// The position among the registrations.
        index: usize,
        /// The serial.
        serial: Serial,
    },
    /// Less than two of the three fields (ACC-9).
    #[error("the support contact lacks `{}`; give at least two of name, phone and e-mail", .missing.join("`, `"))]
    IncompleteContact {
        /// The fields that say nothing.
        missing: Vec<&'static str>,
    },
    /// Only administrators reach account management (ACC-9).
    #[error(
        "`{by}` is not an administrator of the account `{account}`; have one of its administrators do it"
    )]
    NotAnAdministrator {
        /// Who tried.
        by: Email,
        /// The account.
        account: Uid,
    },
}

impl AccountFault {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::TooManySystems { .. } => ErrorCode::TooManySystems,
            Self::RegisteredBeforeConversion { .. } => ErrorCode::RegisteredBeforeConversion,
            Self::UnknownSerial { .. } => ErrorCode::UnknownSerial,
            Self::IncompleteContact { .. } => ErrorCode::IncompleteContact,
            Self::NotAnAdministrator { .. } => ErrorCode::NotAnAdministrator,
        }
    }
}

/// How an account gets below its limit again.
fn way_out(kind: Kind, count: usize, max: u32) -> String {
    let over = count.saturating_sub(max as usize);
    match kind {
        Kind::FreeTier => "convert the account to a customer account".to_owned(),
        _ => format!("transfer {over} to a customer account"),
    }
}

impl AccountFault {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            AccountFault::TooManySystems { .. }
            | AccountFault::RegisteredBeforeConversion { .. }
            | AccountFault::UnknownSerial { .. } => RuleId::Acc8,
            AccountFault::IncompleteContact { .. } | AccountFault::NotAnAdministrator { .. } => RuleId::Acc9,
        }
    }
}

named_enum! {
    /// What a check of an account points out; no error.
    #[non_exhaustive]
    pub enum AccountFindingCode {
        /// A trial lasts longer than the three weeks it is meant for (ACC-8).
        TrialOverdue = "trial_overdue" => "convert the account to a customer account",
        /// The day on which the free tier account was made one is not known, so its trial cannot be dated (ACC-8).
        TrialStartUnknown = "trial_start_unknown" => "find out the day to date the trial",
        /// A reseller's account says nobody whom its customers reach for support (ACC-9).
        NoSupportContact = "no_support_contact" => "give name, phone or e-mail, at least two",
        /// Nobody administers the account (ACC-9).
        NoAdministrator = "no_administrator" => "add one to `administrators`",
    }
}

impl AccountFindingCode {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        match self {
            AccountFindingCode::TrialOverdue | AccountFindingCode::TrialStartUnknown => RuleId::Acc8,
            AccountFindingCode::NoSupportContact | AccountFindingCode::NoAdministrator => RuleId::Acc9,
        }
    }
}

/// Something to look at; no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFinding {
    /// What it is.
    pub code: AccountFindingCode,
    /// A sentence for people.
    pub message: String,
}

/// What the rules say about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountVerdict {
    /// What must not be.
    pub faults: Vec<AccountFault>,
    /// What to look at.
    pub findings: Vec<AccountFinding>,
    /// The account's sign-up links, one for each channel (ACC-5, ACC-6).
    pub signup_links: Vec<ChannelKind>,
    /// The rules that were asked.
    pub rules: RuleSet,
}

/// Checks an account on the day `on`: limits of its kind, trial, support contact, administrators (ACC-8, ACC-9).
///
/// All faults and findings are reported. A system that was registered on the very day of the conversion to free tier
/// counts as registered after it.
///
/// ```
/// use alms_core::account::{AccountCircumstances, AccountFindingCode, check};
/// # use alms_core::wire::account_from_json;
/// let trial = account_from_json(
///     r#"{"uid": "t1", "name": "Acme Trial", "instance": "na", "format": "avc", "kind": "free_tier", "tokens": 0,
///         "administrators": ["ann@acme.example"], "systems": []}"#,
/// )?;
/// let since = AccountCircumstances { free_tier_since: Some("2024-05-01".parse()?), ..Default::default() };
/// assert_eq!(check(&trial, "2024-05-22".parse()?, &since).findings, []);
/// let verdict = check(&trial, "2024-05-23".parse()?, &since);
/// assert_eq!(verdict.findings[0].code, AccountFindingCode::TrialOverdue);
/// assert_eq!(verdict.faults, []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(account: &Account, on: Date, circumstances: &AccountCircumstances) -> AccountVerdict {
    let data = account.data();
    let mut faults: Vec<AccountFault> = too_many_systems(data).into_iter().collect();
    faults.extend(early_registrations(data, circumstances));
    faults.extend(incomplete_contact(circumstances));
    faults.extend(no_administrator(data, circumstances));
    let trial = trial_finding(data.kind, on, circumstances.free_tier_since);
    let others = [contact_finding(data.kind, circumstances), administrator_finding(data)];
    let findings: Vec<AccountFinding> = trial.into_iter().chain(others.into_iter().flatten()).collect();
    let asks_acc9 = circumstances.actor.is_some() || circumstances.support_contact.is_some();
    let rules = RuleSet::of(&[RuleId::Acc1])
        .with_if(RuleId::Acc5, data.kind == Kind::Reseller)
        .with_if(RuleId::Acc6, data.kind == Kind::Reseller && circumstances.agreement.is_some())
        .with_if(RuleId::Acc8, data.kind != Kind::Customer)
        .with_if(RuleId::Acc9, asks_acc9);
    let signup_links = signup_links(data.kind, circumstances.agreement);
    AccountVerdict { rules: rules_of(rules, &faults, &findings), faults, findings, signup_links }
}

/// ACC-5 and ACC-6: an authorized partner is a reseller account and has the plain link, and the connectivity link only
/// under the agreement.
fn signup_links(kind: Kind, agreement: Option<bool>) -> Vec<ChannelKind> {
    let plain = (kind == Kind::Reseller).then_some(ChannelKind::PartnerLink);
    let second = plain.filter(|_| agreement == Some(true)).map(|_| ChannelKind::ConnectivityLink);
    plain.into_iter().chain(second).collect()
}

fn rules_of(asked: RuleSet, faults: &[AccountFault], findings: &[AccountFinding]) -> RuleSet {
    let behind =
        faults.iter().map(AccountFault::rule).chain(findings.iter().map(|finding| finding.code.rule()));
    behind.fold(asked, RuleSet::with)
}

/// ACC-8: the limits of the kinds.
fn too_many_systems(data: &AccountData) -> Option<AccountFault> {
    let (count, kind) = (data.systems.len(), data.kind);
    let max = kind.systems_max()?;
    (count > max as usize).then_some(AccountFault::TooManySystems { count, kind, max })
}

/// ACC-8: a trial starts empty.
fn early_registrations(data: &AccountData, circumstances: &AccountCircumstances) -> Vec<AccountFault> {
    let since = circumstances.free_tier_since.filter(|_| data.kind == Kind::FreeTier);
    let fault = |(index, registration): (usize, &Registration)| {
        let Registration { serial, registered } = registration.clone();
        if data.systems.position(serial.as_str()).is_none() {
            return Some(AccountFault::UnknownSerial { index, serial });
        }
        let since = since.filter(|since| registered < *since)?;
        Some(AccountFault::RegisteredBeforeConversion { index, serial, registered, since })
    };
    circumstances.registrations.iter().enumerate().filter_map(fault).collect()
}

/// ACC-9: at least two of the three.
fn incomplete_contact(circumstances: &AccountCircumstances) -> Option<AccountFault> {
    let contact = circumstances.support_contact.as_ref()?;
    (!contact.is_complete()).then(|| AccountFault::IncompleteContact { missing: contact.missing() })
}

/// ACC-9: account management is for administrators.
fn no_administrator(data: &AccountData, circumstances: &AccountCircumstances) -> Option<AccountFault> {
    let by = circumstances.actor.as_ref()?;
    let may = data.administrators.iter().any(|administrator| administrator.is_same(by));
    (!may).then(|| AccountFault::NotAnAdministrator { by: by.clone(), account: data.uid.clone() })
}

/// ACC-8: a trial is meant for three weeks.
fn trial_finding(kind: Kind, on: Date, since: Option<Date>) -> Option<AccountFinding> {
    if kind != Kind::FreeTier {
        return None;
    }
    let Some(since) = since else {
        let message = "the day on which the account became a free tier account is not known; find it out to date the trial".to_owned();
        return Some(AccountFinding { code: AccountFindingCode::TrialStartUnknown, message });
    };
    let days = since.days_until(on);
    (days > TRIAL_DAYS).then(|| AccountFinding {
        code: AccountFindingCode::TrialOverdue,
        message: format!(
            "the trial has lasted `{days}` days, three weeks are 21; convert the account to a customer account"
        ),
    })
}

fn contact_finding(kind: Kind, circumstances: &AccountCircumstances) -> Option<AccountFinding> {
    let lacks = kind == Kind::Reseller && circumstances.support_contact.is_none();
    lacks.then(|| AccountFinding {
        code: AccountFindingCode::NoSupportContact,
        message:
            "the account names no support contact for its customers; give name, phone or e-mail, at least two"
                .to_owned(),
    })
}

fn administrator_finding(data: &AccountData) -> Option<AccountFinding> {
    data.administrators.is_empty().then(|| AccountFinding {
        code: AccountFindingCode::NoAdministrator,
        message: "the account names no administrator; add one to `administrators`".to_owned(),
    })
}
