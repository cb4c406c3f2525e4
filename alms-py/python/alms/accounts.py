"""Accounts and their kinds (ACC)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import ClassVar

from alms._alms import Account
from alms._enum import Name
from alms._errors import AccountError
from alms._operation import Declared, Document, operation
from alms._value import Value
from alms.values import Format, Instance, Kind


class ActivationState(Name):
    """How an account stands that a reseller created for a customer (ACC-4)."""

    PENDING = "pending"
    """Created; the customer may still activate it."""
    ACTIVATED = "activated"
    """The customer activated it."""
    EXPIRED = "expired"
    """Nobody activated it in time: the account does not come into being."""


class AccountFindingCode(Name):
    """What a check of an account points out; no error."""

    TRIAL_OVERDUE = "trial_overdue"
    """A trial lasts longer than the three weeks it is meant for (ACC-8)."""
    TRIAL_START_UNKNOWN = "trial_start_unknown"
    """The day on which the free tier account was made one is not known, so its trial cannot be dated (ACC-8).
    """
    NO_SUPPORT_CONTACT = "no_support_contact"
    """A reseller's account says nobody whom its customers reach for support (ACC-9)."""
    NO_ADMINISTRATOR = "no_administrator"
    """Nobody administers the account (ACC-9)."""


class PartnerLink(Name):
    """What a partner is linked to a customer's account for (ACC-5, ACC-6)."""

    NONE = "none"
    """It is not linked."""
    SUPPORT = "support"
    """Support only: no commission on what the customer buys directly from the vendor."""
    SUPPORT_AND_COMMISSION = "support_and_commission"
    """Support, and commissions on what the customer buys directly from the vendor."""


class ChannelKind(Name):
    """The way in which an account comes into being."""

    SIGN_UP = "sign_up"
    """The vendor's general sign-up page: no partner."""
    PARTNER_LINK = "partner_link"
    """A partner's sign-up link, which every authorized partner has: that partner is the partner of record, for support
    only (ACC-5, ACC-6)."""
    CONNECTIVITY_LINK = "connectivity_link"
    """A partner's connectivity sign-up link, which exists under the IOT Solution Sales Agreement: that partner is the
    partner of record, and eligible for commissions (ACC-6)."""
    RESELLER = "reseller"
    """A reseller creates the account for its customer, who activates it (ACC-4)."""
    VENDOR = "vendor"
    """The vendor makes the account: the only way to a transition account (ACC-10)."""


class AccountSight(Name):
    """How much of an account somebody sees."""

    FULL = "full"
    """All: the vendor, and everybody of their own account."""
    PARTNER = "partner"
    """As a partner: administrators and users, but not the other partners."""
    STRANGER = "stranger"
    """As a stranger: what it takes to recognise the account and to ask for a partnership."""


class AccountLookupStatus(Name):
    """What a lookup comes to."""

    UNKNOWN = "unknown"
    """There is no such account."""
    UNIQUE = "unique"
    """There is one."""
    AMBIGUOUS = "ambiguous"
    """There are several: choose one by its UID."""


class PartnershipStepKind(Name):
    """What is done about a partnership."""

    REQUEST = "request"
    """An administrator of the partner asks for it."""
    GRANT = "grant"
    """An administrator of the customer grants what was asked for."""
    REFUSE = "refuse"
    """An administrator of the customer refuses it."""
    LINK = "link"
    """Customer Support makes the partnership, by a ticket of the customer's that names both accounts (ACC-5).
    """
    ASSIGN_PROFILE = "assign_profile"
    """An administrator of the customer gives the partner's users another profile (ACC-4)."""
    END = "end"
    """An administrator of the customer ends the partnership (ACC-11)."""


class PartnershipState(Name):
    """How a partner's request stands."""

    NONE = "none"
    """Nobody has asked."""
    REQUESTED = "requested"
    """Asked, and not answered yet."""
    GRANTED = "granted"
    """Granted, or linked by a support ticket."""
    REFUSED = "refused"
    """Refused; the partner may ask again."""
    ENDED = "ended"
    """Ended by the customer; the partner may ask again."""


class AccountActivation(Value):
    """What comes of `accounts.activation` and `accounts.activate`."""

    state: ActivationState
    """How the account stands today."""
    activate_by: datetime.date
    """The last day to activate it."""
    activated: datetime.date | None
    """The day on which it was activated; None if it has not been, or not yet."""
    days_left: int | None
    """Days that are left to activate it; None unless it is pending."""


