//! Errors of token stocks.

use super::ErrorCode;

/// A ledger of a partner with 24 tokens and two customers of the same name, and these bookings.
macro_rules! ledger {
    ($bookings:literal) => {
        concat!(
            r#"{"accounts":[{"uid":"p1","name":"Partner","kind":"reseller","opening":24},"#,
            r#"{"uid":"c1","name":"Acme Buses","kind":"customer","administrators":["ann@acme.example"],"partners":["p1"]},"#,
            r#"{"uid":"c2","name":"Acme Buses","kind":"customer","administrators":["ann@acme.example"]}],"bookings":["#,
            $bookings,
            "]"
        )
    };
}

/// A request for the journal of a ledger in which the last of these bookings is refused.
macro_rules! booking {
    ($bookings:literal) => {
        ("tokens.journal", concat!(ledger!($bookings), "}"))
    };
}

/// Ten times the text of a macro, with the digits of a number after what it is given.
macro_rules! ten {
    ($of:ident, $prefix:expr) => {
        concat!(
            $of!(concat!($prefix, "0")),
            $of!(concat!($prefix, "1")),
            $of!(concat!($prefix, "2")),
            $of!(concat!($prefix, "3")),
            $of!(concat!($prefix, "4")),
            $of!(concat!($prefix, "5")),
            $of!(concat!($prefix, "6")),
            $of!(concat!($prefix, "7")),
            $of!(concat!($prefix, "8")),
            $of!(concat!($prefix, "9"))
        )
    };
}

macro_rules! account {
    ($uid:expr) => {
        concat!(r#"{"uid":"c"#, $uid, r#"","name":"c"#, $uid, r#"","kind":"customer"},"#)
    };
}

macro_rules! ten_accounts {
    ($prefix:expr) => {
        ten!(account, $prefix)
    };
}

macro_rules! hundred_accounts {
    ($prefix:expr) => {
        ten!(ten_accounts, $prefix)
    };
}

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::AlreadyDeleted => booking!(
            r#"{"key":"t1","on":"2023-05-03","type":"transfer","partner":"p1","customer":"c1","packs":1,"po_number":"PO 1"},{"key":"d1","on":"2023-05-04","type":"delete","target":"t1"},{"key":"d2","on":"2023-05-05","type":"delete","target":"t1"}"#
        ),
        ErrorCode::AlreadyRegistered => booking!(
            r#"{"key":"r1","on":"2023-05-03","type":"registration","account":"c1","serial":"LA1","model":"RV55"},{"key":"r2","on":"2023-05-04","type":"registration","account":"c2","serial":"LA1","model":"RV55"}"#
        ),
        ErrorCode::AmbiguousCustomer => booking!(
            r#"{"key":"o1","on":"2023-05-03","type":"order","po_number":"PO 1","partner":"p1","packs":1,"customer_name":"Acme Buses","customer_admin":"ann@acme.example"}"#
        ),
        ErrorCode::BeforeOrder => booking!(
            r#"{"key":"t1","on":"2023-05-03","type":"transfer","partner":"p1","customer":"c1","packs":1,"po_number":"PO 1"},{"key":"e1","on":"2023-05-02","type":"edit","target":"t1","packs":2}"#
        ),
        ErrorCode::DuplicateAccount => (
            "tokens.replay",
            r#"{"accounts":[{"uid":"c1","name":"Acme Buses","kind":"customer"},{"uid":"c1","name":"Acme Trams","kind":"customer"}],"bookings":[]}"#,
        ),
        ErrorCode::IncompleteIdentification => booking!(
            r#"{"key":"o1","on":"2023-05-03","type":"order","po_number":"PO 1","partner":"p1","packs":1,"customer_uid":"c1"}"#
        ),
        ErrorCode::InsufficientTokens => booking!(
            r#"{"key":"t1","on":"2023-05-03","type":"transfer","partner":"p1","customer":"c1","packs":3,"po_number":"PO 1"}"#
        ),
        ErrorCode::InvalidDiscount => ("orders.price", r#"{"packs":3,"discount":{"percent":"101"}}"#),
        ErrorCode::KeyReused => booking!(
            r#"{"key":"g1","on":"2023-05-03","type":"grant","account":"c1","tokens":5},{"key":"g1","on":"2023-05-03","type":"grant","account":"c1","tokens":6}"#
        ),
        ErrorCode::MonthAlreadyBooked => booking!(
            r#"{"key":"u1","on":"2023-05-31","type":"consumption","account":"c1","month":"2023-05","peak":8},{"key":"u2","on":"2023-06-01","type":"consumption","account":"c1","month":"2023-05","peak":8}"#
        ),
        ErrorCode::MonthClosed => booking!(
            r#"{"key":"t1","on":"2023-05-31","type":"transfer","partner":"p1","customer":"c1","packs":1,"po_number":"PO 1"},{"key":"e1","on":"2023-06-01","type":"edit","target":"t1","packs":2}"#
        ),
        ErrorCode::MonthNotOver => booking!(
            r#"{"key":"u1","on":"2023-05-30","type":"consumption","account":"c1","month":"2023-05","peak":8}"#
        ),
        ErrorCode::NotAPartner => booking!(
            r#"{"key":"t1","on":"2023-05-03","type":"transfer","partner":"p1","customer":"c2","packs":1,"po_number":"PO 1"}"#
        ),
        ErrorCode::NotEditable => booking!(
            r#"{"key":"g1","on":"2023-05-03","type":"grant","account":"c1","tokens":5},{"key":"d1","on":"2023-05-03","type":"delete","target":"g1"}"#
        ),
        ErrorCode::NotPositive => {
            booking!(r#"{"key":"g1","on":"2023-05-03","type":"grant","account":"c1","tokens":0}"#)
        }
        ErrorCode::SeriesNotEligible => booking!(
            r#"{"key":"r1","on":"2023-05-03","type":"registration","account":"c1","serial":"LA1","model":"XR80"}"#
        ),
        ErrorCode::TooLarge => (
            "tokens.simulate",
            concat!(
                r#"{"on":"2023-01-01","until":"2122-12-31","bookings":[],"accounts":["#,
                ten!(hundred_accounts, ""),
                r#"{"uid":"p1","name":"Partner","kind":"reseller"}]}"#
            ),
        ),
        ErrorCode::UnknownAccount => {
            booking!(r#"{"key":"g1","on":"2023-05-03","type":"grant","account":"c3","tokens":5}"#)
        }
        ErrorCode::UnknownBooking => {
            booking!(r#"{"key":"d1","on":"2023-05-03","type":"delete","target":"t1"}"#)
        }
        ErrorCode::UnknownCustomer => booking!(
            r#"{"key":"o1","on":"2023-05-03","type":"order","po_number":"PO 1","partner":"p1","packs":1,"customer_uid":"c3","customer_admin":"ann@acme.example"}"#
        ),
        ErrorCode::UnknownUse => (
            "tokens.advice",
            r#"{"balance":60,"on":"2023-05-10","previous_peak":null,"current_peak":null,"months":12}"#,
        ),
        _ => return None,
    })
}
