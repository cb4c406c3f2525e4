"""Pictures of results, with matplotlib (`pip install 'alms[plot]'`).

Every function draws into `ax`, or into a new figure, and gives the axes back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from alms._alms import Account
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
    labels = [f"{end.date:%b %Y}" for end in forecast.month_ends]
    colours = [_COLOURS["bad"] if balance < 0 else _COLOURS["good"] for balance in balances]
    axes.bar(range(len(balances)), balances, color=colours)
    axes.set_xticks(range(len(labels)), labels, rotation=60, ha="right")
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_ylabel("tokens at the month's end")
    axes.set_title(f"buy by {forecast.buy_by}" if forecast.buy_by else "the stock never runs out")
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
    months = sorted(counts)
    axes.bar(range(len(months)), [counts[month] for month in months], color=_COLOURS["good"])
    axes.set_xticks(range(len(months)), [f"{month:%b %Y}" for month in months], rotation=60, ha="right")
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
    axes.set_title(f"{plan.account}: migration on {plan.on}")
    return axes


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("alms.plot needs matplotlib: pip install 'alms[plot]'") from None
    return pyplot.subplots(layout="constrained")[1]
