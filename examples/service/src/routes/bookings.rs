//! Bookings: previewed, booked once, looked up.

use super::{Answer, created, to_the_end};
use crate::callers::Caller;
use crate::desk::{Desk, Turn};
use crate::documents::StoredBooking;
use crate::fields::{part, text};
use crate::gate::Visit;
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store;
use crate::store::accounts::Cause;
use crate::work;
use alms_core::rule::RuleId;
use alms_core::tokens::{Booking, Ledger, Refusal};
use alms_core::wire::{self, ErrorCode};
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

/// How often a booking begins again when somebody who did not take the lock was faster.
const ATTEMPTS_MAX: u32 = 3;

/// `POST /bookings/preview`: what the booking would do.
pub(crate) async fn preview(
    State(desk): State<Desk>,
    visit: Visit,
    document: Document,
) -> Result<Answer, Problem> {
    let Visit { caller, deadline } = visit;
    let memory = desk.look(deadline).await?;
    work::by_size(document.json.len(), deadline, move || {
        let ledger = &memory.ledger;
        let booking = wire::booking_from_json(&document.json, ledger)?;
        caller.require_preview(&booking, ledger)?;
        let receipt = ledger.preview(&booking).map_err(refused)?;
        Ok(Answer(StatusCode::OK, wire::receipt_to_json(ledger, &booking.key, &receipt)))
    })
    .await
}

/// `POST /bookings`: books it, once.
pub(crate) async fn book(
    State(desk): State<Desk>,
    visit: Visit,
    document: Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let json: Arc<str> = document.json.as_str().into();
        let mut attempt = 1;
        loop {
            match book_once(desk.turn(visit.deadline).await?, &json, &visit.caller).await? {
                Some(answer) => return Ok(answer),
                None if attempt < ATTEMPTS_MAX => attempt = attempt.saturating_add(1),
                None => {
                    return Err(Problem::unavailable("too many others book; send the booking again"));
                }
            }
        }
    })
    .await
}

/// What a booking does, as the ledger stands.
struct Decision {
    booking: Booking,
    is_new: bool,
    answer: String,
    /// UID, balance and status of the accounts whose stock moves.
    moved: Vec<(String, i64, &'static str)>,
}

fn decide(json: &str, ledger: &Ledger, caller: &Caller) -> Result<Decision, Problem> {
    let booking = wire::booking_from_json(json, ledger)?;
    caller.require_booking(&booking, ledger)?;
    let is_new = !ledger.contains(&booking.key);
    // A retry comes to its first result here: the ledger looks at the key before anything else.
    let receipt = ledger.preview(&booking).map_err(refused)?;
    let answer = wire::receipt_to_json(ledger, &booking.key, &receipt);
    let effects = receipt.effects().filter(|effect| effect.change.get() != 0);
    let moved = effects
        .filter_map(|effect| {
            let (uid, after) = (&ledger.holder(effect.account)?.uid, effect.after());
            Some((uid.as_str().to_owned(), after.balance.get(), after.status.as_str()))
        })
        .collect();
    Ok(Decision { booking, is_new, answer, moved })
}

/// One transaction; `None` if another one had the same key or place.
async fn book_once(mut turn: Turn, json: &Arc<str>, caller: &Caller) -> Result<Option<Answer>, Problem> {
    let (memory, text, who) = (turn.look().await, Arc::clone(json), caller.clone());
    let decided = work::by_size(json.len(), turn.deadline(), move || decide(&text, &memory.ledger, &who));
    let Decision { booking, is_new, answer, moved } = decided.await?;
    let answer = Answer(created(is_new), answer);
    if !is_new {
        return Ok(Some(answer));
    }
    let (sequence, entered_by) = (turn.bookings().saturating_add(1), caller.to_string());
    let stored = wire::booking_to_json(&booking);
    let content = (booking.key.as_str(), stored.as_str());
    match store::bookings::insert(turn.connection()?, sequence, content, &entered_by).await {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => return Ok(None),
        inserted => inserted?,
    }
    let cause = Cause { what: "booking", sequence, entered_by: &entered_by };
    move_stocks(&mut turn, moved, cause).await?;
    turn.commit_booking(booking).await?;
    Ok(Some(answer))
}

/// The cache of balances, and the versions on which plans rely.
async fn move_stocks(
    turn: &mut Turn,
    moved: Vec<(String, i64, &str)>,
    cause: Cause<'_>,
) -> Result<(), Problem> {
    for (uid, balance, status) in moved {
        let stock = (balance, status);
        if !store::accounts::move_stock(turn.connection()?, &uid, stock, cause).await? {
            let message = format!(
                "the account `{uid}` is avc and holds no tokens any more; buy a renewal of its subscriptions instead"
            );
            return Err(
                Problem::refused(ErrorCode::LegacyOnly, RuleId::Tok1, "", message).with("account", uid)
            );
        }
    }
    Ok(())
}

/// `GET /bookings/{key}`: the booking and its first result.
///
/// A booking that the caller may not see is answered as one that is not there.
pub(crate) async fn find(
    State(desk): State<Desk>,
    visit: Visit,
    Named(key): Named,
) -> Result<Answer, Problem> {
    let Visit { caller, deadline } = visit;
    let stored = store::bookings::find(&mut *desk.read(deadline).await?, &key).await?;
    let unknown = || {
        let message = format!("no booking has the key `{key}`; give that of a booking");
        Problem::missing(ErrorCode::UnknownBooking, RuleId::Ord7, "key", message)
    };
    let stored = stored.ok_or_else(unknown)?;
    // What is in the database by now is in memory after this look.
    let memory = desk.look(deadline).await?;
    let booking = wire::booking_from_json(&stored.booking, &memory.ledger)?;
    let receipt = memory.ledger.preview(&booking).map_err(refused)?;
    if !caller.may_read(&receipt, &memory.ledger) {
        return Err(unknown());
    }
    let receipt = wire::receipt_to_json(&memory.ledger, &booking.key, &receipt);
    let (booking, receipt) = (part(&stored.booking)?, part(&receipt)?);
    let entered_by = stored.entered_by.as_deref();
    let state = StoredBooking { sequence: stored.sequence, entered_by, booking, receipt };
    Ok(Answer(StatusCode::OK, text(&state)?))
}

fn refused(refusal: Refusal) -> Problem {
    Problem::from(wire::Error::from(refusal)).well_formed()
}
