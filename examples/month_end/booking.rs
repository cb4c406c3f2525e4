//! The month end itself: which month, which peaks, and their bookings.

use crate::args::Args;
use crate::counts::Counts;
use crate::input::by_rule;
use alms_core::account::Kind;
use alms_core::calendar::{Date, Month, Months};
use alms_core::text::Uid;
use alms_core::tokens::{Booking, Effect, Entry, Ledger, MonthPeak, Position, Receipt, Refusal, UsageMeter};
use anyhow::{Context as _, Result, bail, ensure};

/// What a month end is about.
#[derive(Debug)]
pub(crate) struct Job {
    /// The reseller.
    pub(crate) partner: Uid,
    /// The reseller and its customers, in the order of the ledger.
    pub(crate) accounts: Vec<Uid>,
    /// The month that is booked.
    pub(crate) month: Month,
    /// The day of the bookings and of the statement.
    pub(crate) on: Date,
    /// The month after the last one booked, if it lies before this one.
    pub(crate) skipped: Option<Month>,
}

/// A month's use that is booked now.
#[derive(Debug)]
pub(crate) struct Booked {
    /// The peak and the days behind it.
    pub(crate) metered: MonthPeak,
    /// What it did to the account.
    pub(crate) effect: Effect,
}

impl Job {
    /// What the command line asks for; what it does not say follows from ledger and counts, never from a clock.
    pub(crate) fn new(args: &Args, ledger: &Ledger, counts: &Counts) -> Result<Self> {
        let partner = partner(args, ledger)?;
        let accounts = ledger.accounts().map(|account| account.holder);
        let accounts = accounts.filter(|holder| holder.uid == partner || holder.partners.contains(&partner));
        let accounts: Vec<Uid> = accounts.map(|holder| holder.uid.clone()).collect();
        for uid in &args.only {
            ensure!(accounts.contains(uid), "`{uid}` is neither `{partner}` nor one of its customers");
        }
        let next = next_month(ledger, &accounts);
        let skipped = next.as_ref().ok().copied();
        let month = args.month.map_or(next, Ok)?;
        let on = args.on.map_or_else(|| last_day(month, counts), Ok)?;
        Ok(Self { partner, accounts, month, on, skipped: skipped.filter(|next| *next < month) })
    }

    /// Books the peak of every account that has counts, or of those that were asked for: all of them or none.
    pub(crate) fn book(&self, ledger: &mut Ledger, meter: &UsageMeter, only: &[Uid]) -> Result<Vec<Booked>> {
        let month = self.month;
        let mut booked = Vec::with_capacity(self.accounts.len());
        let mut refused = String::new();
        for uid in self.accounts.iter().filter(|uid| only.is_empty() || only.contains(uid)) {
            match self.consumption(ledger, uid, meter.peak(uid, month))? {
                Ok(bookings) => booked.extend(bookings),
                Err(refusal) => {
                    refused.push_str(&format!("\n  {uid}: {refusal}{}", by_rule(refusal.rule())));
                }
            }
        }
        ensure!(refused.is_empty(), "the month end of {month} is refused, nothing is saved:{refused}");
        ensure!(!booked.is_empty(), "there is no count in {month} to book; give a file of that month");
        Ok(booked)
    }

    /// TOK-2. The ledger takes a second run for a retry (ORD-7); for a person it is a month that is booked already.
    fn consumption(
        &self,
        ledger: &mut Ledger,
        account: &Uid,
        metered: Option<MonthPeak>,
    ) -> Result<Result<Option<Booked>, Refusal>> {
        let (account, month) = (account.clone(), self.month);
        if ledger.peak(&ledger.account(&account)?, month).is_some() {
            return Ok(Err(Refusal::MonthAlreadyBooked { account, month }));
        }
        let Some(metered) = metered else { return Ok(Ok(None)) };
        let key = format!("{month}:{account}");
        let key = key.parse().with_context(|| format!("the key `{key}` of the booking"))?;
        let entry = Entry::Consumption { account, month, peak: metered.peak };
        let receipt = ledger.book(Booking { key, on: self.on, entry });
        let booked = |receipt: Receipt| Some(Booked { metered, effect: *receipt.effects().next()? });
        Ok(receipt.map(booked))
    }

    /// The position of an account of this job.
    pub(crate) fn accounts<'l>(&self, ledger: &'l Ledger) -> impl Iterator<Item = Position<'l>> {
        self.accounts.iter().filter_map(|uid| ledger.account(uid).ok())
    }
}

fn partner(args: &Args, ledger: &Ledger) -> Result<Uid> {
    if let Some(uid) = &args.partner {
        let kind = ledger.account(uid)?.holder.kind;
        ensure!(kind == Kind::Reseller, "`{uid}` is an account of kind `{kind}`; give the UID of a reseller");
        return Ok(uid.clone());
    }
    let resellers = ledger.accounts().filter(|account| account.holder.kind == Kind::Reseller);
    let resellers: Vec<&Uid> = resellers.map(|account| &account.holder.uid).collect();
    match resellers.as_slice() {
        [uid] => Ok((*uid).clone()),
        [] => bail!("the ledger has no account of kind `reseller`; add the partner's account"),
        several => {
            let several: Vec<String> = several.iter().map(|uid| format!("`{uid}`")).collect();
            bail!("the ledger has several resellers; give one by --partner: {}", several.join(", "))
        }
    }
}

/// The month after the last one that is booked for one of the accounts.
fn next_month(ledger: &Ledger, accounts: &[Uid]) -> Result<Month> {
    let booked = ledger.bookings().filter_map(|booking| match booking.entry() {
        Entry::Consumption { account, month, .. } => accounts.contains(&account).then_some(month),
        _ => None,
    });
    let last = booked.max().context("no month is booked yet; give the first one by --month")?;
    Ok(last.plus(Months::from(1))?)
}

/// The month's last day, unless the counts say that it was not reached.
fn last_day(month: Month, counts: &Counts) -> Result<Date> {
    let last = month.last_day();
    match counts.last_day() {
        Some(counted) if counted < last => bail!(
            "the counts end on {counted}, before {month} does; book it when it is over (TOK-2), with --on if no count \
             of its last days will come"
        ),
        _ => Ok(last),
    }
}
