"""`call`, `call_json` and `operations`: types that cross the border, and those that must not."""

from __future__ import annotations

import datetime
import json
import types
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from importlib import metadata
from typing import Any

import pytest

import alms

OP = "calendar.add_months"
JANUARY = {"date": "2023-01-31", "months": 1}


def refused(op: str, document: dict[str, Any]) -> alms.AlmsError:
    with pytest.raises(alms.AlmsError) as caught:
        alms.call(op, document)
    return caught.value


def test_call() -> None:
    assert alms.call(OP, JANUARY) == {"date": "2023-02-28"}
    assert alms.call(op=OP, input=JANUARY) == {"date": "2023-02-28"}


def test_call_json() -> None:
    assert alms.call_json(OP, json.dumps(JANUARY)) == '{"date":"2023-02-28"}'
    assert alms.call_json(op=OP, input=json.dumps(JANUARY)) == '{"date":"2023-02-28"}'


def test_version() -> None:
    assert alms.__version__ == metadata.version("alms-rules")


def test_operations() -> None:
    operations = alms.operations()
    assert list(operations[OP]) == ["summary", "input", "output"]
    assert set(operations[OP]["input"]["properties"]) == {"date", "months"}
    assert set(operations[OP]["output"]["properties"]) == {"date"}
    assert operations[OP]["summary"]


def test_every_operation_answers() -> None:
    for op in alms.operations():
        assert refused(op, {"no_such_field": 1}).code == "invalid_input"


@pytest.mark.parametrize("mapping", [types.MappingProxyType(JANUARY), OrderedDict(JANUARY)])
def test_any_mapping(mapping: Any) -> None:
    assert alms.call(OP, mapping) == {"date": "2023-02-28"}


def test_dates() -> None:
    assert alms.call(OP, {"date": datetime.date(2024, 1, 31), "months": 1}) == {"date": "2024-02-29"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("20.00"), "20.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (Decimal("79228162514264337593543950336.5"), "79228162514264337593543950336.5"),
    ],
)
def test_decimals_keep_every_digit(value: Decimal, text: str) -> None:
    error = refused(OP, {"date": value, "months": 1})
    assert f"`{text}`" in error.message


@pytest.mark.parametrize(
    "value",
    [
        datetime.datetime(2023, 1, 31),
        datetime.time(),
        b"2023-01-31",
        {"a", "b"},
        1j,
        object(),
        (n for n in [1]),
        lambda: None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        alms.call(OP, {"date": value, "months": 1})


@pytest.mark.parametrize("value", [None, 1, "{}", b"{}", [], object()], ids=repr)
def test_the_document_is_a_mapping(value: Any) -> None:
    with pytest.raises(TypeError, match="input must be a mapping"):
        alms.call(OP, value)


@pytest.mark.parametrize(("op", "input"), [(1, "{}"), (None, "{}"), (OP, b"{}"), (OP, {}), (OP, None)])
def test_texts_are_str(op: Any, input: Any) -> None:
    with pytest.raises(TypeError):
        alms.call_json(op, input)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), float("-inf"), Decimal("nan"), Decimal("snan"), Decimal("-inf"), 10**5000],
    ids=lambda value: repr(value) if isinstance(value, float | Decimal) else "huge int",
)
def test_what_is_no_number_is_refused(value: object) -> None:
    assert refused(OP, {"date": "2023-01-31", "months": value}).code == "invalid_input"


@pytest.mark.parametrize("value", [Decimal("1E+999999999999999999"), Decimal("1E-999999"), Decimal("1" * 300)])
def test_endless_decimals_are_refused(value: Decimal) -> None:
    assert refused(OP, {"date": value, "months": 1}).code == "out_of_range"


def test_lone_surrogates_are_refused() -> None:
    for op, input in [("\ud800", "{}"), (OP, '{"date":"\udfff"}')]:
        with pytest.raises(alms.AlmsError) as caught:
            alms.call_json(op, input)
        assert caught.value.code == "invalid_input"
        assert caught.value.message.isascii()
    assert refused(OP, {"date": "\ud800", "months": 1}).code == "invalid_input"
    assert refused(OP, {"\ud800": 1}).code == "invalid_input"


def test_a_document_that_contains_itself_is_refused() -> None:
    document: dict[str, Any] = {"date": "2023-01-31"}
    document["months"] = document
    assert refused(OP, document).code == "invalid_input"


def test_a_deep_document_is_refused() -> None:
    document: dict[str, Any] = {}
    for _ in range(100_000):
        document = {"date": document}
    assert refused(OP, document).code == "invalid_input"


def test_threads_get_the_same_answer() -> None:
    text = json.dumps(JANUARY)
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: alms.call_json(OP, text), range(2_000)))
    assert answers == {'{"date":"2023-02-28"}'}
