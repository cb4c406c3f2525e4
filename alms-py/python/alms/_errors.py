"""The exception of the package, and one subclass for each area of the rules."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
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
        name = type(self).__name__
        return f"{name}({self.code!r}, {self.message!r}, rule={self.rule!r}, path={self.path!r})"

    def __eq__(self, other: object) -> bool:
        # Errors are part of results, which compare by what they say.
        if not isinstance(other, AlmsError):
            return NotImplemented
        return type(self) is type(other) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.code, self.path, self.message))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The error that the wire form `text` describes."""
        import json

        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, error: Mapping[str, Any]) -> Self:
        """The error that an error object of the wire form describes."""
        return cls(error["code"], error["message"], error["rule"], error["path"], dict(error["context"]))

    @staticmethod
    def of_operation(op: str, text: str) -> AlmsError:
        """The error that the wire form `text` describes, as the class of the operation's area."""
        return BY_AREA.get(op.partition(".")[0], AlmsError).from_json(text)

    def to_dict(self) -> dict[str, Any]:
        """The error object of the wire form."""
        return {
            "code": self.code,
            "rule": self.rule,
            "path": self.path,
            "message": self.message,
            "context": self.context,
        }


class AccountError(AlmsError):
    """Refused about accounts and their kinds: `accounts.*`."""

    __module__ = "alms"


class BillingError(AlmsError):
    """Refused about how an account pays: `billing.*`."""

    __module__ = "alms"


class CalendarError(AlmsError):
    """Refused about dates: `calendar.*`."""

    __module__ = "alms"


class LedgerError(AlmsError):
    """Refused about token stocks, their bookings and orders: `tokens.*` and `orders.*`."""

    __module__ = "alms"


class MigrationError(AlmsError):
    """Refused about the move of a legacy account: `migration.*`."""

    __module__ = "alms"


class OfferError(AlmsError):
    """Refused about offers and catalogues: `offers.*`."""

    __module__ = "alms"


class ResellerError(AlmsError):
    """Refused about a reseller's view: `reseller.*`."""

    __module__ = "alms"


class SubscriptionError(AlmsError):
    """Refused about subscriptions: `subscriptions.*`."""

    __module__ = "alms"


class SystemsError(AlmsError):
    """Refused about systems and files of them: `systems.*` and `xr.*`."""

    __module__ = "alms"


BY_AREA: Mapping[str, type[AlmsError]] = {
    "accounts": AccountError,
    "billing": BillingError,
    "calendar": CalendarError,
    "migration": MigrationError,
    "offers": OfferError,
    "orders": LedgerError,
    "reseller": ResellerError,
    "subscriptions": SubscriptionError,
    "systems": SystemsError,
    "tokens": LedgerError,
    "xr": SystemsError,
}
"""The class by what stands before the point in an operation's name."""
