use super::RuleId;
use std::fmt;

/// A set of rules, such as all that fired in a plan; iterates in the order of the rulebook.
///
/// ```
/// use alms_core::rule::{RuleId, RuleSet};
/// let fired: RuleSet = [RuleId::Mig9, RuleId::Mig6].into_iter().collect();
/// assert!(fired.contains(RuleId::Mig6));
/// assert_eq!(fired.iter().map(RuleId::as_str).collect::<Vec<_>>(), ["MIG-6", "MIG-9"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RuleSet(u128);

impl RuleSet {
    /// No rule.
    pub const EMPTY: RuleSet = RuleSet(0);

    /// These rules.
    pub const fn of(rules: &[RuleId]) -> Self {
        let mut set = Self::EMPTY;
        let mut rest = rules;
        while let [rule, tail @ ..] = rest {
            set = set.with(*rule);
            rest = tail;
        }
        set
    }

    /// The set and `rule`.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> Self {
        Self(self.0 | rule.bit())
    }

    /// The set, and `rule` if `condition` holds.
    #[must_use]
    pub const fn with_if(self, rule: RuleId, condition: bool) -> Self {
        if condition { self.with(rule) } else { self }
    }

    /// Both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `rule` is in the set.
    pub const fn contains(self, rule: RuleId) -> bool {
        self.0 & rule.bit() != 0
    }

    /// The rules in the order of the rulebook.
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            // A rule's bit is its position in `ALL`; past the last bit `get` ends the iteration.
            let position = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            RuleId::ALL.get(position).copied()
        })
    }
}

impl FromIterator<RuleId> for RuleSet {
    fn from_iter<I: IntoIterator<Item = RuleId>>(rules: I) -> Self {
        rules.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(RuleId::as_str)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_every_rule_there_is() {
        // `bit` shifts by the discriminant: 128 rules at most.
        assert!(RuleId::ALL.len() <= 128);
        let all: RuleSet = RuleId::ALL.iter().copied().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), RuleId::ALL);
        assert_eq!(RuleSet::of(&[RuleId::Acc1]).iter().collect::<Vec<_>>(), [RuleId::Acc1]);
    }
}
