//! A booking as it is read and written: one flat document, and a table of which fields go with which type.

use super::account::missing;
use super::discount::DiscountDoc;
use crate::calendar::Date;
use crate::money::Discount;
use crate::rule::{RuleId, RuleSet};
use crate::text::AtLeast;
use crate::text::BookingKey;
use crate::tokens::{
    Amendment, Booking, BookingType, Entry, Identification, IncompleteIdentification, Ledger, OptionalField,
    Packs, PositiveTokens, Receipt, Refusal,
};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Id, Natural, PackCount, Text, YearMonth};
use crate::wire::object::Object;
use alms_json::Write;
use alms_json::{Fill, Read, Shape, Source, Stop};

/// A booking of the wire form; a rule may refuse it before the ledger is asked, for packs of 0 or half a customer.
pub(in crate::wire) struct ReadBooking {
    pub(in crate::wire) key: BookingKey,
    pub(in crate::wire) on: Date,
    content: Result<Entry, Error>,
}

impl ReadBooking {
    /// The booking, unless a rule refuses it; a key that is known comes first, as in every retry (ORD-7).
    pub(in crate::wire) fn checked(self, ledger: &Ledger) -> Result<Booking, Error> {
        let Self { key, on, content } = self;
        match content {
            Ok(entry) => Ok(Booking { key, on, entry }),
            Err(_) if ledger.contains(&key) => Err(Refusal::KeyReused { key }.into()),
            Err(error) => Err(error),
        }
    }

    pub(in crate::wire) fn book(self, ledger: &mut Ledger, fired: &mut RuleSet) -> Result<Receipt, Error> {
        let booking = self.checked(ledger)?;
        // A correction that another rule refuses was still asked for by this one.
        *fired = fired.with_if(RuleId::Ord4, booking.entry.is_correction());
        let receipt = ledger.book(booking)?;
        *fired = fired.union(receipt.rules());
        Ok(receipt)
    }
}

/// A list of bookings, each of them read as soon as it is there, so that a long list is in memory once.
pub(in crate::wire) struct BookingList(Result<Vec<ReadBooking>, Error>);

impl BookingList {
    /// The bookings in their order; an error says which one is none.
    pub(in crate::wire) fn read(self) -> Result<Vec<ReadBooking>, Error> {
        self.0
    }
}

impl<'a> Fill<'a> for BookingList {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut bookings = ReadBookings(Ok(Vec::new()));
        source.value(Shape {
            expected: "a list of bookings",
            list: Some(&mut bookings),
            ..Shape::default()
        })?;
        self.0 = bookings.0;
        Ok(())
    }
}

impl Read<'_> for BookingList {
    fn empty() -> Self {
        Self(Ok(Vec::new()))
    }
}

/// The bookings that are read so far.
struct ReadBookings(Result<Vec<ReadBooking>, Error>);

impl<'a> Fill<'a> for ReadBookings {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut doc = Object::<BookingDoc<'a>>::empty();
        doc.fill(source)?;
        if let Ok(good) = &mut self.0 {
            match doc.read().at_index(good.len()) {
                Ok(booking) => good.push(booking),
                Err(error) => self.0 = Err(error),
            }
        }
        Ok(())
    }
}

/// A booking with the fields of every type; which of them it may and must have depends on its type.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
pub(in crate::wire) struct BookingDoc<'a> {
    key: Id<'a>,
    on: Day<'a>,
    #[serde(rename = "type")]
    booking_type: Choice<'a, BookingType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    po_number: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partner: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    packs: Option<PackCount<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer_name: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer_uid: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer_admin: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<Object<DiscountDoc<'a>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clear: Option<Vec<Choice<'a, OptionalField>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens: Option<Count<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serial: Option<Id<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    month: Option<YearMonth<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    peak: Option<Natural<'a>>,
}

