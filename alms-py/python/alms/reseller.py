"""A reseller's view of its customers (RES)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from alms._alms import Account, System
from alms._enum import Name
from alms._errors import ResellerError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.accounts import Partnership
from alms.offers import Catalogue, Product
from alms.subscriptions import Compatibility, EndingSubscription, Subscription
from alms.systems import DateOrder, NoteCount, RowNote
from alms.tokens import Booking, Holder
from alms.values import (
    AccountStatus,
    Backdated,
    BillingModel,
    CountRange,
    DayRange,
    Format,
    Instance,
    Kind,
    LateRenewal,
    Month,
    SkuRegion,
    SystemState,
)


class NotificationFindingCode(Name):
    """What a host should look at when it notifies."""

    NO_ADMINISTRATOR = "no_administrator"
    """The reseller has no administrator and gets no notification; only its managers do, if it has any."""
    UNKNOWN_RESELLER = "unknown_reseller"
    """A customer's partner is not among the resellers."""
    NOBODY_NOTIFIED = "nobody_notified"
    """Systems of the customer come up for renewal, and nobody is told."""
    ALL_ENDED = "all_ended"
    """All systems of the customer ended more than 12 months ago."""


class SubaccountColumn(Name):
    """A column of the grid, to sort by."""

    UID = "uid"
    """The UID."""
    NAME = "name"
    """The name."""
    KIND = "kind"
    """The kind of account."""
    BALANCE = "balance"
    """The stock."""
    STATUS = "status"
    """Active before suspended."""
    ACTIVE_SYSTEMS = "active_systems"
    """The active systems."""
    PREVIOUS_PEAK = "previous_peak"
    """The peak of the month before."""
    CURRENT_PEAK = "current_peak"
    """The peak of the current month so far."""
    PREDICTED_USE = "predicted_use"
    """The predicted use."""
    MONTHS_LEFT = "months_left"
    """The month ends that the stock still covers."""
    BUY_BY = "buy_by"
    """The date to buy by."""


class NotifiedCustomer(Value):
    """A customer's account."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The account."""
    name: str
    """Its name."""
    subscriptions: Sequence[Subscription]
    """Its subscriptions with their histories."""
    partners: Sequence[str] | None = None
    """The UIDs of its partners."""
    administrators: Sequence[str] | None = None
    """Its administrators, who get the notice of what ends; those of nobody where absent."""


class NotifiedReseller(Value):
    """A reseller account."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The account."""
    name: str
    """Its name."""
    administrators: Sequence[str] | None = None
    """Its administrators, who get the notification."""
    channel_business_managers: Sequence[str] | None = None
    """The vendor's channel business managers for it, who get a copy."""


class Attachment(Value):
    """A file to attach."""

    name: str
    """Its name."""
    csv: str
    """Its content; no cell of it is taken for a formula."""


class NotificationFinding(Value):
    """Something that keeps a notification from those who should have it."""

    code: NotificationFindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    reseller: str | None
    """The reseller's UID, where it is one."""
    account: str
    """The customer's UID."""
    message: str
    """A sentence for people."""


class RenewalNotification(Value):
    """What one reseller is told about one account."""

    month: Month
    """The month."""
    reseller: str
    """The reseller's UID."""
    reseller_name: str
    """The reseller's name."""
    account: str
    """The customer's UID."""
    account_name: str
    """The customer's name."""
    to: tuple[str, ...]
    """The reseller's administrators; empty if it has none."""
    cc: tuple[str, ...]
    """The channel business managers who are no administrators."""
    initial_renewal: datetime.date | None
    """The first day to come on which a service ends; None if all have lapsed."""
    systems: tuple[EndingSubscription, ...]
    """The systems that come up for renewal, and those that lapsed at most 12 months ago, the earliest first."""
    attachment: Attachment
    """The file to attach."""


