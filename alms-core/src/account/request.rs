//! A partner asks for a partnership, and the customer answers; the customer may end it (ACC-5, ACC-9, ACC-11).

use super::{Kind, Listing, Partnership, StepError, SupportTicket};
use crate::calendar::Date;
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::text::{Email, Profile};

named_enum! {
    /// How a partner's request stands.
    pub enum RequestState {
        /// Nobody has asked.
        None = "none",
        /// Asked, and not answered yet.
        Requested = "requested",
        /// Granted, or linked by a support ticket.
        Granted = "granted",
        /// Refused; the partner may ask again.
        Refused = "refused",
        /// Ended by the customer; the partner may ask again.
        Ended = "ended",
    }
}

named_enum! {
    /// What is done about a partnership.
    pub enum StepKind {
        /// An administrator of the partner asks for it.
        Request = "request",
        /// An administrator of the customer grants what was asked for.
        Grant = "grant",
        /// An administrator of the customer refuses it.
        Refuse = "refuse",
        /// Customer Support makes the partnership, by a ticket of the customer's that names both accounts (ACC-5).
        Link = "link",
        /// An administrator of the customer gives the partner's users another profile (ACC-4).
        AssignProfile = "assign_profile",
        /// An administrator of the customer ends the partnership (ACC-11).
        End = "end",
    }
}

/// What is done about a partnership, with what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The partner asks for it.
    Request,
    /// The customer grants it, under this profile.
    Grant(Profile),
    /// The customer refuses it.
    Refuse,
    /// Customer Support makes it.
    Link(SupportTicket),
    /// The customer gives the partner's users this profile.
    AssignProfile(Profile),
    /// The customer ends the partnership.
    End,
}

impl Deed {
    /// Which one.
    pub const fn kind(&self) -> StepKind {
        match self {
            Deed::Request => StepKind::Request,
            Deed::Grant(_) => StepKind::Grant,
            Deed::Refuse => StepKind::Refuse,
            Deed::Link(_) => StepKind::Link,
            Deed::AssignProfile(_) => StepKind::AssignProfile,
            Deed::End => StepKind::End,
        }
    }
}

/// A step towards a partnership, or within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub deed: Deed,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: Email,
}

/// A partner's way to a partnership with a customer: the steps so far.
///
/// ```
/// # use alms_core::account::{Format, Instance, Kind, Listing};
/// use alms_core::account::{Deed, PartnershipCase, RequestState, Step, StepError};
/// # let listing = |uid: &str, kind, email: &str| -> Result<Listing, alms_core::text::TextError> { Ok(Listing {
/// #     uid: uid.parse()?, name: uid.parse()?, instance: Instance::Na, format: Format::Avc, kind,
/// #     administrators: vec![email.parse()?], users: vec![], partnerships: vec![], agreement: None }) };
/// # let customer = listing("c1", Kind::Customer, "ann@acme.example")?;
/// # let partner = listing("p1", Kind::Reseller, "rep@partner.example")?;
/// let asked = Step { deed: Deed::Request, on: "2024-05-01".parse()?, by: "rep@partner.example".parse()? };
/// let case = PartnershipCase::open(customer, partner, vec![asked]).unwrap();
///
/// let granted = Step { deed: Deed::Grant(Default::default()), on: "2024-05-03".parse()?, by: "ann@acme.example".parse()? };
/// let case = case.take(granted.clone())?;
/// assert_eq!(case.state(), RequestState::Granted);
/// assert_eq!(case.customer().partnerships[0].profile.as_str(), "read_only");
/// assert!(matches!(case.take(granted), Err(StepError::AlreadyAnswered { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnershipCase {
    customer: Listing,
    partner: Listing,
    steps: Vec<Step>,
    state: RequestState,
}

impl PartnershipCase {
    /// The case after the steps that a host has stored; the partnerships that they led to are in the customer's listing.
    ///
    /// # Errors
    /// The position of a step that cannot have been taken, and why. Who was an administrator then is not asked.
    pub fn open(customer: Listing, partner: Listing, steps: Vec<Step>) -> Result<Self, (usize, StepError)> {
        let mut state = RequestState::None;
        let mut last = None;
        for (index, step) in steps.iter().enumerate() {
            state = in_order(last, step)
                .and_then(|()| state.after(&step.deed))
                .map_err(|error| (index, error))?;
            last = Some(step.on);
        }
        Ok(Self { customer, partner, steps, state })
    }

