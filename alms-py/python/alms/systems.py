"""Systems in files: CSV exports and answers of the AirVantage API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alms._alms import System
from alms._enum import Name
from alms._operation import Declared, Document, operation
from alms._value import Value


class RowErrorCode(Name):
    """What is wrong with a row, as a stable code."""

    MISSING_VALUE = "missing_value"
    """The serial number or the state is missing."""
    TEXT_TOO_LONG = "text_too_long"
    """A text of more than 256 characters."""
    UNKNOWN_STATE = "unknown_state"
    """A text that is no state."""
    UNKNOWN_NAME = "unknown_name"
    """A text that is none of the names of its column, such as those of SKU regions and billing models."""
    INVALID_DATE = "invalid_date"
    """Not a date, or a day that the calendar does not have."""
    AMBIGUOUS_DATE = "ambiguous_date"
    """A date with slashes, and nobody chose whether the day or the month comes first."""
    OUT_OF_RANGE = "out_of_range"
    """A date outside 1900-01-01 to 9999-12-31."""
    DUPLICATE_SERIAL = "duplicate_serial"
    """A serial for the second time."""
    INVALID_UTF8 = "invalid_utf8"
    """A cell that is not valid UTF-8."""
    WRONG_FIELD_COUNT = "wrong_field_count"
    """More or fewer cells than the header has."""
    INVALID_QUOTING = "invalid_quoting"
    """A quote that is never closed, or text behind a closing one."""
    ROW_TOO_LONG = "row_too_long"
    """A row beyond the longest that is read; the rows after it are not read."""
    UNREADABLE = "unreadable"
    """The reader failed; the rows from here on are not read."""
    WRONG_TYPE = "wrong_type"
    """A JSON value of another type than the field has."""
    INVALID_TEXT = "invalid_text"
    """A JSON text with an escape that stands for no character."""
    REPEATED_FIELD = "repeated_field"
    """A JSON item gives a field twice, or one date in two ways that differ."""


class DateOrder(Name):
    """What a date with slashes means. It is chosen, never guessed: `03/04/2023` looks alike either way.

    `YYYY-MM-DD` is understood under every choice.
    """

    ISO = "iso"
    """A date with slashes is an error."""
    DAY_FIRST = "day_first"
    """`DD/MM/YYYY`."""
    MONTH_FIRST = "month_first"
    """`MM/DD/YYYY`."""


class RowError(Value):
    """What is wrong with a row."""

    line: int
    """The line of the file, from 1."""
    column: int | None
    """The cell's number (CSV) or character (JSON), from 1; None for the whole row."""
    field: str
    """The column's title (CSV) or the path (JSON)."""
    value: str
    """The value, shortened."""
    code: RowErrorCode
    """The stable code."""
    message: str
    """What is wrong and what to do about it."""


class RowNote(Value):
    """What a person should know about a good row."""

    line: int
    """The line of the file, from 1."""
    column: int | None
    """The cell's number (CSV) or character (JSON), from 1; None for the whole row."""
    field: str
    """The column's title (CSV) or the path (JSON)."""
    value: str
    """The value, shortened."""
    message: str
    """What was taken for what."""


class Import(Value):
    """What comes of `systems.from_csv` and `systems.from_api`: every row is a system or at least one error."""

    systems: tuple[System, ...]
    """The systems of the good rows, in the order of the file."""
    errors: tuple[RowError, ...]
    """What is wrong with the bad rows, in the order of the file."""
    notes: tuple[RowNote, ...]
    """What was taken for something else in good rows."""
    rows: int
    """How many rows there are, good and bad."""
    ignored_columns: tuple[str, ...]
    """Titles of the columns that are not read."""


@operation("systems.from_api")
def systems_from_api(answer: Any) -> Import:
    """Reads systems from an answer of the AirVantage API; reports every bad item with line, column and value.

    Args:
        answer: What the API answered: an object with `items`, an array of such objects, or an array of systems.
    """
    raise Declared


@operation("systems.from_csv")
def systems_from_csv(csv: str, *, dates: DateOrder | None = None) -> Import:
    """Reads systems from a CSV export of the systems grid; reports every bad row with line, column and value.

    Args:
        csv: The file's text.
        dates: What dates with slashes mean; default `iso`, under which they are errors.
    """
    raise Declared


@operation("systems.to_csv", take="csv")
def systems_to_csv(systems: Iterable[System | Document]) -> str:
    """Writes systems, such as the deleted ones of a migration, as CSV from which they can be registered again.

    Args:
        systems: The systems, such as the `export` of a migration.
    """
    raise Declared