class RenewalNotice(Value):
    """What a customer's own administrators are told (SUB-5)."""

    month: Month
    """The month."""
    account: str
    """The customer's UID."""
    account_name: str
    """The customer's name."""
    to: tuple[str, ...]
    """The customer's administrators."""
    initial_renewal: datetime.date | None
    """The first day on which a service ends."""
    systems: tuple[EndingSubscription, ...]
    """The systems that end within the days, the earliest first; what has lapsed is not notified any more."""
    attachment: Attachment
    """The file to attach."""


class Notifications(Value):
    """What comes of `reseller.notifications`. Nothing is sent: the host sends."""

    messages: tuple[RenewalNotification, ...]
    """One message for each account and reseller, in the order of the customers and of each one's partners."""
    notices: tuple[RenewalNotice, ...]
    """One notice for each account with administrators of which something ends within the days, in the order of the
    customers."""
    findings: tuple[NotificationFinding, ...]
    """What keeps a notification from those who should have it."""
    nothing_due: tuple[str, ...]
    """The customers of which nothing comes up for renewal, and not everything has ended."""


class CustomerColumn(Name):
    """A column of the customers page, to sort by."""

    NAME = "name"
    """The name."""
    UID = "uid"
    """The UID."""
    TOTAL_SYSTEMS = "total_systems"
    """All systems."""
    ACTIVE_SYSTEMS = "active_systems"
    """The active systems."""
    INITIAL_RENEWAL = "initial_renewal"
    """The first renewal."""
    RENEWAL_SYSTEMS = "renewal_systems"
    """The systems that are up for it."""
    OVERDUE_SYSTEMS = "overdue_systems"
    """The systems whose service has ended."""
    WINDOW_1 = "window_1"
    """The systems that end within the first window."""
    WINDOW_2 = "window_2"
    """The systems that end within the second window."""
    WINDOW_3 = "window_3"
    """The systems that end within the third window."""
    PROFILE = "profile"
    """The profile of the reseller's users."""
    LAST_LOGIN = "last_login"
    """The last day on which a user signed in."""
    ADMINISTRATORS = "administrators"
    """How many administrators there are."""


class CustomerSortKey(Value):
    """A column of the customers page to sort by."""

    by: CustomerColumn
    """The column."""
    descending: bool | None = None
    """The greatest first; what is not known comes last either way."""


class SortKey(Value):
    """A column to sort by."""

    by: SubaccountColumn
    """The column."""
    descending: bool | None = None
    """The greatest first; what is not known comes last either way."""


class SubaccountFilter(Value):
    """Which customers are shown; what is absent does not matter."""

    active_systems: CountRange | None = None
    """The active systems."""
    balance: CountRange | None = None
    """The stock."""
    buy_by: DayRange | None = None
    """The date to buy by."""
    name: str | None = None
    """The name contains this text, in capitals or not."""
    status: AccountStatus | None = None
    """Active or suspended."""
    within_days: int | None = None
    """Needs tokens within so many days."""


class SubaccountUsage(Value):
    """What is known of a customer's systems."""

    account: str
    """The account."""
    active_systems: int | None = None
    """How many systems are active now."""
    current_peak: int | None = None
    """The peak of the current month so far."""
    previous_peak: int | None = None
    """The peak of the month before; where absent, the one that is booked."""


class Subaccount(Value):
    """A customer."""

    uid: str
    """The account."""
    name: str
    """Its name."""
    kind: Kind
    """What it is for."""
    administrators: tuple[str, ...]
    """Whom to write to."""
    balance: int
    """The stock."""
    status: AccountStatus
    """Whether it has service."""
    active_systems: int | None
    """How many systems are active, where known."""
    previous_peak: int | None
    """The peak of the month before, where known."""
    current_peak: int | None
    """The peak of the current month so far, where known."""
    predicted_use: int | None
    """The use of the coming months; None if it cannot be predicted."""
    months_left: int | None
    """The month ends that the stock still covers; None if it never runs out."""
    buy_by: datetime.date | None
    """The date to buy by; None if the stock never runs out, or not before the end of the calendar."""


class Subaccounts(Value):
    """What comes of `reseller.subaccounts`."""

    reseller: str
    """The reseller's UID."""
    on: datetime.date
    """The day of the grid."""
    total: int
    """How many customers there are without a filter."""
    rows: tuple[Subaccount, ...]
    """The customers that pass the filter, sorted."""

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


