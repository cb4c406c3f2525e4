use super::account::texts;
use super::account_view::{AccountOf, Whole};
use super::xr::{CompatibilityDoc, compatibility};
use crate::account::{Account, Instance, InstanceMove, MoveLoss};
use crate::migration::{MergeWarning, MergeWarningCode, MergedSystem, ResellerMerge, ResellerPlan};
use crate::rule::{RuleId, RuleSet};
use crate::text::Text as AnyText;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, FingerprintText, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `migration.plan_reseller`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerPlanRequest"))]
pub(in crate::wire) struct ResellerPlanRequestDoc<'a> {
    /// The legacy reseller account.
    account: AccountOf<'a, Whole>,
    /// Other accounts of the same partner, legacy or avc, to be merged in.
    merge: Option<Vec<AccountOf<'a, Whole>>>,
    /// The migration date.
    on: Day<'a>,
    /// The instance on which the account shall be; its own where absent.
    instance: Option<Choice<'a, Instance>>,
    /// Serials of systems that shall be kept before all others, where there are more than 20.
    keep: Option<Vec<Id<'a>>>,
    /// Which instances take the XR Series routers of which SKU region; `na` for North America and `eu` for Global where
    /// absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
}

/// The plan of a reseller's migration.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerPlan"))]
pub(in crate::wire) struct ResellerPlanDoc<'a> {
    /// The version of the rulebook.
    rulebook: Prose<'a>,
    /// The reseller account's UID.
    account: Id<'a>,
    /// UIDs of the accounts that are merged in, and are then no more.
    merged: Vec<Id<'a>>,
    /// The migration date.
    on: Day<'a>,
    /// The instance on which the account is from now on.
    instance: Choice<'a, Instance>,
    /// The move to another instance; null if the account stays on its own.
    instance_move: Option<Object<InstanceMoveDoc<'a>>>,
    /// E-mail addresses of the administrators from now on.
    administrators: Vec<Id<'a>>,
    /// E-mail addresses of the other users.
    users: Vec<Id<'a>>,
    /// UIDs of the partners.
    partners: Vec<Id<'a>>,
    /// Serials of the systems that were to be kept before all others.
    keep: Vec<Id<'a>>,
    /// The systems that stay, at most 20.
    systems: Vec<Object<MergedSystemDoc<'a>>>,
    /// The systems for which there is no place; they stay out until the partner decides about them.
    over_limit: Vec<Object<MergedSystemDoc<'a>>>,
    /// The day on which the free services of all systems end, and renew by themselves.
    end_date: Day<'a>,
    /// What to know before agreeing.
    warnings: Vec<Object<MergeWarningDoc<'a>>>,
    /// What a consent names: `sha256:` and 64 hexadecimal digits.
    fingerprint: FingerprintText<'a>,
}

/// A move to another instance.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PlannedMove"))]
struct InstanceMoveDoc<'a> {
    /// The instance on which the account is.
    from: Choice<'a, Instance>,
    /// The instance on which it shall be.
    to: Choice<'a, Instance>,
    /// What is lost, as the account is deleted and created again.
    losses: Vec<Choice<'a, MoveLoss>>,
}

/// A system, and the account that it comes from.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MergedSystem"))]
pub(in crate::wire) struct MergedSystemDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// The UID of the account.
    account: Id<'a>,
}

/// What to know before agreeing to a merge.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MergeWarning"))]
struct MergeWarningDoc<'a> {
    /// The stable code.
    code: Choice<'a, MergeWarningCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// UIDs of the accounts that it concerns.
    accounts: Vec<Id<'a>>,
    /// The serials, e-mail addresses, UIDs, amounts or settings that it concerns.
    subjects: Vec<Text<'a>>,
    /// One sentence.
    message: Prose<'a>,
}

impl<'a> ResellerPlanRequestDoc<'a> {
    pub(in crate::wire) fn read(self, fired: &mut RuleSet) -> Result<ResellerMerge, Error> {
        Ok(ResellerMerge {
            on: self.on.read().at("on")?,
            instance: self.instance.as_ref().map(Choice::read).transpose().at("instance")?,
            keep: texts(self.keep.as_deref(), "keep")?,
            compatibility: compatibility(self.compatibility.as_ref())?,
            account: self.account.0.0.read(fired).at("account")?,
            others: others(self.merge, fired)?,
        })
    }
}

/// The accounts that are merged in.
pub(in crate::wire) fn others(
    docs: Option<Vec<AccountOf<'_, Whole>>>,
    fired: &mut RuleSet,
) -> Result<Vec<Account>, Error> {
    let docs = docs.into_iter().flatten().enumerate();
    docs.map(|(index, doc)| doc.0.0.read(fired).at_index(index)).collect::<Result<_, _>>().at("merge")
}

