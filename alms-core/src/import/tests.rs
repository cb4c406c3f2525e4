use super::csv::{CsvOptions, Rows};
use super::*;
use std::io::{self, Read};

/// A row error's code and an input that produces it, for every code: the catalogue.
#[test]
fn every_code_has_an_input_that_produces_it() {
    let header = "Serial,Model,State,Last Communication";
    let csv_code = |row: &[u8]| {
        let file = [header.as_bytes(), b"\n", row, b"\n"].concat();
        csv::read(&file, &CsvOptions::default()).unwrap().errors[0].code
    };
    let list_code = |file: &[u8]| {
        csv::registrations::read(file, &[], DateOrder::Iso).unwrap().rows().next().unwrap().errors[0].code
    };
    let json_code = |item: &str| airvantage::read(format!("[{item}]").as_bytes()).unwrap().errors[0].code;
    let long = "x".repeat(257);
    let failing = format!("{header}\n{}", "\n".repeat(5000));
    let two_states = &b"Serial,State,lifeCycleState,Last Communication\nLA1,Active,Suspended,\n"[..];
    let mut failing = Rows::new(failing.as_bytes().chain(Failing), &CsvOptions::default()).unwrap();
    let produced = [
        csv_code(b",RV55,Active,"),
        csv_code(format!("LA1,{long},Active,").as_bytes()),
        csv_code(b"LA1,RV55,On,"),
        list_code(b"Serial,Model,Account,Region\nXR1,XR80,c1,Mars\n"),
        csv_code(b"LA1,RV55,Active,2023-02-29"),
        csv_code(b"LA1,RV55,Active,03/04/2023"),
        csv_code(b"LA1,RV55,Active,1899-12-31"),
        csv_code(b"LA1,RV55,Active,1679702400"),
        csv_code(b"LA 1,RV55,Active,"),
        csv_code(b"1.2E+14,RV55,Active,"),
        csv_code(b"#N/A,RV55,Active,"),
        csv_code(b"LA1,RV\x0055,Active,"),
        csv_code(b"LA1,,Active,\nLA1,,Active,"),
        csv_code(b"LA\xff,RV55,Active,"),
        csv_code(b"LA1,RV55,Active"),
        csv_code(b"LA1,RV55,Active,\""),
        csv_code("x".repeat(csv::ROW_BYTES_MAX + 1).as_bytes()),
        failing.next().unwrap().unwrap_err().code,
        json_code(r#"{"serialNumber": 1, "lifeCycleState": "ACTIVE"}"#),
        json_code(r#"{"serialNumber": "\ud800", "lifeCycleState": "ACTIVE"}"#),
        json_code(r#"{"serialNumber": "A", "serialNumber": "B", "lifeCycleState": "ACTIVE"}"#),
        Rows::new(two_states, &CsvOptions::default()).unwrap().next().unwrap().unwrap_err().code,
    ];
    assert_eq!(produced, RowErrorCode::ALL);
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the line is dead"))
    }
}

#[test]
fn both_formats_give_the_same_systems() {
    let from_csv = csv::read(
        b"Serial,Model,State,Last Communication,Support End,Warranty End\n\
          LA1,RV55,TEST_READY,2023-03-25 12:00,2024-01-31,\n\
          LA2,,Maintenance,never,,2000-01-01\n",
        &CsvOptions::default(),
    )
    .unwrap();
    let from_json = airvantage::read(
        br#"[{"gateway": {"serialNumber": "LA1", "type": "RV55"}, "lifeCycleState": "TEST_READY",
              "lastCommDate": 1679745600000, "supportExpiryDate": "2024-01-31"},
             {"serialNumber": "LA2", "lifeCycleState": "ACTIVE", "state": "MAINTENANCE", "lastCommDate": null,
              "data": {"warrantyDate": 946684800000}}]"#,
    )
    .unwrap();
    assert_eq!(from_csv.systems, from_json.systems);
    assert_eq!(from_csv.systems.len(), 2);
    assert_eq!(from_csv.notes[0].message, from_json.notes[0].message);
}
