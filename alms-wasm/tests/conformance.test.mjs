/** Every vector through `callJson`, byte for byte. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AlmsError, callJson } from "alms";

import { difference, textOf, topics } from "./conformance.mjs";

const all = topics();

test("there are vectors", () => {
  assert.ok(all.some(({ vectors }) => vectors.length > 0));
});

for (const { topic, vectors, outputs } of all) {
  vectors.forEach((vector, line) => {
    test(`${topic}: ${vector.name}`, () => {
      const text = run(vector);
      assert.ok(line < outputs.length - 1, `no line ${line + 1} in outputs/${topic}.jsonl: run \`cargo xtask bless\``);
      assert.equal(text, outputs[line]);
      assert.notEqual(vector.expect === undefined, vector.error === undefined);
      assert.equal(difference(vector.expect ?? vector.error, JSON.parse(text)), null);
    });
  });
}

/** The output, or the error written from the fields of the exception. */
function run(vector) {
  if (vector.error === undefined) return callJson(vector.op, textOf(vector));
  let error;
  assert.throws(
    () => callJson(vector.op, textOf(vector)),
    (thrown) => (error = thrown) instanceof AlmsError,
  );
  return JSON.stringify(error);
}

test("a difference is found", () => {
  assert.equal(difference({ a: 1 }, { a: 1, b: 2 }), null);
  assert.equal(difference({ a: { b: [1, 2] } }, { a: { b: [1, 3] } }), "$.a.b[1] is 3, not 2");
  assert.equal(difference({ a: [1] }, { a: [1, 2] }), "$.a has 2 elements, not 1");
  assert.equal(difference({ a: null }, {}), "$ has no a");
  assert.equal(difference([], {}), "$ is {}, not []");
});
