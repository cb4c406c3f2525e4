"""Subscriptions: state, renewal, quotes, co-termination, invoices (SUB)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar, Literal

from alms._alms import Account, System
from alms._enum import Name
from alms._errors import SubscriptionError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.offers import Catalogue, Product, Subscriber
from alms.values import (
    Backdated,
    BillingModel,
    Discount,
    Fraction,
    Instance,
    LateRenewal,
    Money,
    Month,
    PriceSum,
    SkuRegion,
    SubscriptionBilling,
    SystemState,
)


class EventType(Name):
    """The type of an event."""

    RENEWAL = "renewal"
    """A purchase order prolongs the term or brings the service back (SUB-2, SUB-4)."""
    ACTIVATION = "activation"
    """A purchase order takes a system out of inventory (MIG-3)."""
    OFFER_CHANGE = "offer_change"
    """Another offer from the next invoice on (SUB-7)."""
    PERIOD_CHANGE = "period_change"
    """Another length of the periods from the next invoice on (SUB-7)."""
    TERMINATION = "termination"
    """No further invoice, or the withdrawal of such a notice (SUB-7)."""


class SkipReason(Name):
    """Why a system has no part in a purchase."""

    NOT_DUE = "not_due"
    """It ends after the days that were asked for (SUB-10)."""
    COVERED = "covered"
    """It lasts until the wanted day already (SUB-10)."""
    INVENTORY = "inventory"
    """It is in inventory; activating it is a purchase order of its own (MIG-3)."""
    RENEWS_BY_ITSELF = "renews_by_itself"
    """Its service goes on by itself (SUB-7, RES-1)."""
    TERMINATED = "terminated"
    """It is terminated, or about to be (SUB-7)."""
    TERM_OVER_BEFORE_ORDER = "term_over_before_order"
    """A term of the wanted length would be over on the day of its order (SUB-4)."""


class RegistrationFindingCode(Name):
    """What a host should look at when systems are registered."""

    FIRST_REGISTRATION_ASSUMED = "first_registration_assumed"
    """Nobody knows whether the serials were registered before: each gets a whole included year (SER-1)."""
    INCLUDED_YEAR_USED = "included_year_used"
    """The included year of the serials is over: they are in inventory until an order activates them (SER-1)."""


class LifeState(Name):
    """What a subscription is on a date."""

    NOT_STARTED = "not_started"
    """Not begun yet."""
    INVENTORY = "inventory"
    """Registered, not in service; a purchase order activates it."""
    ACTIVE = "active"
    """In service."""
    SUSPENDED = "suspended"
    """The term is over and was not renewed (SUB-3)."""
    TERMINATED = "terminated"
    """Ended on the customer's wish (SUB-7)."""


class PurchaseMethod(Name):
    """What is bought to bring a fleet to one end date."""

    TERMS = "terms"
    """Terms in months, for one system each; every system gets those it needs."""
    PACKS = "packs"
    """Packs of system-months that the fleet shares; a Service Pack holds 12."""
    POOLED_DAYS = "pooled_days"
    """Co-terminating licences in days: what is left of all terms and what is bought is shared by all systems
    (SUB-9)."""


class DayRounding(Name):
    """What becomes of a part of a day."""

    DOWN = "down"
    """It is dropped."""
    NEAREST = "nearest"
    """Half a day or more makes a day."""
    UP = "up"
    """It makes a day."""


class SubscriptionEvent(Value):
    """Something that happens to a subscription."""

    on: datetime.date
    """The day."""
    type: EventType
    """What happens."""
    offer: str | None = None
    """The offer from then on; with `renewal` and `activation`, and needed with `offer_change`."""
    years: int | None = None
    """For how many years, an older form of 12 times as many months; with `renewal` and `activation`."""
    months: int | None = None
    """For how many months: with `renewal` and `activation` the term, with `period_change` 1 or 12."""
    effective: datetime.date | None = None
    """The day from which it is wanted, where notice is given ahead; with `offer_change`, `period_change` and
    `termination`."""
    withdraw: bool | None = None
    """Whether a termination that has not taken effect is taken back; with `termination`."""


