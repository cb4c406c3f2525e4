"""Whole fleets as tables: pandas, Polars, pyarrow and DuckDB go in, and read what comes out."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple, Protocol

from alms import _alms
from alms._alms import Table
from alms._operation import Document
from alms.migration import Policy


class ArrowStream(Protocol):
    """A table that speaks the Arrow PyCapsule interface, as those of all table libraries do."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> object:
        """The table as an Arrow C stream."""


class FleetPlan(NamedTuple):
    """What `plan_fleet` gives: two tables that any Arrow consumer reads."""

    systems: Table
    """A row per system in the order of the input: its own columns, then

    - `outcome` (string): `deleted`, `inventory`, `airlink_complete`, `airlink_basic`;
    - `end_date` (date32): None when deleted or in inventory;
    - `tokens` (int64): the months it takes from the pool;
    - `rule` (string): the rule that decided;
    - `error` (string): why there is no outcome, else None. `missing_account`, `unknown_account`, `missing_state`,
      `unknown_state` and `out_of_range` are the row's own; `account_not_planned` says that the account's is.
    """
    accounts: Table
    """A row per account in the order of the input: `account`, `on`, `planned`, `error`; the plan's tokens (`opening` to
    `shortfall`), what AirLink Basic gets (`basic_systems` to `basic_end_date`), and counts by outcome (`deleted` to
    `airlink_basic`). An account with a bad row has the error `bad_rows` and no figures."""


def plan_fleet(
    systems: ArrowStream,
    accounts: ArrowStream,
    *,
    on: datetime.date | None = None,
    policy: Policy | Document | None = None,
) -> FleetPlan:
    """Plans the migration of every account of a fleet, with the same answers as `plan_migration` (MIG-2 to MIG-17).

    A bad row never stops the run: it comes out with its code, and its account is not planned. Other threads run
    meanwhile.

    Args:
        systems: A row per system: `account` (text or integer), `state`, `last_communication` and `support_end` (dates,
            may be null). With a column `model`, an XR Series router keeps its account from being planned (MIG-17). All
            other columns are passed through. Rows of one account need not be adjacent.
        accounts: A row per account: `account`, `tokens`, and optionally `on`, where the migration dates differ.
        on: The migration date of all accounts whose row does not say one.
        policy: The policy; the rulebook's defaults where absent.

    Raises:
        TypeError: A table that does not speak Arrow, a missing column, or one of another type.
    """
    if policy is not None and not isinstance(policy, Policy):
        policy = Policy.from_dict(policy)
    return FleetPlan(*_alms.plan_fleet(systems, accounts, on, None if policy is None else policy._plain()))
