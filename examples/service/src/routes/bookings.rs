//! Bookings: previewed, booked once, looked up.

use super::{Answer, created, to_the_end};
use crate::desk::{Desk, Turn};
use crate::documents::StoredBooking;
use crate::fields::{part, text};
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store;
use alms_core::rule::RuleId;
use alms_core::tokens::{Receipt, Refusal};
use alms_core::wire::{self, ErrorCode};
use axum::extract::State;
use axum::http::StatusCode;

/// How often a booking begins again when somebody who did not take the lock was faster.
const ATTEMPTS_MAX: u32 = 3;

/// `POST /bookings/preview`: what the booking would do.
pub(crate) async fn preview(State(desk): State<Desk>, Document(json): Document) -> Result<Answer, Problem> {
    let memory = desk.look().await?;
    let booking = wire::booking_from_json(&json, &memory.ledger)?;
    let receipt = memory.ledger.preview(&booking).map_err(refused)?;
    Ok(Answer(StatusCode::OK, wire::receipt_to_json(&memory.ledger, &booking.key, &receipt)))
}

/// `POST /bookings`: books it, once.
pub(crate) async fn book(State(desk): State<Desk>, Document(json): Document) -> Result<Answer, Problem> {
    to_the_end(async move {
        let mut attempt = 1;
        loop {
            match book_once(desk.turn().await?, &json).await? {
                Some(answer) => return Ok(answer),
                None if attempt < ATTEMPTS_MAX => attempt = attempt.saturating_add(1),
                None => {
                    return Err(Problem::own(
                        "unavailable",
                        "",
                        "too many others book; send the booking again",
                    ));
                }
            }
        }
    })
    .await
}

/// One transaction; `None` if another one had the same key or place.
async fn book_once(mut turn: Turn, json: &str) -> Result<Option<Answer>, Problem> {
    let booking = wire::booking_from_json(json, turn.ledger())?;
    let is_new = !turn.ledger().contains(&booking.key);
    // A retry comes to its first result here: the ledger looks at the key before anything else.
    let receipt = turn.ledger().preview(&booking).map_err(refused)?;
    let answer = Answer(created(is_new), wire::receipt_to_json(turn.ledger(), &booking.key, &receipt));
    if !is_new {
        return Ok(Some(answer));
    }
    let sequence = turn.bookings().saturating_add(1);
    let stored = wire::booking_to_json(&booking);
    match store::bookings::insert(turn.connection(), sequence, booking.key.as_str(), &stored).await {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => return Ok(None),
        inserted => inserted?,
    }
    move_stocks(&mut turn, &receipt, sequence).await?;
    turn.commit_booking(booking).await?;
    Ok(Some(answer))
}

/// The cache of balances, and the versions on which plans rely.
async fn move_stocks(turn: &mut Turn, receipt: &Receipt, sequence: i64) -> Result<(), Problem> {
    let effects = receipt.effects().filter(|effect| effect.change.get() != 0);
    let moved: Vec<(String, i64, &'static str)> = effects
        .filter_map(|effect| {
            let (uid, after) = (&turn.ledger().holder(effect.account)?.uid, effect.after());
            Some((uid.as_str().to_owned(), after.balance.get(), after.status.as_str()))
        })
        .collect();
    for (uid, balance, status) in moved {
        let stock = (balance, status);
        if !store::accounts::move_stock(turn.connection(), &uid, stock, sequence).await? {
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
pub(crate) async fn find(State(desk): State<Desk>, Named(key): Named) -> Result<Answer, Problem> {
    let memory = desk.look().await?;
    let stored = store::bookings::find(&mut *desk.read().await?, &key).await?;
    let Some(stored) = stored else {
        let message = format!("no booking has the key `{key}`; give that of a booking");
        return Err(Problem::missing(ErrorCode::UnknownBooking, RuleId::Ord7, "key", message));
    };
    let booking = wire::booking_from_json(&stored.booking, &memory.ledger)?;
    let receipt = memory.ledger.preview(&booking).map_err(refused)?;
    let receipt = wire::receipt_to_json(&memory.ledger, &booking.key, &receipt);
    let (booking, receipt) = (part(&stored.booking)?, part(&receipt)?);
    Ok(Answer(StatusCode::OK, text(&StoredBooking { sequence: stored.sequence, booking, receipt })?))
}

fn refused(refusal: Refusal) -> Problem {
    Problem::from(wire::Error::from(refusal)).well_formed()
}
