/** The declarations compile under `tsc --strict`, without the types of a browser or of Node; what is compiled hands values over. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { REPOSITORY } from "./conformance.mjs";

const TSC = path.join(REPOSITORY, "alms-wasm/node_modules/typescript/bin/tsc");

for (const resolution of ["nodenext", "bundler"]) {
  test(`types compile with moduleResolution ${resolution}`, () => {
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        TSC,
        ...["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022"],
        ...["--module", module, "--moduleResolution", resolution],
        fileURLToPath(new URL("types/usage.ts", import.meta.url)),
      ],
      { encoding: "utf8", cwd: fileURLToPath(new URL("types", import.meta.url)) },
    );
    assert.equal(status, 0, stdout);
  });
}

test("what one function gives, the next one takes, by its types and when it runs", () => {
  const folder = fileURLToPath(new URL("types", import.meta.url));
  const run = (...command) => spawnSync(process.execPath, command, { encoding: "utf8", cwd: folder });
  const options = ["--strict", "--target", "es2022", "--lib", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext"];
  const compiled = run(TSC, ...options, "--outDir", "compiled", "handovers.ts");
  assert.equal(compiled.status, 0, compiled.stdout);
  const { status, stderr } = run("compiled/handovers.js");
  assert.equal(status, 0, stderr);
});
