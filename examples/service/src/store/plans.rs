//! Plans, consents, and what was applied.

use sqlx::{AnyConnection, Row as _};

/// A plan as it is stored.
#[derive(Debug)]
pub(crate) struct PlanRow {
    pub(crate) uid: String,
    /// The version of the account from which it was made.
    pub(crate) version: i64,
    pub(crate) plan: String,
    pub(crate) consent: Option<String>,
    /// What applying it left, if it was applied.
    pub(crate) outcome: Option<String>,
}

/// The plan with this fingerprint.
pub(crate) async fn find(connection: &mut AnyConnection, fingerprint: &str) -> sqlx::Result<Option<PlanRow>> {
    let row = sqlx::query(
        "SELECT plans.uid, plans.version, plans.plan, plans.consent, applications.outcome FROM plans \
         LEFT JOIN applications ON applications.fingerprint = plans.fingerprint WHERE plans.fingerprint = $1",
    );
    let row = row.bind(fingerprint).fetch_optional(connection).await?;
    row.map(|row| {
        Ok(PlanRow {
            uid: row.try_get(0)?,
            version: row.try_get(1)?,
            plan: row.try_get(2)?,
            consent: row.try_get(3)?,
            outcome: row.try_get(4)?,
        })
    })
    .transpose()
}

/// As many plans of an account are kept that were not applied: those that were made or agreed to last.
const KEPT: i64 = 20;

/// Stores a plan. The same plan, made again, is that of the account as it is now: what is agreed stays agreed.
pub(crate) async fn upsert(
    connection: &mut AnyConnection,
    fingerprint: &str,
    (uid, version): (&str, i64),
    plan: &str,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "INSERT INTO plans (fingerprint, uid, version, plan) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (fingerprint) DO UPDATE SET version = excluded.version, plan = excluded.plan",
    );
    insert.bind(fingerprint).bind(uid).bind(version).bind(plan).execute(&mut *connection).await?;
    put_last(connection, fingerprint, uid).await
}

/// Stores a consent and who entered it, instead of an earlier one.
pub(crate) async fn set_consent(
    connection: &mut AnyConnection,
    (fingerprint, uid): (&str, &str),
    consent: &str,
    entered_by: &str,
) -> sqlx::Result<()> {
    let update = sqlx::query("UPDATE plans SET consent = $1, consent_entered_by = $2 WHERE fingerprint = $3");
    let update = update.bind(consent).bind(entered_by).bind(fingerprint);
    update.execute(&mut *connection).await?;
    put_last(connection, fingerprint, uid).await
}

/// Makes a plan the last one of its account, and forgets those before the latest.
async fn put_last(connection: &mut AnyConnection, fingerprint: &str, uid: &str) -> sqlx::Result<()> {
    let last = sqlx::query("SELECT COALESCE(MAX(place), 0) FROM plans WHERE uid = $1").bind(uid);
    let last: i64 = last.fetch_one(&mut *connection).await?.try_get(0)?;
    let place = last.saturating_add(1);
    let update = sqlx::query("UPDATE plans SET place = $1 WHERE fingerprint = $2");
    update.bind(place).bind(fingerprint).execute(&mut *connection).await?;
    let forget = sqlx::query(
        "DELETE FROM plans WHERE uid = $1 AND fingerprint NOT IN (SELECT fingerprint FROM applications WHERE uid = $1) \
         AND fingerprint NOT IN (SELECT fingerprint FROM plans WHERE uid = $1 ORDER BY place DESC LIMIT $2)",
    );
    forget.bind(uid).bind(KEPT).execute(connection).await?;
    Ok(())
}

/// Stores what was applied; the unique columns refuse a second time.
pub(crate) async fn insert_application(
    connection: &mut AnyConnection,
    fingerprint: &str,
    row: &PlanRow,
    outcome: &str,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "INSERT INTO applications (uid, fingerprint, planned_version, applied_version, outcome) \
         SELECT uid, $1, $2, version, $3 FROM accounts WHERE uid = $4",
    );
    let insert = insert.bind(fingerprint).bind(row.version).bind(outcome).bind(&row.uid);
    insert.execute(connection).await?;
    Ok(())
}
