use super::amendment::Amendment;
use crate::ErrorCode;
use crate::account::Model;
use crate::calendar::{Date, Month};
use crate::money::Discount;
use crate::names::named_enum;
use crate::text::{AccountName, BookingKey, Email, PoNumber, ProductReference, Reason, Serial, Uid};
use crate::tokens::{Packs, Peak, PositiveTokens};

/// Something that happens to token stocks, under the caller's idempotency key (ORD-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The key: the same key with the same content books nothing twice.
    pub key: BookingKey,
    /// The day it was entered.
    pub on: Date,
    /// What happens.
    pub entry: Entry,
}

/// What a booking does.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A purchase order to the vendor: for a customer (delegation, ORD-1) or for the partner's own stock
    /// (wholesale, ORD-2).
    Order {
        /// The purchase order.
        po_number: PoNumber,
        /// Who orders.
        partner: Uid,
        /// How many Service Packs.
        packs: Packs,
        /// For whom; `None` for the partner's own stock.
        customer: Option<Identification>,
        /// The article as the order names it; `None` for the vendor's own number (TOK-1).
        product: Option<ProductReference>,
        /// What is taken off the list price of this order (ORD-8).
        discount: Option<Discount>,
    },
    /// From the partner's stock to a customer (ORD-3).
    Transfer {
        /// The customer's purchase order.
        po_number: PoNumber,
        /// Whose stock gives.
        partner: Uid,
        /// Whose stock takes.
        customer: Uid,
        /// How many Service Packs.
        packs: Packs,
    },
    /// From the partner's stock to a customer, without a purchase order (ORD-5).
    CreditNote {
        /// Whose stock gives.
        partner: Uid,
        /// Whose stock takes.
        customer: Uid,
        /// How many tokens.
        tokens: PositiveTokens,
    },
    /// From a customer back to the partner's stock, without a purchase order (ORD-5).
    DebitNote {
        /// Whose stock takes.
        partner: Uid,
        /// Whose stock gives.
        customer: Uid,
        /// How many tokens.
        tokens: PositiveTokens,
    },
    /// Complimentary tokens from the vendor (ORD-5).
    Grant {
        /// Who gets them.
        account: Uid,
        /// How many tokens.
        tokens: PositiveTokens,
    },
    /// Tokens that the vendor takes back (ORD-5).
    Withdrawal {
        /// Who gives them back.
        account: Uid,
        /// How many tokens.
        tokens: PositiveTokens,
        /// Why.
        reason: Reason,
    },
    /// A system registered for AirLink Complete: one Service Pack, once per system (TOK-7).
    Registration {
        /// Who gets the pack.
        account: Uid,
        /// The system.
        serial: Serial,
        /// Its model.
        model: Model,
    },
    /// A month's use (TOK-2, TOK-3).
    Consumption {
        /// Whose.
        account: Uid,
        /// The month.
        month: Month,
        /// The most systems that were activated at once in it.
        peak: Peak,
    },
    /// Other terms of an order or transfer (ORD-4).
    Edit {
        /// The key of the order or transfer.
        target: BookingKey,
        /// What it should have said.
        amendment: Box<Amendment>,
    },
    /// An order or transfer that should not have been (ORD-4).
    Delete {
        /// The key of the order or transfer.
        target: BookingKey,
    },
}

named_enum! {
    /// The type of a booking.
    #[non_exhaustive]
    pub enum BookingType {
        /// A purchase order: delegation or wholesale (ORD-1, ORD-2).
        Order = "order",
        /// From the partner's stock to a customer (ORD-3).
        Transfer = "transfer",
        /// From partner to customer without a purchase order (ORD-5).
        CreditNote = "credit_note",
        /// From customer to partner without a purchase order (ORD-5).
        DebitNote = "debit_note",
        /// Complimentary tokens from the vendor (ORD-5).
        Grant = "grant",
        /// Tokens that the vendor takes back, with a reason (ORD-5).
        Withdrawal = "withdrawal",
        /// A system's first-year registration (TOK-7).
        Registration = "registration",
        /// A month's use (TOK-2, TOK-3).
        Consumption = "consumption",
        /// Other terms of an order or transfer: any field, within the month of its entry (ORD-4).
        Edit = "edit",
        /// An order or transfer taken back (ORD-4).
        Delete = "delete",
    }
}

