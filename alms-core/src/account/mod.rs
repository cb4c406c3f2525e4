//! Accounts and the systems in them (ACC-1), and how accounts come into being, find each other and become partners.
//!
//! [`create`] makes an account and [`Activation`] says until when its customer has to activate it; [`lookup`] finds
//! accounts in a [`Directory`], which the host supplies; a [`PartnershipCase`] leads a partner to a partnership, and
//! [`commission`] says what the partner has of it; [`link()`] joins a customer's legacy and avc account;
//! [`Account::convert`] makes one of another kind; [`check`] says all that the rules have against an account.

#[cfg(feature = "accounts")]
mod activation;
mod allocation;
mod bulk_column;
mod channel;
#[cfg(feature = "accounts")]
mod check;
#[cfg(feature = "accounts")]
mod commission;
#[cfg(feature = "accounts")]
mod conversion;
#[cfg(feature = "accounts")]
mod creation;
#[cfg(feature = "accounts")]
mod creation_fault;
mod details;
mod directory;
mod facts;
mod instance_move;
mod kind;
#[cfg(feature = "accounts")]
mod link;
#[cfg(feature = "accounts")]
mod lookup;
mod model;
mod partnership;
#[cfg(feature = "accounts")]
mod request;
mod standing;
#[cfg(feature = "accounts")]
mod step_error;
mod support_contact;
mod system;
mod systems;

#[cfg(feature = "accounts")]
pub use activation::{Activation, ActivationError, ActivationState};
pub use allocation::Allocation;
pub use bulk_column::BulkColumn;
pub use channel::{Channel, ChannelKind};
#[cfg(feature = "accounts")]
pub use check::{
    AccountCircumstances, AccountFault, AccountFinding, AccountFindingCode, AccountVerdict, Registration,
    check,
};
#[cfg(feature = "accounts")]
pub use commission::{Commission, PartnerLink, PartneredAccount, commission};
#[cfg(feature = "accounts")]
pub use conversion::{Conversion, ConversionError};
#[cfg(feature = "accounts")]
pub use creation::{AccountRequest, AccountRequestError, Creation, create};
#[cfg(feature = "accounts")]
pub use creation_fault::CreationFault;
pub use details::AccountDetails;
pub use directory::{AccountList, Directory, DuplicateAccount, Listing, UnknownAccount};
pub(crate) use facts::needed;
pub use facts::{AccountFacts, FactsError};
pub use instance_move::{InstanceMove, MoveLoss};
pub use kind::{Format, Instance, Kind, SystemState};
#[cfg(feature = "accounts")]
pub use link::{LinkFault, LinkRequest, LinkedAccounts, link};
#[cfg(feature = "accounts")]
pub use lookup::{Lookup, LookupKey, LookupStatus, SeenAccount, Sight, lookup};
pub use model::{Model, Series};
pub use partnership::{Partnership, SupportTicket};
#[cfg(feature = "accounts")]
pub use request::{Deed, PartnershipCase, RequestState, Step, StepKind};
pub use standing::{ContradictoryStatus, Standing, Status};
#[cfg(feature = "accounts")]
pub use step_error::StepError;
pub use support_contact::SupportContact;
pub use system::System;
pub use systems::{Systems, SystemsError};

use crate::ErrorCode;
use crate::calendar::Date;
use crate::quantity::Tokens;
use crate::text::{AccountName, Email, Text, Uid};

/// What an account consists of (ACC-1); [`Account::try_new`] makes it an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountData {
    /// The formal identifier.
    pub uid: Uid,
    /// The company's name.
    pub name: AccountName,
    /// The server that holds the account.
    pub instance: Instance,
    /// Legacy (token licensed) or avc (a subscription per system).
    pub format: Format,
    /// Customer, reseller, free tier or transition.
    pub kind: Kind,
    /// The day the account was created, where known.
    pub created: Option<Date>,
    /// The stock of a legacy account; an avc account has none.
    pub tokens: Tokens,
    /// Users who may administer the account.
    pub administrators: Vec<Email>,
    /// Users who may not.
    pub users: Vec<Email>,
    /// The partners, and what their users may do (ACC-11: there may be several).
    pub partnerships: Vec<Partnership>,
    /// The class of offers the account may buy.
    pub offer_class: Option<Text>,
    /// The company's branding.
    pub branding: Option<Text>,
    /// What the customer configured, as a host stores it; carried along unread.
    pub configuration: Option<Text>,
    /// The systems, in the host's order.
    pub systems: Systems,
    /// What else is known of it.
    pub details: AccountDetails,
}

