//! `plan` on typed values and through `call_json`, beside a plain chrono loop on the same systems.
#![expect(missing_docs, reason = "criterion's macros make an undocumented `main` and group")]

use alms_benches::{account, classify_and_divide, plain_systems, request_json};
use alms_core::calendar::Date;
use alms_core::migration::{Outcome, Policy, plan};
use alms_core::wire;
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn migration(c: &mut Criterion) {
    let on: Date = Date::try_from(NaiveDate::from_ymd_opt(2023, 3, 25).unwrap_or_default()).unwrap_or(Date::MIN);
    let mut group = c.benchmark_group("migration");
    for count in [1, 10, 100, 500] {
        let account = account(count);
        let plain = plain_systems(&account);
        let request = request_json(&account, on);
        let tokens = account.data().tokens.get();
        assert_same_answers(&account, on);
        group.throughput(Throughput::Elements(u64::from(count)));
        group.bench_with_input(BenchmarkId::new("plain_chrono_loop", count), &count, |b, _| {
            b.iter(|| classify_and_divide(black_box(&plain), black_box(tokens), on.into()));
        });
        group.bench_with_input(BenchmarkId::new("plan", count), &count, |b, _| {
            b.iter(|| plan(black_box(&account), black_box(on), &Policy::default()));
        });
        group.bench_with_input(BenchmarkId::new("call_json", count), &count, |b, _| {
            b.iter(|| wire::call("migration.plan", black_box(&request)));
        });
    }
    group.finish();
}

/// A ratio between two programs that disagree would say nothing.
fn assert_same_answers(account: &alms_core::account::Account, on: Date) {
    let plain = classify_and_divide(&plain_systems(account), account.data().tokens.get(), on.into());
    let plan = plan(account, on, &Policy::default()).map(|plan| plan.systems).unwrap_or_default();
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
