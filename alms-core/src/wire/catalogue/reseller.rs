//! Errors of a reseller's tools.

use super::ErrorCode;

/// A request to transfer a system of a reseller, registered in January 2023 under AirLink Complete, on this day and with
/// these fields.
macro_rules! transferring {
    ($on:literal, $fields:literal) => {
        (
            "reseller.transfer",
            concat!(
                r#"{"from":{"uid":"r1","format":"avc","kind":"reseller","instance":"na"},"#,
                r#""to":{"uid":"c1","format":"avc","kind":"customer","instance":"na","partners":["r1"]},"on":""#,
                $on,
                r#"","systems":[{"subscription":{"serial":"LA1","model":"RV55","offer":"AirLink Complete","#,
                r#""registered":"2023-01-15","end_date":"2028-01-15","renews_every_months":60}"#,
                $fields,
                "}]}"
            ),
        )
    };
}

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::OfferTypeMismatch => transferring!("2023-06-01", r#","offer":"AirLink Premium""#),
        ErrorCode::ServiceAllocationMissing => transferring!("2024-01-16", ""),
        _ => return None,
    })
}
