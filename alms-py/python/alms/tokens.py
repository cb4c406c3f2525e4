"""The token stock: bookings, orders, forecasts, statements (TOK, ORD)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeAlias

from alms._alms import Account
from alms._enum import Name
from alms._errors import LedgerError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.values import (
    AccountStatus,
    CountRange,
    Discount,
    Fraction,
    Kind,
    Money,
    Month,
)


class UpdateKind(Name):
    """What changed a stock."""

    ORDER = "order"
    """A purchase order for a customer (ORD-1)."""
    WHOLESALE = "wholesale"
    """A purchase order for the partner's own stock (ORD-2)."""
    TRANSFER = "transfer"
    """From the partner's stock to a customer (ORD-3)."""
    CREDIT_NOTE = "credit_note"
    """From partner to customer without a purchase order (ORD-5)."""
    DEBIT_NOTE = "debit_note"
    """From customer to partner without a purchase order (ORD-5)."""
    GRANT = "grant"
    """Complimentary tokens from the vendor (ORD-5)."""
    WITHDRAWAL = "withdrawal"
    """Tokens that the vendor took back (ORD-5)."""
    REGISTRATION = "registration"
    """A system's first-year registration (TOK-7)."""
    CONSUMPTION = "consumption"
    """A month's use (TOK-2); listed only when it is asked for."""


class FindingCode(Name):
    """What a statement points out."""

    OVER_LIMIT = "over_limit"
    """More systems than the kind of account may have (ACC-8)."""
    FEWER_PACKS_THAN_SYSTEMS = "fewer_packs_than_systems"
    """Fewer packs than systems are less than a year (TOK-8)."""


class BookingType(Name):
    """The type of a booking."""

    ORDER = "order"
    """A purchase order: delegation or wholesale (ORD-1, ORD-2)."""
    TRANSFER = "transfer"
    """From the partner's stock to a customer (ORD-3)."""
    CREDIT_NOTE = "credit_note"
    """From partner to customer without a purchase order (ORD-5)."""
    DEBIT_NOTE = "debit_note"
    """From customer to partner without a purchase order (ORD-5)."""
    GRANT = "grant"
    """Complimentary tokens from the vendor (ORD-5)."""
    WITHDRAWAL = "withdrawal"
    """Tokens that the vendor takes back, with a reason (ORD-5)."""
    REGISTRATION = "registration"
    """A system's first-year registration (TOK-7)."""
    CONSUMPTION = "consumption"
    """A month's use (TOK-2, TOK-3)."""
    EDIT = "edit"
    """Other terms of an order or transfer: any field, within the month of its entry (ORD-4)."""
    DELETE = "delete"
    """An order or transfer taken back (ORD-4)."""


class OptionalField(Name):
    """A field that an order may lack, and that an edit may empty (ORD-4)."""

    CUSTOMER_NAME = "customer_name"
    """The customer's exact name."""
    CUSTOMER_UID = "customer_uid"
    """The customer's UID."""
    CUSTOMER_ADMIN = "customer_admin"
    """The e-mail address of one of the customer's administrators."""
    PRODUCT = "product"
    """The article."""
    DISCOUNT = "discount"
    """What is taken off the list price."""


class SuspendedUse(Name):
    """Whether the systems of a suspended account count for the month. The sources do not say."""

    COUNTS = "counts"
    """They stay activated and count."""
    NONE = "none"
    """A month during all of which the account is suspended has a peak of 0."""


class Holder(Value):
    """An account with a token stock."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier, unique in the list."""
    name: str
    """The company's name."""
    kind: Kind
    """What the account is for; only customers consume tokens."""
    administrators: Sequence[str] | None = None
    """E-mail addresses of the administrators."""
    partners: Sequence[str] | None = None
    """UIDs of the accounts that may order for this one."""
    opening: int | None = None
    """The stock before the first booking; 0 where absent."""


class UpdateFilter(Value):
    """Which stock updates are listed; what is absent does not matter."""

    from_: datetime.date | None = None
    """On this day or later; later than twelve months before today where absent."""
    until: datetime.date | None = None
    """On this day or earlier; today where absent."""
    po_number: str | None = None
    """Of this purchase order."""
    packs: CountRange | None = None
    """With so many packs."""
    product: str | None = None
    """Of this article."""
    kinds: Sequence[UpdateKind] | None = None
    """Of these kinds; all but consumption where absent."""


