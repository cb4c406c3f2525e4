"""Ten thousand malformed inputs: an `AlmsError` or a `TypeError`, never a crash and nothing else."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import alms
from alms import _operation

INPUTS = 10_000
LOOP: dict[str, Any] = {}
LOOP["systems"] = [LOOP]
RING: list[Any] = []
RING.append(RING)


class Strange:
    """An object that refuses everything that is asked of it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __len__(self) -> int:
        raise RuntimeError("len")


def deep(levels: int) -> Any:
    document: Any = 1
    for _ in range(levels):
        document = [document]
    return document


NASTY: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    10**15 + 1,
    -(10**30),
    10**4000,
    1.5,
    float("nan"),
    float("inf"),
    Decimal("NaN"),
    Decimal("Infinity"),
    Decimal("1E+999999"),
    Decimal("0.1"),
    1j,
    "",
    "active",
    "2023-02-30",
    "2023-01-01T00:00:00",
    "x" * 100_000,
    "\ud800",
    "\x00",
    "\udfff" * 3,
    b"\xff\xfe",
    bytearray(b"2023"),
    datetime.datetime(2023, 1, 1),
    datetime.date.min,
    datetime.date.max,
    datetime.timedelta(1),
    [],
    [None],
    RING,
    {},
    {"type": "order"},
    {"uid": "a", "systems": [{}]},
    {1: 2},
    LOOP,
    deep(3_000),
    {1, 2},
    object(),
    object,
    Strange(),
    lambda: None,
    iter(()),
    alms.System("a", "b", "active"),
    alms.Money(Decimal(1), "USD"),
    alms.Outcome.DELETED,
]


def values() -> list[Callable[..., Any]]:
    """The classes."""
    found = [getattr(alms, name) for name in alms.__all__ if name[0].isupper()]
    made = [
        cls for cls in found if isinstance(cls, type) and hasattr(cls, "to_dict") and hasattr(cls, "__match_args__")
    ]
    return [cls for cls in made if not issubclass(cls, Exception)]


def refuses(work: Callable[[], Any], outcomes: Counter[str]) -> None:
    try:
        work()
    except (alms.AlmsError, TypeError) as error:
        assert str(error)
        outcomes[type(error).__name__] += 1
    else:
        outcomes["accepted"] += 1


def written(cls: Any, arguments: dict[str, Any]) -> Any:
    return cls(**arguments).to_json()


def test_ten_thousand_malformed_inputs() -> None:
    picker, outcomes = random.Random(2023), Counter[str]()
    functions = list(_operation.OPERATIONS.values())
    classes = values()
    nasty = [thing for thing in NASTY if not isinstance(thing, Strange)]
    for number in range(INPUTS):
        if number % 3 == 0:
            function = getattr(alms, picker.choice(functions).function.__name__, alms.plan_migration)
            names = [name for name in function.__annotations__ if name != "return"]
            arguments = {name: picker.choice(nasty) for name in names if picker.random() < 0.9}
            refuses(partial(function, **arguments), outcomes)
        elif number % 3 == 1:
            cls: Any = picker.choice(classes)
            arguments = {name: picker.choice(nasty) for name in cls.__match_args__}
            refuses(partial(written, cls, arguments), outcomes)
        else:
            cls = picker.choice(classes)
            document = {name.rstrip("_"): picker.choice(nasty) for name in cls.__match_args__ if picker.random() < 0.9}
            given = document if picker.random() < 0.9 else picker.choice(nasty)
            refuses(partial(cls.from_dict, given), outcomes)
    assert outcomes["accepted"] < INPUTS / 10
    assert outcomes["TypeError"] > INPUTS / 20
    assert (
        sum(count for name, count in outcomes.items() if name.endswith("Error") and name != "TypeError") > INPUTS / 20
    )


def test_tables_of_anything() -> None:
    outcomes = Counter[str]()
    for thing in NASTY:
        if not isinstance(thing, Strange):
            refuses(partial(alms.plan_fleet, thing, thing, on=thing), outcomes)
    assert set(outcomes) <= {"TypeError", "MigrationError", "AlmsError"}
