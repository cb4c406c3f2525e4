"""The native half of the package; use `alms` instead.

Native are the values of which there are millions: systems, and what a plan says about each of them.
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import (
    Any,
    ClassVar,
    Final,
    Literal,
    Self,
    SupportsIndex,
    TypeAlias,
    final,
    overload,
)

from alms.migration import Offer, Outcome
from alms.values import Format, Instance, Kind, SkuRegion, SystemState

__all__ = [
    "Account",
    "FleetCsv",
    "PlanHandle",
    "PlannedSystem",
    "PlannedSystems",
    "System",
    "Systems",
    "Table",
    "__version__",
    "call_json",
    "operations",
    "plan_fleet",
]

__version__: Final[str]

_State: TypeAlias = SystemState | Literal["active", "suspended", "inventory", "maintenance"]
_Instance: TypeAlias = Instance | Literal["na", "eu", "ca", "au"]
_SkuRegion: TypeAlias = SkuRegion | Literal["north_america", "global"]
_Format: TypeAlias = Format | Literal["legacy", "avc"]
_Kind: TypeAlias = Kind | Literal["customer", "reseller", "free_tier", "transition"]
_Outcome: TypeAlias = Outcome | Literal["deleted", "inventory", "airlink_complete", "airlink_basic"]

def call_json(op: str, input: str) -> str:
    """Runs the operation `op` on the JSON document `input`; raises `alms.AlmsError`."""

def operations() -> list[tuple[str, str, str, str]]:
    """Every operation as name, summary, input schema and output schema (the schemas as JSON texts)."""

@final
class System:
    """A router or gateway of an account.

    Raises `SystemsError` for an empty serial, a text beyond 256 characters, an unknown state, or a date outside
    1900-01-01 to 9999-12-31; `TypeError` for anything that is no text, state or date (a datetime is none).

    >>> import alms, datetime
    >>> alms.System("LA1", "RV55", "active", last_communication=datetime.date(2023, 3, 1)).state
    SystemState.ACTIVE
    """

    __match_args__: ClassVar[tuple[str, str, str, str, str, str, str]]

    def __new__(
        cls,
        serial: str,
        model: str,
        state: _State,
        last_communication: datetime.date | None = None,
        support_end: datetime.date | None = None,
        warranty_end: datetime.date | None = None,
        sku_region: _SkuRegion | None = None,
    ) -> Self: ...
    @property
    def serial(self) -> str:
        """The serial number, unique within the account."""

    @property
    def model(self) -> str:
        """The model; any text."""

    @property
    def state(self) -> SystemState:
        """The life cycle state."""

    @property
    def last_communication(self) -> datetime.date | None:
        """The day of the last communication; None if there never was one (MIG-7, MIG-8)."""

    @property
    def support_end(self) -> datetime.date | None:
        """The last day of support; None without support (MIG-4)."""

    @property
    def warranty_end(self) -> datetime.date | None:
        """The last day of warranty, where known."""

    @property
    def sku_region(self) -> SkuRegion | None:
        """The region of its SKU, of an XR Series router, where known (XRS-2)."""

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> System:
        """The system that a mapping in the wire form describes. Raises `SystemsError`."""

    @staticmethod
    def from_json(text: str) -> System:
        """The system that a JSON document in the wire form describes. Raises `SystemsError`."""

    def to_dict(self) -> dict[str, Any]:
        """The system in the wire form."""

    def to_json(self) -> str:
        """The system in the wire form as compact JSON."""

    def replace(self, **changes: Any) -> System:
        """The same system with other contents of some fields."""

    def __replace__(self, **changes: Any) -> System: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: object) -> Self: ...
    def __reduce__(self) -> tuple[type[System], tuple[Any, ...]]: ...

@final
class Systems(Sequence[System]):
    """The systems of an account in its order: a view, which makes a system when it is asked for."""

    def find(self, serial: str) -> System | None:
        """The system with this serial, or None."""

    def __len__(self, /) -> int: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> System: ...
    @overload
    def __getitem__(self, index: slice, /) -> tuple[System, ...]: ...
    def __iter__(self, /) -> Iterator[System]: ...
    def __reversed__(self) -> Iterator[System]: ...
    def __contains__(self, value: object, /) -> bool: ...
    def index(self, value: object, *range: int) -> int: ...
    def count(self, value: object) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class Account:
    """An account with its systems (ACC-1).

    Raises `AccountError` where the data make no account: a serial twice, a legacy account created since 2022 (ACC-2), a
    text beyond 256 characters, more than 10 million systems; `TypeError` for what is of another type.

    >>> import alms
    >>> account = alms.Account("a1", "Acme", instance="na", format="legacy", kind="customer", tokens=12,
    ...                        systems=[alms.System("LA1", "RV55", "active")])
    >>> account.systems
    <Systems: 1>
    """

    __match_args__: ClassVar[tuple[str, ...]]

    def __new__(
        cls,
        uid: str,
        name: str,
        *,
        instance: _Instance,
        format: _Format,
        kind: _Kind,
        systems: Iterable[System | Mapping[str, Any]] | None = None,
        tokens: int | None = None,
        created: datetime.date | None = None,
        administrators: Iterable[str] | None = None,
        users: Iterable[str] | None = None,
        partners: Iterable[str] | None = None,
        offer_class: str | None = None,
        branding: str | None = None,
        configuration: str | None = None,
    ) -> Self: ...
    @property
    def uid(self) -> str:
        """The formal identifier."""

    @property
    def name(self) -> str:
        """The company's name."""

    @property
    def instance(self) -> Instance:
        """The server that holds the account."""

    @property
    def format(self) -> Format:
        """Legacy (tokens) or avc (a subscription per system)."""

    @property
    def kind(self) -> Kind:
        """What the account is for."""

    @property
    def systems(self) -> Systems:
        """The systems, each serial once."""

    @property
    def tokens(self) -> int | None:
        """The stock in tokens (system-months), within ±10^15; None where a ledger says it."""

    @property
    def created(self) -> datetime.date | None:
        """The day the account was created, where known."""

    @property
    def administrators(self) -> tuple[str, ...]:
        """E-mail addresses of the administrators."""

    @property
    def users(self) -> tuple[str, ...]:
        """E-mail addresses of the other users."""

    @property
    def partners(self) -> tuple[str, ...]:
        """UIDs of the partners' accounts (ACC-11)."""

    @property
    def offer_class(self) -> str | None:
        """The class of offers the account may buy."""

    @property
    def branding(self) -> str | None:
        """The company's branding."""

    @property
    def configuration(self) -> str | None:
        """What the customer configured, carried along unread."""

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Account:
        """The account that a mapping in the wire form describes. Raises `AccountError`."""

    @staticmethod
    def from_json(text: str) -> Account:
        """The account that a JSON document in the wire form describes. Raises `AccountError`."""

    def to_dict(self) -> dict[str, Any]:
        """The account in the wire form."""

    def to_json(self) -> str:
        """The account in the wire form as compact JSON."""

    def replace(self, **changes: Any) -> Account:
        """The same account with other contents of some fields."""

    def __replace__(self, **changes: Any) -> Account: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: object) -> Self: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class PlannedSystem:
    """What a plan says about one system. Offer and state follow from the outcome."""

    __match_args__: ClassVar[tuple[str, str, str, str, str]]

    def __new__(
        cls,
        serial: str,
        outcome: _Outcome,
        end_date: datetime.date | None = None,
        tokens: int | None = None,
        rules: Iterable[str] | None = None,
    ) -> Self: ...
    @property
    def serial(self) -> str:
        """The serial number."""

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""

    @property
    def offer(self) -> Offer | None:
        """The offer; None when deleted."""

    @property
    def state(self) -> SystemState | None:
        """The state after the migration; None when deleted."""

    @property
    def end_date(self) -> datetime.date | None:
        """The day its service ends; None when deleted or in inventory."""

    @property
    def tokens(self) -> int:
        """The months it takes from the pool (MIG-5, MIG-9)."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind it, the deciding one first."""

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> PlannedSystem:
        """What a mapping in the wire form says. Raises `MigrationError`."""

    @staticmethod
    def from_json(text: str) -> PlannedSystem:
        """What a JSON document in the wire form says. Raises `MigrationError`."""

    def to_dict(self) -> dict[str, Any]:
        """The wire form."""

    def to_json(self) -> str:
        """The wire form as compact JSON."""

    def replace(self, **changes: Any) -> PlannedSystem:
        """The same with other contents of some fields."""

    def __replace__(self, **changes: Any) -> PlannedSystem: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: object) -> Self: ...
    def __reduce__(self) -> tuple[type[PlannedSystem], tuple[Any, ...]]: ...

