"""Tables of every library go in and come out, with the answers of `plan_migration`."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

import alms

pa = pytest.importorskip("pyarrow")
DAY = datetime.date(2023, 3, 25)


def day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


SYSTEMS: dict[str, list[Any]] = {
    "account": ["a", "b", "a", "a", "b"],
    "serial": ["LA1", "LA2", "LA3", "LA4", "LA5"],
    "state": ["active", "maintenance", "active", "suspended", "active"],
    "last_communication": [day("2023-03-01"), None, None, day("2022-03-25"), day("2023-01-01")],
    "support_end": [None, day("2024-01-01"), None, None, day("2023-08-31")],
}
ACCOUNTS: dict[str, list[Any]] = {"account": ["a", "b"], "tokens": [13, 20]}


def arrow(table: Any) -> Any:
    return pa.table(table)


def by_name(table: Any) -> dict[str, list[Any]]:
    return dict(arrow(table).to_pydict())


def column(table: Any, name: str) -> list[Any]:
    """One column; Python has no date for some of the days in others."""
    return list(arrow(table)[name].to_pylist())


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_a_serial_twice_in_an_account(kind: Any) -> None:
    """Every row but the first is a bad row, and its account is not planned; another account may have the serial."""
    serials = pa.array(["LA1", "LA1", "LA1", None, "LA5"]).cast(kind)
    systems = arrow({**SYSTEMS, "serial": serials})
    result = alms.plan_fleet(systems, arrow(ACCOUNTS), on=DAY)
    not_planned = "account_not_planned"
    assert column(result.systems, "error") == [not_planned, None, "duplicate_serial", not_planned, None]
    assert column(result.accounts, "error") == ["bad_rows", None]
    # Without the column nobody sees it.
    assert column(alms.plan_fleet(systems.drop(["serial"]), arrow(ACCOUNTS), on=DAY).systems, "error") == [None] * 5


def test_a_serial_twice_as_a_number() -> None:
    systems = arrow({**SYSTEMS, "serial": pa.array([1, 2, 1, None, None])})
    errors = column(alms.plan_fleet(systems, arrow(ACCOUNTS), on=DAY).systems, "error")
    assert errors == ["account_not_planned", None, "duplicate_serial", "account_not_planned", None]


def test_the_rows_of_a_plan() -> None:
    result = alms.plan_fleet(arrow(SYSTEMS), arrow(ACCOUNTS), on=DAY)
    systems, accounts = by_name(result.systems), by_name(result.accounts)
    assert list(systems) == [*SYSTEMS, "outcome", "end_date", "tokens", "rule", "error"]
    assert {name: systems[name] for name in SYSTEMS} == SYSTEMS
    assert systems["outcome"] == ["airlink_basic", "inventory", "deleted", "airlink_basic", "airlink_complete"]
    assert systems["end_date"] == [day("2023-09-25"), None, None, day("2023-09-25"), day("2023-08-31")]
    assert systems["tokens"] == [6, 0, 0, 6, 5]
    assert systems["rule"] == ["MIG-9", "MIG-3", "MIG-7", "MIG-9", "MIG-4"]
    assert systems["error"] == [None] * 5
    assert accounts["basic"] == [12, 0]
    assert accounts["unallocated"] == [1, 15]
    assert accounts["basic_end_date"] == [day("2023-09-25"), None]
    assert accounts["deleted"] == [1, 0]
    assert accounts["on"] == [DAY, DAY]
    assert len(result.systems) == 5
    assert repr(result.accounts).startswith("<Table: 2 rows, account, on, planned")


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "duckdb"])
def test_every_library_goes_in_and_comes_out(library: str) -> None:
    module: Any = pytest.importorskip(library)

    def own(columns: dict[str, list[Any]]) -> Any:
        match library:
            case "pyarrow":
                return arrow(columns)
            case "duckdb":
                return module.from_arrow(arrow(columns))
            case _:
                return module.DataFrame(columns)

    result = alms.plan_fleet(own(SYSTEMS), own(ACCOUNTS), on=DAY)
    expected = by_name(alms.plan_fleet(arrow(SYSTEMS), arrow(ACCOUNTS), on=DAY).systems)
    assert by_name(result.systems)["outcome"] == expected["outcome"]
    match library:
        case "pandas":
            back = module.DataFrame.from_arrow(result.systems)
            assert list(back["outcome"]) == expected["outcome"]
        case "polars":
            assert module.DataFrame(result.systems)["end_date"].to_list() == expected["end_date"]
        case "duckdb":
            planned = arrow(result.systems)
            assert module.sql("select count(*) from planned where outcome = 'airlink_basic'").fetchall() == [(2,)]
            assert planned.num_rows == 5
        case _:
            assert result.systems.column_names == list(expected)


def test_bad_rows_come_out_with_their_code() -> None:
    systems = {
        "account": ["a", "a", "b", "x", None, "c", "b"],
        "state": ["active", "broken", "active", "active", "active", None, "active"],
        "last_communication": [DAY] * 7,
        "support_end": [None] * 6 + [datetime.date(1800, 1, 1)],
    }
    accounts = {"account": ["a", "b", "c", "d", "e", "d"], "tokens": [1, 2, 3, 4, None, 4]}
    result = alms.plan_fleet(arrow(systems), arrow(accounts), on=DAY)
    rows, plans = by_name(result.systems), by_name(result.accounts)
    assert rows["error"] == [
        "account_not_planned",
        "unknown_state",
        "account_not_planned",
        "unknown_account",
        "missing_account",
        "missing_state",
        "out_of_range",
    ]
    assert rows["outcome"] == [None] * 7
    assert plans["error"] == ["bad_rows", "bad_rows", "bad_rows", None, "missing_tokens", "duplicate_account"]
    assert plans["planned"] == [False, False, False, True, False, False]


def test_each_account_may_have_its_own_date() -> None:
    accounts = {**ACCOUNTS, "on": [None, datetime.date(2023, 5, 1)]}
    assert by_name(alms.plan_fleet(arrow(SYSTEMS), arrow(accounts), on=DAY).accounts)["on"] == [
        DAY,
        datetime.date(2023, 5, 1),
    ]
    assert by_name(alms.plan_fleet(arrow(SYSTEMS), arrow(accounts)).accounts)["error"] == ["missing_on", None]


def test_accounts_may_be_numbered_and_dates_be_timestamps() -> None:
    systems = arrow({**SYSTEMS, "account": [1, 2, 1, 1, 2]})
    midnight = pa.timestamp("us")
    systems = systems.set_column(3, "last_communication", systems["last_communication"].cast(midnight))
    result = alms.plan_fleet(systems, arrow({"account": [1, 2], "tokens": [13, 20]}), on=DAY)
    assert by_name(result.accounts)["basic"] == [12, 0]
    late = pa.array([datetime.datetime(2023, 1, 1, 12)] * 5, midnight)
    with pytest.raises(TypeError, match=r"systems\.last_communication"):
        alms.plan_fleet(systems.set_column(3, "last_communication", late), arrow(ACCOUNTS), on=DAY)


@pytest.mark.parametrize("form", ["string", "large_string", "string_view", "dictionary"])
def test_texts_of_every_form(form: str) -> None:
    def texts(values: list[Any]) -> Any:
        column = pa.array(values, pa.string())
        return column.dictionary_encode() if form == "dictionary" else column.cast(getattr(pa, form)())

    states = ["active", "broken", None, "suspended", "active"]
    model = ["RV55", "RV55", "RV55", None, "x" * 257]
    table = {name: pa.array(values) for name, values in SYSTEMS.items()}
    table |= {"account": texts(SYSTEMS["account"]), "state": texts(states), "model": texts(model)}
    accounts = {"account": texts(ACCOUNTS["account"]), "tokens": ACCOUNTS["tokens"]}
    result = alms.plan_fleet(arrow(table), arrow(accounts), on=DAY)
    assert by_name(result.systems)["error"] == [
        "account_not_planned",
        "unknown_state",
        "missing_state",
        "account_not_planned",
        "out_of_range",
    ]


STATES = [
    "active",
    "suspended",
    "inventory",
    "maintenance",
    "",
    "act",
    "activE",
    "actives",
    "active\0",
    "é" * 7,
    "é" * 8,
    "maintenance  x",
    "inventory" + " " * 7,
    "inventory" + " " * 8,
    "x" * 99,
]


@pytest.mark.parametrize("missing", [0, 0.1])
@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", None])
def test_states_are_read_alike_however_they_are_encoded(kind: str | None, missing: float) -> None:
    chosen = random.Random(6)
    states = [None if chosen.random() < missing else chosen.choice(STATES) for _ in range(400)]
    # Not the first row of its array, and not the last: what lies beside a text is none of it.
    column = pa.array(["x", *states, "y"], pa.string())
    if kind:
        encoded = column.dictionary_encode()
        column = pa.DictionaryArray.from_arrays(encoded.indices.cast(getattr(pa, kind)()), encoded.dictionary)
    count = len(states)
    table = pa.table(
        {
            "account": pa.array(range(count)),
            "state": column.slice(1, count),
            "last_communication": [DAY] * count,
            "support_end": pa.nulls(count, pa.date32()),
        }
    )
    result = by_name(alms.plan_fleet(table, arrow({"account": range(count), "tokens": [1] * count}), on=DAY).systems)
    kept = {
        "active": "airlink_basic",
        "suspended": "airlink_basic",
        "inventory": "inventory",
        "maintenance": "inventory",
    }
    assert result["outcome"] == [kept.get(state) if state else None for state in states]
    errors = {True: None, False: "unknown_state"}
    assert result["error"] == ["missing_state" if state is None else errors[state in kept] for state in states]


def test_keys_of_every_length_are_told_apart() -> None:
    text = "0123456789abcdefghijklmnopqrstuvwxyz0123"
    keys = [text[:length] for length in range(1, 41)] + [text[1:length] + "!" for length in range(2, 41)]
    rows = keys * 3
    random.Random(6).shuffle(rows)
    table = {
        "account": [*rows, text + "!"],
        "state": ["active"] * (len(rows) + 1),
        "last_communication": [DAY] * (len(rows) + 1),
        "support_end": pa.nulls(len(rows) + 1, pa.date32()),
    }
    accounts = {"account": keys, "tokens": [3 * (number + 1) for number in range(len(keys))]}
    result = by_name(alms.plan_fleet(arrow(table), arrow(accounts), on=DAY).systems)
    assert result["tokens"] == [*(keys.index(row) + 1 for row in rows), None]
    assert result["error"][-1] == "unknown_account"


def test_a_table_in_batches_comes_out_in_its_batches() -> None:
    whole = pa.Table.from_pydict(SYSTEMS)
    batches = pa.Table.from_batches([*whole.slice(0, 2).to_batches(), *whole.slice(2, 0).to_batches()])
    batches = pa.concat_tables([batches, whole.slice(2)])
    planned = arrow(alms.plan_fleet(batches, arrow(ACCOUNTS), on=DAY).systems)
    assert [len(batch) for batch in planned.to_batches()] == [2, 3]
    assert planned.to_pydict() == by_name(alms.plan_fleet(whole, arrow(ACCOUNTS), on=DAY).systems)
    nothing = alms.plan_fleet(whole.slice(0, 0), arrow(ACCOUNTS), on=DAY)
    assert (len(nothing.systems), by_name(nothing.accounts)["unallocated"]) == (0, [13, 20])


def test_numbers_at_the_ends() -> None:
    systems = {
        "account": pa.array([2**64 - 1, 7, 7, 8, 9], pa.uint64()),
        "state": ["active"] * 5,
        "last_communication": pa.array([19_400, -(2**31), 19_400, 2**31 - 1, None], pa.date32()),
        "support_end": pa.array([None] * 5, pa.date32()),
    }
    accounts = {
        "account": pa.array([2**64 - 1, 7, 8, 9], pa.uint64()),
        "tokens": pa.array([5, 5, 5, 2**63], pa.uint64()),
    }
    result = alms.plan_fleet(arrow(systems), arrow(accounts), on=DAY)
    assert column(result.systems, "error") == [
        None,
        "out_of_range",
        "account_not_planned",
        "out_of_range",
        "account_not_planned",
    ]
    assert column(result.accounts, "error") == [None, "bad_rows", "bad_rows", "out_of_range"]
    assert column(result.accounts, "account") == [2**64 - 1, 7, 8, 9]
    # Without a null among them: the smallest number is a day like any other.
    smallest = {**systems, "last_communication": pa.array([-(2**31)] * 5, pa.date32())}
    assert set(column(alms.plan_fleet(arrow(smallest), arrow(accounts), on=DAY).systems, "outcome")) == {None}


def test_numbered_systems_of_accounts_that_are_texts() -> None:
    systems = arrow({**SYSTEMS, "account": [1, 2, 1, 1, 2]})
    result = alms.plan_fleet(systems, arrow({"account": ["1", "2"], "tokens": [13, 20]}), on=DAY)
    assert by_name(result.accounts)["basic"] == [12, 0]


@pytest.mark.parametrize("months", [-1, 2**32, 10**30, 10**5_000], ids=["-1", "2^32", "10^30", "10^5000"])
def test_a_number_that_no_policy_holds_is_refused_by_its_name(months: int) -> None:
    policy = alms.Policy(inactive_months=months)
    account = alms.Account("a", "A", instance="na", format="legacy", kind="customer", tokens=1, systems=[])
    for work in (
        lambda: alms.plan_fleet(arrow(SYSTEMS), arrow(ACCOUNTS), on=DAY, policy=policy),
        lambda: alms.plan_migration(account, on=DAY, policy=policy),
    ):
        with pytest.raises(alms.AlmsError) as refused:
            work()
        assert refused.value.code in {"out_of_range", "invalid_input"}, refused.value


def test_scenarios_are_dates_times_policies() -> None:
    later = datetime.date(2023, 6, 1)
    policies = [alms.Policy(), alms.Policy(cleanup=alms.Cleanup.STRICT)]
    plans = alms.plan_fleet_scenarios(arrow(SYSTEMS), arrow(ACCOUNTS), on=[DAY, later], policies=policies)
    assert [(plan.on, plan.policy) for plan in plans] == [(on, policy) for on in (DAY, later) for policy in policies]
    for plan in plans:
        alone = alms.plan_fleet(arrow(SYSTEMS), arrow(ACCOUNTS), on=plan.on, policy=plan.policy)
        assert by_name(plan.systems) == by_name(alone.systems)
        assert by_name(plan.accounts) == by_name(alone.accounts)
    own = arrow({**ACCOUNTS, "on": [DAY, later]})
    (only,) = alms.plan_fleet_scenarios(arrow(SYSTEMS), own, policies=[{"month_rounding": "up"}])
    assert (only.on, only.policy.month_rounding) == (None, alms.MonthRounding.UP)
    assert by_name(only.accounts)["on"] == [DAY, later]
    one: Any = DAY
    with pytest.raises(TypeError, match="on must be a sequence of dates"):
        alms.plan_fleet_scenarios(arrow(SYSTEMS), arrow(ACCOUNTS), on=one)


@pytest.mark.parametrize(
    ("systems", "accounts", "name"),
    [
        ({"account": ["a"]}, ACCOUNTS, "systems has no column state"),
        (SYSTEMS, {"account": ["a"]}, "accounts has no column tokens"),
        ({**SYSTEMS, "state": [1, 2, 3, 4, 5]}, ACCOUNTS, r"systems\.state"),
        ({**SYSTEMS, "support_end": ["2023-01-01"] * 5}, ACCOUNTS, r"systems\.support_end"),
        (SYSTEMS, {"account": ["a"], "tokens": [1.5]}, r"accounts\.tokens"),
        ({**SYSTEMS, "outcome": ["x"] * 5}, ACCOUNTS, "column outcome"),
    ],
)
def test_a_wrong_column_is_named(systems: dict[str, Any], accounts: dict[str, Any], name: str) -> None:
    with pytest.raises(TypeError, match=name):
        alms.plan_fleet(arrow(systems), arrow(accounts), on=DAY)


def test_the_answers_are_those_of_plan_migration() -> None:
    picker = random.Random(5)
    start = datetime.date(2022, 1, 1)

    def some_day() -> datetime.date | None:
        return picker.choice([None, start + datetime.timedelta(picker.randrange(900))])

    names = [f"a{number}" for number in range(60)]
    tokens = {name: picker.randint(-10, 300) for name in names}
    rows = [
        {
            "account": picker.choice(names),
            "serial": f"LA{number}",
            "model": picker.choice(["RV55"] * 60 + ["XR80"]),
            "state": picker.choice(list(alms.SystemState)).value,
            "last_communication": some_day(),
            "support_end": some_day(),
        }
        for number in range(2_000)
    ]
    policy = alms.Policy(month_rounding=alms.MonthRounding.PRO_RATA_DAYS)
    accounts = {"account": names, "tokens": list(tokens.values())}
    result = alms.plan_fleet(pa.Table.from_pylist(rows), arrow(accounts), on=DAY, policy=policy)
    planned = arrow(result.systems).to_pylist()
    figures = {row["account"]: row for row in arrow(result.accounts).to_pylist()}
    for name in names:
        own = [row for row in planned if row["account"] == name]
        systems = [
            alms.System(row["serial"], row["model"], row["state"], row["last_communication"], row["support_end"])
            for row in own
        ]
        account = alms.Account(
            name, name, instance="na", format="legacy", kind="customer", tokens=tokens[name], systems=systems
        )
        try:
            plan = alms.plan_migration(account, on=DAY, policy=policy)
        except alms.MigrationError as error:
            assert figures[name]["error"] == error.code
            assert {row["error"] for row in own} == {"account_not_planned"}
            continue
        assert [(row["outcome"], row["end_date"], row["tokens"], row["rule"]) for row in own] == [
            (row.outcome, row.end_date, row.tokens, row.rules[0]) for row in plan.systems
        ]
        for figure in plan.tokens.__match_args__:
            assert figures[name][figure] == getattr(plan.tokens, figure)
        for outcome in alms.Outcome:
            assert figures[name][outcome.value] == getattr(plan.summary, outcome.value)
