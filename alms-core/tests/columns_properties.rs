//! Fleets in columns against `migration::plan`, account by account: every field of every row, on random fleets, under
//! every policy, in every layout, with bad rows among them.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use alms_core::account::{
    Account, AccountData, AccountDetails, Format, Instance, Kind, System, SystemState, Systems as List,
};
use alms_core::calendar::Date;
use alms_core::migration::columns::{
    AccountError, AccountRow, Accounts, Days, Engine, Fleet, Grouping, Integers, NO_DAY, NO_OUTCOME,
    NO_STATE, Reason, RowError, Scenario, SystemRow, Systems, Validity, model_code, outcome_code,
};
use alms_core::migration::{
    Cleanup, CompleteRenewal, MonthRounding, Plan, PlanError, PlannedSystem, Policy, plan,
};
use alms_core::tokens::Tokens;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use support::differential_cases;

/// A row of systems as a table has it.
#[derive(Debug, Clone)]
struct Row {
    account: Option<i64>,
    state: u8,
    last: Option<i32>,
    support: Option<i32>,
    model: &'static str,
    serial: Option<u16>,
    /// Whether an earlier row of the account has the same serial.
    repeats: bool,
}

/// A row of accounts.
#[derive(Debug, Clone)]
struct Stock {
    key: Option<i64>,
    tokens: Option<i64>,
    on: Option<i32>,
}

#[derive(Debug, Clone)]
struct Tables {
    rows: Vec<Row>,
    stocks: Vec<Stock>,
    /// Whether the tables have these columns.
    with_models: bool,
    with_days: bool,
    with_serials: bool,
    scenario: Scenario,
}

const FIRST: i32 = -25_567;
const LAST: i32 = 2_932_896;

/// Days crowded around the migration date and the dates a year before it, now and then at an end of something.
fn day(on: i32) -> impl Strategy<Value = Option<i32>> {
    let ends = vec![FIRST, FIRST + 1, LAST, LAST - 1, 0];
    let day = prop_oneof![
        6 => (-800_i32..800).prop_map(move |days| on + days),
        2 => (-2_i32..=2).prop_map(move |days| on + days),
        2 => (-2_i32..=2).prop_map(move |days| on - 365 + days),
        1 => FIRST..=LAST,
        1 => select(ends),
    ];
    prop_oneof![3 => day.prop_map(|day| Some(day.clamp(FIRST, LAST))), 1 => Just(None)]
}

fn wrong_day() -> impl Strategy<Value = Option<i32>> {
    select(vec![FIRST - 1, LAST + 1, i32::MAX, i32::MAX - 1, i32::MIN, i32::MIN + 1]).prop_map(Some)
}

fn row(on: i32, keys: i64, bad: u32) -> impl Strategy<Value = Row> {
    let account =
        prop_oneof![200 => (0..keys).prop_map(Some), bad => select(vec![None, Some(99), Some(i64::MIN)])];
    let state = prop_oneof![
        200 => select(vec![0_u8, 0, 0, 1, 2, 3]),
        bad => select(vec![4, 5, 127, 128, 254, NO_STATE])
    ];
    let last = prop_oneof![200 => day(on), bad => wrong_day()];
    let support = prop_oneof![200 => day(on), bad => wrong_day()];
    let model = prop_oneof![200 => Just("RV55"), bad => Just("AirLink XR80"), bad => Just(LONG)];
    // Of so many numbers few come twice, of the others many.
    let serial = prop_oneof![200 => (0_u16..30_000).prop_map(Some), 5 => Just(None), bad => (0_u16..20).prop_map(Some)];
    (account, state, last, support, model, serial).prop_map(
        |(account, state, last, support, model, serial)| Row {
            account,
            state,
            last,
            support,
            model,
            serial,
            repeats: false,
        },
    )
}

/// More characters than a text has.
const LONG: &str = "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm\
    mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm\
    mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm";

