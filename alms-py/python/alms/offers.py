"""Offers and their catalogues (OFF)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from alms._alms import Account
from alms._enum import Name
from alms._errors import OfferError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.values import (
    BillingModel,
    Format,
    Instance,
    Kind,
    Money,
    ProductKind,
    SalesChannel,
)


class Series(Name):
    """A series of AirLink devices that rules speak of."""

    XR = "XR"
    """XR Series: XR80, XR90; only in avc accounts (MIG-17)."""
    LX = "LX"
    """LX Series."""
    ES = "ES"
    """ES Series."""
    GX = "GX"
    """GX Series."""
    RV = "RV"
    """RV Series."""
    MP = "MP"
    """MP Series."""


class SupportLevel(Name):
    """How far customer support goes."""

    NONE = "none"
    """No customer support, as with AirLink Basic (OFF-3)."""
    STANDARD = "standard"
    """The customer support of AirLink Complete."""
    PREMIUM = "premium"
    """The customer support of AirLink Premium."""


class Connectivity(Name):
    """Data that an offer includes."""

    OUT_OF_BAND = "out_of_band"
    """That of the out-of-band radio of an XR Series router (XRS-5)."""
    DATA = "data"
    """That of the device's own traffic."""


class Catalogue(Value):
    """A catalogue of offers: everything that is sold from some day on."""

    version: str
    """The version, which a subscription names."""
    effective: datetime.date
    """The first day on which it is in effect."""
    products: Sequence[Product]
    """What it sells, each name once."""


class Channels(Value):
    """How something is sold, by region of residence."""

    eu: SalesChannel | None = None
    """In the European Union."""
    row: SalesChannel | None = None
    """In the rest of the world."""
    us: SalesChannel | None = None
    """In the United States."""


class NamedDevices(Value):
    """Devices by series and model."""

    series: Sequence[Series] | None = None
    """The series."""
    models: Sequence[str] | None = None
    """The models, such as `XR80`."""


class Product(Value):
    """An offer, or another thing that a catalogue sells."""

    name: str
    """The name."""
    kind: ProductKind
    """What kind of thing it is."""
    services: Services
    """What it includes."""
    terms: Terms
    """For how long it is sold, by billing model."""
    fits: Literal["any"] | NamedDevices
    """The devices it can be used with."""
    instances: Sequence[Instance]
    """The instances whose accounts can have it."""
    default_for: Literal["any"] | NamedDevices | None = None
    """The devices that get it where nobody chooses."""
    channels: Channels | None = None
    """How it is sold, by region of residence; None where it is no standard offer."""
    sku: str | None = None
    """The article number."""
    list_price: Money | None = None
    """The list price of one."""
    tokens: int | None = None
    """The tokens in it, of a Service Pack."""
    replaces: bool | None = None
    """Of a custom offer: whether it takes the place of the catalogue's offer of this name."""


class Services(Value):
    """What an offer includes."""

    device_management: bool
    """Whether the device may be managed in ALMS."""
    support: SupportLevel
    """How far customer support goes."""
    connectivity: Connectivity | None = None
    """The data in it; None without."""


class Subscriber(Value):
    """An account, as far as offers, billing and registration ask about it."""

    wire_shape: ClassVar[str | None] = "Account"

    format: Format
    """Legacy (tokens) or avc (a subscription per system)."""
    kind: Kind
    """What the account is for."""
    instance: Instance
    """The server that holds the account."""
    billing: BillingModel | None = None
    """How all its subscriptions are billed; `pre_paid` where absent."""
    systems: int | None = None
    """How many systems it has; None where that is not known."""


class Terms(Value):
    """Terms in months; None where a billing model does not sell it, an empty list for an article."""

    direct: Sequence[int] | None = None
    """Billed period by period: 1 or 12."""
    pre_paid: Sequence[int] | None = None
    """In advance, by purchase order: 12, 36 or 60."""


class CatalogueName(Value):
    """Which catalogue it is."""

    version: str
    """The version."""
    effective: datetime.date
    """The first day on which it is in effect."""


class ExcludedOffer(Value):
    """An offer that the account cannot have."""

    offer: str
    """The name."""
    reasons: tuple[OfferError, ...]
    """Every reason; at least one."""


class ListedOffer(Value):
    """An offer that the account can have."""

    offer: str
    """The name."""
    kind: ProductKind
    """Device management, connectivity or SIM cards."""
    services: Services
    """What it includes."""
    terms: tuple[int, ...]
    """For how many months it is sold under the account's billing model; empty for an article."""
    custom: bool
    """Whether it is the customer's own."""
    rules: tuple[str, ...]
    """The rules behind it, the deciding one first."""


class OfferListing(Value):
    """What comes of `offers.for_model`: every offer of the catalogue is listed or excluded."""

    model: str
    """The model."""
    billing: BillingModel
    """How the account is billed."""
    catalogue: CatalogueName
    """The catalogue in effect."""
    default: str | None
    """The offer that the device gets where nobody chooses; None if there is none."""
    offers: tuple[ListedOffer, ...]
    """The offers that the account can have for the device."""
    excluded: tuple[ExcludedOffer, ...]
    """The others, with every reason."""


class OfferErrorCount(Value):
    """How many errors there are of a code."""

    code: str
    """The code."""
    count: int
    """How many."""


class LoadedCatalogue(Value):
    """What comes of `offers.load`."""

    ok: bool
    """Whether nothing is wrong."""
    version: str
    """The version, as it is written."""
    effective: datetime.date | None
    """The first day; None if it is no date."""
    offers: int
    """How many offers it has, the custom ones included."""
    errors: tuple[OfferError, ...]
    """What is wrong, in the order of the document; at most the first 100."""
    errors_total: int
    """How many errors there are, those that are not listed included."""
    error_counts: tuple[OfferErrorCount, ...]
    """How many errors there are of each code, those that are not listed included."""


@operation("offers.catalogue")
def offer_catalogue(
    *,
    on: datetime.date,
    catalogues: Iterable[Catalogue | Document] = (),
    custom: Iterable[Product | Document] = (),
) -> Catalogue:
    """Gives the catalogue of offers that is in effect on a day, with a customer's own offers on top.

    Args:
        on: The day.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        custom: A customer's own offers.
    """
    raise Declared


@operation("offers.for_model")
def offers_for_model(
    account: Subscriber | Account | Document,
    model: str,
    *,
    on: datetime.date,
    catalogues: Iterable[Catalogue | Document] = (),
    custom: Iterable[Product | Document] = (),
) -> OfferListing:
    """Lists the offers that an account can have for a device and the default one, and says why not the others.

    Args:
        account: The account.
        model: The model of the device; any text.
        on: The day.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        custom: A customer's own offers.
    """
    raise Declared


@operation("offers.load")
def load_catalogue(
    catalogue: Catalogue | Document,
    *,
    custom: Iterable[Product | Document] = (),
) -> LoadedCatalogue:
    """Checks a catalogue of offers and a customer's own ones; reports everything that is wrong.

    Args:
        catalogue: The catalogue.
        custom: A customer's own offers on top of it.
    """
    raise Declared
