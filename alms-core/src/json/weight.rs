//! A number that need not be whole: an integer, or a decimal as a text.

use super::{Fault, TextForm, bounded};
use crate::money::Decimal;
use crate::subscriptions::Weight;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

struct WeightVisitor;

impl Visitor<'_> for WeightVisitor {
    type Value = Weight;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(bounded::WHOLE_NUMBER)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Weight, E> {
        let number = bounded::count(number).map_err(E::custom)?;
        weight(Decimal::new(number, 0)).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Weight, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Weight, E> {
        let decimal = text.parse().map_err(|error| E::custom(Decimal::refused(text, error)))?;
        weight(decimal).map_err(E::custom)
    }
}

fn weight(decimal: Decimal) -> Result<Weight, Fault> {
    Weight::try_new(decimal).map_err(|error| Fault::new(error.code(), error))
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeightVisitor)
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.get())
    }
}
