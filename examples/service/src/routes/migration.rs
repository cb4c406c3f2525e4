//! From legacy to avc: plan, consent, apply, hours or weeks apart.
//!
//! A plan remembers the version of the account that it was made from. Every booking that moves the account's stock,
//! and every report of its systems, counts that version up. What was agreed is applied to that version or not at all.

use super::accounts::{account, find, require};
use super::{Answer, created, to_the_end};
use crate::callers::Caller;
use crate::deadline::Deadline;
use crate::desk::{Desk, Turn};
use crate::documents::{Application, AskedScenario, ConsentRequest, GivenConsent, PlanRequest, PlanState};
use crate::fields::{part, read as read_document, text};
use crate::gate::Visit;
use crate::policy::Deed;
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store::accounts::{self, AccountRow, Cause};
use crate::store::plans::{self, PlanRow};
use crate::work;
use alms_core::account::{Account, Format};
use alms_core::calendar::Date;
use alms_core::migration::columns::Scenario;
use alms_core::migration::{Policy, TakenBalance};
use alms_core::rule::RuleId;
use alms_core::tokens::Ledger;
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
    visit: Visit,
    Named(uid): Named,
    document: Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let Visit { caller, deadline } = visit;
        require(&desk, &caller, Deed::Plan, &uid, deadline).await?;
        let (on, policy) = asked(&document.json)?;
        let mut turn = desk.turn(deadline).await?;
        let row = find(turn.connection()?, &uid).await?;
        let (version, memory) = (row.version, turn.look().await);
        let planned = work::heavy(deadline, move || {
            let (account, balance) = stocked(&memory.ledger, &row, on)?;
            let refused = |error| Problem::from(wire::Error::from(error)).well_formed();
            let plan = migration::plan(&account, on, &policy).map_err(refused)?.from_balance(balance);
            Ok((plan.fingerprint.to_string(), wire::plan_to_json(&plan)))
        });
        let (fingerprint, text) = planned.await?;
        let is_new = plans::find(turn.connection()?, &fingerprint).await?.is_none();
        plans::upsert(turn.connection()?, &fingerprint, (&uid, version), &text).await?;
        turn.commit().await?;
        Ok(Answer(created(is_new), text))
    })
    .await
}

/// The day and the policy that a request asks for, as the library reads them.
fn asked(json: &str) -> Result<(Date, Policy), Problem> {
    let PlanRequest { on, policy } = read_document(json)?;
    let Scenario { on, policy } = wire::fleet_scenario_from_json(&text(&AskedScenario { on, policy })?)?;
    let on = on.ok_or_else(|| Problem::invalid("on", "`null` is no day; give the day of the migration"))?;
    Ok((on, policy))
}

/// The account with the stock that the ledger gives it as of the day of the plan.
fn stocked(ledger: &Ledger, row: &AccountRow, on: Date) -> Result<(Account, TakenBalance), Problem> {
    let account = account(row)?;
    let uid: &Uid = &account.data().uid;
    let balance = TakenBalance::of(uid, ledger, on).map_err(|_| Problem::internal())?;
    // An avc account has no stock: the library refuses to plan it again.
    let account = if account.data().format == Format::Avc { account } else { balance.stock_of(account) };
    Ok((account, balance))
}

/// `GET /plans/{fingerprint}`: the plan, the consent to it, and whether it was applied.
pub(crate) async fn read(
    State(desk): State<Desk>,
    visit: Visit,
    Named(fingerprint): Named,
) -> Result<Answer, Problem> {
    let Visit { caller, deadline } = visit;
    let row = find_plan(&mut *desk.read(deadline).await?, &fingerprint).await?;
    require_of_plan(&desk, &caller, Deed::Read, &row, &fingerprint, deadline).await?;
    work::by_size(row.plan.len(), deadline, move || Ok(Answer(StatusCode::OK, state(&row)?))).await
}

