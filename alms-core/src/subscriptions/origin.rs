use super::SubscriptionBilling;
use super::event::Event;
use super::life::{LifeState, life_on};
use super::term::{Term, chain_start};
use crate::ErrorCode;
use crate::account::Model;
use crate::calendar::{Date, Months};
use crate::offers::ProductKind;
use crate::rule::Grounds;
use crate::text::{CatalogueVersion, OfferName, Serial, Uid};

/// What a subscription is known by, as given: what is absent follows from the rest by the rules ([`Origin::try_new`]).
///
/// Without `as_of` these are the facts of its beginning, and its events are the whole history. With it they say how things
/// stand at the end of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginData {
    /// The account that holds it, where known.
    pub account: Option<Uid>,
    /// The system.
    pub serial: Serial,
    /// Its model; may be unknown.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// What kind of offer it is: connectivity has no included year (SUB-11).
    pub kind: ProductKind,
    /// Purchase orders, invoices, or free.
    pub billing: SubscriptionBilling,
    /// For how many months the service goes on by itself when a term ends; `None` for the way of its billing: a month under
    /// direct billing, five years where it is free, and not at all if it is pre-paid.
    pub renews_every: Option<Months>,
    /// The version of the catalogue under which it was sold, where known (OFF-5).
    pub catalogue: Option<CatalogueVersion>,
    /// `inventory` if it has no service yet, and an order takes it into service (MIG-3); `terminated` if it ended for good on
    /// the end date (SUB-7). Every other state follows from the dates, and must not contradict them at the end of `as_of`.
    pub state: Option<LifeState>,
    /// The day at whose end things are as these facts say; `None` if they say how the subscription began.
    pub as_of: Option<Date>,
    /// The day on which the serial was first registered, in any account (SER-1). `None` stands for `registered`; with `as_of`
    /// it is not known.
    pub first_registered: Option<Date>,
    /// The day of registration in this account, where known; a migrated system may not have one.
    pub registered: Option<Date>,
    /// The first day, where it is not the day of registration.
    pub start_date: Option<Date>,
    /// The day on which the chain of terms began; `None` if it is not recorded (SUB-2).
    pub terms_from: Option<Date>,
    /// The first day after the included year; `None` if it follows from the first registration (SUB-1).
    pub included_until: Option<Date>,
    /// The day on which the first term ends, with `as_of` the current term or period; `None` for a year after the first
    /// registration (SUB-1).
    pub end_date: Option<Date>,
    /// The day on which the warranty ends; `None` for none, or for that of the included year if `end_date` is `None`, too.
    pub warranty_end: Option<Date>,
    /// The rules behind its dates, the deciding one first, where known.
    pub grounds: Option<Grounds>,
}

impl OriginData {
    /// A pre-paid support subscription of which nothing else is known yet.
    ///
    /// ```
    /// use alms_core::subscriptions::{Origin, OriginData};
    /// let registered = Some("2023-01-15".parse()?);
    /// let origin = Origin::try_new(OriginData { registered, ..OriginData::new("LA1".parse()?, "AirLink Complete".parse()?) })?;
    /// assert_eq!(origin.end_date(), Some("2024-01-15".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(serial: Serial, offer: OfferName) -> Self {
        Self {
            account: None,
            serial,
            model: Model::unknown(),
            offer,
            kind: ProductKind::Support,
            billing: SubscriptionBilling::PrePaid,
            renews_every: None,
            catalogue: None,
            state: None,
            as_of: None,
            first_registered: None,
            registered: None,
            start_date: None,
            terms_from: None,
            included_until: None,
            end_date: None,
            warranty_end: None,
            grounds: None,
        }
    }
}

/// How a subscription began: by registration (SUB-1) or by a migration. One that exists contradicts no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    data: OriginData,
    first: FirstTerm,
}

/// What follows from the facts: the first term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FirstTerm {
    end_date: Option<Date>,
    warranty_end: Option<Date>,
    included_until: Option<Date>,
}

