"""A run: two files in, two files out."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

import alms
from fleet_files.columns import key_type
from fleet_files.grouping import Grouping, InOrder
from fleet_files.memory import UsageError, rows_within
from fleet_files.planner import Counts, Planner
from fleet_files.progress import Lines, Progress
from fleet_files.sink import Sink
from fleet_files.source import ACCOUNT_COLUMNS, SYSTEM_COLUMNS, Source
from fleet_files.streaming import NotSortedError, stream

STREAMED_ROWS = 65_536
"""More at once would be no faster."""
SINK_SHARE = 4
"""Of the rows that fit into memory, one in so many waits to be written."""


@dataclass(frozen=True)
class Job:
    """What is to be done."""

    systems: Path
    accounts: Path
    systems_out: Path
    accounts_out: Path
    on: datetime.date | None = None
    dates: str = "iso"
    """What dates such as 03/04/2023 in CSV files mean: `iso` is what their column tells."""
    policy: alms.Policy = field(default_factory=alms.Policy)
    memory_bytes: int = 1 << 30
    keep_order: bool = True
    """Whether the results come in the order of the input, whatever it costs."""
    temporary: Path | None = None
    """Where temporary files go: a new folder in here, or beside the results."""


@dataclass(frozen=True)
class Report:
    """What was done."""

    counts: Counts
    streamed: bool
    """Whether both files were sorted, so that nothing was grouped."""


class Run:
    """A job on its way."""

    def __init__(self, job: Job, progress: Progress | None = None) -> None:
        """Opens both files. Raises ValueError or OSError for one that cannot be used."""
        self._job = job
        self._progress = progress or Lines()
        tell = self._progress.note
        self._systems = Source(job.systems, SYSTEM_COLUMNS, dates=job.dates, tell=tell)
        self._accounts = Source(job.accounts, ACCOUNT_COLUMNS, dates=job.dates, tell=tell)
        if len({path.absolute() for path in (job.systems, job.accounts, job.systems_out, job.accounts_out)}) < 4:
            raise UsageError("the two files to read and the two to write must be four; name another")
        for path in (job.systems_out, job.accounts_out):
            if os.path.lexists(path):
                raise FileExistsError(f"{path} exists already and is not written over; give another name")
        self._key = key_type(self._systems.schema, self._accounts.schema)
        self._rows_max = rows_within(job.memory_bytes, _row_bytes(self._systems))

    def go(self) -> Report:
        """Plans everything; the results appear under their names once they are complete."""
        try:
            return Report(self._streamed(), streamed=True)
        except NotSortedError as error:
            self._progress.note(f"{error} is not sorted by account: grouping on disk")
        return Report(self._grouped(), streamed=False)

    def _streamed(self) -> Counts:
        planner = self._planner()
        rows = min(self._rows_max // 2, STREAMED_ROWS)
        stage = self._progress.stage("planning", self._systems.rows_about())
        with self._sinks(planner) as (systems, accounts), stage as advance:
            for planned, plans in stream(self._systems, self._accounts, self._key, rows, planner):
                systems.write(planned)
                accounts.write(plans)
                advance(planned.num_rows)
        return planner.counts

    def _grouped(self) -> Counts:
        planner = self._planner()
        beside = self._job.temporary or self._job.systems_out.parent
        with tempfile.TemporaryDirectory(prefix="plan-files-", dir=beside) as name, self._sinks(planner) as sinks:
            folder = Path(name)
            grouping = Grouping(self._key, self._rows_max, folder, planner, self._progress)
            planned = grouping.planned(self._systems, self._accounts)
            if self._job.keep_order:
                self._write_in_order(folder, planner, planned, sinks)
            else:
                for pair in planned:
                    for sink, table in zip(sinks, pair, strict=True):
                        sink.write(table)
        return planner.counts

    def _write_in_order(
        self, folder: Path, planner: Planner, planned: Iterator[tuple[pa.Table, pa.Table]], sinks: tuple[Sink, Sink]
    ) -> None:
        names, schemas = ("systems-planned", "accounts-planned"), self._schemas(planner)
        results = [InOrder(folder / name, schema, self._rows_max) for name, schema in zip(names, schemas, strict=True)]
        for pair in planned:
            for result, table in zip(results, pair, strict=True):
                result.add(table)
        with self._progress.stage("writing in order", sum(planner.counts.systems.values())) as advance:
            for result, sink in zip(results, sinks, strict=True):
                for table in result.tables():
                    sink.write(table)
                    advance(table.num_rows if sink is sinks[0] else 0)

    def _planner(self) -> Planner:
        return Planner(self._job.on, self._job.policy)

    def _schemas(self, planner: Planner) -> tuple[pa.Schema, pa.Schema]:
        return planner.schemas(self._systems.schema, self._accounts.schema)

    @contextmanager
    def _sinks(self, planner: Planner) -> Iterator[tuple[Sink, Sink]]:
        systems, accounts = self._schemas(planner)
        rows = self._rows_max // SINK_SHARE
        job = self._job
        with Sink(job.systems_out, systems, rows) as first, Sink(job.accounts_out, accounts, rows) as second:
            yield first, second


def _row_bytes(source: Source) -> float:
    first = next(source.batches(), None)
    return first.nbytes / first.num_rows if first is not None and first.num_rows else 64.0
