//! The texts of JSONTestSuite (MIT licence, © 2016 Nicolas Seriot): which are JSON, which are not, and which a parser may take or
//! leave. Those are refused here: somebody who sends one cannot count on being understood the same way elsewhere.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
struct Case {
    name: String,
    verdict: String,
    base64: String,
}

#[test]
fn json_is_read_and_nothing_else() {
    let lines = include_str!("data/json-parsing.jsonl").lines();
    let cases: Vec<Case> = lines.map(|line| alms_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 316);
    for Case { name, verdict, base64 } in cases {
        let bytes = BASE64_STANDARD.decode(base64).unwrap();
        let read = std::str::from_utf8(&bytes).ok().map(alms_json::from_str::<IgnoredAny>);
        let accepted = matches!(read, Some(Ok(_)));
        assert_eq!(accepted, verdict == "accept", "{name}: {read:?}");
    }
}
