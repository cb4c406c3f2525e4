//! Fleets of a size that no random fleet has, and what planning them allocates.
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may fail loudly")]

use alms_core::account::SystemState;
use alms_core::calendar::Date;
use alms_core::migration::columns::{
    AccountColumns, AccountError, Accounts, Days, Engine, Fleet, FleetPlan, Grouping, Integers, ModelCheck,
    NO_DAY, NO_OUTCOME, Reason, RowError, Scenario, SystemColumns, Systems, Validity, outcome_code,
};
use alms_core::migration::{CompleteRenewal, MonthRounding, Outcome, Policy};
use alms_core::rule::RuleId;

/// 2023-03-25.
const ON: i32 = 19_441;

fn scenario(policy: Policy) -> Scenario {
    Scenario { on: Date::from_day_number(ON).ok(), policy }
}

/// Systems that communicated on the migration date; every third has support for two months more.
struct Columns {
    states: Vec<u8>,
    last: Vec<i32>,
    support: Vec<i32>,
}

impl Columns {
    fn new(rows: usize) -> Self {
        let support = (0..rows).map(|row| if row % 3 == 0 { ON + 60 } else { NO_DAY });
        Self { states: vec![0; rows], last: vec![ON; rows], support: support.collect() }
    }

    fn systems(&self) -> Systems<'_> {
        Systems {
            states: &self.states,
            last_communication: Days::new(&self.last),
            support_end: Days::new(&self.support),
            models: None,
            repeats: None,
        }
    }
}

#[test]
fn an_account_of_ten_million_systems_and_of_one_more() {
    const MOST: usize = 10_000_000;
    let columns = Columns::new(MOST + 1);
    for (rows, error) in [(MOST, None), (MOST + 1, Some(AccountError::OutOfRange))] {
        let groups = Grouping::adjacent(&[rows]).unwrap();
        let systems = Systems {
            states: &columns.states[..rows],
            last_communication: Days::new(&columns.last[..rows]),
            support_end: Days::new(&columns.support[..rows]),
            models: None,
            repeats: None,
        };
        let accounts = Accounts { tokens: Integers::new(&[1_000_000_000]), on: None };
        let fleet = Fleet::try_new(&groups, systems, accounts).unwrap();
        let plan = fleet.plan(&scenario(Policy::default()));
        assert_eq!(AccountError::from_code(plan.accounts.error[0]), error);
        if error.is_some() {
            assert!(plan.systems.outcome.iter().all(|outcome| *outcome == NO_OUTCOME));
            continue;
        }
        // 3,333,334 take 2 months each; 993,333,332 tokens give 6,666,666 others 149 months.
        assert_eq!((plan.accounts.complete[0], plan.accounts.granted_months[0]), (6_666_668, 149));
        assert_eq!((plan.accounts.basic[0], plan.accounts.unallocated[0]), (993_333_234, 98));
        assert_eq!((plan.systems.tokens[0], plan.systems.tokens[MOST - 1]), (2, 2));
        assert_eq!((plan.systems.tokens[1], plan.systems.tokens[MOST - 2]), (149, 149));
    }
}

/// Counts are kept in bytes for a while: they must not run over.
#[test]
fn systems_that_all_fare_alike_are_counted_to_the_last() {
    // The outcome of each: maintenance, valid support, silence, none of these.
    let fates = [
        (3, NO_DAY, NO_DAY, Outcome::Inventory),
        (0, NO_DAY, ON + 40, Outcome::AirlinkComplete),
        (0, NO_DAY, NO_DAY, Outcome::Deleted),
        (0, ON, NO_DAY, Outcome::AirlinkBasic),
    ];
    for rows in [1, 239, 240, 241, 255, 256, 257, 480, 16_383, 16_384, 16_385, 20_000_usize] {
        for (state, last, support, outcome) in fates {
            let (states, last, support) = (vec![state; rows], vec![last; rows], vec![support; rows]);
            let systems = Systems {
                states: &states,
                last_communication: Days::new(&last),
                support_end: Days::new(&support),
                models: None,
                repeats: None,
            };
            let groups = Grouping::adjacent(&[rows]).unwrap();
            let tokens = [rows as i64 * 5];
            let accounts = Accounts { tokens: Integers::new(&tokens), on: None };
            for engine in [Engine::Best, Engine::Portable, Engine::Parallel] {
                let fleet = Fleet::try_new(&groups, systems, accounts).unwrap().with_engine(engine);
                let accounts = fleet.plan(&scenario(Policy::default())).accounts;
                let counts =
                    [accounts.deleted, accounts.inventory, accounts.airlink_complete, accounts.airlink_basic];
                let wanted = Outcome::ALL.iter().map(|each| if *each == outcome { rows as u32 } else { 0 });
                assert_eq!(
                    counts.concat(),
                    wanted.collect::<Vec<_>>(),
                    "{rows} systems, {outcome:?}, {engine:?}"
                );
            }
        }
    }
}

