//! Numbers that stand in the columns, and what they mean.

use super::super::Outcome;
use super::super::classify::Class;
use crate::account::{Model, SystemState};
use crate::names::named_enum;
use crate::rule::RuleId;

/// The day that is no day: a date that is null. Far outside the library's dates, which go from −25,567 (1900-01-01)
/// to 2,932,896 (9999-12-31).
pub const NO_DAY: i32 = i32::MIN;

/// The state of a row that says none.
pub const NO_STATE: u8 = 255;

/// The outcome of a row with an error.
pub const NO_OUTCOME: u8 = 255;

/// The first of the reasons that are errors; those before it are rules.
const FIRST_ERROR: u8 = 128;

named_enum! {
    /// Why a row of systems has no outcome.
    pub enum RowError {
        /// The row names no account.
        MissingAccount = "missing_account",
        /// The account that the row names is not among the accounts.
        UnknownAccount = "unknown_account",
        /// The row says no state.
        MissingState = "missing_state",
        /// The state is none of those of a system.
        UnknownState = "unknown_state",
        /// A date lies outside 1900-01-01 to 9999-12-31, or the model has more than 256 characters.
        OutOfRange = "out_of_range",
        /// The row is right; its account is not planned.
        AccountNotPlanned = "account_not_planned",
        /// An earlier row of the account has the same serial.
        DuplicateSerial = "duplicate_serial",
    }
}

named_enum! {
    /// Why an account is not planned.
    pub enum AccountError {
        /// At least one of its systems' rows has an error of its own.
        BadRows = "bad_rows",
        /// A computed end date lies after 9999-12-31.
        DateOutOfRange = "date_out_of_range",
        /// An earlier row of accounts has the same key; its systems belong there.
        DuplicateAccount = "duplicate_account",
        /// The key is empty or has more than 256 characters (ACC-1).
        InvalidAccount = "invalid_account",
        /// The row has no key.
        MissingAccount = "missing_account",
        /// Neither the row nor the scenario says a migration date.
        MissingOn = "missing_on",
        /// The row says no tokens.
        MissingTokens = "missing_tokens",
        /// Tokens beyond ±10^15, a migration date outside 1900-01-01 to 9999-12-31, or more than 10 million systems.
        OutOfRange = "out_of_range",
        /// An XR Series router in a legacy account (MIG-17).
        XrInLegacyAccount = "xr_in_legacy_account",
    }
}

/// Why a row of systems has its outcome, or none: one byte in the column `reason`.
///
/// ```
/// use alms_core::migration::columns::{Reason, RowError};
/// use alms_core::rule::RuleId;
/// assert_eq!(Reason::from_code(0), Some(Reason::Rule(RuleId::Mig3)));
/// assert_eq!(Reason::Error(RowError::UnknownState).code(), 131);
/// assert_eq!(Reason::from_code(77), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The rule that decided.
    Rule(RuleId),
    /// What is wrong.
    Error(RowError),
}

impl Reason {
    /// The rules that decide, each at its code: 0 to 5.
    pub const RULES: [RuleId; 6] = {
        let [maintenance, supported, silent, stale, inventory, remaining] = Class::ALL;
        [
            maintenance.rule(),
            supported.rule(),
            silent.rule(),
            stale.rule(),
            inventory.rule(),
            remaining.rule(),
        ]
    };

    /// What a code means.
    pub fn from_code(code: u8) -> Option<Self> {
        match code.checked_sub(FIRST_ERROR) {
            None => Self::RULES.get(usize::from(code)).copied().map(Self::Rule),
            Some(error) => RowError::ALL.get(usize::from(error)).copied().map(Self::Error),
        }
    }

    /// The code: of a rule that decides 0 to 5, of an error 128 and up. [`NO_OUTCOME`] for a rule that never decides.
    pub fn code(self) -> u8 {
        match self {
            Self::Rule(rule) => {
                let position = Self::RULES.iter().position(|decides| *decides == rule);
                position.and_then(|position| u8::try_from(position).ok()).unwrap_or(NO_OUTCOME)
            }
            Self::Error(error) => error.code(),
        }
    }
}

impl RowError {
    /// Its code in the column `reason`: 128 and its position in [`RowError::ALL`].
    #[inline(always)]
    pub const fn code(self) -> u8 {
        FIRST_ERROR.saturating_add(self as u8)
    }

    /// Whether a code of the column `reason` is an error.
    #[inline(always)]
    pub(super) const fn is_code(code: u8) -> bool {
        code >= FIRST_ERROR
    }
}

impl AccountError {
    /// Its code in the column `error`: 1 and its position in [`AccountError::ALL`]; 0 stands for a planned account.
    pub const fn code(self) -> u8 {
        (self as u8).saturating_add(1)
    }

    /// What a code of the column `error` means; `None` for 0 and for no code at all.
    ///
    /// ```
    /// use alms_core::migration::columns::AccountError;
    /// assert_eq!(AccountError::from_code(0), None);
    /// assert_eq!(AccountError::from_code(AccountError::BadRows.code()), Some(AccountError::BadRows));
    /// ```
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code.checked_sub(1)?)).copied()
    }
}

/// The code of an outcome: its position in [`Outcome::ALL`].
///
/// ```
/// use alms_core::migration::{Outcome, columns::outcome_code};
/// assert_eq!(Outcome::ALL[usize::from(outcome_code(Outcome::AirlinkBasic))], Outcome::AirlinkBasic);
/// ```
#[inline(always)]
pub const fn outcome_code(outcome: Outcome) -> u8 {
    outcome as u8
}

/// The code of a state by its name: the position in [`SystemState::ALL`], [`NO_STATE`] for none, another number for a
/// name that is no state's.
///
/// ```
/// use alms_core::migration::columns::state_code;
/// assert_eq!(["active", "suspended", "inventory", "maintenance"].map(|name| state_code(Some(name))), [0, 1, 2, 3]);
/// assert!(state_code(Some("Active")) > 3);
/// ```
pub fn state_code(name: Option<&str>) -> u8 {
    const UNKNOWN: u8 = 254;
    match name {
        None => NO_STATE,
        Some(name) => name.parse().map_or(UNKNOWN, |state: SystemState| state as u8),
    }
}

named_enum! {
    /// What a row's model means for a migration, as its position in [`ModelCheck::ALL`].
    pub enum ModelCheck {
        /// It may be in a legacy account, or is not known.
        Fits = "fits",
        /// An XR Series router, which cannot (MIG-17).
        Xr = "xr",
        /// No model: the text has more than 256 characters.
        OutOfRange = "out_of_range",
    }
}

/// The code of a model by its name, for the column `models`.
///
/// ```
/// use alms_core::migration::columns::model_code;
/// assert_eq!([None, Some("RV55"), Some("AirLink XR80")].map(model_code), [0, 0, 1]);
/// ```
pub fn model_code(name: Option<&str>) -> u8 {
    let check = match Model::try_new(name.unwrap_or_default()) {
        Err(_) => ModelCheck::OutOfRange,
        Ok(model) if model.is_xr() => ModelCheck::Xr,
        Ok(_) => ModelCheck::Fits,
    };
    check as u8
}
