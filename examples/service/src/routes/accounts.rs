//! Accounts: created once, read, their systems reported.

use super::{Answer, created, to_the_end};
use crate::callers::Caller;
use crate::deadline::Deadline;
use crate::desk::{Desk, Turn, holder_of};
use crate::documents::{AccountState, ListedSystems, Stock, SystemsChange};
use crate::fields::{part, read as read_document, text};
use crate::gate::Visit;
use crate::policy::Deed;
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store::accounts::{self, AccountRow, Cause, NewAccount};
use crate::work;
use alms_core::account::{Account, AccountData, Format, Systems};
use alms_core::rule::RuleId;
use alms_core::tokens::{Standing, Tokens};
use alms_core::wire::{self, ErrorCode};
use axum::extract::State;
use axum::http::StatusCode;
use sqlx::AnyConnection;

/// `POST /accounts`: creates an account, once.
pub(crate) async fn create(
    State(desk): State<Desk>,
    visit: Visit,
    document: Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let Visit { caller, deadline } = visit;
        let bytes = document.json.len();
        let read = move || Ok(wire::account_from_json(&document.json)?);
        let account = work::by_size(bytes, deadline, read).await?;
        caller.require_creation(account.data())?;
        create_in(desk.turn(deadline).await?, account, &caller.to_string()).await
    })
    .await
}

async fn create_in(mut turn: Turn, account: Account, entered_by: &str) -> Result<Answer, Problem> {
    let document = wire::account_to_json(&account);
    let data = account.data();
    let uid = data.uid.as_str().to_owned();
    if let Some(row) = accounts::find(turn.connection()?, &uid).await? {
        // Its systems or its stock may have changed since.
        return if is_first(turn.connection()?, &uid, &document).await? {
            Ok(Answer(created(false), state(&row)?))
        } else {
            let message = format!("another account has the UID `{uid}`; use one of its own");
            Err(Problem::conflict(ErrorCode::UidTaken, RuleId::Acc3, "uid", message))
        };
    }
    if accounts::is_name_taken(turn.connection()?, data.name.as_str()).await? {
        let message = format!("another account has the name `{}`; choose another one", data.name);
        return Err(Problem::conflict(ErrorCode::NameTaken, RuleId::Acc3, "name", message));
    }
    let opening = Standing::opening(data.tokens);
    let new = NewAccount {
        uid: &uid,
        name: data.name.as_str(),
        format: data.format.as_str(),
        opening: data.tokens.get(),
        status: opening.status.as_str(),
        document: &document,
    };
    let (number, sequence) = (turn.next_account(), turn.bookings());
    let cause = Cause { what: "created", sequence, entered_by };
    accounts::insert(turn.connection()?, &new, number, cause).await?;
    let row = find(turn.connection()?, &uid).await?;
    turn.commit_account(holder_of(account.into_data())).await?;
    Ok(Answer(created(true), state(&row)?))
}

/// Whether the account was created by this very document.
async fn is_first(connection: &mut AnyConnection, uid: &str, document: &str) -> sqlx::Result<bool> {
    Ok(accounts::first_document(connection, uid).await?.is_some_and(|first| first == document))
}

/// `GET /accounts/{uid}`: the account, its stock and its subscriptions.
pub(crate) async fn read(
    State(desk): State<Desk>,
    visit: Visit,
    Named(uid): Named,
) -> Result<Answer, Problem> {
    let Visit { caller, deadline } = visit;
    require(&desk, &caller, Deed::Read, &uid, deadline).await?;
    let row = find(&mut *desk.read(deadline).await?, &uid).await?;
    let bytes = row.document.len().saturating_add(row.subscriptions.len());
    work::by_size(bytes, deadline, move || Ok(Answer(StatusCode::OK, state(&row)?))).await
}

