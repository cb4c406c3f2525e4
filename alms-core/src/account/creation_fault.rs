use super::{ChannelKind, Instance, Kind};
use crate::ErrorCode;
use crate::calendar::Date;
use crate::rule::RuleId;
use crate::text::{AccountName, Email, Uid};

/// Why an account cannot be created as asked for.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreationFault {
    /// Another account has the UID (ACC-3).
    #[error("the UID `{uid}` is that of another account; give the account a UID of its own")]
    UidTaken {
        /// The UID.
        uid: Uid,
    },
    /// Another account has the name (ACC-3).
    #[error(
        "the name `{name}` is that of another account; choose another name, or ask for a partnership with it"
    )]
    NameTaken {
        /// The name.
        name: AccountName,
        /// The account that has it.
        account: Uid,
    },
    /// Somebody signs in to another account with the e-mail address (ACC-3).
    #[error("the e-mail `{email}` is used in another account; give one that no account uses")]
    EmailTaken {
        /// The address.
        email: Email,
        /// The account in which it is used.
        account: Uid,
    },
    /// The account has no partner to take its instance from (ACC-1).
    #[error("a `{channel}` names no instance; choose one of `na`, `eu`, `ca`, `au`")]
    InstanceRequired {
        /// The way.
        channel: ChannelKind,
    },
    /// An account that is created through a partner's link takes the partner's instance (ACC-5).
    #[error(
        "the instance `{asked}` is not `{own}`, that of the partner `{partner}` whose link is used; leave `instance` \
         out, or sign up without the link"
    )]
    InstanceMismatch {
        /// What was asked for.
        asked: Instance,
        /// The partner.
        partner: Uid,
        /// The partner's instance.
        own: Instance,
    },
    /// Accounts have not been created as legacy since 2022-01-01 (ACC-2).
    #[error(
        "an account created on `{on}` cannot be `legacy`, as all are avc since 2022-01-01; leave `format` out"
    )]
    FormatNotAvailable {
        /// The day of creation.
        on: Date,
    },
    /// Accounts of this kind do not come into being in this way (ACC-8, ACC-10).
    #[error(
        "an account of kind `{kind}` is not created by `{channel}`; {}", way_in(*.kind)
    )]
    KindNotAvailable {
        /// The kind.
        kind: Kind,
        /// The way.
        channel: ChannelKind,
    },
    /// The partner has no account (ACC-1).
    #[error("no account has the UID `{uid}`; correct it, or add the account to the directory")]
    UnknownPartner {
        /// The UID.
        uid: Uid,
    },
    /// The partner's account is not a reseller's (ACC-4, ACC-5).
    #[error("the account `{uid}` is of kind `{kind}`, not `reseller`; name the partner's reseller account")]
    NotAReseller {
        /// The UID.
        uid: Uid,
        /// What the account is for.
        kind: Kind,
        /// The rule that asks for a reseller.
        rule: RuleId,
    },
    /// The partner has not signed the agreement, so it has no connectivity link (ACC-6).
    #[error(
        "the partner `{uid}` has no connectivity sign-up link without the IOT Solution Sales Agreement; sign up through \
         its `partner_link`"
    )]
    NoSignupLink {
        /// The partner.
        uid: Uid,
    },
    /// The days to activate the account would end after 9999-12-31 (ACC-4).
    #[error("the 7 days from `{on}` end after 9999-12-31; give an earlier date")]
    ActivationOutOfRange {
        /// The day of creation.
        on: Date,
    },
}

impl CreationFault {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UidTaken { .. } => ErrorCode::UidTaken,
            Self::NameTaken { .. } => ErrorCode::NameTaken,
            Self::EmailTaken { .. } => ErrorCode::EmailTaken,
            Self::InstanceRequired { .. } => ErrorCode::InstanceRequired,
            Self::InstanceMismatch { .. } => ErrorCode::InstanceMismatch,
            Self::FormatNotAvailable { .. } => ErrorCode::FormatNotAvailable,
            Self::KindNotAvailable { .. } => ErrorCode::KindNotAvailable,
            Self::UnknownPartner { .. } => ErrorCode::UnknownAccount,
            Self::NotAReseller { .. } => ErrorCode::NotAReseller,
            Self::NoSignupLink { .. } => ErrorCode::NoSignupLink,
            Self::ActivationOutOfRange { .. } => ErrorCode::DateOutOfRange,
        }
    }
}

/// How an account of this kind comes into being.
const fn way_in(kind: Kind) -> &'static str {
    match kind {
        Kind::Reseller => "use the general `sign_up`, or convert a `customer` account by a support ticket",
        Kind::Transition => "have the vendor make it, by the channel `vendor`",
        Kind::FreeTier | Kind::Customer => "create a `customer` account, and convert it by a support ticket",
    }
}

impl CreationFault {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            CreationFault::UidTaken { .. }
            | CreationFault::NameTaken { .. }
            | CreationFault::EmailTaken { .. } => RuleId::Acc3,
            CreationFault::InstanceRequired { .. } | CreationFault::UnknownPartner { .. } => RuleId::Acc1,
            CreationFault::InstanceMismatch { .. } => RuleId::Acc5,
            CreationFault::FormatNotAvailable { .. } => RuleId::Acc2,
            CreationFault::KindNotAvailable { .. } => RuleId::Acc8,
            CreationFault::NotAReseller { rule, .. } => *rule,
            CreationFault::NoSignupLink { .. } => RuleId::Acc6,
            CreationFault::ActivationOutOfRange { .. } => RuleId::Acc4,
        }
    }

    /// The field that it is about, from the request's root.
    pub const fn field(&self) -> &'static str {
        match self {
            CreationFault::UidTaken { .. } => "account.uid",
            CreationFault::NameTaken { .. } => "account.name",
            CreationFault::EmailTaken { .. } => "account.administrator",
            CreationFault::InstanceRequired { .. } | CreationFault::InstanceMismatch { .. } => {
                "account.instance"
            }
            CreationFault::FormatNotAvailable { .. } => "account.format",
            CreationFault::KindNotAvailable { .. } => "account.kind",
            CreationFault::UnknownPartner { .. }
            | CreationFault::NotAReseller { .. }
            | CreationFault::NoSignupLink { .. } => "channel.partner",
            CreationFault::ActivationOutOfRange { .. } => "on",
        }
    }
}