class SystemColumn(Name):
    """A number of the Customers page that counts systems (RES-2)."""

    TOTAL_SYSTEMS = "total_systems"
    """All systems."""
    ACTIVE_SYSTEMS = "active_systems"
    """The active ones."""
    RENEWAL_SYSTEMS = "renewal_systems"
    """Those whose service ends on the day of the first renewal."""
    OVERDUE_SYSTEMS = "overdue_systems"
    """Those whose service has ended, today included: no renewal is to come, one was missed."""
    WINDOW1 = "window_1"
    """Those whose service ends within the first window, 1 to 30 days from today unless a policy says otherwise.
    """
    WINDOW2 = "window_2"
    """Those whose service ends within the second window, 31 to 60 days from today."""
    WINDOW3 = "window_3"
    """Those whose service ends within the third window, 61 to 90 days from today."""


class Customer(Value):
    """A customer."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier."""
    name: str
    """The company's name."""
    systems: Sequence[CustomerSystem]
    """The systems, each serial once."""
    administrators: Sequence[str] | None = None
    """E-mail addresses of the administrators."""
    last_login: datetime.date | None = None
    """The last day on which one of its users signed in, where known."""
    partnerships: Sequence[Partnership] | None = None
    """Its partners."""


class CustomerSystem(Value):
    """A system of a customer."""

    wire_shape: ClassVar[str | None] = "System"

    serial: str
    """The serial number."""
    model: str
    """The model; any text."""
    state: SystemState
    """The life cycle state."""
    end_date: datetime.date | None = None
    """The day on which its service ends; None without one, as in inventory."""


class RenewalWindow(Value):
    """A window: first and last day, counted from today."""

    from_: int
    """The first day."""
    until: int
    """The last day."""


class CustomerSystems(Value):
    """What comes of `reseller.customer_systems`."""

    customer: str
    """The customer's UID."""
    on: datetime.date
    """The day of the page."""
    column: SystemColumn
    """The number."""
    windows: tuple[RenewalWindow, ...]
    """The windows, counted from that day."""
    systems: tuple[CustomerSystem, ...]
    """The systems behind it, in the given order."""


class CustomerFilter(Value):
    """Which customers are shown; what is absent does not matter."""

    active_systems: CountRange | None = None
    """The active systems."""
    initial_renewal: DayRange | None = None
    """The first renewal."""
    last_login: DayRange | None = None
    """The last day on which a user signed in."""
    name: str | None = None
    """The name contains this text, in capitals or not."""
    overdue_systems: CountRange | None = None
    """The systems whose service has ended."""
    administrators: CountRange | None = None
    """How many administrators there are: none is a customer whom no notification reaches."""
    profile: str | None = None
    """The reseller's users have this profile."""
    renewal_systems: CountRange | None = None
    """The systems that are up for the first renewal."""
    total_systems: CountRange | None = None
    """All systems."""
    window_1: CountRange | None = None
    """The systems that end within the first window."""
    window_2: CountRange | None = None
    """The systems that end within the second window."""
    window_3: CountRange | None = None
    """The systems that end within the third window."""


class CustomerRow(Value):
    """A customer on the page."""

    name: str
    """Its name."""
    uid: str
    """The account."""
    total_systems: int
    """All systems."""
    active_systems: int
    """The active ones."""
    initial_renewal: datetime.date | None
    """The first day after today on which the service of a system ends; None if there is none."""
    renewal_systems: int
    """How many systems end on it."""
    overdue_systems: int
    """How many have ended, today included."""
    window_1: int
    """How many end within the first window."""
    window_2: int
    """How many end within the second window."""
    window_3: int
    """How many end within the third window."""
    profile: str
    """The profile of the reseller's users in the customer's account."""
    last_login: datetime.date | None
    """The last day on which a user signed in, where known."""
    administrators: tuple[str, ...]
    """E-mail addresses of the administrators."""


