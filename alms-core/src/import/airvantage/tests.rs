use super::*;
use crate::account::SystemState;

fn import(document: &str) -> Import {
    read(document.as_bytes()).unwrap()
}

/// What is wrong, as path, code and value.
fn errors(import: &Import) -> Vec<(&str, &'static str, &str)> {
    import
        .errors
        .iter()
        .map(|error| (error.field.as_str(), error.code.as_str(), error.value.as_str()))
        .collect()
}

fn serials(import: &Import) -> Vec<&str> {
    import.systems.iter().map(|system| system.serial.as_str()).collect()
}

/// The errors of one item, without its path.
fn item_errors(item: &str) -> Vec<(String, &'static str, String)> {
    let import = import(&format!("[{item}]"));
    assert_eq!((import.rows, import.systems.len()), (1, 0), "{item}");
    let own = |(path, code, value): (&str, _, &str)| {
        (path.strip_prefix("[0]").unwrap().to_owned(), code, value.to_owned())
    };
    errors(&import).into_iter().map(own).collect()
}

#[test]
fn an_answer_of_the_api_is_read() {
    // The fields of the published reference, https://source.sierrawireless.com (API-System-v1).
    let import = import(
        r#"{"items": [{
            "uid": "2f1b", "name": "Bus 1", "type": "MINI", "commStatus": "OK", "lastCommDate": 1679702399999,
            "lifeCycleState": "ACTIVE", "state": "DEPLOYED", "activityState": "ACTIVATED",
            "gateway": {"uid": "77", "imei": "35", "macAddress": null, "serialNumber": " LA1 ", "type": "RV55"},
            "applications": [{"name": "ALEOS", "state": "READY"}], "labels": ["x"], "data": {"rssi": -71},
            "supportExpiryDate": "2023-08-31"
        }, {
            "serialNumber": "LA2", "gateway": null, "type": "GX450", "lifeCycleState": "SUSPENDED",
            "data": {"warrantyEndDate": 946684800000, "supportEndDate": null}
        }], "count": 2, "size": 100, "offset": 0}"#,
    );
    assert_eq!(import.errors, []);
    let [first, second] = import.systems.as_slice() else { panic!("two systems") };
    assert_eq!(
        (first.serial.as_str(), first.model.as_str(), first.state),
        ("LA1", "RV55", SystemState::Active)
    );
    assert_eq!(first.last_communication, Some("2023-03-24".parse().unwrap()));
    assert_eq!((first.support_end, first.warranty_end), (Some("2023-08-31".parse().unwrap()), None));
    assert_eq!(
        (second.serial.as_str(), second.model.as_str(), second.state),
        ("LA2", "GX450", SystemState::Suspended)
    );
    assert_eq!((second.last_communication, second.support_end), (None, None));
    assert_eq!(second.warranty_end, Some("2000-01-01".parse().unwrap()));
}

