"""The migration of legacy accounts to a subscription per system (MIG)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from alms._alms import Account, PlanHandle, PlannedSystem, PlannedSystems, System
from alms._call import call_json, mapping_to_json, to_json
from alms._enum import Name
from alms._operation import OPERATIONS, Declared, Document, operation
from alms._value import Value, fields_of_class
from alms.offers import Catalogue, Product
from alms.subscriptions import Compatibility, Subscription
from alms.tokens import Ledger
from alms.values import Fraction, Instance, Money
from alms.xr import MoveLossKind


class MonthRounding(Name):
    """What becomes of a part of a month (MIG-10)."""

    DOWN = "down"
    """Whole months only; what is left over is reported. Never grants what was not paid for."""
    NEAREST = "nearest"
    """To the nearest month, halves up."""
    UP = "up"
    """To the next month."""
    PRO_RATA_DAYS = "pro_rata_days"
    """Whole months, then the remaining fraction of the days to the next monthly date."""


class Cleanup(Name):
    """Whether clean-up may delete a system with valid support (MIG-12)."""

    PROTECT_PAID = "protect_paid"
    """Valid support first: nothing that is paid for is deleted."""
    STRICT = "strict"
    """Clean-up first."""


class ConsentBy(Name):
    """Who may consent to a migration (MIG-1): a policy that is no part of the plan."""

    ADMINISTRATORS = "administrators"
    """An administrator of the account; the default where the account names any."""
    ANYONE = "anyone"
    """Anyone; the default where the account names no administrator."""


class WarningCode(Name):
    """What a reader of a plan should know before agreeing to it."""

    PROTECTED_FROM_CLEANUP = "protected_from_cleanup"
    """Clean-up would have deleted these systems; valid support kept them (MIG-12)."""
    SUPPORT_DELETED = "support_deleted"
    """Clean-up under the policy `strict` deletes these systems although support is paid for (MIG-12)."""
    SUPPORT_IN_MAINTENANCE = "support_in_maintenance"
    """These systems are in maintenance mode: they lose valid support with the migration (MIG-3)."""
    SUPPORT_ACTIVATES_INVENTORY = "support_activates_inventory"
    """These systems were in inventory; their valid support makes them active (MIG-4)."""
    ENDS_ON_MIGRATION_DATE = "ends_on_migration_date"
    """The support of these systems ends on the migration date itself: no day of service is left (MIG-4)."""
    OFFER_NOT_FOR_MODEL = "offer_not_for_model"
    """These systems get an offer that does not fit their model (OFF-2)."""
    INVENTORY_KEPT = "inventory_kept"
    """These systems stay in inventory, without tokens and end date (MIG-13)."""
    COMMUNICATION_AFTER_MIGRATION = "communication_after_migration"
    """These systems communicated after the migration date: is the date or the data right? (MIG-8)."""
    NEGATIVE_POOL = "negative_pool"
    """The stock was below zero and counts as 0 (MIG-15)."""
    TOKEN_SHORTFALL = "token_shortfall"
    """The pool does not hold the tokens that AirLink Complete systems take; their dates remain (MIG-15)."""
    ZERO_MONTHS = "zero_months"
    """The tokens left give no month: these systems end on the migration date (MIG-15)."""
    LONG_TERM = "long_term"
    """The tokens left give more than 60 months (MIG-15)."""
    UNALLOCATED_WITHOUT_BASIC = "unallocated_without_basic"
    """Tokens are left and no AirLink Basic system to take them (MIG-15)."""
    FREE_ACCOUNT = "free_account"
    """The account consumes no tokens (ACC-8); its migration was planned like a customer's."""


class Offer(Name):
    """An offer that a migration assigns."""

    AIRLINK_BASIC = "AirLink Basic"
    """Device management without customer support."""
    AIRLINK_COMPLETE = "AirLink Complete"
    """Device management, customer support and warranty."""


class Outcome(Name):
    """What becomes of a system."""

    DELETED = "deleted"
    """Removed from the account; comes out as an export (MIG-7, MIG-8, MIG-14)."""
    INVENTORY = "inventory"
    """Inventory with AirLink Basic; activating it takes a purchase order (MIG-3, MIG-13)."""
    AIRLINK_COMPLETE = "airlink_complete"
    """AirLink Complete until the support end date (MIG-4)."""
    AIRLINK_BASIC = "airlink_basic"
    """AirLink Basic until the common end date (MIG-9)."""


