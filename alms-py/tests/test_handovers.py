"""What one typed function gives, the next one takes as it is."""

from __future__ import annotations

import datetime

import alms

ON = datetime.date(2023, 5, 15)
LATER = datetime.date(2023, 6, 1)


def migrated() -> alms.Applied:
    """A legacy account of a partner, migrated: what was deleted, and what is left."""
    account = alms.Account.from_dict(
        {
            "uid": "c1",
            "name": "Acme Buses",
            "instance": "na",
            "format": "legacy",
            "kind": "customer",
            "tokens": 60,
            "administrators": ["ann@acme.example"],
            "partnerships": [{"partner": "p1", "profile": "operator", "of_record": True}],
            "billing": "pre_paid",
            "systems": [
                {"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-05-01"},
                {"serial": "OLD", "model": "RV55", "state": "active", "last_communication": "2022-01-31"},
            ],
        }
    )
    plan = alms.plan_migration(account, on=ON)
    consent = alms.Consent(by="ann@acme.example", on=ON, fingerprint=plan.fingerprint)
    return alms.apply_migration(account, plan, consent=consent)


def test_an_account_goes_where_accounts_are_asked_for() -> None:
    account = migrated().account
    found = alms.look_up_accounts([account], uid="c1", viewer="p1")
    assert found.accounts[0].profile == "operator"
    assert alms.offers_for_model(account, "RV55", on=LATER).default == "AirLink Complete"
    router = alms.XrDevice("XR80", sku_region=alms.SkuRegion.NORTH_AMERICA)
    assert alms.check_xr([router], on=LATER, account=account).eligible
    assert alms.register_systems(account, alms.NewSystem("LA9", "RV55"), on=LATER).ok
    bulk = alms.register_in_bulk("Serial,Model,Account\nLA9,RV55,c1\n", [account], on=LATER)
    assert bulk.registered[0].systems == 2
    assert alms.replay([account], []).accounts[0].uid == "c1"
    page = alms.customers("p1", bulk.accounts, on=LATER)
    assert page.rows[0].total_systems == 2


def test_a_changed_account_keeps_what_the_constructor_does_not_take() -> None:
    account = migrated().account.replace(name="Acme Ferries")
    assert account.to_dict()["partnerships"] == [{"partner": "p1", "profile": "operator", "of_record": True}]
    assert account.to_dict()["billing"] == "pre_paid"
    assert account.replace(partners=["p2"]).to_dict()["partnerships"][0]["partner"] == "p2"


def test_use_is_booked_as_it_was_metered() -> None:
    holder = alms.Holder("c1", "Acme", alms.Kind.CUSTOMER, opening=12)
    metered = alms.meter([alms.DailyCount("c1", datetime.date(2023, 5, 4), 7)])
    replayed = alms.replay([holder], metered.bookings)
    assert replayed.accounts[0].balance == 5
    again = alms.replay([account.to_dict() for account in replayed.accounts], [])
    assert again.accounts == replayed.accounts