fn stock(on: i32, keys: i64, bad: u32) -> impl Strategy<Value = Stock> {
    let limit = 1_000_000_000_000_000_i64;
    let tokens = prop_oneof![
        100 => (-30_i64..600).prop_map(Some),
        20 => (0_i64..200_000).prop_map(Some),
        3 * bad => select(vec![None, None, Some(limit), Some(-limit), Some(limit + 1), Some(i64::MIN), Some(i64::MAX)]),
    ];
    let on = prop_oneof![
        60 => Just(None),
        60 => (-40_i32..40).prop_map(move |days| Some((on + days).clamp(FIRST, LAST))),
        bad => wrong_day()
    ];
    // Some keys stand there twice, some not at all, a few are null.
    let key = prop_oneof![100 => (0..keys).prop_map(Some), bad => Just(None)];
    (key, tokens, on).prop_map(|(key, tokens, on)| Stock { key, tokens, on })
}

fn policy() -> impl Strategy<Value = Policy> {
    let years = prop_oneof![4 => Just(0_u16), 3 => 1_u16..=5, 1 => select(vec![100, 7_900, 8_000, u16::MAX])];
    let months = prop_oneof![3 => Just(12_u32), 2 => 0_u32..=40, 1 => select(vec![1_500, u32::MAX])];
    (select(MonthRounding::ALL), years, select(Cleanup::ALL), months).prop_map(
        |(month_rounding, years, cleanup, inactive_months)| Policy {
            month_rounding,
            complete_renewal: CompleteRenewal::plus_years(years),
            cleanup,
            inactive_months,
        },
    )
}

fn tables() -> impl Strategy<Value = Tables> {
    let on = prop_oneof![
        8 => 18_000_i32..22_000,
        1 => FIRST..=LAST,
        1 => select(vec![FIRST, FIRST + 40, LAST - 40, LAST]),
    ];
    let shape = (on, 1_i64..=6, select(vec![0_u32, 0, 1, 20]));
    let tables = shape.prop_flat_map(|(on, keys, bad)| {
        let rows = prop_oneof![
            4 => vec(row(on, keys, bad), 0..60),
            // More than a block, with few accounts.
            1 => vec(row(on, keys, bad), 900..1_300),
        ];
        let stocks = vec(stock(on, keys, bad), 0..10);
        (rows, stocks, Just(on), Just(keys))
    });
    let order = select(vec!["as drawn", "sorted", "runs"]);
    let scenario = (policy(), prop::bool::weighted(0.9));
    (tables, order, any::<(bool, bool, bool, bool)>(), scenario).prop_map(
        |(
            (mut rows, mut stocks, on, keys),
            order,
            (every_account, with_models, with_days, with_serials),
            scenario,
        )| {
            if every_account {
                let plain = |key| Stock { key: Some(key), tokens: Some(key * 40), on: None };
                stocks = (0..keys).map(plain).collect();
            }
            match order {
                "sorted" => rows.sort_by_key(|row| row.account),
                "runs" => rows.sort_by_key(|row| row.account.map(|key| (key.wrapping_mul(5) + 3) % 7)),
                _ => {}
            }
            for index in 0..rows.len() {
                let same =
                    |other: &Row| (other.account, other.serial) == (rows[index].account, rows[index].serial);
                rows[index].repeats = rows[index].serial.is_some() && rows[..index].iter().any(same);
            }
            let (policy, with_on) = scenario;
            let on = Date::from_day_number(on).ok().filter(|_| with_on);
            Tables { rows, stocks, with_models, with_days, with_serials, scenario: Scenario { on, policy } }
        },
    )
}

/// What is wrong with a row by itself.
fn fault(row: &Row, tables: &Tables) -> Option<RowError> {
    let is_date = |days: Option<i32>| days.is_none_or(|days| Date::from_day_number(days).is_ok());
    match row.state {
        NO_STATE => Some(RowError::MissingState),
        4.. => Some(RowError::UnknownState),
        _ if tables.with_models && row.model == LONG => Some(RowError::OutOfRange),
        _ if !is_date(row.last) || !is_date(row.support) => Some(RowError::OutOfRange),
        _ if tables.with_serials && row.repeats => Some(RowError::DuplicateSerial),
        _ => None,
    }
}

