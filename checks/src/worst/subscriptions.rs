//! Subscriptions: fleets, histories, prices, units.

use super::{Worst, list};

pub(super) const WORST: &[Worst] = &[
    Worst::new("subscriptions.align", "ends, each with a need of its own", 4_000, |size| {
        align("terms", &ends(size), "8990-01-01", &units(2))
    }),
    Worst::new("subscriptions.align", "ends and as many units as are allowed", 4_000, |size| {
        align("terms", &ends(size), "2200-01-01", &units(100))
    }),
    Worst::new("subscriptions.align", "ends of shared packs", 4_000, |size| {
        align("packs", &ends(size), "2200-01-01", &units(100))
    }),
    Worst::new("subscriptions.align", "ends of pooled days", 4_000, |size| {
        align("pooled_days", &ends(size), "2200-01-01", &units(100))
    }),
    Worst::new("subscriptions.coterm", "terms", 32_000, |size| {
        let terms = list(size, |index| format!(r#"{{"weight":"0.{:06}","days":1825}}"#, index + 1));
        format!(r#"{{"terms":[{terms}],"base":"2023-01-01"}}"#)
    }),
    Worst::new("subscriptions.due", "ends", 8_000, |size| {
        format!(r#"{{"subscriptions":[{}],"on":"2023-10-16"}}"#, ends(size))
    }),
    Worst::new("subscriptions.due", "events of one subscription", 4_000, |size| {
        format!(r#"{{"subscriptions":[{}],"on":"2023-10-16"}}"#, eventful(size))
    }),
    Worst::new("subscriptions.invoices", "months of ten years", 800, |size| {
        invoices(&direct(size, 1), "2023-01-01", "2032-12-31", 1)
    }),
    Worst::new(
        "subscriptions.invoices",
        "subscriptions, each with an offer and a price of its own",
        800,
        |size| invoices(&direct(size, size), "2023-01-01", "2032-12-31", size),
    ),
    Worst::new("subscriptions.invoices", "changes of the offer", 800, |size| {
        let events = list(size, |index| {
            format!(r#"{{"on":"{}","type":"offer_change","offer":"Offer {index:07}"}}"#, day(2_023, index))
        });
        let one = format!(
            r#"{{"serial":"LA1","model":"RV55","offer":"Offer 0000000","registered":"2022-01-15","billing":"direct","events":[{events}]}}"#
        );
        invoices(&one, "2023-01-01", "2032-12-31", size)
    }),
    Worst::new("subscriptions.quote", "ends and offers, each with a price of its own", 2_000, |size| {
        let fleet = list(size, |index| {
            format!(
                r#"{{"serial":"LA{index:08}","model":"RV55","offer":"Offer {index:07}","end_date":"2023-12-01"}}"#
            )
        });
        quote(&fleet, r#"{"until":"2400-01-01"}"#, &prices(size, 12))
    }),
    Worst::new("subscriptions.quote", "ends, each with a need of its own", 2_000, |size| {
        let prices = list(100, |index| {
            let months = (index + 1) * 12;
            format!(
                r#"{{"offer":"AirLink Complete","months":{months},"price":{{"amount":"{}.00","currency":"USD"}}}}"#,
                months * 100 - index
            )
        });
        quote(&ends(size), r#"{"until":"9000-01-01"}"#, &prices)
    }),
    Worst::new("subscriptions.register", "subscriptions of the system", 4_000, |size| {
        format!(
            r#"{{"account":{{"format":"avc","kind":"customer","instance":"na"}},"system":{{"serial":"LA00000000","model":"RV55"}},"on":"2024-01-01","subscriptions":[{}]}}"#,
            list(size, |index| format!(
                r#"{{"serial":"LA00000000","model":"RV55","offer":"Offer {index:07}","registered":"2021-01-15","end_date":"2022-01-15"}}"#
            ))
        )
    }),
    Worst::new("subscriptions.renew", "rules", 32_000, |size| {
        format!(
            r#"{{"subscription":{{"serial":"LA1","model":"RV55","offer":"AirLink Complete","registered":"2023-01-15","end_date":"2024-01-15","rules":[{}]}},"months":36,"on":"2023-10-20"}}"#,
            list(size, |_| r#""SUB-1""#)
        )
    }),
    Worst::new("subscriptions.state", "renewals", 4_000, |size| {
        format!(r#"{{"subscription":{},"on":"9000-01-02"}}"#, eventful(size))
    }),
    Worst::new("subscriptions.state", "changes of the offer to come", 4_000, |size| {
        let events = list(size, |index| {
            format!(r#"{{"on":"2023-02-01","type":"offer_change","offer":"Offer {index:07}"}}"#)
        });
        format!(
            r#"{{"subscription":{{"serial":"LA1","model":"RV55","offer":"AirLink Complete","registered":"2023-01-15","billing":"direct","events":[{events}]}},"on":"2024-03-02"}}"#
        )
    }),
    Worst::new("subscriptions.state", "renewals to come under the same offer", 4_000, |size| {
        let events =
            list(size, |_| r#"{"on":"2023-02-01","type":"renewal","months":1,"offer":"AirLink Complete"}"#);
        format!(
            r#"{{"subscription":{{"serial":"LA1","model":"RV55","offer":"AirLink Complete","registered":"2023-01-15","events":[{events}]}},"on":"2023-03-02"}}"#
        )
    }),
    Worst::new("subscriptions.state", "terminations, withdrawn each time", 4_000, |size| {
        let events = list(size, |index| {
            let withdraw = if index % 2 == 0 { "" } else { r#","withdraw":true"# };
            format!(r#"{{"on":"2024-02-01","type":"termination"{withdraw}}}"#)
        });
        format!(
            r#"{{"subscription":{{"serial":"LA1","model":"RV55","offer":"AirLink Complete","registered":"2023-01-15","billing":"direct","events":[{events}]}},"on":"2024-02-02"}}"#
        )
    }),
    Worst::new("subscriptions.to_ics", "ends", 8_000, |size| {
        format!(r#"{{"subscriptions":[{}],"on":"2023-10-16"}}"#, ends(size))
    }),
    Worst::new("subscriptions.to_ics", "systems that end on one day", 8_000, |size| {
        let fleet = list(size, |index| {
            format!(
                r#"{{"serial":"é;,{index:08}","model":"RV55","offer":"AirLink Complete","end_date":"2023-12-01"}}"#
            )
        });
        format!(r#"{{"subscriptions":[{fleet}],"on":"2023-10-16"}}"#)
    }),
];

fn day(first_year: usize, index: usize) -> String {
    format!("{:04}-{:02}-{:02}", first_year + index / 336, index / 28 % 12 + 1, index % 28 + 1)
}

/// Subscriptions that end on days of their own.
fn ends(count: usize) -> String {
    list(count, |index| {
        format!(
            r#"{{"serial":"LA{index:08}","model":"RV55","offer":"AirLink Complete","end_date":"{:04}-{:02}-15"}}"#,
            2_024 + index / 12 % 6_000,
            index % 12 + 1
        )
    })
}

/// Units of lengths and prices so that the cheapest cover is not at hand.
fn units(count: usize) -> String {
    list(count, |index| {
        let length = 1_830 - index;
        format!(
            r#"{{"name":"U{index:07}","length":{length},"price":{{"amount":"{length}.00","currency":"USD"}}}}"#
        )
    })
}

fn align(method: &str, fleet: &str, date: &str, units: &str) -> String {
    format!(
        r#"{{"subscriptions":[{fleet}],"on":"2024-01-01","date":"{date}","method":"{method}","units":[{units}]}}"#
    )
}

/// A subscription that is renewed again and again.
fn eventful(renewals: usize) -> String {
    let events = list(renewals, |_| r#"{"on":"2023-02-01","type":"renewal","months":12}"#);
    format!(
        r#"{{"serial":"LA1","model":"RV55","offer":"AirLink Complete","registered":"2023-01-15","events":[{events}]}}"#
    )
}

/// Subscriptions that are billed monthly, under so many offers.
fn direct(count: usize, offers: usize) -> String {
    list(count, |index| {
        format!(
            r#"{{"serial":"LA{index:08}","model":"RV55","offer":"Offer {:07}","registered":"2021-01-{:02}","billing":"direct","renews_every_months":1}}"#,
            index % offers,
            index % 28 + 1
        )
    })
}

fn prices(offers: usize, months: usize) -> String {
    list(offers, |index| {
        format!(
            r#"{{"offer":"Offer {index:07}","months":{months},"price":{{"amount":"99.00","currency":"USD"}}}}"#
        )
    })
}

fn invoices(fleet: &str, from: &str, until: &str, offers: usize) -> String {
    format!(
        r#"{{"subscriptions":[{fleet}],"from":"{from}","until":"{until}","prices":[{}]}}"#,
        prices(offers, 1)
    )
}

fn quote(fleet: &str, wish: &str, prices: &str) -> String {
    format!(
        r#"{{"subscriptions":[{fleet}],"on":"2023-11-01","due_until":"2033-10-31","renew":{wish},"prices":[{prices}]}}"#
    )
}
