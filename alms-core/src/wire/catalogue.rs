//! An input for every error code that produces it: the source of the published list, and a test of it.

use super::ErrorCode;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A call that fails, or gives a verdict with an error.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The operation.
    pub op: &'static str,
    /// The input document.
    pub input: &'static str,
}

/// An account with the given fields after its name, and these systems.
macro_rules! account {
    ($fields:literal, $systems:literal) => {
        concat!(
            r#"{"uid":"a1","name":"Acme Buses","instance":"na","#,
            $fields,
            r#","systems":["#,
            $systems,
            "]}"
        )
    };
}

/// A legacy customer account with 12 tokens.
macro_rules! customer {
    ($systems:literal) => {
        account!(r#""format":"legacy","kind":"customer","tokens":12"#, $systems)
    };
}

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
            r#","plan":{"rulebook":"alms-rulebook/1","account":"a1","on":"2023-03-25","policy":{},"systems":[],"#,
            r#""tokens":{"opening":24,"written_off":0,"complete":0,"basic":0,"pro_rata":0,"unallocated":24,"#,
            r#""overgranted":0,"shortfall":0},"basic":null,"#,
            r#""summary":{"deleted":0,"inventory":0,"airlink_complete":0,"airlink_basic":0},"warnings":[],"#,
            r#""fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#,
            $consent,
            "}"
        )
    };
}

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

/// A directory of a partner, a partner without an agreement, and a customer.
macro_rules! directory {
    () => {
        concat!(
            r#""directory":[{"uid":"p1","name":"Partner","instance":"eu","format":"avc","kind":"reseller","#,
            r#""administrators":["rep@partner.example"],"agreement":true},"#,
            r#"{"uid":"p2","name":"Other Partner","instance":"na","format":"avc","kind":"reseller","agreement":false},"#,
            r#"{"uid":"c1","name":"Acme Buses","instance":"na","format":"avc","kind":"customer","#,
            r#""administrators":["ann@acme.example"],"partnerships":[{"partner":"p2"}]}]"#
        )
    };
}

/// A request to create an account with these fields, in this way.
macro_rules! creating {
    ($account:literal, $channel:literal) => {
        (
            "accounts.create",
            concat!(
                r#"{"account":{"#,
                $account,
                r#"},"channel":{"type":"#,
                $channel,
                r#"},"on":"2024-05-01","#,
                directory!(),
                "}"
            ),
        )
    };
}

/// A request to take this step towards a partnership of `c1` and this partner, after these steps.
macro_rules! partnering {
    ($partner:literal, $steps:literal, $step:literal) => {
        (
            "accounts.partnership",
            concat!(
                r#"{"customer":"c1","partner":"#,
                $partner,
                r#","steps":["#,
                $steps,
                r#"],"step":{"#,
                $step,
                "},",
                directory!(),
                "}"
            ),
        )
    };
}

/// A request to link a legacy account with an avc account, with these fields.
macro_rules! linking {
    ($avc_uid:literal, $avc_format:literal, $fields:literal) => {
        (
            "accounts.link",
            concat!(
                r#"{"legacy":{"uid":"l1","name":"Acme Buses","instance":"na","format":"legacy","kind":"customer","#,
                r#""administrators":["ann@acme.example"]},"#,
                r#""avc":{"uid":"#,
                $avc_uid,
                r#","name":"Acme Buses XR","instance":"na","format":"#,
                $avc_format,
                r#","kind":"customer","administrators":["ann+xr@acme.example"]},"#,
                $fields,
                "}"
            ),
        )
    };
}