/// Most rows are classified without a look at the ends of the calendar: one that lies beyond has to be found all the same.
#[test]
fn a_day_beyond_the_calendar_is_found_among_usual_rows() {
    const FIRST: i32 = Date::MIN.day_number();
    const LAST: i32 = Date::MAX.day_number();
    let places = [NO_DAY + 1, FIRST - 1, LAST + 1, i32::MAX].map(|day| [(day, 0), (day, 1)]).concat();
    for (day, column) in places {
        let mut columns = Columns::new(100);
        [&mut columns.last, &mut columns.support][column][50] = day;
        let groups = Grouping::adjacent(&[50, 100]).unwrap();
        let accounts = Accounts { tokens: Integers::new(&[500, 500]), on: None };
        for engine in [Engine::Best, Engine::Portable, Engine::Parallel] {
            let fleet = Fleet::try_new(&groups, columns.systems(), accounts).unwrap().with_engine(engine);
            let plan = fleet.plan(&scenario(Policy::default()));
            let told = format!("{day} in column {column}, {engine:?}");
            assert_eq!(plan.systems.reason[50], RowError::OutOfRange.code(), "{told}");
            assert_eq!(plan.systems.reason[51], RowError::AccountNotPlanned.code(), "{told}");
            let errors: Vec<_> =
                plan.accounts.error.iter().map(|error| AccountError::from_code(*error)).collect();
            assert_eq!(errors, [None, Some(AccountError::BadRows)], "{told}");
        }
    }
}

/// Most rows are classified in 16 bits: a day that they do not hold has the answer of any other.
#[test]
fn a_day_that_16_bits_do_not_hold_is_planned_among_usual_rows() {
    let on = scenario(Policy::default()).on.unwrap();
    let last_of_16_bits = i32::from(i16::MAX);
    let far = [65_535, 65_536 + on.day_number(), Date::MAX.day_number()];
    let days = (last_of_16_bits - 2..last_of_16_bits + 3).chain(far).chain([on.day_number()]);
    for (day, row) in days.flat_map(|day| [0, 127, 128, 299].map(|row| (day, row))) {
        let mut columns = Columns::new(300);
        columns.states[row] = SystemState::Active as u8;
        columns.support[row] = day;
        let date = Date::from_day_number(day).unwrap();
        let SystemColumns { end_date, tokens, .. } = planned(columns.systems()).systems;
        assert_eq!((end_date[row], i64::from(tokens[row])), (day, on.month_ends_until(date).get()), "{date}");
        // A system that was heard of so late, without support, is not cleaned up.
        (columns.last[row], columns.support[row]) = (day, NO_DAY);
        let plan = planned(columns.systems()).systems;
        assert_eq!(plan.outcome[row], outcome_code(Outcome::AirlinkBasic), "{date}");
    }
}

/// The first day of Unix time is what many a program writes for "never"; before it, numbers of days are negative.
#[test]
fn a_day_of_long_ago_is_planned_among_usual_rows() {
    for (day, row) in [Date::MIN.day_number(), -1, 0, 1].into_iter().flat_map(|day| [(day, 0), (day, 299)]) {
        let mut columns = Columns::new(300);
        columns.support[row] = day;
        let plan = planned(columns.systems()).systems;
        assert_eq!(Reason::from_code(plan.reason[row]), Some(Reason::Rule(RuleId::Mig9)), "support to {day}");
        (columns.last[row], columns.support[row]) = (day, NO_DAY);
        let plan = planned(columns.systems()).systems;
        assert_eq!(
            Reason::from_code(plan.reason[row]),
            Some(Reason::Rule(RuleId::Mig8)),
            "heard of on {day}"
        );
    }
}

