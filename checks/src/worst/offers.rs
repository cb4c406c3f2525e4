//! Catalogues of offers: products, versions, custom offers, and what is wrong with them.

use super::{Worst, list, numbered};

pub(super) const WORST: &[Worst] = &[
    Worst::new("billing.options", "products", 8_000, |size| {
        format!(
            r#"{{"country":"CA","on":"2024-05-01",{},"account":{ACCOUNT}}}"#,
            both(size, r#""fits":"any""#)
        )
    }),
    Worst::new("billing.options", "versions of the catalogue", 8_000, |size| {
        format!(r#"{{"country":"CA","on":"2024-05-01",{}}}"#, versions(size))
    }),
    Worst::new("offers.catalogue", "products", 8_000, |size| {
        format!(r#"{{"on":"2024-05-01",{}}}"#, both(size, r#""fits":"any""#))
    }),
    Worst::new("offers.catalogue", "versions of the catalogue", 8_000, |size| {
        format!(r#"{{"on":"2024-05-01",{}}}"#, versions(size))
    }),
    Worst::new("offers.for_model", "products for other models", 8_000, |size| {
        let fits = r#""fits":{"models":["RV50","RV55","GX450","MP70"]}"#;
        format!(r#"{{"account":{ACCOUNT},"model":"XR80","on":"2024-05-01",{}}}"#, both(size, fits))
    }),
    Worst::new("offers.for_model", "models of a product", 1_000, |size| {
        let fits = format!(r#""fits":{{"models":[{}]}}"#, models(size));
        format!(r#"{{"account":{ACCOUNT},"model":"XR80","on":"2024-05-01",{}}}"#, both(2, &fits))
    }),
    Worst::new("offers.for_model", "instances of a product", 8_000, |size| {
        let products =
            both(1, r#""fits":"any""#).replace(r#"["na","eu"]"#, &format!("[{}]", list(size, |_| r#""eu""#)));
        format!(r#"{{"account":{ACCOUNT},"model":"XR80","on":"2024-05-01",{products}}}"#)
    }),
    Worst::new("offers.load", "offers with mistakes", 8_000, |size| {
        let fields = r#""fits":{"series":["RV"]},"default_for":{"series":["XR"]}"#;
        format!(
            r#"{{"catalogue":{},"custom":[{}]}}"#,
            catalogue("v1", "2023-01-01", &mistaken(size, fields)),
            mistaken(size, fields)
        )
    }),
    Worst::new("offers.load", "defaults for the same models", 512, |size| {
        let fields = format!(r#""fits":"any","default_for":{{"models":[{}]}}"#, models(16));
        load(size, &fields)
    }),
    Worst::new("offers.load", "too many models of an offer", 16_000, |size| {
        load(1, &format!(r#""fits":{{"models":[{}]}}"#, models(size + 8_000)))
    }),
    Worst::new("offers.load", "models of an offer, each its default", 1_000, |size| {
        let fields = format!(r#""fits":"any","default_for":{{"models":[{}]}}"#, models(size));
        load(2, &fields)
    }),
    Worst::new("offers.load", "defaults beyond the models of an offer", 1_000, |size| {
        let fields = format!(
            r#""fits":{{"models":[{}]}},"default_for":{{"models":[{}]}}"#,
            numbered("RV5", size),
            numbered("RV6", size)
        );
        load(1, &fields)
    }),
    Worst::new("offers.load", "terms of an offer", 32_000, |size| {
        let product =
            product("A", r#""fits":"any""#).replace("[12,36,60]", &format!("[{}]", list(size, |_| 13)));
        format!(r#"{{"catalogue":{}}}"#, catalogue("v1", "2023-01-01", &product))
    }),
    Worst::new("xr.check", "devices", 4_000, |size| {
        let devices = list(size, |index| {
            let region = if index % 2 == 0 { "north_america" } else { "global" };
            format!(r#"{{"model":"XR80","serial":"XR{index:08}","sku_region":"{region}"}}"#)
        });
        format!(r#"{{"account":{ACCOUNT},"devices":[{devices}],"on":"2024-01-10"}}"#)
    }),
    Worst::new("xr.check", "devices and products", 2_000, |size| {
        let devices = list(size, |index| {
            format!(
                r#"{{"model":"XR{index:07}","serial":"XR{index:08}","offer":"Offer {index:07}","sku_region":"global"}}"#
            )
        });
        let catalogues = both(size, r#""fits":"any""#);
        format!(r#"{{"account":{ACCOUNT},"devices":[{devices}],"on":"2024-01-10",{catalogues}}}"#)
    }),
    Worst::new("xr.check", "devices without an account or an offer that exists", 4_000, |size| {
        let devices = list(size, |index| {
            format!(
                r#"{{"model":"XR80","serial":"XR{index:08}","offer":"Offer {index:07}","sku_region":"global"}}"#
            )
        });
        format!(r#"{{"devices":[{devices}],"on":"2024-01-10"}}"#)
    }),
    Worst::new("xr.check", "devices and the models of their offer", 1_000, |size| {
        let devices = list(size, |index| {
            format!(
                r#"{{"model":"XR{index:07}","serial":"XR{index:08}","offer":"Offer 0000000","sku_region":"global"}}"#
            )
        });
        let catalogues = both(1, &format!(r#""fits":{{"models":[{}]}}"#, models(size)));
        format!(r#"{{"account":{ACCOUNT},"devices":[{devices}],"on":"2024-01-10",{catalogues}}}"#)
    }),
];

pub(super) const ACCOUNT: &str = r#"{"format":"avc","kind":"customer","instance":"na"}"#;

pub(super) fn models(count: usize) -> String {
    numbered("RV5", count)
}

/// A product that can be sold, with these fields: the devices.
fn product(name: &str, devices: &str) -> String {
    format!(
        r#"{{"name":"{name}","kind":"support","services":{{"device_management":true,"support":"standard"}},"terms":{{"pre_paid":[12,36,60]}},{devices},"instances":["na","eu"]}}"#
    )
}

/// So many products, each of a name of its own.
pub(super) fn products(count: usize, devices: &str) -> String {
    list(count, |index| product(&format!("Offer {index:07}"), devices))
}

/// Products of one name, each with everything wrong that can be wrong.
fn mistaken(count: usize, devices: &str) -> String {
    list(count, |_| {
        format!(
            r#"{{"name":"A","kind":"connectivity","services":{{"device_management":false,"support":"premium","connectivity":"out_of_band"}},"terms":{{"pre_paid":[13,13],"direct":[]}},{devices},"instances":[],"list_price":{{"amount":"-1.00","currency":"USD"}}}}"#
        )
    })
}

fn catalogue(version: &str, effective: &str, products: &str) -> String {
    format!(r#"{{"version":"{version}","effective":"{effective}","products":[{products}]}}"#)
}

fn load(count: usize, devices: &str) -> String {
    format!(r#"{{"catalogue":{}}}"#, catalogue("v1", "2023-01-01", &products(count, devices)))
}

/// Fields of a request: a catalogue of so many products, and as many of the customer's own that replace them.
pub(super) fn both(count: usize, devices: &str) -> String {
    let catalogue = catalogue("v1", "2023-01-01", &products(count, devices));
    let custom = list(count, |index| {
        product(&format!("Offer {index:07}"), devices)
            .replace(r#""instances""#, r#""replaces":true,"instances""#)
    });
    format!(r#""catalogues":[{catalogue}],"custom":[{custom}]"#)
}

/// A field of a request: so many versions of the catalogue, each of a day of its own.
fn versions(count: usize) -> String {
    let versions = list(count, |index| {
        let day = format!("{:04}-{:02}-{:02}", 1900 + index / 336, index / 28 % 12 + 1, index % 28 + 1);
        catalogue(&format!("v{index:07}"), &day, "")
    });
    format!(r#""catalogues":[{versions}]"#)
}
