//! A ledger as it is written: its accounts and bookings in the form in which `tokens.replay` takes them.

use crate::account::Kind;
use crate::tokens::{BookingType, Entry, Holder, Identification, Ledger, Recorded};
use crate::wire::leaf::{Choice, Count, Day, Text, YearMonth};
use serde::Serialize;

/// The accounts and every booking, in their order.
#[derive(Serialize)]
pub(in crate::wire) struct WrittenLedgerDoc<'a> {
    accounts: Vec<WrittenHolderDoc<'a>>,
    bookings: Vec<WrittenBookingDoc<'a>>,
}

#[derive(Serialize)]
struct WrittenHolderDoc<'a> {
    uid: Text<'a>,
    name: Text<'a>,
    kind: Choice<'a, Kind>,
    administrators: Vec<Text<'a>>,
    partners: Vec<Text<'a>>,
    opening: Count<'a>,
}

#[derive(Serialize)]
struct WrittenBookingDoc<'a> {
    key: Text<'a>,
    on: Day<'a>,
    #[serde(rename = "type")]
    booking_type: Choice<'a, BookingType>,
    #[serde(flatten)]
    fields: FieldsDoc<'a>,
}

/// The fields that depend on the type, which stands before them.
#[derive(Serialize)]
#[serde(untagged)]
enum FieldsDoc<'a> {
    Order {
        po_number: Text<'a>,
        partner: Text<'a>,
        packs: Count<'a>,
        #[serde(flatten)]
        customer: Option<IdentificationDoc<'a>>,
    },
    Transfer {
        po_number: Text<'a>,
        partner: Text<'a>,
        customer: Text<'a>,
        packs: Count<'a>,
    },
    Note {
        partner: Text<'a>,
        customer: Text<'a>,
        tokens: Count<'a>,
    },
    Grant {
        account: Text<'a>,
        tokens: Count<'a>,
    },
    Registration {
        account: Text<'a>,
        serial: Text<'a>,
        model: Text<'a>,
    },
    Consumption {
        account: Text<'a>,
        month: YearMonth<'a>,
        peak: Count<'a>,
    },
    Edit {
        target: Text<'a>,
        packs: Count<'a>,
    },
    Delete {
        target: Text<'a>,
    },
}

/// How an order names the customer: by what it was named by, and no more.
#[derive(Serialize)]
struct IdentificationDoc<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_name: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_uid: Option<Text<'a>>,
    customer_admin: Text<'a>,
}

impl<'a> WrittenLedgerDoc<'a> {
    pub(in crate::wire) fn of(ledger: &'a Ledger) -> Self {
        Self {
            accounts: ledger.accounts().map(|account| WrittenHolderDoc::of(account.holder)).collect(),
            bookings: ledger.bookings().map(WrittenBookingDoc::of).collect(),
        }
    }
}

impl<'a> WrittenHolderDoc<'a> {
    fn of(holder: &'a Holder) -> Self {
        Self {
            uid: Text::of(&holder.uid),
            name: Text::of(&holder.name),
            kind: holder.kind.into(),
            administrators: holder.administrators.iter().map(Text::of).collect(),
            partners: holder.partners.iter().map(Text::of).collect(),
            opening: holder.opening.into(),
        }
    }
}

impl<'a> WrittenBookingDoc<'a> {
    fn of(booking: Recorded<'a>) -> Self {
        Self {
            key: Text::of(booking.key),
            on: booking.on.into(),
            booking_type: booking.entry.booking_type().into(),
            fields: FieldsDoc::of(booking.entry),
        }
    }
}

