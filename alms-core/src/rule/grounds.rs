use super::{RuleId, RuleSet};
use std::fmt;

/// The rules behind one outcome: the one that decided, and the others that had a part in it.
///
/// ```
/// use alms_core::rule::{Grounds, RuleId};
/// let grounds = Grounds::new(RuleId::Mig9).with(RuleId::Mig6);
/// assert_eq!(grounds.iter().map(RuleId::as_str).collect::<Vec<_>>(), ["MIG-9", "MIG-6"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grounds {
    deciding: RuleId,
    rules: RuleSet,
}

impl Grounds {
    /// One deciding rule.
    pub const fn new(deciding: RuleId) -> Self {
        Self { deciding, rules: RuleSet::EMPTY.with(deciding) }
    }

    /// And `rule`.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> Self {
        Self { rules: self.rules.with(rule), ..self }
    }

    /// And `rule`, if `condition` holds.
    #[must_use]
    pub const fn with_if(self, rule: RuleId, condition: bool) -> Self {
        Self { rules: self.rules.with_if(rule, condition), ..self }
    }

    /// The rule that decided.
    pub const fn deciding(self) -> RuleId {
        self.deciding
    }

    /// All of them as a set.
    pub const fn set(self) -> RuleSet {
        self.rules
    }

    /// The deciding rule first, then the others in the order of the rulebook.
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        let others = self.rules.iter().filter(move |rule| *rule != self.deciding);
        std::iter::once(self.deciding).chain(others)
    }
}

impl fmt::Debug for Grounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(RuleId::as_str)).finish()
    }
}
