//! Exact decimals and money: no float on the way in, none on the way out.
//!
//! A checked newtype over [`rust_decimal`]: parsing is exact or fails, and there is no operator that
//! panics, saturates or rounds in silence.

mod price;

pub use price::{Discount, Price, PriceError};

use crate::ErrorCode;
use std::fmt;
use std::str::FromStr;

/// What cannot be represented exactly.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a plain decimal number such as `20.00`.
    #[error("`{0}` is not a decimal number such as `20.00`")]
    Form(String),
    /// More digits than an exact decimal holds (28).
    #[error("the amount has more than 28 digits")]
    Digits,
    /// Not an ISO 4217 code.
    #[error("`{0}` is not the ISO 4217 code of a currency with a minor unit, such as `USD`")]
    Currency(String),
    /// Amounts of two currencies in one sum.
    #[error("`{0}` and `{1}` cannot be added")]
    Mixed(Currency, Currency),
}

impl MoneyError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Form(_) | Self::Currency(_) | Self::Mixed(..) => ErrorCode::InvalidInput,
            Self::Digits => ErrorCode::OutOfRange,
        }
    }
}

/// An exact decimal of at most 28 digits; the number of decimals is kept (`20.00` stays `20.00`).
///
/// ```
/// use alms_core::money::Decimal;
/// assert_eq!("20.00".parse::<Decimal>()?.to_string(), "20.00");
/// assert!("1e3".parse::<Decimal>().is_err());
/// # Ok::<(), alms_core::money::MoneyError>(())
/// ```
///
/// A host that calculates with `rust_decimal` converts its amounts and percentages, and gets them back with the same digits.
///
/// ```
/// use alms_core::money::{Currency, Decimal, Money};
///
/// let price = Money::new(rust_decimal::Decimal::new(2000, 2).into(), Currency::USD);
/// assert_eq!(price.to_string(), "20.00 USD");
/// assert_eq!(rust_decimal::Decimal::from(price.amount()).scale(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

/// Every one of its values is a value here: both have the same digits, and neither is a float.
impl From<rust_decimal::Decimal> for Decimal {
    fn from(decimal: rust_decimal::Decimal) -> Self {
        Self(decimal).without_sign_of_zero()
    }
}