class SystemRegistration(Value):
    """The day on which a system was registered."""

    serial: str
    """The system."""
    registered: datetime.date
    """When."""


class SupportContact(Value):
    """Whom a partner's customers reach for support: at least two of the three."""

    email: str | None = None
    """The e-mail address."""
    name: str | None = None
    """Who."""
    phone: str | None = None
    """The telephone number."""


class AccountFinding(Value):
    """Something to look at; no error."""

    code: AccountFindingCode
    """What it is."""
    rule: str
    """The rule behind it."""
    message: str
    """A sentence for people."""


class AccountVerdict(Value):
    """What comes of `accounts.check`."""

    account: str
    """The account's UID."""
    kind: Kind
    """What it is for."""
    on: datetime.date
    """The day of the check."""
    systems: int
    """How many systems it has."""
    systems_max: int | None
    """How many it may have; None without a limit."""
    consumes_tokens: bool
    """Whether its use is taken from its tokens."""
    signup_links: tuple[ChannelKind, ...]
    """The sign-up links that it has to give to customers, by the channel of `accounts.create` that each stands for."""
    ok: bool
    """Whether there is no error."""
    errors: tuple[AccountError, ...]
    """Everything that must not be."""
    findings: tuple[AccountFinding, ...]
    """What to look at; no errors."""


class PartneredAccount(Value):
    """The partners of a customer's account."""

    wire_shape: ClassVar[str | None] = "Account"

    partner_of_record: str | None = None
    """The UID of the partner of record; that of a link in `channel` where absent."""
    partners: Sequence[str] | None = None
    """UIDs of all partners."""
    partnerships: Sequence[Partnership] | None = None
    """The partnerships, of which one may say that it is of record."""
    channel: AccountChannel | None = None
    """The way in which the account came into being, as in `accounts.create`, where known: by a `partner_link` its
    partner is linked for support only."""


class PartnerCommission(Value):
    """What comes of `accounts.commission`."""

    signup_link: bool
    """Whether the partner has a sign-up link to give to customers."""
    connectivity_link: bool
    """Whether it has the connectivity sign-up link, too, which exists only under the agreement."""
    link: PartnerLink
    """What it is linked to the account for."""
    partner_of_record: bool
    """Whether it is the partner of record."""
    commission: bool
    """Whether it is eligible for commissions on what the customer buys directly from the vendor."""
    rules: tuple[str, ...]
    """The rules that had a part in it."""


class AccountRequest(Value):
    """An account that is asked for."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier, which no account has yet."""
    name: str
    """The company's name, which no account has yet."""
    administrator: str
    """The e-mail address of its administrator, which no account uses yet."""
    branding: str | None = None
    """The company's branding."""
    format: Format | None = None
    """The format; that of the day where absent: avc since 2022-01-01."""
    instance: Instance | None = None
    """The server; the partner's where absent, needed where there is no partner."""
    kind: Kind | None = None
    """What the account is for; `customer` where absent."""
    offer_class: str | None = None
    """The class of offers the account may buy."""


class AccountChannel(Value):
    """The way in which an account comes into being."""

    type: ChannelKind
    """A general sign-up, one of a partner's two links, a reseller for its customer, or the vendor."""
    partner: str | None = None
    """The partner's UID; absent for a general sign-up and for the vendor."""


class ListedAccount(Value):
    """What a directory says of an account."""

    wire_shape: ClassVar[str | None] = "Account"

    uid: str
    """The formal identifier, unique in the list."""
    name: str
    """The company's name."""
    instance: Instance
    """The server that holds the account."""
    format: Format
    """Legacy or avc."""
    kind: Kind
    """What the account is for."""
    administrators: Sequence[str] | None = None
    """E-mail addresses of the administrators."""
    users: Sequence[str] | None = None
    """E-mail addresses of the other users."""
    partnerships: Sequence[Partnership] | None = None
    """The account's partners."""
    agreement: bool | None = None
    """Of a reseller, whether it signed the IOT Solution Sales Agreement, where known."""


class Partnership(Value):
    """A partner of an account, what its users may do there, and whether it is the partner of record."""

    partner: str
    """The partner's UID."""
    profile: str | None = None
    """The profile of the partner's users, an open list; `read_only` where absent."""
    of_record: bool | None = None
    """Whether it is the partner of record; False where absent."""


