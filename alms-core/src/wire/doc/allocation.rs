//! Services that were bought for an account and that no system uses yet.

use super::account::optional_text;
use super::subscription::{MonthCount, Years, length};
use crate::account::Allocation;
use crate::calendar::Months;
use crate::text::{BookingKey, PoNumber};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Id, SystemCount};
use crate::wire::object::Object;
use alms_json::{Read, Write};

/// Services that were bought for an account.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Allocation"))]
pub(in crate::wire) struct AllocationDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// For how many months each of them is; 12 where absent.
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many `months`.
    #[cfg_attr(feature = "schema", schemars(extend("deprecated" = true)))]
    years: Option<Years<'a>>,
    /// For how many systems; 1 where absent.
    quantity: Option<SystemCount<'a>>,
    /// For how many systems it still is, where some of the quantity are used.
    left: Option<SystemCount<'a>>,
    /// The one system that it was bought for; any where absent.
    serial: Option<Id<'a>>,
    /// The key of the order that made it.
    order: Option<Id<'a>>,
    /// The number of that purchase order.
    po_number: Option<Id<'a>>,
}

impl AllocationDoc<'_> {
    fn read(&self) -> Result<Allocation, Error> {
        optional_text::<BookingKey, 1>(self.order.as_ref(), "order")?;
        optional_text::<PoNumber, 1>(self.po_number.as_ref(), "po_number")?;
        let months = length(self.months.as_ref(), self.years.as_ref())?;
        Ok(Allocation {
            offer: self.offer.read().at("offer")?,
            months: months.map_or(Months::YEAR, |(months, _)| months),
            quantity: self.unused()?,
            serial: optional_text(self.serial.as_ref(), "serial")?,
        })
    }

    /// For how many systems it can still be used.
    fn unused(&self) -> Result<u32, Error> {
        let quantity: Option<u32> =
            self.quantity.as_ref().map(SystemCount::small).transpose().at("quantity")?;
        let left: Option<u32> = self.left.as_ref().map(SystemCount::small).transpose().at("left")?;
        match (quantity, left) {
            (Some(quantity), Some(left)) if left > quantity => {
                let message =
                    format!("`{left}` are more than the `{quantity}` that were bought; give at most those");
                Err(Error::invalid_input(message).at("left"))
            }
            (quantity, left) => Ok(left.or(quantity).unwrap_or(1)),
        }
    }
}

/// The allocations of a list.
pub(in crate::wire) fn allocations(docs: &[Object<AllocationDoc<'_>>]) -> Result<Vec<Allocation>, Error> {
    let read = |(index, doc): (usize, &Object<AllocationDoc<'_>>)| doc.read().at_index(index);
    docs.iter().enumerate().map(read).collect::<Result<_, _>>().at("allocations")
}
