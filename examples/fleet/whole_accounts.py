"""Cuts a stream of record batches where an account ends; needs pyarrow and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def whole_accounts(batches: Iterable[pa.RecordBatch], rows_min: int, key: str = "account") -> Iterator[pa.Table]:
    """Tables of at least `rows_min` rows (the last may be shorter), none of which ends amid an account.

    The rows of an account must be adjacent. A row without a key belongs to no account: it may stand anywhere, but a
    batch of nothing else ends the account before it. Only the account that is still open is held back, however many
    batches it goes through.
    """
    ready: list[pa.RecordBatch] = []
    still_open: list[pa.RecordBatch] = []
    last_key = None
    for batch in batches:
        start, batch_key = _last_account(batch[key])
        if start > 0 or batch_key is None or batch_key != last_key:
            ready += [*still_open, batch.slice(0, start)]
            still_open = []
        still_open.append(batch.slice(start))
        last_key = batch_key
        if sum(part.num_rows for part in ready) >= rows_min:
            yield pa.Table.from_batches(ready)
            ready = []
    if ready or still_open:
        yield pa.Table.from_batches([*ready, *still_open])


def _last_account(keys: pa.Array) -> tuple[int, object]:
    """Where the batch's last account starts, and its key; past the end and None where no row has a key."""
    given = np.flatnonzero(np.asarray(pc.is_valid(keys)))
    if len(given) == 0:
        return len(keys), None
    last = keys[int(given[-1])]
    others = np.flatnonzero(np.asarray(pc.fill_null(pc.not_equal(keys, last), False)))
    return (int(others[-1]) + 1 if len(others) else 0), last.as_py()
