"""CSV, as the library reads it, which knows the files that people have; a bad row is a fault of its account."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import alms
from fleet_files.columns import FAULT

NO_DATE = datetime.date(1, 1, 1)
"""Stands in for the last communication of a bad row: the rules do not know it, so that the account is not planned."""
BATCH_ROWS = 32_768
SHOWN_MAX = 20
"""How many errors, notes and columns of a file are shown one by one."""


class CsvText:
    """A CSV file with a header."""

    def __init__(self, path: Path, *, accounts: bool, dates: str, tell: Callable[[str], None]) -> None:
        """`accounts`: a file of accounts, not of systems. `tell` takes what a person should know, once."""
        self._path, self._accounts, self._dates = path, accounts, dates
        self._tell, self._told = tell, False
        self.schema = pa.table(self._open().empty()).schema
        if len(set(self.schema.names)) < len(self.schema.names):
            raise ValueError(f"{path} has two columns of the same name; rename one")

    def _open(self) -> alms.FleetCsv:
        try:
            return alms.FleetCsv(self._path, accounts=self._accounts, dates=self._dates, fault=FAULT)
        except ValueError as error:
            raise ValueError(f"{self._path}: {error}") from None

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows. Raises ValueError at the end of a file of which the rest cannot be read."""
        file = self._open()
        while (table := self._next(file)) is not None:
            yield from self._with_stand_ins(pa.table(table)).to_batches()
        self._say(file)

    def _next(self, file: alms.FleetCsv) -> alms.Table | None:
        try:
            return file.next(BATCH_ROWS)
        except ValueError as error:
            raise ValueError(f"{self._path}: {error}") from None

    def _with_stand_ins(self, table: pa.Table) -> pa.Table:
        """The rows, of which a bad one has a value by which its account is not planned."""
        name, value = ("tokens", None) if self._accounts else ("last_communication", NO_DATE)
        place = table.column_names.index(name)
        stand_in = pa.scalar(value, table.schema.field(place).type)
        column = pc.if_else(pc.is_valid(table[FAULT]), stand_in, table[name])
        return table.set_column(place, table.schema.field(place), column)

    def _say(self, file: alms.FleetCsv) -> None:
        """Tells what a person should know about the file, and refuses one whose rest is lost."""
        errors, errors_total, notes, notes_total, findings, ignored, rest_lost = file.said()
        if not self._told:
            self._told = True
            self._list("note", notes, notes_total)
            for finding in findings:
                self._tell(f"warning: {self._path}: {finding}")
            if ignored:
                shown = ", ".join(f"`{title}`" for title in ignored[:SHOWN_MAX])
                more = f" and {len(ignored) - SHOWN_MAX} more" if len(ignored) > SHOWN_MAX else ""
                self._tell(f"note: {self._path}: columns that are passed through and not read: {shown}{more}")
            self._list("bad row", errors, errors_total)
        if rest_lost:
            raise ValueError(f"{self._path}: the rest of the file could not be read; correct the last bad row")

    def _list(self, what: str, lines: Sequence[str], total: int) -> None:
        for line in lines[:SHOWN_MAX]:
            self._tell(f"{what}: {self._path}: {line}")
        if total > SHOWN_MAX:
            self._tell(f"and {total - SHOWN_MAX} more: {what}")
