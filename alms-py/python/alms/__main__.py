"""The command line: `python -m alms --help`."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import alms


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; gives the exit status: 0, or 2 where the input is refused."""
    options = parser().parse_args(arguments)
    try:
        result = options.run(options)
    except (alms.AlmsError, TypeError) as error:
        rule = getattr(error, "rule", None)
        print(f"error: {error}" + (f" [{rule}]" if rule else ""), file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    if options.json:
        print(result.to_json())
    else:
        show(result)
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m alms",
        description="Answers about the licensing of AirLink systems, from files. Nothing is changed or sent.",
        epilog="A FILE is a JSON document in the wire form; - reads it from standard input.",
    )
    top.add_argument("--version", action="version", version=f"alms {alms.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], Any], about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about[0].lower() + about[1:].rstrip("."), description=about)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        return sub

    planning = argparse.ArgumentParser(add_help=False)
    planning.add_argument("file", metavar="FILE", help="the account as JSON, or its systems as .csv")
    planning.add_argument("--on", metavar="DATE", type=date, required=True, help="the migration date, YYYY-MM-DD")
    planning.add_argument("--tokens", metavar="N", type=int, help="the stock; instead of the account's own")
    planning.add_argument("--uid", default="account", help="the account's UID, for a .csv (default: %(default)s)")
    policy = planning.add_argument_group("policy")
    policy.add_argument(
        "--rounding",
        metavar="HOW",
        choices=list(alms.MonthRounding),
        type=alms.MonthRounding,
        help="parts of a month: " + ", ".join(alms.MonthRounding) + " (MIG-10)",
    )
    policy.add_argument(
        "--cleanup",
        metavar="HOW",
        choices=list(alms.Cleanup),
        type=alms.Cleanup,
        help="valid support or clean-up first: " + ", ".join(alms.Cleanup) + " (MIG-12)",
    )
    policy.add_argument("--plus-years", metavar="N", type=int, help="years added to support dates, MIG-11")
    policy.add_argument("--inactive-months", metavar="N", type=int, help="months without communication, MIG-8")

    for name, run, about in (
        ("plan", plan, "Plans the migration of a legacy account: what becomes of every system and token."),
        ("explain", explain, "Explains what a migration does to one system, rule by rule."),
    ):
        sub = commands.add_parser(
            name, parents=[planning], help=about[0].lower() + about[1:].rstrip("."), description=about
        )
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        if name == "explain":
            sub.add_argument("serial", metavar="SERIAL", help="the system's serial number")

    sub = command("forecast", forecast, "Forecasts when a token stock runs out.")
    sub.add_argument("file", metavar="FILE", nargs="?", help="the request as JSON, instead of the options")
    sub.add_argument("--balance", metavar="N", type=int, help="the stock")
    sub.add_argument("--on", metavar="DATE", type=date, help="today, YYYY-MM-DD")
    sub.add_argument("--previous-peak", metavar="N", type=int, help="the peak of the month before")
    sub.add_argument("--current-peak", metavar="N", type=int, help="the peak of this month so far")
    sub.add_argument("--last-months", metavar="N", type=int, help="say how many packs make it last so long")

    sub = command("quote", quote, "Quotes the renewal of subscriptions: order lines, cost, dates.")
    sub.add_argument("file", metavar="FILE", help="the request as JSON: subscriptions, prices, renew, on, due_until")
    return top


def plan(options: argparse.Namespace) -> alms.Plan:
    """`plan FILE --on DATE`"""
    return alms.plan_migration(account_of(options), on=options.on, policy=policy_of(options))


def explain(options: argparse.Namespace) -> alms.Explanation:
    """`explain FILE SERIAL --on DATE`"""
    return alms.explain_migration(account_of(options), options.serial, on=options.on, policy=policy_of(options))


def forecast(options: argparse.Namespace) -> alms.Forecast:
    """`forecast FILE`, or `forecast --balance N --on DATE …`"""
    if options.file is not None:
        return alms.Forecast.from_dict(alms.call("tokens.forecast", document(options.file)))
    if options.balance is None or options.on is None:
        raise alms.LedgerError("invalid_input", "give a FILE, or --balance and --on")
    return alms.forecast(
        options.balance,
        on=options.on,
        previous_peak=options.previous_peak,
        current_peak=options.current_peak,
        last_months=options.last_months,
    )


def quote(options: argparse.Namespace) -> alms.Quote:
    """`quote FILE`"""
    return alms.Quote.from_dict(alms.call("subscriptions.quote", document(options.file)))


def account_of(options: argparse.Namespace) -> alms.Account:
    """The account of a JSON file, or one around the systems of a CSV file."""
    if not options.file.endswith(".csv"):
        account = alms.Account.from_dict(document(options.file))
        return account if options.tokens is None else account.replace(tokens=options.tokens)
    read = alms.systems_from_csv(text_of(options.file))
    for error in read.errors:
        place = f"{options.file}:{error.line}" + ("" if error.column is None else f":{error.column}")
        print(f"{place}: {error.message}", file=sys.stderr)
    if read.errors:
        message = f"{len(read.errors)} of {read.rows} rows cannot be read; correct them"
        raise alms.SystemsError("invalid_file", message)
    return alms.Account(
        options.uid,
        options.uid,
        instance="na",
        format="legacy",
        kind="customer",
        tokens=options.tokens or 0,
        systems=read.systems,
    )


def policy_of(options: argparse.Namespace) -> alms.Policy:
    """The policy of the options; what is not given has the rulebook's default."""
    return alms.Policy(
        month_rounding=options.rounding,
        complete_renewal=None if options.plus_years is None else alms.SupportDatePlusYears(options.plus_years),
        cleanup=options.cleanup,
        inactive_months=options.inactive_months,
    )


def document(file: str) -> Any:
    """The JSON document of a file."""
    try:
        return json.loads(text_of(file))
    except ValueError as error:
        raise alms.AlmsError("invalid_input", f"{file} is not JSON: {error}") from None


def text_of(file: str) -> str:
    """The text of a file, or of standard input."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise alms.AlmsError("invalid_input", f"{file} is not UTF-8; save it as UTF-8") from None


def date(text: str) -> datetime.date:
    """An option's date."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date; write it as YYYY-MM-DD") from None


def show(result: object) -> None:
    """The result as tables that fit the terminal."""
    from alms._report import sheets

    try:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        print("the tables need the package rich: pip install 'alms[cli]' (or use --json)", file=sys.stderr)
        raise SystemExit(2) from None
    console = Console(highlight=False)
    for sheet in sheets(result):
        console.print(Text(sheet.title, style="bold"))
        table = Table(box=box.SIMPLE_HEAD, show_header=any(sheet.columns), pad_edge=False)
        for index, column in enumerate(sheet.columns):
            number = index in sheet.numbers
            table.add_column(column, justify="right" if number else "left", no_wrap=number, overflow="fold")
        for row in sheet.rows:
            table.add_row(*map(Text, row))
        if sheet.more > 0:
            table.caption, table.caption_justify = f"and {sheet.more} more: --json has them all", "left"
        console.print(table)


if __name__ == "__main__":
    sys.exit(main())
