//! What must hold for every list of registrations (RES-4).

#![cfg(feature = "files")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use support::{call, cases};

const HEADER: &str = "Serial,Model,Account,Offer,SKU Region,Billing";

/// A row as its cells; some of them are no values.
fn row() -> impl Strategy<Value = String> {
    let serials: Vec<String> = (0..12).map(|number| format!("S{number}")).chain([String::new()]).collect();
    let models = ["RV55", "LX60", "XR80", "AirLink XR90", "Raven XE", ""];
    let accounts = ["c1", "c1", "e1", "d1", "r1", "f1", "l1", "c9", ""];
    let offers = ["", "", "AirLink Basic", "AirLink Premium", "AirLink Complete", "Acme Complete", "No Such"];
    let regions = ["", "North America", "global", "Mars"];
    let billings = ["", "", "pre_paid", "direct", "weekly"];
    (
        select(serials),
        select(models.to_vec()),
        select(accounts.to_vec()),
        select(offers.to_vec()),
        select(regions.to_vec()),
        select(billings.to_vec()),
    )
        .prop_map(|(serial, model, account, offer, region, billing)| {
            let row = format!("{serial},{model},{account},{offer},{region},{billing}");
            // A row of nothing is not a row.
            if row.chars().all(|character| character == ',') { "S0,,,,,".to_owned() } else { row }
        })
}

fn account(uid: &str, kind: &str, instance: &str, billing: &str, systems: Option<u32>) -> Value {
    json!({"uid": uid, "format": "avc", "kind": kind, "instance": instance, "billing": billing, "systems": systems})
}

/// What can be registered in, and what is there.
fn request(rows: &[String]) -> Value {
    let own = json!([{
        "name": "Acme Complete", "kind": "support", "services": {"device_management": true, "support": "standard"},
        "terms": {"pre_paid": [12]}, "fits": "any", "instances": ["na"]
    }]);
    let mut customer = account("c1", "customer", "na", "pre_paid", None);
    customer["custom"] = own;
    let mut legacy = account("l1", "customer", "na", "pre_paid", None);
    legacy["format"] = json!("legacy");
    let accounts = [
        customer,
        account("e1", "customer", "eu", "pre_paid", None),
        account("d1", "customer", "na", "direct", Some(5)),
        account("r1", "reseller", "na", "pre_paid", Some(18)),
        account("f1", "free_tier", "na", "pre_paid", Some(14)),
        legacy,
    ];
    let fleet = json!([{"serial": "S0", "account": "c1"}, {"serial": "S1", "account": "c7"}]);
    json!({"csv": csv(rows), "on": "2024-05-01", "accounts": accounts, "fleet": fleet})
}

fn csv(rows: &[String]) -> String {
    std::iter::once(HEADER).chain(rows.iter().map(String::as_str)).map(|row| format!("{row}\n")).collect()
}