class CustomersPage(Value):
    """What comes of `reseller.customers`."""

    reseller: str
    """The reseller's UID."""
    on: datetime.date
    """The day of the page."""
    windows: tuple[RenewalWindow, ...]
    """The windows, counted from that day."""
    total: int
    """How many customers there are without a filter."""
    rows: tuple[CustomerRow, ...]
    """The customers that pass the filter, sorted."""


class TransferFindingCode(Name):
    """What a host should look at before it transfers."""

    PAID_TERM_LEFT = "paid_term_left"
    """The service is paid until a later day, and what is left of it is not carried over."""


class KnownSystem(Value):
    """A system that is registered."""

    wire_shape: ClassVar[str | None] = "System"

    serial: str
    """The serial number."""
    account: str
    """The UID of its account, which may be another than those of `accounts`."""


class TargetAccount(Value):
    """An account in which systems are to be registered."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier, by which rows name it."""
    format: Format
    """Legacy (tokens) or avc (a subscription per system)."""
    kind: Kind
    """What the account is for."""
    instance: Instance
    """The server that holds the account."""
    billing: BillingModel | None = None
    """How all its subscriptions are billed; `pre_paid` where absent."""
    custom: Sequence[Product] = ()
    """The offers of its own."""
    systems: int | None = None
    """How many systems it has; at least those of `fleet` are counted."""


class AccountRegistrations(Value):
    """What is registered in one account."""

    account: str
    """The account."""
    systems: int
    """How many systems it has then, as far as known."""
    subscriptions: tuple[Subscription, ...]
    """The subscriptions of an avc account."""
    bookings: tuple[PackRegistration, ...]
    """The bookings of a legacy account."""


class BulkError(Value):
    """One thing that stands in the way of a row."""

    code: str
    """The stable code: of a cell that cannot be read, or of a rule that refuses the row."""
    rule: str | None
    """The rule behind it; None if a cell cannot be read and no rule says so."""
    column: int | None
    """The number of the cell in its row, from 1; None for the whole row, and for a column that is not there."""
    field: str
    """The column's title; empty for the whole row."""
    value: str
    """The value, shortened."""
    message: str
    """What is wrong and what to do about it."""
    context: Mapping[str, Any]
    """Values of the message for programs."""


class BulkFindingCode(Name):
    """What to look at in a file of registrations, as a stable code."""

    UNREAD_END_DATE = "unread_end_date"
    """The title of a column that is not read speaks of support, service or warranty, and of an end."""
    SEVERAL_ACCOUNTS = "several_accounts"
    """The file has the systems of several accounts."""
    PAGE_FULL = "page_full"
    """A page is full, and the answer does not say how many systems there are."""
    FIRST_REGISTRATION_ASSUMED = "first_registration_assumed"
    """Nobody knows whether the serials were registered before: each gets a whole included year (SER-1)."""
    INCLUDED_YEAR_USED = "included_year_used"
    """The included year of the serials is over: they are in inventory until an order activates them (SER-1)."""


class BulkFinding(Value):
    """Something to look at in a file of registrations, or in what it registers; no error."""

    code: BulkFindingCode
    """What it is."""
    rule: str | None
    """The rule behind it; None if it is about the file."""
    column: int | None
    """The number of the column, from 1; None if it is not about one."""
    field: str
    """The column's title; empty if it is not about one."""
    count: int | None
    """How many systems; None if it is about the file."""
    message: str
    """What to look at and what to do about it."""


class BulkErrorCount(Value):
    """How many errors there are of a code."""

    code: str
    """The code."""
    count: int
    """How many."""


class BulkColumns(Value):
    """Titles of the columns of a list of registrations; each has to be there."""

    serial: str | None = None
    """Of the serial numbers."""
    model: str | None = None
    """Of the models."""
    account: str | None = None
    """Of the accounts' UIDs."""
    offer: str | None = None
    """Of the offers."""
    sku_region: str | None = None
    """Of the SKU regions."""
    billing: str | None = None
    """Of the billing models."""


