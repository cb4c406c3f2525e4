"""The command line: `python -m alms --help`."""

from __future__ import annotations

import argparse
import codecs
import datetime
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

import alms

BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""The first bytes of workbooks and archives."""


DONE, REFUSED, USAGE, FAILED = range(4)
"""The exit status: done; the input is refused; the command line is wrong; reading or writing failed."""

SHOWN_MAX = 20
"""How many errors, notes and columns of a file are shown one by one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; gives the exit status."""
    commands = parser()
    options = commands.parse_args(arguments)
    try:
        result = options.run(options)
        if options.json:
            print(result.to_json())
        else:
            show(result)
        sys.stdout.flush()
    except Usage as error:
        commands.error(str(error))
    except (alms.AlmsError, TypeError) as error:
        if (getattr(error, "path", None) or "").startswith(("policy", "columns")):
            # Both are what the options say.
            commands.error(str(error))
        rule = getattr(error, "rule", None)
        tell(f"error: {error}" + (f" [{rule}]" if rule else ""))
        return REFUSED
    except BrokenPipeError:
        # The reader has seen enough, as `head` has. What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        tell(f"error: {error.filename or 'standard output'}: {error.strerror}")
        return FAILED
    return DONE


class Usage(Exception):
    """The command line lacks something."""


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m alms",
        description="Answers about the licensing of AirLink systems, from files. Nothing is changed or sent.",
        epilog="A FILE is a JSON document in the wire form, or for systems a CSV export or an answer of the AirVantage "
        "API; - reads it from standard input. Exit status: 0 done, 1 the input is refused, 2 the command line is "
        "wrong, 3 reading or writing failed.",
    )
    top.add_argument("--version", action="version", version=f"alms {alms.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], Any], about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about[0].lower() + about[1:].rstrip("."), description=about)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        return sub

    planning = argparse.ArgumentParser(add_help=False)
    planning.add_argument("file", metavar="FILE", help="the account as JSON, or its systems as CSV or API answer")
    planning.add_argument("--on", metavar="DATE", type=date, required=True, help="the migration date, YYYY-MM-DD")
    planning.add_argument("--tokens", metavar="N", type=int, help="the stock; has to be given beside systems")
    systems = planning.add_argument_group("systems without an account")
    systems.add_argument("--uid", default="account", help="the account's UID (default: %(default)s)")
    systems.add_argument("--name", help="the account's name (default: its UID)")
    systems.add_argument(
        "--instance",
        choices=list(alms.Instance),
        type=alms.Instance,
        default=alms.Instance.NA,
        help="the server of the account (default: %(default)s)",
    )
    systems.add_argument(
        "--dates",
        metavar="ORDER",
        choices=list(alms.DateOrder),
        type=alms.DateOrder,
        help="what dates such as 03/04/2023 mean: day_first or month_first (default: what their column tells)",
    )
    systems.add_argument(
        "--column",
        metavar="NAME=TITLE",
        action="append",
        default=[],
        help="the title of a column, such as serial=Kennung; may be repeated",
    )
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
        return alms.Forecast.from_json(alms.call_json("tokens.forecast", text_of(options.file)))
    if options.balance is None or options.on is None:
        raise Usage("give a FILE, or --balance and --on")
    return alms.forecast(
        options.balance,
        on=options.on,
        previous_peak=options.previous_peak,
        current_peak=options.current_peak,
        last_months=options.last_months,
    )


def quote(options: argparse.Namespace) -> alms.Quote:
    """`quote FILE`"""
    return alms.Quote.from_json(alms.call_json("subscriptions.quote", text_of(options.file)))


def account_of(options: argparse.Namespace) -> alms.Account:
    """The account of a JSON file, or one around the systems of a CSV file or an answer of the API."""
    text = text_of(options.file)
    kind = kind_of(text)
    if kind == "account":
        account = alms.Account.from_json(text)
        return account if options.tokens is None else account.replace(tokens=options.tokens)
    if kind == "accounts":
        raise alms.SystemsError("invalid_file", f"{options.file} holds several accounts; give one account in a file")
    if kind == "csv":
        columns = dict(column(option) for option in options.column)
        read = alms.systems_from_csv(text, dates=options.dates, columns=columns or None)
    else:
        answer = alms.call_json("systems.from_api", f'{{"answer":{text}}}')
        read = alms.Import.from_json(answer)
    report(options.file, read)
    if options.tokens is None:
        raise Usage("give the stock of the account by --tokens: a list of systems does not say it")
    return alms.Account(
        options.uid,
        options.name or options.uid,
        instance=options.instance,
        format="legacy",
        kind="customer",
        tokens=options.tokens,
        systems=read.systems,
    )


def column(option: str) -> tuple[str, str]:
    """A column's name and its title."""
    name, mark, title = option.partition("=")
    if not mark:
        raise Usage(f"--column `{option}` has no title; write NAME=TITLE")
    return name.strip(), title.strip()


