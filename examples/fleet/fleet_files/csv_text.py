"""CSV: fields are read as text, and what is no date or no integer is a fault of its row, not the end of the run."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from fleet_files.columns import FAULT

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INTEGER = re.compile(r"[+-]?\d{1,18}")
TYPES = {
    "last_communication": pa.date32(),
    "support_end": pa.date32(),
    "on": pa.date32(),
    "tokens": pa.int64(),
}
"""The columns that are not text."""
NO_DATE = datetime.date(1, 1, 1)
"""Stands in for a date that cannot be read: the rules do not know it, so that the account is not planned."""
BLOCK_BYTES = 1 << 20


class CsvText:
    """A CSV file with a header."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        """`columns`: those that the rules read; a column of another name stays text whatever it is called."""
        self._path = path
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                self._names = next(csv.reader(file), [])
        except UnicodeDecodeError as error:
            raise ValueError(f"{path} is not written in UTF-8; save it as UTF-8") from error
        if len(set(self._names)) < len(self._names):
            raise ValueError(f"{path} has two columns of the same name; rename one")
        self._types = {name: TYPES.get(name, pa.string()) if name in columns else pa.string() for name in self._names}
        self.schema = pa.schema([*self._types.items(), (FAULT, pa.string())])
        self._torn: list[str] = []

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows; a line with too many or too few fields comes at the end of its block."""
        for batch in self._text_batches():
            texts = pa.concat_tables([pa.Table.from_batches([batch]), self._torn_rows()]).combine_chunks()
            torn = texts.num_rows - batch.num_rows
            yield self._typed(texts, pa.array([None] * batch.num_rows + ["invalid_row"] * torn, pa.string()))
        if self._torn:
            rows = self._torn_rows()
            yield self._typed(rows, pa.array(["invalid_row"] * rows.num_rows, pa.string()))

    def _text_batches(self) -> Iterator[pa.RecordBatch]:
        reader = pyarrow.csv.open_csv(
            self._path,
            # One thread: several would read far ahead, and the torn lines with them.
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._keep),
            # Only an empty field is missing: `NA` is an instance.
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(self._names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        yield from reader

    def _keep(self, row: pyarrow.csv.InvalidRow) -> str:
        self._torn.append(row.text)
        return "skip"

    def _torn_rows(self) -> pa.Table:
        """The lines with a wrong number of fields, as far as they go: no account is planned without them."""
        width = len(self._names)
        rows = [(next(csv.reader([line]), []) + [""] * width)[:width] for line in self._torn]
        self._torn.clear()
        columns = [pa.array([row[place] or None for row in rows], pa.string()) for place in range(width)]
        return pa.table(columns, names=self._names)

    def _typed(self, texts: pa.Table, faults: pa.Array) -> pa.RecordBatch:
        torn = pc.is_valid(faults)
        columns = []
        for name in self._names:
            column = pa.concat_arrays(texts[name].chunks) if texts.num_rows else pa.array([], pa.string())
            if self._types[name] == pa.string():
                columns.append(column)
                continue
            values, invalid = _read(column, self._types[name])
            faults = pc.if_else(invalid, pc.coalesce(faults, pa.scalar(_code(name))), faults)
            # Nothing of a torn line can be relied on; without these its account is not planned.
            stand_in = pa.scalar(NO_DATE if self._types[name] == pa.date32() else None, self._types[name])
            columns.append(pc.if_else(torn, stand_in, values))
        return pa.RecordBatch.from_arrays([*columns, faults], schema=self.schema)


def _code(name: str) -> str:
    return "invalid_tokens" if name == "tokens" else "invalid_date"


def _read(texts: pa.Array, kind: pa.DataType) -> tuple[pa.Array, pa.Array]:
    """The values, and which of the texts are none."""
    wanted, of_text = (DATE, _date) if kind == pa.date32() else (INTEGER, int)
    # Arrow takes `0x1F` for an integer; what it takes for a date is one.
    if kind == pa.date32() or pc.all(pc.match_substring_regex(texts, f"^{wanted.pattern}$")).as_py() is not False:
        try:
            return pc.cast(texts, kind), pa.array([False] * len(texts))
        except pa.ArrowInvalid:
            pass
    return _read_one_by_one(texts, kind, wanted, of_text)


def _read_one_by_one(
    texts: pa.Array, kind: pa.DataType, wanted: re.Pattern[str], of_text: Callable[[str], object]
) -> tuple[pa.Array, pa.Array]:
    values: list[object] = []
    invalid = []
    for text in texts.to_pylist():
        value = None
        if text is not None and wanted.fullmatch(text):
            value = of_text(text)
        bad = text is not None and value is None
        values.append(NO_DATE if bad and kind == pa.date32() else value)
        invalid.append(bad)
    return pa.array(values, kind), pa.array(invalid)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
