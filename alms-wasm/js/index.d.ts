/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (draft 2020-12). */
export interface JsonSchema {
  readonly [keyword: string]: Json;
}

/** What `operations` tells about one operation. */
export interface Operation {
  /** One sentence. */
  readonly summary: string;
  /** The document that goes in. */
  readonly input: JsonSchema;
  /** The document that comes out. */
  readonly output: JsonSchema;
}

/** An error in the wire form. */
export interface AlmsErrorObject {
  /** Stable and snake_case, such as `insufficient_tokens`: what programs compare. */
  readonly code: string;
  /** The rule of the rulebook behind it, such as `ORD-3`; null where the input itself was wrong. */
  readonly rule: string | null;
  /** Where in the input, such as `bookings[3]`; empty for the whole document. */
  readonly path: string;
  /** One sentence for people: the offending value and what to do about it. */
  readonly message: string;
  /** The figures behind the message, by name. */
  readonly context: { readonly [name: string]: Json };
}

/** What a rule refused, or what was wrong with the input: the one error of this package. */
export class AlmsError extends Error implements AlmsErrorObject {
  constructor(error: Pick<AlmsErrorObject, "code" | "message"> & Partial<AlmsErrorObject>, options?: ErrorOptions);
  readonly name: "AlmsError";
  readonly code: string;
  readonly rule: string | null;
  readonly path: string;
  readonly context: { readonly [name: string]: Json };
  /** The error object of the wire form. */
  toJSON(): AlmsErrorObject;
}

/**
 * Loads the WebAssembly module. In a browser, await it before the first call; in Node the package is ready
 * on import and this does nothing. Calling it again is harmless; after a failure it tries again.
 *
 * @param source where the module is, when not beside the package: an address, a `Response`, its bytes or a
 * `WebAssembly.Module`. The package exports the file as `alms/alms.wasm`.
 * @throws {AlmsError} `not_initialized` when it cannot be loaded.
 */
export function init(source?: string | object | PromiseLike<object>): Promise<void>;

/**
 * Runs the operation `op` on the JSON document `input` and returns a JSON document: the same text, to the
 * byte, as in Rust and Python.
 *
 * @throws {AlmsError}
 */
export function callJson(op: string, input: string): string;

/**
 * Runs the operation `op` on `input`, an object in the wire form. A property that is `undefined` is absent;
 * what has no exact JSON form (NaN, a bigint, a Map, …) is refused, never dropped.
 *
 * @throws {AlmsError}
 */
export function call(op: string, input: object): { readonly [field: string]: Json };

/** Every operation by name. */
export function operations(): { readonly [name: string]: Operation };
