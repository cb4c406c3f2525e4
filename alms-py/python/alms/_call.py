"""One call for every operation: a JSON document in, a JSON document out."""

from __future__ import annotations

from alms import _alms
from alms._errors import AlmsError

# What only some calls need is read when one of them does: `import alms` reads nothing but the native module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import decimal
    from collections.abc import Mapping
    from typing import Any

    from alms._operation import Schemas

_PLAIN_DIGITS_MAX = 256
"""The longest decimal that is written out: the wire form takes no longer text."""


def call_json(op: str, input: str) -> str:
    """Runs the operation `op` on the JSON document `input` and returns a JSON document.

    The same input gives the same text, to the byte, as in Rust and JavaScript. Raises `AlmsError`. Other
    threads run meanwhile.

    >>> import alms
    >>> alms.call_json("calendar.add_months", '{"date": "2023-01-31", "months": 1}')
    '{"date":"2023-02-28"}'
    """
    try:
        return _alms.call_json(op, input)
    except UnicodeEncodeError as error:
        raise _half_a_character(error) from None


def _half_a_character(error: UnicodeEncodeError) -> AlmsError:
    half = f"\\u{ord(error.object[error.start]):04x}"
    place = f"`{half}`, one half of a character, at position {error.start}"
    return AlmsError("invalid_input", f"the text holds {place}; pass valid Unicode")


def call(op: str, input: Mapping[str, Any]) -> dict[str, Any]:
    """Runs the operation `op` on `input`, a mapping in the wire form. Raises `AlmsError`.

    `datetime.date` and `decimal.Decimal` are written as the wire form wants them, as exact strings:

    >>> import alms, datetime
    >>> alms.call("calendar.add_months", {"date": datetime.date(2024, 1, 31), "months": 1})
    {'date': '2024-02-29'}
    """
    import json
    from collections.abc import Mapping

    if not isinstance(input, Mapping):
        raise TypeError(f"input must be a mapping, not {type(input).__name__}")
    output: dict[str, Any] = json.loads(call_json(op, to_json(input)))
    return output


def operations() -> dict[str, Schemas]:
    """Every operation by name, with its summary and the JSON Schemas of what goes in and comes out.

    >>> import alms
    >>> alms.operations()["calendar.add_months"]["input"]["type"]
    'object'
    """
    import json

    return {
        name: {"summary": summary, "input": json.loads(input), "output": json.loads(output)}
        for name, summary, input, output in _alms.operations()
    }


def mapping_to_json(document: object) -> str:
    """A mapping in the wire form as JSON text."""
    from collections.abc import Mapping

    if not isinstance(document, Mapping):
        raise TypeError(f"document must be a mapping, not {type(document).__name__}")
    return to_json(document)


def to_json(document: object) -> str:
    """A document in the wire form as JSON text."""
    import json

    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_to_wire)
        if not text.isascii():
            text.encode()
        return text
    except RecursionError:
        raise AlmsError("invalid_input", "the document is nested too deeply; pass plain, flat data") from None
    except UnicodeEncodeError as error:
        raise _half_a_character(error) from None
    except ValueError as error:
        # NaN, infinity, a document that contains itself, an integer of thousands of digits.
        reason = str(error)
        reason = reason[:1].lower() + reason[1:]
        message = f"the document has no JSON form ({reason}); pass plain data and finite numbers"
        raise AlmsError("invalid_input", message) from error


def _to_wire(value: object) -> object:
    """What json cannot write itself."""
    import datetime
    import decimal
    from collections.abc import Mapping

    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return plain_decimal(value)
    to_dict = getattr(type(value), "to_dict", None)
    if to_dict is not None and type(value).__module__.partition(".")[0] == "alms":
        return to_dict(value)
    raise TypeError(
        f"a {type(value).__name__} is not part of a document; "
        "pass str, int, bool, None, datetime.date, decimal.Decimal, values of alms, lists and mappings of them"
    )


def plain_decimal(value: decimal.Decimal) -> str:
    """All digits of `value`, without an exponent."""
    if not value.is_finite():
        raise AlmsError("invalid_input", f"`{value}` is not a number; pass a finite decimal")
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int), "finite"
    if len(digits) + abs(exponent) > _PLAIN_DIGITS_MAX:
        raise AlmsError(
            "out_of_range",
            f"`{value:.6E}` takes more than {_PLAIN_DIGITS_MAX} digits; pass a shorter decimal",
        )
    return format(value, "f")
