"""What every value can do: construction, comparison, copies, pickles, patterns, the wire form, and its refusals."""

from __future__ import annotations

import copy
import datetime
import inspect
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest

import alms
from alms import _operation

from .conformance import Vector, vectors

DAY = datetime.date(2023, 3, 25)
SYSTEM = alms.System("LA1", "RV55", alms.SystemState.ACTIVE, datetime.date(2023, 3, 1))
ACCOUNT = alms.Account(
    "a1", "Acme", instance="na", format="legacy", kind="customer", tokens=13, systems=[SYSTEM], partners=["p1"]
)
PLAN = alms.plan_migration(ACCOUNT, on=DAY)
VALUES: list[Any] = [
    SYSTEM,
    ACCOUNT,
    PLAN,
    PLAN.systems[0],
    PLAN.tokens,
    alms.Money(Decimal("20.00"), "USD"),
    alms.Fraction(261, 40),
    alms.Month(2023, 5),
    alms.Discount(percent=Decimal("12.5")),
    alms.Policy(complete_renewal=alms.SupportDatePlusYears(1)),
    alms.Backdated(max_days=30),
    alms.SubscriptionHistory(
        "LA1",
        "AirLink Complete",
        terms_from=DAY,
        billing=alms.SubscriptionBilling.FREE,
        events=[alms.SubscriptionEvent(DAY, alms.EventType.TERMINATION, withdraw=True)],
    ),
    alms.Order(key="k", on=DAY, po_number="PO1", partner="p1", packs=2),
    alms.Holder("c1", "Acme", alms.Kind.CUSTOMER, administrators=["a@example.com"]),
    alms.forecast(60, on=DAY, previous_peak=8),
    alms.replay([alms.Holder("c1", "Acme", alms.Kind.CUSTOMER)], [alms.Grant("k", DAY, "c2", 5)]),
]


@pytest.fixture(params=VALUES, ids=lambda value: type(value).__name__)
def value(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_values_compare_by_their_fields(value: Any) -> None:
    again = type(value).from_dict(value.to_dict())
    assert again == value
    assert hash(again) == hash(value)
    assert again is not value
    assert value != object()
    assert value != None  # noqa: E711


def test_copies_are_the_value_itself(value: Any) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy(value) is value


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(value: Any, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))
    assert again == value
    assert again.to_json() == value.to_json()


def test_the_wire_form_comes_back(value: Any) -> None:
    assert json.loads(value.to_json()) == value.to_dict()
    assert type(value).from_json(value.to_json()) == value


def test_repr_names_the_class_and_its_fields(value: Any) -> None:
    assert repr(value).startswith(f"{type(value).__name__}({type(value).__match_args__[0]}=")


def test_values_are_frozen(value: Any) -> None:
    name = type(value).__match_args__[0]
    with pytest.raises(AttributeError):
        setattr(value, name, None)
    with pytest.raises(AttributeError):
        delattr(value, name)
    with pytest.raises(AttributeError):
        value.no_such_field = 1


def test_replace_changes_one_field() -> None:
    assert SYSTEM.replace(model="RV50").model == "RV50"
    assert SYSTEM.replace(model="RV50").serial == "LA1"
    assert ACCOUNT.replace(tokens=14).tokens == 14
    assert ACCOUNT.replace(tokens=14).systems == ACCOUNT.systems
    assert alms.Month(2023, 5).replace(month=6) == alms.Month(2023, 6)
    with pytest.raises(TypeError):
        SYSTEM.replace(no_such_field=1)


def test_patterns() -> None:
    match alms.Money(Decimal("20.00"), "USD"):
        case alms.Money(amount, "USD"):
            assert amount == 20
        case _:
            pytest.fail("a pattern by position")
    match PLAN.systems[0]:
        case alms.PlannedSystem(outcome=alms.Outcome.AIRLINK_BASIC, end_date=end):
            assert end == datetime.date(2024, 4, 25)
        case _:
            pytest.fail("a pattern by keyword")


