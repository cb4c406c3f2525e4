//! Accounts: directories, users, partnerships, steps.

use super::{ACTIVE, Worst, emails, list, numbered, systems};

pub(super) const WORST: &[Worst] = &[
    Worst::new("accounts.activate", "a long date", 400_000, |size| {
        format!(r#"{{"created":"2024-05-01","on":"{}"}}"#, "1".repeat(size))
    }),
    Worst::new("accounts.activation", "a long date", 400_000, |size| {
        format!(r#"{{"created":"2024-05-01","on":"{}"}}"#, "1".repeat(size))
    }),
    Worst::new("accounts.check", "registrations before a conversion", 16_000, |size| {
        let registrations =
            list(size, |index| format!(r#"{{"serial":"LA{index:08}","registered":"2024-04-30"}}"#));
        let account = account(r#""avc","kind":"free_tier""#, size, &systems(size, ACTIVE));
        format!(
            r#"{{"account":{account},"on":"2024-05-10","free_tier_since":"2024-05-01","registrations":[{registrations}]}}"#
        )
    }),
    Worst::new("accounts.check", "administrators of a reseller", 16_000, |size| {
        let account = account(r#""legacy","kind":"reseller""#, size, &systems(size, ACTIVE));
        format!(r#"{{"account":{account},"on":"2024-05-10","actor":"v@acme.example"}}"#)
    }),
    Worst::new("accounts.commission", "partnerships", 32_000, |size| {
        let partnerships = partnerships(size);
        format!(
            r#"{{"partner":"p2","agreement":true,"account":{{"partnerships":[{partnerships}],"channel":{{"type":"partner_link","partner":"p1"}}}}}}"#
        )
    }),
    Worst::new("accounts.convert", "systems, users and partners", 16_000, |size| {
        let account = account(r#""avc","kind":"customer""#, size, &systems(size, ACTIVE));
        format!(
            r#"{{"account":{account},"to":"reseller","authorized":true,"ticket":{{"number":"T-1","accounts":["a1"]}}}}"#
        )
    }),
    Worst::new("accounts.convert", "too many systems for a free tier", 16_000, |size| {
        let account = account(r#""avc","kind":"customer""#, size, &systems(size, ACTIVE));
        format!(r#"{{"account":{account},"to":"free_tier"}}"#)
    }),
    Worst::new("accounts.create", "accounts of the same name and users", 8_000, |size| {
        let directory = directory(size, 3);
        format!(
            r#"{{"account":{{"uid":"new","name":"Acme Buses","instance":"na","administrator":"u0000000@acme.example"}},"channel":{{"type":"sign_up"}},"on":"2024-05-01","directory":[{directory}]}}"#
        )
    }),
    Worst::new("accounts.link", "administrators and users of both accounts", 8_000, |size| {
        format!(
            r#"{{"legacy":{},"avc":{},"extra_email":"u0000000@acme.example","ticket":{{"number":"T-1","accounts":["l1","c1"]}}}}"#,
            directory_account("l1", "legacy", size),
            directory_account("c1", "avc", size)
        )
    }),
    Worst::new("accounts.lookup", "accounts of the same name", 8_000, |size| {
        format!(r#"{{"name":"Acme Buses","viewer":"p0000000","directory":[{}]}}"#, directory(size, 3))
    }),
    Worst::new("accounts.lookup", "accounts with the same user", 8_000, |size| {
        format!(r#"{{"email":"u0000001@acme.example","directory":[{}]}}"#, directory(size, 3))
    }),
    Worst::new("accounts.lookup", "partners of one account", 8_000, |size| {
        let partners = list(size, |index| {
            format!(
                r#"{{"uid":"p{index:07}","name":"P{index:07}","instance":"na","format":"avc","kind":"reseller","agreement":true}}"#
            )
        });
        let account = directory_account("c1", "avc", size);
        format!(r#"{{"uid":"c1","viewer":"p0000000","directory":[{account},{partners}]}}"#)
    }),
    Worst::new("accounts.partnership", "steps", 8_000, |size| {
        let steps = list(size, |index| {
            let (kind, by) = if index % 2 == 0 {
                ("request", "rep@p.example")
            } else {
                ("refuse", "u0000000@acme.example")
            };
            format!(r#"{{"type":"{kind}","on":"2024-05-01","by":"{by}"}}"#)
        });
        partnership(1, &steps)
    }),
    Worst::new("accounts.partnership", "administrators and partners", 8_000, |size| partnership(size, "")),
];

/// An account with as many administrators, users and partners as `people`.
fn account(format_and_kind: &str, people: usize, systems: &str) -> String {
    let (users, partners) = (emails(people), numbered("p", people));
    format!(
        r#"{{"uid":"a1","name":"Acme","instance":"na","format":{format_and_kind},"tokens":0,"administrators":[{users}],"users":[{users}],"partners":[{partners}],"systems":[{systems}]}}"#
    )
}

fn partnerships(count: usize) -> String {
    list(count, |index| format!(r#"{{"partner":"p{index:07}","profile":"operator"}}"#))
}

/// An account of a directory with as many administrators, users and partners as `people`.
fn directory_account(uid: &str, format: &str, people: usize) -> String {
    let (users, partnerships) = (emails(people), partnerships(people));
    format!(
        r#"{{"uid":"{uid}","name":"Acme Buses","instance":"na","format":"{format}","kind":"customer","administrators":[{users}],"users":[{users}],"partnerships":[{partnerships}]}}"#
    )
}

fn directory(accounts: usize, people: usize) -> String {
    list(accounts, |index| directory_account(&format!("c{index:07}"), "avc", people))
}

fn partnership(people: usize, steps: &str) -> String {
    let customer = directory_account("c1", "avc", people);
    format!(
        r#"{{"customer":"c1","partner":"p1","directory":[{customer},{{"uid":"p1","name":"P","instance":"na","format":"avc","kind":"reseller","administrators":["rep@p.example"],"agreement":true}}],"steps":[{steps}],"step":{{"type":"request","on":"2024-05-02","by":"rep@p.example"}}}}"#
    )
}
