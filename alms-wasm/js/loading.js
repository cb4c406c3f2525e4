/**
 * A WebAssembly module: it has to be loaded before its functions are called.
 */
import { AlmsError } from "./errors.js";

export class WasmModule {
  #initModule;
  #ready = false;
  /** One load for all callers; undefined before the first call and after a failure. */
  #loading;

  /** @param {Function} initModule what wasm-bindgen loads the module with */
  constructor(initModule) {
    this.#initModule = initModule;
  }

  /** Loads it from an address, a `Response`, bytes or a compiled module; from beside its JavaScript otherwise. */
  load(source) {
    this.#loading ??= this.#load(source);
    return this.#loading;
  }

  async #load(source) {
    try {
      await this.#initModule(source === undefined ? undefined : { module_or_path: source });
    } catch (cause) {
      this.#loading = undefined;
      const message = `the WebAssembly module could not be loaded: ${cause instanceof Error ? cause.message : cause}`;
      throw new AlmsError({ code: "not_initialized", message }, { cause });
    }
    this.setReady();
  }

  /** Says that it is loaded. */
  setReady() {
    this.#ready = true;
  }

  requireReady() {
    if (this.#ready) return;
    const message = "the WebAssembly module is not loaded; call `await init()` first";
    throw new AlmsError({ code: "not_initialized", message });
  }
}

/** Runs a function of a module, whose errors are thrown as JSON text. */
export function native(run) {
  try {
    return run();
  } catch (error) {
    throw typeof error === "string" ? new AlmsError(JSON.parse(error)) : error;
  }
}