#[test]
fn ten_million_accounts_of_one_system() {
    const MOST: i64 = 10_000_000;
    let columns = Columns::new(MOST as usize);
    let tokens: Vec<i64> = (0..MOST).map(|account| account % 7).collect();
    let keys = || (0..MOST).map(Some);
    let groups = Grouping::by_keys(keys(), keys()).unwrap();
    assert!(groups.is_adjacent());
    let accounts = Accounts { tokens: Integers::new(&tokens), on: None };
    let fleet = Fleet::try_new(&groups, columns.systems(), accounts).unwrap();
    let plan = fleet.plan(&scenario(Policy::default()));
    assert!(plan.accounts.error.iter().all(|error| *error == 0));
    for (account, opening) in tokens.iter().enumerate() {
        let basic = account % 3 != 0;
        let (complete, granted) = if basic { (0, *opening) } else { (2.min(*opening), 0) };
        assert_eq!((plan.accounts.complete[account], plan.accounts.basic[account]), (complete, granted));
        assert_eq!(i64::from(plan.systems.tokens[account]), if basic { granted } else { 2 });
    }
}

#[test]
fn the_number_of_allocations_does_not_depend_on_the_number_of_accounts() {
    let policies = MonthRounding::ALL.iter().map(|month_rounding| Policy {
        month_rounding: *month_rounding,
        complete_renewal: CompleteRenewal::plus_years(1),
        ..Policy::default()
    });
    for policy in policies {
        for scattered in [false, true] {
            let few = allocations(10, scattered, policy);
            let many = allocations(10_000, scattered, policy);
            assert_eq!(few, many, "{policy:?}");
            assert!(many <= if scattered { 4 } else { 2 }, "{many}");
        }
    }
}

/// What planning so many accounts of two systems into memory of the caller allocates.
fn allocations(accounts: usize, scattered: bool, policy: Policy) -> u64 {
    let rows = accounts * 2;
    let columns = Columns::new(rows);
    let position = |row: usize| if scattered { row % accounts } else { row / 2 };
    let positions = (0..rows).map(|row| u32::try_from(position(row)).ok());
    let groups = Grouping::by_positions(positions, accounts).unwrap();
    assert_eq!(groups.is_adjacent(), !scattered);
    let tokens = vec![5; accounts];
    let bits = vec![255; rows.div_ceil(8)];
    let systems = Systems {
        last_communication: Days::with_validity(&columns.last, Validity::new(&bits, 0)),
        ..columns.systems()
    };
    let accounts_given = Accounts { tokens: Integers::new(&tokens), on: None };
    let fleet = Fleet::try_new(&groups, systems, accounts_given).unwrap();
    let (mut systems, mut figures) = (SystemColumns::with_rows(rows), AccountColumns::with_rows(accounts));
    let allocated = allocation_counter::measure(|| {
        fleet.plan_into(&scenario(policy), systems.as_slices(), figures.as_slices()).unwrap();
    });
    assert!(figures.error.iter().all(|error| *error == 0));
    allocated.count_total
}

#[test]
fn columns_of_another_length_are_refused_by_name() {
    let columns = Columns::new(3);
    let groups = Grouping::adjacent(&[1, 3]).unwrap();
    let accounts = Accounts { tokens: Integers::new(&[1, 2]), on: None };
    let short = Systems { last_communication: Days::new(&columns.last[..2]), ..columns.systems() };
    let error = Fleet::try_new(&groups, short, accounts).unwrap_err();
    assert_eq!((error.column, error.given, error.wanted), ("last_communication", 2, 3));
    let too_few = Accounts { tokens: Integers::new(&[1]), ..accounts };
    assert_eq!(Fleet::try_new(&groups, columns.systems(), too_few).unwrap_err().column, "tokens");

    let fleet = Fleet::try_new(&groups, columns.systems(), accounts).unwrap();
    let (mut systems, mut figures) = (SystemColumns::with_rows(3), AccountColumns::with_rows(2));
    systems.reason.pop();
    let error = fleet.plan_into(&scenario(Policy::default()), systems.as_slices(), figures.as_slices());
    assert_eq!(error.unwrap_err().column, "reason");
    assert_eq!(systems.outcome, [0; 3], "nothing was written");
}

/// A fleet of one account, planned under the usual policy.
fn planned(systems: Systems<'_>) -> FleetPlan {
    let groups = Grouping::adjacent(&[systems.states.len()]).unwrap();
    let accounts = Accounts { tokens: Integers::new(&[100]), on: None };
    Fleet::try_new(&groups, systems, accounts).unwrap().plan(&scenario(Policy::default()))
}