def test_enumerations_are_their_names() -> None:
    assert SYSTEM.state is alms.SystemState.ACTIVE
    assert str(SYSTEM.state) == "active" and SYSTEM.state in ["active"]
    assert repr(SYSTEM.state) == "SystemState.ACTIVE"
    assert f"{SYSTEM.state}" == "active"


def test_a_plan_is_the_one_of_the_wire_form() -> None:
    request = {"account": ACCOUNT.to_dict(), "on": DAY}
    assert PLAN.to_dict() == alms.call("migration.plan", request)
    assert alms.plan_migration(ACCOUNT.to_dict(), on=DAY) == PLAN
    assert alms.plan_migration(ACCOUNT, on=DAY, policy={"month_rounding": "up"}) == alms.plan_migration(
        ACCOUNT, on=DAY, policy=alms.Policy(month_rounding=alms.MonthRounding.UP)
    )
    assert PLAN.replace(account="a2").account == "a2"


def test_rows_are_a_sequence() -> None:
    systems = alms.Account(
        "a1",
        "Acme",
        instance="na",
        format="legacy",
        kind="customer",
        systems=[SYSTEM.replace(serial=f"LA{number}") for number in range(5)],
    ).systems
    assert [system.serial for system in systems] == ["LA0", "LA1", "LA2", "LA3", "LA4"]
    assert [system.serial for system in reversed(systems)] == ["LA4", "LA3", "LA2", "LA1", "LA0"]
    assert [system.serial for system in systems[3:0:-2]] == ["LA3", "LA1"]
    assert systems[-1] == systems[4] == systems.find("LA4")
    assert systems.find("LA9") is None
    assert systems.index(systems[2]) == 2
    assert systems.count(systems[2]) == 1
    assert systems[2] in systems
    assert SYSTEM.replace(serial="other") not in systems
    for index in (5, -6):
        with pytest.raises(IndexError):
            systems[index]


def test_an_account_without_a_stock() -> None:
    account = ACCOUNT.replace(tokens=None)
    assert account.tokens is None
    assert account.to_dict()["tokens"] is None
    with pytest.raises(alms.MigrationError, match="tokens"):
        alms.plan_migration(account, on=DAY)
    ledger = alms.Ledger([alms.Holder("a1", "Acme", alms.Kind.CUSTOMER, opening=13)], [])
    plan = alms.plan_migration(account, on=DAY, ledger=ledger)
    assert plan.tokens == PLAN.tokens
    assert plan.balance == alms.TakenBalance("a1", 13, DAY)


WRONG: list[tuple[Any, dict[str, Any], str]] = [
    (alms.Money, {"amount": 20.0, "currency": "USD"}, "amount"),
    (alms.Money, {"amount": True, "currency": "USD"}, "amount"),
    (alms.Money, {"amount": "20.00", "currency": "USD"}, "amount"),
    (alms.Money, {"amount": Decimal(1), "currency": b"USD"}, "currency"),
    (alms.Fraction, {"numerator": 1.0, "denominator": 2}, "numerator"),
    (alms.Fraction, {"numerator": 1, "denominator": False}, "denominator"),
    (alms.MonthEnd, {"date": datetime.datetime(2023, 1, 1), "balance": 1}, "date"),
    (alms.MonthEnd, {"date": "2023-01-01", "balance": 1}, "date"),
    (alms.System, {"serial": "a", "model": "b", "state": 1}, "state"),
    (alms.System, {"serial": 1, "model": "b", "state": "active"}, "serial"),
    (
        alms.System,
        {"serial": "a", "model": "b", "state": "active", "support_end": datetime.datetime(2023, 1, 1)},
        "support_end",
    ),
    (alms.Holder, {"uid": "a", "name": "b", "kind": "customer", "partners": "p1"}, "partners"),
    (alms.Ledger, {"accounts": [1], "bookings": []}, r"accounts\[0\]"),
    (alms.Ledger, {"accounts": [], "bookings": [ACCOUNT]}, r"bookings\[0\]"),
    (alms.Ledger, {"accounts": {}, "bookings": []}, "accounts"),
    (alms.forecast, {"balance": 1.5, "on": DAY}, "balance"),
    (alms.forecast, {"balance": 1, "on": datetime.datetime(2023, 1, 1)}, "on"),
    (alms.forecast, {"balance": 1, "on": "2023-01-01"}, "on"),
    (alms.forecast, {"balance": 1, "on": None}, "on"),
    (alms.forecast, {"balance": 1, "on": DAY, "no_such": 1}, "no_such"),
    (alms.plan_migration, {"account": ACCOUNT, "on": datetime.datetime(2023, 1, 1)}, "on"),
    (alms.plan_migration, {"account": ACCOUNT, "on": "2023-01-01"}, "on"),
    (alms.plan_migration, {"account": SYSTEM, "on": DAY}, "account"),
    (alms.plan_migration, {"account": ACCOUNT, "on": DAY, "policy": 1}, "policy"),
    (alms.coterm, {"terms": [{"weight": 1, "days": 1}], "base": DAY, "divisor": 1.5}, "divisor"),
    (alms.price_order, {"packs": 1, "list_price": 20}, "list_price"),
    (alms.Backdated, {"grace_days": "10"}, "grace_days"),
    (alms.due_subscriptions, {"subscriptions": [], "on": DAY, "late": 10}, "late"),
    (alms.due_subscriptions, {"subscriptions": [], "on": DAY, "late": {"backdated": 10}}, "late.backdated"),
]


