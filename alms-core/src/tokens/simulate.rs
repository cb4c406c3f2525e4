mod course;

use self::course::Course;
use super::ledger::{AccountId, Booking, Entry, Ledger, Receipt, Refusal};
use super::outlooks::previous;
use super::{Peak, Standing, Tokens};
use crate::ErrorCode;
use crate::account::UnknownAccount;
use crate::calendar::{Date, Month, Months};
use crate::names::named_enum;
use crate::order::sort_by_key;
use crate::rule::{RuleId, RuleSet};
use crate::text::{BookingKey, Uid};
use std::collections::HashMap;

/// The most months that are simulated: a hundred years.
const MONTHS_MAX: i64 = 1200;
/// The most lines that a simulation has, one for each account and month.
const LINES_MAX: i64 = 1_000_000;

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
    /// The use; of an account without an assumption it is predicted on the first day of each month: the use of the month
    /// before (TOK-5).
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
    /// Accounts that were suspended in the course of it, each once.
    pub suspended: Vec<Uid>,
    /// Accounts that were reactivated in the course of it, each once.
    pub reactivated: Vec<Uid>,
}

/// An account at the end of a simulated month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedAccount {
    /// The account.
    pub account: Uid,
    /// The month's peak; `None` if nothing is known about its use, or the month is not over.
    pub peak: Option<Peak>,
    /// The tokens that the simulation booked for the month, as planned or as expected.
    pub consumed: Tokens,
    /// How it stands.
    pub standing: Standing,
}

/// Why a plan cannot be simulated.
#[non_exhaustive]
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
    /// More accounts in more months than anybody reads.
    #[error(
        "`{accounts}` accounts in {months} months are too many; simulate fewer accounts or months, {max} lines at most"
    )]
    TooLarge {
        /// How many accounts.
        accounts: usize,
        /// How many months.
        months: i64,
        /// How many lines there may be.
        max: i64,
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

impl SimulationError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::EndsBeforeItBegins { .. } | Self::TooLong { .. } | Self::PlannedOutside { .. } => {
                ErrorCode::OutOfRange
            }
            Self::TooLarge { .. } => ErrorCode::TooLarge,
            Self::UnknownAccount { source, .. } => source.code(),
            Self::Consumption(error) => error.code(),
        }
    }
}

/// Simulates: books the planned bookings on their days and each month's use at its end, with the same code that books
/// real ones (TOK-2, TOK-6).
///
/// On a month's last day the planned bookings come first. A month whose use is booked already is not booked again, and one
/// whose use is planned, on whatever later day, takes that: it counts from the month's last day. A month shows what counts by
/// its end, so that a booking of the ledger that is dated later is in a later month.
///
/// # Errors
/// [`SimulationError`].
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Holder, Ledger, Peak, SimulationPlan, SuspendedUse, Tokens, UsageAssumption, simulate};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::try_new(20)?, status: None };
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
    let accounts = ledger.accounts().len();
    if i64::try_from(accounts).map_or(true, |accounts| accounts.saturating_mul(months) > LINES_MAX) {
        return Err(SimulationError::TooLarge { accounts, months, max: LINES_MAX });
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
    on: Date,
    until: Date,
    suspended_use: SuspendedUse,
    /// The use of every account, in the order of the ledger.
    usage: Vec<Usage>,
    /// What is still to be booked, the next one last; `None` where a month end has taken it.
    planned: Vec<Option<(usize, Booking)>>,
    /// Where the planned use of an account and month is in that list, the next one last.
    planned_use: HashMap<(usize, Month), Vec<usize>>,
    /// The tokens that a planned use took for its account and month.
    planned_taken: HashMap<(usize, Month), Tokens>,
    results: Vec<(usize, Result<Receipt, Refusal>)>,
    /// Up to when bookings of the ledger count that it had at the beginning.
    entered_until: Option<Date>,
    /// How every account stood at the end of the month before.
    standings: Vec<Standing>,
    /// What the keys of simulated month ends begin with.
    prefix: String,
    rules: RuleSet,
}