class StatedState(Name):
    """The state that a document gives for a subscription."""

    NOT_STARTED = "not_started"
    """Not begun yet."""
    INVENTORY = "inventory"
    """Registered, not in service; a purchase order activates it."""
    ACTIVE = "active"
    """In service."""
    SUSPENDED = "suspended"
    """The term is over and was not renewed (SUB-3)."""
    TERMINATED = "terminated"
    """Ended on the customer's wish (SUB-7)."""
    MAINTENANCE = "maintenance"
    """Of the system; it says nothing about the subscription."""


class Subscription(Value):
    """A subscription: with `as_of` as it is at the end of that day, without it how it began and what happened since."""

    serial: str | None = None
    """The system; only `renew` does not need it."""
    offer: str | None = None
    """The offer; only `renew` does not need it."""
    model: str | None = None
    """Its model."""
    state: StatedState | LifeState | SystemState | None = None
    """`inventory` where it has no service yet, `terminated` where it ended for good on `end_date`; every other state
    follows from the dates, and must not contradict them at the end of `as_of`."""
    start_date: datetime.date | None = None
    """The first day, where it is not the day of registration; not before it, nor after a stated end."""
    registered: datetime.date | None = None
    """The day of registration in this account, where known."""
    end_date: datetime.date | None = None
    """The day on which the first term ends, with `as_of` the term or period of that day; where absent, what is left of
    the year after the first registration, with the warranty."""
    warranty_end: datetime.date | None = None
    """The day on which the warranty ends, if the service lasts until then; None without warranty."""
    billing: SubscriptionBilling | BillingModel | None = None
    """Purchase orders, invoices, or free in a reseller's account; `pre_paid` where absent."""
    renews_every_months: int | None = None
    """For how many months the service goes on by itself; where absent 1 under direct billing, 60 if it is free,
    else None: it does not."""
    catalogue: str | None = None
    """The version of the catalogue under which it was sold."""
    rules: Sequence[str] | None = None
    """The rules behind its dates, the deciding one first."""
    events: Sequence[SubscriptionEvent] | None = None
    """What happened since, in any order of dates; with `as_of` only what has not taken effect by the end of that
    day."""
    account: str | None = None
    """The account that holds it."""
    first_registered: datetime.date | None = None
    """The first registration of the serial in any account; where absent it is `registered`, with `as_of` it is not
    known (SER-1)."""
    terms_from: datetime.date | None = None
    """The day on which the chain of terms began, from which their ends are counted; where absent the first
    registration or the registration, if the end is its anniversary (SUB-2)."""
    included_until: datetime.date | None = None
    """The first day after the included year; a year after the first registration where absent, and with the first
    term at the latest (SUB-1)."""
    as_of: datetime.date | None = None
    """The day at whose end things are as the document says; where absent, it says how the subscription began."""


SubscriptionHistory = Subscription
"""An older name of `Subscription`."""

HeldSubscription = Subscription
"""An older name of `Subscription`."""


class EndingSubscription(Value):
    """A subscription that ends, or has ended."""

    serial: str
    """The system."""
    model: str
    """Its model."""
    offer: str
    """The offer."""
    end_date: datetime.date
    """The day on which the service ends."""
    days_left: int
    """The days until then; negative if it has ended."""
    warranty_end: datetime.date | None
    """The day on which the warranty ends."""


class PurchaseUnit(Value):
    """A unit that can be bought."""

    name: str
    """What it is called."""
    length: int
    """Its length: months, or days with the method `pooled_days`; 1 to 1830."""
    price: Money
    """The price of one."""


class AlignedSystem(Value):
    """A system that is brought to the wanted day."""

    serial: str | None
    """The system."""
    end_date: datetime.date
    """The day on which its service ends, or ended."""
    gets: int
    """The months it gets, or with the method `pooled_days` the days: negative if it gives days to the others.
    """
    new_end_date: datetime.date
    """The day on which its service ends then."""
    surplus_days: int
    """The days from the wanted day to that one."""
    units: tuple[UnitCount, ...]
    """The units that are bought for it; empty where the fleet shares them."""


class PurchaseLine(Value):
    """A line of the purchase."""

    name: str
    """What is bought."""
    quantity: int
    """How many."""
    unit_price: Money
    """The price of one."""
    amount: Money
    """Quantity × unit price."""