class BulkRow(Value):
    """What becomes of a row."""

    line: int
    """The line of the file, from 1."""
    ok: bool
    """Whether the system can be registered."""
    account: str | None
    """The account; None if it cannot be read."""
    serial: str | None
    """The serial number; None if it cannot be read."""
    subscription: Subscription | None
    """In an avc account what the system is entitled to."""
    booking: PackRegistration | None
    """In a legacy account the registration to be booked in its ledger, which brings a Service Pack (TOK-7)."""
    errors: tuple[BulkError, ...]
    """Everything that stands in the way, in the order of the columns."""


class BulkSummary(Value):
    """How many rows there are of each kind."""

    rows: int
    """All."""
    registered: int
    """Those whose systems can be registered."""
    refused: int
    """The others."""
    accounts: int
    """The accounts in which something is registered."""


class PackRegistration(Value):
    """A booking of the type `registration`, as `tokens.replay` takes it."""

    on: datetime.date
    """The day."""
    type: str
    """Always `registration`."""
    account: str
    """The account."""
    serial: str
    """The system."""
    model: str
    """Its model."""
    key: str | None = None
    """The key under which it is booked once: `registration:`, day, account and serial; absent where that would be too
    long."""


class BulkRegistration(Value):
    """What comes of `reseller.bulk_register`. Nothing is registered: the host applies what is in `registered`."""

    rows: tuple[BulkRow, ...]
    """One result for each row that registers something and for the first 100 that are refused, in the order of the
    file; `summary` counts all."""
    registered: tuple[AccountRegistrations, ...]
    """What results if the good rows are applied and the others are not, by account in the order of `accounts`.
    """
    accounts: tuple[Document, ...]
    """The same accounts with the systems that are registered, as far as they are known, in the wire form."""
    summary: BulkSummary
    """How many rows there are of each kind."""
    errors_total: int
    """How many errors there are, those that are not listed included."""
    error_counts: tuple[BulkErrorCount, ...]
    """How many errors there are of each code."""
    notes: tuple[RowNote, ...]
    """What was taken for something else, in the order of the file; the first 100 of each code."""
    notes_total: int
    """How many notes there are."""
    note_counts: tuple[NoteCount, ...]
    """How many notes there are of each code."""
    findings: tuple[BulkFinding, ...]
    """What to look at in the file as a whole, and in what it registers; no errors."""
    rest_lost: bool
    """Whether the rest of the file could not be read, because a quote is never closed or a row is too long."""
    ignored_columns: tuple[str, ...]
    """Titles of the columns that are not read, shortened."""


class AllocationRequest(Value):
    """Services that were bought for an account."""

    offer: str
    """The offer."""
    quantity: int | None = None
    """For how many systems; 1 where absent."""
    serial: str | None = None
    """The one system that it was bought for; any where absent."""
    years: int | None = None
    """For how many years, an older form of 12 times as many `months`."""
    months: int | None = None
    """For how many months each of them is; 12 where absent."""
    left: int | None = None
    """For how many systems it still is, where some of the quantity are used."""
    order: str | None = None
    """The key of the order that made it."""
    po_number: str | None = None
    """The number of that purchase order."""


class TransferAccount(Value):
    """An account that gives or takes systems."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier."""
    format: Format
    """Legacy (tokens) or avc (a subscription per system)."""
    kind: Kind
    """What the account is for."""
    instance: Instance
    """The server that holds the account."""
    billing: BillingModel | None = None
    """How all its subscriptions are billed; `pre_paid` where absent."""
    custom: Sequence[Product] = ()
    """The offers of its own."""
    partners: Sequence[str] = ()
    """The UIDs of its partners."""
    systems: int | None = None
    """How many systems it has; None where that is not known."""


class TransferSystem(Value):
    """A system that is to be transferred."""

    subscription: Subscription
    """Its subscription with its history in the account that gives it."""
    first_registered: datetime.date | None = None
    """The day of its first registration in any account, as an earlier transfer gave it; that of the
    subscription where absent."""
    offer: str | None = None
    """The offer in the account that takes it; where absent the default offer of the model, or else another one
    of the same type."""
    sku_region: SkuRegion | None = None
    """The region of its SKU; only XR Series routers need it."""


