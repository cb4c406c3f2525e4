//! `plan` on typed values and through `call_json`, beside a plain chrono loop on the same systems.
//!
//! The `fleet` is what the targets are about: accounts of 1 to 500 systems, time per system over all of them.

use alms_benches::{account, classify_and_divide, plain_systems, request_json};
use alms_core::account::Account;
use alms_core::calendar::Date;
use alms_core::migration::{Outcome, Policy, plan};
use alms_core::wire;
use chrono::NaiveDate;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn migration(c: &mut Criterion) {
    let on: Date =
        Date::try_from(NaiveDate::from_ymd_opt(2023, 3, 25).unwrap_or_default()).unwrap_or(Date::MIN);
    let mut group = c.benchmark_group("migration");
    for count in [1, 10, 100, 500] {
        measure(&mut group, &count.to_string(), &[account(count)], on);
    }
    let fleet: Vec<Account> = (1..=500).step_by(7).map(account).collect();
    measure(&mut group, "fleet", &fleet, on);
    group.finish();
}

/// The three programs on the same accounts.
fn measure(
    group: &mut BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
    accounts: &[Account],
    on: Date,
) {
    accounts.iter().for_each(|account| assert_same_answers(account, on));
    let plain: Vec<_> =
        accounts.iter().map(|account| (plain_systems(account), account.data().tokens.get())).collect();
    let requests: Vec<_> = accounts.iter().map(|account| request_json(account, on)).collect();
    let systems = accounts.iter().map(|account| account.data().systems.len() as u64).sum();
    group.throughput(Throughput::Elements(systems));
    group.bench_function(BenchmarkId::new("plain_chrono_loop", name), |b| {
        b.iter(|| {
            for (systems, tokens) in black_box(&plain) {
                black_box(classify_and_divide(systems, *tokens, on.into()));
            }
        });
    });
    group.bench_function(BenchmarkId::new("plan", name), |b| {
        b.iter(|| {
            for account in black_box(accounts) {
                black_box(plan(account, on, &Policy::default()).is_ok());
            }
        });
    });
    group.bench_function(BenchmarkId::new("call_json", name), |b| {
        b.iter(|| {
            for request in black_box(&requests) {
                black_box(wire::call("migration.plan", request).is_ok());
            }
        });
    });
}

/// A ratio between two programs that disagree would say nothing.
fn assert_same_answers(account: &Account, on: Date) {
    let plain = classify_and_divide(&plain_systems(account), account.data().tokens.get(), on.into());
    let plan = plan(account, on, &Policy::default()).map(|plan| plan.draft.systems).unwrap_or_default();
    let ours = plan.iter().map(|system| {
        let outcome = match system.outcome {
            Outcome::Deleted => 0,
            Outcome::Inventory => 1,
            Outcome::AirlinkComplete => 2,
            Outcome::AirlinkBasic => 3,
        };
        (outcome, system.end_date.map(NaiveDate::from))
    });
    assert!(ours.eq(plain.systems.iter().copied()), "the plain loop gives other answers");
}

criterion_group!(benches, migration);
criterion_main!(benches);
