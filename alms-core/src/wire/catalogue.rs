//! An input for every error code that produces it: the source of the published list, and a test of it.

use super::ErrorCode;
use serde_json::value::RawValue;

/// A call that fails.
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

/// An avc customer account on this instance, billed so.
macro_rules! subscriber {
    ($kind:literal, $instance:literal, $billing:literal) => {
        concat!(
            r#"{"format":"avc","kind":""#,
            $kind,
            r#"","instance":""#,
            $instance,
            r#"","billing":""#,
            $billing,
            r#"","systems":20}"#
        )
    };
}

/// A request to register this system in an account on NA, with these other fields.
macro_rules! registering {
    ($kind:literal, $system:literal, $fields:literal) => {
        (
            "subscriptions.register",
            concat!(
                r#"{"account":"#,
                subscriber!($kind, "na", "pre_paid"),
                r#","system":"#,
                $system,
                r#","on":"2023-01-15""#,
                $fields,
                "}"
            ),
        )
    };
}

/// A request to check this XR80 for an account on this instance.
macro_rules! checking {
    ($account:expr, $region:literal) => {
        (
            "xr.check",
            concat!(
                r#"{"account":"#,
                $account,
                r#","devices":[{"model":"XR80","sku_region":"#,
                $region,
                r#"}],"on":"2023-01-15"}"#
            ),
        )
    };
}

/// A request to load a catalogue of these products.
macro_rules! loading {
    ($products:expr) => {
        (
            "offers.load",
            concat!(
                r#"{"catalogue":{"version":"v1","effective":"2024-01-01","products":["#,
                $products,
                "]}}"
            ),
        )
    };
}

/// A support offer of this name for the XR series, with these terms and this field.
macro_rules! product {
    ($name:literal, $terms:literal, $field:literal) => {
        concat!(
            r#"{"name":""#,
            $name,
            r#"","kind":"support","services":{"device_management":true,"support":"standard"},"terms":"#,
            $terms,
            r#","fits":{"series":["XR"]},"#,
            $field,
            "}"
        )
    };
}

/// The call that shows `code`.
pub const fn example(code: ErrorCode) -> Example {
    let (op, input) = match code {
        ErrorCode::AccountRequired => checking!("null", r#""global""#),
        ErrorCode::InstanceMismatch => checking!(subscriber!("customer", "na", "pre_paid"), r#""global""#),
        ErrorCode::InstanceUnverified => checking!(subscriber!("customer", "au", "pre_paid"), r#""global""#),
        ErrorCode::UnknownSkuRegion => checking!(subscriber!("customer", "na", "pre_paid"), "null"),
        ErrorCode::BillingAddressOutsideUs => {
            ("billing.options", r#"{"country":"US","billing_address":"CA","on":"2023-01-15"}"#)
        }
        ErrorCode::CardOutsideUs | ErrorCode::SepaOutsideEu => {
            ("billing.options", r#"{"country":"CA","on":"2023-01-15"}"#)
        }
        ErrorCode::ModelMismatch => registering!(
            "customer",
            r#"{"serial":"LA1","model":"RV55"}"#,
            r#","offer":"AirLink Complete (XR80)""#
        ),
        ErrorCode::UnknownOffer => {
            registering!("customer", r#"{"serial":"LA1","model":"RV55"}"#, r#","offer":"AirLink Ultra""#)
        }
        ErrorCode::OverLimit => registering!("reseller", r#"{"serial":"LA1","model":"RV55"}"#, ""),
        ErrorCode::NoDefaultOffer => registering!(
            "customer",
            r#"{"serial":"LA1","model":"RV55"}"#,
            r#","catalogues":[{"version":"v1","effective":"2023-01-01","products":[]}]"#
        ),
        ErrorCode::NotAService | ErrorCode::LegacyOnly => {
            registering!("customer", r#"{"serial":"LA1","model":"RV55"}"#, r#","offer":"ALMS Service Pack""#)
        }
        ErrorCode::NotSoldHere | ErrorCode::ResellerConnectivity => registering!(
            "reseller",
            r#"{"serial":"LA1","model":"RV55"}"#,
            r#","offer":"AirLink Connectivity 1 GB (EU)""#
        ),
        ErrorCode::LegacyAccount => (
            "offers.for_model",
            r#"{"account":{"format":"legacy","kind":"customer","instance":"na"},"model":"RV55","on":"2023-01-15"}"#,
        ),
        ErrorCode::NoCatalogue => ("offers.catalogue", r#"{"on":"2021-12-31"}"#),
        ErrorCode::DuplicateCatalogue => (
            "offers.catalogue",
            r#"{"on":"2024-01-01","catalogues":[{"version":"v1","effective":"2023-01-01","products":[]},{"version":"v1","effective":"2024-01-01","products":[]}]}"#,
        ),
        ErrorCode::DuplicateOffer => loading!(concat!(
            product!("X", r#"{"pre_paid":[12]}"#, r#""instances":["na"]"#),
            ",",
            product!("X", r#"{"pre_paid":[36]}"#, r#""instances":["na"]"#)
        )),
        ErrorCode::DuplicateDefault => loading!(concat!(
            product!("X", r#"{"pre_paid":[12]}"#, r#""default_for":{"series":["XR"]},"instances":["na"]"#),
            ",",
            product!("Y", r#"{"pre_paid":[12]}"#, r#""default_for":{"series":["XR"]},"instances":["na"]"#)
        )),
        ErrorCode::DefaultOutsideFit => loading!(product!(
            "X",
            r#"{"pre_paid":[12]}"#,
            r#""default_for":{"models":["RV55"]},"instances":["na"]"#
        )),
        ErrorCode::InvalidOffer => loading!(product!("X", r#"{"pre_paid":[12]}"#, r#""instances":[]"#)),
        ErrorCode::InvalidTerm => loading!(product!("X", r#"{"pre_paid":[24]}"#, r#""instances":["na"]"#)),
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

/// The error of this `code` as its example produces it: that of the call, or one among its results.
pub fn produced(code: ErrorCode) -> Option<String> {
    let Example { op, input } = example(code);
    match super::call(op, input) {
        Err(error) => Some(error.to_json()),
        Ok(output) => {
            let start = output.find(&format!(r#"{{"code":"{code}","#))?;
            let mut values =
                serde_json::Deserializer::from_str(output.get(start..)?).into_iter::<&RawValue>();
            values.next()?.ok().map(|error| error.get().to_owned())
        }
    }
}

// Files are read by a feature.
#[cfg(all(test, feature = "files"))]
mod tests {
    use super::*;

    /// A field of the error that an example produces.
    fn field(code: ErrorCode, name: &str) -> Option<String> {
        let error: serde_json::Value = serde_json::from_str(&produced(code)?).ok()?;
        error.get(name)?.as_str().map(str::to_owned)
    }

    #[test]
    fn every_code_is_produced_by_its_example() {
        for code in ErrorCode::ALL {
            assert_eq!(field(*code, "code").as_deref(), Some(code.as_str()));
        }
    }

    /// "lower-case, no final period, the value in backticks, says what to do": a remedy follows a `;` or `:`.
    #[test]
    fn messages_read_as_agreed() {
        for code in ErrorCode::ALL {
            let message = field(*code, "message").unwrap();
            assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
            assert!(!message.ends_with('.') && !message.contains(". "), "{message}");
            assert!(message.contains('`'), "{message}");
            assert!(message.contains("; "), "no remedy in: {message}");
        }
    }
}