class AllocationState(Value):
    """What is left of an allocation."""

    offer: str
    """The offer."""
    months: int
    """For how many months each service is."""
    quantity: int
    """For how many systems it was bought."""
    serial: str | None
    """The one system that it was bought for; None for any."""
    left: int
    """For how many systems it still is."""


class TransferFinding(Value):
    """Something to look at; no error."""

    code: TransferFindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    message: str
    """A sentence for people."""


class TransferResult(Value):
    """What becomes of a system."""

    serial: str
    """The system."""
    ok: bool
    """Whether it can be transferred."""
    subscription: Subscription | None
    """What it is entitled to then; None if it cannot be transferred."""
    first_registered: datetime.date | None
    """The day of its first registration, which the next transfer asks for; None where that is not known, and if
    it cannot be transferred."""
    allocation: int | None
    """The position of the allocation that it uses; None if it needs none."""
    findings: tuple[TransferFinding, ...]
    """What to look at; no errors."""
    errors: tuple[ResellerError, ...]
    """Everything that stands in the way, each with what to do."""


class TransferSummary(Value):
    """How many systems can be transferred."""

    systems: int
    """All."""
    transferred: int
    """Those that can."""
    refused: int
    """The others."""


class SystemTransfers(Value):
    """What comes of `reseller.transfer`: each system succeeds or fails by itself."""

    on: datetime.date
    """The day of the transfer."""
    results: tuple[TransferResult, ...]
    """What becomes of each system, in their order."""
    summary: TransferSummary
    """How many systems can be transferred."""
    allocations: tuple[AllocationState, ...]
    """What is left of each allocation, in their order."""


