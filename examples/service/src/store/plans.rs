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
    insert.bind(fingerprint).bind(uid).bind(version).bind(plan).execute(connection).await?;
    Ok(())
}

/// Stores a consent, instead of an earlier one.
pub(crate) async fn set_consent(
    connection: &mut AnyConnection,
    fingerprint: &str,
    consent: &str,
) -> sqlx::Result<()> {
    let update = sqlx::query("UPDATE plans SET consent = $1 WHERE fingerprint = $2");
    update.bind(consent).bind(fingerprint).execute(connection).await?;
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
