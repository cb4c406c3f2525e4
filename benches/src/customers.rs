//! A reseller's customers and their systems, and one plain pass over the systems.

use alms_core::account::{Partnership, SystemState};
use alms_core::calendar::Date;
use alms_core::reseller::{Customer, CustomerData, CustomerSystem};
use chrono::NaiveDate;

/// Customers of the partner `p1` with so many systems in all: a few with many, many with a few.
#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
pub fn customers(count: usize, systems: usize) -> Vec<Customer> {
    let mut lists: Vec<Vec<CustomerSystem>> = (0..count).map(|_| Vec::new()).collect();
    for index in 0..systems {
        // Every other system goes to the first tenth of the customers.
        let owners = if index % 2 == 0 { count.div_ceil(10) } else { count };
        let owner = (index / 2).checked_rem(owners).unwrap_or(0);
        if let Some(list) = lists.get_mut(owner) {
            list.push(system(index));
        }
    }
    let customer = |(index, systems): (usize, Vec<CustomerSystem>)| {
        let data = CustomerData {
            uid: format!("C{index:07}").parse().unwrap(),
            // A stride that is no divisor names the customers in no order.
            name: format!("Customer {}", index.wrapping_mul(617) % 9_973).parse().unwrap(),
            partnerships: vec![Partnership::new("p1".parse().unwrap())],
            last_login: None,
            administrators: vec!["ann@acme.example".parse().unwrap()],
            systems,
        };
        Customer::try_new(data).unwrap()
    };
    lists.into_iter().enumerate().map(customer).collect()
}

/// End dates over two years around `2024-05-01`, some without, in no order.
#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn system(index: usize) -> CustomerSystem {
    let days = u32::try_from(index.wrapping_mul(7_919) % 730).unwrap_or(0);
    let start: Date = "2023-05-01".parse().unwrap();
    CustomerSystem {
        serial: format!("LA{index:014}").parse().unwrap(),
        model: "RV55".parse().unwrap(),
        state: if index.is_multiple_of(10) { SystemState::Suspended } else { SystemState::Active },
        end_date: if index.is_multiple_of(16) { None } else { start.add_days(days).ok() },
    }
}

/// Total, active, first end date, how many end on it, ended before today, ends within 30, 60 and 90 days.
pub type PlainNumbers = (u32, u32, Option<NaiveDate>, u32, u32, [u32; 3]);

/// The end dates and states of each customer, nothing else.
pub fn plain_ends(customers: &[Customer]) -> Vec<Vec<(bool, Option<NaiveDate>)>> {
    let plain =
        |system: &CustomerSystem| (system.state == SystemState::Active, system.end_date.map(NaiveDate::from));
    customers.iter().map(|customer| customer.data().systems.iter().map(plain).collect()).collect()
}

/// One plain pass: the numbers of each customer, without names, filters and order.
pub fn plain_renewals(customers: &[Vec<(bool, Option<NaiveDate>)>], on: NaiveDate) -> Vec<PlainNumbers> {
    let numbers = |systems: &Vec<(bool, Option<NaiveDate>)>| {
        let mut numbers: PlainNumbers = (0, 0, None, 0, 0, [0; 3]);
        for (active, end) in systems {
            numbers.0 = numbers.0.saturating_add(1);
            numbers.1 = numbers.1.saturating_add(u32::from(*active));
            let Some(end) = *end else { continue };
            match end.signed_duration_since(on).num_days() {
                ..0 => numbers.4 = numbers.4.saturating_add(1),
                days => {
                    if numbers.2.is_none_or(|first| end < first) {
                        (numbers.2, numbers.3) = (Some(end), 0);
                    }
                    numbers.3 = numbers.3.saturating_add(u32::from(numbers.2 == Some(end)));
                    let [first, second, third] = &mut numbers.5;
                    match days {
                        1..=30 => *first = first.saturating_add(1),
                        31..=60 => *second = second.saturating_add(1),
                        61..=90 => *third = third.saturating_add(1),
                        _ => {}
                    }
                }
            }
        }
        numbers
    };
    customers.iter().map(numbers).collect()
}
