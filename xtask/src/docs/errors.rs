//! The page of error codes and warnings.

use alms_core::account::AccountFindingCode;
use alms_core::import::{ImportErrorCode, ImportFindingCode, NoteCode, RowErrorCode};
use alms_core::migration::{MergeWarningCode, WarningCode};
use alms_core::reseller::{NotificationFindingCode, TransferFindingCode};
use alms_core::rule::RuleId;
use alms_core::subscriptions::RegistrationFindingCode;
use alms_core::tokens::FindingCode;
use alms_core::wire::ErrorCode;
use alms_core::wire::catalogue::{Example, example, produced};
use alms_core::xr;

use super::{GENERATED, cell};

/// `docs/errors.md`.
pub(super) fn page() -> String {
    let mut page = format!(
        "{GENERATED}\n# Errors, warnings, notes and findings\n\n\
         An error is the same object in Rust, Python and JavaScript: a stable `code`, the `rule` behind it (null\n\
         where the input is malformed), the `path` to the offending value, a `message` for people and a\n\
         `context` for programs. Match on `code`; never on `message`.\n\n\
         Most errors fail the call. An operation that can find several at once gives a verdict instead: `ok` and the\n\
         list `errors`.\n\n## Codes\n"
    );
    for code in ErrorCode::ALL {
        page.push_str(&section(*code));
    }
    page.push_str(&warnings(
        "Warnings of a migration plan",
        WarningCode::ALL.iter().map(|code| (code.as_str(), code.meaning(), code.rule())),
    ));
    page.push_str(&warnings(
        "Warnings of a reseller's plan",
        MergeWarningCode::ALL.iter().map(|code| (code.as_str(), code.meaning(), code.rule())),
    ));
    page.push_str(&findings());
    page.push_str("\n## Rows of a file that cannot be read\n\n| code | meaning |\n|---|---|\n");
    for code in RowErrorCode::ALL {
        page.push_str(&format!("| `{code}` | {} |\n", cell(code.meaning())));
    }
    page.push_str("\n## Files that cannot be read (`context.reason` of `invalid_file`)\n\n| reason | meaning |\n|---|---|\n");
    for code in ImportErrorCode::ALL {
        page.push_str(&format!("| `{code}` | {} |\n", cell(code.meaning())));
    }
    page
}

/// A table of warnings: code, meaning, rule.
fn warnings(title: &str, codes: impl Iterator<Item = (&'static str, &'static str, RuleId)>) -> String {
    let mut table = format!("\n## {title}\n\n| code | meaning | rule |\n|---|---|---|\n");
    for (code, meaning, rule) in codes {
        table.push_str(&format!("| `{code}` | {} | {} |\n", cell(meaning), link(Some(rule))));
    }
    table
}

/// A note or a finding: code, meaning, what to do about it, rule.
type Remedied = (&'static str, &'static str, &'static str, Option<RuleId>);

/// The tables of notes and findings.
fn findings() -> String {
    // The same methods, without a trait in common; `$rule` is `Some` or nothing, by whether every code has a rule.
    macro_rules! remedied {
        ($title:literal, $type:ty, $rule:expr) => {
            table(
                $title,
                <$type>::ALL.iter().map(|code| (code.as_str(), code.meaning(), code.remedy(), $rule(*code))),
            )
        };
    }
    [
        remedied!("Notes on a file that is read", NoteCode, NoteCode::rule),
        remedied!("Findings about a file that is read", ImportFindingCode, |_| None),
        remedied!("Findings about registrations", RegistrationFindingCode, |_| Some(RuleId::Ser1)),
        remedied!("Findings about transfers", TransferFindingCode, |code: TransferFindingCode| Some(
            code.rule()
        )),
        remedied!(
            "Findings about notifications",
            NotificationFindingCode,
            |code: NotificationFindingCode| { Some(code.rule()) }
        ),
        remedied!("Findings of statements and coverage", FindingCode, |code: FindingCode| Some(code.rule())),
        remedied!("Findings of a check of an account", AccountFindingCode, |code: AccountFindingCode| {
            Some(code.rule())
        }),
        remedied!("Findings about XR Series routers", xr::FindingCode, |code: xr::FindingCode| Some(
            code.rule()
        )),
    ]
    .concat()
}

fn table(title: &str, codes: impl Iterator<Item = Remedied>) -> String {
    let mut table = format!("\n## {title}\n\n| code | meaning | what to do | rule |\n|---|---|---|---|\n");
    for (code, meaning, remedy, rule) in codes {
        let (meaning, remedy) = (cell(meaning), cell(remedy));
        table.push_str(&format!("| `{code}` | {meaning} | {remedy} | {} |\n", link(rule)));
    }
    table
}

/// A rule as a link to its text.
fn link(rule: Option<RuleId>) -> String {
    rule.map(RuleId::as_str)
        .map_or_else(String::new, |rule| format!("[{rule}](rules.md#{})", rule.to_lowercase()))
}

/// An input as a page shows it: of one that is too large for its operation, what it is.
fn shortened(input: &str) -> String {
    const SHOWN: usize = 300;
    const WHOLE_MAX: usize = 5_000;
    match input.char_indices().nth(SHOWN) {
        Some((end, _)) if input.len() > WHOLE_MAX => {
            format!("{}… ({} characters)", input.get(..end).unwrap_or_default(), input.chars().count())
        }
        _ => input.to_owned(),
    }
}

/// A code with an input that produces it, and what comes out.
fn section(code: ErrorCode) -> String {
    let Example { op, input } = example(code);
    let error = produced(code).unwrap_or_default();
    let meaning = code.meaning();
    let input = shortened(input);
    format!(
        "\n### `{code}`\n\n{meaning}\n\n`{op}` on\n\n```json\n{input}\n```\n\ngives\n\n```json\n{error}\n```\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use alms_core::wire::schema;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// Takes the values of every field `code` that a schema enumerates.
    fn codes(schema: &Value, found: &mut BTreeSet<String>) {
        let names = schema.pointer("/properties/code/enum").and_then(Value::as_array);
        found.extend(names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        match schema {
            Value::Object(fields) => fields.values().for_each(|part| codes(part, found)),
            Value::Array(parts) => parts.iter().for_each(|part| codes(part, found)),
            _ => {}
        }
    }

    #[test]
    fn every_code_that_an_operation_gives_is_on_the_page() {
        let (mut found, page) = (BTreeSet::new(), page());
        for schemas in schema::all() {
            codes(&serde_json::to_value(&schemas.output).unwrap(), &mut found);
        }
        for code in ["long_cell", "page_full", "all_ended", "paid_term_left", "first_registration_assumed"] {
            assert!(found.contains(code), "`{code}` is not among the codes of the schemas");
        }
        let is_missing = |code: &&String| {
            !page.contains(&format!("\n| `{code}` | ")) && !page.contains(&format!("\n### `{code}`\n"))
        };
        let missing: Vec<_> = found.iter().filter(is_missing).collect();
        assert!(missing.is_empty(), "docs/errors.md lacks {missing:?}");
    }
}