/// The plan of one account by the code that plans single accounts.
fn planned(rows: &[&Row], stock: &Stock, tables: &Tables) -> Result<Plan, AccountError> {
    if rows.iter().any(|row| fault(row, tables).is_some()) {
        return Err(AccountError::BadRows);
    }
    let key = stock.key.ok_or(AccountError::MissingAccount)?.to_string();
    let tokens = stock.tokens.ok_or(AccountError::MissingTokens)?;
    let tokens = Tokens::try_new(tokens).map_err(|_| AccountError::OutOfRange)?;
    let on = match stock.on.filter(|_| tables.with_days) {
        Some(days) => Date::from_day_number(days).map_err(|_| AccountError::OutOfRange)?,
        None => tables.scenario.on.ok_or(AccountError::MissingOn)?,
    };
    let date = |days: Option<i32>| days.map(|days| Date::from_day_number(days).unwrap());
    let systems = rows.iter().enumerate().map(|(index, row)| System {
        serial: format!("S{index}").parse().unwrap(),
        model: if tables.with_models { row.model } else { "RV55" }.parse().unwrap(),
        state: SystemState::ALL[usize::from(row.state)],
        last_communication: date(row.last),
        support_end: date(row.support),
        warranty_end: None,
        sku_region: None,
    });
    let account = Account::try_new(AccountData {
        uid: key.parse().unwrap(),
        name: key.parse().unwrap(),
        instance: Instance::Na,
        format: Format::Legacy,
        kind: Kind::Customer,
        created: None,
        tokens,
        administrators: vec![],
        users: vec![],
        partnerships: vec![],
        offer_class: None,
        branding: None,
        configuration: None,
        systems: List::try_new(systems.collect()).unwrap(),
        details: AccountDetails::default(),
    });
    plan(&account.unwrap(), on, &tables.scenario.policy).map_err(|error| match error {
        PlanError::XrInLegacyAccount { .. } => AccountError::XrInLegacyAccount,
        PlanError::BasicEndOutOfRange { .. } | PlanError::CompleteEndOutOfRange { .. } => {
            AccountError::DateOutOfRange
        }
        other => panic!("{other}"),
    })
}

fn failed(error: RowError) -> SystemRow {
    SystemRow { outcome: NO_OUTCOME, reason: error.code(), end_date: NO_DAY, tokens: 0 }
}

fn system_row(system: &PlannedSystem) -> SystemRow {
    SystemRow {
        outcome: outcome_code(system.outcome),
        reason: Reason::Rule(system.grounds.deciding()).code(),
        end_date: system.end_date.map_or(NO_DAY, Date::day_number),
        tokens: i32::try_from(system.tokens.get()).unwrap(),
    }
}

fn account_row(result: &Result<Plan, AccountError>) -> AccountRow {
    let nothing = AccountRow {
        error: 0,
        on: NO_DAY,
        opening: 0,
        written_off: 0,
        complete: 0,
        basic: 0,
        pro_rata: 0,
        unallocated: 0,
        overgranted: 0,
        shortfall: 0,
        months_numerator: 0,
        granted_months: 0,
        granted_days: 0,
        basic_end_date: NO_DAY,
        deleted: 0,
        inventory: 0,
        airlink_complete: 0,
        airlink_basic: 0,
    };
    let plan = match result {
        Err(error) => return AccountRow { error: error.code(), ..nothing },
        Ok(plan) => plan,
    };
    let row = AccountRow {
        on: plan.on.day_number(),
        opening: plan.tokens.opening.get(),
        written_off: plan.tokens.written_off.get(),
        complete: plan.tokens.complete.get(),
        basic: plan.tokens.basic.get(),
        pro_rata: plan.tokens.pro_rata.get(),
        unallocated: plan.tokens.unallocated.get(),
        overgranted: plan.tokens.overgranted.get(),
        shortfall: plan.tokens.shortfall.get(),
        deleted: plan.summary.deleted,
        inventory: plan.summary.inventory,
        airlink_complete: plan.summary.airlink_complete,
        airlink_basic: plan.summary.airlink_basic,
        ..nothing
    };
    let Some(basic) = plan.basic else { return row };
    assert_eq!((basic.systems, basic.months.denominator), (row.airlink_basic, row.airlink_basic.into()));
    AccountRow {
        months_numerator: basic.months.numerator,
        granted_months: i32::try_from(basic.granted_months.get()).unwrap(),
        granted_days: i32::try_from(basic.granted_days).unwrap(),
        basic_end_date: basic.end_date.day_number(),
        ..row
    }
}

