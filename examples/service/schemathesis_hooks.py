"""What a schema cannot say of a request, and requests are spared."""

import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """To JSON Schema `1.0` is the integer 1; a count is written in digits, and `tests/bad_clients.rs` says so."""
    body = in_digits(case.body)
    if repr(body) != repr(case.body):
        case.body = body


@schemathesis.hook
def filter_case(ctx, case):
    """Fields that are all optional to JSON Schema, and of which one is needed."""
    valid = case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE
    if not valid or not isinstance(case.body, dict):
        return True
    return has_one_discount(case.body) and changes_something(case.body)


def has_one_discount(booking):
    """A discount is a percentage or an amount."""
    discount = booking.get("discount")
    return not isinstance(discount, dict) or sum(one is not None for one in discount.values()) == 1


def changes_something(booking):
    """An edit has a field beside those of every edit."""
    others = booking.keys() - {"key", "on", "type", "target"}
    return booking.get("type") != "edit" or any(booking[name] for name in others)



def in_digits(value):
    """The same value, whole numbers written without decimals."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: in_digits(part) for name, part in value.items()}
    if isinstance(value, list):
        return [in_digits(part) for part in value]
    return value
