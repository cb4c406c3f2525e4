"""Dates against independent libraries: months by python-dateutil, calendar files by icalendar."""

from __future__ import annotations

import datetime
import itertools
import random
from typing import Any

import icalendar
import pytest
from dateutil.relativedelta import relativedelta

import alms

FIRST = datetime.date(1900, 1, 1)
LAST = datetime.date(9999, 12, 31)
CASES = 3_000


def some_day(pick: random.Random, first: datetime.date, last: datetime.date) -> datetime.date:
    """Any day, often at the end of a month or in February."""
    day = first + datetime.timedelta(pick.randint(0, (last - first).days))
    match pick.randint(0, 3):
        case 0:
            return day + relativedelta(day=31)
        case 1:
            return day + relativedelta(month=2, day=pick.randint(27, 31))
        case _:
            return day


def moved(day: datetime.date, months: int) -> datetime.date | None:
    """The day so many months later; None outside the calendar."""
    try:
        later = day + relativedelta(months=months)
    except (OverflowError, ValueError):
        return None
    return later if FIRST <= later <= LAST else None


def answer(op: str, document: dict[str, Any]) -> dict[str, Any] | str:
    """The output, or the code of the error."""
    try:
        return alms.call(op, document)
    except alms.AlmsError as error:
        return error.code


def test_months() -> None:
    pick = random.Random(1)
    for _ in range(CASES):
        day = some_day(pick, FIRST, LAST)
        reach = pick.choice([40, 1_200, 97_199])
        months = pick.randint(-reach, reach)
        expected = moved(day, months)
        document = {"date": str(day), "months": months}
        wanted = "date_out_of_range" if expected is None else {"date": str(expected)}
        assert answer("calendar.add_months", document) == wanted, document


def whole_months(first: datetime.date, last: datetime.date) -> int | None:
    """After how many whole months a day comes again at another one; None if it does not."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if first + relativedelta(months=months) == last else None


def begins(late: str, end: datetime.date, on: datetime.date) -> datetime.date:
    """The day on which the term of an order begins (SUB-4)."""
    days = (on - end).days
    match late:
        case _ if days <= 0:
            return end
        case "from_end":
            return end
        case "backdated" if days > 10:
            return end + datetime.timedelta(max(0, days - 180))
        case _:
            return on


@pytest.mark.parametrize("late", ["from_order", "from_end", "backdated"])
def test_renewals(late: str) -> None:
    pick = random.Random(2)
    over = 0
    for _ in range(CASES):
        end = some_day(pick, datetime.date(1990, 1, 1), datetime.date(2090, 12, 31))
        registered = min(end, some_day(pick, end - datetime.timedelta(3_000), end))
        if pick.randint(0, 1):
            registered = end - relativedelta(months=pick.randint(0, 90))
        on = end + datetime.timedelta(pick.randint(-500, 500))
        months = pick.randint(1, 144)
        order = {
            "subscription": {"registered": str(registered), "end_date": str(end), "warranty_end": str(end)},
            "months": months,
            "on": str(on),
            "late": {late: {}} if late == "backdated" else late,
        }
        begin = begins(late, end, on)
        # Terms without a gap are counted from the registration if the end is its anniversary (SUB-2).
        since = whole_months(registered, end) if begin == end else None
        anchor, before = (begin, 0) if since is None else (registered, since)
        new_end = anchor + relativedelta(months=before + months)
        if new_end <= on:
            over += 1
            assert answer("subscriptions.renew", order) == "term_over_before_order", order
            continue
        limit = registered + relativedelta(years=5)
        # A gap ends the warranty, unless its five years had been over before (SUB-6).
        warranty = None if begin > end and limit >= end else min(new_end, limit)
        renewal = alms.call("subscriptions.renew", order)
        assert renewal["end_date"] == str(new_end), order
        assert renewal["warranty_end"] == (warranty and str(warranty)), order
        assert renewal["terms_from"] == str(anchor), order
        assert renewal["reactivated"] == (end < on), order
    assert (over > 0) == (late != "from_order")


def test_billing_periods() -> None:
    pick = random.Random(3)
    for _ in range(CASES // 10):
        registered = some_day(pick, datetime.date(2000, 1, 1), datetime.date(2050, 12, 31))
        length = pick.randint(1, 60)
        first = registered + relativedelta(months=12 + pick.randint(0, 5) * length)
        until = first + relativedelta(years=10)
        document = {
            "subscriptions": [
                {
                    "serial": "A",
                    "offer": "AirLink Complete",
                    "registered": str(registered),
                    "billing": "direct",
                    "renews_every_months": length,
                }
            ],
            "from": str(first),
            "until": str(until),
            "prices": [{"offer": "AirLink Complete", "months": length, "price": {"amount": "9.99", "currency": "USD"}}],
        }
        # Each boundary counted from the registration, and never from the one before.
        every = (registered + relativedelta(months=12 + n * length) for n in range(1_000))
        boundaries = [day for day in every if first <= day]
        expected = list(itertools.pairwise(boundaries))
        expected = [(start, end) for start, end in expected if start <= until]
        invoices = alms.call("subscriptions.invoices", document)["invoices"]
        lines = [line for invoice in invoices for line in invoice["lines"]]
        found = [(line["start_date"], line["end_date"]) for line in lines]
        assert found == [(str(start), str(end)) for start, end in expected], document
        assert [invoice["on"] for invoice in invoices] == [str(start) for start, _ in expected]


def fleet(pick: random.Random, on: datetime.date) -> list[dict[str, Any]]:
    """Systems that end before and after a day, some of them on the same."""
    ends = [on + datetime.timedelta(pick.choice([-1, 0, 1, 89, 90, 91, 400])) for _ in range(12)]
    offers = ["AirLink Basic", 'Offer, "special"; with \\ and a name that is much too long for a line — 株式会社']
    return [
        {"serial": f"S,{n};é", "model": "RV55", "offer": pick.choice(offers), "end_date": str(end)}
        for n, end in enumerate(ends)
    ]


def test_calendar_files() -> None:
    pick = random.Random(4)
    for _ in range(100):
        on = some_day(pick, datetime.date(2000, 1, 1), datetime.date(2050, 12, 31))
        systems = fleet(pick, on)
        document = {"subscriptions": systems, "on": str(on), "name": "Renewals, of: Müller; & Co\\"}
        answered = alms.call("subscriptions.to_ics", document)
        ics = answered["ics"]
        assert max(len(line) for line in ics.encode().split(b"\r\n")) <= 75
        assert "\n" not in ics.replace("\r\n", "")
        calendar: Any = icalendar.Calendar.from_ical(ics)
        # Of a type that icalendar does not know: as it stands in the file.
        assert str(calendar["X-WR-CALNAME"]) == "Renewals\\, of: Müller\\; & Co\\\\"

        groups: dict[tuple[str, str], list[str]] = {}
        for system in systems:
            if system["end_date"] > str(on):
                groups.setdefault((system["end_date"], system["offer"]), []).append(system["serial"])
        events: list[Any] = list(calendar.walk("VEVENT"))
        assert len(events) == len(groups) == answered["events"]
        assert len({str(event["UID"]) for event in events}) == len(events)
        for event, ((end, offer), serials) in zip(events, sorted(groups.items()), strict=True):
            day = datetime.date.fromisoformat(end)
            assert event["DTSTART"].dt == day
            assert event["DTEND"].dt == day + datetime.timedelta(1)
            assert type(event["DTSTART"].dt) is datetime.date
            noun = "system" if len(serials) == 1 else "systems"
            assert str(event["SUMMARY"]) == f"Renew {offer}: {len(serials)} {noun}"
            assert str(event["DESCRIPTION"]).splitlines()[1:] == [f"{serial} RV55" for serial in serials]
            alarms = list(event.walk("VALARM"))
            assert len(alarms) == (day - on > datetime.timedelta(90))
            assert all(alarm["TRIGGER"].dt == datetime.timedelta(-90) for alarm in alarms)
            assert all(str(alarm["ACTION"]) == "DISPLAY" for alarm in alarms)