class Verdict(Name):
    """What a rule had to say."""

    DOES_NOT_APPLY = "does_not_apply"
    """Its condition does not hold."""
    DECIDES = "decides"
    """It decided the outcome."""
    CONTRIBUTES = "contributes"
    """It had a part in the date or the tokens."""
    OVERRULED = "overruled"
    """Its condition holds, but a rule before it decided."""


class RuleStatus(Name):
    """Where a rule's content comes from."""

    SOURCE = "source"
    """A source document says it."""
    DECISION = "decision"
    """The sources are silent, contradict themselves or lost the passage: a decision was taken."""


class BasicGrant(Value):
    """What every AirLink Basic system gets."""

    systems: int
    """How many systems share the tokens."""
    months: Fraction
    """The exact months per system, not reduced."""
    granted_months: int
    """Whole months granted."""
    granted_days: int
    """Days beyond them."""
    end_date: datetime.date
    """The common end date."""


class Consent(Value):
    """The customer's consent to one plan."""

    on: datetime.date
    """When; not after the migration date."""
    fingerprint: str
    """The fingerprint of the plan consented to."""
    by: str | None = None
    """Who consented: the e-mail address of an administrator of the account, unless `consent_by` is `anyone`."""


class Policy(Value):
    """The settings of a migration; absent ones have the rulebook's default."""

    month_rounding: MonthRounding | None = None
    """What becomes of a part of a month (MIG-10); default `down`."""
    complete_renewal: Literal["support_date"] | SupportDatePlusYears | None = None
    """The end date of AirLink Complete (MIG-11); default `support_date`."""
    cleanup: Cleanup | None = None
    """Valid support or clean-up first (MIG-12); default `protect_paid`."""
    inactive_months: int | None = None
    """Months without communication that a system survives (MIG-8); default 12."""

    def _plain(self) -> tuple[str | None, int | None, str | None, int | None]:
        years = self.complete_renewal
        return (
            self.month_rounding,
            years.support_date_plus_years if isinstance(years, SupportDatePlusYears) else None,
            self.cleanup,
            self.inactive_months,
        )


class Summary(Value):
    """Counts by outcome."""

    deleted: int
    """Removed."""
    inventory: int
    """In inventory."""
    airlink_complete: int
    """On AirLink Complete."""
    airlink_basic: int
    """On AirLink Basic."""


class SupportDatePlusYears(Value):
    """`{"support_date_plus_years": n}`."""

    support_date_plus_years: int
    """Years added to the support end date, 0 to 65535."""


class TakenBalance(Value):
    """The balance of a ledger that a migration converts."""

    account: str
    """The account."""
    tokens: int
    """Its stock."""
    as_of: datetime.date
    """At the end of this day, the migration date."""


class TokenStatement(Value):
    """Where every token went: opening + written_off = complete + basic + pro_rata + unallocated − overgranted."""

    opening: int
    """The stock before the migration."""
    written_off: int
    """What a negative stock was written off by."""
    complete: int
    """Taken by AirLink Complete."""
    basic: int
    """Whole months of AirLink Basic."""
    pro_rata: int
    """The part below a month, as days."""
    unallocated: int
    """Left over."""
    overgranted: int
    """Granted beyond what there was."""
    shortfall: int
    """What AirLink Complete would have taken beyond the pool."""


class PlanWarning(Value):
    """What a reader should know before agreeing."""

    code: WarningCode
    """The stable code."""
    rule: str
    """The rule behind it."""
    systems: Sequence[str]
    """The serials of the systems it concerns; empty if it concerns the account."""
    message: str
    """One sentence."""


