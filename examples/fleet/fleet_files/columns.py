"""The columns that this program adds for itself; none of them is written."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

ROW = "__row"
"""The row's number in its file, from 0."""
FAULT = "__fault"
"""Why a text of a CSV file is not what its column holds."""
OWN = (ROW, FAULT)

CORE_OF_A_FAULT = {"out_of_range", "missing_tokens"}
"""What `plan_fleet` says of the value that stands in for a text that cannot be read."""


def numbered(batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
    """The batch with the numbers of its rows."""
    return batch.append_column(ROW, integers(np.arange(first, first + batch.num_rows, dtype=np.int64)))


def integers(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Array:
    """The numbers as a column, without a copy."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def key_type(systems: pa.Schema, accounts: pa.Schema) -> pa.DataType:
    """What the accounts of both files are compared as: integers when both hold some, else text."""
    types = [schema.field("account").type for schema in (systems, accounts)]
    whole = all(pa.types.is_integer(kind) and kind != pa.uint64() for kind in types)
    return pa.int64() if whole else pa.large_string()


def plain(column: pa.Array) -> pa.Array:
    """The column without a dictionary: batches of different dictionaries do not go into one file."""
    return pc.cast(column, column.type.value_type) if pa.types.is_dictionary(column.type) else column
