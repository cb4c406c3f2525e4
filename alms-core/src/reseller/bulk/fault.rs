use crate::ErrorCode;
use crate::account::{BulkColumn, Model, UnknownAccount};
use crate::calendar::Date;
use crate::offers::Exclusion;
use crate::rule::RuleId;
use crate::subscriptions::Unregistrable;
use crate::text::{Serial, Uid};
use crate::xr::Criterion;

/// Something that keeps a row from registering its system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkFault {
    /// The column that shows it; `None` where no cell of the row is to blame.
    pub column: Option<BulkColumn>,
    /// What it is.
    pub cause: BulkCause,
}

/// Why a row cannot register its system, with the way to fix it.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BulkCause {
    /// No target account has this UID (ACC-1).
    #[error(transparent)]
    UnknownAccount(#[from] UnknownAccount),
    /// The system is registered (RES-4).
    #[error("the system `{serial}` is registered in the account `{account}` already; {}", remedy(*.same))]
    AlreadyRegistered {
        /// The system.
        serial: Serial,
        /// The account that has it.
        account: Uid,
        /// Whether that is the account of the row.
        same: bool,
    },
    /// The serial number stands in a row before (RES-4).
    #[error("`{serial}` stands in line {line} already; remove or correct one of the two")]
    DuplicateSerial {
        /// The serial number.
        serial: Serial,
        /// The line of the first row.
        line: u64,
    },
    /// A legacy account takes systems that bring a Service Pack (TOK-7).
    #[error(
        "the model `{0}` brings no Service Pack, by which a `legacy` account registers; only systems of the LX, ES, GX, RV \
         and MP series do"
    )]
    SeriesNotEligible(Model),
    /// No catalogue is in effect, and an avc account registers under an offer (OFF-5).
    #[error("no catalogue of offers is in effect on `{0}`; give a catalogue, or a later day of registration")]
    NoCatalogue(Date),
    /// What keeps a single registration from its account (SUB-1).
    #[error(transparent)]
    Unregistrable(#[from] Unregistrable),
}

impl BulkCause {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownAccount(error) => error.code(),
            Self::AlreadyRegistered { .. } => ErrorCode::AlreadyRegistered,
            Self::DuplicateSerial { .. } => ErrorCode::DuplicateSerial,
            Self::SeriesNotEligible(_) => ErrorCode::SeriesNotEligible,
            Self::NoCatalogue(_) => ErrorCode::NoCatalogue,
            Self::Unregistrable(error) => error.code(),
        }
    }
}

/// What to do about a system that is registered.
const fn remedy(same: bool) -> &'static str {
    if same { "remove the row" } else { "transfer it, or correct the serial number" }
}

impl BulkCause {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            BulkCause::UnknownAccount(_) => RuleId::Acc1,
            BulkCause::AlreadyRegistered { .. } | BulkCause::DuplicateSerial { .. } => RuleId::Res4,
            BulkCause::SeriesNotEligible(_) => RuleId::Tok7,
            BulkCause::NoCatalogue(_) => RuleId::Off5,
            BulkCause::Unregistrable(error) => error.rule(),
        }
    }

    /// The column that shows it.
    const fn column(&self) -> Option<BulkColumn> {
        Some(match self {
            BulkCause::UnknownAccount(_) => BulkColumn::Account,
            BulkCause::AlreadyRegistered { .. } | BulkCause::DuplicateSerial { .. } => BulkColumn::Serial,
            BulkCause::SeriesNotEligible(_) => BulkColumn::Model,
            BulkCause::NoCatalogue(_) => BulkColumn::Account,
            BulkCause::Unregistrable(error) => match error {
                Unregistrable::Xr(Criterion::UnknownSkuRegion) => BulkColumn::SkuRegion,
                Unregistrable::Xr(_) | Unregistrable::LegacyAccount | Unregistrable::OverLimit(_) => {
                    BulkColumn::Account
                }
                Unregistrable::BillingMismatch { .. } => BulkColumn::Billing,
                Unregistrable::NoDefaultOffer { .. } => BulkColumn::Model,
                Unregistrable::UnknownOffer(_)
                | Unregistrable::Excluded(_)
                | Unregistrable::NotAService { .. } => BulkColumn::Offer,
                Unregistrable::AlreadyRegistered { .. } => BulkColumn::Serial,
                Unregistrable::FirstRegisteredAfterRegistration { .. } => BulkColumn::FirstRegistered,
                Unregistrable::InvalidPeriod { .. } | Unregistrable::DateOutOfRange => return None,
            },
        })
    }
}

impl<T: Into<BulkCause>> From<T> for BulkFault {
    fn from(cause: T) -> Self {
        let cause = cause.into();
        Self { column: cause.column(), cause }
    }
}

impl From<Exclusion> for BulkCause {
    fn from(exclusion: Exclusion) -> Self {
        Unregistrable::Excluded(exclusion).into()
    }
}

impl From<Criterion> for BulkCause {
    fn from(criterion: Criterion) -> Self {
        Unregistrable::Xr(criterion).into()
    }
}