impl<'a> FieldsDoc<'a> {
    fn of(entry: &'a Entry) -> Self {
        match entry {
            Entry::Order { po_number, partner, packs, customer } => Self::Order {
                po_number: Text::of(po_number),
                partner: Text::of(partner),
                packs: packs.get().into(),
                customer: customer.as_ref().map(IdentificationDoc::of),
            },
            Entry::Transfer { po_number, partner, customer, packs } => Self::Transfer {
                po_number: Text::of(po_number),
                partner: Text::of(partner),
                customer: Text::of(customer),
                packs: packs.get().into(),
            },
            Entry::CreditNote { partner, customer, tokens }
            | Entry::DebitNote { partner, customer, tokens } => Self::Note {
                partner: Text::of(partner),
                customer: Text::of(customer),
                tokens: tokens.get().into(),
            },
            Entry::Grant { account, tokens } => {
                Self::Grant { account: Text::of(account), tokens: tokens.get().into() }
            }
            Entry::Registration { account, serial, model } => Self::Registration {
                account: Text::of(account),
                serial: Text::of(serial),
                model: Text::of(model.as_str()),
            },
            Entry::Consumption { account, month, peak } => {
                Self::Consumption { account: Text::of(account), month: (*month).into(), peak: (*peak).into() }
            }
            Entry::Edit { target, packs } => {
                Self::Edit { target: Text::of(target), packs: packs.get().into() }
            }
            Entry::Delete { target } => Self::Delete { target: Text::of(target) },
        }
    }
}

impl<'a> IdentificationDoc<'a> {
    fn of(customer: &'a Identification) -> Self {
        Self {
            customer_name: customer.name().map(Text::of),
            customer_uid: customer.uid().map(Text::of),
            customer_admin: Text::of(customer.administrator()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::wire::{ledger_from_json, ledger_to_json};

    /// A booking of every type, orders with every way to name the customer, in the form that is written.
    const LEDGER: &str = concat!(
        r#"{"accounts":[{"uid":"p1","name":"Partner","kind":"reseller","administrators":[],"partners":[],"opening":24},"#,
        r#"{"uid":"c1","name":"Acme \"Buses\"","kind":"customer","administrators":["ann@acme.example"],"partners":["p1"],"opening":-3}],"#,
        r#""bookings":[{"key":"o1","on":"2023-05-02","type":"order","po_number":"PO 1","partner":"p1","packs":2},"#,
        r#"{"key":"o2","on":"2023-05-02","type":"order","po_number":"PO 2","partner":"p1","packs":1,"customer_name":"Acme \"Buses\"","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"o3","on":"2023-05-02","type":"order","po_number":"PO 3","partner":"p1","packs":1,"customer_uid":"c1","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"o4","on":"2023-05-02","type":"order","po_number":"PO 4","partner":"p1","packs":1,"customer_name":"Acme \"Buses\"","customer_uid":"c1","customer_admin":"ann@acme.example"},"#,
        r#"{"key":"t1","on":"2023-05-03","type":"transfer","po_number":"C 1","partner":"p1","customer":"c1","packs":1},"#,
        r#"{"key":"n1","on":"2023-05-03","type":"credit_note","partner":"p1","customer":"c1","tokens":5},"#,
        r#"{"key":"n2","on":"2023-05-03","type":"debit_note","partner":"p1","customer":"c1","tokens":4},"#,
        r#"{"key":"g1","on":"2023-05-04","type":"grant","account":"c1","tokens":6},"#,
        r#"{"key":"r1","on":"2023-05-04","type":"registration","account":"c1","serial":"LA1","model":"RV55"},"#,
        r#"{"key":"e1","on":"2023-05-05","type":"edit","target":"o1","packs":3},"#,
        r#"{"key":"d1","on":"2023-05-06","type":"delete","target":"t1"},"#,
        r#"{"key":"u1","on":"2023-06-01","type":"consumption","account":"c1","month":"2023-05","peak":7}]}"#,
    );

    #[test]
    fn a_ledger_is_written_as_it_was_read() {
        let ledger = ledger_from_json(LEDGER).unwrap();
        assert_eq!(ledger_to_json(&ledger), LEDGER);
        // p1: 24 + 36 (o1 after e1) - 5 + 4; c1: -3 + 3 x 12 + 5 - 4 + 6 + 12 - 7.
        let balances: Vec<i64> = ledger.accounts().map(|account| account.standing.balance.get()).collect();
        assert_eq!(balances, [59, 45]);
    }

    #[test]
    fn a_ledger_with_a_refused_booking_is_none() {
        let error = ledger_from_json(&LEDGER.replace(r#""target":"t1""#, r#""target":"t2""#)).unwrap_err();
        assert_eq!((error.path(), error.code()), ("bookings[10].target", "unknown_booking"));
    }
}
