/**
 * A whole fleet on typed arrays: `planFleet` beside plain JavaScript as one would write it without alms, which knows
 * the default policies only: which outcome, until when, for how many tokens.
 *
 *     cargo xtask package && node benches/js/fleet.mjs [systems …]
 *
 * 1,000,000 systems unless told otherwise. The answers are compared with each other and with a naive model on `Date`,
 * system by system.
 */
import assert from "node:assert/strict";

import { planFleet } from "../../alms-wasm/js/fleet/node.js";

const DAY_MS = 86_400_000;
const NONE = -0x8000_0000;
const ON = days("2023-03-31");
const CUTOFF = days("2022-03-31");
const [ACTIVE, SUSPENDED, INVENTORY_STATE, MAINTENANCE] = [0, 1, 2, 3];
const [DELETED, INVENTORY, COMPLETE, BASIC] = [0, 1, 2, 3];
const SEED = 6;
const REPEATS = 7;
/** Both kinds of program become fast when they have run for some time: what is measured is a page that has. */
const WARM_UP_MS = 300;

for (const count of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000_000]) {
  const given = fleet(count);
  const out = { outcome: new Uint8Array(count), end: new Int32Array(count), tokens: new Int32Array(count) };
  const [systems, accounts] = columns(given);
  const plain = () => plan(given, out);
  const module = () => planFleet(systems, accounts, { on: "2023-03-31" });
  plain();
  compare(given, out);
  const { outcome, end_date, tokens } = module().systems;
  assert.deepEqual([outcome, end_date, tokens], [out.outcome, out.end, out.tokens]);
  const times = fastest([plain, module]).map((time) => time / count);
  const [byHand, byModule] = times.map((time) => time.toFixed(1));
  const ratio = times[0] / times[1];
  console.log(
    `${count.toLocaleString("en")} systems, ns per system: by hand ${byHand}, planFleet ${byModule}: ` +
      `${ratio.toFixed(2)} times as fast${target(count, ratio)}`,
  );
}

/** What is asked of a million systems and more: with fewer, what the call itself costs counts. */
function target(count, ratio) {
  return count < 1_000_000 ? "" : `; target 1.4: ${ratio >= 1.4 ? "met" : "missed"}`;
}

/** The same fleet as `planFleet` takes it. */
function columns({ starts, pools, state, last, support }) {
  const account = new Int32Array(state.length);
  for (let index = 0; index < pools.length; index++) account.fill(index, starts[index], starts[index + 1]);
  const systems = { account, state, last_communication: last, support_end: support };
  return [systems, { account: Int32Array.from(pools, (_, index) => index), tokens: pools }];
}

/** Plans a fleet that is sorted by account: `starts[a]` to `starts[a + 1]` are the rows of account `a`. */
function plan({ starts, pools, state, last, support }, { outcome, end, tokens }) {
  const onMonth = month(ON);
  for (let account = 0; account < pools.length; account++) {
    const [first, past] = [starts[account], starts[account + 1]];
    let left = pools[account];
    let basic = 0;
    for (let row = first; row < past; row++) {
      const paid = support[row];
      let takes = 0;
      let until = NONE;
      let fate = BASIC;
      if (state[row] === MAINTENANCE) {
        fate = INVENTORY;
      } else if (paid >= ON) {
        fate = COMPLETE;
        until = paid;
        takes = month(paid) - onMonth;
        left -= takes;
      } else if (last[row] < CUTOFF) {
        // NONE is below every date.
        fate = DELETED;
      } else if (state[row] === INVENTORY_STATE) {
        fate = INVENTORY;
      } else {
        basic++;
      }
      outcome[row] = fate;
      end[row] = until;
      tokens[row] = takes;
    }
    if (basic === 0) continue;
    const granted = Math.floor(Math.max(left, 0) / basic);
    const until = addMonths(ON, granted);
    for (let row = first; row < past; row++) {
      if (outcome[row] === BASIC) {
        end[row] = until;
        tokens[row] = granted;
      }
    }
  }
}

