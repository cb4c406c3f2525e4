/**
 * The entry for browsers, and whatever else loads a .wasm file by address: ready after `await init()`.
 */
import { wasm } from "./calls.js";

export { call, callJson, operations } from "./calls.js";
export { AlmsError } from "./errors.js";
export * from "./operations.js";

export function init(source) {
  return wasm.load(source);
}
