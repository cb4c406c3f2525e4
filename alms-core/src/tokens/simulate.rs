use super::ledger::{AccountId, Booking, Entry, Ledger, Receipt, Refusal, Standing, Status, UnknownAccount};
use super::statement::known_peaks;
use super::{Peak, Peaks, Tokens};
use crate::calendar::{Date, Month, Months};
use crate::names::named_enum;
use crate::order::sort_by_key;
use crate::rule::{RuleId, RuleSet};
use crate::text::{BookingKey, Uid};

/// The most months that are simulated: a hundred years.
const MONTHS_MAX: i64 = 1200;

named_enum! {
    /// Whether the systems of a suspended account count for the month. The sources do not say.
    pub enum SuspendedUse {
        /// They stay activated and count.
        Counts = "counts",
        /// A month during all of which the account is suspended has a peak of 0.
        None = "none",
    }
}

/// A peak that is assumed for an account, from a month on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageAssumption {
    /// The account.
    pub account: Uid,
    /// The first month; `None` from the beginning.
    pub from: Option<Month>,
    /// The peak of each month.
    pub peak: Peak,
}

/// What is supposed to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationPlan {
    /// The first day.
    pub on: Date,
    /// The last day.
    pub until: Date,
    /// The use; an account without an assumption goes on with its predicted use (TOK-5).
    pub usage: Vec<UsageAssumption>,
    /// Orders and all else that is going to be booked, in any order.
    pub planned: Vec<Booking>,
    /// Whether suspended accounts use tokens.
    pub suspended_use: SuspendedUse,
}

/// What then happens, month by month.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// The months, the last one up to the last day.
    pub months: Vec<SimulatedMonth>,
    /// What became of the planned bookings, in the order of the plan.
    pub results: Vec<Result<Receipt, Refusal>>,
    /// The ledger with all of it booked.
    pub ledger: Ledger,
    rules: RuleSet,
}

impl Simulation {
    /// The rules that had a part in it.
    pub const fn rules(&self) -> RuleSet {
        self.rules
    }
}

/// A month of a simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedMonth {
    /// The month.
    pub month: Month,
    /// Its last day, or the last day of the simulation.
    pub end: Date,
    /// The accounts, in the order of the ledger.
    pub accounts: Vec<SimulatedAccount>,
    /// Accounts that were suspended in the course of it.
    pub suspended: Vec<Uid>,
    /// Accounts that were reactivated in the course of it.
    pub reactivated: Vec<Uid>,
}

/// An account at the end of a simulated month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedAccount {
    /// The account.
    pub account: Uid,
    /// The month's peak; `None` if nothing is known about its use, or the month is not over.
    pub peak: Option<Peak>,
    /// The tokens that the simulation booked for the month.
    pub consumed: Tokens,
    /// How it stands.
    pub standing: Standing,
}

/// Why a plan cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SimulationError {
    /// It ends before it begins.
    #[error("the simulation ends on `{until}`, before it begins on {on}; give a later date")]
    EndsBeforeItBegins {
        /// The first day.
        on: Date,
        /// The last day.
        until: Date,
    },
    /// More than a hundred years.
    #[error("`{months}` months are too many; simulate 1200 at most")]
    TooLong {
        /// How many months.
        months: i64,
    },
    /// An assumption about an account that is not there.
    #[error("{source}")]
    UnknownAccount {
        /// The position of the assumption.
        index: usize,
        /// Which account.
        source: UnknownAccount,
    },
    /// A planned booking outside the time that is simulated.
    #[error("the booking `{key}` of {on} lies outside the simulation; give a day from {from} to {until}")]
    PlannedOutside {
        /// The position of the booking in the plan.
        index: usize,
        /// The booking.
        key: BookingKey,
        /// Its day.
        on: Date,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// A month's use that cannot be booked.
    #[error("{0}")]
    Consumption(Refusal),
}