/// A request to check a free tier account with these fields and systems.
macro_rules! checking {
    ($fields:literal, $systems:literal) => {
        (
            "accounts.check",
            concat!(
                r#"{"account":"#,
                account!(r#""format":"avc","kind":"free_tier","tokens":0"#, $systems),
                r#","on":"2024-05-10""#,
                $fields,
                "}"
            ),
        )
    };
}

/// What a verdict says is wrong.
#[derive(Deserialize)]
struct Verdict {
    errors: Vec<Box<RawValue>>,
}

impl Example {
    /// The error that it produces as JSON: the call's, or the first one of a verdict.
    pub fn error_json(&self) -> Option<String> {
        match super::call(self.op, self.input) {
            Err(error) => Some(error.to_json()),
            Ok(output) => {
                let verdict: Verdict = serde_json::from_str(&output).ok()?;
                Some(verdict.errors.first()?.get().to_owned())
            }
        }
    }
}

/// The call that shows `code`.
pub const fn example(code: ErrorCode) -> Example {
    let (op, input) = match code {
        ErrorCode::AlreadyActivated => {
            ("accounts.activate", r#"{"created":"2024-05-01","activated":"2024-05-03","on":"2024-05-04"}"#)
        }
        ErrorCode::AlreadyAnswered => partnering!(
            r#""p1""#,
            r#"{"type":"request","on":"2024-05-01","by":"rep@partner.example"},{"type":"refuse","on":"2024-05-02","by":"ann@acme.example"}"#,
            r#""type":"grant","on":"2024-05-03","by":"ann@acme.example""#
        ),
        ErrorCode::AlreadyPartner => partnering!(
            r#""p2""#,
            "",
            r#""type":"link","on":"2024-05-01","by":"ann@acme.example","ticket":{"number":"T-1","accounts":["c1","p2"]}"#
        ),
        ErrorCode::AlreadyRequested => partnering!(
            r#""p1""#,
            r#"{"type":"request","on":"2024-05-01","by":"rep@partner.example"}"#,
            r#""type":"request","on":"2024-05-02","by":"rep@partner.example""#
        ),
        ErrorCode::BeforeCreation => ("accounts.activation", r#"{"created":"2024-05-01","on":"2024-04-30"}"#),
        ErrorCode::CreationExpired => ("accounts.activate", r#"{"created":"2024-05-01","on":"2024-05-09"}"#),
        ErrorCode::EmailTaken => creating!(
            r#""uid":"c2","name":"Bolt Taxis","instance":"na","administrator":"ann@acme.example""#,
            r#""sign_up""#
        ),
        ErrorCode::IncompleteContact => {
            checking!(r#","support_contact":{"name":"Help desk","phone":""}"#, "")
        }
        ErrorCode::IncompleteTicket => linking!(
            r#""c1""#,
            r#""avc""#,
            r#""extra_email":"ann+xr@acme.example","ticket":{"number":"T-1","accounts":["c1"]}"#
        ),
        ErrorCode::InstanceMismatch => creating!(
            r#""uid":"c2","name":"Bolt Taxis","instance":"na","administrator":"bea@bolt.example""#,
            r#""partner_link","partner":"p1""#
        ),
        ErrorCode::InstanceRequired => {
            creating!(r#""uid":"c2","name":"Bolt Taxis","administrator":"bea@bolt.example""#, r#""sign_up""#)
        }
        ErrorCode::KindNotAvailable => creating!(
            r#""uid":"c2","name":"Bolt Taxis","instance":"na","kind":"free_tier","administrator":"bea@bolt.example""#,
            r#""sign_up""#
        ),
        ErrorCode::NameTaken => creating!(
            r#""uid":"c2","name":"Acme Buses","instance":"na","administrator":"bea@bolt.example""#,
            r#""sign_up""#
        ),
        ErrorCode::NoAdministrator => (
            "accounts.link",
            r#"{"legacy":{"uid":"l1","name":"Acme Buses","instance":"na","format":"legacy","kind":"customer"},"avc":{"uid":"c1","name":"Acme Buses XR","instance":"na","format":"avc","kind":"customer","administrators":["ann+xr@acme.example"]},"extra_email":"ann+xr@acme.example","partner_link":"p1"}"#,
        ),
        ErrorCode::NoRequest => {
            partnering!(r#""p1""#, "", r#""type":"grant","on":"2024-05-03","by":"ann@acme.example""#)
        }
        ErrorCode::NoSignupLink => creating!(
            r#""uid":"c2","name":"Bolt Taxis","administrator":"bea@bolt.example""#,
            r#""partner_link","partner":"p2""#
        ),
        ErrorCode::NotAnAdministrator => {
            partnering!(r#""p1""#, "", r#""type":"request","on":"2024-05-03","by":"eve@partner.example""#)
        }
        ErrorCode::NotAReseller => creating!(
            r#""uid":"c2","name":"Bolt Taxis","administrator":"bea@bolt.example""#,
            r#""reseller","partner":"c1""#
        ),
        ErrorCode::NotInOrder => partnering!(
            r#""p1""#,
            r#"{"type":"request","on":"2024-05-01","by":"rep@partner.example"}"#,
            r#""type":"grant","on":"2024-04-30","by":"ann@acme.example""#
        ),
        ErrorCode::RegisteredBeforeConversion => checking!(
            r#","free_tier_since":"2024-05-01","registrations":[{"serial":"LA1","registered":"2024-04-30"}]"#,
            r#"{"serial":"LA1","model":"RV55","state":"active"}"#
        ),
        ErrorCode::SameAccount => {
            linking!(r#""l1""#, r#""avc""#, r#""extra_email":"ann+xr@acme.example","partner_link":"p1""#)
        }
        ErrorCode::TicketRequired => {
            linking!(r#""c1""#, r#""avc""#, r#""extra_email":"ann+xr@acme.example""#)
        }
        ErrorCode::TooManySystems => (
            "accounts.check",
            concat!(
                r#"{"account":"#,
                account!(
                    r#""format":"avc","kind":"free_tier","tokens":0"#,
                    r#"{"serial":"LA1","model":"RV55","state":"active"},{"serial":"LA2","model":"RV55","state":"active"},{"serial":"LA3","model":"RV55","state":"active"},{"serial":"LA4","model":"RV55","state":"active"},{"serial":"LA5","model":"RV55","state":"active"},{"serial":"LA6","model":"RV55","state":"active"},{"serial":"LA7","model":"RV55","state":"active"},{"serial":"LA8","model":"RV55","state":"active"},{"serial":"LA9","model":"RV55","state":"active"},{"serial":"LA10","model":"RV55","state":"active"},{"serial":"LA11","model":"RV55","state":"active"},{"serial":"LA12","model":"RV55","state":"active"},{"serial":"LA13","model":"RV55","state":"active"},{"serial":"LA14","model":"RV55","state":"active"},{"serial":"LA15","model":"RV55","state":"active"},{"serial":"LA16","model":"RV55","state":"active"}"#
                ),
                r#","on":"2024-05-10"}"#
            ),
        ),
        ErrorCode::UidTaken => creating!(
            r#""uid":"c1","name":"Bolt Taxis","instance":"na","administrator":"bea@bolt.example""#,
            r#""sign_up""#
        ),
        ErrorCode::UnknownUser => {
            linking!(r#""c1""#, r#""avc""#, r#""extra_email":"eve@acme.example","partner_link":"p1""#)
        }
        ErrorCode::WrongFormat => {
            linking!(r#""c1""#, r#""legacy""#, r#""extra_email":"ann+xr@acme.example","partner_link":"p1""#)
        }
        ErrorCode::AlreadyDeleted => booking!(
            r#"{"key":"t1","on":"2023-05-03","type":"transfer","partner":"p1","customer":"c1","packs":1,"po_number":"PO 1"},{"key":"d1","on":"2023-05-04","type":"delete","target":"t1"},{"key":"d2","on":"2023-05-05","type":"delete","target":"t1"}"#
        ),
        ErrorCode::AlreadyRegistered => booking!(
            r#"{"key":"r1","on":"2023-05-03","type":"registration","account":"c1","serial":"LA1","model":"RV55"},{"key":"r2","on":"2023-05-04","type":"registration","account":"c2","serial":"LA1","model":"RV55"}"#
        ),
        ErrorCode::AmbiguousCustomer => booking!(
            r#"{"key":"o1","on":"2023-05-03","type":"order","po_number":"PO 1","partner":"p1","packs":1,"customer_name":"Acme Buses","customer_admin":"ann@acme.example"}"#
        ),
        ErrorCode::BalanceMismatch => (
            "migration.plan",
            concat!(
                r#"{"account":"#,
                customer!(""),
                r#","on":"2023-03-25","ledger":{"accounts":[{"uid":"a1","name":"Acme Buses","kind":"customer","opening":13}],"bookings":[]}}"#
            ),
        ),
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
        ErrorCode::AlreadyMigrated => {
            ("migration.plan", planning!(account!(r#""format":"avc","kind":"customer","tokens":0"#, "")))
        }
        ErrorCode::ConsentMismatch => (
            "migration.apply",
            applying!(r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:1111"}"#),
        ),
        ErrorCode::ConsentRequired => ("migration.apply", applying!("")),
        ErrorCode::DateOutOfRange => ("calendar.add_months", r#"{"date":"9999-12-01","months":1}"#),
        ErrorCode::DuplicateSerial => (
            "migration.plan",
            planning!(customer!(
                r#"{"serial":"LA1","model":"RV55","state":"active"},{"serial":"LA1","model":"RV50","state":"active"}"#
            )),
        ),
        ErrorCode::FormatNotAvailable => (
            "migration.plan",
            planning!(account!(
                r#""format":"legacy","kind":"customer","created":"2022-01-01","tokens":12"#,
                ""
            )),
        ),
        ErrorCode::InvalidFile => {
            ("systems.from_csv", r#"{"csv":"Serial Number;Lifecycle State\nLA1;Active\n"}"#)
        }
        ErrorCode::InvalidInput => ("calendar.add_months", r#"{"date":"2023-02-30","months":1}"#),
        ErrorCode::NoEndDate => (
            "subscriptions.renew",
            r#"{"subscription":{"serial":"LA1","state":"inventory","end_date":null},"years":1,"on":"2023-10-20"}"#,
        ),
        ErrorCode::NotFreeTier => ("accounts.convert", concat!(r#"{"account":"#, customer!(""), "}")),
        ErrorCode::OutOfRange => ("calendar.add_months", r#"{"date":"1899-12-31","months":1}"#),
        ErrorCode::ResellerAccount => {
            ("migration.plan", planning!(account!(r#""format":"legacy","kind":"reseller","tokens":12"#, "")))
        }
        ErrorCode::StalePlan => (
            "migration.apply",
            applying!(
                r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#
            ),
        ),
        ErrorCode::TooFewScenarios => {
            ("migration.compare", concat!(r#"{"account":"#, customer!(""), r#","scenarios":[]}"#))
        }
        ErrorCode::UnknownOperation => ("migration.guess", "{}"),
        ErrorCode::UnknownSerial => (
            "migration.explain",
            concat!(r#"{"account":"#, customer!(""), r#","on":"2023-03-25","serial":"LA1"}"#),
        ),
        ErrorCode::XrInLegacyAccount => {
            ("migration.plan", planning!(customer!(r#"{"serial":"LA1","model":"XR80","state":"active"}"#)))
        }
    };
    Example { op, input }
}

// Files are read by a feature.
#[cfg(all(test, feature = "files"))]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The error of the example; null if it gives none.
    fn error(code: ErrorCode) -> Value {
        serde_json::from_str(&example(code).error_json().unwrap_or_default()).unwrap_or_default()
    }

    #[test]
    fn every_code_is_produced_by_its_example() {
        for code in ErrorCode::ALL {
            assert_eq!(error(*code)["code"], code.as_str());
        }
    }

    /// "lower-case, no final period, the value in backticks, says what to do": a remedy follows a `;` or `:`.
    #[test]
    fn messages_read_as_agreed() {
        for code in ErrorCode::ALL {
            let error = error(*code);
            let message = error["message"].as_str().unwrap();
            assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
            assert!(!message.ends_with('.') && !message.contains(". "), "{message}");
            assert!(message.contains('`'), "{message}");
            assert!(message.contains("; "), "no remedy in: {message}");
        }
    }
}
