/** What must not happen: a trap, another error than an AlmsError, memory that grows. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AlmsError, addMonths, callJson } from "alms";

import { textOf, topics } from "./conformance.mjs";

const { initSync } = await import(new URL("../pkg/alms.js", import.meta.resolve("alms")));
/** What the module exports; it is loaded already, and nothing is loaded twice. */
const { memory } = initSync();

const VALUES = [null, true, 0, -1, 1e15, 2 ** 53, 1e300, 0.5, "", "x", "9999-12-31", "1900-01-01", "\u{1f4a5}".repeat(300), [], {}, [[]]];

/** A generator of numbers below n: the same ones in every run. */
function generator(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

test("documents with wrong values get an answer or an AlmsError", () => {
  const random = generator(20_230_325);
  let refused = 0;
  for (const { vectors } of topics()) {
    for (const vector of vectors) {
      if (vector.input === undefined) continue;
      for (let round = 0; round < 12; round += 1) {
        const text = JSON.stringify(spoilt(vector.input, random));
        refused += isRefused(vector.op, text) ? 1 : 0;
        // A text that ends too early, or has something else in it.
        const at = random(text.length);
        isRefused(vector.op, text.slice(0, at));
        isRefused(vector.op, `${text.slice(0, at)}\\${text.slice(at)}`);
      }
    }
  }
  assert.ok(refused > 1000, `${refused} were refused`);
  assert.equal(addMonths("2023-01-31", 1), "2023-02-28");
});

function isRefused(op, text) {
  try {
    callJson(op, text);
    return false;
  } catch (error) {
    assert.ok(error instanceof AlmsError, `${op} ${text}: ${error}`);
    return true;
  }
}

/** The document with another value, one more or one less, somewhere. */
function spoilt(document, random) {
  const copy = structuredClone(document);
  let holder = copy;
  for (;;) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return copy;
    const key = keys[random(keys.length)];
    const item = holder[key];
    if (typeof item === "object" && item !== null && Object.keys(item).length > 0 && random(4) > 0) {
      holder = item;
      continue;
    }
    if (random(5) === 0 && !Array.isArray(holder)) delete holder[key];
    else holder[key] = VALUES[random(VALUES.length)];
    return copy;
  }
}

test("memory does not grow over a million calls", () => {
  const calls = [
    ["calendar.add_months", '{"date":"2023-01-31","months":1}'],
    ["calendar.add_months", '{"date":"2023-02-30","months":1}'],
    ["tokens.coverage", '{"packs":3,"systems":7}'],
    ["no.such_operation", "{}"],
    ["orders.price", '{"packs":10,"discount":{"percent":"12.5"}}'],
  ];
  const run = (count) => {
    for (let i = 0; i < count; i += 1) {
      const [op, input] = calls[i % calls.length];
      try {
        callJson(op, input);
      } catch {
        // Errors cross the border, too.
      }
    }
  };
  run(10_000);
  const before = memory.buffer.byteLength;
  run(1_000_000);
  assert.equal(memory.buffer.byteLength, before);
});

test("memory does not grow over large documents", () => {
  const systems = Array.from({ length: 1000 }, (_, i) => ({ serial: `LA${i}`, model: "RV55", state: "active" }));
  const account = { uid: "a1", name: "A", instance: "na", format: "legacy", kind: "customer", tokens: 9, systems };
  const input = JSON.stringify({ account, on: "2023-05-15" });
  for (let i = 0; i < 50; i += 1) callJson("migration.plan", input);
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 300; i += 1) callJson("migration.plan", input);
  assert.equal(memory.buffer.byteLength, before);
});
