use super::allocation::{AllocationState, serving};
use super::fault::TransferFault;
use super::{
    TransferAccount, TransferFinding, TransferFindingCode, TransferRequest, TransferSystem, Transferred,
    TransferredSubscription,
};
use crate::account::{Format, Kind};
use crate::calendar::{Date, Months};
use crate::offers::{Product, ProductKind, Subscriber, SupportLevel, for_model};
use crate::rule::{Grounds, RuleId};
use crate::subscriptions::{
    FleetError, LifeState, RegisteredSubscription, Registration, StateOn, Unregistrable, register,
    settled_state,
};
use crate::text::OfferName;

/// Takes the systems one after the other, and remembers what the good ones took.
pub(super) struct Judge<'a> {
    request: &'a TransferRequest<'a>,
    /// What is wrong with the accounts, whatever the system.
    of_accounts: Vec<TransferFault>,
    allocations: Vec<AllocationState>,
    /// How many systems the account has that takes them, as far as known.
    systems: u32,
}

/// The offer that a system is to have.
enum Choice {
    /// The default offer of its model.
    Default,
    /// This one.
    Named(OfferName),
}

impl<'a> Judge<'a> {
    pub(super) fn new(request: &'a TransferRequest<'a>) -> Self {
        Self {
            request,
            of_accounts: of_accounts(request.from, request.to),
            allocations: request.allocations.iter().map(AllocationState::new).collect(),
            systems: request.to.subscriber.systems.unwrap_or_default(),
        }
    }

    pub(super) fn finish(self) -> Vec<AllocationState> {
        self.allocations
    }

    /// What becomes of the next system.
    pub(super) fn take(
        &mut self,
        index: usize,
        system: &TransferSystem,
    ) -> Result<Result<Transferred, Vec<TransferFault>>, FleetError> {
        let TransferRequest { on, late, .. } = *self.request;
        let state = settled_state(index, &system.holding, on, late)?;
        let result = self.judged(system, &state);
        if let Ok(transferred) = &result {
            self.systems = self.systems.saturating_add(1);
            if let Some(used) = transferred.allocation.and_then(|at| self.allocations.get_mut(at)) {
                used.left = used.left.saturating_sub(1);
            }
        }
        Ok(result)
    }

    fn judged(
        &self,
        system: &TransferSystem,
        state: &StateOn<'_>,
    ) -> Result<Transferred, Vec<TransferFault>> {
        let mut faults = self.of_accounts.clone();
        faults.extend(self.not_started(system, state));
        let chosen = self.chosen(system, state);
        let unchosen = chosen.is_err();
        let choice = chosen.unwrap_or_else(|fault| {
            faults.push(fault);
            Choice::Default
        });
        match self.registered(system, &choice) {
            Err(mut errors) => {
                // That there is no default either says nothing about an offer that could not be chosen.
                errors.retain(|error| !(unchosen && matches!(error, Unregistrable::NoDefaultOffer { .. })));
                faults.extend(errors.into_iter().map(TransferFault::from));
            }
            Ok(registered) => match self.transferred(system, state, registered) {
                Ok(transferred) if faults.is_empty() => return Ok(transferred),
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            },
        }
        Err(faults)
    }

    fn not_started(&self, system: &TransferSystem, state: &StateOn<'_>) -> Option<TransferFault> {
        let started = system.holding.origin.started().filter(|_| state.state == LifeState::NotStarted)?;
        Some(TransferFault::NotStarted { on: self.request.on, started })
    }

    /// The offer in the account that takes the system: of the type that the system has (RES-5).
    fn chosen(&self, system: &TransferSystem, state: &StateOn<'_>) -> Result<Choice, TransferFault> {
        let (from, to) = (self.request.from, self.request.to);
        let current = from.assortment.find(state.offer).map_err(TransferFault::UnknownOrigin)?;
        let has = current.product.services.support;
        if let Some(offer) = &system.offer {
            let wanted = to.assortment.find(offer).map_or(has, |found| found.product.services.support);
            let (offer, current) = (offer.clone(), state.offer.clone());
            // An offer that is not found is refused by the registration.
            return match wanted == has {
                true => Ok(Choice::Named(offer)),
                false => Err(TransferFault::OtherType { offer, wanted, current, has }),
            };
        }
        let model = &system.holding.origin.model;
        // Of a legacy account the registration says that it has no offers.
        let Ok(listing) = for_model(&to.assortment, &to.subscriber, model) else {
            return Ok(Choice::Default);
        };
        if listing.default_offer().is_some_and(|product| is_of_type(product, has)) {
            return Ok(Choice::Default);
        }
        let same_type = || listing.offers.iter().map(|one| one.product).filter(|one| is_of_type(one, has));
        let same_name = same_type().find(|product| product.name == *state.offer);
        match same_name.or_else(|| same_type().next()) {
            Some(product) => Ok(Choice::Named(product.name.clone())),
            None => {
                let (model, current) = (model.clone(), state.offer.clone());
                Err(TransferFault::NoneOfType { model, current, has })
            }
        }
    }

