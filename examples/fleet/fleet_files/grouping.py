"""Files in any order: grouped by account on disk, planned group by group, put back into the order of the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fleet_files.merge import merged
from fleet_files.partitions import MIXERS, PARTITIONS_MAX, Spill, SpillWriter, spread
from fleet_files.planner import Planner
from fleet_files.progress import Progress
from fleet_files.source import Source

BATCH_ROWS_MIN = 256


@dataclass
class Grouping:
    """How a run groups its files."""

    key: pa.DataType
    rows_max: int
    """Rows that can be planned at once."""
    folder: Path
    """For temporary files: about twice the size of the input."""
    planner: Planner
    progress: Progress

    def planned(self, systems: Source, accounts: Source) -> Iterator[tuple[pa.Table, pa.Table]]:
        """The planned systems and accounts of group after group, in no order."""
        about = systems.rows_about() + accounts.rows_about()
        # Half as many again: chance makes some groups larger than others.
        count = min(max(1, about * 3 // (2 * self.rows_max) + 1), PARTITIONS_MAX)
        parts = [
            spread(
                self.progress.watch(f"grouping {name}", source.rows_about(), source.batches()),
                source.schema,
                self.key,
                count,
                MIXERS[0],
                self.folder / name,
            )
            for name, source in (("systems", systems), ("accounts", accounts))
        ]
        with self.progress.stage("planning", sum(spill.rows for spill in parts[0])) as advance:
            for group in zip(*parts, strict=True):
                for planned in self._planned(group, depth=1):
                    yield planned
                    advance(planned[0].num_rows)

    def _planned(self, group: tuple[Spill, ...], depth: int) -> Iterator[tuple[pa.Table, pa.Table]]:
        rows = sum(spill.rows for spill in group)
        if rows > self.rows_max and depth < len(MIXERS):
            count = min(rows * 2 // self.rows_max + 1, PARTITIONS_MAX)
            for part in zip(*[self._apart(spill, count, depth) for spill in group], strict=True):
                # A group that stays together is one account: it is planned as a whole, whatever it takes.
                together = sum(spill.rows for spill in part) == rows
                yield from self._planned(part, depth=len(MIXERS) if together else depth + 1)
            return
        systems, accounts = group
        if rows:
            if rows > self.rows_max:
                self.progress.note(f"an account has up to {rows:,} systems: planning it takes more memory than allowed")
            yield self.planner.plan(systems.table(), accounts.table())
        for spill in group:
            spill.path.unlink()

    def _apart(self, spill: Spill, count: int, depth: int) -> list[Spill]:
        folder = spill.path.with_suffix("")
        parts = spread(spill.batches(), spill.schema, self.key, count, MIXERS[depth], folder)
        spill.path.unlink()
        return parts


class InOrder:
    """Keeps planned rows on disk until all are there."""

    def __init__(self, folder: Path, schema: pa.Schema, rows_max: int) -> None:
        folder.mkdir()
        self._folder, self._schema, self._rows_max = folder, schema, rows_max
        self._spills: list[Spill] = []

    def add(self, rows: pa.Table) -> None:
        """Keeps the rows of a group."""
        writer = SpillWriter(self._folder / f"{len(self._spills)}.arrows", self._schema)
        # Small enough that a batch of every group fits into memory.
        writer.write(rows.combine_chunks(), max(BATCH_ROWS_MIN, self._rows_max // (2 * PARTITIONS_MAX)))
        writer.close()
        self._spills.append(writer.spill)

    def tables(self) -> Iterator[pa.Table]:
        """All rows in the order of the input."""
        yield from merged(self._spills)