impl AccountData {
    /// An account without tokens, users, partners and systems.
    pub fn new(uid: Uid, name: AccountName, instance: Instance, format: Format, kind: Kind) -> Self {
        Self {
            uid,
            name,
            instance,
            format,
            kind,
            created: None,
            tokens: Tokens::ZERO,
            administrators: Vec::new(),
            users: Vec::new(),
            partnerships: Vec::new(),
            offer_class: None,
            branding: None,
            configuration: None,
            systems: Systems::default(),
            details: AccountDetails::default(),
        }
    }
}

/// An account whose data agree with the rules.
///
/// ```
/// use alms_core::account::{Account, AccountData, Format, Instance, Kind, System, SystemState, Systems};
/// use alms_core::tokens::Tokens;
///
/// let system = System::new("LA12345678901011".parse()?, "RV55".parse()?, SystemState::Active);
/// let account = Account::try_new(AccountData {
///     tokens: Tokens::try_new(12)?,
///     systems: Systems::try_new(vec![system])?,
///     ..AccountData::new("a1".parse()?, "Acme Buses".parse()?, Instance::Na, Format::Legacy, Kind::Customer)
/// })?;
/// assert_eq!(account.data().systems.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account(AccountData);

/// Why data do not make an account.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// A legacy account created when all new accounts were avc (ACC-2).
    #[error(
        "the format `legacy` contradicts the creation date `{created}`: accounts created since 2022-01-01 are avc; \
         correct `format` or `created`"
    )]
    FormatNotAvailable {
        /// The creation date.
        created: Date,
    },
}

impl AccountError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::FormatNotAvailable { .. } => ErrorCode::FormatNotAvailable,
        }
    }
}

impl Account {
    /// Checks the data against ACC-2.
    ///
    /// # Errors
    /// [`AccountError::FormatNotAvailable`].
    pub fn try_new(data: AccountData) -> Result<Self, AccountError> {
        match data.created {
            Some(created)
                if data.format == Format::Legacy && Format::of_new_accounts(created) == Format::Avc =>
            {
                Err(AccountError::FormatNotAvailable { created })
            }
            _ => Ok(Self(data)),
        }
    }

    /// The account's data.
    pub const fn data(&self) -> &AccountData {
        &self.0
    }

    /// The UIDs of its partners, in the order of the partnerships.
    pub fn partners(&self) -> impl Iterator<Item = &Uid> {
        self.0.partnerships.iter().map(|partnership| &partnership.partner)
    }

    /// Gives the data back, to change them and make an account again.
    pub fn into_data(self) -> AccountData {
        self.0
    }

    /// The account with another stock.
    pub(crate) fn with_tokens(self, tokens: Tokens) -> Self {
        Self(AccountData { tokens, ..self.0 })
    }

    /// The account in the avc format (MIG-1 ff.): each system with its new state, or without it if that is
    /// `None`; no tokens. Partnerships, users and all else stay (ACC-11).
    pub(crate) fn migrated(&self, states: impl Iterator<Item = Option<SystemState>>) -> Self {
        // Avc is never refused by ACC-2.
        Self(AccountData {
            format: Format::Avc,
            tokens: Tokens::ZERO,
            systems: self.0.systems.with_states(states),
            ..self.0.clone()
        })
    }

    /// The account in the avc format after others were merged in (MIG-18).
    pub(crate) fn merged(
        &self,
        instance: Instance,
        people: (Vec<Email>, Vec<Email>),
        partnerships: Vec<Partnership>,
        systems: Systems,
    ) -> Self {
        let (administrators, users) = people;
        // Avc is never refused by ACC-2.
        Self(AccountData {
            instance,
            format: Format::Avc,
            tokens: Tokens::ZERO,
            administrators,
            users,
            partnerships,
            systems,
            ..self.0.clone()
        })
    }

    /// The account as it would be with another stock and with the systems at these positions having
    /// communicated on the day `on`.
    pub(crate) fn supposing(&self, tokens: Option<Tokens>, reporting: &[usize], on: Date) -> Self {
        Self(AccountData {
            tokens: tokens.unwrap_or(self.0.tokens),
            systems: self.0.systems.reporting(reporting, on),
            ..self.0.clone()
        })
    }
}
