/** The browser entry, run in Node: it must be initialised first, and says so. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const entry = new URL("./index.js", import.meta.resolve("alms"));
const wasm = new URL(import.meta.resolve("alms/alms.wasm"));
const browser = await import(entry);
const { AlmsError, addMonths, call, callJson, init, operations } = browser;
const functions = Object.keys(await import(new URL("./operations.js", entry)));

const JANUARY = { date: "2023-01-31", months: 1 };

function isNotInitialized(error) {
  return error instanceof AlmsError && error.code === "not_initialized" && error.rule === null;
}

test("a call before init says what to do", () => {
  for (const run of [
    () => callJson("calendar.add_months", JSON.stringify(JANUARY)),
    () => call("calendar.add_months", JANUARY),
    () => addMonths(JANUARY.date, JANUARY.months),
  ]) {
    assert.throws(run, (error) => isNotInitialized(error) && error.message.includes("`await init()`"));
  }
});

test("the operations are told without the module", () => {
  assert.equal(Object.keys(operations()).length, functions.length);
});

test("a failed load can be repeated", async () => {
  await assert.rejects(init(new Uint8Array([1, 2, 3])), isNotInitialized);
  assert.throws(() => addMonths(JANUARY.date, JANUARY.months), isNotInitialized);

  const [first, second] = [init(readFileSync(wasm)), init()];
  assert.equal(first, second);
  await first;
  assert.deepEqual(call("calendar.add_months", JANUARY), { date: "2023-02-28" });
});

test("both entries export the same, which is what the types declare", async () => {
  const names = ["AlmsError", "call", "callJson", "init", "operations", ...functions].sort();
  assert.deepEqual(Object.keys(browser).sort(), names);
  assert.deepEqual(Object.keys(await import("alms")).sort(), names);
});

test("the entry of fleets is loaded by itself, and exports the same in both", async () => {
  const fleet = await import(new URL("./index.js", import.meta.resolve("alms/fleet")));
  const none = { account: [], state: [], last_communication: new Int32Array(), support_end: new Int32Array() };
  const plan = () => fleet.planFleet(none, { account: [], tokens: new Int32Array() });
  assert.throws(plan, isNotInitialized);
  await fleet.init(readFileSync(new URL(import.meta.resolve("alms/fleet.wasm"))));
  assert.equal(plan().systems.outcome.length, 0);
  assert.deepEqual(Object.keys(fleet).sort(), Object.keys(await import("alms/fleet")).sort());
});
