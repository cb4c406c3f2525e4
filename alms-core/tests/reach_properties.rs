//! "How many tokens until everyone reaches a date": the answer suffices, and one token less does not.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod support;

use alms_core::calendar::Date;
use alms_core::migration::{Outcome, Plan, plan, reach};
use alms_core::tokens::Tokens;
use alms_core::wire;
use proptest::prelude::*;
use serde_json::Value;
use support::accounts;

/// The plan of the document's account with another stock.
fn plan_with(input: &Value, tokens: i64) -> Plan {
    let mut input = input.clone();
    input["account"]["tokens"] = tokens.into();
    wire::plan_from_json(&wire::call("migration.plan", &input.to_string()).unwrap()).unwrap()
}

fn everyone_reaches(plan: &Plan, until: Date) -> bool {
    let basic = plan.systems.iter().filter(|system| system.outcome == Outcome::AirlinkBasic);
    basic.map(|system| system.end_date.unwrap()).all(|end| end >= until)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fewest_tokens_suffice(input in accounts::plannable(), days in 0_u32..2_000) {
        let account = wire::account_from_json(&input["account"].to_string()).unwrap();
        let made = plan_with(&input, 0);
        let until = made.on.add_days(days);
        prop_assume!(until.is_ok());
        let until = until.unwrap();
        let reached = reach(&account, made.on, &made.policy, until);
        prop_assume!(reached.is_ok());
        let reached = reached.unwrap();
        let needed = reached.tokens_needed.get();

        prop_assert!(everyone_reaches(&plan_with(&input, needed), until), "{reached:?}");
        if needed > 0 {
            let less = plan_with(&input, needed - 1);
            let short = !everyone_reaches(&less, until) || less.tokens.shortfall > Tokens::ZERO;
            prop_assert!(short, "a token less reaches {until}, too: {reached:?}");
        }
        // What is bought covers what is missing, and not a pack more.
        let missing = reached.tokens_missing.get();
        prop_assert!(reached.packs * 12 >= missing && (reached.packs - 1) * 12 < missing.max(1));
        prop_assert_eq!(plan(&account, made.on, &made.policy).is_ok(), true);
    }
}
