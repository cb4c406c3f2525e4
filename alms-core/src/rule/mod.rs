//! The rulebook as code: every rule that the library implements, with its source.
//!
//! Results name the rules behind them by [`RuleId`]; [`RuleId::rule`] leads to the statement, the source
//! document and whether the source says it or a decision was taken where the source is silent.
//!
//! ```
//! use alms_core::rule::{RuleId, Status};
//!
//! let rule = RuleId::Mig5.rule();
//! assert_eq!(rule.id.as_str(), "MIG-5");
//! assert_eq!(rule.status, Status::Source);
//! assert_eq!("MIG-5".parse(), Ok(RuleId::Mig5));
//! ```

mod grounds;
mod set;
mod table;

pub use grounds::Grounds;
pub use set::RuleSet;
pub use table::{RULES, RuleId};

use crate::names::named_enum;

/// The version of the rulebook that this library implements; part of every plan and its fingerprint.
pub const RULEBOOK: &str = "alms-rulebook/2";

named_enum! {
    /// A source document.
    #[non_exhaustive]
    pub enum Document {
        /// Evolution of ALMS Accounts (Quick Reference Guide).
        QuickReference = "Q",
        /// ALMS Onboarding and Ordering Guide for Partners.
        Onboarding = "O",
        /// ALMS Account Migration.
        Migration = "M",
        /// ALMS Reseller Accounts.
        Reseller = "R",
        /// This library's rulebook, where no document speaks.
        Rulebook = "rulebook",
    }
}

impl Document {
    /// The document's title.
    pub const fn title(self) -> &'static str {
        match self {
            Document::QuickReference => "Evolution of ALMS Accounts (Quick Reference Guide)",
            Document::Onboarding => "ALMS Onboarding and Ordering Guide for Partners",
            Document::Migration => "ALMS Account Migration",
            Document::Reseller => "ALMS Reseller Accounts",
            Document::Rulebook => "The ALMS rulebook",
        }
    }
}

named_enum! {
    /// Where a rule's content comes from.
    pub enum Status {
        /// A source document says it.
        Source = "source",
        /// The sources are silent, contradict themselves or lost the passage: a decision was taken.
        Decision = "decision",
    }
}

/// A place in a source document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: Document,
    /// The section, by its heading or opening words.
    pub section: &'static str,
}

/// One rule of the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The stable id.
    pub id: RuleId,
    /// The rule in one sentence.
    pub statement: &'static str,
    /// Where it stands in the sources, the most telling place first.
    pub citations: &'static [Citation],
    /// Said by the source, or decided.
    pub status: Status,
}
