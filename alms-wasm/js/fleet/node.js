/**
 * The entry `alms/fleet` for Node: ready on import. The module is read from beside this file; nothing is fetched.
 */
import { readFileSync } from "node:fs";

import { initSync } from "../../pkg/alms_fleet.js";
import { wasm } from "./plan.js";

export { AlmsError } from "../errors.js";
export * from "./codes.js";
export { dateOf, dayNumber, planFleet } from "./plan.js";

initSync({ module: readFileSync(new URL("../../pkg/alms_fleet_bg.wasm", import.meta.url)) });
wasm.setReady();

/** There is nothing left to do; it is here so that the same program runs in a browser. */
export async function init() {}
