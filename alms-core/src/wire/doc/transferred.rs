use super::register::refused;
use super::subscription::SubscriptionDoc;
use crate::calendar::Date;
use crate::reseller::{
    AllocationState, Transfer, TransferFault, TransferFinding, TransferFindingCode, TransferSystem,
    Transferred,
};
use crate::rule::RuleId;
use crate::subscriptions::OriginData;
use crate::wire::doc::listing::unknown_offer;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use alms_json::Write;

/// Output of `reseller.transfer`. Nothing is transferred: the host applies what results.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Transfer"))]
pub(in crate::wire) struct TransferDoc<'a> {
    /// The day of the transfer.
    on: Day<'a>,
    /// What becomes of each system, in their order.
    results: Vec<TransferResultDoc<'a>>,
    /// What is left of each allocation, in their order.
    allocations: Vec<AllocationStateDoc<'a>>,
    /// How many systems can be transferred.
    summary: TransferSummaryDoc<'a>,
}

/// What becomes of a system.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferResult"))]
struct TransferResultDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Whether it can be transferred.
    ok: bool,
    /// What it is entitled to then; null if it cannot be transferred.
    subscription: Option<SubscriptionDoc<'a>>,
    /// The day of its first registration, which the next transfer asks for; null where that is not known, and if it
    /// cannot be transferred.
    first_registered: Option<Day<'a>>,
    /// The position of the allocation that it uses; null if it needs none.
    allocation: Option<Count<'a>>,
    /// What to look at; no errors.
    findings: Vec<TransferFindingDoc<'a>>,
    /// Everything that stands in the way, each with what to do.
    errors: Vec<Error>,
}

/// Something to look at; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferFinding"))]
struct TransferFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, TransferFindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// A sentence for people.
    message: Prose<'a>,
}

/// What is left of an allocation.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AllocationState"))]
struct AllocationStateDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// For how many months each service is.
    months: Count<'a>,
    /// For how many systems it was bought.
    quantity: Count<'a>,
    /// The one system that it was bought for; null for any.
    serial: Option<Id<'a>>,
    /// For how many systems it still is.
    left: Count<'a>,
}

/// How many systems can be transferred.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferSummary"))]
struct TransferSummaryDoc<'a> {
    /// All.
    systems: Count<'a>,
    /// Those that can.
    transferred: Count<'a>,
    /// The others.
    refused: Count<'a>,
}

impl<'a> TransferDoc<'a> {
    pub(in crate::wire) fn of(on: Date, systems: &'a [TransferSystem], transfer: &'a Transfer) -> Self {
        let count = |good: bool| {
            let of_kind = transfer.results.iter().filter(|result| result.is_ok() == good).count();
            Count::from(i64::try_from(of_kind).unwrap_or(i64::MAX))
        };
        let results = systems.iter().zip(&transfer.results).enumerate();
        Self {
            on: on.into(),
            results: results.map(|(index, (system, result))| result_doc(index, system, result)).collect(),
            allocations: transfer.allocations.iter().map(AllocationStateDoc::of).collect(),
            summary: TransferSummaryDoc {
                systems: i64::try_from(systems.len()).unwrap_or(i64::MAX).into(),
                transferred: count(true),
                refused: count(false),
            },
        }
    }
}

fn result_doc<'a>(
    index: usize,
    system: &'a TransferSystem,
    result: &'a Result<Transferred, Vec<TransferFault>>,
) -> TransferResultDoc<'a> {
    let transferred = result.as_ref().ok();
    let position = transferred.and_then(|transferred| transferred.allocation);
    TransferResultDoc {
        serial: Text::of(system.holding.origin.serial()),
        ok: result.is_ok(),
        subscription: transferred.map(|one| SubscriptionDoc::of_facts(&OriginData::from(&one.subscription))),
        first_registered: transferred.and_then(|one| one.subscription.first_registered).map(Day::from),
        allocation: position.map(|position| i64::try_from(position).unwrap_or(i64::MAX).into()),
        findings: transferred.iter().flat_map(|one| &one.findings).map(TransferFindingDoc::of).collect(),
        errors: result.as_ref().err().into_iter().flatten().map(|fault| error(index, fault)).collect(),
    }
}

impl<'a> TransferFindingDoc<'a> {
    fn of(finding: &'a TransferFinding) -> Self {
        Self {
            code: finding.code.into(),
            rule: finding.code.rule().into(),
            message: Prose::of(&finding.message),
        }
    }
}

impl<'a> AllocationStateDoc<'a> {
    fn of(state: &'a AllocationState) -> Self {
        let allocation = &state.allocation;
        Self {
            offer: Text::of(&allocation.offer),
            months: allocation.months.get().into(),
            quantity: allocation.quantity.into(),
            serial: allocation.serial.as_ref().map(Text::of),
            left: state.left.into(),
        }
    }
}

/// What stands in the way of the system at `index`, in its place.
fn error(index: usize, fault: &TransferFault) -> Error {
    let of_system = |field: &str| format!("systems[{index}].{field}");
    let path = match fault {
        TransferFault::Unregistrable(cause) => {
            return refused(cause).replaced(|path| match path {
                "offer" => of_system("offer"),
                "system.sku_region" => of_system("sku_region"),
                "system.model" => of_system("subscription.model"),
                path => {
                    path.strip_prefix("account").map_or_else(|| path.to_owned(), |field| format!("to{field}"))
                }
            });
        }
        TransferFault::UnknownOrigin(unknown) => {
            return unknown_offer(unknown, &of_system("subscription.offer"));
        }
        TransferFault::SameAccount(_) => "to.uid".to_owned(),
        TransferFault::NoReseller { .. } => "to.kind".to_owned(),
        TransferFault::NotAPartner { customer_gives, .. } => {
            let customer = if *customer_gives { "from" } else { "to" };
            format!("{customer}.partners")
        }
        TransferFault::LegacyOrigin => "from.format".to_owned(),
        TransferFault::NotStarted { .. } => "on".to_owned(),
        TransferFault::OtherType { .. } => of_system("offer"),
        TransferFault::NoneOfType { .. } => of_system("subscription.offer"),
        TransferFault::AllocationMissing { .. } => "allocations".to_owned(),
    };
    with_context(Error::new(fault.code(), fault).by_rule(fault.rule()).at(&path), fault)
}

/// The values of the message, for programs.
fn with_context(error: Error, fault: &TransferFault) -> Error {
    match fault {
        TransferFault::NotAPartner { reseller, customer, .. } => {
            error.with("partner", reseller.as_str()).with("customer", customer.as_str())
        }
        TransferFault::NotStarted { started, .. } => error.with("from", started.to_string()),
        TransferFault::OtherType { has, .. } | TransferFault::NoneOfType { has, .. } => {
            error.with("support", has.as_str())
        }
        TransferFault::AllocationMissing { offer, year_end } => {
            error.with("offer", offer.as_str()).with("year_end", year_end.map(|day| day.to_string()))
        }
        _ => error,
    }
}
