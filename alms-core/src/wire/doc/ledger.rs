//! Accounts with token stocks and their bookings, as they are read.

use super::account::{missing, texts};
use crate::account::Kind;
use crate::calendar::Date;
use crate::rule::{RuleId, RuleSet};
use crate::text::BookingKey;
use crate::tokens::{Booking, BookingType, Entry, Holder, Identification, Ledger, LedgerError, Receipt};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Text, YearMonth};
use crate::wire::object::Object;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use std::fmt;

/// An account with a token stock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Holder"))]
pub(in crate::wire) struct HolderDoc<'a> {
    /// The formal identifier, unique in the list.
    #[serde(borrow)]
    uid: Text<'a>,
    /// The company's name.
    #[serde(borrow)]
    name: Text<'a>,
    /// What the account is for; only customers consume tokens.
    #[serde(borrow)]
    kind: Choice<'a, Kind>,
    /// E-mail addresses of the administrators.
    #[serde(borrow)]
    administrators: Option<Vec<Text<'a>>>,
    /// UIDs of the accounts that may order for this one.
    #[serde(borrow)]
    partners: Option<Vec<Text<'a>>>,
    /// The stock before the first booking; 0 where absent.
    #[serde(borrow)]
    opening: Option<Count<'a>>,
}

impl HolderDoc<'_> {
    fn read(&self) -> Result<Holder, Error> {
        let opening = self.opening.as_ref().map(Count::tokens).transpose().at("opening")?;
        Ok(Holder {
            uid: self.uid.read().at("uid")?,
            name: self.name.read().at("name")?,
            kind: self.kind.read().at("kind")?,
            administrators: texts(self.administrators.as_deref(), "administrators")?,
            partners: texts(self.partners.as_deref(), "partners")?,
            opening: opening.unwrap_or_default(),
        })
    }
}

/// A ledger without bookings.
pub(in crate::wire) fn opened(
    accounts: &[Object<HolderDoc<'_>>],
    fired: &mut RuleSet,
) -> Result<Ledger, Error> {
    *fired = fired.with(RuleId::Acc1);
    let read = |(index, doc): (usize, &Object<HolderDoc<'_>>)| doc.read().at_index(index);
    let holders = accounts.iter().enumerate().map(read).collect::<Result<_, _>>();
    holders.and_then(|holders| Ok(Ledger::open(holders)?)).at("accounts")
}

/// A ledger with its bookings, none of which may be refused: it is what a host has stored.
pub(in crate::wire) fn ledger(
    accounts: &[Object<HolderDoc<'_>>],
    bookings: BookingList,
    fired: &mut RuleSet,
) -> Result<Ledger, Error> {
    let mut ledger = opened(accounts, fired)?;
    let bookings = bookings.read().at("bookings")?;
    ledger.reserve(bookings.len());
    for (index, read) in bookings.into_iter().enumerate() {
        read.book(&mut ledger, fired).at_index(index).at("bookings")?;
    }
    Ok(ledger)
}

/// A booking: its key can name a result, and what it does may still be wrong.
pub(in crate::wire) struct ReadBooking {
    pub(in crate::wire) key: BookingKey,
    content: Result<(Date, Entry), Error>,
}

impl ReadBooking {
    /// The booking, unless a value in it is wrong; a key that is known comes first, as in every retry (ORD-7).
    pub(in crate::wire) fn checked(self, ledger: &Ledger) -> Result<Booking, Error> {
        let Self { key, content } = self;
        match content {
            Ok((on, entry)) => Ok(Booking { key, on, entry }),
            Err(_) if ledger.contains(&key) => Err(crate::tokens::Refusal::KeyReused { key }.into()),
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

struct BookingListVisitor;

impl<'de> Visitor<'de> for BookingListVisitor {
    type Value = Result<Vec<ReadBooking>, Error>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of bookings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut bookings = Ok(Vec::new());
        while let Some(Object(doc)) = list.next_element::<Object<BookingDoc<'de>>>()? {
            if let Ok(good) = &mut bookings {
                match doc.read().at_index(good.len()) {
                    Ok(booking) => good.push(booking),
                    Err(error) => bookings = Err(error),
                }
            }
        }
        Ok(bookings)
    }
}

impl<'de> Deserialize<'de> for BookingList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(BookingListVisitor).map(Self)
    }
}

/// A booking with the fields of every type; which of them it may and must have depends on its type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::wire) struct BookingDoc<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    on: Day<'a>,
    #[serde(borrow, rename = "type")]
    booking_type: Choice<'a, BookingType>,
    #[serde(borrow)]
    po_number: Option<Text<'a>>,
    #[serde(borrow)]
    partner: Option<Text<'a>>,
    #[serde(borrow)]
    customer: Option<Text<'a>>,
    #[serde(borrow)]
    customer_name: Option<Text<'a>>,
    #[serde(borrow)]
    customer_uid: Option<Text<'a>>,
    #[serde(borrow)]
    customer_admin: Option<Text<'a>>,
    #[serde(borrow)]
    packs: Option<Count<'a>>,
    #[serde(borrow)]
    tokens: Option<Count<'a>>,
    #[serde(borrow)]
    account: Option<Text<'a>>,
    #[serde(borrow)]
    serial: Option<Text<'a>>,
    #[serde(borrow)]
    model: Option<Text<'a>>,
    #[serde(borrow)]
    month: Option<YearMonth<'a>>,
    #[serde(borrow)]
    peak: Option<Count<'a>>,
    #[serde(borrow)]
    target: Option<Text<'a>>,
}

/// The fields that a type of booking must have and may have.
const fn fields(booking_type: BookingType) -> (&'static [&'static str], &'static [&'static str]) {
    match booking_type {
        BookingType::Order => {
            (&["po_number", "partner", "packs"], &["customer_name", "customer_uid", "customer_admin"])
        }
        BookingType::Transfer => (&["po_number", "partner", "customer", "packs"], &[]),
        BookingType::CreditNote | BookingType::DebitNote => (&["partner", "customer", "tokens"], &[]),
        BookingType::Grant => (&["account", "tokens"], &[]),
        BookingType::Registration => (&["account", "serial", "model"], &[]),
        BookingType::Consumption => (&["account", "month", "peak"], &[]),
        BookingType::Edit => (&["target", "packs"], &[]),
        BookingType::Delete => (&["target"], &[]),
    }
}

