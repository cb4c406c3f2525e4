use crate::account::Instance;
use crate::names::named_enum;

named_enum! {
    /// The region for which an XR Series router is made, by its SKU (XRS-2).
    #[non_exhaustive]
    pub enum SkuRegion {
        /// North America.
        NorthAmerica = "north_america",
        /// Global, the rest of the world.
        Global = "global",
    }
}

/// Which instances take the routers of which SKU region: a policy, as the sources know two instances only (XRS-2).
///
/// ```
/// use alms_core::account::Instance;
/// use alms_core::xr::{Compatibility, SkuRegion};
/// let table = Compatibility::default();
/// assert_eq!(table.instances(SkuRegion::Global), [Instance::Eu]);
/// assert!(!table.is_verified(Instance::Au));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compatibility {
    /// The instances for routers of North America; `na` by default.
    pub north_america: Vec<Instance>,
    /// The instances for global routers; `eu` by default.
    pub global: Vec<Instance>,
}

impl Default for Compatibility {
    fn default() -> Self {
        Self { north_america: vec![Instance::Na], global: vec![Instance::Eu] }
    }
}

impl Compatibility {
    /// The instances for routers of this region, the preferred one first.
    pub fn instances(&self, region: SkuRegion) -> &[Instance] {
        match region {
            SkuRegion::NorthAmerica => &self.north_america,
            SkuRegion::Global => &self.global,
        }
    }

    /// Whether the table has this instance for some region: of the others it is not known what they take.
    pub fn is_verified(&self, instance: Instance) -> bool {
        SkuRegion::ALL.iter().any(|region| self.instances(*region).contains(&instance))
    }
}
