/**
 * The calls, shared by the browser and the Node entry, which differ only in how the module is loaded.
 */
import { call_json, operations_json } from "../pkg/alms.js";
import { requireWellFormed, stringify } from "./document.js";
import { AlmsError, invalidInput } from "./errors.js";

let ready = false;

/** Says that the WebAssembly module is loaded. */
export function setReady() {
  ready = true;
}

export function callJson(op, input) {
  requireReady();
  requireText(op, "op");
  requireText(input, "input");
  return native(() => call_json(op, input));
}

export function call(op, input) {
  return JSON.parse(callJson(op, stringify(input)));
}

export function operations() {
  requireReady();
  const rows = JSON.parse(native(operations_json));
  return Object.fromEntries(
    rows.map(([name, summary, input, output]) => [
      name,
      { summary, input: JSON.parse(input), output: JSON.parse(output) },
    ]),
  );
}

function requireReady() {
  if (ready) return;
  const message = "the WebAssembly module is not loaded; call `await init()` first";
  throw new AlmsError({ code: "not_initialized", message });
}

function requireText(text, name) {
  if (typeof text !== "string") throw invalidInput(`${name} is a ${typeof text}; pass a string`);
  requireWellFormed(text, "");
}

/** Runs a function of the module, whose errors are thrown as JSON text. */
function native(run) {
  try {
    return run();
  } catch (error) {
    throw typeof error === "string" ? new AlmsError(JSON.parse(error)) : error;
  }
}