/// The fields that a type of booking must have and may have.
pub(in crate::wire) const fn fields(
    booking_type: BookingType,
) -> (&'static [&'static str], &'static [&'static str]) {
    match booking_type {
        BookingType::Order => (
            &["po_number", "partner", "packs"],
            &["customer_name", "customer_uid", "customer_admin", "product", "discount"],
        ),
        BookingType::Transfer => (&["po_number", "partner", "customer", "packs"], &[]),
        BookingType::CreditNote | BookingType::DebitNote => (&["partner", "customer", "tokens"], &[]),
        BookingType::Grant => (&["account", "tokens"], &[]),
        BookingType::Withdrawal => (&["account", "tokens", "reason"], &[]),
        BookingType::Registration => (&["account", "serial", "model"], &[]),
        BookingType::Consumption => (&["account", "month", "peak"], &[]),
        BookingType::Edit => (
            &["target"],
            &[
                "po_number",
                "partner",
                "customer",
                "packs",
                "customer_name",
                "customer_uid",
                "customer_admin",
                "product",
                "discount",
                "clear",
            ],
        ),
        BookingType::Delete => (&["target"], &[]),
    }
}

impl<'a> BookingDoc<'a> {
    pub(in crate::wire) fn of(booking: &'a Booking) -> Self {
        let empty = Self::empty(booking);
        let packs = |packs: &Packs| Some(packs.get().into());
        let tokens = |tokens: &PositiveTokens| Some(tokens.get().into());
        match &booking.entry {
            Entry::Order { po_number, partner, packs: ordered, customer, product, discount } => Self {
                po_number: some(po_number),
                partner: some(partner),
                packs: packs(ordered),
                customer_name: customer.as_ref().and_then(|customer| customer.name().map(Text::of)),
                customer_uid: customer.as_ref().and_then(|customer| customer.uid().map(Text::of)),
                customer_admin: customer.as_ref().map(|customer| Text::of(customer.administrator())),
                product: product.as_ref().map(Text::of),
                discount: discount.map(|discount| Object(DiscountDoc::of(discount))),
                ..empty
            },
            Entry::Transfer { po_number, partner, customer, packs: ordered } => Self {
                po_number: some(po_number),
                partner: some(partner),
                customer: some(customer),
                packs: packs(ordered),
                ..empty
            },
            Entry::CreditNote { partner, customer, tokens: noted }
            | Entry::DebitNote { partner, customer, tokens: noted } => {
                Self { partner: some(partner), customer: some(customer), tokens: tokens(noted), ..empty }
            }
            Entry::Grant { account, tokens: granted } => {
                Self { account: some(account), tokens: tokens(granted), ..empty }
            }
            Entry::Withdrawal { account, tokens: withdrawn, reason } => {
                Self { account: some(account), tokens: tokens(withdrawn), reason: some(reason), ..empty }
            }
            Entry::Registration { account, serial, model } => Self {
                account: some(account),
                serial: some(serial),
                model: Some(Text::of(model.as_str())),
                ..empty
            },
            Entry::Consumption { account, month, peak } => Self {
                account: some(account),
                month: Some((*month).into()),
                peak: Some((*peak).into()),
                ..empty
            },
            Entry::Edit { target, amendment } => {
                Self { target: some(target), ..Self::of_amendment(empty, amendment) }
            }
            Entry::Delete { target } => Self { target: some(target), ..empty },
        }
    }

    /// An edit with the fields that it changes.
    fn of_amendment(empty: Self, amendment: &'a Amendment) -> Self {
        let clear = amendment.clear.iter().map(|field| (*field).into()).collect();
        Self {
            po_number: amendment.po_number.as_ref().map(Text::of),
            partner: amendment.partner.as_ref().map(Text::of),
            customer: amendment.customer.as_ref().map(Text::of),
            packs: amendment.packs.map(|packs| packs.get().into()),
            customer_name: amendment.customer_name.as_ref().map(Text::of),
            customer_uid: amendment.customer_uid.as_ref().map(Text::of),
            customer_admin: amendment.customer_admin.as_ref().map(Text::of),
            product: amendment.product.as_ref().map(Text::of),
            discount: amendment.discount.map(|discount| Object(DiscountDoc::of(discount))),
            clear: (!amendment.clear.is_empty()).then_some(clear),
            ..empty
        }
    }

