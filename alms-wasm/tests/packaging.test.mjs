/** The published package in projects of others: plain Node, Vite, strict TypeScript; and what the linters of packages say. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { serve } from "./serve.mjs";
import { NODE_MODULES, chromium, tool } from "./tools.mjs";

/** Inside this project, so that "alms" is the package that was installed here from the tarball. */
function project(files) {
  const folder = mkdtempSync(path.join(import.meta.dirname, "project-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

const MANIFEST = '{"private": true, "type": "module"}';

const PLAN = `
const system = { serial: "LA1", model: "RV55", state: "active", last_communication: "2023-05-02" };
const account = {
  uid: "a1", name: "Acme Buses", instance: "na", format: "legacy", kind: "customer", tokens: 6, systems: [system],
};
`;

test("a plain Node project", () => {
  const folder = project({
    "package.json": MANIFEST,
    "main.js": `import { planMigration } from "alms";${PLAN}
      console.log(planMigration(account, { on: "2023-05-15" }).systems[0].end_date);`,
  });
  assert.equal(execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" }), "2023-11-15\n");
});

test("CommonJS on Node 22 and newer, which does by itself what older ones do when asked", () => {
  const folder = project({
    "package.json": '{"private": true}',
    "main.js": 'console.log(require("alms").addMonths("2023-01-31", 1));',
  });
  const asked = Number(process.versions.node.split(".")[0]) < 22 ? ["--experimental-require-module"] : [];
  const { stdout, stderr } = spawnSync(process.execPath, [...asked, "main.js"], { cwd: folder, encoding: "utf8" });
  assert.equal(stdout, "2023-02-28\n", stderr);
});

test("a strict TypeScript project", () => {
  const folder = project({
    "package.json": MANIFEST,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmitOnError: true,
        target: "es2022",
        lib: ["es2022"],
        types: [],
        module: "nodenext",
        outDir: "out",
        rootDir: ".",
      },
      include: ["main.ts", "fleet.ts"],
    }),
    "fleet.ts": `import { type FleetPlan, NO_DAY, OUTCOMES, dayNumber, planFleet } from "alms/fleet";
      const systems = {
        account: ["a", "a"],
        state: ["active", null],
        last_communication: Int32Array.of(dayNumber("2023-05-02"), NO_DAY),
        support_end: Int32Array.of(NO_DAY, NO_DAY),
      };
      const plan: FleetPlan = planFleet(systems, { account: ["a"], tokens: Int32Array.of(6) }, { on: "2023-05-15" });
      export const outcome: string | undefined = OUTCOMES[plan.systems.outcome[0] ?? 0];`,
    "main.ts": `import { type AccountInput, type Plan, type SystemInput, planMigration } from "alms";${PLAN.replace(
      "const system =",
      "const system: SystemInput =",
    ).replace("const account =", "export const account: AccountInput =")}
      export const plan: Plan = planMigration(account, { on: "2023-05-15" });
      export const end: string | null | undefined = plan.systems[0]?.end_date;`,
    "run.js": 'import { end } from "./out/main.js";\nconsole.log(end);',
  });
  const tsc = path.join(NODE_MODULES, "typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout);
  assert.equal(execFileSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" }), "2023-11-15\n");
});

const VITE_PROJECT = {
  "package.json": MANIFEST,
  "index.html": '<!doctype html><title>waiting</title><script type="module" src="./main.js"></script>',
  "main.js": `import { init, planMigration } from "alms";${PLAN}
    await init();
    document.title = planMigration(account, { on: "2023-05-15" }).systems[0].end_date;`,
};

test("a Vite project with fleets", async () => {
  const root = project({
    ...VITE_PROJECT,
    "main.js": `import { NO_DAY, dateOf, dayNumber, init, planFleet } from "alms/fleet";
      await init();
      const systems = {
        account: ["a"],
        state: ["active"],
        last_communication: Int32Array.of(dayNumber("2023-05-02")),
        support_end: Int32Array.of(NO_DAY),
      };
      const plan = planFleet(systems, { account: ["a"], tokens: Int32Array.of(6) }, { on: "2023-05-15" });
      document.title = dateOf(plan.systems.end_date[0]);`,
  });
  const { build } = await tool("vite");
  const { output } = await build({ root, base: "./", logLevel: "error", configFile: false, build: { target: "esnext" } });
  const modules = output.map(({ fileName }) => fileName).filter((name) => name.endsWith(".wasm"));
  assert.equal(modules.length, 1, `only the module of fleets is loaded: ${modules}`);
  const server = await serve(path.join(root, "dist"));
  try {
    assert.equal(await titleOf(server.address), "2023-11-15");
  } finally {
    await server.close();
  }
});

test("a Vite project, built and served", async () => {
  const root = project(VITE_PROJECT);
  const { build } = await tool("vite");
  const { output } = await build({ root, base: "./", logLevel: "error", configFile: false, build: { target: "esnext" } });
  const scripts = output.filter(({ type }) => type === "chunk").map(({ code }) => code);
  assert.ok(!scripts.some((code) => code.includes("draft/2020-12")), "schemas that nobody asked for are in the bundle");
  const server = await serve(path.join(root, "dist"));
  try {
    assert.equal(await titleOf(server.address), "2023-11-15");
  } finally {
    await server.close();
  }
});

test("a Vite project in development", async () => {
  const root = project(VITE_PROJECT);
  const { createServer } = await tool("vite");
  const server = await createServer({
    root,
    logLevel: "error",
    configFile: false,
    // The package stands one folder further up than in a project of its own.
    server: { host: "127.0.0.1", fs: { allow: [path.join(import.meta.dirname, "..")] } },
    // As the package's page says: what Vite bundles in advance no longer stands beside its WebAssembly module.
    optimizeDeps: { exclude: ["alms"] },
  });
  try {
    await server.listen();
    assert.equal(await titleOf(server.resolvedUrls.local[0]), "2023-11-15");
  } finally {
    await server.close();
  }
});

/** The title that a page gives itself. */
async function titleOf(address) {
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(address);
    await page.waitForFunction(() => document.title !== "waiting", undefined, { timeout: 10_000 }).catch((error) => {
      throw new Error([...problems, error.message].join("; "));
    });
    return await page.title();
  } finally {
    await browser.close();
  }
}

const tarball = process.env.ALMS_TARBALL;

test("publint finds nothing", async () => {
  const { publint } = await tool("publint");
  const pkgDir = path.join(import.meta.dirname, "../node_modules/alms");
  const { messages } = await publint({ pkgDir, strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test("the types are those of what is resolved", () => {
  const attw = path.join(NODE_MODULES, "@arethetypeswrong/cli/dist/index.js");
  // The WebAssembly files have no types.
  const options = ["--profile", "esm-only", "--exclude-entrypoints", "./alms.wasm", "./fleet.wasm", "--format", "ascii"];
  const { status, stdout } = spawnSync(process.execPath, [attw, tarball, ...options], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
