"""Values and enumerations that several areas speak of."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from alms._enum import Name
from alms._errors import AlmsError
from alms._value import Value

if TYPE_CHECKING:
    import fractions


class Kind(Name):
    """What an account is for (ACC-1, ACC-8)."""

    CUSTOMER = "customer"
    """A customer's account."""
    RESELLER = "reseller"
    """A partner's own account."""
    FREE_TIER = "free_tier"
    """A trial: up to 15 systems, consumes no tokens."""
    TRANSITION = "transition"
    """For moving devices to another management server; consumes no tokens."""


class SystemState(Name):
    """The life cycle state of a system."""

    ACTIVE = "active"
    """In service."""
    SUSPENDED = "suspended"
    """Service stopped, for instance for want of tokens."""
    INVENTORY = "inventory"
    """Registered, not in service."""
    MAINTENANCE = "maintenance"
    """In maintenance mode (MIG-3)."""


class AccountStatus(Name):
    """Whether an account with a token stock is in service (TOK-6)."""

    ACTIVE = "active"
    """In service."""
    SUSPENDED = "suspended"
    """Below zero at some time, and not above it since."""


class LateRenewal(Name):
    """From when a late renewal counts. The sources do not say (SUB-4)."""

    FROM_ORDER = "from_order"
    """From the day of the order: nothing is paid for the time without service."""
    FROM_END = "from_end"
    """From the lapsed end date, as if the renewal had been in time."""


class Backdated(Value):
    """A late renewal that is dated back (SUB-4): within a grace period it counts from the day of the order, after it
    from the lapsed end date, which the order may lie only some days behind.

    >>> import alms
    >>> alms.Backdated(grace_days=10, max_days=180).to_dict()
    {'backdated': {'grace_days': 10, 'max_days': 180}}
    """

    wire_key: ClassVar[str | None] = "backdated"

    grace_days: int | None = None
    """An order at most so many days after the end starts its term on its own day; 10 where absent."""
    max_days: int | None = None
    """A later one starts it on the lapsed end date, but at most so many days before the order; 180 where absent."""


class Instance(Name):
    """The server that holds an account."""

    NA = "na"
    """North America."""
    EU = "eu"
    """Europe."""
    CA = "ca"
    """Canada."""
    AU = "au"
    """Australia."""


class Format(Name):
    """How an account is licensed (ACC-1)."""

    LEGACY = "legacy"
    """By a pool of tokens."""
    AVC = "avc"
    """"AVC (Connectivity + Device Management)": by one subscription per system."""


class BillingModel(Name):
    """Who bills the subscriptions of an avc account, and how; one for all of them (PAY-4)."""

    PRE_PAID = "pre_paid"
    """Purchase orders through the partner, for years in advance; the default."""
    DIRECT = "direct"
    """Invoices from the vendor, for a month or a year in advance."""


class SubscriptionBilling(Name):
    """How a subscription is paid for: as its account is billed (PAY-4), or free in a reseller's account (RES-1)."""

    PRE_PAID = "pre_paid"
    """By purchase order, in advance."""
    DIRECT = "direct"
    """By invoices, period after period."""
    FREE = "free"
    """Free of charge, renewing every five years by itself; never invoiced, quoted or ordered (RES-1)."""


class SalesChannel(Name):
    """How something is sold in a region (PAY-3)."""

    WEB_SIGN_UP = "web_sign_up"
    """By the customer, while signing up in the browser."""
    SALES = "sales"
    """By the vendor's sales."""
    MANUAL_ASSISTANCE = "manual_assistance"
    """Not as a standard offer: the vendor's sales set it up by hand."""


class ProductKind(Name):
    """What kind of thing is sold."""

    SUPPORT = "support"
    """Device management with its services; what a system is registered under."""
    CONNECTIVITY = "connectivity"
    """Data for a device, besides its device management (OFF-4)."""
    SIM = "sim"
    """A SIM card (OFF-4)."""
    SERVICE_PACK = "service_pack"
    """Tokens for a legacy account (TOK-1)."""


class SkuRegion(Name):
    """The region for which an XR Series router is made, by its SKU (XRS-2)."""

    NORTH_AMERICA = "north_america"
    """North America."""
    GLOBAL = "global"
    """Global, the rest of the world."""


class Month(Value):
    """A month of a year, in the wire form `2023-05`.

    >>> import alms
    >>> alms.Month(2023, 12).next()
    Month(year=2024, month=1)
    """

    year: int
    """1900 to 9999."""
    month: int
    """1 to 12."""

    @classmethod
    def of(cls, date: datetime.date) -> Self:
        """The month of a date."""
        return cls(date.year, date.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month that a text such as `2023-05` names. Raises `AlmsError`."""
        year, _, month = text.partition("-")
        if len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdecimal():
            return cls(int(year), int(month))
        raise AlmsError("invalid_input", f"`{text[:60]}` is not a month; write it as `YYYY-MM`")

    @property
    def first_day(self) -> datetime.date:
        """The first of the month."""
        return datetime.date(self.year, self.month, 1)

    def next(self) -> Self:
        """The month after."""
        return type(self)(self.year + self.month // 12, self.month % 12 + 1)

    def _take(self, values: tuple[object, ...]) -> None:
        super()._take(values)
        self._check()

    @classmethod
    def _read(cls, document: object, path: str) -> Self:
        self = super()._read(document, path)
        self._check()
        return self

    def _check(self) -> None:
        if not (1900 <= self.year <= 9999 and 1 <= self.month <= 12):
            message = f"`{self.year}-{self.month}` is outside 1900-01 to 9999-12; give a month within"
            raise AlmsError("out_of_range", message)

    def __lt__(self, other: Month) -> bool:
        return self._key() < other._key()

    def __le__(self, other: Month) -> bool:
        return self._key() <= other._key()

    def __gt__(self, other: Month) -> bool:
        return self._key() > other._key()

    def __ge__(self, other: Month) -> bool:
        return self._key() >= other._key()

    def _key(self) -> tuple[int, int]:
        return self.year, self.month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class Fraction(Value):
    """An exact quotient, not reduced: 261 tokens over 40 systems stay 261/40."""

    numerator: int
    """What is divided."""
    denominator: int
    """By what."""

    def exact(self) -> fractions.Fraction:
        """The same number for calculating with, reduced."""
        import fractions

        return fractions.Fraction(self.numerator, self.denominator)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


class Money(Value):
    """An exact amount.

    >>> from decimal import Decimal
    >>> import alms
    >>> print(alms.Money(Decimal("20.00"), "USD"))
    20.00 USD
    """

    amount: Decimal
    """The amount, every digit of it; never a float."""
    currency: str
    """The ISO 4217 code."""

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


class CountRange(Value):
    """From and to, both included."""

    min: int | None = None
    """The least."""
    max: int | None = None
    """The most."""


class Discount(Value):
    """What is taken off the list price: either field."""

    percent: Decimal | None = None
    """Hundredths of the list price, 0 to 100."""
    amount: Decimal | None = None
    """An amount in the currency of the list price."""


class DayRange(Value):
    """From and until, both included."""

    from_: datetime.date | None = None
    """The first day."""
    until: datetime.date | None = None
    """The last day."""


class PriceSum(Value):
    """A list price, what is taken off, and what is to be paid."""

    list: Money
    """Quantity × unit price."""
    discount: Money
    """What is taken off."""
    total: Money
    """What is to be paid."""