class Party(Value):
    """A side of a posting."""

    party: str
    """`vendor`, `consumption` or `account`."""
    account: str | None
    """The account's UID, if it is one."""


class StockUpdate(Value):
    """A change of a stock as it stood on the day of the list."""

    key: str
    """The booking's key."""
    on: datetime.date
    """The order date; for a month's use the month's last day."""
    kind: UpdateKind
    """What it is."""
    po_number: str | None
    """The purchase order, if there is one."""
    product: str | None
    """The article, if Service Packs were ordered or claimed."""
    packs: int | None
    """How many packs, 0 if the order was deleted; None where packs have no part in it."""
    tokens: int
    """The change of the stock."""
    counterparty: Party
    """Who gave or took the tokens."""
    state: str
    """`booked`, `edited` or `deleted`."""
    discount: Discount | None = None
    """What is taken off the list price; absent if the order says nothing."""
    reason: str | None = None
    """Why the vendor took tokens back; absent in all else."""


class OrderPrice(Value):
    """What an order costs."""

    packs: int
    """How many Service Packs."""
    tokens: int
    """The tokens in them."""
    sku: str
    """Their article number."""
    list: Money
    """Packs × list price."""
    discount: Money
    """What is taken off: `list` − `total`."""
    total: Money
    """What is to be paid."""


class Advice(Value):
    """What comes of `tokens.advice`."""

    predicted_use: int
    """The use of every coming month."""
    months: int
    """The month ends to be covered."""
    until: datetime.date | None
    """The last of them; None without any."""
    tokens_needed: int
    """The tokens that are missing."""
    packs: int
    """The packs to order."""
    balance_at_end: int
    """The stock after the last month end, with these packs."""
    reactivates: bool
    """Whether the account is suspended now and the order brings it back."""
    price: OrderPrice | None
    """What the packs cost; None if there is nothing to order."""


class Finding(Value):
    """Something to look at; no error."""

    code: FindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    message: str
    """A sentence for people."""


class Coverage(Value):
    """What comes of `tokens.coverage`."""

    tokens: int
    """The tokens in the packs."""
    months: Fraction | None
    """Tokens ÷ systems, exact and unreduced; None without systems."""
    whole_months: int | None
    """The whole months in it; None without systems."""
    findings: tuple[Finding, ...]
    """What to look at."""


class MonthEnd(Value):
    """The stock at a month end."""

    date: datetime.date
    """The month's last day."""
    balance: int
    """The stock after that month's use."""


class Forecast(Value):
    """When a stock runs out."""

    predicted_use: int | None
    """The use of every coming month; None if it cannot be predicted."""
    buy_by: datetime.date | None
    """The first month end whose balance would fall below zero; today if it is below zero already; None if it
    never does."""
    months_left: int | None
    """The month ends that the stock still covers; None if it never runs out."""
    month_ends: tuple[MonthEnd, ...]
    """The coming month ends up to and including the one to buy by, at most 120."""
    packs_to_buy: int | None
    """The packs with which the stock covers the months asked for; None if none were asked for or the use is
    unknown."""

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


class JournalLine(Value):
    """A movement of tokens."""

    key: str
    """The booking."""
    on: datetime.date
    """The day it was entered."""
    effective: datetime.date
    """The day from which it counts."""
    type: BookingType
    """What it is."""
    from_: Party
    """Who gives."""
    to: Party
    """Who takes."""
    tokens: int
    """How many."""


class DailyCount(Value):
    """How many systems of an account were active on a day."""

    account: str
    """The account."""
    on: datetime.date
    """The day."""
    active: int
    """The active systems."""


class MonthPeak(Value):
    """A month's peak of an account."""

    account: str
    """The account."""
    month: Month
    """The month."""
    peak: int
    """The most systems that were active on one of the days counted."""
    days_counted: int
    """The days for which there is a count."""
    days_missing: int
    """The days of the month without one."""


class Metered(Value):
    """What comes of `tokens.meter`."""

    peaks: tuple[MonthPeak, ...]
    """A peak per account and month."""
    bookings: tuple[Booking, ...]
    """The consumption of each of these months, as `tokens.replay` books it: on the month's last day, under the key
    `consumption:` and account and month; without those whose key would be too long."""


