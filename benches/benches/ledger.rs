//! Booking with balance and key check, and replaying what is booked, beside a plain map that adds up.
//!
//! The target: at most 150 ns a booking over a million bookings; ten times the bookings, at most twelve times the time.

use alms_benches::{bookings, holders, plain_balances};
use alms_core::tokens::{Booking, Ledger};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn ledger(c: &mut Criterion) {
    let mut group = c.benchmark_group("ledger");
    group.sample_size(10);
    for count in [100_000, 1_000_000] {
        let list = bookings(count);
        assert_same_balances(&list);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("plain_map", count), &list, |b, list| {
            b.iter(|| black_box(plain_balances(black_box(list))));
        });
        group.bench_with_input(BenchmarkId::new("book", count), &list, |b, list| {
            b.iter_batched(|| list.clone(), |list| black_box(booked(list)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// A ledger with all of these bookings.
fn booked(list: Vec<Booking>) -> Ledger {
    let mut ledger = Ledger::open(holders()).unwrap_or_default();
    for booking in list {
        black_box(ledger.book(booking).is_ok());
    }
    ledger
}

/// A ratio between two programs that disagree would say nothing.
fn assert_same_balances(list: &[Booking]) {
    let plain = plain_balances(list);
    let ledger = booked(list.to_vec());
    assert_eq!(ledger.bookings().len(), list.len(), "a booking was refused");
    for account in ledger.accounts() {
        let uid = account.holder.uid.as_str();
        assert_eq!(Some(&account.standing.balance.get()), plain.get(uid), "{uid}");
    }
}

criterion_group!(benches, ledger);
criterion_main!(benches);
