mod bytes;

use super::*;
use crate::account::{System, SystemState};
use crate::import::RowErrorCode;

const HEADER: &str =
    "Serial Number,Gateway Type,Lifecycle State,Last Communication,Support Expiry Date,Warranty Date\n";

fn import(file: impl AsRef<[u8]>) -> Import {
    read(file.as_ref(), &CsvOptions::default()).unwrap()
}

/// The rows under the grid's header.
fn rows(rows: &str) -> Import {
    import(format!("{HEADER}{rows}"))
}

/// What is wrong, as line, column, code and value.
fn errors(import: &Import) -> Vec<(u64, Option<u64>, &'static str, &str)> {
    import
        .errors
        .iter()
        .map(|error| (error.line, error.column, error.code.as_str(), error.value.as_str()))
        .collect()
}

fn serials(import: &Import) -> Vec<&str> {
    import.systems.iter().map(|system| system.serial.as_str()).collect()
}

#[test]
fn an_export_of_the_grid_is_read() {
    let import = import(
        "\u{feff}\"Name\";\"Serial Number\";\"Gateway Type\";\"Lifecycle State\";\"Last Communication\";\
         \"Support Expiry Date\";\"Warranty Date\";\"Comm Status\"\r\n\
         \"Bus; 1\";\" LA1 \";\"RV55\";\"Active\";\"2023-03-01 12:34:56\";\"2023-08-31\";\"-\";\"OK\"\r\n\
         \r\n\
         \"Bus \"\"2\"\"\";LA2;;SUSPENDED;never;n/a;None;\r\n",
    );
    assert_eq!(import.errors, []);
    assert_eq!((import.rows, import.bad_rows()), (2, 0));
    assert_eq!(import.ignored_columns, ["Name", "Comm Status"]);
    assert_eq!(
        import.systems,
        [
            System {
                serial: "LA1".parse().unwrap(),
                model: "RV55".parse().unwrap(),
                state: SystemState::Active,
                last_communication: Some("2023-03-01".parse().unwrap()),
                support_end: Some("2023-08-31".parse().unwrap()),
                warranty_end: None,
                sku_region: None,
            },
            System {
                serial: "LA2".parse().unwrap(),
                model: "".parse().unwrap(),
                state: SystemState::Suspended,
                last_communication: None,
                support_end: None,
                warranty_end: None,
                sku_region: None,
            },
        ]
    );
}

#[test]
fn columns_may_be_missing_but_for_three() {
    let import = import("last_communication\tserial\tstate\n2023-03-01\tLA1\tactive\n");
    assert_eq!(serials(&import), ["LA1"]);
    assert_eq!(import.systems[0].model.as_str(), "");
    for (header, missing) in [
        ("state,last_communication", "`Serial Number`"),
        ("serial,last_communication", "`Lifecycle State`"),
        ("serial,state", "every system would count as never communicated"),
    ] {
        let error = read(format!("{header}\n").as_bytes(), &CsvOptions::default()).unwrap_err();
        assert_eq!(error.code().as_str(), "missing_column");
        assert!(error.to_string().contains(missing), "{error}");
    }
}

#[test]
fn all_that_is_wrong_is_reported_in_the_order_of_the_file() {
    let import = import(
        "Warranty Date,Lifecycle State,Serial Number,Last Communication\n\
         2023-02-30,Activ,,03/04/2023\n\
         ,Active,LA1,2023-03-01\n\
         1899-12-31,Active,LA1,2023-03-01T99:00\n\
         ,Active\n",
    );
    assert_eq!(
        errors(&import),
        [
            (2, Some(1), "invalid_date", "2023-02-30"),
            (2, Some(2), "unknown_state", "Activ"),
            (2, Some(3), "missing_value", ""),
            (2, Some(4), "ambiguous_date", "03/04/2023"),
            (4, Some(1), "out_of_range", "1899-12-31"),
            (4, Some(3), "duplicate_serial", "LA1"),
            (4, Some(4), "invalid_date", "2023-03-01T99:00"),
            (5, None, "wrong_field_count", "2"),
        ]
    );
    assert_eq!((import.rows, import.systems.len(), import.bad_rows()), (4, 1, 3));
    assert_eq!(import.errors[1].field, "Lifecycle State");
}

