"""What one typed function gives, the next one takes as it is."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

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


PARTNER = alms.Account(
    "p1", "Partner", instance="na", format="avc", kind="reseller", administrators=["rep@one.example"]
)
CUSTOMER = alms.Account("c1", "Acme", instance="na", format="avc", kind="customer", partners=["p1"])
OCTOBER = datetime.date(2023, 10, 1)


def exported() -> alms.Applied:
    """A file becomes a plan, and the plan an account: LA1 and LA2 share 13 tokens, OLD is not heard of any more."""
    file = (
        "Serial,Model,State,Last Communication\n"
        "LA1,RV55,Active,2023-05-02\nLA2,RV55,Active,2023-05-03\nOLD,RV55,Active,2022-01-31\n"
    )
    account = alms.Account(
        "c1",
        "Acme Buses",
        instance="na",
        format="legacy",
        kind="customer",
        tokens=13,
        administrators=["ann@acme.example"],
        partners=["p1"],
        systems=alms.systems_from_csv(file).systems,
    )
    plan = alms.plan_migration(account, on=ON)
    consent = alms.Consent(by="ann@acme.example", on=ON, fingerprint=plan.fingerprint)
    return alms.apply_migration(account, plan, consent=consent)


def test_a_migrated_subscription_is_due_renewed_and_quoted() -> None:
    fleet = exported().subscriptions
    ending = datetime.date(2023, 11, 15)
    assert [one.end_date for one in alms.due_subscriptions(fleet, on=OCTOBER).due] == [ending, ending]
    state = alms.subscription_state(fleet[0], on=OCTOBER)
    assert state.end_date == ending
    assert alms.subscription_state(state.subscription, on=OCTOBER).subscription == state.subscription
    assert alms.renewals_to_ics(fleet, on=OCTOBER).ics
    once = alms.renew(fleet[0], months=12, on=OCTOBER)
    assert alms.renew(once.subscription, months=12, on=OCTOBER).end_date == datetime.date(2025, 11, 15)
    price = alms.ListedTerm("AirLink Basic", 12, alms.Money(Decimal("90.00"), "USD"))
    quoted = alms.quote(fleet, alms.RenewFor(months=12), [price], on=OCTOBER, due_until=datetime.date(2023, 12, 31))
    event = alms.SubscriptionEvent.from_dict(quoted.systems[0].event.to_dict())
    ordered = fleet[0].replace(events=[event])
    assert alms.subscription_state(ordered, on=OCTOBER).end_date == quoted.systems[0].new_end_date


def test_a_migrated_account_is_notified_of_and_the_file_is_read() -> None:
    applied = exported()
    held = {**applied.account.to_dict(), "subscriptions": [one.to_dict() for one in applied.subscriptions]}
    told = alms.renewal_notifications([PARTNER], [held], on=OCTOBER)
    listed = alms.systems_from_csv(told.messages[0].attachment.csv).subscriptions
    state = alms.subscription_state(listed[0].to_dict(), on=OCTOBER)
    assert state.end_date == datetime.date(2023, 11, 15)
    assert alms.customers("p1", [held], on=OCTOBER).rows[0].total_systems == 2


def test_what_is_deleted_is_registered_again() -> None:
    applied = exported()
    # A `System` does not say whose it is, which the list of registrations needs.
    file = alms.systems_to_csv({**system.to_dict(), "account": "c1"} for system in applied.export)
    bulk = alms.register_in_bulk(file, [applied.account], on=OCTOBER)
    assert bulk.rows[0].ok
    assert alms.customers("p1", bulk.accounts, on=OCTOBER).rows[0].total_systems == 3
    registered = bulk.registered[0].subscriptions[0]
    assert alms.subscription_state(registered, on=OCTOBER).subscription.serial == "OLD"


def test_a_created_account_goes_into_a_directory_and_takes_systems() -> None:
    wanted = alms.AccountRequest("c2", "Bolt Taxis", administrator="bea@bolt.example")
    channel = alms.AccountChannel(alms.ChannelKind.RESELLER, partner="p1")
    created = alms.create_account(wanted, channel, [PARTNER], on=OCTOBER).created
    assert created is not None
    found = alms.look_up_accounts([created.account], name="Bolt Taxis", viewer="p1")
    assert found.accounts[0].sight == alms.AccountSight.PARTNER
    bulk = alms.register_in_bulk("Serial,Model,Account\nLA1,RV55,c2\n", [created.account], on=OCTOBER)
    assert bulk.summary.registered == 1


def test_a_registration_is_booked_once() -> None:
    holder = alms.Account("c1", "Acme", instance="na", format="legacy", kind="customer", tokens=0)
    bulk = alms.register_in_bulk("Serial,Model,Account\nGX1,GX450,c1\n", [holder], on=LATER)
    booked = [one.to_dict() for one in bulk.registered[0].bookings]
    assert booked[0]["key"] == "registration:2023-06-01:c1:GX1"
    assert alms.replay([holder], booked + booked).accounts[0].balance == 12


def test_a_transferred_system_and_what_is_left_of_allocations_go_on() -> None:
    own = alms.Subscription(
        "LA1",
        "AirLink Complete",
        "RV55",
        registered=datetime.date(2023, 1, 15),
        end_date=datetime.date(2028, 1, 15),
        billing=alms.SubscriptionBilling.FREE,
        renews_every_months=60,
    )
    bought = alms.AllocationRequest("AirLink Complete", quantity=2, months=36)

    def moved(
        giver: alms.Account, taker: alms.Account, one: alms.Subscription | None, month: int, left: Any = ()
    ) -> alms.SystemTransfers:
        assert one is not None
        on = datetime.date(2024, month, 1)
        return alms.transfer_systems(giver, taker, [alms.TransferSystem(one)], on=on, allocations=left)

    first = moved(PARTNER, CUSTOMER, own, 5, [bought])
    taken = first.results[0].subscription
    assert taken is not None
    assert alms.subscription_state(taken, on=datetime.date(2024, 5, 1)).end_date == datetime.date(2027, 5, 1)
    back = moved(CUSTOMER, PARTNER, taken, 6)
    left = [state.to_dict() for state in first.allocations]
    second = moved(PARTNER, CUSTOMER, back.results[0].subscription, 7, left)
    assert (second.results[0].ok, second.allocations[0].left) == (True, 0)


def test_a_merged_reseller_transfers_its_systems() -> None:
    system = alms.System("LA1", "RV55", "active", last_communication=datetime.date(2024, 11, 1))
    account = PARTNER.replace(format="legacy", tokens=0, systems=[system])
    plan = alms.plan_reseller_migration(account, on=datetime.date(2024, 11, 15))
    consent = alms.Consent(by="rep@one.example", on=datetime.date(2024, 11, 10), fingerprint=plan.fingerprint)
    applied = alms.apply_reseller_migration(account, plan, consent=consent)
    kept, on = applied.subscriptions[0], datetime.date(2025, 1, 1)
    assert alms.subscription_state(kept, on=on).end_date == datetime.date(2029, 11, 15)
    bought = alms.AllocationRequest("AirLink Complete", quantity=1, months=12)
    given = alms.transfer_systems(applied.account, CUSTOMER, [alms.TransferSystem(kept)], on=on, allocations=[bought])
    assert given.results[0].ok


def test_linked_accounts_are_an_account() -> None:
    legacy = CUSTOMER.replace(uid="l1", format="legacy", tokens=0, administrators=["ann@acme.example"])
    avc = CUSTOMER.replace(administrators=["ann+xr@acme.example"])
    verdict = alms.link_accounts(legacy, avc, "ann+xr@acme.example", partner_link="p1")
    assert verdict.linked is not None
    found = alms.look_up_accounts([verdict.linked.account], email="ann@acme.example")
    assert found.accounts[0].uid == "c1"
    assert alms.Account.from_dict(verdict.linked.account).administrators == ("ann@acme.example",)