class CreatedAccount(Value):
    """A created account."""

    account: Account
    """The account, without systems."""
    partnerships: tuple[Partnership, ...]
    """Its partnerships."""
    partner_of_record: str | None
    """The partner of record; None without one."""
    activate_by: datetime.date | None
    """The last day to activate the account; None where the customer signed up itself."""
    rules: tuple[str, ...]
    """The rules that had a part in it."""


class AccountCreation(Value):
    """What comes of `accounts.create`."""

    ok: bool
    """Whether the account can be created."""
    errors: tuple[AccountError, ...]
    """Everything that is in the way, in the order of the request's fields."""
    created: CreatedAccount | None
    """The account; None if there are errors."""


class SupportTicket(Value):
    """A ticket at Customer Support that asks to link accounts, or to convert one."""

    number: str
    """Its number."""
    accounts: Sequence[str]
    """UIDs of the accounts that it names."""


class LinkedAccounts(Value):
    """Two linked accounts."""

    legacy: str
    """The legacy account's UID."""
    avc: str
    """The avc account's UID."""
    removed_email: str
    """The address that is removed."""
    administrators: tuple[str, ...]
    """The administrators of the avc account from now on."""
    users: tuple[str, ...]
    """Its other users from now on."""
    account: Document
    """The avc account from now on, with all that the request says of it, in the wire form."""


class LinkVerdict(Value):
    """What comes of `accounts.link`."""

    ok: bool
    """Whether the accounts can be linked."""
    errors: tuple[AccountError, ...]
    """Everything that is missing, in the order of the request's fields."""
    linked: LinkedAccounts | None
    """The linked accounts; None if something is missing."""


class SeenAccount(Value):
    """An account, as far as the viewer sees it."""

    sight: AccountSight
    """How much of it is seen."""
    uid: str
    """The formal identifier."""
    name: str
    """The company's name."""
    instance: Instance
    """The server that holds it."""
    format: Format
    """Legacy or avc."""
    kind: Kind
    """What it is for."""
    profile: str | None
    """The profile of the viewer's users in it; None unless the viewer is a partner."""
    administrators: tuple[str, ...] | None
    """E-mail addresses of the administrators; None for a stranger."""
    users: tuple[str, ...] | None
    """E-mail addresses of the other users; None for a stranger."""
    partners: tuple[str, ...] | None
    """UIDs of the partners; None unless all is seen."""


class AccountLookup(Value):
    """What comes of `accounts.lookup`."""

    status: AccountLookupStatus
    """Whether there is no such account, one or several."""
    accounts: tuple[SeenAccount, ...]
    """The accounts, in the order of the directory."""


class PartnershipStep(Value):
    """A step towards a partnership, or within it."""

    on: datetime.date
    """When."""
    by: str
    """The e-mail address of whoever does it."""
    type: PartnershipStepKind
    """What is done."""
    profile: str | None = None
    """The profile of the partner's users: for `assign_profile`, and for `grant` where it is not `read_only`."""
    ticket: SupportTicket | None = None
    """The ticket: for `link`."""


class PartnershipCase(Value):
    """What comes of `accounts.partnership`."""

    state: PartnershipState
    """How the partner's request stands."""
    partnerships: tuple[Partnership, ...]
    """The customer's partnerships from now on."""
    steps: tuple[PartnershipStep, ...]
    """All steps between the two, the new one last."""
    rules: tuple[str, ...]
    """The rules that had a part in the new step."""


@operation("accounts.convert", take="account")
def convert_account(
    account: Account | Document,
    *,
    to: Kind | None = None,
    ticket: SupportTicket | Document | None = None,
    authorized: bool | None = None,
) -> Account:
    """Converts an account: customer to free tier, free tier to customer, customer to reseller; what is in it stays.

    Args:
        account: The account.
        to: The kind that it is to have; `customer` where absent.
        ticket: The ticket by which Customer Support is asked for it: for every conversion but that to a customer
            account.
        authorized: Whether the company is an authorized partner, for a conversion to `reseller`; None where the ticket
            has it looked up.
    """
    raise Declared


@operation("accounts.activate")
def activate_account(
    *,
    created: datetime.date,
    on: datetime.date,
    activated: datetime.date | None = None,
) -> AccountActivation:
    """Activates an account that a reseller created for its customer, within seven days.

    Args:
        created: The day on which a reseller created the account.
        on: Today.
        activated: The day on which the customer activated it, if it has.
    """
    raise Declared