class BookingResult(Value):
    """What became of a booking."""

    key: str
    """The booking's key."""
    ok: bool
    """Whether it is booked."""
    reactivated: tuple[str, ...] = ()
    """The accounts that it brought back to service; absent if it was refused."""
    error: LedgerError | None = None
    """Why it was refused; absent if it is booked."""


class Effect(Value):
    """What a booking does to an account."""

    account: str
    """The account."""
    change: int
    """The net change of its stock."""
    balance_before: int
    """The stock before."""
    balance_after: int
    """The stock after."""
    status_before: AccountStatus
    """Whether it had service before."""
    status_after: AccountStatus
    """Whether it has service after."""


class Posting(Value):
    """Tokens from one party to another."""

    from_: Party
    """Who gives."""
    to: Party
    """Who takes."""
    tokens: int
    """How many."""


class Preview(Value):
    """What comes of `tokens.preview`."""

    result: BookingResult
    """The result that booking it would give."""
    effects: tuple[Effect, ...]
    """What it does to each account, the customer before the partner, and those that an edit takes it from last; empty
    if it is refused."""
    postings: tuple[Posting, ...]
    """The double entry behind it; empty if it is refused."""


class Balance(Value):
    """How an account stands."""

    uid: str
    """The account."""
    balance: int
    """Its stock."""
    status: AccountStatus
    """Whether it has service."""


class LedgerAccount(Value):
    """An account of a ledger after its last booking, as it goes into the next ledger."""

    uid: str
    """The formal identifier."""
    balance: int
    """Its stock."""
    status: AccountStatus
    """Whether it has service."""
    name: str
    """The company's name."""
    kind: Kind
    """What the account is for."""
    administrators: tuple[str, ...]
    """E-mail addresses of the administrators."""
    partners: tuple[str, ...]
    """UIDs of the accounts that may order for this one."""


class Replayed(Value):
    """What comes of `tokens.replay`."""

    accounts: tuple[LedgerAccount, ...]
    """Every account after the last booking."""
    results: tuple[BookingResult, ...]
    """What became of every booking."""


class AccountReport(Value):
    """A month's figures of an account."""

    uid: str
    """The account."""
    name: str
    """Its name."""
    kind: Kind
    """What it is for."""
    status: AccountStatus
    """Whether it had service at the month's end."""
    month: Month
    """The month."""
    opening: int
    """The stock before."""
    purchased: int
    """Bought from the vendor or, as a customer, from a partner."""
    sold: int
    """Sold on to customers."""
    adjusted: int
    """Credit and debit notes, and what the vendor took back, with their sign."""
    granted: int
    """Complimentary tokens."""
    registered: int
    """First-year registrations."""
    consumed: int
    """Used."""
    closing: int
    """The stock after."""
    peak: int | None
    """The peak that is booked for it, if it is."""


class Flows(Value):
    """What went in and out of a stock."""

    opening: int
    """The stock before."""
    purchased: int
    """Bought from the vendor or, as a customer, from a partner."""
    sold: int
    """Sold on to customers."""
    adjusted: int
    """Credit and debit notes, and what the vendor took back, with their sign."""
    granted: int
    """Complimentary tokens."""
    registered: int
    """First-year registrations."""
    consumed: int
    """Used."""
    closing: int
    """The stock after."""


class Report(Value):
    """What comes of `tokens.report`."""

    month: Month
    """The month."""
    account: AccountReport
    """The account's own figures."""
    customers: tuple[AccountReport, ...]
    """Its customers' figures, if it is a reseller."""
    total: Flows
    """The customers' figures added up."""


class UsageAssumption(Value):
    """A peak that is assumed for an account, from a month on."""

    account: str
    """The account."""
    peak: int
    """The peak of each month."""
    from_: Month | None = None
    """The first month; from the beginning where absent."""


class SimulatedAccount(Value):
    """An account at the end of a simulated month."""

    account: str
    """The account."""
    peak: int | None
    """The month's peak; None if nothing is known about its use, or the month is not over."""
    consumed: int
    """The tokens that the simulation booked for the month, as planned or as expected."""
    balance: int
    """The stock."""
    status: AccountStatus
    """Whether it has service."""


