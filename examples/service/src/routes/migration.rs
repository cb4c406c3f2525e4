//! From legacy to avc: plan, consent, apply, hours or weeks apart.
//!
//! A plan remembers the version of the account that it was made from. Every booking that moves the account's stock,
//! and every report of its systems, counts that version up. What was agreed is applied to that version or not at all.

use super::accounts::{account, find};
use super::{Answer, created, to_the_end};
use crate::desk::{Desk, Turn};
use crate::documents::{ConsentRequest, PlanRequest, PlanState};
use crate::fields::{part, read as read_document, text};
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store::accounts::{self, AccountRow};
use crate::store::plans::{self, PlanRow};
use alms_core::account::{Account, Format};
use alms_core::calendar::Date;
use alms_core::migration::columns::Scenario;
use alms_core::migration::{Policy, TakenBalance};
use alms_core::rule::RuleId;
use alms_core::wire::{self, ErrorCode};
use alms_core::{migration, text::Uid};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::AnyConnection;

/// `POST /accounts/{uid}/plans`: plans the migration of the account as it is now, and keeps the plan.
pub(crate) async fn plan(
    State(desk): State<Desk>,
    Named(uid): Named,
    Document(json): Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let (on, policy) = asked(&json)?;
        let mut turn = desk.turn().await?;
        let row = find(turn.connection(), &uid).await?;
        let (account, balance) = stocked(&turn, &row, on)?;
        let refused = |error| Problem::from(wire::Error::from(error)).well_formed();
        let plan = migration::plan(&account, on, &policy).map_err(refused)?.from_balance(balance);
        let (fingerprint, text) = (plan.fingerprint.to_string(), wire::plan_to_json(&plan));
        let is_new = plans::find(turn.connection(), &fingerprint).await?.is_none();
        plans::upsert(turn.connection(), &fingerprint, (&uid, row.version), &text).await?;
        turn.commit().await?;
        Ok(Answer(created(is_new), text))
    })
    .await
}

/// The day and the policy that a request asks for, as the library reads them.
fn asked(json: &str) -> Result<(Date, Policy), Problem> {
    let PlanRequest { on, policy } = read_document(json)?;
    let scenario = format!(r#"{{"on":{},"policy":{}}}"#, on.get(), policy.map_or("null", RawValue::get));
    let Scenario { on, policy } = wire::fleet_scenario_from_json(&scenario)?;
    let on = on.ok_or_else(|| Problem::invalid("on", "`null` is no day; give the day of the migration"))?;
    Ok((on, policy))
}

/// The account with the stock that the ledger gives it as of the day of the plan.
fn stocked(turn: &Turn, row: &AccountRow, on: Date) -> Result<(Account, TakenBalance), Problem> {
    let account = account(row)?;
    let uid: &Uid = &account.data().uid;
    let balance = TakenBalance::of(uid, turn.ledger(), on).map_err(|_| Problem::internal())?;
    // An avc account has no stock: the library refuses to plan it again.
    let account = if account.data().format == Format::Avc { account } else { balance.stock_of(account) };
    Ok((account, balance))
}

/// `GET /plans/{fingerprint}`: the plan, the consent to it, and whether it was applied.
pub(crate) async fn read(State(desk): State<Desk>, Named(fingerprint): Named) -> Result<Answer, Problem> {
    let row = find_plan(&mut *desk.read().await?, &fingerprint).await?;
    Ok(Answer(StatusCode::OK, state(&row)?))
}

/// `PUT /plans/{fingerprint}/consent`: the customer agrees to this plan, which can be applied as things stand.
pub(crate) async fn consent(
    State(desk): State<Desk>,
    Named(fingerprint): Named,
    Document(json): Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let ConsentRequest { by, on } = read_document(&json)?;
        let consent = format!(r#"{{"by":{},"on":{},"fingerprint":"{fingerprint}"}}"#, by.get(), on.get());
        let mut turn = desk.turn().await?;
        let row = find_plan(turn.connection(), &fingerprint).await?;
        // It is asked, not done.
        apply_in(&mut turn, &row, &consent).await.map_err(|problem| problem.without("consent"))?;
        plans::set_consent(turn.connection(), &fingerprint, &consent).await?;
        turn.commit().await?;
        let row = PlanRow { consent: Some(consent), ..row };
        Ok(Answer(StatusCode::OK, state(&row)?))
    })
    .await
}

/// `POST /plans/{fingerprint}/apply`: carries the plan out, once.
pub(crate) async fn apply(State(desk): State<Desk>, Named(fingerprint): Named) -> Result<Answer, Problem> {
    to_the_end(async move {
        let mut turn = desk.turn().await?;
        let row = find_plan(turn.connection(), &fingerprint).await?;
        if let Some(outcome) = row.outcome {
            return Ok(Answer(created(false), outcome));
        }
        let outcome = apply_in(&mut turn, &row, row.consent.as_deref().unwrap_or("null")).await?;
        let Applied { account, subscriptions } = read_document(&outcome)?;
        let content = (Format::Avc.as_str(), account.get(), subscriptions.get());
        let (place, cause) = ((row.uid.as_str(), row.version), ("migrated", turn.bookings()));
        if !accounts::replace(turn.connection(), place, content, cause).await? {
            return Err(stale(&row, &find(turn.connection(), &row.uid).await?));
        }
        plans::insert_application(turn.connection(), &fingerprint, &row, &outcome).await?;
        turn.commit().await?;
        Ok(Answer(created(true), outcome))
    })
    .await
}

/// What applying the plan to the account as it is now gives, or why it cannot be applied.
async fn apply_in(turn: &mut Turn, plan: &PlanRow, consent: &str) -> Result<String, Problem> {
    let row = find(turn.connection(), &plan.uid).await?;
    let on = wire::plan_from_json(&plan.plan)?.on;
    let account = wire::account_to_json(&stocked(turn, &row, on)?.0);
    let input = format!(r#"{{"account":{account},"plan":{},"consent":{consent}}}"#, plan.plan);
    let outcome = wire::call("migration.apply", &input)?;
    // The library looks at what the plan follows from. The version is stricter: tokens that came after the day of the
    // plan are no part of it, and would be lost.
    if row.version == plan.version { Ok(outcome) } else { Err(stale(plan, &row)) }
}

fn stale(plan: &PlanRow, account: &AccountRow) -> Problem {
    let (planned, current) = (plan.version, account.version);
    let message = format!(
        "the plan was made from version `{planned}` of the account, which has version `{current}` by now; plan again and \
         ask for consent to that plan"
    );
    Problem::conflict(ErrorCode::StalePlan, RuleId::Mig19, "", message)
        .with("planned_version", planned)
        .with("version", current)
}

async fn find_plan(connection: &mut AnyConnection, fingerprint: &str) -> Result<PlanRow, Problem> {
    plans::find(connection, fingerprint).await?.ok_or_else(|| {
        let message = format!("no plan has the fingerprint `{fingerprint}`; give that of a plan made here");
        Problem::own("not_found", "fingerprint", message)
    })
}

/// What the service says about a plan.
fn state(row: &PlanRow) -> Result<String, Problem> {
    let consent = row.consent.as_deref().map(part).transpose()?;
    text(&PlanState { version: row.version, applied: row.outcome.is_some(), consent, plan: part(&row.plan)? })
}

/// The parts of `migration.apply`'s answer that the account becomes.
#[derive(Deserialize)]
struct Applied<'a> {
    #[serde(borrow)]
    account: &'a RawValue,
    #[serde(borrow)]
    subscriptions: &'a RawValue,
}
