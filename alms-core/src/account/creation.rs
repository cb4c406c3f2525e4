use super::{
    Account, AccountData, AccountDetails, AccountFacts, Activation, Channel, ChannelKind, CreationFault,
    Directory, FactsError, Format, Instance, Kind, Listing, Partnership, Systems, needed,
};
use crate::ErrorCode;
use crate::calendar::Date;
use crate::quantity::Tokens;
use crate::rule::{RuleId, RuleSet};
use crate::text::{AccountName, Email, Text, Uid};

/// What is asked for when an account is created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRequest {
    /// The formal identifier, which the host gives.
    pub uid: Uid,
    /// The company's name.
    pub name: AccountName,
    /// The server; `None` for the partner's, which a general sign-up has not.
    pub instance: Option<Instance>,
    /// The format; `None` for that of the day (ACC-2).
    pub format: Option<Format>,
    /// What the account is for.
    pub kind: Kind,
    /// Who administers the account.
    pub administrator: Email,
    /// The class of offers the account may buy.
    pub offer_class: Option<Text>,
    /// The company's branding.
    pub branding: Option<Text>,
}

/// Why an account as somebody describes it cannot be asked for.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountRequestError {
    /// What is known of it is not enough, or contradicts itself.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// An account is created with one administrator.
    #[error(
        "an account is created with one administrator, these are `{count}`; name one, and the others afterwards"
    )]
    SeveralAdministrators {
        /// How many there are.
        count: usize,
    },
}

impl AccountRequestError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Facts(error) => error.code(),
            Self::SeveralAdministrators { .. } => ErrorCode::InvalidInput,
        }
    }
}

impl AccountRequest {
    /// The account that is asked for.
    ///
    /// # Errors
    /// [`AccountRequestError`].
    pub fn of(facts: AccountFacts) -> Result<Self, AccountRequestError> {
        facts.check()?;
        let mut administrators = facts.administrators();
        let count = administrators.len();
        let administrator = match administrators.pop() {
            Some(administrator) if count == 1 => administrator,
            Some(_) => return Err(AccountRequestError::SeveralAdministrators { count }),
            None => return Err(FactsError::Missing { field: "administrator" }.into()),
        };
        Ok(Self {
            uid: needed(facts.uid, "uid")?,
            name: needed(facts.name, "name")?,
            instance: facts.instance,
            format: facts.format,
            kind: facts.kind.unwrap_or(Kind::Customer),
            administrator,
            offer_class: facts.offer_class,
            branding: facts.branding,
        })
    }
}

/// A created account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// The account, without systems.
    pub account: Account,
    /// Its partnership, if there is a partner behind it.
    pub partnership: Option<Partnership>,
    /// The partner of record (ACC-5).
    pub partner_of_record: Option<Uid>,
    /// The activation that the customer owes, if a reseller created the account (ACC-4).
    pub activation: Option<Activation>,
    /// The rules that had a part in it.
    pub rules: RuleSet,
}

