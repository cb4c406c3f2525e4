/**
 * The entry for Node: ready on import. The module is read from beside this file; nothing is fetched.
 */
import { readFileSync } from "node:fs";

import { initSync } from "../pkg/alms.js";
import { wasm } from "./calls.js";

export { call, callJson, operations } from "./calls.js";
export * from "./operations.js";
export { AlmsError } from "./errors.js";

initSync({ module: readFileSync(new URL("../pkg/alms_bg.wasm", import.meta.url)) });
wasm.setReady();

/** There is nothing left to do; it is here so that the same program runs in a browser. */
export async function init() {}
