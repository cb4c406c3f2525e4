use crate::ErrorCode;
use crate::calendar::{Date, DateOutOfRange};
use crate::names::named_enum;

/// How many days a customer has to activate an account that a reseller created for it (ACC-4).
const ACTIVATION_DAYS: u32 = 7;

named_enum! {
    /// How an account stands that a reseller created for a customer (ACC-4).
    pub enum ActivationState {
        /// Created; the customer may still activate it.
        Pending = "pending",
        /// The customer activated it.
        Activated = "activated",
        /// Nobody activated it in time: the account does not come into being.
        Expired = "expired",
    }
}

/// An account that a reseller created for a customer, and its activation (ACC-4).
///
/// ```
/// use alms_core::account::{Activation, ActivationState};
/// let pending = Activation::of("2024-05-01".parse()?)?;
/// assert_eq!(pending.activate_by().to_string(), "2024-05-08");
/// // The seventh day is still in time.
/// assert_eq!(pending.state(pending.activate_by()), ActivationState::Pending);
/// assert_eq!(pending.state("2024-05-09".parse()?), ActivationState::Expired);
/// let activated = pending.activate("2024-05-08".parse()?)?;
/// assert_eq!(activated.state("2025-01-01".parse()?), ActivationState::Activated);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activation {
    created: Date,
    activate_by: Date,
    activated: Option<Date>,
}

/// Why an account cannot be activated, or cannot have been.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActivationError {
    /// The seven days are over (ACC-4).
    #[error(
        "`{on}` is after `{activate_by}`, the last day to activate the account: its creation has expired; \
         create the account again"
    )]
    Expired {
        /// The refused day.
        on: Date,
        /// The last day to activate it.
        activate_by: Date,
    },
    /// It is activated already (ACC-4).
    #[error("the account was activated on `{activated}`; there is nothing left to activate")]
    AlreadyActivated {
        /// When.
        activated: Date,
    },
    /// The day lies before the account's creation (ACC-4).
    #[error("`{on}` is before `{created}`, the day the account was created; correct one of the two")]
    BeforeCreation {
        /// The refused day.
        on: Date,
        /// The day of creation.
        created: Date,
    },
}

impl ActivationError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Expired { .. } => ErrorCode::CreationExpired,
            Self::AlreadyActivated { .. } => ErrorCode::AlreadyActivated,
            Self::BeforeCreation { .. } => ErrorCode::BeforeCreation,
        }
    }
}

impl Activation {
    /// Of an account that was created on this day.
    ///
    /// # Errors
    /// [`DateOutOfRange`]: the seven days would end after 9999-12-31.
    pub fn of(created: Date) -> Result<Self, DateOutOfRange> {
        Ok(Self { created, activate_by: created.add_days(ACTIVATION_DAYS)?, activated: None })
    }

    /// The last day on which the customer may activate the account.
    pub const fn activate_by(self) -> Date {
        self.activate_by
    }

    /// The day on which it was activated.
    pub const fn activated(self) -> Option<Date> {
        self.activated
    }

    /// How the account stands on a day.
    pub fn state(self, on: Date) -> ActivationState {
        if self.activated.is_some_and(|activated| activated <= on) {
            ActivationState::Activated
        } else if on <= self.activate_by {
            ActivationState::Pending
        } else {
            ActivationState::Expired
        }
    }

    /// Days that are left to activate the account; `None` unless it is pending.
    pub fn days_left(self, on: Date) -> Option<i64> {
        (self.state(on) == ActivationState::Pending).then(|| on.days_until(self.activate_by))
    }

    /// The account activated on that day.
    ///
    /// # Errors
    /// [`ActivationError`]: too late, before the creation, or a second time.
    pub fn activate(self, on: Date) -> Result<Self, ActivationError> {
        if let Some(activated) = self.activated {
            return Err(ActivationError::AlreadyActivated { activated });
        }
        self.check_not_before_creation(on)?;
        if on > self.activate_by {
            return Err(ActivationError::Expired { on, activate_by: self.activate_by });
        }
        Ok(Self { activated: Some(on), ..self })
    }

    /// A day to ask about is not before the account's creation.
    ///
    /// # Errors
    /// [`ActivationError::BeforeCreation`].
    pub fn check_not_before_creation(self, on: Date) -> Result<(), ActivationError> {
        if on < self.created {
            return Err(ActivationError::BeforeCreation { on, created: self.created });
        }
        Ok(())
    }
}