impl Booking {
    /// The day from which it counts: a month's use from the month's last day, all else from the day it was
    /// entered (TOK-2).
    pub fn effective(&self) -> Date {
        match self.entry {
            Entry::Consumption { month, .. } => month.last_day(),
            _ => self.on,
        }
    }
}

impl Entry {
    /// Whether it edits or deletes another booking (ORD-4).
    pub const fn is_correction(&self) -> bool {
        matches!(self, Entry::Edit { .. } | Entry::Delete { .. })
    }

    /// Its type.
    pub const fn booking_type(&self) -> BookingType {
        match self {
            Entry::Order { .. } => BookingType::Order,
            Entry::Transfer { .. } => BookingType::Transfer,
            Entry::CreditNote { .. } => BookingType::CreditNote,
            Entry::DebitNote { .. } => BookingType::DebitNote,
            Entry::Grant { .. } => BookingType::Grant,
            Entry::Withdrawal { .. } => BookingType::Withdrawal,
            Entry::Registration { .. } => BookingType::Registration,
            Entry::Consumption { .. } => BookingType::Consumption,
            Entry::Edit { .. } => BookingType::Edit,
            Entry::Delete { .. } => BookingType::Delete,
        }
    }
}

/// How a purchase order names the customer (ORD-1): by company name, UID or both, and by an administrator.
///
/// ```
/// use alms_core::tokens::Identification;
/// let named = Identification::try_new(Some("Acme Buses".parse()?), None, Some("ann@acme.example".parse()?))?;
/// assert!(named.is_some());
/// // Nothing at all is a wholesale order; half of it is an error.
/// assert_eq!(Identification::try_new(None, None, None)?, None);
/// assert!(Identification::try_new(Some("Acme Buses".parse()?), None, None).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification(Box<Named>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    name: Option<AccountName>,
    uid: Option<Uid>,
    administrator: Email,
}

/// Half an identification (ORD-1).
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IncompleteIdentification {
    /// The customer, but no administrator.
    #[error(
        "the order names the customer `{customer}` without its administrator's e-mail; add `customer_admin`, or \
         name no customer for a wholesale order"
    )]
    NoAdministrator {
        /// Name or UID.
        customer: String,
    },
    /// An administrator, but neither name nor UID.
    #[error(
        "the order names the administrator `{administrator}` without the customer; add `customer_name` or \
         `customer_uid`, or name no customer for a wholesale order"
    )]
    NoCustomer {
        /// The administrator.
        administrator: Email,
    },
}

impl IncompleteIdentification {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::IncompleteIdentification
    }
}

impl Identification {
    /// The identification that an order gives; none if it gives nothing.
    ///
    /// # Errors
    /// [`IncompleteIdentification`] for half of one.
    pub fn try_new(
        name: Option<AccountName>,
        uid: Option<Uid>,
        administrator: Option<Email>,
    ) -> Result<Option<Self>, IncompleteIdentification> {
        let customer = name.as_ref().map(AccountName::as_str).or(uid.as_ref().map(Uid::as_str));
        match (customer, administrator) {
            (None, None) => Ok(None),
            (Some(_), Some(administrator)) => Ok(Some(Self(Box::new(Named { name, uid, administrator })))),
            (Some(customer), None) => {
                Err(IncompleteIdentification::NoAdministrator { customer: customer.to_owned() })
            }
            (None, Some(administrator)) => Err(IncompleteIdentification::NoCustomer { administrator }),
        }
    }

    /// The exact company name, if it is named by it.
    pub fn name(&self) -> Option<&AccountName> {
        self.0.name.as_ref()
    }

    /// The UID, if it is named by it.
    pub fn uid(&self) -> Option<&Uid> {
        self.0.uid.as_ref()
    }

    /// The e-mail address of one of its administrators.
    pub fn administrator(&self) -> &Email {
        &self.0.administrator
    }
}
