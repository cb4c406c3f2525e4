/** The tools of the checkout, for tests that run as a copy outside of it; and a real browser. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { REPOSITORY } from "./conformance.mjs";

export const NODE_MODULES = path.join(REPOSITORY, "alms-wasm/node_modules");

const require = createRequire(path.join(REPOSITORY, "alms-wasm/package.json"));

/** A development dependency of the package. */
export const tool = (name) => import(pathToFileURL(require.resolve(name)).href);

/** Starts Chromium, which `cargo xtask test` installs where it is missing. */
export async function chromium() {
  const executablePath = process.env.ALMS_CHROMIUM ?? onPath(["chromium", "chromium-browser", "google-chrome"]);
  if (executablePath === undefined) throw new Error("there is no chromium; install it, or name one in ALMS_CHROMIUM");
  const { default: playwright } = await tool("playwright-core");
  return playwright.chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find((file) => existsSync(file));
}
