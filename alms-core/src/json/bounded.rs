//! Scalars that are integers within limits.

use super::{ErrorCode, Fault};
use crate::bounds::COUNT_MAX;
use crate::calendar::{Days, Months};
use crate::rule::RuleId;
use crate::subscriptions::DayOfMonth;
use crate::tokens::{Packs, Peak, PositiveTokens, Tokens};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is read as an integer.
pub(super) const WHOLE_NUMBER: &str =
    "a whole number; write it in digits, without quotes, decimals or exponent";

/// A number, date or text that is outside the limits.
pub(crate) fn out_of_range(message: impl fmt::Display) -> Fault {
    Fault::new(ErrorCode::OutOfRange, message)
}

/// The number, if it is within the limits of every count.
pub(super) fn count(number: i64) -> Result<i64, Fault> {
    within(number, -COUNT_MAX, COUNT_MAX)
}

fn within(number: i64, min: i64, max: i64) -> Result<i64, Fault> {
    if (min..=max).contains(&number) {
        return Ok(number);
    }
    let message = format!("`{number}` is out of range; give a number from {min} to {max}");
    Err(out_of_range(message).with("min", min).with("max", max))
}

/// A value that is an integer within limits.
trait Bounded: Sized {
    /// The smallest one that is not refused by a rule.
    const MIN: i64;
    /// The largest one.
    const MAX: i64;

    /// The value; a number outside the limits, or one that a rule refuses.
    fn of(number: i64) -> Result<Self, Fault>;
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: Bounded> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WHOLE_NUMBER)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        within(number, T::MIN, T::MAX).and_then(T::of).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Declares integers: their limits, how one is made, and how its number is got.
macro_rules! bounded {
    ($($type:ty: $min:expr, $max:expr, $of:expr;)+) => {$(
        impl Bounded for $type {
            const MIN: i64 = $min;
            const MAX: i64 = $max;

            fn of(number: i64) -> Result<Self, Fault> {
                let of: fn(i64) -> Result<Self, Fault> = $of;
                of(number)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.get().into())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_i64(NumberVisitor::<$type>(PhantomData))
            }
        }
    )+};
}

bounded! {
    Days: 0, COUNT_MAX, |number| Ok(Days::try_new(number)?);
    Months: -COUNT_MAX, COUNT_MAX, |number| Ok(Months::try_new(number)?);
    Tokens: -COUNT_MAX, COUNT_MAX, |number| Ok(Tokens::try_new(number)?);
    // None, or fewer, is refused by a rule, not by a limit.
    PositiveTokens: -COUNT_MAX, COUNT_MAX, |number| {
        PositiveTokens::try_new(number).map_err(|error| Fault::from(error).by_rule(RuleId::Ord5.as_str()))
    };
    Packs: -COUNT_MAX, Packs::MAX, |number| Ok(Packs::try_new(number)?);
    Peak: 0, COUNT_MAX, |number| Ok(Peak::try_new(number)?);
    DayOfMonth: 1, DayOfMonth::MAX, |number| Ok(DayOfMonth::try_new(number)?);
}
