"""What holds for every account and every ledger, through the typed functions."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

import alms

from .strategies import HOLDERS, accounts, bookings, days, policies

settings.register_profile(
    "alms",
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("alms")


@given(accounts(), days, policies)
def test_no_token_is_lost(account: alms.Account, on: datetime.date, policy: alms.Policy) -> None:
    plan = alms.plan_migration(account, on=on, policy=policy)
    stock = plan.tokens
    spent = stock.complete + stock.basic + stock.pro_rata + stock.unallocated - stock.overgranted
    assert stock.opening + stock.written_off == spent
    assert stock.opening == account.tokens
    assert len(plan.systems) == len(account.systems)
    for outcome in alms.Outcome:
        counted = sum(row.outcome is outcome for row in plan.systems)
        assert counted == getattr(plan.summary, outcome.value)


@given(accounts(), days, policies)
def test_both_ways_to_a_plan_give_the_same_bytes(account: alms.Account, on: datetime.date, policy: alms.Policy) -> None:
    plan = alms.plan_migration(account, on=on, policy=policy)
    document = {"account": account.to_dict(), "on": on, "policy": policy.to_dict()}
    assert plan.to_dict() == alms.call("migration.plan", document)
    assert alms.Plan.from_dict(plan.to_dict()) == plan
    assert alms.Account.from_json(account.to_json()) == account


@given(accounts(), days)
def test_the_order_of_systems_does_not_matter(account: alms.Account, on: datetime.date) -> None:
    shuffled = list(account.systems)
    random.Random(7).shuffle(shuffled)
    plan, other = (alms.plan_migration(each, on=on) for each in (account, account.replace(systems=shuffled)))
    assert plan.fingerprint == other.fingerprint
    assert set(plan.systems) == set(other.systems)


@given(accounts(), days)
def test_a_plan_that_is_agreed_to_is_what_is_booked(account: alms.Account, on: datetime.date) -> None:
    plan = alms.plan_migration(account, on=on)
    consent = alms.Consent(on, plan.fingerprint, "J. Doe")
    applied = alms.apply_migration(account, plan, consent=consent)
    kept = [row for row in plan.systems if row.outcome is not alms.Outcome.DELETED]
    assert [each.serial for each in applied.subscriptions] == [row.serial for row in kept]
    assert [each.end_date for each in applied.subscriptions] == [row.end_date for row in kept]
    assert len(applied.export) == plan.summary.deleted
    with pytest.raises(alms.MigrationError) as caught:
        alms.apply_migration(account.replace(tokens=(account.tokens or 0) + 1), plan, consent=consent)
    assert caught.value.code == "stale_plan"


@given(accounts(), days)
def test_an_explanation_says_what_the_plan_says(account: alms.Account, on: datetime.date) -> None:
    for row in alms.plan_migration(account, on=on).systems[:3]:
        explanation = alms.explain_migration(account, row.serial, on=on)
        assert explanation.system == row
        assert {step.rule for step in explanation.steps if step.verdict == "decides"} == {row.rules[0]}


@given(accounts(), days)
def test_the_quotient_is_exact(account: alms.Account, on: datetime.date) -> None:
    plan = alms.plan_migration(account, on=on)
    if plan.basic is not None:
        left = plan.tokens.opening + plan.tokens.written_off - plan.tokens.complete
        assert plan.basic.months.exact() == Fraction(left, plan.basic.systems)


@given(bookings)
def test_the_sum_of_the_bookings_is_the_balance(entries: list[alms.Booking]) -> None:
    replayed = alms.replay(HOLDERS, entries)
    assert [result.key for result in replayed.results] == [entry.key for entry in entries]
    accepted = [entry for entry, result in zip(entries, replayed.results, strict=True) if result.ok]
    lines = alms.journal(HOLDERS, accepted)
    for holder, account in zip(HOLDERS, replayed.accounts, strict=True):
        got = sum(line.tokens for line in lines if line.to.account == holder.uid)
        gave = sum(line.tokens for line in lines if line.from_.account == holder.uid)
        assert account.balance == (holder.opening or 0) + got - gave


@given(bookings)
def test_the_preview_is_the_booking(entries: list[alms.Booking]) -> None:
    for number, entry in enumerate(entries[:4]):
        accepted = [
            booking
            for booking, result in zip(entries[:number], alms.replay(HOLDERS, entries[:number]).results, strict=True)
            if result.ok
        ]
        replayed = alms.replay(HOLDERS, [*accepted, entry])
        booked, balances = replayed.results[-1], {each.uid: each.balance for each in replayed.accounts}
        if booked.ok:
            preview = alms.preview(HOLDERS, accepted, entry)
            assert preview.result == booked
            assert all(balances[effect.account] == effect.balance_after for effect in preview.effects)


@given(bookings)
def test_a_retry_changes_nothing(entries: list[alms.Booking]) -> None:
    once = alms.replay(HOLDERS, entries)
    kept = [entry for entry, result in zip(entries, once.results, strict=True) if result.ok]
    assert alms.replay(HOLDERS, [*kept, *kept]).accounts == once.accounts
