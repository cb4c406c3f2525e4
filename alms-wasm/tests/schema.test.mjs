/** The JSON Schemas of the operations: valid themselves, and true of every vector. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

import { AlmsError, callJson, operations } from "alms";

import { REPOSITORY, textOf, topics } from "./conformance.mjs";

const require = createRequire(path.join(REPOSITORY, "alms-wasm/package.json"));
const { default: Ajv } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");

const DRAFT = "https://json-schema.org/draft/2020-12/schema";
/** Fields that hold another program's document, which may say more than is read. */
const FOREIGN = new Map([["systems.from_api", "answer"]]);

const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));
const schemas = operations();
const accepted = topics().flatMap(({ topic, vectors }) =>
  vectors
    .filter(({ error }) => error === undefined)
    .map((vector) => ({ name: `${topic}: ${vector.name}`, op: vector.op, input: JSON.parse(textOf(vector)) })),
);

for (const [op, { input, output }] of Object.entries(schemas)) {
  for (const [side, schema] of Object.entries({ input, output })) {
    test(`the ${side} schema of ${op} is valid`, () => {
      assert.equal(schema.$schema, DRAFT);
      assert.equal(schema.type, "object");
      // Throws at what the draft or strict mode does not allow.
      ajv.compile(schema);
    });
  }
}

for (const [op, sides] of Object.entries(schemas)) {
  test(`the schemas of ${op} are those of the core`, () => {
    for (const side of ["input", "output"]) {
      const file = path.join(REPOSITORY, "alms-core/schema", `${op}.${side}.json`);
      assert.deepEqual(sides[side], JSON.parse(readFileSync(file, "utf8")));
    }
  });
}

test("every operation has a vector that is accepted", () => {
  const seen = new Set(accepted.map(({ op }) => op));
  assert.deepEqual(Object.keys(schemas).filter((op) => !seen.has(op)), []);
});

for (const { name, op, input } of accepted) {
  test(`${name} fits the schemas`, () => {
    const output = JSON.parse(callJson(op, JSON.stringify(input)));
    assert.deepEqual(problems(op, "output", output), []);
    const misfits = problems(op, "input", input);
    // A verdict that calls a value malformed, by no rule, takes the document all the same, to find all that is wrong;
    // a schema can say some of it, but not that an amount is below zero.
    if (!output.errors?.some(({ rule }) => rule === null)) assert.deepEqual(misfits, []);
  });
}

for (const { name, op, input } of accepted) {
  test(`${name} with an unknown field fits no longer`, () => {
    for (const { at, extended } of withUnknownField(input, FOREIGN.get(op))) {
      assert.notDeepEqual(problems(op, "input", extended), [], `the schema lets ${at} have any field`);
      assert.throws(
        () => callJson(op, JSON.stringify(extended)),
        (error) => error instanceof AlmsError && error.code === "invalid_input",
        `the library lets ${at} have any field`,
      );
    }
  });
}

/** What the schema says against a document, a sentence each. */
function problems(op, side, document) {
  const validate = ajv.compile(schemas[op][side]);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The document once for every object in it, except in a foreign field, with one field more in that object. */
function* withUnknownField(document, foreign) {
  for (const keys of objects(document)) {
    if (keys.length > 0 && keys[0] === foreign) continue;
    const extended = structuredClone(document);
    keys.reduce((value, key) => value[key], extended).no_such_field = 1;
    yield { at: ["$", ...keys].join("."), extended };
  }
}

/** The paths of all objects in a document, itself included. */
function* objects(value, keys = []) {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield keys;
  for (const key of Object.keys(value)) yield* objects(value[key], [...keys, key]);
}
