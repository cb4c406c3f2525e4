//! The schema of a booking: which fields go with which type.

use crate::wire::leaf::{Count, Day, Text, YearMonth};
use schemars::JsonSchema;

/// A booking under the caller's idempotency key.
#[derive(JsonSchema)]
#[schemars(rename = "Booking", tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum BookingSchema {
    /// A purchase order: for a customer who is named by name or UID and by an administrator (ORD-1), or for the
    /// partner's own stock (ORD-2).
    Order {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// The purchase order.
        po_number: Text<'static>,
        /// Who orders.
        partner: Text<'static>,
        /// How many Service Packs.
        packs: Count<'static>,
        /// The customer's exact name.
        customer_name: Option<Text<'static>>,
        /// The customer's UID.
        customer_uid: Option<Text<'static>>,
        /// The e-mail address of one of the customer's administrators.
        customer_admin: Option<Text<'static>>,
    },
    /// From the partner's stock to a customer (ORD-3).
    Transfer {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// The customer's purchase order.
        po_number: Text<'static>,
        /// Whose stock gives.
        partner: Text<'static>,
        /// Whose stock takes.
        customer: Text<'static>,
        /// How many Service Packs.
        packs: Count<'static>,
    },
    /// From the partner's stock to a customer without a purchase order (ORD-5).
    CreditNote {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// Whose stock gives.
        partner: Text<'static>,
        /// Whose stock takes.
        customer: Text<'static>,
        /// How many tokens.
        tokens: Count<'static>,
    },
    /// From a customer back to the partner's stock (ORD-5).
    DebitNote {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// Whose stock takes.
        partner: Text<'static>,
        /// Whose stock gives.
        customer: Text<'static>,
        /// How many tokens.
        tokens: Count<'static>,
    },
    /// Complimentary tokens from the vendor (ORD-5).
    Grant {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// Who gets them.
        account: Text<'static>,
        /// How many tokens.
        tokens: Count<'static>,
    },
    /// A system registered for AirLink Complete (TOK-7).
    Registration {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// Who gets the Service Pack.
        account: Text<'static>,
        /// The system.
        serial: Text<'static>,
        /// Its model.
        model: Text<'static>,
    },
    /// A month's use (TOK-2, TOK-3).
    Consumption {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered, the month's last day or later.
        on: Day<'static>,
        /// Whose use.
        account: Text<'static>,
        /// The month.
        month: YearMonth<'static>,
        /// The most systems that were activated at once.
        peak: Count<'static>,
    },
    /// Another number of packs in an order or transfer of the same month (ORD-4).
    Edit {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// The key of the order or transfer.
        target: Text<'static>,
        /// How many Service Packs it should have been.
        packs: Count<'static>,
    },
    /// An order or transfer of the same month taken back (ORD-4).
    Delete {
        /// The idempotency key.
        key: Text<'static>,
        /// The day it was entered.
        on: Day<'static>,
        /// The key of the order or transfer.
        target: Text<'static>,
    },
}
