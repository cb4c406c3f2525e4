/**
 * JSON text of a document, refusing what `JSON.stringify` changes or drops in silence.
 */
import { AlmsError, invalidInput } from "./errors.js";

/** @param {unknown} value @returns {string} */
export function stringify(value) {
  // Nearly every document is plain data, which the engine writes by itself, many times faster than under supervision.
  if (isPlain(value)) {
    const text = JSON.stringify(value);
    // Half a character is written as an escape sequence.
    if (!text.includes("\\ud")) return text;
  }
  return supervised(value);
}

/** Whether a value is plain data that JSON holds exactly. In doubt, and where reading it fails, it is not. */
function isPlain(value) {
  try {
    return typeof value === "object" && value !== null && isExact(value);
  } catch {
    return false;
  }
}

function isExact(value) {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (!isExact(value[index])) return false;
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in value) {
    const item = value[key];
    // A property that is undefined is absent.
    if (item !== undefined && !isExact(item)) return false;
  }
  return true;
}

/** Writes a document value by value, and says where one has no JSON form. */
function supervised(value) {
  /** Where each object stands, to say where something is wrong. */
  const paths = new WeakMap();

  function check(key, item) {
    // `this` is the object that holds `item`; the outermost holder is made by JSON.stringify itself.
    const path = paths.has(this) ? join(paths.get(this), key, Array.isArray(this)) : "";
    requireWellFormed(key, path);
    requireNoDate(this[key], path);
    requireJson(item, path, Array.isArray(this));
    if (typeof item === "object" && item !== null) paths.set(item, path);
    return item;
  }

  let text;
  try {
    text = JSON.stringify(value, check);
  } catch (error) {
    if (error instanceof AlmsError) throw error;
    // A document that contains itself, is nested too deeply, or has a getter or toJSON that throws.
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw invalidInput(`the document has no JSON form (${reason}); pass plain, flat data`, "", { cause: error });
  }
  if (text === undefined) throw invalidInput("there is no document; pass an object");
  return text;
}

/** Throws when a text is not valid Unicode: TextEncoder would replace half a character in silence. */
export function requireWellFormed(text, path) {
  if (text.isWellFormed()) return;
  const half = /\p{Surrogate}/u.exec(text);
  const code = half[0].charCodeAt(0).toString(16);
  throw invalidInput(
    `the text holds \`\\u${code}\`, one half of a character, at position ${half.index}; pass valid Unicode`,
    path,
  );
}

function requireJson(item, path, inArray) {
  switch (typeof item) {
    case "string":
      return requireWellFormed(item, path);
    case "number":
      if (!Number.isFinite(item)) throw invalidInput(`\`${item}\` has no JSON form; pass a finite number`, path);
      return;
    case "undefined":
      // A property that is undefined is absent; an element cannot be.
      if (inArray) throw invalidInput("`undefined` has no JSON form; pass null", path);
      return;
    case "object":
      if (item !== null) requirePlain(item, path);
      return;
    case "boolean":
      return;
    default:
      throw invalidInput(`a ${typeof item} has no JSON form; pass a string, an integer or an object`, path);
  }
}

/** A Date is a moment, and which day that is depends on the time zone. An invalid one would be written as null. */
function requireNoDate(item, path) {
  if (kindOf(item) === "Date") throw invalidInput('a Date is no civil date; pass a text such as "2023-03-25"', path);
}

/** A Map, a Promise or a typed array would be written as `{}` or as something else than it is. */
function requirePlain(item, path) {
  const kind = kindOf(item);
  if (kind === "Object" || kind === "Array") return;
  throw invalidInput(`a ${kind} has no JSON form; pass a plain object or an array`, path);
}

/** The built-in kind of a value, also of one from another realm, where `instanceof` does not help. */
export function kindOf(item) {
  return Object.prototype.toString.call(item).slice("[object ".length, -1);
}

function join(path, key, inArray) {
  if (inArray) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}
