"""What a run says at its end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fleet_files.memory import peak
from fleet_files.planner import FIGURES
from fleet_files.run import Job, Report


def summary(job: Job, report: Report, seconds: float) -> str:
    """The counts, the tokens, the files."""
    counts = report.counts
    how = "streamed" if report.streamed else "grouped on disk"
    rows = sum(counts.systems.values())
    return "\n".join(
        [
            *_table("systems", counts.systems, job.systems_out),
            *_table("accounts", counts.accounts, job.accounts_out),
            "tokens of the planned accounts",
            *[f"  {figure:<22}{counts.tokens[figure]:>19,}" for figure in FIGURES if counts.tokens[figure]],
            f"{how} in {seconds:.1f} s, {rows / max(seconds, 1e-9):,.0f} systems/s, {peak() >> 20:,} MiB at most",
        ]
    )


def _table(name: str, counts: Counter[str], path: Path) -> list[str]:
    rows = [f"  {key:<22}{count:>19,}" for key, count in sorted(counts.items(), key=lambda item: -item[1])]
    return [f"{name} -> {path}", *rows, f"  {'total':<22}{sum(counts.values()):>19,}"]
