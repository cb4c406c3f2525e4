//! The edit of an order or transfer: which fields it changes, and what comes of them (ORD-4).

use super::booking::{Entry, Identification};
use super::error::Refusal;
use crate::money::Discount;
use crate::names::named_enum;
use crate::text::{AccountName, BookingKey, Email, PoNumber, ProductReference, Uid};
use crate::tokens::Packs;
use std::collections::BTreeSet;

/// What an edit changes in an order or transfer; what is `None` stays (ORD-4).
///
/// ```
/// use alms_core::tokens::{Amendment, OptionalField, Packs};
/// let five = Amendment::packs(Packs::try_new(5)?);
/// let to_own_stock = Amendment {
///     clear: [OptionalField::CustomerName, OptionalField::CustomerUid, OptionalField::CustomerAdmin].into(),
///     ..five
/// };
/// assert!(!to_own_stock.is_empty());
/// assert!(Amendment::default().is_empty());
/// # Ok::<(), alms_core::quantity::CountError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amendment {
    /// The purchase order.
    pub po_number: Option<PoNumber>,
    /// Who orders, or whose stock gives.
    pub partner: Option<Uid>,
    /// How many Service Packs.
    pub packs: Option<Packs>,
    /// Whose stock takes; of a transfer.
    pub customer: Option<Uid>,
    /// The customer's exact name; of an order, as the fields that follow.
    pub customer_name: Option<AccountName>,
    /// The customer's UID.
    pub customer_uid: Option<Uid>,
    /// The e-mail address of one of the customer's administrators.
    pub customer_admin: Option<Email>,
    /// The article.
    pub product: Option<ProductReference>,
    /// What is taken off the list price.
    pub discount: Option<Discount>,
    /// The optional fields that are emptied.
    pub clear: BTreeSet<OptionalField>,
}

named_enum! {
    /// A field that an order may lack, and that an edit may empty (ORD-4).
    pub enum OptionalField {
        /// The customer's exact name.
        CustomerName = "customer_name",
        /// The customer's UID.
        CustomerUid = "customer_uid",
        /// The e-mail address of one of the customer's administrators.
        CustomerAdmin = "customer_admin",
        /// The article.
        Product = "product",
        /// What is taken off the list price.
        Discount = "discount",
    }
}

/// The fields of a transfer.
const TRANSFER: &[&str] = &["po_number", "partner", "customer", "packs"];
/// The fields of an order.
const ORDER: &[&str] = &[
    "po_number",
    "partner",
    "packs",
    "customer_name",
    "customer_uid",
    "customer_admin",
    "product",
    "discount",
];

impl Amendment {
    /// Another number of packs.
    pub fn packs(packs: Packs) -> Self {
        Self { packs: Some(packs), ..Self::default() }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.clear.is_empty() && self.given().iter().all(|(_, given)| !given)
    }

    /// Which fields it gives.
    fn given(&self) -> [(&'static str, bool); 9] {
        [
            ("po_number", self.po_number.is_some()),
            ("partner", self.partner.is_some()),
            ("packs", self.packs.is_some()),
            ("customer", self.customer.is_some()),
            ("customer_name", self.customer_name.is_some()),
            ("customer_uid", self.customer_uid.is_some()),
            ("customer_admin", self.customer_admin.is_some()),
            ("product", self.product.is_some()),
            ("discount", self.discount.is_some()),
        ]
    }

    /// What is wrong with it whatever it changes: a field that is given and emptied, a discount outside its limits.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let both = |(name, given): (&'static str, bool)| {
            given && self.clear.iter().any(|field| field.as_str() == name)
        };
        match self.given().into_iter().find(|field| both(*field)) {
            Some((field, _)) => Err(Refusal::GivenAndCleared { field }),
            None => Ok(self.discount.map_or(Ok(()), Discount::check)?),
        }
    }

    /// The order or transfer `entry`, booked under the key `target`, with these changes.
    ///
    /// # Errors
    /// A field that it does not have, or half an identification of the customer (ORD-1).
    pub(super) fn applied(&self, entry: Entry, target: &BookingKey) -> Result<Entry, Refusal> {
        let fields = if matches!(entry, Entry::Order { .. }) { ORDER } else { TRANSFER };
        let kind = entry.booking_type();
        let refused = |field: &'static str, place: &'static str| {
            let target = target.clone();
            Err(Refusal::FieldOfNone { target, kind, field, place, fields })
        };
        for (field, given) in self.given() {
            if given && !fields.contains(&field) {
                return refused(field, field);
            }
        }
        if let Some(field) = self.clear.iter().find(|field| !fields.contains(&field.as_str())) {
            return refused(field.as_str(), "clear");
        }
        match entry {
            Entry::Order { po_number, partner, packs, customer, product, discount } => Ok(Entry::Order {
                po_number: changed(&self.po_number, po_number),
                partner: changed(&self.partner, partner),
                packs: changed(&self.packs, packs),
                customer: self.identified(customer.as_ref())?,
                product: self.optional(&self.product, product, OptionalField::Product),
                discount: self.optional(&self.discount, discount, OptionalField::Discount),
            }),
            Entry::Transfer { po_number, partner, customer, packs } => Ok(Entry::Transfer {
                po_number: changed(&self.po_number, po_number),
                partner: changed(&self.partner, partner),
                customer: changed(&self.customer, customer),
                packs: changed(&self.packs, packs),
            }),
            // Nothing else is edited.
            entry => Ok(entry),
        }
    }

    /// How the order names the customer then.
    fn identified(&self, old: Option<&Identification>) -> Result<Option<Identification>, Refusal> {
        let name = old.and_then(Identification::name).cloned();
        let uid = old.and_then(Identification::uid).cloned();
        let administrator = old.map(|old| old.administrator().clone());
        Ok(Identification::try_new(
            self.optional(&self.customer_name, name, OptionalField::CustomerName),
            self.optional(&self.customer_uid, uid, OptionalField::CustomerUid),
            self.optional(&self.customer_admin, administrator, OptionalField::CustomerAdmin),
        )?)
    }

    fn optional<T: Clone>(&self, new: &Option<T>, old: Option<T>, field: OptionalField) -> Option<T> {
        if self.clear.contains(&field) { None } else { new.clone().or(old) }
    }
}

fn changed<T: Clone>(new: &Option<T>, old: T) -> T {
    new.clone().unwrap_or(old)
}