/// `PUT /plans/{fingerprint}/consent`: the customer agrees to this plan, which can be applied as things stand.
pub(crate) async fn consent(
    State(desk): State<Desk>,
    visit: Visit,
    Named(fingerprint): Named,
    document: Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let Visit { caller, deadline } = visit;
        let ConsentRequest { by, on } = read_document(&document.json)?;
        let row = find_plan(&mut *desk.read(deadline).await?, &fingerprint).await?;
        require_of_plan(&desk, &caller, Deed::Consent, &row, &fingerprint, deadline).await?;
        if let Ok(by) = serde_json::from_str::<String>(by.get()) {
            caller.require_name(&by)?;
        }
        let consent = text(&GivenConsent { by, on, fingerprint: &fingerprint })?;
        let mut turn = desk.turn(deadline).await?;
        let row = find_plan(turn.connection()?, &fingerprint).await?;
        // It is asked, not done.
        outcome(&mut turn, &row, &consent).await.map_err(|problem| problem.without("consent"))?;
        let place = (fingerprint.as_str(), row.uid.as_str());
        plans::set_consent(turn.connection()?, place, &consent, &caller.to_string()).await?;
        turn.commit().await?;
        let row = PlanRow { consent: Some(consent), ..row };
        work::by_size(row.plan.len(), deadline, move || Ok(Answer(StatusCode::OK, state(&row)?))).await
    })
    .await
}

/// `POST /plans/{fingerprint}/apply`: carries the plan out, once.
pub(crate) async fn apply(
    State(desk): State<Desk>,
    visit: Visit,
    Named(fingerprint): Named,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let Visit { caller, deadline } = visit;
        let row = find_plan(&mut *desk.read(deadline).await?, &fingerprint).await?;
        require_of_plan(&desk, &caller, Deed::Apply, &row, &fingerprint, deadline).await?;
        let mut turn = desk.turn(deadline).await?;
        let row = find_plan(turn.connection()?, &fingerprint).await?;
        if let Some(outcome) = row.outcome {
            return Ok(Answer(created(false), outcome));
        }
        let consent = row.consent.clone();
        let outcome = outcome(&mut turn, &row, consent.as_deref().unwrap_or("null")).await?;
        let Applied { account, subscriptions } = read_document(&outcome)?;
        let content = (Format::Avc.as_str(), account.get(), subscriptions.get());
        let entered_by = caller.to_string();
        let cause = Cause { what: "migrated", sequence: turn.bookings(), entered_by: &entered_by };
        if !accounts::replace(turn.connection()?, (&row.uid, row.version), content, cause).await? {
            return Err(stale(row.version, find(turn.connection()?, &row.uid).await?.version));
        }
        plans::insert_application(turn.connection()?, &fingerprint, &row, &outcome).await?;
        turn.commit().await?;
        Ok(Answer(created(true), outcome))
    })
    .await
}

/// Refuses what the caller may not do with a plan; one that it may not see is answered as one that is not there.
async fn require_of_plan(
    desk: &Desk,
    caller: &Caller,
    deed: Deed,
    row: &PlanRow,
    fingerprint: &str,
    deadline: Deadline,
) -> Result<(), Problem> {
    let memory = desk.look(deadline).await?;
    caller.require(Deed::Read, &row.uid, &memory.ledger).map_err(|_| no_plan(fingerprint))?;
    caller.require(deed, &row.uid, &memory.ledger)
}

/// What applying the plan to the account as it is now gives, or why it cannot be applied.
async fn outcome(turn: &mut Turn, plan: &PlanRow, consent: &str) -> Result<String, Problem> {
    let row = find(turn.connection()?, &plan.uid).await?;
    let (planned, current, memory) = (plan.version, row.version, turn.look().await);
    let (plan, consent) = (plan.plan.clone(), consent.to_owned());
    let applied = work::heavy(turn.deadline(), move || {
        let on = wire::plan_from_json(&plan)?.on;
        let account = wire::account_to_json(&stocked(&memory.ledger, &row, on)?.0);
        let input = Application { account: part(&account)?, plan: part(&plan)?, consent: part(&consent)? };
        Ok(wire::call("migration.apply", &text(&input)?)?)
    });
    let outcome = applied.await?;
    // The library looks at what the plan follows from. The version is stricter: tokens that came after the day of the
    // plan are no part of it, and would be lost.
    if current == planned { Ok(outcome) } else { Err(stale(planned, current)) }
}

fn stale(planned: i64, current: i64) -> Problem {
    let message = format!(
        "the plan was made from version `{planned}` of the account, which has version `{current}` by now; plan again and \
         ask for consent to that plan"
    );
    Problem::conflict(ErrorCode::StalePlan, RuleId::Mig19, "", message)
        .with("planned_version", planned)
        .with("version", current)
}

async fn find_plan(connection: &mut AnyConnection, fingerprint: &str) -> Result<PlanRow, Problem> {
    plans::find(connection, fingerprint).await?.ok_or_else(|| no_plan(fingerprint))
}

fn no_plan(fingerprint: &str) -> Problem {
    let message = format!(
        "no plan has the fingerprint `{fingerprint}`; give one of the last plans of an account, or plan again"
    );
    Problem::own("not_found", "fingerprint", message)
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