class Plan(Value):
    """A migration plan: data that can be stored, shown, agreed to by its fingerprint, and applied.

    It is a view of the plan in Rust: `systems` makes a row when it is asked for, and the fingerprint is computed when
    somebody wants to see it.
    """

    rulebook: str
    """The version of the rulebook."""
    account: str
    """The account's UID."""
    on: datetime.date
    """The migration date."""
    policy: Policy
    """The policy with every field."""
    systems: PlannedSystems
    """What becomes of every system, in the account's order."""
    tokens: TokenStatement
    """Where every token went."""
    basic: BasicGrant | None
    """What AirLink Basic systems get; None without such systems."""
    summary: Summary
    """Counts by outcome."""
    warnings: Sequence[PlanWarning]
    """What to know before agreeing."""
    fingerprint: str
    """What a consent names: `sha256:` and 64 hexadecimal digits (MIG-19)."""
    balance: TakenBalance | None = None
    """The balance that was taken as the stock; None where the account said its tokens itself."""

    if not TYPE_CHECKING:
        __slots__ = ("_handle", *__annotations__)

        def __getattr__(self, name: str) -> object:
            """Fills a field when it is first asked for."""
            if name == "_handle" or name not in self.__match_args__:
                raise AttributeError(f"'Plan' object has no attribute {name!r}")
            return self._fill(name)

    @classmethod
    def _of(cls, handle: PlanHandle) -> Plan:
        self = cls.__new__(cls)
        _set_handle(self, handle)
        return self

    def _fill(self, name: str) -> object:
        handle = _handle(self)
        if name in ("systems", "fingerprint"):
            value = getattr(handle, name)
            field = next(field for field in fields_of_class(Plan) if field.name == name)
            field.set(self, value)
            return value
        head = json.loads(handle.head_json())
        for field in fields_of_class(Plan):
            if field.name not in ("systems", "fingerprint"):
                field.set(self, field.type.read(head.get(field.name), field.name))
        return getattr(self, name)

    def _take(self, values: tuple[object, ...]) -> None:
        fields = zip(fields_of_class(Plan), values, strict=True)
        written = {field.name: field.type.write(field.type.take(value, field.name)) for field, value in fields}
        _set_handle(self, PlanHandle.from_json(to_json(written)))

    @classmethod
    def _read(cls, document: object, path: str) -> Plan:
        return cls._of(PlanHandle.from_json(mapping_to_json(document)))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that a JSON document in the wire form describes. Raises `MigrationError`."""
        return cls._of(PlanHandle.from_json(text))

    def to_json(self) -> str:
        """The plan in the wire form as compact JSON, the same to the byte as `alms.call_json` gives it."""
        return _handle(self).to_json()

    def to_dict(self) -> dict[str, Any]:
        """The plan in the wire form."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return NotImplemented
        return _handle(self).same(_handle(other))

    def __hash__(self) -> int:
        return hash((self.account, self.on, self.tokens))

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan.from_json, (self.to_json(),)

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


def _handle(plan: Plan) -> PlanHandle:
    handle: PlanHandle = plan._handle  # type: ignore[attr-defined]
    return handle


def _set_handle(plan: Plan, handle: PlanHandle) -> None:
    Plan.__dict__["_handle"].__set__(plan, handle)


class Applied(Value):
    """What comes of `migration.apply`."""

    account: Account
    """The avc account."""
    subscriptions: tuple[Subscription, ...]
    """One subscription per system that is left."""
    export: tuple[System, ...]
    """The deleted systems, as they were."""


class Scenario(Value):
    """One "what if"."""

    name: str
    """How the scenario is called."""
    on: datetime.date
    """The migration date."""
    policy: Policy | None = None
    """The policy; the rulebook's defaults where absent."""
    tokens: int | None = None
    """Another stock than the account's."""
    reporting: Literal["as_is", "all_deleted"] | Sequence[str] | None = None
    """Systems that report before the migration: `as_is` (default), `all_deleted`, or a list of serials."""


class Change(Value):
    """Totals against the first scenario: what is added, or with a minus sign taken away."""

    systems: int
    """Systems that differ."""
    deleted: int
    """Systems removed."""
    inventory: int
    """Systems in inventory."""
    airlink_complete: int
    """Systems on AirLink Complete."""
    airlink_basic: int
    """Systems on AirLink Basic."""
    complete_tokens: int
    """Tokens taken by AirLink Complete."""
    basic_tokens: int
    """Tokens granted to AirLink Basic, pro rata included."""
    unallocated_tokens: int
    """Tokens left over."""
    basic_end_days: int | None
    """Days that the common end date of AirLink Basic moves; None unless both scenarios have one."""


