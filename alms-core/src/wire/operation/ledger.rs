//! What is asked of a ledger.

use crate::rule::{RuleId, RuleSet};
use crate::tokens::{self, MonthPeak, UsageMeter};
use crate::wire::doc::forecast::peaks;
use crate::wire::doc::ledger::{ledger, opened};
use crate::wire::doc::meter::{MeterRequestDoc, MeteredDoc};
use crate::wire::doc::replay::{
    JournalDoc, LedgerDoc, Outcome, PreviewDoc, PreviewRequestDoc, ReplayedDoc, outcome, refused,
};
use crate::wire::doc::statement::{ReportDoc, ReportRequestDoc, StatementDoc, StatementRequestDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::{to_text, to_text_like};

/// How many bookings are looked up side by side: what they touch stays in the fastest cache.
const AT_ONCE: usize = 64;

pub(super) fn replay(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: LedgerDoc = parse::document(input)?;
    let mut ledger = opened(request.accounts, fired)?;
    let bookings = request.bookings.read().at("bookings")?;
    ledger.reserve(bookings.len());
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(bookings.len());
    let mut bookings = bookings.into_iter();
    while !bookings.as_slice().is_empty() {
        ledger.reserve_for(bookings.as_slice().iter().take(AT_ONCE).map(|read| &read.key));
        for read in bookings.by_ref().take(AT_ONCE) {
            let index = outcomes.len();
            outcomes.push(outcome(read, &mut ledger, fired, |error| error.at_index(index).at("bookings")));
        }
    }
    Ok(to_text_like(input, &ReplayedDoc::of(&ledger, &outcomes)))
}

pub(super) fn preview(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: PreviewRequestDoc<'_> = parse::document(input)?;
    let read = request.booking.read().at("booking")?;
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    let key = read.key.clone();
    let previewed = read.checked(&ledger).and_then(|booking| Ok(ledger.preview(&booking)?));
    let result = previewed.map_err(|error| refused(error, fired, |error| error.at("booking")));
    let receipt = result.as_ref().ok().copied();
    *fired = receipt.map_or(*fired, |receipt| fired.union(receipt.rules()));
    Ok(to_text(&PreviewDoc::of(&ledger, &Outcome::new(key, result), receipt.as_ref())))
}

pub(super) fn journal(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: LedgerDoc = parse::document(input)?;
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    *fired = fired.with(RuleId::Ord7);
    Ok(to_text_like(input, &JournalDoc::of(&ledger)))
}

pub(super) fn meter(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: MeterRequestDoc<'_> = parse::document(input)?;
    *fired = fired.with(RuleId::Tok2);
    let mut meter = UsageMeter::default();
    for (index, count) in request.counts.iter().enumerate() {
        count.count(&mut meter).at_index(index).at("counts")?;
    }
    let peaks = meter.peaks();
    let bookings: Vec<_> = peaks.iter().filter_map(MonthPeak::booking).collect();
    Ok(to_text(&MeteredDoc::of(&peaks, &bookings)))
}

pub(super) fn statement(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: StatementRequestDoc<'_> = parse::document(input)?;
    let (uid, on) = (request.account.read().at("account")?, request.on.read().at("on")?);
    let peaks = peaks(request.previous_peak.as_ref(), request.current_peak.as_ref())?;
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    let account = ledger.account(&uid).at("account")?;
    let consumes = account.holder.kind.consumes_tokens();
    *fired = fired
        .union(RuleSet::of(&[RuleId::Tok4, RuleId::Tok5, RuleId::Tok9, RuleId::Ord6]))
        .with_if(RuleId::Tok3, !consumes)
        .with_if(RuleId::Acc8, !consumes);
    let statement = tokens::statement(&ledger, &account, on, peaks);
    Ok(to_text(&StatementDoc::of(account.holder, &statement)))
}

pub(super) fn report(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: ReportRequestDoc<'_> = parse::document(input)?;
    let (uid, month) = (request.account.read().at("account")?, request.month.read().at("month")?);
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    *fired = fired.with(RuleId::Tok9);
    let account = ledger.account(&uid).at("account")?;
    Ok(to_text(&ReportDoc::of(&tokens::report(&ledger, &account, month))))
}