/** The number of the month of a day, from days since 1970-01-01 alone (the civil calendar in eras of 400 years). */
function month(day) {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36_524) | 0) - ((ofEra / 146_096) | 0)) / 365) | 0;
  const ofYear = ofEra - (365 * year + ((year / 4) | 0) - ((year / 100) | 0));
  // Counted from March on, as the years of this calendar are.
  return (era * 400 + year) * 12 + (((5 * ofYear + 2) / 153) | 0) + 2;
}

function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const target = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(target);
  lastDay.setUTCMonth(lastDay.getUTCMonth() + 1, 0);
  return target / DAY_MS + Math.min(date.getUTCDate(), lastDay.getUTCDate()) - 1;
}

/** Compares every answer with those of a model that groups by account and computes with `Date`. */
function compare({ starts, pools, state, last, support }, { outcome, end, tokens }) {
  const on = new Date(ON * DAY_MS);
  const monthsUntil = (date) =>
    (date.getUTCFullYear() - on.getUTCFullYear()) * 12 + date.getUTCMonth() - on.getUTCMonth();
  for (let account = 0; account < pools.length; account++) {
    const rows = Array.from({ length: starts[account + 1] - starts[account] }, (_, place) => starts[account] + place);
    const fates = rows.map((row) => {
      if (state[row] === MAINTENANCE) return { fate: INVENTORY };
      const paid = support[row] === NONE ? null : new Date(support[row] * DAY_MS);
      if (paid && paid >= on) return { fate: COMPLETE, end: support[row], tokens: monthsUntil(paid) };
      if (last[row] === NONE || last[row] < CUTOFF) return { fate: DELETED };
      return { fate: state[row] === INVENTORY_STATE ? INVENTORY : BASIC };
    });
    const left = fates.reduce((sum, { tokens: taken = 0 }) => sum - taken, pools[account]);
    const granted = Math.floor(Math.max(left, 0) / fates.filter(({ fate }) => fate === BASIC).length);
    fates.forEach(({ fate, ...rest }, place) => {
      const expected = fate === BASIC ? { end: addMonths(ON, granted), tokens: granted } : rest;
      const row = rows[place];
      assert.deepEqual(
        [outcome[row], end[row], tokens[row]],
        [fate, expected.end ?? NONE, expected.tokens ?? 0],
        `system ${row} of account ${account}`,
      );
    });
  }
}

/** Accounts of 1 to 500 systems, the same for the same size. */
function fleet(count) {
  const random = generator(SEED);
  const below = (limit) => Math.floor(random() * limit);
  const starts = [0];
  while (starts.at(-1) < count) starts.push(Math.min(count, starts.at(-1) + 1 + below(500)));
  const pools = Int32Array.from({ length: starts.length - 1 }, () => below(4_010) - 10);
  const states = [...Array(15).fill(ACTIVE), ...Array(3).fill(SUSPENDED), INVENTORY_STATE, MAINTENANCE];
  const state = Uint8Array.from({ length: count }, () => states[below(states.length)]);
  const last = Int32Array.from({ length: count }, () => (random() < 0.05 ? NONE : ON - below(500)));
  const support = Int32Array.from({ length: count }, () => (random() < 0.7 ? NONE : ON - 300 + below(900)));
  return { starts: Int32Array.from(starts), pools, state, last, support };
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function days(text) {
  return Date.parse(text) / DAY_MS;
}

/** Nanoseconds of the best run of each, in turns. */
function fastest(programs) {
  programs.forEach((program) => {
    for (const end = performance.now() + WARM_UP_MS; performance.now() < end; ) program();
  });
  const best = programs.map(() => Infinity);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    programs.forEach((program, index) => {
      const start = process.hrtime.bigint();
      program();
      best[index] = Math.min(best[index], Number(process.hrtime.bigint() - start));
    });
  }
  return best;
}