@pytest.mark.parametrize(("make", "arguments", "name"), WRONG)
def test_a_type_error_names_the_argument(make: Any, arguments: dict[str, Any], name: str) -> None:
    with pytest.raises(TypeError, match=name):
        make(**arguments)


REFUSED: list[tuple[Any, dict[str, Any], str, str]] = [
    (alms.System, {"serial": "", "model": "b", "state": "active"}, "invalid_input", "serial"),
    (alms.System, {"serial": "a" * 257, "model": "b", "state": "active"}, "out_of_range", "serial"),
    (alms.System, {"serial": "a", "model": "b", "state": "on"}, "invalid_input", "state"),
    (alms.System, {"serial": "\ud800", "model": "b", "state": "active"}, "invalid_input", "serial"),
    (
        alms.System,
        {"serial": "a", "model": "b", "state": "active", "support_end": datetime.date(1899, 12, 31)},
        "out_of_range",
        "support_end",
    ),
    (alms.Money, {"amount": Decimal("nan"), "currency": "USD"}, "invalid_input", "amount"),
    (alms.System.from_json, {"text": "\ud800"}, "invalid_input", "text"),
    (alms.Account.from_json, {"text": "\udfff"}, "invalid_input", "text"),
    (alms.Plan.from_json, {"text": "\ud800"}, "invalid_input", "text"),
    (alms.System.from_dict, {"document": {"serial": "\ud800"}}, "invalid_input", ""),
    (alms.Month, {"year": 2023, "month": 13}, "out_of_range", ""),
    (ACCOUNT.replace, {"tokens": 10**15 + 1}, "out_of_range", "tokens"),
    (ACCOUNT.replace, {"tokens": 10**30}, "out_of_range", "tokens"),
    (ACCOUNT.replace, {"systems": [SYSTEM, SYSTEM]}, "duplicate_serial", "systems[1].serial"),
    (ACCOUNT.replace, {"created": datetime.date(2022, 1, 1)}, "format_not_available", "format"),
    (ACCOUNT.replace, {"systems": [{"serial": "a", "model": "b"}]}, "invalid_input", "systems[0].state"),
    (alms.Money.from_dict, {"document": {"amount": "1", "currency": "USD", "x": 1}}, "invalid_input", "x"),
    (alms.Money.from_dict, {"document": {"amount": "1,5", "currency": "USD"}}, "invalid_input", "amount"),
    (alms.Money.from_dict, {"document": {"amount": "1"}}, "invalid_input", "currency"),
    (alms.MonthEnd.from_dict, {"document": {"date": "2023-02-30", "balance": 1}}, "invalid_input", "date"),
    (alms.Backdated.from_dict, {"document": {"max_days": 1}}, "invalid_input", "max_days"),
    (alms.Backdated.from_dict, {"document": {}}, "invalid_input", "backdated"),
    (alms.Backdated.from_dict, {"document": {"backdated": {"days": 1}}}, "invalid_input", "backdated.days"),
    (
        alms.due_subscriptions,
        {"subscriptions": [], "on": DAY, "late": alms.Backdated(max_days=-1)},
        "out_of_range",
        "late.backdated.max_days",
    ),
    (
        alms.Ledger.from_dict,
        {"document": {"accounts": [], "bookings": [{"type": "gift"}]}},
        "invalid_input",
        "bookings[0].type",
    ),
]


