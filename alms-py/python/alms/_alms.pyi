"""The native half of the package; use `alms` instead."""

from typing import Final

__all__ = ["__version__", "call_json", "operations"]

__version__: Final[str]

def call_json(op: str, input: str) -> str:
    """Runs the operation `op` on the JSON document `input`; raises `alms.AlmsError`."""

def operations() -> list[tuple[str, str, str, str]]:
    """Every operation as name, summary, input schema and output schema (the schemas as JSON texts)."""