impl<'a> BookingDoc<'a> {
    /// The booking; an error if it is none, whereas a wrong value in it waits for its turn.
    pub(in crate::wire) fn read(&self) -> Result<ReadBooking, Error> {
        let key = self.key.read().at("key")?;
        let booking_type = self.booking_type.read().at("type")?;
        self.check_fields(booking_type)?;
        let content = self.on.read().at("on").and_then(|on| Ok((on, self.entry(booking_type)?)));
        Ok(ReadBooking { key, content })
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
        for (name, count) in [("packs", &self.packs), ("tokens", &self.tokens), ("peak", &self.peak)] {
            count.as_ref().map_or(Ok(()), Count::check_whole).at(name)?;
        }
        Ok(())
    }

    /// Which of the fields that depend on the type are there.
    fn given(&self) -> [(&'static str, bool); 14] {
        [
            ("po_number", self.po_number.is_some()),
            ("partner", self.partner.is_some()),
            ("customer", self.customer.is_some()),
            ("customer_name", self.customer_name.is_some()),
            ("customer_uid", self.customer_uid.is_some()),
            ("customer_admin", self.customer_admin.is_some()),
            ("packs", self.packs.is_some()),
            ("tokens", self.tokens.is_some()),
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
            BookingType::Registration => Entry::Registration {
                account: text(&self.account, "account")?,
                serial: text(&self.serial, "serial")?,
                model: text(&self.model, "model")?,
            },
            BookingType::Consumption => Entry::Consumption {
                account: text(&self.account, "account")?,
                month: self.month.as_ref().ok_or_else(|| missing("month"))?.read().at("month")?,
                peak: count(&self.peak, "peak", Count::peak)?,
            },
            BookingType::Edit => Entry::Edit {
                target: text(&self.target, "target")?,
                packs: count(&self.packs, "packs", |packs| packs.packs(RuleId::Ord4))?,
            },
            BookingType::Delete => Entry::Delete { target: text(&self.target, "target")? },
        })
    }

    fn order(&self) -> Result<Entry, Error> {
        let name = self.customer_name.as_ref().map(Text::read).transpose().at("customer_name")?;
        let uid = self.customer_uid.as_ref().map(Text::read).transpose().at("customer_uid")?;
        let admin = self.customer_admin.as_ref().map(Text::read).transpose().at("customer_admin")?;
        let wholesale = name.is_none() && uid.is_none() && admin.is_none();
        let rule = if wholesale { RuleId::Ord2 } else { RuleId::Ord1 };
        Ok(Entry::Order {
            po_number: text(&self.po_number, "po_number")?,
            partner: text(&self.partner, "partner")?,
            packs: count(&self.packs, "packs", |packs| packs.packs(rule))?,
            customer: Identification::try_new(name, uid, admin)?,
        })
    }
}

fn text<T: std::str::FromStr<Err = crate::text::TextError>>(
    field: &Option<Text<'_>>,
    name: &str,
) -> Result<T, Error> {
    field.as_ref().ok_or_else(|| missing(name))?.read().at(name)
}

fn count<'c, 'a: 'c, T>(
    field: &'c Option<Count<'a>>,
    name: &str,
    read: impl FnOnce(&'c Count<'a>) -> Result<T, Error>,
) -> Result<T, Error> {
    match field {
        Some(count) => read(count).at(name),
        None => Err(missing(name)),
    }
}

impl From<crate::tokens::IncompleteIdentification> for Error {
    fn from(error: crate::tokens::IncompleteIdentification) -> Self {
        Self::new(ErrorCode::IncompleteIdentification, error).by_rule(RuleId::Ord1)
    }
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        let LedgerError::DuplicateAccount { index, uid } = &error;
        Error::new(ErrorCode::DuplicateAccount, &error)
            .by_rule(RuleId::Acc1)
            .with("uid", uid.as_str())
            .at("uid")
            .at_index(*index)
    }
}
