"""How far a run is, on standard error: bars in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pyarrow as pa

SECONDS_BETWEEN_LINES = 10.0
Advance = Callable[[int], None]


class Progress(Protocol):
    """Shows stages of a known size, more or less."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Advance]:
        """A stage, to be advanced by rows."""
        ...

    def note(self, text: str) -> None:
        """Says something that a person should know."""

    def watch(self, name: str, total: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, counted as a stage."""
        ...


class Lines:
    """Lines for logs."""

    def __init__(self, seconds: float = SECONDS_BETWEEN_LINES) -> None:
        self._seconds = seconds

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Advance]:
        """A line at most every few seconds, and one at the end of a stage that took longer."""
        start = told = time.monotonic()
        done = 0

        def advance(rows: int) -> None:
            nonlocal done, told
            done += rows
            if time.monotonic() - told >= self._seconds:
                told = time.monotonic()
                share = f" ({min(done / total, 1):.0%})" if total else ""
                self.note(f"{name}: {done:,} rows{share}")

        yield advance
        if told > start:
            self.note(f"{name}: {done:,} rows, {time.monotonic() - start:.0f} s")

    def note(self, text: str) -> None:
        """A line."""
        print(text, file=sys.stderr, flush=True)

    def watch(self, name: str, total: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, counted as a stage."""
        yield from _watched(self, name, total, batches)


class Bars:
    """Bars of rich."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description:20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._console = Console(stderr=True)
        self._progress = RichProgress(*columns, console=self._console)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Advance]:
        """A bar."""
        with self._progress:
            task = self._progress.add_task(name, total=total)
            yield lambda rows: self._progress.advance(task, rows)
            self._progress.update(task, total=self._progress.tasks[task].completed)

    def note(self, text: str) -> None:
        """A line above the bars."""
        self._console.print(text, highlight=False, markup=False)

    def watch(self, name: str, total: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, counted as a stage."""
        yield from _watched(self, name, total, batches)


def _watched(progress: Progress, name: str, total: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    with progress.stage(name, total) as advance:
        for batch in batches:
            yield batch
            advance(batch.num_rows)


def shown() -> Progress:
    """Bars where rich is installed and somebody looks, else lines."""
    if sys.stderr.isatty():
        try:
            return Bars()
        except ImportError:
            pass
    return Lines()