#[test]
fn numbers_that_stand_for_no_state_and_no_model_are_refused() {
    let mut columns = Columns::new(3);
    columns.states[1] = SystemState::ALL.len() as u8;
    let models = [0, 0, ModelCheck::ALL.len() as u8];
    let plan = planned(Systems { models: Some(&models), ..columns.systems() });
    let errors = [RowError::AccountNotPlanned, RowError::UnknownState, RowError::OutOfRange];
    assert_eq!(plan.systems.reason, errors.map(RowError::code));
}

#[test]
fn xr_routers_keep_their_account_from_being_planned_however_many_there_are() {
    for routers in 1..=3 {
        let mut models = [0; 4];
        models[..routers].fill(ModelCheck::Xr as u8);
        let plan = planned(Systems { models: Some(&models), ..Columns::new(4).systems() });
        assert_eq!(plan.accounts.error, [AccountError::XrInLegacyAccount.code()], "{routers}");
    }
}

#[test]
fn several_scenarios_are_planned_as_each_by_itself() {
    let columns = Columns::new(1_000);
    let groups = Grouping::by_positions((0..1_000).map(|row| Some(row % 13)), 13).unwrap();
    let accounts = Accounts { tokens: Integers::new(&[300; 13]), on: None };
    let fleet = Fleet::try_new(&groups, columns.systems(), accounts).unwrap();
    let policies =
        MonthRounding::ALL.iter().map(|rounding| Policy { month_rounding: *rounding, ..Policy::default() });
    let dates = ["2023-03-25", "2024-02-29"].map(|date| date.parse().unwrap());
    let scenarios = Scenario::all(&dates, &policies.collect::<Vec<_>>());
    let plans = fleet.plan_all(&scenarios);
    assert_eq!(plans.len(), 8);
    for (scenario, plan) in scenarios.iter().zip(&plans) {
        assert_eq!(plan, &fleet.with_engine(Engine::Portable).plan(scenario));
    }
    assert_ne!(plans[0], plans[4]);
}

/// Enough rows that they are divided among threads, in each of the layouts, with rows of no account among them.
#[cfg(feature = "rayon")]
#[test]
fn threads_say_what_one_thread_says() {
    const ROWS: u32 = 300_000;
    const ACCOUNTS: u32 = 1_001;
    let mut columns = Columns::new(ROWS as usize);
    // A bad row here and there, in accounts of their own.
    columns.states[7] = 9;
    columns.last[200_000] = i32::MAX;
    // In what another thread counts: an end after the last date, and an XR Series router.
    columns.support[290_004] = Date::MAX.day_number();
    let mut models = vec![0; ROWS as usize];
    models[280_004] = 1;
    let systems = Systems { models: Some(&models), ..columns.systems() };
    let per_account = ROWS / (ACCOUNTS - 1);
    let is_known = |row: u32| row % 30_000 > 200;
    let in_order = |row: u32| is_known(row).then_some(row / per_account);
    let reversed = |row: u32| Some(if is_known(row) { ACCOUNTS - 1 - row / per_account } else { u32::MAX });
    let scattered = |row: u32| is_known(row).then_some(row % ACCOUNTS);
    let tokens: Vec<i64> = (0..ACCOUNTS).map(i64::from).collect();
    let accounts = Accounts { tokens: Integers::new(&tokens), on: None };
    let rows = || 0..ROWS;
    let layouts: [(Vec<Option<u32>>, bool); 3] = [
        (rows().map(in_order).collect(), true),
        (rows().map(reversed).collect(), true),
        (rows().map(scattered).collect(), false),
    ];
    for (positions, adjacent) in layouts {
        let groups = Grouping::by_positions(positions, ACCOUNTS as usize).unwrap();
        assert_eq!(groups.is_adjacent(), adjacent);
        let fleet = Fleet::try_new(&groups, systems, accounts).unwrap();
        let scenario =
            scenario(Policy { complete_renewal: CompleteRenewal::plus_years(1), ..Policy::default() });
        let alone = fleet.plan(&scenario);
        for error in [AccountError::BadRows, AccountError::DateOutOfRange, AccountError::XrInLegacyAccount] {
            assert!(alone.accounts.error.contains(&error.code()), "{error}");
        }
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let together = pool.install(|| fleet.with_engine(Engine::Parallel).plan(&scenario));
            assert!(together == alone, "{threads} threads");
        }
    }
}
