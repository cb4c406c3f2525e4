use crate::migration::{Cleanup, CompleteRenewal, MonthRounding, Policy};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Natural, Small, Text};
use crate::wire::object::Object;
use alms_json::{Fill, Read, ReadFields as _, Shape, Source, Stop};
use alms_json::{Json, Write};
use std::borrow::Cow;

/// The settings of a migration; absent ones have the rulebook's default.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Policy"))]
pub(in crate::wire) struct PolicyDoc<'a> {
    /// What becomes of a part of a month (MIG-10); default `down`.
    month_rounding: Option<Choice<'a, MonthRounding>>,
    /// The end date of AirLink Complete (MIG-11); default `support_date`.
    complete_renewal: Option<CompleteRenewalDoc<'a>>,
    /// Valid support or clean-up first (MIG-12); default `protect_paid`.
    cleanup: Option<Choice<'a, Cleanup>>,
    /// Months without communication that a system survives (MIG-8); default 12.
    inactive_months: Option<Small<'a>>,
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
                .map_or(Ok(default.inactive_months), Small::small)
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
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SupportDatePlusYears"))]
pub(in crate::wire) struct YearsDoc<'a> {
    /// Years added to the support end date, 0 to 65535.
    support_date_plus_years: Natural<'a, { u16::MAX as i64 }>,
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
                years.small().map(CompleteRenewal::plus_years).at("support_date_plus_years")
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

impl<'a> Fill<'a> for CompleteRenewalDoc<'a> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let (mut name, mut doc) = (None, YearsDoc::empty());
        doc.read_fields(&mut |names, places| {
            source.value(Shape {
                expected: "`support_date` or an object with `support_date_plus_years`",
                text: Some(&mut name),
                object: Some((names, places)),
                ..Shape::default()
            })
        })?;
        *self = name.map_or(Self::Years(doc), |name| Self::Name(Text(name)));
        Ok(())
    }
}

impl<'a> Read<'a> for CompleteRenewalDoc<'a> {
    fn empty() -> Self {
        Self::Name(Text::empty())
    }
}

impl Write for CompleteRenewalDoc<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            CompleteRenewalDoc::Name(name) => name.write(json),
            CompleteRenewalDoc::Years(years) => years.write(json),
        }
    }
}
