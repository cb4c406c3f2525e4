//! What multiplies is refused beyond a limit, before it costs anything; up to the limit it is answered.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::wire;
use serde_json::Value;

fn list(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

/// Where a request is refused as too large, and the count and the limit that are told.
fn refused(op: &str, input: &str) -> Option<(String, Value, Value)> {
    let error = wire::call(op, input).err()?;
    assert_eq!((error.code(), error.rule()), ("too_large", None), "{error}");
    let context = |name: &str| error.context().get(name).cloned().unwrap();
    Some((error.path().to_owned(), context("count"), context("limit")))
}

fn limit(path: &str, count: usize, limit: usize) -> Option<(String, Value, Value)> {
    Some((path.to_owned(), count.into(), limit.into()))
}

fn compare(scenarios: usize, systems: usize) -> String {
    let systems = list(systems, |index| {
        format!(r#"{{"serial":"LA{index}","model":"RV55","state":"active","last_communication":null}}"#)
    });
    let scenarios = list(scenarios, |index| format!(r#"{{"name":"S{index}","on":"2023-03-25"}}"#));
    format!(
        r#"{{"account":{{"uid":"a1","name":"Acme","instance":"na","format":"legacy","kind":"customer","tokens":1,"systems":[{systems}]}},"scenarios":[{scenarios}]}}"#
    )
}

#[test]
fn systems_in_all_scenarios() {
    // 100,000 at least: 50 scenarios of 2,000 systems, and not 51.
    assert_eq!(refused("migration.compare", &compare(50, 2_000)), None);
    assert_eq!(refused("migration.compare", &compare(51, 2_000)), limit("scenarios", 102_000, 100_000));
    // Ten scenarios of any account.
    assert_eq!(refused("migration.compare", &compare(10, 10_001)), None);
    assert_eq!(refused("migration.compare", &compare(11, 10_001)), limit("scenarios", 110_011, 100_010));
}

fn notifications(partners: usize, subscriptions: usize) -> String {
    let resellers = list(partners, |index| {
        format!(r#"{{"uid":"p{index}","name":"P","administrators":["a@p.example"]}}"#)
    });
    let partners = list(partners, |index| format!(r#""p{index}""#));
    let subscriptions = list(subscriptions, |index| {
        format!(
            r#"{{"serial":"LA{index}","model":"RV55","offer":"AirLink Complete","end_date":"2030-06-10"}}"#
        )
    });
    format!(
        r#"{{"on":"2024-05-01","resellers":[{resellers}],"customers":[{{"uid":"c1","name":"Acme","partners":[{partners}],"subscriptions":[{subscriptions}]}}]}}"#
    )
}

#[test]
fn subscriptions_of_all_messages() {
    // A message has a line for each subscription and one for the address: 50 x (1,999 + 1).
    assert_eq!(refused("reseller.notifications", &notifications(50, 1_999)), None);
    assert_eq!(
        refused("reseller.notifications", &notifications(50, 2_000)),
        limit("customers", 100_050, 100_000)
    );
    // Ten times all subscriptions and addresses: 10 x (11,000 + 10).
    assert_eq!(refused("reseller.notifications", &notifications(10, 11_000)), None);
    assert_eq!(
        refused("reseller.notifications", &notifications(11, 11_000)),
        limit("customers", 121_011, 110_110)
    );
}

fn invoices(systems: usize, until: &str) -> String {
    let subscriptions = list(systems, |index| {
        format!(
            r#"{{"serial":"LA{index}","model":"RV55","offer":"AirLink Complete","registered":"2020-01-01","billing":"direct","renews_every_months":1}}"#
        )
    });
    format!(
        r#"{{"subscriptions":[{subscriptions}],"from":"2024-01-01","until":"{until}","prices":[{{"offer":"AirLink Complete","months":1,"price":{{"amount":"9.00","currency":"USD"}}}}]}}"#
    )
}

#[test]
fn periods_of_all_systems() {
    // 100 months: until 1 April 2032.
    assert_eq!(refused("subscriptions.invoices", &invoices(1_000, "2032-04-01")), None);
    assert_eq!(
        refused("subscriptions.invoices", &invoices(1_000, "2032-05-01")),
        limit("until", 101_000, 100_000)
    );
    // Two years of any fleet.
    assert_eq!(refused("subscriptions.invoices", &invoices(5_000, "2025-12-31")), None);
    assert_eq!(
        refused("subscriptions.invoices", &invoices(5_000, "2026-01-01")),
        limit("until", 125_000, 120_000)
    );
}

#[test]
fn names_of_a_product() {
    let input = |instances: usize| {
        let instances = list(instances, |_| r#""na""#.to_owned());
        format!(
            r#"{{"on":"2024-05-01","catalogues":[{{"version":"v1","effective":"2023-01-01","products":[{{"name":"A","kind":"support","services":{{"device_management":true,"support":"standard"}},"terms":{{"pre_paid":[12]}},"fits":"any","instances":[{instances}]}}]}}]}}"#
        )
    };
    assert_eq!(refused("offers.catalogue", &input(1_000)), None);
    let path = "catalogues[0].products[0].instances";
    assert_eq!(refused("offers.catalogue", &input(1_001)), limit(path, 1_001, 1_000));
}