/// Every row of both results, by planning account after account.
fn expected(tables: &Tables) -> (Vec<SystemRow>, Vec<AccountRow>) {
    let first = |key: i64| tables.stocks.iter().position(|stock| stock.key == Some(key));
    let mut systems: Vec<SystemRow> = tables
        .rows
        .iter()
        .map(|row| match row.account {
            None => failed(RowError::MissingAccount),
            Some(key) if first(key).is_none() => failed(RowError::UnknownAccount),
            Some(_) => failed(fault(row, tables).unwrap_or(RowError::AccountNotPlanned)),
        })
        .collect();
    let mut accounts = Vec::new();
    for (index, stock) in tables.stocks.iter().enumerate() {
        if stock.key.is_some_and(|key| first(key) != Some(index)) {
            accounts.push(account_row(&Err(AccountError::DuplicateAccount)));
            continue;
        }
        let is_own = |row: &&Row| row.account.is_some() && row.account == stock.key;
        let own: Vec<&Row> = tables.rows.iter().filter(is_own).collect();
        let result = planned(&own, stock, tables);
        if let Ok(plan) = &result {
            let places = (0..tables.rows.len()).filter(|row| is_own(&&tables.rows[*row]));
            for (place, system) in places.zip(&plan.systems) {
                systems[place] = system_row(system);
            }
        }
        accounts.push(account_row(&result));
    }
    (systems, accounts)
}

/// A column as values and bits, from some bit on.
fn with_bits<T: Copy + Default>(values: &[Option<T>], offset: usize) -> (Vec<T>, Vec<u8>) {
    let mut bits = vec![0xa5_u8; (values.len() + offset).div_ceil(8)];
    for (row, value) in values.iter().enumerate() {
        let (byte, bit) = ((row + offset) / 8, (row + offset) % 8);
        bits[byte] = bits[byte] & !(1 << bit) | u8::from(value.is_some()) << bit;
    }
    (values.iter().map(|value| value.unwrap_or_default()).collect(), bits)
}

/// Null dates as the number that stands for them. A date that is this number is wrong, and the last of all numbers is
/// as wrong.
fn marked(days: &[Option<i32>]) -> Vec<i32> {
    days.iter().map(|days| days.map_or(NO_DAY, |days| if days == NO_DAY { i32::MAX } else { days })).collect()
}

/// A column in one of its two forms.
fn days<'a>(marked: &'a [i32], with_bits: &'a (Vec<i32>, Vec<u8>), offset: Option<usize>) -> Days<'a> {
    match offset {
        None => Days::new(marked),
        Some(offset) => Days::with_validity(&with_bits.0, Validity::new(&with_bits.1, offset)),
    }
}

fn compare(
    tables: &Tables,
    groups: &Grouping,
    engine: Engine,
    offset: Option<usize>,
) -> Result<(), TestCaseError> {
    let (rows, stocks) = (&tables.rows, &tables.stocks);
    let states: Vec<u8> = rows.iter().map(|row| row.state).collect();
    let models: Vec<u8> = rows.iter().map(|row| model_code(Some(row.model))).collect();
    let last: Vec<_> = rows.iter().map(|row| row.last).collect();
    let support: Vec<_> = rows.iter().map(|row| row.support).collect();
    let on: Vec<_> = stocks.iter().map(|stock| stock.on).collect();
    let tokens: Vec<_> = stocks.iter().map(|stock| stock.tokens).collect();
    let bits = offset.unwrap_or_default();
    let [last_bits, support_bits, on_bits] = [&last, &support, &on].map(|days| with_bits(days, bits));
    let [last, support, on] = [&last, &support, &on].map(|days| marked(days));
    let (tokens, tokens_bits) = with_bits(&tokens, bits);
    let repeats = groups.repeats(rows.iter().map(|row| row.serial));
    let fleet = Fleet::try_new(
        groups,
        Systems {
            states: &states,
            last_communication: days(&last, &last_bits, offset),
            support_end: days(&support, &support_bits, offset),
            models: tables.with_models.then_some(&models),
            repeats: tables.with_serials.then_some(&repeats),
        },
        Accounts {
            tokens: Integers::with_validity(&tokens, Validity::new(&tokens_bits, bits)),
            on: tables.with_days.then(|| days(&on, &on_bits, offset)),
        },
    );
    let plan = fleet.unwrap().with_engine(engine).plan(&tables.scenario);
    let (systems, accounts) = expected(tables);
    for (index, wanted) in systems.iter().enumerate() {
        prop_assert_eq!(plan.systems.row(index), Some(*wanted), "row {} of {:?}", index, rows[index]);
    }
    for (index, wanted) in accounts.iter().enumerate() {
        prop_assert_eq!(plan.accounts.row(index), Some(*wanted), "account {}", index);
    }
    Ok(())
}

