//! How many tokens it takes until everyone reaches a date.

use super::classify::{Class, Yardstick};
use super::draft::check_plannable;
use super::grant::days_of_month;
use super::tally::Tally;
use super::{MonthRounding, PlanError, Policy};
use crate::account::Account;
use crate::calendar::{Date, Months};
use crate::rule::{RuleId, RuleSet};
use crate::text::Serial;
use crate::tokens::{ServicePack, Tokens};

/// The tokens that carry every AirLink Basic system to a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The wanted date.
    pub until: Date,
    /// The fewest tokens in the stock with which no AirLink Basic system ends before it.
    pub tokens_needed: Tokens,
    /// What the stock lacks; 0 if it suffices.
    pub tokens_missing: Tokens,
    /// Service Packs that hold the missing tokens (TOK-1).
    pub packs: i64,
    /// AirLink Complete systems that end before the date: tokens do not move them, renewing their support does.
    pub ending_before: Vec<Serial>,
}

/// How many tokens a migration of `account` on `on` needs so that every AirLink Basic system is paid for
/// until `until` (MIG-5, MIG-9, MIG-10, TOK-1).
///
/// # Errors
/// [`PlanError`], as for a plan of the account, or when the calendar ends before the date is reached.
///
/// ```
/// use alms_core::migration::{Policy, reach};
/// # use alms_core::wire::account_from_json;
/// let account = account_from_json(
///     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
///         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"},
///                     {"serial": "LA2", "model": "RV55", "state": "active", "last_communication": "2022-03-24"}]}"#,
/// )?;
/// // One system stays; it takes 10 months from 25 March 2023 to reach 1 January 2024.
/// let reach = reach(&account, "2023-03-25".parse()?, &Policy::default(), "2024-01-01".parse()?)?;
/// assert_eq!((reach.tokens_needed.get(), reach.tokens_missing.get(), reach.packs), (10, 0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn reach(account: &Account, on: Date, policy: &Policy, until: Date) -> Result<Reach, PlanError> {
    check_plannable(account)?;
    let data = account.data();
    let yardstick = Yardstick::new(on, policy);
    let tally = Tally::new(data, &yardstick);
    let of_basic =
        fewest_tokens(i64::from(tally.counts.summary.airlink_basic), on, policy.month_rounding, until)
            .ok_or(PlanError::UntilOutOfRange { until })?;
    let needed = tally.counts.demand.saturating_add(of_basic);
    // Where nothing is needed a stock below zero lacks nothing either: it counts as 0 (MIG-15).
    let missing = if needed == 0 { 0 } else { needed.saturating_sub(data.tokens.get()).max(0) };
    let tokens_missing =
        Tokens::try_new(missing).map_err(|_| PlanError::MissingOutOfRange { tokens: data.tokens.get() })?;
    let years = policy.complete_renewal.years();
    let ending_before = tally.serials(data, |system, _, class| {
        let end = system.support_end.and_then(|end| end.add_months(Months::years(years)).ok());
        class == Class::Supported && end.is_some_and(|end| end < until)
    });
    Ok(Reach {
        until,
        tokens_needed: Tokens::clamped(needed),
        tokens_missing,
        packs: ServicePack::covering(missing),
        ending_before,
    })
}

impl Reach {
    /// The rules behind it.
    pub const fn rules(&self) -> RuleSet {
        RuleSet::of(&[RuleId::Mig5, RuleId::Mig9, RuleId::Mig10, RuleId::Tok1])
    }
}

/// The fewest tokens that give `systems` systems an end date on or after `until`; `None` if none within the
/// calendar does.
fn fewest_tokens(systems: i64, on: Date, rounding: MonthRounding, until: Date) -> Option<i64> {
    if systems == 0 || until <= on {
        return Some(0);
    }
    // The monthly date in the month of `until`, or the next one if that lies before it.
    let same_month = on.month_ends_until(until);
    let reaches = on.add_months(same_month).is_ok_and(|date| date >= until);
    let full = if reaches { same_month.get() } else { same_month.get().saturating_add(1) };
    let below = full.saturating_sub(1);
    let part = match rounding {
        MonthRounding::Down => systems,
        MonthRounding::Up => 1,
        // Halves go up: half of the systems, rounded up.
        MonthRounding::Nearest => systems.saturating_sub(systems / 2),
        MonthRounding::ProRataDays => fewest_for_days(systems, on, below, until)?,
    };
    if rounding != MonthRounding::ProRataDays {
        on.add_months(Months::try_new(full).ok()?).ok()?;
    }
    systems.checked_mul(below)?.checked_add(part)
}

/// The fewest tokens beyond `below` whole months whose days reach `until`.
fn fewest_for_days(systems: i64, on: Date, below: i64, until: Date) -> Option<i64> {
    let below = Months::try_new(below).ok()?;
    let wanted = on.add_months(below).ok()?.days_until(until);
    let length = days_of_month(on, below)?;
    // The smallest t with floor(t × length ÷ systems) ≥ wanted is the rounded-up wanted × systems ÷ length.
    let product = wanted.checked_mul(systems)?;
    let floor = product.checked_div(length)?;
    let exact = floor.checked_mul(length)? == product;
    Some(if exact { floor } else { floor.saturating_add(1) })
}