#[test]
fn pages_and_bare_lists_are_read() {
    let system = |serial: &str| {
        format!(r#"{{"serialNumber": "{serial}", "lifeCycleState": "ACTIVE", "lastCommDate": null}}"#)
    };
    let (a, b, c) = (system("A"), system("B"), system("C"));
    for document in [
        format!(r#"{{"items": [{a}, {b}, {c}]}}"#),
        format!(r#" [{{"items": [{a}], "count": 1}}, {{"items": []}}, {{"items": [{b}, {c}]}}] "#),
        format!("[{a}, {b}, {c}]\n"),
        format!("\u{feff}[{a}, {b}, {{\"items\": [{c}]}}]"),
    ] {
        let import = import(&document);
        assert_eq!((serials(&import), import.rows), (vec!["A", "B", "C"], 3), "{document}");
    }
    let inside = r#"[{"serialNumber": "A", "lifeCycleState": "ACTIVE", "lastCommDate": null, "labels": {"items": [1, 2]}}]"#;
    assert_eq!(serials(&import(inside)), ["A"], "`items` of something else make no page");
    assert_eq!(import("[]").rows, 0);
    assert_eq!(import(r#"{"items": []}"#), Import::default());
    let paths = import(&format!(r#"[{{"items": [{a}, 1]}}, {{"items": [{a}]}}]"#));
    assert_eq!(
        errors(&paths),
        [("[0].items[1]", "wrong_type", "1"), ("[1].items[0].serialNumber", "duplicate_serial", "A")]
    );
    assert!(paths.errors[1].message.contains("is in `[0].items[0]` already"));
}

#[test]
fn the_state_is_that_of_the_life_cycle_but_for_maintenance() {
    let read = |fields: &str| {
        let import = import(&format!(r#"[{{"serialNumber": "A", "lastCommDate": null, {fields}}}]"#));
        (import.systems[0].state.as_str(), import.notes.first().map(|note| note.message.clone()))
    };
    for (fields, state) in [
        (r#""lifeCycleState": "ACTIVE", "state": "INVENTORY""#, "active"),
        (r#""lifeCycleState": "INVENTORY", "state": "DEPLOYED""#, "inventory"),
        (r#""lifeCycleState": "ACTIVE", "state": "MAINTENANCE""#, "maintenance"),
        (r#""lifeCycleState": "RETIRED", "state": "MAINTENANCE""#, "maintenance"),
        (r#""lifeCycleState": "SUSPENDED""#, "suspended"),
        (r#""lifeCycleState": null, "state": "READY""#, "active"),
        (r#""lifeCycleState": "", "state": "DEPLOYED""#, "active"),
        (r#""state": "INVENTORY""#, "inventory"),
        (r#""state": "MAINTENANCE""#, "maintenance"),
    ] {
        assert_eq!(read(fields), (state, None), "{fields}");
    }
    let note = |text: &str| Some(text.to_owned());
    assert_eq!(
        read(r#""lifeCycleState": "RETIRED""#),
        ("inventory", note("state `RETIRED` taken as inventory"))
    );
    assert_eq!(
        read(r#""lifeCycleState": "TEST_READY""#),
        ("active", note("state `TEST_READY` taken as active"))
    );
}

#[test]
fn places_are_those_of_the_values() {
    let import = import(
        "{\"items\": [\n  {\"state\": \"Ünknown\", \"lastCommDate\": true,\n   \"gateway\": {\"type\": 5}},\n  7,\n  \
         {\"gateway\": {\"serialNumber\": \"é\"}, \"lifeCycleState\": \"RETIRED\"}\n]}",
    );
    let places: Vec<_> =
        import.errors.iter().map(|error| (error.line, error.column, error.field.as_str())).collect();
    assert_eq!(
        places,
        [
            (2, Some(3), "items[0].gateway.serialNumber"),
            (2, Some(13), "items[0].state"),
            (2, Some(40), "items[0].lastCommDate"),
            (3, Some(24), "items[0].gateway.type"),
            (4, Some(3), "items[1]"),
        ]
    );
    assert_eq!(
        import.notes[0].to_string(),
        "line 5, column 56 (`items[2].lifeCycleState`): state `RETIRED` taken as inventory"
    );
}

#[test]
fn each_way_to_be_wrong_has_its_code() {
    let whole = |fields: &str| format!(r#"{{"serialNumber": "A", "lifeCycleState": "ACTIVE", {fields}}}"#);
    for (fields, path, code, value) in [
        (r#""lastCommDate": 1.5"#, ".lastCommDate", "invalid_date", "1.5"),
        (r#""lastCommDate": 99999999999999999999"#, ".lastCommDate", "out_of_range", "99999999999999999999"),
        (r#""lastCommDate": [1]"#, ".lastCommDate", "wrong_type", "[1]"),
        (r#""supportExpiryDate": "03/04/2023""#, ".supportExpiryDate", "ambiguous_date", "03/04/2023"),
        (r#""lastCommDate": 1679702400"#, ".lastCommDate", "unit_of_time", "1679702400"),
        (r#""gateway": {"serialNumber": "A B"}"#, ".gateway.serialNumber", "invalid_serial", "A B"),
        (r#""gateway": {"serialNumber": "n/a"}"#, ".gateway.serialNumber", "not_a_value", "n/a"),
        (r#""data": {"warrantyDate": "soon"}"#, ".data.warrantyDate", "invalid_date", "soon"),
        (r#""state": "BROKEN""#, ".state", "unknown_state", "BROKEN"),
        (r#""gateway": [1]"#, ".gateway", "wrong_type", "[1]"),
        (r#""gateway": {"serialNumber": 12}"#, ".gateway.serialNumber", "wrong_type", "12"),
        (r#""gateway": {"serialNumber": "\ud800"}"#, ".gateway.serialNumber", "invalid_text", "\\ud800"),
        (r#""type": {"a": 1}"#, ".type", "wrong_type", "{\"a\": 1}"),
        (r#""type": "a", "type": "b""#, ".type", "repeated_field", "b"),
        (r#""type": null, "type": "b""#, ".type", "repeated_field", "b"),
        (r#""gateway": {"type": "a", "type": "b"}"#, ".gateway.type", "repeated_field", "b"),
        (
            r#""supportEndDate": 946684800000, "supportExpiryDate": 946771200000"#,
            ".supportEndDate",
            "repeated_field",
            "946684800000",
        ),
    ] {
        assert_eq!(item_errors(&whole(fields)), [(path.to_owned(), code, value.to_owned())], "{fields}");
    }
    let long = item_errors(&format!(r#"{{"serialNumber": "{}", "state": "READY"}}"#, "é".repeat(257)));
    assert_eq!((long[0].1, long[0].2.chars().count()), ("text_too_long", 80));
    let escape = item_errors(r#"{"serialNumber": "A", "\ud800": "x", "state": "READY"}"#);
    assert_eq!((escape[0].0.as_str(), escape[0].1), ("", "invalid_text"));
    for item in ["1", "\"A\"", "[]", "true", "null"] {
        assert_eq!(item_errors(item)[0].1, "wrong_type", "{item}");
    }
    let missing = item_errors("{}");
    let missing: Vec<_> = missing.iter().map(|(path, code, _)| (path.as_str(), *code)).collect();
    assert_eq!(missing, [(".gateway.serialNumber", "missing_value"), (".lifeCycleState", "missing_value")]);
}

#[test]
fn fields_that_agree_or_say_nothing_do_no_harm() {
    let import = import(
        r#"[{"serialNumber": "A", "state": "READY", "imei": "3", "lastCommDate": null, "gateway": {"serialNumber": "", "type": ""},
             "supportExpiryDate": "2023-08-31", "supportEndDate": 1693440000000, "data": {"supportEndDate": "n/a"}},
            {"serialNumber": "B", "state": "READY", "data": ["a list"]}]"#,
    );
    assert_eq!((import.errors.as_slice(), serials(&import)), (&[][..], vec!["A", "B"]));
    assert_eq!(import.systems[0].support_end, Some("2023-08-31".parse().unwrap()));
}

#[test]
fn an_imei_is_no_serial() {
    let errors = item_errors(r#"{"gateway": {"imei": "35"}, "state": "READY"}"#);
    assert_eq!(errors, [(".gateway.serialNumber".to_owned(), "missing_value", String::new())]);
}

#[test]
fn a_sim_of_its_own_is_left_out_with_a_note() {
    let import = import(
        r#"[{"name": "SIM", "gateway": null, "subscription": {"identifier": "8933"}, "lifeCycleState": "ACTIVE"},
            {"name": "SIM", "gateway": {"serialNumber": "", "type": null}, "subscriptions": [{"identifier": "8934"}]},
            {"serialNumber": "8935", "type": "SIM", "lifeCycleState": "ACTIVE"},
            {"name": "No router", "subscriptions": [], "lifeCycleState": "ACTIVE"},
            {"serialNumber": "A", "lifeCycleState": "ACTIVE", "lastCommDate": null, "subscriptions": [{"a": 1}]}]"#,
    );
    assert_eq!(serials(&import), ["A"]);
    assert_eq!((import.rows, import.left_out, import.bad_rows()), (5, 3, 1));
    assert_eq!(errors(&import), [("[3].gateway.serialNumber", "missing_value", "")]);
    let notes: Vec<_> = import.notes.iter().map(|note| (note.field.as_str(), note.code.as_str())).collect();
    assert_eq!(notes, [("[0]", "sim_left_out"), ("[1]", "sim_left_out"), ("[2]", "sim_left_out")]);
}

#[test]
fn an_answer_in_utf16_is_read() {
    let text = r#"[{"serialNumber": "A", "lifeCycleState": "ACTIVE", "lastCommDate": null}]"#;
    let bytes: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&bytes).unwrap(), import(text));
}

#[test]
fn good_items_are_read_beside_bad_ones() {
    let import = import(
        r#"[{"serialNumber": "A", "state": "?"}, {"serialNumber": "B", "state": "READY", "lastCommDate": null}, 5,
            {"serialNumber": "A", "state": "READY"}, {"serialNumber": "C", "state": "READY"}]"#,
    );
    assert_eq!(serials(&import), ["B", "C"]);
    assert_eq!((import.rows, import.bad_rows()), (5, 3));
    assert_eq!(
        errors(&import),
        [
            ("[0].state", "unknown_state", "?"),
            ("[2]", "wrong_type", "5"),
            ("[3].serialNumber", "duplicate_serial", "A")
        ]
    );
}

#[test]
fn a_field_that_speaks_of_an_end_is_not_lost_in_silence() {
    let import = import(
        r#"[{"serialNumber": "A", "state": "READY", "lastCommDate": null, "serviceEnd": null, "supportLevel": "gold"},
            {"serialNumber": "B", "state": "READY", "serviceEnd": 1, "data": {"warrantyValidUntil": "x"}},
            {"serialNumber": "C", "state": "READY", "serviceEnd": 2, "supportExpiryDate": "2024-01-01"}]"#,
    );
    assert_eq!(serials(&import), ["A", "B", "C"]);
    let found: Vec<&str> = import.findings.iter().map(|finding| finding.field.as_str()).collect();
    assert_eq!(
        found,
        ["[1].serviceEnd", "[1].data.warrantyValidUntil"],
        "once each, where they say something"
    );
    assert!(import.findings.iter().all(|finding| finding.code.as_str() == "unread_end_date"));
}

#[test]
fn documents_that_are_none() {
    for (document, code) in [
        (&b""[..], "empty_input"),
        (b" \n ", "empty_input"),
        (b"\xef\xbb\xbf", "empty_input"),
        (b"\xff\xfe", "empty_input"),
        (b"PK\x03\x04", "unsupported_format"),
        (b"[\0]\0", "unsupported_encoding"),
        (b"\0[\0]", "unsupported_encoding"),
        (b"[\"\xff\"]", "invalid_utf8"),
        (b"[", "invalid_json"),
        (b"[1,]", "invalid_json"),
        (b"[] []", "invalid_json"),
        (b"{\"items\": []} x", "invalid_json"),
        (b"nul", "invalid_json"),
        (b"[01]", "invalid_json"),
        (b"{\"items\": [NaN]}", "invalid_json"),
        (b"null", "no_items"),
        (b"12", "no_items"),
        (b"\"[]\"", "no_items"),
        (b"{}", "no_items"),
        (b"{\"items\": null}", "no_items"),
        (b"{\"items\": {}}", "no_items"),
        (b"{\"serialNumber\": \"A\"}", "no_items"),
        (b"[{\"items\": 1}]", "no_items"),
        (b"{\"items\": [], \"items\": []}", "repeated_field"),
        (b"[{\"items\": [], \"items\": []}]", "repeated_field"),
        (b"[{\"serialNumber\": \"A\", \"state\": \"READY\"}]", "missing_field"),
        (b"{\"items\": [], \"count\": 2}", "missing_pages"),
    ] {
        assert_eq!(
            read(document).unwrap_err().code().as_str(),
            code,
            "{}",
            String::from_utf8_lossy(document)
        );
    }
    assert_eq!(read(b"[\"ab\xff\"]"), Err(ImportError::InvalidUtf8 { offset: 4 }));
    assert_eq!(read(b"[{\"items\": 1}]"), Err(ImportError::NoItems { path: "[0].items".to_owned() }));
}

#[test]
fn what_is_no_json_is_shown_where_it_is() {
    for (document, expected) in [
        ("[\n{\"é\": \"é\" x}]", "line 2, column 11 is not valid JSON: expected `,` or `}`; save"),
        ("x", "line 1, column 1 is not valid JSON: expected value; save"),
        ("[1,\n2", "line 2, column 1 is not valid JSON: EOF while parsing a list; save"),
        ("{\"items\": [1 2]}", "line 1, column 14 is not valid JSON: expected `,` or `]`; save"),
    ] {
        let error = read(document.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn deep_nesting_does_no_harm() {
    // Any depth does harm that is beyond the stack; Miri, which takes minutes for as many, sees whether it is walked.
    let depth = if cfg!(miri) { 1_000 } else { 100_000 };
    let deep = |open: &str, close: &str| open.repeat(depth) + "1" + &close.repeat(depth);
    let arrays = deep("[", "]");
    assert_eq!(errors(&import(&arrays))[0].1, "wrong_type");
    assert_eq!(read("[".repeat(depth).as_bytes()).unwrap_err().code().as_str(), "invalid_json");
    let inside = format!(
        r#"[{{"serialNumber": "A", "state": "READY", "lastCommDate": null, "x": {arrays}, "data": {{"y": {}}}}},
            {{"serialNumber": {arrays}, "state": "READY"}}]"#,
        deep(r#"{"data": "#, "}")
    );
    let import = import(&inside);
    assert_eq!(serials(&import), ["A"]);
    assert_eq!((import.errors[0].code.as_str(), import.errors[0].value.chars().count()), ("wrong_type", 80));
}
