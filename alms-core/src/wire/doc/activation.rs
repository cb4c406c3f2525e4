use super::account::optional_day;
use crate::account::{Activation, ActivationError, ActivationState};
use crate::calendar::Date;
use crate::rule::RuleId;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day};
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.activation` and `accounts.activate`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ActivationRequest"))]
pub(in crate::wire) struct ActivationRequestDoc<'a> {
    /// The day on which a reseller created the account.
    created: Day<'a>,
    /// The day on which the customer activated it, if it has.
    activated: Option<Day<'a>>,
    /// Today.
    on: Day<'a>,
}

impl ActivationRequestDoc<'_> {
    /// The activation as it is stored, and today.
    pub(in crate::wire) fn read(&self) -> Result<(Activation, Date), Error> {
        let created = self.created.read().at("created")?;
        let activated = optional_day(self.activated.as_ref(), "activated")?;
        let on = self.on.read().at("on")?;
        let pending = Activation::of(created).map_err(|_| {
            let message = format!("the 7 days from `{created}` end after 9999-12-31; give an earlier date");
            Error::new(ErrorCode::DateOutOfRange, message).by_rule(RuleId::Acc4).at("created")
        })?;
        pending.check_not_before_creation(on).at("on")?;
        let activation = match activated {
            Some(activated) => pending.activate(activated).at("activated")?,
            None => pending,
        };
        Ok((activation, on))
    }
}

/// Output of `accounts.activation` and `accounts.activate`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Activation"))]
pub(in crate::wire) struct ActivationDoc<'a> {
    /// How the account stands today.
    state: Choice<'a, ActivationState>,
    /// The last day to activate it.
    activate_by: Day<'a>,
    /// The day on which it was activated; null if it has not been, or not yet.
    activated: Option<Day<'a>>,
    /// Days that are left to activate it; null unless it is pending.
    days_left: Option<Count<'a>>,
}

impl ActivationDoc<'_> {
    pub(in crate::wire) fn of(activation: Activation, on: Date) -> Self {
        let activated = activation.activated().filter(|activated| *activated <= on);
        Self {
            state: activation.state(on).into(),
            activate_by: activation.activate_by().into(),
            activated: activated.map(Day::from),
            days_left: activation.days_left(on).map(Count::from),
        }
    }
}

impl From<ActivationError> for Error {
    fn from(error: ActivationError) -> Self {
        let with = || Error::new(error.code(), error).by_rule(RuleId::Acc4);
        match error {
            ActivationError::Expired { activate_by, .. } => {
                with().with("activate_by", activate_by.to_string())
            }
            ActivationError::AlreadyActivated { activated } => {
                with().with("activated", activated.to_string())
            }
            ActivationError::BeforeCreation { created, .. } => with().with("created", created.to_string()),
        }
    }
}
