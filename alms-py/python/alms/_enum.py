"""The base of the enumerations."""

from __future__ import annotations

import enum


class Name(enum.StrEnum):
    """A choice with a stable name, which is what the wire form holds and what the member is equal to."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"