class Difference(Value):
    """A system that is treated otherwise than in the first scenario."""

    serial: str
    """The system."""
    before: Standing
    """In the first scenario."""
    after: Standing
    """In this one."""
    days: int | None
    """Days that its end date moves; None unless both have one."""


class Reach(Value):
    """The tokens that carry every AirLink Basic system to a date."""

    until: datetime.date
    """The wanted date."""
    tokens_needed: int
    """The fewest tokens in the stock that reach it."""
    tokens_missing: int
    """What the stock lacks."""
    packs: int
    """Service Packs that hold the missing tokens."""
    sku: str
    """Their article number."""
    list_price: Money
    """Their list price."""
    ending_before: tuple[str, ...]
    """AirLink Complete systems that end before the date whatever the tokens."""


class ScenarioResult(Value):
    """One scenario, and what it changes against the first."""

    name: str
    """How the scenario is called."""
    on: datetime.date
    """The migration date."""
    policy: Policy
    """The policy with every field."""
    tokens: TokenStatement
    """Where every token went."""
    basic: BasicGrant | None
    """What AirLink Basic systems get."""
    summary: Summary
    """Counts by outcome."""
    warnings: tuple[PlanWarning, ...]
    """What to know before agreeing."""
    fingerprint: str | None
    """The plan's fingerprint; None where the scenario supposes another stock or other reports."""
    change: Change
    """Totals against the first scenario."""
    differences: tuple[Difference, ...]
    """Systems that differ from the first scenario, in the account's order."""
    reach: Reach | None
    """What it takes until everyone reaches `until`; None where no date was given."""


class Standing(Value):
    """What a scenario says about a system."""

    outcome: Outcome
    """The outcome."""
    end_date: datetime.date | None
    """The end date."""
    tokens: int
    """The tokens it takes."""


class Comparison(Value):
    """What comes of `migration.compare`."""

    scenarios: tuple[ScenarioResult, ...]
    """A result per scenario, in the given order."""


class Source(Value):
    """A place in a source document."""

    document: str
    """The document's title."""
    section: str
    """The section."""


class Step(Value):
    """One rule that was asked."""

    rule: str
    """The rule."""
    verdict: Verdict
    """What it had to say."""
    text: str
    """Why, with the system's own values."""
    statement: str
    """The rule in one sentence."""
    status: RuleStatus
    """Said by the source, or decided."""
    sources: tuple[Source, ...]
    """Where it stands."""


class Explanation(Value):
    """Why a system gets what it gets."""

    system: PlannedSystem
    """What the plan says about the system."""
    steps: tuple[Step, ...]
    """The rules in the order in which they were asked."""
    text: str
    """The same for a person, a rule a line."""

    def _repr_html_(self) -> str:
        from alms._report import html

        return html(self)


class MergeWarningCode(Name):
    """What a partner should know before agreeing to a merge."""

    OVER_LIMIT = "over_limit"
    """There is no place for these systems: name those that shall stay, and give the others another account
    (RES-1)."""
    DUPLICATE_SYSTEM = "duplicate_system"
    """These systems stand in two accounts: what the first account says of them is kept (MIG-18)."""
    ROLE_CONFLICT = "role_conflict"
    """These people administer one account and merely use another: they administer the merged one (MIG-18)."""
    SETTING_DROPPED = "setting_dropped"
    """These settings of a merged account are given up: the reseller account's own are kept (MIG-18)."""
    PARTNERSHIP_WITHIN = "partnership_within"
    """These accounts were partners of each other: merged, they are one (MIG-18)."""
    STOCK_LEFT = "stock_left"
    """An account has tokens or lacks some, and an avc account has none: transfer tokens to customers first
    (MIG-18)."""
    OTHER_INSTANCE = "other_instance"
    """The account is on another instance than the merged one will be: its content moves by hand (XRS-4)."""
    SYSTEM_ACTIVATED = "system_activated"
    """These systems were not active: in the merged account every system is (RES-1)."""
    SILENT_SYSTEM = "silent_system"
    """These systems have not communicated for 12 months: a customer's migration would delete them (MIG-8)."""
    UNKNOWN_SKU_REGION = "unknown_sku_region"
    """Nobody said for which region these XR Series routers are made: whether the instance takes them is open
    (XRS-2)."""


