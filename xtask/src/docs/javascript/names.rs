//! The enumerations, found by their names wherever a schema lists them.

use alms_core::wire::schema::{self, Enumeration};
use anyhow::{Result, bail};
use serde_json::Value;

use super::comment::comment;

/// Names of types that would not say enough beside all others; those of the Python package.
const RENAMED: &[(&str, &str)] = &[
    ("crate::account::LookupStatus", "AccountLookupStatus"),
    ("crate::account::MoveLoss", "MoveLossKind"),
    ("crate::account::RequestState", "PartnershipState"),
    ("crate::account::Sight", "AccountSight"),
    ("crate::account::StepKind", "PartnershipStepKind"),
    ("crate::rule::Status", "RuleStatus"),
    ("crate::tokens::Status", "AccountStatus"),
    ("crate::xr::FindingCode", "XrFindingCode"),
];

/// Every enumeration, by its name in TypeScript.
#[derive(Debug)]
pub(super) struct Names(Vec<(String, Enumeration)>);

impl Names {
    /// Those of all documents, in the order of their names.
    pub(super) fn all() -> Result<Self> {
        let mut named: Vec<_> =
            schema::enumerations().into_iter().map(|one| (name_of(one.path), one)).collect();
        named.sort_by(|(a, _), (b, _)| a.cmp(b));
        for pair in named.windows(2) {
            if let [(one, _), (other, _)] = pair
                && one == other
            {
                bail!("two enumerations are called {one}; rename one of them in names.rs");
            }
        }
        Ok(Self(named))
    }

    /// The enumeration of these values, if there is exactly one.
    pub(super) fn find(&self, values: &[&Value]) -> Option<&str> {
        let same = |one: &&(String, Enumeration)| values.iter().copied().eq(one.1.names.iter().copied());
        let mut found = self.0.iter().filter(same);
        match (found.next(), found.next()) {
            (Some((name, _)), None) => Some(name),
            _ => None,
        }
    }

    /// The declarations of those that are used.
    pub(super) fn declarations(&self, used: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        for (name, Enumeration { names, meanings, .. }) in self.0.iter().filter(|(name, _)| used(name)) {
            let lines: Vec<String> =
                names.iter().zip(meanings).map(|(name, meaning)| format!("- `{name}`: {meaning}")).collect();
            let values: Vec<String> = names.iter().map(|name| format!("  | \"{name}\"")).collect();
            text.push_str(&format!(
                "\n{}export type {name} =\n{};\n",
                comment("", &lines),
                values.join("\n")
            ));
        }
        text
    }
}

fn name_of(path: &str) -> String {
    // `stringify!` may put spaces around `::`.
    let path = path.replace(' ', "");
    let renamed = RENAMED.iter().find(|(old, _)| *old == path).map(|(_, new)| *new);
    renamed.or_else(|| path.rsplit("::").next()).unwrap_or_default().to_owned()
}
