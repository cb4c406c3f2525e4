import type { AlmsErrorObject, ErrorCode, JsonObject, OperationName, Operations, RuleId } from "./operations.js";

export * from "./operations.js";

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = JsonObject;

/** What `operations` tells about one operation. */
export interface Operation {
  /** One sentence. */
  readonly summary: string;
  /** The document that goes in. */
  readonly input: JsonSchema;
  /** The document that comes out. */
  readonly output: JsonSchema;
}

/** The code of an `AlmsError`: that of the core, or `not_initialized` for a call before `await init()`. */
export type AlmsErrorCode = ErrorCode | "not_initialized";

/** What a rule refused, or what was wrong with the input: the one error of this package. */
export class AlmsError extends Error implements AlmsErrorObject<AlmsErrorCode> {
  constructor(
    error: Pick<AlmsErrorObject<AlmsErrorCode>, "code" | "message"> & Partial<AlmsErrorObject<AlmsErrorCode>>,
    options?: ErrorOptions,
  );
  readonly name: "AlmsError";
  /** Stable: what programs compare. */
  readonly code: AlmsErrorCode;
  /** The rule of the rulebook behind it, such as `ORD-3`; null where the input itself was wrong. */
  readonly rule: RuleId | null;
  /** Where in the input, such as `bookings[3]`; empty for the whole document. */
  readonly path: string;
  /** The figures behind the message, by name. */
  readonly context: JsonObject;
  /** The error object of the wire form. */
  toJSON(): AlmsErrorObject<AlmsErrorCode>;
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
export function call<Op extends OperationName>(op: Op, input: Operations[Op]["input"]): Operations[Op]["output"];

/** Every operation by name, with its JSON Schemas. Needs no `init`. */
export function operations(): { readonly [Name in OperationName]: Operation };