class SimulatedMonth(Value):
    """A month of a simulation."""

    month: Month
    """The month."""
    end: datetime.date
    """Its last day, or the last day of the simulation."""
    accounts: tuple[SimulatedAccount, ...]
    """Every account at its end."""
    suspended: tuple[str, ...]
    """Accounts that were suspended in the course of it, each once."""
    reactivated: tuple[str, ...]
    """Accounts that were reactivated in the course of it, each once."""


class Simulation(Value):
    """What comes of `tokens.simulate`."""

    months: tuple[SimulatedMonth, ...]
    """The months, the last one up to the last day."""
    results: tuple[BookingResult, ...]
    """What became of the planned bookings, in the order of the plan."""
    accounts: tuple[Balance, ...]
    """Every account at the end of the last day."""


class MonthFlows(Value):
    """A month's figures: closing = opening + purchased - sold + adjusted + granted + registered - consumed."""

    month: Month
    """The month."""
    opening: int
    """The stock before."""
    purchased: int
    """Bought from the vendor or, as a customer, from a partner."""
    sold: int
    """Sold on to customers."""
    adjusted: int
    """Credit and debit notes, and what the vendor took back, with their sign."""
    granted: int
    """Complimentary tokens."""
    registered: int
    """First-year registrations."""
    consumed: int
    """Used."""
    closing: int
    """The stock after."""
    peak: int | None
    """The peak that is booked for it, if it is."""


class ThisMonth(Value):
    """The current month."""

    month: Month
    """The month."""
    opening: int
    """The stock before."""
    purchased: int
    """Bought from the vendor or, as a customer, from a partner."""
    sold: int
    """Sold on to customers."""
    adjusted: int
    """Credit and debit notes, and what the vendor took back, with their sign."""
    granted: int
    """Complimentary tokens."""
    registered: int
    """First-year registrations."""
    consumed: int
    """Used."""
    closing: int
    """The stock after."""
    peak: int | None
    """The peak that is booked for it, if it is."""
    previous_peak: int | None
    """The peak of the month before, where known."""
    current_peak: int | None
    """The peak so far, where known."""
    predicted_use: int | None
    """The predicted use; 0 for accounts that consume nothing."""
    expected_end: int | None
    """The stock to be expected at the month's end; None if the use cannot be predicted."""


class Statement(Value):
    """What comes of `tokens.statement`."""

    account: str
    """The account's UID."""
    name: str
    """Its name."""
    kind: Kind
    """What it is for."""
    on: datetime.date
    """The day of the statement."""
    balance: int
    """The stock on that day."""
    status: AccountStatus
    """Whether it has service."""
    month: ThisMonth
    """The current month so far, and what it is expected to come to."""
    forecast: Forecast
    """When the stock runs out."""
    history: tuple[MonthFlows, ...]
    """The past twelve months, the oldest first."""
    updates: tuple[StockUpdate, ...]
    """The stock updates of the past twelve months."""
    reports: tuple[Month, ...]
    """The months for which there is a report."""
    findings: tuple[Finding, ...]
    """What to look at."""

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


class Order(Value):
    """A purchase order: delegation or wholesale (ORD-1, ORD-2)."""

    wire_type: ClassVar[str | None] = "order"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    po_number: str
    """The purchase order."""
    partner: str
    """The partner's UID."""
    packs: int
    """How many Service Packs."""
    customer_admin: str | None = None
    """The e-mail address of one of the customer's administrators."""
    customer_name: str | None = None
    """The customer's exact name."""
    customer_uid: str | None = None
    """The customer's UID."""
    product: str | None = None
    """The article as the order names it; the vendor's number where absent."""
    discount: Discount | None = None
    """What is taken off the list price of the order."""


class Transfer(Value):
    """From the partner's stock to a customer (ORD-3)."""

    wire_type: ClassVar[str | None] = "transfer"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    po_number: str
    """The purchase order."""
    partner: str
    """The partner's UID."""
    customer: str
    """The customer's UID."""
    packs: int
    """How many Service Packs."""


class CreditNote(Value):
    """From partner to customer without a purchase order (ORD-5)."""

    wire_type: ClassVar[str | None] = "credit_note"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    partner: str
    """The partner's UID."""
    customer: str
    """The customer's UID."""
    tokens: int
    """How many tokens."""


