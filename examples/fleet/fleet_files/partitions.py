"""External grouping: rows are spread over files by their account, so that each file holds whole accounts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

from fleet_files.columns import integers

PARTITIONS_MAX = 200
"""Each is an open file."""
MIXERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93)
"""Odd multipliers that spread keys over 64 bits; each spreads those differently that came together by another."""
COMPRESSED = pyarrow.ipc.IpcWriteOptions(compression="lz4")


@dataclass
class Spill:
    """A file of rows, in the order in which they were written."""

    path: Path
    schema: pa.Schema
    rows: int = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, batch by batch."""
        with pa.OSFile(str(self.path)) as file, pyarrow.ipc.open_stream(file) as reader:
            yield from reader

    def table(self) -> pa.Table:
        """All rows."""
        return pa.Table.from_batches(self.batches(), self.schema)


class SpillWriter:
    """Writes a spill."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.spill = Spill(path, schema)
        self._writer = pyarrow.ipc.new_stream(str(path), schema, options=COMPRESSED)

    def write(self, rows: pa.RecordBatch | pa.Table, rows_max: int | None = None) -> None:
        """Writes rows; a table in batches of at most `rows_max`."""
        if isinstance(rows, pa.RecordBatch):
            self._writer.write_batch(rows)
        else:
            self._writer.write_table(rows, max_chunksize=rows_max)
        self.spill.rows += rows.num_rows

    def close(self) -> None:
        """Completes the file."""
        self._writer.close()


def spread(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, key: pa.DataType, count: int, mixer: int, folder: Path
) -> list[Spill]:
    """Spreads rows over `count` files; all rows of an account go to the same file, in their order."""
    folder.mkdir()
    with ExitStack() as stack:
        writers = []
        for number in range(count):
            writers.append(SpillWriter(folder / f"{number}.arrows", schema))
            stack.callback(writers[-1].close)
        for batch in batches:
            homes = _homes(pc.cast(batch["account"], key), count, mixer)
            order = np.argsort(homes, kind="stable").astype(np.int64, copy=False)
            sorted_batch = batch.take(integers(order))
            ends = np.cumsum(np.bincount(homes, minlength=count))
            start = 0
            for writer, end in zip(writers, ends.tolist(), strict=True):
                if end > start:
                    writer.write(sorted_batch.slice(start, end - start))
                start = end
        return [writer.spill for writer in writers]


def _homes(keys: pa.Array, count: int, mixer: int) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """The file of each row. Rows without an account follow their place: no account waits for them."""
    if pa.types.is_integer(keys.type):
        numbers = np.asarray(pc.fill_null(keys, 0)).astype(np.uint64)
    else:
        codes = pc.fill_null(keys, "").dictionary_encode()
        checksums = np.array([zlib.crc32(key.encode()) for key in codes.dictionary.to_pylist()], np.uint64)
        numbers = checksums[np.asarray(codes.indices)]
    # The high bits are the mixed ones.
    homes = ((numbers * np.uint64(mixer) >> np.uint64(32)) % np.uint64(count)).astype(np.uint16)
    missing = np.asarray(pc.is_null(keys))
    homes[missing] = np.flatnonzero(missing) % count
    return homes
