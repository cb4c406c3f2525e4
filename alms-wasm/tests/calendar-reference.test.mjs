/** Dates against an independent library: months by Luxon. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

import { AlmsError, call } from "alms";

import { REPOSITORY } from "./conformance.mjs";

const require = createRequire(path.join(REPOSITORY, "alms-wasm/package.json"));
const { DateTime } = require("luxon");

const FIRST = DateTime.utc(1900, 1, 1);
const LAST = DateTime.utc(9999, 12, 31);
const CASES = 3_000;

/** Numbers that look random and are the same in every run (mulberry32). */
function generator(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number, both ends included. */
  const within = (least, most) => least + Math.floor(next() * (most - least + 1));
  return { within, pick: (list) => list[within(0, list.length - 1)] };
}

/** Any day, often at the end of a month or in February. */
function someDay(random, firstYear, lastYear) {
  const month = DateTime.utc(random.within(firstYear, lastYear), random.pick([2, random.within(1, 12)]), 1);
  const day = random.pick([random.within(1, 31), random.within(27, 31)]);
  return month.set({ day: Math.min(day, month.daysInMonth) });
}

const text = (date) => date.toISODate();

test("months are those of Luxon", () => {
  const random = generator(1);
  for (let n = 0; n < CASES; n += 1) {
    const date = someDay(random, 1900, 9999);
    const reach = random.pick([40, 1_200, 97_199]);
    const months = random.within(-reach, reach);
    const sum = date.plus({ months });
    const input = { date: text(date), months };
    if (sum < FIRST || sum > LAST) {
      assert.throws(
        () => call("calendar.add_months", input),
        (error) => error instanceof AlmsError && error.code === "date_out_of_range",
        JSON.stringify(input),
      );
    } else {
      assert.deepEqual(call("calendar.add_months", input), { date: text(sum) }, JSON.stringify(input));
    }
  }
});

/** After how many whole months a day comes again at another one; null if it does not. */
function wholeMonths(first, last) {
  const months = (last.year - first.year) * 12 + last.month - first.month;
  return +first.plus({ months }) === +last ? months : null;
}

/** The day on which the term of an order begins (SUB-4). */
function begins(late, end, on) {
  const days = on.diff(end, "days").days;
  if (days <= 0 || late === "from_end") return end;
  return late === "backdated" && days > 10 ? end.plus({ days: Math.max(0, days - 180) }) : on;
}

for (const late of ["from_order", "from_end", "backdated"]) {
  test(`renewals end when Luxon says, ${late}`, () => {
    const random = generator(2);
    let over = 0;
    for (let n = 0; n < CASES; n += 1) {
      const end = someDay(random, 1990, 2090);
      const whole = random.within(0, 1) === 1;
      const registered = end.minus(whole ? { months: random.within(0, 90) } : { days: random.within(0, 3_000) });
      const on = end.plus({ days: random.within(-500, 500) });
      const months = random.within(1, 144);
      const subscription = {
        registered: text(registered),
        end_date: text(end),
        warranty_end: text(end),
      };
      const begin = begins(late, end, on);
      // Terms without a gap are counted from the registration if the end is its anniversary (SUB-2).
      const since = +begin === +end ? wholeMonths(registered, end) : null;
      const anchor = since === null ? begin : registered;
      const newEnd = anchor.plus({ months: (since ?? 0) + months });
      const input = { subscription, months, on: text(on), late: late === "backdated" ? { backdated: {} } : late };
      if (newEnd <= on) {
        over += 1;
        assert.throws(() => call("subscriptions.renew", input), { code: "term_over_before_order" }, JSON.stringify(input));
        continue;
      }
      // A gap ends the warranty, unless its five years had been over before (SUB-6).
      const limit = registered.plus({ years: 5 });
      const warranty = begin > end && limit >= end ? null : text(DateTime.min(newEnd, limit));
      const renewal = call("subscriptions.renew", input);
      assert.equal(renewal.end_date, text(newEnd), JSON.stringify(input));
      assert.equal(renewal.warranty_end, warranty, JSON.stringify(input));
      assert.equal(renewal.terms_from, text(anchor), JSON.stringify(input));
      assert.equal(renewal.reactivated, end < on, JSON.stringify(input));
    }
    assert.equal(over > 0, late !== "from_order");
  });
}

test("billing periods begin when Luxon says", () => {
  const random = generator(3);
  for (let n = 0; n < CASES / 10; n += 1) {
    const registered = someDay(random, 2000, 2050);
    const length = random.within(1, 60);
    // Each boundary counted from the registration, and never from the one before.
    const boundary = (index) => registered.plus({ months: 12 + index * length });
    const first = random.within(0, 5);
    const from = boundary(first);
    const until = from.plus({ years: 10 });
    const expected = [];
    for (let index = first; boundary(index) <= until; index += 1) {
      expected.push([text(boundary(index)), text(boundary(index + 1))]);
    }
    const offer = "AirLink Complete";
    const input = {
      subscriptions: [
        {
          serial: "A",
          offer,
          registered: text(registered),
          billing: "direct",
          renews_every_months: length,
        },
      ],
      from: text(from),
      until: text(until),
      prices: [{ offer, months: length, price: { amount: "9.99", currency: "USD" } }],
    };
    const { invoices } = call("subscriptions.invoices", input);
    const found = invoices.flatMap(({ lines }) => lines.map((line) => [line.start_date, line.end_date]));
    assert.deepEqual(found, expected, JSON.stringify(input));
    assert.deepEqual(
      invoices.map(({ on }) => on),
      expected.map(([start]) => start),
    );
  }
});
