//! What a program in Rust has beyond the operations: single values as JSON, and how values show themselves.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::account::{Account, Format, Instance, Kind, SystemState, Systems};
use alms_core::billing::Country;
use alms_core::calendar::{Date, Month, Months};
use alms_core::migration::columns::{NO_STATE, state_code};
use alms_core::migration::{Policy, Reporting, Scenario, compare, explain, plan};
use alms_core::money::Currency;
use alms_core::offers::{BillingModel, Subscriber};
use alms_core::rule::{Document, RuleId, RuleSet};
use alms_core::tokens::{
    AdviceError, Holder, Horizon, Ledger, Outlook, Peak, Peaks, ServicePack, Simulation, SimulationError,
    SimulationPlan, SuspendedUse, Tokens, UsageAssumption, advice, forecast, simulate,
};
use alms_core::wire;

const ON: &str = "2023-03-25";

/// Two systems share 13 tokens; a third is on the shelf.
const ACCOUNT: &str = r#"{"uid":"a1","name":"Acme Buses","instance":"na","format":"legacy","kind":"customer","tokens":13,"systems":[{"serial":"LA1","model":"RV55","state":"active","last_communication":"2023-03-01"},{"serial":"LA2","model":"RV55","state":"suspended","last_communication":"2023-03-02","support_end":"2023-06-30"},{"serial":"LA3","model":"RV55","state":"inventory"}]}"#;

fn account() -> Account {
    wire::account_from_json(ACCOUNT).unwrap()
}

fn on() -> Date {
    ON.parse().unwrap()
}

#[test]
fn a_plan_is_read_system_by_system() {
    let plan = plan(&account(), on(), &Policy::default()).unwrap();
    for planned in &plan.systems {
        let json = wire::planned_system_to_json(planned);
        assert!(wire::plan_to_json(&plan).contains(&json), "{json}");
        assert_eq!(&wire::planned_system_from_json(&json).unwrap(), planned);
    }
    assert_eq!(wire::planned_system_from_json("{}").unwrap_err().code(), "invalid_input");
}