    /// The case after one more step.
    ///
    /// # Errors
    /// [`StepError`]; the case is as it was.
    pub fn take(&self, step: Step) -> Result<Self, StepError> {
        in_order(self.steps.last().map(|last| last.on), &step)?;
        self.check_actor(&step)?;
        let mut after = self.clone();
        after.state = self.state.after(&step.deed)?;
        self.check_partnership(&step.deed)?;
        after.change_partnerships(&step.deed);
        after.steps.push(step);
        Ok(after)
    }

    /// How the request stands.
    pub const fn state(&self) -> RequestState {
        self.state
    }

    /// The customer with its partnerships.
    pub const fn customer(&self) -> &Listing {
        &self.customer
    }

    /// All steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The rules that had a part in the last step.
    pub fn rules(&self) -> RuleSet {
        let rules = RuleSet::of(&[RuleId::Acc9, RuleId::Acc11]);
        match self.steps.last().map(|step| step.deed.kind()) {
            Some(StepKind::Grant | StepKind::AssignProfile) => rules.with(RuleId::Acc4),
            Some(StepKind::Link) => rules.with(RuleId::Acc4).with(RuleId::Acc5),
            Some(StepKind::Request | StepKind::Refuse | StepKind::End) | None => rules,
        }
    }

    /// Whoever takes the step may take it (ACC-9, ACC-11).
    fn check_actor(&self, step: &Step) -> Result<(), StepError> {
        let (customer, partner) = (&self.customer, &self.partner);
        if partner.kind != Kind::Reseller {
            return Err(StepError::NotAReseller { uid: partner.uid.clone(), kind: partner.kind });
        }
        let who = if step.deed == Deed::Request { partner } else { customer };
        if !who.is_administrator(&step.by) {
            return Err(StepError::NotAnAdministrator { by: step.by.clone(), account: who.uid.clone() });
        }
        Ok(())
    }

    /// Nobody becomes a partner twice, and only a partner has a profile and a partnership to end (ACC-11); a ticket
    /// names both (ACC-5).
    fn check_partnership(&self, deed: &Deed) -> Result<(), StepError> {
        let uids = || (self.partner.uid.clone(), self.customer.uid.clone());
        match (deed, self.customer.partnership(&self.partner.uid).is_some()) {
            (Deed::Request | Deed::Grant(_) | Deed::Link(_), true) => {
                let (partner, customer) = uids();
                Err(StepError::AlreadyPartner { partner, customer })
            }
            (Deed::AssignProfile(_) | Deed::End, false) => {
                let (partner, customer) = uids();
                Err(StepError::NotAPartner { partner, customer })
            }
            (Deed::Link(ticket), false) => {
                match ticket.missing(&[&self.customer.uid, &self.partner.uid]).first() {
                    Some(missing) => Err(StepError::IncompleteTicket { missing: (*missing).clone() }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn change_partnerships(&mut self, deed: &Deed) {
        let partner = &self.partner.uid;
        let partnerships = &mut self.customer.partnerships;
        let profile = match deed {
            Deed::Request | Deed::Refuse => return,
            Deed::Grant(profile) | Deed::AssignProfile(profile) => profile.clone(),
            Deed::Link(_) => Profile::READ_ONLY,
            Deed::End => return partnerships.retain(|partnership| partnership.partner != *partner),
        };
        match partnerships.iter_mut().find(|partnership| partnership.partner == *partner) {
            Some(partnership) => partnership.profile = profile,
            None => partnerships.push(Partnership { profile, ..Partnership::new(partner.clone()) }),
        }
    }
}

impl RequestState {
    /// The state after a deed; what the accounts say is asked elsewhere.
    const fn after(self, deed: &Deed) -> Result<Self, StepError> {
        let step = deed.kind();
        match (deed, self) {
            (Deed::Request, RequestState::Requested) => Err(StepError::AlreadyRequested),
            (Deed::Request, _) => Ok(RequestState::Requested),
            (Deed::Grant(_), RequestState::Requested) | (Deed::Link(_), _) => Ok(RequestState::Granted),
            (Deed::Refuse, RequestState::Requested) => Ok(RequestState::Refused),
            (Deed::Grant(_) | Deed::Refuse, RequestState::None) => Err(StepError::NoRequest { step }),
            (Deed::Grant(_) | Deed::Refuse, state) => Err(StepError::AlreadyAnswered { step, state }),
            (Deed::AssignProfile(_), state) => Ok(state),
            (Deed::End, _) => Ok(RequestState::Ended),
        }
    }
}

/// Steps follow each other.
fn in_order(last: Option<Date>, step: &Step) -> Result<(), StepError> {
    match last {
        Some(last) if step.on < last => Err(StepError::NotInOrder { on: step.on, last }),
        _ => Ok(()),
    }
}
