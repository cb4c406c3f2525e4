"""Every vector through `call_json`, byte for byte."""

from __future__ import annotations

import json

import pytest

import alms

from .conformance import Vector, difference, vectors

VECTORS = list(vectors())


def test_there_are_vectors() -> None:
    assert VECTORS


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_vector(vector: Vector) -> None:
    text = _run(vector)
    assert text == vector.output()
    assert (vector.expect is None) != (vector.error is None), "a vector expects an output or an error"
    assert difference(vector.error if vector.expect is None else vector.expect, json.loads(text)) is None


def _run(vector: Vector) -> str:
    """The output, or the error written from the attributes of the exception."""
    if vector.error is None:
        return alms.call_json(vector.op, vector.text)
    with pytest.raises(alms.AlmsError) as caught:
        alms.call_json(vector.op, vector.text)
    return json.dumps(caught.value.to_dict(), ensure_ascii=False, separators=(",", ":"))


def test_difference_finds_what_is_missing() -> None:
    assert difference({"a": 1}, {"a": 1, "b": 2}) is None
    assert difference({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}) == "$.a.b[1] is 3, not 2"
    assert difference({"a": [1]}, {"a": [1, 2]}) == "$.a has 2 elements, not 1"
    assert difference({"a": None}, {}) == "$ has no 'a'"
    assert difference(1, True) == "$ is True, not 1"