/// The use of one account.
#[derive(Default)]
struct Usage {
    /// Each assumption with its first month, as given.
    assumed: Vec<(Option<Month>, Peak)>,
    /// The use of the simulated month before, which predicts the next one; of a suspended month what it would have been.
    before: Option<Peak>,
}

impl Usage {
    /// The assumption that began last, of several from the same month the last one given.
    fn assumed(&self, month: Month) -> Option<Peak> {
        let begun = self.assumed.iter().filter(|(from, _)| from.is_none_or(|from| from <= month));
        begun.max_by_key(|(from, _)| *from).map(|(_, peak)| *peak)
    }
}

/// The use of every account, as far as it is assumed.
fn usage_of(ledger: &Ledger, assumptions: &[UsageAssumption]) -> Vec<Usage> {
    let mut usage: Vec<Usage> = ledger.accounts().map(|_| Usage::default()).collect();
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

/// Where a list of planned bookings has the use of an account and month, the first one last.
fn planned_use(ledger: &Ledger, planned: &[Option<(usize, Booking)>]) -> HashMap<(usize, Month), Vec<usize>> {
    let mut places: HashMap<(usize, Month), Vec<usize>> = HashMap::new();
    for (place, (_, booking)) in planned.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_ref()?)))
    {
        if let Entry::Consumption { account, month, .. } = &booking.entry
            && let Ok(account) = ledger.account(account)
        {
            places.entry((account.id().position(), *month)).or_default().push(place);
        }
    }
    places
}

impl Run {
    fn new(ledger: &Ledger, plan: SimulationPlan) -> Self {
        let SimulationPlan { on, until, usage, planned, suspended_use } = plan;
        let prefix = free_prefix(ledger, &planned);
        let mut planned: Vec<_> = planned.into_iter().enumerate().map(Some).collect();
        // Bookings of a day in the order of the plan; the next one is taken from the end.
        sort_by_key(&mut planned, |planned| planned.as_ref().map(|(_, booking)| booking.on));
        planned.reverse();
        let entered_until = ledger.bookings().map(|booking| booking.effective()).max();
        Self {
            on,
            until,
            suspended_use,
            usage: usage_of(ledger, &usage),
            planned_use: planned_use(ledger, &planned),
            planned,
            planned_taken: HashMap::new(),
            results: Vec::new(),
            entered_until,
            standings: ledger.standings_as_of(on),
            prefix,
            rules: RuleSet::of(&[RuleId::Tok5]),
            ledger: ledger.clone(),
        }
    }

    fn month(&mut self, month: Month) -> Result<SimulatedMonth, SimulationError> {
        let end = month.last_day().min(self.until);
        // A receipt compares with all that is booked, also for later days: until these are over, only month ends count.
        let begin = month.first_day().max(self.on);
        let by_receipts = self.entered_until.is_none_or(|until| until <= begin);
        let mut course = Course::new(&self.standings, by_receipts);
        let is_due = |planned: &mut Option<(usize, Booking)>| {
            planned.as_ref().is_none_or(|(_, booking)| booking.on <= end)
        };
        while let Some(planned) = self.planned.pop_if(is_due) {
            if let Some((index, booking)) = planned {
                self.book(index, booking, &mut course);
            }
        }
        let before = self.standings_at(end);
        course.compare(&self.ledger, &self.standings, &before);
        let is_over = end == month.last_day();
        let ids: Vec<AccountId> = self.ledger.accounts().map(|account| account.id()).collect();
        let mut used = Vec::with_capacity(ids.len());
        for id in ids {
            let (peak, consumed) =
                if is_over { self.month_end(id, month, &mut course)? } else { (None, Tokens::ZERO) };
            used.push((peak, consumed));
        }
        self.standings = self.standings_at(end);
        course.compare(&self.ledger, &before, &self.standings);
        let accounts = used.into_iter().zip(self.ledger.accounts()).zip(&self.standings);
        let accounts = accounts.map(|(((peak, consumed), account), standing)| SimulatedAccount {
            account: account.holder.uid.clone(),
            peak,
            consumed,
            standing: *standing,
        });
        let accounts = accounts.collect();
        let Course { suspended, reactivated, .. } = course;
        Ok(SimulatedMonth { month, end, accounts, suspended, reactivated })
    }