/// Creates an account on the day `on` (ACC-2 to ACC-6, ACC-10).
///
/// Either of a partner's sign-up links gives the account the partner's instance and makes it the partner of record. A
/// reseller that creates an account may choose another instance than its own, and is a partner that is not of record.
///
/// # Errors
/// Every [`CreationFault`] there is, in the order of the request's fields.
///
/// ```
/// use alms_core::account::{AccountList, AccountRequest, Channel, CreationFault, Instance, Kind, create};
/// let request = AccountRequest {
///     uid: "c1".parse()?,
///     name: "Acme Buses".parse()?,
///     instance: Some(Instance::Eu),
///     format: None,
///     kind: Kind::Customer,
///     administrator: "ann@acme.example".parse()?,
///     offer_class: None,
///     branding: None,
/// };
/// let on = "2024-05-01".parse()?;
/// let created = create(&request, &Channel::SignUp, on, &AccountList::default()).unwrap();
/// assert_eq!(created.account.data().format.as_str(), "avc");
///
/// // Every fault is reported, not only the first.
/// let nowhere = AccountRequest { instance: None, ..request };
/// let link = Channel::PartnerLink("p1".parse()?);
/// let faults = create(&nowhere, &link, on, &AccountList::default()).unwrap_err();
/// assert!(matches!(faults[..], [CreationFault::UnknownPartner { .. }]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn create(
    request: &AccountRequest,
    channel: &Channel,
    on: Date,
    directory: &impl Directory,
) -> Result<Creation, Vec<CreationFault>> {
    let partner = channel.partner().and_then(|partner| directory.account_with_uid(partner));
    let instance = instance(request.instance, channel, partner.as_ref());
    let format = format(request.format, on);
    let activation = activation(channel, on);
    // In the order of the request's fields.
    let faults: Vec<CreationFault> = [
        uid_taken(&request.uid, directory),
        name_taken(&request.name, directory),
        instance.as_ref().err().cloned(),
        format.as_ref().err().cloned(),
        kind_not_available(request.kind, channel),
        email_taken(&request.administrator, directory),
        no_partner(channel, partner.as_ref()),
        activation.as_ref().err().cloned(),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (instance, format, activation) {
        (Ok(Some(instance)), Ok(format), Ok(activation)) if faults.is_empty() => {
            Ok(created(request, channel, on, (instance, format), activation))
        }
        _ => Err(faults),
    }
}

/// The created account, of which everything has been checked.
fn created(
    request: &AccountRequest,
    channel: &Channel,
    on: Date,
    (instance, format): (Instance, Format),
    activation: Option<Activation>,
) -> Creation {
    let partnership = channel
        .partner()
        .cloned()
        .map(|partner| Partnership { of_record: channel.kind().is_link(), ..Partnership::new(partner) });
    let account = Account(AccountData {
        uid: request.uid.clone(),
        name: request.name.clone(),
        instance,
        format,
        kind: request.kind,
        created: Some(on),
        tokens: Tokens::ZERO,
        administrators: vec![request.administrator.clone()],
        users: Vec::new(),
        partnerships: partnership.iter().cloned().collect(),
        offer_class: request.offer_class.clone(),
        branding: request.branding.clone(),
        configuration: None,
        systems: Systems::default(),
        details: AccountDetails::default(),
    });
    Creation {
        account,
        partnership,
        partner_of_record: channel.partner_of_record().cloned(),
        activation,
        rules: RuleSet::of(&[RuleId::Acc1, RuleId::Acc2, RuleId::Acc3]).union(channel.rules().1),
    }
}

/// ACC-3: the formal identifier is unique.
fn uid_taken(uid: &Uid, directory: &impl Directory) -> Option<CreationFault> {
    directory.account_with_uid(uid).map(|_| CreationFault::UidTaken { uid: uid.clone() })
}

/// ACC-3: so is the name.
fn name_taken(name: &AccountName, directory: &impl Directory) -> Option<CreationFault> {
    let taken = directory.accounts_named(name).into_iter().next();
    taken.map(|account| CreationFault::NameTaken { name: name.clone(), account: account.uid })
}

/// ACC-3: and nobody signs in to two accounts with one e-mail address.
fn email_taken(email: &Email, directory: &impl Directory) -> Option<CreationFault> {
    let taken = directory.accounts_with_user(email).into_iter().next();
    taken.map(|account| CreationFault::EmailTaken { email: email.clone(), account: account.uid })
}

/// The account's instance; `None` while the partner that would give it is not known.
fn instance(
    asked: Option<Instance>,
    channel: &Channel,
    partner: Option<&Listing>,
) -> Result<Option<Instance>, CreationFault> {
    let partners = partner.map(|partner| partner.instance);
    let of_link = channel.partner_of_record().zip(partners);
    match (channel.partner(), of_link, asked) {
        (None, _, None) => Err(CreationFault::InstanceRequired { channel: channel.kind() }),
        (_, Some((partner, own)), Some(asked)) if own != asked => {
            Err(CreationFault::InstanceMismatch { asked, partner: partner.clone(), own })
        }
        (.., asked) => Ok(asked.or(partners)),
    }
}

/// ACC-2: the format of the day, unless an earlier day is asked for.
fn format(asked: Option<Format>, on: Date) -> Result<Format, CreationFault> {
    match asked.unwrap_or(Format::of_new_accounts(on)) {
        Format::Legacy if Format::of_new_accounts(on) == Format::Avc => {
            Err(CreationFault::FormatNotAvailable { on })
        }
        format => Ok(format),
    }
}

/// ACC-10: a trial is a customer's account that is converted, a transition account is made by the vendor, and a
/// reseller's account comes from the vendor or its general sign-up.
fn kind_not_available(kind: Kind, channel: &Channel) -> Option<CreationFault> {
    let available = match kind {
        Kind::Customer => true,
        Kind::Reseller => matches!(channel, Channel::SignUp | Channel::Vendor),
        Kind::Transition => *channel == Channel::Vendor,
        Kind::FreeTier => false,
    };
    (!available).then_some(CreationFault::KindNotAvailable { kind, channel: channel.kind() })
}

/// Whether the channel's partner may be one.
fn no_partner(channel: &Channel, found: Option<&Listing>) -> Option<CreationFault> {
    let (uid, rule) = (channel.partner()?.clone(), channel.rules().0);
    match found {
        None => Some(CreationFault::UnknownPartner { uid }),
        Some(found) if found.kind != Kind::Reseller => {
            Some(CreationFault::NotAReseller { uid, kind: found.kind, rule })
        }
        // ACC-6: the second link exists only under the agreement.
        Some(found) if channel.kind() == ChannelKind::ConnectivityLink && found.agreement == Some(false) => {
            Some(CreationFault::NoSignupLink { uid })
        }
        Some(_) => None,
    }
}

/// ACC-4: whoever did not sign up has to activate the account.
fn activation(channel: &Channel, on: Date) -> Result<Option<Activation>, CreationFault> {
    match channel {
        Channel::Reseller(_) => {
            Activation::of(on).map(Some).map_err(|_| CreationFault::ActivationOutOfRange { on })
        }
        Channel::SignUp | Channel::PartnerLink(_) | Channel::ConnectivityLink(_) | Channel::Vendor => {
            Ok(None)
        }
    }
}
