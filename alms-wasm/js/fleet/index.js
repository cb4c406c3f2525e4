/**
 * The entry `alms/fleet` for browsers: ready after `await init()`.
 */
import { wasm } from "./plan.js";

export { AlmsError } from "../errors.js";
export * from "./codes.js";
export { dateOf, dayNumber, planFleet } from "./plan.js";

export function init(source) {
  return wasm.load(source);
}
