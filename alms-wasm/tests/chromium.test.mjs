/** The browser entry in real Chromium: every vector, byte for byte, and a call before `init`. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { textOf, topics } from "./conformance.mjs";
import { serve } from "./serve.mjs";
import { chromium } from "./tools.mjs";

/** The page is no project: the browser finds the package by its address alone. */
const PAGE = `<!doctype html><title>alms</title>
<script type="importmap">{"imports": {"alms": "./js/index.js"}}</script>
<script type="module">
  import * as alms from "alms";
  window.alms = alms;
</script>`;

const all = topics().map(({ topic, vectors, outputs }) => ({
  topic,
  outputs,
  calls: vectors.map((vector) => [vector.op, textOf(vector)]),
}));

let server, browser, page;
const problems = [];

before(async () => {
  const root = fileURLToPath(new URL("..", import.meta.resolve("alms")));
  writeFileSync(path.join(root, "page.html"), PAGE);
  server = await serve(root);
  browser = await chromium();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(request.url()));
  await page.goto(`${server.address}/page.html`);
  await page.waitForFunction(() => "alms" in globalThis);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("a call before init says what to do", async () => {
  const error = await page.evaluate(() => {
    try {
      return alms.addMonths("2023-01-31", 1);
    } catch (thrown) {
      return { isError: thrown instanceof alms.AlmsError && thrown instanceof Error, ...thrown.toJSON() };
    }
  });
  assert.equal(error.isError, true);
  assert.equal(error.code, "not_initialized");
  assert.match(error.message, /`await init\(\)`/);
});

test("init loads the module from beside the package", async () => {
  assert.equal(await page.evaluate(() => alms.init()), undefined);
  assert.equal(await page.evaluate(() => alms.addMonths("2023-01-31", 1)), "2023-02-28");
});

for (const { topic, calls, outputs } of all) {
  test(`${topic} in Chromium`, async () => {
    const texts = await page.evaluate(
      (calls) =>
        calls.map(([op, input]) => {
          try {
            return alms.callJson(op, input);
          } catch (error) {
            return JSON.stringify(error);
          }
        }),
      calls,
    );
    assert.deepEqual([...texts, ""], outputs);
  });
}

test("nothing went wrong on the page", () => {
  assert.deepEqual(problems, []);
});
