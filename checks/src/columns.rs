//! Fleets in columns, whatever numbers stand in them.

use alms_core::calendar::Date;
use alms_core::migration::columns::{
    Accounts, Days, Engine, Fleet, FleetPlan, Grouping, Integers, Scenario, Systems, Validity,
};
use alms_core::migration::{Cleanup, CompleteRenewal, MonthRounding, Policy};
use arbitrary::{Result, Unstructured};

use crate::seldom;

/// Columns as a host passes them: lengths, codes and bits need not be right.
#[derive(Debug)]
struct Tables {
    keys: Vec<Option<u8>>,
    states: Vec<u8>,
    models: Option<Vec<u8>>,
    last: Vec<i32>,
    support: Vec<i32>,
    accounts: Vec<Option<u8>>,
    tokens: Vec<i64>,
    on: Option<Vec<i32>>,
    bits: Option<(Vec<u8>, usize)>,
    scenario: Scenario,
}

/// Any bytes as a fleet: every engine gives the same, nothing is lost, and the output fits the input.
pub fn check(bytes: &[u8]) {
    let Ok(tables) = tables(&mut Unstructured::new(bytes)) else { return };
    let Ok(grouping) = Grouping::by_keys(
        tables.keys.iter().map(|key| key.map(i64::from)),
        tables.accounts.iter().map(|key| key.map(i64::from)),
    ) else {
        return;
    };
    let days = |days| {
        tables
            .bits
            .as_ref()
            .map_or(Days::new(days), |(bits, offset)| Days::with_validity(days, Validity::new(bits, *offset)))
    };
    let systems = Systems {
        states: &tables.states,
        last_communication: days(&tables.last),
        support_end: days(&tables.support),
        models: tables.models.as_deref(),
        repeats: None,
    };
    let accounts =
        Accounts { tokens: Integers::new(&tables.tokens), on: tables.on.as_deref().map(Days::new) };
    let Ok(fleet) = Fleet::try_new(&grouping, systems, accounts) else { return };
    let plan = fleet.plan(&tables.scenario);
    for engine in [Engine::Best, Engine::Portable, Engine::Parallel] {
        assert_eq!(fleet.with_engine(engine).plan(&tables.scenario), plan, "{engine:?} on {tables:?}");
    }
    check_plan(&plan, &tables);
}

/// Tokens in are tokens out, in every account.
fn check_plan(plan: &FleetPlan, tables: &Tables) {
    for index in 0..tables.accounts.len() {
        let row = plan.accounts.row(index).expect("a row for every account");
        let taken = i128::from(row.complete) + i128::from(row.basic) + i128::from(row.pro_rata);
        let given = i128::from(row.opening) + i128::from(row.written_off) + i128::from(row.overgranted);
        assert_eq!(given, taken + i128::from(row.unallocated), "account {index} of {tables:?}");
    }
    for index in 0..tables.keys.len() {
        plan.systems.row(index).expect("a row for every system");
    }
}

fn tables(choices: &mut Unstructured<'_>) -> Result<Tables> {
    let on = 19_000 + choices.int_in_range(-1_000_i32..=1_000)?;
    let rows = usize::from(choices.int_in_range(0_u8..=80)?);
    // More than a block of the engine, now and then.
    let rows = if seldom(choices, 16)? { rows + 1_000 } else { rows };
    let accounts = usize::from(choices.int_in_range(0_u8..=6)?);
    let sorted = choices.arbitrary()?;
    let mut keys = column(rows, choices, |choices| key(choices, 7))?;
    if sorted {
        keys.sort_unstable();
    }
    Ok(Tables {
        keys,
        states: column(rows, choices, |choices| {
            if seldom(choices, 60)? { choices.arbitrary() } else { choices.int_in_range(0..=3) }
        })?,
        models: optional(choices, |choices| {
            column(rows, choices, |choices| Ok(u8::from(seldom(choices, 60)?) * choices.arbitrary::<u8>()?))
        })?,
        last: column(rows, choices, |choices| day(choices, on))?,
        support: column(rows, choices, |choices| day(choices, on))?,
        accounts: column(accounts, choices, |choices| key(choices, 7))?,
        tokens: column(accounts, choices, tokens)?,
        on: optional(choices, |choices| column(accounts, choices, |choices| day(choices, on)))?,
        bits: optional(choices, |choices| {
            let offset = usize::from(choices.int_in_range(0_u8..=9)?);
            Ok((column((rows + offset).div_ceil(8), choices, |choices| choices.arbitrary())?, offset))
        })?,
        scenario: scenario(on, choices)?,
    })
}

/// As many values as there are rows; once in a while one more, as a careless host might give.
fn column<T>(
    rows: usize,
    choices: &mut Unstructured<'_>,
    mut value: impl FnMut(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let rows = rows + usize::from(seldom(choices, 200)?);
    (0..rows).map(|_| value(choices)).collect()
}

fn optional<T>(
    choices: &mut Unstructured<'_>,
    value: impl FnOnce(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Option<T>> {
    if choices.arbitrary()? { value(choices).map(Some) } else { Ok(None) }
}

fn key(choices: &mut Unstructured<'_>, keys: u8) -> Result<Option<u8>> {
    let key = choices.int_in_range(0..=keys)?;
    Ok((!seldom(choices, 60)?).then_some(key))
}

/// Days around the migration date, now and then any number.
fn day(choices: &mut Unstructured<'_>, on: i32) -> Result<i32> {
    if seldom(choices, 30)? {
        return choices.arbitrary();
    }
    Ok(on + i32::from(choices.arbitrary::<i8>()?) * 4)
}

fn tokens(choices: &mut Unstructured<'_>) -> Result<i64> {
    if seldom(choices, 20)? {
        return choices.arbitrary();
    }
    Ok(i64::from(choices.arbitrary::<i16>()?))
}

fn scenario(on: i32, choices: &mut Unstructured<'_>) -> Result<Scenario> {
    let years = if seldom(choices, 8)? { choices.arbitrary()? } else { choices.int_in_range(0..=5)? };
    let policy = Policy {
        month_rounding: *choices.choose(MonthRounding::ALL)?,
        complete_renewal: CompleteRenewal::plus_years(years),
        cleanup: *choices.choose(Cleanup::ALL)?,
        inactive_months: if seldom(choices, 8)? {
            choices.arbitrary()?
        } else {
            choices.int_in_range(0..=30)?
        },
    };
    Ok(Scenario { on: Date::from_day_number(on).ok().filter(|_| policy.inactive_months != 7), policy })
}
