"""How an account can pay (PAY)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from alms._alms import Account
from alms._enum import Name
from alms._errors import BillingError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.offers import Catalogue, CatalogueName, Product, Subscriber
from alms.values import BillingModel, ProductKind, SalesChannel


class PaymentMethod(Name):
    """How services are paid (PAY-2, PAY-4)."""

    PURCHASE_ORDER = "purchase_order"
    """A purchase order to the partner, years in advance."""
    CARD = "card"
    """A credit card."""
    SEPA = "sepa"
    """A direct debit from a bank account (SEPA)."""
    DIRECT_INVOICING = "direct_invoicing"
    """An invoice from the vendor."""
    CUSTOM_SETUP = "custom_setup"
    """What the vendor sets up for one customer."""


class PaymentChannel(Name):
    """Who arranges a payment."""

    PARTNER = "partner"
    """The partner."""
    WEB_SIGN_UP = "web_sign_up"
    """The customer, while signing up in the browser."""
    SALES = "sales"
    """The vendor's sales."""
    MANUAL_ASSISTANCE = "manual_assistance"
    """The vendor's sales, by hand, for monthly support only (PAY-3)."""
    VENDOR = "vendor"
    """The vendor's personnel."""


class Region(Name):
    """A region of residence, by which services are sold (PAY-3)."""

    US = "us"
    """The United States."""
    EU = "eu"
    """The European Union."""
    ROW = "row"
    """The rest of the world, Canada included."""


class Payment(Value):
    """A method of payment."""

    method: PaymentMethod
    """The method."""
    available: bool
    """Whether it can be used."""
    how: PaymentChannel
    """Who arranges it; where it is not available, who may still help."""
    condition: str
    """What has to be the case for it."""
    rule: str
    """The rule that offers it."""
    errors: tuple[BillingError, ...]
    """Everything that stands in the way, each with what to do."""


class Service(Value):
    """A service, and how it is sold in the region."""

    kind: ProductKind
    """Support, connectivity or SIM cards."""
    offer: str | None
    """The offer; None where there is no standard one of this kind."""
    how: SalesChannel
    """How it is sold."""
    available: bool
    """Whether the account can have it; true without an account."""
    rule: str
    """The rule behind it."""
    errors: tuple[BillingError, ...]
    """Everything that keeps the account from it."""


class BillingOptions(Value):
    """What comes of `billing.options`."""

    country: str
    """The country of residence."""
    region: Region
    """Its region."""
    catalogue: CatalogueName
    """The catalogue in effect."""
    payment_details_required_to_register: bool
    """Always false: registering XR Series routers needs no payment details (PAY-1)."""
    web_sign_up: bool
    """Whether the web sign-up can sell services here."""
    payments: tuple[Payment, ...]
    """Every method of payment."""
    services: tuple[Service, ...]
    """The region's row of the table of services."""
    errors: tuple[BillingError, ...]
    """What stands against the wanted subscription."""


@operation("billing.options")
def billing_options(
    country: str,
    *,
    on: datetime.date,
    billing_address: str | None = None,
    account: Subscriber | Account | Document | None = None,
    wanted_billing: BillingModel | None = None,
    catalogues: Iterable[Catalogue | Document] = (),
    custom: Iterable[Product | Document] = (),
) -> BillingOptions:
    """Says for a country which payments and services are open, how each is arranged, and what stands in the way of
    the others.

    Args:
        country: The country of residence, ISO 3166-1 alpha-2.
        on: The day.
        billing_address: The country of the billing address; that of residence where absent.
        account: The account; None if there is none yet.
        wanted_billing: How a subscription that is wanted is to be billed.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        custom: A customer's own offers.
    """
    raise Declared
