"""What is refused arrives as `AlmsError`, whole."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

import alms

OP = "calendar.add_months"
INPUT = '{"date":"2023-02-30","months":1}'


@pytest.fixture
def error() -> alms.AlmsError:
    with pytest.raises(alms.AlmsError) as caught:
        alms.call_json(OP, INPUT)
    return caught.value


def test_attributes(error: alms.AlmsError) -> None:
    assert type(error) is alms.CalendarError
    assert error.code == "invalid_input"
    assert error.rule is None
    assert error.path == "date"
    assert "`2023-02-30`" in error.message
    assert isinstance(error.context, dict)


def test_str_is_path_and_message(error: alms.AlmsError) -> None:
    assert str(error) == f"date: {error.message}"
    assert str(alms.AlmsError("invalid_input", "no document")) == "no document"


def test_repr_and_module_name_the_public_class(error: alms.AlmsError) -> None:
    assert repr(error).startswith("CalendarError('invalid_input', ")
    assert f"{alms.AlmsError.__module__}.{alms.AlmsError.__qualname__}" == "alms.AlmsError"


def test_to_dict_is_the_wire_form(error: alms.AlmsError) -> None:
    assert list(error.to_dict()) == ["code", "rule", "path", "message", "context"]
    assert alms.AlmsError.from_json(json.dumps(error.to_dict())).to_dict() == error.to_dict()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(error: alms.AlmsError, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is alms.CalendarError
    assert again.to_dict() == error.to_dict()
    assert str(again) == str(error)


def test_copy(error: alms.AlmsError) -> None:
    assert copy.deepcopy(error).to_dict() == error.to_dict()


def test_errors_do_not_share_a_context() -> None:
    first, second = alms.AlmsError("a", "b"), alms.AlmsError("a", "b")
    first.context["x"] = 1
    assert second.context == {}


@pytest.mark.parametrize(
    ("op", "input"),
    [
        ("no.such_operation", "{}"),
        ("", "{}"),
        (OP, ""),
        (OP, "{"),
        (OP, "[]"),
        (OP, "null"),
        (OP, "[" * 100_000),
        (OP, '{"a":' * 100_000),
        (OP, INPUT + " x"),
        (OP, '{"date":"2023-01-31","months":1e400}'),
        (OP, '{"date":"2023-01-31","months":' + "9" * 10_000 + "}"),
        (OP, '{"date":"2023-01-31","months":1,"months":2}'),
        (OP, '{"date":"\\ud800","months":1}'),
        (OP, '{"date":"\x00","months":1}'),
        (OP, '{"date":"' + "x" * 1_000_000 + '","months":1}'),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_hostile_text_is_refused(op: str, input: str) -> None:
    with pytest.raises(alms.AlmsError) as caught:
        alms.call_json(op, input)
    error = caught.value
    assert error.code
    assert error.message
    assert "\n" not in error.message
    assert len(error.message) < 2_000
