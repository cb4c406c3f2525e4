use super::{Format, Instance, Kind, Partnership};
use crate::ErrorCode;
use crate::text::{AccountName, Email, Uid};
use crate::unique::first_repetition;

/// What a directory says of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The formal identifier.
    pub uid: Uid,
    /// The company's name.
    pub name: AccountName,
    /// The server that holds the account.
    pub instance: Instance,
    /// Legacy or avc.
    pub format: Format,
    /// What the account is for.
    pub kind: Kind,
    /// Users who may administer the account.
    pub administrators: Vec<Email>,
    /// Users who may not.
    pub users: Vec<Email>,
    /// The account's partners (ACC-11).
    pub partnerships: Vec<Partnership>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement (ACC-6); `None` where nobody knows.
    pub agreement: Option<bool>,
}

impl Listing {
    /// Whether somebody signs in to this account with that e-mail address, as administrator or not.
    pub fn has_user(&self, email: &Email) -> bool {
        self.is_administrator(email) || self.users.iter().any(|user| user.is_same(email))
    }

    /// Whether that e-mail address is an administrator's.
    pub fn is_administrator(&self, email: &Email) -> bool {
        self.administrators.iter().any(|administrator| administrator.is_same(email))
    }

    /// The partnership with that partner.
    pub fn partnership(&self, partner: &Uid) -> Option<&Partnership> {
        self.partnerships.iter().find(|partnership| partnership.partner == *partner)
    }
}

/// All accounts that there are, as far as a host can look them up.
///
/// A host with a database implements this over it; [`AccountList`] is a list in memory. An account that was created
/// and never activated in time ([`Activation`](super::Activation)) does not exist any more.
pub trait Directory {
    /// The account with this UID.
    fn account_with_uid(&self, uid: &Uid) -> Option<Listing>;
    /// The accounts with exactly this name; more than one only where names were not unique once (ACC-3).
    fn accounts_named(&self, name: &AccountName) -> Vec<Listing>;
    /// The accounts that somebody signs in to with this e-mail address; capitals do not matter.
    fn accounts_with_user(&self, email: &Email) -> Vec<Listing>;
}

/// A directory in memory, which looks through its list.
///
/// ```
/// use alms_core::account::{AccountList, Directory};
/// let nobody = AccountList::try_new(vec![])?;
/// assert_eq!(nobody.account_with_uid(&"a1".parse()?), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountList(Vec<Listing>);

/// Two accounts of a directory with the same UID (ACC-1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the UID `{uid}` names two accounts; give every account once")]
pub struct DuplicateAccount {
    /// The position of the second one.
    pub index: usize,
    /// The UID.
    pub uid: Uid,
}

impl DuplicateAccount {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::DuplicateAccount
    }
}

impl AccountList {
    /// Checks that every UID is there once.
    ///
    /// # Errors
    /// [`DuplicateAccount`]: the first repetition.
    pub fn try_new(accounts: Vec<Listing>) -> Result<Self, DuplicateAccount> {
        match first_repetition(accounts.iter().map(|account| &account.uid)) {
            Some((index, uid)) => Err(DuplicateAccount { index, uid: uid.clone() }),
            None => Ok(Self(accounts)),
        }
    }

    /// The accounts in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Listing> {
        self.0.iter()
    }
}

impl Directory for AccountList {
    fn account_with_uid(&self, uid: &Uid) -> Option<Listing> {
        self.iter().find(|account| account.uid == *uid).cloned()
    }

    fn accounts_named(&self, name: &AccountName) -> Vec<Listing> {
        self.iter().filter(|account| account.name == *name).cloned().collect()
    }

    fn accounts_with_user(&self, email: &Email) -> Vec<Listing> {
        self.iter().filter(|account| account.has_user(email)).cloned().collect()
    }
}

/// No account of a ledger or directory has this UID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no account has the UID `{uid}`; correct it, or add the account")]
pub struct UnknownAccount {
    /// The UID.
    pub uid: Uid,
}

impl UnknownAccount {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::UnknownAccount
    }
}
