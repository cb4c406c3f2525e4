"""The command line."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

import alms
from fleet_files.memory import UsageError, bytes_of
from fleet_files.progress import shown
from fleet_files.run import Job, Run
from fleet_files.summary import summary

DONE, REFUSED, FAILED = 0, 1, 3
"""The exit status: done; the input is refused; reading or writing failed. 2, of argparse: the command line is wrong."""
SUFFIXES = (".csv", ".parquet")
DESCRIPTION = """\
Plans the migration of every account of a fleet, from file to file, in bounded memory.

  SYSTEMS   a row per system: account, state, last_communication, support_end; all other
            columns are passed through. With a column model, XR Series routers are found, with
            a column serial a system that is twice in an account.
  ACCOUNTS  a row per account: account, tokens, and optionally on (its migration date).

Both are .parquet or .csv. CSV is read as every export is: titles, states and dates as people
write them, with a note of what was taken for what.
Files that are sorted by account are streamed straight through. Others are grouped on disk
first; the results come in the order of the input all the same."""
EPILOG = """\
A bad row never stops the run: it comes out with its code in the column error, and its
account is not planned. A row of a CSV file that cannot be read has the code of its first
error, as docs/errors.md lists them.

exit status: 0 done, 1 a file is refused, 2 the command line is wrong, 3 reading or writing
failed.

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
        print(summary(job, report, time.monotonic() - start), flush=True)
    except BrokenPipeError:
        # The reader has seen enough. What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UsageError as error:
        parser.error(str(error))
    except OSError as error:
        return _failed(error, FAILED)
    except alms.AlmsError as error:
        if (error.path or "").startswith("policy"):
            parser.error(str(error))
        return _failed(error, REFUSED)
    except (ValueError, TypeError, pa.ArrowException) as error:
        return _failed(error, REFUSED)
    return DONE


def _failed(error: Exception, code: int) -> int:
    print(f"error: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "plan_files.py", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("systems", metavar="SYSTEMS", type=_file, help="the systems")
    parser.add_argument("accounts", metavar="ACCOUNTS", type=_file, help="the accounts")
    parser.add_argument("--on", metavar="DATE", type=datetime.date.fromisoformat, help="the migration date")
    parser.add_argument(
        "--dates",
        choices=[choice.value for choice in alms.DateOrder],
        default="iso",
        help="what dates such as 03/04/2023 in CSV files mean (default: what another of their column tells)",
    )
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
        dates=given.dates,
        policy=alms.Policy.from_dict(policy),
        memory_bytes=given.memory,
        keep_order=not given.any_order,
        temporary=given.temporary,
    )