/// Simulates: books the planned bookings on their days and each month's use at its end, with the same code that books
/// real ones (TOK-2, TOK-6).
///
/// On a month's last day the planned bookings come first. A month whose use is booked already is not booked again.
///
/// # Errors
/// [`SimulationError`].
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Holder, Ledger, Peak, SimulationPlan, SuspendedUse, Tokens, UsageAssumption, simulate};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::try_new(20)? };
/// let ledger = Ledger::open(vec![holder])?;
/// let simulation = simulate(&ledger, SimulationPlan {
///     on: "2023-05-10".parse()?,
///     until: "2023-07-31".parse()?,
///     usage: vec![UsageAssumption { account: "c1".parse()?, from: None, peak: Peak::try_new(8)? }],
///     planned: vec![],
///     suspended_use: SuspendedUse::Counts,
/// })?;
/// let balances: Vec<i64> = simulation.months.iter().map(|month| month.accounts[0].standing.balance.get()).collect();
/// assert_eq!(balances, [12, 4, -4]);
/// assert_eq!(simulation.months[2].suspended[0].as_str(), "c1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate(ledger: &Ledger, plan: SimulationPlan) -> Result<Simulation, SimulationError> {
    check(ledger, &plan)?;
    let first = Month::of(plan.on);
    let months = (0..=first.months_until(Month::of(plan.until)).get())
        .filter_map(|index| first.plus(Months::try_new(index).ok()?).ok());
    let mut run = Run::new(ledger, plan);
    let months = months.map(|month| run.month(month)).collect::<Result<_, _>>()?;
    sort_by_key(&mut run.results, |(index, _)| *index);
    let results = run.results.into_iter().map(|(_, result)| result).collect();
    Ok(Simulation { months, results, ledger: run.ledger, rules: run.rules })
}

fn check(ledger: &Ledger, plan: &SimulationPlan) -> Result<(), SimulationError> {
    let (from, until) = (plan.on, plan.until);
    if until < from {
        return Err(SimulationError::EndsBeforeItBegins { on: from, until });
    }
    let months = Month::of(from).months_until(Month::of(until)).get().saturating_add(1);
    if months > MONTHS_MAX {
        return Err(SimulationError::TooLong { months });
    }
    for (index, assumption) in plan.usage.iter().enumerate() {
        ledger
            .account(&assumption.account)
            .map_err(|source| SimulationError::UnknownAccount { index, source })?;
    }
    let mut planned = plan.planned.iter().enumerate();
    match planned.find(|(_, booking)| booking.on < from || booking.on > until) {
        Some((index, Booking { key, on, .. })) => {
            Err(SimulationError::PlannedOutside { index, key: key.clone(), on: *on, from, until })
        }
        None => Ok(()),
    }
}

/// A simulation under way.
struct Run {
    ledger: Ledger,
    until: Date,
    suspended_use: SuspendedUse,
    /// The use of every account, in the order of the ledger.
    usage: Vec<Usage>,
    /// What is still to be booked, the next one last.
    planned: Vec<(usize, Booking)>,
    results: Vec<(usize, Result<Receipt, Refusal>)>,
    /// What the keys of simulated month ends begin with.
    prefix: String,
    rules: RuleSet,
}

/// The use of one account.
#[derive(Default)]
struct Usage {
    /// Each assumption with its first month, as given.
    assumed: Vec<(Option<Month>, Peak)>,
    /// How it goes on without one.
    predicted: Option<Peak>,
}

impl Usage {
    /// The assumption that began last, of several from the same month the last one given; else the predicted use.
    fn of(&self, month: Month) -> Option<Peak> {
        let begun = self.assumed.iter().filter(|(from, _)| from.is_none_or(|from| from <= month));
        begun.max_by_key(|(from, _)| *from).map(|(_, peak)| *peak).or(self.predicted)
    }
}

/// What happens in the course of a month.
struct Course {
    /// Whether each account had service at some time in it.
    served: Vec<bool>,
    suspended: Vec<Uid>,
    reactivated: Vec<Uid>,
}

impl Course {
    fn new(ledger: &Ledger) -> Self {
        let active = |status| status == Status::Active;
        let served = ledger.accounts().map(|account| active(account.standing.status)).collect();
        Self { served, suspended: Vec::new(), reactivated: Vec::new() }
    }

    fn note(&mut self, ledger: &Ledger, receipt: &Receipt) {
        for effect in receipt.effects().filter(|effect| effect.after().status == Status::Active) {
            if let Some(served) = self.served.get_mut(effect.account.position()) {
                *served = true;
            }
        }
        let uid = |account| ledger.holder(account).map(|holder| holder.uid.clone());
        self.suspended.extend(receipt.suspended().filter_map(uid));
        self.reactivated.extend(receipt.reactivated().filter_map(uid));
    }
}

/// The use of every account: what is assumed, and what is predicted from the ledger (TOK-5).
fn usage_of(ledger: &Ledger, on: Date, assumptions: &[UsageAssumption]) -> Vec<Usage> {
    let predicted = |account| known_peaks(ledger, &account, Month::of(on), Peaks::default()).predicted_use();
    let unassumed = |account| Usage { assumed: Vec::new(), predicted: predicted(account) };
    let mut usage: Vec<Usage> = ledger.accounts().map(unassumed).collect();
    for UsageAssumption { account, from, peak } in assumptions {
        let position = ledger.account(account).map(|account| account.id().position());
        if let Some(usage) = position.ok().and_then(|position| usage.get_mut(position)) {
            usage.assumed.push((*from, *peak));
        }
    }
    usage
}

