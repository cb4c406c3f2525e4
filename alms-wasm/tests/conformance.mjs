/**
 * The vectors that every runtime runs: `conformance/<area>/<topic>.json` and the outputs beside them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout: the tests run as a copy outside of it, where the package is installed. */
export const REPOSITORY =
  process.env.ALMS_REPOSITORY ?? fileURLToPath(new URL("../..", import.meta.url));

const ROOT = path.join(REPOSITORY, "conformance");
const OUTPUTS = path.join(ROOT, "outputs");

/** All topics with their vectors, in the order of their files. */
export function topics() {
  return readdirSync(ROOT, { recursive: true })
    .filter((file) => file.endsWith(".json") && !file.startsWith(`outputs${path.sep}`))
    .sort()
    .map((file) => {
      const topic = file.slice(0, -".json".length);
      const outputs = path.join(OUTPUTS, `${topic}.jsonl`);
      return {
        topic,
        vectors: JSON.parse(readFileSync(path.join(ROOT, file), "utf8")).vectors,
        // A missing file is reported by each of its vectors.
        outputs: existsSync(outputs) ? readFileSync(outputs, "utf8").split("\n") : [],
      };
    });
}

/** The input document of a vector, as every runtime passes it. */
export function textOf(vector) {
  return vector.input_text ?? JSON.stringify(vector.input);
}

/**
 * Where `actual` does not hold what `expected` asks for, or null. Objects must hold at least the expected
 * keys, arrays match element by element, scalars are equal.
 */
export function difference(expected, actual, at = "$") {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return `${at} has ${actual.length} elements, not ${expected.length}`;
    return first(expected.keys(), (i) => difference(expected[i], actual[i], `${at}[${i}]`));
  }
  if (isObject(expected) && isObject(actual)) {
    return first(Object.keys(expected), (key) =>
      Object.hasOwn(actual, key) ? difference(expected[key], actual[key], `${at}.${key}`) : `${at} has no ${key}`,
    );
  }
  return Object.is(expected, actual) ? null : `${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
}

function first(items, find) {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
