/** `call`, `callJson` and `operations` in Node: values that cross the border, and those that must not. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AlmsError, call, callJson, init, operations } from "alms";

const OP = "calendar.add_months";
const JANUARY = { date: "2023-01-31", months: 1 };

/** The error that `run` throws, which must be an AlmsError. */
function refused(run) {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof AlmsError, `${error}`);
    assert.ok(error instanceof Error);
    assert.ok(!error.message.includes("\n"));
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("call and callJson answer on import", () => {
  assert.deepEqual(call(OP, JANUARY), { date: "2023-02-28" });
  assert.equal(callJson(OP, JSON.stringify(JANUARY)), '{"date":"2023-02-28"}');
});

test("init is there for programs that also run in a browser", async () => {
  assert.equal(await init(), undefined);
  assert.deepEqual(call(OP, JANUARY), { date: "2023-02-28" });
});

test("operations tell their schemas", () => {
  const { summary, input, output } = operations()[OP];
  assert.ok(summary);
  assert.deepEqual(Object.keys(input.properties).sort(), ["date", "months"]);
  assert.deepEqual(Object.keys(output.properties), ["date"]);
});

test("every operation answers", () => {
  for (const op of Object.keys(operations())) {
    assert.equal(refused(() => call(op, { no_such_field: 1 })).code, "invalid_input");
  }
});

test("an error has all its fields", () => {
  const error = refused(() => call(OP, { ...JANUARY, date: "2023-02-30" }));
  assert.equal(error.name, "AlmsError");
  assert.equal(error.code, "invalid_input");
  assert.equal(error.rule, null);
  assert.equal(error.path, "date");
  assert.match(error.message, /`2023-02-30`/);
  assert.equal(typeof error.context, "object");
  assert.equal(String(error), `AlmsError: ${error.message}`);
  assert.deepEqual(Object.keys(error.toJSON()), ["code", "rule", "path", "message", "context"]);
});

test("undefined properties are absent", () => {
  assert.deepEqual(call(OP, { ...JANUARY, extra: undefined }), { date: "2023-02-28" });
});

test("an object that writes itself is taken at its word", () => {
  assert.deepEqual(call(OP, { date: { toJSON: () => "2023-01-31" }, months: 1 }), { date: "2023-02-28" });
  assert.deepEqual(call(OP, Object.assign(Object.create(null), JANUARY)), { date: "2023-02-28" });
});

const HOSTILE = {
  "a bigint": 1n,
  NaN: NaN,
  infinity: -Infinity,
  "a function": () => 1,
  "a symbol": Symbol("x"),
  "a Map": new Map([["a", 1]]),
  "a Set": new Set([1]),
  "a Promise": Promise.resolve(1),
  "a Date": new Date(0),
  "an invalid Date": new Date(NaN),
  "a typed array": new Uint8Array(2),
  "a boxed number": Object(1),
  "half a character": "\ud800",
  "the other half": "x\udfff",
};

for (const [name, value] of Object.entries(HOSTILE)) {
  test(`${name} in a document is refused`, () => {
    const error = refused(() => call(OP, { date: "2023-01-31", months: [{ deep: value }] }));
    assert.equal(error.code, "invalid_input");
    assert.equal(error.path, "months[0].deep");
    assert.ok(error.message.isWellFormed());
  });
}

test("undefined elements and holes are refused", () => {
  assert.equal(refused(() => call(OP, { a: [undefined] })).path, "a[0]");
  // eslint-disable-next-line no-sparse-arrays
  assert.equal(refused(() => call(OP, { a: [, 1] })).path, "a[0]");
});

test("half a character in a key is refused", () => {
  assert.equal(refused(() => call(OP, { "\ud800": 1 })).code, "invalid_input");
});

test("a document that contains itself is refused", () => {
  const document = { date: "2023-01-31" };
  document.months = document;
  assert.equal(refused(() => call(OP, document)).code, "invalid_input");
});

test("a deep document is refused", () => {
  let document = {};
  for (let i = 0; i < 100_000; i += 1) document = { date: document };
  assert.equal(refused(() => call(OP, document)).code, "invalid_input");
});

test("a document that throws is refused and keeps its cause", () => {
  const cause = new Error("no");
  const hostile = {
    get date() {
      throw cause;
    },
  };
  assert.equal(refused(() => call(OP, hostile)).cause, cause);
});

test("a shared object is no cycle", () => {
  const shared = { b: 1 };
  assert.equal(refused(() => call("no.such_operation", { x: shared, y: [shared] })).code, "unknown_operation");
});

for (const value of [undefined, null, 1, "x", true, () => 1, Symbol("x"), 1n, []]) {
  test(`a ${value === null ? "null" : typeof value} is no document`, () => {
    assert.equal(refused(() => call(OP, value)).code, "invalid_input");
  });
}

test("texts are strings of valid Unicode", () => {
  for (const [op, input] of [[1, "{}"], [OP, {}], [OP, undefined], [OP, 1n], [OP, new String("{}")]]) {
    assert.equal(refused(() => callJson(op, input)).code, "invalid_input");
  }
  for (const [op, input] of [["\ud800", "{}"], [OP, '{"date":"\udfff"}']]) {
    const error = refused(() => callJson(op, input));
    assert.equal(error.code, "invalid_input");
    assert.match(error.message, /`\\ud[8f]/);
  }
});

const HOSTILE_TEXTS = [
  "",
  "{",
  "[]",
  "null",
  "[".repeat(100_000),
  '{"a":'.repeat(100_000),
  '{"date":"2023-01-31","months":1} x',
  '{"date":"2023-01-31","months":1e400}',
  `{"date":"2023-01-31","months":${"9".repeat(10_000)}}`,
  '{"date":"2023-01-31","months":1,"months":2}',
  '{"date":"\\ud800","months":1}',
  '{"date":"\u0000","months":1}',
  `{"date":"${"x".repeat(1_000_000)}","months":1}`,
];

for (const text of HOSTILE_TEXTS) {
  test(`the text ${JSON.stringify(text.slice(0, 24))} (${text.length}) is refused`, () => {
    assert.ok(refused(() => callJson(OP, text)).code);
    assert.deepEqual(call(OP, JANUARY), { date: "2023-02-28" });
  });
}
