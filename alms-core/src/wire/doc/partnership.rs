use super::account::{missing, optional_text};
use super::account_view::{Accounts, Listed};
use super::creation::rules;
use super::directory::{PartnershipDoc, TicketDoc};
use crate::account::{Deed, PartnershipCase, RequestState, Step, StepError, StepKind};
use crate::rule::RuleId;
use crate::text::Profile;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.partnership`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PartnershipRequest"))]
pub(in crate::wire) struct PartnershipRequestDoc<'a> {
    /// The customer's UID.
    pub(in crate::wire) customer: Id<'a>,
    /// The partner's UID.
    pub(in crate::wire) partner: Id<'a>,
    /// The two accounts as they are now, and any others.
    pub(in crate::wire) directory: Accounts<Listed>,
    /// The steps between the two that were taken before, such as the `steps` of an earlier answer.
    steps: Option<Vec<Object<StepDoc<'a>>>>,
    /// What is done now.
    step: Object<StepDoc<'a>>,
}

/// A step towards a partnership, or within it.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PartnershipStep"))]
pub(in crate::wire) struct StepDoc<'a> {
    /// What is done.
    #[serde(rename = "type")]
    kind: Choice<'a, StepKind>,
    /// When.
    on: Day<'a>,
    /// The e-mail address of whoever does it.
    by: Id<'a>,
    /// The profile of the partner's users: for `assign_profile`, and for `grant` where it is not `read_only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<Id<'a>>,
    /// The ticket: for `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<Object<TicketDoc<'a>>>,
}

impl<'a> StepDoc<'a> {
    fn read(&self) -> Result<Step, Error> {
        let kind = self.kind.read().at("type")?;
        let (on, by) = (self.on.read().at("on")?, self.by.read().at("by")?);
        Ok(Step { deed: self.deed(kind)?, on, by })
    }

    fn deed(&self, kind: StepKind) -> Result<Deed, Error> {
        let profile: Option<Profile> = optional_text(self.profile.as_ref(), "profile")?;
        let ticket = self.ticket.as_ref().map(|ticket| ticket.read()).transpose().at("ticket")?;
        match (kind, profile, ticket) {
            (StepKind::Request, None, None) => Ok(Deed::Request),
            (StepKind::Grant, profile, None) => Ok(Deed::Grant(profile.unwrap_or_default())),
            (StepKind::Refuse, None, None) => Ok(Deed::Refuse),
            (StepKind::Link, None, Some(ticket)) => Ok(Deed::Link(ticket)),
            (StepKind::Link, None, None) => Err(missing("ticket")),
            (StepKind::AssignProfile, Some(profile), None) => Ok(Deed::AssignProfile(profile)),
            (StepKind::AssignProfile, None, None) => Err(missing("profile")),
            (StepKind::End, None, None) => Ok(Deed::End),
            (StepKind::Grant | StepKind::AssignProfile, _, Some(_)) => Err(superfluous(kind, "ticket")),
            (_, Some(_), _) => Err(superfluous(kind, "profile")),
            (_, None, Some(_)) => Err(superfluous(kind, "ticket")),
        }
    }

    fn of(step: &'a Step) -> Self {
        let (profile, ticket) = match &step.deed {
            Deed::Request | Deed::Refuse | Deed::End => (None, None),
            Deed::Grant(profile) | Deed::AssignProfile(profile) => (Some(Text::of(profile)), None),
            Deed::Link(ticket) => (None, Some(Object(TicketDoc::of(ticket)))),
        };
        Self { kind: step.deed.kind().into(), on: step.on.into(), by: Text::of(&step.by), profile, ticket }
    }
}

/// A field that does not go with the step.
fn superfluous(kind: StepKind, field: &str) -> Error {
    Error::invalid_input(format!("the step `{kind}` has no `{field}`; leave it out")).at(field)
}

impl PartnershipRequestDoc<'_> {
    pub(in crate::wire) fn steps(&self) -> Result<Vec<Step>, Error> {
        let read = |doc: &Object<StepDoc<'_>>| doc.read();
        each(self.steps.iter().flatten(), read).at("steps")
    }

    pub(in crate::wire) fn step(&self) -> Result<Step, Error> {
        self.step.read().at("step")
    }
}

/// Output of `accounts.partnership`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PartnershipCase"))]
pub(in crate::wire) struct PartnershipCaseDoc<'a> {
    /// How the partner's request stands.
    state: Choice<'a, RequestState>,
    /// The customer's partnerships from now on.
    partnerships: Vec<PartnershipDoc<'a>>,
    /// All steps between the two, the new one last.
    steps: Vec<StepDoc<'a>>,
    /// The rules that had a part in the new step.
    rules: Vec<Choice<'a, RuleId>>,
}

impl<'a> PartnershipCaseDoc<'a> {
    pub(in crate::wire) fn of(case: &'a PartnershipCase) -> Self {
        Self {
            state: case.state().into(),
            partnerships: case.customer().partnerships.iter().map(PartnershipDoc::of).collect(),
            steps: case.steps().iter().map(StepDoc::of).collect(),
            rules: rules(case.rules()),
        }
    }
}

impl From<StepError> for Error {
    fn from(error: StepError) -> Self {
        let placed = Error::new(error.code(), &error).by_rule(error.rule()).at(error.field());
        match &error {
            StepError::AlreadyAnswered { state, .. } => placed.with("state", state.as_str()),
            StepError::NotAnAdministrator { account, .. } => placed.with("account", account.as_str()),
            StepError::NotInOrder { last, .. } => placed.with("last", last.to_string()),
            StepError::IncompleteTicket { missing } => placed.with("missing", vec![missing.as_str()]),
            _ => placed,
        }
    }
}
