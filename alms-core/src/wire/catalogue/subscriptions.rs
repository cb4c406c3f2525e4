//! Errors of subscriptions.

use super::ErrorCode;

/// A list of what is due of a subscription with these fields after its serial.
macro_rules! subscription {
    ($fields:literal) => {
        (
            "subscriptions.due",
            concat!(
                r#"{"on":"2026-01-01","subscriptions":[{"serial":"LA1","offer":"AirLink Complete","#,
                $fields,
                "}]}"
            ),
        )
    };
}

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::BeforeAsOf => {
            subscription!(r#""as_of":"2026-01-15","registered":"2023-01-15","end_date":"2027-01-15""#)
        }
        ErrorCode::EventAlreadyCounted => subscription!(
            r#""as_of":"2025-12-31","registered":"2023-01-15","end_date":"2027-01-15","events":[{"on":"2023-10-20","type":"renewal","months":36}]"#
        ),
        ErrorCode::BeforeStart => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2023-01-14","type":"termination"}]"#
        ),
        ErrorCode::BillingMismatch => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2023-10-20","type":"renewal","months":12}]"#
        ),
        ErrorCode::EndBeforeStart => subscription!(r#""start_date":"2024-03-10","end_date":"2024-01-15""#),
        ErrorCode::FirstRegisteredAfterRegistration => {
            subscription!(r#""first_registered":"2023-01-16","registered":"2023-01-15""#)
        }
        ErrorCode::NothingToWithdraw => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2023-02-01","type":"termination","withdraw":true}]"#
        ),
        ErrorCode::StartBeforeRegistration => {
            subscription!(r#""start_date":"2023-01-14","registered":"2023-01-15""#)
        }
        ErrorCode::TermOverBeforeOrder => (
            "subscriptions.renew",
            r#"{"subscription":{"registered":"2021-01-15","end_date":"2022-01-15"},"months":12,"on":"2024-03-01","late":"from_end"}"#,
        ),
        ErrorCode::MissingPrice => (
            "subscriptions.quote",
            r#"{"subscriptions":[{"serial":"LA1","offer":"AirLink Complete","registered":"2023-01-15"}],"on":"2023-11-01","due_until":"2024-03-31","renew":{"months":36},"prices":[{"offer":"AirLink Complete","months":12,"price":{"amount":"99.00","currency":"USD"}}]}"#,
        ),
        ErrorCode::NotInInventory => subscription!(
            r#""registered":"2023-01-15","events":[{"on":"2023-10-20","type":"activation","months":12}]"#
        ),
        ErrorCode::PrePaidTerm => {
            subscription!(r#""registered":"2023-01-15","events":[{"on":"2024-10-20","type":"termination"}]"#)
        }
        ErrorCode::Terminated => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2024-02-01","type":"termination"},{"on":"2024-02-15","type":"termination"}]"#
        ),
        ErrorCode::NoEndDate => (
            "subscriptions.renew",
            r#"{"subscription":{"serial":"LA1","state":"inventory","end_date":null},"months":12,"on":"2023-10-20"}"#,
        ),
        _ => return None,
    })
}
