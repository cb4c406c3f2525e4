//! Registering and transferring many systems at once.

use super::{Worst, list, numbered, offers};

pub(super) const WORST: &[Worst] = &[
    Worst::new("reseller.bulk_register", "rows in one account", 4_000, |size| {
        bulk(&rows(size, |_| String::from("c1,,")), &account("c1", ""), "")
    }),
    Worst::new("reseller.bulk_register", "rows with mistakes", 4_000, |size| {
        bulk(&list_of(size, |_| String::from("LA1;,,c9,never,?\n")), &account("c1", ""), "")
    }),
    Worst::new("reseller.bulk_register", "rows and accounts", 2_000, |size| {
        let accounts = list(size, |index| account(&format!("c{index:07}"), ""));
        bulk(&rows(size, |index| format!("c{index:07},,")), &accounts, "")
    }),
    Worst::new("reseller.bulk_register", "accounts with offers of their own, and products", 2_000, |size| {
        let fields = offers::both(size, r#""fits":"any""#);
        let (catalogues, _) = fields.split_once(r#","custom""#).unwrap_or_default();
        let custom = offers::products(1, r#""fits":"any""#).replace("Offer", "Own");
        let accounts =
            list(size, |index| account(&format!("c{index:07}"), &format!(r#","custom":[{custom}]"#)));
        bulk(
            &rows(size, |index| format!("c{index:07},Offer {index:07},")),
            &accounts,
            &format!(",{catalogues}"),
        )
    }),
    Worst::new("reseller.bulk_register", "rows that name no offer, and products", 1_000, |size| {
        let custom = offers::products(size, r#""fits":"any""#);
        let account = account("c1", &format!(r#","custom":[{custom}]"#));
        let rows = list_of(size, |index| format!("LA{index:08},RV5{index:07},c1,,\n"));
        bulk(&rows, &account, "")
    }),
    Worst::new("reseller.bulk_register", "rows whose offer names many models", 1_000, |size| {
        let custom = offers::products(1, &format!(r#""fits":{{"models":[{}]}}"#, numbered("MP7", size)));
        let account = account("c1", &format!(r#","custom":[{custom}]"#));
        bulk(&rows(size, |_| String::from("c1,Offer 0000000,")), &account, "")
    }),
    Worst::new("reseller.bulk_register", "systems of the fleet", 4_000, |size| {
        let fleet = list(size, |index| format!(r#"{{"account":"c9","serial":"LA{index:08}"}}"#));
        bulk(&rows(size, |_| String::from("c1,,")), &account("c1", ""), &format!(r#","fleet":[{fleet}]"#))
    }),
    Worst::new("reseller.transfer", "systems", 2_000, |size| {
        transfer(&held(size, "AirLink Complete"), "", "", size)
    }),
    Worst::new("reseller.transfer", "systems and allocations", 2_000, |size| {
        let allocations = list(size, |index| {
            format!(r#"{{"offer":"AirLink Complete","months":12,"quantity":1,"serial":"LA{index:08}"}}"#)
        });
        transfer(&held(size, "AirLink Complete"), "", &format!(r#","allocations":[{allocations}]"#), 1)
    }),
    Worst::new("reseller.transfer", "systems and allocations of no serial", 2_000, |size| {
        let allocations = list(size, |index| {
            format!(r#"{{"offer":"AirLink Complete","months":{},"quantity":1}}"#, (index % 3 + 1) * 12)
        });
        transfer(&inventory(size), "", &format!(r#","allocations":[{allocations}]"#), 1)
    }),
    Worst::new("reseller.transfer", "systems and products", 2_000, |size| {
        let custom = format!(r#","custom":[{}]"#, offers::products(size, r#""fits":"any""#));
        let systems = list(size, |index| system(index, &format!("Offer {index:07}")));
        transfer(&systems, &custom, "", 1)
    }),
    Worst::new("reseller.transfer", "systems whose offer names many models", 1_000, |size| {
        let models = numbered("MP7", size);
        let custom =
            format!(r#","custom":[{}]"#, offers::products(1, &format!(r#""fits":{{"models":[{models}]}}"#)));
        transfer(&held(size, "Offer 0000000"), &custom, "", 1)
    }),
];

fn account(uid: &str, more: &str) -> String {
    format!(r#"{{"uid":"{uid}","format":"avc","kind":"customer","instance":"na"{more}}}"#)
}

/// Rows, each with the account and offer that are said of it.
fn rows(count: usize, account: impl Fn(usize) -> String) -> String {
    list_of(count, |index| format!("LA{index:08},RV55,{}\n", account(index)))
}

fn list_of(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

fn bulk(rows: &str, accounts: &str, more: &str) -> String {
    let rows = rows.replace('\n', r"\n");
    format!(
        r#"{{"csv":"SERIAL_NUMBER,MODEL,TARGET_COMPANY,OFFER,BILLING\n{rows}","on":"2024-05-01","accounts":[{accounts}]{more}}}"#
    )
}

fn system(index: usize, offer: &str) -> String {
    format!(
        r#"{{"subscription":{{"serial":"LA{index:08}","model":"RV55","offer":"{offer}","registered":"2024-01-15","end_date":"2029-01-15","warranty_end":"2025-01-15"}}}}"#
    )
}

fn held(count: usize, offer: &str) -> String {
    list(count, |index| system(index, offer))
}

fn inventory(count: usize) -> String {
    list(count, |index| {
        format!(
            r#"{{"subscription":{{"serial":"LA{index:08}","model":"RV55","offer":"AirLink Complete","registered":"2024-01-15","state":"inventory"}}}}"#
        )
    })
}

fn transfer(systems: &str, to: &str, more: &str, partners: usize) -> String {
    let partners = numbered("p", partners);
    format!(
        r#"{{"from":{{"uid":"r1","format":"avc","kind":"reseller","instance":"na"}},"to":{{"uid":"c1","format":"avc","kind":"customer","instance":"na","partners":["r1",{partners}]{to}}},"on":"2024-05-01","systems":[{systems}]{more}}}"#
    )
}
