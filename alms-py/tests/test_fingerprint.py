"""The fingerprint of a plan, computed again from its definition (MIG-19) without the library."""

from __future__ import annotations

import datetime
import hashlib
import random
import string
import unicodedata
from typing import Any

import pytest

import alms

ON = "2023-03-25"
FIRST_DAY = datetime.date(1990, 1, 1)
ALPHABET = string.ascii_letters + string.digits + ' :-\n"\\' + "éßıΩ株🚌\u0301\u0000\uffff\U0010ffff"
LISTS = ("administrators", "users", "partners")
MODELS = ["RV50", "RV55", "GX450", "LX40", "ES450", "MP70", "Raven", ""]


def fingerprint(account: dict[str, Any], on: str, policy: dict[str, Any], rulebook: str) -> str:
    """SHA-256 over the canonical text."""
    return f"sha256:{hashlib.sha256(canonical(account, on, policy, rulebook)).hexdigest()}"


def canonical(account: dict[str, Any], on: str, policy: dict[str, Any], rulebook: str) -> bytes:
    """The canonical text of account, date and the policy with every field."""
    renewal = policy["complete_renewal"]
    years = 0 if renewal == "support_date" else renewal["support_date_plus_years"]
    uid, name, created = text(account["uid"]), text(account["name"]), word(account.get("created"))
    kinds = [account["instance"], account["format"], account["kind"]]
    lines = [
        ["alms-plan-fingerprint/1"],
        ["rulebook", text(rulebook)],
        ["on", on],
        ["policy", policy["month_rounding"], str(years), policy["cleanup"], str(policy["inactive_months"])],
        ["account", uid, name, *kinds, created, str(account["tokens"])],
        *([key, *map(text, sorted(account.get(key) or [], key=str.encode))] for key in LISTS),
        ["texts", *(text(account.get(key)) for key in ("offer_class", "branding", "configuration"))],
        ["systems"],
        *map(system_line, sorted(account["systems"], key=lambda system: system["serial"].encode())),
    ]
    return "".join(" ".join(line) + "\n" for line in lines).encode()


def system_line(system: dict[str, Any]) -> list[str]:
    dates = [word(system.get(key)) for key in ("last_communication", "support_end", "warranty_end")]
    return [text(system["serial"]), text(system["model"]), system["state"], *dates]


def text(value: str | None) -> str:
    """The length in bytes, a colon, the text."""
    return "-" if value is None else f"{len(value.encode())}:{value}"


def word(value: str | None) -> str:
    return "-" if value is None else value


