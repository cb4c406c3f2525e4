use super::account::missing;
use super::account_view::{AccountOf, Subscribing};
use super::catalogue::CatalogueDoc;
use super::listing::{CatalogueNameDoc, over_limit};
use super::product::ProductDoc;
use super::register::refused;
use super::system::{self, SystemDoc, SystemFacts};
use crate::account::{Instance, InstanceMove, MoveLoss};
use crate::offers::Assortment;
use crate::rule::RuleId;
use crate::subscriptions::Unregistrable;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id, Prose, Text};
use crate::wire::object::Object;
use crate::wire::view::Viewed;
use crate::xr::{
    Compatibility, Criterion, Device, Finding, FindingCode, Fleet, OutOfBand, SkuRegion, Verdict,
};
use alms_json::Read;
use alms_json::Write;

/// Input of `xr.check`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "XrCheckRequest"))]
pub(in crate::wire) struct XrCheckRequestDoc<'a> {
    /// The account; null if there is none yet.
    pub(in crate::wire) account: Option<AccountOf<'a, Subscribing>>,
    /// The devices that are to be registered.
    devices: Vec<Viewed<SystemDoc<'a>, system::Device>>,
    /// The day.
    pub(in crate::wire) on: Day<'a>,
    /// Which instances take the routers of which SKU region; `na` for North America and `eu` for Global where absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// Which instances take the routers of which SKU region, the preferred one first.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Compatibility"))]
pub(in crate::wire) struct CompatibilityDoc<'a> {
    /// For routers of North America; `na` where absent.
    north_america: Option<Vec<Choice<'a, Instance>>>,
    /// For global routers; `eu` where absent.
    global: Option<Vec<Choice<'a, Instance>>>,
}

/// A device that is to be registered.
fn device(doc: &SystemDoc<'_>) -> Result<Device, Error> {
    let SystemFacts { serial, model, sku_region, offer, .. } = doc.facts()?;
    Ok(Device { serial, model: model.ok_or_else(|| missing("model"))?, sku_region, offer })
}

impl CompatibilityDoc<'_> {
    fn read(&self) -> Result<Compatibility, Error> {
        let default = Compatibility::default();
        Ok(Compatibility {
            north_america: instances(self.north_america.as_deref(), default.north_america)
                .at("north_america")?,
            global: instances(self.global.as_deref(), default.global).at("global")?,
        })
    }

    fn of(table: &Compatibility) -> Self {
        let of = |region| Some(table.instances(region).iter().copied().map(Choice::from).collect());
        Self { north_america: of(SkuRegion::NorthAmerica), global: of(SkuRegion::Global) }
    }
}

fn instances(docs: Option<&[Choice<'_, Instance>]>, default: Vec<Instance>) -> Result<Vec<Instance>, Error> {
    let Some(docs) = docs else { return Ok(default) };
    docs.iter().enumerate().map(|(index, doc)| doc.read().at_index(index)).collect()
}

/// The table of instances where a document has one, else the default.
pub(in crate::wire) fn compatibility(
    doc: Option<&Object<CompatibilityDoc<'_>>>,
) -> Result<Compatibility, Error> {
    doc.map_or(Ok(Compatibility::default()), |doc| doc.read()).at("compatibility")
}

impl XrCheckRequestDoc<'_> {
    pub(in crate::wire) fn devices(&self) -> Result<Vec<Device>, Error> {
        let read = |doc: &Viewed<SystemDoc<'_>, system::Device>| device(doc);
        each(self.devices.iter(), read).at("devices")
    }

    pub(in crate::wire) fn compatibility(&self) -> Result<Compatibility, Error> {
        compatibility(self.compatibility.as_ref())
    }
}

/// Output of `xr.check`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "XrCheck"))]
pub(in crate::wire) struct XrCheckDoc<'a> {
    /// Whether nothing stands in the way of any device.
    eligible: bool,
    /// Always false: registering needs no payment details (PAY-1).
    payment_details_required: bool,
    /// The table that was used.
    compatibility: CompatibilityDoc<'a>,
    /// The catalogue in effect.
    catalogue: CatalogueNameDoc<'a>,
    /// One verdict per device, in their order.
    pub(in crate::wire) devices: Vec<VerdictDoc<'a>>,
    /// What to know about all of them.
    findings: Vec<XrFindingDoc<'a>>,
}

/// Whether one device may register.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "XrVerdict"))]
pub(in crate::wire) struct VerdictDoc<'a> {
    /// The serial number, where known.
    serial: Option<Id<'a>>,
    /// The model.
    model: Text<'a>,
    /// Whether it is an XR Series router; of other devices nothing is asked.
    applies: bool,
    /// Whether nothing stands in the way.
    eligible: bool,
    /// Everything that stands in the way, each with what to do.
    pub(in crate::wire) errors: Vec<Error>,
    /// The data of the out-of-band radio; null for other devices and without a chosen offer.
    out_of_band: Option<OutOfBandDoc<'a>>,
    /// The move that would put the account on an instance for this router; null where it is there.
    #[serde(rename = "move")]
    instance_move: Option<MoveDoc<'a>>,
    /// What else to know.
    findings: Vec<XrFindingDoc<'a>>,
}

