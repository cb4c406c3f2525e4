//! The JSON Schemas of all documents, made from the types that read and write them.

mod booking;
mod codes;
mod domain;

use super::doc::account::{Held, SystemsField};
use super::doc::account_view::{AccountOf, Accounts, Element};
use super::doc::activation::{ActivationDoc, ActivationRequestDoc};
use super::doc::advice::{AdviceDoc, AdviceRequestDoc};
use super::doc::align::{AlignRequestDoc, AlignmentDoc};
use super::doc::apply::{AppliedDoc, ApplyRequestDoc};
use super::doc::billing::{BillingOptionsDoc, BillingRequestDoc};
use super::doc::booking::{BookingDoc, BookingList};
use super::doc::bulk::BulkRequestDoc;
use super::doc::bulk_rows::{BulkCode, BulkDoc, BulkFindingCode, codes as bulk_codes, finding_codes};
use super::doc::catalogue::{CatalogueDoc, CatalogueRequestDoc, LoadRequestDoc, LoadedDoc};
use super::doc::check::{CheckRequestDoc, VerdictDoc};
use super::doc::commission::{CommissionDoc, CommissionRequestDoc};
use super::doc::compare::{CompareRequestDoc, ComparisonDoc, ReportingDoc};
use super::doc::convert::{ConvertRequestDoc, ConvertedDoc};
use super::doc::coverage::{CoverageDoc, CoverageRequestDoc};
use super::doc::creation::{CreateRequestDoc, CreationDoc};
use super::doc::customers::{CustomerSystemsRequestDoc, CustomersRequestDoc};
use super::doc::customers_page::{CustomerSystemsDoc, CustomersDoc};
use super::doc::due::{DueDoc, DueRequestDoc};
use super::doc::explain::{ExplainRequestDoc, ExplanationDoc};
use super::doc::forecast::{ForecastDoc, ForecastRequestDoc};
use super::doc::ics::{IcsRequestDoc, IcsTextDoc};
use super::doc::invoices::{InvoicesDoc, InvoicesRequestDoc};
use super::doc::late::{BackdatedDoc, DayOfMonthDoc, InvoiceDayDoc, LateDoc};
use super::doc::link::{LinkRequestDoc, LinkVerdictDoc};
use super::doc::listing::{ForModelRequestDoc, ListingDoc};
use super::doc::lookup::{LookupDoc, LookupRequestDoc};
use super::doc::meter::{MeterRequestDoc, MeteredDoc};
use super::doc::notifications::{NotificationsDoc, NotificationsRequestDoc};
use super::doc::partnership::{PartnershipCaseDoc, PartnershipRequestDoc};
use super::doc::plan::{PlanDoc, PlanRequestDoc, PlannedSystemDoc, PlannedSystems};
use super::doc::policy::{CompleteRenewalDoc, YearsDoc};
use super::doc::price::{PriceDoc, PriceRequestDoc};
use super::doc::product::{DevicesDoc, NamedDevicesDoc};
use super::doc::quote::{QuoteDoc, QuoteRequestDoc};
use super::doc::register::{RegisterRequestDoc, RegisteredDoc};
use super::doc::renew::{RenewRequestDoc, RenewalDoc};
use super::doc::replay::{JournalDoc, LedgerDoc, PreviewDoc, PreviewRequestDoc, ReplayedDoc};
use super::doc::replay::{ResultDoc, ResultList};
use super::doc::reseller_apply::{ResellerAppliedDoc, ResellerApplyRequestDoc};
use super::doc::reseller_plan::{ResellerPlanDoc, ResellerPlanRequestDoc};
use super::doc::simulate::{SimulationDoc, SimulationRequestDoc};
use super::doc::state::{StateDoc, StateRequestDoc};
use super::doc::statement::{ReportDoc, ReportRequestDoc, StatementDoc, StatementRequestDoc};
use super::doc::subaccounts::{SubaccountsDoc, SubaccountsRequestDoc};
use super::doc::subscription::SubscriptionDoc;
use super::doc::system::{InAccount, SystemDoc, SystemList};
use super::doc::systems::{ApiAnswerDoc, CsvFileDoc, CsvTextDoc, ImportDoc, SystemsDoc};
use super::doc::transfer::TransferRequestDoc;
use super::doc::transferred::TransferDoc;
use super::doc::updates::{ListRequestDoc, UpdateListDoc};
use super::doc::xr::{XrCheckDoc, XrCheckRequestDoc};
use super::leaf::{
    Amount, Choice, Count, CountryCode, CurrencyCode, Day, DecimalText, FingerprintText, GroundsList, Id,
    Named, Prose, Text, YearMonth,
};
use super::object::Object;
use super::view::{Needing, View, Viewed};
use super::{Error, ErrorCode};
use crate::bounds::{SYSTEMS_MAX, TEXT_CHARS_MAX};
use crate::calendar::{AddMonths, AddedMonths};
use crate::rule::RuleId;
use crate::subscriptions::{Coterm, CotermRequest};
use booking::BookingSchema;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schemas of one operation.
#[derive(Debug)]
pub struct Schemas {
    /// The operation.
    pub operation: &'static str,
    /// Of its input.
    pub input: Schema,
    /// Of its output.
    pub output: Schema,
}