/// Why facts make no subscription.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// The service would begin before the system was registered (SUB-1).
    #[error("`{start_date}` is before the registration on {registered}; give that day or a later one")]
    StartBeforeRegistration {
        /// The first day of the service.
        start_date: Date,
        /// The day of registration; of a serial of which only the first is known, that one.
        registered: Date,
    },
    /// The first term would end before the service begins (SUB-1).
    #[error("the service would begin on {start} and end on {end_date}, before it; correct `{}`", if *.stated { "start_date" } else { "end_date" })]
    EndBeforeStart {
        /// The first day.
        start: Date,
        /// The end of the first term.
        end_date: Date,
        /// Whether the first day is a `start_date`, and not the day of registration.
        stated: bool,
    },
    /// The serial would be registered in this account before it was registered at all (SER-1).
    #[error(
        "`{first_registered}` is after the registration in this account on {registered}; give that day or an earlier one"
    )]
    FirstRegisteredAfterRegistration {
        /// The first registration.
        first_registered: Date,
        /// The registration in this account.
        registered: Date,
    },
    /// A system in inventory has no term (MIG-3).
    #[error(
        "a system in `inventory` has no end date, this one has {end_date}; give null, or another `state`"
    )]
    EndInInventory {
        /// The end date.
        end_date: Date,
    },
    /// What is terminated ended on a day that is known (SUB-7).
    #[error(
        "a subscription that is `terminated` ended on a day; give that as `end_date`, and `as_of`, or an event of the type \
         `termination`"
    )]
    NoEndOfTerminated,
    /// The state is not the one that the dates say.
    #[error(
        "`{stated}` contradicts the dates, by which the subscription is `{follows}` at the end of {as_of}; correct the dates, \
         or leave `state` out"
    )]
    StateContradicted {
        /// The state as given.
        stated: LifeState,
        /// The state that the dates say.
        follows: LifeState,
        /// The day of the facts.
        as_of: Date,
    },
    /// Nothing says when the first term ends (SUB-1).
    #[error(
        "the end date is `null`: give `end_date`, or `registered` for the included first year, or the state `inventory`"
    )]
    NoTerm,
    /// The first term would end after the calendar.
    #[error("the first term from `{from}` ends after 9999-12-31; correct the date")]
    DateOutOfRange {
        /// The day from which it counts.
        from: Date,
        /// Whether that is the first registration, and not the registration in this account.
        first: bool,
    },
}

impl OriginError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::StartBeforeRegistration { .. } => ErrorCode::StartBeforeRegistration,
            Self::EndBeforeStart { .. } => ErrorCode::EndBeforeStart,
            Self::FirstRegisteredAfterRegistration { .. } => ErrorCode::FirstRegisteredAfterRegistration,
            Self::EndInInventory { .. }
            | Self::NoTerm
            | Self::NoEndOfTerminated
            | Self::StateContradicted { .. } => ErrorCode::InvalidInput,
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

impl Origin {
    /// The subscription that began so.
    ///
    /// Without a stated end its first term is the included year: it ends a year after the *first* registration of the
    /// serial (SUB-1, SER-1), in a reseller's account five years after the registration (RES-1). If that lies before the
    /// service begins, nothing of the year is left: under direct billing the first period begins with the service; a system
    /// whose year was over when it was registered here is in inventory; one that only starts later has a first term without
    /// a day. Connectivity has no included year (SUB-11).
    ///
    /// # Errors
    /// [`OriginError`]: dates that contradict each other (SUB-1).
    pub fn try_new(data: OriginData) -> Result<Self, OriginError> {
        let first = FirstTerm::of(&data)?;
        let origin = Self { data, first };
        origin.check_state()?;
        Ok(origin)
    }

    /// How things stand, as they were worked out: nothing of it is left to the rules.
    pub(super) fn settled(data: OriginData) -> Self {
        let OriginData { end_date, warranty_end, included_until, .. } = data;
        Self { data, first: FirstTerm { end_date, warranty_end, included_until } }
    }

    /// A state that the dates do not allow is a mistake in one of the two.
    fn check_state(&self) -> Result<(), OriginError> {
        let (Some(stated), Some(as_of)) = (self.data.state, self.data.as_of) else { return Ok(()) };
        let follows = match stated {
            LifeState::Inventory => return Ok(()),
            LifeState::Terminated if self.first.end_date.is_some_and(|end_date| end_date <= as_of) => {
                return Ok(());
            }
            _ => self.follows(as_of),
        };
        match follows == stated {
            true => Ok(()),
            false => Err(OriginError::StateContradicted { stated, follows, as_of }),
        }
    }

    /// What the dates say that it is on a day.
    fn follows(&self, on: Date) -> LifeState {
        let goes_on = self.renews_every().is_some();
        let end_date = self.first.end_date.map(|end_date| if goes_on { Date::MAX } else { end_date });
        life_on(self.started(), end_date, None, on)
    }

    /// The facts as given.
    pub fn data(&self) -> &OriginData {
        &self.data
    }

    /// The system.
    pub fn serial(&self) -> &Serial {
        &self.data.serial
    }

    /// Its model; may be unknown.
    pub fn model(&self) -> &Model {
        &self.data.model
    }

    /// The first day, where known.
    pub fn started(&self) -> Option<Date> {
        self.data.started()
    }

    /// The first registration of the serial, in any account, where known (SER-1).
    pub fn first_registered(&self) -> Option<Date> {
        let assumed = self.data.registered.filter(|_| self.data.as_of.is_none());
        self.data.first_registered.or(assumed)
    }

    /// The day on which it ended for good before its events, or is to end (SUB-7).
    pub(super) fn terminated(&self) -> Option<Date> {
        self.first.end_date.filter(|_| self.data.state == Some(LifeState::Terminated))
    }

    /// Whether things are known as of a day before which this one lies, and the service had begun.
    pub(super) fn known_later(&self, on: Date) -> Option<Date> {
        let has_begun = self.started().is_none_or(|started| started <= on);
        self.data.as_of.filter(|as_of| on < *as_of && has_begun)
    }

    /// The day as of which the facts include an event, if they do.
    pub(super) fn includes(&self, event: &Event) -> Option<Date> {
        let waits = |as_of: Date| event.change.effective().is_some_and(|effective| effective > as_of);
        self.data.as_of.filter(|as_of| event.on <= *as_of && !waits(*as_of))
    }

    /// The rules behind the dates as of a day, where they are recorded.
    pub(super) fn recorded(&self) -> Option<Grounds> {
        self.data.grounds.filter(|_| self.data.as_of.is_some())
    }

    /// Whether an event was declared by the day of the facts, and waits for its own.
    pub(super) fn waits(&self, on: Date) -> bool {
        self.data.as_of.is_some_and(|as_of| on <= as_of)
    }

    /// The day on which the first term ends; `None` in inventory.
    pub fn end_date(&self) -> Option<Date> {
        self.first.end_date
    }

    /// The day on which the warranty ends as stated, or with the included year.
    pub fn warranty_end(&self) -> Option<Date> {
        self.first.warranty_end
    }

    /// The first day after the included year, which ends with the first term at the latest; `None` if there is none (SUB-1).
    pub fn included_until(&self) -> Option<Date> {
        self.first.included_until
    }

    /// For how many months the service goes on by itself when a term ends; `None` if a purchase order renews it.
    pub fn renews_every(&self) -> Option<Months> {
        self.data.renews_every.or(match self.data.billing {
            SubscriptionBilling::PrePaid => None,
            SubscriptionBilling::Direct => Some(Months::from(1)),
            SubscriptionBilling::Free => Some(FREE_TERM),
        })
    }

    /// The first term; `None` in inventory.
    pub fn term(&self) -> Option<Term> {
        let OriginData { terms_from, first_registered, registered, .. } = self.data;
        let end_date = self.first.end_date?;
        Some(Term {
            first_registered: self.first_registered(),
            terms_from: chain_start(terms_from, [first_registered, registered], end_date),
            end_date,
            warranty_end: self.first.warranty_end,
        })
    }
}

/// The term of the free services of a reseller's account (RES-1).
pub(crate) const FREE_TERM: Months = Months::years(5);

impl OriginData {
    fn is_terminated(&self) -> bool {
        self.as_of.is_some() && self.state == Some(LifeState::Terminated)
    }

    /// The first day: of a serial of which only the first registration is known, that day.
    fn started(&self) -> Option<Date> {
        self.start_date.or(self.registered).or(self.first_registered)
    }
}

impl FirstTerm {
    fn of(data: &OriginData) -> Result<Self, OriginError> {
        check_order(data)?;
        let OriginData { end_date, warranty_end, included_until, .. } = *data;
        if data.state == Some(LifeState::Terminated) && data.as_of.and(end_date).is_none() {
            return Err(OriginError::NoEndOfTerminated);
        }
        if data.state == Some(LifeState::Inventory) {
            return match end_date {
                Some(end_date) => Err(OriginError::EndInInventory { end_date }),
                None => Ok(Self { end_date: None, warranty_end, included_until }),
            };
        }
        let year_end = data.year_end();
        if end_date.is_some() {
            return Ok(Self {
                end_date,
                warranty_end,
                included_until: data.included(end_date, year_end.ok().flatten()),
            });
        }
        let year_end = year_end?;
        let end_date = match data.kind {
            ProductKind::Support => data.default_end(year_end.ok_or(OriginError::NoTerm)?)?,
            // Nothing of connectivity is included: invoices begin on its first day, or an order does.
            _ => data.started().filter(|_| data.billing != SubscriptionBilling::PrePaid),
        };
        let warranty_end = match data.kind {
            ProductKind::Support => warranty_end.or(year_end.filter(|_| end_date.is_some())),
            _ => warranty_end,
        };
        Ok(Self { end_date, warranty_end, included_until: data.included(end_date, year_end) })
    }
}

impl OriginData {
    /// The first day after the year that begins with the first registration.
    fn year_end(&self) -> Result<Option<Date>, OriginError> {
        let first = self.first_registered.is_some();
        let Some(from) = self.first_registered.or(self.registered) else { return Ok(None) };
        from.add_months(Months::YEAR).map(Some).map_err(|_| OriginError::DateOutOfRange { from, first })
    }

    /// The first day after the included year: with the first term at the latest (SUB-1).
    fn included(&self, end_date: Option<Date>, year_end: Option<Date>) -> Option<Date> {
        if let (Some(_), Some(until)) = (self.as_of, self.included_until) {
            return Some(until);
        }
        let year_end = year_end.filter(|_| self.kind == ProductKind::Support);
        let until = self.included_until.or(year_end)?;
        Some(end_date.map_or(until, |end_date| end_date.min(until)))
    }

    /// The end of the first term where none is stated: what is left of the included year (SER-1).
    fn default_end(&self, year_end: Date) -> Result<Option<Date>, OriginError> {
        let Some(start) = self.started() else { return Ok(Some(year_end)) };
        if self.billing == SubscriptionBilling::Free {
            let from = self.registered.unwrap_or(start);
            let end = from.add_months(FREE_TERM);
            let end =
                end.map_err(|_| OriginError::DateOutOfRange { from, first: self.registered.is_none() })?;
            return Ok(Some(end.max(start)));
        }
        let used_up = self.registered.is_some_and(|registered| year_end <= registered);
        Ok(match self.billing {
            SubscriptionBilling::PrePaid if used_up => None,
            _ => Some(year_end.max(start)),
        })
    }
}

/// SUB-1, SER-1: first registration ≤ registration ≤ first day ≤ stated end.
fn check_order(data: &OriginData) -> Result<(), OriginError> {
    if let (Some(first_registered), Some(registered)) = (data.first_registered, data.registered)
        && first_registered > registered
    {
        return Err(OriginError::FirstRegisteredAfterRegistration { first_registered, registered });
    }
    if let (Some(start_date), Some(registered)) = (data.start_date, data.registered.or(data.first_registered))
        && start_date < registered
    {
        return Err(OriginError::StartBeforeRegistration { start_date, registered });
    }
    // What is free may be terminated before it begins.
    if let (Some(start), Some(end_date)) = (data.started(), data.end_date.filter(|_| !data.is_terminated()))
        && end_date < start
    {
        return Err(OriginError::EndBeforeStart { start, end_date, stated: data.start_date.is_some() });
    }
    Ok(())
}
