/**
 * The entry for browsers, and whatever else loads a .wasm file by address: ready after `await init()`.
 */
import initModule from "../pkg/alms.js";
import { setReady } from "./calls.js";
import { AlmsError } from "./errors.js";

export { call, callJson, operations } from "./calls.js";
export * from "./operations.js";
export { AlmsError };

/** One load for all callers; undefined before the first call and after a failure. */
let loading;

export function init(source) {
  loading ??= load(source);
  return loading;
}

async function load(source) {
  try {
    await initModule(source === undefined ? undefined : { module_or_path: source });
  } catch (cause) {
    loading = undefined;
    const message = `the WebAssembly module could not be loaded: ${cause instanceof Error ? cause.message : cause}`;
    throw new AlmsError({ code: "not_initialized", message }, { cause });
  }
  setReady();
}
