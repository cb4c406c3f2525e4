use super::{Peak, ServicePack};
use crate::quantity::{CountOutOfRange, Fraction, checked_count};

/// How long packs last for a fleet (TOK-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// The tokens in the packs.
    pub tokens: i64,
    /// Tokens ÷ systems, exact and unreduced; `None` without systems.
    pub months: Option<Fraction>,
    /// The whole months in it.
    pub whole_months: Option<i64>,
    /// Whether there are fewer packs than systems: less than the year that is recommended.
    pub fewer_packs_than_systems: bool,
}

/// How long `packs` last for `systems`: packs × 12 ÷ systems months (TOK-8).
///
/// # Errors
/// [`CountOutOfRange`]: fewer than 0 packs, or more tokens than 10^15.
///
/// ```
/// use alms_core::tokens::{Peak, coverage};
/// let covered = coverage(50, Peak::try_new(100)?)?;
/// assert_eq!(covered.whole_months, Some(6));
/// assert!(covered.fewer_packs_than_systems);
/// # Ok::<(), alms_core::quantity::CountOutOfRange>(())
/// ```
pub fn coverage(packs: i64, systems: Peak) -> Result<Coverage, CountOutOfRange> {
    if packs < 0 {
        return Err(CountOutOfRange { value: packs });
    }
    let tokens = checked_count(packs.saturating_mul(ServicePack::TOKENS))?;
    Ok(Coverage {
        tokens,
        months: (systems > Peak::ZERO).then_some(Fraction { numerator: tokens, denominator: systems.get() }),
        whole_months: tokens.checked_div(systems.get()),
        fewer_packs_than_systems: packs < systems.get(),
    })
}