fn is_good(row: &Value) -> bool {
    row["ok"] == true
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_row_is_answered_once(rows in vec(row(), 0..30)) {
        let output = call("reseller.bulk_register", &request(&rows)).unwrap();
        let answered = list(&output["rows"]);
        prop_assert_eq!(answered.len(), rows.len());
        for (index, row) in answered.iter().enumerate() {
            prop_assert_eq!(&row["line"], &json!(index + 2));
            // A system is registered in one way, or there is a reason.
            let ways = [&row["subscription"], &row["booking"]].into_iter().filter(|way| !way.is_null()).count();
            prop_assert_eq!(ways, usize::from(is_good(row)));
            prop_assert_eq!(list(&row["errors"]).is_empty(), is_good(row));
        }
        let good = answered.iter().filter(|row| is_good(row)).count();
        let summary = json!({"rows": rows.len(), "registered": good, "refused": rows.len() - good,
                             "accounts": list(&output["registered"]).len()});
        prop_assert_eq!(&output["summary"], &summary);
    }

    /// The preview is the booking: what the good rows give stands in `registered`, and they give it alone as well.
    #[test]
    fn the_good_rows_alone_give_the_same(rows in vec(row(), 0..30)) {
        let output = call("reseller.bulk_register", &request(&rows)).unwrap();
        let answered = list(&output["rows"]);
        let good: Vec<String> =
            rows.iter().zip(answered).filter(|(_, row)| is_good(row)).map(|(row, _)| row.clone()).collect();
        let alone = call("reseller.bulk_register", &request(&good)).unwrap();
        prop_assert!(list(&alone["rows"]).iter().all(is_good));
        prop_assert_eq!(&alone["registered"], &output["registered"]);
        for account in list(&output["registered"]) {
            let of_account = |field: &str| -> Vec<&Value> {
                let rows = answered.iter().filter(|row| row["account"] == account["account"]);
                rows.map(|row| &row[field]).filter(|one| !one.is_null()).collect()
            };
            prop_assert_eq!(list(&account["subscriptions"]).iter().collect::<Vec<_>>(), of_account("subscription"));
            prop_assert_eq!(list(&account["bookings"]).iter().collect::<Vec<_>>(), of_account("booking"));
            let max = match account["account"].as_str().unwrap() { "r1" => 20, "f1" => 15, _ => u64::MAX };
            prop_assert!(account["systems"].as_u64().unwrap() <= max);
        }
    }

    /// A row that names nothing twice and fits its account's limit is judged as a registration by itself is.
    #[test]
    fn a_row_is_a_registration(rows in vec(row(), 1..12)) {
        let request = request(&rows);
        let output = call("reseller.bulk_register", &request).unwrap();
        for (row, text) in list(&output["rows"]).iter().zip(&rows) {
            let cells: Vec<&str> = text.split(',').collect();
            let account = list(&request["accounts"]).iter().find(|one| one["uid"] == cells[2]);
            let Some(account) = account.filter(|one| one["format"] == "avc") else { continue };
            if cells[0].is_empty() || cells[1].is_empty() || cells[4] == "Mars" || cells[5] == "weekly" {
                continue;
            }
            let region = match cells[4] { "" => Value::Null, "global" => json!("global"), _ => json!("north_america") };
            let given = |cell: &str| if cell.is_empty() { Value::Null } else { json!(cell) };
            let single = call("subscriptions.register", &json!({
                "account": {"format": "avc", "kind": account["kind"], "instance": account["instance"], "billing": account["billing"]},
                "system": {"serial": cells[0], "model": cells[1], "sku_region": region},
                "on": "2024-05-01", "offer": given(cells[3]), "billing": given(cells[5]), "custom": account["custom"]
            })).unwrap();
            let ours = ["already_registered", "duplicate_serial", "too_many_systems"];
            let codes = |errors: &Value| -> Vec<String> {
                let codes = list(errors).iter().map(|error| error["code"].as_str().unwrap().to_owned());
                let mut codes: Vec<String> = codes.filter(|code| !ours.contains(&code.as_str())).collect();
                codes.sort();
                codes
            };
            prop_assert_eq!(codes(&row["errors"]), codes(&single["errors"]), "{}", text);
            if is_good(row) {
                let mut here = row["subscription"].clone();
                prop_assert_eq!(here["account"].take(), cells[2]);
                prop_assert_eq!(&here, &single["subscription"]);
            }
        }
    }

    /// Whatever the bytes, every row has an answer or the file has one reason.
    #[test]
    fn any_text_is_answered(text in "[Sc1,;\"\n\r\t =é\u{feff}-]{0,80}", header in select(&["", HEADER, "S/N;Model;UID", "Serial"])) {
        let mut request = request(&[]);
        request["csv"] = json!(format!("{header}\n{text}"));
        match call("reseller.bulk_register", &request) {
            Ok(output) => prop_assert!(list(&output["rows"]).iter().all(|row| is_good(row) == list(&row["errors"]).is_empty())),
            Err(code) => prop_assert_eq!(code, "invalid_file"),
        }
    }
}
