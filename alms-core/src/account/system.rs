use super::{Model, SystemState};
use crate::calendar::Date;
use crate::text::Serial;
use crate::xr::SkuRegion;

/// One system (a router or gateway) of an account.
///
/// ```
/// use alms_core::account::{System, SystemState};
///
/// let system = System {
///     last_communication: Some("2023-05-02".parse()?),
///     ..System::new("LA1".parse()?, "RV55".parse()?, SystemState::Active)
/// };
/// assert_eq!(system.support_end, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct System {
    /// The serial number, unique within the account.
    pub serial: Serial,
    /// The model of the device.
    pub model: Model,
    /// The life cycle state.
    pub state: SystemState,
    /// The day of the last communication; `None` if it never communicated.
    pub last_communication: Option<Date>,
    /// The last day of support ("Support Date"); `None` if it has none.
    pub support_end: Option<Date>,
    /// The last day of warranty, where known.
    pub warranty_end: Option<Date>,
    /// The region of its SKU, of an XR Series router, where somebody looked (XRS-2).
    pub sku_region: Option<SkuRegion>,
}

impl System {
    /// A system of which nothing else is known: it never communicated, and has neither support nor warranty.
    pub const fn new(serial: Serial, model: Model, state: SystemState) -> Self {
        Self {
            serial,
            model,
            state,
            last_communication: None,
            support_end: None,
            warranty_end: None,
            sku_region: None,
        }
    }
}
