"""Systems in files: CSV exports and answers of the AirVantage API."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from alms._alms import System
from alms._enum import Name
from alms._operation import Declared, Document, operation
from alms._value import Value


class RowErrorCode(Name):
    """What is wrong with a row, as a stable code."""

    MISSING_VALUE = "missing_value"
    """A cell that every row needs is empty: the serial number, the state, and where it is asked for the model or the
    account."""
    TEXT_TOO_LONG = "text_too_long"
    """A text of more than 256 characters."""
    UNKNOWN_STATE = "unknown_state"
    """A text that is not a state."""
    UNKNOWN_NAME = "unknown_name"
    """A text that is none of the names of its column, such as those of SKU regions and billing models."""
    INVALID_DATE = "invalid_date"
    """Not a date, or a day that the calendar does not have."""
    AMBIGUOUS_DATE = "ambiguous_date"
    """Dates of a column do not tell whether the day or the month comes first, and nobody chose; one error for the
    column."""
    OUT_OF_RANGE = "out_of_range"
    """A date outside 1900-01-01 to 9999-12-31."""
    UNIT_OF_TIME = "unit_of_time"
    """A number of seconds where milliseconds are meant: as milliseconds it is a day before 2000."""
    INVALID_SERIAL = "invalid_serial"
    """A blank or an invisible character inside a serial number (SER-3)."""
    DIGITS_LOST = "digits_lost"
    """A spreadsheet dropped digits of a serial number, or hid all of them (SER-3)."""
    NOT_A_VALUE = "not_a_value"
    """A word such as `#N/A`, `n/a` or `null` where a serial number should be (SER-3)."""
    CONTROL_CHARACTER = "control_character"
    """A control character inside a cell."""
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
    CONFLICTING_COLUMNS = "conflicting_columns"
    """Two columns mean the same, and their values in the row differ."""


class NoteCode(Name):
    """What was read as something else, or left out, as a stable code."""

    STATE_TAKEN = "state_taken"
    """A state that the rules do not know was taken for another one."""
    SERIAL_TRIMMED = "serial_trimmed"
    """Blanks and invisible characters at the ends of a serial number were removed (SER-3)."""
    SERIAL_UNWRAPPED = "serial_unwrapped"
    """A serial number was unwrapped: `="0012"`, a leading apostrophe (SER-3)."""
    SERIAL_NUMBER = "serial_number"
    """A serial number was a number with decimals of nothing but zeros (SER-3)."""
    SIM_LEFT_OUT = "sim_left_out"
    """A SIM that is a system of its own was left out."""
    LINES_SKIPPED = "lines_skipped"
    """Lines above the header were skipped."""
    DATE_ORDER_FOUND = "date_order_found"
    """A value above 12 tells whether the day or the month comes first in the dates of a column."""
    COLUMNS_AGREE = "columns_agree"
    """Two columns mean the same and have equal values in every row."""
    LONG_CELL = "long_cell"
    """A cell takes more than 20 lines."""


class ImportFindingCode(Name):
    """What to look at in a file that is read, as a stable code."""

    UNREAD_END_DATE = "unread_end_date"
    """The title of a column that is not read speaks of support, service or warranty, and of an end."""
    SEVERAL_ACCOUNTS = "several_accounts"
    """The file has the systems of several accounts."""
    PAGE_FULL = "page_full"
    """A page is full, and the answer does not say how many systems there are."""


class DateOrder(Name):
    """What a date such as `03/04/2023` means, which has two readings.

    Dates with one reading are understood under every choice: `2023-03-04`, `2023/03/04`, `04.03.2023`,
    `4 March 2023`, milliseconds since 1970.
    """

    ISO = "iso"
    """Not chosen: a value above 12 tells for its column; where none does, the dates are errors."""
    DAY_FIRST = "day_first"
    """`DD/MM/YYYY`."""
    MONTH_FIRST = "month_first"
    """`MM/DD/YYYY`."""


class SystemColumns(Value):
    """Titles of the columns of a file of systems; each has to be there."""

    serial: str | None = None
    """Of the serial numbers."""
    model: str | None = None
    """Of the models."""
    state: str | None = None
    """Of the life cycle states."""
    last_communication: str | None = None
    """Of the last communications."""
    support_end: str | None = None
    """Of the ends of support."""
    warranty_end: str | None = None
    """Of the ends of warranty."""
    offer: str | None = None
    """Of the offers of subscriptions."""
    end_date: str | None = None
    """Of the ends of subscriptions."""
    sim: str | None = None
    """Of the numbers of SIMs."""
    account: str | None = None
    """Of the accounts."""


class RowError(Value):
    """What is wrong with a row."""

    line: int
    """The line of the file, from 1."""
    column: int | None
    """The cell's number (CSV) or character (JSON), from 1; None for the whole row."""
    field: str
    """The column's title (CSV) or the path (JSON)."""
    lines: int
    """How many lines of the file the row takes."""
    value: str
    """The value, shortened."""
    code: RowErrorCode
    """The stable code."""
    message: str
    """What is wrong and what to do about it."""


