"""XR Series routers and instances (XRS)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from alms._alms import Account, System
from alms._enum import Name
from alms._errors import SystemsError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.offers import Catalogue, CatalogueName, Product, Subscriber
from alms.subscriptions import Compatibility
from alms.values import Instance, SkuRegion


class MoveLossKind(Name):
    """What a move between instances loses, as the account is deleted and created again.  The source's own list
    is lost; this one is what hangs on an account that is deleted (decision)."""

    UID = "uid"
    """The account's UID: the new account has another one, which orders and tickets have to name."""
    DEVICE_HISTORY = "device_history"
    """What the systems reported so far."""
    REPORTS = "reports"
    """Reports, those of past months included."""
    CONFIGURATION = "configuration"
    """Templates, alert rules, dashboards and other settings."""
    USERS = "users"
    """Users, profiles and passwords: they are created and invited again."""
    INTEGRATIONS = "integrations"
    """API clients and connections to other systems: they are set up again, at another address."""
    PARTNERSHIPS = "partnerships"
    """Partnerships and the partner of record: they are asked for again."""
    REGISTRATIONS = "registrations"
    """Registrations: every system is registered again in the new account."""


class XrDevice(Value):
    """A device that is to be registered."""

    wire_shape: ClassVar[str | None] = "System"

    model: str
    """The model; any text."""
    offer: str | None = None
    """The offer it is to have, where it is chosen already."""
    serial: str | None = None
    """The serial number, where known."""
    sku_region: SkuRegion | None = None
    """The region of its SKU; None where nobody looked."""


class InstanceMove(Value):
    """A move of the account to another instance: deleted here, created again there."""

    from_: Instance
    """The instance of the account."""
    to: Instance
    """The instance it is to be on."""
    by: str
    """Who does it: always `customer_support`."""
    losses: tuple[MoveLoss, ...]
    """What is lost."""
    rule: str
    """The rule behind it."""


class MoveLoss(Value):
    """Something that a move loses."""

    loss: MoveLossKind
    """What."""
    message: str
    """What that means."""


class OutOfBand(Value):
    """The data of the out-of-band radio."""

    offer: str
    """The offer."""
    included: bool
    """Whether the offer includes the data."""
    sim_managed_by: str
    """Who runs the life cycle of its SIM: always `vendor`."""
    rule: str
    """The rule behind it."""


class XrFindingCode(Name):
    """Something to look at that keeps no router from registering."""

    OUT_OF_BAND_NOT_INCLUDED = "out_of_band_not_included"
    """The offer does not include the data of the out-of-band radio (XRS-5)."""
    MIXED_SKU_REGIONS = "mixed_sku_regions"
    """The routers are made for different regions, so that no instance takes all of them (XRS-2)."""


class XrFinding(Value):
    """Something to look at; no error."""

    code: XrFindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    message: str
    """A sentence for people."""


class XrVerdict(Value):
    """Whether one device may register."""

    serial: str | None
    """The serial number, where known."""
    model: str
    """The model."""
    applies: bool
    """Whether it is an XR Series router; of other devices nothing is asked."""
    eligible: bool
    """Whether nothing stands in the way."""
    errors: tuple[SystemsError, ...]
    """Everything that stands in the way, each with what to do."""
    out_of_band: OutOfBand | None
    """The data of the out-of-band radio; None for other devices and without a chosen offer."""
    findings: tuple[XrFinding, ...]
    """What else to know."""
    move: InstanceMove | None
    """The move that would put the account on an instance for this router; None where it is there."""


class XrCheck(Value):
    """What comes of `xr.check`."""

    eligible: bool
    """Whether nothing stands in the way of any device."""
    payment_details_required: bool
    """Always false: registering needs no payment details (PAY-1)."""
    compatibility: Compatibility
    """The table that was used."""
    catalogue: CatalogueName
    """The catalogue in effect."""
    devices: tuple[XrVerdict, ...]
    """One verdict per device, in their order."""
    findings: tuple[XrFinding, ...]
    """What to know about all of them."""


@operation("xr.check")
def check_xr(
    devices: Iterable[XrDevice | System | Document],
    *,
    on: datetime.date,
    account: Subscriber | Account | Document | None = None,
    compatibility: Compatibility | Document | None = None,
    catalogues: Iterable[Catalogue | Document] = (),
    custom: Iterable[Product | Document] = (),
) -> XrCheck:
    """Says which XR Series routers may register in an account, and everything that keeps the others from it.

    Args:
        devices: The devices that are to be registered.
        on: The day.
        account: The account; None if there is none yet.
        compatibility: Which instances take the routers of which SKU region; `na` for North America and `eu` for
            Global where absent.
        catalogues: The versions of the catalogue; the built-in ones where absent.
        custom: A customer's own offers.
    """
    raise Declared