/// The data of the out-of-band radio.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "OutOfBand"))]
struct OutOfBandDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// Whether the offer includes the data.
    included: bool,
    /// Who runs the life cycle of its SIM: always `vendor`.
    sim_managed_by: Text<'a>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
}

/// A move of the account to another instance: deleted here, created again there.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "InstanceMove"))]
pub(in crate::wire) struct MoveDoc<'a> {
    /// The instance of the account.
    from: Choice<'a, Instance>,
    /// The instance it is to be on.
    to: Choice<'a, Instance>,
    /// Who does it: always `customer_support`.
    by: Text<'a>,
    /// What is lost.
    losses: Vec<LossDoc<'a>>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
}

/// Something that a move loses.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MoveLoss"))]
struct LossDoc<'a> {
    /// What.
    loss: Choice<'a, MoveLoss>,
    /// What that means.
    message: Prose<'a>,
}

/// Something to look at; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "XrFinding"))]
struct XrFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, FindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// A sentence for people.
    message: Prose<'a>,
}

impl<'a> XrCheckDoc<'a> {
    pub(in crate::wire) fn of(
        devices: &'a [Device],
        fleet: &'a Fleet,
        assortment: &'a Assortment,
        table: &Compatibility,
    ) -> Self {
        let verdicts = devices.iter().zip(&fleet.verdicts).enumerate();
        Self {
            eligible: fleet.verdicts.iter().all(Verdict::is_eligible),
            payment_details_required: false,
            compatibility: CompatibilityDoc::of(table),
            catalogue: CatalogueNameDoc::of(assortment),
            devices: verdicts.map(|(at, (device, verdict))| VerdictDoc::of(at, device, verdict)).collect(),
            findings: fleet.findings.iter().map(XrFindingDoc::of).collect(),
        }
    }
}

impl<'a> VerdictDoc<'a> {
    fn of(index: usize, device: &'a Device, verdict: &'a Verdict) -> Self {
        let errors = verdict.obstacles.iter().map(|one| refused_at(one, index)).collect();
        Self {
            serial: device.serial.as_ref().map(Text::of),
            model: Text::of(device.model.as_str()),
            applies: verdict.applies,
            eligible: verdict.is_eligible(),
            errors,
            out_of_band: verdict.out_of_band.as_ref().map(OutOfBandDoc::of),
            instance_move: verdict.instance_move.as_ref().map(MoveDoc::of),
            findings: verdict.findings.iter().map(XrFindingDoc::of).collect(),
        }
    }
}

impl<'a> OutOfBandDoc<'a> {
    fn of(data: &'a OutOfBand) -> Self {
        Self {
            offer: Text::of(&data.offer),
            included: data.included,
            sim_managed_by: Text::of("vendor"),
            rule: RuleId::Xrs5.into(),
        }
    }
}

impl MoveDoc<'_> {
    pub(in crate::wire) fn of(instance_move: &InstanceMove) -> Self {
        let loss = |loss: &MoveLoss| LossDoc { loss: (*loss).into(), message: Prose::of(loss.meaning()) };
        Self {
            from: instance_move.from.into(),
            to: instance_move.to.into(),
            by: Text::of("customer_support"),
            losses: instance_move.losses.iter().map(loss).collect(),
            rule: InstanceMove::RULE.into(),
        }
    }
}

impl<'a> XrFindingDoc<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.into(),
            rule: finding.code.rule().into(),
            message: Prose::of(&finding.message),
        }
    }
}

/// What stands in the way of the device at `index`, with its place in `xr.check`.
fn refused_at(obstacle: &Unregistrable, index: usize) -> Error {
    let field = |name: &str| format!("devices[{index}].{name}");
    refused(obstacle).replaced(|path| match path {
        "offer" => field("offer"),
        "billing" => "account.billing".to_owned(),
        path => path.strip_prefix("system.").map_or_else(|| path.to_owned(), field),
    })
}

/// A failed criterion; `region` is the field with the region of the SKU.
pub(in crate::wire) fn criterion(criterion: &Criterion, region: &str) -> Error {
    let path = match criterion {
        Criterion::AccountRequired { .. } => "account",
        Criterion::LegacyAccount => "account.format",
        Criterion::UnknownSkuRegion => region,
        Criterion::InstanceMismatch { .. } => "account.instance",
        Criterion::InstanceUnverified { .. } => "account.instance",
        Criterion::OverLimit(over) => return over_limit(over),
    };
    let error = Error::new(criterion.code(), criterion).by_rule(criterion.rule()).at(path);
    match criterion {
        Criterion::AccountRequired { instances } => {
            error.with("format", "avc").with("instances", names(instances))
        }
        Criterion::InstanceMismatch { instances, .. } | Criterion::InstanceUnverified { instances, .. } => {
            error.with("instances", names(instances))
        }
        _ => error,
    }
}

fn names(instances: &[Instance]) -> Vec<&'static str> {
    instances.iter().map(|instance| instance.as_str()).collect()
}
