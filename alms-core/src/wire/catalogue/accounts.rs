//! Errors of accounts.

use super::ErrorCode;

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

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
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
            r#""connectivity_link","partner":"p2""#
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
        ErrorCode::NotFreeTier => ("accounts.convert", concat!(r#"{"account":"#, customer!(""), "}")),
        ErrorCode::ConversionNotAvailable => {
            ("accounts.convert", concat!(r#"{"account":"#, customer!(""), r#","to":"transition"}"#))
        }
        ErrorCode::NotAuthorized => (
            "accounts.convert",
            concat!(
                r#"{"account":"#,
                customer!(""),
                r#","to":"reseller","ticket":{"number":"T-1","accounts":["a1"]},"authorized":false}"#
            ),
        ),
        _ => return None,
    })
}
