"""The one exception of the package."""

from __future__ import annotations

import json
from typing import Any, Self


class AlmsError(Exception):
    """What a rule refused, or what was wrong with the input.

    >>> import alms
    >>> try:
    ...     alms.call("calendar.add_months", {"date": "2023-01-31", "months": "one"})
    ... except alms.AlmsError as error:
    ...     error.code, error.rule, error.path
    ('invalid_input', None, 'months')
    """

    # The public place: what tracebacks and pickles name.
    __module__ = "alms"

    code: str
    """Stable and snake_case, such as `insufficient_tokens`: what programs compare."""
    rule: str | None
    """The rule of the rulebook behind it, such as `ORD-3`; None where the input itself was wrong."""
    path: str
    """Where in the input, such as `bookings[3]`; empty for the whole document."""
    message: str
    """One sentence for people: the offending value and what to do about it."""
    context: dict[str, Any]
    """The figures behind the message, by name."""

    def __init__(
        self,
        code: str,
        message: str,
        rule: str | None = None,
        path: str = "",
        context: dict[str, Any] | None = None,
    ) -> None:
        # All of them are `args`, which is what pickle and copy rebuild an exception from.
        super().__init__(code, message, rule, path, context)
        self.code = code
        self.rule = rule
        self.path = path
        self.message = message
        self.context = {} if context is None else context

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def __repr__(self) -> str:
        return f"AlmsError({self.code!r}, {self.message!r}, rule={self.rule!r}, path={self.path!r})"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The error that the wire form `text` describes."""
        error = json.loads(text)
        return cls(error["code"], error["message"], error["rule"], error["path"], error["context"])

    def to_dict(self) -> dict[str, Any]:
        """The error object of the wire form."""
        return {
            "code": self.code,
            "rule": self.rule,
            "path": self.path,
            "message": self.message,
            "context": self.context,
        }