class Maker:
    """Random accounts, dates and policies that can be planned."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def case(self) -> dict[str, Any]:
        document = {"account": self.account(), "on": self.date(2031)}
        return self.some(document, policy=self.policy())

    def account(self) -> dict[str, Any]:
        pick = self.random.choice
        systems = self.systems()
        account: dict[str, Any] = {
            "uid": self.text(1),
            "name": self.text(1),
            "instance": pick(["na", "eu", "ca", "au"]),
            "format": "legacy",
            "kind": pick(["customer", "free_tier", "transition"]),
            "tokens": self.tokens(systems),
            "systems": systems,
        }
        lists = {key: self.texts() for key in LISTS}
        texts = {key: self.text(0) for key in ("offer_class", "branding", "configuration")}
        return self.some(account, created=self.date(2021), **lists, **texts)

    def systems(self) -> list[dict[str, Any]]:
        # Now and then so many that their text is longer than any buffer.
        count = self.random.choice([0, 1, 2, 3, 5, 8, 13, 300])
        serials = {self.serial() for _ in range(count)}
        states = self.random.choice([["maintenance"], ["active", "suspended", "inventory", "maintenance"]])
        return [self.system(serial, self.random.choice(states)) for serial in sorted(serials, key=hash_of)]

    def system(self, serial: str, state: str) -> dict[str, Any]:
        keys = ("last_communication", "support_end", "warranty_end")
        system = {"serial": serial, "model": self.random.choice(MODELS), "state": state}
        return self.some(system, **{key: self.date(2036) for key in keys})

    def tokens(self, systems: list[dict[str, Any]]) -> int:
        # Where a system may become AirLink Basic, 10^15 tokens would carry it past the last date.
        largest = 10**15 if all(system["state"] == "maintenance" for system in systems) else 1000
        return self.random.choice([0, -1, -(10**15), largest, self.random.randint(-largest, largest)])

    def policy(self) -> dict[str, Any]:
        pick = self.random.choice
        years = {"support_date_plus_years": self.random.randint(0, 50)}
        return self.some(
            {},
            month_rounding=pick(["down", "nearest", "up", "pro_rata_days"]),
            complete_renewal=pick(["support_date", years]),
            cleanup=pick(["protect_paid", "strict"]),
            inactive_months=self.random.choice([0, 1, 12, 24, 3000]),
        )

    def some(self, document: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """The document with some of the fields; the others are null or absent."""
        for key, value in fields.items():
            given = self.random.choice([value, value, None, ...])
            if given is not ...:
                document[key] = given
        return document

    def date(self, before: int) -> str:
        days = (datetime.date(before, 1, 1) - FIRST_DAY).days
        return str(FIRST_DAY + datetime.timedelta(self.random.randrange(days)))

    def serial(self) -> str:
        """A text without blanks, control and format characters, which no serial number has (SER-3)."""
        kept = "".join(c for c in self.text(1) if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
        return kept or "S"

    def texts(self) -> list[str]:
        return [self.text(1) for _ in range(self.random.randint(0, 3))]

    def text(self, shortest: int) -> str:
        length = self.random.choice([shortest, 1, 9, 10, 99, 256, self.random.randint(1, 256)])
        return "".join(self.random.choices(ALPHABET, k=length))


def hash_of(value: str) -> bytes:
    """An order that is no order, the same in every run."""
    return hashlib.sha256(value.encode()).digest()


def test_the_definition_by_hand() -> None:
    account = {
        "uid": "U-1",
        "name": "Müller",
        "instance": "eu",
        "format": "legacy",
        "kind": "customer",
        "created": "2019-04-01",
        "tokens": -5,
        "partners": ["P-2", "P-1"],
        "branding": "",
        "systems": [
            {"serial": "a", "model": "RV55", "state": "active", "last_communication": "2023-03-01"},
            {"serial": "Z", "model": "", "state": "inventory", "warranty_end": "2024-01-31"},
        ],
    }
    lines = (
        "alms-plan-fingerprint/1\n"
        "rulebook 15:alms-rulebook/2\n"
        "on 2023-03-25\n"
        "policy down 0 protect_paid 12\n"
        "account 3:U-1 7:Müller eu legacy customer 2019-04-01 -5\n"
        "administrators\n"
        "users\n"
        "partners 3:P-1 3:P-2\n"
        "texts - 0: -\n"
        "systems\n"
        "1:Z 0: inventory - - 2024-01-31\n"
        "1:a 4:RV55 active 2023-03-01 - -\n"
    )
    plan = alms.call("migration.plan", {"account": account, "on": ON})
    assert canonical(account, ON, plan["policy"], plan["rulebook"]) == lines.encode()
    assert plan["fingerprint"] == f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


@pytest.mark.parametrize("seed", range(500))
def test_random_accounts(seed: int) -> None:
    case = Maker(seed).case()
    plan = alms.call("migration.plan", case)
    assert plan["fingerprint"] == fingerprint(case["account"], case["on"], plan["policy"], plan["rulebook"])
    assert all(plan["policy"][key] == value for key, value in given_policy(case).items())


@pytest.mark.parametrize("seed", range(0, 500, 5))
def test_the_order_of_a_list_does_not_matter(seed: int) -> None:
    case = Maker(seed).case()
    expected = alms.call("migration.plan", case)["fingerprint"]
    for _ in range(3):
        for key in ("systems", *LISTS):
            random.Random(seed).shuffle(case["account"].get(key) or [])
        assert alms.call("migration.plan", case)["fingerprint"] == expected


def given_policy(case: dict[str, Any]) -> dict[str, Any]:
    """What the input says of the policy, as a plan repeats it: no year added is the support date."""
    policy = {key: value for key, value in (case.get("policy") or {}).items() if value is not None}
    if policy.get("complete_renewal") == {"support_date_plus_years": 0}:
        policy["complete_renewal"] = "support_date"
    return policy
