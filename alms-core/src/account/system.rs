use super::{Model, SystemState};
use crate::calendar::Date;
use crate::text::Serial;
use crate::xr::SkuRegion;

/// One system (a router or gateway) of an account.
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
