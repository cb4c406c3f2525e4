"""The examples in the docstrings and the README run and print what they say."""

from __future__ import annotations

import doctest
import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import alms

PACKAGE = Path(alms.__file__).parent
MODULES = ["alms", *(f"alms.{path.stem}" for path in PACKAGE.glob("*.py") if not path.stem.startswith("__"))]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_there_are_examples() -> None:
    found = sum(
        doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).attempted for name in MODULES
    )
    assert found > 10


def test_readme() -> None:
    readme = Path(__file__).parents[1] / "README.md"
    result = doctest.testfile(str(readme), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_readme_of_the_repository() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


SUBSCRIPTIONS = (Path(__file__).parents[2] / "docs" / "subscriptions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^`([a-z_.]+)`:\n\n```json\n(.*?)```\n\ngives\n\n```json\n(.*?)```", SUBSCRIPTIONS, re.DOTALL | re.MULTILINE
)


@pytest.mark.parametrize(("op", "request_text", "expected"), EXAMPLES)
def test_page_of_subscriptions(op: str, request_text: str, expected: str) -> None:
    assert contains(json.loads(alms.call_json(op, request_text)), json.loads(expected))


def test_every_document_of_the_page_of_subscriptions() -> None:
    blocks = re.findall(r"^```json\n(.*?)^```", SUBSCRIPTIONS, re.DOTALL | re.MULTILINE)
    alone = [json.loads(block) for block in blocks if block.startswith('{"serial"')]
    assert len(alone) == 2 and len(EXAMPLES) == 3 and len(blocks) == len(alone) + 2 * len(EXAMPLES)
    for subscription in alone:
        events = alms.call("subscriptions.state", {"subscription": subscription, "on": "2023-12-01"})["events"]
        assert all(event["ok"] for event in events)


def contains(found: Any, expected: Any) -> bool:
    """Whether every field that the page prints has this value; the page leaves fields out."""
    if isinstance(expected, dict):
        return all(contains(found.get(name), value) for name, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(contains, found, expected))
    return bool(found == expected)