@operation("reseller.notifications")
def renewal_notifications(
    resellers: Iterable[NotifiedReseller | Account | Document],
    customers: Iterable[NotifiedCustomer | Account | Document],
    *,
    on: datetime.date,
    within_days: int | None = None,
    late: LateRenewal | Backdated | None = None,
) -> Notifications:
    """Says who is told what about the renewals of a month, with the CSV to attach; nothing is sent.

    Args:
        resellers: The reseller accounts, each UID once.
        customers: The customers' accounts, each UID once.
        on: The day on which the month's notifications are made.
        within_days: How many days ahead are looked at; 90 where absent.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("reseller.subaccounts")
def subaccounts(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    reseller: str,
    *,
    on: datetime.date,
    usage: Iterable[SubaccountUsage | Document] = (),
    filter: SubaccountFilter | Document | None = None,
    sort: Iterable[SortKey | Document] = (),
) -> Subaccounts:
    """Shows a reseller's customers: balance, status, active systems, date to buy by; filtered and sorted.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        reseller: Whose customers.
        on: Today.
        usage: What is known of the customers' systems.
        filter: Which customers are shown; all where absent.
        sort: By what they are sorted, the most telling column first.
    """
    raise Declared


@operation("reseller.subaccounts_to_csv", take="csv")
def subaccounts_to_csv(
    accounts: Iterable[Holder | Account | Document],
    bookings: Iterable[Booking | Document],
    reseller: str,
    *,
    on: datetime.date,
    usage: Iterable[SubaccountUsage | Document] = (),
    filter: SubaccountFilter | Document | None = None,
    sort: Iterable[SortKey | Document] = (),
) -> str:
    """Shows a reseller's customers as CSV.

    Args:
        accounts: The accounts, each UID once.
        bookings: What is booked.
        reseller: Whose customers.
        on: Today.
        usage: What is known of the customers' systems.
        filter: Which customers are shown; all where absent.
        sort: By what they are sorted, the most telling column first.
    """
    raise Declared


@operation("reseller.customer_systems")
def customer_systems(
    customer: Customer | Account | Document,
    column: SystemColumn,
    *,
    on: datetime.date,
    window_days: Iterable[int] = (),
) -> CustomerSystems:
    """Lists the systems behind a number of the Customers page, with their end dates.

    Args:
        customer: The customer.
        column: The number behind which the systems stand.
        on: Today.
        window_days: The last day of each of the three windows, counted from today; `[30, 60, 90]` where absent.
    """
    raise Declared


@operation("reseller.customers")
def customers(
    reseller: str,
    customers: Iterable[Customer | Account | Document],
    *,
    on: datetime.date,
    window_days: Iterable[int] = (),
    filter: CustomerFilter | Document | None = None,
    sort: Iterable[CustomerSortKey | Document] = (),
) -> CustomersPage:
    """Shows a reseller's customers: systems, first renewal, systems that end soon, profile, administrators;
    filtered and sorted.

    Args:
        reseller: The reseller's UID; accounts that do not have it as a partner are not shown.
        customers: The accounts, each UID once.
        on: Today.
        window_days: The last day of each of the three windows, counted from today; `[30, 60, 90]` where absent.
        filter: Which customers are shown; all where absent.
        sort: By what they are sorted, the most telling column first.
    """
    raise Declared


@operation("reseller.customers_to_csv", take="csv")
def customers_to_csv(
    reseller: str,
    customers: Iterable[Customer | Account | Document],
    *,
    on: datetime.date,
    window_days: Iterable[int] = (),
    filter: CustomerFilter | Document | None = None,
    sort: Iterable[CustomerSortKey | Document] = (),
) -> str:
    """Shows a reseller's customers, systems and renewals as CSV.

    Args:
        reseller: The reseller's UID; accounts that do not have it as a partner are not shown.
        customers: The accounts, each UID once.
        on: Today.
        window_days: The last day of each of the three windows, counted from today; `[30, 60, 90]` where absent.
        filter: Which customers are shown; all where absent.
        sort: By what they are sorted, the most telling column first.
    """
    raise Declared


@operation("reseller.bulk_register")
def register_in_bulk(
    csv: str,
    accounts: Iterable[TargetAccount | Account | Document],
    *,
    on: datetime.date,
    dates: DateOrder | None = None,
    columns: BulkColumns | Document | None = None,
    fleet: Iterable[KnownSystem | System | Document] = (),
    known_serials: bool | None = None,
    compatibility: Compatibility | Document | None = None,
    catalogues: Iterable[Catalogue | Document] = (),
) -> BulkRegistration:
    """Registers the systems of a CSV file in their accounts, each row by itself, with every error beside its cell.

    Args:
        csv: The file's text: a header and a row per system, with serial number, model and the UID of the
            account, and where wanted the offer, the SKU region and the billing model.
        accounts: The accounts that rows may name, each UID once; none of them need be a partner's.
        on: The day of registration.
        dates: What dates such as `03/04/2023` mean; default `iso`: what another value of the column tells, else an
            error.
        columns: The titles of columns, where they are others than those that are known.
        fleet: The systems that are registered already, as far as known, each serial once.
        known_serials: Whether every serial that is not in `fleet` was never registered before; if false, a finding
            counts the systems that get an included year without a first registration. True where absent.
        compatibility: Which instances take the routers of which SKU region; `na` for North America and `eu` for
            Global where absent.
        catalogues: The versions of the catalogue; the built-in ones where absent.
    """
    raise Declared


@operation("reseller.transfer")
def transfer_systems(
    from_: TransferAccount | Account | Document,
    to: TransferAccount | Account | Document,
    systems: Iterable[TransferSystem | Document],
    *,
    on: datetime.date,
    allocations: Iterable[AllocationRequest | Document] = (),
    compatibility: Compatibility | Document | None = None,
    catalogues: Iterable[Catalogue | Document] = (),
    late: LateRenewal | Backdated | None = None,
) -> SystemTransfers:
    """Transfers systems between a reseller's and a partnered account: what results for each, or all that stands in
    its way.

    Args:
        from_: The account that gives the systems.
        to: The account that takes them; one of the two is the reseller's own, a partner of the other.
        systems: The systems, each serial once; in their order they take room and allocations.
        on: The day of the transfer.
        allocations: Services that were bought for the account that takes the systems.
        compatibility: Which instances take the routers of which SKU region; `na` for North America and `eu` for
            Global where absent.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared
