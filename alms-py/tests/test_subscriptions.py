"""Subscriptions and the reseller's operations as a Python program uses them; expected values are worked out by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

import alms


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


TERM = alms.HeldSubscription(registered=day("2021-01-15"), end_date=day("2022-01-15"), warranty_end=day("2022-01-15"))
DIRECT = alms.SubscriptionHistory(
    "LA1", "AirLink Complete", registered=day("2023-01-15"), billing=alms.SubscriptionBilling.DIRECT
)
MONTHLY = [alms.ListedTerm("AirLink Complete", 1, alms.Money(Decimal("9.99"), "USD"))]
YEARLY = [alms.ListedTerm("AirLink Complete", 12, alms.Money(Decimal("99.00"), "USD"))]
AVC = {"format": "avc", "kind": "customer", "instance": "na"}


def test_a_renewal_is_for_months_or_in_the_older_form_for_years() -> None:
    # January 2022 and three years (SUB-2).
    renewal = alms.renew(TERM, months=36, on=day("2021-10-20"))
    assert renewal == alms.renew(TERM, years=3, on=day("2021-10-20"))
    assert (renewal.end_date, renewal.terms_from) == (day("2025-01-15"), day("2021-01-15"))
    assert renewal.warranty_end == day("2025-01-15") and not renewal.reactivated
    # The chain is counted on from its first day: a leap day is not lost for good.
    leap = alms.HeldSubscription(end_date=day("2023-02-28"), terms_from=day("2020-02-29"))
    assert alms.renew(leap, months=12, on=day("2023-01-01")).end_date == day("2024-02-29")


@pytest.mark.parametrize(
    ("length", "path"), [({}, "months"), ({"months": 36, "years": 3}, "years"), ({"months": 0}, "months")]
)
def test_one_length_is_given(length: dict[str, Any], path: str) -> None:
    with pytest.raises(alms.SubscriptionError) as caught:
        alms.renew(TERM, on=day("2021-10-20"), **length)
    assert caught.value.path == path


def test_a_length_is_named() -> None:
    with pytest.raises(TypeError, match="positional"):
        alms.renew(TERM, 3, on=day("2021-10-20"))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("late", "on", "end_date"),
    [
        (None, "2022-02-01", "2023-02-01"),
        (alms.LateRenewal.FROM_END, "2022-02-01", "2023-01-15"),
        # The tenth day after the end still starts the term on the order's own day.
        (alms.Backdated(), "2022-01-25", "2023-01-25"),
        (alms.Backdated(), "2022-01-26", "2023-01-15"),
        # 180 days before 1 September lies 5 March.
        (alms.Backdated(), "2022-09-01", "2023-03-05"),
        (alms.Backdated(grace_days=11), "2022-01-26", "2023-01-26"),
        (alms.Backdated(grace_days=0, max_days=5), "2022-01-26", "2023-01-21"),
        ({"backdated": {"max_days": 5}}, "2022-01-26", "2023-01-21"),
    ],
)
def test_a_late_renewal(late: Any, on: str, end_date: str) -> None:
    assert alms.renew(TERM, months=12, on=day(on), late=late).end_date == day(end_date)


def test_a_term_that_is_over_is_not_sold() -> None:
    # 25 months after 15 January 2022 is 15 February 2024, before the order; 26 months last until March.
    with pytest.raises(alms.SubscriptionError) as caught:
        alms.renew(TERM, months=12, on=day("2024-03-01"), late=alms.LateRenewal.FROM_END)
    assert caught.value.code == "term_over_before_order"
    assert caught.value.context == {"months_needed": 26}

    late = alms.SubscriptionHistory("LA1", "AirLink Complete", registered=day("2021-01-15"))
    offered = alms.quote(
        [late],
        alms.RenewFor(months=12),
        YEARLY,
        on=day("2024-03-01"),
        due_until=day("2024-05-30"),
        late=alms.LateRenewal.FROM_END,
    )
    assert offered.skipped == (alms.SkippedSystem("LA1", alms.SkipReason.TERM_OVER_BEFORE_ORDER, "SUB-4", 26),)


def test_a_quote_gives_lengths_in_months() -> None:
    fleet = [alms.SubscriptionHistory("LA1", "AirLink Complete", registered=day("2021-01-15"))]
    wishes = [alms.RenewFor(months=12), alms.RenewFor(years=1), alms.RenewFor(until=day("2023-01-15"))]
    quotes = [alms.quote(fleet, wish, YEARLY, on=day("2021-12-01"), due_until=day("2022-03-01")) for wish in wishes]
    assert quotes[0] == quotes[1] == quotes[2]
    assert [line.months for line in quotes[0].lines] == [12]
    assert quotes[0].systems[0].terms == (alms.TermCount(12, 1),)


def test_notice_is_given_ahead_and_withdrawn() -> None:
    events = [
        alms.SubscriptionEvent(day("2023-02-01"), alms.EventType.TERMINATION, effective=day("2024-03-01")),
        alms.SubscriptionEvent(day("2023-03-01"), alms.EventType.TERMINATION, withdraw=True),
        alms.SubscriptionEvent(day("2023-04-01"), alms.EventType.PERIOD_CHANGE, months=12),
    ]
    found = alms.subscription_state(DIRECT.replace(events=events), on=day("2024-02-01"))
    effects = [event.effect and event.effect.from_ for event in found.events]
    # A period that begins on 15 January or later is the first one from 1 March on: 15 March.
    assert effects == [day("2024-03-15"), day("2023-03-01"), day("2024-01-15")]
    assert (found.end_date, found.terminates_on) == (day("2025-01-15"), None)


def test_billing_of_an_account_is_billing_of_a_subscription() -> None:
    same = DIRECT.replace(billing=alms.BillingModel.DIRECT)
    assert same == DIRECT and same.billing is alms.SubscriptionBilling.DIRECT
    with pytest.raises(TypeError, match="billing must be an alms"):
        DIRECT.replace(billing=alms.Kind.CUSTOMER)


def test_invoices_on_one_day_of_the_month() -> None:
    free = DIRECT.replace(serial="LA2", billing=alms.SubscriptionBilling.FREE)
    found = alms.invoices(
        [DIRECT, free],
        MONTHLY,
        from_=day("2024-01-01"),
        until=day("2024-02-29"),
        invoice_day=alms.InvoiceDayOfMonth(1),
    )
    # 17 days of the 31 from 1 January to 1 February: 9.99 × 17 ÷ 31 = 5.478…; the free system is not invoiced.
    assert [(each.on, str(each.total)) for each in found] == [
        (day("2024-01-15"), "5.48 USD"),
        (day("2024-02-01"), "9.99 USD"),
    ]
    lines = [each.lines[0] for each in found]
    assert [line.days for line in lines] == [alms.Fraction(17, 31), None]
    assert [str(line.unit_price) for line in lines] == ["9.99 USD", "9.99 USD"]
    own = alms.invoices([DIRECT], MONTHLY, from_=day("2024-01-01"), until=day("2024-02-29"), invoice_day="own")
    assert [each.on for each in own] == [day("2024-01-15"), day("2024-02-15")]


def test_a_serial_that_was_registered_before() -> None:
    system = alms.NewSystem("LA1", "RV55", first_registered=day("2023-09-01"))
    left = alms.register_systems(AVC, system, on=day("2024-03-01")).subscription
    assert left is not None and left.registered == day("2024-03-01")
    assert left.first_registered == day("2023-09-01") and left.included_until == day("2024-09-01")
    assert left.end_date == left.warranty_end == day("2024-09-01")

    used = alms.register_systems(AVC, system, on=day("2024-09-01"))
    assert used.subscription is not None and used.subscription.state is alms.StatedState.INVENTORY
    assert used.subscription.end_date is None
    assert [(found.code, found.rule, found.count) for found in used.findings] == [
        (alms.RegistrationFindingCode.INCLUDED_YEAR_USED, "SER-1", 1)
    ]


def test_a_serial_that_may_have_been_registered_before() -> None:
    new = alms.NewSystem("LA1", "RV55")
    assumed = alms.RegistrationFindingCode.FIRST_REGISTRATION_ASSUMED
    registered = alms.register_systems(AVC, new, on=day("2024-03-01"), known_serials=False)
    assert registered.ok and [found.code for found in registered.findings] == [assumed]
    assert alms.register_systems(AVC, new, on=day("2024-03-01")).findings == ()

    csv = "Serial,Model,Account\nLA1,RV55,c1\nLA2,RV55,c1\n"
    target = alms.TargetAccount("c1", alms.Format.AVC, alms.Kind.CUSTOMER, alms.Instance.NA)
    many = alms.register_in_bulk(csv, [target], on=day("2024-03-01"), known_serials=False)
    bulk_assumed = alms.BulkFindingCode.FIRST_REGISTRATION_ASSUMED
    assert [(found.code, found.count) for found in many.findings] == [(bulk_assumed, 2)]


def test_connectivity_beside_support() -> None:
    held = [alms.SubscriptionHistory("LA1", "AirLink Complete", registered=day("2023-01-15"))]
    again = alms.register_systems(AVC, alms.NewSystem("LA1", "RV55"), on=day("2024-03-01"), subscriptions=held)
    assert [error.code for error in again.errors] == ["already_registered"]


def test_a_calendar_without_an_entry_is_none() -> None:
    assert alms.renewals_to_ics([], on=day("2024-03-01")) == alms.IcsText(None, 0)
    calendar = alms.renewals_to_ics(
        [alms.SubscriptionHistory("LA1", "AirLink Complete", end_date=day("2024-03-02"))], on=day("2024-03-01")
    )
    assert calendar.events == 1 and calendar.ics is not None and "BEGIN:VEVENT" in calendar.ics


def test_administrators_of_a_customer_get_a_notice() -> None:
    ending = alms.SubscriptionHistory("LA1", "AirLink Complete", end_date=day("2024-03-31"))
    lapsed = alms.SubscriptionHistory("LA2", "AirLink Complete", end_date=day("2024-03-01"))
    customer = alms.NotifiedCustomer("c1", "Acme", [ending, lapsed], ["r1"], administrators=["ada@acme.example"])
    reseller = alms.NotifiedReseller("r1", "Northstar", ["ann@northstar.example"])
    told = alms.renewal_notifications([reseller], [customer], on=day("2024-03-01"))
    assert [system.serial for system in told.messages[0].systems] == ["LA2", "LA1"]
    (notice,) = told.notices
    assert (notice.account, notice.to, notice.initial_renewal) == ("c1", ("ada@acme.example",), day("2024-03-31"))
    assert [system.serial for system in notice.systems] == ["LA1"]


def test_an_allocation_is_for_months() -> None:
    reseller = alms.TransferAccount("r1", alms.Format.AVC, alms.Kind.RESELLER, alms.Instance.NA)
    customer = alms.TransferAccount("c1", alms.Format.AVC, alms.Kind.CUSTOMER, alms.Instance.NA, partners=["r1"])
    free = alms.SubscriptionHistory(
        "LA1",
        "AirLink Complete",
        "RV55",
        registered=day("2023-05-01"),
        billing=alms.SubscriptionBilling.FREE,
    )
    lengths: list[dict[str, Any]] = [{"months": 36}, {"years": 3}]
    for length in lengths:
        bought = alms.AllocationRequest("AirLink Complete", **length)
        moved = alms.transfer_systems(
            reseller, customer, [alms.TransferSystem(free)], on=day("2024-06-01"), allocations=[bought]
        )
        assert moved.allocations == (alms.AllocationState("AirLink Complete", 36, 1, None, 0),)
        subscription = moved.results[0].subscription
        assert subscription is not None and subscription.end_date == day("2027-06-01")
        assert subscription.first_registered == day("2023-05-01")
        assert subscription.terms_from == day("2024-06-01")
        assert subscription.billing is alms.SubscriptionBilling.PRE_PAID


def test_what_comes_out_goes_into_the_next_one_as_it_is() -> None:
    registered = alms.register_systems(AVC, alms.NewSystem("LA1", "RV55"), on=day("2024-02-29")).subscription
    assert registered is not None
    assert registered.as_of == registered.registered == day("2024-02-29")
    # 28 February 2025 + 12 months, and then 48 months after 29 February 2024: no day is lost for good (SUB-2).
    once = alms.renew(registered, months=12, on=day("2024-10-20"))
    twice = alms.renew(once.subscription, months=24, on=day("2024-10-20"))
    assert (once.end_date, twice.end_date) == (day("2026-02-28"), day("2028-02-29"))
    told = alms.subscription_state(twice.subscription, on=day("2024-10-20"))
    assert told.subscription == twice.subscription
    assert alms.due_subscriptions([told.subscription], on=day("2027-12-31")).due[0].end_date == day("2028-02-29")


def test_an_event_that_has_counted_is_refused() -> None:
    known = alms.Subscription(
        "LA1",
        "AirLink Complete",
        as_of=day("2023-12-31"),
        end_date=day("2027-01-15"),
        events=[alms.SubscriptionEvent(day("2023-10-20"), alms.EventType.RENEWAL, months=36)],
    )
    with pytest.raises(alms.SubscriptionError) as caught:
        alms.subscription_state(known, on=day("2024-01-01"))
    assert (caught.value.code, caught.value.path) == ("event_already_counted", "subscription.events[0].on")