@pytest.mark.parametrize(("make", "arguments", "code", "path"), REFUSED)
def test_a_refused_value_has_code_and_path(make: Any, arguments: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(alms.AlmsError) as caught:
        make(**arguments)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_errors_are_of_their_area() -> None:
    areas: list[tuple[str, dict[str, Any], type[alms.AlmsError]]] = [
        ("migration.plan", {}, alms.MigrationError),
        ("tokens.replay", {}, alms.LedgerError),
        ("orders.price", {}, alms.LedgerError),
        ("subscriptions.renew", {}, alms.SubscriptionError),
        ("reseller.subaccounts", {}, alms.ResellerError),
        ("accounts.convert", {}, alms.AccountError),
        ("systems.to_csv", {}, alms.SystemsError),
        ("no.such_operation", {}, alms.AlmsError),
    ]
    for op, document, cls in areas:
        with pytest.raises(alms.AlmsError) as caught:
            alms.call(op, document)
        assert type(caught.value) is cls


def test_signatures_are_for_people() -> None:
    assert str(inspect.signature(alms.Money)) == "(amount: 'Decimal', currency: 'str') -> 'None'"
    assert list(inspect.signature(alms.forecast).parameters)[:2] == ["balance", "on"]
    assert alms.forecast.__doc__ is not None and "Args:" in alms.forecast.__doc__
    for name in alms.__all__:
        thing = getattr(alms, name)
        assert name.startswith("__") or name == "Document" or getattr(thing, "__doc__", None), name


TYPED = [vector for vector in vectors() if vector.error is None and vector.op in _operation.OPERATIONS]


@pytest.mark.parametrize("vector", TYPED, ids=lambda vector: vector.id)
def test_every_vector_through_the_typed_functions(vector: Vector) -> None:
    """Documents become typed values, the function takes them, and its result is the output again."""
    declared = _operation.OPERATIONS[vector.op]
    document = json.loads(vector.text)
    names = {name.rstrip("_"): name for name in declared.parameters}
    arguments = {}
    for name, written in document.items():
        parameter = declared.parameters[names[name]]
        loose = getattr(parameter, "inner", parameter)
        typed = getattr(loose, "value", loose)
        if written is not None:
            try:
                arguments[names[name]] = typed.read(written, name)
            except alms.AlmsError:
                # What is to be said about a faulty catalogue, no typed value holds.
                assert vector.op == "offers.load"
                arguments[names[name]] = written
    result = declared.answer(arguments)
    output = json.loads(vector.output())
    expected = output if declared.take is None else output[declared.take]
    assert without_nulls(declared.result.write(result)) == without_nulls(as_classes_have_it(vector.op, expected))


def as_classes_have_it(op: str, document: Any) -> Any:
    """Without what `alms.Account` and `alms.System` do not hold: the subscriptions of an account stand beside it, the
    account of a system is that of the result."""
    if op == "migration.apply":
        del document["account"]["subscriptions"]
        systems = document["export"]
    else:
        systems = [left["system"] for left in document["over_limit"]] if op == "migration.apply_reseller" else []
    for system in systems:
        del system["account"]
    return document


def without_nulls(document: Any) -> Any:
    """A document in which absent and null are the same, and so are absent and empty lists."""
    if isinstance(document, dict):
        kept = {name: without_nulls(value) for name, value in document.items()}
        return {name: value for name, value in kept.items() if value is not None and value != []}
    return [without_nulls(value) for value in document] if isinstance(document, list) else document
