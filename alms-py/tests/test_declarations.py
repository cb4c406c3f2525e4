"""The typed functions and classes say what the JSON Schemas say: no field is missing, none invented."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

import alms
from alms import _field, _operation

PACKAGE = Path(alms.__file__).parent
AREAS = sorted(path.stem for path in PACKAGE.glob("[a-z]*.py") if path.stem != "plot")
for area in AREAS:
    importlib.import_module(f"alms.{area}")

RULE = re.compile(r"[A-Z]{3}-[0-9]+")
FOLLOWS = {alms.PlannedSystem: frozenset({"offer", "state"})}
"""Fields of the wire form that follow from others, and are properties of the class."""


class Comparison:
    """One document of an operation, schema and declaration side by side."""

    def __init__(self, document: dict[str, Any], direction: str) -> None:
        self.defs = document.get("$defs", {})
        self.direction = direction
        self.found: list[str] = []
        self.seen: set[tuple[int, int]] = set()

    def say(self, path: str, what: str) -> None:
        self.found.append(f"{path}: {what}")

    def resolve(self, schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """The schema that is meant, and whether null is allowed beside it."""
        if "$ref" in schema:
            resolved, nullable = self.resolve(self.defs[schema["$ref"].rpartition("/")[2]])
            # One shape of a thing, of which an operation needs certain fields.
            needed = {"required": schema["required"]} if "required" in schema else {}
            return {**resolved, **needed}, nullable
        if "anyOf" in schema:
            others = [option for option in schema["anyOf"] if option.get("type") != "null"]
            nullable = len(others) < len(schema["anyOf"])
            return (self.resolve(others[0])[0] if len(others) == 1 else {"anyOf": others}), nullable
        if isinstance(schema.get("type"), list):
            (kind,) = (kind for kind in schema["type"] if kind != "null")
            return {**schema, "type": kind}, True
        if None in schema.get("enum", []):
            return {**schema, "enum": [name for name in schema["enum"] if name is not None]}, True
        return schema, False

    def check(self, path: str, schema: dict[str, Any], declared: _field.Type, given: bool = False) -> None:
        """`given`: a view needs it, so that it is not null there."""
        schema, nullable = self.resolve(schema)
        nullable = nullable and not given
        if isinstance(declared, _field._Optional):
            declared = declared.inner
        elif nullable and not isinstance(declared, _field._List):
            self.say(path, "may be null, and is not declared so")
        if isinstance(declared, _field._Loose):
            declared = declared.value
        if "anyOf" in schema:
            self.union(path, schema["anyOf"], declared)
            return
        expected = self.expected(schema)
        if not isinstance(declared, expected):
            self.say(path, f"is {schema}, and declared as {type(declared).__name__}")
            return
        match declared:
            case _field._Document():
                return
            case _field._Value():
                self.object(path, schema, declared.cls)
            case _field._List():
                self.check(f"{path}[]", schema["items"], declared.item)
            case _field._Enum() if [member.value for member in declared.members] != schema["enum"]:
                self.say(path, f"has the names {schema['enum']}, and is declared as {declared.members}")
            case _field._Variants():
                self.variants(path, schema["oneOf"], declared)

    def expected(self, schema: dict[str, Any]) -> type[_field.Type] | tuple[type[_field.Type], ...]:
        """The declared types that a schema may have."""
        if "oneOf" in schema:
            return _field._Variants
        if "enum" in schema:
            # The ids of rules and the codes of errors are lists that grow: they stay texts.
            is_open = RULE.fullmatch(schema["enum"][0]) or "invalid_input" in schema["enum"]
            return _field._Text if is_open else _field._Enum
        match schema.get("type"):
            case "object" if set(schema.get("properties", ())) == {
                "code",
                "rule",
                "path",
                "message",
                "context",
            }:
                return _field._Error
            case "object" if "properties" not in schema:
                return _field._Document
            case "object":
                return _field._Value, _field._Document
            case "array":
                return _field._List
            case "integer":
                return _field._Int
            case "boolean":
                return _field._Bool
            case "string" if schema.get("format") == "date":
                return _field._Date
            case "string" if schema.get("pattern", "").endswith("-(0[1-9]|1[0-2])$"):
                return _field._Month
            case "string":
                return _field._Text, _field._Decimal
            case _:
                return _field._Any

    def union(self, path: str, options: list[dict[str, Any]], declared: _field.Type) -> None:
        current = [option for option in options if not option.get("deprecated")]
        if len(current) == 1 and len(options) > 1 and not isinstance(declared, _field._Union):
            # An older form is declared where a view is one.
            older = (option for option in options if option.get("deprecated"))
            fits = (option for option in older if isinstance(declared, self.expected(option)))
            self.check(path, next(fits, current[0]), declared)
            return
        members = declared.members if isinstance(declared, _field._Union) else [declared]
        written = [
            f"{option.get('const') or option.get('enum') or option.get('type') or 'object'}" for option in options
        ]
        if len(members) != len(options):
            self.say(path, f"is one of {written}, and declared as {[type(member).__name__ for member in members]}")
            return
        for option, member in zip(options, members, strict=True):
            if isinstance(member, _field._Value):
                self.check(path, option, member)

    def variants(self, path: str, options: list[dict[str, Any]], declared: _field._Variants) -> None:
        schemas = {option["properties"]["type"]["const"]: option for option in options}
        if schemas.keys() != declared.by_type.keys():
            self.say(path, f"has the types {list(schemas)}, and is declared with {list(declared.by_type)}")
        for name, cls in declared.by_type.items():
            self.object(f"{path}<{name}>", schemas.get(name, {}), cls, frozenset({"type"}))

    def object(self, path: str, schema: dict[str, Any], cls: Any, but: frozenset[str] = frozenset()) -> None:
        if getattr(cls, "wire_key", None) is not None:
            assert list(schema["properties"]) == schema["required"] == [cls.wire_key], path
            schema = self.resolve(schema["properties"][cls.wire_key])[0]
        if (id(schema), id(cls)) in self.seen:
            return
        self.seen.add((id(schema), id(cls)))
        but = but | FOLLOWS.get(cls, frozenset())
        properties = {name: value for name, value in schema["properties"].items() if name not in but}
        if cls.__module__ == "alms":
            names = set(cls.__match_args__)
            fields = {}
        else:
            fields = {field.wire_name: field for field in _field.fields_of(cls)}
            names = set(fields)
        # A view has those fields of a shape that its operation asks about, and all that it needs.
        is_view = getattr(cls, "wire_shape", None) is not None or cls in (alms.Account, alms.System)
        needed = set(schema.get("required", ())) if self.direction == "input" else set()
        for name in sorted((needed if is_view else properties.keys()) - names):
            self.say(path, f"has the field `{name}`, which alms.{cls.__name__} does not declare")
        for name in sorted(names - properties.keys()):
            self.say(path, f"has no field `{name}`, which alms.{cls.__name__} declares")
        for name, field in fields.items():
            if name not in properties:
                continue
            # Null is the same as absent: a field without a default may be either, if None is among its values.
            absent = not field.required or isinstance(field.type, _field._Optional)
            if self.direction == "input" and (absent if name in needed else not absent and not is_view):
                self.say(f"{path}.{name}", "is required in one of schema and declaration only")
            given = is_view and (field.required or name in schema.get("required", ()))
            self.check(f"{path}.{name}", properties[name], field.type, given)


def differences(op: str) -> list[str]:
    """Where the declaration of an operation is not what its schemas say."""
    if op not in _operation.OPERATIONS:
        return [f"{op} is not declared: add its function, and its classes, to alms/{op.partition('.')[0]}.py"]
    declared, schemas = _operation.OPERATIONS[op], alms.operations()[op]
    given = Comparison(schemas["input"], "input")
    properties = schemas["input"].get("properties", {})
    parameters = {name.rstrip("_"): type for name, type in declared.parameters.items()}
    if parameters.keys() != properties.keys():
        given.say(op, f"takes {sorted(properties)}, and is declared with {sorted(parameters)}")
    for name in parameters.keys() & properties.keys():
        given.check(f"{op}({name})", properties[name], parameters[name])
    optional = {name.rstrip("_") for name in _field.defaults_of(declared.function)}
    if parameters.keys() - optional != set(schemas["input"].get("required", ())):
        given.say(op, f"needs {schemas['input'].get('required')}, and is declared with defaults for {optional}")
    gives = Comparison(schemas["output"], "output")
    output = schemas["output"]
    if declared.take is not None:
        if list(output["properties"]) != [declared.take]:
            gives.say(op, f"gives {list(output['properties'])}, not only {declared.take}")
        output = output["properties"][declared.take]
    gives.check(f"{op} → ", output, declared.result)
    return given.found + gives.found


@pytest.mark.parametrize("op", alms.operations())
def test_declaration(op: str) -> None:
    assert differences(op) == []


def test_nothing_is_declared_that_is_no_operation() -> None:
    assert _operation.OPERATIONS.keys() <= alms.operations().keys()


def test_every_area_has_an_error_class() -> None:
    from alms._errors import BY_AREA

    assert {op.partition(".")[0] for op in alms.operations()} <= BY_AREA.keys()


def test_everything_public_is_exported() -> None:
    for area in AREAS:
        module = importlib.import_module(f"alms.{area}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", None) == module.__name__ and not name.startswith("_")
            assert not own or getattr(alms, name) is value, f"alms.{area}.{name} is not exported by alms"


def test_every_exported_name_is_there() -> None:
    for name in alms.__all__:
        assert getattr(alms, name) is not None
    assert set(alms.__all__) <= set(dir(alms))
    with pytest.raises(AttributeError, match="no_such_name"):
        alms.no_such_name  # type: ignore[attr-defined]  # noqa: B018


def test_a_difference_is_found() -> None:
    schema = {"type": "object", "properties": {"numerator": {"type": "integer"}, "more": {"type": "string"}}}
    comparison = Comparison({}, "output")
    comparison.check("x", schema, _field._Value(alms.Fraction))
    assert len(comparison.found) == 2