class DebitNote(Value):
    """From customer to partner without a purchase order (ORD-5)."""

    wire_type: ClassVar[str | None] = "debit_note"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    partner: str
    """The partner's UID."""
    customer: str
    """The customer's UID."""
    tokens: int
    """How many tokens."""


class Grant(Value):
    """Complimentary tokens from the vendor (ORD-5)."""

    wire_type: ClassVar[str | None] = "grant"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    account: str
    """The account's UID."""
    tokens: int
    """How many tokens."""


class Withdrawal(Value):
    """Tokens that the vendor takes back, with a reason (ORD-5)."""

    wire_type: ClassVar[str | None] = "withdrawal"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    account: str
    """The account's UID."""
    tokens: int
    """How many tokens."""
    reason: str
    """Why the vendor takes them back."""


class Registration(Value):
    """A system's first-year registration (TOK-7)."""

    wire_type: ClassVar[str | None] = "registration"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    account: str
    """The account's UID."""
    serial: str
    """The system."""
    model: str
    """Its model."""


class Consumption(Value):
    """A month's use (TOK-2, TOK-3)."""

    wire_type: ClassVar[str | None] = "consumption"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    account: str
    """The account's UID."""
    month: Month
    """The month."""
    peak: int
    """The most systems that were activated at once."""


class Edit(Value):
    """Other terms of an order or transfer: any field, within the month of its entry (ORD-4)."""

    wire_type: ClassVar[str | None] = "edit"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    target: str
    """The key of an order or transfer of the same month."""
    packs: int | None = None
    """How many Service Packs."""
    po_number: str | None = None
    """The purchase order."""
    partner: str | None = None
    """The partner's UID."""
    customer: str | None = None
    """The customer's UID."""
    customer_admin: str | None = None
    """The e-mail address of one of the customer's administrators."""
    customer_name: str | None = None
    """The customer's exact name."""
    customer_uid: str | None = None
    """The customer's UID."""
    product: str | None = None
    """The article as the order names it; the vendor's number where absent."""
    discount: Discount | None = None
    """What is taken off the list price of the order."""
    clear: Sequence[OptionalField] | None = None
    """The optional fields that are emptied."""


class Delete(Value):
    """An order or transfer taken back (ORD-4)."""

    wire_type: ClassVar[str | None] = "delete"

    key: str
    """The idempotency key."""
    on: datetime.date
    """The day it was entered."""
    target: str
    """The key of an order or transfer of the same month."""


Booking: TypeAlias = (
    Order | Transfer | CreditNote | DebitNote | Grant | Withdrawal | Registration | Consumption | Edit | Delete
)
"""A booking under the caller's idempotency key."""


class Ledger(Value):
    """Accounts and what is booked on them."""

    accounts: Sequence[Holder | Account]
    """The accounts, each UID once."""
    bookings: Sequence[Booking]
    """The bookings in their order."""


@operation("orders.list", take="updates")
def list_updates(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    account: str,
    *,
    on: datetime.date,
    filter: UpdateFilter | Document | None = None,
) -> tuple[StockUpdate, ...]:
    """Lists the stock updates of an account as they stood on a day: orders, transfers, notes, grants, registrations.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        account: Whose list.
        on: Today.
        filter: Which lines; the past twelve months where absent.
    """
    raise Declared


@operation("orders.price")
def price_order(
    packs: int,
    *,
    list_price: Money | Document | None = None,
    discount: Discount | Document | None = None,
) -> OrderPrice:
    """Prices an order of Service Packs: packs x list price - discount, rounded once.

    Args:
        packs: How many Service Packs.
        list_price: The price of a pack; 20.00 USD where absent.
        discount: What is taken off.
    """
    raise Declared


@operation("orders.to_csv", take="csv")
def updates_to_csv(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    account: str,
    *,
    on: datetime.date,
    filter: UpdateFilter | Document | None = None,
) -> str:
    """Lists the stock updates of an account as CSV.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        account: Whose list.
        on: Today.
        filter: Which lines; the past twelve months where absent.
    """
    raise Declared


