use super::late::LateRenewal;
use super::term::Term;
use crate::ErrorCode;
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::rule::{Grounds, RuleId};

/// What a renewal leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// The day from which the new term counts.
    pub from: Date,
    /// The new day on which the service ends.
    pub end_date: Date,
    /// The new day on which the warranty ends: not after the service, nor five years after the first registration; `None`
    /// without warranty.
    pub warranty_end: Option<Date>,
    /// Whether the service was suspended and is not any more.
    pub reactivated: bool,
    /// The term after it, from which the next renewal goes on.
    pub term: Term,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// Why an order renews nothing.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenewalError {
    /// The new end would lie after the calendar.
    #[error("`{months}` months from the term's end: {DateOutOfRange}; renew for fewer")]
    DateOutOfRange {
        /// The length of the new term.
        months: Months,
    },
    /// The term would be over on the day on which it is ordered (SUB-4).
    #[error(
        "the term of `{months}` months would end on {end_date}, and the order is of {on}; {}",
        remedy(*.months_needed)
    )]
    OverBeforeOrder {
        /// The length of the new term.
        months: Months,
        /// Its end.
        end_date: Date,
        /// The day of the order.
        on: Date,
        /// The fewest months that end after the order; `None` if they would end after the calendar.
        months_needed: Option<Months>,
    },
}

impl RenewalError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::DateOutOfRange { .. } => ErrorCode::DateOutOfRange,
            Self::OverBeforeOrder { .. } => ErrorCode::TermOverBeforeOrder,
        }
    }
}

fn remedy(months_needed: Option<Months>) -> String {
    let Some(months) = months_needed else { return "no term of the calendar ends after it".to_owned() };
    format!("order {months} months or more")
}

impl RenewalError {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            RenewalError::DateOutOfRange { .. } => RuleId::Sub2,
            RenewalError::OverBeforeOrder { .. } => RuleId::Sub4,
        }
    }
}

/// Renews by a purchase order of so many `months` that arrives on the day `on` (SUB-2, SUB-4, SUB-6).
///
/// Up to and including its last day a term is prolonged from its end, however early the order arrives. The new end is
/// counted from the day on which the chain of terms began, so that a short month costs no later term a day. After the end
/// the renewal is late, and `late` says from when it counts. The warranty goes along while there is no gap in the service,
/// to at most five years after the first registration; one that ended before the service did stays ended, one that a gap
/// interrupts is none from then on, and without a registration its stated date is its limit.
///
/// # Errors
/// [`RenewalError`].
///
/// ```
/// use alms_core::calendar::Months;
/// use alms_core::subscriptions::{LateRenewal, Term, renew};
/// let term = Term {
///     first_registered: Some("2023-01-15".parse()?),
///     terms_from: "2023-01-15".parse()?,
///     end_date: "2024-01-15".parse()?,
///     warranty_end: Some("2024-01-15".parse()?),
/// };
/// // January 2024 + 3 years, though it arrives in October 2023.
/// let early = renew(&term, Months::years(3), "2023-10-20".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!(early.end_date, "2027-01-15".parse()?);
/// let late = renew(&term, Months::years(3), "2024-03-01".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!((late.end_date, late.reactivated), ("2027-03-01".parse()?, true));
/// // The gap in February ended the warranty.
/// assert_eq!(late.warranty_end, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renew(term: &Term, months: Months, on: Date, late: LateRenewal) -> Result<Renewal, RenewalError> {
    let next = term.next(on, late);
    let end_date = next.end(months).map_err(|DateOutOfRange| RenewalError::DateOutOfRange { months })?;
    if end_date <= on {
        let months_needed = months_after(term, on, late);
        return Err(RenewalError::OverBeforeOrder { months, end_date, on, months_needed });
    }
    let is_late = on > term.end_date;
    let renewed = term.prolonged(next, end_date);
    let warranty_end = renewed.warranty_shown(Some(end_date));
    // The warranty does not go along with the service: there was a gap, or five years are over.
    let ran_along = term.warranty_end.is_some_and(|warranty_end| warranty_end >= term.end_date);
    Ok(Renewal {
        from: next.from,
        end_date,
        warranty_end,
        reactivated: is_late,
        term: renewed,
        grounds: Grounds::new(if is_late { RuleId::Sub4 } else { RuleId::Sub2 })
            .with_if(RuleId::Sub6, ran_along && warranty_end < Some(end_date)),
    })
}

/// The fewest months whose term is not over on the day of its order.
fn months_after(term: &Term, on: Date, late: LateRenewal) -> Option<Months> {
    term.next(on, late).months_until(on.add_days(1).ok()?)
}
