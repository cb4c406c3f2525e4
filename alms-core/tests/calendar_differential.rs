//! `calendar.add_months` against dates that are walked month by month.
//!
//! Every end date of the library is *anchor + n months, clamped*: one wrong month length or one wrong
//! leap year would move real renewal dates, so the two are compared over the whole range of the wire
//! form and past both of its ends.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::naive_calendar::{Day, days_in_month};
use support::{accounts, call};

/// What the contract asks of `calendar.add_months`, by the naive calendar.
fn expected(date: Day, months: i64) -> Result<Value, String> {
    let sum = date.add_months(i128::from(months));
    if sum.in_range() { Ok(json!({"date": sum.text()})) } else { Err("date_out_of_range".to_owned()) }
}

fn add_months(date: Day, months: i64) -> Result<Value, String> {
    call("calendar.add_months", &json!({"date": date.text(), "months": months}))
}

/// Few months (renewals), whole terms, the way to both ends of the calendar, and beyond.
fn months() -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => -40_i64..=40,
        2 => (-20_i64..=20).prop_map(|years| years * 12),
        3 => -1_200_i64..=1_200,
        4 => -40_000_i64..=40_000,
        2 => 40_000_i64..=97_300,
    ]
}

/// The first day of the calendar plus `0..=97_199` months is its last month; these are the sums that
/// only just stay inside, or only just leave.
fn near_the_ends() -> impl Strategy<Value = (Day, i64)> {
    (accounts::any_day(), -2_i64..=2, any::<bool>()).prop_map(|(date, slack, forward)| {
        let edge = if forward {
            (9999 - date.year) * 12 + 12 - date.month
        } else {
            (1900 - date.year) * 12 + 1 - date.month
        };
        (date, edge + slack)
    })
}

proptest! {
    #![proptest_config(support::differential_cases(10_000))]

    #[test]
    fn any_date_plus_any_months_is_what_walking_gives(
        date in prop_oneof![accounts::any_day(), accounts::awkward_day()],
        months in months(),
    ) {
        let sum = add_months(date, months);
        prop_assert_eq!(sum, expected(date, months), "{} + {} months", date.text(), months);
    }

    #[test]
    fn the_calendar_ends_where_the_contract_says((date, months) in near_the_ends()) {
        let sum = add_months(date, months);
        prop_assert_eq!(sum, expected(date, months), "{} + {} months", date.text(), months);
    }
}

/// The naive calendar is the measure here, so it is itself held against facts that anyone can look up.
#[test]
fn the_naive_calendar_knows_the_facts() {
    let february = |year| days_in_month(year, 2);
    assert_eq!(
        [february(1900), february(2000), february(2023), february(2024), february(2100)],
        [28, 29, 28, 29, 28]
    );
    let first = Day::parse("1900-01-01");
    // 1900 was no leap year, so 24 of these 100 years are.
    assert_eq!(first.days_until(Day::parse("2000-01-01")), 100 * 365 + 24);
    assert_eq!(first.days_until(Day::parse("2023-03-25")), 45_008);
    // The Gregorian calendar repeats every 400 years, which are 146 097 days.
    assert_eq!(Day::parse("2000-01-01").days_until(Day::parse("9999-12-31")), 20 * 146_097 - 1);
    assert_eq!(first.month_changes_until(Day::parse("9999-12-31")), 8_100 * 12 - 1);
    assert_eq!(Day::parse("2024-03-01").previous().text(), "2024-02-29");
    assert_eq!(Day::parse("2023-12-31").next().text(), "2024-01-01");
    assert_eq!(Day::parse("2024-02-20").add_days(10).add_days(-10).text(), "2024-02-20");
}

/// The examples that the rulebook and the contract print, and one step past each end.
#[test]
fn the_printed_examples_come_out_as_printed() {
    let cases = [
        ("2023-01-31", 1, Ok("2023-02-28")),
        ("2024-01-31", 1, Ok("2024-02-29")),
        ("2023-01-31", 2, Ok("2023-03-31")),
        ("2024-02-29", 12, Ok("2025-02-28")),
        ("2024-02-29", 48, Ok("2028-02-29")),
        ("2024-03-31", -1, Ok("2024-02-29")),
        ("2023-03-25", 6, Ok("2023-09-25")),
        ("9999-11-30", 1, Ok("9999-12-30")),
        ("9999-12-01", 1, Err("date_out_of_range")),
        ("1900-01-31", -1, Err("date_out_of_range")),
        ("1900-02-28", -1, Ok("1900-01-28")),
    ];
    for (date, months, want) in cases {
        let want = want.map(|date| json!({"date": date})).map_err(str::to_owned);
        let date = Day::parse(date);
        assert_eq!(expected(date, months), want, "naive: {} + {months}", date.text());
        assert_eq!(add_months(date, months), want, "library: {} + {months}", date.text());
    }
}