impl<'a> ResellerPlanDoc<'a> {
    pub(in crate::wire) fn read(&self) -> Result<ResellerPlan, Error> {
        let warnings = self.warnings.iter().enumerate().map(|(index, doc)| doc.read().at_index(index));
        Ok(ResellerPlan {
            rulebook: self.rulebook.as_str().to_owned(),
            account: self.account.read().at("account")?,
            merged: texts(Some(&self.merged), "merged")?,
            on: self.on.read().at("on")?,
            instance: self.instance.read().at("instance")?,
            instance_move: self
                .instance_move
                .as_ref()
                .map(|doc| doc.read())
                .transpose()
                .at("instance_move")?,
            administrators: texts(Some(&self.administrators), "administrators")?,
            users: texts(Some(&self.users), "users")?,
            partners: texts(Some(&self.partners), "partners")?,
            keep: texts(Some(&self.keep), "keep")?,
            systems: systems(&self.systems).at("systems")?,
            over_limit: systems(&self.over_limit).at("over_limit")?,
            end_date: self.end_date.read().at("end_date")?,
            warnings: warnings.collect::<Result<_, _>>().at("warnings")?,
            fingerprint: self.fingerprint.read().at("fingerprint")?,
        })
    }

    pub(in crate::wire) fn of(plan: &'a ResellerPlan) -> Self {
        Self {
            rulebook: Prose::of(&plan.rulebook),
            account: Text::of(&plan.account),
            merged: plan.merged.iter().map(Text::of).collect(),
            on: plan.on.into(),
            instance: plan.instance.into(),
            instance_move: plan.instance_move.as_ref().map(|planned| Object(InstanceMoveDoc::of(planned))),
            administrators: plan.administrators.iter().map(Text::of).collect(),
            users: plan.users.iter().map(Text::of).collect(),
            partners: plan.partners.iter().map(Text::of).collect(),
            keep: plan.keep.iter().map(Text::of).collect(),
            systems: plan.systems.iter().map(|system| Object(MergedSystemDoc::of(system))).collect(),
            over_limit: plan.over_limit.iter().map(|system| Object(MergedSystemDoc::of(system))).collect(),
            end_date: plan.end_date.into(),
            warnings: plan.warnings.iter().map(|warning| Object(MergeWarningDoc::of(warning))).collect(),
            fingerprint: FingerprintText::of(plan.fingerprint),
        }
    }
}

impl InstanceMoveDoc<'_> {
    fn read(&self) -> Result<InstanceMove, Error> {
        let read = |one: &Choice<'_, MoveLoss>| one.read();
        let losses = each(self.losses.iter(), read);
        Ok(InstanceMove {
            from: self.from.read().at("from")?,
            to: self.to.read().at("to")?,
            losses: losses.at("losses")?,
        })
    }

    fn of(planned: &InstanceMove) -> Self {
        Self {
            from: planned.from.into(),
            to: planned.to.into(),
            losses: planned.losses.iter().copied().map(Choice::from).collect(),
        }
    }
}

fn systems(docs: &[Object<MergedSystemDoc<'_>>]) -> Result<Vec<MergedSystem>, Error> {
    docs.iter().enumerate().map(|(index, doc)| doc.read().at_index(index)).collect()
}

impl<'a> MergedSystemDoc<'a> {
    fn read(&self) -> Result<MergedSystem, Error> {
        Ok(MergedSystem {
            serial: self.serial.read().at("serial")?,
            account: self.account.read().at("account")?,
        })
    }

    pub(in crate::wire) fn of(system: &'a MergedSystem) -> Self {
        Self { serial: Text::of(&system.serial), account: Text::of(&system.account) }
    }
}

impl<'a> MergeWarningDoc<'a> {
    fn read(&self) -> Result<MergeWarning, Error> {
        self.rule.read().at("rule")?;
        let subjects: Vec<AnyText> = texts(Some(&self.subjects), "subjects")?;
        Ok(MergeWarning {
            code: self.code.read().at("code")?,
            accounts: texts(Some(&self.accounts), "accounts")?,
            subjects: subjects.iter().map(AnyText::to_string).collect(),
            message: self.message.as_str().to_owned(),
        })
    }

    fn of(warning: &'a MergeWarning) -> Self {
        Self {
            code: warning.code.into(),
            rule: warning.code.rule().into(),
            accounts: warning.accounts.iter().map(Text::of).collect(),
            subjects: warning.subjects.iter().map(|subject| Text::of(subject.as_str())).collect(),
            message: Prose::of(&warning.message),
        }
    }
}