    /// How every account stands at the end of a day, up to which all that is planned is booked.
    fn standings_at(&self, end: Date) -> Vec<Standing> {
        if self.entered_until.is_some_and(|until| until > end) {
            return self.ledger.standings_as_of(end);
        }
        self.ledger.accounts().map(|account| account.standing).collect()
    }

    /// Books a planned booking, and notes what it does.
    fn book(&mut self, index: usize, booking: Booking, course: &mut Course) {
        // A retry of what is booked already changes nothing, and turns nothing on or off.
        let retry = self.ledger.contains(&booking.key);
        let month = match booking.entry {
            Entry::Consumption { month, .. } => Some(month),
            _ => None,
        };
        let result = self.ledger.book(booking);
        let receipt = result.as_ref().ok().copied().filter(|_| !retry);
        self.results.push((index, result));
        let Some(receipt) = receipt else { return };
        for effect in receipt.effects() {
            if let Some(month) = month {
                self.planned_taken.insert((effect.account.position(), month), taken_by(&receipt));
            }
        }
        self.note(&receipt, course);
    }

    /// Books a month's use of an account: its peak, and the tokens that it took.
    fn month_end(
        &mut self,
        id: AccountId,
        month: Month,
        course: &mut Course,
    ) -> Result<(Option<Peak>, Tokens), SimulationError> {
        self.book_planned_use(id, month, course);
        let nothing = (None, Tokens::ZERO);
        let (Some(account), Some(usage)) = (self.ledger.at(id), self.usage.get_mut(id.position())) else {
            return Ok(nothing);
        };
        if let Some(booked) = self.ledger.peak(&account, month) {
            usage.before = Some(booked);
            let taken = self.planned_taken.remove(&(id.position(), month)).unwrap_or_default();
            return Ok((Some(booked), taken));
        }
        // TOK-5 on the month's first day: as much as in the month before.
        let booked_before = || self.ledger.peak(&account, previous(month)?);
        usage.before = usage.assumed(month).or(usage.before).or_else(booked_before);
        let Some(expected) = usage.before else { return Ok(nothing) };
        let served = course.served.get(id.position()).copied().unwrap_or(true);
        let peak = if served || self.suspended_use == SuspendedUse::Counts { expected } else { Peak::ZERO };
        let key = format!("{}{month}:{}", self.prefix, id.position());
        // A prefix, a month and a number are no longer than a key may be.
        let Ok(key) = key.parse() else { return Ok(nothing) };
        let entry = Entry::Consumption { account: account.holder.uid.clone(), month, peak };
        let booking = Booking { key, on: month.last_day(), entry };
        let receipt = self.ledger.book(booking).map_err(SimulationError::Consumption)?;
        self.note(&receipt, course);
        Ok((Some(peak), taken_by(&receipt)))
    }

    /// Books the use of a month that is planned for a later day: it counts from the month's last day (TOK-2).
    fn book_planned_use(&mut self, id: AccountId, month: Month, course: &mut Course) {
        let places = self.planned_use.remove(&(id.position(), month)).unwrap_or_default();
        for place in places.into_iter().rev() {
            if self.ledger.at(id).is_some_and(|account| self.ledger.peak(&account, month).is_some()) {
                // What else is planned for it has its turn on its day, and is refused then.
                return;
            }
            // What was due is gone from the list.
            if let Some((index, booking)) = self.planned.get_mut(place).and_then(Option::take) {
                self.book(index, booking, course);
            }
        }
    }

    fn note(&mut self, receipt: &Receipt, course: &mut Course) {
        course.note(&self.ledger, receipt);
        self.rules = self.rules.union(receipt.rules());
    }
}

/// The tokens that a month's use took.
fn taken_by(receipt: &Receipt) -> Tokens {
    Tokens::clamped(receipt.effects().map(|effect| effect.change.get().saturating_neg()).sum())
}
