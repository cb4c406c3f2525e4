//! Reading systems from files: what was written is read back, and no input does harm.
#![cfg(feature = "files")]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use alms_core::account::{System, SystemState};
use alms_core::calendar::Date;
use alms_core::import::csv::{CsvOptions, CsvWriter, DateOrder, Rows};
use alms_core::import::{Import, NoteCode, RowErrorCode, airvantage, csv};
use alms_core::wire;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { cases: count, failure_persistence: None, ..ProptestConfig::default() }
}

/// Texts that are awkward in CSV; white space around them is not read, so that they have none.
fn text(least: usize) -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "'",
        "=",
        "-",
        "n/a",
        "never",
        ";=",
        "'+",
        "'",
        " ",
        "\u{a0}",
        "é",
        "e\u{301}",
        "🦀",
        "\\",
        "Serial Number",
        "2023-03-01",
        "#",
        "a\u{202e}b",
    ]);
    let part = prop_oneof![3 => awkward.prop_map(str::to_owned), 2 => "[\\PC--\\p{Cf}]{0,4}", 3 => "[A-Za-z0-9]{1,6}"];
    prop::collection::vec(part, 0..6).prop_map(move |parts| {
        // Nor is a SIM a system of its own.
        let text = parts.concat().trim().to_owned();
        let text = if matches!(text.to_lowercase().as_str(), "sim" | "esim" | "simcard") {
            String::new()
        } else {
            text
        };
        if text.len() < least { "x".repeat(least) } else { text }
    })
}

fn date() -> impl Strategy<Value = Option<Date>> {
    let date = prop_oneof![
        Just(Date::MIN),
        Just(Date::MAX),
        (0_u32..2_958_463).prop_map(|days| Date::MIN.add_days(days).unwrap())
    ];
    prop::option::of(date)
}

/// Serial numbers that a file can hold, awkward ones among them (SER-3).
fn serial() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "\"", "\"\"", ",", ";", "'", "''", "=", "+", "-", "@", ";=", ";'-", "＝", "=\"1\"", "12.0", "1E5",
        "é", "🦀", "\\", "#", "0",
    ]);
    let part = prop_oneof![3 => awkward.prop_map(str::to_owned), 3 => "[A-Za-z0-9]{1,6}"];
    let of_parts = prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat());
    // What a reader refuses for a reason, such as `-` and `1E+5`, is not a serial number that a file can hold.
    of_parts.prop_map(|text| if is_held(&text) { text } else { format!("x{text}") })
}

/// Names of offers, awkward ones among them; a word of nothing is not one.
fn offer() -> impl Strategy<Value = String> {
    text(1).prop_map(|text| {
        let is_nothing = ["-", "n/a", "none"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing));
        if is_nothing { "AirLink Complete".to_owned() } else { text }
    })
}

/// Whether a file with nothing but this serial number, as it is, gives a system.
fn is_held(text: &str) -> bool {
    let cell = format!("'{text}").replace('"', "\"\"");
    let file = format!("Serial,State,Last Communication\n\"{cell}\",Active,\n");
    csv::read(file.as_bytes(), &CsvOptions::default()).unwrap().errors.is_empty()
}

fn systems() -> impl Strategy<Value = Vec<System>> {
    let system = (serial(), text(0), prop::sample::select(SystemState::ALL), date(), date(), date())
        .prop_map(|(serial, model, state, last_communication, support_end, warranty_end)| System {
            serial: serial.parse().unwrap(),
            model: model.parse().unwrap(),
            state,
            last_communication,
            support_end,
            warranty_end,
            sku_region: None,
        });
    prop::collection::vec(system, 0..20).prop_map(|systems| {
        let mut serials = HashSet::new();
        systems.into_iter().filter(|system| serials.insert(system.serial.clone())).collect()
    })
}

fn options() -> impl Strategy<Value = CsvOptions> {
    prop::sample::select(DateOrder::ALL)
        .prop_map(|date_order| CsvOptions { date_order, ..CsvOptions::default() })
}