def kind_of(text: str) -> str:
    """What a file holds, by its content: `csv`, `account`, `accounts`, or `answer` of the API."""
    if not text.lstrip().startswith(("{", "[")):
        return "csv"
    try:
        # Only to look at: what is read is the text.
        document = json.loads(text)
    except (ValueError, RecursionError):
        return "account"
    if isinstance(document, list):
        are_accounts = any(isinstance(item, dict) and "systems" in item for item in document)
        return "accounts" if are_accounts else "answer"
    if "accounts" in document:
        return "accounts"
    return "answer" if "items" in document else "account"


def report(file: str, read: alms.Import) -> None:
    """Tells what a person should know about a file, and refuses one whose rows cannot all be read."""
    limited([f"note: {file}: line {note.line}: {note.message}" for note in read.notes], read.notes_total, "notes")
    for finding in read.findings:
        tell(f"warning: {file}: {finding.message}")
    if read.ignored_columns:
        shown = ", ".join(f"`{title}`" for title in read.ignored_columns[:SHOWN_MAX])
        more = len(read.ignored_columns) - SHOWN_MAX
        tell(f"note: {file}: columns that are not read: {shown}" + (f" and {more} more" if more > 0 else ""))
    errors = []
    for error in read.errors:
        place = f"{file}:{error.line}" + ("" if error.column is None else f":{error.column}")
        errors.append(f"{place}: {error.message}")
    limited(errors, read.errors_total, "errors")
    if read.errors:
        rest = ", and the rest of the file is lost" if read.rest_lost else ""
        message = f"{read.bad_rows} of {read.rows} rows cannot be read{rest}; correct them"
        raise alms.SystemsError("invalid_file", message)
    if any(finding.code == alms.ImportFindingCode.SEVERAL_ACCOUNTS for finding in read.findings):
        message = f"{file} holds the systems of several accounts; give one account in a file"
        raise alms.SystemsError("invalid_file", message)


def limited(lines: Sequence[str], total: int, what: str) -> None:
    """Tells the first lines, and how many more there are."""
    for line in lines[:SHOWN_MAX]:
        tell(line)
    if total > SHOWN_MAX:
        tell(f"and {total - SHOWN_MAX} more {what}")


def tell(line: str) -> None:
    """A line for the person, on standard error: whatever is in it does not move the cursor."""
    from alms._report import visible

    print(ascii_if_needed(visible(line), sys.stderr), file=sys.stderr)


def policy_of(options: argparse.Namespace) -> alms.Policy:
    """The policy of the options; what is not given has the rulebook's default."""
    return alms.Policy(
        month_rounding=options.rounding,
        complete_renewal=None if options.plus_years is None else alms.SupportDatePlusYears(options.plus_years),
        cleanup=options.cleanup,
        inactive_months=options.inactive_months,
    )


def text_of(file: str) -> str:
    """The text of a file, or of standard input: UTF-8, or UTF-16 with its mark."""
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith(BINARY):
            # The library knows workbooks and archives by their first bytes.
            return data[:4096].decode("latin-1")
        raise alms.AlmsError("invalid_input", f"{file} is not UTF-8; save it as UTF-8") from None


def date(text: str) -> datetime.date:
    """An option's date."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date; write it as YYYY-MM-DD") from None


def show(result: object) -> None:
    """The result as tables that fit the terminal; a fingerprint on a line of its own, which is never broken."""
    from alms._report import Sheet, plain, sheets

    tables: list[Sheet] = []
    lines: list[str] = []
    for sheet in sheets(result):
        whole = [row for row in sheet.rows if row[0] == "fingerprint"]
        lines += [f"{name} {value}" for name, value in whole]
        tables.append(sheet._replace(rows=[row for row in sheet.rows if row not in whole]))
    if not rich_tables(tables):
        print(ascii_if_needed(plain(tables, shutil.get_terminal_size().columns), sys.stdout), end="")
    for line in lines:
        print(ascii_if_needed(line, sys.stdout))


def rich_tables(tables: Sequence[Any]) -> bool:
    """Prints tables by the package rich, where it is there and the terminal has its characters."""
    try:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    if not has_unicode(sys.stdout):
        return False
    console = Console(highlight=False)
    for sheet in tables:
        console.print(Text(sheet.title, style="bold"))
        table = Table(box=box.SIMPLE_HEAD, show_header=any(sheet.columns), pad_edge=False)
        for index, title in enumerate(sheet.columns):
            number = index in sheet.numbers
            table.add_column(title, justify="right" if number else "left", no_wrap=number, overflow="fold")
        for row in sheet.rows:
            table.add_row(*map(Text, row))
        if sheet.more > 0:
            table.caption, table.caption_justify = f"and {sheet.more} more: --json has them all", "left"
        console.print(table)
    return True


def has_unicode(stream: TextIO) -> bool:
    """Whether a stream can write the characters of tables."""
    try:
        "→…─│é".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def ascii_if_needed(text: str, stream: TextIO) -> str:
    """The text, in ASCII where the stream has no more."""
    if has_unicode(stream):
        return text
    for character, letters in {"→": "->", "…": "...", "–": "-", "─": "-", "×": "x"}.items():
        text = text.replace(character, letters)
    return text.encode("ascii", errors="backslashreplace").decode("ascii")


if __name__ == "__main__":
    sys.exit(main())
