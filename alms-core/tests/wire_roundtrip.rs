//! Values as JSON: reading what was written gives the same value, and writing it again the same text.

#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails loudly"
)]

mod support;

use alms_core::migration::{Consent, ConsentBy, apply, plan};
use alms_core::wire;
use proptest::prelude::*;
use serde_json::Value;
use support::accounts;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_account_is_read_as_it_was_written(input in accounts::plannable()) {
        let account = wire::account_from_json(&input["account"].to_string()).unwrap();
        let json = wire::account_to_json(&account);
        prop_assert_eq!(&wire::account_from_json(&json).unwrap(), &account);
        prop_assert_eq!(wire::account_to_json(&wire::account_from_json(&json).unwrap()), json);
    }

    #[test]
    fn a_plan_is_read_as_it_was_written(input in accounts::plannable()) {
        let json = wire::call("migration.plan", &input.to_string());
        prop_assume!(json.is_ok());
        let json = json.unwrap();
        let plan = wire::plan_from_json(&json).unwrap();
        prop_assert_eq!(&wire::plan_to_json(&plan), &json);
        let mut written = Vec::new();
        wire::write_plan_json(&plan, &mut written).unwrap();
        prop_assert_eq!(String::from_utf8(written).unwrap(), json);
    }

    /// The typed functions are what `call` runs.
    #[test]
    fn typed_and_wire_form_give_the_same(input in accounts::plannable()) {
        let json = wire::call("migration.plan", &input.to_string());
        prop_assume!(json.is_ok());
        let agreed = wire::plan_from_json(&json.unwrap()).unwrap();
        let account = wire::account_from_json(&input["account"].to_string()).unwrap();
        let planned = plan(&account, agreed.on, &agreed.policy).unwrap();
        let planned = match wire::built_in_assortment(agreed.on) {
            Some(assortment) => planned.check_offers(&account, assortment),
            None => planned,
        };
        prop_assert_eq!(&planned, &agreed);

        let by = "J. Doe".parse().unwrap();
        let consent = Consent { by, on: agreed.on, fingerprint: agreed.fingerprint };
        let applied = apply(&account, &agreed, Some(&consent), Some(ConsentBy::Anyone)).unwrap();
        let request = serde_json::json!({
            "account": input["account"],
            "plan": serde_json::from_str::<Value>(&wire::plan_to_json(&agreed)).unwrap(),
            "consent": {"by": "J. Doe", "on": agreed.on.to_string(), "fingerprint": agreed.fingerprint.to_string()},
            "consent_by": "anyone",
        });
        prop_assert_eq!(wire::applied_to_json(&applied), wire::call("migration.apply", &request.to_string()).unwrap());
    }
}
