"""Where results go: a file that has its name only once it is complete."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from fleet_files.columns import OWN

ROW_GROUP_ROWS = 131_072
FORMULA = r"(^|;)('*[=+\-@\t\r\n\x00＝＋－＠])"
"""The beginning of a formula, as `alms_core::export::guarded` knows it."""


def guarded(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before every text that a spreadsheet would take for a formula, behind a semicolon,
    too."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            texts = pc.replace_substring_regex(table.column(place), FORMULA, r"\1'\2")
            table = table.set_column(place, field, texts)
    return table


class Sink:
    """A Parquet or CSV file; the program's own columns are left out."""

    def __init__(self, path: Path, schema: pa.Schema, rows_max: int) -> None:
        """Keeps at most about `rows_max` rows in memory."""
        self._path = path
        self._rows_max = min(rows_max, ROW_GROUP_ROWS)
        self._partial = path.with_name(f".{path.name}.partial")
        self._names = [name for name in schema.names if name not in OWN]
        kept = pa.schema([schema.field(name) for name in self._names])
        self._guarded = path.suffix == ".csv"
        # Whatever has the name, a link included, is not written through.
        self._partial.unlink(missing_ok=True)
        self._writer = (
            pyarrow.csv.CSVWriter(self._partial, kept)
            if path.suffix == ".csv"
            else pq.ParquetWriter(self._partial, kept, compression="zstd")
        )
        self._waiting: list[pa.Table] = []

    def write(self, table: pa.Table) -> None:
        """Writes rows, in row groups that are worth reading."""
        self._waiting.append(table.select(self._names))
        if sum(part.num_rows for part in self._waiting) >= self._rows_max:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.concat_tables(self._waiting)
            self._writer.write_table(guarded(table) if self._guarded else table)
            self._waiting = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()
        try:
            if kind is None:
                # Unlike a renaming, a link is refused where there is something by now.
                os.link(self._partial, self._path)
        finally:
            self._partial.unlink(missing_ok=True)
