//! The page of error codes and warnings.

use alms_core::account::AccountFindingCode;
use alms_core::import::{ImportErrorCode, RowErrorCode};
use alms_core::migration::{MergeWarningCode, WarningCode};
use alms_core::tokens::FindingCode;
use alms_core::wire::ErrorCode;
use alms_core::wire::catalogue::{Example, example, produced};
use alms_core::xr;

use super::{GENERATED, cell};

/// `docs/errors.md`.
pub(super) fn page() -> String {
    let mut page = format!(
        "{GENERATED}\n# Errors and warnings\n\n\
         An error is the same object in Rust, Python and JavaScript: a stable `code`, the `rule` behind it (null\n\
         where the input is malformed), the `path` to the offending value, a `message` for people and a\n\
         `context` for programs. Match on `code`; never on `message`.\n\n\
         Most errors fail the call. An operation that can find several at once gives a verdict instead: `ok` and the\n\
         list `errors`.\n\n## Codes\n"
    );
    for code in ErrorCode::ALL {
        page.push_str(&section(*code));
    }
    page.push_str("\n## Warnings of a migration plan\n\n| code | meaning | rule |\n|---|---|---|\n");
    for code in WarningCode::ALL {
        let (meaning, rule) = (cell(code.meaning()), code.rule().as_str());
        page.push_str(&format!("| `{code}` | {meaning} | [{rule}](rules.md#{}) |\n", rule.to_lowercase()));
    }
    page.push_str("\n## Warnings of a reseller's plan\n\n| code | meaning | rule |\n|---|---|---|\n");
    for code in MergeWarningCode::ALL {
        let (meaning, rule) = (cell(code.meaning()), code.rule().as_str());
        page.push_str(&format!("| `{code}` | {meaning} | [{rule}](rules.md#{}) |\n", rule.to_lowercase()));
    }
    page.push_str("\n## Findings of statements and coverage\n\n| code | meaning | rule |\n|---|---|---|\n");
    for code in FindingCode::ALL {
        let (meaning, rule) = (cell(code.meaning()), code.rule().as_str());
        page.push_str(&format!("| `{code}` | {meaning} | [{rule}](rules.md#{}) |\n", rule.to_lowercase()));
    }
    page.push_str("\n## Findings of a check of an account\n\n| code | meaning | rule |\n|---|---|---|\n");
    for code in AccountFindingCode::ALL {
        let (meaning, rule) = (cell(code.meaning()), code.rule().as_str());
        page.push_str(&format!("| `{code}` | {meaning} | [{rule}](rules.md#{}) |\n", rule.to_lowercase()));
    }
    page.push_str("\n## Findings about XR Series routers\n\n| code | meaning | rule |\n|---|---|---|\n");
    for code in xr::FindingCode::ALL {
        let (meaning, rule) = (cell(code.meaning()), code.rule().as_str());
        page.push_str(&format!("| `{code}` | {meaning} | [{rule}](rules.md#{}) |\n", rule.to_lowercase()));
    }
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
