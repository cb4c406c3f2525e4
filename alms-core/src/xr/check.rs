use super::{Compatibility, Criterion, SkuRegion, criteria};
use crate::account::{Instance, InstanceMove, Model};
use crate::names::named_enum;
use crate::offers::{Assortment, Connectivity, Exclusion, Subscriber, UnknownOffer};
use crate::rule::RuleId;
use crate::text::{OfferName, Serial};

/// A device that is to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The serial number, where known.
    pub serial: Option<Serial>,
    /// The model; any text.
    pub model: Model,
    /// The region of its SKU; `None` where nobody looked.
    pub sku_region: Option<SkuRegion>,
    /// The offer it is to have, where it is chosen already.
    pub offer: Option<OfferName>,
}

/// The data of the out-of-band radio under the chosen offer (XRS-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfBand {
    /// The offer.
    pub offer: OfferName,
    /// Whether the offer includes the data.
    pub included: bool,
}

named_enum! {
    /// Something to look at that keeps no router from registering.
    pub enum FindingCode {
        /// The offer does not include the data of the out-of-band radio (XRS-5).
        OutOfBandNotIncluded = "out_of_band_not_included",
        /// The routers are made for different regions, so that no instance takes all of them (XRS-2).
        MixedSkuRegions = "mixed_sku_regions",
    }
}

impl FindingCode {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        match self {
            FindingCode::OutOfBandNotIncluded => RuleId::Xrs5,
            FindingCode::MixedSkuRegions => RuleId::Xrs2,
        }
    }
}

/// Something to look at; no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// A sentence for people.
    pub message: String,
}

/// Whether one device may register, and everything that stands in the way (XRS-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is an XR Series router; of other devices nothing is asked.
    pub applies: bool,
    /// What stands in the way of account and instance.
    pub criteria: Vec<Criterion>,
    /// What stands in the way of the chosen offer.
    pub exclusions: Vec<Exclusion>,
    /// The chosen offer that does not exist.
    pub unknown_offer: Option<UnknownOffer>,
    /// The data of the out-of-band radio; `None` for other devices and without a chosen offer.
    pub out_of_band: Option<OutOfBand>,
    /// The move that would put the account on an instance for this router (XRS-4); `None` where it is there.
    pub instance_move: Option<InstanceMove>,
    /// What else to know.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether nothing stands in the way.
    pub fn is_eligible(&self) -> bool {
        self.criteria.is_empty() && self.exclusions.is_empty() && self.unknown_offer.is_none()
    }
}

/// The verdicts on all devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fleet {
    /// One per device, in their order.
    pub verdicts: Vec<Verdict>,
    /// What to know about all of them.
    pub findings: Vec<Finding>,
}

/// Says which of these devices may register in the account, and everything that keeps the others from it (XRS-1 to
/// XRS-5). Without an account it says which one to create.
///
/// The limit of the account's kind (ACC-8) counts the devices in their order, as if all before were registered.
///
/// ```
/// use alms_core::xr::{Compatibility, Criterion, Device, SkuRegion, check};
/// use alms_core::wire::built_in_catalogues;
/// let xr80 = Device {
///     serial: None,
///     model: "XR80".parse()?,
///     sku_region: Some(SkuRegion::Global),
///     offer: None,
/// };
/// let assortment = built_in_catalogues().in_effect("2023-03-25".parse()?)?.assortment();
/// let fleet = check(None, &[xr80], &assortment, &Compatibility::default());
/// assert_eq!(fleet.verdicts[0].criteria[0].to_string(), "the account is `null`; create an `avc` account on the instance `eu`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(
    account: Option<&Subscriber>,
    devices: &[Device],
    assortment: &Assortment,
    table: &Compatibility,
) -> Fleet {
    let places = (1_u32..).zip(devices);
    Fleet {
        verdicts: places.map(|(place, device)| verdict(account, device, place, assortment, table)).collect(),
        findings: mixed_regions(devices, table).into_iter().collect(),
    }
}

/// The verdict on the device in this `place`, counted from 1.
fn verdict(
    account: Option<&Subscriber>,
    device: &Device,
    place: u32,
    assortment: &Assortment,
    table: &Compatibility,
) -> Verdict {
    let mut verdict = Verdict {
        applies: device.model.is_xr(),
        criteria: Vec::new(),
        exclusions: Vec::new(),
        unknown_offer: None,
        out_of_band: None,
        instance_move: None,
        findings: Vec::new(),
    };
    if !verdict.applies {
        return verdict;
    }
    verdict.criteria = criteria(account, device.sku_region, table);
    verdict.criteria.extend(account.and_then(|account| account.room_for(place).err()).map(Criterion::from));
    verdict.instance_move = instance_move(account, device.sku_region, table);
    if let Some(name) = &device.offer {
        verdict.look_at_offer(account, &device.model, name, assortment);
    }
    verdict
}

impl Verdict {
    /// Whether the chosen offer fits, and includes the out-of-band data.
    fn look_at_offer(
        &mut self,
        account: Option<&Subscriber>,
        model: &Model,
        name: &OfferName,
        assortment: &Assortment,
    ) {
        let product = match assortment.find(name) {
            Ok(found) => &found.product,
            Err(unknown) => {
                self.unknown_offer = Some(unknown);
                return;
            }
        };
        self.exclusions = match account {
            Some(account) => product.exclusions_for(account, model),
            None => product.mismatch(model).into_iter().collect(),
        };
        // That the account is legacy is said already.
        self.exclusions.retain(|exclusion| *exclusion != Exclusion::LegacyAccount);
        let included = product.services.connectivity == Some(Connectivity::OutOfBand);
        if !included {
            let message = format!(
                "`{name}` does not include the data of the out-of-band radio; choose AirLink Complete or AirLink Premium for it"
            );
            self.findings.push(Finding { code: FindingCode::OutOfBandNotIncluded, message });
        }
        self.out_of_band = Some(OutOfBand { offer: name.clone(), included });
    }
}

/// The move to the first instance that takes the router, if the account is on none of them.
fn instance_move(
    account: Option<&Subscriber>,
    region: Option<SkuRegion>,
    table: &Compatibility,
) -> Option<InstanceMove> {
    let instances = table.instances(region?);
    let from = account?.instance;
    let to = instances.first().filter(|_| !instances.contains(&from))?;
    InstanceMove::between(from, *to)
}

/// Routers of which no instance takes all.
fn mixed_regions(devices: &[Device], table: &Compatibility) -> Option<Finding> {
    let regions = || devices.iter().filter(|device| device.model.is_xr()).filter_map(|one| one.sku_region);
    let takes_all = |instance: &&Instance| regions().all(|region| table.instances(region).contains(instance));
    let is_mixed = SkuRegion::ALL.iter().all(|region| regions().any(|one| one == *region));
    if !is_mixed || Instance::ALL.iter().any(|instance| takes_all(&instance)) {
        return None;
    }
    let message = "the XR Series routers are of the SKU regions `north_america` and `global`, and no instance takes both; \
                   use an account per region";
    Some(Finding { code: FindingCode::MixedSkuRegions, message: message.to_owned() })
}
