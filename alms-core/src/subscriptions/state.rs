use super::course::{Course, EventOutcome};
use super::history::HistoryError;
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::life::LifeState;
use super::term::Term;
use crate::calendar::Date;
use crate::rule::{Grounds, RuleId};
use crate::text::OfferName;

/// The days before the end of a term in which its renewal is notified (SUB-5).
pub const NOTIFICATION_DAYS: u32 = 90;

/// A subscription on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateOn<'a> {
    /// What it is.
    pub state: LifeState,
    /// The offer.
    pub offer: &'a OfferName,
    /// Another offer that is booked already, and the day from which it counts.
    pub next_offer: Option<(Date, &'a OfferName)>,
    /// The offer of a further term: the one that is booked last.
    pub last_offer: &'a OfferName,
    /// Whether the date lies in the included first year (SUB-1).
    pub included_year: bool,
    /// The day on which the service ends, or the paid period if it goes on by itself; `None` in inventory.
    pub end_date: Option<Date>,
    /// Whether the service goes on by itself at that day.
    pub renews_by_itself: bool,
    /// The day on which it ends on the customer's wish, if that is booked (SUB-7).
    pub terminates_on: Option<Date>,
    /// The day on which the warranty ends: with the service, or five years after the first registration at the latest; `None`
    /// without warranty, in inventory and before the service begins (SUB-6).
    pub warranty_end: Option<Date>,
    /// Whether the date lies before it.
    pub under_warranty: bool,
    /// The term from which a renewal goes on ([`renew`](super::renew)); `None` in inventory.
    pub term: Option<Term>,
    /// When the renewal is notified; `None` where no purchase order is needed or the term is over.
    pub notify_from: Option<Date>,
    /// What came of each event up to the date, in their order.
    pub events: Vec<EventOutcome<'a>>,
    /// The rules behind it, the deciding one first.
    pub grounds: Grounds,
}

impl StateOn<'_> {
    /// Whether a renewal notification is due on the day `on` (SUB-5).
    pub fn notification_due(&self, on: Date) -> bool {
        self.notify_from.is_some_and(|from| from <= on)
    }
}

/// What a subscription is on the day `on`: a function of how it began and what happened up to that day, and of
/// nothing else (SUB-1 to SUB-7).
///
/// Events of later days do not count yet. A service ends on its end date: that day is the first one without it,
/// though a renewal on it is still in time. An event that the rules refuse has no effect and is reported.
///
/// # Errors
/// [`HistoryError`]: the period in which `on` lies ends after 9999-12-31, or the subscription is known only as of a later day.
///
/// ```
/// use alms_core::subscriptions::{Change, Event, Holding, LateRenewal, LifeState, Origin, OriginData, state};
/// let data = OriginData::new("LA1".parse()?, "AirLink Complete".parse()?);
/// let origin = Origin::try_new(OriginData { registered: Some("2023-01-15".parse()?), ..data })?;
/// let mut holding = Holding { origin, events: vec![] };
/// let lapsed = "2024-01-15".parse()?;
/// assert_eq!(state(&holding, lapsed, LateRenewal::FromOrder)?.state, LifeState::Suspended);
///
/// let change = Change::Renewal { months: 36.into(), offer: None };
/// holding.events.push(Event { on: "2023-10-20".parse()?, change });
/// let renewed = state(&holding, lapsed, LateRenewal::FromOrder)?;
/// assert_eq!((renewed.state, renewed.end_date), (LifeState::Active, Some("2027-01-15".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn state(holding: &Holding, on: Date, late: LateRenewal) -> Result<StateOn<'_>, HistoryError> {
    if let Some(as_of) = holding.origin.known_later(on) {
        return Err(HistoryError::BeforeAsOf { on, as_of });
    }
    let (course, events) = Course::until(holding, on, late, InvoiceDay::Own);
    state_of(&course, events, on)
}

/// What a subscription is on the day `on` after this course.
fn state_of<'a>(
    course: &Course<'a>,
    events: Vec<EventOutcome<'a>>,
    on: Date,
) -> Result<StateOn<'a>, HistoryError> {
    let end_date = course.end_on(on)?;
    let life = course.life(end_date, on);
    let by_itself = course.schedule.is_some() && course.terminated.is_none();
    let has_warranty = !matches!(life, LifeState::Inventory | LifeState::NotStarted);
    let warranty_end = course.warranty_end().filter(|_| has_warranty);
    let by_order = !by_itself && course.terminated.is_none();
    let notify_from = end_date
        .filter(|end| by_order && on < *end)
        // Where the calendar begins within these days, from its first day on.
        .map(|end| end.minus_days(NOTIFICATION_DAYS).unwrap_or(Date::MIN));
    let grounds = Grounds::new(deciding(life, course, on))
        .with_if(RuleId::Sub5, notify_from.is_some_and(|from| from <= on))
        .with_if(RuleId::Sub6, has_warranty && course.is_warranty_moved());
    Ok(StateOn {
        state: life,
        offer: course.offer(on),
        next_offer: course.next_offer(on),
        last_offer: course.last_offer(),
        included_year: course.is_included_year(life, on),
        end_date,
        renews_by_itself: by_itself,
        terminates_on: course.terminated,
        warranty_end,
        under_warranty: warranty_end.is_some_and(|end| on < end),
        term: course.term,
        notify_from,
        events,
        grounds,
    })
}

/// The rule that decides.
fn deciding(life: LifeState, course: &Course<'_>, on: Date) -> RuleId {
    match life {
        LifeState::NotStarted => RuleId::Sub1,
        LifeState::Inventory => RuleId::Mig3,
        LifeState::Terminated => RuleId::Sub7,
        LifeState::Suspended => RuleId::Sub3,
        LifeState::Active => course.rule_in_service(on),
    }
}
