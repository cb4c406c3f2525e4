//! Token stocks: accounts of equal names, bookings that refer to others, months.

use super::{Worst, emails, list, numbered};

pub(super) const WORST: &[Worst] = &[
    Worst::new("orders.list", "orders that are edited", 4_000, |size| of_account(&edited(size), "")),
    Worst::new("orders.list", "edits of one order", 4_000, |size| of_account(&edits(size), "")),
    Worst::new("orders.to_csv", "orders that are edited", 4_000, |size| of_account(&edited(size), "")),
    Worst::new("orders.price", "a long amount", 400_000, |size| {
        format!(r#"{{"packs":3,"discount":{{"amount":"0.{}"}}}}"#, "1".repeat(size))
    }),
    Worst::new("reseller.subaccounts", "customers with administrators", 4_000, subaccounts),
    Worst::new("reseller.subaccounts_to_csv", "customers with administrators", 4_000, subaccounts),
    Worst::new("tokens.advice", "a long amount", 400_000, |size| {
        format!(
            r#"{{"balance":100,"on":"2023-05-10","previous_peak":1,"months":120,"discount":{{"amount":"0.{}"}}}}"#,
            "1".repeat(size)
        )
    }),
    Worst::new("tokens.coverage", "a long number", 400_000, |size| {
        format!(r#"{{"packs":100,"systems":{}}}"#, "1".repeat(size))
    }),
    Worst::new("tokens.forecast", "a long date", 400_000, |size| {
        format!(r#"{{"balance":100000,"previous_peak":1,"current_peak":1,"on":"{}"}}"#, "1".repeat(size))
    }),
    Worst::new("tokens.forecast", "month ends, and blanks", 400_000, |size| {
        format!(
            r#"{{"balance":10000,"previous_peak":1,"current_peak":1,"on":"2023-05-10"{}}}"#,
            " ".repeat(size)
        )
    }),
    Worst::new("tokens.journal", "orders that are edited", 4_000, |size| document(&edited(size), "")),
    Worst::new("tokens.meter", "counts of one account", 16_000, |size| {
        counts(size, |index| (String::from("c1"), index))
    }),
    Worst::new("tokens.meter", "accounts", 16_000, |size| {
        counts(size, |index| (format!("c{index:07}"), index % 7))
    }),
    Worst::new("tokens.preview", "orders that are edited", 4_000, |size| {
        let booking = r#"{"key":"x","on":"2023-06-11","type":"edit","target":"k0000000","packs":3}"#;
        document(&edited(size), &format!(r#","booking":{booking}"#))
    }),
    Worst::new("tokens.replay", "accounts of one name, and orders by it", 4_000, |size| {
        document(&equal_names(size, 2), "")
    }),
    Worst::new("tokens.replay", "administrators of one account, and orders by them", 4_000, |size| {
        document(&administrators(size), "")
    }),
    Worst::new("tokens.replay", "partners of one account, and transfers", 4_000, |size| {
        document(&partners(size), "")
    }),
    Worst::new("tokens.replay", "edits of one order", 4_000, |size| document(&edits(size), "")),
    Worst::new("tokens.replay", "orders that are edited", 4_000, |size| document(&edited(size), "")),
    Worst::new("tokens.replay", "bookings with one key", 4_000, |size| {
        let accounts = format!(r#"{},{}"#, reseller(1_000_000), customer("c1", 1));
        document(&(accounts, list(size, |_| order("k1", "c1", 1))), "")
    }),
    Worst::new("tokens.replay", "months of use", 4_000, |size| document(&months(size), "")),
    Worst::new("tokens.replay", "one month again and again", 4_000, |size| {
        let month =
            r#"{"key":"u","on":"9000-05-31","type":"consumption","account":"c1","month":"2023-05","peak":1}"#;
        let bookings = list(size, |index| month.replace(r#""u""#, &format!(r#""u{index:07}""#)));
        document(&(customer("c1", 1), bookings), "")
    }),
    Worst::new("tokens.replay", "a stock that is suspended and not", 4_000, |size| {
        document(&up_and_down(size), "")
    }),
    Worst::new("tokens.report", "customers and bookings", 4_000, |size| {
        document(&edited(size), r#","account":"r1","month":"2023-05""#)
    }),
    Worst::new("tokens.report", "months of use", 4_000, |size| {
        document(&months(size), r#","account":"c1","month":"2023-05""#)
    }),
    Worst::new("tokens.simulate", "accounts in a hundred years", 833, |size| {
        let accounts = list(size, |index| customer(&format!("c{index:07}"), 1));
        let usage = list(size, |index| format!(r#"{{"account":"c{index:07}","peak":8}}"#));
        document(
            &(accounts, String::new()),
            &format!(r#","on":"2023-01-01","until":"2122-12-31","usage":[{usage}]"#),
        )
    }),
    Worst::new("tokens.simulate", "assumptions of one account", 8_000, |size| {
        let usage = list(size, |index| {
            format!(
                r#"{{"account":"c1","from":"{:04}-{:02}","peak":8}}"#,
                2_023 + index / 12 % 100,
                index % 12 + 1
            )
        });
        document(
            &(customer("c1", 1), String::new()),
            &format!(r#","on":"2023-01-01","until":"2122-12-31","usage":[{usage}]"#),
        )
    }),
    Worst::new("tokens.simulate", "planned bookings of one day", 4_000, |size| {
        let planned = list(size, |index| order(&format!("p{index:07}"), "c1", 1));
        let accounts = format!("{},{}", reseller(1_000_000), customer("c1", 1));
        document(
            &(accounts, String::new()),
            &format!(r#","on":"2023-01-01","until":"2023-12-31","planned":[{planned}]"#),
        )
    }),
    Worst::new("tokens.statement", "orders that are edited", 4_000, |size| of_account(&edited(size), "")),
    Worst::new("tokens.statement", "months of use", 4_000, |size| {
        document(&months(size), r#","account":"c1","on":"2323-05-31""#)
    }),
];

/// Accounts and bookings.
type Books = (String, String);

fn document((accounts, bookings): &Books, more: &str) -> String {
    format!(r#"{{"accounts":[{accounts}],"bookings":[{bookings}]{more}}}"#)
}

/// A question about the reseller's account.
fn of_account(books: &Books, more: &str) -> String {
    document(books, &format!(r#","account":"r1","on":"2023-06-30"{more}"#))
}

fn reseller(opening: usize) -> String {
    format!(r#"{{"uid":"r1","name":"Partner One","kind":"reseller","opening":{opening}}}"#)
}

fn customer(uid: &str, administrators: usize) -> String {
    format!(
        r#"{{"uid":"{uid}","name":"Acme","kind":"customer","administrators":[{}],"partners":["r1"],"opening":60}}"#,
        emails(administrators)
    )
}

/// An order for a customer that is named by UID.
fn order(key: &str, customer: &str, packs: usize) -> String {
    format!(
        r#"{{"key":"{key}","on":"2023-05-10","type":"order","po_number":"PO-1","partner":"r1","packs":{packs},"customer_uid":"{customer}","customer_admin":"u0000000@acme.example"}}"#
    )
}

/// Accounts of one name with one administrator, and orders that name them so.
fn equal_names(size: usize, administrators: usize) -> Books {
    let accounts = list(size, |index| customer(&format!("c{index:07}"), administrators));
    let orders = list(size, |index| {
        format!(
            r#"{{"key":"k{index:07}","on":"2023-05-10","type":"order","po_number":"PO-1","partner":"r1","packs":1,"customer_name":"Acme","customer_admin":"u0000001@acme.example"}}"#
        )
    });
    (format!("{},{accounts}", reseller(0)), orders)
}

fn administrators(size: usize) -> Books {
    let orders = list(size, |index| {
        order(&format!("k{index:07}"), "c1", 1).replace("u0000000@", &format!("u{index:07}@"))
    });
    (format!("{},{}", reseller(0), customer("c1", size)), orders)
}

fn partners(size: usize) -> Books {
    let partners =
        list(size, |index| format!(r#"{{"uid":"p{index:07}","name":"P","kind":"reseller","opening":60}}"#));
    let account = format!(
        r#"{{"uid":"c1","name":"Acme","kind":"customer","partners":[{}],"opening":0}}"#,
        numbered("p", size)
    );
    let transfers = list(size, |index| {
        format!(
            r#"{{"key":"k{index:07}","on":"2023-05-10","type":"transfer","partner":"p{index:07}","customer":"c1","packs":1,"po_number":"PO-1"}}"#
        )
    });
    (format!("{partners},{account}"), transfers)
}

/// One order, edited from one customer to the other and back.
fn edits(size: usize) -> Books {
    let accounts = format!("{},{},{}", reseller(1_000_000), customer("c0000000", 1), customer("c0000001", 1));
    let edits = list(size, |index| {
        format!(
            r#"{{"key":"e{index:07}","on":"2023-05-11","type":"edit","target":"k1","customer_uid":"c{:07}"}}"#,
            index % 2
        )
    });
    (accounts, format!("{},{edits}", order("k1", "c0000000", 1)))
}

/// Orders, each for a customer of its own, and each edited.
fn edited(size: usize) -> Books {
    let accounts = list(size, |index| customer(&format!("c{index:07}"), 1));
    let bookings = list(size, |index| {
        format!(
            r#"{},{{"key":"e{index:07}","on":"2023-05-11","type":"edit","target":"k{index:07}","packs":2}}"#,
            order(&format!("k{index:07}"), &format!("c{index:07}"), 1)
        )
    });
    (format!("{},{accounts}", reseller(1_000_000)), bookings)
}

/// Months of use of one account.
fn months(size: usize) -> Books {
    let bookings = list(size, |index| {
        let (year, month) = (2_023 + index / 12, index % 12 + 1);
        format!(
            r#"{{"key":"u{index:07}","on":"9000-05-31","type":"consumption","account":"c1","month":"{year:04}-{month:02}","peak":1}}"#
        )
    });
    (format!("{},{}", reseller(0), customer("c1", 1)), bookings)
}

fn up_and_down(size: usize) -> Books {
    let bookings = list(size, |index| {
        let kind = if index % 2 == 0 { r#""withdrawal","reason":"booked twice""# } else { r#""grant""# };
        format!(r#"{{"key":"u{index:07}","on":"2023-05-31","type":{kind},"account":"c1","tokens":100}}"#)
    });
    (format!("{},{}", reseller(0), customer("c1", 1)), bookings)
}

fn counts(size: usize, of: impl Fn(usize) -> (String, usize)) -> String {
    let counts = list(size, |index| {
        let (account, day) = of(index);
        let (year, month, day) = (1_900 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        format!(r#"{{"account":"{account}","on":"{year:04}-{month:02}-{day:02}","active":1}}"#)
    });
    format!(r#"{{"counts":[{counts}]}}"#)
}

fn subaccounts(size: usize) -> String {
    let accounts = list(size, |index| customer(&format!("c{index:07}"), 3));
    let usage = list(size, |index| {
        format!(r#"{{"account":"c{index:07}","active_systems":7,"previous_peak":8,"current_peak":7}}"#)
    });
    document(
        &(format!("{},{accounts}", reseller(0)), String::new()),
        &format!(r#","reseller":"r1","on":"2023-05-10","usage":[{usage}],"sort":[{{"by":"name"}}]"#),
    )
}
