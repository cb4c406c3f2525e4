/**
 * The calls, shared by the browser and the Node entry, which differ only in how the module is loaded.
 */
import initModule, { call_json } from "../pkg/alms.js";
import { schemas } from "../pkg/schemas.js";
import { kindOf, requireWellFormed, stringify } from "./document.js";
import { invalidInput } from "./errors.js";
import { WasmModule, native } from "./loading.js";

const encoder = new TextEncoder();

export const wasm = new WasmModule(initModule);

export function callJson(op, input) {
  wasm.requireReady();
  requireText(op, "op");
  requireText(input, "input");
  return native(() => call_json(op, encoder.encode(input)));
}

export function call(op, input) {
  return JSON.parse(callJson(op, stringify(input)));
}

/** The request of a typed function: its arguments beside its options. */
export function request(fields, options) {
  if (options === undefined || options === null) return fields;
  const kind = kindOf(options);
  if (kind !== "Object") throw invalidInput(`the options are a ${kind}; pass an object such as { on: "2023-03-25" }`);
  return { ...options, ...fields };
}

export function operations() {
  const { definitions, operations: all } = schemas();
  const whole = ({ schema, definitions: keys }) => {
    const parts = Object.entries(keys).map(([name, key]) => [name, definitions[key]]);
    return parts.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(parts) };
  };
  const row = ([name, { summary, input, output }]) => [name, { summary, input: whole(input), output: whole(output) }];
  return Object.fromEntries(Object.entries(all).map(row));
}

function requireText(text, name) {
  if (typeof text !== "string") throw invalidInput(`${name} is a ${typeof text}; pass a string`);
  requireWellFormed(text, "");
}
