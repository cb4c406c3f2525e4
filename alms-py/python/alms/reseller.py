"""A reseller's view of its customers (RES)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from alms._enum import Name
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.accounts import Partnership
from alms.subscriptions import EndingSubscription, SubscriptionHistory
from alms.tokens import Booking, Holder
from alms.values import (
    AccountStatus,
    CountRange,
    DayRange,
    Kind,
    LateRenewal,
    Month,
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

    uid: str
    """The account."""
    name: str
    """Its name."""
    subscriptions: Sequence[SubscriptionHistory]
    """Its subscriptions with their histories."""
    partners: Sequence[str] | None = None
    """The UIDs of its partners."""


class NotifiedReseller(Value):
    """A reseller account."""

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
    """The first day on which a service ends."""
    systems: tuple[EndingSubscription, ...]
    """The systems that come up for renewal, the earliest first."""
    attachment: Attachment
    """The file to attach."""


class Notifications(Value):
    """What comes of `reseller.notifications`. Nothing is sent: the host sends."""

    messages: tuple[RenewalNotification, ...]
    """One message for each account and reseller, in the order of the customers and of each one's partners."""
    findings: tuple[NotificationFinding, ...]
    """What keeps a notification from those who should have it."""
    nothing_due: tuple[str, ...]
    """The customers of which nothing comes up for renewal."""


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
    """Those whose service ended before today: no renewal is to come, one was missed."""
    WINDOW1 = "window_1"
    """Those whose service ends within the first window, 1 to 30 days from today unless a policy says otherwise.
    """
    WINDOW2 = "window_2"
    """Those whose service ends within the second window, 31 to 60 days from today."""
    WINDOW3 = "window_3"
    """Those whose service ends within the third window, 61 to 90 days from today."""


class Customer(Value):
    """A customer."""

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
    """The first day, from today on, on which the service of a system ends; None if there is none."""
    renewal_systems: int
    """How many systems end on it."""
    overdue_systems: int
    """How many ended before today."""
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


@operation("reseller.notifications")
def renewal_notifications(
    resellers: Iterable[NotifiedReseller | Document],
    customers: Iterable[NotifiedCustomer | Document],
    *,
    on: datetime.date,
    within_days: int | None = None,
    late: LateRenewal | None = None,
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
    accounts: Iterable[Holder | Document],
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
    accounts: Iterable[Holder | Document],
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
    customer: Customer | Document,
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
    customers: Iterable[Customer | Document],
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
    customers: Iterable[Customer | Document],
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
