//! Random input documents for `migration.plan`, crowded where the rules change their answer.
//!
//! A uniform date is almost never a boundary. So each date is drawn as a recipe (null, a few days
//! around the migration date or the cutoff, a month end, a leap day) that is worked out once the
//! migration date and the policy are known. Recipes also shrink well: a failure ends in a small
//! document with plain dates.

use super::naive_calendar::{Day, FIRST, LAST, is_leap};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// How far the documents go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Documents that every rule accepts: legacy customers, dates and tokens of this world. For the
    /// properties, which need a plan to talk about.
    Plannable,
    /// Everything that parses, up to the limits of the wire form, refusals included.
    Everything,
}

/// A date relative to what is only known later.
#[derive(Clone, Debug)]
enum Recipe {
    Null,
    /// Days from the migration date.
    NearMigration(i64),
    /// Days from the migration date less the inactive months.
    NearCutoff(i64),
    /// The migration date's day of the month, so many months on, plus a few days.
    Months(i64, i64),
    /// The last day of the month so many months on.
    MonthEnd(i64),
    /// 29 February of the first leap year so many years on.
    LeapDay(i64),
    /// Whatever it is.
    Fixed(Day),
}

/// A system before its dates are worked out.
#[derive(Clone, Debug)]
struct Draft {
    tag: u32,
    model: &'static str,
    state: &'static str,
    last_communication: Recipe,
    support_end: Recipe,
    warranty_end: Recipe,
    /// Write null dates as `null` or leave them out: the contract calls them the same.
    write_nulls: bool,
}

/// Input documents that `migration.plan` accepts.
pub fn plannable() -> impl Strategy<Value = Value> {
    document(Reach::Plannable)
}

/// Input documents of every kind, with those that `migration.plan` refuses among them.
pub fn everything() -> impl Strategy<Value = Value> {
    document(Reach::Everything)
}

/// Any day that the wire form can carry.
pub fn any_day() -> impl Strategy<Value = Day> {
    (FIRST.year..=LAST.year, 1_i64..=12, 1_i64..=31).prop_map(|(year, month, day)| valid(year, month, day))
}

/// The days on which calendar arithmetic goes wrong: ends of months and years, February, the limits.
pub fn awkward_day() -> impl Strategy<Value = Day> {
    let years = prop_oneof![
        4 => 1996_i64..=2105,
        2 => proptest::sample::select(vec![1900_i64, 2000, 2024, 2100, 2400]),
        1 => FIRST.year..=LAST.year,
    ];
    let limits = vec![FIRST, LAST, valid(9999, 11, 30), valid(9998, 12, 31), valid(1900, 2, 28)];
    prop_oneof![
        4 => (years.clone(), 1_i64..=12).prop_map(|(year, month)| valid(year, month, 31)),
        2 => (years.clone(), 27_i64..=31).prop_map(|(year, day)| valid(year, 2, day)),
        1 => years.prop_map(|year| valid(year, 3, 1)),
        1 => proptest::sample::select(limits),
    ]
}

fn document(reach: Reach) -> impl Strategy<Value = Value> {
    let account = (tokens(reach), drafts(), kind(reach), format(reach), details());
    let setting = (migration_date(reach), policy(reach));
    let xr = match reach {
        Reach::Plannable => Just(None).boxed(),
        Reach::Everything => proptest::option::weighted(0.03, any::<proptest::sample::Index>()).boxed(),
    };
    (account, setting, xr).prop_map(|((tokens, drafts, kind, format, details), (on, policy), xr)| {
        let months = policy["inactive_months"].as_i64().unwrap_or(12);
        let cutoff = on.add_months(-i128::from(months)).into_range();
        let mut systems: Vec<Value> =
            drafts.iter().enumerate().map(|(index, draft)| system(draft, index, on, cutoff)).collect();
        if let (Some(index), false) = (xr, systems.is_empty()) {
            let index = index.index(systems.len());
            systems[index]["model"] = json!("XR80");
        }
        let mut account = details;
        account.insert("format".to_owned(), json!(format));
        account.insert("kind".to_owned(), json!(kind));
        account.insert("tokens".to_owned(), json!(tokens));
        account.insert("systems".to_owned(), json!(systems));
        let mut document = json!({"account": account, "on": on.text()});
        if let Some(policy) = written(policy) {
            document["policy"] = policy;
        }
        document
    })
}

/// The policy as the document has it: `{}` stands for a policy that is left out altogether.
fn written(policy: Value) -> Option<Value> {
    if policy == json!({}) { None } else { Some(policy) }
}

