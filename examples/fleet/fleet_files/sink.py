"""Where results go: a file that has its name only once it is complete."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from fleet_files.columns import OWN

ROW_GROUP_ROWS = 131_072


class Sink:
    """A Parquet or CSV file; the program's own columns are left out."""

    def __init__(self, path: Path, schema: pa.Schema, rows_max: int) -> None:
        """Keeps at most about `rows_max` rows in memory."""
        self._path = path
        self._rows_max = min(rows_max, ROW_GROUP_ROWS)
        self._partial = path.with_name(f".{path.name}.partial")
        self._names = [name for name in schema.names if name not in OWN]
        kept = pa.schema([schema.field(name) for name in self._names])
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
            self._writer.write_table(pa.concat_tables(self._waiting))
            self._waiting = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()
        if kind is None:
            os.replace(self._partial, self._path)
        else:
            self._partial.unlink(missing_ok=True)