/// A beginning that no key of the ledger or the plan has: a number above all that they use.
fn free_prefix(ledger: &Ledger, planned: &[Booking]) -> String {
    let keys = ledger.bookings().map(|booking| booking.key).chain(planned.iter().map(|booking| &booking.key));
    let number =
        |key: &BookingKey| key.as_str().strip_prefix("simulated-")?.split_once(':')?.0.parse::<u64>().ok();
    let next = keys.filter_map(number).max().map_or(0, |used| used.saturating_add(1));
    format!("simulated-{next}:")
}

impl Run {
    fn new(ledger: &Ledger, plan: SimulationPlan) -> Self {
        let SimulationPlan { on, until, usage, planned, suspended_use } = plan;
        let prefix = free_prefix(ledger, &planned);
        let mut planned: Vec<_> = planned.into_iter().enumerate().collect();
        // Bookings of a day in the order of the plan; the next one is taken from the end.
        sort_by_key(&mut planned, |(_, booking)| booking.on);
        planned.reverse();
        Self {
            ledger: ledger.clone(),
            until,
            suspended_use,
            usage: usage_of(ledger, on, &usage),
            planned,
            results: Vec::new(),
            prefix,
            rules: RuleSet::of(&[RuleId::Tok5]),
        }
    }

    fn month(&mut self, month: Month) -> Result<SimulatedMonth, SimulationError> {
        let end = month.last_day().min(self.until);
        let mut course = Course::new(&self.ledger);
        while let Some((index, booking)) = self.planned.pop_if(|(_, booking)| booking.on <= end) {
            // A retry of what is booked already changes nothing, and turns nothing on or off.
            let retry = self.ledger.contains(&booking.key);
            let result = self.ledger.book(booking);
            if let (Ok(receipt), false) = (&result, retry) {
                self.note(receipt, &mut course);
            }
            self.results.push((index, result));
        }
        let is_over = end == month.last_day();
        let ids: Vec<AccountId> = self.ledger.accounts().map(|account| account.id()).collect();
        let mut used = Vec::with_capacity(ids.len());
        for id in ids {
            let (peak, consumed) =
                if is_over { self.month_end(id, month, &mut course)? } else { (None, Tokens::ZERO) };
            used.push((peak, consumed));
        }
        let accounts = used.into_iter().zip(self.ledger.accounts()).map(|((peak, consumed), account)| {
            SimulatedAccount {
                account: account.holder.uid.clone(),
                peak,
                consumed,
                standing: account.standing,
            }
        });
        let accounts = accounts.collect();
        let Course { suspended, reactivated, .. } = course;
        Ok(SimulatedMonth { month, end, accounts, suspended, reactivated })
    }

    /// Books a month's use of an account: its peak, and the tokens that it took.
    fn month_end(
        &mut self,
        id: AccountId,
        month: Month,
        course: &mut Course,
    ) -> Result<(Option<Peak>, Tokens), SimulationError> {
        let nothing = (None, Tokens::ZERO);
        let Some(account) = self.ledger.at(id) else { return Ok(nothing) };
        if let Some(booked) = self.ledger.peak(&account, month) {
            return Ok((Some(booked), Tokens::ZERO));
        }
        let usage = self.usage.get(id.position());
        let Some(assumed) = usage.and_then(|usage| usage.of(month)) else { return Ok(nothing) };
        let served = course.served.get(id.position()).copied().unwrap_or(true);
        let peak = if served || self.suspended_use == SuspendedUse::Counts { assumed } else { Peak::ZERO };
        let key = format!("{}{month}:{}", self.prefix, id.position());
        // A prefix, a month and a number are no longer than a key may be.
        let Ok(key) = key.parse() else { return Ok(nothing) };
        let entry = Entry::Consumption { account: account.holder.uid.clone(), month, peak };
        let booking = Booking { key, on: month.last_day(), entry };
        let receipt = self.ledger.book(booking).map_err(SimulationError::Consumption)?;
        self.note(&receipt, course);
        let taken = receipt.effects().map(|effect| effect.change.get().saturating_neg()).sum();
        Ok((Some(peak), Tokens::clamped(taken)))
    }

    fn note(&mut self, receipt: &Receipt, course: &mut Course) {
        course.note(&self.ledger, receipt);
        self.rules = self.rules.union(receipt.rules());
    }
}
