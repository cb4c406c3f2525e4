//! Who must buy how much by when.

use super::{MonthEnd, heading, number, table};
use crate::booking::Job;
use alms_core::calendar::{Date, Month, Months};
use alms_core::reseller::{
    SortKey, Subaccount, SubaccountColumn, SubaccountFilter, SubaccountUsage, subaccounts,
};
use alms_core::text::Uid;
use alms_core::tokens::{Advice, Horizon, Ledger, Outlook, Peaks, ServicePack, advice};
use anyhow::Result;
use comfy_table::Cell;
use std::io::Write;

/// The most urgent first.
pub(crate) const BY_DATE: [SortKey<SubaccountColumn>; 2] = [
    SortKey { by: SubaccountColumn::BuyBy, descending: false },
    SortKey { by: SubaccountColumn::Name, descending: false },
];

/// Prints a row per customer that must buy within so many days (TOK-5), and when the others must.
pub(super) fn print(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> Result<()> {
    let MonthEnd { job, ledger, within, .. } = month_end;
    let usage: Vec<SubaccountUsage> = month_end.usage().collect();
    let all = subaccounts(ledger, &job.partner, job.on, &usage, &SubaccountFilter::default(), &BY_DATE)?;
    let limit = job.on.add_days(*within).unwrap_or(Date::MAX);
    let soon = |row: &&Subaccount<'_>| row.forecast.buy_by.is_some_and(|buy_by| buy_by <= limit);
    let (buyers, others): (Vec<_>, Vec<_>) = all.rows.iter().partition(soon);
    heading(out, &format!("Who must buy by {limit}, within {within} days of {} (TOK-5)", job.on))?;
    if buyers.is_empty() {
        writeln!(out, "Nobody.")?;
    } else {
        orders(out, month_end, &buyers)?;
    }
    for Subaccount { holder, forecast, .. } in others {
        match (forecast.buy_by, forecast.predicted_use) {
            (Some(buy_by), _) => writeln!(out, "Later: {} by {buy_by}", holder.name)?,
            (None, Some(used)) => writeln!(out, "Never: {}, at a use of {used} tokens a month", holder.name)?,
            (None, None) => {
                writeln!(out, "Unknown: {}, without a peak to predict its use from", holder.name)?
            }
        }
    }
    Ok(())
}

fn orders(out: &mut dyn Write, month_end: &MonthEnd<'_>, buyers: &[&Subaccount<'_>]) -> Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let until = year_end(job, ledger)?;
    let advise = |row: &&Subaccount<'_>| advised(row, until);
    let advised = buyers.iter().map(advise).collect::<Result<Vec<Advice>>>()?;
    let packs = advised.iter().fold(0_i64, |sum, advice| sum.saturating_add(advice.packs));
    let mut table = table(&["Buy by", "Account", "Stock", "Use", "Packs", "List price", "Left"]);
    for (row, advice) in buyers.iter().zip(&advised) {
        table.add_row([
            row.forecast.buy_by.map_or_else(String::new, |date| date.to_string()).into(),
            row.holder.name.to_string().into(),
            number(row.standing.balance),
            number(advice.predicted_use),
            number(advice.packs),
            number(advice.price.map_or_else(|| "–".to_owned(), |price| price.price.total.to_string())),
            number(advice.balance_at_end),
        ]);
    }
    let sum = [number(packs), number(ServicePack::list_price(packs)?), "".into()];
    table.add_row(["", "Together", "", ""].map(Cell::new).into_iter().chain(sum));
    writeln!(out, "{table}")?;
    writeln!(out, "Packs for 12 months at list price (TOK-1); left is the stock on {until}.")?;
    for (row, advice) in buyers.iter().zip(&advised).filter(|(_, advice)| advice.reactivates) {
        writeln!(out, "An order of {} packs reactivates {} (TOK-6).", advice.packs, row.holder.name)?;
    }
    let partner = ledger.account(&job.partner)?;
    let stock = ledger.standing_as_of(&partner, job.on).balance;
    let covered = stock.get().max(0).checked_div(ServicePack::TOKENS).unwrap_or(0).min(packs);
    writeln!(out, "The wholesale stock of {stock} tokens covers {covered} of these {packs} packs (ORD-3).")?;
    Ok(())
}

/// What a customer has to buy so that its stock lasts until that day.
fn advised(row: &Subaccount<'_>, until: Date) -> Result<Advice> {
    // Of a suspended account whose use is not known: what brings it back.
    let peaks = Peaks { previous: Some(row.forecast.predicted_use.unwrap_or_default()), current: None };
    let outlook = Outlook { peaks, ..row.outlook.clone() };
    Ok(advice(&outlook, Horizon::Until(until), ServicePack::unit_price(), None)?)
}

/// The last of the next twelve month ends, without that of a month that is booked.
fn year_end(job: &Job, ledger: &Ledger) -> Result<Date> {
    let month = Month::of(job.on);
    let booked = job.accounts.iter().any(|uid| is_booked(ledger, uid, month));
    let further: u32 = if booked { 12 } else { 11 };
    Ok(month.plus(Months::from(further))?.last_day())
}

fn is_booked(ledger: &Ledger, uid: &Uid, month: Month) -> bool {
    ledger.account(uid).is_ok_and(|account| ledger.peak(&account, month).is_some())
}