class RowNote(Value):
    """What a person should know about a row or a file that is read."""

    line: int
    """The line of the file, from 1."""
    column: int | None
    """The cell's number (CSV) or character (JSON), from 1; None for the whole row."""
    field: str
    """The column's title (CSV) or the path (JSON)."""
    value: str
    """The value, shortened."""
    code: NoteCode
    """The stable code."""
    message: str
    """What was taken for what."""


class ErrorCount(Value):
    """How many errors there are of a code."""

    code: RowErrorCode
    """The code."""
    count: int
    """How many."""


class NoteCount(Value):
    """How many notes there are of a code."""

    code: NoteCode
    """The code."""
    count: int
    """How many."""


class ImportFinding(Value):
    """Something to look at in a file as a whole; not an error."""

    code: ImportFindingCode
    """What it is."""
    column: int | None
    """The number of the column (CSV), from 1."""
    field: str
    """The column's title (CSV) or the path (JSON)."""
    message: str
    """What to look at and what to do about it."""


class ListedSubscription(Value):
    """A subscription in a file, with the fields of a subscription."""

    serial: str
    """The system."""
    model: str
    """Its model."""
    offer: str
    """The offer."""
    end_date: datetime.date | None
    """The last day of the service."""
    warranty_end: datetime.date | None
    """The last day of the warranty."""


class Import(Value):
    """What comes of `systems.from_csv` and `systems.from_api`: every row is read, left out with a note, or bad with
    an error."""

    systems: tuple[System, ...]
    """The systems of the good rows, in the order of the file."""
    subscriptions: tuple[ListedSubscription, ...]
    """The subscriptions of the good rows, of a file that has offers and end dates."""
    errors: tuple[RowError, ...]
    """What is wrong with the bad rows, in the order of the file; the first 100."""
    errors_total: int
    """How many errors there are."""
    error_counts: tuple[ErrorCount, ...]
    """How many errors there are of each code."""
    notes: tuple[RowNote, ...]
    """What was taken for something else or left out, in the order of the file; the first 100 of each code."""
    notes_total: int
    """How many notes there are."""
    note_counts: tuple[NoteCount, ...]
    """How many notes there are of each code."""
    findings: tuple[ImportFinding, ...]
    """What to look at in the file as a whole."""
    rows: int
    """How many rows there are, good and bad; empty ones do not count."""
    left_out: int
    """How many rows are left out with a note."""
    bad_rows: int
    """How many rows are bad."""
    rest_lost: bool
    """Whether the rest of the file could not be read, because a quote is never closed or a row is too long."""
    ignored_columns: tuple[str, ...]
    """Titles of the columns that are not read, shortened."""


@operation("systems.from_api")
def systems_from_api(answer: Any) -> Import:
    """Reads systems from an answer of the AirVantage API; reports every bad item with line, column and value.

    Args:
        answer: What the API answered: an object with `items`, an array of such objects, or an array of systems.
    """
    raise Declared


@operation("systems.from_csv")
def systems_from_csv(
    csv: str, *, dates: DateOrder | None = None, columns: SystemColumns | Document | None = None
) -> Import:
    """Reads systems from a CSV export of the systems grid; reports every bad row with line, column and value.

    Args:
        csv: The file's text.
        dates: What dates such as `03/04/2023` mean; default `iso`: what another value of the column tells, else an
            error.
        columns: The titles of columns, where they are others than those that are known.
    """
    raise Declared


@operation("systems.to_csv", take="csv")
def systems_to_csv(systems: Iterable[System | Document]) -> str:
    """Writes systems, such as the deleted ones of a migration, as CSV from which they can be registered again.

    Args:
        systems: The systems, such as the `export` of a migration.
    """
    raise Declared