#[test]
fn messages_say_what_to_do() {
    let file = rows(&format!(
        "LA1,,,x,never,{}\nLA1,{},On,2023/03/01,,\n,,Active,01/02/2023,2023-01-01 x,1900-02-29\na,b\n\"a\"b,,,,,\n",
        "9".repeat(11) + "-01-01",
        "m".repeat(300)
    ));
    let names =
        "`Active`, `Suspended`, `Inventory`, `Maintenance`, `READY`, `DEPLOYED`, `TEST_READY`, `RETIRED`";
    let model = format!("{}…", "m".repeat(79));
    let expected = [
        format!("line 2, column 3 (`Lifecycle State`): the state is missing; give one of {names}"),
        "line 2, column 4 (`Last Communication`): `x` is not a date; give it as `YYYY-MM-DD`, or leave it empty if there \
         is none"
            .to_owned(),
        "line 2, column 5 (`Support Expiry Date`): `never` is not a date; give it as `YYYY-MM-DD`, or leave it empty if \
         there is none"
            .to_owned(),
        "line 2, column 6 (`Warranty Date`): `99999999999-01-01` lies outside 1900-01-01 to 9999-12-31; correct it or \
         leave it empty"
            .to_owned(),
        "line 3, column 1 (`Serial Number`): `LA1` is in line 2 already; remove or correct one of the two".to_owned(),
        format!("line 3, column 2 (`Gateway Type`): `{model}` has 300 characters, a model has at most 256; shorten it"),
        format!("line 3, column 3 (`Lifecycle State`): `On` is not a state; give one of {names}"),
        "line 4, column 1 (`Serial Number`): the serial number is missing; give every system its serial number"
            .to_owned(),
        "line 4, column 4 (`Last Communication`): `01/02/2023` can be day/month/year or month/day/year, and its \
         column does not tell; choose `day_first` or `month_first` for the dates of the file"
            .to_owned(),
        "line 4, column 5 (`Support Expiry Date`): `2023-01-01 x` has something behind the date that is not a time of \
         day; give it as `12:34:56` or leave it out"
            .to_owned(),
        "line 4, column 6 (`Warranty Date`): `1900-02-29` is not a day of the calendar; correct it".to_owned(),
        "line 5: the row has `2` cells, the header has `6`; quote a cell that holds the delimiter".to_owned(),
        "line 6, column 1 (`Serial Number`): `ab` goes on behind its closing quote; double the quotes that are part of \
         the text"
            .to_owned(),
    ];
    let found: Vec<String> = file.errors.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_date_order_is_a_choice() {
    let file = format!("{HEADER}LA1,,Active,03/04/2023 10:00,25/12/2023,\n");
    let read =
        |date_order| read(file.as_bytes(), &CsvOptions { date_order, ..CsvOptions::default() }).unwrap();
    let date = |import: &Import| import.systems[0].last_communication.unwrap().to_string();
    assert_eq!(date(&read(DateOrder::DayFirst)), "2023-04-03");
    let month_first = read(DateOrder::MonthFirst);
    assert_eq!(errors(&month_first), [(2, Some(5), "invalid_date", "25/12/2023")]);
    assert!(
        month_first.errors[0].message.ends_with("as month/day/year; correct it or choose another date order")
    );
    // The order of the other dates has no part in a date that is written as ISO.
    let iso = format!("{HEADER}LA1,,Active,2023-02-30,,\n");
    let no_day =
        super::read(iso.as_bytes(), &CsvOptions { date_order: DateOrder::DayFirst, ..CsvOptions::default() })
            .unwrap();
    assert!(
        no_day.errors[0].message.ends_with("is not a day of the calendar; correct it"),
        "{:?}",
        no_day.errors
    );
    let ambiguous = (2, Some(4), "ambiguous_date", "03/04/2023 10:00");
    assert_eq!(errors(&read(DateOrder::Iso)), [ambiguous], "the other column tells by itself");
}

#[test]
fn states_of_the_api_are_mapped_and_noted() {
    let import = rows("A,,READY,,,\nB,,Test Ready,,,\nC,,RETIRED,,,\nD,,maintenance,,,\nE,,retired,soon,,\n");
    let states: Vec<_> = import.systems.iter().map(|system| system.state.as_str()).collect();
    assert_eq!(states, ["active", "active", "inventory", "maintenance"]);
    let notes: Vec<_> = import.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 3, column 3 (`Lifecycle State`): state `Test Ready` taken as active",
            "line 4, column 3 (`Lifecycle State`): state `RETIRED` taken as inventory",
        ],
        "and none for the row that gave no system"
    );
}