/// Bytes that come near to a file of systems.
fn csv_like() -> impl Strategy<Value = Vec<u8>> {
    let part = prop::sample::select(vec![
        &b"Serial,State,Last Communication,Name\n"[..],
        b"serial;state;last_communication\r\n",
        b"LA1",
        b"LA2",
        b",",
        b",",
        b";",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b"Active",
        b"retired",
        b"2023-03-01",
        b"01/02/2023",
        b"12:34",
        b" ",
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
        b"never",
        b"\xff\xfe",
        b"sep=;\n",
        b"state",
        b"25/12/2023",
        b"1679702400000",
        b"=\"\"12\"\"",
        b"1E+5",
        b"\xe2\x80\x8b",
        b"\x1a",
        b"LA1,Active,,\n",
    ]);
    let parts = prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat());
    (any::<bool>(), parts).prop_map(|(header, parts)| {
        let header: &[u8] = if header { b"Serial,State,Last Communication,Name\n" } else { b"" };
        [header, &parts].concat()
    })
}

/// Texts that come near to an answer of the API, whole or cut off.
fn json_like() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| format!("{number:e}")),
        "\"\\PC{0,5}\"".prop_map(|text| text.replace('\\', "\\\\")),
        prop::sample::select(vec![
            "\"ACTIVE\"",
            "\"RETIRED\"",
            "\"MAINTENANCE\"",
            "\"A\"",
            "\"2023-03-01\"",
            "\"\\ud800\"",
            "1679702400000",
            "NaN"
        ])
        .prop_map(str::to_owned),
    ];
    let names = vec![
        "items",
        "gateway",
        "serialNumber",
        "type",
        "lifeCycleState",
        "state",
        "lastCommDate",
        "supportEndDate",
        "warrantyDate",
        "data",
        "x",
    ];
    let value = leaf.prop_recursive(5, 40, 6, move |inner| {
        let member = (prop::sample::select(names.clone()), inner.clone())
            .prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|values| format!("[{}]", values.join(",\n"))),
            prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    });
    let document = prop_oneof![value.clone(), plausible_list(value)];
    (document, prop::bool::weighted(0.2), any::<prop::sample::Index>()).prop_map(|(text, cut, at)| {
        let mut bytes = text.into_bytes();
        if cut {
            let at = at.index(bytes.len());
            bytes.truncate(at);
        }
        bytes
    })
}

