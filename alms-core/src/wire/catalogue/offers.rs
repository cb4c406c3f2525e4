//! Errors of offers, XR Series routers, billing and registration.

use super::ErrorCode;

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

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::AccountRequired => checking!("null", r#""global""#),
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
        _ => return None,
    })
}
