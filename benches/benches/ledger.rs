//! Booking with balance and key check, previewing, and replaying the same as JSON, beside a plain map that adds up.
//!
//! The targets: at most 150 ns a booking over a million bookings; ten times the bookings, at most twelve times the time.

use alms_benches::{bookings, holders, plain_balances, replay_json};
use alms_core::tokens::{Booking, Ledger};
use alms_core::wire;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn ledger(c: &mut Criterion) {
    let mut group = c.benchmark_group("ledger");
    group.sample_size(10);
    for count in [10_000, 100_000, 1_000_000] {
        let list = bookings(count);
        assert_same_balances(&list);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("plain_map", count), &list, |b, list| {
            b.iter(|| black_box(plain_balances(black_box(list))));
        });
        group.bench_with_input(BenchmarkId::new("book", count), &list, |b, list| {
            let fresh = || (opened(), list.clone());
            b.iter_batched(fresh, |(ledger, list)| black_box(booked(ledger, list)), BatchSize::PerIteration);
        });
        group.bench_with_input(BenchmarkId::new("book_in_batches", count), &list, |b, list| {
            let fresh = || (opened(), list.clone());
            b.iter_batched(
                fresh,
                |(ledger, list)| black_box(booked_in_batches(ledger, list)),
                BatchSize::PerIteration,
            );
        });
        // A preview does all that booking does, but keeps nothing.
        let ledger = opened();
        group.bench_with_input(BenchmarkId::new("preview", count), &list, |b, list| {
            b.iter(|| list.iter().filter(|booking| black_box(ledger.preview(booking)).is_ok()).count());
        });
        let request = replay_json(&list);
        group.bench_with_input(BenchmarkId::new("replay_json", count), &request, |b, request| {
            b.iter(|| black_box(wire::call("tokens.replay", black_box(request)).is_ok()));
        });
    }
    group.finish();
}

/// A ledger without bookings.
fn opened() -> Ledger {
    Ledger::open(holders()).unwrap_or_default()
}

/// The ledger with all of these bookings.
fn booked(mut ledger: Ledger, list: Vec<Booking>) -> Ledger {
    for booking in list {
        black_box(ledger.book(booking).is_ok());
    }
    ledger
}

/// The same, with the keys of some bookings looked up side by side.
fn booked_in_batches(mut ledger: Ledger, list: Vec<Booking>) -> Ledger {
    let mut list = list.into_iter();
    while !list.as_slice().is_empty() {
        ledger.reserve_for(list.as_slice().iter().take(64).map(|booking| &booking.key));
        for booking in list.by_ref().take(64) {
            black_box(ledger.book(booking).is_ok());
        }
    }
    ledger
}

/// A ratio between two programs that disagree would say nothing.
fn assert_same_balances(list: &[Booking]) {
    let plain = plain_balances(list);
    let ledger = booked(opened(), list.to_vec());
    assert_eq!(ledger.bookings().len(), list.len(), "a booking was refused");
    for account in ledger.accounts() {
        let uid = account.holder.uid.as_str();
        assert_eq!(Some(&account.standing.balance.get()), plain.get(uid), "{uid}");
    }
}

criterion_group!(benches, ledger);
criterion_main!(benches);