class MergeWarning(Value):
    """What to know before agreeing to a merge."""

    code: MergeWarningCode
    """The stable code."""
    rule: str
    """The rule behind it."""
    accounts: Sequence[str]
    """UIDs of the accounts that it concerns."""
    subjects: Sequence[str]
    """The serials, e-mail addresses, UIDs, amounts or settings that it concerns."""
    message: str
    """One sentence."""


class MergedSystem(Value):
    """A system, and the account that it comes from."""

    serial: str
    """The system."""
    account: str
    """The UID of the account."""


class PlannedMove(Value):
    """A move to another instance."""

    from_: Instance
    """The instance on which the account is."""
    to: Instance
    """The instance on which it shall be."""
    losses: Sequence[MoveLossKind]
    """What is lost, as the account is deleted and created again."""


class ResellerPlan(Value):
    """The plan of a reseller's migration."""

    rulebook: str
    """The version of the rulebook."""
    account: str
    """The reseller account's UID."""
    merged: Sequence[str]
    """UIDs of the accounts that are merged in, and are then no more."""
    on: datetime.date
    """The migration date."""
    instance: Instance
    """The instance on which the account is from now on."""
    administrators: Sequence[str]
    """E-mail addresses of the administrators from now on."""
    users: Sequence[str]
    """E-mail addresses of the other users."""
    partners: Sequence[str]
    """UIDs of the partners."""
    keep: Sequence[str]
    """Serials of the systems that were to be kept before all others."""
    systems: Sequence[MergedSystem]
    """The systems that stay, at most 20."""
    over_limit: Sequence[MergedSystem]
    """The systems for which there is no place; they stay out until the partner decides about them."""
    end_date: datetime.date
    """The day on which the free services of all systems end, and renew by themselves."""
    warnings: Sequence[MergeWarning]
    """What to know before agreeing."""
    fingerprint: str
    """What a consent names: `sha256:` and 64 hexadecimal digits."""
    instance_move: PlannedMove | None = None
    """The move to another instance; None if the account stays on its own."""


class LeftSystem(Value):
    """A system without a place, and the account that it comes from."""

    from_: MergedSystem
    """Where it comes from."""
    system: System
    """The system as it was."""


class ResellerApplied(Value):
    """What comes of `migration.apply_reseller`."""

    account: Account
    """The avc account: users, partners and up to 20 systems of all accounts."""
    subscriptions: tuple[Subscription, ...]
    """One subscription per system, with all services of its model, at no cost."""
    over_limit: tuple[LeftSystem, ...]
    """The systems without a place, as they were."""


@operation("migration.apply")
def apply_migration(
    account: Account | Document,
    plan: Plan | Document,
    *,
    consent: Consent | Document | None = None,
    consent_by: ConsentBy | None = None,
    ledger: Ledger | Document | None = None,
) -> Applied:
    """Applies a migration plan with the customer's consent: gives the avc account, its subscriptions and the
    deleted systems.

    Args:
        account: The account as it is now.
        plan: The plan, unaltered.
        consent: The customer's consent.
        consent_by: Who may consent; `administrators` where absent and the account names any, else `anyone`.
        ledger: The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
    """
    raise Declared


@operation("migration.compare")
def compare_migrations(
    account: Account | Document,
    scenarios: Iterable[Scenario | Document],
    *,
    until: datetime.date | None = None,
    catalogues: Iterable[Catalogue | Document] | None = None,
    custom: Iterable[Product | Document] = (),
) -> Comparison:
    """Plans several scenarios of one account and says what differs, per system and in total, and what it takes to
    reach a date.

    Args:
        account: A legacy account.
        scenarios: At least two; the first is what the others are measured against.
        until: A date that everyone should reach; the results say how many tokens that takes.
        catalogues: The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where
            absent.
        custom: A customer's own offers, for the same.
    """
    raise Declared


@operation("migration.explain")
def explain_migration(
    account: Account | Document,
    serial: str,
    *,
    on: datetime.date,
    policy: Policy | Document | None = None,
    ledger: Ledger | Document | None = None,
    catalogues: Iterable[Catalogue | Document] | None = None,
    custom: Iterable[Product | Document] = (),
) -> Explanation:
    """Explains what a migration does to one system: the rules, the exact fraction, the rounding, the sources.

    Args:
        account: A legacy account.
        serial: The system to explain.
        on: The migration date.
        policy: The policy; the rulebook's defaults where absent.
        ledger: The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
        catalogues: The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where
            absent.
        custom: A customer's own offers, for the same.
    """
    raise Declared


