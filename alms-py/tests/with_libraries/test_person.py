"""What a person sees: notebooks, pictures, the command line, the examples."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib
import pytest

import alms

matplotlib.use("agg")

from alms import plot

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "examples" / "python").glob("*.py"))
CSV = ROOT / "examples" / "migrate" / "data" / "example-1.csv"
DAY = datetime.date(2023, 3, 25)


def account() -> alms.Account:
    systems = alms.systems_from_csv(CSV.read_text(encoding="utf-8")).systems
    return alms.Account("a<1>", "Acme", instance="na", format="legacy", kind="customer", tokens=261, systems=systems)


def results() -> list[Any]:
    holder = alms.Holder("c1", "Acme & Co", alms.Kind.CUSTOMER, partners=["p1"], opening=60)
    partner = alms.Holder("p1", "Partner", alms.Kind.RESELLER)
    grant = alms.Grant("k", DAY, "c1", 5)
    return [
        alms.plan_migration(account(), on=DAY),
        alms.explain_migration(account(), account().systems[0].serial, on=DAY),
        alms.forecast(60, on=DAY, previous_peak=8, last_months=12),
        alms.forecast(60, on=DAY),
        alms.statement([holder, partner], [grant], "c1", on=DAY, previous_peak=8),
        alms.subaccounts([holder, partner], [grant], "p1", on=DAY),
        quote(),
    ]


def quote() -> alms.Quote:
    subscription = alms.SubscriptionHistory("LA<1>", "AirLink Complete", registered=datetime.date(2022, 4, 1))
    term = alms.ListedTerm("AirLink Complete", 12, alms.Money.from_dict({"amount": "36.00", "currency": "USD"}))
    until = DAY + datetime.timedelta(90)
    return alms.quote([subscription], alms.RenewFor(years=1), [term], on=DAY, due_until=until)


class Tags(HTMLParser):
    """Checks that every tag is closed by its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("result", results(), ids=lambda result: type(result).__name__)
def test_a_notebook_shows_tables(result: Any) -> None:
    html = result._repr_html_()
    tags = Tags()
    tags.feed(html)
    assert not tags.open
    assert html.startswith("<table>")
    assert "a<1>" not in html and "LA<1>" not in html, "texts are escaped"


def test_long_plans_are_cut_in_notebooks() -> None:
    html = alms.plan_migration(account(), on=DAY)._repr_html_()
    assert "and 11 more" in html
    assert "261/40 → 6 months" in html


def test_the_runway() -> None:
    axes = plot.runway(alms.forecast(60, on=DAY, previous_peak=8))
    assert len(axes.patches) == 8
    assert axes.get_title() == "buy by 2023-10-31"
    assert plot.runway(alms.forecast(60, on=DAY), ax=axes) is axes


def test_the_renewal_calendar() -> None:
    axes = plot.renewals(quote())
    labels = [label.get_text() for label in axes.get_xticklabels()]
    heights = [bar.get_extents().height > 0 for bar in axes.patches]
    assert heights == [label == "Apr 2023" for label in labels]
    subscription = alms.SubscriptionHistory("LA1", "AirLink Complete", registered=datetime.date(2022, 4, 1))
    assert len(plot.renewals(alms.due_subscriptions([subscription], on=DAY)).patches) == 1


def test_before_and_after() -> None:
    planned = account()
    axes = plot.migration(planned, alms.plan_migration(planned, on=DAY))
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert "after: airlink basic" in labels
    assert "after: deleted" in labels
    assert any(label.startswith("before: ") for label in labels)


def run(*arguments: str, text: str | None = None, columns: int = 80) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "alms", *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        check=False,
    )


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", str(CSV), "--on", "2023-03-25", "--tokens", "261"),
        ("explain", str(CSV), "LA00072400100007", "--on", "2023-03-25", "--tokens", "261"),
        ("forecast", "--balance", "60", "--on", "2023-05-10", "--previous-peak", "8"),
        ("plan", "--help"),
    ],
)
def test_tables_fit_the_terminal(arguments: tuple[str, ...], columns: int) -> None:
    done = run(*arguments, columns=columns)
    assert done.returncode == 0, done.stderr
    assert max(len(line) for line in done.stdout.splitlines()) <= columns


def test_the_command_line_plans() -> None:
    done = run("plan", str(CSV), "--on", "2023-03-25", "--tokens", "261", "--rounding", "up", "--json")
    plan = alms.Plan.from_json(done.stdout)
    assert plan.tokens.overgranted == 19
    done = run("plan", "-", "--on", "2023-03-25", "--json", text=account().to_json())
    assert alms.Plan.from_json(done.stdout) == alms.plan_migration(account(), on=DAY)


def test_the_command_line_forecasts_and_quotes() -> None:
    request = {"balance": 60, "on": "2023-05-10", "previous_peak": 8}
    done = run("forecast", "-", "--json", text=json.dumps(request))
    assert json.loads(done.stdout) == alms.call("tokens.forecast", request)
    request = {
        "subscriptions": [{"serial": "LA1", "offer": "AirLink Complete", "registered": "2022-04-01"}],
        "on": "2023-03-25",
        "due_until": "2023-06-01",
        "renew": {"years": 1},
        "prices": [{"offer": "AirLink Complete", "months": 12, "price": {"amount": "36.00", "currency": "USD"}}],
    }
    assert "36.00 USD" in run("quote", "-", text=json.dumps(request)).stdout
    assert "error: renew: " in run("quote", "-", text=json.dumps({**request, "renew": 1})).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plan", "no-such-file.json", "--on", "2023-03-25"), "no-such-file.json"),
        (("plan", str(CSV), "--on", "25.3.2023"), "YYYY-MM-DD"),
        (("plan", "-", "--on", "2023-03-25"), "JSON"),
        (("explain", str(CSV), "LA0", "--on", "2023-03-25"), "`LA0`"),
        (("forecast",), "--balance"),
        ((), "required"),
    ],
)
def test_a_refusal_says_what_to_do(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, text="")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_print_what_the_page_says(example: Path) -> None:
    done = subprocess.run([sys.executable, str(example)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    recorded = example.with_suffix(".out")
    assert done.stdout == recorded.read_text(encoding="utf-8"), (
        f"if it is right: python {example.name} > {recorded.name}"
    )


def test_the_page_has_every_example() -> None:
    page = (ROOT / "alms-py" / "docs" / "index.md").read_text(encoding="utf-8")
    assert set(re.findall(r'--8<-- "(\w+)\.py"', page)) == {path.stem for path in EXAMPLES}
    assert set(re.findall(r'--8<-- "(\w+)\.out"', page)) == {path.stem for path in EXAMPLES}
