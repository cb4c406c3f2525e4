/** `planFleet`: typed arrays in and out, with the answers of `planMigration`. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { planMigration } from "alms";
import {
  ACCOUNT_ERRORS,
  AlmsError,
  NO_DAY,
  NO_OUTCOME,
  OUTCOMES,
  REASONS,
  SYSTEM_STATES,
  dateOf,
  dayNumber,
  planFleet,
} from "alms/fleet";

const { initSync } = await import(new URL("../../pkg/alms_fleet.js", import.meta.resolve("alms/fleet")));
/** What the module exports; it is loaded already, and nothing is loaded twice. */
const { memory } = initSync();

const ON = "2023-03-25";
const DAY = dayNumber(ON);
const POLICIES = [
  {},
  { month_rounding: "up" },
  { month_rounding: "pro_rata_days" },
  { cleanup: "strict", inactive_months: 6 },
  { complete_renewal: { support_date_plus_years: 2 } },
];

/** Numbers from 0 to 1, the same for the same seed. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Systems of ten accounts in a random order: every state, dates on and beside the limits. */
function fleet(count, seed) {
  const random = generator(seed);
  const below = (limit) => Math.floor(random() * limit);
  const column = (type, value) => type.from({ length: count }, value);
  const systems = {
    account: column(Int32Array, () => below(10)),
    state: column(Uint8Array, () => below(SYSTEM_STATES.length)),
    last_communication: column(Int32Array, () => (random() < 0.1 ? NO_DAY : DAY - below(500))),
    support_end: column(Int32Array, () => (random() < 0.5 ? NO_DAY : DAY - 20 + below(900))),
  };
  const accounts = {
    account: Int32Array.from({ length: 10 }, (_, account) => account),
    tokens: Int32Array.from({ length: 10 }, () => below(800) - 20),
    on: Int32Array.from({ length: 10 }, () => (random() < 0.5 ? NO_DAY : DAY + below(60))),
  };
  return { systems, accounts };
}

/** An account of a fleet as an object in the wire form. */
function accountOf({ systems, accounts }, index) {
  const rows = [...systems.account.keys()].filter((row) => systems.account[row] === index);
  const system = (row) => ({
    serial: `LA${row}`,
    model: "RV55",
    state: SYSTEM_STATES[systems.state[row]],
    last_communication: dateOf(systems.last_communication[row]),
    support_end: dateOf(systems.support_end[row]),
  });
  const account = { uid: `a${index}`, name: `Account ${index}`, instance: "na", format: "legacy", kind: "customer" };
  return { rows, account: { ...account, tokens: accounts.tokens[index], systems: rows.map(system) } };
}

test("every account of a random fleet has the plan of planMigration, under every policy", () => {
  for (const [seed, policy] of POLICIES.entries()) {
    const given = fleet(2_000, seed);
    const plan = planFleet(given.systems, given.accounts, { on: ON, policy });
    for (const index of given.accounts.account) {
      const { rows, account } = accountOf(given, index);
      const on = dateOf(given.accounts.on[index]) ?? ON;
      const wanted = planMigration(account, { on, policy });
      const of = (column) => plan.accounts[column][index];
      assert.equal(ACCOUNT_ERRORS[of("error")], null);
      assert.equal(dateOf(of("on")), on);
      assert.deepEqual(Object.fromEntries(Object.keys(wanted.tokens).map((name) => [name, of(name)])), wanted.tokens);
      assert.deepEqual(Object.fromEntries(Object.keys(wanted.summary).map((name) => [name, of(name)])), wanted.summary);
      assert.equal(dateOf(of("basic_end_date")), wanted.basic?.end_date ?? null);
      assert.equal(of("granted_months"), wanted.basic?.granted_months ?? 0);
      assert.equal(of("granted_days"), wanted.basic?.granted_days ?? 0);
      rows.forEach((row, place) => {
        const { outcome, end_date, tokens, rules } = wanted.systems[place];
        assert.deepEqual(
          {
            outcome: OUTCOMES[plan.systems.outcome[row]],
            end_date: dateOf(plan.systems.end_date[row]),
            tokens: plan.systems.tokens[row],
            rule: REASONS[plan.systems.reason[row]],
          },
          { outcome, end_date, tokens, rule: rules[0] },
          `system ${row} of account ${index}`,
        );
      });
    }
  }
});

