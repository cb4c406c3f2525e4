"""Frozen value classes made of declared fields.

A class declares its fields once, with their types; construction, comparison, hashing, representation, pattern
matching, copies, pickles and the wire form follow. `_field` knows how a value of each type crosses the border.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from alms import _field
from alms._call import to_json
from alms._errors import AlmsError

if TYPE_CHECKING:
    from typing import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Any:
        """Only type checkers need to know."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Declared(type):
    """Makes the annotated names of a class its fields: slots, in this order, with an `__init__` of its own."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Declared:
        annotations: dict[str, str] = namespace.get("__annotations__", {})
        fields = [field for field, type in annotations.items() if not type.startswith("ClassVar")]
        defaults = {field: namespace.pop(field) for field in fields if field in namespace}
        namespace.setdefault("__slots__", tuple(fields))
        if fields:
            namespace["__match_args__"] = tuple(fields)
            namespace.setdefault("__init__", _constructor(name, annotations, fields, defaults))
        return super().__new__(cls, name, bases, namespace)


def _constructor(name: str, annotations: dict[str, str], fields: list[str], defaults: dict[str, Any]) -> Any:
    """An `__init__` with the fields as its parameters, so that Python itself words what is missing or unknown."""
    parameters = [f"{field}=_defaults[{field!r}]" if field in defaults else field for field in fields]
    scope: dict[str, Any] = {"_defaults": defaults}
    exec(
        f"def __init__(self, {', '.join(parameters)}):\n    self._take(({', '.join(fields)},))",
        scope,
    )
    init = scope["__init__"]
    init.__qualname__ = f"{name}.__init__"
    init.__annotations__ = {**{field: annotations[field] for field in fields}, "return": "None"}
    return init


class Value(metaclass=Declared):
    """A value of the library: frozen, compared by its fields, the same to the byte in the wire form."""

    __match_args__: ClassVar[tuple[str, ...]] = ()

    wire_type: ClassVar[str | None] = None
    """The `type` that tells it from its siblings in the wire form, where there are any."""

    wire_key: ClassVar[str | None] = None
    """The one field of the object in which the wire form has it, where it does: `{"backdated": {…}}`."""

    wire_shape: ClassVar[str | None] = None
    """The shape of which it is a view, where it is one: the wire form takes more fields."""

    def _take(self, values: tuple[Any, ...]) -> None:
        for field, value in zip(fields_of_class(type(self)), values, strict=True):
            field.set(self, field.type.take(value, field.name))

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """The value that a mapping in the wire form describes.

        Dates and decimals may be texts, as the wire form has them, or `datetime.date` and `decimal.Decimal`.
        Raises `AlmsError` for what the wire form does not allow and `TypeError` for what it does not know.
        """
        return cls._read(document, "")

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The value that a JSON document in the wire form describes. Raises `AlmsError`."""
        return cls.from_dict(_field.parsed(text))

    @classmethod
    def _read(cls, document: object, path: str) -> Self:
        if not isinstance(document, Mapping):
            raise TypeError(f"{path or cls.__name__} must be a mapping, not {_field.kind(document)}")
        if cls.wire_key is not None:
            document, path = _only_field(document, cls.wire_key, path)
        rest = dict(document)
        if cls.wire_type is not None and rest.pop("type", cls.wire_type) != cls.wire_type:
            raise AlmsError(
                "invalid_input",
                f"the type of a {cls.__name__} is `{cls.wire_type}`",
                path=_field.at(path, "type"),
            )
        self = cls.__new__(cls)
        for field in fields_of_class(cls):
            place = _field.at(path, field.name)
            if field.wire_name in rest:
                field.set(self, field.type.read(rest.pop(field.wire_name), place))
            elif field.required:
                raise _missing(field.wire_name, place)
            else:
                field.set(self, field.default)
        for unknown in rest:
            raise _unknown(str(unknown), path)
        return self

    def to_dict(self) -> dict[str, Any]:
        """The value in the wire form: dates and decimals are texts, enumerations their names."""
        document: dict[str, Any] = {} if self.wire_type is None else {"type": self.wire_type}
        for field in fields_of_class(type(self)):
            document[field.wire_name] = field.type.write(getattr(self, field.name))
        return document if self.wire_key is None else {self.wire_key: document}

    def to_json(self) -> str:
        """The value in the wire form as compact JSON."""
        return to_json(self.to_dict())

    def replace(self, **changes: Any) -> Self:
        """The same value with other contents of some fields."""
        return type(self)(**{**dict(self._items()), **changes})

    __replace__ = replace

    def _items(self) -> Iterator[tuple[str, Any]]:
        return ((name, getattr(self, name)) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in self._items())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._items())})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; make another one with replace({name}=…)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(value for _, value in self._items())


def _only_field(document: Mapping[str, Any], key: str, path: str) -> tuple[Mapping[str, Any], str]:
    """The object in the one field of another, and its path."""
    for unknown in document.keys() - {key}:
        raise _unknown(str(unknown), path)
    place = _field.at(path, key)
    inner = document.get(key)
    if inner is None:
        raise _missing(key, place)
    if not isinstance(inner, Mapping):
        raise TypeError(f"{place} must be a mapping, not {_field.kind(inner)}")
    return inner, place


def _missing(name: str, place: str) -> AlmsError:
    return AlmsError("invalid_input", f"the field `{name}` is missing; add it", path=place)


def _unknown(name: str, path: str) -> AlmsError:
    message = f"the field `{name}` is unknown; remove it or correct its name"
    return AlmsError("invalid_input", message, path=_field.at(path, name))


def fields_of_class(cls: type[Value]) -> tuple[_field.Field, ...]:
    """The fields of a class with their types, which are looked up when they are first needed."""
    fields: tuple[_field.Field, ...] | None = cls.__dict__.get("_declared_fields")
    if fields is None:
        fields = _field.fields_of(cls)
        type.__setattr__(cls, "_declared_fields", fields)
    return fields
