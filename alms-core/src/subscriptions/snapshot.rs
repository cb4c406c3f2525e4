//! A subscription as it is at the end of a day, in the form in which every operation takes it.

use super::SubscriptionBilling;
use super::course::Course;
use super::event::{Change, Event};
use super::history::HistoryError;
use super::holding::Holding;
use super::invoice_day::InvoiceDay;
use super::late::LateRenewal;
use super::life::LifeState;
use super::origin::{Origin, OriginData};
use super::renewal::{Renewal, RenewalError, renew};
use super::settled::check;
use super::term::{Term, chain_start};
use crate::ErrorCode;
use crate::calendar::{Date, Months};
use crate::offers::ProductKind;
use crate::order::sort_by_key;
use crate::rule::{Grounds, RuleId};

/// Why a purchase order does not renew a subscription.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRenewable {
    /// A purchase order is another kind of billing than invoices, and nothing is ordered that is free (SUB-8).
    #[error(
        "a subscription that is billed `{billing}` is not renewed by a purchase order; let it go on by itself{}",
        if *.billing == SubscriptionBilling::Direct { ", or terminate it" } else { "" }
    )]
    Billing {
        /// How it is billed.
        billing: SubscriptionBilling,
    },
    /// What renews by itself takes no order (RES-1).
    #[error(
        "a subscription with `renews_every_months` goes on by itself and is not renewed by a purchase order; remove the field \
         if it does not"
    )]
    GoesOn,
    /// A system in inventory has no term to prolong; activating it is another purchase order.
    #[error(
        "the end date is `null`: there is no term to renew; activate the system first, or give `end_date`"
    )]
    NoTerm,
    /// It ended for good (SUB-7).
    #[error("the service is terminated as of `{terminated}`; register the system anew")]
    Terminated {
        /// The day on which it ended.
        terminated: Date,
    },
    /// A history that the rules do not allow.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The order renews nothing (SUB-2, SUB-4).
    #[error(transparent)]
    Order(#[from] RenewalError),
}

impl NotRenewable {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Billing { .. } | Self::GoesOn => ErrorCode::BillingMismatch,
            Self::NoTerm => ErrorCode::NoEndDate,
            Self::Terminated { .. } => ErrorCode::Terminated,
            Self::History(error) => error.code(),
            Self::Order(error) => error.code(),
        }
    }
}

/// Whether the subscription can be renewed by a purchase order at all, whatever its day and length.
///
/// # Errors
/// [`NotRenewable`].
pub fn check_renewable(holding: &Holding) -> Result<(), NotRenewable> {
    match holding.origin.data() {
        data if data.billing != SubscriptionBilling::PrePaid => {
            Err(NotRenewable::Billing { billing: data.billing })
        }
        data if data.renews_every.is_some() => Err(NotRenewable::GoesOn),
        _ if holding.events.is_empty() && holding.origin.end_date().is_none() => Err(NotRenewable::NoTerm),
        _ => Ok(()),
    }
}

/// Renews a subscription like [`renew`], and gives it as it is after the order, at the end of the day `on`.
///
/// # Errors
/// [`NotRenewable`].
///
/// ```
/// use alms_core::subscriptions::{Holding, LateRenewal, Origin, OriginData, renew_subscription};
/// let data = OriginData::new("LA1".parse()?, "AirLink Complete".parse()?);
/// let origin = Origin::try_new(OriginData { registered: Some("2024-02-29".parse()?), ..data })?;
/// let holding = Holding { origin, events: vec![] };
/// let once = renew_subscription(&holding, 12.into(), "2024-10-20".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!(once.renewal.end_date, "2026-02-28".parse()?);
/// // No day is lost for good: the ends are counted from the registration.
/// let twice = renew_subscription(&once.subscription, 24.into(), "2024-10-20".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!(twice.renewal.end_date, "2028-02-29".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renew_subscription(
    holding: &Holding,
    months: Months,
    on: Date,
    late: LateRenewal,
) -> Result<Renewed, NotRenewable> {
    check_renewable(holding)?;
    let mut course = course_until(holding, on, late)?;
    if let Some(terminated) = course.terminated {
        return Err(NotRenewable::Terminated { terminated });
    }
    let before = course.term.ok_or(NotRenewable::NoTerm)?;
    let renewal = renew(&before, months, on, late)?;
    course.renewed(&renewal);
    Ok(Renewed { before, renewal, subscription: taken(holding, &course, on)? })
}

/// What a renewal leads to, and the subscription after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    /// The term that is renewed.
    pub before: Term,
    /// What the renewal leads to.
    pub renewal: Renewal,
    /// The subscription at the end of its day.
    pub subscription: Holding,
}

/// The subscription as it is at the end of the day `on`, with the events that have not taken effect by then.
///
/// It stands for the whole of the history: what is asked about that day or a later one has the same answer. An event that
/// the rules refuse is not in it. One that was declared and waits is in it with the day from which it counts, and so is the
/// offer of a term that is ordered and has not begun.
///
/// # Errors
/// [`HistoryError`], as for [`state`](super::state).
///
/// ```
/// use alms_core::subscriptions::{Change, Event, Holding, LateRenewal, Origin, OriginData, snapshot, state};
/// let data = OriginData::new("LA1".parse()?, "AirLink Complete".parse()?);
/// let origin = Origin::try_new(OriginData { registered: Some("2023-01-15".parse()?), ..data })?;
/// let change = Change::Renewal { months: 36.into(), offer: None };
/// let holding = Holding { origin, events: vec![Event { on: "2023-10-20".parse()?, change }] };
///
/// let kept = snapshot(&holding, "2023-12-31".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!((kept.origin.end_date(), kept.events.len()), (Some("2027-01-15".parse()?), 0));
/// let later = "2026-12-31".parse()?;
/// let (state_of_kept, state_of_all) =
///     (state(&kept, later, LateRenewal::FromOrder)?, state(&holding, later, LateRenewal::FromOrder)?);
/// assert_eq!((state_of_kept.state, state_of_kept.end_date), (state_of_all.state, state_of_all.end_date));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn snapshot(holding: &Holding, on: Date, late: LateRenewal) -> Result<Holding, HistoryError> {
    if let Some(as_of) = holding.origin.known_later(on) {
        return Err(HistoryError::BeforeAsOf { on, as_of });
    }
    let (course, _) = Course::until(holding, on, late, InvoiceDay::Own);
    taken(holding, &course, on)
}

/// The course up to the day of an order, if all events have an effect.
fn course_until(holding: &Holding, on: Date, late: LateRenewal) -> Result<Course<'_>, HistoryError> {
    if let Some(as_of) = holding.origin.known_later(on) {
        return Err(HistoryError::BeforeAsOf { on, as_of });
    }
    let (course, outcomes) = Course::until(holding, on, late, InvoiceDay::Own);
    check(&outcomes)?;
    Ok(course)
}

/// The subscription after a course up to the day `on`.
fn taken(holding: &Holding, course: &Course<'_>, on: Date) -> Result<Holding, HistoryError> {
    let to_come = holding.events.iter().filter(|event| event.on > on).cloned();
    let events = waiting(course, on).into_iter().chain(to_come).collect();
    Ok(Holding { origin: Origin::settled(facts(&holding.origin, course, on)?), events })
}

/// How things stand at the end of the day `on`.
fn facts(origin: &Origin, course: &Course<'_>, on: Date) -> Result<OriginData, HistoryError> {
    let given = origin.data();
    let over = course.terminated.filter(|terminated| *terminated <= on);
    let end_date = over.map_or_else(|| course.end_of_period(on), |terminated| Ok(Some(terminated)))?;
    let life = match (course.term, over) {
        (None, _) => LifeState::Inventory,
        (Some(_), Some(_)) => LifeState::Terminated,
        _ => course.life(end_date, on),
    };
    Ok(OriginData {
        offer: course.offer(on).clone(),
        renews_every: course
            .schedule
            .as_ref()
            .map_or(origin.renews_every(), |schedule| Some(schedule.length_on(last_day(over, on)))),
        state: Some(life),
        as_of: Some(on),
        first_registered: origin.first_registered(),
        start_date: origin.started(),
        terms_from: course
            .term
            .zip(end_date)
            .map(|(term, end)| chain_start(Some(term.terms_from), [None; 2], end)),
        included_until: included_until(origin, course, on),
        end_date,
        warranty_end: match (course.term, &course.schedule) {
            // Nothing moves it any more.
            _ if over.is_some() => course.warranty_end(),
            (None, _) => origin.warranty_end(),
            (Some(term), None) => term.warranty_end,
            (Some(term), Some(_)) => term.going_on().warranty_end,
        },
        grounds: Some(grounds(origin, course, life, on)),
        ..given.clone()
    })
}

/// The last day of service up to the day `on`: what would count from the end on never does.
fn last_day(over: Option<Date>, on: Date) -> Date {
    over.and_then(|terminated| terminated.minus_days(1).ok()).unwrap_or(on)
}

/// The first day after the included year; where there is none, a day by which it is over, for else it would be taken for a
/// year after the registration.
fn included_until(origin: &Origin, course: &Course<'_>, on: Date) -> Option<Date> {
    let data = origin.data();
    let is_derived = data.kind == ProductKind::Support || *course.offer(on) != data.offer;
    let over =
        || origin.first_registered().or(data.registered).filter(|_| is_derived && course.term.is_some());
    origin.included_until().or_else(over)
}

/// The rules behind the dates.
fn grounds(origin: &Origin, course: &Course<'_>, life: LifeState, on: Date) -> Grounds {
    let rule = match life {
        LifeState::Active => course.rule_in_service(on),
        LifeState::Terminated => RuleId::Sub7,
        _ => course.rule,
    };
    let recorded = origin.recorded().filter(|grounds| grounds.deciding() == rule);
    recorded.unwrap_or(Grounds::new(rule)).with_if(RuleId::Sub6, course.is_term_warranty_moved())
}

/// What was declared or ordered by the end of the day `on`, and counts from a later one.
fn waiting(course: &Course<'_>, on: Date) -> Vec<Event> {
    if course.terminated.is_some_and(|terminated| terminated <= on) {
        return Vec::new();
    }
    let offers = course.offers.iter().filter(|offered| offered.from > on).map(|offered| {
        let change = Change::OfferChange { offer: offered.offer.clone(), effective: Some(offered.from) };
        Event { on: offered.on, change }
    });
    let period = course.period_change.filter(|change| change.from > on).map(|declared| {
        let change = Change::PeriodChange { months: declared.months, effective: Some(declared.from) };
        Event { on: declared.on, change }
    });
    let termination = course.terminated.map(|terminated| Event {
        on: course.terminated_on.unwrap_or(on),
        change: Change::Termination { effective: Some(terminated) },
    });
    let mut events: Vec<Event> = offers.chain(period).chain(termination).collect();
    sort_by_key(&mut events, |event| event.on);
    events
}