/// An enumeration whose names stand in documents.
#[derive(Debug)]
pub struct Enumeration {
    /// The type, such as `crate::account::Kind`.
    pub path: &'static str,
    /// The names of its values.
    pub names: &'static [&'static str],
    /// What each of them means.
    pub meanings: Vec<&'static str>,
}

/// The enumerations of all documents.
pub fn enumerations() -> Vec<Enumeration> {
    let codes = Enumeration {
        path: "crate::wire::ErrorCode",
        names: ErrorCode::NAMES,
        meanings: ErrorCode::ALL.iter().map(|code| code.meaning()).collect(),
    };
    let mut list = vec![codes];
    list.extend(super::leaf::enumerations());
    list.extend(super::leaf::enumerations_of_files());
    list
}

/// The schemas of every operation, in the order of [`OPERATIONS`](super::OPERATIONS).
pub fn all() -> Vec<Schemas> {
    vec![
        of::<ActivationRequestDoc<'static>, ActivationDoc<'static>>("accounts.activate"),
        of::<ActivationRequestDoc<'static>, ActivationDoc<'static>>("accounts.activation"),
        of::<CheckRequestDoc<'static>, VerdictDoc<'static>>("accounts.check"),
        of::<CommissionRequestDoc<'static>, CommissionDoc<'static>>("accounts.commission"),
        of::<ConvertRequestDoc<'static>, ConvertedDoc<'static>>("accounts.convert"),
        of::<CreateRequestDoc<'static>, CreationDoc<'static>>("accounts.create"),
        of::<LinkRequestDoc<'static>, LinkVerdictDoc<'static>>("accounts.link"),
        of::<LookupRequestDoc<'static>, LookupDoc<'static>>("accounts.lookup"),
        of::<PartnershipRequestDoc<'static>, PartnershipCaseDoc<'static>>("accounts.partnership"),
        of::<BillingRequestDoc<'static>, BillingOptionsDoc<'static>>("billing.options"),
        of::<AddMonths, AddedMonths>("calendar.add_months"),
        of::<ApplyRequestDoc<'static>, AppliedDoc<'static>>("migration.apply"),
        of::<ResellerApplyRequestDoc<'static>, ResellerAppliedDoc<'static>>("migration.apply_reseller"),
        of::<CompareRequestDoc<'static>, ComparisonDoc<'static>>("migration.compare"),
        of::<ExplainRequestDoc<'static>, ExplanationDoc<'static>>("migration.explain"),
        of::<PlanRequestDoc<'static>, PlanDoc<'static>>("migration.plan"),
        of::<ResellerPlanRequestDoc<'static>, ResellerPlanDoc<'static>>("migration.plan_reseller"),
        of::<CatalogueRequestDoc<'static>, CatalogueDoc<'static>>("offers.catalogue"),
        of::<ForModelRequestDoc<'static>, ListingDoc<'static>>("offers.for_model"),
        of::<LoadRequestDoc<'static>, LoadedDoc<'static>>("offers.load"),
        of::<ListRequestDoc<'static>, UpdateListDoc<'static>>("orders.list"),
        of::<PriceRequestDoc<'static>, PriceDoc<'static>>("orders.price"),
        of::<ListRequestDoc<'static>, CsvTextDoc<'static>>("orders.to_csv"),
        of::<BulkRequestDoc<'static>, BulkDoc<'static>>("reseller.bulk_register"),
        of::<CustomerSystemsRequestDoc<'static>, CustomerSystemsDoc<'static>>("reseller.customer_systems"),
        of::<CustomersRequestDoc<'static>, CustomersDoc<'static>>("reseller.customers"),
        of::<CustomersRequestDoc<'static>, CsvTextDoc<'static>>("reseller.customers_to_csv"),
        of::<NotificationsRequestDoc<'static>, NotificationsDoc<'static>>("reseller.notifications"),
        of::<SubaccountsRequestDoc<'static>, SubaccountsDoc<'static>>("reseller.subaccounts"),
        of::<SubaccountsRequestDoc<'static>, CsvTextDoc<'static>>("reseller.subaccounts_to_csv"),
        of::<TransferRequestDoc<'static>, TransferDoc<'static>>("reseller.transfer"),
        of::<AlignRequestDoc<'static>, AlignmentDoc<'static>>("subscriptions.align"),
        of::<CotermRequest, Coterm>("subscriptions.coterm"),
        of::<DueRequestDoc<'static>, DueDoc<'static>>("subscriptions.due"),
        of::<InvoicesRequestDoc<'static>, InvoicesDoc<'static>>("subscriptions.invoices"),
        of::<QuoteRequestDoc<'static>, QuoteDoc<'static>>("subscriptions.quote"),
        of::<RegisterRequestDoc<'static>, RegisteredDoc<'static>>("subscriptions.register"),
        of::<RenewRequestDoc<'static>, RenewalDoc<'static>>("subscriptions.renew"),
        of::<StateRequestDoc<'static>, StateDoc<'static>>("subscriptions.state"),
        of::<IcsRequestDoc<'static>, IcsTextDoc<'static>>("subscriptions.to_ics"),
        of::<ApiAnswerDoc<'static>, ImportDoc<'static>>("systems.from_api"),
        of::<CsvFileDoc<'static>, ImportDoc<'static>>("systems.from_csv"),
        of::<SystemsDoc<'static>, CsvTextDoc<'static>>("systems.to_csv"),
        of::<AdviceRequestDoc<'static>, AdviceDoc<'static>>("tokens.advice"),
        of::<CoverageRequestDoc<'static>, CoverageDoc<'static>>("tokens.coverage"),
        of::<ForecastRequestDoc<'static>, ForecastDoc<'static>>("tokens.forecast"),
        of::<LedgerDoc, JournalDoc<'static>>("tokens.journal"),
        of::<MeterRequestDoc<'static>, MeteredDoc<'static>>("tokens.meter"),
        of::<PreviewRequestDoc<'static>, PreviewDoc<'static>>("tokens.preview"),
        of::<LedgerDoc, ReplayedDoc<'static>>("tokens.replay"),
        of::<ReportRequestDoc<'static>, ReportDoc<'static>>("tokens.report"),
        of::<SimulationRequestDoc<'static>, SimulationDoc<'static>>("tokens.simulate"),
        of::<StatementRequestDoc<'static>, StatementDoc<'static>>("tokens.statement"),
        of::<XrCheckRequestDoc<'static>, XrCheckDoc<'static>>("xr.check"),
    ]
}

