//! The migration: systems, scenarios, accounts to be merged.

use super::{ACTIVE, Worst, emails, list, numbered, offers, systems};
use alms_core::wire;

/// What clean-up deletes.
const STALE: &str = r#""model":"RV55","state":"active","last_communication":"2021-03-01""#;

pub(super) const WORST: &[Worst] = &[
    Worst::new("migration.apply", "systems", 8_000, |size| {
        let account = account(1_000, &half_stale(size));
        let plan = answer("migration.plan", &format!(r#"{{"account":{account},"on":"2023-03-25"}}"#));
        applied(&account, &plan, "")
    }),
    Worst::new("migration.plan", "systems with warnings", 8_000, |size| {
        let account = account(1_000, &systems(size, WARNED));
        format!(r#"{{"account":{account},"on":"2023-03-25"}}"#)
    }),
    Worst::new("migration.plan", "systems of many models, and products", 2_000, |size| {
        let account = account(1_000, &many_models(size));
        let catalogues = offers::both(size, r#""fits":{"models":["XR80"]}"#);
        format!(r#"{{"account":{account},"on":"2023-03-25",{catalogues}}}"#)
    }),
    Worst::new("migration.explain", "systems", 8_000, |size| {
        let account = account(1_000, &half_stale(size));
        format!(r#"{{"account":{account},"on":"2023-03-25","serial":"LA00000000"}}"#)
    }),
    Worst::new("migration.compare", "systems in two scenarios", 8_000, |size| {
        compare(&account(1_000, &half_stale(size)), 2, r#""all_deleted""#)
    }),
    Worst::new("migration.compare", "scenarios of few systems", 8_000, |size| {
        compare(&account(1_000, &half_stale(8)), size, r#""all_deleted""#)
    }),
    Worst::new("migration.compare", "systems in ten scenarios", 8_000, |size| {
        compare(&account(1_000, &half_stale(size)), 10, r#""all_deleted""#)
    }),
    Worst::new("migration.compare", "scenarios of as many systems as are allowed", 800, |size| {
        compare(&account(1_000, &half_stale(125)), size, r#""all_deleted""#)
    }),
    Worst::new("migration.compare", "scenarios and systems beyond the limit", 8_000, |size| {
        compare(&account(1_000, &half_stale(size)), size, r#""all_deleted""#)
    }),
    Worst::new("migration.compare", "systems that report, again and again", 8_000, |size| {
        let reporting = list(size, |_| r#""LA00000000""#);
        compare(&account(1_000, &half_stale(size)), 2, &format!("[{reporting}]"))
    }),
    Worst::new("migration.plan_reseller", "accounts to merge", 2_000, |size| plan_reseller(&merged(size))),
    Worst::new("migration.plan_reseller", "people, partners and systems", 2_000, |size| {
        plan_reseller(&large(size))
    }),
    Worst::new("migration.apply_reseller", "accounts to merge", 2_000, |size| apply_reseller(&merged(size))),
    Worst::new("migration.apply_reseller", "people, partners and systems", 2_000, |size| {
        apply_reseller(&large(size))
    }),
];

/// In maintenance with paid support: protected, and a warning.
const WARNED: &str = r#""model":"ES40","state":"maintenance","last_communication":"2021-03-01","support_end":"2024-03-31","warranty_end":"2024-03-31""#;

fn account(tokens: usize, systems: &str) -> String {
    format!(
        r#"{{"uid":"a1","name":"Acme","instance":"na","format":"legacy","kind":"customer","tokens":{tokens},"systems":[{systems}]}}"#
    )
}

fn half_stale(count: usize) -> String {
    list(count, |index| {
        let fields = if index % 2 == 0 { STALE } else { ACTIVE };
        format!(r#"{{"serial":"LA{index:08}",{fields}}}"#)
    })
}

fn many_models(count: usize) -> String {
    list(count, |index| {
        format!(
            r#"{{"serial":"LA{index:08}","model":"RV5{index:07}","state":"active","last_communication":"2023-03-01"}}"#
        )
    })
}

fn compare(account: &str, scenarios: usize, reporting: &str) -> String {
    let scenarios = list(scenarios, |index| {
        let reporting = if index == 0 { r#""as_is""# } else { reporting };
        format!(r#"{{"name":"S{index:07}","on":"2023-03-25","reporting":{reporting}}}"#)
    });
    format!(r#"{{"account":{account},"scenarios":[{scenarios}],"until":"2024-03-25"}}"#)
}

/// Accounts of three systems, some of which are in the account before, too.
fn merged(accounts: usize) -> String {
    let accounts = list(accounts, |index| {
        let systems = list(3, |system| format!(r#"{{"serial":"LA{:08}",{ACTIVE}}}"#, index * 2 + system));
        member(&format!("p{index:07}"), "customer", 2, &systems)
    });
    format!(r#""account":{},"merge":[{accounts}]"#, member("r1", "reseller", 1, ""))
}

/// Two accounts with all the same people and partners.
fn large(size: usize) -> String {
    let (account, other) = (
        member("r1", "reseller", size, &systems(size, ACTIVE)),
        member("p1", "customer", size, &systems(size, ACTIVE)),
    );
    format!(r#""account":{account},"merge":[{other}]"#)
}

fn member(uid: &str, kind: &str, people: usize, systems: &str) -> String {
    let (administrators, users, partners) = (emails(people), emails(people), numbered("d", people));
    format!(
        r#"{{"uid":"{uid}","name":"Partner {uid}","instance":"na","format":"legacy","kind":"{kind}","tokens":0,"administrators":[{administrators}],"users":[{users}],"partners":[{partners}],"systems":[{systems}]}}"#
    )
}

fn plan_reseller(accounts: &str) -> String {
    format!(r#"{{{accounts},"on":"2024-11-15"}}"#)
}

fn apply_reseller(accounts: &str) -> String {
    let plan = answer("migration.plan_reseller", &plan_reseller(accounts));
    let fingerprint = fingerprint(&plan);
    format!(
        r#"{{{accounts},"plan":{plan},"consent":{{"by":"u0000000@acme.example","on":"2024-11-10","fingerprint":"{fingerprint}"}}}}"#
    )
}

fn applied(account: &str, plan: &str, more: &str) -> String {
    let fingerprint = fingerprint(plan);
    format!(
        r#"{{"account":{account},"plan":{plan},"consent":{{"by":"ann@acme.example","on":"2023-03-10","fingerprint":"{fingerprint}"}},"consent_by":"anyone"{more}}}"#
    )
}

/// What an operation answers; what it refuses is no plan, and the operation after it says so.
fn answer(op: &str, input: &str) -> String {
    wire::call(op, input).unwrap_or_else(|error| error.to_json())
}

fn fingerprint(plan: &str) -> &str {
    let start = plan.rfind("sha256:").unwrap_or(0);
    plan.get(start..start + 71).unwrap_or_default()
}