/// `PUT /accounts/{uid}/systems`: the systems as they are now, if the account still has the version that is named.
pub(crate) async fn set_systems(
    State(desk): State<Desk>,
    visit: Visit,
    Named(uid): Named,
    document: Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let Visit { caller, deadline } = visit;
        require(&desk, &caller, Deed::ReportSystems, &uid, deadline).await?;
        // It is looked at before the turn, so that nobody waits for what cannot be read.
        let bytes = document.json.len();
        let (version, systems) = work::by_size(bytes, deadline, move || read_change(&document.json)).await?;
        let mut turn = desk.turn(deadline).await?;
        let row = find(turn.connection()?, &uid).await?;
        let old = row.document.clone();
        let content = work::by_size(bytes.max(old.len()), deadline, move || with_systems(&old, systems));
        let content = content.await?;
        require_version(&row, version)?;
        let entered_by = caller.to_string();
        let cause = Cause { what: "systems", sequence: turn.bookings(), entered_by: &entered_by };
        let place = (uid.as_str(), version);
        let content = (Format::Legacy.as_str(), content.as_str(), "[]");
        if !accounts::replace(turn.connection()?, place, content, cause).await? {
            return Err(version_conflict(row.version));
        }
        let row = find(turn.connection()?, &uid).await?;
        turn.commit().await?;
        work::by_size(bytes, deadline, move || Ok(Answer(StatusCode::OK, state(&row)?))).await
    })
    .await
}

/// Refuses what the caller may not do with the account.
pub(crate) async fn require(
    desk: &Desk,
    caller: &Caller,
    deed: Deed,
    uid: &str,
    deadline: Deadline,
) -> Result<(), Problem> {
    if caller.sees_everything() && deed != Deed::Consent {
        // It asks nothing of the account.
        return Ok(());
    }
    caller.require(deed, uid, &desk.look(deadline).await?.ledger)
}

/// The version and the systems of a report.
fn read_change(json: &str) -> Result<(i64, Systems), Problem> {
    let SystemsChange { version, systems } = read_document(json)?;
    let version = read_version(version.get())?;
    Ok((version, wire::systems_from_json(&text(&ListedSystems { systems })?)?))
}

fn read_version(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(60).collect();
        Problem::invalid(
            "version",
            format!("`{shown}` is not a version; write the number that reading the account gave"),
        )
    })
}

fn require_version(row: &AccountRow, version: i64) -> Result<(), Problem> {
    if row.version == version { Ok(()) } else { Err(version_conflict(row.version)) }
}

fn version_conflict(current: i64) -> Problem {
    let message = format!("the account has version `{current}` by now; read it again, then decide again");
    Problem::own("version_conflict", "version", message).with("version", current)
}

/// The account with other systems, as the library writes it.
fn with_systems(document: &str, systems: Systems) -> Result<String, Problem> {
    let data = wire::account_from_json(document)?.into_data();
    if data.format == Format::Avc {
        let message = "the account is avc; its systems follow from its subscriptions";
        return Err(Problem::conflict(ErrorCode::AlreadyMigrated, RuleId::Mig2, "", message.to_owned()));
    }
    let account = Account::try_new(AccountData { systems, ..data });
    Ok(wire::account_to_json(&account.map_err(wire::Error::from)?))
}

/// The account that a path names.
pub(crate) async fn find(connection: &mut AnyConnection, uid: &str) -> Result<AccountRow, Problem> {
    accounts::find(connection, uid).await?.ok_or_else(|| {
        let message = format!("no account has the UID `{uid}`; correct it, or add the account");
        Problem::missing(ErrorCode::UnknownAccount, RuleId::Acc1, "uid", message)
    })
}

/// The account as the library reads it, with the stock of today.
pub(crate) fn account(row: &AccountRow) -> Result<Account, Problem> {
    let mut data = wire::account_from_json(&row.document)?.into_data();
    if data.format == Format::Legacy {
        data.tokens = Tokens::try_new(row.balance).map_err(|_| Problem::internal())?;
    }
    Ok(Account::try_new(data).map_err(wire::Error::from)?)
}

/// What the service says about an account.
pub(crate) fn state(row: &AccountRow) -> Result<String, Problem> {
    let stock = Stock { balance: row.balance, status: &row.status };
    let account = wire::account_to_json(&account(row)?);
    let (account, subscriptions) = (part(&account)?, part(&row.subscriptions)?);
    text(&AccountState { version: row.version, stock, account, subscriptions })
}