/// Every engine there is.
fn engines() -> Vec<Engine> {
    vec![
        Engine::Best,
        Engine::Portable,
        #[cfg(feature = "rayon")]
        Engine::Parallel,
    ]
}

proptest! {
    #![proptest_config(differential_cases(400))]

    #[test]
    fn columns_say_what_a_plan_says(
        tables in tables(),
        engine in select(engines()),
        offset in prop::option::of(0_usize..=9),
    ) {
        let groups = Grouping::by_keys(
            tables.rows.iter().map(|row| row.account),
            tables.stocks.iter().map(|stock| stock.key),
        ).unwrap();
        compare(&tables, &groups, engine, offset)?;
    }

    /// Texts group as integers do, and so do positions.
    #[test]
    fn every_kind_of_key_groups_alike(tables in tables()) {
        let (rows, stocks) = (&tables.rows, &tables.stocks);
        let integers =
            Grouping::by_keys(rows.iter().map(|row| row.account), stocks.iter().map(|stock| stock.key)).unwrap();
        let text = |key: Option<i64>| key.map(|key| format!("account {key}"));
        let of_rows: Vec<_> = rows.iter().map(|row| text(row.account)).collect();
        let of_stocks: Vec<_> = stocks.iter().map(|stock| text(stock.key)).collect();
        let texts =
            Grouping::by_keys(of_rows.iter().map(Option::as_deref), of_stocks.iter().map(Option::as_deref));
        prop_assert_eq!(&texts.unwrap(), &integers);

        let keys: BTreeSet<_> = stocks.iter().map(|stock| stock.key).collect();
        if keys.len() == stocks.len() && !keys.contains(&None) {
            let position = |key: Option<i64>| {
                let position = |key| stocks.iter().position(|stock| stock.key == Some(key));
                key.map(|key| position(key).map_or(u32::MAX, |position| position as u32))
            };
            let positions =
                Grouping::by_positions(rows.iter().map(|row| position(row.account)), stocks.len()).unwrap();
            compare(&tables, &positions, Engine::Best, None)?;
        }
    }
}

/// A property proves nothing about a case that is never drawn.
#[test]
fn the_generator_reaches_every_reason_and_error() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = tables();
    let mut seen = BTreeSet::new();
    for _ in 0..600 {
        let tables = strategy.new_tree(&mut runner).unwrap().current();
        let (systems, accounts) = expected(&tables);
        seen.extend(systems.iter().map(|row| format!("{:?}", Reason::from_code(row.reason).unwrap())));
        seen.extend(accounts.iter().map(|row| match AccountError::from_code(row.error) {
            Some(error) => format!("account {error}"),
            None => "account planned".to_owned(),
        }));
    }
    let rules = Reason::RULES.map(Reason::Rule);
    let errors = RowError::ALL.iter().copied().map(Reason::Error);
    let mut wanted: BTreeSet<_> =
        rules.into_iter().chain(errors).map(|reason| format!("{reason:?}")).collect();
    // An integer is a key, whichever it is.
    let of_accounts = AccountError::ALL.iter().filter(|error| **error != AccountError::InvalidAccount);
    wanted.extend(of_accounts.map(|error| format!("account {error}")));
    wanted.insert("account planned".to_owned());
    assert_eq!(seen, wanted);
}