    /// The system as new in the account that takes it, after those before it.
    fn registered(
        &self,
        system: &TransferSystem,
        choice: &Choice,
    ) -> Result<RegisteredSubscription, Vec<Unregistrable>> {
        let TransferRequest { to, table, on, .. } = *self.request;
        let origin = &system.holding.origin;
        let account = Subscriber { systems: Some(self.systems), ..to.subscriber };
        let offer = match choice {
            Choice::Default => None,
            Choice::Named(offer) => Some(offer.clone()),
        };
        let (serial, model) = (origin.serial.clone(), origin.model.clone());
        let registration =
            Registration { serial, model, sku_region: system.sku_region, on, offer, billing: None };
        register(&account, &registration, &to.assortment, table)
    }

    /// What results: the service as new, or after the included year what was bought (RES-6).
    fn transferred(
        &self,
        system: &TransferSystem,
        state: &StateOn<'_>,
        registered: RegisteredSubscription,
    ) -> Result<Transferred, TransferFault> {
        let first_registered = system.first_registered.or(system.holding.origin.registered);
        let findings = self.findings(system, state);
        let subscription = as_new(registered);
        if self.request.to.subscriber.kind == Kind::Reseller || self.in_included_year(first_registered) {
            return Ok(Transferred { subscription, first_registered, allocation: None, findings });
        }
        let serving = serving(&self.allocations, &subscription.offer, &subscription.serial);
        let used = serving.and_then(|at| Some((at, self.allocations.get(at)?)));
        let (at, used) = used.ok_or_else(|| TransferFault::AllocationMissing {
            offer: subscription.offer.clone(),
            year_end: first_registered.and_then(year_end),
        })?;
        let end_date = subscription.start_date.add_months(Months::years(used.allocation.years));
        let subscription = TransferredSubscription {
            registered: first_registered,
            end_date: end_date.map_err(|_| Unregistrable::DateOutOfRange)?,
            warranty_end: state.warranty_end,
            grounds: Grounds::new(RuleId::Res6).with(RuleId::Res5).with(RuleId::Off5),
            ..subscription
        };
        Ok(Transferred { subscription, first_registered, allocation: Some(at), findings })
    }

    /// RES-6: "more than one year after registration" is over; the day exactly one year after it is still in time.
    fn in_included_year(&self, first_registered: Option<Date>) -> bool {
        // A year that ends after the calendar is not over within it.
        first_registered.is_some_and(|day| year_end(day).is_none_or(|end| self.request.on <= end))
    }

    /// What is lost: the rest of a paid term, where the system becomes free.
    fn findings(&self, system: &TransferSystem, state: &StateOn<'_>) -> Vec<TransferFinding> {
        let given_by_customer = self.request.from.subscriber.kind != Kind::Reseller;
        let runs = given_by_customer && state.state == LifeState::Active && !state.renews_by_itself;
        let included = system.holding.origin.registered.and_then(year_end);
        let left = state.end_date.filter(|end| runs && included.is_none_or(|included| *end > included));
        let finding = left.map(|end_date| TransferFinding {
            code: TransferFindingCode::PaidTermLeft,
            message: format!(
                "the service is paid until `{end_date}`, which the transfer does not carry over; transfer then, or accept it"
            ),
        });
        finding.into_iter().collect()
    }
}

/// The last day of the included year.
fn year_end(registered: Date) -> Option<Date> {
    registered.add_months(Months::YEAR).ok()
}

/// Whether a system can be under it, and it is of the type: offers of one level of support are of one type (RES-5).
fn is_of_type(product: &Product, level: SupportLevel) -> bool {
    product.kind == ProductKind::Support && product.services.support == level
}

/// A system that activates as new (RES-5); in a reseller's account it is free (RES-1).
fn as_new(registered: RegisteredSubscription) -> TransferredSubscription {
    let RegisteredSubscription { serial, model, offer, registered: on, end_date, warranty_end, .. } =
        registered;
    TransferredSubscription {
        serial,
        model,
        offer,
        start_date: on,
        registered: Some(on),
        end_date,
        warranty_end: Some(warranty_end),
        billing: registered.billing,
        renews_every: registered.renews_every,
        catalogue: registered.catalogue,
        grounds: registered.grounds.iter().fold(Grounds::new(RuleId::Res5), Grounds::with),
    }
}

/// One of the accounts has to be a reseller's, the other one partnered with it (RES-5).
fn of_accounts(from: &TransferAccount, to: &TransferAccount) -> Vec<TransferFault> {
    let is_reseller = |account: &TransferAccount| account.subscriber.kind == Kind::Reseller;
    let partnered = |reseller: &TransferAccount, customer: &TransferAccount| {
        is_reseller(reseller) && customer.partners.contains(&reseller.uid)
    };
    let between = if from.uid == to.uid {
        Some(TransferFault::SameAccount(to.uid.clone()))
    } else if partnered(from, to) || partnered(to, from) {
        None
    } else if !is_reseller(from) && !is_reseller(to) {
        Some(TransferFault::NoReseller { from: from.uid.clone(), to: to.uid.clone() })
    } else {
        let customer_gives = !is_reseller(from);
        let (reseller, customer) = if customer_gives { (to, from) } else { (from, to) };
        let (reseller, customer) = (reseller.uid.clone(), customer.uid.clone());
        Some(TransferFault::NotAPartner { reseller, customer, customer_gives })
    };
    let legacy = (from.subscriber.format == Format::Legacy).then_some(TransferFault::LegacyOrigin);
    between.into_iter().chain(legacy).collect()
}
