"""A file of rows, read batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fleet_files.columns import OWN, numbered, plain
from fleet_files.csv_text import CsvText

SYSTEM_COLUMNS = ("account", "state", "last_communication", "support_end")
ACCOUNT_COLUMNS = ("account", "tokens", "on")
OPTIONAL = ("on",)
BATCH_ROWS = 32_768


class Source:
    """The rows of a Parquet or CSV file; every batch has the numbers of its rows in a last column."""

    def __init__(
        self, path: Path, columns: tuple[str, ...], *, dates: str = "iso", tell: Callable[[str], None] = print
    ) -> None:
        """`columns`: those that the rules read. Raises ValueError where one is missing."""
        self.path = path
        self._csv = (
            CsvText(path, accounts=columns is ACCOUNT_COLUMNS, dates=dates, tell=tell)
            if path.suffix == ".csv"
            else None
        )
        schema = self._csv.schema if self._csv else _without_dictionaries(pq.read_schema(path))
        for name in columns:
            if name not in schema.names and name not in OPTIONAL:
                raise ValueError(f"{path} has no column `{name}`; add it")
        self.schema = numbered(pa.RecordBatch.from_pylist([], schema), 0).schema

    @property
    def visible(self) -> list[str]:
        """The names of the file's own columns."""
        return [name for name in self.schema.names if name not in OWN]

    def rows_about(self) -> int:
        """How many rows there are: known for Parquet, guessed from the first lines of a CSV file."""
        if not self._csv:
            return int(pq.read_metadata(self.path).num_rows)
        with self.path.open("rb") as file:
            sample = file.read(1 << 20)
        return self.path.stat().st_size * max(1, sample.count(b"\n")) // max(1, len(sample))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows from the first on."""
        first = 0
        for batch in self._csv.batches() if self._csv else self._parquet_batches():
            yield numbered(batch, first)
            first += batch.num_rows

    def _parquet_batches(self) -> Iterator[pa.RecordBatch]:
        # Without buffering ahead, a row group of any size is read a page at a time.
        with pq.ParquetFile(self.path, pre_buffer=False, buffer_size=1 << 20) as file:
            for batch in file.iter_batches(BATCH_ROWS):
                columns = [plain(column) for column in batch.columns]
                yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    def kind(field: pa.Field) -> pa.DataType:
        return field.type.value_type if pa.types.is_dictionary(field.type) else field.type

    return pa.schema([(field.name, kind(field)) for field in schema])
