"""What a result looks like to a person: a few small tables, for notebooks as HTML and for terminals as text."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from alms import migration, reseller, subscriptions, tokens

ROWS_MAX = 30
"""How many rows of a table a person is shown."""


class Sheet(NamedTuple):
    """One table: what it is about, its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    more: int = 0
    """Rows that are left out."""
    numbers: frozenset[int] = frozenset()
    """The columns that are aligned to the right."""


def sheet(title: str, columns: str, rows: Iterable[tuple[Any, ...]], count: int | None = None) -> Sheet:
    """A table of the first rows; a column whose name begins with `#` holds numbers."""
    names = columns.split("|")
    shown = [tuple(map(text, row)) for row, _ in zip(rows, range(ROWS_MAX), strict=False)]
    return Sheet(
        title,
        tuple(name.removeprefix("#") for name in names),
        shown,
        0 if count is None else count - len(shown),
        frozenset(index for index, name in enumerate(names) if name.startswith("#")),
    )


def text(value: object) -> str:
    """A value in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace(",", " ")
    if isinstance(value, tuple):
        return ", ".join(map(text, value))
    return visible(str(value))


def visible(value: str) -> str:
    """A text in which what a terminal would obey, and what nobody would see, is escaped."""
    if value.isascii() and value.isprintable():
        return value
    return "".join(_escaped(character) for character in value)


def _escaped(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf")
    return f"\\u{{{ord(character):x}}}" if hidden and character != "\n" else character


def plain(tables: Iterable[Sheet], width: int) -> str:
    """Tables as plain text of at most so many columns; a longer cell goes on in the next line."""
    lines: list[str] = []
    for table in tables:
        lines += [table.title, *_plain_rows(table, width)]
        if table.more > 0:
            lines.append(f"  and {table.more} more: --json has them all")
        lines.append("")
    pieces = (textwrap.wrap(line, width, drop_whitespace=False) or [""] for line in lines)
    return "".join(f"{piece}\n" for wrapped in pieces for piece in wrapped)


def _plain_rows(table: Sheet, width: int) -> Iterator[str]:
    rows = ([table.columns] if any(table.columns) else []) + table.rows
    widths = [max((len(row[index]) for row in rows), default=0) for index in range(len(table.columns))]
    while sum(widths) + 2 * len(widths) > width and max(widths) > 8:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    for row in rows:
        cells = [textwrap.wrap(cell, max(size, 1)) or [""] for cell, size in zip(row, widths, strict=True)]
        for index in range(max(map(len, cells), default=0)):
            parts = [cell[index] if index < len(cell) else "" for cell in cells]
            aligned = [
                part.rjust(size) if place in table.numbers else part.ljust(size)
                for place, (part, size) in enumerate(zip(parts, widths, strict=True))
            ]
            yield ("  " + "  ".join(aligned)).rstrip()


def facts(title: str, *pairs: tuple[str, object]) -> Sheet:
    """A table of names and values, without those that have none."""
    return sheet(title, "|", (pair for pair in pairs if pair[1] is not None))


def of_plan(plan: migration.Plan) -> Iterator[Sheet]:
    basic, summary, stock = plan.basic, plan.summary, plan.tokens
    yield facts(
        f"Migration of {plan.account} on {plan.on}",
        ("AirLink Basic", f"{summary.airlink_basic} until {basic.end_date}" if basic else None),
        ("tokens per system", f"{basic.months} → {basic.granted_months} months" if basic else None),
        ("AirLink Complete", summary.airlink_complete),
        ("inventory", summary.inventory),
        ("deleted", summary.deleted),
        ("fingerprint", plan.fingerprint),
    )
    names = (
        "opening",
        "written_off",
        "complete",
        "basic",
        "pro_rata",
        "unallocated",
        "overgranted",
        "shortfall",
    )
    figures = ((name.replace("_", " "), getattr(stock, name)) for name in names)
    yield sheet("Tokens", "|#tokens", (figure for figure in figures if figure[1]))
    yield sheet(
        "Systems",
        "serial|outcome|until|#tokens|rules",
        ((row.serial, row.outcome, row.end_date, row.tokens, row.rules) for row in plan.systems),
        len(plan.systems),
    )
    if plan.warnings:
        yield sheet("Warnings", "code|message|rule", ((w.code, w.message, w.rule) for w in plan.warnings))


def of_explanation(explanation: migration.Explanation) -> Iterator[Sheet]:
    system = explanation.system
    yield facts(
        f"System {system.serial}",
        ("outcome", system.outcome),
        ("until", system.end_date),
        ("tokens", system.tokens),
        ("rules", system.rules),
    )
    yield sheet(
        "Rules in the order in which they were asked",
        "rule|verdict|why",
        ((step.rule, step.verdict.replace("_", " "), step.text) for step in explanation.steps),
    )


def never(forecast: tokens.Forecast) -> str:
    """Why a forecast has no date to buy by."""
    if forecast.predicted_use is None:
        return "unknown: no peak of this month or the month before is known"
    return "the stock never runs out"


def of_forecast(forecast: tokens.Forecast) -> Iterator[Sheet]:
    yield facts(
        "Forecast",
        ("buy by", forecast.buy_by or never(forecast)),
        ("month ends covered", forecast.months_left),
        ("predicted use a month", forecast.predicted_use),
        ("packs to buy", forecast.packs_to_buy),
    )
    if forecast.month_ends:
        ends = ((end.date, end.balance) for end in forecast.month_ends)
        yield sheet("Month ends", "date|#balance", ends, len(forecast.month_ends))


def of_statement(statement: tokens.Statement) -> Iterator[Sheet]:
    yield facts(
        f"Statement of {statement.name} ({statement.account}) on {statement.on}",
        ("balance", statement.balance),
        ("status", statement.status),
        ("buy by", statement.forecast.buy_by),
        ("expected at the end of the month", statement.month.expected_end),
    )
    yield sheet(
        "Months",
        "month|#opening|#purchased|#sold|#registered|#granted|#adjusted|#consumed|#closing|#peak",
        (
            (
                m.month,
                m.opening,
                m.purchased,
                m.sold,
                m.registered,
                m.granted,
                m.adjusted,
                m.consumed,
                m.closing,
                m.peak,
            )
            for m in statement.history
        ),
        len(statement.history),
    )
    if statement.updates:
        updates = ((u.on, u.kind, u.po_number, u.packs, u.tokens, u.state) for u in statement.updates)
        yield sheet("Stock updates", "on|kind|purchase order|#packs|#tokens|state", updates, len(statement.updates))
    if statement.findings:
        yield sheet("Findings", "code|message|rule", ((f.code, f.message, f.rule) for f in statement.findings))


def of_subaccounts(page: reseller.Subaccounts) -> Iterator[Sheet]:
    yield sheet(
        f"Customers of {page.reseller} on {page.on}: {len(page.rows)} of {page.total}",
        "uid|name|#balance|status|#active systems|#use a month|buy by",
        ((r.uid, r.name, r.balance, r.status, r.active_systems, r.predicted_use, r.buy_by) for r in page.rows),
        len(page.rows),
    )


def of_quote(quote: subscriptions.Quote) -> Iterator[Sheet]:
    lines = ((x.offer, x.months, x.quantity, x.unit_price, x.list, x.discount, x.total) for x in quote.lines)
    yield sheet("Purchase order", "offer|#months|#terms|#each|#list|#discount|#total", lines, len(quote.lines))
    total = quote.total
    yield facts("Total", ("list", total.list), ("discount", total.discount), ("to pay", total.total))
    if quote.months:
        months = ((m.month, m.systems, m.list) for m in quote.months)
        yield sheet("Falls due", "month|#systems|#list", months, len(quote.months))
    systems = ((s.serial, s.offer, s.end_date, s.new_end_date, s.reactivated) for s in quote.systems)
    yield sheet("Systems", "serial|offer|until|then until|reactivated", systems, len(quote.systems))
    if quote.skipped:
        skipped = ((s.serial, s.reason.replace("_", " "), s.months_needed, s.rule) for s in quote.skipped)
        yield sheet("Not renewed", "serial|why|#months needed|rule", skipped, len(quote.skipped))


REPORTS: dict[type, Callable[[Any], Iterator[Sheet]]] = {
    migration.Plan: of_plan,
    migration.Explanation: of_explanation,
    tokens.Forecast: of_forecast,
    tokens.Statement: of_statement,
    reseller.Subaccounts: of_subaccounts,
    subscriptions.Quote: of_quote,
}


def sheets(value: object) -> list[Sheet]:
    """The tables that show a result."""
    return list(REPORTS[type(value)](value))


def html(value: object) -> str:
    """The tables as HTML, for notebooks."""
    return "\n".join(map(_html_table, sheets(value)))


def _html_table(table: Sheet) -> str:
    def cells(tag: str, values: tuple[str, ...]) -> str:
        aligned = ((value, "right" if index in table.numbers else "left") for index, value in enumerate(values))
        return "".join(f'<{tag} style="text-align: {side}">{escape(value)}</{tag}>' for value, side in aligned)

    parts = [f'<table><caption style="text-align: left"><b>{escape(table.title)}</b></caption>']
    if any(table.columns):
        parts.append(f"<thead><tr>{cells('th', table.columns)}</tr></thead>")
    parts.append(f"<tbody>{''.join('<tr>' + cells('td', row) + '</tr>' for row in table.rows)}</tbody>")
    if table.more > 0:
        parts.append(f'<tfoot><tr><td colspan="{len(table.columns)}">and {text(table.more)} more</td></tr></tfoot>')
    return "".join([*parts, "</table>"])
