"""examples/fleet: from file to file, with the answers of one call over everything."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import alms

from .fleet_tables import DAY, Files, fleet, random_parts, write

FLEET = Path(__file__).resolve().parents[3] / "examples" / "fleet"
PROGRAM = FLEET / "plan_files.py"


@pytest.fixture(autouse=True)
def _modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FLEET)


def small_groups(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """As if memory held so many rows, and read in batches that accounts straddle."""
    import fleet_files.csv_text
    import fleet_files.run
    import fleet_files.source

    monkeypatch.setattr(fleet_files.run, "rows_within", lambda *_: rows)
    monkeypatch.setattr(fleet_files.source, "BATCH_ROWS", min(rows, 500))
    monkeypatch.setattr(fleet_files.csv_text, "BATCH_ROWS", min(rows, 500))


@pytest.fixture(params=["text.parquet", "integers.parquet", "text.csv"])
def kind(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def files(kind: Path, tmp_path: Path) -> Files:
    return Files(tmp_path, kind.suffix)


@pytest.fixture
def tables(kind: Path) -> tuple[Any, Any]:
    return fleet(20_000, 150, text=kind.stem == "text")


@pytest.mark.parametrize("rows", [300, 1_000_000])
def test_sorted_files_are_streamed(
    files: Files, tables: tuple[Any, Any], rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    systems, accounts = (table.sort_by("account") for table in tables)
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, rows)
    report = files.run(on=DAY)
    assert report.streamed
    files.check(systems, accounts)


@pytest.mark.parametrize("rows", [1_000, 1_000_000])
def test_unsorted_files_are_grouped(
    files: Files, tables: tuple[Any, Any], rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    systems, accounts = tables
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, rows)
    report = files.run(on=DAY)
    assert not report.streamed
    files.check(systems, accounts)
    assert sum(report.counts.systems.values()) == 20_000
    assert report.counts.accounts["bad_rows"] > 0
    # Nothing temporary is left.
    assert len(list(files.systems.parent.iterdir())) == 4


def test_any_order_loses_nothing(files: Files, tables: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    systems, accounts = tables
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, 2_000)
    files.run(on=DAY, keep_order=False, policy=alms.Policy(cleanup=alms.Cleanup.STRICT))
    files.check(systems, accounts, in_order=False, cleanup=alms.Cleanup.STRICT)


@pytest.mark.parametrize("keys", [["b", "a"], ["a", "b", "a"]])
def test_an_account_out_of_order_between_two_chunks_is_noticed(
    keys: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, (systems, _) = Files(tmp_path, ".parquet"), fleet(500 * len(keys), 5, text=True)
    systems = systems.set_column(1, "account", pa.array(np.repeat(keys, 500)))
    systems = systems.set_column(2, "state", pa.array(["active"] * len(systems)))
    accounts = pa.table({"account": ["a", "b"], "tokens": [9_000, 7_000]})
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, 500)
    assert not files.run(on=DAY).streamed
    files.check(systems, accounts)


def test_a_stream_is_cut_where_accounts_end() -> None:
    from whole_accounts import whole_accounts

    random = np.random.default_rng(3)
    for _ in range(300):
        runs = [(int(length), int(key)) for key, length in enumerate(random.integers(1, 9, 12))]
        keys = [key if random.random() < 0.9 else None for length, key in runs for _ in range(length)]
        table, sizes = pa.table({"account": pa.array(keys, pa.int64())}), random.integers(1, 6, len(keys))
        ends = np.cumsum(sizes)
        batches = [
            table.slice(end - size, size).combine_chunks().to_batches() for size, end in zip(sizes, ends, strict=True)
        ]
        # A batch of nothing but rows without a key would end its account.
        parts = [batch for part in batches for batch in part if batch["account"].null_count < batch.num_rows]
        found = list(whole_accounts(parts, 10))
        assert pa.concat_tables(found) == pa.Table.from_batches(parts)
        assert all(part.num_rows >= 10 for part in found[:-1])
        # No more is held back than the account that is open and a batch.
        assert all(part.num_rows < 10 + 8 + 2 * 5 for part in found)
        owners = [set(part["account"].drop_null().to_pylist()) for part in found]
        assert sum(map(len, owners)) == len(set().union(*owners))


def test_an_account_larger_than_a_group_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fleet_files.planner import Planner

    files, (systems, accounts) = Files(tmp_path, ".parquet"), fleet(20_000, 500, text=False)
    large = pa.array(np.where(np.arange(20_000) % 3 == 0, 7, systems["account"].fill_null(0).to_numpy()))
    systems = systems.set_column(1, "account", large)
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, 1_500)
    large_plans = []

    def plan(planner: Any, systems: Any, accounts: Any) -> Any:
        if systems.num_rows + accounts.num_rows > 1_500:
            large_plans.append(systems["account"].unique().to_pylist())
        return original(planner, systems, accounts)

    original = Planner.plan
    monkeypatch.setattr(Planner, "plan", plan)
    files.run(on=DAY)
    files.check(systems, accounts)
    # Nothing else is planned beside it, if only a few accounts.
    assert len(large_plans) == 1
    assert large_plans[0].count(7) == 1
    assert len(large_plans[0]) < 5
    assert "an account has up to" in capsys.readouterr().err


def test_keys_of_two_types_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, (systems, accounts) = Files(tmp_path, ".parquet"), fleet(5_000, 40, text=False)
    accounts = accounts.set_column(0, "account", accounts["account"].cast(pa.string()))
    systems = systems.sort_by("account")
    write(systems, files.systems), write(accounts, files.accounts)
    small_groups(monkeypatch, 1_000)
    files.run(on=DAY)
    files.check(systems, accounts)


def test_dictionaries_and_empty_files(tmp_path: Path) -> None:
    files, (systems, accounts) = Files(tmp_path, ".parquet"), fleet(3_000, 40, text=True)
    encoded = systems.set_column(2, "state", systems["state"].dictionary_encode())
    write(encoded, files.systems), write(accounts, files.accounts)
    files.run(on=DAY)
    files.check(systems, accounts)
    write(encoded.slice(0, 0), files.systems), write(accounts.slice(0, 0), files.accounts)
    files.systems_out.unlink()
    files.accounts_out.unlink()
    assert files.run(on=DAY).streamed
    assert pq.read_metadata(files.systems_out).num_rows == 0


SYSTEMS_CSV = """\
serial,account,state,last_communication,support_end,site
LA1,a,active,2023-03-01,,"North, gate"
LA2,b,active,2023-02-31,,
LA3,b,active,2023-03-01,,
LA4,c,active,2023-03-01
LA5,d,active,2023-03-01,,x,y
LA6,e,active,01/03/2023,,
LA7,f,active,2023-03-01,,NA
LA8,g,active,2023-03-01,,
,,,,,
"""
ACCOUNTS_CSV = """\
account,tokens
a,12
b,12
c,12
d,12
e,12
f,12
g,0x1F
h,12,13
"""


def test_texts_that_cannot_be_read_are_faults_of_their_row(tmp_path: Path) -> None:
    files = Files(tmp_path, ".csv")
    files.systems.write_text(SYSTEMS_CSV)
    files.accounts.write_text(ACCOUNTS_CSV)
    report = files.run(on=DAY)
    rows = {row["serial"]: row for row in pyarrow.csv.read_csv(files.systems_out).to_pylist()}
    assert {serial: row["error"] or row["outcome"] for serial, row in rows.items()} == {
        "LA1": "airlink_basic",
        "LA2": "invalid_date",
        "LA3": "account_not_planned",
        "LA4": "wrong_field_count",
        "LA5": "wrong_field_count",
        "LA6": "ambiguous_date",
        "LA7": "airlink_basic",
        "LA8": "account_not_planned",
    }
    assert (rows["LA1"]["site"], rows["LA7"]["site"]) == ("North, gate", "NA")
    assert rows["LA2"]["last_communication"] is None
    assert report.counts.accounts == {"planned": 2, "bad_rows": 4, "out_of_range": 1, "wrong_field_count": 1}


PEOPLES_SYSTEMS = '''\
sep=;
Systems of all customers
;;
S/N;Account;Gateway Type;Zustand;Letzte Kommunikation;Support End;Support Contract Expires;Colour
"=""0012""";a;RV55;Aktiv;25.03.2023 12:34;;;red
'LA2;a;RV55;Wartung;nie;31/12/2023;;
12.0;b;RV55;retired;1 March 2023;01/02/2024;;
SIM1;b;SIM;Active;;;;
1E+5;c;RV55;Active;2023-03-01;;;
LA\x00;d;RV55;Active;1677672000;;;
;;;;;;;
\x1a
'''
PEOPLES_ACCOUNTS = "#TYPE Selected\nUID,Token Stock,Migration Date\na,12.0,2023-03-25\nb,13,\nc,1,\nd,1,\n,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_as_people_have_them(tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    files = Files(tmp_path, ".csv")
    files.systems.write_text(PEOPLES_SYSTEMS, encoding)
    files.accounts.write_text(PEOPLES_ACCOUNTS, encoding)
    report = files.run(on=DAY)
    rows = pyarrow.csv.read_csv(files.systems_out).to_pylist()
    found = [(row["serial"], row["state"], row["support_end"], row["error"] or row["outcome"]) for row in rows]
    new_year, february = datetime.date(2023, 12, 31), datetime.date(2024, 2, 1)
    assert [row[1:] for row in found] == [
        ("active", None, "airlink_basic"),
        ("maintenance", new_year, "inventory"),
        ("inventory", february, "airlink_complete"),
        ("active", None, "digits_lost"),
        ("active", None, "control_character"),
    ]
    assert report.counts.accounts == {"planned": 2, "bad_rows": 2}
    told = capsys.readouterr().err
    for message in (
        "note: {}: line 1: the line that names the delimiter was skipped",
        "serial number read as `0012`",
        "state `retired` taken as inventory",
        "the dates of the column are day/month/year, as `31/12/2023` tells",
        "a SIM that is a system of its own was left out",
        "warning: {}: the column `Support Contract Expires` is not read",
        "passed through and not read: `Support Contract Expires`, `Colour`",
        "bad row: {}: line 9, column 1 (`S/N`): `1E+5` is a number whose last digits a spreadsheet dropped",
        "has the control character U+0000 inside",
    ):
        assert message.format(files.systems) in told
    # Each thing once, though the file is read more than once.
    assert told.count("was left out") == 1


def test_what_dates_mean_is_asked_for_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = Files(tmp_path, ".csv")
    rows = "".join(f"LA{number},a,active,03/04/2022,\n" for number in range(300))
    files.systems.write_text("serial,account,state,last_communication,support_end\n" + rows)
    files.accounts.write_text(ACCOUNTS_CSV)
    assert files.run(on=DAY).counts.systems == {"ambiguous_date": 300}
    assert capsys.readouterr().err.count("its column does not tell") == 1
    files.systems_out.unlink()
    files.accounts_out.unlink()
    assert files.run(on=DAY, dates="day_first").counts.systems == {"airlink_basic": 300}


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    files, (systems, accounts) = Files(tmp_path, ".parquet"), fleet(100, 5, text=True)
    # Its type could be that of a date; its values are none.
    noon = pa.array([datetime.datetime(2023, 1, 1, 12)] * 100, pa.timestamp("us"))
    write(systems.set_column(3, "last_communication", noon), files.systems), write(accounts, files.accounts)
    files.systems_out.write_text("of yesterday")
    with pytest.raises(FileExistsError, match="is not written over"):
        files.run(on=DAY)
    assert files.systems_out.read_text() == "of yesterday"
    files.systems_out.unlink()
    with pytest.raises(TypeError, match=r"systems\.last_communication"):
        files.run(on=DAY)
    assert len(list(tmp_path.iterdir())) == 2


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["{}/none.csv", "{}/a.csv"], 3, "No such file"),
        (["{}/a.csv", "{}/a.csv"], 1, "the header lacks `state`"),
        (["{}/a.txt", "{}/a.csv"], 2, "must end in .csv or .parquet"),
        (["{}/a.csv", "{}/a.csv", "--memory", "lots"], 2, "`lots` is no size; write it as 512M or 2G"),
        (["{}/x.csv", "{}/a.csv"], 1, "x.csv: the file is an Excel workbook (xlsx), not text"),
        (["{}/q.csv", "{}/a.csv"], 1, "the rest of the file could not be read"),
        (["{}/d.csv", "{}/a.csv"], 1, "differ in line 2; remove one of them"),
        (["{}/s.csv", "{}/a.csv", "--memory", "1M"], 2, "give at least --memory"),
        (["{}/s.csv", "{}/a.csv", "--inactive-months", "-1"], 2, "policy"),
        (["{}/s.csv", "{}/a.csv", "--systems-out", "{}/a.csv"], 2, "must be four"),
        (["{}/s.csv", "{}/a.csv", "--systems-out", "{}/x.csv"], 3, "is not written over"),
        (["{}/s.csv", "{}/a.csv", "--systems-out", "{}/no/o.csv"], 3, "No such file"),
        (["{}/s.csv", "{}/a.csv", "--on", "2023-03-25"], 0, ""),
    ],
)
def test_what_a_person_gets_wrong(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    (tmp_path / "a.csv").write_text(ACCOUNTS_CSV)
    (tmp_path / "s.csv").write_text(SYSTEMS_CSV)
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04 xl/workbook.xml")
    (tmp_path / "q.csv").write_text(SYSTEMS_CSV.replace("LA3", '"LA3'))
    (tmp_path / "d.csv").write_text("account,state,Zustand,last_communication,support_end\na,active,suspended,,\n")
    outputs = ["--systems-out", tmp_path / "o.csv", "--accounts-out", tmp_path / "p.csv"]
    done = program(*outputs, *[argument.format(tmp_path) for argument in arguments])
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


ROWS = 2_000_000
BOUND_MIB = 300


@pytest.mark.parametrize("order", ["sorted", "random"])
def test_memory_stays_within_its_bound(tmp_path: Path, order: str) -> None:
    """Planned in one call, these rows would take several times the bound."""
    files = Files(tmp_path, ".parquet")
    parts = list(random_parts(ROWS, 10))
    table = pa.concat_tables(parts)
    pq.write_table(table.sort_by("account") if order == "sorted" else table, files.systems)
    pq.write_table(pa.table({"account": np.arange(10_000), "tokens": np.full(10_000, 900)}), files.accounts)
    outputs = ["--systems-out", files.systems_out, "--accounts-out", files.accounts_out]
    done = program(files.systems, files.accounts, *outputs, "--on", DAY, "--memory", f"{BOUND_MIB}M")
    assert done.returncode == 0, done.stderr
    found = re.search(r"(streamed|grouped on disk) in .* (\d+) MiB at most", done.stdout)
    assert found
    assert found[1] == ("streamed" if order == "sorted" else "grouped on disk")
    assert int(found[2]) <= BOUND_MIB
    planned = pq.read_table(files.systems_out, columns=["serial", "error"])
    assert planned.num_rows == ROWS
    assert pc.all(pc.is_null(planned["error"])).as_py()
    if order == "random":
        assert planned["serial"] == table["serial"]
