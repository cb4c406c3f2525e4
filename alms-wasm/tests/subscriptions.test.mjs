/** Subscriptions by the typed functions; expected values are worked out by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { invoices, quote, registerSystems, renew, renewalsToIcs, subscriptionState } from "alms";

const TERM = { registered: "2021-01-15", end_date: "2022-01-15", warranty_end: "2022-01-15" };
const OFFER = "AirLink Complete";
const prices = (months, amount) => [{ offer: OFFER, months, price: { amount, currency: "USD" } }];

test("a renewal is for months, or in the older form for years", () => {
  const renewal = renew(TERM, { months: 36, on: "2021-10-20" });
  assert.equal(renewal.end_date, "2025-01-15");
  assert.equal(renewal.terms_from, "2021-01-15");
  assert.deepEqual(renew(TERM, { years: 3, on: "2021-10-20" }), renewal);
  assert.throws(() => renew(TERM, { months: 36, years: 3, on: "2021-10-20" }), { code: "invalid_input", path: "years" });
  assert.throws(() => renew(TERM, { on: "2021-10-20" }), { code: "invalid_input", path: "months" });
  // Years were an argument once: not taken for anything else now.
  assert.throws(() => renew(TERM, 3, { on: "2021-10-20" }), { code: "invalid_input" });
});

test("a late renewal is dated back", () => {
  const late = { backdated: { grace_days: 0, max_days: 5 } };
  assert.equal(renew(TERM, { months: 12, on: "2022-01-26", late }).end_date, "2023-01-21");
  assert.equal(renew(TERM, { months: 12, on: "2022-01-25", late: { backdated: {} } }).end_date, "2023-01-25");
});

test("a quote says what would be over before its order", () => {
  const fleet = [{ serial: "LA1", offer: OFFER, end_date: "2022-01-15" }];
  const order = { on: "2024-03-01", due_until: "2024-05-30", late: "from_end" };
  const { skipped } = quote(fleet, { months: 12 }, prices(12, "99.00"), order);
  assert.deepEqual(skipped, [
    { serial: "LA1", reason: "term_over_before_order", rule: "SUB-4", months_needed: 26 },
  ]);
});

test("invoices have one day of the month", () => {
  const fleet = [{ serial: "LA1", offer: OFFER, registered: "2023-01-15", billing: "direct" }];
  const months = { from: "2024-01-01", until: "2024-02-29", invoice_day: { day: 1 } };
  // 17 of 31 days: 9.99 × 17 ÷ 31 = 5.478…
  assert.deepEqual(
    invoices(fleet, prices(1, "9.99"), months).map(({ on, total }) => [on, total.amount]),
    [
      ["2024-01-15", "5.48"],
      ["2024-02-01", "9.99"],
    ],
  );
});

test("a serial that was registered before has what is left of its year", () => {
  const account = { format: "avc", kind: "customer", instance: "na" };
  const system = { serial: "LA1", model: "RV55", first_registered: "2023-09-01" };
  assert.equal(registerSystems(account, system, { on: "2024-03-01" }).subscription.end_date, "2024-09-01");
  const { subscription, findings } = registerSystems(account, system, { on: "2024-09-01" });
  assert.equal(subscription.state, "inventory");
  assert.deepEqual(findings.map(({ code, count }) => [code, count]), [["included_year_used", 1]]);
});

test("a calendar without an entry is null", () => {
  assert.deepEqual(renewalsToIcs([], { on: "2024-03-01" }), { ics: null, events: 0 });
  const ending = [{ serial: "LA1", offer: OFFER, end_date: "2024-03-02" }];
  assert.equal(renewalsToIcs(ending, { on: "2024-03-01" }).events, 1);
});

test("what comes out goes into the next one as it is", () => {
  const account = { format: "avc", kind: "customer", instance: "na" };
  const system = { serial: "LA1", model: "RV55" };
  const { subscription } = registerSystems(account, system, { on: "2024-02-29" });
  assert.equal(subscription.as_of, "2024-02-29");
  // 28 February 2025 + 12 months, and then 48 months after 29 February 2024: no day is lost for good (SUB-2).
  const once = renew(subscription, { months: 12, on: "2024-10-20" });
  const twice = renew(once.subscription, { months: 24, on: "2024-10-20" });
  assert.deepEqual([once.end_date, twice.end_date], ["2026-02-28", "2028-02-29"]);
  const told = subscriptionState(twice.subscription, { on: "2024-10-20" });
  assert.deepEqual(told.subscription, twice.subscription);
});
