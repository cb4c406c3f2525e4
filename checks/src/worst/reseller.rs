//! A reseller's customers: systems, administrators, partners, messages.

use super::{Worst, emails, list, numbered};

pub(super) const WORST: &[Worst] = &[
    Worst::new("reseller.customer_systems", "systems of a customer", 8_000, |size| {
        let customer = customer("c1", size, size);
        format!(r#"{{"column":"total_systems","customer":{customer},"on":"2024-05-01"}}"#)
    }),
    Worst::new("reseller.customers", "customers", 4_000, |size| customers(&many(size))),
    Worst::new("reseller.customers", "systems and administrators of a customer", 4_000, |size| {
        customers(&customer("c1", size, size))
    }),
    Worst::new("reseller.customers_to_csv", "customers", 4_000, |size| customers(&many(size))),
    Worst::new("reseller.customers_to_csv", "systems and administrators of a customer", 4_000, |size| {
        customers(&customer("c1", size, size))
    }),
    Worst::new("reseller.notifications", "customers of one reseller", 4_000, |size| {
        notifications(1, size, 1, 1)
    }),
    Worst::new("reseller.notifications", "administrators of resellers and customers", 4_000, |size| {
        notifications(1, 1, 1, size)
    }),
    Worst::new("reseller.notifications", "subscriptions of a customer", 4_000, |size| {
        notifications(1, 1, size, size)
    }),
    Worst::new("reseller.notifications", "partners of one customer", 4_000, |size| {
        notifications(size, 1, 1, 1)
    }),
    Worst::new("reseller.notifications", "partners and subscriptions of one customer", 4_000, |size| {
        notifications(10, 1, size, 1)
    }),
    Worst::new("reseller.notifications", "partners and subscriptions beyond the limit", 4_000, |size| {
        notifications(size, 1, size, 1)
    }),
    Worst::new("reseller.notifications", "partners and administrators of one customer", 4_000, |size| {
        notifications(size, 1, 1, size)
    }),
    Worst::new(
        "reseller.notifications",
        "customers of one reseller with many administrators",
        4_000,
        |size| {
            let reseller = format!(
                r#"{{"uid":"p0000000","name":"P","administrators":[{}],"channel_business_managers":[{}]}}"#,
                emails(10),
                emails(10)
            );
            let customers = list(size, |index| notified(&format!("c{index:07}"), 1, 1, 1));
            format!(r#"{{"on":"2024-05-01","resellers":[{reseller}],"customers":[{customers}]}}"#)
        },
    ),
];

fn customer(uid: &str, systems: usize, administrators: usize) -> String {
    let administrators = emails(administrators);
    let systems = list(systems, |index| {
        format!(
            r#"{{"serial":"LA{index:08}","model":"RV55","state":"active","end_date":"2024-{:02}-15"}}"#,
            index % 12 + 1
        )
    });
    format!(
        r#"{{"uid":"{uid}","name":"Acme Buses","partnerships":[{{"partner":"r1","profile":"operator"}}],"last_login":"2024-04-28","administrators":[{administrators}],"systems":[{systems}]}}"#
    )
}

fn many(customers: usize) -> String {
    list(customers, |index| customer(&format!("c{index:07}"), 2, 2))
}

fn customers(customers: &str) -> String {
    format!(
        r#"{{"reseller":"r1","on":"2024-05-01","customers":[{customers}],"sort":[{{"by":"name"}},{{"by":"uid"}}]}}"#
    )
}

fn notified(uid: &str, partners: usize, subscriptions: usize, administrators: usize) -> String {
    let subscriptions = list(subscriptions, |index| {
        format!(
            r#"{{"serial":"LA{index:08}","model":"RV55","offer":"AirLink Complete","end_date":"2024-06-10","warranty_end":"2024-06-10"}}"#
        )
    });
    format!(
        r#"{{"uid":"{uid}","name":"Acme","administrators":[{}],"partners":[{}],"subscriptions":[{subscriptions}]}}"#,
        emails(administrators),
        numbered("p", partners)
    )
}

/// Customers with these numbers of partners, subscriptions and administrators.
fn notifications(partners: usize, customers: usize, subscriptions: usize, administrators: usize) -> String {
    let resellers = list(partners, |index| {
        format!(
            r#"{{"uid":"p{index:07}","name":"P","administrators":[{}],"channel_business_managers":["cbm@vendor.example"]}}"#,
            emails(if partners == 1 { administrators } else { 1 })
        )
    });
    let customers =
        list(customers, |index| notified(&format!("c{index:07}"), partners, subscriptions, administrators));
    format!(r#"{{"on":"2024-05-01","resellers":[{resellers}],"customers":[{customers}]}}"#)
}
