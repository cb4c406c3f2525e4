"""Hypothesis strategies: accounts that can be planned, and ledgers whose bookings may be refused."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

import alms

days = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31))
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
# Without blanks, control and format characters, which no serial number has (SER-3).
serials = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
models = st.sampled_from(["RV50", "RV55", "GX450", "LX60", "Raven", ""])
policies = st.builds(
    alms.Policy,
    month_rounding=st.none() | st.sampled_from(alms.MonthRounding),
    complete_renewal=st.none() | st.integers(0, 5).map(alms.SupportDatePlusYears),
    cleanup=st.none() | st.sampled_from(alms.Cleanup),
    inactive_months=st.none() | st.integers(0, 60),
)


@st.composite
def accounts(draw: st.DrawFn) -> alms.Account:
    """A legacy account of a few systems."""
    systems = draw(
        st.lists(
            st.builds(
                alms.System,
                serial=serials,
                model=models,
                state=st.sampled_from(alms.SystemState),
                last_communication=st.none() | days,
                support_end=st.none() | days,
                warranty_end=st.none() | days,
            ),
            max_size=8,
            unique_by=lambda system: system.serial,
        )
    )
    return alms.Account(
        draw(texts),
        draw(texts),
        instance=draw(st.sampled_from(alms.Instance)),
        format=alms.Format.LEGACY,
        kind=alms.Kind.CUSTOMER,
        tokens=draw(st.integers(-100, 1000)),
        systems=systems,
        partners=draw(st.lists(texts, max_size=2)),
    )


HOLDERS = (
    alms.Holder("p1", "Partner", alms.Kind.RESELLER, ["p@example.com"], opening=240),
    alms.Holder("c1", "Acme", alms.Kind.CUSTOMER, ["a@example.com"], ["p1"], 24),
    alms.Holder("c2", "Bolt", alms.Kind.CUSTOMER, ["b@example.com"], ["p1"], -5),
)
_customers = st.sampled_from(["c1", "c2", "nobody"])
_packs = st.integers(1, 9)
_on = st.dates(datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
_months = st.builds(alms.Month, st.just(2023), st.integers(1, 12))
_one: st.SearchStrategy[alms.Booking] = st.one_of(
    st.builds(
        alms.Transfer,
        st.just(""),
        _on,
        partner=st.just("p1"),
        customer=_customers,
        packs=_packs,
        po_number=texts,
    ),
    st.builds(alms.Grant, st.just(""), _on, account=_customers, tokens=st.integers(1, 50)),
    st.builds(
        alms.Withdrawal, st.just(""), _on, account=_customers, tokens=st.integers(1, 50), reason=st.just("twice")
    ),
    st.builds(
        alms.Edit, st.just(""), _on, st.just("k0"), packs=_packs, po_number=st.one_of(st.none(), st.just("PO-2"))
    ),
    st.builds(alms.CreditNote, st.just(""), _on, partner=st.just("p1"), customer=_customers, tokens=st.integers(1, 99)),
    st.builds(alms.Consumption, st.just(""), _on, account=_customers, month=_months, peak=st.integers(0, 30)),
)
bookings = st.lists(_one, max_size=12).map(
    lambda some: [booking.replace(key=f"k{number}") for number, booking in enumerate(some)]
)
"""Bookings over `HOLDERS`, each with a key of its own."""
