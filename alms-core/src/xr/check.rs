use super::{Compatibility, SkuRegion, criteria};
use crate::account::{Instance, InstanceMove, Model};
use crate::calendar::Date;
use crate::names::named_enum;
use crate::offers::{Assortment, Connectivity, Product, Subscriber};
use crate::rule::RuleId;
use crate::subscriptions::{Candidate, Unregistrable, not_a_service};
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
    #[non_exhaustive]
    pub enum FindingCode {
        /// The offer does not include the data of the out-of-band radio (XRS-5).
        OutOfBandNotIncluded = "out_of_band_not_included" => "choose AirLink Complete or AirLink Premium",
        /// The routers are made for different regions, so that no instance takes all of them (XRS-2).
        MixedSkuRegions = "mixed_sku_regions" => "use an account per region",
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
    /// Everything that stands in the way: what a registration would refuse, in its order.
    pub obstacles: Vec<Unregistrable>,
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
        self.obstacles.is_empty()
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
/// XRS-5): all that their registration on the day `on` would refuse. Without an account it says which one to create.
///
/// The limit of the account's kind (ACC-8) counts the devices in their order, as if all before were registered.
///
/// ```
/// use alms_core::xr::{Compatibility, Device, SkuRegion, check};
/// use alms_core::wire::built_in_catalogues;
/// let xr80 = Device {
///     serial: None,
///     model: "XR80".parse()?,
///     sku_region: Some(SkuRegion::Global),
///     offer: None,
/// };
/// let on = "2023-03-25".parse()?;
/// let assortment = built_in_catalogues().in_effect(on)?.assortment();
/// let fleet = check(None, &[xr80], on, &assortment, &Compatibility::default());
/// assert_eq!(fleet.verdicts[0].obstacles[0].to_string(), "the account is `null`; create an `avc` account on the instance `eu`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(
    account: Option<&Subscriber>,
    devices: &[Device],
    on: Date,
    assortment: &Assortment,
    table: &Compatibility,
) -> Fleet {
    let places = (0_u32..).zip(devices);
    let verdict = |(before, device)| {
        let account = account.map(|account| account.with_more(before));
        verdict(account.as_ref(), device, on, assortment, table)
    };
    Fleet {
        verdicts: places.map(verdict).collect(),
        findings: mixed_regions(devices, table).into_iter().collect(),
    }
}

/// The verdict on a device.
fn verdict(
    account: Option<&Subscriber>,
    device: &Device,
    on: Date,
    assortment: &Assortment,
    table: &Compatibility,
) -> Verdict {
    let mut verdict = Verdict {
        applies: device.model.is_xr(),
        obstacles: Vec::new(),
        out_of_band: None,
        instance_move: None,
        findings: Vec::new(),
    };
    if !verdict.applies {
        return verdict;
    }
    verdict.obstacles = match account {
        Some(account) => refused(account, device, on, assortment, table),
        None => without_account(device, assortment, table),
    };
    verdict.instance_move = instance_move(account, device.sku_region, table);
    if let Some(Ok(found)) = device.offer.as_ref().map(|name| assortment.find(name)) {
        verdict.look_at_radio(&found.product, device);
    }
    verdict
}

/// Everything that a registration in this account would refuse.
fn refused(
    account: &Subscriber,
    device: &Device,
    on: Date,
    assortment: &Assortment,
    table: &Compatibility,
) -> Vec<Unregistrable> {
    let Device { model, sku_region, offer, .. } = device;
    let candidate = Candidate::of_device(model, *sku_region, on, offer.as_ref());
    candidate.entitlement(account, assortment, table).err().unwrap_or_default()
}

/// Everything that is known to stand in the way before there is an account.
fn without_account(device: &Device, assortment: &Assortment, table: &Compatibility) -> Vec<Unregistrable> {
    let mut obstacles: Vec<Unregistrable> =
        criteria(None, device.sku_region, table).into_iter().map(Unregistrable::Xr).collect();
    match device.offer.as_ref().map(|name| assortment.find(name)) {
        None => {}
        Some(Err(unknown)) => obstacles.push(unknown.into()),
        Some(Ok(found)) => {
            obstacles.extend(not_a_service(&found.product));
            obstacles.extend(found.product.mismatch(&device.model).map(Unregistrable::Excluded));
        }
    }
    obstacles
}

impl Verdict {
    /// Whether the chosen offer includes the data of the out-of-band radio.
    fn look_at_radio(&mut self, product: &Product, device: &Device) {
        let (name, services) = (&product.name, product.services_for(&device.model));
        let included = services.connectivity == Some(Connectivity::OutOfBand);
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