class SkippedSystem(Value):
    """A system that has no part in a purchase."""

    serial: str | None
    """The system."""
    reason: SkipReason
    """Why."""
    rule: str
    """The rule behind it."""
    months_needed: int | None = None
    """The fewest months whose term is not over before its order; absent if that is not why."""


class UnitCount(Value):
    """How many of a unit."""

    name: str
    """The unit."""
    quantity: int
    """How many."""


class Alignment(Value):
    """What comes of `subscriptions.align`."""

    lines: tuple[PurchaseLine, ...]
    """What is bought."""
    total: Money
    """What it costs."""
    needed: int
    """The months (or days) that are missing."""
    left_over: int
    """The months (or days) that are bought beyond what is missing."""
    days_each: Fraction | None
    """With the method `pooled_days`: all days ÷ the systems that share them, not reduced."""
    systems: tuple[AlignedSystem, ...]
    """The systems that are brought to the wanted day."""
    skipped: tuple[SkippedSystem, ...]
    """The systems that have no part in it, and why."""


class WeightedTerm(Value):
    """A remaining term, or a purchase, and how much it weighs."""

    weight: int | Decimal
    """How much it counts, such as the number of devices."""
    days: int
    """Its length in days."""


class Coterm(Value):
    """What comes of `subscriptions.coterm`."""

    exact: Fraction
    """The exact days, not reduced."""
    days: int
    """The days, rounded and capped."""
    end_date: datetime.date
    """The base date and so many days."""


class DueSummary(Value):
    """How many subscriptions there are of each kind."""

    due: int
    """In service, and ending within the days asked for."""
    lapsed: int
    """Ended and not renewed."""
    later: int
    """Ending later."""
    renewing_by_themselves: int
    """Going on by themselves."""
    inventory: int
    """In inventory."""
    other: int
    """Not begun, or terminated."""


class Due(Value):
    """What comes of `subscriptions.due`."""

    on: datetime.date
    """Today."""
    within_days: int
    """How many days ahead are looked at."""
    due: tuple[EndingSubscription, ...]
    """The subscriptions that end in this time, the earliest first."""
    lapsed: tuple[EndingSubscription, ...]
    """The subscriptions that have ended, the earliest first."""
    summary: DueSummary
    """All subscriptions, by what their renewal asks for."""


class ListedTerm(Value):
    """What a term of an offer costs for one system."""

    offer: str
    """The offer."""
    months: int
    """The months of the term: 12, 36 or 60 pre-paid, 1 or 12 direct."""
    price: Money
    """The price for one system and term."""


class Invoice(Value):
    """What is invoiced on one day, in advance."""

    on: datetime.date
    """The day, on which the periods begin."""
    lines: tuple[InvoiceLine, ...]
    """The lines, by offer and period."""
    total: Money
    """Their sum."""


class InvoiceLine(Value):
    """The systems of one offer that have the same period."""

    offer: str
    """The offer."""
    months: int
    """The length of a full period."""
    start_date: datetime.date
    """Its first day."""
    end_date: datetime.date
    """The day on which it ends and the next begins."""
    quantity: int
    """How many systems."""
    unit_price: Money
    """The price of a full period for one."""
    amount: Money
    """Quantity × unit price; of a shorter period each system's share of it, rounded once."""
    serials: tuple[str, ...]
    """The systems."""
    days: Fraction | None = None
    """The days of a shorter first period, up to the account's day, ÷ those of the full one; absent for a full
    period."""


class InvoiceDayOfMonth(Value):
    """One day of the month for all systems of an account."""

    day: int
    """The day, 1 to 28."""


class RenewFor(Value):
    """For how long a fleet is renewed: either field."""

    until: datetime.date | None = None
    """Each system by the cheapest terms that last at least until this day."""
    years: int | None = None
    """Each system by one term of so many years, an older form of 12 times as many `months`."""
    months: int | None = None
    """Each system by one term of so many months."""


class DueAmount(Value):
    """What falls due, before any discount."""

    systems: int
    """How many systems."""
    list: Money
    """Their terms at list prices, exactly."""


