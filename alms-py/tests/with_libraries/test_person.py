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
    return alms.quote([subscription], alms.RenewFor(months=12), [term], on=DAY, due_until=until)


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
    lines = done.stdout.splitlines()
    # A fingerprint is copied: it is never broken.
    assert max(len(line) for line in lines if not line.startswith("fingerprint ")) <= columns
    if arguments[0] == "plan" and "--help" not in arguments:
        assert sum(re.fullmatch("fingerprint sha256:[0-9a-f]{64}", line) is not None for line in lines) == 1


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
        "renew": {"months": 12},
        "prices": [{"offer": "AirLink Complete", "months": 12, "price": {"amount": "36.00", "currency": "USD"}}],
    }
    assert "36.00 USD" in run("quote", "-", text=json.dumps(request)).stdout
    assert "error: renew: " in run("quote", "-", text=json.dumps({**request, "renew": 1})).stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("plan", "no-such-file.json", "--on", "2023-03-25"), 3, "no-such-file.json"),
        (("plan", str(CSV), "--on", "25.3.2023"), 2, "YYYY-MM-DD"),
        (("plan", str(CSV), "--on", "2023-03-25"), 2, "--tokens"),
        (("plan", str(CSV), "--on", "2023-03-25", "--tokens", "1", "--column", "serial"), 2, "NAME=TITLE"),
        (("plan", "-", "--on", "2023-03-25", "--tokens", "1"), 1, "empty"),
        (("explain", str(CSV), "LA0", "--on", "2023-03-25", "--tokens", "261"), 1, "`LA0`"),
        (("forecast",), 2, "--balance"),
        ((), 2, "required"),
        (("plan", str(CSV), "--on", "2023-03-25", "--tokens", "1", "--column", "wrong=Name"), 2, "use one of `serial`"),
        (
            ("plan", str(CSV), "--on", "2023-03-25", "--tokens", "1", "--inactive-months", "-1"),
            2,
            "`-1` is out of range",
        ),
    ],
)
def test_a_refusal_says_what_to_do(arguments: tuple[str, ...], status: int, message: str) -> None:
    done = run(*arguments, text="")
    assert (done.returncode, message in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr


GRID = "Serial Number;Lifecycle State;Last Communication"
PLAN = ("plan", "-", "--on", "2023-03-25", "--tokens", "12", "--json")


def test_content_is_recognised_not_endings(tmp_path: Path) -> None:
    item = {"gateway": {"serialNumber": "LA1"}, "lifeCycleState": "ACTIVE", "lastCommDate": 1677628800000}
    texts = [f"sep=;\n{GRID}\nLA1;Active;2023-03-01\n", json.dumps([item]), json.dumps({"items": [item]})]
    plans = {run(*PLAN, text=text).stdout for text in texts}
    assert len(plans) == 1
    file = tmp_path / "systems.json"
    file.write_bytes(texts[0].encode("utf-16"))
    assert run("plan", str(file), *PLAN[2:]).stdout in plans
    workbook = tmp_path / "systems.csv"
    workbook.write_bytes(b"PK\x03\x04\xff[Content_Types].xml")
    done = run("plan", str(workbook), *PLAN[2:])
    assert (done.returncode, "Excel" in done.stderr) == (1, True), done.stderr


def test_options_name_the_account_and_the_columns() -> None:
    text = "Kennung;State;Last Communication\nLA1;Active;03/04/2023\n"
    options = (
        "--name",
        "Acme",
        "--uid",
        "a1",
        "--instance",
        "eu",
        "--dates",
        "month_first",
        "--column",
        "serial=Kennung",
    )
    done = run(*PLAN, *options, text=text)
    assert alms.Plan.from_json(done.stdout).account == "a1", done.stderr
    assert alms.Plan.from_json(done.stdout).systems[0].serial == "LA1"


def test_what_a_person_should_know_is_on_standard_error() -> None:
    rows = "".join(f" LA{number};Active;2023-03-01;x\n" for number in range(30))
    done = run(*PLAN, text=f"{GRID};Support Expires\n{rows}")
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert sum(line.startswith("note: -: line ") for line in lines) == 20
    assert "and 10 more notes" in lines
    assert any(line.startswith("warning: -: the column `Support Expires` is not read") for line in lines)
    assert "note: -: columns that are not read: `Support Expires`" in lines


def test_errors_are_counted_beyond_twenty() -> None:
    done = run(*PLAN, text=f"{GRID}\n" + "LA1;\x1b[2J\u202e;\n" * 150)
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr
    assert "and 279 more errors" in done.stderr
    assert "150 of 150 rows cannot be read" in done.stderr


def test_several_accounts_are_never_merged() -> None:
    done = run(*PLAN, text=f"Account;{GRID}\nc1;LA1;Active;\nc2;LA2;Active;\n")
    assert (done.returncode, "several accounts" in done.stderr) == (1, True)
    one = json.loads(account().to_json())
    done = run(*PLAN, text=json.dumps([one, one]))
    assert (done.returncode, "several accounts" in done.stderr) == (1, True)


def test_an_unknown_use_is_unknown() -> None:
    done = run("forecast", "--balance", "60", "--on", "2023-05-10")
    assert "unknown" in done.stdout
    assert "never" not in done.stdout
    assert "unknown" in plot.runway(alms.forecast(60, on=DAY)).get_title()
    none = alms.forecast(60, on=DAY, previous_peak=0)
    assert plot.runway(none).get_title() == "the stock never runs out"


def test_a_terminal_without_unicode_and_without_rich(tmp_path: Path) -> None:
    import os

    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "__init__.py").write_text("raise ImportError")
    for extra in ({"PYTHONIOENCODING": "ascii"}, {"PYTHONPATH": str(tmp_path)}):
        done = subprocess.run(
            [sys.executable, "-m", "alms", "plan", str(CSV), "--on", "2023-03-25", "--tokens", "261"],
            capture_output=True,
            env={**os.environ, "COLUMNS": "60", **extra},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if "PYTHONPATH" not in extra:
            done.stdout.decode("ascii")
        text = done.stdout.decode("utf-8")
        assert "Migration of account" in text
        assert re.search("^fingerprint sha256:[0-9a-f]{64}$", text, re.MULTILINE)
        assert all(len(line) <= 60 for line in text.splitlines() if not line.startswith("fingerprint "))


def test_writing_that_fails_has_its_status() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "alms", "forecast", "--balance", "60", "--on", "2023-05-10", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3


def test_empty_months_keep_their_place() -> None:
    def ending(day: datetime.date) -> alms.SubscriptionHistory:
        return alms.SubscriptionHistory(f"L{day}", "AirLink $Complete", registered=day)

    days = [datetime.date(2022, 4, 1), datetime.date(2022, 7, 1)]
    due = alms.due_subscriptions([ending(day) for day in days], on=DAY, within_days=300)
    bars: list[Any] = list(plot.renewals(due).patches)
    heights = [bar.get_height() for bar in bars]
    assert heights == [1, 0, 0, 1]


def test_many_months_stay_readable() -> None:
    long = alms.forecast(1200, on=DAY, previous_peak=10)
    axes = plot.runway(long)
    axes.figure.canvas.draw()
    assert len(axes.patches) == len(long.month_ends) > 100
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert len(boxes) <= 24


def test_a_dollar_sign_is_a_dollar_sign() -> None:
    named = account().replace(uid="a$1$")
    axes = plot.migration(named, alms.plan_migration(named, on=DAY))
    axes.figure.canvas.draw()
    assert axes.get_title() == r"a\$1\$: migration on 2023-03-25"


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
