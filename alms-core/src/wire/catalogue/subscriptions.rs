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
        ErrorCode::BeforeStart => subscription!(
            r#""registered":"2023-01-15","events":[{"on":"2023-01-14","type":"renewal","years":1}]"#
        ),
        ErrorCode::BillingMismatch => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2023-10-20","type":"renewal","years":1}]"#
        ),
        ErrorCode::FirstYear => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2024-01-14","type":"termination"}]"#
        ),
        ErrorCode::MissingPrice => (
            "subscriptions.quote",
            r#"{"subscriptions":[{"serial":"LA1","offer":"AirLink Complete","registered":"2023-01-15"}],"on":"2023-11-01","due_until":"2024-03-31","renew":{"years":3},"prices":[{"offer":"AirLink Complete","months":12,"price":{"amount":"99.00","currency":"USD"}}]}"#,
        ),
        ErrorCode::NotInInventory => subscription!(
            r#""registered":"2023-01-15","events":[{"on":"2023-10-20","type":"activation","years":1}]"#
        ),
        ErrorCode::PrePaidTerm => {
            subscription!(r#""registered":"2023-01-15","events":[{"on":"2024-10-20","type":"termination"}]"#)
        }
        ErrorCode::Terminated => subscription!(
            r#""registered":"2023-01-15","billing":"direct","events":[{"on":"2024-02-01","type":"termination"},{"on":"2024-02-02","type":"termination"}]"#
        ),
        ErrorCode::NoEndDate => (
            "subscriptions.renew",
            r#"{"subscription":{"serial":"LA1","state":"inventory","end_date":null},"years":1,"on":"2023-10-20"}"#,
        ),
        _ => return None,
    })
}