/// Lists of items most of which are systems, some of them twice.
fn plausible_list(value: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = String> {
    let serial = prop::sample::select(vec!["A", "B", "C", "D"]);
    let state = prop::sample::select(vec!["ACTIVE", "RETIRED", "Suspended", "?"]);
    let other = prop::sample::select(vec![
        "lastCommDate",
        "supportEndDate",
        "data",
        "serialNumber",
        "state",
        "x",
        "y",
    ]);
    let more = prop::option::weighted(0.4, (other, value.clone()));
    let item = (serial, state, more).prop_map(|(serial, state, more)| {
        let more = more.map_or(String::new(), |(name, value)| format!(", \"{name}\": {value}"));
        format!("{{\"serialNumber\": \"{serial}\", \"lifeCycleState\": \"{state}\"{more}}}")
    });
    let item = prop_oneof![9 => item, 1 => value];
    (prop::collection::vec(item, 0..6), any::<bool>()).prop_map(|(items, is_page)| {
        let items = items.join(",\n");
        if is_page { format!("{{\"items\": [{items}]}}") } else { format!("[{items}]") }
    })
}

/// What holds for every file: nothing is dropped in silence, and the order is that of the file.
fn check(import: &Import) -> Result<(), TestCaseError> {
    prop_assert!(import.systems.len() <= import.rows);
    let told = import.systems.len().saturating_add(import.bad_rows()).saturating_add(import.left_out);
    prop_assert_eq!(told, import.rows);
    prop_assert_eq!(import.bad_rows() == 0, import.errors.is_empty());
    prop_assert_eq!(import.errors_total().min(100), import.errors.len());
    prop_assert!(import.notes_total() >= import.notes.len());
    prop_assert!(import.errors.is_sorted_by_key(|error| (error.line, error.column)));
    prop_assert!(import.notes.is_sorted_by_key(|note| (note.line, note.column)));
    let serials: HashSet<&str> = import.systems.iter().map(|system| system.serial.as_str()).collect();
    prop_assert_eq!(serials.len(), import.systems.len());
    for error in &import.errors {
        prop_assert!(error.value.chars().count() <= 80, "{}", error);
        prop_assert!(!error.to_string().contains('\n') && !error.message.ends_with('.'), "{}", error);
        prop_assert!(!error.message.starts_with(char::is_uppercase), "{}", error);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn what_was_written_is_read_back(systems in systems(), options in options()) {
        let import = csv::read(csv::write(&systems).as_bytes(), &options).unwrap();
        prop_assert_eq!(&import.errors, &[]);
        prop_assert_eq!(&import.systems, &systems);
        prop_assert!(import.notes.iter().all(|note| note.code == NoteCode::SerialUnwrapped || note.code == NoteCode::LongCell));
        prop_assert_eq!((import.rows, import.findings, import.ignored_columns), (systems.len(), vec![], vec![]));
    }

    #[test]
    fn a_notification_is_read_back(rows in prop::collection::vec((serial(), text(0), offer(), 1_u8..28), 1..8)) {
        let mut serials = HashSet::new();
        let rows: Vec<_> = rows.into_iter().filter(|(serial, ..)| serials.insert(serial.clone())).collect();
        let subscriptions: Vec<_> = rows
            .iter()
            .map(|(serial, model, offer, day)| {
                json!({"serial": serial, "model": model, "offer": offer, "end_date": format!("2024-06-{day:02}")})
            })
            .collect();
        let request = json!({
            "on": "2024-05-01",
            "resellers": [{"uid": "r1", "name": "R", "administrators": ["a@r.example"]}],
            "customers": [{"uid": "c1", "name": "C", "partners": ["r1"], "subscriptions": subscriptions}],
        });
        let answer = wire::call("reseller.notifications", &request.to_string()).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let file = answer["messages"][0]["attachment"]["csv"].as_str().unwrap();
        let import = csv::read(file.as_bytes(), &CsvOptions::default()).unwrap();
        prop_assert_eq!(&import.errors, &[]);
        let read: HashSet<_> = import
            .subscriptions
            .iter()
            .map(|read| (read.serial.to_string(), read.model.as_str().to_owned(), read.offer.to_string(), read.end_date.unwrap().to_string()))
            .collect();
        let written: HashSet<_> = rows
            .into_iter()
            .map(|(serial, model, offer, day)| (serial, model, offer, format!("2024-06-{day:02}")))
            .collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn a_stream_is_written_and_read_like_a_file(systems in systems()) {
        let mut writer = CsvWriter::new(Vec::new()).unwrap();
        for system in &systems {
            writer.write(system).unwrap();
        }
        let bytes = writer.finish().unwrap();
        prop_assert_eq!(bytes.as_slice(), csv::write(&systems).into_bytes());
        let read: Result<Vec<System>, _> = Rows::new(bytes.as_slice(), &CsvOptions::default()).unwrap().collect();
        prop_assert_eq!(read.unwrap(), systems);
    }

    #[test]
    fn no_csv_does_harm(bytes in prop_oneof![csv_like(), prop::collection::vec(any::<u8>(), 0..200)], options in options()) {
        match csv::read(&bytes, &options) {
            Ok(import) => {
                check(&import)?;
                // Every row is a line of its own, and the order of dates is asked for once.
                let bad_lines: HashSet<u64> = import.errors.iter().map(|error| error.line).collect();
                let is_asked = import.error_counts.contains_key(&RowErrorCode::AmbiguousDate);
                prop_assert!(bad_lines.len() == import.bad_rows() || is_asked);
                prop_assert_eq!(&csv::read(&bytes, &options).unwrap(), &import);
                let again = csv::read(csv::write(&import.systems).as_bytes(), &CsvOptions::default()).unwrap();
                prop_assert_eq!(again.systems, import.systems);
            }
            Err(error) => prop_assert!(!error.to_string().ends_with('.')),
        }
    }

    #[test]
    fn no_json_does_harm(bytes in prop_oneof![4 => json_like(), 1 => prop::collection::vec(any::<u8>(), 0..200)]) {
        match airvantage::read(&bytes) {
            Ok(import) => check(&import)?,
            Err(error) => prop_assert!(!error.to_string().ends_with('.')),
        }
    }
}