impl From<Decimal> for rust_decimal::Decimal {
    fn from(decimal: Decimal) -> Self {
        decimal.0
    }
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);

    /// `units` × 10^−`decimals`: `new(2000, 2)` is 20.00.
    pub fn new(units: i64, decimals: u8) -> Self {
        Self(rust_decimal::Decimal::new(units, u32::from(decimals).min(28)))
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.with_decimals_of(other, self.0.checked_add(other.0))
    }

    /// The exact difference.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(self.with_decimals_of(other, self.0.checked_sub(other.0))?.without_sign_of_zero())
    }

    /// The sum or difference with `other`, with as many decimals as the longer of the two.
    fn with_decimals_of(self, other: Self, sum: Option<rust_decimal::Decimal>) -> Result<Self, MoneyError> {
        let scale = self.0.scale().max(other.0.scale());
        let mut sum = sum.ok_or(MoneyError::Digits)?;
        if self.0.is_zero() || other.0.is_zero() {
            // Of something and nothing the former comes back, with its own decimals.
            sum.rescale(scale);
        }
        // A sum that lost decimals was rounded to fit.
        if sum.scale() < scale { Err(MoneyError::Digits) } else { Ok(Self(sum)) }
    }

    /// The exact share of `percent` hundredths.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    pub fn percent(self, percent: Self) -> Result<Self, MoneyError> {
        let units = self.0.mantissa().checked_mul(percent.0.mantissa()).ok_or(MoneyError::Digits)?;
        // A hundredth of the product is the product with two more decimals.
        let decimals = self.0.scale().saturating_add(percent.0.scale()).saturating_add(2);
        let share = rust_decimal::Decimal::try_from_i128_with_scale(units, decimals)
            .map_err(|_| MoneyError::Digits)?;
        Ok(Self(share).without_sign_of_zero())
    }

    /// The quotient by another decimal as two whole numbers, not reduced: 2.5 over 0.75 is 250 over 75.
    ///
    /// `None` if one of them is beyond 10^15.
    pub(crate) fn over(self, divisor: Self) -> Option<(i64, i64)> {
        let decimals = self.0.scale().max(divisor.0.scale());
        Some((self.units(decimals)?, divisor.units(decimals)?))
    }

    /// The number in units of 10^−`decimals`, which is at least its own number of decimals.
    fn units(self, decimals: u32) -> Option<i64> {
        let units = i64::try_from(self.in_units(decimals)?).ok()?;
        crate::quantity::checked_count(units).ok()
    }

    /// How many decimals it has.
    pub(crate) fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// The number in units of 10^−`decimals`, exactly; `None` if it has more decimals, or more digits than fit.
    pub(crate) fn in_units(self, decimals: u32) -> Option<i128> {
        let factor = 10_i128.checked_pow(decimals.checked_sub(self.0.scale())?)?;
        self.0.mantissa().checked_mul(factor)
    }

    /// So many units of 10^−`decimals`.
    pub(crate) fn from_units(units: i128, decimals: u32) -> Result<Self, MoneyError> {
        rust_decimal::Decimal::try_from_i128_with_scale(units, decimals)
            .map(Self)
            .map_err(|_| MoneyError::Digits)
    }

    /// Nothing has no sign, though the digits could carry one.
    fn without_sign_of_zero(mut self) -> Self {
        if self.0.is_zero() {
            self.0.set_sign_positive(true);
        }
        self
    }

    /// Rounded half-even to so many decimals, which it then has.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] when it has more than 28 digits.
    ///
    /// ```
    /// use alms_core::money::Decimal;
    /// assert_eq!("0.125".parse::<Decimal>()?.rounded(2)?.to_string(), "0.12");
    /// assert_eq!("0.375".parse::<Decimal>()?.rounded(2)?.to_string(), "0.38");
    /// assert_eq!("54".parse::<Decimal>()?.rounded(2)?.to_string(), "54.00");
    /// # Ok::<(), alms_core::money::MoneyError>(())
    /// ```
    pub fn rounded(self, decimals: u8) -> Result<Self, MoneyError> {
        let decimals = u32::from(decimals);
        let half_even = rust_decimal::RoundingStrategy::MidpointNearestEven;
        let mut rounded = self.0.round_dp_with_strategy(decimals, half_even);
        rounded.rescale(decimals);
        if rounded.scale() == decimals {
            Ok(Self(rounded).without_sign_of_zero())
        } else {
            Err(MoneyError::Digits)
        }
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

impl Decimal {
    /// `part` of `whole` of the amount, rounded once, half-even, to so many decimals.
    fn share(self, part: i64, whole: i64, decimals: u8) -> Result<Self, MoneyError> {
        let digits = MoneyError::Digits;
        let decimals = u32::from(decimals);
        // Units of the amount's own size, or of the smaller one that is asked for.
        let scale = self.0.scale().max(decimals);
        let units = self
            .in_units(scale)
            .and_then(|units| units.checked_mul(i128::from(part)))
            .ok_or(digits.clone())?;
        let factor = 10_i128.checked_pow(scale.saturating_sub(decimals)).ok_or(digits.clone())?;
        let divisor =
            factor.checked_mul(i128::from(whole)).filter(|divisor| *divisor > 0).ok_or(digits.clone())?;
        let (quotient, rest) = (units.div_euclid(divisor), units.rem_euclid(divisor));
        let twice = rest.checked_mul(2).ok_or(digits.clone())?;
        let up = twice > divisor || (twice == divisor && quotient.rem_euclid(2) == 1);
        Self::from_units(quotient.checked_add(i128::from(up)).ok_or(digits)?, decimals)
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

/// An ISO 4217 currency that has a minor unit, such as the cent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of the Service Pack's list price.
    pub const USD: Currency = Currency(iso_currency::Currency::USD);

    /// The three letters.
    pub fn as_str(&self) -> &'static str {
        self.0.code()
    }

    /// The decimals of an amount in it: 2 for USD, 0 for JPY, 3 for KWD.
    ///
    /// ```
    /// use alms_core::money::Currency;
    /// assert_eq!("JPY".parse::<Currency>()?.decimals(), 0);
    /// # Ok::<(), alms_core::money::MoneyError>(())
    /// ```
    pub fn decimals(self) -> u8 {
        self.0.exponent().and_then(|decimals| u8::try_from(decimals).ok()).unwrap_or(0)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        // Gold, bonds and the like have codes, but no minor unit to round to.
        iso_currency::Currency::from_code(text)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::Currency(text.to_owned()))
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
    /// `part` of `whole` of it, such as the days of a shorter period, rounded once, half-even, to the currency's minor unit.
    ///
    /// # Errors
    /// [`MoneyError::Digits`]: more digits than can be calculated with, or a `whole` below 1.
    ///
    /// ```
    /// use alms_core::money::{Currency, Money};
    /// let month = Money::new("5.00".parse()?, Currency::USD);
    /// // 12 of 31 days: 1.9354...
    /// assert_eq!(month.share(12, 31)?.to_string(), "1.94 USD");
    /// # Ok::<(), alms_core::money::MoneyError>(())
    /// ```
    pub fn share(self, part: i64, whole: i64) -> Result<Self, MoneyError> {
        Ok(Self { amount: self.amount.share(part, whole, self.currency.decimals())?, ..self })
    }

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

    /// The exact difference.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies, [`MoneyError::Digits`] beyond 28 digits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        Ok(Self { amount: self.amount.minus(other.amount)?, ..self })
    }

    /// The exact product with a whole number.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] beyond 28 digits.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        Ok(Self { amount: self.amount.times(count)?, ..self })
    }
}

