// The JavaScript of the repository's README runs and its assertion holds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const repository = process.env.ALMS_REPOSITORY;

test("the README's JavaScript runs", () => {
  assert.ok(repository, "ALMS_REPOSITORY names the checkout");
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);
  assert.equal(blocks.length, 1);
  // A file of this project, so that "alms" is the installed package.
  const file = join(import.meta.dirname, "readme-block.mjs");
  writeFileSync(file, blocks[0].replaceAll("console.assert(", "globalThis.assert("));
  try {
    const setUp = "data:text/javascript,import assert from 'node:assert';globalThis.assert=assert";
    execFileSync(process.execPath, ["--import", setUp, file], { stdio: "pipe" });
  } finally {
    rmSync(file);
  }
});
