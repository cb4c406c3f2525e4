"""The vectors that every runtime runs: `conformance/<area>/<topic>.json` and the outputs beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "conformance"
OUTPUTS = ROOT / "outputs"


@dataclass(frozen=True)
class Vector:
    """One input with what must come out."""

    id: str
    op: str
    text: str
    """The input document, as every runtime passes it."""
    expect: dict[str, Any] | None
    """A part of the output; None where the input is refused."""
    error: dict[str, Any] | None
    """A part of the error; None where the input is accepted."""
    outputs: Path
    """The file with the exact output."""
    line: int
    """Which line of it, from 0."""

    def output(self) -> str:
        """The exact output, or the error's JSON text."""
        lines = self.outputs.read_text(encoding="utf-8").split("\n")
        assert self.line < len(lines) - 1, f"{self.outputs.name} is too short: run `cargo xtask bless`"
        return lines[self.line]


def vectors() -> Iterator[Vector]:
    """All vectors, in the order of their files."""
    for path in sorted(ROOT.rglob("*.json")):
        topic = path.relative_to(ROOT).with_suffix("")
        if topic.parts[0] == OUTPUTS.name:
            continue
        for line, vector in enumerate(json.loads(path.read_text(encoding="utf-8"))["vectors"]):
            yield Vector(
                id=f"{topic.as_posix()}: {vector['name']}",
                op=vector["op"],
                text=vector["input_text"] if "input_text" in vector else _compact(vector["input"]),
                expect=vector.get("expect"),
                error=vector.get("error"),
                outputs=OUTPUTS / topic.with_suffix(".jsonl"),
                line=line,
            )


def difference(expected: object, actual: object, path: str = "$") -> str | None:
    """Where `actual` does not hold what `expected` asks for, or None.

    Objects must hold at least the expected keys, lists match element by element, scalars are equal.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        missing = [key for key in expected if key not in actual]
        if missing:
            return f"{path} has no {missing[0]!r}"
        pairs = [(f"{path}.{key}", expected[key], actual[key]) for key in expected]
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} has {len(actual)} elements, not {len(expected)}"
        pairs = [(f"{path}[{i}]", *pair) for i, pair in enumerate(zip(expected, actual, strict=True))]
    else:
        same = type(expected) is type(actual) and expected == actual
        return None if same else f"{path} is {actual!r}, not {expected!r}"
    return next((found for at, e, a in pairs if (found := difference(e, a, at)) is not None), None)


def _compact(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
