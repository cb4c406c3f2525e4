use super::{BasicGrant, MonthRounding, Policy};
use crate::tokens::Tokens;

/// Where every token of the pool went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TokenStatement {
    /// The stock before the migration; negative if it was below zero.
    pub opening: Tokens,
    /// What a negative opening was written off by, to reach 0 (MIG-15).
    pub written_off: Tokens,
    /// Taken by AirLink Complete systems, never more than the pool (MIG-5).
    pub complete: Tokens,
    /// Whole months granted to AirLink Basic systems (MIG-9).
    pub basic: Tokens,
    /// The part below a whole month, granted as days under `pro_rata_days` (MIG-10).
    pub pro_rata: Tokens,
    /// Left over.
    pub unallocated: Tokens,
    /// Granted beyond what there was, under `nearest` and `up` (MIG-10).
    pub overgranted: Tokens,
    /// What AirLink Complete systems would have taken beyond the pool (MIG-15).
    pub shortfall: Tokens,
}

impl TokenStatement {
    /// Whether no token was lost or made: opening + written off = complete + basic + pro rata +
    /// unallocated − overgranted (MIG-16).
    pub fn is_conserved(&self) -> bool {
        let sum = |parts: &[Tokens]| parts.iter().map(|part| i128::from(part.get())).sum::<i128>();
        let given = sum(&[self.opening, self.written_off, self.overgranted]);
        given == sum(&[self.complete, self.basic, self.pro_rata, self.unallocated])
    }
}

/// The pool after AirLink Complete took its tokens (MIG-5, MIG-15).
pub(super) struct Pool {
    pub(super) opening: i64,
    complete: i64,
    /// What AirLink Complete would have taken beyond the pool.
    pub(super) shortfall: i64,
    /// What is left for AirLink Basic.
    pub(super) rest: i64,
}

impl Pool {
    pub(super) const fn divided(opening: Tokens, demand: i64) -> Self {
        let opening = opening.get();
        let pool = if opening > 0 { opening } else { 0 };
        let complete = if demand < pool { demand } else { pool };
        Self {
            opening,
            complete,
            shortfall: demand.saturating_sub(complete),
            rest: pool.saturating_sub(complete),
        }
    }

    /// MIG-16: every token of the pool in exactly one place.
    pub(super) fn statement(&self, basic: Option<&BasicGrant>, policy: &Policy) -> TokenStatement {
        // All amounts are at most the pool, or months × systems within one month of it: far inside i64.
        let granted =
            basic.map_or(0, |basic| basic.granted_months.get().saturating_mul(i64::from(basic.systems)));
        let left = self.rest.saturating_sub(granted);
        let as_days = basic.is_some() && policy.month_rounding == MonthRounding::ProRataDays;
        let (pro_rata, unallocated) = if as_days { (left, 0) } else { (0, left.max(0)) };
        TokenStatement {
            opening: Tokens::clamped(self.opening),
            written_off: Tokens::clamped(self.opening.saturating_neg().max(0)),
            complete: Tokens::clamped(self.complete),
            basic: Tokens::clamped(granted),
            pro_rata: Tokens::clamped(pro_rata),
            unallocated: Tokens::clamped(unallocated),
            overgranted: Tokens::clamped(left.saturating_neg().max(0)),
            shortfall: Tokens::clamped(self.shortfall),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_token_is_noticed() {
        let tokens = |count| Tokens::try_new(count).unwrap();
        let statement = TokenStatement { opening: tokens(5), basic: tokens(4), ..TokenStatement::default() };
        assert!(!statement.is_conserved());
        assert!(TokenStatement { unallocated: tokens(1), ..statement }.is_conserved());
    }
}