fn of<Input: JsonSchema, Output: JsonSchema>(operation: &'static str) -> Schemas {
    let settings = || {
        schemars::generate::SchemaSettings::draft2020_12().with_transform(RecursiveTransform(domain::plain))
    };
    Schemas {
        operation,
        input: settings().for_deserialize().into_generator().into_root_schema_for::<Input>(),
        output: settings().for_serialize().into_generator().into_root_schema_for::<Output>(),
    }
}

/// The days from 1900-01-01 to 9999-12-31, but for the length of the months, which is what `format` is there for.
const DATE: &str = "^(19[0-9]{2}|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// The pattern of a month from 1900-01 to 9999-12, by which declarations in other languages know one.
pub const MONTH: &str = "^(19[0-9]{2}|[2-9][0-9]{3})-(0[1-9]|1[0-2])$";
/// Any decimal; that it has at most 28 digits, on both sides of the point together, no pattern says.
const DECIMAL: &str = "^-?[0-9]+([.][0-9]+)?$";
/// A decimal that is not below zero. Nothing may have a sign.
const AMOUNT: &str = "^([0-9]+([.][0-9]+)?|-0+([.]0+)?)$";
const FINGERPRINT: &str = "^sha256:[0-9a-f]{64}$";

/// A text; JSON Schema counts code points, as the reader does.
fn text(chars_min: usize) -> Schema {
    let mut schema = json_schema!({"type": "string", "maxLength": TEXT_CHARS_MAX});
    if chars_min > 0 {
        schema.insert("minLength".to_owned(), chars_min.into());
    }
    schema
}

/// A schema that is written out wherever its type stands.
macro_rules! inline_schema {
    ($([$($generics:tt)*] $type:ty: $name:literal, $schema:expr;)+) => {$(
        impl<$($generics)*> JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let schema: fn(&mut SchemaGenerator) -> Schema = $schema;
                schema(generator)
            }
        }
    )+};
}

use inline_schema;