class DueMonth(Value):
    """What falls due in a month."""

    month: Month
    """The month."""
    systems: int
    """How many systems."""
    list: Money
    """Their terms at list prices, exactly."""


class QuoteLine(Value):
    """A line of a purchase order: one offer, one term."""

    offer: str
    """The offer."""
    months: int
    """The length of the term."""
    quantity: int
    """How many terms are bought."""
    unit_price: Money
    """The price of one."""
    list: Money
    """Quantity × unit price."""
    discount: Money
    """What is taken off."""
    total: Money
    """What is to be paid."""


class QuotedSystem(Value):
    """A system that is renewed."""

    serial: str | None
    """The system."""
    offer: str
    """The offer."""
    end_date: datetime.date
    """The day on which its service ends, or ended."""
    terms: tuple[TermCount, ...]
    """The terms that are bought for it, the longest first."""
    event: RenewalEvent
    """The renewal by these terms, as it goes into the subscription's `events` once it is ordered."""
    new_end_date: datetime.date
    """The day on which its service ends then."""
    warranty_end: datetime.date | None
    """The day on which its warranty ends then."""
    reactivated: bool
    """Whether it was suspended and is not any more."""
    rules: tuple[str, ...]
    """The rules behind the dates, the deciding one first."""


class RenewalEvent(Value):
    """A renewal, as an event of a subscription."""

    on: datetime.date
    """The day of the order."""
    type: EventType
    """Always `renewal`."""
    months: int
    """For how many months, of all terms together."""


class TermCount(Value):
    """How many of a term."""

    months: int
    """The length of the term."""
    quantity: int
    """How many."""


class Quote(Value):
    """What comes of `subscriptions.quote`."""

    lines: tuple[QuoteLine, ...]
    """The lines of the purchase order, by offer and term."""
    total: PriceSum
    """The sum of the lines."""
    months: tuple[DueMonth, ...]
    """What falls due in each month."""
    lapsed: DueAmount
    """What had ended before the day of the order."""
    systems: tuple[QuotedSystem, ...]
    """The systems that are renewed."""
    skipped: tuple[SkippedSystem, ...]
    """The systems that are not, and why."""

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


class Renewal(Value):
    """What comes of `subscriptions.renew`."""

    end_date: datetime.date
    """The new day on which the service ends."""
    warranty_end: datetime.date | None
    """The new day on which the warranty ends; None without warranty."""
    terms_from: datetime.date
    """The day on which the chain of terms began; the next renewal asks for it."""
    reactivated: bool
    """Whether the service was suspended and is not any more."""
    rules: tuple[str, ...]
    """The rules behind it, the deciding one first."""
    subscription: Subscription
    """The subscription after the order, for the next operation."""


class EventEffect(Value):
    """What an event did."""

    from_: datetime.date
    """The day from which it counts."""
    end_date: datetime.date | None
    """The day on which the service ends after it; None if it goes on by itself."""
    warranty_end: datetime.date | None
    """The day on which the warranty ends after it."""
    reactivated: bool
    """Whether the service was suspended and is not any more."""
    rules: tuple[str, ...]
    """The rules behind it, the deciding one first."""


class EventResult(Value):
    """What came of an event: its effect, or the error for which it has none."""

    on: datetime.date
    """The day of the event."""
    type: EventType
    """Its type."""
    ok: bool
    """Whether it has an effect."""
    effect: EventEffect | None = None
    """The effect; absent if there is none."""
    error: SubscriptionError | None = None
    """Why there is none; absent if there is one."""


class NextOffer(Value):
    """An offer that is booked already."""

    offer: str
    """The offer."""
    from_: datetime.date
    """The day from which it counts."""


class Notification(Value):
    """The notification of a renewal."""

    from_: datetime.date
    """The day from which it is due: 90 days before the end."""
    due: bool
    """Whether it is due."""


