use super::{Directory, Format, Instance, Kind, Listing};
use crate::names::named_enum;
use crate::text::{AccountName, Email, Profile, Uid};

/// By what an account is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupKey {
    /// The formal identifier.
    Uid(Uid),
    /// The exact name.
    Name(AccountName),
    /// The e-mail address of one of its users.
    Email(Email),
}

named_enum! {
    /// What a lookup comes to.
    pub enum LookupStatus {
        /// There is no such account.
        Unknown = "unknown",
        /// There is one.
        Unique = "unique",
        /// There are several: choose one by its UID.
        Ambiguous = "ambiguous",
    }
}

named_enum! {
    /// How much of an account somebody sees.
    pub enum Sight {
        /// All: the vendor, and everybody of their own account.
        Full = "full",
        /// As a partner: administrators and users, but not the other partners.
        Partner = "partner",
        /// As a stranger: what it takes to recognise the account and to ask for a partnership.
        Stranger = "stranger",
    }
}

/// An account that was found, as far as it is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAccount {
    /// How much is seen of it.
    pub sight: Sight,
    /// The formal identifier.
    pub uid: Uid,
    /// The name.
    pub name: AccountName,
    /// The server that holds it.
    pub instance: Instance,
    /// Legacy or avc.
    pub format: Format,
    /// What it is for.
    pub kind: Kind,
    /// The profile of the partner's users; `None` unless it is a partner.
    pub profile: Option<Profile>,
    /// Administrators; `None` for a stranger.
    pub administrators: Option<Vec<Email>>,
    /// Other users; `None` for a stranger.
    pub users: Option<Vec<Email>>,
    /// The partners; `None` unless all is seen.
    pub partners: Option<Vec<Uid>>,
}

/// The result of a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The accounts that were found, in the order of the directory.
    pub accounts: Vec<SeenAccount>,
}

impl Lookup {
    /// None, one or several.
    pub const fn status(&self) -> LookupStatus {
        match self.accounts.as_slice() {
            [] => LookupStatus::Unknown,
            [_] => LookupStatus::Unique,
            _ => LookupStatus::Ambiguous,
        }
    }
}

/// Looks an account up, and shows what `viewer` may see of it; without a viewer it is the vendor who looks (ACC-1, ACC-11).
///
/// ```
/// # use alms_core::account::{AccountList, Format, Instance, Kind, Listing};
/// use alms_core::account::{LookupKey, LookupStatus, Sight, lookup};
/// # let acme = Listing { uid: "c1".parse()?, name: "Acme Buses".parse()?, instance: Instance::Na, format: Format::Avc,
/// #     kind: Kind::Customer, administrators: vec!["ann@acme.example".parse()?], users: vec![], partnerships: vec![],
/// #     agreement: None };
/// let directory = AccountList::try_new(vec![acme])?;
/// let found = lookup(&LookupKey::Email("ANN@acme.example".parse()?), Some(&"p1".parse()?), &directory);
/// assert_eq!(found.status(), LookupStatus::Unique);
/// // No partner yet: enough to ask for a partnership, no more.
/// assert_eq!((found.accounts[0].sight, &found.accounts[0].administrators), (Sight::Stranger, &None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lookup(key: &LookupKey, viewer: Option<&Uid>, directory: &impl Directory) -> Lookup {
    let found = match key {
        LookupKey::Uid(uid) => directory.account_with_uid(uid).into_iter().collect(),
        LookupKey::Name(name) => directory.accounts_named(name),
        LookupKey::Email(email) => directory.accounts_with_user(email),
    };
    Lookup { accounts: found.into_iter().map(|account| seen(account, viewer)).collect() }
}

fn seen(account: Listing, viewer: Option<&Uid>) -> SeenAccount {
    let profile = viewer.and_then(|viewer| Some(account.partnership(viewer)?.profile.clone()));
    let sight = match viewer {
        Some(viewer) if *viewer != account.uid && profile.is_some() => Sight::Partner,
        Some(viewer) if *viewer != account.uid => Sight::Stranger,
        _ => Sight::Full,
    };
    let knows_people = sight != Sight::Stranger;
    let partners = account.partnerships.into_iter().map(|partnership| partnership.partner).collect();
    SeenAccount {
        sight,
        uid: account.uid,
        name: account.name,
        instance: account.instance,
        format: account.format,
        kind: account.kind,
        profile,
        administrators: knows_people.then_some(account.administrators),
        users: knows_people.then_some(account.users),
        partners: (sight == Sight::Full).then_some(partners),
    }
}