#[test]
fn a_serial_of_a_bad_row_counts_for_duplicates() {
    let import = rows("LA1,,?,,,\nLA1,,Active,,,\n LA1 ,,Active,,,\nla1,,Active,,,\n");
    assert_eq!(
        errors(&import),
        [
            (2, Some(3), "unknown_state", "?"),
            (3, Some(1), "duplicate_serial", "LA1"),
            (4, Some(1), "duplicate_serial", "LA1")
        ]
    );
    assert_eq!(serials(&import), ["la1"]);
    assert!(import.errors.iter().skip(1).all(|error| error.message.contains("line 2 already")));
}

#[test]
fn invalid_utf8_is_the_error_of_its_cell() {
    let mut file = HEADER.as_bytes().to_vec();
    file.extend(b"LA1,,Active,,,\nLA\xff2,M\xfcller,Active,,,\nLA3,,Active,,,\n");
    let import = import(file);
    assert_eq!(
        errors(&import),
        [(3, Some(1), "invalid_utf8", "LA\u{fffd}2"), (3, Some(2), "invalid_utf8", "M\u{fffd}ller")]
    );
    assert_eq!(serials(&import), ["LA1", "LA3"]);
}

#[test]
fn what_is_ignored_is_not_decoded() {
    let import = import(b"Name,Serial,Stra\xdfe,State,Last Communication\nM\xfcller,LA1,\xff,Active,\n");
    assert_eq!((import.errors.as_slice(), serials(&import)), (&[][..], vec!["LA1"]));
    assert_eq!(import.ignored_columns, ["Name", "Stra\u{fffd}e"]);
}

#[test]
fn lines_end_as_they_like() {
    for end in ["\n", "\r\n", "\r", "\n\n", "\r\r\n"] {
        let file = format!("{HEADER}LA1,,Active,,,\nLA2,\"two\nlines\",Active,,,\nLA3,,?,,,\nLA4,,Active,,,");
        let import = import(file.replace('\n', end));
        assert_eq!(serials(&import), ["LA1", "LA2", "LA4"], "{end:?}");
        let lines = u64::try_from(end.replace("\r\n", "\n").len()).unwrap();
        assert_eq!(errors(&import), [(1 + 4 * lines, Some(3), "unknown_state", "?")], "{end:?}");
    }
}

#[test]
fn a_quote_left_open_hides_nothing() {
    // The last column is ignored: without looking at the quotes, LA2 and LA3 would be gone without a word.
    let header = "Serial,State,Last Communication,Name\n";
    let import_open = import(format!("{header}LA1,Active,,Bus\nLA2,Active,,\"Bus\nLA3,Active,,Bus\n"));
    assert_eq!(errors(&import_open), [(3, Some(4), "invalid_quoting", "Bus\\nLA3,Active,,Bus")]);
    assert_eq!((serials(&import_open), import_open.rows), (vec!["LA1"], 2));
    let closed_later =
        import(format!("{header}LA1,Active,,\"Bus\nLA2,Active,,\"Bus\"\nLA3,Active,,\"Bus\"\n"));
    assert_eq!(errors(&closed_later), [(2, Some(4), "invalid_quoting", "Bus\\nLA2,Active,,Bus\"")]);
    assert_eq!(serials(&closed_later), ["LA3"]);
}

#[test]
fn cells_that_are_not_where_they_should_be_are_not_read() {
    let import = rows("LA1,,Active,,\nLA2,,Active,,,,\nLA3,,Active,,,\nLA4,RV,55,Active,,,\n,,,,,\n \n");
    assert_eq!(
        errors(&import),
        [
            (2, None, "wrong_field_count", "5"),
            (3, None, "wrong_field_count", "7"),
            (5, None, "wrong_field_count", "7"),
        ]
    );
    assert_eq!((import.rows, import.bad_rows()), (4, 3), "rows of nothing are not rows");
}

#[test]
fn control_characters_are_refused_where_they_are() {
    let import =
        rows("LA\0,,Active,,,\nLA2,RV\u{7}55,Active,,,\nLA3,,Act\0ive,,,\nLA4,,Active,2023-03-01\0,,\n");
    assert_eq!(
        errors(&import),
        [
            (2, Some(1), "control_character", "LA\\u{0}"),
            (3, Some(2), "control_character", "RV\\u{7}55"),
            (4, Some(3), "unknown_state", "Act\\u{0}ive"),
            (5, Some(4), "invalid_date", "2023-03-01\\u{0}"),
        ]
    );
}