    /// A booking without the fields of its type.
    fn empty(booking: &'a Booking) -> Self {
        Self {
            key: Text::of(&booking.key),
            on: booking.on.into(),
            booking_type: booking.entry.booking_type().into(),
            target: None,
            po_number: None,
            account: None,
            partner: None,
            customer: None,
            packs: None,
            customer_name: None,
            customer_uid: None,
            customer_admin: None,
            product: None,
            discount: None,
            clear: None,
            tokens: None,
            reason: None,
            serial: None,
            model: None,
            month: None,
            peak: None,
        }
    }

    /// The booking; an error if it is none, whereas what a rule refuses waits for its turn.
    pub(in crate::wire) fn read(&self) -> Result<ReadBooking, Error> {
        let key = self.key.read().at("key")?;
        let booking_type = self.booking_type.read().at("type")?;
        self.check_fields(booking_type)?;
        let on = self.on.read().at("on")?;
        match self.entry(booking_type) {
            Err(error) if error.rule().is_none() => Err(error),
            entry => Ok(ReadBooking { key, on, content: entry }),
        }
    }

    fn check_fields(&self, booking_type: BookingType) -> Result<(), Error> {
        let (required, optional) = fields(booking_type);
        for (name, given) in self.given() {
            if given && !required.contains(&name) && !optional.contains(&name) {
                let allowed: Vec<&str> =
                    ["key", "on", "type"].iter().chain(required).chain(optional).copied().collect();
                let message = format!(
                    "the field `{name}` is unknown in a booking of type `{booking_type}`; use {}",
                    crate::names::quoted(&allowed)
                );
                return Err(Error::invalid_input(message).at(name));
            }
            if !given && required.contains(&name) {
                return Err(missing(name));
            }
        }
        Ok(())
    }