inline_schema! {
    ['a, const CHARS_MIN: usize] Text<'a, CHARS_MIN>: "Text", |_| text(CHARS_MIN);
    ['a] Prose<'a>: "Prose", |_| json_schema!({"type": "string"});
    ['a] Day<'a>: "Date", |_| json_schema!({"type": "string", "format": "date", "pattern": DATE});
    ['a] YearMonth<'a>: "Month", |_| json_schema!({"type": "string", "pattern": MONTH});
    ['a, const MIN: i64, const MAX: i64] Count<'a, MIN, MAX>: "Count", |_| {
        json_schema!({"type": "integer", "minimum": MIN, "maximum": MAX})
    };
    ['a] DecimalText<'a>: "Decimal", |_| json_schema!({"type": "string", "pattern": DECIMAL});
    ['a] Amount<'a>: "Amount", |_| json_schema!({"type": "string", "pattern": AMOUNT});
    ['a] CurrencyCode<'a>: "CurrencyCode", |_| json_schema!({"type": "string", "pattern": codes::currencies()});
    ['a] CountryCode<'a>: "CountryCode", |_| json_schema!({"type": "string", "pattern": codes::countries()});
    ['a] FingerprintText<'a>: "Fingerprint", |_| json_schema!({"type": "string", "pattern": FINGERPRINT});
    ['a, T: Named] Choice<'a, T>: "Choice", |_| json_schema!({"enum": T::NAMES});
    ['a] GroundsList<'a>: "Rules", |_| json_schema!({"type": "array", "items": {"enum": RuleId::NAMES}, "minItems": 1});
    ['a] CompleteRenewalDoc<'a>: "CompleteRenewal", |generator| json_schema!({
        "anyOf": [{"const": "support_date"}, generator.subschema_for::<YearsDoc<'static>>()]
    });
    ['a] LateDoc<'a>: "LateRenewal", |generator| json_schema!({
        "anyOf": [{"enum": ["from_order", "from_end"]}, generator.subschema_for::<BackdatedDoc<'static>>()]
    });
    ['a] InvoiceDayDoc<'a>: "InvoiceDay", |generator| json_schema!({
        "anyOf": [{"const": "own"}, generator.subschema_for::<DayOfMonthDoc<'static>>()]
    });
    ['a] DevicesDoc<'a>: "Devices", |generator| json_schema!({
        "anyOf": [{"const": "any"}, generator.subschema_for::<NamedDevicesDoc<'static>>()]
    });
    ['a] SystemList<'a>: "Systems", |generator| {
        let mut systems = Vec::<Viewed<SystemDoc<'static>, InAccount>>::json_schema(generator);
        systems.insert("maxItems".to_owned(), SYSTEMS_MAX.into());
        systems
    };
    ['a] SystemsField<'a>: "Systems", |generator| {
        let systems = SystemList::json_schema(generator);
        if generator.contract().is_serialize() {
            return systems;
        }
        let count = json_schema!({
            "description": "How many there are.", "deprecated": true,
            "type": "integer", "minimum": 0, "maximum": SYSTEMS_MAX
        });
        json_schema!({"anyOf": [systems, count]})
    };
    ['a] Held<'a>: "Subscriptions", |generator| {
        Vec::<Object<SubscriptionDoc<'static>>>::json_schema(generator)
    };
    [V: Element] Accounts<V>: "Accounts", |generator| Vec::<AccountOf<'static, V>>::json_schema(generator);
    [] BulkCode: "BulkCode", |_| json_schema!({"enum": bulk_codes()});
    [] BulkFindingCode: "BulkFindingCode", |_| json_schema!({"enum": finding_codes()});
    [] BookingList: "Bookings", |generator| Vec::<BookingSchema>::json_schema(generator);
    ['a] BookingDoc<'a>: "Booking", |generator| generator.subschema_for::<BookingSchema>();
    ['a] ResultList<'a>: "Results", |generator| Vec::<ResultDoc<'static>>::json_schema(generator);
    [] Error: "Error", |_| json_schema!({
        "type": "object",
        "properties": {
            "code": {"enum": ErrorCode::NAMES},
            "rule": {"enum": RuleId::NAMES.iter().copied().map(Some).chain([None]).collect::<Vec<_>>()},
            "path": {"type": "string"},
            "message": {"type": "string"},
            "context": {"type": "object"}
        },
        "required": ["code", "rule", "path", "message", "context"]
    });
    ['a] PlannedSystems<'a>: "PlannedSystems", |generator| Vec::<PlannedSystemDoc<'static>>::json_schema(generator);
    ['a] ReportingDoc<'a>: "Reporting", |generator| json_schema!({
        "anyOf": [{"enum": ["as_is", "all_deleted"]}, generator.subschema_for::<Vec<Id<'static>>>()]
    });
}

impl<T: JsonSchema, V: View> JsonSchema for Needing<T, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    /// The one shape, and the fields that have to be there.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        let given = |field: &&str| ((*field).to_owned(), json!({"not": {"type": "null"}}));
        let properties: Map<String, Value> = V::NEEDED.iter().map(given).collect();
        schema.insert("title".to_owned(), V::NAME.into());
        if !V::NEEDED.is_empty() {
            schema.insert("type".to_owned(), "object".into());
            schema.insert("properties".to_owned(), properties.into());
            schema.insert("required".to_owned(), V::NEEDED.into());
        }
        schema
    }
}

impl<T: JsonSchema> JsonSchema for Object<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests;
