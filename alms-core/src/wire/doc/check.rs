use super::account::{optional_day, optional_text};
use super::account_view::{AccountOf, Whole};
use super::support_contact::SupportContactDoc;
use crate::account::{
    Account, AccountCircumstances, AccountFault, AccountFinding, AccountFindingCode, AccountVerdict,
    ChannelKind, Kind, Registration,
};
use crate::rule::RuleId;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.check`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CheckRequest"))]
pub(in crate::wire) struct CheckRequestDoc<'a> {
    /// The account.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// The day on which a free tier account was made one; of no account otherwise.
    free_tier_since: Option<Day<'a>>,
    /// When systems were registered, as far as known.
    registrations: Option<Vec<Object<RegistrationDoc<'a>>>>,
    /// Whom the partner's customers reach for support.
    support_contact: Option<Object<SupportContactDoc<'a>>>,
    /// The e-mail address of whoever wants to manage the account.
    actor: Option<Id<'a>>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement, where known.
    agreement: Option<bool>,
}

/// The day on which a system was registered.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Registration"))]
struct RegistrationDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// When.
    registered: Day<'a>,
}

impl CheckRequestDoc<'_> {
    pub(in crate::wire) fn circumstances(&self) -> Result<AccountCircumstances, Error> {
        let read = |(index, doc): (usize, &Object<RegistrationDoc<'_>>)| doc.read().at_index(index);
        let registrations = self.registrations.iter().flatten().enumerate().map(read);
        Ok(AccountCircumstances {
            free_tier_since: optional_day(self.free_tier_since.as_ref(), "free_tier_since")?,
            registrations: registrations.collect::<Result<_, _>>().at("registrations")?,
            support_contact: self
                .support_contact
                .as_ref()
                .map(|contact| contact.read())
                .transpose()
                .at("support_contact")?,
            actor: optional_text(self.actor.as_ref(), "actor")?,
            agreement: self.agreement,
        })
    }
}

impl RegistrationDoc<'_> {
    fn read(&self) -> Result<Registration, Error> {
        Ok(Registration {
            serial: self.serial.read().at("serial")?,
            registered: self.registered.read().at("registered")?,
        })
    }
}

/// Output of `accounts.check`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccountVerdict"))]
pub(in crate::wire) struct VerdictDoc<'a> {
    /// The account's UID.
    account: Id<'a>,
    /// What it is for.
    kind: Choice<'a, Kind>,
    /// The day of the check.
    on: Day<'a>,
    /// How many systems it has.
    systems: Count<'a>,
    /// How many it may have; null without a limit.
    systems_max: Option<Count<'a>>,
    /// Whether its use is taken from its tokens.
    consumes_tokens: bool,
    /// The sign-up links that it has to give to customers, by the channel of `accounts.create` that each stands for.
    signup_links: Vec<Choice<'a, ChannelKind>>,
    /// Whether there is no error.
    ok: bool,
    /// Everything that must not be.
    errors: Vec<Error>,
    /// What to look at; no errors.
    findings: Vec<AccountFindingDoc<'a>>,
}

/// Something to look at; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccountFinding"))]
struct AccountFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, AccountFindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// A sentence for people.
    message: Prose<'a>,
}

impl<'a> AccountFindingDoc<'a> {
    fn of(finding: &'a AccountFinding) -> Self {
        Self {
            code: finding.code.into(),
            rule: finding.code.rule().into(),
            message: Prose::of(&finding.message),
        }
    }
}

impl<'a> VerdictDoc<'a> {
    pub(in crate::wire) fn of(
        account: &'a Account,
        on: crate::calendar::Date,
        verdict: &'a AccountVerdict,
    ) -> Self {
        let data = account.data();
        Self {
            account: Text::of(&data.uid),
            kind: data.kind.into(),
            on: on.into(),
            systems: i64::try_from(data.systems.len()).unwrap_or(crate::bounds::COUNT_MAX).into(),
            systems_max: data.kind.systems_max().map(Count::from),
            consumes_tokens: data.kind.consumes_tokens(),
            signup_links: verdict.signup_links.iter().copied().map(Choice::from).collect(),
            ok: verdict.faults.is_empty(),
            errors: verdict.faults.iter().cloned().map(Error::from).collect(),
            findings: verdict.findings.iter().map(AccountFindingDoc::of).collect(),
        }
    }
}

impl From<AccountFault> for Error {
    fn from(fault: AccountFault) -> Self {
        let with = || Error::new(fault.code(), &fault).by_rule(fault.rule());
        let registration = |field: &str, index| with().at(field).at_index(index).at("registrations");
        match &fault {
            AccountFault::TooManySystems { count, max, .. } => {
                with().with("count", *count).with("max", *max).at("account.systems")
            }
            AccountFault::RegisteredBeforeConversion { index, since, .. } => {
                registration("registered", *index).with("since", since.to_string())
            }
            AccountFault::UnknownSerial { index, .. } => registration("serial", *index),
            AccountFault::IncompleteContact { missing } => {
                with().with("missing", missing.clone()).at("support_contact")
            }
            AccountFault::NotAnAdministrator { account, .. } => {
                with().with("account", account.as_str()).at("actor")
            }
        }
    }
}
