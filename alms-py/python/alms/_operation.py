"""Typed functions over the operations: each is declared by its signature, and answered by the core."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeAlias, TypedDict, TypeVar

from alms import _field
from alms._call import call_json, to_json

Document: TypeAlias = Mapping[str, Any]
"""A mapping in the wire form, which every function takes instead of the typed value."""

P = ParamSpec("P")
R = TypeVar("R")


class Schemas(TypedDict):
    """What `operations` tells about one operation."""

    summary: str
    """One sentence."""
    input: dict[str, Any]
    """JSON Schema (draft 2020-12) of the document that goes in."""
    output: dict[str, Any]
    """JSON Schema (draft 2020-12) of the document that comes out."""


class Declared(BaseException):
    """What the body of a declared function raises; it is never reached."""


OPERATIONS: dict[str, Operation] = {}
"""What is declared, by the name of the operation."""


def operation(name: str, *, take: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function answer with the operation `name`, or with the field `take` of what it gives."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        declared = OPERATIONS[name] = Operation(name, function, take)

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            result: R = declared.answer(declared.arguments(args, kwargs))
            return result

        return answer

    return declare


class Operation:
    """An operation as its function declares it."""

    def __init__(self, name: str, function: Callable[..., Any], take: str | None) -> None:
        self.name = name
        self.function = function
        self.take = take

    @cached_property
    def parameters(self) -> dict[str, _field.Type]:
        """The types of the parameters."""
        hints = dict(self.function.__annotations__)
        del hints["return"]
        return {name: _field.of_annotation(hint, self.function.__module__) for name, hint in hints.items()}

    @cached_property
    def result(self) -> _field.Type:
        """The type of what is returned."""
        return _field.of_annotation(self.function.__annotations__["return"], self.function.__module__)

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    def arguments(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments by name, without those that are left to their defaults."""
        try:
            return self._signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise TypeError(f"{self.function.__name__}(): {error}") from None

    def document(self, arguments: Mapping[str, Any]) -> str:
        """The arguments as a JSON document in the wire form."""
        fields = []
        for name, value in arguments.items():
            declared = self.parameters[name]
            written = declared.to_json(declared.take(value, name), to_json)
            fields.append(f"{json.dumps(name.rstrip('_'))}:{written}")
        return f"{{{','.join(fields)}}}"

    def answer(self, arguments: Mapping[str, Any]) -> Any:
        """What the core answers, as the declared type."""
        answer = json.loads(call_json(self.name, self.document(arguments)))
        return self.result.read(answer if self.take is None else answer[self.take], "")