    /// Which of the fields that depend on the type are there.
    fn given(&self) -> [(&'static str, bool); 18] {
        [
            ("po_number", self.po_number.is_some()),
            ("partner", self.partner.is_some()),
            ("customer", self.customer.is_some()),
            ("customer_name", self.customer_name.is_some()),
            ("customer_uid", self.customer_uid.is_some()),
            ("customer_admin", self.customer_admin.is_some()),
            ("product", self.product.is_some()),
            ("discount", self.discount.is_some()),
            ("packs", self.packs.is_some()),
            ("clear", self.clear.is_some()),
            ("tokens", self.tokens.is_some()),
            ("reason", self.reason.is_some()),
            ("account", self.account.is_some()),
            ("serial", self.serial.is_some()),
            ("model", self.model.is_some()),
            ("month", self.month.is_some()),
            ("peak", self.peak.is_some()),
            ("target", self.target.is_some()),
        ]
    }

    fn entry(&self, booking_type: BookingType) -> Result<Entry, Error> {
        Ok(match booking_type {
            BookingType::Order => self.order()?,
            BookingType::Transfer => Entry::Transfer {
                po_number: text(&self.po_number, "po_number")?,
                partner: text(&self.partner, "partner")?,
                customer: text(&self.customer, "customer")?,
                packs: count(&self.packs, "packs", |packs| packs.packs(RuleId::Ord3))?,
            },
            BookingType::CreditNote => Entry::CreditNote {
                partner: text(&self.partner, "partner")?,
                customer: text(&self.customer, "customer")?,
                tokens: count(&self.tokens, "tokens", Count::positive_tokens)?,
            },
            BookingType::DebitNote => Entry::DebitNote {
                partner: text(&self.partner, "partner")?,
                customer: text(&self.customer, "customer")?,
                tokens: count(&self.tokens, "tokens", Count::positive_tokens)?,
            },
            BookingType::Grant => Entry::Grant {
                account: text(&self.account, "account")?,
                tokens: count(&self.tokens, "tokens", Count::positive_tokens)?,
            },
            BookingType::Withdrawal => Entry::Withdrawal {
                account: text(&self.account, "account")?,
                tokens: count(&self.tokens, "tokens", Count::positive_tokens)?,
                reason: text(&self.reason, "reason")?,
            },
            BookingType::Registration => Entry::Registration {
                account: text(&self.account, "account")?,
                serial: text(&self.serial, "serial")?,
                model: text(&self.model, "model")?,
            },
            BookingType::Consumption => Entry::Consumption {
                account: text(&self.account, "account")?,
                month: self.month.as_ref().ok_or_else(|| missing("month"))?.read().at("month")?,
                peak: count(&self.peak, "peak", Natural::peak)?,
            },
            BookingType::Edit => {
                Entry::Edit { target: text(&self.target, "target")?, amendment: Box::new(self.amendment()?) }
            }
            BookingType::Delete => Entry::Delete { target: text(&self.target, "target")? },
        })
    }

    fn discount(&self) -> Result<Option<Discount>, Error> {
        self.discount.as_ref().map(|discount| discount.read()).transpose().at("discount")
    }

    /// What an edit changes; one that changes nothing is none.
    fn amendment(&self) -> Result<Amendment, Error> {
        let clear = self.clear.iter().flatten().enumerate();
        let clear = clear.map(|(index, field)| field.read().at_index(index)).collect::<Result<_, _>>();
        let amendment = Amendment {
            po_number: optional(&self.po_number, "po_number")?,
            partner: optional(&self.partner, "partner")?,
            customer: optional(&self.customer, "customer")?,
            customer_name: optional(&self.customer_name, "customer_name")?,
            customer_uid: optional(&self.customer_uid, "customer_uid")?,
            customer_admin: optional(&self.customer_admin, "customer_admin")?,
            product: optional(&self.product, "product")?,
            discount: self.discount()?,
            clear: clear.at("clear")?,
            packs: self.packs.as_ref().map(|packs| packs.packs(RuleId::Ord4)).transpose().at("packs")?,
        };
        if amendment.is_empty() {
            let (_, fields) = fields(BookingType::Edit);
            let message = format!(
                "the edit of `{}` changes nothing; give one of {}",
                self.target.as_ref().map_or("", |target| &target.0),
                crate::names::quoted(fields)
            );
            return Err(Error::invalid_input(message));
        }
        Ok(amendment)
    }

    fn order(&self) -> Result<Entry, Error> {
        let name = optional(&self.customer_name, "customer_name")?;
        let uid = optional(&self.customer_uid, "customer_uid")?;
        let admin = optional(&self.customer_admin, "customer_admin")?;
        let wholesale = name.is_none() && uid.is_none() && admin.is_none();
        let rule = if wholesale { RuleId::Ord2 } else { RuleId::Ord1 };
        let (product, discount) = (optional(&self.product, "product")?, self.discount()?);
        Ok(Entry::Order {
            po_number: text(&self.po_number, "po_number")?,
            partner: text(&self.partner, "partner")?,
            packs: count(&self.packs, "packs", |packs| packs.packs(rule))?,
            customer: Identification::try_new(name, uid, admin)?,
            product,
            discount,
        })
    }
}

fn some<'a, const CHARS_MIN: usize>(
    text: &'a (impl AtLeast<CHARS_MIN> + AsRef<str>),
) -> Option<Text<'a, CHARS_MIN>> {
    Some(Text::of(text))
}

fn text<T, const CHARS_MIN: usize>(field: &Option<Text<'_, CHARS_MIN>>, name: &str) -> Result<T, Error>
where
    T: AtLeast<CHARS_MIN> + std::str::FromStr<Err = crate::text::TextError>,
{
    field.as_ref().ok_or_else(|| missing(name))?.read().at(name)
}

/// The same for a field that may be absent.
fn optional<T, const CHARS_MIN: usize>(
    field: &Option<Text<'_, CHARS_MIN>>,
    name: &str,
) -> Result<Option<T>, Error>
where
    T: AtLeast<CHARS_MIN> + std::str::FromStr<Err = crate::text::TextError>,
{
    field.as_ref().map(Text::read).transpose().at(name)
}

fn count<'c, C, T>(
    field: &'c Option<C>,
    name: &str,
    read: impl FnOnce(&'c C) -> Result<T, Error>,
) -> Result<T, Error> {
    match field {
        Some(count) => read(count).at(name),
        None => Err(missing(name)),
    }
}

impl From<IncompleteIdentification> for Error {
    fn from(error: IncompleteIdentification) -> Self {
        Self::new(error.code(), error).by_rule(RuleId::Ord1)
    }
}
