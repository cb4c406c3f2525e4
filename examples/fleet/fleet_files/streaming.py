"""Files that are sorted by account: read side by side, planned and written as they come."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fleet_files.planner import Planner
from fleet_files.source import Source
from whole_accounts import whole_accounts


class NotSortedError(Exception):
    """A file is not sorted by account."""


def stream(
    systems: Source, accounts: Source, key: pa.DataType, rows: int, planner: Planner
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The planned systems and accounts of sorted files, straight through.

    Raises NotSortedError where a row is out of order.
    """
    pools = _Pools(accounts, key)
    last = None
    for chunk in whole_accounts(systems.batches(), rows):
        keys = _keys(chunk["account"], key)
        last = _in_order(keys, last, systems)
        yield planner.plan(chunk, pools.up_to(last))
    for rest in pools.rest():
        yield planner.plan(systems.schema.empty_table(), rest)


class _Pools:
    """The rows of accounts, taken in the order of their keys."""

    def __init__(self, accounts: Source, key: pa.DataType) -> None:
        self._source, self._key = accounts, key
        self._batches = self._read()
        self._waiting = accounts.schema.empty_table()

    def _read(self) -> Iterator[pa.Table]:
        last = None
        for batch in self._source.batches():
            table = pa.Table.from_batches([batch])
            last = _in_order(_keys(table["account"], self._key), last, self._source, repeated=True)
            yield table

    def up_to(self, last: pa.Scalar | None) -> pa.Table:
        """The rows that are not taken yet, up to a key and all of this key."""
        taken = []
        while last is not None:
            keys = _keys(self._waiting["account"], self._key)
            beyond = np.flatnonzero(np.asarray(pc.fill_null(pc.greater(keys, last), False)))
            end = int(beyond[0]) if len(beyond) else len(keys)
            taken.append(self._waiting.slice(0, end))
            self._waiting = self._waiting.slice(end)
            if len(beyond):
                break
            following = next(self._batches, None)
            if following is None:
                break
            self._waiting = following
        return pa.concat_tables(taken) if taken else self._source.schema.empty_table()

    def rest(self) -> Iterator[pa.Table]:
        """What is left once there are no more systems."""
        yield self._waiting
        yield from self._batches


def _keys(column: pa.ChunkedArray, key: pa.DataType) -> pa.ChunkedArray:
    return pc.cast(column, key)


def _in_order(
    keys: pa.ChunkedArray, last: pa.Scalar | None, source: Source, *, repeated: bool = False
) -> pa.Scalar | None:
    """The last key, if they are in order and come after `last` (or are `last`, where it may be repeated)."""
    given = pc.drop_null(keys).combine_chunks()
    if len(given) == 0:
        return last
    follows = last is None or (pc.greater_equal if repeated else pc.greater)(given[0], last).as_py()
    if not follows or pc.any(pc.less(given[1:], given[:-1])).as_py():
        raise NotSortedError(source.path)
    return given[-1]
