//! Exact decimals and money: no float on the way in, none on the way out.
//!
//! A checked newtype over [`rust_decimal`]: parsing is exact or fails, and there is no operator that
//! panics, saturates or rounds in silence.

use std::fmt;
use std::str::FromStr;

/// What cannot be represented exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a plain decimal number such as `20.00`.
    #[error("`{0}` is not a decimal number such as `20.00`")]
    Form(String),
    /// More digits than an exact decimal holds (28).
    #[error("the amount has more than 28 digits")]
    Digits,
    /// Not an ISO 4217 code.
    #[error("`{0}` is not a currency code of three capital letters such as `USD`")]
    Currency(String),
    /// Amounts of two currencies in one sum.
    #[error("`{0}` and `{1}` cannot be added")]
    Mixed(Currency, Currency),
}

/// An exact decimal of at most 28 digits; the number of decimals is kept (`20.00` stays `20.00`).
///
/// ```
/// use alms_core::money::Decimal;
/// assert_eq!("20.00".parse::<Decimal>()?.to_string(), "20.00");
/// assert!("1e3".parse::<Decimal>().is_err());
/// # Ok::<(), alms_core::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// `units` × 10^−`decimals`: `new(2000, 2)` is 20.00.
    pub fn new(units: i64, decimals: u8) -> Self {
        Self(rust_decimal::Decimal::new(units, u32::from(decimals).min(28)))
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let scale = self.0.scale().max(other.0.scale());
        let sum = self.0.checked_add(other.0).ok_or(MoneyError::Digits)?;
        // A sum that lost decimals was rounded to fit.
        if sum.scale() < scale { Err(MoneyError::Digits) } else { Ok(Self(sum)) }
    }

    /// The exact product with a whole number.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        let units = self.0.mantissa().checked_mul(i128::from(count)).ok_or(MoneyError::Digits)?;
        rust_decimal::Decimal::try_from_i128_with_scale(units, self.0.scale())
            .map(Self)
            .map_err(|_| MoneyError::Digits)
    }
}

impl FromStr for Decimal {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain =
            [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !plain {
            return Err(MoneyError::Form(text.to_owned()));
        }
        rust_decimal::Decimal::from_str_exact(text).map(Self).map_err(|_| MoneyError::Digits)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of the Service Pack's list price.
    pub const USD: Currency = Currency(*b"USD");

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match *text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z', c @ b'A'..=b'Z'] => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An exact amount in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// `amount` in `currency`.
    pub const fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The amount.
    pub const fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies, [`MoneyError::Digits`] beyond 28 digits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        Ok(Self { amount: self.amount.plus(other.amount)?, ..self })
    }

    /// The exact product with a whole number.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] beyond 28 digits.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        Ok(Self { amount: self.amount.times(count)?, ..self })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn only_plain_exact_decimals_are_read() {
        for text in ["", "-", ".5", "5.", "1e3", "+1", " 1", "1_000", "0x10", "NaN", "1.2.3", "١"] {
            assert_eq!(text.parse::<Decimal>(), Err(MoneyError::Form(text.to_owned())), "{text}");
        }
        assert_eq!("0.12345678901234567890123456789".parse::<Decimal>(), Err(MoneyError::Digits));
        assert_eq!("99999999999999999999999999999999".parse::<Decimal>(), Err(MoneyError::Digits));
    }

    #[test]
    fn sums_are_exact_or_refused() {
        assert_eq!(decimal("0.10").plus(decimal("0.2")).unwrap().to_string(), "0.30");
        let large = decimal("7922816251426433759354395033");
        assert_eq!(large.plus(decimal("0.01")), Err(MoneyError::Digits));
        assert_eq!(large.times(100), Err(MoneyError::Digits));
        assert_eq!(decimal("20.00").times(-3).unwrap().to_string(), "-60.00");
    }

    #[test]
    fn currencies_do_not_mix() {
        let dollar = Money::new(decimal("1.00"), Currency::USD);
        let euro = Money::new(decimal("1.00"), "EUR".parse().unwrap());
        assert!(matches!(dollar.plus(euro), Err(MoneyError::Mixed(_, _))));
        assert!("usd".parse::<Currency>().is_err());
    }
}