@operation("tokens.advice")
def advise(
    balance: int,
    *,
    on: datetime.date,
    previous_peak: int | None = None,
    current_peak: int | None = None,
    expected_end: int | None = None,
    status: AccountStatus | None = None,
    months: int | None = None,
    until: datetime.date | None = None,
    list_price: Money | Document | None = None,
    discount: Discount | Document | None = None,
) -> Advice:
    """Says how many Service Packs to buy so that a stock lasts for some months or until a date, and what they cost.

    Args:
        balance: The stock.
        on: Today.
        previous_peak: The peak of the month before, where known.
        current_peak: The peak of the current month so far, where known.
        expected_end: The stock that is expected at the end of this month, as a statement says it; where absent, the
            balance less the predicted use.
        status: Whether the account has service; at a balance of 0 it can be either, and is active where this is
            absent.
        months: The month ends to cover, the current month's included; this or `until`.
        until: The date up to which every month end shall be covered; this or `months`.
        list_price: The price of a pack; 20.00 USD where absent.
        discount: What is taken off.
    """
    raise Declared


@operation("tokens.coverage")
def coverage(packs: int, systems: int) -> Coverage:
    """Says for how many months packs last for a number of systems.

    Args:
        packs: How many Service Packs.
        systems: For how many systems.
    """
    raise Declared


@operation("tokens.forecast")
def forecast(
    balance: int,
    *,
    on: datetime.date,
    previous_peak: int | None = None,
    current_peak: int | None = None,
    expected_end: int | None = None,
    status: AccountStatus | None = None,
    last_months: int | None = None,
) -> Forecast:
    """Forecasts when a stock runs out, and the packs that make it last.

    Args:
        balance: The stock.
        on: Today.
        previous_peak: The peak of the month before, where known.
        current_peak: The peak of the current month so far, where known.
        expected_end: The stock that is expected at the end of this month, as a statement says it; where absent, the
            balance less the predicted use.
        status: Whether the account has service; at a balance of 0 it can be either, and is active where this is
            absent.
        last_months: For how many month ends the packs to buy shall last.
    """
    raise Declared


@operation("tokens.journal", take="entries")
def journal(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
) -> tuple[JournalLine, ...]:
    """Lists every movement of tokens between vendor, accounts and consumption: the double entry behind the bookings.

    Args:
        accounts: The accounts, each UID once.
        bookings: The bookings in their order.
    """
    raise Declared


@operation("tokens.meter")
def meter(counts: Iterable[DailyCount | Document]) -> Metered:
    """Takes daily counts of active systems and gives each month's peak.

    Args:
        counts: Daily counts in any order.
    """
    raise Declared


@operation("tokens.preview")
def preview(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    booking: Booking | Document,
) -> Preview:
    """Says what a booking would do, by the computation that books it.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked already.
        booking: What would be booked.
    """
    raise Declared


@operation("tokens.replay")
def replay(accounts: Iterable[Holder | Account | Document], bookings: Iterable[Booking | Document]) -> Replayed:
    """Books a list of bookings in their order: balances, results, reactivations, refusals.

    Args:
        accounts: The accounts, each UID once.
        bookings: The bookings in their order.
    """
    raise Declared


@operation("tokens.report")
def report(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    account: str,
    *,
    month: Month,
) -> Report:
    """Gives the monthly report of an account, with its customers for a reseller.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        account: Whose report.
        month: Of which month.
    """
    raise Declared


@operation("tokens.simulate")
def simulate(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    *,
    on: datetime.date,
    until: datetime.date,
    usage: Iterable[UsageAssumption | Document] = (),
    planned: Iterable[Booking | Document] = (),
    suspended_use: SuspendedUse | None = None,
) -> Simulation:
    """Simulates month by month what planned bookings and an assumed use do: balances, suspensions, reactivations.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        on: The first day.
        until: The last day.
        usage: The use that is assumed; an account without an assumption uses in each month as much as in the one
            before.
        planned: What is going to be booked.
        suspended_use: Whether suspended accounts use tokens; `counts` where absent.
    """
    raise Declared


@operation("tokens.statement")
def statement(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    account: str,
    *,
    on: datetime.date,
    previous_peak: int | None = None,
    current_peak: int | None = None,
) -> Statement:
    """Gives the statement of an account: stock, this month, forecast, twelve months of use and purchases, stock
    updates.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        account: Whose statement.
        on: Today.
        previous_peak: The peak of the month before; where absent, the one that is booked.
        current_peak: The peak of the current month so far, where known.
    """
    raise Declared
