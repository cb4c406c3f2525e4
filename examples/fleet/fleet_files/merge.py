"""Many files, each in the order of the input, become one in the order of the input."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from fleet_files.columns import ROW
from fleet_files.partitions import Spill


def merged(spills: list[Spill]) -> Iterator[pa.Table]:
    """The rows of all files by their number; of each file, a batch is in memory."""
    heads = [_Head(spill) for spill in spills if spill.rows]
    while heads:
        # Up to here every file has shown its rows.
        horizon = min(head.last_row for head in heads)
        yield pa.concat_tables([head.take(horizon) for head in heads]).sort_by(ROW)
        heads = [head for head in heads if not head.done]


class _Head:
    """The batch of a file that is next."""

    def __init__(self, spill: Spill) -> None:
        self._batches = spill.batches()
        self._table = spill.schema.empty_table()
        self.done = False
        self._advance()

    @property
    def last_row(self) -> int:
        """The number of the last row that is in memory."""
        return int(self._table[ROW][-1].as_py())

    def take(self, horizon: int) -> pa.Table:
        """The rows up to this number."""
        count = pc.sum(pc.less_equal(self._table[ROW], horizon)).as_py() or 0
        taken = self._table.slice(0, count)
        self._table = self._table.slice(count)
        if self._table.num_rows == 0:
            self._advance()
        return taken

    def _advance(self) -> None:
        for batch in self._batches:
            if batch.num_rows:
                self._table = pa.Table.from_batches([batch])
                return
        self.done = True
