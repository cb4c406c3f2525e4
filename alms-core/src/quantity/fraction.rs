use alms_json::document;
use std::fmt;

/// An exact quotient.
///
/// It is kept as it arose, and not reduced.
#[document]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// What is divided.
    pub numerator: i64,
    /// By what.
    pub denominator: i64,
}

impl Fraction {
    /// The whole part and the remainder; both sides are never negative.
    pub(crate) const fn divided(self) -> (i64, i64) {
        match (self.numerator.checked_div(self.denominator), self.numerator.checked_rem(self.denominator)) {
            (Some(whole), Some(remainder)) => (whole, remainder),
            _ => (0, 0),
        }
    }
}

impl fmt::Display for Fraction {
    /// The quotient as it arose and its exact value: `261/40 = 6.525`, or `20/3 = 6 2/3` where a decimal has no end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, remainder) = self.divided();
        write!(f, "{}/{} = {whole}", self.numerator, self.denominator)?;
        match decimals(remainder, self.denominator) {
            Some(decimals) if decimals.is_empty() => Ok(()),
            Some(decimals) => write!(f, ".{decimals}"),
            None => write!(f, " {remainder}/{}", self.denominator),
        }
    }
}

/// The digits after the point of `remainder` ÷ `denominator`, if there are at most six.
fn decimals(remainder: i64, denominator: i64) -> Option<String> {
    const DIGITS_MAX: usize = 6;
    let mut digits = String::new();
    let mut rest = remainder;
    while rest != 0 {
        if digits.len() == DIGITS_MAX {
            return None;
        }
        let shifted = rest.checked_mul(10)?;
        digits.push_str(&shifted.checked_div(denominator)?.to_string());
        rest = shifted.checked_rem(denominator)?;
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_is_shown_exactly() {
        let shown = |numerator, denominator| Fraction { numerator, denominator }.to_string();
        assert_eq!(shown(261, 40), "261/40 = 6.525");
        assert_eq!(shown(54, 8), "54/8 = 6.75");
        assert_eq!(shown(20, 3), "20/3 = 6 2/3");
        assert_eq!(shown(12, 2), "12/2 = 6");
        assert_eq!(shown(1, 1000), "1/1000 = 0.001");
        assert_eq!(shown(1, 10_000_000), "1/10000000 = 0 1/10000000");
    }
}