test("keys of every kind, states by name and by code, tokens of both types give the same plan", () => {
  const { systems, accounts } = fleet(500, 7);
  const wanted = planFleet(systems, accounts, { on: ON });
  const keys = [(key) => BigInt64Array.from(key, BigInt), (key) => Array.from(key, (number) => `account ${number}`)];
  for (const key of keys) {
    const named = { ...systems, account: key(systems.account), state: Array.from(systems.state, (c) => SYSTEM_STATES[c]) };
    const pools = { ...accounts, account: key(accounts.account), tokens: Float64Array.from(accounts.tokens) };
    assert.deepEqual(planFleet(named, pools, { on: ON }), wanted);
  }
  const sorted = [...systems.account.keys()].sort((a, b) => systems.account[a] - systems.account[b]);
  const inOrder = Object.fromEntries(
    Object.entries(systems).map(([name, column]) => [name, column.map((_, place) => column[sorted[place]])]),
  );
  const plan = planFleet(inOrder, accounts, { on: ON });
  assert.deepEqual(plan.accounts, wanted.accounts);
  assert.deepEqual([...plan.systems.end_date], sorted.map((row) => wanted.systems.end_date[row]));
});

test("bad rows come out with their error, and their account is not planned", () => {
  const systems = {
    account: [null, "nobody", "a", "a", "a", "b", "c", "c", "x"],
    state: ["active", "active", null, "Active", "active", "active", "active", "maintenance", "active"],
    last_communication: Int32Array.of(DAY, DAY, DAY, DAY, DAY, 3_000_000, DAY, DAY, DAY),
    support_end: new Int32Array(9).fill(NO_DAY),
    model: ["RV55", null, "", "RV55", "RV55", "RV55", "RV55", "RV55", "AirLink XR80"],
  };
  const accounts = { account: ["a", "b", "c", "x"], tokens: Int32Array.of(5, 5, 5, 5) };
  const plan = planFleet(systems, accounts, { on: ON });
  assert.deepEqual(
    Array.from(plan.systems.reason, (code) => REASONS[code]),
    [
      "missing_account",
      "unknown_account",
      "missing_state",
      "unknown_state",
      "account_not_planned",
      "out_of_range",
      "MIG-9",
      "MIG-3",
      "account_not_planned",
    ],
  );
  assert.deepEqual(
    Array.from(plan.accounts.error, (code) => ACCOUNT_ERRORS[code]),
    ["bad_rows", "bad_rows", null, "xr_in_legacy_account"],
  );
  assert.deepEqual([...plan.systems.outcome.subarray(0, 6)], new Array(6).fill(NO_OUTCOME));
  // Five tokens for one system: five months.
  assert.equal(dateOf(plan.systems.end_date[6]), "2023-08-25");
});

test("a serial twice in an account is a bad row, but for the first", () => {
  const systems = {
    account: ["a", "b", "a", "a", "b"],
    state: new Array(5).fill("active"),
    last_communication: new Int32Array(5).fill(DAY),
    support_end: new Int32Array(5).fill(NO_DAY),
  };
  const accounts = { account: ["a", "b"], tokens: Int32Array.of(5, 5) };
  const errors = (serial) => {
    const plan = planFleet({ ...systems, serial }, accounts, { on: ON });
    const of = (codes, names) => Array.from(codes, (code) => names[code]);
    return [...of(plan.systems.reason, REASONS), ...of(plan.accounts.error, ACCOUNT_ERRORS)];
  };
  const none = "account_not_planned";
  assert.deepEqual(errors(["LA1", "LA1", "LA2", "LA1", null]), [none, "MIG-9", none, "duplicate_serial", "MIG-9", "bad_rows", null]);
  assert.deepEqual(errors(null), [...new Array(5).fill("MIG-9"), null, null]);
});