fn migration_date(reach: Reach) -> BoxedStrategy<Day> {
    let day = |years: std::ops::RangeInclusive<i64>| {
        (years, 1_i64..=12, 1_i64..=31).prop_map(|(year, month, day)| valid(year, month, day))
    };
    let month_end = (1996_i64..=2105, 1_i64..=12).prop_map(|(year, month)| valid(year, month, 31));
    let around_february =
        (proptest::sample::select(vec![1996_i64, 2000, 2023, 2024, 2028, 2100, 2104]), -2_i64..=2)
            .prop_map(|(year, days)| valid(year, 2, 29).add_days(days));
    let usual = prop_oneof![
        4 => day(2020..=2030),
        3 => month_end,
        2 => around_february,
    ];
    match reach {
        Reach::Plannable => usual.boxed(),
        Reach::Everything => prop_oneof![9 => usual, 1 => any_day(), 1 => awkward_day()].boxed(),
    }
}

fn tokens(reach: Reach) -> BoxedStrategy<i64> {
    let usual = prop_oneof![
        5 => 0_i64..=30,
        4 => 0_i64..=600,
        2 => -50_i64..=-1,
        1 => 601_i64..=20_000,
    ];
    let limit = 1_000_000_000_000_000_i64;
    match reach {
        Reach::Plannable => usual.boxed(),
        Reach::Everything => prop_oneof![
            20 => usual,
            1 => 20_000_i64..=200_000,
            1 => -limit..=limit,
            1 => proptest::sample::select(vec![limit, limit - 1, -limit, 1 - limit]),
        ]
        .boxed(),
    }
}

/// A policy object: fields absent, null or set; `{}` when there is none.
fn policy(reach: Reach) -> impl Strategy<Value = Value> {
    let rounding =
        proptest::sample::select(vec!["down", "nearest", "up", "pro_rata_days"]).prop_map(|text| json!(text));
    // The library takes years up to 65 535 and months up to 4 294 967 295.
    let (years_max, months_max) = match reach {
        Reach::Plannable => (10_i64, 1_200_i64),
        Reach::Everything => (65_535, 4_294_967_295),
    };
    let renewal = prop_oneof![
        3 => Just(json!("support_date")),
        2 => Just(json!({"support_date_plus_years": 1})),
        2 => (0_i64..=10).prop_map(|years| json!({"support_date_plus_years": years})),
        1 => (0..=years_max).prop_map(|years| json!({"support_date_plus_years": years})),
    ];
    let cleanup = proptest::sample::select(vec!["protect_paid", "strict"]).prop_map(|text| json!(text));
    let months = prop_oneof![
        4 => Just(12_i64),
        1 => Just(0),
        2 => 1_i64..=36,
        1 => 37_i64..=1_200,
        1 => 37..=months_max,
    ]
    .prop_map(|months| json!(months));
    (field(rounding), field(renewal), field(cleanup), field(months)).prop_map(
        |(rounding, renewal, cleanup, months)| {
            let mut policy = Map::new();
            let fields = [
                ("month_rounding", rounding),
                ("complete_renewal", renewal),
                ("cleanup", cleanup),
                ("inactive_months", months),
            ];
            for (name, value) in fields {
                if let Some(value) = value {
                    policy.insert(name.to_owned(), value);
                }
            }
            Value::Object(policy)
        },
    )
}

/// A field that is absent, null or (mostly) set.
fn field(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop_oneof![1 => Just(None), 1 => Just(Some(Value::Null)), 6 => value.prop_map(Some)]
}

fn kind(reach: Reach) -> BoxedStrategy<&'static str> {
    let usual = prop_oneof![8 => Just("customer"), 1 => Just("free_tier"), 1 => Just("transition")];
    match reach {
        Reach::Plannable => usual.boxed(),
        Reach::Everything => prop_oneof![20 => usual, 1 => Just("reseller")].boxed(),
    }
}

fn format(reach: Reach) -> BoxedStrategy<&'static str> {
    match reach {
        Reach::Plannable => Just("legacy").boxed(),
        Reach::Everything => prop_oneof![30 => Just("legacy"), 1 => Just("avc")].boxed(),
    }
}

/// Who the account is, without what the plan depends on; often with the optional fields.
fn details() -> impl Strategy<Value = Map<String, Value>> {
    let instance = proptest::sample::select(vec!["na", "eu", "ca", "au"]);
    let people = |domain: &'static str| {
        proptest::collection::btree_set("[a-z]{1,6}", 0..4).prop_map(move |names| {
            names.into_iter().map(|name| json!(format!("{name}@{domain}.example"))).collect::<Value>()
        })
    };
    let partners = proptest::collection::btree_set("P[0-9]{1,4}", 0..4)
        .prop_map(|uids| uids.into_iter().map(Value::from).collect::<Value>());
    // ACC-2: from 2022 on no account was created as legacy.
    let created = (2005_i64..=2021, 1_i64..=12, 1_i64..=31)
        .prop_map(|(year, month, day)| json!(valid(year, month, day).text()));
    let words = || "[A-Za-z]{1,8}( [a-zäßé]{1,8})?".prop_map(Value::from);
    let identity = ("[A-Z][0-9]{1,5}", "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}| & Söhne)?", instance);
    let lists = (field(people("admin")), field(people("user")), field(partners));
    let texts = (field(created), field(words()), field(words()), field(words()));
    (identity, lists, texts).prop_map(|((uid, name, instance), lists, texts)| {
        let mut account = Map::new();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                account.insert(name.to_owned(), value);
            }
        };
        set("uid", Some(json!(uid)));
        set("name", Some(json!(name)));
        set("instance", Some(json!(instance)));
        set("administrators", lists.0);
        set("users", lists.1);
        set("partners", lists.2);
        set("created", texts.0);
        set("offer_class", texts.1);
        set("branding", texts.2);
        set("configuration", texts.3);
        account
    })
}

