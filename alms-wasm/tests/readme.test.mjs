// The JavaScript of the READMEs runs and its assertions hold.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const repository = process.env.ALMS_REPOSITORY;

for (const [name, count] of [
  ["README.md", 1],
  ["alms-wasm/README.md", 3],
]) {
  test(`the JavaScript of ${name} runs`, () => {
    assert.ok(repository, "ALMS_REPOSITORY names the checkout");
    const readme = readFileSync(join(repository, name), "utf8");
    const blocks = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);
    assert.equal(blocks.length, count);
    blocks.forEach(run);
  });
}

/** Runs a program as a file of this project, so that "alms" is the installed package. */
function run(program) {
  const file = join(import.meta.dirname, "readme-block.mjs");
  writeFileSync(file, program.replaceAll("console.assert(", "globalThis.assert("));
  try {
    const setUp = "data:text/javascript,import assert from 'node:assert';globalThis.assert=assert";
    execFileSync(process.execPath, ["--import", setUp, file], { stdio: "pipe" });
  } finally {
    rmSync(file);
  }
}
