//! The Customers page, filtered and sorted, beside one plain pass over the systems.
//!
//! The target: at most 50 ms for 2,000 customers with 500,000 systems.

use alms_benches::{PlainNumbers, customers as customer_list, plain_ends, plain_renewals};
use alms_core::calendar::Date;
use alms_core::reseller::{
    Customer, CustomerColumn, CustomerFilter, CustomersQuery, SortKey, Windows, customers as page,
};
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn customers(c: &mut Criterion) {
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).unwrap_or_default();
    let on = Date::try_from(day).unwrap_or(Date::MIN);
    let mut group = c.benchmark_group("customers");
    group.sample_size(20);
    for (count, systems) in [(200, 50_000), (2_000, 500_000)] {
        let list = customer_list(count, systems);
        assert_same_numbers(&list, on, day);
        group.throughput(Throughput::Elements(systems as u64));
        let plain = plain_ends(&list);
        group.bench_with_input(BenchmarkId::new("plain_pass", systems), &plain, |b, plain| {
            b.iter(|| black_box(plain_renewals(black_box(plain), day)));
        });
        let query = query(on, vec![]);
        group.bench_with_input(BenchmarkId::new("page", systems), &list, |b, list| {
            b.iter(|| black_box(page(black_box(list), &query)));
        });
        let sort = [CustomerColumn::Window1, CustomerColumn::InitialRenewal, CustomerColumn::Name];
        let query = CustomersQuery {
            sort: sort.map(|by| SortKey { by, descending: by == CustomerColumn::Window1 }).to_vec(),
            filter: CustomerFilter { name: Some("customer".to_owned()), ..CustomerFilter::default() },
            ..query
        };
        group.bench_with_input(BenchmarkId::new("filtered_and_sorted", systems), &list, |b, list| {
            b.iter(|| black_box(page(black_box(list), &query)));
        });
    }
    group.finish();
}

#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn query(on: Date, sort: Vec<SortKey<CustomerColumn>>) -> CustomersQuery {
    CustomersQuery {
        reseller: "p1".parse().unwrap(),
        on,
        windows: Windows::default(),
        filter: CustomerFilter::default(),
        sort,
    }
}

/// A ratio between two programs that disagree would say nothing.
fn assert_same_numbers(list: &[Customer], on: Date, day: NaiveDate) {
    let ours: Vec<PlainNumbers> = page(list, &query(on, vec![]))
        .rows
        .iter()
        .map(|row| {
            let numbers = row.renewals;
            let first = numbers.initial_renewal.map(NaiveDate::from);
            let (total, active) = (numbers.total_systems, numbers.active_systems);
            (total, active, first, numbers.renewal_systems, numbers.overdue_systems, numbers.windows)
        })
        .collect();
    assert_eq!(ours, plain_renewals(&plain_ends(list), day));
}

criterion_group!(benches, customers);
criterion_main!(benches);
