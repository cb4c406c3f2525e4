//! Who may do what.
//!
//! A role alone permits little: what a partner or an administrator may do follows from the account itself, from its
//! partners and its administrators. The README has the same as a table; `tests/callers.rs` asks every route as every role.

use crate::callers::{Caller, Role};
use crate::problem::Problem;
use alms_core::account::{AccountData, Kind};
use alms_core::text::{Email, Uid};
use alms_core::tokens::{Booking, Entry, Holder, Ledger, Receipt};

/// What is done with an account that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// To see the account, or what was planned for it.
    Read,
    /// To see the page of its customers.
    ReadCustomers,
    /// To say which systems it has.
    ReportSystems,
    /// To plan its migration.
    Plan,
    /// To agree to its migration.
    Consent,
    /// To carry its migration out.
    Apply,
}

/// How a caller stands to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// It is a partner, and this is its own account.
    Own,
    /// It is a partner of the account.
    Partner,
    /// It is an administrator of the account.
    Administrator,
    /// It has nothing to do with it.
    Stranger,
}

impl Relation {
    fn of(role: &Role, holder: &Holder) -> Self {
        match role {
            Role::Partner(uid) if *uid == holder.uid => Self::Own,
            Role::Partner(uid) if holder.partners.contains(uid) => Self::Partner,
            Role::Administrator(email) if is_among(email, &holder.administrators) => Self::Administrator,
            _ => Self::Stranger,
        }
    }
}

/// Addresses are compared without case, as the rules of consent do (MIG-1).
fn is_among(email: &Email, administrators: &[Email]) -> bool {
    let is_same = |other: &Email| other.as_str().to_lowercase() == email.as_str().to_lowercase();
    administrators.iter().any(is_same)
}

/// Whether a caller may do this with the account; `None` is an account that is not there.
fn may(role: &Role, deed: Deed, holder: Option<&Holder>) -> bool {
    let relation = holder.map_or(Relation::Stranger, |holder| Relation::of(role, holder));
    match (role, deed) {
        (Role::Anyone, _) => true,
        // The customer agrees, and nobody for it.
        (_, Deed::Consent) => relation == Relation::Administrator,
        (Role::Vendor(_) | Role::Support(_), _) => true,
        (_, Deed::Read | Deed::Plan) => relation != Relation::Stranger,
        (_, Deed::ReadCustomers) => matches!(relation, Relation::Own | Relation::Administrator),
        (_, Deed::ReportSystems | Deed::Apply) => false,
    }
}

impl Caller {
    /// Refuses what the caller may not do with the account of this UID.
    ///
    /// An account that is not there is refused in the same words as another one's: nobody learns which UIDs there are.
    pub(crate) fn require(&self, deed: Deed, uid: &str, ledger: &Ledger) -> Result<(), Problem> {
        let holder = holder(uid, ledger);
        if may(self.role(), deed, holder) {
            return Ok(());
        }
        let what = match deed {
            Deed::Read => "see",
            Deed::ReadCustomers => "see the customers of",
            Deed::ReportSystems => "report the systems of",
            Deed::Plan => "plan the migration of",
            Deed::Consent => "agree to the migration of",
            Deed::Apply => "carry out the migration of",
        };
        let message = format!("`{self}` may not {what} the account `{uid}`; ask who may");
        Err(Problem::own("forbidden", "", message))
    }

    /// Refuses a consent in somebody else's name.
    pub(crate) fn require_name(&self, by: &str) -> Result<(), Problem> {
        let Role::Administrator(email) = self.role() else { return Ok(()) };
        if by.to_lowercase() == email.as_str().to_lowercase() {
            return Ok(());
        }
        let shown: String = by.chars().take(60).collect();
        let message = format!("`{self}` may not agree as `{shown}`; write the own e-mail address");
        Err(Problem::own("forbidden", "by", message))
    }

