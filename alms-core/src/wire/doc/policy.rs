use crate::migration::{Cleanup, CompleteRenewal, MonthRounding, Policy};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Text};
use crate::wire::object::Object;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// The settings of a migration; absent ones have the rulebook's default.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Policy"))]
pub(in crate::wire) struct PolicyDoc<'a> {
    /// What becomes of a part of a month (MIG-10); default `down`.
    #[serde(borrow)]
    month_rounding: Option<Choice<'a, MonthRounding>>,
    /// The end date of AirLink Complete (MIG-11); default `support_date`.
    #[serde(borrow)]
    complete_renewal: Option<CompleteRenewalDoc<'a>>,
    /// Valid support or clean-up first (MIG-12); default `protect_paid`.
    #[serde(borrow)]
    cleanup: Option<Choice<'a, Cleanup>>,
    /// Months without communication that a system survives (MIG-8); default 12.
    #[serde(borrow)]
    inactive_months: Option<Count<'a>>,
}

impl PolicyDoc<'_> {
    pub(in crate::wire) fn read(&self) -> Result<Policy, Error> {
        let default = Policy::default();
        let Self { month_rounding, complete_renewal, cleanup, inactive_months } = self;
        Ok(Policy {
            month_rounding: month_rounding
                .as_ref()
                .map_or(Ok(default.month_rounding), Choice::read)
                .at("month_rounding")?,
            complete_renewal: complete_renewal
                .as_ref()
                .map_or(Ok(default.complete_renewal), CompleteRenewalDoc::read)
                .at("complete_renewal")?,
            cleanup: cleanup.as_ref().map_or(Ok(default.cleanup), Choice::read).at("cleanup")?,
            inactive_months: inactive_months
                .as_ref()
                .map_or(Ok(default.inactive_months), |months| {
                    let months = months.read_within(0, i64::from(u32::MAX))?;
                    u32::try_from(months).map_err(Error::invalid_input)
                })
                .at("inactive_months")?,
        })
    }

    /// Every field, as a result repeats the policy it used.
    pub(in crate::wire) fn of(policy: &Policy) -> Self {
        Self {
            month_rounding: Some(policy.month_rounding.into()),
            complete_renewal: Some(CompleteRenewalDoc::of(policy.complete_renewal)),
            cleanup: Some(policy.cleanup.into()),
            inactive_months: Some(policy.inactive_months.into()),
        }
    }
}

/// The policy where a document has one, else the default.
pub(in crate::wire) fn policy(doc: Option<&Object<PolicyDoc<'_>>>) -> Result<Policy, Error> {
    doc.map_or(Ok(Policy::default()), |doc| doc.read()).at("policy")
}

const SUPPORT_DATE: &str = "support_date";

/// `"support_date"` or `{"support_date_plus_years": n}`.
pub(in crate::wire) enum CompleteRenewalDoc<'a> {
    Name(Text<'a>),
    Years(YearsDoc<'a>),
}

/// `{"support_date_plus_years": n}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SupportDatePlusYears"))]
pub(in crate::wire) struct YearsDoc<'a> {
    /// Years added to the support end date, 0 to 65535.
    #[serde(borrow)]
    support_date_plus_years: Count<'a>,
}

impl CompleteRenewalDoc<'_> {
    fn read(&self) -> Result<CompleteRenewal, Error> {
        match self {
            CompleteRenewalDoc::Name(Text(name)) if name == SUPPORT_DATE => Ok(CompleteRenewal::SupportDate),
            CompleteRenewalDoc::Name(Text(name)) => Err(Error::invalid_input(format!(
                "`{}` is not known; use `support_date` or `{{\"support_date_plus_years\": 1}}`",
                crate::wire::error::shown(name)
            ))),
            CompleteRenewalDoc::Years(YearsDoc { support_date_plus_years: years }) => {
                let years = years.read_within(0, i64::from(u16::MAX)).at("support_date_plus_years")?;
                u16::try_from(years).map(CompleteRenewal::plus_years).map_err(Error::invalid_input)
            }
        }
    }

    fn of(renewal: CompleteRenewal) -> Self {
        match renewal {
            CompleteRenewal::SupportDate => CompleteRenewalDoc::Name(Text(Cow::Borrowed(SUPPORT_DATE))),
            CompleteRenewal::SupportDatePlusYears(years) => {
                CompleteRenewalDoc::Years(YearsDoc { support_date_plus_years: u32::from(years.get()).into() })
            }
        }
    }
}

struct RenewalVisitor;

impl<'de> Visitor<'de> for RenewalVisitor {
    type Value = CompleteRenewalDoc<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`support_date` or an object with `support_date_plus_years`")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(CompleteRenewalDoc::Name(Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(CompleteRenewalDoc::Name(Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        YearsDoc::deserialize(MapAccessDeserializer::new(map)).map(CompleteRenewalDoc::Years)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for CompleteRenewalDoc<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RenewalVisitor)
    }
}

impl Serialize for CompleteRenewalDoc<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CompleteRenewalDoc::Name(name) => name.serialize(serializer),
            CompleteRenewalDoc::Years(years) => years.serialize(serializer),
        }
    }
}