#[test]
fn explanations_and_comparisons_are_written_as_the_operations_write_them() {
    let (account, plan) = (account(), plan(&account(), on(), &Policy::default()).unwrap());
    let explanation = explain(&account, &plan, "LA2").unwrap();
    assert_eq!(explanation.serial().as_str(), "LA2");
    let input = format!(r#"{{"account":{ACCOUNT},"on":"{ON}","serial":"LA2"}}"#);
    assert_eq!(wire::explanation_to_json(&explanation), wire::call("migration.explain", &input).unwrap());

    let scenario = |name: &str, policy| Scenario {
        name: name.parse().unwrap(),
        on: on(),
        policy,
        tokens: None,
        reporting: Reporting::default(),
    };
    let later = Policy { inactive_months: 1, ..Policy::default() };
    let scenarios = vec![scenario("as it is", Policy::default()), scenario("strict", later)];
    let comparison = compare(&account, scenarios, None).unwrap();
    let input = format!(
        r#"{{"account":{ACCOUNT},"scenarios":[{{"name":"as it is","on":"{ON}"}},{{"name":"strict","on":"{ON}","policy":{{"inactive_months":1}}}}]}}"#
    );
    assert_eq!(
        wire::comparison_to_json(&comparison).unwrap(),
        wire::call("migration.compare", &input).unwrap()
    );
}

#[test]
fn the_stock_may_be_left_to_a_ledger() {
    let without = ACCOUNT.replace(r#""tokens":13,"#, "");
    let (account, is_given) = wire::account_with_stock_from_json(&without).unwrap();
    assert_eq!((account.data().tokens.get(), is_given), (0, false));
    let (account, is_given) = wire::account_with_stock_from_json(ACCOUNT).unwrap();
    assert_eq!((account.data().tokens.get(), is_given), (13, true));
    assert_eq!(wire::account_from_json(&without).unwrap_err().path(), "tokens");
}

#[test]
fn a_list_of_systems_is_a_list() {
    let systems = account().into_data().systems;
    assert_eq!((systems.len(), systems.is_empty(), systems.as_slice().len()), (3, false, 3));
    assert!(format!("{systems:?}").starts_with("[System {"), "{systems:?}");
    let list = systems.clone().into_vec();
    assert_eq!(list.iter().map(|system| system.serial.as_str()).collect::<Vec<_>>(), ["LA1", "LA2", "LA3"]);
    // Whether somebody was looked up changes nothing.
    assert_eq!(systems.position("LA3"), Some(2));
    assert_eq!(Systems::try_new(list).unwrap(), systems);
    let empty = Systems::try_new(Vec::new()).unwrap();
    assert!(empty.is_empty());
    assert_ne!(empty, systems);
}

#[test]
fn a_subscriber_is_an_account_with_its_billing() {
    let subscriber = Subscriber::of(&account(), BillingModel::PrePaid);
    assert_eq!(
        (subscriber.format, subscriber.kind, subscriber.instance, subscriber.billing, subscriber.systems),
        (Format::Legacy, Kind::Customer, Instance::Na, BillingModel::PrePaid, Some(3))
    );
}

#[test]
fn states_have_their_codes_in_columns() {
    for (code, state) in (0..).zip(SystemState::ALL) {
        assert_eq!(state_code(Some(state.as_str())), code);
    }
    assert_eq!((state_code(None), state_code(Some("on fire"))), (NO_STATE, 254));
}

#[test]
fn an_error_says_where_it_is() {
    let call = |input| wire::call("calendar.add_months", input).unwrap_err();
    let inside = call(r#"{"date": "2023-02-30", "months": 1}"#);
    assert_eq!(inside.to_string(), format!("date: {}", inside.message()));
    let outside = call("[");
    assert_eq!((outside.path(), outside.to_string()), ("", outside.message().to_owned()));
}

#[test]
fn values_show_themselves_in_failed_tests() {
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        on(),
        ON.parse::<Date>().unwrap().iso(),
        "2023-03".parse::<Month>().unwrap(),
        "US".parse::<Country>().unwrap(),
        Currency::USD
    );
    assert_eq!(shown, "2023-03-25 2023-03-25 2023-03 US USD");
    let rules = RuleSet::of(&[RuleId::Mig9, RuleId::Mig4]);
    assert_eq!(format!("{rules:?}"), r#"{"MIG-4", "MIG-9"}"#);
    let plan = plan(&account(), on(), &Policy::default()).unwrap();
    assert_eq!(format!("{:?}", plan.fingerprint), plan.fingerprint.to_string());
    let grounds: Vec<String> = plan.systems.iter().map(|system| format!("{:?}", system.grounds)).collect();
    assert_eq!(grounds, [r#"["MIG-9"]"#, r#"["MIG-4", "MIG-5"]"#, r#"["MIG-7"]"#]);
}

#[test]
fn documents_have_their_titles() {
    let titles = Document::ALL.iter().map(|document| document.title());
    assert_eq!(
        titles.collect::<Vec<_>>(),
        [
            "Evolution of ALMS Accounts (Quick Reference Guide)",
            "ALMS Onboarding and Ordering Guide for Partners",
            "ALMS Account Migration",
            "ALMS Reseller Accounts",
            "The ALMS rulebook",
        ]
    );
}

#[test]
fn a_system_is_written_as_it_is_read() {
    let json = r#"{"serial":"LA1","model":"RV55","state":"active","last_communication":"2023-03-01","support_end":null,"warranty_end":"2025-01-01"}"#;
    let system = wire::system_from_json(json).unwrap();
    let written = wire::system_to_json(&system);
    assert!(written.starts_with(r#"{"serial":"LA1","model":"RV55","#), "{written}");
    assert_eq!(wire::system_from_json(&written).unwrap(), system);
}

#[test]
fn a_forecast_names_its_rules() {
    let rules = |previous| {
        let peaks = Peaks { previous, current: None };
        forecast(&Outlook::new(Tokens::ZERO, on(), peaks)).unwrap().rules()
    };
    assert_eq!(rules(Some(Peak::ZERO)), RuleSet::of(&[RuleId::Tok5, RuleId::Tok2]));
    assert_eq!(rules(None), RuleSet::of(&[RuleId::Tok5]), "without a use, no month");
}

/// A ledger of one account with 20 tokens.
fn ledger() -> Ledger {
    let holder = Holder {
        uid: "c1".parse().unwrap(),
        name: "Acme".parse().unwrap(),
        kind: Kind::Customer,
        administrators: vec![],
        partners: vec![],
        opening: Tokens::try_new(20).unwrap(),
        status: None,
    };
    Ledger::open(vec![holder]).unwrap()
}

const GRANT: &str = r#"{"key":"g1","on":"2023-06-02","type":"grant","account":"c1","tokens":6}"#;
const MAY: &str =
    r#"{"key":"may","on":"2023-06-02","type":"consumption","account":"c1","month":"2023-05","peak":8}"#;
const DELETE: &str = r#"{"key":"d1","on":"2023-06-02","type":"delete","target":"o1"}"#;
const EDIT: &str = r#"{"key":"e1","on":"2023-06-02","type":"edit","target":"o1","packs":2}"#;

#[test]
fn a_booking_says_what_it_is() {
    for (json, effective, is_correction) in [
        (GRANT, "2023-06-02", false),
        (MAY, "2023-05-31", false),
        (DELETE, "2023-06-02", true),
        (EDIT, "2023-06-02", true),
    ] {
        let booking = wire::booking_from_json(json, &ledger()).unwrap();
        assert_eq!(booking.effective().to_string(), effective, "{json}");
        assert_eq!(booking.entry.is_correction(), is_correction, "{json}");
    }
}

#[test]
fn a_ledger_gives_back_what_was_booked() {
    let mut ledger = ledger();
    for json in [GRANT, MAY] {
        let booking = wire::booking_from_json(json, &ledger).unwrap();
        assert_eq!(ledger.entry(&booking.key), None);
        ledger.book(booking.clone()).unwrap();
        assert_eq!(ledger.entry(&booking.key), Some(booking.entry));
    }
}

/// Simulates `ledger()` with eight systems and what is planned.
fn simulated(on: &str, until: &str, planned: &[&str]) -> Result<Simulation, SimulationError> {
    let usage =
        UsageAssumption { account: "c1".parse().unwrap(), from: None, peak: Peak::try_new(8).unwrap() };
    let planned = planned.iter().map(|json| wire::booking_from_json(json, &ledger()).unwrap()).collect();
    let plan = SimulationPlan {
        on: on.parse().unwrap(),
        until: until.parse().unwrap(),
        usage: vec![usage],
        planned,
        suspended_use: SuspendedUse::None,
    };
    simulate(&ledger(), plan)
}

#[test]
fn simulated_month_ends_have_keys_of_their_own() {
    let keys = |planned: &[&str]| -> Vec<String> {
        let simulation = simulated("2023-06-01", "2023-07-31", planned).unwrap();
        simulation.ledger.bookings().map(|booking| booking.key.to_string()).collect()
    };
    assert_eq!(keys(&[]), ["simulated-0:2023-06:0", "simulated-0:2023-07:0"]);
    let like_one = GRANT.replace("g1", "simulated-4:x");
    assert_eq!(keys(&[&like_one]), ["simulated-4:x", "simulated-5:2023-06:0", "simulated-5:2023-07:0"]);
}

#[test]
fn a_hundred_years_are_simulated_and_no_more() {
    assert_eq!(simulated("2001-01-31", "2100-12-01", &[]).unwrap().months.len(), 1200);
    let longer = simulated("2001-01-31", "2101-01-01", &[]).unwrap_err();
    assert_eq!(longer, SimulationError::TooLong { months: 1201 });
}

/// 834 accounts in 1,200 months are 1,000,800 lines; a hundred years of 833 are 999,600.
#[test]
fn a_million_lines_are_simulated_and_no_more() {
    let simulated = |accounts: usize| {
        let holder = |number: usize| Holder {
            uid: format!("c{number}").parse().unwrap(),
            name: "Acme".parse().unwrap(),
            kind: Kind::Customer,
            administrators: vec![],
            partners: vec![],
            opening: Tokens::ZERO,
            status: None,
        };
        let ledger = Ledger::open((0..accounts).map(holder).collect()).unwrap();
        // What is within the limit is not simulated either: the account is unknown.
        let unknown = UsageAssumption {
            account: "nobody".parse().unwrap(),
            from: None,
            peak: Peak::try_new(1).unwrap(),
        };
        let plan = SimulationPlan {
            on: "2001-01-31".parse().unwrap(),
            until: "2100-12-01".parse().unwrap(),
            usage: vec![unknown],
            planned: vec![],
            suspended_use: SuspendedUse::Counts,
        };
        simulate(&ledger, plan).unwrap_err()
    };
    let too_large = SimulationError::TooLarge { accounts: 834, months: 1200, max: 1_000_000 };
    assert_eq!(simulated(834), too_large);
    assert!(matches!(simulated(833), SimulationError::UnknownAccount { .. }));
}

#[test]
fn fewer_than_no_months_cannot_be_covered() {
    let peaks = Peaks { previous: Some(Peak::try_new(8).unwrap()), current: None };
    let covered = |months| {
        let months = Horizon::Months(Months::try_new(months).unwrap());
        advice(&Outlook::new(Tokens::ZERO, on(), peaks), months, ServicePack::unit_price(), None)
    };
    let months = Months::try_new(-1).unwrap();
    assert_eq!(covered(-1).unwrap_err(), AdviceError::NegativeMonths(months));
    assert_eq!(covered(0).unwrap().tokens_needed, 0);
}