class SubscriptionState(Value):
    """What comes of `subscriptions.state`."""

    serial: str
    """The system."""
    on: datetime.date
    """The day."""
    state: LifeState
    """What the subscription is."""
    offer: str
    """The offer."""
    next_offer: NextOffer | None
    """Another offer that is booked already."""
    included_year: bool
    """Whether the day lies in the included first year."""
    end_date: datetime.date | None
    """The day on which the service ends, or the paid period if it goes on by itself; None in inventory."""
    renews_by_itself: bool
    """Whether the service goes on by itself at that day."""
    terminates_on: datetime.date | None
    """The day on which it ends for good, if that is booked."""
    warranty_end: datetime.date | None
    """The day on which the warranty ends; None without warranty."""
    service: bool
    """Whether the system has service."""
    support: bool
    """Whether it has customer support, which AirLink Basic has not."""
    warranty: bool
    """Whether it is under warranty."""
    account_access: bool
    """Whether the customer can reach the account: always."""
    notification: Notification | None
    """The notification of the renewal; None where no purchase order is needed, or the term is over."""
    events: tuple[EventResult, ...]
    """What came of every event up to the day, in the order of their days."""
    rules: tuple[str, ...]
    """The rules behind it, the deciding one first."""
    subscription: Subscription
    """The subscription as it is at the end of the day, with the events that have not taken effect: it stands for its
    history."""


class IcsText(Value):
    """What comes of `subscriptions.to_ics`."""

    ics: str | None
    """An iCalendar file (RFC 5545); None if nothing ends, for a calendar without an entry is not valid."""
    events: int
    """How many entries it has."""


class Compatibility(Value):
    """Which instances take the routers of which SKU region, the preferred one first."""

    north_america: Sequence[Instance] | None = None
    """For routers of North America; `na` where absent."""
    global_: Sequence[Instance] | None = None
    """For global routers; `eu` where absent."""


class NewSystem(Value):
    """A system that is to be registered."""

    wire_shape: ClassVar[str | None] = "System"

    serial: str
    """The serial number."""
    model: str
    """The model; any text."""
    sku_region: SkuRegion | None = None
    """The region of its SKU; only XR Series routers need it."""
    first_registered: datetime.date | None = None
    """The first registration of the serial in any account, if it was registered before (SER-1)."""


class RegistrationFinding(Value):
    """Something to look at when systems are registered; no error."""

    code: RegistrationFindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    count: int
    """How many systems."""
    message: str
    """A sentence for people."""


class RegisteredSystems(Value):
    """What comes of `subscriptions.register`."""

    ok: bool
    """Whether the system is registered."""
    subscription: Subscription | None
    """Its subscription; None if it is not."""
    findings: tuple[RegistrationFinding, ...]
    """What to look at; no errors."""
    errors: tuple[SubscriptionError, ...]
    """Everything that stands in the way, each with what to do."""


@operation("subscriptions.align")
def align(
    subscriptions: Iterable[Subscription | Document],
    units: Iterable[PurchaseUnit | Document],
    *,
    on: datetime.date,
    date: datetime.date,
    method: PurchaseMethod | None = None,
    late: LateRenewal | Backdated | None = None,
) -> Alignment:
    """Gives the cheapest purchase by which every system lasts until a common date, and what is left over.

    Args:
        subscriptions: The subscriptions with their histories.
        units: What can be bought, in one currency.
        on: The day of the order.
        date: The wanted common end date.
        method: What is bought; `terms` where absent.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.coterm")
def coterm(
    terms: Iterable[WeightedTerm | Document],
    *,
    base: datetime.date,
    divisor: int | Decimal | None = None,
    rounding: DayRounding | None = None,
    cap_days: int | None = None,
) -> Coterm:
    """Gives terms one common end date: the weighted mean of their days, rounded and capped by policy.

    Args:
        terms: Remaining terms and purchases.
        base: The day from which the common term runs.
        divisor: By what the weighted days are divided; the sum of the weights where absent.
        rounding: What becomes of a part of a day; `down` where absent.
        cap_days: The most days, if there is a limit.
    """
    raise Declared


@operation("subscriptions.due")
def due_subscriptions(
    subscriptions: Iterable[Subscription | Document],
    *,
    on: datetime.date,
    within_days: int | None = None,
    late: LateRenewal | Backdated | None = None,
) -> Due:
    """Lists the subscriptions that end within some days, and those that have ended.

    Args:
        subscriptions: The subscriptions with their histories.
        on: Today.
        within_days: How many days ahead are looked at; 90 where absent.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.invoices", take="invoices")
