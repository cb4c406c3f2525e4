//! Files: dates, rows and systems, good and bad.

use super::{ACTIVE, Worst, list, systems};

pub(super) const WORST: &[Worst] = &[
    Worst::new("calendar.add_months", "a long date", 400_000, |size| {
        format!(r#"{{"date":"{}","months":1}}"#, "1".repeat(size))
    }),
    Worst::new("systems.from_api", "systems", 8_000, |size| {
        api(size, r#""lifeCycleState":"ACTIVE""#, "1677628800000")
    }),
    Worst::new("systems.from_api", "systems with mistakes", 8_000, |size| {
        api(size, r#""lifeCycleState":"BROKEN\u0001""#, r#""never""#)
    }),
    Worst::new("systems.from_api", "pages of one system", 8_000, |size| {
        let pages = list(size, |index| {
            format!(
                r#"{{"items":[{{"uid":"u{index:07}","lifeCycleState":"ACTIVE","gateway":{{"serialNumber":"LA{index:08}","type":"RV55"}},"lastCommDate":1677628800000}}],"count":{size},"size":1,"offset":{index}}}"#
            )
        });
        format!(r#"{{"answer":[{pages}]}}"#)
    }),
    Worst::new("systems.from_csv", "rows", 8_000, |size| {
        csv("Serial,Type,State,Last Communication", size, |index| {
            format!("LA{index:08},RV55,Active,2023-03-25")
        })
    }),
    Worst::new("systems.from_csv", "rows with mistakes", 8_000, |size| {
        csv("Serial,Type,State,Last Communication,Support End", size, |_| String::from(",,?,never,never"))
    }),
    Worst::new("systems.from_csv", "rows without cells", 64_000, |size| {
        csv("Serial,Type,State,Last Communication", size, |_| String::from(","))
    }),
    Worst::new("systems.from_csv", "a serial again and again", 8_000, |size| {
        csv("Serial,Type,State,Last Communication", size, |_| String::from("LA1,RV55,Active,2023-03-25"))
    }),
    Worst::new("systems.from_csv", "columns", 16_000, |size| {
        let names = list(size, |index| format!("X{index:07}"));
        csv(&format!("Serial,Type,State,Last Communication,{names}"), 2, |index| {
            format!("LA{index:08},RV55,Active,2023-03-25{}", ",1".repeat(size))
        })
    }),
    Worst::new("systems.from_csv", "columns of one name", 16_000, |size| {
        let names = list(size, |_| "Serial");
        csv(&format!("Serial,Type,State,Last Communication,{names}"), 2, |index| {
            format!("LA{index:08},RV55,Active,2023-03-25{}", ",1".repeat(size))
        })
    }),
    Worst::new("systems.from_csv", "dates of two meanings", 8_000, |size| {
        csv("Serial,Type,State,Last Communication", size, |index| {
            format!("LA{index:08},RV55,Active,0{}/05/2023", index % 9 + 1)
        })
    }),
    Worst::new("systems.to_csv", "systems that look like formulas", 8_000, |size| {
        let systems = list(size, |index| format!(r#"{{"serial":"=\"{index:08}",{ACTIVE}}}"#));
        format!(r#"{{"systems":[{systems}]}}"#)
    }),
    Worst::new("systems.to_csv", "systems", 8_000, |size| {
        format!(r#"{{"systems":[{}]}}"#, systems(size, ACTIVE))
    }),
];

fn api(size: usize, state: &str, last: &str) -> String {
    let items = list(size, |index| {
        format!(
            r#"{{"uid":"u{index:07}",{state},"gateway":{{"serialNumber":"LA{index:08}","type":"RV55"}},"lastCommDate":{last}}}"#
        )
    });
    format!(r#"{{"answer":[{items}]}}"#)
}

/// A file of rows; their ends are escaped, and nothing else in them is.
fn csv(head: &str, rows: usize, row: impl Fn(usize) -> String) -> String {
    let rows: String = (0..rows).map(|index| row(index) + r"\n").collect();
    format!(r#"{{"csv":"{head}\n{rows}"}}"#)
}
