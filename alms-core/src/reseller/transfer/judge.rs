use super::allocation::{AllocationState, Allocations};
use super::fault::TransferFault;
use super::{
    TransferAccount, TransferFinding, TransferFindingCode, TransferRequest, TransferSystem, Transferred,
    TransferredSubscription,
};
use crate::account::{Format, Kind};
use crate::calendar::{Date, Months};
use crate::offers::{Available, BillingModel, Product, ProductKind, Subscriber, SupportLevel, default_for};
use crate::rule::{Grounds, RuleId};
use crate::subscriptions::{
    FleetError, LifeState, RegisteredSubscription, Registration, StateOn, Unregistrable, register,
    settled_state,
};
use crate::text::{OfferName, Uid};
use std::cell::OnceCell;

/// Takes the systems one after the other, and remembers what the good ones took.
pub(super) struct Judge<'a> {
    request: &'a TransferRequest<'a>,
    /// What is wrong with the accounts, whatever the system.
    of_accounts: Vec<TransferFault>,
    allocations: Allocations,
    /// What the account can have that takes the systems; few need to look for it.
    available: OnceCell<Available<'a>>,
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
            allocations: Allocations::new(request.allocations),
            available: OnceCell::new(),
            systems: request.to.subscriber.systems.unwrap_or_default(),
        }
    }

    pub(super) fn finish(self) -> Vec<AllocationState> {
        self.allocations.finish()
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
            if let Some(used) = transferred.allocation {
                self.allocations.take(used);
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
                faults.extend(self.allocation_missing(system, &choice));
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
        let model = system.holding.origin.model();
        // Of a legacy account the registration says that it has no offers.
        if to.subscriber.format == Format::Legacy {
            return Ok(Choice::Default);
        }
        let default = default_for(&to.assortment, &to.subscriber, model);
        if default.is_some_and(|one| is_of_type(&one.product, has)) {
            return Ok(Choice::Default);
        }
        let same_name = to.assortment.find(state.offer).ok().filter(|one| {
            is_of_type(&one.product, has) && one.product.exclusions_for(&to.subscriber, model).is_empty()
        });
        let available = || Available::new(to.assortment.products(), &to.subscriber);
        match same_name.or_else(|| self.available.get_or_init(available).first(has, model)) {
            Some(one) => Ok(Choice::Named(one.product.name.clone())),
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
        let registration = Registration {
            serial: origin.serial().clone(),
            model: origin.model().clone(),
            sku_region: system.sku_region,
            on,
            offer,
            billing: None,
            first_registered: self.first_registered(system).filter(|first| *first <= on),
            period: None,
            held: Vec::new(),
        };
        register(&account, &registration, &to.assortment, table)
    }

    /// The first registration of the serial in any account, where known.
    fn first_registered(&self, system: &TransferSystem) -> Option<Date> {
        system.first_registered.or(system.holding.origin.first_registered())
    }

    /// What results: what is left of the included year, or after it what was bought (RES-6).
    fn transferred(
        &self,
        system: &TransferSystem,
        state: &StateOn<'_>,
        registered: RegisteredSubscription,
    ) -> Result<Transferred, TransferFault> {
        let findings = self.findings(system, state);
        let first_registered = self.first_registered(system);
        let warranty_end = state.warranty_end.filter(|_| state.state == LifeState::Active);
        let serving = self.allocations.serving(&registered.offer, &registered.serial);
        let used = serving.filter(|_| self.year_is_used_up(system));
        let Some((at, used)) = used.and_then(|at| Some((at, self.allocations.get(at)?))) else {
            if self.needs_allocation(system) {
                return Err(self.missing_allocation(system, &registered.offer));
            }
            let subscription = as_new(&self.request.to.uid, registered, first_registered, warranty_end)?;
            return Ok(Transferred { subscription, allocation: None, findings });
        };
        let on = self.request.on;
        let end_date = on.add_months(used.allocation.months).map_err(|_| Unregistrable::DateOutOfRange)?;
        let registered =
            RegisteredSubscription { end_date: Some(end_date), included_until: None, ..registered };
        let subscription = TransferredSubscription {
            warranty_end: state.warranty_end,
            grounds: Grounds::new(RuleId::Res6).with(RuleId::Res5).with(RuleId::Off5),
            ..as_new(&self.request.to.uid, registered, first_registered, warranty_end)?
        };
        Ok(Transferred { subscription, allocation: Some(at), findings })
    }

    /// RES-6: a year after the first registration, and if that is not known, a customer has no included year left.
    fn year_is_used_up(&self, system: &TransferSystem) -> bool {
        self.request.to.subscriber.kind != Kind::Reseller
            && !self.in_included_year(self.first_registered(system))
    }

    /// What is bought is asked for by an account that pays in advance; another one is invoiced from the first day.
    fn needs_allocation(&self, system: &TransferSystem) -> bool {
        let prepaid = self.request.to.subscriber.billing == BillingModel::PrePaid;
        prepaid && self.year_is_used_up(system)
    }

    /// The allocation that is missing beside other faults, as far as the offer is known.
    fn allocation_missing(&self, system: &TransferSystem, choice: &Choice) -> Option<TransferFault> {
        let to = self.request.to;
        let offer = match choice {
            Choice::Named(offer) => offer.clone(),
            Choice::Default => {
                let model = system.holding.origin.model();
                default_for(&to.assortment, &to.subscriber, model)?.product.name.clone()
            }
        };
        let serves = self.allocations.serving(&offer, system.holding.origin.serial()).is_some();
        (self.needs_allocation(system) && !serves).then(|| self.missing_allocation(system, &offer))
    }

    fn missing_allocation(&self, system: &TransferSystem, offer: &OfferName) -> TransferFault {
        let year_end = self.first_registered(system).and_then(year_end);
        TransferFault::AllocationMissing { offer: offer.clone(), year_end }
    }

    /// The day exactly one year after the first registration is the first one without the included year.
    fn in_included_year(&self, first_registered: Option<Date>) -> bool {
        // A year that ends after the calendar is not over within it.
        first_registered.is_some_and(|day| year_end(day).is_none_or(|end| self.request.on < end))
    }

    /// What is lost: the rest of a paid term, where the system becomes free.
    fn findings(&self, system: &TransferSystem, state: &StateOn<'_>) -> Vec<TransferFinding> {
        let given_by_customer = self.request.from.subscriber.kind != Kind::Reseller;
        let runs = given_by_customer && state.state == LifeState::Active && !state.renews_by_itself;
        let included = system.holding.origin.first_registered().and_then(year_end);
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

/// The first day after the included year.
fn year_end(registered: Date) -> Option<Date> {
    registered.add_months(Months::YEAR).ok()
}

/// Whether a system can be under it, and it is of the type: offers of one level of support are of one type (RES-5).
fn is_of_type(product: &Product, level: SupportLevel) -> bool {
    product.kind == ProductKind::Support && product.services.support == level
}

/// A system that activates as new (RES-5), with the warranty that goes on; in a reseller's account it is free (RES-1).
fn as_new(
    account: &Uid,
    registered: RegisteredSubscription,
    first_registered: Option<Date>,
    warranty_end: Option<Date>,
) -> Result<TransferredSubscription, TransferFault> {
    let on = registered.registered;
    // Without one the system would be in inventory, which is refused before (RES-6).
    let end_date = registered.end_date.ok_or(Unregistrable::DateOutOfRange)?;
    let in_year = registered.included_until.is_some();
    Ok(TransferredSubscription {
        account: account.clone(),
        serial: registered.serial,
        model: registered.model,
        offer: registered.offer,
        kind: registered.kind,
        start_date: on,
        first_registered,
        registered: first_registered.map(|_| on),
        terms_from: first_registered.filter(|_| in_year).unwrap_or(on),
        included_until: registered.included_until.unwrap_or(on),
        end_date,
        warranty_end: warranty_end.or(registered.warranty_end),
        billing: registered.billing,
        renews_every: registered.renews_every,
        catalogue: registered.catalogue,
        grounds: registered.grounds.iter().fold(Grounds::new(RuleId::Res5), Grounds::with),
    })
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
