//! `#[document]`: one form through alms-json and through any other format of serde, and faults with a path.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::json::{self, Fault};
use alms_core::subscriptions::DayRounding;
use alms_core::text::Serial;
use alms_json::document;

/// An order.
#[document]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Order {
    /// The systems.
    lines: Vec<Line>,
    /// `down` where absent.
    #[serde(default)]
    rounding: DayRounding,
    /// Twelve where absent.
    #[serde(default = "a_year")]
    months: alms_core::calendar::Months,
    /// What it was, where known.
    #[serde(rename = "type")]
    kind: Option<Serial>,
    /// Left out where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Late>,
}

#[document]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    serial: Serial,
    urgent: bool,
}

#[document]
#[derive(Debug, Clone, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Late {
    FromOrder,
    Backdated {
        #[serde(default = "a_year")]
        months: alms_core::calendar::Months,
    },
}

#[document(result)]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Total {
    lines: u8,
}

const fn a_year() -> alms_core::calendar::Months {
    alms_core::calendar::Months::YEAR
}

const LINE: &str = r#"{"serial":"LA1","urgent":true}"#;

fn read(text: &str) -> Order {
    let order: Order = json::from_str(text).unwrap();
    assert_eq!(serde_json::from_str::<Order>(text).unwrap(), order, "{text}");
    let written = json::to_string(&order).unwrap();
    assert_eq!(serde_json::to_string(&order).unwrap(), written);
    assert_eq!(json::from_str::<Order>(&written).unwrap(), order, "{written}");
    order
}

fn refused(text: &str) -> (String, String) {
    let fault: Fault = json::from_str::<Order>(text).unwrap_err();
    assert!(serde_json::from_str::<Order>(text).is_err(), "{text}");
    assert_eq!(fault.code(), "invalid_input");
    (fault.path().to_owned(), fault.message().into_owned())
}

#[test]
fn the_form_is_that_of_the_declaration() {
    let text =
        format!(r#"{{"lines":[{LINE}],"rounding":"up","months":24,"type":"LA2","late":"from_order"}}"#);
    assert_eq!(json::to_string(&read(&text)).unwrap(), text);
    let text = text.replace(r#""from_order""#, r#"{"backdated":{"months":3}}"#);
    assert_eq!(json::to_string(&read(&text)).unwrap(), text);
}

#[test]
fn null_is_absent() {
    let absent = read(r#"{"lines":[]}"#);
    assert_eq!((absent.rounding, absent.months, &absent.kind), (DayRounding::Down, a_year(), &None));
    assert_eq!(read(r#"{"lines":[],"rounding":null,"months":null,"type":null,"late":null}"#), absent);
    let written = r#"{"lines":[],"rounding":"down","months":12,"type":null}"#;
    assert_eq!(json::to_string(&absent).unwrap(), written, "nothing is left out in silence");

    let late = |months: &str| read(&format!(r#"{{"lines":[],"late":{{"backdated":{{{months}}}}}}}"#)).late;
    assert_eq!(late(""), Some(Late::Backdated { months: a_year() }));
    assert_eq!(late(r#""months":null"#), late(""));
}

#[test]
fn a_fault_says_where_and_what() {
    let said =
        |text: &str, path: &str, message: &str| assert_eq!(refused(text), (path.into(), message.into()));
    said("{}", "lines", "the field `lines` is missing; add it");
    said(
        r#"{"lines":[{"serial":"LA1","urgent":true,"urgant":1}]}"#,
        "lines[0].urgant",
        "the field `urgant` is unknown here; use `serial` or `urgent`",
    );
    said(r#"{"lines":[],"lines":[]}"#, "lines", "the field `lines` is there twice; give it once");
    said(&format!(r#"{{"lines":[{LINE},7]}}"#), "lines[1]", "`7` is not an object; write an object here");
    said(r#"{"lines":null}"#, "lines", "`null` is not a list; write a list here");
    said(r#"{"lines":[],"rounding":7}"#, "rounding", "`7` is not a text; write a text here");
    said(
        r#"{"lines":[],"rounding":"x"}"#,
        "rounding",
        "`x` is not known; use one of `down`, `nearest`, `up`",
    );
    said(
        r#"{"lines":[],"late":{"backdated":{"months":"1"}}}"#,
        "late.backdated.months",
        "`\"1\"` is not a whole number; write it in digits, without quotes, decimals or exponent",
    );
}

/// serde_json would take the list for the fields in their order.
#[test]
fn a_document_is_an_object() {
    let fault = json::from_str::<Order>(r#"{"lines":[["LA1",true]]}"#).unwrap_err();
    assert_eq!(fault.path(), "lines[0]");
    assert_eq!(fault.message(), "`[\"LA1\",true]` is not an object; write an object here");
}

#[test]
fn a_result_of_a_later_version_is_read() {
    let total: Total = json::from_str(r#"{"lines":2,"amount":"3"}"#).unwrap();
    assert_eq!(total, Total { lines: 2 });
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_has_null_for_every_default() {
    let schema = schemars::schema_for!(Order);
    let property = |name: &str| schema.pointer(&format!("/properties/{name}")).unwrap().to_string();
    for name in ["rounding", "months", "type", "late"] {
        assert!(property(name).contains("null"), "{}", property(name));
    }
    assert!(!property("lines").contains("null"));
    assert_eq!(schema.get("required").unwrap(), &serde_json::json!(["lines"]));
    assert_eq!(schema.get("additionalProperties").unwrap(), false);
    assert_eq!(schema.get("description").unwrap(), "An order.");
}