impl Money {
    /// Rounded half-even to the currency's minor unit.
    ///
    /// # Errors
    /// [`MoneyError::Digits`] beyond 28 digits.
    pub fn rounded(self) -> Result<Self, MoneyError> {
        Ok(Self { amount: self.amount.rounded(self.currency.decimals())?, ..self })
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
        let tenth = decimal("7922816251426433759354395033.5");
        assert_eq!(tenth.plus(decimal("0.01")), Err(MoneyError::Digits));
        assert_eq!(tenth.plus(decimal("0.1")), Err(MoneyError::Digits));
    }

    #[test]
    fn a_zero_keeps_its_decimals_in_a_sum() {
        assert_eq!(decimal("0.00").plus(decimal("99")).unwrap().to_string(), "99.00");
        assert_eq!(decimal("99").plus(decimal("0.000")).unwrap().to_string(), "99.000");
        assert_eq!(decimal("100").minus(decimal("0.0")).unwrap().to_string(), "100.0");
        assert_eq!(decimal("0.00").minus(decimal("7")).unwrap().to_string(), "-7.00");
        assert_eq!(decimal("79228162514264337593543950335").plus(decimal("0.0")), Err(MoneyError::Digits));
    }

    #[test]
    fn nothing_lends_its_decimals() {
        for (left, right, sum, difference) in [
            ("0.00", "0", "0.00", "0.00"),
            ("0", "0.00", "0.00", "0.00"),
            ("0.00", "10", "10.00", "-10.00"),
            ("10", "0.00", "10.00", "10.00"),
            ("0", "1.5", "1.5", "-1.5"),
        ] {
            assert_eq!(decimal(left).plus(decimal(right)).unwrap().to_string(), sum, "{left} + {right}");
            assert_eq!(
                decimal(left).minus(decimal(right)).unwrap().to_string(),
                difference,
                "{left} - {right}"
            );
        }
        let large = decimal("79228162514264337593543950335");
        assert_eq!(large.plus(decimal("0.0")), Err(MoneyError::Digits));
    }

    #[test]
    fn nothing_has_no_sign() {
        let mut zero = rust_decimal::Decimal::new(0, 2);
        zero.set_sign_negative(true);
        assert_eq!(Decimal::from(zero).to_string(), "0.00");
        assert_eq!(decimal("0.00").minus(decimal("0.00")).unwrap().to_string(), "0.00");
        assert_eq!(decimal("-0.001").rounded(2).unwrap().to_string(), "0.00");
        assert_eq!(decimal("-1").percent(decimal("0")).unwrap().to_string(), "0.00");
        assert_eq!(decimal("1.00").minus(decimal("2.5")).unwrap().to_string(), "-1.50");
    }

    #[test]
    fn currencies_do_not_mix() {
        let dollar = Money::new(decimal("1.00"), Currency::USD);
        let euro = Money::new(decimal("1.00"), "EUR".parse().unwrap());
        assert!(matches!(dollar.plus(euro), Err(MoneyError::Mixed(_, _))));
        for text in ["usd", "", "US", "XAU", "ABC", "USDD"] {
            assert_eq!(text.parse::<Currency>(), Err(MoneyError::Currency(text.to_owned())), "{text}");
        }
    }
}
