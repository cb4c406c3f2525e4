/** What a rule refused, or what was wrong with the input. See `index.d.ts`. */
export class AlmsError extends Error {
  /**
   * @param {{code: string, rule?: string | null, path?: string, message: string, context?: object}} error
   * @param {ErrorOptions} [options]
   */
  constructor({ code, rule = null, path = "", message, context = {} }, options) {
    super(message, options);
    this.code = code;
    this.rule = rule;
    this.path = path;
    this.context = context;
  }

  /** The error object of the wire form; `JSON.stringify(error)` is its text. */
  toJSON() {
    const { code, rule, path, message, context } = this;
    return { code, rule, path, message, context };
  }
}

Object.defineProperty(AlmsError.prototype, "name", { value: "AlmsError", configurable: true, writable: true });

/** An `invalid_input` that was found on this side of the border. */
export function invalidInput(message, path = "", options = undefined) {
  return new AlmsError({ code: "invalid_input", path, message }, options);
}
