"""How a value of each declared type crosses the border.

`take` is for Python arguments and strict: a float, a bool or a numeric text is no decimal, a datetime is no date.
`read` is for the wire form, where dates and decimals are texts. `write` gives the wire form.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from alms._alms import Account, PlannedSystem, PlannedSystems, System
from alms._call import plain_decimal
from alms._errors import AlmsError


class Type:
    """A declared type. By default: what is taken is read as well, and written as it is."""

    def take(self, value: Any, name: str) -> Any:
        """A Python argument."""
        raise NotImplementedError

    def read(self, value: Any, name: str) -> Any:
        """A value in the wire form."""
        return self.take(value, name)

    def write(self, value: Any) -> Any:
        """The wire form."""
        return value

    def to_json(self, value: Any, dump: Callable[[Any], str]) -> str:
        """The wire form as JSON text."""
        return dump(self.write(value))


class Field(NamedTuple):
    """One declared field of a class."""

    name: str
    wire_name: str
    type: Type
    required: bool
    default: Any
    set: Callable[[Any, Any], None]


def fields_of(cls: Any) -> tuple[Field, ...]:
    """The declared fields of a class."""
    names: tuple[str, ...] = cls.__match_args__
    defaults = defaults_of(cls.__init__)
    hints = cls.__init__.__annotations__
    return tuple(
        Field(
            name=name,
            wire_name=name.rstrip("_"),
            type=of_annotation(hints[name], cls.__module__),
            required=name not in defaults,
            default=defaults.get(name),
            set=cls.__dict__[name].__set__,
        )
        for name in names
    )


def defaults_of(function: Any) -> dict[str, Any]:
    """The parameters of a function that have defaults."""
    code, defaults = function.__code__, function.__defaults__ or ()
    positional = code.co_varnames[: code.co_argcount]
    return {
        **dict(zip(positional[len(positional) - len(defaults) :], defaults, strict=True)),
        **(function.__kwdefaults__ or {}),
    }


def of_annotation(annotation: Any, module: str) -> Type:
    """The type that an annotation, as it stands in a module, means."""
    return _of_hint(eval(annotation, vars(sys.modules[module])) if isinstance(annotation, str) else annotation)


def _of_hint(hint: Any) -> Type:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is types.NoneType:
        return _Null()
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _List(_of_hint(arguments[0]))
    if origin is typing.Literal:
        return _Literal(arguments)
    if origin in (types.UnionType, typing.Union):
        return _union(list(arguments))
    if origin is not None and issubclass(origin, Mapping):
        return _Document()
    if issubclass(origin or hint, Iterable) and arguments:
        return _List(_of_hint(arguments[0]))
    if issubclass(hint, enum.Enum):
        return _Enum(hint)
    if issubclass(hint, AlmsError):
        return _Error(hint)
    if issubclass(hint, PlannedSystems):
        return _List(_Value(PlannedSystem))
    if hasattr(hint, "first_day"):
        return _Month(hint)
    if hasattr(hint, "to_dict"):
        return _Value(hint)
    raise NotImplementedError(hint)


def _union(hints: list[Any]) -> Type:
    # The names of other enumerations are among those of the first one.
    enums = [hint for hint in hints if isinstance(hint, type) and issubclass(hint, enum.Enum)]
    members = [
        _Enum(hint, tuple(enums[1:])) if hint in enums[:1] else _of_hint(hint)
        for hint in hints
        if hint is not types.NoneType and hint not in enums[1:]
    ]
    values = [member for member in members if isinstance(member, _Value)]
    views = [value for value in values if getattr(value.cls, "wire_shape", None) is not None]
    if views:
        # The view takes the whole thing as well.
        members = [member for member in members if member in views or not _is_shape_of(member, views)]
        values = [value for value in values if value in members]
    others = [member for member in members if member not in values]
    if len(values) > 1:
        members = [_Variants(values), *others]
    if values and any(isinstance(member, _Document) for member in others):
        # What a mapping holds is for the core to judge, which knows its exact place.
        return _Optional(_Loose(members[0])) if types.NoneType in hints else _Loose(members[0])
    union = members[0] if len(members) == 1 else _Union(members)
    return _Optional(union) if types.NoneType in hints else union


def _is_shape_of(member: Type, views: list[_Value]) -> bool:
    return isinstance(member, _Value) and any(member.cls is _SHAPES[view.cls.wire_shape] for view in views)


class _Text(Type):
    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, str):
            return value
        raise wrong(name, "a str", value)


class _Int(Type):
    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise wrong(name, "an int", value)


class _Bool(Type):
    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, bool):
            return value
        raise wrong(name, "a bool", value)


class _Date(Type):
    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        raise wrong(name, "a datetime.date", value)

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            return self.take(value, name)
        try:
            if len(value) == len("2023-01-31"):
                return datetime.date.fromisoformat(value)
        except ValueError:
            pass
        raise AlmsError("invalid_input", f"`{shown(value)}` is not a date; write it as `YYYY-MM-DD`", path=name)

    def write(self, value: Any) -> Any:
        return value.isoformat()


class _Month(Type):
    def __init__(self, cls: Any) -> None:
        self.cls = cls

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, self.cls):
            return value
        raise wrong(name, "an alms.Month", value)

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            return self.take(value, name)
        try:
            return self.cls.parse(value)
        except AlmsError as error:
            raise AlmsError(error.code, error.message, path=name) from None

    def write(self, value: Any) -> Any:
        return str(value)


class _Decimal(Type):
    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return decimal.Decimal(value)
        if not isinstance(value, decimal.Decimal):
            raise wrong(name, "a decimal.Decimal or an int", value)
        if not value.is_finite():
            raise AlmsError("invalid_input", f"`{value}` is not a number; pass a finite decimal", path=name)
        return value

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            return self.take(value, name)
        try:
            return self.take(decimal.Decimal(value), name)
        except decimal.InvalidOperation:
            message = f"`{shown(value)}` is not a decimal; write it such as `20.00`"
            raise AlmsError("invalid_input", message, path=name) from None

    def write(self, value: Any) -> Any:
        return plain_decimal(value)


class _Any(Type):
    def take(self, value: Any, name: str) -> Any:
        return value


class _Document(_Any):
    """A mapping in the wire form; what is in it is for the core to judge."""

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, Mapping):
            return value
        raise wrong(name, "a mapping", value)


class _Null(Type):
    def take(self, value: Any, name: str) -> Any:
        if value is None:
            return value
        raise wrong(name, "None", value)


class _Enum(Type):
    """An enumeration; members of narrower ones, which have some of its names, are taken as well."""

    def __init__(self, members: type[enum.Enum], narrower: tuple[type[enum.Enum], ...] = ()) -> None:
        self.members = members
        self.narrower = narrower

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, self.members):
            return value
        if isinstance(value, self.narrower):
            return self.members(value.value)
        if not isinstance(value, str) or isinstance(value, enum.Enum):
            raise wrong(name, f"an alms.{self.members.__name__}", value)
        try:
            return self.members(value)
        except ValueError:
            names = ", ".join(f"`{member.value}`" for member in self.members)
            message = f"`{shown(value)}` is not one of {names}"
            raise AlmsError("invalid_input", message, path=name) from None

    def write(self, value: Any) -> Any:
        return value.value


class _Literal(Type):
    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, str) and value in self.values:
            return value
        raise wrong(name, " or ".join(map(repr, self.values)), value)


class _Value(Type):
    """A class of this package; a mapping in the wire form is taken as well."""

    def __init__(self, cls: Any) -> None:
        self.cls = cls

    def _read(self, document: Mapping[str, Any], name: str) -> Any:
        if hasattr(self.cls, "_read"):
            return self.cls._read(document, name)
        try:
            return self.cls.from_dict(document)
        except AlmsError as error:
            separator = "" if error.path.startswith("[") else "."
            path = f"{name}{separator}{error.path}" if name and error.path else name or error.path
            raise type(error)(error.code, error.message, error.rule, path, error.context) from None

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, self.cls) or self._is_shape(value):
            return value
        if isinstance(value, Mapping):
            return self._read(value, name)
        raise wrong(name, f"an alms.{self.cls.__name__}", value)

    def _is_shape(self, value: Any) -> bool:
        """Whether the value is the whole thing of which the class is a view."""
        shape = getattr(self.cls, "wire_shape", None)
        return shape is not None and isinstance(value, _SHAPES[shape])

    def write(self, value: Any) -> Any:
        return value.to_dict()

    def to_json(self, value: Any, dump: Callable[[Any], str]) -> str:
        return str(value.to_json())


class _Loose(Type):
    """A value, or a mapping in the wire form that is passed on as it is."""

    def __init__(self, value: Type) -> None:
        self.value = value

    def take(self, value: Any, name: str) -> Any:
        return value if isinstance(value, Mapping) else self.value.take(value, name)

    def write(self, value: Any) -> Any:
        return value if isinstance(value, Mapping) else self.value.write(value)

    def to_json(self, value: Any, dump: Callable[[Any], str]) -> str:
        return dump(value) if isinstance(value, Mapping) else self.value.to_json(value, dump)


class _Error(Type):
    """An error that is part of a result."""

    def __init__(self, cls: type[AlmsError]) -> None:
        self.cls = cls

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, self.cls):
            return value
        if isinstance(value, Mapping) and {"code", "message", "rule", "path", "context"} <= value.keys():
            return self.cls.from_dict(value)
        raise wrong(name, f"an alms.{self.cls.__name__}", value)

    def write(self, value: Any) -> Any:
        return value.to_dict()


class _Variants(Type):
    """One of several classes, told apart by `type` in the wire form."""

    def __init__(self, values: list[_Value]) -> None:
        self.classes = tuple(value.cls for value in values)
        self.by_type = {value.cls.wire_type: value.cls for value in values}

    def take(self, value: Any, name: str) -> Any:
        if isinstance(value, self.classes):
            return value
        if not isinstance(value, Mapping):
            raise wrong(name, " or ".join(f"alms.{cls.__name__}" for cls in self.classes), value)
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.by_type:
            names = ", ".join(f"`{name}`" for name in self.by_type)
            raise AlmsError("invalid_input", f"`{shown(kind)}` is not one of {names}", path=at(name, "type"))
        return self.by_type[kind]._read(value, name)

    def write(self, value: Any) -> Any:
        return value.to_dict()


class _Union(Type):
    """The first of several types that takes the value."""

    def __init__(self, members: list[Type]) -> None:
        self.members = members

    def take(self, value: Any, name: str) -> Any:
        return self._first("take", value, name)

    def read(self, value: Any, name: str) -> Any:
        return self._first("read", value, name)

    def _first(self, method: str, value: Any, name: str) -> Any:
        reasons = []
        for member in self.members:
            try:
                return getattr(member, method)(value, name)
            except TypeError as error:
                reasons.append(str(error))
        raise TypeError("; or ".join(reasons))

    def write(self, value: Any) -> Any:
        return self._writer(value).write(value)

    def _writer(self, value: Any) -> Type:
        for member in self.members:
            try:
                member.take(value, "")
            except (TypeError, AlmsError):
                continue
            return member
        raise NotImplementedError(value)


class _Optional(Type):
    def __init__(self, inner: Type) -> None:
        self.inner = inner

    def take(self, value: Any, name: str) -> Any:
        return None if value is None else self.inner.take(value, name)

    def read(self, value: Any, name: str) -> Any:
        return None if value is None else self.inner.read(value, name)

    def write(self, value: Any) -> Any:
        return None if value is None else self.inner.write(value)


class _List(Type):
    """Any iterable, kept as a tuple."""

    def __init__(self, item: Type) -> None:
        self.item = item

    def take(self, value: Any, name: str) -> Any:
        return self._items(value, name, self.item.take)

    def read(self, value: Any, name: str) -> Any:
        # An absent list and null are the same, and no list has a meaning of its own for null.
        return () if value is None else self._items(value, name, self.item.read)

    def _items(self, value: Any, name: str, convert: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            raise wrong(name, "a list", value)
        return tuple(convert(item, f"{name}[{index}]") for index, item in enumerate(value))

    def write(self, value: Any) -> Any:
        return [self.item.write(item) for item in value]


_PLAIN: dict[Any, Type] = {
    str: _Text(),
    int: _Int(),
    bool: _Bool(),
    datetime.date: _Date(),
    decimal.Decimal: _Decimal(),
    Any: _Any(),
}


_SHAPES: dict[str, type] = {"Account": Account, "System": System}
"""The classes of things that have one shape, of which others are views."""


def at(path: str, name: str) -> str:
    """The path of a field below another."""
    return f"{path}.{name}" if path else name


def kind(value: object) -> str:
    """What a value is, in words."""
    return "None" if value is None else f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")


def wrong(name: str, expected: str, value: object) -> TypeError:
    """The error for a value of the wrong type."""
    return TypeError(f"{name} must be {expected}, not {kind(value)}")


def shown(value: object) -> str:
    """A value as a message quotes it."""
    text = str(value) if isinstance(value, str) else repr(value)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _SHOWN_CHARS_MAX else f"{text[:_SHOWN_CHARS_MAX]}…"


_SHOWN_CHARS_MAX = 80


def parsed(text: str) -> Any:
    """A JSON document."""
    try:
        return json.loads(text)
    except RecursionError:
        raise AlmsError("invalid_input", "the document is nested too deeply; pass plain, flat data") from None
    except ValueError as error:
        raise AlmsError("invalid_input", f"the text is not JSON ({error}); pass a JSON document") from None
