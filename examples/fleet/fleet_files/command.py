"""The command line."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

import alms
from fleet_files.memory import bytes_of
from fleet_files.progress import shown
from fleet_files.run import Job, Run
from fleet_files.summary import summary

SUFFIXES = (".csv", ".parquet")
DESCRIPTION = """\
Plans the migration of every account of a fleet, from file to file, in bounded memory.

  SYSTEMS   a row per system: account, state, last_communication, support_end; all other
            columns are passed through. With a column model, XR Series routers are found, with
            a column serial a system that is twice in an account.
  ACCOUNTS  a row per account: account, tokens, and optionally on (its migration date).

Both are .parquet or .csv (with a header, dates as YYYY-MM-DD, an empty field for none).
Files that are sorted by account are streamed straight through. Others are grouped on disk
first; the results come in the order of the input all the same."""
EPILOG = """\
A bad row never stops the run: it comes out with its code in the column error, and its
account is not planned. From a CSV file there are three more codes: invalid_date,
invalid_tokens, invalid_row (a line with too many or too few fields).

example:
  python plan_files.py systems.parquet accounts.csv --on 2023-03-25 \\
      --systems-out planned.parquet --accounts-out plans.csv"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; gives its exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    start = time.monotonic()
    try:
        job = _job(given)
        report = Run(job, shown()).go()
    except (ValueError, TypeError, OSError, pa.ArrowException, alms.AlmsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(summary(job, report, time.monotonic() - start))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "plan_files.py", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("systems", metavar="SYSTEMS", type=_file, help="the systems")
    parser.add_argument("accounts", metavar="ACCOUNTS", type=_file, help="the accounts")
    parser.add_argument("--on", metavar="DATE", type=datetime.date.fromisoformat, help="the migration date")
    _add_files(parser.add_argument_group("files"))
    _add_policy(parser.add_argument_group("policy (the rulebook's defaults where absent)"))
    return parser


def _add_files(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--systems-out", metavar="FILE", type=_file, required=True, help="the planned systems")
    group.add_argument("--accounts-out", metavar="FILE", type=_file, required=True, help="the plans")
    group.add_argument(
        "--memory",
        metavar="SIZE",
        type=_size,
        default="1G",
        help="the memory to stay within, such as 512M or 4G (default: %(default)s); only an account that is "
        "larger by itself takes more",
    )
    group.add_argument("--temporary", metavar="FOLDER", type=Path, help="for grouping (default: beside the results)")
    group.add_argument("--any-order", action="store_true", help="write groups as they come, which is faster")


def _add_policy(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--month-rounding", choices=[choice.value for choice in alms.MonthRounding])
    group.add_argument("--renewal-years", metavar="N", type=int, help="AirLink Complete ends N years later")
    group.add_argument("--cleanup", choices=[choice.value for choice in alms.Cleanup])
    group.add_argument("--inactive-months", metavar="N", type=int, help="after which a silent system is deleted")


def _size(text: str) -> int:
    try:
        return bytes_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in SUFFIXES:
        raise argparse.ArgumentTypeError(f"`{text}` must end in {' or '.join(SUFFIXES)}")
    return path


def _job(given: argparse.Namespace) -> Job:
    policy = {
        "month_rounding": given.month_rounding,
        "complete_renewal": given.renewal_years and {"support_date_plus_years": given.renewal_years},
        "cleanup": given.cleanup,
        "inactive_months": given.inactive_months,
    }
    return Job(
        systems=given.systems,
        accounts=given.accounts,
        systems_out=given.systems_out,
        accounts_out=given.accounts_out,
        on=given.on,
        policy=alms.Policy.from_dict(policy),
        memory_bytes=given.memory,
        keep_order=not given.any_order,
        temporary=given.temporary,
    )