def invoices(
    subscriptions: Iterable[Subscription | Document],
    prices: Iterable[ListedTerm | Document],
    *,
    from_: datetime.date,
    until: datetime.date,
    invoice_day: Literal["own"] | InvoiceDayOfMonth | None = None,
) -> tuple[Invoice, ...]:
    """Gives the invoices of direct billing: each period in advance, by offer.

    Args:
        subscriptions: The subscriptions with their histories; pre-paid and free ones are not invoiced.
        prices: The price of every offer and term that is invoiced, in one currency.
        from_: The first day.
        until: The last day, at most ten years later.
        invoice_day: On which day systems are invoiced: each on its own where absent, or all on one day of the
            month.
    """
    raise Declared


@operation("subscriptions.quote")
def quote(
    subscriptions: Iterable[Subscription | Document],
    renew: RenewFor | Document,
    prices: Iterable[ListedTerm | Document],
    *,
    on: datetime.date,
    due_until: datetime.date,
    discount: Discount | Document | None = None,
    late: LateRenewal | Backdated | None = None,
) -> Quote:
    """Quotes the renewal of a fleet: purchase order lines, exact cost, what falls due per month, the dates after.

    Args:
        subscriptions: The subscriptions with their histories.
        renew: For how long.
        prices: The terms that can be bought, in one currency.
        on: The day of the order.
        due_until: Which are renewed: those that have ended, or end up to and including this day; at most ten
            years ahead.
        discount: What is taken off: a percentage of every line, or an amount that the lines share.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.renew")
def renew(
    subscription: Subscription | Document,
    *,
    on: datetime.date,
    months: int | None = None,
    years: int | None = None,
    late: LateRenewal | Backdated | None = None,
) -> Renewal:
    """Renews a subscription for some months: end date, warranty, reactivation.

    Args:
        subscription: What is renewed.
        months: For how many months, at least 1.
        years: For how many years, an older form of 12 times as many `months`; one of the two is given.
        on: The day on which the purchase order arrives.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.state")
def subscription_state(
    subscription: Subscription | Document,
    *,
    on: datetime.date,
    late: LateRenewal | Backdated | None = None,
) -> SubscriptionState:
    """Says what a subscription is on a date: state, offer, end, warranty, notification, what came of its events.

    Args:
        subscription: The subscription with its history.
        on: The day that is asked for; events of later days do not count.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.to_ics")
def renewals_to_ics(
    subscriptions: Iterable[Subscription | Document],
    *,
    on: datetime.date,
    name: str | None = None,
    late: LateRenewal | Backdated | None = None,
) -> IcsText:
    """Writes the renewals of a fleet as an iCalendar file (RFC 5545).

    Args:
        subscriptions: The subscriptions with their histories.
        on: The day of the export; what ended before it is left out.
        name: The calendar's name, such as the account's; `Renewals` where absent.
        late: From when a late renewal counts; `from_order` where absent.
    """
    raise Declared


@operation("subscriptions.register")
def register_systems(
    account: Subscriber | Account | Document,
    system: NewSystem | System | Document,
    *,
    on: datetime.date,
    offer: str | None = None,
    billing: SubscriptionBilling | BillingModel | None = None,
    renews_every_months: int | None = None,
    subscriptions: Iterable[Subscription | Document] = (),
    known_serials: bool | None = None,
    compatibility: Compatibility | Document | None = None,
    catalogues: Iterable[Catalogue | Document] = (),
    custom: Iterable[Product | Document] = (),
) -> RegisteredSystems:
    """Registers a system in an avc account: offer, end date, warranty, or everything that stands in the way.

    Args:
        account: The account.
        system: The system.
        on: The day of registration.
        offer: The offer; the default offer of the model where absent.
        billing: How the subscription is to be billed; as the account where absent.
        renews_every_months: The period of direct billing in months, of those that the offer has; the shortest
            where absent.
        subscriptions: What the system has in the account already, with its history; connectivity is added to a
            support offer.
        known_serials: Whether a serial without `first_registered` was never registered before; if false, a finding
            says that it is assumed. True where absent.
        compatibility: Which instances take the routers of which SKU region; `na` for North America and `eu` for
            Global where absent.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        custom: A customer's own offers.
    """
    raise Declared
