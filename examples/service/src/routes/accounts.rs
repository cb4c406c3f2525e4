//! Accounts: created once, read, their systems reported.

use super::{Answer, created, to_the_end};
use crate::desk::{Desk, Turn, holder_of};
use crate::documents::{AccountState, Stock, SystemsChange};
use crate::fields::{part, read as read_document, text};
use crate::problem::Problem;
use crate::request::{Document, Named};
use crate::store::accounts::{self, AccountRow, NewAccount};
use alms_core::account::{Account, Format};
use alms_core::rule::RuleId;
use alms_core::tokens::{Standing, Tokens};
use alms_core::wire::{self, ErrorCode};
use axum::extract::State;
use axum::http::StatusCode;
use sqlx::AnyConnection;

/// `POST /accounts`: creates an account, once.
pub(crate) async fn create(State(desk): State<Desk>, Document(json): Document) -> Result<Answer, Problem> {
    let account = wire::account_from_json(&json)?;
    to_the_end(async move {
        let turn = desk.turn().await?;
        create_in(turn, account).await
    })
    .await
}

async fn create_in(mut turn: Turn, account: Account) -> Result<Answer, Problem> {
    let document = wire::account_to_json(&account);
    let data = account.data();
    let uid = data.uid.as_str().to_owned();
    if let Some(row) = accounts::find(turn.connection(), &uid).await? {
        // Its systems or its stock may have changed since.
        return if is_first(turn.connection(), &uid, &document).await? {
            Ok(Answer(created(false), state(&row)?))
        } else {
            let message = format!("another account has the UID `{uid}`; use one of its own");
            Err(Problem::conflict(ErrorCode::UidTaken, RuleId::Acc3, "uid", message))
        };
    }
    if accounts::is_name_taken(turn.connection(), data.name.as_str()).await? {
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
    accounts::insert(turn.connection(), &new, number, sequence).await?;
    let row = find(turn.connection(), &uid).await?;
    turn.commit_account(holder_of(account.into_data())).await?;
    Ok(Answer(created(true), state(&row)?))
}

/// Whether the account was created by this very document.
async fn is_first(connection: &mut AnyConnection, uid: &str, document: &str) -> sqlx::Result<bool> {
    Ok(accounts::first_document(connection, uid).await?.is_some_and(|first| first == document))
}

/// `GET /accounts/{uid}`: the account, its stock and its subscriptions.
pub(crate) async fn read(State(desk): State<Desk>, Named(uid): Named) -> Result<Answer, Problem> {
    let row = find(&mut *desk.read().await?, &uid).await?;
    Ok(Answer(StatusCode::OK, state(&row)?))
}

/// `PUT /accounts/{uid}/systems`: the systems as they are now, if the account still has the version that is named.
pub(crate) async fn set_systems(
    State(desk): State<Desk>,
    Named(uid): Named,
    Document(json): Document,
) -> Result<Answer, Problem> {
    to_the_end(async move {
        let SystemsChange { version, systems } = read_document(&json)?;
        let version = read_version(version.get())?;
        let mut turn = desk.turn().await?;
        let row = find(turn.connection(), &uid).await?;
        let document = with_systems(&row.document, systems.get())?;
        require_version(&row, version)?;
        let sequence = turn.bookings();
        let place = (uid.as_str(), version);
        let content = (Format::Legacy.as_str(), document.as_str(), "[]");
        if !accounts::replace(turn.connection(), place, content, ("systems", sequence)).await? {
            return Err(version_conflict(row.version));
        }
        let row = find(turn.connection(), &uid).await?;
        turn.commit().await?;
        Ok(Answer(StatusCode::OK, state(&row)?))
    })
    .await
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

/// The account with other systems, as the library reads it.
fn with_systems(document: &str, systems: &str) -> Result<String, Problem> {
    let data = wire::account_from_json(document)?.into_data();
    if data.format == Format::Avc {
        let message = "the account is avc; its systems follow from its subscriptions";
        return Err(Problem::conflict(ErrorCode::AlreadyMigrated, RuleId::Mig2, "", message.to_owned()));
    }
    // Only its systems are taken from this document; the rest makes it one.
    let host = r#""uid":"-","name":"-","instance":"na","format":"legacy","kind":"customer","tokens":0"#;
    let systems = wire::account_from_json(&format!(r#"{{{host},"systems":{systems}}}"#))?.into_data().systems;
    let account = Account::try_new(alms_core::account::AccountData { systems, ..data });
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