@final
class PlannedSystems(Sequence[PlannedSystem]):
    """What a plan says about every system, in the account's order: a view into the plan in Rust."""

    def __len__(self, /) -> int: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> PlannedSystem: ...
    @overload
    def __getitem__(self, index: slice, /) -> tuple[PlannedSystem, ...]: ...
    def __iter__(self, /) -> Iterator[PlannedSystem]: ...
    def __reversed__(self) -> Iterator[PlannedSystem]: ...
    def __contains__(self, value: object, /) -> bool: ...
    def index(self, value: object, *range: int) -> int: ...
    def count(self, value: object) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class PlanHandle:
    """A plan in Rust, of which `alms.Plan` shows what it is asked for."""

    @staticmethod
    def of(
        account: Account,
        on: datetime.date,
        policy: tuple[str | None, int | None, str | None, int | None] | None,
    ) -> PlanHandle | None:
        """The plan of an account; None where the stock is not known or the policy's numbers are too large."""

    @staticmethod
    def from_json(text: str) -> PlanHandle:
        """The plan that a JSON document describes."""

    def to_json(self) -> str:
        """The whole plan."""

    def head_json(self) -> str:
        """The plan without systems, and with a placeholder for the fingerprint."""

    @property
    def fingerprint(self) -> str:
        """What a consent names; computed when it is first asked for."""

    @property
    def systems(self) -> PlannedSystems:
        """What becomes of every system."""

    def same(self, other: PlanHandle) -> bool:
        """Whether two plans say the same."""

@final
class Table:
    """A table that any Arrow consumer reads: `polars.DataFrame(table)`, `pyarrow.table(table)`, DuckDB, pandas."""

    @property
    def column_names(self) -> list[str]:
        """The columns in their order."""

    def __len__(self, /) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class FleetCsv:
    """A CSV file of the systems or accounts of a fleet, read batch by batch, as `systems_from_csv` reads."""

    def __new__(cls, path: str | os.PathLike[str], *, accounts: bool, dates: str, fault: str) -> Self: ...
    def next(self, rows_max: int) -> Table | None:
        """The next rows, at most so many; None at the end of the file."""

    def empty(self) -> Table:
        """A table of no rows."""

    def said(self) -> tuple[list[str], int, list[str], int, list[str], list[str], bool]:
        """What a person should know about the rows so far."""

def plan_fleet(
    systems: object,
    accounts: object,
    scenarios: list[tuple[datetime.date | None, tuple[str | None, int | None, str | None, int | None] | None]],
) -> list[tuple[Table, Table]]:
    """Plans every account under every scenario; gives a table of systems and a table of accounts for each."""