#[test]
fn rows_of_nothing_are_not_rows() {
    let nothing = format!("{}\n \n\t,\u{feff}\n\"\",\"\"\n\u{1a}", ",,,,,\n".repeat(1000));
    let import = rows(&format!("LA1,,Active,,,\n{nothing}"));
    assert_eq!((serials(&import), import.rows, import.errors.len()), (vec!["LA1"], 1, 0));
}

#[test]
fn serials_are_read_as_people_have_them() {
    let import = rows(
        "\u{feff}LA1,,Active,,,\n\"=\"\"0012\"\"\",,Active,,,\n356723111111111.0,,Active,,,\nLA1\u{200b},,Active,,,\n\
         1.2E+14,,Active,,,\n",
    );
    assert_eq!(serials(&import), ["LA1", "0012", "356723111111111"]);
    assert_eq!(
        errors(&import),
        [(5, Some(1), "duplicate_serial", "LA1\\u{200b}"), (6, Some(1), "digits_lost", "1.2E+14")]
    );
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.code.as_str())).collect();
    assert_eq!(notes, [(2, "serial_trimmed"), (3, "serial_unwrapped"), (4, "serial_number")]);
}

#[test]
fn a_value_above_12_settles_its_column_and_no_other() {
    let both = rows(
        "LA1,,Active,03/04/2023,03/04/2024,\nLA2,,Active,25/04/2023,03/04/2025,\nLA3,,Active,,03/04/2025,\n",
    );
    assert_eq!(errors(&both), [(2, Some(5), "ambiguous_date", "03/04/2024")], "it is asked for once");
    assert_eq!((both.systems.len(), both.bad_rows()), (0, 3));
    let one = rows("LA1,,Active,03/04/2023,,\nLA2,,Active,25/04/2023,04/25/2024,\n");
    let days: Vec<_> =
        one.systems.iter().map(|system| system.last_communication.unwrap().to_string()).collect();
    assert_eq!(days, ["2023-04-03", "2023-04-25"]);
    assert_eq!(one.systems[1].support_end.unwrap().to_string(), "2024-04-25");
    let notes: Vec<_> = one.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 3, column 4 (`Last Communication`): the dates of the column are day/month/year, as `25/04/2023` tells",
            "line 3, column 5 (`Support Expiry Date`): the dates of the column are month/day/year, as `04/25/2024` tells",
        ]
    );
    let torn = rows("LA1,,Active,25/04/2023,,\nLA2,,Active,04/25/2023,,\n");
    assert_eq!(
        errors(&torn),
        [(2, Some(4), "ambiguous_date", "25/04/2023")],
        "two values that contradict each other"
    );
}

#[test]
fn columns_of_one_meaning_are_read_if_they_agree() {
    let file = |second: &str| {
        format!(
            "serial,state,lifeCycleState,Last Communication\nLA1,DEPLOYED,ACTIVE,\nLA2,INVENTORY,{second},\n"
        )
    };
    let agreed = import(file("Inventory"));
    assert_eq!(agreed.systems.len(), 2);
    assert_eq!(
        agreed.notes[0].to_string(),
        "line 1, column 3 (`lifeCycleState`): the columns `state` and `lifeCycleState` agree in every row, and are read as one"
    );
    let error = read(file("ACTIVE").as_bytes(), &CsvOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the columns `state`, `lifeCycleState` both mean `Lifecycle State` and differ in line 3; remove one of them"
    );
}

#[test]
fn a_column_that_seems_to_hold_an_end_is_a_finding() {
    let file = include_str!("tests/support-column-renamed.csv");
    let renamed = import(file);
    assert_eq!((renamed.systems.len(), renamed.errors.len()), (13, 0));
    let findings: Vec<_> =
        renamed.findings.iter().map(|finding| (finding.column, finding.field.as_str())).collect();
    assert_eq!(findings, [(Some(6), "Support Expires")]);
    assert_eq!(renamed.ignored_columns, ["Name", "Support Expires"]);
    let named = CsvOptions {
        columns: vec![(SystemColumn::SupportEnd, "support expires".to_owned())],
        ..CsvOptions::default()
    };
    let import = read(file.as_bytes(), &named).unwrap();
    assert_eq!(
        (import.findings.len(), import.systems.iter().filter(|system| system.support_end.is_some()).count()),
        (0, 3)
    );
}