@operation("accounts.activation")
def account_activation(
    *,
    created: datetime.date,
    on: datetime.date,
    activated: datetime.date | None = None,
) -> AccountActivation:
    """Says whether an account that a reseller created is pending, activated or expired on a day.

    Args:
        created: The day on which a reseller created the account.
        on: Today.
        activated: The day on which the customer activated it, if it has.
    """
    raise Declared


@operation("accounts.check")
def check_account(
    account: Account | Document,
    *,
    on: datetime.date,
    free_tier_since: datetime.date | None = None,
    registrations: Iterable[SystemRegistration | Document] = (),
    support_contact: SupportContact | Document | None = None,
    actor: str | None = None,
    agreement: bool | None = None,
) -> AccountVerdict:
    """Says all that the rules have against an account: limits of its kind, trial, support contact, administrators.

    Args:
        account: The account.
        on: Today.
        free_tier_since: The day on which a free tier account was made one; of no account otherwise.
        registrations: When systems were registered, as far as known.
        support_contact: Whom the partner's customers reach for support.
        actor: The e-mail address of whoever wants to manage the account.
        agreement: Of a reseller, whether it signed the IOT Solution Sales Agreement, where known.
    """
    raise Declared


@operation("accounts.commission")
def partner_commission(
    partner: str,
    agreement: bool,
    account: PartneredAccount | Account | Document,
) -> PartnerCommission:
    """Says what a partner has of a customer's account: sign-up links, support, commissions.

    Args:
        partner: The UID of the partner who asks: an authorized partner's reseller account.
        agreement: Whether it signed the IOT Solution Sales Agreement.
        account: The customer's account.
    """
    raise Declared


@operation("accounts.create")
def create_account(
    account: AccountRequest | Account | Document,
    channel: AccountChannel | Document,
    directory: Iterable[ListedAccount | Account | Document],
    *,
    on: datetime.date,
) -> AccountCreation:
    """Creates an account: by a general sign-up, through a partner's link, by a reseller or the vendor; reports every
    fault.

    Args:
        account: What is asked for.
        channel: The way in which the account comes into being.
        directory: The accounts that there are, the partner's among them; not those whose creation has expired.
        on: The day of creation.
    """
    raise Declared


@operation("accounts.link")
def link_accounts(
    legacy: ListedAccount | Account | Document,
    avc: ListedAccount | Account | Document,
    extra_email: str,
    *,
    partner_link: str | None = None,
    ticket: SupportTicket | Document | None = None,
) -> LinkVerdict:
    """Links a customer's legacy account with the avc account that it got under a second e-mail address.

    Args:
        legacy: The legacy account that the customer had.
        avc: The avc account that it got.
        extra_email: The second e-mail address, under which the avc account was made.
        partner_link: The UID of the partner by whose sign-up link the avc account was made, if it was.
        ticket: The ticket that asks for the link; not needed after a partner's link.
    """
    raise Declared


@operation("accounts.lookup")
def look_up_accounts(
    directory: Iterable[ListedAccount | Account | Document],
    *,
    uid: str | None = None,
    name: str | None = None,
    email: str | None = None,
    viewer: str | None = None,
) -> AccountLookup:
    """Finds accounts by UID, exact name or e-mail address, and shows what the viewer may see of them.

    Args:
        directory: The accounts that there are.
        uid: The formal identifier.
        name: The exact name.
        email: The e-mail address of a user; capitals do not matter.
        viewer: The UID of the account that looks, such as a partner's; absent for the vendor, who sees all.
    """
    raise Declared


@operation("accounts.partnership")
def take_partnership_step(
    customer: str,
    partner: str,
    directory: Iterable[ListedAccount | Account | Document],
    step: PartnershipStep | Document,
    *,
    steps: Iterable[PartnershipStep | Document] = (),
) -> PartnershipCase:
    """Takes a step towards a partnership or within it: request, grant, refuse, link by ticket, assign a profile, end.

    Args:
        customer: The customer's UID.
        partner: The partner's UID.
        directory: The two accounts as they are now, and any others.
        step: What is done now.
        steps: The steps between the two that were taken before, such as the `steps` of an earlier answer.
    """
    raise Declared
