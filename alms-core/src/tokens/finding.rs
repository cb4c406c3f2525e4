use crate::names::named_enum;
use crate::rule::RuleId;

named_enum! {
    /// What a statement points out.
    #[non_exhaustive]
    pub enum FindingCode {
        /// More systems than the kind of account may have (ACC-8).
        OverLimit = "over_limit" => "remove systems",
        /// Fewer packs than systems are less than a year (TOK-8).
        FewerPacksThanSystems = "fewer_packs_than_systems" => "buy at least one Service Pack per system",
    }
}

impl FindingCode {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        match self {
            FindingCode::OverLimit => RuleId::Acc8,
            FindingCode::FewerPacksThanSystems => RuleId::Tok8,
        }
    }
}

/// Something to look at; no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// A sentence for people.
    pub message: String,
}