#[test]
fn a_quote_never_closed_says_how_many_lines_it_takes() {
    let lines: String =
        (3..=100).map(|number| format!("Bus {number},LA{number:03},RV55,Active,2023-03-01\n")).collect();
    let import = import(format!(
        "Name,Serial,Model,State,Last Communication\nBus 1,LA1,RV55,Active,\nBus 2,LA2,RV55,Active,\n\"{lines}"
    ));
    let [error] = import.errors.as_slice() else { panic!("one error") };
    assert_eq!((error.line, error.lines, error.code), (4, 98, RowErrorCode::InvalidQuoting));
    assert!(error.message.contains("takes the 98 lines from 4 to 101"), "{error}");
    assert!(import.rest_lost);
    assert_eq!(serials(&import), ["LA1", "LA2"]);
}

#[test]
fn a_cell_of_many_lines_is_noted() {
    let file = |lines: usize| {
        format!("Serial,State,Last Communication,Name\nLA1,Active,,\"{}\"\n", "x\n".repeat(lines - 1))
    };
    assert_eq!(import(file(20)).notes, []);
    let noted = import(file(21));
    assert_eq!((noted.systems.len(), noted.notes[0].code.as_str()), (1, "long_cell"));
    assert!(noted.notes[0].message.contains("takes 21 lines"));
}

#[test]
fn a_hundred_errors_are_listed_and_all_are_counted() {
    let import = import(format!("Serial,State,Last Communication\n{}LA1,Active,\n", ",?,\n".repeat(150)));
    assert_eq!((import.errors.len(), import.errors_total(), import.bad_rows()), (100, 300, 150));
    let counts: Vec<_> = import.error_counts.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    assert_eq!(counts, [("missing_value", 150), ("unknown_state", 150)]);
    assert_eq!(serials(&import), ["LA1"]);
}

#[test]
fn notes_are_listed_by_code() {
    let many: String = (0..150).map(|number| format!(" LA{number},,Active,,,\n")).collect();
    let import = rows(&format!("{many}LB1,,RETIRED,,,\n"));
    assert_eq!((import.notes.len(), import.notes_total()), (101, 151));
    assert_eq!(import.notes[100].code.as_str(), "state_taken");
}

#[test]
fn a_list_of_subscriptions_is_read() {
    let list = import(
        "Serial Number,Model,Offer,End Date,Days Left,Warranty End\nLA1,RV55,AirLink Complete,2024-06-30,20,2024-06-30\n\
         LA2,,'=1,,,\nLA3,RV55,,2024-06-30,,\n",
    );
    assert_eq!((list.systems.len(), list.errors.len(), list.rows), (0, 0, 3));
    let read: Vec<_> = list
        .subscriptions
        .iter()
        .map(|read| {
            (read.serial.as_str(), read.offer.as_str(), read.end_date.is_some(), read.warranty_end.is_some())
        })
        .collect();
    assert_eq!(read, [("LA1", "AirLink Complete", true, true), ("LA2", "=1", false, false)]);
    let grid = import("Serial,State,Last Communication,Offer,Offer End Date\nLA1,Active,,Pro,2024-06-30\n");
    assert_eq!((grid.systems.len(), grid.subscriptions.len(), grid.ignored_columns.len()), (1, 1, 0));
    assert!(Rows::new(&b"Serial,Offer,End Date\n"[..], &CsvOptions::default()).is_err());
}

#[test]
fn a_file_of_several_accounts_is_a_finding() {
    let file = |second: &str| {
        import(format!(
            "Account,Company,Serial,State,Last Communication\nc1,Acme,LA1,Active,\n{second},LA2,Active,\n"
        ))
    };
    assert_eq!(file("c1,Acme").findings, []);
    assert_eq!(file(",").findings, [], "an empty cell names no account");
    let several = file("c2,Acme");
    assert_eq!((several.systems.len(), several.ignored_columns.len()), (2, 0));
    let [finding] = several.findings.as_slice() else { panic!("one finding") };
    assert_eq!((finding.code.as_str(), finding.column), ("several_accounts", Some(1)));
    assert!(finding.message.contains("such as `c1` and `c2`"));
}