/// 0 to 40 systems, mostly few: small documents meet as many rules and are read more easily.
fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    prop_oneof![
        1 => proptest::collection::vec(draft(), 0..=1),
        6 => proptest::collection::vec(draft(), 1..=4),
        4 => proptest::collection::vec(draft(), 4..=12),
        2 => proptest::collection::vec(draft(), 12..=40),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let model = proptest::sample::select(vec!["RV55", "MP70", "LX60", "GX450", "ES450", "Raven XE", ""]);
    let state = prop_oneof![
        6 => Just("active"),
        3 => Just("suspended"),
        3 => Just("inventory"),
        1 => Just("maintenance"),
    ];
    let last_communication = prop_oneof![
        2 => Just(Recipe::Null),
        4 => (-3_i64..=3).prop_map(Recipe::NearMigration),
        4 => (-3_i64..=3).prop_map(Recipe::NearCutoff),
        4 => (-24_i64..=0, -3_i64..=3).prop_map(|(months, days)| Recipe::Months(months, days)),
        1 => (-24_i64..=2).prop_map(Recipe::MonthEnd),
        1 => (-8_i64..=1).prop_map(Recipe::LeapDay),
        1 => any_day().prop_map(Recipe::Fixed),
    ];
    let support_end = prop_oneof![
        6 => Just(Recipe::Null),
        3 => (-3_i64..=3).prop_map(Recipe::NearMigration),
        4 => (-18_i64..=60, -3_i64..=3).prop_map(|(months, days)| Recipe::Months(months, days)),
        2 => (-6_i64..=36).prop_map(Recipe::MonthEnd),
        1 => (-4_i64..=8).prop_map(Recipe::LeapDay),
    ];
    let warranty_end = prop_oneof![
        3 => Just(Recipe::Null),
        1 => (-3_i64..=3).prop_map(Recipe::NearMigration),
        1 => any_day().prop_map(Recipe::Fixed),
    ];
    (any::<u32>(), model, state, last_communication, support_end, warranty_end, any::<bool>()).prop_map(
        |(tag, model, state, last_communication, support_end, warranty_end, write_nulls)| Draft {
            tag,
            model,
            state,
            last_communication,
            support_end,
            warranty_end,
            write_nulls,
        },
    )
}

/// The finished system. Its serial is unique by the index, and sorts by the tag: the order of the
/// input is not the order of the serials.
fn system(draft: &Draft, index: usize, on: Day, cutoff: Day) -> Value {
    let mut system = json!({
        "serial": format!("LA{:08X}{index:03}", draft.tag),
        "model": draft.model,
        "state": draft.state,
    });
    let dates = [
        ("last_communication", &draft.last_communication),
        ("support_end", &draft.support_end),
        ("warranty_end", &draft.warranty_end),
    ];
    for (name, recipe) in dates {
        match cook(recipe, on, cutoff) {
            Some(day) => system[name] = json!(day.text()),
            None if draft.write_nulls => system[name] = Value::Null,
            None => {}
        }
    }
    system
}

fn cook(recipe: &Recipe, on: Day, cutoff: Day) -> Option<Day> {
    let day = match *recipe {
        Recipe::Null => return None,
        Recipe::NearMigration(days) => on.add_days(days),
        Recipe::NearCutoff(days) => cutoff.add_days(days),
        Recipe::Months(months, days) => on.add_months(i128::from(months)).add_days(days),
        Recipe::MonthEnd(months) => on.add_months(i128::from(months)).month_end(),
        Recipe::LeapDay(years) => {
            let mut year = on.year + years;
            while !is_leap(year) {
                year += 1;
            }
            valid(year, 2, 29)
        }
        Recipe::Fixed(day) => day,
    };
    Some(day.into_range())
}

/// The day, or the last day of a month that is too short for it.
fn valid(year: i64, month: i64, day: i64) -> Day {
    let end = Day { year, month, day: 1 }.month_end();
    Day { day: day.min(end.day), ..end }
}
