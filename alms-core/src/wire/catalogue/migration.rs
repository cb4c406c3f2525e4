//! Errors of migrations.

use super::ErrorCode;

/// A request to plan this account.
macro_rules! planning {
    ($account:expr) => {
        concat!(r#"{"account":"#, $account, r#","on":"2023-03-25"}"#)
    };
}

/// A plan that was made from some other account than the one it is applied to.
macro_rules! applying {
    ($consent:literal) => {
        concat!(
            r#"{"account":"#,
            customer!(""),
            r#","plan":{"rulebook":"alms-rulebook/2","account":"a1","on":"2023-03-25","policy":{},"systems":[],"#,
            r#""tokens":{"opening":24,"written_off":0,"complete":0,"basic":0,"pro_rata":0,"unallocated":24,"#,
            r#""overgranted":0,"shortfall":0},"basic":null,"#,
            r#""summary":{"deleted":0,"inventory":0,"airlink_complete":0,"airlink_basic":0},"warnings":[],"#,
            r#""fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#,
            $consent,
            "}"
        )
    };
}

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::BalanceMismatch => (
            "migration.plan",
            concat!(
                r#"{"account":"#,
                customer!(""),
                r#","on":"2023-03-25","ledger":{"accounts":[{"uid":"a1","name":"Acme Buses","kind":"customer","opening":13}],"bookings":[]}}"#
            ),
        ),
        ErrorCode::AlreadyMigrated => {
            ("migration.plan", planning!(account!(r#""format":"avc","kind":"customer","tokens":0"#, "")))
        }
        ErrorCode::ConsentAfterMigration => (
            "migration.apply",
            applying!(
                r#","consent":{"by":"J. Doe","on":"2023-03-26","fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#
            ),
        ),
        ErrorCode::ConsentNotByAdministrator => (
            "migration.apply",
            applying!(
                r#","consent":{"by":"Jane Doe","on":"2023-03-20","fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"},"consent_by":"administrators""#
            ),
        ),
        ErrorCode::ConsentMismatch => (
            "migration.apply",
            applying!(r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:1111"}"#),
        ),
        ErrorCode::ConsentRequired => ("migration.apply", applying!("")),
        ErrorCode::DuplicateSerial => (
            "migration.plan",
            planning!(customer!(
                r#"{"serial":"LA1","model":"RV55","state":"active"},{"serial":"LA1","model":"RV50","state":"active"}"#
            )),
        ),
        ErrorCode::ResellerAccount => {
            ("migration.plan", planning!(account!(r#""format":"legacy","kind":"reseller","tokens":12"#, "")))
        }
        ErrorCode::FormatNotAvailable => (
            "migration.plan",
            planning!(account!(
                r#""format":"legacy","kind":"customer","created":"2022-01-01","tokens":12"#,
                ""
            )),
        ),
        ErrorCode::StalePlan => (
            "migration.apply",
            applying!(
                r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#
            ),
        ),
        ErrorCode::TooFewScenarios => {
            ("migration.compare", concat!(r#"{"account":"#, customer!(""), r#","scenarios":[]}"#))
        }
        ErrorCode::UnknownSerial => (
            "migration.explain",
            concat!(r#"{"account":"#, customer!(""), r#","on":"2023-03-25","serial":"LA1"}"#),
        ),
        ErrorCode::XrInLegacyAccount => {
            ("migration.plan", planning!(customer!(r#"{"serial":"LA1","model":"XR80","state":"active"}"#)))
        }
        _ => return None,
    })
}
