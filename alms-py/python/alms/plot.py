"""Pictures of results, with matplotlib (`pip install 'alms-rules[plot]'`).

Every function draws into `ax`, or into a new figure, and gives the axes back.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alms._alms import Account
from alms._report import never, visible
from alms.migration import Outcome, Plan
from alms.subscriptions import Due, Quote
from alms.tokens import Forecast

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["migration", "renewals", "runway"]

_COLOURS = {"good": "#2f6f8f", "bad": "#b5452c", "quiet": "#9aa5ab"}


def runway(forecast: Forecast, *, ax: Axes | None = None) -> Axes:
    """The balance at each month end until the stock runs out (TOK-5), in tokens.

    Args:
        forecast: The forecast, as `alms.forecast` gives it.
        ax: Where to draw; a new figure where absent.
    """
    axes = _axes(ax)
    balances = [end.balance for end in forecast.month_ends]
    colours = [_COLOURS["bad"] if balance < 0 else _COLOURS["good"] for balance in balances]
    axes.bar(range(len(balances)), balances, color=colours)
    _months(axes, [end.date for end in forecast.month_ends])
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_ylabel("tokens at the month's end")
    axes.set_title(f"buy by {forecast.buy_by}" if forecast.buy_by else never(forecast))
    return axes


def renewals(ending: Due | Quote, *, ax: Axes | None = None) -> Axes:
    """How many subscriptions end in each month.

    Args:
        ending: What is due, as `alms.due_subscriptions` or `alms.quote` says.
        ax: Where to draw; a new figure where absent.
    """
    axes = _axes(ax)
    if isinstance(ending, Quote):
        counts = Counter({month.month.first_day: month.systems for month in ending.months})
    else:
        counts = Counter(system.end_date.replace(day=1) for system in ending.due)
    months = _every_month(counts)
    axes.bar(range(len(months)), [counts[month] for month in months], color=_COLOURS["good"])
    _months(axes, months)
    axes.locator_params(axis="y", integer=True)
    axes.set_ylabel("subscriptions that end")
    axes.set_title("renewal calendar")
    return axes


def migration(account: Account, plan: Plan, *, ax: Axes | None = None) -> Axes:
    """The systems before a migration, by state, and after it, by outcome.

    Args:
        account: The account that was planned.
        plan: Its plan.
        ax: Where to draw; a new figure where absent.
    """
    axes = _axes(ax)
    before = Counter(str(system.state) for system in account.systems)
    after = Counter({str(outcome): getattr(plan.summary, outcome) for outcome in Outcome})
    bars = [
        (f"{name.replace('_', ' ')}", count, side)
        for side, counts in enumerate((before, after))
        for name, count in counts.items()
        if count
    ]
    positions = [index + (0.6 if side else 0) for index, (_, _, side) in enumerate(bars)]
    colours = [
        _COLOURS["quiet"] if not side else _COLOURS["bad"] if name == "deleted" else _COLOURS["good"]
        for name, _, side in bars
    ]
    drawn = axes.barh(positions, [count for _, count, _ in bars], color=colours)
    axes.bar_label(drawn, padding=3)
    axes.margins(x=0.1)
    axes.set_yticks(positions, [f"{'after' if side else 'before'}: {name}" for name, _, side in bars])
    axes.invert_yaxis()
    axes.set_xlabel("systems")
    axes.set_title(_literal(f"{plan.account}: migration on {plan.on}"))
    return axes


LABELS_MAX = 24
"""More labels than these cannot be read beside each other."""

MONTHS_MAX = 1200
"""A calendar of more months than these leaves out those in which nothing ends."""


def _every_month(counts: Counter[datetime.date]) -> list[datetime.date]:
    """The months from the first to the last, those in which nothing ends included."""
    if not counts:
        return []
    first, last = min(counts), max(counts)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(numbers) > MONTHS_MAX:
        return sorted(counts)
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in numbers]


def _months(axes: Axes, months: Sequence[datetime.date]) -> None:
    """Names the months below the bars: every one, or as many as can be read, at equal steps."""
    step = -(-len(months) // LABELS_MAX) or 1
    shown = range(0, len(months), step)
    labels = [f"{months[index]:%b %Y}" for index in shown]
    axes.set_xticks(list(shown), labels, rotation=60, ha="right")
    axes.set_xlim(-0.6, max(len(months), 1) - 0.4)


def _literal(text: str) -> str:
    """A text whose dollar signs are not the marks of a formula."""
    return visible(text).replace("$", r"\$")


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("alms.plot needs matplotlib: pip install 'alms-rules[plot]'") from None
    return pyplot.subplots(layout="constrained")[1]
