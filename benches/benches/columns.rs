//! A fleet in columns, in accounts of 1 to 500 systems, beside the floor: a blocked read of the inputs and write of the
//! outputs.
//!
//! The targets: at most 2.5 times the floor with AVX2, at most 7 times without; on two threads at least 1.7 times as
//! fast as on one, at 10 million systems; a system costs the same in a fleet of 10^4 and of 10^8, within 1.5 times.

use alms_benches::{ColumnFleet, MIGRATION_DAY};
use alms_core::calendar::Date;
use alms_core::migration::Policy;
use alms_core::migration::columns::{AccountColumns, Engine, Fleet, Grouping, Scenario, SystemColumns};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

fn columns(c: &mut Criterion) {
    let mut group = c.benchmark_group("columns");
    group.sample_size(20).measurement_time(Duration::from_secs(2));
    for rows in [1_000_000, 10_000_000] {
        group.throughput(Throughput::Elements(rows as u64));
        let mut given = ColumnFleet::new(rows);
        let grouping = adjacent(&given);
        let id = |name: &str| BenchmarkId::new(name, rows);
        measure_floor(&mut group, id("floor"), &given);
        measure(&mut group, id("portable"), &given, &grouping, Engine::Portable);
        measure(&mut group, id("best"), &given, &grouping, Engine::Best);
        measure(&mut group, id("two_threads"), &given, &grouping, Engine::Parallel);
        measure_grouping(&mut group, "group_sorted", &given);
        given.shuffle();
        measure_grouping(&mut group, "group_shuffled", &given);
        measure(&mut group, id("best_shuffled"), &given, &by_keys(&given), Engine::Best);
    }
    group.finish();
}

/// What has a target, again and again: a neighbour on the machine who takes half of what its memory gives for a minute
/// makes all programs of a round slower, and not one of them.
fn in_turn(c: &mut Criterion) {
    for rows in [1_000_000, 10_000_000] {
        measure_in_turn(&mut c.benchmark_group(format!("columns_in_turn_{rows}")), rows);
    }
}

fn measure_in_turn(group: &mut BenchmarkGroup<'_, WallTime>, rows: usize) {
    const ROUNDS: usize = 15;
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(600));
    let given = ColumnFleet::new(rows);
    group.throughput(Throughput::Elements(rows as u64));
    let grouping = adjacent(&given);
    for round in 1..=ROUNDS {
        let id = |name: &str| BenchmarkId::new(name, round);
        measure_floor(group, id("floor"), &given);
        measure(group, id("best"), &given, &grouping, Engine::Best);
        measure(group, id("two_threads"), &given, &grouping, Engine::Parallel);
        measure(group, id("portable"), &given, &grouping, Engine::Portable);
    }
}

/// The same at every size. The columns of 10^8 systems take 2.5 GB: `ALMS_SYSTEMS_MAX` sets another limit than 10^7.
fn sizes(c: &mut Criterion) {
    let wanted = std::env::var("ALMS_SYSTEMS_MAX").ok().and_then(|text| text.parse().ok());
    let most: usize = wanted.unwrap_or(10_000_000);
    let mut group = c.benchmark_group("columns_by_size");
    group.sample_size(20).measurement_time(Duration::from_secs(2));
    for rows in [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] {
        if rows > most {
            break;
        }
        group.throughput(Throughput::Elements(rows as u64));
        let given = ColumnFleet::new(rows);
        measure_floor(&mut group, BenchmarkId::new("floor", rows), &given);
        measure(&mut group, BenchmarkId::new("best", rows), &given, &adjacent(&given), Engine::Best);
    }
    group.finish();
}

fn measure_floor(group: &mut BenchmarkGroup<'_, WallTime>, id: BenchmarkId, given: &ColumnFleet) {
    let rows = given.rows();
    let (mut systems, mut accounts) =
        (SystemColumns::with_rows(rows), AccountColumns::with_rows(given.accounts_len()));
    group.bench_function(id, |b| {
        b.iter(|| black_box(given).floor(systems.as_slices(), accounts.as_slices()));
    });
}

fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    id: BenchmarkId,
    given: &ColumnFleet,
    grouping: &Grouping,
    engine: Engine,
) {
    let rows = given.rows();
    let (mut systems, mut accounts) =
        (SystemColumns::with_rows(rows), AccountColumns::with_rows(given.accounts_len()));
    let scenario = Scenario { on: Date::from_day_number(MIGRATION_DAY).ok(), policy: Policy::default() };
    let pool = two_threads();
    group.bench_function(id, |b| {
        b.iter(|| {
            let fleet = Fleet::try_new(grouping, given.systems(), given.accounts());
            let fleet = fleet.map(|fleet| black_box(fleet.with_engine(engine)));
            let mut plan = || fleet?.plan_into(&scenario, systems.as_slices(), accounts.as_slices());
            let planned = if engine == Engine::Parallel { pool.install(plan) } else { plan() };
            assert_eq!(planned, Ok(()));
        });
    });
    assert!(accounts.error.iter().all(|error| *error == 0), "an account is not planned");
}

fn measure_grouping(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, given: &ColumnFleet) {
    group.bench_function(BenchmarkId::new(name, given.rows()), |b| b.iter(|| by_keys(black_box(given))));
}

#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn two_threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap()
}

#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn adjacent(given: &ColumnFleet) -> Grouping {
    Grouping::adjacent(&given.ends).unwrap()
}

#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn by_keys(given: &ColumnFleet) -> Grouping {
    let accounts = (0_i64..).take(given.accounts_len());
    Grouping::by_keys(given.keys.iter().copied().map(Some), accounts.map(Some)).unwrap()
}

criterion_group!(benches, columns, in_turn, sizes);
criterion_main!(benches);