test("an account that cannot be planned says why", () => {
  const long = "x".repeat(257);
  const accounts = {
    account: ["a", "b", "c", "d", "a", null, long, "e"],
    tokens: Float64Array.of(1, Number.NaN, 1.5, 1e15 + 2, 1, 1, 1, 1e15),
    on: Int32Array.of(DAY, DAY, DAY, DAY, DAY, DAY, DAY, NO_DAY),
  };
  const none = { account: [], state: [], last_communication: new Int32Array(), support_end: new Int32Array() };
  const { error } = planFleet(none, accounts).accounts;
  assert.deepEqual(
    Array.from(error, (code) => ACCOUNT_ERRORS[code]),
    [
      null,
      "missing_tokens",
      "out_of_range",
      "out_of_range",
      "duplicate_account",
      "missing_account",
      "invalid_account",
      "missing_on",
    ],
  );
  const largest = planFleet(none, { account: ["e"], tokens: Float64Array.of(1e15) }, { on: ON }).accounts;
  assert.deepEqual([largest.opening[0], largest.unallocated[0]], [1e15, 1e15]);
});

test("a column of another type or length is refused where it is", () => {
  const { systems, accounts } = fleet(5, 1);
  const days = new Int32Array(5);
  const wrong = [
    [null, accounts, {}, "systems"],
    [systems, [], {}, "accounts"],
    [systems, accounts, 5, ""],
    [{ ...systems, account: new Float64Array(5) }, accounts, {}, "accounts.account"],
    [{ ...systems, account: new Float64Array(5) }, { ...accounts, account: new Float64Array(10) }, {}, "systems.account"],
    [{ ...systems, account: [1, 2, 3, 4, 5] }, { ...accounts, account: new Array(10).fill("a") }, {}, "systems.account[0]"],
    [{ ...systems, account: new Array(5).fill("a") }, { ...accounts, account: ["a", "\ud800"] }, {}, "accounts.account[1]"],
    [{ ...systems, state: days }, accounts, {}, "systems.state"],
    [{ ...systems, state: [0, 0, 0, 0, 0] }, accounts, {}, "systems.state[0]"],
    [{ ...systems, support_end: new Int32Array(4) }, accounts, {}, "systems.support_end"],
    [{ ...systems, last_communication: new BigInt64Array(5) }, accounts, {}, "systems.last_communication"],
    [{ ...systems, model: ["RV55"] }, accounts, {}, "systems.model"],
    [{ ...systems, serial: ["LA1"] }, accounts, {}, "systems.serial"],
    [{ ...systems, serial: [1, 2, 3, 4, 5] }, accounts, {}, "systems.serial[0]"],
    [systems, { ...accounts, tokens: undefined }, {}, "accounts.tokens"],
    [systems, { ...accounts, on: new Int32Array(9) }, {}, "accounts.on"],
    [systems, accounts, { on: "2023-02-30" }, "on"],
    [systems, accounts, { policy: { cleanup: "never" } }, "policy.cleanup"],
    [systems, accounts, { until: ON }, "until"],
  ];
  for (const [rows, pools, options, path] of wrong) {
    const refused = (error) => error instanceof AlmsError && error.code === "invalid_input" && error.path === path;
    assert.throws(() => planFleet(rows, pools, options), refused, path);
  }
});

test("days are counted from 1970 and come back", () => {
  for (const [date, day] of [
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2024-02-29", 19_782],
    ["9999-12-31", 2_932_896],
    [null, NO_DAY],
  ]) {
    assert.equal(dayNumber(date), day);
    assert.equal(dateOf(day), date);
  }
  for (const date of ["2023-02-29", "2023-2-1", "", "soon", 5, new Date(0)]) {
    assert.throws(() => dayNumber(date), AlmsError, String(date));
  }
});

test("memory does not grow over many fleets", () => {
  const { systems, accounts } = fleet(10_000, 3);
  const plan = () => planFleet(systems, accounts, { on: ON });
  for (let round = 0; round < 20; round += 1) plan();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 500; round += 1) plan();
  assert.equal(memory.buffer.byteLength, before);
});
