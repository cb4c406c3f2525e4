/**
 * Schemas and library draw the same limits: every value of the accepted vectors is replaced by ones just inside and just
 * outside of the limits of any field, and whatever fits the schema is read, and nothing else is.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

import { AlmsError, callJson, operations } from "alms";

import { REPOSITORY, textOf, topics } from "./conformance.mjs";

const require = createRequire(path.join(REPOSITORY, "alms-wasm/package.json"));
const { default: Ajv } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");

const ajv = addFormats(new Ajv({ strict: true }));

// JSON Schema counts code points, as the library does; "𝔸" is two units of UTF-16 and four bytes.
const TEXTS = [
  ...["", "x", "é", "\u0000", "\n", " ", "x".repeat(256), "x".repeat(257), "𝔸".repeat(256), "𝔸".repeat(257)],
  ...["1899-12-31", "1900-01-01", "9999-12-31", "10000-01-01", "2023-02-28", "2023-02-29", "2024-02-29", "2023-02-30"],
  ...["2023-04-31", "2023-00-10", "2023-13-10", "2023-01-00", "2023-1-1", "2023-02-28\n", "2023-02-28T00:00:00Z"],
  ...["1899-12", "1900-01", "9999-12", "10000-01", "2023-00", "2023-13", "2023-1", "0000-01"],
  ...["0", "-0", "-0.00", "0.00", "00.10", "1", "-1", "-0.01", "1.5", "1.", ".5", "+1", "1e3", "1,5", "1.5.0", "١", "9".repeat(30)],
  ...["USD", "JPY", "usd", "XAU", "US$", "DE", "UK", "EL", "EU", "de", "XX"],
  ...[`sha256:${"0".repeat(64)}`, `sha256:${"0".repeat(63)}`, `sha256:${"A".repeat(64)}`, "any", "as_is", "TOK-1"],
];
const NUMBERS = [
  ...[-(10 ** 15) - 1, -(10 ** 15), -1, 0, 0.5, 1, 100, 101, 1200, 1201, 1830, 1831, 36_525, 36_526, 65_535, 65_536],
  ...[10 ** 7, 10 ** 7 + 1, 2 ** 32 - 1, 2 ** 32, 83_333_333_333_333, 83_333_333_333_334, 10 ** 15, 10 ** 15 + 1],
];

/** Fields that hold another program's document. */
const FOREIGN = new Map([["systems.from_api", "answer"]]);

/** What no schema says: in which places, and of which values. */
const BEYOND_SCHEMAS = [
  {
    why: "a decimal has at most 28 digits, on both sides of the point together",
    place: /(amount|percent|weight|divisor) string$/,
    of: (value) => value === "9".repeat(30),
  },
  {
    why: "a term without the name of its offer is renewed, and nothing else is asked of it",
    place: /subscriptions?\.(\*\.)?offer string$/,
    of: (value) => value === "",
  },
  { why: "windows ascend", place: /^reseller\.\S+ window_days/, of: () => true },
  {
    why: "a time ends after it has begun, and within the years that are looked at",
    place: /^(subscriptions\.align date|subscriptions\.quote due_until|subscriptions\.invoices until|tokens\.advice until) /,
    of: () => true,
  },
  { why: "a simulation has a beginning and an end", place: /^tokens\.simulate (until|planned\.\*\.on) /, of: () => true },
  {
    why: "what is calculated stays within 10^15",
    place: /^tokens\.advice (balance|expected_end|previous_peak|current_peak|months) /,
    of: (value) => Math.abs(value) > 10 ** 7,
  },
];

const schemas = new Map(
  Object.entries(operations()).map(([op, { input }]) => [op, ajv.compile(input)]),
);

const needed = new Set();
const places = new Map();
for (const { vectors } of topics()) {
  for (const vector of vectors.filter(({ error }) => error === undefined)) {
    const document = JSON.parse(textOf(vector));
    // A verdict on a document that is malformed is an answer, too.
    if (!schemas.get(vector.op)(document)) continue;
    for (const keys of leaves(document)) {
      const type = typeof at(document, keys);
      const place = `${vector.op} ${keys.map((key) => (typeof key === "number" ? "*" : key)).join(".")} ${type}`;
      // The fields of a booking depend on its type.
      const variant = document.bookings?.[keys[1]]?.type ?? document.booking?.type ?? "";
      if (!places.has(place + variant) && keys[0] !== FOREIGN.get(vector.op)) {
        places.set(place + variant, { place, op: vector.op, document, keys });
      }
    }
  }
}

for (const { place, op, document, keys } of places.values()) {
  test(`${place} has the limits of its schema`, () => {
    const fits = schemas.get(op);
    for (const value of typeof at(document, keys) === "number" ? [...NUMBERS, "1"] : [...TEXTS, 1]) {
      const changed = structuredClone(document);
      at(changed, keys.slice(0, -1))[keys.at(-1)] = value;
      const refusal = malformed(op, changed, keys);
      const shown = JSON.stringify(value).slice(0, 40);
      if (fits(changed)) {
        const known = BEYOND_SCHEMAS.find((one) => one.place.test(place) && one.of(value));
        assert.ok(refusal === null || known, `${shown} fits the schema, but: ${refusal}`);
        if (refusal !== null) needed.add(known);
      } else {
        assert.notEqual(refusal, null, `${shown} does not fit the schema, but is read`);
      }
    }
  });
}

test("there are places to look at", () => assert.ok(places.size > 1500, `${places.size}`));

test("what no schema says is still there", () => {
  assert.deepEqual(BEYOND_SCHEMAS.filter((one) => !needed.has(one)), []);
});

/** What the library says if it calls the value in this place malformed, by no rule. */
function malformed(op, document, keys) {
  const here = keys.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("").slice(1);
  const isHere = ({ code, rule, path }) =>
    (code === "invalid_input" || code === "out_of_range") && rule === null && (path === here || path === "");
  try {
    const { errors, results } = JSON.parse(callJson(op, JSON.stringify(document)));
    return (errors ?? []).find(isHere)?.message ?? null;
  } catch (error) {
    if (!(error instanceof AlmsError)) throw error;
    return isHere(error) ? error.message : null;
  }
}

function at(document, keys) {
  return keys.reduce((value, key) => value[key], document);
}

/** The paths of all texts and numbers in a document. */
function* leaves(value, keys = []) {
  if (typeof value === "string" || typeof value === "number") yield keys;
  if (Array.isArray(value)) for (const index of value.keys()) yield* leaves(value[index], [...keys, index]);
  else if (typeof value === "object" && value !== null)
    for (const key of Object.keys(value)) yield* leaves(value[key], [...keys, key]);
}
