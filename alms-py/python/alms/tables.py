"""Whole fleets as tables: pandas, Polars, pyarrow and DuckDB go in, and read what comes out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from alms import _alms
from alms._alms import FleetCsv as FleetCsv
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

    - `outcome` (text): `deleted`, `inventory`, `airlink_complete`, `airlink_basic`;
    - `end_date` (date32): None when deleted or in inventory;
    - `tokens` (int64): the months it takes from the pool;
    - `rule` (text): the rule that decided;
    - `error` (text): why there is no outcome, else None. `missing_account`, `unknown_account`, `missing_state`,
      `unknown_state`, `out_of_range` and `duplicate_serial` are the row's own; `account_not_planned` says that the
      account's is.

    The texts are dictionary-encoded, each name once in memory: categories in pandas and Polars.
    """
    accounts: Table
    """A row per account in the order of the input: `account`, `on`, `planned`, `error`; the plan's tokens (`opening` to
    `shortfall`), what AirLink Basic gets (`basic_systems` to `basic_end_date`), and counts by outcome (`deleted` to
    `airlink_basic`). An account with a bad row has the error `bad_rows` and no figures."""


class ScenarioPlan(NamedTuple):
    """A fleet under one of several scenarios."""

    on: datetime.date | None
    """The migration date of the accounts whose row does not say one."""
    policy: Policy
    """The policy."""
    systems: Table
    """As in `FleetPlan`."""
    accounts: Table
    """As in `FleetPlan`."""


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
            may be null). With a column `model`, an XR Series router keeps its account from being planned (MIG-17).
            With a column `serial` (text or integer), a serial twice in an account makes every row but the first a bad
            row (`duplicate_serial`); without it such a system is planned twice, and nothing says so. All other columns
            are passed through. Rows of one account need not be adjacent.
        accounts: A row per account: `account`, `tokens`, and optionally `on`, where the migration dates differ.
        on: The migration date of all accounts whose row does not say one.
        policy: The policy; the rulebook's defaults where absent.

    Raises:
        TypeError: A table that does not speak Arrow, a missing column, or one of another type.
    """
    plan = None if policy is None else _policy(policy)._plain()
    ((rows, figures),) = _alms.plan_fleet(systems, accounts, [(on, plan)])
    return FleetPlan(rows, figures)


def plan_fleet_scenarios(
    systems: ArrowStream,
    accounts: ArrowStream,
    *,
    on: Sequence[datetime.date] = (),
    policies: Sequence[Policy | Document] = (),
) -> list[ScenarioPlan]:
    """Plans a fleet on several dates under several policies; the tables are read and grouped once.

    Args:
        systems: As for `plan_fleet`.
        accounts: As for `plan_fleet`.
        on: The migration dates. None where every account's row says one.
        policies: The policies. None for the rulebook's defaults.

    Returns:
        A plan for every date under every policy, the policies of a date following each other.

    Raises:
        TypeError: As `plan_fleet`.
    """
    if isinstance(on, datetime.date):
        raise TypeError("on must be a sequence of dates, not one date")
    dates: list[datetime.date | None] = [*on] or [None]
    chosen = [_policy(policy) for policy in policies] or [Policy()]
    scenarios = [(date, policy) for date in dates for policy in chosen]
    plans = _alms.plan_fleet(systems, accounts, [(date, policy._plain()) for date, policy in scenarios])
    return [ScenarioPlan(*scenario, *plan) for scenario, plan in zip(scenarios, plans, strict=True)]


def _policy(policy: Policy | Document) -> Policy:
    return policy if isinstance(policy, Policy) else Policy.from_dict(policy)