    /// Refuses an account that the caller may not create.
    pub(crate) fn require_creation(&self, account: &AccountData) -> Result<(), Problem> {
        let has_tokens = account.tokens.get() != 0;
        let may = match self.role() {
            Role::Anyone | Role::Vendor(_) => true,
            Role::Support(_) => !has_tokens,
            // A partner creates its customers' accounts (ACC-4), and gives no tokens by doing so.
            Role::Partner(uid) => {
                !has_tokens
                    && matches!(account.kind, Kind::Customer | Kind::FreeTier)
                    && account.partnerships.iter().map(|one| &one.partner).eq([uid])
            }
            Role::Administrator(_) => false,
        };
        if may {
            return Ok(());
        }
        let message = format!(
            "`{self}` may not create this account; support creates accounts without tokens, a partner those of its own \
             customers, without tokens"
        );
        Err(Problem::own("forbidden", "", message))
    }

    /// Refuses a booking that the caller may not enter.
    pub(crate) fn require_booking(&self, booking: &Booking, ledger: &Ledger) -> Result<(), Problem> {
        if self.may_book(&booking.entry, ledger) {
            return Ok(());
        }
        let kind = booking.entry.booking_type();
        let message = format!("`{self}` may not book this `{}`; ask who may", kind.as_str());
        Err(Problem::own("forbidden", "", message))
    }

    /// The same for a preview: support sees what others would book.
    pub(crate) fn require_preview(&self, booking: &Booking, ledger: &Ledger) -> Result<(), Problem> {
        if matches!(self.role(), Role::Support(_)) { Ok(()) } else { self.require_booking(booking, ledger) }
    }

    fn may_book(&self, entry: &Entry, ledger: &Ledger) -> bool {
        match self.role() {
            Role::Anyone | Role::Vendor(_) => true,
            Role::Support(_) => false,
            Role::Partner(own) => match entry {
                // Whose partner it is, is asked by the rules (ORD-9); the customer is named by what only its partners know.
                Entry::Order { partner, .. } => partner == own,
                Entry::Transfer { partner, customer, .. }
                | Entry::CreditNote { partner, customer, .. }
                | Entry::DebitNote { partner, customer, .. } => {
                    partner == own && self.is_related(customer, ledger)
                }
                Entry::Registration { account, .. } => self.is_related(account, ledger),
                Entry::Edit { target, .. } | Entry::Delete { target, .. } => {
                    ledger.entry(target).is_some_and(|entry| partner_of(&entry) == Some(own))
                }
                _ => false,
            },
            Role::Administrator(_) => match entry {
                Entry::Registration { account, .. } => self.is_related(account, ledger),
                _ => false,
            },
        }
    }

    fn is_related(&self, uid: &Uid, ledger: &Ledger) -> bool {
        let account = ledger.account(uid).ok();
        account.is_some_and(|account| Relation::of(self.role(), account.holder) != Relation::Stranger)
    }

    /// Whether the caller may see a booking: it may see every account whose stock the booking shows.
    pub(crate) fn may_read(&self, receipt: &Receipt, ledger: &Ledger) -> bool {
        let mut holders = receipt.effects().map(|effect| ledger.holder(effect.account));
        holders.all(|holder| may(self.role(), Deed::Read, holder))
    }

    /// Whether nothing is hidden from the caller.
    pub(crate) fn sees_everything(&self) -> bool {
        matches!(self.role(), Role::Anyone | Role::Vendor(_) | Role::Support(_))
    }
}

/// The partner whose order or transfer it is.
fn partner_of(entry: &Entry) -> Option<&Uid> {
    match entry {
        Entry::Order { partner, .. } | Entry::Transfer { partner, .. } => Some(partner),
        _ => None,
    }
}

fn holder<'l>(uid: &str, ledger: &'l Ledger) -> Option<&'l Holder> {
    let uid: Uid = uid.parse().ok()?;
    Some(ledger.account(&uid).ok()?.holder)
}