@operation("migration.apply_reseller")
def apply_reseller_migration(
    account: Account | Document,
    plan: ResellerPlan | Document,
    *,
    merge: Iterable[Account | Document] = (),
    consent: Consent | Document | None = None,
    consent_by: ConsentBy | None = None,
    compatibility: Compatibility | Document | None = None,
) -> ResellerApplied:
    """Applies the plan of a reseller's migration with the partner's consent: gives the merged avc account and its
    subscriptions.

    Args:
        account: The reseller account as it is now.
        plan: The plan, unaltered.
        merge: The other accounts as they are now, in the order in which they were planned.
        consent: The partner's consent.
        consent_by: Who may consent; `administrators` where absent and the reseller account names any, else `anyone`.
        compatibility: Which instances take the routers of which SKU region, as the plan was made with it.
    """
    raise Declared


@operation("migration.plan_reseller")
def plan_reseller_migration(
    account: Account | Document,
    *,
    on: datetime.date,
    merge: Iterable[Account | Document] = (),
    instance: Instance | None = None,
    keep: Iterable[str] = (),
    compatibility: Compatibility | Document | None = None,
) -> ResellerPlan:
    """Plans the migration of a reseller's account and the merge of other accounts of the same partner into it.

    Args:
        account: The legacy reseller account.
        on: The migration date.
        merge: Other accounts of the same partner, legacy or avc, to be merged in.
        instance: The instance on which the account shall be; its own where absent.
        keep: Serials of systems that shall be kept before all others, where there are more than 20.
        compatibility: Which instances take the XR Series routers of which SKU region; `na` for North America and `eu`
            for Global where absent.
    """
    raise Declared


@operation("migration.plan")
def _plan_by_document(
    account: Account | Document,
    *,
    on: datetime.date,
    policy: Policy | Document | None = None,
    ledger: Ledger | Document | None = None,
    catalogues: Iterable[Catalogue | Document] | None = None,
    custom: Iterable[Product | Document] | None = None,
) -> Plan:
    raise Declared


def plan_migration(
    account: Account | Document,
    *,
    on: datetime.date,
    policy: Policy | Document | None = None,
    ledger: Ledger | Document | None = None,
    catalogues: Iterable[Catalogue | Document] | None = None,
    custom: Iterable[Product | Document] | None = None,
) -> Plan:
    """Plans the migration of a legacy account: what becomes of every system and every token (MIG-2 to MIG-19).

    Planning needs no consent and changes nothing. Other threads run meanwhile.

    >>> import alms, datetime
    >>> systems = [alms.System(serial, "RV55", "active", datetime.date(2023, 3, 1)) for serial in ("LA1", "LA2")]
    >>> account = alms.Account("a1", "Acme", instance="na", format="legacy", kind="customer", tokens=13,
    ...                        systems=systems)
    >>> plan = alms.plan_migration(account, on=datetime.date(2023, 3, 25))
    >>> plan.systems[0].end_date, plan.tokens.basic, plan.tokens.unallocated
    (datetime.date(2023, 9, 25), 12, 1)

    Args:
        account: A legacy account.
        on: The migration date.
        policy: The policy; the rulebook's defaults where absent.
        ledger: The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
        catalogues: The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where
            absent.
        custom: A customer's own offers, for the same.

    Raises:
        MigrationError: The account is avc (MIG-2) or a reseller's (MIG-18), holds an XR Series router (MIG-17), or
            an end date would lie beyond 9999-12-31.
    """
    plain = ledger is None and catalogues is None and custom is None
    if isinstance(account, Account) and plain and (policy is None or isinstance(policy, Policy)):
        handle = PlanHandle.of(account, on, None if policy is None else policy._plain())
        if handle is not None:
            return Plan._of(handle)
    arguments = {
        "account": account,
        "on": on,
        "policy": policy,
        "ledger": ledger,
        "catalogues": catalogues,
        "custom": custom,
    }
    declared = OPERATIONS["migration.plan"]
    return Plan.from_json(call_json(declared.name, declared.document(arguments)))
